#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <functional>
#include <memory>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/export_view_model.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/sync_control.h"

namespace fieldclaim::tablet {

/// What the server has of each claim, in words that come from its acknowledgements alone (hazard H41), and both sides'
/// counts (hazard H40). Also the sentence of the status strip. Borrows desk and control. GUI thread.
class SendingViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString strip READ strip NOTIFY changed FINAL)
    Q_PROPERTY(QString stripTone READ stripTone NOTIFY changed FINAL)
    Q_PROPERTY(QString counts READ counts NOTIFY changed FINAL)
    Q_PROPERTY(QString phase READ phase NOTIFY changed FINAL)
    Q_PROPERTY(QString phaseTone READ phaseTone NOTIFY changed FINAL)
    Q_PROPERTY(QString lastContact READ lastContact NOTIFY changed FINAL)
    /// Of the statement or image that is under way, 0 to 1; below 0 when there is none.
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed FINAL)
    Q_PROPERTY(bool paused READ isPaused NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// crn, name, detail, badges (list of { text, tone }), setAside, refused, spoken.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* claims READ claims CONSTANT FINAL)

    Q_PROPERTY(fieldclaim::tablet::ExportViewModel* copy READ copy CONSTANT FINAL)

public:
    SendingViewModel(Desk& desk, SyncControl& control, std::unique_ptr<ExportViewModel> copy, QObject* parent);

    QString strip() const { return m_strip; }
    QString stripTone() const { return m_strip_tone; }
    QString counts() const { return m_counts; }
    QString phase() const { return m_phase; }
    QString phaseTone() const { return m_phase_tone; }
    QString lastContact() const { return m_last_contact; }
    double progress() const { return m_progress; }
    QString progressText() const { return m_progress_text; }
    bool isPaused() const { return m_control.isPaused(); }
    QString error() const { return m_error; }
    RecordListModel* claims() { return &m_claims; }
    ExportViewModel* copy() const { return m_copy.get(); }

    Q_INVOKABLE void tryNow();
    Q_INVOKABLE void pause(bool on);
    /// The strip alone: cheap, after every save and every minute.
    void refreshStrip();
    /// The list too: while the page is shown.
    Q_INVOKABLE void refresh();

signals:
    void changed();

private:
    Desk& m_desk;
    SyncControl& m_control;
    std::unique_ptr<ExportViewModel> m_copy;
    QString m_strip;
    QString m_strip_tone;
    QString m_counts;
    QString m_phase;
    QString m_phase_tone;
    QString m_last_contact;
    double m_progress = -1;
    QString m_progress_text;
    QString m_error;
    RecordListModel m_claims;
};

}  // namespace fieldclaim::tablet
