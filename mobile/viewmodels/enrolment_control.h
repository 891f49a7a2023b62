#pragma once

#include <functional>

#include "mobile/storage/vault.h"

namespace fieldclaim::tablet {

/// Enrolment as set-up sees it: mobile/platform's in the app, a fake one in tests. GUI thread; `done` comes once,
/// later.
class EnrolmentControl {
public:
    virtual ~EnrolmentControl() = default;
    /// Enrols this tablet at the server with the code, making its device key in the vault's folder.
    virtual void enrol(const std::string& server_url, const std::string& code,
                       std::function<void(Result<DeviceSetup>)> done) = 0;
};

}  // namespace fieldclaim::tablet
