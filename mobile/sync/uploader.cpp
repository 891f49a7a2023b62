#include "mobile/sync/uploader.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "mobile/sync/http_reply.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kLeastPartBytes = 256U << 10U;
constexpr std::size_t kMostPartBytes = 10U << 20U;
constexpr std::size_t kWithCreation = 64U << 10U;  // beyond it a round trip is cheaper than bytes sent in vain
constexpr std::int64_t kQuickMs = 5'000;           // a part that took no longer may be followed by a larger one
constexpr std::int64_t kSlowMs = 20'000;
constexpr std::int64_t kAskDeadlineMs = 30'000;
constexpr std::int64_t kPartDeadlineMs = 120'000;
constexpr std::uint64_t kOldestEvery = 4;
constexpr int kMostDamaged = 3;
constexpr int kChecksumMismatch = 460;
constexpr int kDiskFull = 507;

}  // namespace

Result<UploadActions> Uploader::step(std::int64_t now_ms, const UploadEvent& event) {
    m_now = now_ms;
    m_actions = {};
    Status result;
    if (const auto* given = std::get_if<UploadTurn>(&event)) {
        result = turn(*given);
    } else if (const auto* reply = std::get_if<Replied>(&event)) {
        result = replied(*reply);
    } else if (const auto* failure = std::get_if<Failed>(&event)) {
        if (const auto asked = std::exchange(m_asked, std::nullopt)) {
            if (failure->kind == FailureKind::Unreadable) {
                result = unreadable(*asked);
            } else {
                failed(*asked, failure->kind);
            }
        }
    } else if (std::holds_alternative<UploadsHurried>(event)) {
        m_not_before_ms = 0;
        for (auto& [key, standing] : m_standings) standing.not_before_ms = 0;
    } else {
        m_asked.reset();
        for (auto& [key, standing] : m_standings) standing.offset.reset();
    }
    TRY(result);
    return std::exchange(m_actions, {});
}

// -- choosing

Status Uploader::turn(const UploadTurn& given) {
    if (m_asked) return {};
    m_images_held = false;
    if (m_now < m_not_before_ms) {
        m_actions.wake_in_ms = m_not_before_ms - m_now;
        return {};
    }
    ASSIGN(auto uploads, m_store.uploads());
    std::erase_if(m_standings, [&](const auto& standing) {
        return std::none_of(uploads.begin(), uploads.end(),
                            [&](const BlobUpload& blob) { return blob.key() == standing.first; });
    });
    while (const auto* chosen = choose(uploads, given.images)) {
        ++m_turns;
        const auto key = chosen->key();
        TRY(ask(*chosen));
        if (m_actions.send) return {};
        // It needed no request: done before, or damaged.
        std::erase_if(uploads, [&](const BlobUpload& blob) { return blob.key() == key; });
    }
    for (const auto& blob : uploads) {
        if (!given.images && !blob.blocking) {
            m_images_held = true;
            continue;
        }
        const auto wait = m_standings[blob.key()].not_before_ms - m_now;
        m_actions.wake_in_ms = std::min(m_actions.wake_in_ms.value_or(wait), wait);
    }
    if (m_actions.wake_in_ms) m_images_held = false;
    return {};
}

const BlobUpload* Uploader::choose(const std::vector<BlobUpload>& uploads, bool images) {
    const BlobUpload* best = nullptr;
    const auto rank = [&](const BlobUpload& blob) {
        return std::tuple(!blob.blocking, m_standings[blob.key()].back_off.failures(), blob.size);
    };
    const bool oldest = m_turns % kOldestEvery == kOldestEvery - 1;
    for (const auto& blob : uploads) {
        if ((!images && !blob.blocking) || m_standings[blob.key()].not_before_ms > m_now) continue;
        if (oldest) return &blob;
        if (best == nullptr || rank(blob) < rank(*best)) best = &blob;
    }
    return best;
}

// -- asking

