#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/casework/practice.h"
#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The guided tasks of practice: each is ticked from the claim's own state, however the officer got there. Borrows the
/// desk and the practice. GUI thread.
class PracticeViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// taskKey, crn, title, help, done.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* tasks READ tasks CONSTANT FINAL)
    /// crn, story: what each invented customer tells.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* customers READ customers CONSTANT FINAL)
    Q_PROPERTY(int done READ done NOTIFY changed FINAL)
    Q_PROPERTY(bool passed READ isPassed NOTIFY changed FINAL)
    /// "2 of 5 done"
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    /// For the banner: "Practice · 2 of 5 done · nothing leaves this tablet".
    Q_PROPERTY(QString banner READ banner NOTIFY changed FINAL)

public:
    PracticeViewModel(Desk& desk, const Practice& practice, QObject* parent);

    RecordListModel* tasks() { return &m_tasks; }
    RecordListModel* customers() { return &m_customers; }
    int done() const { return m_done; }
    bool isPassed() const { return m_done > 0 && m_done == m_tasks.count(); }
    QString summary() const;
    QString banner() const;

signals:
    void changed();
    /// The last of the tasks was ticked.
    void passedNow();

private:
    void refresh();

    Desk& m_desk;
    const Practice& m_practice;
    int m_done = 0;
    RecordListModel m_tasks;
    RecordListModel m_customers;
};

}  // namespace fieldclaim::tablet
