#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/casework/site_board.h"
#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The site board: the work that this tablet knows of by state, the oldest of it, call-backs and interviews against
/// their clocks, transfers. Each figure leads to the list behind it. Borrows the desk. GUI thread.
class SiteBoardViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// "What this tablet knows: 214 claims, last contact 09:12". Said plainly, for a colleague's tablet may know more.
    Q_PROPERTY(QString known READ known NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// figureKey, label, count, tone, detail.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* states READ states CONSTANT FINAL)
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* callBacks READ callBacks CONSTANT FINAL)
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* interviews READ interviews CONSTANT FINAL)
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* transfers READ transfers CONSTANT FINAL)
    /// The clocks as the pack has them today: "24 hours after first contact"; empty where it has none.
    Q_PROPERTY(QString callBackRule READ callBackRule NOTIFY changed FINAL)
    Q_PROPERTY(QString interviewRule READ interviewRule NOTIFY changed FINAL)
    /// crn, time, name, detail, tag, tagTone, status, statusTone: as ClaimRow wants them.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* oldest READ oldest CONSTANT FINAL)
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* list READ list CONSTANT FINAL)
    /// The figure whose list is shown; empty for the board itself.
    Q_PROPERTY(QString figure READ figure NOTIFY changed FINAL)
    Q_PROPERTY(QString listTitle READ listTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString listSummary READ listSummary NOTIFY changed FINAL)

public:
    SiteBoardViewModel(Desk& desk, QObject* parent);

    QString known() const { return m_known; }
    QString error() const { return m_error; }
    RecordListModel* states() { return &m_states; }
    RecordListModel* callBacks() { return &m_call_backs; }
    RecordListModel* interviews() { return &m_interviews; }
    RecordListModel* transfers() { return &m_transfers; }
    RecordListModel* oldest() { return &m_oldest; }
    RecordListModel* list() { return &m_list; }
    QString callBackRule() const;
    QString interviewRule() const;
    QString figure() const { return m_figure; }
    QString listTitle() const { return m_list_title; }
    QString listSummary() const { return m_list_summary; }

    /// Reads the claims again and shows the list behind this figure; empty: the board itself.
    void show(const QString& figure);

signals:
    void changed();

private:
    void refresh();
    RecordListModel::Record row(const ClaimSummary& claim, Date today) const;
    QString parameter(std::string_view key) const;

    Desk& m_desk;
    QString m_known;
    QString m_error;
    QString m_figure;
    QString m_list_title;
    QString m_list_summary;
    RecordListModel m_states;
    RecordListModel m_call_backs;
    RecordListModel m_interviews;
    RecordListModel m_transfers;
    RecordListModel m_oldest;
    RecordListModel m_list;
};

}  // namespace fieldclaim::tablet
