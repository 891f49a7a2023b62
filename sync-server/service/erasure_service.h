#pragma once

#include <string>
#include <vector>

#include "sync-server/service/blob_files.h"
#include "sync-server/service/server_author.h"
#include "sync-server/service/snapshot_service.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// One tablet that was told to erase a claim.
struct ErasureOnTablet {
    std::string crn;
    std::string tablet;
    std::string site;
    bool revoked = false;
    std::int64_t last_seen_ms = 0;
    std::int64_t confirmed_ms = 0;  ///< 0: not yet
};

/// Takes away all that is kept of a claim but headers, ids and the names of its transfers: what an erasure does before
/// its decision is written.
Status eraseRows(LedgerTransaction& tx, const std::string& crn);
/// Tablets that may hold the claim are to drop it. `seq` is the decision's.
Status tellOfErasure(LedgerTransaction& tx, const std::string& crn, std::uint64_t seq);

/// Erasure of a claim by law (architecture, part 4; hazard H38): its key, payloads, images, transfers' contents and
/// whatever of it was set aside go; headers and ids stay, so that every chain still verifies. The decision itself is a
/// change set of the server's under a key of zeros, the one thing of the claim that can still be read. Tablets that may
/// hold it are told, and confirm. Safe from any thread.
class ErasureService {
public:
    ErasureService(LedgerStore& store, const BlobFiles& files, SnapshotService& snapshots, const ServerAuthor& author,
                   const Clock& clock)
        : m_store(store), m_files(files), m_snapshots(snapshots), m_author(author), m_clock(clock) {}

    /// NotAllowed unless `by` is a supervisor, BadInput without a reason, NotFound without the claim (or when it was
    /// erased before), Conflict while a transfer of it is under way or may have arrived: that one has to end first.
    Status erase(const Uuid& by, const std::string& crn, const std::string& reason);
    /// Of all claims that were erased, by claim and tablet.
    Result<std::vector<ErasureOnTablet>> tablets() const;
    /// Takes the files of erased blobs from the disk; what fails is tried again the next time.
    Status deleteFiles();

private:
    LedgerStore& m_store;
    const BlobFiles& m_files;
    SnapshotService& m_snapshots;
    const ServerAuthor& m_author;
    const Clock& m_clock;
};

}  // namespace fieldclaim::server
