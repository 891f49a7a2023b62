#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "shared/crypto/checksum.h"
#include "shared/crypto/crypto.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/claim_workflow.h"
#include "sync-server/service/session_service.h"
#include "sync-server/service/statement_maker.h"

namespace fieldclaim::server {

struct UploadLimits {
    std::uint64_t blob_bytes = 2ULL << 30U;
    /// What one tablet may have begun and not finished: so many, of so many announced bytes.
    std::size_t unfinished = 64;
    std::uint64_t unfinished_bytes = 8ULL << 30U;
};

struct UploadState {
    Uuid id;
    std::uint64_t offset = 0;  ///< all before it is on the disk; at `size` it was verified, and is a blob
    std::uint64_t size = 0;
    std::int64_t expires_ms = 0;  ///< forgotten then, unless finished; 0: finished
};

/// What a request says of its own bytes.
using PartChecksum = std::pair<Checksum::Kind, Bytes>;

/// Bytes of one request going into an upload. A newer request takes the upload over: this one then fails with Conflict
/// and has no more effect (hazard H13). What was written stays when it is dropped without finish().
class UploadWriter {
public:
    ~UploadWriter();
    UploadWriter(const UploadWriter&) = delete;
    UploadWriter& operator=(const UploadWriter&) = delete;

    /// TooLarge past the length that was declared; DiskFull, Storage.
    Status write(ByteView bytes);
    const UploadState& state() const { return m_state; }

private:
    friend class BlobService;
    struct Slot;
    UploadWriter(std::shared_ptr<Slot> slot, std::uint64_t turn, int file, UploadState state,
                 std::optional<PartChecksum> checksum);

    std::shared_ptr<Slot> m_slot;
    std::uint64_t m_turn;
    int m_file;
    UploadState m_state;
    std::uint64_t m_start;
    std::optional<PartChecksum> m_expected;
    std::optional<Checksum> m_checksum;
};

/// Bytes that became a blob's file in a transaction that then failed, or in a process that ended, are taken away with
/// the upload that brought them. On the writer's thread, where bytes become a blob's.
Status removeStray(LedgerTransaction& tx, const BlobFiles& files, const UploadRow& row);
/// With its row.
Status removeUpload(LedgerTransaction& tx, const BlobFiles& files, const UploadRow& row);

/// Uploads and downloads of blobs, under the rules of tus 1.0.0 (the API speaks HTTP, this does not). Bytes go to the
/// disk as they come and are hashed on the way. A device sees its own uploads, and blobs of claims in its scopes, and
/// nothing of others (hazard H17). Safe from any thread.
class BlobService {
public:
    BlobService(LedgerStore& store, const BlobFiles& files, const ClaimWorkflow& workflow,
                const StatementMaker& statements, const Clock& clock, Random& random, UploadLimits limits);
    const UploadLimits& limits() const { return m_limits; }

    /// The same device asking again for the same blob of the same claim gets the upload that it began, or the finished
    /// one; so does one that announces bytes which a claim in its scopes has already, or a signed statement that can be
    /// made here. TooLarge above the limit; NotFound for a claim of another scope; TooManyTries past what a tablet may
    /// have unfinished.
    Result<UploadState> create(const Session& session, std::uint64_t size, const Hash& sha256,
                               const std::string& claim);
    /// Takes the upload over from a request that may be dead, so that the offset stands.
    Result<UploadState> state(const Session& session, const Uuid& upload);
    /// Conflict when `offset` is not where the upload stands (hazard H14). With a checksum, the request's bytes stay
    /// only when they match it.
    Result<std::unique_ptr<UploadWriter>> begin(const Session& session, const Uuid& upload, std::uint64_t offset,
                                                std::optional<PartChecksum> checksum = std::nullopt);
    /// Syncs what was written; at the last byte verifies the whole and makes it a blob. Damaged when the request's
    /// checksum (its bytes are taken back) or the whole one (the upload is dropped) does not match. Finishing what is
    /// finished is well (hazard H16).
    Result<UploadState> finish(const Session& session, UploadWriter& writer);
    /// The request was cut: its bytes stay, unless they were to be checked.
    void abandon(UploadWriter& writer);
    Status terminate(const Session& session, const Uuid& upload);

    /// The file, when the blob belongs to a claim in the session's scopes; NotFound otherwise, whatever the reason.
    Result<std::filesystem::path> open(const Session& session, const Hash& sha256) const;
    /// Forgets uploads begun a week ago, and bytes of uploads that are forgotten. Gives how many.
    Result<std::size_t> expire();

private:
    using Slot = UploadWriter::Slot;
    std::shared_ptr<Slot> slotOf(const Uuid& upload);
    Result<UploadRow> rowOf(const Session& session, const Uuid& upload) const;
    bool isExpired(const UploadRow& row) const;
    UploadState finishedState(const UploadRow& row) const { return {row.id, row.size, row.size, 0}; }
    /// Where an unfinished upload stands, finished here when all of it has come. The slot is locked.
    Result<UploadState> standing(const Session& session, const UploadRow& row, Slot& slot);
    Result<UploadState> complete(const Session& session, UploadRow row, Slot& slot);
    Result<std::optional<BlobRow>> sharedInScope(const LedgerSnapshot& now, const Session& session, const Hash& sha256,
                                                 std::uint64_t size) const;
    /// The finished upload of a statement that was made here; nothing when it must be sent.
    std::optional<UploadState> makeHere(const Session& session, const UploadRow& row);
    Status keepFinished(LedgerTransaction& tx, const Session& session, UploadRow& row) const;
    static Status takeBack(UploadWriter& writer);
    void forget(const Uuid& upload);

    LedgerStore& m_store;
    const BlobFiles& m_files;
    const ClaimWorkflow& m_workflow;
    const StatementMaker& m_statements;
    const Clock& m_clock;
    Random& m_random;
    const UploadLimits m_limits;
    std::mutex m_mutex;
    std::uint64_t m_uses = 0;
    std::map<Uuid, std::shared_ptr<Slot>> m_slots;
};

}  // namespace fieldclaim::server
