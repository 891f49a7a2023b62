#include "tests/integration/fault_sweep/sync_world.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <fstream>
#include <set>

#include "shared/domain/records.h"
#include "sync-server/service/ledger_rebuild.h"
#include "tests/integration/fault_sweep/watched_store.h"
#include "tests/support/tablet/fake_tablet.h"

namespace fieldclaim::test {
namespace {

namespace fs = std::filesystem;
using server::LedgerSnapshot;
using tablet::OwnState;
using tablet::Vault;

constexpr const char* kSite = "caernarfon";
constexpr const char* kPassphrase = "correct horse battery";
constexpr std::int64_t kLongestMs = 600'000;

/// scrypt with N = 16: the strength of a passphrase is not what is tried here.
Vault::Options vaultOptions() { return {{16, 1, 1}, 0}; }

server::Server::Options serverOptions(const fs::path& folder) {
    server::Server::Options out;
    out.data = folder / "server";
    out.inline_writer = true;
    return out;
}

template <typename T>
T must(Result<T> result) {
    if (!result) ensureFailed(describe(result.error()).c_str(), __FILE__, __LINE__);
    return std::move(*result);
}
void must(const Status& status) {
    if (!status) ensureFailed(describe(status.error()).c_str(), __FILE__, __LINE__);
}

ChangeSet saveAnswer(Vault& vault, const std::string& crn, const std::string& path, const std::string& value) {
    const auto state = must(vault.claimState(crn));
    return must(vault.save({crn, {{state.edit(path, value)}, std::nullopt}, "working-age/1", {}, {}, {}}));
}

}  // namespace

QString sweepFolder() {
    const auto memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/fieldclaim-sweep-XXXXXX");
}

SyncBeginning::SyncBeginning(const fs::path& in_folder) : folder(in_folder) {
    fs::create_directories(folder / "tablet");
    TestServer server(serverOptions(folder));
    FakeTablet colleague(server.clock, server.random, "Tablet 2");
    must(colleague.join(*server, kSite));
    colleagues_crn = colleague.beginClaim(kSite);
    for (const char* path : {"a/surname", "a/nino", "a/postcode"}) colleague.save(colleagues_crn, path, Value("x"));
    must(colleague.push(*server));

    const auto device_key = KeyPair::make(server.random);
    const auto code = must(EnrolmentCode::parse(must(server->enrolment().makeCode(kSite))));
    EnrolRequest request{code.secret, device_key.public_key, "Tablet 1", {}};
    request.proof = signEd25519(device_key.secret, enrolMessage(request.secret, request.device_key));
    const auto enrolled = must(server->enrolment().enrol(request));
    const auto added = must(server->directory().addOfficer("Bronwen Pugh", kSite, "assessor"));
    officer = added.id;

    std::ofstream(folder / "tablet/device.key", std::ios::binary) << asText(device_key.secret);
    const OfficerInfo info{officer, "Bronwen Pugh", "assessor", kSite};
    const tablet::DeviceSetup setup{
        "https://localhost:1", server->keys().ca.certificatePem(), enrolled.device, kSite, "Caernarfon", {info}};
    const auto vault = must(Vault::create((folder / "tablet").string(), setup, {info, added.code, kPassphrase},
                                          server.clock, server.random, vaultOptions()));
    crn = Crn::make(server.random);
    ClaimKey key{};
    server.random.fill(key.data(), key.size());
    const Bytes image(5'000, 0x5A);
    saved.push_back(must(vault->save({crn,
                                      {{Edit{std::string(kSitePath), Value(kSite), {}}}, std::nullopt},
                                      "working-age/1",
                                      key,
                                      kSite,
                                      {image}}))
                        .hash);
    for (const char* path : {"a/surname", "a/nino", "a/postcode", "a/rent", "a/surname"})
        saved.push_back(saveAnswer(*vault, crn, path, "first").hash);
}

SyncWorld::SyncWorld(const SyncBeginning& beginning, const fs::path& folder)
    : SyncWorld(beginning, folder, (fs::remove_all(folder), AsItIs())) {
    fs::copy(beginning.folder, m_folder, fs::copy_options::recursive);
}

SyncWorld::SyncWorld(const SyncBeginning& beginning, const fs::path& folder, AsItIs as_it_is)
    : m_beginning(beginning), m_folder(folder), m_random(as_it_is.seed), m_saved(beginning.saved) {
    m_clock.advance(60'000);
}

Status SyncWorld::openServer() {
    auto options = serverOptions(m_folder);
    options.at = m_moment;
    ASSIGN(m_server, server::Server::open(std::move(options), m_clock, m_random, m_metrics));
    m_wire = std::make_unique<ApiWire>(*m_server, m_clock, m_metrics);
    return {};
}

Status SyncWorld::openTablet() {
    ASSIGN(m_vault, Vault::open((m_folder / "tablet").string(), m_clock, m_random, vaultOptions()));
    TRY(m_vault->unlock(m_beginning.officer, kPassphrase));
    m_vault_store = std::make_unique<tablet::VaultSyncStore>(*m_vault);
    m_store = std::make_unique<WatchedStore>(*m_vault_store, m_moment);
    m_engine = std::make_unique<tablet::SyncEngine>(*m_store, m_random);
    return {};
}

void SyncWorld::close() {
    m_asked.clear();
    m_timers.clear();
    m_engine.reset();
    m_store.reset();
    m_vault_store.reset();
    m_vault.reset();
    m_wire.reset();
    m_server.reset();
}

void SyncWorld::step(decltype(tablet::Event::what) what) {
    perform(m_engine->step({m_clock.uptimeMs(), m_clock.wallMs(), std::move(what)}));
}

void SyncWorld::perform(std::vector<tablet::Action> actions) {
    for (auto& action : actions) {
        if (auto* send = std::get_if<tablet::Send>(&action)) {
            m_asked.push_back(std::move(*send));
        } else if (const auto* timer = std::get_if<tablet::SetTimer>(&action)) {
            m_timers.erase(timer->timer);
            if (timer->delay_ms >= 0) m_timers[timer->timer] = m_clock.uptimeMs() + timer->delay_ms;
        } else if (const auto* cancel = std::get_if<tablet::CancelRequest>(&action)) {
            std::erase_if(m_asked, [&](const auto& asked) { return asked.request == cancel->request; });
        }
    }
}

void SyncWorld::save(const std::string& path, const std::string& value) {
    const auto state = m_vault->claimState(m_beginning.crn);
    if (!state) return;
    const auto done = m_vault->save(
        {m_beginning.crn, {{state->edit(path, Value(value))}, std::nullopt}, "working-age/1", {}, {}, {}});
    if (!done) return;
    m_saved.push_back(done->hash);
    m_moment("saved");
    step(tablet::Saved{});
}

bool SyncWorld::sync(int steps) {
    if (!m_engine) return false;
    const auto until = m_clock.uptimeMs() + kLongestMs;
    step(tablet::Started{});
    step(tablet::NetworkChanged{true});
    for (int i = 0; i < steps && m_clock.uptimeMs() < until; ++i) {
        if (i == 4) save("a/surname", "second " + std::to_string(++m_more_answers));
        if (!m_asked.empty()) {
            auto send = std::move(m_asked.front());
            m_asked.erase(m_asked.begin());
            m_clock.advance(20);
            if (!m_wire) {
                step(tablet::Failed{send.request, tablet::FailureKind::NotReached});
                continue;
            }
            auto reply = m_wire->call(send.method, send.path, send.headers, send.body, "192.0.2.1");
            step(tablet::Replied{send.request, reply.status, std::move(reply.headers), std::move(reply.body)});
            continue;
        }
        if (m_engine->idle()) {
            const auto counts = m_store->counts();
            if (counts && counts->acknowledged == counts->saved && counts->blobs_waiting == 0 && i > 4) return true;
        }
        const auto next = std::min_element(m_timers.begin(), m_timers.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        if (next == m_timers.end()) return false;
        const int timer = next->first;
        m_clock.advance(std::max<std::int64_t>(0, next->second - m_clock.uptimeMs()));
        m_timers.erase(next);
        step(tablet::TimerFired{timer});
    }
    return false;
}

std::string SyncWorld::whatIsWrong() {
    if (const auto sound = m_server->store().check(); !sound) return "server: " + describe(sound.error());
    const auto rows = m_vault->changeSets(m_beginning.crn);
    if (!rows) return "vault: " + describe(rows.error());
    std::map<Hash, OwnState> own;
    for (const auto& each : *rows) own.emplace(each.change_set.hash, each.own ? each.state : OwnState::InLedger);
    for (const auto& hash : m_saved) {
        if (!own.contains(hash)) return "an answer that was shown as saved is not in the vault";
    }
    const auto kept = m_server->store().read([&](const LedgerSnapshot& now) -> Result<std::string> {
        for (const auto& each : *rows) {
            if (!each.own || each.state == OwnState::Pending) continue;
            const auto& header = each.change_set.header;
            ASSIGN(const auto known, now.chains().changeSet(header.author, header.incarnation, header.counter));
            if (!known || known->hash != each.change_set.hash)
                return std::string("the tablet calls received what the server does not have");
        }
        return std::string();
    });
    if (!kept) return "server: " + describe(kept.error());
    if (!kept->empty()) return *kept;
    if (auto ahead = whatTheCursorPassed(); !ahead.empty()) return ahead;
    const auto claims = [&] {
        return m_server->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); });
    };
    const auto before = claims();
    if (!before) return "server: " + describe(before.error());
    if (const auto rebuilt = server::rebuildFolded(m_server->store()); !rebuilt)
        return "rebuild: " + describe(rebuilt.error());
    if (*claims() != *before) return "the server's folded claims are not the fold of its rows";
    return {};
}

std::string SyncWorld::whatTheCursorPassed() {
    const auto position = m_store->pullPosition();
    if (!position) return "vault: " + describe(position.error());
    if (position->full) return {};  // those are the cursors of a copy in the making
    std::map<std::string, ClaimState> folds;
    const Status read = m_server->store().readJob([&](const LedgerSnapshot& now) {
        return now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
            const auto cursor = position->cursors.find(row.scope);
            if (cursor == position->cursors.end() || row.seq > cursor->second) return {};
            for (const auto& bytes : row.change_sets) {
                ASSIGN(const auto change_set, decodeChangeSet(bytes));
                folds[row.claim].apply(change_set);
            }
            return {};
        });
    });
    if (!read) return describe(read.error());
    for (const auto& [crn, fold] : folds) {
        const auto base = m_vault->baseState(crn);
        if (!base) return "a claim below the cursor is not in the vault";
        if (encodeClaimState(*base) != encodeClaimState(fold)) return "the cursor is ahead of what was read";
    }
    return {};
}

std::string SyncWorld::whatDiffers() {
    std::map<ChangeSetId, int> times;
    std::map<std::string, Bytes> states;
    const Status read = m_server->store().readJob([&](const LedgerSnapshot& now) -> Status {
        TRY(now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
            for (const auto& id : row.ids) ++times[id];
            return {};
        }));
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim : claims) states[claim.crn] = claim.state;
        return {};
    });
    if (!read) return describe(read.error());
    for (const auto& hash : m_saved) {
        ChangeSetId id{};
        std::copy_n(hash.begin(), id.size(), id.begin());
        if (times[id] != 1) return "a saved answer is in the ledger " + std::to_string(times[id]) + " times";
    }
    for (const auto& [id, count] : times) {
        if (count > 1) return "a change set is in the ledger twice";
    }
    for (const auto& crn : {m_beginning.crn, m_beginning.colleagues_crn}) {
        const auto state = m_vault->claimState(crn);
        if (!state) return "vault: " + describe(state.error());
        if (encodeClaimState(*state) != states[crn]) return "tablet and server show a claim differently";
    }
    return {};
}

}  // namespace fieldclaim::test
