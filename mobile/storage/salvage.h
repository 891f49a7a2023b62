#pragma once

// Private to mobile/storage.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mobile/storage/damaged_store.h"
#include "mobile/storage/device_state.h"
#include "mobile/storage/slots.h"
#include "mobile/storage/vault.h"
#include "shared/sqlite/database.h"

namespace fieldclaim::tablet {

/// Copies what can be read of a damaged store into a new one. May be done with several images of the damaged store:
/// what one gave is not taken from the next. Borrows both stores; on one thread. What cannot be read is counted and is
/// no failure; all() fails when the new store cannot be written.
class Salvage {
public:
    Salvage(DamagedStore& from, Database& to) : m_from(from), m_to(to) {}

    Status all(const DeviceState& state, const std::vector<Slot>& slots);
    std::uint64_t unreadableSaves() const { return m_unreadable_saves; }
    std::uint64_t unreadableImages() const { return m_unreadable_images; }

private:
    Status settings();
    /// What the store could not give, from beside it.
    Status settingsOf(const DeviceState& state);
    Status authors(const std::vector<Slot>& slots);
    Status claims();
    Status changeSets();
    Status chains();
    Status blobs();
    Status packs();
    Status views();
    /// Registered, as far as can be known: the server says when it is not so.
    void keepAuthor(ByteView author, const Uuid& officer = {});
    void keep(Status status);
    Result<bool> copyBlob(const Bytes& sha256, const std::string& claim, std::int64_t size,
                          const std::map<std::int64_t, std::int64_t>& places);

    DamagedStore& m_from;
    Database& m_to;
    Status m_failed;
    std::uint64_t m_unreadable_saves = 0;
    std::uint64_t m_unreadable_images = 0;
};

/// How far each chain has come by what was read, where the chain's own row was lost; which chains have holes; and what
/// all of it comes to.
Result<SalvageReport> countUp(Database& store);

}  // namespace fieldclaim::tablet
