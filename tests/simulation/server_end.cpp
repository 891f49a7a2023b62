#include "tests/simulation/server_end.h"

#include <unistd.h>

#include <algorithm>

#include "shared/domain/records.h"
#include "shared/wire/compression.h"
#include "sync-server/service/ledger_names.h"
#include "tests/simulation/server_wire.h"
#include "tests/simulation/torn_write.h"

namespace fieldclaim::sim {
namespace {

namespace fs = std::filesystem;
using server::LedgerSnapshot;

server::Server::Options options(const fs::path& folder) {
    server::Server::Options out;
    out.data = folder;
    out.inline_writer = true;
    return out;
}

Seat enrol(server::Server& server, const std::string& site, Random& random) {
    Seat seat{site, scopeOfSite(site), {}, KeyPair::make(random), {}, {}};
    const auto code = must(EnrolmentCode::parse(must(server.enrolment().makeCode(site))));
    EnrolRequest request{code.secret, seat.device_key.public_key, "Tablet", {}};
    request.proof = signEd25519(seat.device_key.secret, enrolMessage(request.secret, request.device_key));
    seat.device = must(server.enrolment().enrol(request)).device;
    const auto added = must(server.directory().addOfficer("Officer", site, "assessor"));
    seat.officer = added.id;
    seat.officer_code = added.code;
    return seat;
}

/// So that the rows of the answer can be meddled with.
tablet::Send asksWhole(tablet::Send request) {
    if (request.path != "/v1/sync/pull") return request;
    auto asked = must(decode<PullRequest>(plain(request)));
    asked.whole = true;
    request.body = deflateBytes(encode(asked));
    return request;
}

}  // namespace

ServerTemplate::ServerTemplate() {
    const fs::path memory = "/dev/shm";
    const auto base = ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
    m_folder = base / ("fieldclaim-sim-" + std::to_string(::getpid()));
    fs::remove_all(m_folder);
    m_packs = std::make_unique<SimPacks>(m_folder);
    const std::int64_t begin = 0;
    const WorldClock clock(begin);
    Chance chance(1);
    server::Metrics metrics;
    const auto server = must(server::Server::open(options(m_folder / "template"), clock, chance, metrics));
    for (std::size_t site = 0; site < kSites; ++site) {
        const std::string id = site == 0 ? "caernarfon" : "llanrwst";
        must(server->directory().addSite(id, id));
        for (std::size_t i = 0; i < kSeats; ++i) m_seats[site].push_back(enrol(*server, id, chance));
    }
    m_supervisor = must(server->directory().addOfficer("Supervisor", "caernarfon", "supervisor")).id;
    m_ca_key_hash = server->sessions().caKeyHash();
    m_ca_pem = server->keys().ca.certificatePem();
}

ServerTemplate::~ServerTemplate() {
    std::error_code none;
    fs::remove_all(m_folder, none);
}

void ServerTemplate::copyTo(const fs::path& folder) const {
    fs::remove_all(folder);
    fs::copy(m_folder / "template", folder, fs::copy_options::recursive);
}

ServerEnd::ServerEnd(World& world, const ServerTemplate& ready, const fs::path& folder, Bug bug)
    : m_world(world),
      m_bug(bug),
      m_folder(folder),
      m_clock(world.nowRef()),
      m_chance(world.stream(Stream::Server)),
      m_packs(ready.packs()) {
    ready.copyTo(m_folder);
    auto chance = world.stream(Stream::Snapshot);
    if (chance.permille(333)) m_most_behind = static_cast<std::uint64_t>(chance.between(2, 30));
}

ServerEnd::~ServerEnd() = default;

void ServerEnd::crash() {
    if (!up()) return;
    const auto ledger = m_folder / "ledger.db";
    const auto killed = m_folder / "killed.db";
    copyAsKilled(ledger, killed);
    m_transfers.reset();
    m_wire.reset();
    m_server.reset();
    m_unwritten.clear();
    putBack(killed, ledger);
    auto chance = m_world.stream(Stream::Death, 0, ++m_deaths);
    if (!chance.permille(m_torn_permille) || !tearLog(ledger, chance)) return;
    m_world.count(Fault::TornWrite);
    m_world.trace("  in the middle of a write");
}

void ServerEnd::restart() {
    if (up()) return;
    m_clock.started_ms = m_world.now();
    m_metrics = std::make_unique<server::Metrics>();
    auto how = options(m_folder);
    how.most_behind = m_most_behind;
    if (m_more_pages) {
        constexpr std::int64_t kPageBytes = 4'096;
        how.max_pages = static_cast<std::int64_t>(fs::file_size(m_folder / "ledger.db")) / kPageBytes + *m_more_pages;
    }
    if (m_pack_version) {
        for (std::size_t i = 0; i <= *m_pack_version; ++i) how.packs.push_back(m_packs.folder(i));
        how.targets = m_targets;
    }
    if (m_journal) how.journal = journalFile();
    m_server = must(server::Server::open(std::move(how), m_clock, m_chance, *m_metrics));
    m_wire = std::make_unique<test::ApiWire>(*m_server, m_clock, *m_metrics);
    m_transfers = withBug(m_server->outbox(), m_bug);
    ++m_life;
}

void ServerEnd::openOffice(std::size_t pack_version, std::vector<server::TargetConfig> targets) {
    m_pack_version = pack_version;
    m_targets = std::move(targets);
}

void ServerEnd::callBack(const std::string& body) {
    if (up()) static_cast<void>(m_wire->call("POST", "/v1/receipts", {}, toBytes(asBytes(body)), "target"));
}

void ServerEnd::requireBlob(const std::string& crn, const std::string& digest) {
    bool here = false;
    read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto bytes, fromHex(digest));
        ASSIGN(const auto name, toArray<32>(bytes));
        ASSIGN(here, now.blobs().hasBlob(crn, name));
        return {};
    });
    require(here, "I10", "a transfer of " + crn.substr(0, 4) + " leaves without its statement");
}

