#include "mobile/viewmodels/question_page_view_model.h"

#include <algorithm>

#include "mobile/viewmodels/answer_offers.h"
#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/question_fields.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/same_person.h"

namespace fieldclaim::tablet {
QuestionPageViewModel::QuestionPageViewModel(OpenCase& open_case, const std::string& page, const std::string& instance,
                                             QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_instance(instance),
      m_questions({"key",       "questionId",   "type",     "label",           "hint",   "choices",   "value",
                   "error",     "required",     "absence",  "absenceNote",     "badge",  "badgeTone", "money",
                   "multiline", "labelVariant", "warnings", "readOnly",        "search", "range",     "help",
                   "undoText",  "hasHistory",   "told",     "dateIsCorrected", "picture"},
                  this),
      m_cards({"instanceId", "cardTitle", "detail", "toGo"}, this),
      m_thumbnails(m_case.desk().casework()) {
    const auto& pack = m_case.pack();
    for (const auto& one : pack.pages()) {
        if (one.id == page) m_page = &one;
    }
    ENSURE(m_page != nullptr);
    for (const auto& one : pack.repeats()) {
        if (one.page == page) m_repeat = &one;
    }
    m_case.resetSaveState();
    for (const auto& state : statesHere(evaluationHere())) {
        if (state.invalid) m_wrong_at_start.insert(words::qt(state.key));
    }
    connect(&m_case, &OpenCase::changed, this, &QuestionPageViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &QuestionPageViewModel::changed);
    refresh();
}

QString QuestionPageViewModel::pageId() const { return words::qt(m_page->id); }

QString QuestionPageViewModel::sectionId() const { return words::qt(m_page->section); }

bool QuestionPageViewModel::asksWho() const {
    const auto& questions = m_case.desk().pack().questions();
    return std::any_of(m_page->questions.begin(), m_page->questions.end(),
                       [&](std::size_t place) { return tellsWhoItIs(questions[place].id); });
}

Evaluation QuestionPageViewModel::evaluationHere() const {
    const auto& evaluation = m_case.evaluation();
    if (m_instance.empty()) return evaluation;
    const auto prefix = m_repeat->id + "/" + m_instance + "/";
    const auto& answers = m_case.answers();
    const auto first = answers.answers.lower_bound(prefix);
    if (first != answers.answers.end() && first->first.starts_with(prefix)) return evaluation;
    // An instance exists from its first answer; until then its questions are asked of a copy that has an empty one.
    auto with = answers;
    with.answers.emplace(prefix + m_case.pack().questions()[m_repeat->questions.front()].id, Answer{});
    return Evaluation::of(evaluation.sharedPack(), with, evaluation.today());
}

std::vector<QuestionState> QuestionPageViewModel::statesHere(const Evaluation& evaluation) const {
    std::vector<QuestionState> out;
    if (isCards()) return out;
    // On a page that declares nothing an image is the signature's: the pad fills it.
    const auto& questions = m_case.pack().questions();
    const bool closes = std::none_of(m_page->questions.begin(), m_page->questions.end(),
                                     [&](std::size_t place) { return questions[place].declared; });
    for (const auto& state : evaluation.questions()) {
        if (!state.relevant || state.question->page != m_page->id || state.instance != m_instance) continue;
        if (!closes || state.question->type != QuestionType::Image) out.push_back(state);
    }
    return out;
}

QString QuestionPageViewModel::errorText(const QuestionState& state) const {
    if (state.invalid) {
        const auto message = m_case.desk().text(state.question->constraint_message);
        if (!message.isEmpty()) {
            const auto prefix = state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance;
            return words::qt(m_case.evaluation().fill(words::utf8(message), prefix, m_case.desk().language()));
        }
        switch (state.question->type) {
            case QuestionType::Date:
                return tr("Enter a real date, for example 27 3 1971");
            case QuestionType::Integer:
                return tr("Enter a whole number, for example 16");
            case QuestionType::Decimal:
                return tr("Enter a number, for example 85.50");
            case QuestionType::Range:
                return tr("Enter a number from %1 to %2")
                    .arg(words::qt(state.question->range->start), words::qt(state.question->range->end));
            case QuestionType::Time:
                return tr("Enter a time, for example 9:30 or 2:15 pm");
            case QuestionType::DateTime:
                return tr("Enter a real date and a time, for example 27 3 2006 and 9:30");
            case QuestionType::Geopoint:
                return tr("Enter the latitude and the longitude, for example 53.1394 -3.7967");
            default:
                return tr("This answer does not fit the question. Change it, or leave it and say why");
        }
    }
    // Where the page asks one thing its heading says which.
    const bool alone = m_questions.count() <= 1;
    const auto about = [&](const QString& words) {
        return alone ? words : tr("%1: %2").arg(words, m_case.label(state, m_case.desk().language()));
    };
    if (const auto message = m_case.desk().text(state.question->required_message); !message.isEmpty()) {
        const auto prefix = state.instance.empty() ? std::string() : state.question->repeat + "/" + state.instance;
        return words::qt(m_case.evaluation().fill(words::utf8(message), prefix, m_case.desk().language()));
    }
    switch (state.question->type) {
        case QuestionType::SelectOne:
            return about(tr("Choose an answer"));
        case QuestionType::SelectMultiple:
            return about(tr("Choose at least one"));
        case QuestionType::Acknowledge:
            return about(tr("Tick this when it is done"));
        case QuestionType::Image:
            return about(tr("Take a picture or choose one"));
        case QuestionType::File:
            return about(tr("Choose a file, or take a picture"));
        default:
            return about(tr("Enter an answer"));
    }
}

QStringList QuestionPageViewModel::remarks(const Evaluation& evaluation, const QuestionState& state) const {
    const auto language = m_case.desk().language();
    QStringList out;
    for (const auto& one : m_case.claim().look_again) {
        if (one.key != state.key || one.why == LookAgain::Why::NewQuestion || one.asked == nullptr) continue;
        out.append(tr("The earlier answer was: %1").arg(m_case.answerWords(*one.asked, one.answer, language)));
    }
    for (const auto& warning : evaluation.warnings()) {
        const auto& keys = warning.about;
        if (std::find(keys.begin(), keys.end(), state.key) != keys.end())
            out.append(words::qt(warning.text.in(language)));
    }
    return out;
}

void QuestionPageViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& evaluation = m_case.evaluation();
    const FormRoute route(evaluation);
    const auto language = m_case.desk().language();
    QString section;
    for (const auto& one : evaluation.pack().sections()) {
        if (one.id == m_page->section) section = words::qt(one.title.in(language));
    }
    const auto [at, all] = route.placeInSection(m_page->id);
    m_caption = tr("%1 · %2 of %3").arg(section).arg(at).arg(all);
    m_has_previous = isInstance() || route.previous(m_page->id).has_value();
    if (isCards()) {
        refreshCards();
    } else {
        refreshQuestions(evaluationHere());
    }
    emit changed();
}

void QuestionPageViewModel::refreshQuestions(const Evaluation& evaluation) {
    const auto states = statesHere(evaluation);
    const auto language = m_case.desk().language();
    const bool alone = states.size() == 1;
    const auto prefix = isInstance() ? m_repeat->id + "/" + m_instance : std::string();
    const auto& looked = m_case.claim().look_again;
    const auto again = [&](const std::string& key) {
        return std::any_of(looked.begin(), looked.end(), [&](const LookAgain& one) { return one.key == key; });
    };
    m_title.clear();
    if (!alone) m_title = words::qt(evaluation.fill(m_page->title.in(language), {}, language));
    m_hint.clear();
    if (isInstance()) m_title = words::qt(m_repeat->label.in(language));
    m_errors.clear();
    m_can_skip = false;
    QList<RecordListModel::Record> rows;
    QStringList said;
    for (const auto& state : states) {
        const auto key = words::qt(state.key);
        const auto* given = m_case.answer(state.key);
        const bool absent = given != nullptr && given->kind != Answer::Kind::Given;
        const bool wrong = state.invalid && !m_editing.contains(key) && (m_checked || m_wrong_at_start.contains(key));
        const bool missing = state.missing && m_checked;
        const auto error = wrong || missing ? errorText(state) : QString();
        if (!error.isEmpty())
            m_errors.append(QVariantMap{{QStringLiteral("key"), key}, {QStringLiteral("text"), error}});
        if (state.missing || state.invalid) m_can_skip = true;

        const bool is_shown_only = !state.question->isAsked();
        QString value = given != nullptr && !absent ? words::qt(given->text) : QString();
        if (given == nullptr && !is_shown_only) value = words::qt(evaluation.proposed(state.key));
        if (state.question->type == QuestionType::Calculate)
            value = words::qt(evaluation.fill("${" + state.question->id + "}", prefix, language));
        // What two questions of a page are about is said once, by the first.
        QStringList warnings;
        for (const auto& text : remarks(evaluation, state)) {
            if (!said.contains(text)) warnings.append(text);
        }
        said.append(warnings);
        const int row = m_questions.rowOf(key);
        if (m_editing.contains(key) && row >= 0) value = m_questions.value(row, "value").toString();

        const auto offers = offersFor(m_case, state);
        words::Toned badge;
        if (offers.told) badge = words::toldByPhone();
        if (const auto* held = m_case.claim().heldAt(answerPath(state.key))) badge = words::held(*held);
        if (state.look_again || again(state.key)) badge = {tr("Look again"), QStringLiteral("amber")};
        rows.append(
            {key, words::qt(state.question->id), questionTypeName(state.question->type), m_case.label(state, language),
             m_case.hint(state, language), questionChoices(evaluation, state.key, language), value, error,
             // The pack's own labels say "(optional)"; saying it twice helps nobody.
             true,
             given != nullptr && given->kind == Answer::Kind::NotKnown  ? QStringLiteral("notKnown")
             : given != nullptr && given->kind == Answer::Kind::Refused ? QStringLiteral("refused")
                                                                        : QString(),
             absent ? words::qt(given->text) : QString(), badge.text, badge.tone, state.question->normalise == "money",
             state.question->multiline ||
                 (state.question->type == QuestionType::Text &&
                  state.question->constraint_message.english.find("characters or fewer") != std::string::npos &&
                  state.question->normalise == "trim" && state.question->label.english.size() > 60),
             alone && !isInstance() ? QStringLiteral("question")
             : alone                ? QStringLiteral("section")
                                    : QStringLiteral("label"),
             warnings, state.question->read_only, state.question->search, questionRange(*state.question), offers.help,
             offers.undo, offers.history, offers.told, offers.date_is_corrected, pictureOf(state)});
    }
    m_warnings.clear();
    m_questions.setRecords(rows);
}

QString QuestionPageViewModel::note() const {
    if (!m_case.saveError().isEmpty()) return m_case.saveError();
    return m_case.wasSaved() ? tr("Saved on this tablet") : QString();
}

QString QuestionPageViewModel::noteTone() const {
    return m_case.saveError().isEmpty() ? QStringLiteral("green") : QStringLiteral("red");
}

void QuestionPageViewModel::answer(const QString& key, const QString& value) {
    m_editing.remove(key);
    m_wrong_at_start.remove(key);
    const auto path = words::utf8(key);
    const int row = m_questions.rowOf(key);
    const bool acknowledges = m_questions.value(row, "type").toString() == QStringLiteral("acknowledge");
    const auto text = acknowledges && !value.isEmpty() ? std::string("yes") : words::utf8(value);
    const auto* before = m_case.answer(path);
    if (text.empty()) {
        if (before == nullptr) return;
        m_case.clear(path);
        return;
    }
    if (before != nullptr && *before == Answer{Answer::Kind::Given, text}) return;
    m_case.save(path, {Answer::Kind::Given, text});
}

void QuestionPageViewModel::undo(const QString& key) {
    m_editing.remove(key);
    m_wrong_at_start.remove(key);
    m_case.undo(words::utf8(key));
}

void QuestionPageViewModel::confirm(const QString& key) { m_case.confirm(words::utf8(key)); }

void QuestionPageViewModel::editing(const QString& key) { m_editing.insert(key); }

void QuestionPageViewModel::takeProposals() {
    for (const auto& state : statesHere(evaluationHere())) {
        if (state.answered || m_case.answer(state.key) != nullptr) continue;
        if (auto text = evaluationHere().proposed(state.key); !text.empty())
            m_case.save(state.key, {Answer::Kind::Given, std::move(text)});
    }
}

void QuestionPageViewModel::goOn() {
    takeProposals();
    m_checked = true;
    m_editing.clear();
    refresh();
    if (!m_errors.isEmpty()) {
        emit refused();
        return;
    }
    skip();
}

void QuestionPageViewModel::skip() {
    if (isInstance()) {
        leave(m_page->id);
        return;
    }
    leave(FormRoute(m_case.evaluation()).next(m_page->id));
}

void QuestionPageViewModel::goBack() {
    if (isInstance()) {
        leave(m_page->id);
        return;
    }
    leave(FormRoute(m_case.evaluation()).previous(m_page->id));
}

void QuestionPageViewModel::leave(const std::optional<std::string>& page) {
    emit goTo(words::qt(page.value_or(std::string())), {});
}

void QuestionPageViewModel::askNote(const QString& kind) {
    m_asking_note = kind;
    emit changed();
}

void QuestionPageViewModel::cancelNote() {
    m_asking_note.clear();
    emit changed();
}

void QuestionPageViewModel::giveNote(const QString& note) {
    const auto kind = m_asking_note == QStringLiteral("refused") ? Answer::Kind::Refused : Answer::Kind::NotKnown;
    m_asking_note.clear();
    const auto states = statesHere(evaluationHere());
    bool all_saved = true;
    for (const auto& state : states) {
        if (!state.question->isAsked()) continue;
        if (states.size() > 1 && (state.answered || !state.question->required)) continue;
        all_saved = m_case.save(state.key, {kind, words::utf8(note.trimmed())}) && all_saved;
    }
    emit changed();
    if (all_saved) skip();
}

}  // namespace fieldclaim::tablet
