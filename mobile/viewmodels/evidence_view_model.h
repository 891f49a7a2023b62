#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The proofs that the answers call for: why each is needed, what counts, and what was seen. Borrows the open case.
/// GUI thread.
class EvidenceViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// key, label, whose, needs, blocking, accepts, minLevel, status, statusTone, level, what, seenOn, seenOnText,
    /// unavailable, met.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* proofs READ proofs CONSTANT FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(QString today READ today CONSTANT FINAL)
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString noteTone READ noteTone NOTIFY changed FINAL)

public:
    EvidenceViewModel(OpenCase& open_case, QObject* parent);

    RecordListModel* proofs() { return &m_proofs; }
    QString summary() const { return m_summary; }
    QString today() const;
    QString note() const;
    QString noteTone() const { return m_case.saveError().isEmpty() ? QStringLiteral("green") : QStringLiteral("red"); }

    /// Records what was seen. Returns what is wrong, in words, or empty when it is saved. `level` is told, copy or
    /// original; `seen_on` an ISO date.
    Q_INVOKABLE QString save(const QString& key, const QString& level, const QString& what, const QString& seen_on);
    /// Records why it is not available; the claim goes on.
    Q_INVOKABLE QString saveUnavailable(const QString& key, const QString& reason);
    Q_INVOKABLE void clear(const QString& key);

signals:
    void changed();

private:
    void refresh();
    QString store(const ProofRecord& proof);

    OpenCase& m_case;
    QString m_summary;
    RecordListModel m_proofs;
};

}  // namespace fieldclaim::tablet
