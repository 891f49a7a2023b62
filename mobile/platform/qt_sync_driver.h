#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>

#include "mobile/platform/http_client.h"
#include "mobile/sync/sync_engine.h"

namespace fieldclaim::tablet {

/// Gives the sync engine its network, its time and its timers, on the thread of its event loop. Borrows the store, the
/// clock and the randomness. The vault must be open from start() to storeChanged(false).
class QtSyncDriver : public QObject {
    Q_OBJECT

public:
    /// `authorities` as HttpClient's.
    QtSyncDriver(SyncStore& store, const Clock& clock, Random& random, const std::string& server_url,
                 const std::string& authorities, QObject* parent = nullptr);
    ~QtSyncDriver() override;

    void start();
    void saved();
    void syncNow();
    void setPaused(bool paused);
    void setOnline(bool online, bool metered = false);
    /// Statements go over any network; images wait for one that is not metered.
    void setImagesUnmeteredOnly(bool only);
    void storeChanged(bool open);
    void officerChanged();

    const SyncStatus& status() const;
    bool idle() const;

signals:
    void statusChanged();
    void claimsChanged(const QStringList& crns);
    void officerRefused(const QString& author, const QString& reason);
    void officersChanged();
    void packArrived(const QString& id);
    void forked(const QString& author);
    void ordered(const QString& kind);  ///< "lock", "wipe"

private:
    void step(decltype(Event::what) what);
    void perform(Action action);

    SyncStore& m_store;
    const Clock& m_clock;
    SyncEngine m_engine;
    HttpClient m_http;
    std::map<int, std::unique_ptr<QTimer>> m_timers;
};

}  // namespace fieldclaim::tablet
