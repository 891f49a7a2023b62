#include "mobile/platform/qt_device_watch.h"

#include "shared/crypto/certificates.h"

namespace fieldclaim::tablet {
namespace {

WatchIdentity identityOf(const DeviceState& state, const DeviceKey& key) {
    // A pinned authority that cannot be read lets nothing be signed for it: every session is then refused.
    const auto authority = sha256OfPublicKey(state.ca_pem);
    return {state.device, key.pair().secret, authority ? *authority : Hash{}};
}

}  // namespace

QtDeviceWatch::QtDeviceWatch(const DeviceState& state, const DeviceKey& key, const Clock& clock, Random& random,
                             QObject* parent)
    : QObject(parent),
      m_clock(clock),
      m_watch(identityOf(state, key), random),
      m_http(state.server_url, state.authorities()) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { step(TimerFired{1}); });
}

QtDeviceWatch::~QtDeviceWatch() = default;

void QtDeviceWatch::step(decltype(WatchEvent::what) what) {
    for (auto& action : m_watch.step({m_clock.uptimeMs(), std::move(what)})) perform(std::move(action));
}

void QtDeviceWatch::perform(WatchAction action) {
    std::visit(
        [this](auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, Send>) {
                m_http.send(what, [this, id = what.request](HttpOutcome outcome) {
                    if (outcome.status == 0) {
                        step(Failed{id, outcome.failure});
                    } else {
                        step(Replied{id, outcome.status, std::move(outcome.headers), std::move(outcome.body)});
                    }
                });
            } else if constexpr (std::is_same_v<What, CancelRequest>) {
                m_http.cancel(what.request);
            } else if constexpr (std::is_same_v<What, SetTimer>) {
                if (what.delay_ms < 0) {
                    m_timer.stop();
                } else {
                    m_timer.start(static_cast<int>(what.delay_ms));
                }
            } else if constexpr (std::is_same_v<What, OrdersCame>) {
                emit ordered(what.lock, what.wipe);
            } else if constexpr (std::is_same_v<What, ReleaseCame>) {
                if (what.state == ReleaseState::Waiting) {
                    emit releaseWaiting();
                } else if (what.state == ReleaseState::Released) {
                    emit released(QByteArray(reinterpret_cast<const char*>(what.sealed.data()),
                                             static_cast<qsizetype>(what.sealed.size())));
                } else {
                    emit releaseOver();
                }
            } else if constexpr (std::is_same_v<What, WipeTold>) {
                emit wipeTold();
            } else {
                emit reachedChanged(what.reached);
            }
        },
        action);
}

}  // namespace fieldclaim::tablet
