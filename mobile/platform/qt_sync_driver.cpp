#include "mobile/platform/qt_sync_driver.h"

#include <QNetworkInformation>

namespace fieldclaim::tablet {

QtSyncDriver::QtSyncDriver(SyncStore& store, const Clock& clock, Random& random, const std::string& server_url,
                           const std::string& authorities, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_clock(clock),
      m_engine(store, random, PartBodies::ReadByDriver),
      m_http(server_url, authorities) {
    // A hint, where the platform gives one: "offline" only spares attempts, and is never taken for more.
    if (!QNetworkInformation::loadDefaultBackend()) return;
    const auto* const network = QNetworkInformation::instance();
    if (network == nullptr || !network->supports(QNetworkInformation::Feature::Reachability)) return;
    const auto told = [this, network] {
        setOnline(network->reachability() != QNetworkInformation::Reachability::Disconnected, network->isMetered());
    };
    connect(network, &QNetworkInformation::reachabilityChanged, this, [this, told] {
        m_http.forgetConnections();
        told();
    });
    connect(network, &QNetworkInformation::isMeteredChanged, this, told);
}

QtSyncDriver::~QtSyncDriver() = default;

void QtSyncDriver::start() { step(Started{}); }
void QtSyncDriver::saved() { step(Saved{}); }
void QtSyncDriver::syncNow() { step(SyncNow{}); }
void QtSyncDriver::setPaused(bool paused) { step(PauseChanged{paused}); }
void QtSyncDriver::setOnline(bool online, bool metered) {
    // What was open on the network that is gone would be used again, and wait for its time-out.
    if (!online) m_http.forgetConnections();
    step(NetworkChanged{online, metered});
}
void QtSyncDriver::setImagesUnmeteredOnly(bool only) { step(ImageRuleChanged{only}); }
void QtSyncDriver::storeChanged(bool open) { step(StoreChanged{open}); }
void QtSyncDriver::officerChanged() { step(OfficerChanged{}); }

const SyncStatus& QtSyncDriver::status() const { return m_engine.status(); }
bool QtSyncDriver::idle() const { return m_engine.idle(); }

void QtSyncDriver::step(decltype(Event::what) what) {
    for (auto& action : m_engine.step({m_clock.uptimeMs(), m_clock.wallMs(), std::move(what)}))
        perform(std::move(action));
}

void QtSyncDriver::perform(Action action) {
    std::visit(
        [this](auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, Send>) {
                const auto done = [this, id = what.request](HttpOutcome outcome) {
                    if (outcome.status == 0) {
                        step(Failed{id, outcome.failure});
                    } else {
                        step(Replied{id, outcome.status, std::move(outcome.headers), std::move(outcome.body)});
                    }
                };
                HttpClient::PartReader read;
                if (what.part) {
                    read = [this, blob = what.part->sha256](std::uint64_t offset, std::size_t most) {
                        return m_store.blobPart(blob, offset, most);
                    };
                }
                m_http.send(what, done, std::move(read));
            } else if constexpr (std::is_same_v<What, CancelRequest>) {
                m_http.cancel(what.request);
            } else if constexpr (std::is_same_v<What, SetTimer>) {
                auto& timer = m_timers[what.timer];
                if (!timer) {
                    timer = std::make_unique<QTimer>();
                    timer->setSingleShot(true);
                    connect(timer.get(), &QTimer::timeout, this, [this, id = what.timer] { step(TimerFired{id}); });
                }
                if (what.delay_ms < 0) {
                    timer->stop();
                } else {
                    timer->start(static_cast<int>(what.delay_ms));
                }
            } else if constexpr (std::is_same_v<What, StatusChanged>) {
                emit statusChanged();
            } else if constexpr (std::is_same_v<What, ClaimsChanged>) {
                QStringList crns;
                for (const auto& crn : what.crns) crns.append(QString::fromStdString(crn));
                emit claimsChanged(crns);
            } else if constexpr (std::is_same_v<What, OfficerRefused>) {
                emit officerRefused(QString::fromStdString(what.author.text()), QString::fromStdString(what.reason));
            } else if constexpr (std::is_same_v<What, OfficersChanged>) {
                emit officersChanged();
            } else if constexpr (std::is_same_v<What, PackArrived>) {
                emit packArrived(QString::fromStdString(what.id));
            } else if constexpr (std::is_same_v<What, Forked>) {
                emit forked(QString::fromStdString(what.author.text()));
            } else if constexpr (std::is_same_v<What, AuthoritiesLearned>) {
                m_http.trust(what.pem);
            } else {
                emit ordered(QString::fromStdString(what.kind));
            }
        },
        action);
}

}  // namespace fieldclaim::tablet
