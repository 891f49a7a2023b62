#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <functional>

#include "mobile/casework/ink_route.h"
#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/words.h"
#include "shared/document/papers.h"

namespace fieldclaim::tablet {

/// The papers of the open claim: saved as PDFs to a folder or a stick, from where they are printed, and the scans of
/// the signed statement read back from there. A folder's pictures are read one in each turn of the event loop, so that
/// the page goes on. Borrows the open case. GUI thread.
class PaperViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by DeclarationViewModel")
    /// List of { name: path, label }: folders of this tablet and what is plugged into it.
    Q_PROPERTY(QVariantList places READ places NOTIFY changed FINAL)
    Q_PROPERTY(QString place READ place WRITE setPlace NOTIFY changed FINAL)
    /// What was saved where, and why something was not; one of them or neither.
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// The statement that stands now was printed.
    Q_PROPERTY(bool isPrinted READ isPrinted NOTIFY changed FINAL)
    Q_PROPERTY(bool isComplete READ isComplete NOTIFY changed FINAL)
    Q_PROPERTY(bool isReading READ isReading NOTIFY changed FINAL)
    /// "Pages 1 and 3 of 5 are scanned": empty while nothing was printed.
    Q_PROPERTY(QString progress READ progress NOTIFY changed FINAL)
    /// scanKey, text, tone: what became of each picture that was read last.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* scans READ scans CONSTANT FINAL)

public:
    using Signers = std::function<std::vector<PaperSigner>()>;
    PaperViewModel(OpenCase& open_case, Signers signers, QObject* parent);

    QVariantList places() const;
    QString place() const { return m_place; }
    void setPlace(const QString& place);
    QString note() const { return m_note; }
    QString error() const { return m_error; }
    bool isPrinted() const { return m_state.statement.has_value(); }
    bool isComplete() const { return m_state.isComplete(); }
    bool isReading() const { return !m_waiting.isEmpty(); }
    QString progress() const;
    RecordListModel* scans() { return &m_scans; }
    const InkState& state() const { return m_state; }

    /// Makes and keeps the statement, or takes the one that was printed before, and saves its PDF.
    Q_INVOKABLE bool saveStatement();
    Q_INVOKABLE bool saveCopy();
    Q_INVOKABLE bool saveReceipt();
    /// Reads the pictures of the chosen folder, the newest first, kMostScans at most.
    Q_INVOKABLE void readScans();
    static constexpr int kMostScans = 60;

    /// For the claim's changes.
    void refresh();

signals:
    void changed();

private:
    bool save(const Result<Bytes>& pdf, const QString& name);
    bool fail(const QString& words);
    void readNext();
    std::optional<std::vector<Seal>> seals() const;
    ClaimOutlook outlook(Language language) const;

    OpenCase& m_case;
    Signers m_signers;
    InkRoute m_ink;
    InkState m_state;
    QString m_place;
    QString m_note;
    QString m_error;
    QStringList m_waiting;  ///< pictures that are still to be read
    int m_without_code = 0;
    QList<RecordListModel::Record> m_outcomes;
    RecordListModel m_scans;
};

}  // namespace fieldclaim::tablet
