#include "mobile/viewmodels/unlock_view_model.h"

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

UnlockViewModel::UnlockViewModel(Vault& vault, DeviceWatchControl* watch, std::unique_ptr<ExportViewModel> copy,
                                 words::Said reason, QObject* parent)
    : QObject(parent), m_vault(vault), m_watch(watch), m_copy(std::move(copy)), m_reason(std::move(reason)) {
    if (m_watch) {
        connect(m_watch.data(), &DeviceWatchControl::releaseWaiting, this, [this] {
            if (m_asked && m_answer.empty()) setForgotten(QStringLiteral("code"));
        });
        connect(m_watch.data(), &DeviceWatchControl::released, this, [this](const QByteArray& sealed) {
            if (!m_asked) return;
            m_answer.assign(sealed.begin(), sealed.end());
            setForgotten(QStringLiteral("passphrase"));
        });
        connect(m_watch.data(), &DeviceWatchControl::releaseOver, this, [this] {
            if (!m_asked) return;
            m_asked.reset();
            setForgotten(QStringLiteral("none"), [] { return tr("The code is no longer good. Ask for another."); });
        });
        connect(m_watch.data(), &DeviceWatchControl::reachedChanged, this, [this](bool reached) {
            if (m_forgotten != QStringLiteral("asking")) return;
            const auto waiting = [] { return tr("There is no network. The code appears as soon as there is one."); };
            setForgotten(m_forgotten, reached ? words::Said() : words::Said(waiting));
        });
    }
    const auto slots_here = m_vault.officers();
    if (slots_here.size() == 1) m_officer = words::qt(slots_here.front().officer.text());
    m_wait_timer.setInterval(1000);
    connect(&m_wait_timer, &QTimer::timeout, this, [this] {
        if (waitMs() == 0) m_wait_timer.stop();
        emit changed();
    });
    if (waitMs() > 0) m_wait_timer.start();
}

UnlockViewModel::~UnlockViewModel() {
    if (m_asked && m_watch) m_watch->dropRelease();
}

words::Said UnlockViewModel::said(const Error& error) const {
    return [this, error] { return words::error(error, m_language); };
}

void UnlockViewModel::setLanguage(Language language) {
    m_language = language;
    m_copy->setLanguage(language);
    emit changed();
}

void UnlockViewModel::setForgotten(const QString& step, words::Said error) {
    m_forgotten = step;
    m_forgotten_error = std::move(error);
    emit changed();
}

QString UnlockViewModel::releaseCode() const {
    return m_asked && m_forgotten == QStringLiteral("code") ? words::qt(m_asked->code) : QString();
}

void UnlockViewModel::forgot() {
    const auto id = Uuid::parse(words::utf8(m_officer));
    if (!id) {
        setForgotten(m_forgotten, [] { return tr("Choose your name first"); });
        return;
    }
    auto asked = m_vault.forgotten(*id);
    if (!asked || !m_watch) {
        setForgotten(QStringLiteral("none"), [] {
            return tr("This tablet was set up before passphrases could be released. Call your supervisor.");
        });
        return;
    }
    m_asked = std::move(*asked);
    m_answer.clear();
    setForgotten(QStringLiteral("asking"));
    m_watch->askRelease(m_asked->request);
}

void UnlockViewModel::stopForgotten() {
    m_asked.reset();
    m_answer.clear();
    if (m_watch) m_watch->dropRelease();
    setForgotten(QStringLiteral("none"));
}

void UnlockViewModel::choosePassphrase(const QString& passphrase) {
    if (m_busy || !m_asked || m_answer.empty()) return;
    m_busy = true;
    emit changed();
    QTimer::singleShot(30, this, [this, passphrase] {
        const auto status = m_vault.release(*m_asked, m_answer, words::utf8(passphrase));
        m_busy = false;
        if (status) {
            m_asked.reset();
            m_answer.clear();
            setForgotten(QStringLiteral("none"));
            emit unlocked();
        } else if (status.error().code == ErrorCode::BadInput) {
            setForgotten(m_forgotten, [] { return tr("A passphrase has %1 characters or more").arg(kMinPassphrase); });
        } else {
            setForgotten(m_forgotten, said(status.error()));
        }
    });
}

void UnlockViewModel::beginSalvage() {
    if (m_salvage != QStringLiteral("offered") || m_copy->step() == QStringLiteral("writing")) return;
    m_copy->close();
    m_salvage = QStringLiteral("working");
    emit changed();
    QTimer::singleShot(30, this, [this] {
        const auto report = m_vault.salvage();
        if (!report) {
            m_salvage = QStringLiteral("offered");
            m_error = said(report.error());
            emit changed();
            return;
        }
        m_salvage = QStringLiteral("done");
        m_salvage_report = [saves = report->saves_lost, images = report->images_lost, unsent = report->unsent] {
            if (saves == 0 && images == 0 && unsent == 0)
                return tr("The server had everything already. It comes back from there.");
            if (saves == 0 && images == 0)
                return tr("Everything that was not sent yet could be read: %1 of your saves. The rest comes back from "
                          "the server.")
                    .arg(unsent);
            return tr("Not sent, and not to be read: %1 of your saves, %2 images. Everything else is kept, or comes "
                      "back from the server. Tell your supervisor: the damaged store is kept on this tablet.")
                .arg(saves)
                .arg(images);
        };
        emit changed();
    });
}

void UnlockViewModel::goOn() {
    if (m_salvage == QStringLiteral("done")) emit unlocked();
}

void UnlockViewModel::ordersChanged() {
    if (isLocked() && m_asked) stopForgotten();
    emit changed();
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
    m_error = {};
    if (m_asked) stopForgotten();
    m_forgotten_error = {};
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
        m_error = [] { return tr("Choose your name"); };
        emit changed();
        return;
    }
    if (passphrase.isEmpty()) {
        m_error = [] { return tr("Enter your passphrase"); };
        emit changed();
        emit refused();
        return;
    }
    m_busy = true;
    m_error = {};
    emit changed();
    QTimer::singleShot(30, this, [this, officer = *id, passphrase] {
        const auto status = m_vault.unlock(officer, words::utf8(passphrase));
        m_busy = false;
        if (status) {
            emit changed();
            emit unlocked();
            return;
        }
        m_error = said(status.error());
        if (m_vault.isDamaged()) m_salvage = QStringLiteral("offered");
        if (waitMs() > 0) m_wait_timer.start();
        emit changed();
        emit refused();
    });
}

}  // namespace fieldclaim::tablet
