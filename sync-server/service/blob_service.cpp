#include "sync-server/service/blob_service.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "sync-server/service/audit.h"

namespace fieldclaim::server {
namespace {

constexpr std::int64_t kUploadMs = 7LL * 24 * 3600 * 1000;
constexpr std::size_t kSlotsKept = 256;

bool mayTouch(const Session& session, const std::optional<ClaimRow>& claim) {
    // A blob may come before its claim: it is readable only once the claim is here, in the claim's scope.
    return !claim || std::find(session.scopes.begin(), session.scopes.end(), claim->scope) != session.scopes.end();
}

/// Something that was written on the tablet was received for the claim, whatever became of it.
Result<bool> hasWrittenInto(const LedgerSnapshot& now, const Uuid& device, const std::string& crn) {
    ASSIGN(const auto authors, now.directory().authorsOf(device));
    ASSIGN(const auto heads, now.chains().headsInClaim(crn));
    for (const auto& author : authors) {
        if (std::any_of(heads.begin(), heads.end(), [&](const Head& head) { return head.author == author.id; }))
            return true;
        ASSIGN(const auto forks, now.chains().forks(author.id));
        if (std::any_of(forks.begin(), forks.end(), [&](const SetAsideRow& row) { return row.claim == crn; }))
            return true;
    }
    return false;
}

}  // namespace

/// Whose turn it is to write an upload, and the digest of its bytes so far. Losing one costs reading the bytes again.
struct UploadWriter::Slot {
    std::mutex mutex;
    std::uint64_t turn = 0;
    Sha256 digest;
    std::uint64_t hashed = 0;  ///< from the beginning
    std::uint64_t used = 0;

