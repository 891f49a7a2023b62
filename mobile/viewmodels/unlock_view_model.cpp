#include "mobile/viewmodels/unlock_view_model.h"

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

UnlockViewModel::UnlockViewModel(Vault& vault, const QString& reason, QObject* parent)
    : QObject(parent), m_vault(vault), m_reason(reason) {
    const auto slots_here = m_vault.officers();
    if (slots_here.size() == 1) m_officer = words::qt(slots_here.front().officer.text());
    m_wait_timer.setInterval(1000);
    connect(&m_wait_timer, &QTimer::timeout, this, [this] {
        if (waitMs() == 0) m_wait_timer.stop();
        emit changed();
    });
    if (waitMs() > 0) m_wait_timer.start();
}

QVariantList UnlockViewModel::officers() const {
    QVariantList out;
    for (const auto& slot : m_vault.officers()) {
        out.append(QVariantMap{{QStringLiteral("name"), words::qt(slot.officer.text())},
                               {QStringLiteral("label"), words::qt(slot.name)}});
    }
    return out;
}

void UnlockViewModel::setOfficer(const QString& officer) {
    if (m_officer == officer) return;
    m_officer = officer;
    m_error.clear();
    if (waitMs() > 0) m_wait_timer.start();
    emit changed();
}

QString UnlockViewModel::officerName() const {
    for (const auto& slot : m_vault.officers()) {
        if (words::qt(slot.officer.text()) == m_officer) return words::qt(slot.name);
    }
    return {};
}

std::int64_t UnlockViewModel::waitMs() const {
    const auto id = Uuid::parse(words::utf8(m_officer));
    return id ? m_vault.waitMs(*id) : 0;
}

QString UnlockViewModel::waitText() const {
    const auto wait = waitMs();
    return wait > 0 ? tr("Wait %1, then try again").arg(words::duration(wait)) : QString();
}

QString UnlockViewModel::pending() const {
    return m_vault.isOpen() ? tr("What was saved goes on being sent while the tablet is locked.") : QString();
}

void UnlockViewModel::unlock(const QString& passphrase) {
    if (m_busy) return;
    const auto id = Uuid::parse(words::utf8(m_officer));
    if (!id) {
        m_error = tr("Choose your name");
        emit changed();
        return;
    }
    if (passphrase.isEmpty()) {
        m_error = tr("Enter your passphrase");
        emit changed();
        emit refused();
        return;
    }
    m_busy = true;
    m_error.clear();
    emit changed();
    QTimer::singleShot(30, this, [this, officer = *id, passphrase] {
        const auto status = m_vault.unlock(officer, words::utf8(passphrase));
        m_busy = false;
        if (status) {
            emit changed();
            emit unlocked();
            return;
        }
        m_error = words::error(status.error(), Language::English);
        if (waitMs() > 0) m_wait_timer.start();
        emit changed();
        emit refused();
    });
}

}  // namespace fieldclaim::tablet
