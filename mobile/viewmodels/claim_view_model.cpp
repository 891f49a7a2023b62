#include "mobile/viewmodels/claim_view_model.h"

#include <set>

#include <algorithm>

#include "mobile/viewmodels/duplicate_view_model.h"
#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {

ClaimViewModel::ClaimViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_tasks({"taskId", "title", "status", "statusText", "progress", "kind"}, this),
      m_actions({"actionKey", "text", "tone", "kind", "blocking", "owner", "about"}, this),
      m_held({"heldKey", "tone", "title", "text"}, this),
      m_look_again({"lookKey", "title", "answer", "text", "canOpen"}, this),
      m_duplicates({"other", "number", "detail"}, this),
      m_timeline({"entryKey", "title", "when", "detail", "status"}, this) {
    connect(&m_case, &OpenCase::changed, this, &ClaimViewModel::refresh);
    connect(&m_case.desk(), &Desk::languageChanged, this, [this] {
        refreshDuplicates(true);
        if (m_timeline.count() > 0) readHistory();
    });
    refresh();
}

QString ClaimViewModel::crn() const { return words::qt(Crn::display(m_case.crn())); }

bool ClaimViewModel::isWithdrawn() const { return m_case.isLoaded() && m_case.claim().review.withdrawn; }

bool ClaimViewModel::isFormsOnly() const { return m_case.isLoaded() && m_case.claim().summary.forms_only; }

bool ClaimViewModel::isSigned() const {
    if (!m_case.isLoaded()) return false;
    const auto& review = m_case.claim().review;
    return review.seal_state == SealState::Valid && !review.submit_refused;
}

void ClaimViewModel::refresh() {
    if (!m_case.isLoaded()) {
        emit changed();
        return;
    }
    const auto& claim = m_case.claim();
    const auto language = m_case.desk().language();
    m_name = words::qt(claim.summary.name);
    if (m_name.isEmpty()) m_name = tr("New claim");
    m_urgent = claim.summary.urgent;
    const auto from = claim.review.evaluation.value("claim_from");
    const auto contact = claim.review.evaluation.value("first_contact");
    m_date_of_claim =
        from.empty() && contact.empty() ? QString() : words::spokenIso(from.empty() ? contact : from, language);
    m_benefits.clear();
    for (const auto& benefit : claim.review.evaluation.benefitsClaimed()) {
        m_benefits.append(words::benefit(m_case.pack(), benefit, language));
    }
    const auto standing = words::standing(claim.summary);
    m_standing = standing.text;
    m_standing_tone = standing.tone;
    const auto sending = words::sending(claim.summary);
    m_send_text = sending.text;
    m_send_tone = sending.tone;
    refreshTasks();
    refreshActions();
    refreshNextStep();
    refreshHeld();
    refreshLookAgain();
    refreshDuplicates(false);
    emit changed();
}

