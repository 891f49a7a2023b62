#include "qml/Controls/date_parts.h"

#include <QDate>
#include <QRegularExpression>
#include <QStringList>
#include <array>

namespace fieldclaim::tablet {

namespace {

constexpr int kFirstYear = 1850;
constexpr int kLastYear = 2199;

struct MonthName {
    const char* english;
    const char* welsh;
};

// Officers write in either language whatever the screen is set to.
constexpr std::array<MonthName, 12> kMonths{{{"january", "ionawr"},
                                             {"february", "chwefror"},
                                             {"march", "mawrth"},
                                             {"april", "ebrill"},
                                             {"may", "mai"},
                                             {"june", "mehefin"},
                                             {"july", "gorffennaf"},
                                             {"august", "awst"},
                                             {"september", "medi"},
                                             {"october", "hydref"},
                                             {"november", "tachwedd"},
                                             {"december", "rhagfyr"}}};

int numberOf(const QString& text) {
    bool ok = false;
    const int number = text.trimmed().toInt(&ok);
    return ok && number > 0 ? number : 0;
}

// 1..12, or 0. A name may be cut to three letters or more ("sept", "rhag").
int monthOf(const QString& text) {
    const QString name = text.trimmed().toLower();
    if (const int number = numberOf(name)) return number <= 12 ? number : 0;
    if (name.size() < 3) return 0;
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (QLatin1String(kMonths[i].english).startsWith(name) || QLatin1String(kMonths[i].welsh).startsWith(name)) {
            return static_cast<int>(i) + 1;
        }
    }
    return 0;
}

}  // namespace

void DateParts::setDay(const QString& text) {
    if (text == m_day) return;
    m_day = text;
    emit changed();
}

void DateParts::setMonth(const QString& text) {
    if (text == m_month) return;
    m_month = text;
    emit changed();
}

void DateParts::setYear(const QString& text) {
    if (text == m_year) return;
    m_year = text;
    emit changed();
}

bool DateParts::isEmpty() const {
    return m_day.trimmed().isEmpty() && m_month.trimmed().isEmpty() && m_year.trimmed().isEmpty();
}

DateParts::Problem DateParts::problem() const {
    if (isEmpty()) return Empty;
    if (m_day.trimmed().isEmpty()) return NoDay;
    if (m_month.trimmed().isEmpty()) return NoMonth;
    if (m_year.trimmed().isEmpty()) return NoYear;
    // The century is asked for, never guessed: 27/3/06 may be a child's birth or a pensioner's.
    if (numberOf(m_year) > 0 && m_year.trimmed().size() < 4) return ShortYear;
    const QDate date(numberOf(m_year), monthOf(m_month), numberOf(m_day));
    return date.isValid() && date.year() >= kFirstYear && date.year() <= kLastYear ? None : NotADate;
}

QString DateParts::iso() const {
    if (problem() != None) return {};
    return QDate(numberOf(m_year), monthOf(m_month), numberOf(m_day)).toString(Qt::ISODate);
}

QString DateParts::typed() const { return isEmpty() ? QString() : QStringList{m_day, m_month, m_year}.join(u'|'); }

bool DateParts::setWhole(const QString& text) {
    static const QRegularExpression iso_form(QStringLiteral("^(\\d{4})-(\\d{1,2})-(\\d{1,2})$"));
    static const QRegularExpression separators(QStringLiteral("[\\s/.,|-]+"));
    const QString whole = text.trimmed();
    QStringList parts;
    if (const auto match = iso_form.match(whole); match.hasMatch()) {
        parts = {QString::number(match.captured(3).toInt()), QString::number(match.captured(2).toInt()),
                 match.captured(1)};
    } else if (text.count(u'|') == 2) {
        parts = text.split(u'|');
    } else if (!whole.isEmpty()) {
        parts = whole.split(separators, Qt::SkipEmptyParts);
        if (parts.size() != 3) return false;
    } else {
        parts = {QString(), QString(), QString()};
    }
    if (parts[0] == m_day && parts[1] == m_month && parts[2] == m_year) return true;
    m_day = parts[0];
    m_month = parts[1];
    m_year = parts[2];
    emit changed();
    return true;
}

}  // namespace fieldclaim::tablet
