#include "mobile/sync/uploader.h"

#include <algorithm>
#include <utility>

#include "mobile/sync/http_reply.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kFirstPartBytes = 256U << 10U;
constexpr std::size_t kLeastPartBytes = 32U << 10U;
constexpr std::size_t kMostPartBytes = 4U << 20U;
constexpr std::int64_t kAskDeadlineMs = 30'000;
constexpr std::int64_t kPartDeadlineMs = 120'000;
constexpr int kChecksumMismatch = 460;

}  // namespace

Uploader::Uploader(SyncStore& store) : m_store(store), m_part_bytes(kFirstPartBytes) {}

Result<UploadActions> Uploader::step(const UploadEvent& event) {
    m_actions = {};
    Status result;
    if (std::holds_alternative<UploadTurn>(event)) {
        result = turn();
    } else if (const auto* reply = std::get_if<Replied>(&event)) {
        result = replied(*reply);
    } else if (std::holds_alternative<Failed>(event)) {
        failed();
    } else {
        m_upload.reset();
    }
    TRY(result);
    return std::exchange(m_actions, {});
}

void Uploader::send(Kind kind, std::string method, std::string path, Bytes body,
                    std::map<std::string, std::string> headers) {
    m_kind = kind;
    headers["Tus-Resumable"] = "1.0.0";
    if (!body.empty()) headers["Content-Type"] = "application/offset+octet-stream";
    m_actions.send = UploadSend{std::move(method), std::move(path), std::move(headers), std::move(body),
                                kind == Kind::Ask ? kAskDeadlineMs : kPartDeadlineMs};
}

Status Uploader::turn() {
    if (!m_upload) {
        ASSIGN(auto next, m_store.nextUpload());
        if (!next) return {};
        m_upload = Upload{std::move(*next), std::nullopt};
    }
    const auto& blob = m_upload->blob;
    if (blob.url.empty()) {
        Bytes body;
        if (blob.size <= m_part_bytes) {
            ASSIGN(body, m_store.blobPart(blob.sha256, 0, blob.size));
        }
        m_sent = 0;
        send(Kind::Create, "POST", "/v1/uploads", std::move(body),
             {{"Upload-Length", std::to_string(blob.size)},
              {"Upload-Metadata",
               "sha256 " + toBase64(asBytes(toHex(blob.sha256))) + ",claim " + toBase64(asBytes(blob.claim))}});
    } else if (!m_upload->offset) {
        send(Kind::Ask, "HEAD", blob.url, {}, {});
    } else {
        ASSIGN(auto body, m_store.blobPart(blob.sha256, *m_upload->offset, m_part_bytes));
        if (body.empty()) return fail(ErrorCode::Damaged, "a blob is shorter than its size");
        m_sent = *m_upload->offset;
        send(Kind::Part, "PATCH", blob.url, std::move(body), {{"Upload-Offset", std::to_string(m_sent)}});
    }
    return {};
}

Status Uploader::replied(const Replied& reply) {
    if (!m_upload) return {};
    if (!isGood(reply.status)) return refused(reply.status);
    return m_kind == Kind::Create ? began(reply) : stands(reply);
}

Status Uploader::began(const Replied& reply) {
    const auto location = reply.headers.find("location");
    const auto path = location == reply.headers.end() ? std::string() : pathOf(location->second);
    const auto offset = numberAt(reply.headers, "upload-offset");
    if (path.empty() || !offset) return fail(ErrorCode::BadInput, "an upload without Location or Upload-Offset");
    m_upload->blob.url = path;
    TRY(m_store.uploadAt(m_upload->blob.sha256, path));
    return partDone(*offset);
}

Status Uploader::stands(const Replied& reply) {
    const auto offset = numberAt(reply.headers, "upload-offset");
    if (!offset || *offset > m_upload->blob.size) return fail(ErrorCode::BadInput, "an upload without a right offset");
    if (m_kind == Kind::Part) m_part_bytes = std::min(kMostPartBytes, m_part_bytes * 2);
    return partDone(*offset);
}

Status Uploader::partDone(std::uint64_t offset) {
    m_actions.moved = true;
    m_upload->offset = offset;
    m_sent = offset;
    if (offset < m_upload->blob.size) return {};
    TRY(m_store.uploaded(m_upload->blob.sha256));
    m_actions.done.push_back(m_upload->blob.claim);
    m_upload.reset();
    return {};
}

Status Uploader::refused(int status) {
    if (status == kConflict) {
        // We and the server disagree how far it has come: ask, never assume (hazard H14).
        m_upload->offset.reset();
        m_actions.wait = ErrorCode::Conflict;
        return {};
    }
    if (m_kind != Kind::Create && (status == kNotFound || status == kGone || status == kChecksumMismatch)) {
        TRY(m_store.uploadAt(m_upload->blob.sha256, {}));
        m_upload.reset();
        if (status == kChecksumMismatch) m_actions.wait = ErrorCode::Damaged;
        return {};
    }
    if (status >= 400 && status < 500) {
        const auto blob = std::exchange(m_upload, std::nullopt)->blob;
        return m_store.uploadRefused(blob.sha256, "The server answered " + std::to_string(status));
    }
    m_upload->offset.reset();
    m_actions.wait = ErrorCode::Network;
    return {};
}

void Uploader::failed() {
    if (!m_upload || m_kind == Kind::Ask) return;
    m_part_bytes = std::max(kLeastPartBytes, m_part_bytes / 2);
    m_upload->offset.reset();
}

}  // namespace fieldclaim::tablet
