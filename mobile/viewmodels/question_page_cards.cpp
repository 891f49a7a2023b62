#include <algorithm>

#include "mobile/viewmodels/question_page_view_model.h"
#include "mobile/viewmodels/words.h"

// The page of a repeat: a card for each instance, and what adds one, removes one and brings it back.
namespace fieldclaim::tablet {

void QuestionPageViewModel::refreshCards() {
    const auto& evaluation = m_case.evaluation();
    const auto language = m_case.desk().language();
    m_title = words::qt(m_repeat->hint.in(language));
    m_hint.clear();
    m_errors.clear();
    const auto repeat = std::find_if(evaluation.repeats().begin(), evaluation.repeats().end(),
                                     [&](const RepeatState& state) { return state.repeat->id == m_repeat->id; });
    QList<RecordListModel::Record> rows;
    if (repeat != evaluation.repeats().end()) {
        m_can_skip = repeat->missing;
        if (repeat->missing && m_checked) {
            m_errors.append(QVariantMap{
                {QStringLiteral("key"), QString()},
                {QStringLiteral("text"), repeat->wanted > 1
                                             ? tr("Add %1 in all, or come back to it later").arg(repeat->wanted)
                                             : tr("Add at least one, or come back to it later")}});
        }
        for (const auto& instance : repeat->instances) {
            QString title;
            QStringList details;
            int to_go = 0;
            for (const auto& state : evaluation.questions()) {
                if (state.instance != instance || state.question->repeat != m_repeat->id || !state.relevant) continue;
                if (state.missing || state.invalid) ++to_go;
                const auto* given = m_case.answer(state.key);
                if (given == nullptr) continue;
                const auto words = m_case.answerWords(*state.question, *given, language);
                if (words.isEmpty()) continue;
                if (title.isEmpty()) {
                    title = words;
                } else {
                    details.append(words);
                }
            }
            rows.append({words::qt(instance), title.isEmpty() ? words::qt(m_repeat->label.in(language)) : title,
                         details.join(QStringLiteral(" · ")), to_go});
            if (to_go > 0) m_can_skip = true;
        }
    }
    m_warnings.clear();
    for (const auto& warning : evaluation.warnings()) {
        const auto& about = warning.about;
        const bool here = std::any_of(about.begin(), about.end(), [&](const std::string& key) {
            return key == m_repeat->id || key.starts_with(m_repeat->id + "/");
        });
        const auto text = words::qt(warning.text.in(language));
        if (here && !m_warnings.contains(text)) m_warnings.append(text);
    }
    m_cards.setRecords(rows);
}

QString QuestionPageViewModel::addText() const {
    if (m_repeat == nullptr) return {};
    const auto label = m_case.desk().text(m_repeat->label);
    const auto lower = label.left(1).toLower() + label.mid(1);
    return m_cards.count() == 0 ? tr("Add: %1").arg(lower) : tr("Add another: %1").arg(lower);
}

void QuestionPageViewModel::addInstance() { emit goTo(pageId(), words::qt(m_case.desk().casework().newInstance())); }

void QuestionPageViewModel::changeInstance(const QString& instance) { emit goTo(pageId(), instance); }

void QuestionPageViewModel::removeInstance(const QString& instance) {
    const auto id = words::utf8(instance);
    const auto prefix = m_repeat->id + "/" + id + "/";
    Removed removed;
    for (const auto& [key, given] : m_case.answers().answers) {
        if (key.starts_with(prefix)) removed.answers.emplace_back(key.substr(prefix.size()), given);
    }
    const auto title = m_cards.value(m_cards.rowOf(instance), "cardTitle").toString();
    if (!m_case.removeInstance(m_repeat->id, id)) return;
    m_removed = std::move(removed);
    m_removed_text = tr("%1 removed").arg(title);
    emit changed();
}

void QuestionPageViewModel::undoRemove() {
    if (!m_removed) return;
    // It comes back as a new instance: the removal stands in the history as what it was.
    const auto id = m_case.desk().casework().newInstance();
    bool all_saved = true;
    for (const auto& [question, given] : m_removed->answers) {
        all_saved = m_case.save(m_repeat->id + "/" + id + "/" + question, given) && all_saved;
    }
    if (all_saved) {
        m_removed.reset();
        m_removed_text.clear();
    }
    emit changed();
}

}  // namespace fieldclaim::tablet
