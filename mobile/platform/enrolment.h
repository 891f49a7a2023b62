#pragma once

#include <string>

#include "mobile/storage/device_key.h"
#include "mobile/storage/vault.h"
#include "shared/base/clock.h"

namespace fieldclaim::tablet {

/// Joins this tablet to a server by an enrolment code: fetches the server's certificate authority from anyone who
/// answers, takes it only when its key's hash is the one in the code, and sends the code's secret under that authority
/// alone. Runs the caller's event loop.
///
/// BadCode: mistyped, used or out of time. Untrusted: another server answered, or a captive portal in its place.
/// Network: none did, or not with what was asked. The device's key is made in the folder, so that a lost reply can be
/// asked for again.
Result<DeviceSetup> enrol(const std::string& folder, const std::string& server_url, const std::string& code,
                          const std::string& device_name, Random& random);

}  // namespace fieldclaim::tablet
