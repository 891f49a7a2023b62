#include "sync-server/service/blob_service.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "sync-server/service/audit.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kUploadMs = 7LL * 24 * 3600 * 1000;

Error diskError(int error) {
    return {error == ENOSPC || error == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Storage,
            "an upload cannot be written"};
}

bool mayTouch(const Session& session, const std::optional<ClaimRow>& claim) {
    // A blob may come before its claim: it is readable only once the claim is here, in the claim's scope.
    return !claim || std::find(session.scopes.begin(), session.scopes.end(), claim->scope) != session.scopes.end();
}

}  // namespace

/// Whose turn it is to write an upload.
struct UploadWriter::Slot {
    std::mutex mutex;
    std::uint64_t turn = 0;
};

UploadWriter::UploadWriter(std::shared_ptr<Slot> slot, std::uint64_t turn, int file, UploadState state)
    : m_slot(std::move(slot)), m_turn(turn), m_file(file), m_state(state), m_start(state.offset) {}

UploadWriter::~UploadWriter() { ::close(m_file); }

Status UploadWriter::write(ByteView bytes) {
    const std::lock_guard lock(m_slot->mutex);
    if (m_slot->turn != m_turn) return fail(ErrorCode::Conflict, "a newer request goes on with this upload");
    if (bytes.size() > m_state.size - m_state.offset) return fail(ErrorCode::TooLarge, "more bytes than were declared");
    m_digest.update(bytes);
    while (!bytes.empty()) {
        const auto written = ::pwrite(m_file, bytes.data(), bytes.size(), static_cast<off_t>(m_state.offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return tl::unexpected<Error>(diskError(errno));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        m_state.offset += static_cast<std::uint64_t>(written);
    }
    return {};
}

BlobService::BlobService(LedgerStore& store, const BlobFiles& files, const ClaimWorkflow& workflow, const Clock& clock,
                         Random& random)
    : m_store(store), m_files(files), m_workflow(workflow), m_clock(clock), m_random(random) {}

std::shared_ptr<UploadWriter::Slot> BlobService::slotOf(const Uuid& upload) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_slots, [](const auto& entry) { return entry.second.expired(); });
    if (auto known = m_slots[upload].lock()) return known;
    auto made = std::make_shared<UploadWriter::Slot>();
    m_slots[upload] = made;
    return made;
}

Result<UploadState> BlobService::create(const Session& session, std::uint64_t size, const Hash& sha256,
                                        const std::string& claim) {
    if (session.revoked) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
    if (size > kMaxBlobBytes) return fail(ErrorCode::TooLarge, "a blob has 32 MiB at most");
    if (Crn::parse(claim) != claim) return fail(ErrorCode::BadInput, "not a claim number");
    TRY(m_files.prepare());
    const auto id = Uuid::make(m_clock, m_random);
    const auto row = m_store.write([&](LedgerTransaction& tx) -> Result<UploadRow> {
        ASSIGN(const auto known_claim, tx.claims().claim(claim));
        if (!mayTouch(session, known_claim)) return fail(ErrorCode::NotFound, "no such claim");
        ASSIGN(const auto before, tx.blobs().uploadOf(session.device, sha256, claim));
        if (before && before->size == size) return *before;
        UploadRow made{id, session.device, sha256, claim, size, m_clock.wallMs(), false};
        TRY(tx.blobs().putUpload(made));
        return made;
    });
    TRY(row);
    return UploadState{row->id, row->finished ? row->size : m_files.received(row->id), row->size};
}

Result<UploadRow> BlobService::rowOf(const Session& session, const Uuid& upload) const {
    ASSIGN(const auto row, m_store.read([&](const LedgerSnapshot& now) { return now.blobs().upload(upload); }));
    if (!row || row->device != session.device) return fail(ErrorCode::NotFound, "no such upload");
    return *row;
}

Result<UploadState> BlobService::state(const Session& session, const Uuid& upload) const {
    ASSIGN(const auto row, rowOf(session, upload));
    return UploadState{row.id, row.finished ? row.size : m_files.received(row.id), row.size};
}

