#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <vector>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The day: appointments in order of time with what is missing for each, other open claims with the urgent first, my
/// open actions, and search. While it is shown it takes in what a save or a pull changed. It shows what is known at
/// once; the rest is read a few claims at a time, between two frames. Borrows the desk. GUI thread.
class TodayViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// crn, time, name, detail, tag, tagTone, status, statusTone, place.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* appointments READ appointments CONSTANT FINAL)
    /// The same roles; claims without an appointment today.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* others READ others CONSTANT FINAL)
    /// actionKey, crn, text, badge, tone.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* actions READ actions CONSTANT FINAL)
    /// pairKey, crn, other, text, detail: claims that may be one person's.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* duplicates READ duplicates CONSTANT FINAL)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged FINAL)
    Q_PROPERTY(QString searchSummary READ searchSummary NOTIFY searchChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* found READ found CONSTANT FINAL)

public:
    TodayViewModel(Desk& desk, QObject* parent);

    QString title() const;
    QString summary() const { return m_summary; }
    QString error() const { return m_error; }
    RecordListModel* appointments() { return &m_appointments; }
    RecordListModel* others() { return &m_others; }
    RecordListModel* actions() { return &m_actions; }
    RecordListModel* duplicates() { return &m_duplicates; }
    RecordListModel* found() { return &m_found; }
    QString search() const { return m_search; }
    void setSearch(const QString& text);
    QString searchSummary() const { return m_search_summary; }

    /// Reads the list again.
    Q_INVOKABLE void refresh();
    /// The page has come, or was left.
    void setShown(bool shown);

signals:
    void changed();
    void searchChanged();

private:
    RecordListModel::Record row(const ClaimSummary& claim, bool with_time) const;
    void show();
    void showSoon();
    void take(ClaimSummary claim);
    void catchUp();
    void takeNews();
    void runSearch();
    void refreshDuplicates();

    Desk& m_desk;
    std::vector<ClaimSummary> m_claims;
    bool m_is_shown = false;
    std::size_t m_left = 0;  ///< claims that are still to be read
    QSet<QString> m_news;    ///< of what changed since
    QTimer m_catch_up;
    QTimer m_take_news;
    QTimer m_show;
    QString m_summary;
    QString m_error;
    QString m_search;
    QString m_search_summary;
    RecordListModel m_appointments;
    RecordListModel m_others;
    RecordListModel m_actions;
    RecordListModel m_duplicates;
    RecordListModel m_found;
};

}  // namespace fieldclaim::tablet
