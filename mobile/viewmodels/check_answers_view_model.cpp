#include "mobile/viewmodels/check_answers_view_model.h"

#include <algorithm>
#include <set>
#include <utility>

#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"

namespace fieldclaim::tablet {

CheckAnswersViewModel::CheckAnswersViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_rows({"rowKey", "kind", "label", "value", "changed", "was", "absent", "formPage", "instance", "mark",
              "markTone", "warning"},
             this) {
    connect(&m_case, &OpenCase::changed, this, &CheckAnswersViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &CheckAnswersViewModel::changed);
    refresh();
}

void CheckAnswersViewModel::setInWelsh(bool welsh) {
    m_case.desk().askLanguage(welsh ? Language::Welsh : Language::English);
}

void CheckAnswersViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& review = m_case.claim().review;
    const auto& evaluation = review.evaluation;
    const auto language = m_case.desk().language();
    const std::set<std::string> changed_keys(review.changed_facts.begin(), review.changed_facts.end());
    const FormRoute route(evaluation);

    QList<RecordListModel::Record> rows;
    QStringList said;
    std::string section;
    std::string card;
    int answers = 0;
    int to_go = 0;
    m_changed_count = static_cast<int>(changed_keys.size());
    std::set<std::string> shown;
    m_first_missing_page.clear();
    m_more_text.clear();
    m_more_page.clear();
    for (const auto& state : evaluation.questions()) {
        if (!state.relevant || !state.question->declared) continue;
        if (state.missing || state.invalid) {
            ++to_go;
            if (m_first_missing_page.isEmpty()) m_first_missing_page = words::qt(state.question->page);
        }
        const auto* given = m_case.answer(state.key);
        if (given == nullptr && !state.missing && m_more_page.isEmpty() && route.closes(state.question->section)) {
            m_more_page = words::qt(state.question->page);
            m_more_text = m_case.label(state, language);
        }
        if (given == nullptr && !state.missing) continue;
        if (state.question->section != section) {
            section = state.question->section;
            card.clear();
            QString title;
            for (const auto& one : evaluation.pack().sections()) {
                if (one.id == section) title = words::qt(one.title.in(language));
            }
            rows.append({QStringLiteral("section/") + words::qt(section), QStringLiteral("section"), title, QString(),
                         false, QString(), false, QString(), QString(), QString(), QString(), QString()});
        }
        if (!state.instance.empty() && state.instance != card) {
            card = state.instance;
            for (const auto& repeat : evaluation.pack().repeats()) {
                if (repeat.id == state.question->repeat) {
                    rows.append({QStringLiteral("card/") + words::qt(card), QStringLiteral("card"),
                                 words::qt(repeat.label.in(language)), QString(), false, QString(), false, QString(),
                                 QString(), QString(), QString(), QString()});
                }
            }
        }
        if (state.instance.empty()) card.clear();
        const bool has_changed = changed_keys.contains(state.key);
        QString was;
        if (has_changed) {
            shown.insert(state.key);
            was = tr("Not in what was signed");
            if (review.statement != nullptr) {
                if (const auto then = review.statement->facts.find(state.key); then != review.statement->facts.end()) {
                    was = tr("Was “%1” when signed").arg(m_case.answerWords(*state.question, then->second, language));
                }
            }
        }
        if (given != nullptr) ++answers;
        const bool absent = given == nullptr || given->kind != Answer::Kind::Given;
        QStringList warnings;
        for (const auto& warning : evaluation.warnings()) {
            const auto text = words::qt(warning.text.in(language));
            const bool here = std::find(warning.about.begin(), warning.about.end(), state.key) != warning.about.end();
            if (!here || said.contains(text)) continue;
            said.append(text);
            warnings.append(text);
        }
        words::Toned mark;
        if (m_case.claim().told.contains(state.key)) mark = words::toldByPhone();
        if (const auto* held = m_case.claim().heldAt(answerPath(state.key))) mark = words::held(*held);
        rows.append({words::qt(state.key), QStringLiteral("answer"), m_case.label(state, language),
                     given == nullptr ? tr("Not answered") : m_case.answerWords(*state.question, *given, language),
                     has_changed, was, absent, words::qt(state.question->page), words::qt(state.instance), mark.text,
                     mark.tone, warnings.join(QLatin1Char('\n'))});
    }
    for (const auto& repeat : evaluation.repeats()) {
        if (!repeat.missing) continue;
        ++to_go;
        if (m_first_missing_page.isEmpty()) m_first_missing_page = words::qt(repeat.repeat->page);
    }
    // What was signed and is no longer asked, or was taken away, changed too.
    bool titled = false;
    for (const auto& key : changed_keys) {
        const auto* question = evaluation.pack().find(key.substr(key.rfind('/') + 1));
        if (shown.contains(key) || question == nullptr || review.statement == nullptr) continue;
        const auto then = review.statement->facts.find(key);
        if (then == review.statement->facts.end()) continue;
        if (!std::exchange(titled, true))
            rows.append({QStringLiteral("section/gone"), QStringLiteral("section"),
                         tr("Signed, and not there any more"), QString(), false, QString(), false, QString(), QString(),
                         QString(), QString(), QString()});
        const auto slash = key.rfind('/');
        const auto prefix = slash == std::string::npos ? std::string() : key.substr(0, slash);
        rows.append({words::qt(key), QStringLiteral("answer"),
                     words::qt(evaluation.fill(question->label.in(language), prefix, language)), tr("Not there now"),
                     true, tr("Was “%1” when signed").arg(m_case.answerWords(*question, then->second, language)), true,
                     QString(), QString(), QString(), QString(), QString()});
    }
    m_rows.setRecords(rows);
    m_voided.clear();
    if (review.seal_state == SealState::Void && review.seal) {
        const auto day = words::spoken(Date::fromWallMs(review.seal->device_time), language);
        m_voided =
            m_changed_count == 1
                ? tr("1 answer is not as it was signed on %1. It is marked below. The customer signs again.").arg(day)
                : tr("%1 answers are not as they were signed on %2. They are marked below. The customer signs again.")
                      .arg(m_changed_count)
                      .arg(day);
    }
    if (review.submit_refused)
        m_voided = tr("The server refused what was signed: %1 The customer signs again.")
                       .arg(words::sentence(review.submit_refused->reason));
    m_summary = answers == 1 ? tr("1 answer") : tr("%1 answers").arg(answers);
    m_obstacle.clear();
    if (!review.conflicts.empty()) {
        m_obstacle = tr("Two answers differ. Choose which one holds before signing.");
    } else if (to_go > 0) {
        m_obstacle = to_go == 1 ? tr("1 question is not answered yet. It is needed before signing.")
                                : tr("%1 questions are not answered yet. They are needed before signing.").arg(to_go);
    } else if (evaluation.benefitsClaimed().empty()) {
        m_obstacle = tr("No benefit is chosen yet.");
    }
    emit changed();
}

void CheckAnswersViewModel::confirm() {
    // Where the pack asks for it, that the answers were checked is itself an answer: an acknowledgement of its last
    // section.
    const auto* read_back = m_case.pack().find("read_back");
    if (read_back != nullptr) {
        const auto* state = m_case.evaluation().find(read_back->id);
        if (state != nullptr && state->relevant && !m_case.save(read_back->id, {Answer::Kind::Given, "yes"})) return;
    }
    emit confirmed();
}

}  // namespace fieldclaim::tablet