void Uploader::send(Asked asked, std::string method, std::string path, Bytes body,
                    std::map<std::string, std::string> headers) {
    headers["Tus-Resumable"] = "1.0.0";
    if (!body.empty() || asked.kind == Kind::Part) headers["Content-Type"] = "application/offset+octet-stream";
    if (asked.kind != Kind::Part) asked.bytes = body.size();
    asked.at_ms = m_now;
    const auto deadline = asked.kind == Kind::Ask ? kAskDeadlineMs : kPartDeadlineMs;
    m_asked = std::move(asked);
    m_actions.send = UploadSend{std::move(method), std::move(path), std::move(headers), std::move(body), deadline};
}

Status Uploader::ask(const BlobUpload& blob) {
    if (blob.url.empty()) {
        Bytes body;
        // A statement is announced first: the server may make it from the claim, and have nothing of it sent.
        if (blob.size <= kWithCreation && !blob.blocking) {
            ASSIGN(body, m_store.blobPart(blob.sha256, 0, static_cast<std::size_t>(blob.size)));
        }
        send({blob, Kind::Create}, "POST", "/v1/uploads", std::move(body),
             {{"Upload-Length", std::to_string(blob.size)},
              {"Upload-Metadata",
               "sha256 " + toBase64(asBytes(toHex(blob.sha256))) + ",claim " + toBase64(asBytes(blob.claim))}});
        return {};
    }
    const auto offset = m_standings[blob.key()].offset;
    if (offset && *offset == blob.size) {
        // The store could not note it the last time.
        TRY(m_store.uploaded(blob.key()));
        m_actions.done.push_back(blob.claim);
        return {};
    }
    if (offset) return askPart(blob, *offset);
    send({blob, Kind::Ask}, "HEAD", blob.url, {}, {});
    return {};
}

Status Uploader::askPart(const BlobUpload& blob, std::uint64_t offset) {
    const auto most = std::min<std::uint64_t>(m_part_bytes, blob.size - offset);
    Bytes body;
    if (m_bodies == PartBodies::InRequest) {
        ASSIGN(body, m_store.blobPart(blob.sha256, offset, static_cast<std::size_t>(most)));
        if (body.size() != most) return isDamaged(blob.key());
    }
    send({blob, Kind::Part, offset, static_cast<std::size_t>(most)}, "PATCH", blob.url, std::move(body),
         {{"Upload-Offset", std::to_string(offset)}});
    if (m_bodies == PartBodies::ReadByDriver) m_actions.send->part = BlobSlice{blob.sha256, offset, most};
    return {};
}

Status Uploader::isDamaged(const BlobKey& key) {
    // A damaged blob of the vault is said, and holds up nothing (rule 5).
    return m_store.uploadRefused(key, "The copy on this tablet is damaged");
}

// -- answers

Status Uploader::replied(const Replied& reply) {
    const auto asked = std::exchange(m_asked, std::nullopt);
    if (!asked) return {};
    if (!isGood(reply.status)) return refused(*asked, reply);
    m_actions.answered = true;
    const auto key = asked->blob.key();
    m_standings[key].offset.reset();
    const auto offset = numberAt(reply.headers, "upload-offset");
    if (asked->kind == Kind::Create) {
        const auto location = reply.headers.find("location");
        const auto path = location == reply.headers.end() ? std::string() : pathOf(location->second);
        if (path.empty()) {
            restOne(key, ErrorCode::BadInput);
            return fail(ErrorCode::BadInput, "an upload without Location");
        }
        TRY(m_store.uploadAt(key, path));
    }
    // Upload-Offset is no duty of a creation in tus: then it is asked for.
    if (!offset && asked->kind == Kind::Create) return {};
    if (!offset || *offset > asked->blob.size) {
        restOne(key, ErrorCode::BadInput);
        return fail(ErrorCode::BadInput, "an upload without a right offset");
    }
    return stands(*asked, *offset);
}

Status Uploader::stands(const Asked& asked, std::uint64_t offset) {
    const auto key = asked.blob.key();
    auto& standing = m_standings[key];
    standing.offset = offset;
    if (offset > standing.best || offset == asked.blob.size) {
        standing.best = offset;
        standing.back_off.succeeded();
        m_back_off.succeeded();
        m_actions.moved = true;
    }
    if (asked.kind == Kind::Part) adapt(asked);
    if (offset < asked.blob.size) return {};
    TRY(m_store.uploaded(key));
    m_actions.done.push_back(asked.blob.claim);
    return {};
}

