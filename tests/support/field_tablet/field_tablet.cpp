#include "tests/support/field_tablet/field_tablet.h"

#include <algorithm>
#include <fstream>

#include "shared/domain/records.h"

namespace fieldclaim::test {
namespace {

constexpr const char* kPassphrase = "correct horse battery";

template <typename T>
T must(Result<T> result) {
    if (!result) ensureFailed(describe(result.error()).c_str(), __FILE__, __LINE__);
    return std::move(*result);
}

}  // namespace

FieldTablet::FieldTablet(StoreKind kind, TestServer& server, const std::string& site, const std::string& officer)
    : m_server(server), m_device_key(KeyPair::make(server.random)) {
    const auto code = must(EnrolmentCode::parse(must(server->enrolment().makeCode(site))));
    EnrolRequest request{code.secret, m_device_key.public_key, "Tablet of " + officer, {}};
    request.proof = signEd25519(m_device_key.secret, enrolMessage(request.secret, request.device_key));
    m_device = must(server->enrolment().enrol(request)).device;
    const auto added = must(server->directory().addOfficer(officer, site, "assessor"));
    if (kind == StoreKind::Memory) {
        const auto key = KeyPair::make(server.random);
        auto made = std::make_unique<tablet::MemorySyncStore>(
            tablet::SyncIdentity{m_device,
                                 m_device_key.secret,
                                 server->sessions().caKeyHash(),
                                 "field-tablet",
                                 {},
                                 server->keys().ca.certificatePem()},
            tablet::UnregisteredAuthor{Uuid::make(server.clock, server.random), added.id, added.code, key.public_key},
            key);
        m_memory = made.get();
        m_store = std::move(made);
        return;
    }
    const auto folder = server.options.data / ("tablet-" + m_device.text());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "device.key", std::ios::binary) << asText(m_device_key.secret);
    const OfficerInfo info{added.id, officer, "assessor", site};
    m_vault = must(tablet::Vault::create(folder.string(),
                                         {"https://localhost:1",
                                          server->keys().ca.certificatePem(),
                                          m_device,
                                          site,
                                          site,
                                          {info},
                                          server->keys().recovery.public_key},
                                         {info, added.code, kPassphrase}, server.clock, server.random,
                                         tablet::Vault::Options{{16, 1, 1}, 0}));
    m_store = std::make_unique<tablet::VaultSyncStore>(*m_vault);
}

std::string FieldTablet::begin(const std::string& site) {
    const auto crn = Crn::make(m_server.random);
    ClaimKey key{};
    m_server.random.fill(key.data(), key.size());
    Payload payload{{Edit{std::string(kSitePath), Value(site), {}}}, std::nullopt};
    if (m_memory != nullptr) {
        m_memory->save(crn, std::move(payload), m_server.clock.wallMs(), key);
    } else {
        must(m_vault->save({crn, std::move(payload), "working-age/1", key, site, {}}));
    }
    return crn;
}

ChangeSet FieldTablet::saveEdits(const std::string& crn, std::vector<Edit> edits) {
    Payload payload{std::move(edits), std::nullopt};
    if (m_memory != nullptr) return m_memory->save(crn, std::move(payload), m_server.clock.wallMs());
    return must(m_vault->save({crn, std::move(payload), "working-age/1", std::nullopt, {}, {}}));
}

ChangeSet FieldTablet::save(const std::string& crn, const std::string& path, Value value) {
    return saveEdits(crn, {state(crn).edit(path, std::move(value))});
}

ChangeSet FieldTablet::intend(const std::string& crn, Value intent) {
    Payload payload{{}, std::move(intent)};
    if (m_memory != nullptr) return m_memory->save(crn, std::move(payload), m_server.clock.wallMs());
    return must(m_vault->save({crn, std::move(payload), "working-age/1", std::nullopt, {}, {}}));
}

ClaimState FieldTablet::state(const std::string& crn) const {
    if (m_memory != nullptr) return m_memory->state(crn);
    auto out = m_vault->claimState(crn);
    if (!out && out.error().code == ErrorCode::NotFound) return {};
    return must(std::move(out));
}

bool FieldTablet::holds(const std::string& crn) const {
    if (m_memory != nullptr) return m_memory->claims().contains(crn);
    const auto rows = must(m_vault->claims());
    return std::any_of(rows.begin(), rows.end(), [&](const tablet::ClaimRow& row) { return row.crn == crn; });
}

FieldTablet::Standing FieldTablet::standing(const ChangeSet& change_set) const {
    if (m_memory != nullptr) {
        for (const auto& own : m_memory->own()) {
            if (own.change_set.hash != change_set.hash) continue;
            return {own.acknowledged, own.in_ledger, own.set_aside, own.refused, own.note};
        }
        return {};
    }
    using tablet::OwnState;
    for (const auto& stored : must(m_vault->changeSets(change_set.header.claim))) {
        if (!stored.own || stored.change_set.hash != change_set.hash) continue;
        return {stored.state != OwnState::Pending, stored.state == OwnState::InLedger,
                stored.state == OwnState::SetAside, stored.state == OwnState::Refused, stored.note};
    }
    return {};
}

