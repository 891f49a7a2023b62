#pragma once

#include <QObject>
#include <QTimer>

#include "mobile/platform/http_client.h"
#include "mobile/storage/device_state.h"
#include "mobile/sync/device_watch.h"
#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// Gives the device watch its network, its time and its timer, on the thread of its event loop. Borrows the clock and
/// the randomness. Needs no vault.
class QtDeviceWatch : public QObject {
    Q_OBJECT

public:
    QtDeviceWatch(const DeviceState& state, const DeviceKey& key, const Clock& clock, Random& random,
                  QObject* parent = nullptr);
    ~QtDeviceWatch() override;

    /// Started, WatchChanged, ReleaseAsked and the like.
    void step(decltype(WatchEvent::what) what);
    /// What the tablet has learned to trust since (DeviceState::authorities).
    void trust(const std::string& authorities) { m_http.trust(authorities); }

signals:
    void ordered(bool lock, bool wipe);
    void releaseWaiting();
    void released(const QByteArray& sealed);
    void releaseOver();
    void wipeTold();
    void reachedChanged(bool reached);

private:
    void perform(WatchAction action);

    const Clock& m_clock;
    DeviceWatch m_watch;
    HttpClient m_http;
    QTimer m_timer;
};

}  // namespace fieldclaim::tablet
