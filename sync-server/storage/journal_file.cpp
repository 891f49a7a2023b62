#include "sync-server/storage/journal_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "shared/crypto/crypto.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::server {
namespace {

constexpr std::string_view kFormat = "fieldclaim/journal/1\n";
constexpr std::array<std::uint8_t, 4> kMark{0xF1, 'F', 'C', 'J'};
constexpr std::size_t kFrameHead = kMark.size() + 4 + 32;
constexpr std::uint64_t kMostFrameBytes = 512U << 20U;
constexpr CborLimits kFrameLimits{kMostFrameBytes, 4, 1'000'000};

Error journalError(int error, const std::string& what) {
    // Busy: the caller is to come again. A person must look at the journal's disk.
    const bool full = error == ENOSPC || error == EDQUOT;
    return {full ? ErrorCode::DiskFull : ErrorCode::Busy, "the journal " + what};
}

Bytes frameOf(const Value& value) {
    const auto payload = encodeCbor(value);
    ENSURE(payload.size() <= kMostFrameBytes);
    Bytes out(kMark.begin(), kMark.end());
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(payload.size() >> shift));
    const auto hash = sha256(payload);
    out.insert(out.end(), hash.begin(), hash.end());
    out.insert(out.end(), payload.begin(), payload.end());
    return out;
}