Status FieldTablet::openSession() {
    ASSIGN(const auto identity, m_store->identity());
    SessionRequest request;
    request.device = identity.device;
    ASSIGN(const auto first, m_server->sessions().open(request));
    request.nonce = first.nonce;
    request.signature =
        signEd25519(identity.device_secret, sessionMessage(identity.device, request.nonce, identity.ca_key_hash));
    if (identity.store_secret) {
        const auto store = KeyPair::fromSecret(*identity.store_secret);
        request.store_key = store.public_key;
        request.store_signature =
            signEd25519(store.secret, storeMessage(identity.device, request.nonce, identity.ca_key_hash));
    }
    ASSIGN(const auto authors, m_store->unregisteredAuthors());
    for (const auto& author : authors) {
        const auto signature = m_store->signAsAuthor(
            author.author, authorMessage(author.author, author.officer, request.nonce, identity.ca_key_hash));
        if (signature)
            request.authors.push_back({author.author, author.officer, author.code, author.author_key, *signature});
    }
    ASSIGN(const auto second, m_server->sessions().open(request));
    for (const auto& author : request.authors) {
        if (!second.refused.contains(author.author.text())) TRY(m_store->authorRegistered(author.author));
    }
    m_token = second.token;
    return {};
}

Status FieldTablet::hello() {
    TRY(openSession());
    ASSIGN(const auto session, m_server->sessions().check(m_token));
    ASSIGN(const auto position, m_store->position());
    HelloRequest request;
    request.app = "field-tablet";
    request.epoch = position.epoch;
    request.heads = position.heads;
    request.cursors = position.cursors;
    request.pending = position.pending;
    ASSIGN(const auto reply, m_server->sync().hello(session, request));
    ASSIGN(const auto others, m_store->helloReceived(reply, m_server.clock.wallMs()));
    for (const auto& head : others) TRY(m_store->forked(head.author, head.incarnation));
    return {};
}

Status FieldTablet::push() {
    ASSIGN(const auto session, m_server->sessions().check(m_token));
    while (true) {
        ASSIGN(const auto sent, m_store->outbox(kMaxPushBytes));
        if (sent.segments.empty()) return {};
        ASSIGN(const auto position, m_store->pullPosition());
        ASSIGN(const auto request, decode<PushRequest>(encode(PushRequest{position.epoch, sent.keys, sent.segments})));
        ASSIGN(const auto reply, m_server->sync().push(session, request));
        TRY(m_store->pushReceived(sent, reply));
        for (const auto& result : reply.results) {
            if (result.outcome == PushOutcome::Fork) TRY(m_store->forked(result.author, result.incarnation));
        }
    }
}

Status FieldTablet::fetchSnapshots(const server::Session& session) {
    while (true) {
        ASSIGN(const auto at, m_store->snapshotPosition());
        if (!at) return {};
        if (m_lost_before && (*m_lost_before)-- == 0) {
            m_lost_before.reset();
            return fail(ErrorCode::Network, "lost");
        }
        const auto found = m_server->snapshots().open(session, at->scope, at->etag);
        if (!found && found.error().code == ErrorCode::Conflict) {
            TRY(m_store->snapshotLost(at->scope));
            continue;
        }
        TRY(found);
        const auto size = std::filesystem::file_size(found->path);
        Bytes part(std::min<std::uint64_t>(m_part_bytes, size - at->offset));
        std::ifstream file(found->path, std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at->offset));
        file.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(part.size()));
        m_snapshot_bytes += part.size();
        ASSIGN(const bool good,
               m_store->snapshotPartReceived({at->scope, found->etag, at->offset, size, std::move(part)}));
        if (!good) return fail(ErrorCode::Damaged, "a snapshot that cannot be used");
    }
}

Status FieldTablet::pull() {
    ASSIGN(const auto session, m_server->sessions().check(m_token));
    for (int page = 0; page < 1'000; ++page) {
        TRY(fetchSnapshots(session));
        ASSIGN(const auto position, m_store->pullPosition());
        PullRequest asked{position.epoch, position.cursors, position.full};
        asked.entering = position.entering;
        asked.purged = position.purged;
        asked.whole = true;
        ASSIGN(const auto request, decode<PullRequest>(encode(asked)));
        const auto raw = m_server->sync().pull(session, request);
        if (!raw && raw.error().code == ErrorCode::SnapshotNeeded) {
            TRY(m_store->snapshotsNeeded());
            continue;
        }
        TRY(raw);
        ASSIGN(const auto reply, decode<PullReply>(encode(*raw)));
        ASSIGN(const auto outcome, m_store->pullReceived(reply));
        if (outcome.fresh_needed) {
            ++m_fresh;
            TRY(m_store->beginFreshPull());
        } else if (!reply.more) {
            return {};
        }
    }
    return fail(ErrorCode::Internal, "the pull does not end");
}

Status FieldTablet::sync() {
    TRY(hello());
    TRY(push());
    return pull();
}

}  // namespace fieldclaim::test
