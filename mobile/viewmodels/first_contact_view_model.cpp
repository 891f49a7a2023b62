#include "mobile/viewmodels/first_contact_view_model.h"

#include <algorithm>

#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

FirstContactViewModel::FirstContactViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_question(benefitsQuestion(open_case.pack())),
      m_suggestions({"benefit", "benefitLabel", "verdict", "tone", "reason", "change", "ticked", "suggested"}, this) {
    ENSURE(m_question != nullptr);
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &FirstContactViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &FirstContactViewModel::changed);
    refresh();
}

QString FirstContactViewModel::caption() const {
    const FormRoute route(m_case.evaluation());
    const auto [at, all] = route.placeInSection(m_question->page);
    QString section;
    for (const auto& one : m_case.pack().sections()) {
        if (one.id == m_question->section) section = m_case.desk().text(one.title);
    }
    return tr("%1 · %2 of %3").arg(section).arg(at).arg(all);
}

QString FirstContactViewModel::title() const { return m_case.desk().text(m_question->label); }
QString FirstContactViewModel::sectionId() const { return words::qt(m_question->section); }
QString FirstContactViewModel::answerKey() const { return words::qt(m_question->id); }
bool FirstContactViewModel::hasHistory() const { return m_case.isLoaded() && m_case.answer(m_question->id) != nullptr; }
QString FirstContactViewModel::whyLabel() const {
    return m_why_question == nullptr ? QString() : m_case.desk().text(m_why_question->label);
}

QString FirstContactViewModel::note() const {
    if (!m_case.saveError().isEmpty()) return m_case.saveError();
    return m_case.wasSaved() ? tr("Saved on this tablet") : QString();
}

QVariantList FirstContactViewModel::errors() const {
    QVariantList out;
    const auto add = [&](const char* key, const QString& text) {
        if (text.isEmpty()) return;
        out.append(QVariantMap{{QStringLiteral("key"), QString::fromLatin1(key)}, {QStringLiteral("text"), text}});
    };
    add("benefits", m_error);
    add("why", m_why_error);
    return out;
}

QStringList FirstContactViewModel::claimed() const {
    QStringList out;
    for (const auto& name : m_case.evaluation().benefitsClaimed()) out.append(words::qt(name));
    return out;
}

void FirstContactViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& evaluation = m_case.evaluation();
    const auto language = m_case.desk().language();
    m_date_of_claim = words::spokenIso(evaluation.value("claim_from"), language);
    m_first_contact = words::spokenIso(evaluation.value("first_contact"), language);
    const auto ticked = claimed();

    QList<RecordListModel::Record> rows;
    for (const auto verdict : {Verdict::Likely, Verdict::Possible, Verdict::Unlikely}) {
        for (const auto& suggestion : evaluation.suggestions()) {
            if (suggestion.verdict != verdict) continue;
            const auto name = words::qt(suggestion.benefit);
            const QString words_for = verdict == Verdict::Likely     ? tr("Likely")
                                      : verdict == Verdict::Possible ? tr("Possible")
                                                                     : tr("Unlikely");
            const QString tone = verdict == Verdict::Likely     ? QStringLiteral("green")
                                 : verdict == Verdict::Possible ? QStringLiteral("amber")
                                                                : QStringLiteral("neutral");
            rows.append({name, words::benefit(evaluation.pack(), suggestion.benefit, language), words_for, tone,
                         words::qt(suggestion.reason.in(language)), words::qt(suggestion.change.in(language)),
                         ticked.contains(name), suggestion.suggested});
        }
    }
    m_suggestions.setRecords(rows);

    m_warnings.clear();
    for (const auto& warning : evaluation.warnings()) {
        // What belongs to a later part is said there, by its question.
        const auto* about = warning.about.empty() ? nullptr : evaluation.find(warning.about.front());
        if (about == nullptr || about->question->stage == m_question->stage)
            m_warnings.append(words::qt(warning.text.in(language)));
    }

    m_why_question = nullptr;
    m_why.clear();
    m_error.clear();
    m_why_error.clear();
    for (const auto& state : evaluation.questions()) {
        if (!state.relevant || state.question->page != m_question->page) continue;
        if (state.question->id == m_question->id) {
            if (m_checked && state.missing) m_error = tr("Choose at least one benefit");
            if (m_checked && state.invalid) m_error = m_case.desk().text(state.question->constraint_message);
            continue;
        }
        m_why_question = state.question;
        const auto* given = m_case.answer(state.key);
        m_why = given == nullptr ? QString() : words::qt(given->text);
        if (m_checked && state.missing) m_why_error = tr("Say in a few words why the choice is different");
    }
    emit changed();
}

void FirstContactViewModel::tick(const QString& benefit, bool on) {
    auto names = claimed();
    if (on == names.contains(benefit)) return;
    if (on) {
        names.append(benefit);
    } else {
        names.removeAll(benefit);
    }
    saveBenefits(names);
}

void FirstContactViewModel::takeSuggestion() {
    QStringList names;
    for (const auto& suggestion : m_case.evaluation().suggestions()) {
        if (suggestion.suggested) names.append(words::qt(suggestion.benefit));
    }
    saveBenefits(names);
}

void FirstContactViewModel::saveBenefits(const QStringList& names) {
    QStringList in_order;
    for (const auto& choice : m_question->choices) {
        if (names.contains(words::qt(choice.name))) in_order.append(words::qt(choice.name));
    }
    if (in_order.isEmpty()) {
        m_case.clear(m_question->id);
    } else {
        m_case.save(m_question->id, {Answer::Kind::Given, words::utf8(in_order.join(QLatin1Char(' ')))});
    }
}

void FirstContactViewModel::saveWhy(const QString& text) {
    if (m_why_question == nullptr || text == m_why) return;
    if (text.trimmed().isEmpty()) {
        m_case.clear(m_why_question->id);
    } else {
        m_case.save(m_why_question->id, {Answer::Kind::Given, words::utf8(text)});
    }
}

void FirstContactViewModel::goOn() {
    m_checked = true;
    refresh();
    if (!m_error.isEmpty() || !m_why_error.isEmpty()) {
        emit refused();
        return;
    }
    skip();
}

void FirstContactViewModel::skip() {
    emit goTo(words::qt(FormRoute(m_case.evaluation()).next(m_question->page).value_or(std::string())), {});
}

void FirstContactViewModel::goBack() {
    emit goTo(words::qt(FormRoute(m_case.evaluation()).previous(m_question->page).value_or(std::string())), {});
}

}  // namespace fieldclaim::tablet