void ClaimViewModel::refreshTasks() {
    const auto& claim = m_case.claim();
    const auto& evaluation = claim.review.evaluation;
    const auto language = m_case.desk().language();
    const FormRoute route(evaluation);
    std::set<std::string> pages_again;
    for (const auto& one : claim.look_again) {
        if (const auto* state = evaluation.find(one.key)) pages_again.insert(state->question->page);
    }
    QList<RecordListModel::Record> tasks;
    if (const auto n = static_cast<int>(claim.review.conflicts.size()); n > 0) {
        tasks.append({QStringLiteral("conflict"), tr("Not the same"), QStringLiteral("lookAgain"),
                      n == 1 ? tr("1 to choose") : tr("%1 to choose").arg(n), 0.0, QStringLiteral("conflict")});
    }
    m_questions_to_go = 0;
    m_next_section.clear();
    m_not_needed = 0;
    for (const auto& section : evaluation.pack().sections()) {
        int asked = 0;
        int answered = 0;
        int to_go = 0;
        bool look_again = false;
        for (const auto& stop : route.stops()) {
            if (stop.page->section != section.id) continue;
            if (stop.state == FormRoute::PageState::NotAsked) continue;
            ++asked;
            if (stop.state == FormRoute::PageState::Done) ++answered;
            to_go += stop.questions_to_go;
            look_again = look_again || stop.look_again || pages_again.contains(stop.page->id);
        }
        m_questions_to_go += to_go;
        if (to_go > 0 && m_next_section.isEmpty()) m_next_section = words::qt(section.id);
        if (route.closes(section.id)) continue;
        QString status = QStringLiteral("todo");
        QString text;
        if (look_again) {
            status = QStringLiteral("lookAgain");
            text = tr("look again");
        } else if (asked == 0) {
            ++m_not_needed;
            status = QStringLiteral("notNeeded");
            text = tr("not needed");
        } else if (to_go > 0) {
            status = answered > 0 ? QStringLiteral("inProgress") : QStringLiteral("todo");
            text = tr("%1 to go").arg(to_go);
        } else if (answered > 0) {
            status = QStringLiteral("done");
            text = tr("done");
        } else {
            text = tr("optional");
        }
        const double progress = asked > 0 ? static_cast<double>(answered) / asked : 0;
        tasks.append({words::qt(section.id), words::qt(section.title.in(language)), status, text, progress,
                      QStringLiteral("section")});
    }

    int needed = 0;
    int met = 0;
    for (const auto& need : evaluation.proofs()) {
        ++needed;
        const auto proof = proofOf(claim.state, need.key());
        if (proof && (levelRank(proof->level) >= levelRank(need.rule->min_level) || !proof->unavailable.empty())) ++met;
    }
    m_proofs_to_see = needed - met;
    tasks.append({QStringLiteral("evidence"), tr("Evidence"),
                  needed == 0     ? QStringLiteral("todo")
                  : met == needed ? QStringLiteral("done")
                  : met > 0       ? QStringLiteral("inProgress")
                                  : QStringLiteral("todo"),
                  needed == 0 ? tr("none yet") : tr("%1 of %2").arg(met).arg(needed),
                  needed > 0 ? static_cast<double>(met) / needed : 0.0, QStringLiteral("evidence")});

    if (isFormsOnly()) ++m_not_needed;
    // What the server refused is signed again, as what an answer has voided.
    const auto seal = claim.review.submit_refused ? SealState::Void : claim.review.seal_state;
    const bool anything_claimed = !evaluation.benefitsClaimed().empty();
    m_sign_obstacle.clear();
    if (!claim.review.conflicts.empty()) {
        m_sign_obstacle = tr("Two answers differ: choose one first");
    } else if (m_questions_to_go > 0) {
        m_sign_obstacle = m_questions_to_go == 1 ? tr("1 question to go first")
                                                 : tr("%1 questions to go first").arg(m_questions_to_go);
    } else if (!anything_claimed) {
        m_sign_obstacle = tr("Choose the benefits to claim first");
    }
    tasks.append({QStringLiteral("sign"), tr("Check and sign"),
                  isFormsOnly()              ? QStringLiteral("notNeeded")
                  : seal == SealState::Valid ? QStringLiteral("done")
                  : seal == SealState::Void  ? QStringLiteral("lookAgain")
                                             : QStringLiteral("todo"),
                  isFormsOnly()                ? tr("not needed")
                  : seal == SealState::Valid   ? tr("signed")
                  : seal == SealState::Void    ? tr("sign again")
                  : seal == SealState::Partial ? tr("1 of 2 signed")
                                               : QString(),
                  0.0, QStringLiteral("sign")});
    m_tasks.setRecords(tasks);
}

void ClaimViewModel::refreshActions() {
    const auto language = m_case.desk().language();
    QList<RecordListModel::Record> actions;
    int at = 0;
    for (const auto& action : m_case.claim().review.actions) {
        // The task list counts what is simply not answered yet; a list of a hundred of them would hide the rest.
        // What a new form pack asks to be looked at again has its own list.
        if (action.kind == ActionKind::Missing || action.kind == ActionKind::LookAgain) continue;
        QString kind = QStringLiteral("question");
        if (action.kind == ActionKind::Proof) kind = QStringLiteral("proof");
        if (action.kind == ActionKind::Sign || action.kind == ActionKind::SignAgain) kind = QStringLiteral("sign");
        if (action.kind == ActionKind::Conflict) kind = QStringLiteral("conflict");
        if (action.kind == ActionKind::TransferRefused || action.kind == ActionKind::SubmitRefused)
            kind = QStringLiteral("refused");
        if (action.kind == ActionKind::WithOffice) kind = QStringLiteral("office");
        actions.append({QString::number(static_cast<int>(action.kind)) + QLatin1Char('/') + words::qt(action.about) +
                            QLatin1Char('/') + QString::number(at++),
                        words::qt(action.text.in(language)),
                        kind == QStringLiteral("refused") ? QStringLiteral("red")
                        : action.blocking                 ? QStringLiteral("amber")
                                                          : QStringLiteral("neutral"),
                        kind, action.blocking, words::actionOwner(action.kind), words::qt(action.about)});
    }
    // What was refused is the next step: it does not stand below what can follow.
    std::stable_partition(actions.begin(), actions.end(), [](const auto& action) { return action[3] == "refused"; });
    m_actions.setRecords(actions);
}

