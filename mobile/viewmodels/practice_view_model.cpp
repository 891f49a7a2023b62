#include "mobile/viewmodels/practice_view_model.h"

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

PracticeViewModel::PracticeViewModel(Desk& desk, const Practice& practice, QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_practice(practice),
      m_tasks({"taskKey", "crn", "title", "help", "done"}, this),
      m_customers({"crn", "story"}, this) {
    connect(&m_desk, &Desk::claimChanged, this, &PracticeViewModel::refresh);
    connect(&m_desk, &Desk::languageChanged, this, &PracticeViewModel::refresh);
    refresh();
}

QString PracticeViewModel::summary() const { return tr("%1 of %2 done").arg(m_done).arg(m_tasks.count()); }

QString PracticeViewModel::banner() const {
    return isPassed() ? tr("Practice passed · nothing leaves this tablet")
                      : tr("Practice · %1 · nothing leaves this tablet").arg(summary());
}

void PracticeViewModel::refresh() {
    const bool was_passed = isPassed();
    QList<RecordListModel::Record> tasks;
    int n = 0;
    m_done = 0;
    for (const auto& task : m_practice.tasks()) {
        const auto claim = m_desk.casework().open(task.crn);
        const bool is_done = claim && task.isDone(*claim);
        if (is_done) ++m_done;
        tasks.append(
            {QString::number(n++), words::qt(task.crn), m_desk.text(task.title), m_desk.text(task.help), is_done});
    }
    m_tasks.setRecords(tasks);
    QList<RecordListModel::Record> customers;
    for (const auto& customer : m_practice.customers())
        customers.append({words::qt(customer.crn), m_desk.text(customer.story)});
    m_customers.setRecords(customers);
    emit changed();
    if (!was_passed && isPassed()) emit passedNow();
}

}  // namespace fieldclaim::tablet
