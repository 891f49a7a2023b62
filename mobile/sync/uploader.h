#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mobile/sync/back_off.h"
#include "mobile/sync/sync_events.h"
#include "mobile/sync/sync_store.h"

namespace fieldclaim::tablet {

// What happens to the uploader.
struct UploadTurn {
    bool images = true;  ///< false: on a network that costs, statements alone
};
struct UploadsStopped {};  ///< its request, if it had one, was cancelled
struct UploadsHurried {};  ///< the officer asked, or the network is back: waits are over
using UploadEvent = std::variant<UploadTurn, Replied, Failed, UploadsStopped, UploadsHurried>;

struct UploadSend {
    std::string method;
    std::string path;
    std::map<std::string, std::string> headers;
    Bytes body;
    std::int64_t deadline_ms = 0;
    std::optional<BlobSlice> part = {};  ///< in place of `body`
};
/// What it asks of the engine.
struct UploadActions {
    std::optional<UploadSend> send;
    std::optional<std::int64_t> wake_in_ms;  ///< nothing to send before
    std::vector<std::string> done;           ///< claims of blobs that are whole on the server now
    bool answered = false;                   ///< the server answered well
    bool moved = false;                      ///< the server has bytes that it did not have before
};

/// Sends blobs by tus, one request at a time, beside the records: a state machine inside the sync engine, which gives
/// it turns, a session and time. It never assumes how far an upload has come: after anything but a plain answer it asks
/// (hazard H14). What blocks a submit goes first, then what is small; every fourth request is the oldest blob's, so
/// none starves. A blob that fails waits by itself, a network or server that fails makes all wait. Parts grow from 256
/// KiB to 10 MiB while they are quick and shrink when they are cut. Same events, same actions. Borrows store and
/// randomness.
class Uploader {
public:
    Uploader(SyncStore& store, Random& random, PartBodies bodies = PartBodies::InRequest)
        : m_store(store), m_random(random), m_bodies(bodies) {}

    /// An error is the store's, or BadInput for a reply that is not understood; the request is over all the same.
    /// Nothing is sent while a request is under way.
    Result<UploadActions> step(std::int64_t now_ms, const UploadEvent& event);

    bool asking() const { return m_asked.has_value(); }
    /// The request under way carries an image: one that may wait for a free network.
    bool askingForImage() const { return m_asked && !m_asked->blob.blocking; }
    std::uint64_t sent() const { return m_asked ? m_asked->from : 0; }  ///< of the blob under way, in bytes
    std::uint64_t size() const { return m_asked ? m_asked->blob.size : 0; }
    /// The last turn found blobs that wait for a free network, and nothing else to do.
    bool imagesHeld() const { return m_images_held; }
    /// Why it waits.
    ErrorCode trouble() const { return m_trouble; }
    std::size_t partBytes() const { return m_part_bytes; }

private:
    enum class Kind { Create, Ask, Part };
    struct Asked {
        BlobUpload blob;
        Kind kind = Kind::Create;
        std::uint64_t from = 0;
        std::size_t bytes = 0;
        std::int64_t at_ms = 0;
    };
    /// What is known of an upload in this run.
    struct Standing {
        std::optional<std::uint64_t> offset;  ///< nothing: ask
        std::uint64_t best = 0;
        std::int64_t not_before_ms = 0;
        BackOff back_off;
    };

    Status turn(const UploadTurn& given);
    Status ask(const BlobUpload& blob);
    Status askPart(const BlobUpload& blob, std::uint64_t offset);
    Status replied(const Replied& reply);
    Status stands(const Asked& asked, std::uint64_t offset);
    Status refused(const Asked& asked, const Replied& reply);
    void failed(const Asked& asked, FailureKind kind);
    Status unreadable(const Asked& asked);
    void adapt(const Asked& asked);
    void restAll(ErrorCode why, std::optional<std::uint64_t> after_seconds = std::nullopt);
    void restOne(const BlobKey& key, ErrorCode why, std::optional<std::uint64_t> after_seconds = std::nullopt);
    const BlobUpload* choose(const std::vector<BlobUpload>& uploads, bool images);
    void send(Asked asked, std::string method, std::string path, Bytes body,
              std::map<std::string, std::string> headers);
    Status isDamaged(const BlobKey& key);

    static constexpr std::size_t kFirstPartBytes = 256U << 10U;

    SyncStore& m_store;
    Random& m_random;
    PartBodies m_bodies;
    std::int64_t m_now = 0;
    UploadActions m_actions;
    std::optional<Asked> m_asked;
    std::map<BlobKey, Standing> m_standings;
    std::size_t m_part_bytes = kFirstPartBytes;
    std::uint64_t m_turns = 0;
    std::int64_t m_not_before_ms = 0;
    BackOff m_back_off;
    ErrorCode m_trouble = ErrorCode::Network;
    bool m_images_held = false;
};

}  // namespace fieldclaim::tablet
