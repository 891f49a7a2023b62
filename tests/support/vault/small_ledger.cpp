#include "tests/support/vault/small_ledger.h"

#include "shared/domain/records.h"

namespace fieldclaim::tablet {
namespace {

constexpr const char* kScope = "site/llanrwst";

template <typename T>
void must(const T& result) {
    ENSURE(result.has_value());
}

}  // namespace

Uuid SmallLedger::colleague() {
    Uuid out;
    out.bytes.fill(0x42);
    return out;
}

Uuid SmallLedger::server() {
    Uuid out;
    out.bytes.fill(0x5e);
    return out;
}

SmallLedger::SmallLedger(Vault& vault) : m_vault(vault), m_store(vault) {
    const auto unregistered = m_store.unregisteredAuthors();
    must(unregistered);
    for (const auto& one : *unregistered) must(m_store.authorRegistered(one.author));
    HelloReply hello;
    hello.epoch.bytes[0] = 1;
    hello.server_author = server();
    hello.scopes = {kScope};
    must(m_store.helloReceived(hello, 0));
}

void SmallLedger::takeAll(const std::string& aside, const std::string& reason) {
    for (auto outbox = m_store.outbox(1U << 20U); outbox && outbox->change_sets > 0;
         outbox = m_store.outbox(1U << 20U)) {
        m_keys.insert(outbox->keys.begin(), outbox->keys.end());
        PushReply reply;
        std::vector<std::pair<std::string, Bytes>> taken;
        for (const auto& segment : outbox->segments) {
            SegmentResult result{segment.author, segment.incarnation, PushOutcome::Received, 0, {}, {}};
            for (const auto& bytes : segment.change_sets) {
                const auto change_set = decodeChangeSet(bytes);
                must(change_set);
                result.through = change_set->header.counter;
                const auto& edits = change_set->payload.edits;
                if (!aside.empty() && !edits.empty() && edits.front().path == aside) {
                    result.notes.push_back({change_set->header.counter, NoteKind::Quarantined, reason});
                } else {
                    taken.emplace_back(change_set->header.claim, bytes);
                }
            }
            reply.results.push_back(std::move(result));
        }
        must(m_store.pushReceived(*outbox, reply));
        for (auto& [crn, bytes] : taken) pull(crn, {std::move(bytes)});
    }
}

std::string SmallLedger::begin(const std::string& crn, const Uuid& author, std::int64_t device_time) {
    ClaimKey key{};
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(crn[i % crn.size()]);
    m_keys[crn] = key;
    write(crn, {{std::string(kSitePath), Value("llanrwst")}}, author, device_time, false);
    return crn;
}

ChangeSet SmallLedger::write(const std::string& crn, std::map<std::string, Value> values, const Uuid& author,
                             std::int64_t device_time, bool sees_all, const std::string& site) {
    ChangeSetHeader header;
    header.author = author;
    header.incarnation = 1;
    header.counter = ++m_counters[author];
    header.claim = crn;
    header.device_time = device_time;
    header.pack = "working-age/1";
    if (author != server()) header.seen["site/" + site] = 1;
    Payload payload;
    ClaimState state;
    if (sees_all) {
        auto stands = m_vault.claimState(crn);
        must(stands);
        state = std::move(*stands);
    }
    for (auto& [path, value] : values) payload.edits.push_back(state.edit(path, std::move(value)));
    auto made = makeChangeSet(std::move(header), std::move(payload), m_keys.at(crn));
    pull(crn, {encodeChangeSet(made)});
    return made;
}

void SmallLedger::pull(const std::string& crn, std::vector<Bytes> change_sets) {
    PullReply reply;
    reply.epoch.bytes[0] = 1;
    reply.keys = m_keys;
    reply.more = true;  // no checksum is compared
    reply.rows.push_back({kScope, ++m_seq, crn, std::move(change_sets)});
    reply.cursors[kScope] = m_seq;
    must(m_store.pullReceived(reply));
}

}  // namespace fieldclaim::tablet
