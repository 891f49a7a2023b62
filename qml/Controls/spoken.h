#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

namespace fieldclaim::tablet {

/// What a screen reader is told: the parts that there are, joined.
///
///     Accessible.name: Spoken.join([row.text, row.tag, row.detail])
class Spoken : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    explicit Spoken(QObject* parent = nullptr) : QObject(parent) {}

    Q_INVOKABLE QString join(QStringList parts, const QString& separator = QStringLiteral(", ")) const {
        parts.removeAll(QString());
        return parts.join(separator);
    }
};

}  // namespace fieldclaim::tablet
