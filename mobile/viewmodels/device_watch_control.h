#pragma once

#include <QByteArray>
#include <QObject>

#include "mobile/storage/device_state.h"
#include "shared/wire/device_messages.h"

namespace fieldclaim::tablet {

/// What asks the server for orders while the tablet is locked, as the view-models see it: mobile/platform's in the app,
/// a fake one in tests. Needs nothing of the vault. GUI thread.
class DeviceWatchControl : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void watch(bool locked) = 0;
    virtual void pendingKnown(std::uint64_t change_sets) = 0;
    virtual void askRelease(const ReleaseRequest& request) = 0;
    virtual void dropRelease() = 0;
    virtual void storeWiped() = 0;
    /// As DeviceState::authorities(), when the tablet may have learned of another since the watch was made.
    virtual void trust(const std::string& authorities) = 0;

signals:
    void ordered(bool lock, bool wipe);
    /// The server has the request: a supervisor can type the code.
    void releaseWaiting();
    void released(const QByteArray& sealed);
    void releaseOver();
    void wipeTold();
    void reachedChanged(bool reached);
};

}  // namespace fieldclaim::tablet
