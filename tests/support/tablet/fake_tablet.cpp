#include "tests/support/tablet/fake_tablet.h"

#include "shared/domain/records.h"

namespace fieldclaim::test {

using server::Server;

FakeTablet::FakeTablet(const Clock& clock, Random& random, std::string name)
    : m_clock(clock),
      m_random(random),
      m_name(std::move(name)),
      m_device_key(KeyPair::make(random)),
      m_author_key(KeyPair::make(random)),
      m_author(Uuid::make(clock, random)) {}

Status FakeTablet::join(Server& server, const std::string& site, const std::string& officer_name) {
    ASSIGN(const auto code, server.enrolment().makeCode(site));
    TRY(enrol(server, code));
    ASSIGN(const auto officer, server.directory().addOfficer(officer_name, site, "assessor"));
    ASSIGN(const auto refused, signIn(server, officer.id, officer.code));
    if (!refused.empty()) return fail(ErrorCode::BadCode, refused);
    return hello(server).map([](const auto&) {});
}

Status FakeTablet::enrol(Server& server, const std::string& code_text) {
    ASSIGN(const auto code, EnrolmentCode::parse(code_text));
    EnrolRequest request{code.secret, m_device_key.public_key, m_name, {}};
    request.proof = signEd25519(m_device_key.secret, enrolMessage(request.secret, request.device_key));
    ASSIGN(const auto reply, server.enrolment().enrol(request));
    m_device = reply.device;
    return {};
}

Result<std::string> FakeTablet::signIn(Server& server, const std::optional<Uuid>& officer, const std::string& code) {
    SessionRequest request;
    request.device = m_device;
    ASSIGN(const auto first, server.sessions().open(request));
    const auto& ca = server.sessions().caKeyHash();
    request.nonce = first.nonce;
    request.signature = signEd25519(m_device_key.secret, sessionMessage(m_device, request.nonce, ca));
    if (officer) {
        m_officer = *officer;
        AuthorRegistration registration{m_author, *officer, code, m_author_key.public_key, {}};
        registration.signature = signEd25519(m_author_key.secret, authorMessage(m_author, *officer, request.nonce, ca));
        request.authors.push_back(std::move(registration));
    }
    ASSIGN(const auto second, server.sessions().open(request));
    m_token = second.token;
    const auto refused = second.refused.find(m_author.text());
    return refused == second.refused.end() ? std::string() : refused->second;
}

SessionRequest FakeTablet::answerNonce(const Bytes& nonce, const Hash& ca_key_hash) const {
    return {m_device, nonce, signEd25519(m_device_key.secret, sessionMessage(m_device, nonce, ca_key_hash)), {}};
}

server::Session FakeTablet::session(Server& server) const {
    auto found = server.sessions().check(m_token);
    ENSURE(found.has_value());
    return *found;
}

ChangeSetHeader FakeTablet::nextHeader(const std::string& crn) const {
    ChangeSetHeader header;
    header.author = m_author;
    header.incarnation = 1;
    header.counter = m_chain.size() + 1;
    if (!m_chain.empty()) header.previous = m_chain.back().hash;
    header.seen = m_cursors;
    for (const auto& [scope, seq] : m_said) header.seen[scope] = seq;
    header.claim = crn;
    header.device_time = m_clock.wallMs();
    header.device_uptime = m_clock.uptimeMs();
    header.pack = "working-age/test";
    return header;
}

ChangeSet FakeTablet::append(const std::string& crn, Payload payload) {
    m_chain.push_back(makeChangeSet(nextHeader(crn), std::move(payload), m_keys.at(crn)));
    return m_chain.back();
}

ChangeSet FakeTablet::saveEdits(const std::string& crn, std::vector<Edit> edits) {
    auto made = append(crn, Payload{std::move(edits), std::nullopt});
    ENSURE(m_states[crn].apply(made) == ApplyOutcome::Applied);
    return made;
}

ChangeSet FakeTablet::save(const std::string& crn, const std::string& path, Value value) {
    return saveEdits(crn, {m_states[crn].edit(path, std::move(value))});
}

ChangeSet FakeTablet::saveIntent(const std::string& crn, Value intent) {
    auto made = append(crn, Payload{{}, std::move(intent)});
    m_states[crn].apply(made);
    return made;
}

std::string FakeTablet::beginClaim(const std::string& site) {
    const auto crn = Crn::make(m_random);
    ClaimKey key{};
    m_random.fill(key.data(), key.size());
    m_keys[crn] = key;
    save(crn, std::string(kSitePath), Value(site));
    return crn;
}

Hash FakeTablet::sign(const std::string& crn, const StatementBlob& statement, const std::string& method) {
    Seal seal;
    seal.id = Uuid::make(m_clock, m_random).text();
    seal.digest = statement.digest;
    seal.signer = "Gwen O'Brien";
    seal.part = "claimant";
    seal.role = "self";
    seal.method = method;
    seal.officer = m_officer;
    seal.author = m_author;
    seal.device = m_device;
    seal.device_time = m_clock.wallMs();
    seal.signature = signEd25519(m_author_key.secret, sealMessage(seal));
    save(crn, sealPath(seal.id), encodeSeal(seal));
    return statement.digest;
}

Status FakeTablet::upload(Server& server, const std::string& crn, ByteView bytes) {
    const auto who = session(server);
    ASSIGN(const auto made, server.blobs().create(who, bytes.size(), sha256(bytes), crn));
    ASSIGN(auto writer, server.blobs().begin(who, made.id, made.offset));
    TRY(writer->write(bytes.subspan(made.offset)));
    return server.blobs().finish(who, *writer).map([](const auto&) {});
}

Segment FakeTablet::segmentFrom(std::uint64_t counter) const {
    Segment segment{m_author, 1, {}, {}};
    for (std::size_t i = counter - 1; i < m_chain.size(); ++i)
        segment.change_sets.push_back(encodeChangeSet(m_chain[i]));
    segment.signature = signEd25519(m_author_key.secret,
                                    segmentMessage(m_author, 1, m_chain.back().header.counter, m_chain.back().hash));
    return segment;
}

PushRequest FakeTablet::pushRequest(std::uint64_t from) const {
    PushRequest request{m_epoch, m_keys, {}};
    if (from <= m_chain.size()) request.segments.push_back(segmentFrom(from));
    return request;
}

Result<PushReply> FakeTablet::pushRaw(Server& server, const PushRequest& request) {
    // Through the bytes, as it travels.
    ASSIGN(const auto decoded, decode<PushRequest>(encode(request)));
    ASSIGN(const auto reply, server.sync().push(session(server), decoded));
    return decode<PushReply>(encode(reply));
}

Result<PushReply> FakeTablet::push(Server& server) {
    ASSIGN(auto reply, pushRaw(server, pushRequest(m_received + 1)));
    for (const auto& result : reply.results) {
        if (result.outcome == PushOutcome::Received) m_received = result.through;
    }
    return reply;
}

Result<HelloReply> FakeTablet::hello(Server& server) {
    HelloRequest request;
    request.app = "fake-tablet";
    request.epoch = m_epoch;
    request.heads.push_back({m_author, 1, m_chain.size(), m_chain.empty() ? Hash{} : m_chain.back().hash});
    request.cursors = m_cursors;
    request.pending = m_chain.size() - m_received;
    ASSIGN(auto reply, server.sync().hello(session(server), request));
    if (!m_epoch.isNil() && reply.epoch != m_epoch) {
        // Another history: everything is read again, and what the server lost is offered again.
        m_cursors.clear();
        m_rows.clear();
        m_entering.clear();
        m_pulled.clear();
        m_received = reply.received.at(0).counter;
    }
    m_epoch = reply.epoch;
    return reply;
}

Status FakeTablet::pull(Server& server, bool full) {
    m_last_rows.clear();
    while (true) {
        PullRequest asked{m_epoch, m_cursors, full};
        asked.whole = true;
        asked.entering = m_entering;
        asked.purged = m_dropped;
        ASSIGN(const auto request, decode<PullRequest>(encode(asked)));
        ASSIGN(const auto raw, server.sync().pull(session(server), request));
        ASSIGN(const auto reply, decode<PullReply>(encode(raw)));
        for (const auto& [crn, key] : reply.keys) m_keys[crn] = key;
        for (const auto& row : reply.rows) {
            m_last_rows.push_back(row);
            m_scopes[row.claim] = row.scope;
            if (m_rows.contains(row.seq)) continue;
            std::vector<ChangeSetId> ids;
            for (const auto& bytes : row.change_sets) {
                if (const auto id = toArray<16>(bytes)) {
                    ids.push_back(*id);
                } else {
                    ASSIGN(const auto change_set, decodeChangeSet(bytes));
                    ENSURE(payloadMatches(change_set.header, change_set.payload_bytes, m_keys.at(row.claim)));
                    ENSURE(m_states[row.claim].apply(change_set) != ApplyOutcome::Waiting);
                    ids.push_back(change_set.id());
                }
                m_pulled.insert(ids.back());
            }
            m_rows.emplace(row.seq, Row{row.claim, rowChecksum(row.seq, row.claim, ids)});
        }
        m_cursors = reply.cursors;
        m_entering = reply.entering;
        if (reply.more) continue;
        m_purge = reply.purge;
        std::set<std::string> leaving;
        for (const auto& entry : m_purge) leaving.insert(entry.claim);
        for (const auto& [scope, checksum] : reply.checksums) {
            std::uint64_t sum = 0;
            for (const auto& [seq, row] : m_rows) {
                if (m_scopes.at(row.claim) == scope && !leaving.contains(row.claim)) sum ^= row.checksum;
            }
            if (sum != checksum) return fail(ErrorCode::Damaged, "the checksum differs");
        }
        m_dropped.clear();
        for (const auto& entry : m_purge) {
            if (entry.kind == PurgeKind::Hold) continue;
            m_dropped.push_back(entry);
            m_states.erase(entry.claim);
            m_keys.erase(entry.claim);
            m_scopes.erase(entry.claim);
            std::erase_if(m_rows, [&](const auto& kept) { return kept.second.claim == entry.claim; });
        }
        return {};
    }
}

std::uint64_t FakeTablet::cursor(const std::string& scope) const {
    const auto found = m_cursors.find(scope);
    return found == m_cursors.end() ? 0 : found->second;
}

void FakeTablet::forgetAfter(std::uint64_t counter) {
    m_chain.resize(counter);
    m_received = std::min(m_received, counter);
    m_states.clear();
    for (const auto& change_set : m_chain) m_states[change_set.header.claim].apply(change_set);
}

}  // namespace fieldclaim::test
