#include "sync-server/service/import_service.h"

#include <algorithm>
#include <fstream>

#include "shared/wire/work_export.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostReasons = 20;

/// The frames of a file, one after another.
class ExportFile {
public:
    /// BadInput, in words, when it is no export of this server's, or its head cannot be read.
    static Result<ExportFile> open(const std::filesystem::path& path, const ServerKeys& keys) {
        std::ifstream in(path, std::ios::binary);
        if (!in) return fail(ErrorCode::NotFound, "there is no such file, or it cannot be read");
        std::string magic(kExportMagic.size(), '\0');
        in.read(magic.data(), static_cast<std::streamsize>(magic.size()));
        if (!in || magic != kExportMagic) return fail(ErrorCode::BadInput, "this file is not an export of a tablet");
        Sha256 digest;
        digest.update(asBytes(magic));
        ASSIGN(const auto part, readPart(in));
        const auto head = decodeExportHead(part);
        if (!head && head.error().code == ErrorCode::Unsupported)
            return fail(ErrorCode::Unsupported, "this export was made by a newer app: update the server");
        if (!head) return fail(ErrorCode::BadInput, "the beginning of this export is damaged");
        const auto& ours = keys.ca_key_hashes;
        if (head->recovery_key != keys.recovery.public_key || std::ranges::find(ours, head->ca_key_hash) == ours.end())
            return fail(ErrorCode::BadInput, "this export was made for another server, and only that one can read it");
        auto cipher = ExportCipher::open(*head, keys.recovery.secret);
        if (!cipher) return fail(ErrorCode::BadInput, "the beginning of this export is damaged");
        digest.update(framedExportPart(part));
        return ExportFile(std::move(in), *head, std::move(*cipher), std::move(digest));
    }

    const ExportHead& head() const { return m_head; }
    /// BadInput when it cannot be opened, and when the file ends before its end.
    Result<ExportFrame> next() {
        ASSIGN(const auto part, readPart(m_in));
        auto frame = m_cipher.open(part);
        ++m_frames;
        if (!frame && frame.error().code == ErrorCode::Unsupported) return frame;
        if (!frame)
            return fail(ErrorCode::BadInput,
                        "this export is damaged in its part " + std::to_string(m_frames) + ": nothing of it was taken");
        if (!std::holds_alternative<ExportEnd>(*frame)) m_digest.update(framedExportPart(part));
        return frame;
    }
    /// Of all before the last frame, once that was read.
    Hash digest() { return m_digest.finish(); }
    bool atEnd() { return m_in.peek() == std::char_traits<char>::eof(); }

private:
    ExportFile(std::ifstream in, ExportHead head, ExportCipher cipher, Sha256 digest)
        : m_in(std::move(in)), m_head(std::move(head)), m_cipher(std::move(cipher)), m_digest(std::move(digest)) {}

    static Result<Bytes> readPart(std::ifstream& in) {
        const auto cut = [] {
            return fail(ErrorCode::BadInput,
                        "this export ends before its end: copy it from the stick again; nothing of it was taken");
        };
        std::array<char, kExportLengthBytes> length{};
        in.read(length.data(), length.size());
        if (!in) return cut();
        std::size_t size = 0;
        for (const auto byte : length) size = size << 8U | static_cast<std::uint8_t>(byte);
        if (size > kMostExportPart)
            return fail(ErrorCode::BadInput, "this export is damaged: a part of it has an impossible length");
        Bytes out(size);
        in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
        if (!in) return cut();
        return out;
    }

    std::ifstream m_in;
    ExportHead m_head;
    ExportCipher m_cipher;
    Sha256 m_digest;
    std::uint64_t m_frames = 0;
};

bool isStoresOwn(ErrorCode code) {
    return code == ErrorCode::DiskFull || code == ErrorCode::Storage || code == ErrorCode::Busy ||
           code == ErrorCode::Internal;
}

/// Takes one file's frames in, in the name of its tablet.
class Intake {
public:
    Intake(SyncService& sync, BlobService& blobs, const Uuid& epoch, const Session& session, ImportReport& report)
        : m_sync(sync), m_blobs(blobs), m_epoch(epoch), m_session(session), m_report(report) {}

    Status take(const ExportRecords& records) {
        const PushRequest request{m_epoch, records.keys, records.segments};
        ASSIGN(const auto reply, m_sync.push(m_session, request));
        for (std::size_t i = 0; i < reply.results.size(); ++i) count(records.segments[i], reply.results[i]);
        return {};
    }