void ServerEnd::read(const server::LedgerStore::ReadJob& job) { must(m_server->store().readJob(job)); }

server::TransferStore& ServerEnd::transferStore() { return *m_transfers; }

bool ServerEnd::revoke(const Uuid& device) {
    if (!m_server->directory().revokeDevice(device, "operator")) return false;
    m_revoked.insert(device);
    return true;
}

Reply ServerEnd::route(const tablet::Send& request, const std::string& peer) {
    return m_wire->call(request.method, request.path, request.headers, request.body, peer);
}

Reply ServerEnd::handle(const tablet::Send& request, const std::string& peer) {
    ENSURE(up());
    if (m_bug == Bug::AckBeforeCommit && request.path == "/v1/sync/push" && ++m_bug_turn % 2 == 0) {
        // Answers are worked out against the store, then taken back: what is kept is written with the next request.
        Reply early{};
        answerEarly(request, early);
        m_unwritten.emplace_back(request, peer);
        if (early.status != 0) {
            checkPush(request, early);
            return early;
        }
    }
    writeLate();
    const bool push = request.path == "/v1/sync/push";
    constexpr int kServerError = 500;
    if (push && m_bug == Bug::PoisonFails && holdsPoison(request)) return {kServerError, {}, {}};
    const bool meddles = m_bug == Bug::LateCommit || m_bug == Bug::LeakedScope;
    auto reply = push && m_bug == Bug::RevokedApplied ? pushAsIfNotRevoked(request, peer)
                                                      : route(meddles ? asksWhole(request) : request, peer);
    if (request.path.starts_with("/v1/snapshots/")) noteSnapshot(reply);
    if (m_bug == Bug::FinishedIsRefused && request.method == "POST" && request.path == "/v1/uploads") {
        refuseFinished(request, reply);
    }
    if (reply.status != 200) return reply;
    if (push) {
        if (m_bug == Bug::DoubleApply) applyTwice(request, reply);
        if (m_bug == Bug::ForkOverwritten) overwriteFork(request, reply);
        checkPush(request, reply);
    }
    if (request.path == "/v1/sync/hello") noteHello(request, reply);
    if (request.path == "/v1/sync/pull") {
        tracePull(request, reply);
        if (m_bug == Bug::LateCommit) serveLate(request, reply);
        if (m_bug == Bug::LeakedScope) leak(request, reply);
    }
    return reply;
}

