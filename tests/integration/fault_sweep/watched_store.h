#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

#include "tests/simulation/store_around.h"

namespace fieldclaim::test {

/// A store of which a word is said before and after each call that the engine makes around a request: "pushReceived",
/// "pushReceived done". Borrows both.
class WatchedStore final : public sim::Around {
public:
    using Moment = std::function<void(std::string_view)>;
    WatchedStore(tablet::SyncStore& store, const Moment& moment) : Around(store), m_moment(moment) {}

    Status authorRegistered(const Uuid& author) override {
        return watched("authorRegistered", [&] { return m_store.authorRegistered(author); });
    }
    Result<std::vector<Head>> helloReceived(const HelloReply& reply, std::int64_t wall_ms) override {
        return watched("helloReceived", [&] { return m_store.helloReceived(reply, wall_ms); });
    }
    Result<tablet::Outbox> outbox(std::size_t most_bytes) override {
        return watched("outbox", [&] { return m_store.outbox(most_bytes); });
    }
    Status pushReceived(const tablet::Outbox& sent, const PushReply& reply) override {
        return watched("pushReceived", [&] { return m_store.pushReceived(sent, reply); });
    }
    Result<Bytes> blobPart(const Hash& sha256, std::uint64_t offset, std::size_t most) override {
        return watched("blobPart", [&] { return m_store.blobPart(sha256, offset, most); });
    }
    Status uploadAt(const tablet::BlobKey& key, const std::string& url) override {
        return watched("uploadAt", [&] { return m_store.uploadAt(key, url); });
    }
    Status uploaded(const tablet::BlobKey& key) override {
        return watched("uploaded", [&] { return m_store.uploaded(key); });
    }
    Result<tablet::PullOutcome> pullReceived(const PullReply& reply) override {
        return watched("pullReceived", [&] { return m_store.pullReceived(reply); });
    }

private:
    template <typename Call>
    std::invoke_result_t<Call> watched(const char* name, Call call) {
        m_moment(name);
        auto out = call();
        m_moment(std::string(name) + " done");
        return out;
    }

    const Moment& m_moment;
};

}  // namespace fieldclaim::test
