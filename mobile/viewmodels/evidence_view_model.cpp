#include "mobile/viewmodels/evidence_view_model.h"

#include "mobile/viewmodels/picture_words.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {

EvidenceViewModel::EvidenceViewModel(OpenCase& open_case, std::string open_proof, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_open_proof(std::move(open_proof)),
      m_proofs(
          {"proofKey", "label", "whose", "needs", "blocking", "accepts", "minLevel", "status", "statusTone", "level",
           "what", "seenOn", "seenOnText", "unavailable", "met", "pageCount", "pagesText", "returned", "why"},
          this),
      m_pages({"fileId", "label", "detail", "picture", "here"}, this),
      m_thumbnails(m_case.desk().casework()) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &EvidenceViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &EvidenceViewModel::changed);
    refresh();
}

EvidenceViewModel::~EvidenceViewModel() {
    // Should it fail they are sent once in vain, and the claim names them no more.
    for (const auto& file : m_removed)
        static_cast<void>(m_case.desk().casework().dropRemoved(m_case.crn(), file.digest));
}

bool EvidenceViewModel::canTakePictures() const {
    return m_case.desk().room().level() != StorageRoom::Level::TooLittleForPictures;
}

QString EvidenceViewModel::roomTitle() const { return words::room(m_case.desk().room()).title; }
QString EvidenceViewModel::roomText() const { return words::room(m_case.desk().room()).text; }

QString EvidenceViewModel::today() const { return words::qt(m_case.desk().casework().today().iso()); }

QString EvidenceViewModel::note() const {
    if (!m_case.saveError().isEmpty()) return m_case.saveError();
    return m_case.wasSaved() ? tr("Saved on this tablet") : QString();
}

void EvidenceViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    const auto& evaluation = m_case.evaluation();
    const auto language = m_case.desk().language();
    std::map<std::string, int> page_counts;
    for (const auto& file : proofFilesOf(m_case.claim().state)) ++page_counts[file.proof];
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
                     met, page_counts[need.key()], words::pages(page_counts[need.key()]), proof.returned,
                     words::qt(need.rule->why.in(language))});
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
    refreshPages();
    emit changed();
}

void EvidenceViewModel::refreshPages() {
    QList<RecordListModel::Record> rows;
    if (!m_open_proof.empty()) {
        for (const auto& file : proofFilesOf(m_case.claim().state)) {
            if (file.proof != m_open_proof) continue;
            const auto thumbnail = m_thumbnails.of(file.digest);
            const auto size = words::bytes(file.size);
            rows.append({words::qt(file.id), tr("Page %1").arg(rows.size() + 1),
                         !thumbnail.here     ? m_asked_for.contains(file.id)
                                                   ? tr("It comes with the next contact, if it is on the server")
                                                   : tr("Taken on another tablet")
                             : file.name.empty() ? size
                                             : words::qt(file.name) + QStringLiteral(" · ") + size,
                         thumbnail.picture, thumbnail.here});
        }
    }
    m_pages.setRecords(rows);
}

void EvidenceViewModel::keepDraft(const QString& key, const QVariantMap& draft) { m_case.keepDraft(key, draft); }
QVariantMap EvidenceViewModel::takeDraft(const QString& key) { return m_case.takeDraft(key); }

bool EvidenceViewModel::removePage(const QString& file_id) {
    for (const auto& file : proofFilesOf(m_case.claim().state)) {
        if (words::qt(file.id) != file_id) continue;
        if (!m_case.done(m_case.desk().casework().removeFile(m_case.crn(), file.id))) return false;
        m_removed.push_back(file);
        return true;
    }
    return false;
}

void EvidenceViewModel::undoRemove() {
    if (m_removed.empty()) return;
    if (m_case.done(m_case.desk().casework().restoreFile(m_case.crn(), m_removed.back()))) m_removed.pop_back();
}

void EvidenceViewModel::fetchPage(const QString& file_id) {
    for (const auto& file : proofFilesOf(m_case.claim().state)) {
        if (words::qt(file.id) != file_id) continue;
        if (!m_case.done(m_case.desk().casework().fetchFile(m_case.crn(), file.digest))) return;
        m_asked_for.insert(file.id);
        emit m_case.desk().totalsChanged();
        refreshPages();
    }
}

QString EvidenceViewModel::store(const ProofRecord& proof) {
    return m_case.done(m_case.desk().casework().saveProof(m_case.crn(), proof)) ? QString() : m_case.saveError();
}

QString EvidenceViewModel::save(const QString& key, const QString& level, const QString& what, const QString& seen_on,
                                bool returned) {
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
    proof.returned = returned && proof.level == "original";
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
