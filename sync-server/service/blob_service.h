#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "shared/crypto/crypto.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/claim_workflow.h"
#include "sync-server/service/session_service.h"

namespace fieldclaim::server {

constexpr std::uint64_t kMaxBlobBytes = 32U << 20U;

struct UploadState {
    Uuid id;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

/// Bytes of one request going into an upload. A newer request takes the upload over: this one then fails with Conflict
/// and has no more effect (hazard H13). What was written stays when it is dropped without finish().
class UploadWriter {
public:
    ~UploadWriter();
    UploadWriter(const UploadWriter&) = delete;
    UploadWriter& operator=(const UploadWriter&) = delete;

    /// TooLarge past the length that was declared; DiskFull, Storage.
    Status write(ByteView bytes);

private:
    friend class BlobService;
    struct Slot;
    UploadWriter(std::shared_ptr<Slot> slot, std::uint64_t turn, int file, UploadState state);

    std::shared_ptr<Slot> m_slot;
    std::uint64_t m_turn;
    int m_file;
    UploadState m_state;
    std::uint64_t m_start;
    Sha256 m_digest;
};

/// Uploads and downloads of blobs, under the rules of tus 1.0.0 (the API speaks HTTP, this does not). A device sees its
/// own uploads, and blobs of claims in its scopes, and nothing of others (hazard H17). Safe from any thread.
class BlobService {
public:
    BlobService(LedgerStore& store, const BlobFiles& files, const ClaimWorkflow& workflow, const Clock& clock,
                Random& random);

    /// The same device asking again for the same blob of the same claim gets the upload that it began, or the finished
    /// one. TooLarge above kMaxBlobBytes; NotFound for a claim of another scope.
    Result<UploadState> create(const Session& session, std::uint64_t size, const Hash& sha256,
                               const std::string& claim);
    Result<UploadState> state(const Session& session, const Uuid& upload) const;
    /// Conflict when `offset` is not where the upload stands (hazard H14).
    Result<std::unique_ptr<UploadWriter>> begin(const Session& session, const Uuid& upload, std::uint64_t offset);
    /// Syncs what was written; at the last byte verifies the whole and makes it a blob. Damaged when the request's
    /// checksum (its bytes are taken back) or the whole one (the upload is dropped) does not match. Finishing what is
    /// finished is well (hazard H16).
    Result<UploadState> finish(const Session& session, UploadWriter& writer, const std::optional<Hash>& checksum);
    Status terminate(const Session& session, const Uuid& upload);

    /// The file, when the blob belongs to a claim in the session's scopes; NotFound otherwise, whatever the reason.
    Result<std::filesystem::path> open(const Session& session, const Hash& sha256) const;
    /// Forgets uploads begun a week ago and not finished. Gives how many.
    Result<std::size_t> expire();

private:
    std::shared_ptr<UploadWriter::Slot> slotOf(const Uuid& upload);
    Result<UploadRow> rowOf(const Session& session, const Uuid& upload) const;

    LedgerStore& m_store;
    const BlobFiles& m_files;
    const ClaimWorkflow& m_workflow;
    const Clock& m_clock;
    Random& m_random;
    std::mutex m_mutex;
    std::map<Uuid, std::weak_ptr<UploadWriter::Slot>> m_slots;
};

}  // namespace fieldclaim::server
