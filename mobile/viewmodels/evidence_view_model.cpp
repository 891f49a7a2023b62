#include "mobile/viewmodels/evidence_view_model.h"

#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {

EvidenceViewModel::EvidenceViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_proofs({"proofKey", "label", "whose", "needs", "blocking", "accepts", "minLevel", "status", "statusTone",
                "level", "what", "seenOn", "seenOnText", "unavailable", "met"},
               this) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &EvidenceViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &EvidenceViewModel::changed);
    refresh();
}

QString EvidenceViewModel::today() const { return words::qt(m_case.desk().casework().today().iso()); }

QString EvidenceViewModel::note() const {
    if (!m_case.saveError().isEmpty()) return m_case.saveError();
    return m_case.wasSaved() ? tr("Saved on this tablet") : QString();
}

void EvidenceViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& evaluation = m_case.evaluation();
    const auto language = m_case.desk().language();
    QList<RecordListModel::Record> rows;
    int met_count = 0;
    int blocking = 0;
    for (const auto& need : evaluation.proofs()) {
        const auto proof = proofOf(m_case.claim().state, need.key()).value_or(ProofRecord{});
        const bool met = levelRank(proof.level) >= levelRank(need.rule->min_level);
        if (met) ++met_count;
        if (!met && need.rule->blocks) ++blocking;
        QString whose;
        if (!need.instance.empty()) {
            for (const auto& state : evaluation.questions()) {
                if (state.instance != need.instance || state.question->repeat != need.rule->repeat) continue;
                if (const auto* given = m_case.answer(state.key))
                    whose = m_case.answerWords(*state.question, *given, language);
                break;
            }
        }
        QStringList accepts;
        for (const auto& one : need.rule->accepts) {
            auto text = words::qt(one.in(language));
            if (!text.isEmpty()) text[0] = text[0].toUpper();
            accepts.append(text);
        }
        QString status = tr("To be seen");
        QString tone = need.rule->blocks ? QStringLiteral("amber") : QStringLiteral("neutral");
        if (met) {
            status = words::level(proof.level);
            tone = QStringLiteral("green");
        } else if (!proof.unavailable.empty()) {
            status = tr("Not available");
        } else if (!proof.level.empty()) {
            status = tr("%1, not enough").arg(words::level(proof.level));
            tone = QStringLiteral("amber");
        }
        rows.append({words::qt(need.key()), words::qt(need.rule->label.in(language)), whose,
                     words::levelNeeded(need.rule->min_level), need.rule->blocks, accepts,
                     words::qt(need.rule->min_level), status, tone, words::qt(proof.level), words::qt(proof.what),
                     words::qt(proof.seen_on), words::spokenIso(proof.seen_on, language), words::qt(proof.unavailable),
                     met});
    }
    m_proofs.setRecords(rows);
    if (rows.isEmpty()) {
        m_summary = tr("The answers so far call for no proof.");
    } else if (met_count == rows.size()) {
        m_summary = tr("Everything that the answers call for has been seen.");
    } else if (blocking > 0) {
        m_summary =
            tr("%1 of %2 seen · %3 must be seen before the claim can go").arg(met_count).arg(rows.size()).arg(blocking);
    } else {
        m_summary = tr("%1 of %2 seen · the claim can go without the others").arg(met_count).arg(rows.size());
    }
    emit changed();
}

QString EvidenceViewModel::store(const ProofRecord& proof) {
    return m_case.done(m_case.desk().casework().saveProof(m_case.crn(), proof)) ? QString() : m_case.saveError();
}

QString EvidenceViewModel::save(const QString& key, const QString& level, const QString& what, const QString& seen_on) {
    if (level.isEmpty()) return tr("Choose whether you saw the original or a copy, or were told");
    if (what.trimmed().isEmpty()) return tr("Say what was seen, for example a current passport");
    const auto date = Date::parse(words::utf8(seen_on));
    if (!date) return tr("Enter the day on which it was seen");
    if (*date > m_case.desk().casework().today()) return tr("The day must be today or in the past");
    ProofRecord proof;
    proof.key = words::utf8(key);
    proof.level = words::utf8(level);
    proof.what = words::utf8(what.trimmed());
    proof.seen_on = date->iso();
    return store(proof);
}

QString EvidenceViewModel::saveUnavailable(const QString& key, const QString& reason) {
    if (reason.trimmed().isEmpty()) return tr("Say why it is not available");
    ProofRecord proof;
    proof.key = words::utf8(key);
    proof.unavailable = words::utf8(reason.trimmed());
    return store(proof);
}

void EvidenceViewModel::clear(const QString& key) {
    m_case.done(m_case.desk().casework().clearProof(m_case.crn(), words::utf8(key)));
}

}  // namespace fieldclaim::tablet