    Status take(const ExportBlobPart& part) {
        if (part.offset == 0) TRY(begin(part));
        if (!m_writer) return {};
        // What the server has of it already is passed over.
        const auto stands = m_writer->state().offset;
        const auto ends = part.offset + part.bytes.size();
        if (stands >= part.offset && stands < ends) {
            TRY(m_writer->write(ByteView(part.bytes).subspan(static_cast<std::size_t>(stands - part.offset))));
        }
        if (m_writer->state().offset < part.size) return {};
        const auto writer = std::move(m_writer);
        const auto finished = m_blobs.finish(m_session, *writer);
        if (finished) return {};
        return notTaken(finished.error());
    }

private:
    void reason(const std::string& words) {
        auto& all = m_report.reasons;
        if (words.empty() || all.size() >= kMostReasons || std::find(all.begin(), all.end(), words) != all.end())
            return;
        all.push_back(words);
    }
    void count(const Segment& segment, const SegmentResult& result) {
        const auto size = segment.change_sets.size();
        m_report.change_sets += size;
        switch (result.outcome) {
            case PushOutcome::Received:
                break;
            case PushOutcome::Fork:
                reason(result.reason);
                m_report.set_aside += size - result.notes.size();
                break;
            case PushOutcome::Gap:
                reason("Earlier work of this officer is not here: the rest comes when the tablet syncs.");
                m_report.not_taken += size;
                return;
            case PushOutcome::Refused:
            case PushOutcome::SendWhole:
                reason(result.reason);
                m_report.not_taken += size;
                return;
        }
        for (const auto& note : result.notes) {
            if (note.kind == NoteKind::Duplicate) ++m_report.known;
            if (note.kind == NoteKind::Parked) ++m_report.parked;
            if (note.kind == NoteKind::Quarantined) {
                ++m_report.set_aside;
                reason(note.reason);
            }
        }
    }
    Status begin(const ExportBlobPart& part) {
        m_writer.reset();
        ++m_report.images;
        const auto upload = m_blobs.create(m_session, part.size, part.sha256, part.claim);
        if (!upload) return notTaken(upload.error());
        if (upload->expires_ms == 0) {
            ++m_report.images_known;
            return {};
        }
        auto writer = m_blobs.begin(m_session, upload->id, upload->offset);
        if (!writer) return notTaken(writer.error());
        m_writer = std::move(*writer);
        return {};
    }
    /// One image that cannot be taken is its own: the others go on (rule 5).
    Status notTaken(const Error& error) {
        if (isStoresOwn(error.code)) return tl::unexpected<Error>(error);
        ++m_report.images_not_taken;
        reason("An image was not taken: " + error.detail);
        return {};
    }

    SyncService& m_sync;
    BlobService& m_blobs;
    Uuid m_epoch;
    const Session& m_session;
    ImportReport& m_report;
    std::unique_ptr<UploadWriter> m_writer;
};

}  // namespace

struct ImportService::Checked {
    DeviceRow device;
    Hash store_key{};
};

Result<ImportService::Checked> ImportService::check(const std::filesystem::path& path) const {
    ASSIGN(auto file, ExportFile::open(path, m_keys));
    const auto& device_id = file.head().device;
    ASSIGN(const auto device,
           m_store.read([&](const LedgerSnapshot& now) { return now.directory().device(device_id); }));
    if (!device)
        return fail(ErrorCode::NotFound,
                    "this export was made by a tablet that is not known here: " + device_id.text());
    while (true) {
        ASSIGN(const auto frame, file.next());
        const auto* const end = std::get_if<ExportEnd>(&frame);
        if (end == nullptr) continue;
        const auto digest = file.digest();
        if (!file.atEnd()) return fail(ErrorCode::BadInput, "this export goes on after its end: it was tampered with");
        const bool right = verifyEd25519(device->key, exportDeviceMessage(device_id, digest), end->device_signature) &&
                           verifyEd25519(end->store_key, exportStoreMessage(device_id, digest), end->store_signature) &&
                           (!device->store_key || *device->store_key == end->store_key);
        if (!right) return fail(ErrorCode::BadSignature, "this export was not made by the tablet that it names");
        return Checked{*device, end->store_key};
    }
}

Status ImportService::keepStoreKey(const Uuid& device, const Hash& store_key) {
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(auto row, tx.directory().device(device));
        if (!row || row->store_key) return {};
        row->store_key = store_key;
        TRY(tx.directory().putDevice(*row));
        return audit(tx, m_clock.wallMs(), auditName("device", device), "store-key-registered");
    });
}

Result<ImportReport> ImportService::bringIn(const std::filesystem::path& path) {
    ASSIGN(const auto checked, check(path));
    TRY(keepStoreKey(checked.device.id, checked.store_key));
    ASSIGN(auto file, ExportFile::open(path, m_keys));
    ImportReport report;
    report.device = checked.device.id;
    report.made_ms = file.head().made_ms;
    report.revoked = checked.device.revoked_ms != 0;
    Session session{checked.device.id, checked.device.site, {}, report.revoked, false};
    if (!report.revoked) {
        ASSIGN(session.scopes, m_store.read([&](const LedgerSnapshot& now) { return scopesOf(now, checked.device); }));
    }
    Intake intake(m_sync, m_blobs, m_identity.epoch, session, report);
    while (true) {
        ASSIGN(const auto frame, file.next());
        if (std::holds_alternative<ExportEnd>(frame)) break;
        if (const auto* const start = std::get_if<ExportStart>(&frame)) {
            for (const auto& author : start->authors) {
                ASSIGN(const auto refused, m_sessions.registerAuthor(checked.device, author, file.head().id));
                if (!refused.empty()) report.reasons.push_back(refused);
            }
        } else if (const auto* const records = std::get_if<ExportRecords>(&frame)) {
            TRY(intake.take(*records));
        } else if (const auto* const part = std::get_if<ExportBlobPart>(&frame)) {
            TRY(intake.take(*part));
        }
    }
    TRY(m_store.write([&](LedgerTransaction& tx) {
        return audit(tx, m_clock.wallMs(), "operator", "export-brought-in", {},
                     report.device.text() + ": " + std::to_string(report.applied()) + " of " +
                         std::to_string(report.change_sets) + " new, images " + std::to_string(report.images));
    }));
    return report;
}

}  // namespace fieldclaim::server
