#pragma once

#include <cstdint>
#include <string>

#include "mobile/storage/vault.h"
#include "mobile/sync/sync_engine.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/tablet/test_server.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::bench {

/// What went over the wire, without HTTP's own headers and TLS.
struct Traffic {
    std::uint64_t requests = 0;
    std::uint64_t up = 0;
    std::uint64_t up_evidence = 0;  ///< of `up`: bytes of blobs, the statement among them
    std::uint64_t up_plain = 0;     ///< not compressed
    std::uint64_t down = 0;
    std::uint64_t down_plain = 0;
};

/// Drives an engine against the API, without sockets, until it rests.
void syncUntilRest(tablet::SyncEngine& engine, const test::ApiWire& wire, tablet::SetClock& clock, Traffic& traffic);

/// A tablet's set-up, enrolled at caernarfon; the vault in the folder is still to be made.
tablet::DeviceSetup enrolTablet(test::TestServer& server, const std::string& folder, Random& random);

}  // namespace fieldclaim::bench