bool ServerEnd::unpack(PushRequest& asked) const {
    const Status unpacked = m_server->store().readJob([&](const LedgerSnapshot& now) -> Status {
        server::LedgerNames names(now, asked.keys);
        std::size_t room = kMaxInflatedBytes;
        for (auto& segment : asked.segments) TRY(unpackSegment(segment, names, room));
        return {};
    });
    return unpacked.has_value();
}

void ServerEnd::noteHello(const tablet::Send& request, Reply& reply) {
    const auto asked = must(decode<HelloRequest>(plain(request)));
    auto answered = must(decode<HelloReply>(reply.body));
    if (m_bug == Bug::OrdersUnheard && !answered.orders.empty()) {
        answered.orders.clear();
        reply.body = encode(answered);
    }
    for (std::size_t i = 0; i < asked.heads.size() && i < answered.received.size(); ++i) {
        if (asked.heads[i].counter != answered.received[i].counter) m_world.met(5);
    }
}

void ServerEnd::noteSnapshot(const Reply& reply) {
    constexpr int kPartialContent = 206;
    if (reply.status != kPartialContent) return;
    m_world.met(28);
    m_world.trace("    a snapshot, " + reply.headers.at("content-range"));
}

void ServerEnd::tracePull(const tablet::Send& request, const Reply& reply) {
    const auto asked = must(decode<PullRequest>(plain(request)));
    const auto answered = must(decode<PullReply>(reply.body));
    const bool after_snapshot =
        std::any_of(asked.cursors.begin(), asked.cursors.end(), [](const auto& cursor) { return cursor.second > 0; });
    if (asked.full && after_snapshot && (!answered.packed.isNull() || !answered.rows.empty())) m_world.met(22);
    std::string line = asked.full ? "    a fresh copy" : "    news";
    for (const auto& [scope, cursor] : answered.cursors) {
        const auto from = asked.cursors.find(scope);
        line += ", " + scope + " from " + std::to_string(from == asked.cursors.end() ? 0 : from->second) + " to " +
                std::to_string(cursor);
    }
    m_world.trace(line + (answered.more ? ", and more" : ""));
}

void ServerEnd::checkPush(const tablet::Send& request, const Reply& reply) {
    auto asked = must(decode<PushRequest>(plain(request)));
    const auto answered = must(decode<PushReply>(reply.body));
    require(asked.segments.size() == answered.results.size(), "I1", "one result a segment");
    must(m_server->store().readJob([&](const LedgerSnapshot& now) -> Status {
        server::LedgerNames names(now, asked.keys);
        std::size_t room = kMaxInflatedBytes;
        for (std::size_t i = 0; i < asked.segments.size(); ++i) {
            const auto& result = answered.results[i];
            for (const auto& note : result.notes) {
                if (note.kind == NoteKind::Duplicate) m_world.met(1);
                if (note.kind == NoteKind::Quarantined) m_world.met(18);
            }
            if (result.outcome != PushOutcome::Received) continue;
            TRY(unpackSegment(asked.segments[i], names, room));
            for (const auto& bytes : asked.segments[i].change_sets) {
                const auto [header, hash] = headOf(bytes);
                if (header.counter > result.through) continue;
                ASSIGN(const auto kept, now.chains().changeSet(header.author, header.incarnation, header.counter));
                require(kept && kept->hash == hash, "I1",
                        "acknowledged and not kept: " + header.claim + " #" + std::to_string(header.counter));
                m_acknowledged.insert(hash);
            }
        }
        return {};
    }));
}

}  // namespace fieldclaim::sim
