#include "tests/simulation/bugs.h"

namespace fieldclaim::sim {
namespace {

using server::TransferAction;
using server::TransferRecord;
using server::TransferState;

/// Passes every call on, but for what the bug changes.
class BuggyOutbox final : public server::TransferStore {
public:
    BuggyOutbox(server::TransferStore& store, Bug bug) : m_store(store), m_bug(bug) {}

    Result<std::optional<TransferRecord>> nextDue(const std::string& target, std::int64_t now_ms,
                                                  const std::set<std::string>& in_flight) override {
        auto out = m_store.nextDue(target, now_ms, in_flight);
        if (!out || !*out) return out;
        auto& record = **out;
        if (m_bug == Bug::FreshKey) {
            record.idempotency_key = toHex(sha256(asBytes(record.idempotency_key + std::to_string(++m_tries))));
        }
        if (m_bug == Bug::PayloadMadeAnew) {
            const auto at = record.payload.find("Caernarfon");
            if (at != std::string::npos) record.payload.replace(at, 10, "Porthmadog");
        }
        return out;
    }
    Result<TransferRecord> load(const std::string& id) override { return m_store.load(id); }
    Result<std::int64_t> save(const TransferRecord& record, const std::vector<TransferAction>& actions) override {
        if (m_bug == Bug::SendNotNoted && record.state == TransferState::Sending) return record.revision;
        return m_store.save(record, actions);
    }

private:
    server::TransferStore& m_store;
    Bug m_bug;
    std::uint64_t m_tries = 0;
};

}  // namespace

std::unique_ptr<server::TransferStore> withBug(server::TransferStore& store, Bug bug) {
    return std::make_unique<BuggyOutbox>(store, bug);
}

}  // namespace fieldclaim::sim