void ClaimViewModel::refreshHeld() {
    QList<RecordListModel::Record> rows;
    for (const auto& one : words::heldMessages(m_case.claim()))
        rows.append({QString::number(rows.size()), one.tone, one.title, one.text});
    m_held.setRecords(rows);
}

void ClaimViewModel::refreshLookAgain() {
    const auto& claim = m_case.claim();
    const auto language = m_case.desk().language();
    QList<RecordListModel::Record> rows;
    for (const auto& one : claim.look_again) {
        const auto* state = claim.review.evaluation.find(one.key);
        const auto last = one.key.rfind('/');
        const auto prefix = last == std::string::npos ? std::string() : one.key.substr(0, last);
        const QString title =
            state != nullptr ? m_case.label(*state, language)
            : one.asked != nullptr
                ? words::qt(claim.review.evaluation.fill(one.asked->label.in(language), prefix, language))
                : tr("A question of another form");
        QString answer;
        if (one.why != LookAgain::Why::NewQuestion)
            answer = one.asked != nullptr ? m_case.answerWords(*one.asked, one.answer, language)
                                          : words::qt(one.answer.text);
        rows.append(
            {words::qt(one.key), title, answer, words::lookAgain(one.why), state != nullptr && state->relevant});
    }
    m_look_again.setRecords(rows);
}

void ClaimViewModel::refreshDuplicates(bool anew) {
    if (!m_case.isLoaded()) return;
    auto marks = personMarks(m_case.evaluation());
    for (const auto& link : linksOf(m_case.claim().state)) marks.push_back(linkPath(link.other));
    if (!anew && marks == m_marks) return;
    m_marks = std::move(marks);
    QList<RecordListModel::Record> rows;
    if (const auto found = m_case.desk().casework().possibleDuplicatesOf(m_case.crn())) {
        for (const auto& one : *found)
            rows.append({words::qt(one.other), words::qt(Crn::display(one.other)), words::likeness(one.why)});
    }
    if (!m_is_new && rows.size() > m_duplicates.count()) m_found_duplicate = true;
    m_is_new = false;
    m_duplicates.setRecords(rows);
}

void ClaimViewModel::readHistory() {
    if (!m_case.isLoaded()) return;
    refreshDuplicates(true);
    const auto language = m_case.desk().language();
    const auto history = m_case.desk().casework().history(m_case.crn(), {}, language);
    if (!history) return;
    QList<RecordListModel::Record> rows;
    QStringList officers;
    // The last ones first; an officer's run of answers is one line.
    int answers = 0;
    const auto today = m_case.desk().casework().today();
    const auto flush = [&](const HistoryEntry& last) {
        if (answers == 0) return;
        rows.prepend(
            {QString::number(rows.size()), answers == 1 ? tr("1 answer saved") : tr("%1 answers saved").arg(answers),
             words::moment(last.device_time, today, language), words::qt(last.officer), QStringLiteral("done")});
        answers = 0;
    };
    const HistoryEntry* last = nullptr;
    for (const auto& entry : *history) {
        const auto officer = words::qt(entry.officer);
        if (entry.kind != "decision" && entry.kind != "transfer" && !officer.isEmpty() && !officers.contains(officer))
            officers.append(officer);
        if (entry.kind == "answer") {
            if (last != nullptr && last->officer != entry.officer) flush(*last);
            ++answers;
            last = &entry;
            continue;
        }
        if (last != nullptr) flush(*last);
        last = nullptr;
        rows.prepend({QString::number(rows.size()), words::qt(entry.text),
                      words::moment(entry.device_time, today, language),
                      entry.here_only ? tr("%1 · on this tablet only").arg(officer) : officer, QStringLiteral("done")});
    }
    if (last != nullptr) flush(*last);
    m_writers = officers.join(QStringLiteral(", "));
    m_timeline.setRecords(rows);
    emit changed();
}

}  // namespace fieldclaim::tablet
