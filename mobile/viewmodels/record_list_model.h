#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QByteArray>
#include <QList>
#include <QVariantList>

namespace fieldclaim::tablet {

/// A list of records for a view: each record has one value a role, the first of which is its key. View-models make the
/// whole list afresh; setRecords() tells the views only what differs, so that focus, scrolling and the text under the
/// officer's hand stay where they are (hazard H20). Owned by its view-model. GUI thread.
class RecordListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("lists come from view-models")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    using Record = QVariantList;

    /// `roles` are the names under which delegates ask; the first one is the key, unique in the list.
    RecordListModel(const QList<QByteArray>& roles, QObject* parent);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(m_records.size()); }
    /// Every record has as many values as there are roles.
    void setRecords(const QList<Record>& records);
    const QList<Record>& records() const { return m_records; }
    /// The row with that key, or -1.
    Q_INVOKABLE int rowOf(const QString& key) const;
    /// A value by row and role name; invalid when there is none.
    Q_INVOKABLE QVariant value(int row, const QByteArray& role) const;

signals:
    void countChanged();

private:
    QList<QByteArray> m_roles;
    QList<Record> m_records;
};

}  // namespace fieldclaim::tablet
