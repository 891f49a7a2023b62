#include "mobile/viewmodels/record_list_model.h"

#include <algorithm>

#include "shared/base/result.h"

namespace fieldclaim::tablet {

RecordListModel::RecordListModel(const QList<QByteArray>& roles, QObject* parent)
    : QAbstractListModel(parent), m_roles(roles) {}

int RecordListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant RecordListModel::data(const QModelIndex& index, int role) const {
    const int column = role - Qt::UserRole;
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || column < 0 || column >= m_roles.size()) return {};
    return m_records[index.row()][column];
}

QHash<int, QByteArray> RecordListModel::roleNames() const {
    QHash<int, QByteArray> names;
    for (int i = 0; i < m_roles.size(); ++i) names.insert(Qt::UserRole + i, m_roles[i]);
    return names;
}

void RecordListModel::setRecords(const QList<Record>& records) {
    for (const auto& record : records) ENSURE(record.size() == m_roles.size());
    const auto before = count();
    const auto after = static_cast<int>(records.size());
    const auto same = [&](int old_row, int new_row) { return m_records[old_row][0] == records[new_row][0]; };

    int head = 0;
    while (head < std::min(before, after) && same(head, head)) ++head;
    int tail = 0;
    while (tail < std::min(before, after) - head && same(before - 1 - tail, after - 1 - tail)) ++tail;

    if (before - tail > head) {
        beginRemoveRows({}, head, before - tail - 1);
        m_records.erase(m_records.begin() + head, m_records.begin() + (before - tail));
        endRemoveRows();
    }
    if (after - tail > head) {
        beginInsertRows({}, head, after - tail - 1);
        for (int row = head; row < after - tail; ++row) m_records.insert(row, records[row]);
        endInsertRows();
    }
    for (int row = 0; row < after; ++row) {
        if (m_records[row] == records[row]) continue;
        QList<int> roles;
        for (int column = 0; column < m_roles.size(); ++column) {
            if (m_records[row][column] != records[row][column]) roles.append(Qt::UserRole + column);
        }
        m_records[row] = records[row];
        emit dataChanged(index(row), index(row), roles);
    }
    if (before != after) emit countChanged();
}

int RecordListModel::rowOf(const QString& key) const {
    for (int row = 0; row < count(); ++row) {
        if (m_records[row][0].toString() == key) return row;
    }
    return -1;
}

QVariant RecordListModel::value(int row, const QByteArray& role) const {
    const auto column = m_roles.indexOf(role);
    if (row < 0 || row >= count() || column < 0) return {};
    return m_records[row][column];
}

}  // namespace fieldclaim::tablet
