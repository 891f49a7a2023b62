#include "mobile/viewmodels/answer_history_view_model.h"

#include "mobile/viewmodels/words.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"

namespace fieldclaim::tablet {

const Question* AnswerHistoryViewModel::questionAt(const FormPack& pack, std::string_view key) {
    const auto last = key.rfind('/');
    return pack.find(last == std::string_view::npos ? key : key.substr(last + 1));
}

AnswerHistoryViewModel::AnswerHistoryViewModel(OpenCase& open_case, const std::string& key, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_key(key),
      m_question(questionAt(open_case.pack(), key)),
      m_versions({"versionKey", "value", "fate", "fateTone", "who", "when", "place", "insteadOf", "reason", "here",
                  "canPutBack"},
                 this) {
    ENSURE(m_question != nullptr);
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &AnswerHistoryViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &AnswerHistoryViewModel::changed);
    refresh();
}

QString AnswerHistoryViewModel::sectionId() const { return words::qt(m_question->section); }

QString AnswerHistoryViewModel::summary() const {
    if (m_versions.count() == 0) return tr("Nothing has been answered yet.");
    return m_versions.count() == 1 ? tr("Answered once") : tr("Answered or changed %1 times").arg(m_versions.count());
}

QString AnswerHistoryViewModel::incomplete() const {
    return m_incomplete ? tr("What stood before that is not on this tablet. The back office can see it.") : QString();
}

QString AnswerHistoryViewModel::inWords(const std::optional<Answer>& answer) const {
    if (!answer) return tr("No answer");
    return m_case.answerWords(*m_question, *answer, m_case.desk().language());
}

QString AnswerHistoryViewModel::who(const AnswerVersion& version) const {
    if (!version.on_server) return version.officer.empty() ? tr("A colleague") : words::qt(version.officer);
    if (version.asked_by.empty()) return tr("The server");
    return tr("The server, as %1 asked").arg(words::qt(version.asked_by));
}

QString AnswerHistoryViewModel::place(const AnswerVersion& version) const {
    if (version.on_server) return {};
    if (version.this_tablet) return tr("on this tablet");
    const auto& casework = m_case.desk().casework();
    if (version.site.empty()) return tr("on another tablet");
    if (version.site == casework.siteId()) return tr("on another tablet, %1").arg(words::qt(casework.siteName()));
    return tr("on a tablet of another site (%1)").arg(words::qt(version.site));
}

void AnswerHistoryViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto language = m_case.desk().language();
    const auto last = m_key.rfind('/');
    const auto prefix = last == std::string::npos ? std::string() : m_key.substr(0, last);
    m_label = words::qt(m_case.evaluation().fill(m_question->label.in(language), prefix, language));
    const auto history = m_case.desk().casework().answerHistory(m_case.crn(), m_key);
    if (!history) {
        m_error = words::error(history.error(), language);
        emit changed();
        return;
    }
    m_error.clear();
    m_incomplete = history->incomplete;
    m_in_conflict = false;
    const auto& state = m_case.claim().state;
    const auto path = answerPath(m_key);
    const auto today = m_case.desk().casework().today();
    QList<RecordListModel::Record> rows;
    m_ids.clear();
    std::optional<Answer> standing;
    if (const auto* now = state.find(path)) standing = decodeAnswer(now->value());
    for (auto at = history->versions.rbegin(); at != history->versions.rend(); ++at) {
        const auto& version = *at;
        words::Toned fate{tr("Replaced"), QStringLiteral("neutral")};
        switch (version.fate) {
            case AnswerFate::Stands:
                fate = {tr("The answer now"), QStringLiteral("green")};
                break;
            case AnswerFate::Differs:
                fate = {tr("One of the answers that differ"), QStringLiteral("amber")};
                m_in_conflict = true;
                break;
            case AnswerFate::Refused:
                fate = {tr("Refused by a supervisor"), QStringLiteral("red")};
                break;
            case AnswerFate::Replaced:
                break;
        }
        QStringList before;
        for (const auto& one : version.instead_of) before.append(QStringLiteral("“%1”").arg(inWords(one)));
        QString instead;
        if (version.confirms && before.size() == 1) {
            instead = tr("Confirmed: the same answer again");
        } else if (!before.isEmpty()) {
            instead = tr("In place of %1").arg(before.join(QStringLiteral(", ")));
        }
        const bool is_protected = changesProtectedDate(
            state, {state.edit(path, version.answer ? encodeAnswer(*version.answer) : Value())}, today);
        const bool can_put_back =
            version.fate == AnswerFate::Replaced && version.answer && version.answer != standing && !is_protected;
        rows.append({QString::number(rows.size()), inWords(version.answer), fate.text, fate.tone, who(version),
                     words::moment(version.device_time, today, language), place(version), instead,
                     version.reason.empty() ? QString() : tr("Reason: %1").arg(words::qt(version.reason)),
                     version.here_only, can_put_back});
        m_ids.push_back(version.id);
    }
    m_versions.setRecords(rows);
    emit changed();
}

void AnswerHistoryViewModel::putBack(const QString& version) {
    const int row = m_versions.rowOf(version);
    if (row < 0) return;
    m_case.done(m_case.desk().casework().putBack(m_case.crn(), m_key, m_ids[static_cast<std::size_t>(row)]));
}

}  // namespace fieldclaim::tablet