Status writeAt(int file, ByteView bytes, std::int64_t at) {
    while (!bytes.empty()) {
        const auto written = ::pwrite(file, bytes.data(), bytes.size(), at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return tl::unexpected<Error>(journalError(errno, "cannot be written"));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        at += written;
    }
    return {};
}

Result<Bytes> readAt(int file, std::int64_t at, std::size_t size) {
    Bytes out(size);
    std::size_t have = 0;
    while (have < size) {
        const auto got = ::pread(file, out.data() + have, size - have, at + static_cast<std::int64_t>(have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected<Error>(journalError(errno, "cannot be read"));
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    out.resize(have);
    return out;
}

/// The payload of the frame at `at`, when a whole and right one stands there.
Result<std::optional<Bytes>> frameAt(int file, std::int64_t at) {
    ASSIGN(const auto head, readAt(file, at, kFrameHead));
    if (head.size() < kFrameHead || !std::equal(kMark.begin(), kMark.end(), head.begin())) {
        return std::optional<Bytes>();
    }
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = (size << 8U) | head[kMark.size() + i];
    if (size > kMostFrameBytes) return std::optional<Bytes>();
    ASSIGN(auto payload, readAt(file, at + static_cast<std::int64_t>(kFrameHead), size));
    if (payload.size() < size) return std::optional<Bytes>();
    if (!std::equal(head.end() - 32, head.end(), sha256(payload).begin())) return std::optional<Bytes>();
    return std::optional<Bytes>(std::move(payload));
}

/// After bytes that are no frame: a right frame further on says that these were damaged, not cut short.
Result<bool> anyFrameAfter(int file, std::int64_t at) {
    constexpr std::size_t kWindow = 1U << 20U;
    while (true) {
        ASSIGN(const auto window, readAt(file, at, kWindow));
        if (window.size() < kFrameHead) return false;
        auto found = window.begin();
        while ((found = std::search(found, window.end(), kMark.begin(), kMark.end())) != window.end()) {
            ASSIGN(const auto frame, frameAt(file, at + (found - window.begin())));
            if (frame) return true;
            ++found;
        }
        at += static_cast<std::int64_t>(window.size() - kMark.size() + 1);
    }
}

Bytes beginning(const Uuid& epoch, std::uint64_t after) {
    auto out = toBytes(asBytes(kFormat));
    const auto head = frameOf(Value::List{epoch.bytes, static_cast<std::int64_t>(after)});
    out.insert(out.end(), head.begin(), head.end());
    return out;
}

Result<JournalHead> readHead(const Bytes& payload) {
    ASSIGN(const auto value, decodeCbor(payload, kFrameLimits));
    ListReader in(value, "journal's head", 2);
    JournalHead head{Uuid{in.array<16>()}, in.natural()};
    TRY(in.finish());
    return head;
}

Result<JournalRecord> readRecord(const Bytes& payload) {
    ASSIGN(const auto value, decodeCbor(payload, kFrameLimits));
    ListReader in(value, "journal record", 2);
    JournalRecord record{in.natural(), {}};
    for (const auto& item : in.list()) {
        if (item.bytes() == nullptr) return fail(ErrorCode::BadInput, "a journal entry is not bytes");
        record.entries.push_back(*item.bytes());
    }
    TRY(in.finish());
    return record;
}

Result<JournalSummary> scan(int file, const std::function<Status(const JournalRecord&)>& callback,
                            std::optional<std::uint64_t> until = std::nullopt) {
    ASSIGN(const auto format, readAt(file, 0, kFormat.size()));
    auto at = static_cast<std::int64_t>(kFormat.size());
    ASSIGN(const auto first, frameAt(file, at));
    if (asText(format) != kFormat || !first) return fail(ErrorCode::Damaged, "this file is no journal");
    JournalSummary out;
    ASSIGN(out.head, readHead(*first));
    out.last = out.head.after;
    at += static_cast<std::int64_t>(kFrameHead + first->size());
    out.end = at;
    while (!until || out.last < *until) {
        ASSIGN(const auto payload, frameAt(file, at));
        if (!payload) {
            ASSIGN(const bool more, anyFrameAfter(file, at + 1));
            if (more) {
                return fail(ErrorCode::Damaged, "the journal is damaged at record " + std::to_string(out.last + 1));
            }
            ASSIGN(const auto rest, readAt(file, at, 1));
            out.torn = !rest.empty();
            break;
        }
        const auto record = readRecord(*payload);
        if (!record || record->number != out.last + 1) {
            return fail(ErrorCode::Damaged, "the journal is damaged at record " + std::to_string(out.last + 1));
        }
        TRY(callback(*record));
        out.last = record->number;
        at += static_cast<std::int64_t>(kFrameHead + payload->size());
        out.end = at;
    }
    return out;
}

Status syncFolderOf(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int error = errno;
    if (file >= 0) ::close(file);
    if (!synced) return tl::unexpected<Error>(journalError(error, "'s folder cannot be synced"));
    return {};
}

/// Writes a whole file and gives it its name at the end.
Status putFile(const std::filesystem::path& path, ByteView bytes) {
    const auto partial = path.string() + ".part";
    const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return tl::unexpected<Error>(journalError(errno, "cannot be made"));
    Status written = writeAt(file, bytes, 0);
    if (written && ::fsync(file) != 0) written = tl::unexpected<Error>(journalError(errno, "cannot be synced"));
    ::close(file);
    TRY(written);
    if (::rename(partial.c_str(), path.c_str()) != 0) {
        return tl::unexpected<Error>(journalError(errno, "cannot be named"));
    }
    return syncFolderOf(path);
}

}  // namespace

JournalFile::~JournalFile() { close(); }

void JournalFile::close() {
    if (m_file >= 0) ::close(m_file);
    m_file = -1;
}

Status JournalFile::create(const std::filesystem::path& path, const Uuid& epoch, std::uint64_t after) {
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) return fail(ErrorCode::Conflict, "the journal's file exists");
    return putFile(path, beginning(epoch, after));
}

bool JournalFile::isSameFile() const {
    struct stat open_one {};
    struct stat named_one {};
    return ::fstat(m_file, &open_one) == 0 && ::stat(m_path.c_str(), &named_one) == 0 &&
           open_one.st_ino == named_one.st_ino && open_one.st_dev == named_one.st_dev && open_one.st_size >= m_end;
}

Status JournalFile::open(const Uuid& epoch, std::uint64_t number) {
    close();
    m_file = ::open(m_path.c_str(), O_RDWR | O_CLOEXEC);
    if (m_file < 0) return tl::unexpected<Error>(journalError(errno, "is not there"));
    const auto found = scan(
        m_file, [](const JournalRecord&) -> Status { return {}; }, number);
    std::string wrong;
    if (!found) {
        wrong = found.error().detail;
    } else if (found->head.epoch != epoch) {
        wrong = "the journal belongs to another ledger";
    } else if (found->last < number) {
        wrong = "the journal misses records after " + std::to_string(found->last);
    } else if (found->head.after > number) {
        wrong = "the journal begins after what the ledger has";
    }
    if (!wrong.empty()) {
        close();
        return fail(ErrorCode::Busy, wrong);
    }
    m_number = number;
    m_end = found->end;
    return {};
}

Status JournalFile::append(const Uuid& epoch, std::uint64_t after, std::span<const Bytes> entries) {
    // A command beside the server may have written a record, or begun the file again after a backup.
    if (m_file < 0 || m_number != after || !isSameFile()) TRY(open(epoch, after));
    Value::List list;
    for (const auto& entry : entries) list.emplace_back(entry);
    const auto frame = frameOf(Value::List{static_cast<std::int64_t>(after + 1), std::move(list)});
    m_before_number = m_number;
    m_before_end = m_end;
    // What lies behind the end was never committed.
    Status written;
    if (::ftruncate(m_file, m_end) != 0) written = tl::unexpected<Error>(journalError(errno, "cannot be written"));
    if (written) written = writeAt(m_file, frame, m_end);
    if (written && ::fdatasync(m_file) != 0) {
        written = tl::unexpected<Error>(journalError(errno, "cannot be synced"));
    }
    if (!written) {
        // After a failed sync nobody knows what the disk has: the next record reads the file again.
        static_cast<void>(::ftruncate(m_file, m_end) == 0);
        close();
        return written;
    }
    m_number = after + 1;
    m_end += static_cast<std::int64_t>(frame.size());
    return {};
}

void JournalFile::takeBack() {
    if (m_file < 0) return;
    m_number = m_before_number;
    m_end = m_before_end;
    static_cast<void>(::ftruncate(m_file, m_end) == 0);
}

Status JournalFile::cut(const Uuid& epoch, std::uint64_t upTo) {
    auto bytes = beginning(epoch, upTo);
    ASSIGN(const auto read, readJournal(m_path, [&](const JournalRecord& record) -> Status {
               if (record.number <= upTo) return {};
               Value::List list;
               for (const auto& entry : record.entries) list.emplace_back(entry);
               const auto frame = frameOf(Value::List{static_cast<std::int64_t>(record.number), std::move(list)});
               bytes.insert(bytes.end(), frame.begin(), frame.end());
               return {};
           }));
    if (read.head.epoch != epoch) return fail(ErrorCode::Busy, "the journal belongs to another ledger");
    if (read.head.after >= upTo) return {};  // Already cut there, or later.
    return putFile(m_path, bytes);
}

Result<JournalHead> readJournalHead(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail(ErrorCode::NotFound, "the journal is not there");
    const auto out = scan(
        file, [](const JournalRecord&) -> Status { return {}; }, 0);
    ::close(file);
    TRY(out);
    return out->head;
}

Result<JournalSummary> readJournal(const std::filesystem::path& path,
                                   const std::function<Status(const JournalRecord&)>& callback) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail(ErrorCode::NotFound, "the journal is not there");
    auto out = scan(file, callback);
    ::close(file);
    return out;
}

}  // namespace fieldclaim::server