void Uploader::adapt(const Asked& asked) {
    const auto took = m_now - asked.at_ms;
    if (took <= kQuickMs && asked.bytes == m_part_bytes) {
        m_part_bytes = std::min(kMostPartBytes, m_part_bytes * 2);
    } else if (took > kSlowMs) {
        m_part_bytes = std::max(kLeastPartBytes, m_part_bytes / 2);
    }
}

Status Uploader::refused(const Asked& asked, const Replied& reply) {
    const auto key = asked.blob.key();
    auto& standing = m_standings[key];
    standing.offset.reset();
    const auto after = numberAt(reply.headers, "retry-after");
    switch (reply.status) {
        case kNotSignedIn:
            return {};  // the engine's affair
        case kConflict:
            // The server stands elsewhere: the next request asks. Twice in a row is no misunderstanding any more.
            restOne(key, ErrorCode::Conflict);
            if (standing.back_off.failures() == 1) standing.not_before_ms = m_now;
            return {};
        case kTooMany:
            // A tablet with too many unfinished uploads may still finish those.
            if (asked.kind == Kind::Create) restOne(key, ErrorCode::Busy, after);
            restAll(ErrorCode::Busy, asked.kind == Kind::Create ? std::nullopt : after);
            return {};
        case kNotAvailable:
        case kDiskFull:
            restAll(reply.status == kDiskFull ? ErrorCode::DiskFull : ErrorCode::Busy, after);
            return {};
        case kNotFound:
        case kGone:
            if (asked.kind == Kind::Create) break;
            restOne(key, ErrorCode::NotFound);
            if (standing.back_off.failures() == 1) standing.not_before_ms = m_now;
            return m_store.uploadAt(key, {});
        case kChecksumMismatch:
            restOne(key, ErrorCode::Damaged);
            TRY(m_store.uploadAt(key, {}));
            if (standing.back_off.failures() < kMostDamaged) return {};
            return m_store.uploadRefused(key, "The server received other bytes than those that were saved");
        default:
            break;
    }
    if (reply.status >= 400 && reply.status < 500) {
        return m_store.uploadRefused(key, "The server answered " + std::to_string(reply.status));
    }
    restOne(key, ErrorCode::Network, after);
    return {};
}

void Uploader::failed(const Asked& asked, FailureKind kind) {
    auto& standing = m_standings[asked.blob.key()];
    standing.offset.reset();
    const bool on_the_way = kind == FailureKind::Cut || kind == FailureKind::TimedOut;
    if (on_the_way && asked.bytes > 0) m_part_bytes = std::max(kLeastPartBytes, m_part_bytes / 2);
    // A cut after bytes have moved is the weather: it is asked at once how far they came. The next one is a failure.
    if (on_the_way && m_back_off.failures() == 0) {
        static_cast<void>(m_back_off.next(m_random));
        return;
    }
    restAll(kind == FailureKind::Untrusted ? ErrorCode::Untrusted : ErrorCode::Network);
    // What is cut again and again lets others go first.
    static_cast<void>(standing.back_off.next(m_random));
}

Status Uploader::unreadable(const Asked& asked) {
    m_standings[asked.blob.key()].offset.reset();
    // Read once more, here: a store that fails is the engine's affair, and what is short is damaged.
    ASSIGN(const auto bytes, m_store.blobPart(asked.blob.sha256, asked.from, asked.bytes));
    if (bytes.size() != asked.bytes) return isDamaged(asked.blob.key());
    failed(asked, FailureKind::Cut);
    return {};
}

void Uploader::restAll(ErrorCode why, std::optional<std::uint64_t> after_seconds) {
    m_trouble = why;
    m_not_before_ms = m_now + m_back_off.next(m_random, after_seconds);
}

void Uploader::restOne(const BlobKey& key, ErrorCode why, std::optional<std::uint64_t> after_seconds) {
    m_trouble = why;
    auto& standing = m_standings[key];
    standing.not_before_ms = m_now + standing.back_off.next(m_random, after_seconds);
}

}  // namespace fieldclaim::tablet