    void hashAgain() {
        digest = Sha256();
        hashed = 0;
    }
};

UploadWriter::UploadWriter(std::shared_ptr<Slot> slot, std::uint64_t turn, int file, UploadState state,
                           std::optional<PartChecksum> checksum)
    : m_slot(std::move(slot)),
      m_turn(turn),
      m_file(file),
      m_state(state),
      m_start(state.offset),
      m_expected(std::move(checksum)) {
    if (m_expected) m_checksum.emplace(m_expected->first);
}

UploadWriter::~UploadWriter() { ::close(m_file); }

Status UploadWriter::write(ByteView bytes) {
    const std::lock_guard lock(m_slot->mutex);
    if (m_slot->turn != m_turn) return fail(ErrorCode::Conflict, "a newer request goes on with this upload");
    if (bytes.size() > m_state.size - m_state.offset) return fail(ErrorCode::TooLarge, "more bytes than were declared");
    if (m_checksum) m_checksum->update(bytes);
    while (!bytes.empty()) {
        const auto wrote = ::pwrite(m_file, bytes.data(), bytes.size(), static_cast<off_t>(m_state.offset));
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return tl::unexpected<Error>(diskError(errno));
        const auto count = static_cast<std::size_t>(wrote);
        if (m_slot->hashed == m_state.offset) {
            m_slot->digest.update(bytes.first(count));
            m_slot->hashed += count;
        }
        bytes = bytes.subspan(count);
        m_state.offset += count;
    }
    return {};
}

BlobService::BlobService(LedgerStore& store, const BlobFiles& files, const ClaimWorkflow& workflow,
                         const StatementMaker& statements, const Clock& clock, Random& random, UploadLimits limits)
    : m_store(store),
      m_files(files),
      m_workflow(workflow),
      m_statements(statements),
      m_clock(clock),
      m_random(random),
      m_limits(limits) {}

std::shared_ptr<UploadWriter::Slot> BlobService::slotOf(const Uuid& upload) {
    const std::lock_guard lock(m_mutex);
    auto& slot = m_slots[upload];
    if (!slot) slot = std::make_shared<Slot>();
    slot->used = ++m_uses;
    const auto out = slot;
    if (m_slots.size() > kSlotsKept) {
        auto oldest = m_slots.end();
        for (auto at = m_slots.begin(); at != m_slots.end(); ++at) {
            if (at->second.use_count() > 1) continue;  // someone writes
            if (oldest == m_slots.end() || at->second->used < oldest->second->used) oldest = at;
        }
        if (oldest != m_slots.end()) m_slots.erase(oldest);
    }
    return out;
}

void BlobService::forget(const Uuid& upload) {
    m_files.discard(upload);
    const std::lock_guard lock(m_mutex);
    m_slots.erase(upload);
}

bool BlobService::isExpired(const UploadRow& row) const {
    return !row.finished && row.created_ms + kUploadMs <= m_clock.wallMs();
}

Result<std::optional<BlobRow>> BlobService::sharedInScope(const LedgerSnapshot& now, const Session& session,
                                                          const Hash& sha256, std::uint64_t size) const {
    ASSIGN(const auto claims, now.blobs().claimsOfBlob(sha256));
    for (const auto& crn : claims) {
        ASSIGN(const auto claim, now.claims().claim(crn));
        if (!claim || !mayTouch(session, claim)) continue;
        ASSIGN(auto blob, now.blobs().blob(sha256));
        if (blob && blob->size == size) return blob;
    }
    return std::nullopt;
}

Status removeUpload(LedgerTransaction& tx, const BlobFiles& files, const UploadRow& row) {
    TRY(removeStray(tx, files, row));
    return tx.blobs().removeUpload(row.id);
}

Status removeStray(LedgerTransaction& tx, const BlobFiles& files, const UploadRow& row) {
    ASSIGN(const auto kept, tx.blobs().blob(row.sha256));
    return kept ? Status() : files.remove(row.sha256);
}

Status BlobService::keepFinished(LedgerTransaction& tx, const Session& session, UploadRow& row) const {
    const auto now = m_clock.wallMs();
    row.finished = true;
    TRY(tx.blobs().addBlob({row.sha256, row.size, now}, row.claim));
    TRY(tx.blobs().putUpload(row));
    TRY(audit(tx, now, auditName("device", session.device), "blob-verified", row.claim, toHex(row.sha256)));
    return m_workflow.blobVerified(tx, row.claim);
}

Result<UploadState> BlobService::create(const Session& session, std::uint64_t size, const Hash& sha256,
                                        const std::string& claim) {
    if (size > m_limits.blob_bytes)
        return fail(ErrorCode::TooLarge, "a blob has " + std::to_string(m_limits.blob_bytes) + " bytes at most");
    if (Crn::parse(claim) != claim) return fail(ErrorCode::BadInput, "not a claim number");
    TRY(m_files.prepare());
    const auto id = Uuid::make(m_clock, m_random);
    std::optional<Uuid> expired;
    const auto row = m_store.write([&](LedgerTransaction& tx) -> Result<UploadRow> {
        ASSIGN(const auto known_claim, tx.claims().claim(claim));
        // Of a revoked tablet it is in quarantine: who releases it must find the images that it names (hazard H25). A
        // claim that has left this tablet: what was taken for it before still comes up (hazard H24), also to a server
        // that was restored and does not know that it was here (hazard H51).
        ASSIGN(const bool wrote, hasWrittenInto(tx, session.device, claim));
        const bool own = wrote && !(known_claim && known_claim->erased_ms != 0);
        if (session.revoked && !own) return fail(ErrorCode::NotAllowed, "this tablet was revoked");
        if (!session.revoked && !own && !mayTouch(session, known_claim)) {
            ASSIGN(const auto held, tx.tablets().purge(session.device, claim));
            if (!held || held->reason != PurgeReason::Left) return fail(ErrorCode::NotFound, "no such claim");
        }
        ASSIGN(const auto before, tx.blobs().uploadOf(session.device, sha256, claim));
        if (before && before->size == size && !isExpired(*before)) return *before;
        if (before && isExpired(*before)) {
            TRY(removeUpload(tx, m_files, *before));
            expired = before->id;
        }
        UploadRow made{id, session.device, sha256, claim, size, m_clock.wallMs(), false};
        ASSIGN(const auto shared, sharedInScope(tx, session, sha256, size));
        if (shared) {
            TRY(keepFinished(tx, session, made));
            return made;
        }
        ASSIGN(const auto unfinished, tx.blobs().unfinishedUploads(session.device));
        std::uint64_t bytes = size;
        for (const auto& upload : unfinished) bytes += upload.size;
        if (unfinished.size() >= m_limits.unfinished || bytes > m_limits.unfinished_bytes)
            return fail(ErrorCode::TooManyTries, "too much is begun and not finished");
        TRY(tx.blobs().putUpload(made));
        return made;
    });
    TRY(row);
    if (expired) forget(*expired);
    if (row->finished) return finishedState(*row);
    if (row->id == id) {
        if (const auto made = makeHere(session, *row)) return *made;
    }
    const auto slot = slotOf(row->id);
    const std::lock_guard lock(slot->mutex);
    return standing(session, *row, *slot);
}

std::optional<UploadState> BlobService::makeHere(const Session& session, const UploadRow& row) {
    const auto made = m_store.read([&](const LedgerSnapshot& now) -> Result<std::optional<Bytes>> {
        return m_statements.make(now, row.claim, row.sha256);
    });
    if (!made || !*made || (*made)->size() != row.size) return std::nullopt;
    // From here on it is an upload like any other: what fails is finished by the tablet.
    const auto writer = begin(session, row.id, 0);
    if (!writer || !(*writer)->write(**made)) return std::nullopt;
    const auto done = finish(session, **writer);
    return done ? std::optional(*done) : std::nullopt;
}

Result<UploadRow> BlobService::rowOf(const Session& session, const Uuid& upload) const {
    ASSIGN(const auto row, m_store.read([&](const LedgerSnapshot& now) { return now.blobs().upload(upload); }));
    if (!row || row->device != session.device || isExpired(*row)) return fail(ErrorCode::NotFound, "no such upload");
    return *row;
}

Result<UploadState> BlobService::standing(const Session& session, const UploadRow& row, Slot& slot) {
    if (row.finished) return finishedState(row);
    ASSIGN(const auto offset, m_files.durableSize(row.id));
    if (offset >= row.size && row.size > 0) {
        // The last bytes came, and this process or its predecessor ended before it could say so. The offset at the end
        // means that the blob is kept, so it must be.
        return complete(session, row, slot);
    }
    return UploadState{row.id, offset, row.size, row.created_ms + kUploadMs};
}

Result<UploadState> BlobService::state(const Session& session, const Uuid& upload) {
    const auto slot = slotOf(upload);
    const std::lock_guard lock(slot->mutex);
    ASSIGN(const auto row, rowOf(session, upload));
    ++slot->turn;
    return standing(session, row, *slot);
}

Result<std::unique_ptr<UploadWriter>> BlobService::begin(const Session& session, const Uuid& upload,
                                                         std::uint64_t offset, std::optional<PartChecksum> checksum) {
    const auto slot = slotOf(upload);
    const std::lock_guard lock(slot->mutex);
    ASSIGN(const auto row, rowOf(session, upload));
    ASSIGN(const auto now, standing(session, row, *slot));
    if (offset != now.offset) return fail(ErrorCode::Conflict, "the upload stands at another offset");
    int file = -1;
    if (now.expires_ms != 0) {
        ASSIGN(file, m_files.openPart(upload));
    } else {
        file = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (file < 0) return tl::unexpected<Error>(diskError(errno));
    }
    return std::unique_ptr<UploadWriter>(new UploadWriter(slot, ++slot->turn, file, now, std::move(checksum)));
}

Result<UploadState> BlobService::finish(const Session& session, UploadWriter& writer) {
    auto& slot = *writer.m_slot;
    const std::lock_guard lock(slot.mutex);
    if (slot.turn != writer.m_turn) return fail(ErrorCode::Conflict, "a newer request goes on with this upload");
    ASSIGN(const auto row, rowOf(session, writer.m_state.id));
    if (row.finished) return finishedState(row);
    if (writer.m_checksum && writer.m_checksum->finish() != writer.m_expected->second) {
        TRY(takeBack(writer));
        return fail(ErrorCode::Damaged, "the bytes are not those of the checksum");
    }
    // An offset that was acknowledged is on the disk.
    if (writer.m_state.offset > writer.m_start && ::fdatasync(writer.m_file) != 0)
        return tl::unexpected<Error>(diskError(errno));
    if (writer.m_state.offset < row.size) return writer.m_state;
    return complete(session, row, slot);
}

Status BlobService::takeBack(UploadWriter& writer) {
    if (writer.m_state.offset == writer.m_start) return {};
    writer.m_slot->hashAgain();
    if (::ftruncate(writer.m_file, static_cast<off_t>(writer.m_start)) != 0)
        return tl::unexpected<Error>(diskError(errno));
    writer.m_state.offset = writer.m_start;
    return {};
}

void BlobService::abandon(UploadWriter& writer) {
    const std::lock_guard lock(writer.m_slot->mutex);
    if (writer.m_checksum && writer.m_slot->turn == writer.m_turn) static_cast<void>(takeBack(writer));
}

Result<UploadState> BlobService::complete(const Session& session, UploadRow row, Slot& slot) {
    if (slot.hashed > row.size) slot.hashAgain();
    const auto read = m_files.digestInto(slot.digest, row.id, slot.hashed, row.size);
    const auto digest = slot.digest.finish();
    slot.hashAgain();
    TRY(read);
    if (digest != row.sha256) {
        TRY(m_store.write([&](LedgerTransaction& tx) { return tx.blobs().removeUpload(row.id); }));
        m_files.discard(row.id);
        return fail(ErrorCode::Damaged, "the whole is not what was announced");
    }
    // On the writer's thread: its claim may have been erased meanwhile, and an erasure finds these bytes or none.
    const Status kept = m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto still, tx.blobs().upload(row.id));
        if (!still) return fail(ErrorCode::NotFound, "no such upload");
        TRY(m_files.adopt(row.id, row.sha256));
        return keepFinished(tx, session, row);
    });
    TRY(kept);
    // Only now: should the program end before, the bytes are all here still, and the next request finishes.
    m_files.discard(row.id);
    return finishedState(row);
}