Result<std::unique_ptr<UploadWriter>> BlobService::begin(const Session& session, const Uuid& upload,
                                                         std::uint64_t offset) {
    if (session.revoked) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
    auto slot = slotOf(upload);
    const std::lock_guard lock(slot->mutex);
    ASSIGN(const auto now, state(session, upload));
    if (offset != now.offset) return fail(ErrorCode::Conflict, "the upload stands at another offset");
    int file = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (now.offset < now.size) {
        ::close(file);
        file = ::open(m_files.partOf(upload).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    }
    if (file < 0) return tl::unexpected<Error>(diskError(errno));
    return std::unique_ptr<UploadWriter>(new UploadWriter(slot, ++slot->turn, file, now));
}

Result<UploadState> BlobService::finish(const Session& session, UploadWriter& writer,
                                        const std::optional<Hash>& checksum) {
    const std::lock_guard lock(writer.m_slot->mutex);
    if (writer.m_slot->turn != writer.m_turn)
        return fail(ErrorCode::Conflict, "a newer request goes on with this upload");
    ASSIGN(auto row, rowOf(session, writer.m_state.id));
    if (row.finished) return writer.m_state;
    if (checksum && writer.m_digest.finish() != *checksum) {
        if (::ftruncate(writer.m_file, static_cast<off_t>(writer.m_start)) != 0)
            return tl::unexpected<Error>(diskError(errno));
        return fail(ErrorCode::Damaged, "the bytes are not those of the checksum");
    }
    if (writer.m_state.offset > writer.m_start && ::fsync(writer.m_file) != 0)
        return tl::unexpected<Error>(diskError(errno));
    if (writer.m_state.offset < row.size) return writer.m_state;

    ASSIGN(const auto digest, m_files.digestOf(row.id));
    if (digest != row.sha256) {
        m_files.discard(row.id);
        TRY(m_store.write([&](LedgerTransaction& tx) { return tx.blobs().removeUpload(row.id); }));
        return fail(ErrorCode::Damaged, "the whole is not what was announced");
    }
    TRY(m_files.adopt(row.id, row.sha256));
    row.finished = true;
    const Status kept = m_store.write([&](LedgerTransaction& tx) -> Status {
        const auto now = m_clock.wallMs();
        TRY(tx.blobs().addBlob({row.sha256, row.size, now}, row.claim));
        TRY(tx.blobs().putUpload(row));
        TRY(audit(tx, now, auditName("device", session.device), "blob-verified", row.claim, toHex(row.sha256)));
        return m_workflow.blobVerified(tx, row.claim);
    });
    TRY(kept);
    return writer.m_state;
}

Status BlobService::terminate(const Session& session, const Uuid& upload) {
    const auto slot = slotOf(upload);
    const std::lock_guard lock(slot->mutex);
    ASSIGN(const auto row, rowOf(session, upload));
    ++slot->turn;
    TRY(m_store.write([&](LedgerTransaction& tx) { return tx.blobs().removeUpload(row.id); }));
    m_files.discard(row.id);
    return {};
}

Result<std::filesystem::path> BlobService::open(const Session& session, const Hash& sha256) const {
    return m_store.read([&](const LedgerSnapshot& now) -> Result<std::filesystem::path> {
        ASSIGN(const auto claims, now.blobs().claimsOfBlob(sha256));
        for (const auto& crn : claims) {
            ASSIGN(const auto claim, now.claims().claim(crn));
            if (claim && mayTouch(session, claim)) return m_files.pathOf(sha256);
        }
        return fail(ErrorCode::NotFound);
    });
}

Result<std::size_t> BlobService::expire() {
    const auto before = m_clock.wallMs() - kUploadMs;
    ASSIGN(const auto rows, m_store.read([&](const LedgerSnapshot& now) { return now.blobs().uploadsBefore(before); }));
    for (const auto& row : rows) {
        TRY(m_store.write([&](LedgerTransaction& tx) { return tx.blobs().removeUpload(row.id); }));
        if (!row.finished) m_files.discard(row.id);
    }
    return rows.size();
}

}  // namespace fieldclaim::server
