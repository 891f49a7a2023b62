#pragma once

#include <memory>
#include <string>

#include "mobile/platform/qt_sync_driver.h"
#include "mobile/sync/memory_sync_store.h"
#include "tests/support/net/net_server.h"

namespace fieldclaim::test {

/// A tablet that is enrolled at a site with one officer: the real engine on Qt Network, over a store in memory. Lives
/// on the thread of the event loop. Borrows nothing of the server after its construction.
class NetTablet {
public:
    /// `port`: the server's, or that of a proxy before it.
    NetTablet(NetServer& server, std::uint16_t port, std::uint64_t seed = 1, const std::string& site = "caernarfon");

    std::string beginClaim();
    void answer(const std::string& crn, const std::string& question, const std::string& value);
    /// Keeps so many bytes, drawn from the seed, as an image of the claim, and gives their name.
    Hash keepImage(const std::string& crn, std::size_t size);
    std::vector<ChangeSetId> saved() const;
    /// Runs the event loop until all is acknowledged and the engine rests, or the time is over.
    bool settle(int milliseconds);
    bool isAllSent() const;

    std::unique_ptr<tablet::MemorySyncStore> store;
    std::unique_ptr<tablet::QtSyncDriver> driver;

private:
    MachineClock m_clock;
    SeededRandom m_random;
    std::string m_site;
};

}  // namespace fieldclaim::test
