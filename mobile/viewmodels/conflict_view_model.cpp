#include "mobile/viewmodels/conflict_view_model.h"

#include <algorithm>

#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {
namespace {

std::string keyOf(const std::string& path) { return path.starts_with("a/") ? path.substr(2) : path; }

}  // namespace

ConflictViewModel::ConflictViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_conflicts({"path", "label"}, this),
      m_answers({"answerKey", "value", "who", "when", "place", "proof", "proofTone"}, this) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &ConflictViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &ConflictViewModel::changed);
    refresh();
}

QString ConflictViewModel::labelOf(const std::string& path) const {
    const auto key = keyOf(path);
    if (const auto* state = m_case.evaluation().find(key)) return m_case.label(*state, m_case.desk().language());
    for (const auto& repeat : m_case.pack().repeats()) {
        if (key.starts_with(repeat.id + "/")) {
            return tr("Keep or remove: %1").arg(m_case.desk().text(repeat.label).toLower());
        }
    }
    for (const auto& rule : m_case.pack().proofRules()) {
        if (path == proofPath(rule.code) || path.starts_with(proofPath(rule.code) + "/"))
            return tr("Proof: %1").arg(m_case.desk().text(rule.label));
    }
    return tr("A record of this claim");
}

void ConflictViewModel::setCurrent(const QString& path) {
    if (m_current == path) return;
    m_current = path;
    m_picked.clear();
    refresh();
}

void ConflictViewModel::setPicked(const QString& key) {
    m_picked = key;
    emit changed();
}

QString ConflictViewModel::caption() const {
    return tr("Not the same · %1 of %2").arg(m_conflicts.rowOf(m_current) + 1).arg(m_conflicts.count());
}

QString ConflictViewModel::pickedText() const {
    const auto value = m_answers.value(m_answers.rowOf(m_picked), "value").toString();
    return value.isEmpty() ? tr("Choose one") : tr("Use %1").arg(value);
}

void ConflictViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& claim = m_case.claim();
    const auto language = m_case.desk().language();
    QList<RecordListModel::Record> conflicts;
    for (const auto& path : claim.review.conflicts) conflicts.append({words::qt(path), labelOf(path)});
    m_conflicts.setRecords(conflicts);
    if (m_conflicts.rowOf(m_current) < 0) {
        m_current = conflicts.isEmpty() ? QString() : conflicts.front()[0].toString();
        m_picked.clear();
    }
    m_answers.setRecords({});
    m_question_page.clear();
    if (m_current.isEmpty()) {
        emit changed();
        return;
    }
    const auto path = words::utf8(m_current);
    const auto key = keyOf(path);
    m_label = labelOf(path);
    const auto* state = m_case.evaluation().find(key);
    if (state != nullptr) m_question_page = words::qt(state->question->page);
    QList<RecordListModel::Record> rows;
    if (const auto* values = claim.state.find(path)) {
        const auto history = m_case.desk().casework().history(m_case.crn(), key, language);
        for (const auto& sibling : values->siblings()) {
            const auto answer = decodeAnswer(sibling.value);
            QString value = tr("Removed");
            if (answer)
                value = state != nullptr ? m_case.answerWords(*state->question, *answer, language)
                                         : words::qt(answer->text);
            const auto same =
                std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row[1].toString() == value; });
            if (same) continue;
            QString who = tr("An officer");
            if (history) {
                for (const auto& entry : *history) {
                    if (entry.device_time == sibling.device_time) who = words::qt(entry.officer);
                }
            }
            rows.append({QString::number(rows.size()), value, who,
                         words::moment(sibling.device_time, m_case.desk().casework().today(), language), QString(),
                         QString(), QStringLiteral("neutral")});
        }
    }
    m_answers.setRecords(rows);
    emit changed();
}

void ConflictViewModel::usePicked() {
    const auto path = words::utf8(m_current);
    const auto* values = m_case.claim().state.find(path);
    const int row = m_answers.rowOf(m_picked);
    if (values == nullptr || row < 0) return;
    // Rows are the siblings with equal answers taken together, in their order.
    std::vector<std::optional<Answer>> distinct;
    for (const auto& sibling : values->siblings()) {
        auto answer = decodeAnswer(sibling.value);
        if (std::find(distinct.begin(), distinct.end(), answer) == distinct.end())
            distinct.push_back(std::move(answer));
    }
    if (row >= static_cast<int>(distinct.size())) return;
    const auto chosen = distinct[static_cast<std::size_t>(row)];
    if (!m_case.done(m_case.desk().casework().resolve(m_case.crn(), keyOf(path), chosen))) return;
    if (m_conflicts.count() == 0) emit settled();
}

}  // namespace fieldclaim::tablet
