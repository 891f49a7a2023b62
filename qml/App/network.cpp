#include "qml/App/network.h"

#include <QFileInfo>
#include <QSysInfo>
#include <QTimer>

#include "mobile/platform/enrolment.h"
#include "mobile/platform/qt_device_watch.h"
#include "mobile/platform/qt_sync_driver.h"
#include "mobile/storage/vault_sync_store.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kLookForFile_ms = 500;

/// The sync driver over a vault. While the file of the demonstration is there, the driver is told that there is no
/// network.
class PlatformSync final : public SyncControl {
public:
    PlatformSync(Vault& vault, const Clock& clock, Random& random, const QString& offline_file)
        : m_store(vault),
          m_driver(m_store, clock, random, vault.setup().server_url, vault.setup().authorities()),
          m_offline_file(offline_file) {
        connect(&m_driver, &QtSyncDriver::statusChanged, this, &SyncControl::statusChanged);
        connect(&m_driver, &QtSyncDriver::ordered, this, &SyncControl::ordered);
        connect(&m_driver, &QtSyncDriver::packArrived, this, &SyncControl::packArrived);
        connect(&m_driver, &QtSyncDriver::officerRefused, this,
                [this](const QString&, const QString& reason) { emit officerRefused(reason); });
        if (!m_offline_file.isEmpty()) {
            connect(&m_look, &QTimer::timeout, this, &PlatformSync::lookForFile);
            m_look.start(kLookForFile_ms);
            m_online = !QFileInfo::exists(m_offline_file);
        }
        m_driver.setOnline(m_online);
        m_driver.start();
    }

    SyncStatus status() const override { return m_driver.status(); }
    bool isPaused() const override { return m_paused; }
    void setPaused(bool paused) override {
        m_paused = paused;
        m_driver.setPaused(paused);
    }
    void setImagesUnmeteredOnly(bool only) override { m_driver.setImagesUnmeteredOnly(only); }
    void syncNow() override { m_driver.syncNow(); }
    void saved() override { m_driver.saved(); }
    void storeChanged(bool open) override { m_driver.storeChanged(open); }
    void officerChanged() override { m_driver.officerChanged(); }

private:
    void lookForFile() {
        const bool online = !QFileInfo::exists(m_offline_file);
        if (online == m_online) return;
        m_online = online;
        m_driver.setOnline(online);
    }

    VaultSyncStore m_store;
    QtSyncDriver m_driver;
    QString m_offline_file;
    QTimer m_look;
    bool m_online = true;
    bool m_paused = false;
};

class PlatformWatch final : public DeviceWatchControl {
public:
    PlatformWatch(const DeviceState& state, const DeviceKey& key, const Clock& clock, Random& random,
                  const QString& offline_file)
        : m_watch(state, key, clock, random), m_offline_file(offline_file) {
        connect(&m_watch, &QtDeviceWatch::ordered, this, &DeviceWatchControl::ordered);
        connect(&m_watch, &QtDeviceWatch::releaseWaiting, this, &DeviceWatchControl::releaseWaiting);
        connect(&m_watch, &QtDeviceWatch::released, this, &DeviceWatchControl::released);
        connect(&m_watch, &QtDeviceWatch::releaseOver, this, &DeviceWatchControl::releaseOver);
        connect(&m_watch, &QtDeviceWatch::wipeTold, this, &DeviceWatchControl::wipeTold);
        connect(&m_watch, &QtDeviceWatch::reachedChanged, this, &DeviceWatchControl::reachedChanged);
        if (!m_offline_file.isEmpty()) {
            connect(&m_look, &QTimer::timeout, this, &PlatformWatch::lookForFile);
            m_look.start(kLookForFile_ms);
            lookForFile();
        }
        m_watch.step(Started{});
    }

    void watch(bool locked) override { m_watch.step(WatchChanged{locked}); }
    void pendingKnown(std::uint64_t change_sets) override { m_watch.step(PendingKnown{change_sets}); }
    void askRelease(const ReleaseRequest& request) override { m_watch.step(ReleaseAsked{request}); }
    void dropRelease() override { m_watch.step(ReleaseDropped{}); }
    void storeWiped() override { m_watch.step(StoreWiped{}); }
    void trust(const std::string& authorities) override { m_watch.trust(authorities); }

private:
    void lookForFile() { m_watch.step(NetworkChanged{!QFileInfo::exists(m_offline_file)}); }

    QtDeviceWatch m_watch;
    QString m_offline_file;
    QTimer m_look;
};

class PlatformEnrolment final : public EnrolmentControl {
public:
    PlatformEnrolment(const NetworkOptions& options, Random& random) : m_options(options), m_random(random) {}

    void enrol(const std::string& server_url, const std::string& code,
               std::function<void(Result<DeviceSetup>)> done) override {
        // It runs the event loop until the server answered: not on the stack of the button that asked for it.
        QTimer::singleShot(0, [this, server_url, code, done = std::move(done)] {
            if (!m_options.offline_file.isEmpty() && QFileInfo::exists(m_options.offline_file)) {
                done(fail(ErrorCode::Network));
                return;
            }
            done(
                tablet::enrol(m_options.folder, server_url, code, QSysInfo::machineHostName().toStdString(), m_random));
        });
    }

private:
    NetworkOptions m_options;
    Random& m_random;
};

class PlatformNetwork final : public Network {
public:
    PlatformNetwork(const NetworkOptions& options, const Clock& clock, Random& random)
        : m_options(options), m_clock(clock), m_random(random), m_enrolment(options, random) {}
    EnrolmentControl& enrolment() override { return m_enrolment; }
    std::unique_ptr<SyncControl> makeSync(Vault& vault) override {
        return std::make_unique<PlatformSync>(vault, m_clock, m_random, m_options.offline_file);
    }
    std::unique_ptr<DeviceWatchControl> makeWatch(const DeviceState& state, const DeviceKey& key) override {
        return std::make_unique<PlatformWatch>(state, key, m_clock, m_random, m_options.offline_file);
    }

private:
    NetworkOptions m_options;
    const Clock& m_clock;
    Random& m_random;
    PlatformEnrolment m_enrolment;
};

}  // namespace

std::unique_ptr<Network> makeNetwork(const NetworkOptions& options, const Clock& clock, Random& random) {
    return std::make_unique<PlatformNetwork>(options, clock, random);
}

}  // namespace fieldclaim::tablet
