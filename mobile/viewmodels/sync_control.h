#pragma once

#include <QObject>

#include "mobile/sync/sync_engine.h"

namespace fieldclaim::tablet {

/// The sync engine's driver as the view-models see it: mobile/platform's in the app, a fake one in tests. Lives as long
/// as the vault that it sends from. GUI thread.
class SyncControl : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual SyncStatus status() const = 0;
    virtual bool isPaused() const = 0;
    virtual void setPaused(bool paused) = 0;
    /// Images wait for a network that is not metered.
    virtual void setImagesUnmeteredOnly(bool only) = 0;
    virtual void syncNow() = 0;
    /// An officer's save is on disk.
    virtual void saved() = 0;
    /// The vault was opened (again) or closed.
    virtual void storeChanged(bool open) = 0;
    virtual void officerChanged() = 0;

signals:
    void statusChanged();
    /// The server orders this tablet to lock or to be wiped.
    void ordered(const QString& kind);
    /// The server does not take the officer who is signed in; their work is kept. In words.
    void officerRefused(const QString& reason);
    /// A newer form pack lies in the vault.
    void packArrived(const QString& id);
};

}  // namespace fieldclaim::tablet
