#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QVariant>
#include <set>
#include <vector>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/thumbnails.h"

namespace fieldclaim::tablet {

/// The proofs that the answers call for: why each is needed, what counts, and what was seen. Borrows the open case.
/// GUI thread.
class EvidenceViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// key, label, whose, needs, blocking, accepts, minLevel, status, statusTone, level, what, seenOn, seenOnText,
    /// unavailable, met, pageCount, pagesText, returned, why.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* proofs READ proofs CONSTANT FINAL)
    /// Of the open proof: fileId, label, detail, picture (an image, or nothing when it is not on this tablet), here.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* pages READ pages CONSTANT FINAL)
    /// No picture is taken while there is too little room; the words say so, and warn before. Empty: enough room.
    Q_PROPERTY(bool canTakePictures READ canTakePictures NOTIFY changed FINAL)
    Q_PROPERTY(QString roomTitle READ roomTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString roomText READ roomText NOTIFY changed FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(QString today READ today CONSTANT FINAL)
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString noteTone READ noteTone NOTIFY changed FINAL)

public:
    /// `open_proof`: whose pages are shown; empty for none.
    EvidenceViewModel(OpenCase& open_case, std::string open_proof, QObject* parent);
    /// Pages that were taken away and not put back are gone for good.
    ~EvidenceViewModel() override;

    RecordListModel* proofs() { return &m_proofs; }
    RecordListModel* pages() { return &m_pages; }
    bool canTakePictures() const;
    QString roomTitle() const;
    QString roomText() const;
    QString summary() const { return m_summary; }
    QString today() const;
    QString note() const;
    QString noteTone() const { return m_case.saveError().isEmpty() ? QStringLiteral("green") : QStringLiteral("red"); }

    /// Records what was seen. Returns what is wrong, in words, or empty when it is saved. `level` is told, copy or
    /// original; `seen_on` an ISO date; `returned` that the original was given back.
    Q_INVOKABLE QString save(const QString& key, const QString& level, const QString& what, const QString& seen_on,
                             bool returned = false);
    /// Records why it is not available; the claim goes on.
    Q_INVOKABLE QString saveUnavailable(const QString& key, const QString& reason);
    Q_INVOKABLE void clear(const QString& key);
    /// What is typed on a proof's form and not yet saved, while the officer takes a picture; taken once.
    Q_INVOKABLE void keepDraft(const QString& key, const QVariantMap& draft);
    Q_INVOKABLE QVariantMap takeDraft(const QString& key);
    /// Takes a page away, until undoRemove() or the page is left.
    Q_INVOKABLE bool removePage(const QString& file_id);
    Q_INVOKABLE void undoRemove();
    /// A page that another tablet took comes with the next sync.
    Q_INVOKABLE void fetchPage(const QString& file_id);

signals:
    void changed();

private:
    void refresh();
    void refreshPages();
    QString store(const ProofRecord& proof);

    OpenCase& m_case;
    std::string m_open_proof;
    QString m_summary;
    RecordListModel m_proofs;
    RecordListModel m_pages;
    Thumbnails m_thumbnails;
    std::vector<ProofFile> m_removed;
    std::set<std::string> m_asked_for;
};

}  // namespace fieldclaim::tablet
