#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>

namespace fieldclaim::tablet {

/// A date as an officer types it: three texts that are kept as they were typed, and the ISO date they make, if any.
/// Understands "27", "3" or "March" or "mar" or "Mawrth", "1971"; and a whole date in one text ("27 3 1971",
/// "27/03/71" with the century asked for, "27 Mawrth 1971", "1971-03-27"). GUI thread only; reads no clock.
class DateParts : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString day READ day WRITE setDay NOTIFY changed FINAL)
    Q_PROPERTY(QString month READ month WRITE setMonth NOTIFY changed FINAL)
    Q_PROPERTY(QString year READ year WRITE setYear NOTIFY changed FINAL)
    Q_PROPERTY(QString iso READ iso NOTIFY changed FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)
    Q_PROPERTY(Problem problem READ problem NOTIFY changed FINAL)

public:
    enum Problem { None, Empty, NoDay, NoMonth, NoYear, ShortYear, NotADate };
    Q_ENUM(Problem)

    explicit DateParts(QObject* parent = nullptr) : QObject(parent) {}

    QString day() const { return m_day; }
    QString month() const { return m_month; }
    QString year() const { return m_year; }
    void setDay(const QString& text);
    void setMonth(const QString& text);
    void setYear(const QString& text);

    /// YYYY-MM-DD, or empty while the three do not make a date between 1850 and 2199.
    QString iso() const;
    bool isEmpty() const;
    Problem problem() const;

    /// Fills the three from an ISO date or from a whole date as people write it; false, and nothing changes, if the
    /// text does not hold three parts. An empty text empties the three.
    Q_INVOKABLE bool setWhole(const QString& text);
    /// Three parts as they were kept: "31|2|2006" gives back what was typed though it is no date.
    Q_INVOKABLE QString typed() const;

signals:
    void changed();

private:
    QString m_day;
    QString m_month;
    QString m_year;
};

}  // namespace fieldclaim::tablet