Status BlobService::terminate(const Session& session, const Uuid& upload) {
    const auto slot = slotOf(upload);
    const std::lock_guard lock(slot->mutex);
    ASSIGN(const auto row, rowOf(session, upload));
    ++slot->turn;
    TRY(m_store.write([&](LedgerTransaction& tx) { return removeUpload(tx, m_files, row); }));
    forget(row.id);
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
    const auto before = m_clock.wallMs() - kUploadMs + 1;
    ASSIGN(const auto rows, m_store.read([&](const LedgerSnapshot& now) { return now.blobs().uploadsBefore(before); }));
    for (const auto& row : rows) {
        const auto slot = slotOf(row.id);
        const std::lock_guard lock(slot->mutex);
        ++slot->turn;
        TRY(m_store.write([&](LedgerTransaction& tx) { return removeUpload(tx, m_files, row); }));
        forget(row.id);
    }
    std::size_t orphans = 0;
    TRY(m_files.forEachPart([&](const Uuid& upload) -> Status {
        const auto slot = slotOf(upload);
        const std::lock_guard lock(slot->mutex);
        ASSIGN(const auto row, m_store.read([&](const LedgerSnapshot& now) { return now.blobs().upload(upload); }));
        if (row && !row->finished) return {};
        forget(upload);
        ++orphans;
        return {};
    }));
    return rows.size() + orphans;
}

}  // namespace fieldclaim::server
