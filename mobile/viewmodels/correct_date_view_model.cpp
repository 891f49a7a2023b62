#include "mobile/viewmodels/correct_date_view_model.h"

#include <QVariantMap>

#include "mobile/viewmodels/words.h"
#include "shared/domain/protected_date.h"

namespace fieldclaim::tablet {

CorrectDateViewModel::CorrectDateViewModel(OpenCase& open_case, QObject* parent) : QObject(parent), m_case(open_case) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &CorrectDateViewModel::refresh);
    connect(&m_case, &OpenCase::saveStateChanged, this, &CorrectDateViewModel::changed);
    refresh();
}

void CorrectDateViewModel::refresh() {
    if (auto last = m_case.desk().casework().lastCorrection(m_case.crn())) m_last = std::move(*last);
    emit changed();
}

QString CorrectDateViewModel::standing() const {
    const auto* given = m_case.answer(kFirstContact);
    return given == nullptr ? QString() : words::spokenIso(given->text, m_case.desk().language());
}

QString CorrectDateViewModel::sectionId() const {
    const auto* question = m_case.pack().find(kFirstContact);
    return question == nullptr ? QString() : words::qt(question->section);
}

QString CorrectDateViewModel::outcome() const {
    if (!m_last) return {};
    const auto date = words::spokenIso(m_last->date, m_case.desk().language());
    switch (m_last->state) {
        case DateCorrection::State::Asked:
            return tr("%1 was asked for: %2. The server has not answered yet.").arg(date, words::qt(m_last->reason));
        case DateCorrection::State::Accepted:
            return tr("%1 was asked for and accepted: %2").arg(date, words::qt(m_last->reason));
        case DateCorrection::State::Refused:
            break;
    }
    return tr("%1 was asked for and refused: %2").arg(date, words::qt(m_last->answer));
}

QString CorrectDateViewModel::outcomeTone() const {
    if (!m_last) return QStringLiteral("neutral");
    return m_last->state == DateCorrection::State::Asked      ? QStringLiteral("amber")
           : m_last->state == DateCorrection::State::Accepted ? QStringLiteral("green")
                                                              : QStringLiteral("red");
}

void CorrectDateViewModel::setDate(const QString& date) {
    m_date = date;
    emit changed();
}

void CorrectDateViewModel::setReason(const QString& reason) {
    m_reason = reason;
    emit changed();
}

QString CorrectDateViewModel::dateError() const {
    if (!m_checked) return {};
    const auto date = Date::parse(words::utf8(m_date));
    if (!date) return tr("Enter a real date, for example 27 3 1971");
    if (*date > m_case.desk().casework().today()) return tr("The date must be today or in the past");
    if (m_date == words::qt(m_case.evaluation().value(kFirstContact))) return tr("This is the date that stands");
    return {};
}

QString CorrectDateViewModel::reasonError() const {
    return m_checked && m_reason.trimmed().isEmpty() ? tr("Say why the date has to be another one") : QString();
}

QVariantList CorrectDateViewModel::errors() const {
    QVariantList out;
    const auto add = [&](const char* key, const QString& text) {
        if (!text.isEmpty())
            out.append(QVariantMap{{QStringLiteral("key"), QString::fromLatin1(key)}, {QStringLiteral("text"), text}});
    };
    add("date", dateError());
    add("reason", reasonError());
    return out;
}

void CorrectDateViewModel::ask() {
    m_checked = true;
    emit changed();
    if (!errors().isEmpty()) {
        emit refused();
        return;
    }
    auto& casework = m_case.desk().casework();
    if (!m_case.done(casework.correctFirstContact(m_case.crn(), words::utf8(m_date), words::utf8(m_reason)))) return;
    m_checked = false;
    refresh();
    emit asked();
}

}  // namespace fieldclaim::tablet
