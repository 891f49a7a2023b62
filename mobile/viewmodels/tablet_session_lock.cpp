#include <utility>

#include "mobile/viewmodels/tablet_session.h"
#include "mobile/viewmodels/words.h"

// When the tablet is locked, when the store is closed after that, and what a supervisor orders.
namespace fieldclaim::tablet {
namespace {

constexpr int kMinute_ms = 60'000;
constexpr int kWipeWait_ms = 10 * kMinute_ms;

}  // namespace

QString TabletSession::wipedWords() {
    return tr(
        "A supervisor wiped this tablet. Nothing of it is left here; what was sent is on the server. To use the tablet "
        "again, set it up with a new code.");
}

bool TabletSession::hasToSend() const {
    const auto totals = m_vault->totals();
    return totals && (totals->saved_here > totals->acknowledged || totals->blobs_waiting > 0);
}

void TabletSession::startWatch() {
    if (m_watch || !m_parts.make_watch || !m_vault->deviceState().isKnown()) return;
    m_watch = m_parts.make_watch(m_vault->deviceState(), m_vault->deviceKey());
    connect(m_watch.get(), &DeviceWatchControl::ordered, this,
            [this](bool lock_order, bool wipe_order) { ordered(lock_order, wipe_order); });
}

void TabletSession::tellWiped() {
    const auto wiped = wipedTablet(m_parts.folder);
    if (!wiped || !m_parts.make_watch) return;
    m_wiped_watch = m_parts.make_watch(wiped->state, wiped->key);
    connect(m_wiped_watch.get(), &DeviceWatchControl::wipeTold, this, [this] {
        forgetWiped(m_parts.folder);
        QTimer::singleShot(0, this, [this] { m_wiped_watch.reset(); });
    });
    if (wiped->state.pending) m_wiped_watch->pendingKnown(*wiped->state.pending);
    m_wiped_watch->storeWiped();
}

void TabletSession::ordered(bool lock_order, bool wipe_order) {
    if (!m_vault) return;
    // Should it not be kept over a restart, it is asked for again within the minute.
    static_cast<void>(m_vault->setLocked(lock_order));
    if (lock_order && m_state == QStringLiteral("unlocked"))
        lock({});
    else if (m_unlock)
        m_unlock->ordersChanged();
    if (wipe_order) beginWipe();
}

void TabletSession::beginWipe() {
    if (!m_vault->isOpen() || !hasToSend()) {
        QTimer::singleShot(0, this, &TabletSession::wipe);
    } else if (!m_wipe_late.isActive()) {
        // The sync engine hears of it too, sends what there is, and says when.
        m_wipe_late.start(kWipeWait_ms);
        if (m_sync) m_sync->syncNow();
    }
}

void TabletSession::wipe() {
    if (!m_vault) return;
    if (m_practice_session) endPractice();
    if (m_state == QStringLiteral("unlocked")) {
        m_state = QStringLiteral("locked");  // pages hand over nothing more
        retireAll();
    }
    m_wipe_late.stop();
    m_times->stop();
    m_sync.reset();
    m_watch.reset();
    const auto destroyed = m_vault->destroy();
    if (!destroyed) {
        failWith(destroyed.error());
        return;
    }
    tellWiped();
    showSetup(wipedWords);
    emit placeChanged();
    // The pages' view-models borrow the vault until the loop has let them go.
    QTimer::singleShot(0, this, [this] {
        letGo();
        m_unlock.reset();
        m_vault.reset();
    });
}

void TabletSession::lockNow() { lock({}); }

void TabletSession::lock(words::Said reason) {
    if (m_parts.practice != nullptr) {
        // Practice has no passphrase: who leaves the tablet leaves it.
        leavePractice();
        return;
    }
    if (m_state == QStringLiteral("locked")) return;
    const bool was_unlocked = m_state == QStringLiteral("unlocked");
    if (was_unlocked) emit leaving();
    m_state = QStringLiteral("locked");
    const bool to_send = was_unlocked && hasToSend();
    if (was_unlocked) m_last_officer = m_vault->officer().id;
    m_vault->signOut();
    showUnlock(std::move(reason));
    emit stateChanged();
    if (was_unlocked) {
        retireAll();
        if (to_send) {
            m_times->closeLater();
        } else {
            closeStore();
        }
        emit placeChanged();
    }
    if (!m_watch) return;
    if (const auto pending = m_vault->deviceState().pending) m_watch->pendingKnown(*pending);
    m_watch->trust(m_vault->deviceState().authorities());
    m_watch->watch(true);
}

void TabletSession::lockIdle() {
    lock([] {
        return tr("The tablet locked itself because nobody used it. Nothing is lost: unlock to go on where you were.");
    });
}

void TabletSession::closeStore() {
    if (m_state != QStringLiteral("locked")) return;
    m_times->stop();
    if (m_sync) m_sync->storeChanged(false);
    m_vault->lock();
    if (m_unlock) m_unlock->storeClosed();
}

void TabletSession::closeWhenSent() {
    if (m_state != QStringLiteral("locked") || !m_vault || !m_vault->isOpen() || hasToSend()) return;
    closeStore();
    // Nothing is left for which the wipe would have to wait.
    if (m_wipe_late.isActive()) wipe();
}

void TabletSession::noteActivity() {
    // Practice has nothing to lock.
    if (m_parts.practice != nullptr) return;
    if (m_state == QStringLiteral("unlocked")) m_times->used();
}

}  // namespace fieldclaim::tablet
