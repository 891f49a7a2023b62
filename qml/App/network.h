#pragma once

#include <QString>
#include <memory>
#include <string>

#include "mobile/viewmodels/device_watch_control.h"
#include "mobile/viewmodels/enrolment_control.h"
#include "mobile/viewmodels/sync_control.h"

namespace fieldclaim::tablet {

/// The app's network: enrolment, the sync engine's driver over a vault, and the watch of a locked tablet. Where
/// mobile/platform is put behind what the view-models ask for.
class Network {
public:
    virtual ~Network() = default;
    virtual EnrolmentControl& enrolment() = 0;
    virtual std::unique_ptr<SyncControl> makeSync(Vault& vault) = 0;
    virtual std::unique_ptr<DeviceWatchControl> makeWatch(const DeviceState& state, const DeviceKey& key) = 0;
};

struct NetworkOptions {
    std::string folder;    ///< of the vault
    QString offline_file;  ///< while it is there, nothing is reached
};
std::unique_ptr<Network> makeNetwork(const NetworkOptions& options, const Clock& clock, Random& random);

}  // namespace fieldclaim::tablet
