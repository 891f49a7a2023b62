#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>

namespace fieldclaim::tablet {

/// How hard a passphrase is to guess, for the meter alone; it forbids nothing. The passphrase is held only as long as
/// the field holds it. GUI thread only.
///
/// An estimate in bits: each run of letters that repeats, counts up ("abcd", "1234") or stands in a short list of
/// what people choose first is worth little; other characters count by the kinds used. Several words count most.
class PassphraseMeter : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString passphrase READ passphrase WRITE setPassphrase NOTIFY changed FINAL)
    /// 0 nothing typed, 1 easy to guess, 2 weak, 3 good, 4 strong.
    Q_PROPERTY(int strength READ strength NOTIFY changed FINAL)

public:
    explicit PassphraseMeter(QObject* parent = nullptr) : QObject(parent) {}

    QString passphrase() const { return m_passphrase; }
    void setPassphrase(const QString& passphrase);
    int strength() const;
    static double bitsOf(const QString& passphrase);

signals:
    void changed();

private:
    QString m_passphrase;
};

}  // namespace fieldclaim::tablet
