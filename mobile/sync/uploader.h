#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mobile/sync/sync_events.h"
#include "mobile/sync/sync_store.h"

namespace fieldclaim::tablet {

// What happens to the uploader.
struct UploadTurn {};      ///< it may ask next
struct UploadsStopped {};  ///< its request was cancelled, or all begins again
using UploadEvent = std::variant<UploadTurn, Replied, Failed, UploadsStopped>;

struct UploadSend {
    std::string method;
    std::string path;
    std::map<std::string, std::string> headers;
    Bytes body;
    std::int64_t deadline_ms = 0;
};
/// What it asks of the engine.
struct UploadActions {
    std::optional<UploadSend> send;
    std::optional<ErrorCode> wait;  ///< not before a back-off
    std::vector<std::string> done;  ///< claims of blobs that are whole on the server now
    bool moved = false;             ///< the server answered well
};

/// Sends blobs by tus, one request at a time, as a state machine of its own inside the sync engine: it has no requests,
/// sessions or timers, and never assumes how far an upload has come. Borrows the store for its whole life.
class Uploader {
public:
    explicit Uploader(SyncStore& store);

    /// An error is the store's, or BadInput for a reply that is not understood. A turn that sends
    /// nothing says that there is nothing to send.
    Result<UploadActions> step(const UploadEvent& event);
    /// A blob was chosen, and is not whole on the server.
    bool underWay() const { return m_upload.has_value(); }
    std::uint64_t sent() const { return m_sent; }  ///< of the one under way, in bytes
    std::uint64_t size() const { return m_upload ? m_upload->blob.size : 0; }

private:
    enum class Kind { Create, Ask, Part };
    struct Upload {
        BlobUpload blob;
        std::optional<std::uint64_t> offset;  ///< nothing: ask
    };

    Status turn();
    Status replied(const Replied& reply);
    Status began(const Replied& reply);
    Status stands(const Replied& reply);
    Status partDone(std::uint64_t offset);
    Status refused(int status);
    void failed();
    void send(Kind kind, std::string method, std::string path, Bytes body, std::map<std::string, std::string> headers);

    SyncStore& m_store;
    UploadActions m_actions;
    std::optional<Upload> m_upload;
    Kind m_kind = Kind::Create;
    std::size_t m_part_bytes;
    std::uint64_t m_sent = 0;
};

}  // namespace fieldclaim::tablet
