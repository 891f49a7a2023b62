#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/domain/seal.h"
#include "shared/domain/statement.h"
#include "shared/merge/claim_state.h"
#include "sync-server/service/server.h"

namespace fieldclaim::test {

/// A tablet with one officer, speaking to the services of a Server directly: makes right segments easily, and wrong
/// ones when a test asks. Nothing of it is the product's tablet. Borrows clock and random; a server is given to each
/// call, so that the same tablet can meet one that was restarted.
class FakeTablet {
public:
    FakeTablet(const Clock& clock, Random& random, std::string name = "Tablet 1");

    /// Enrols at a site and registers an officer, each with a code that it asks the server for.
    Status join(server::Server& server, const std::string& site = "caernarfon",
                const std::string& officer_name = "Carys Hughes");
    Status enrol(server::Server& server, const std::string& code_text);
    /// A session; registers the author when a code is given. The reason when the registration is refused.
    Result<std::string> signIn(server::Server& server, const std::optional<Uuid>& officer = std::nullopt,
                               const std::string& code = {});

    /// The second request of a session, for a test that speaks HTTP.
    SessionRequest answerNonce(const Bytes& nonce, const Hash& ca_key_hash) const;

    /// Saved here, not sent.
    std::string beginClaim(const std::string& site = "caernarfon");
    ChangeSet save(const std::string& crn, const std::string& path, Value value);
    ChangeSet saveEdits(const std::string& crn, std::vector<Edit> edits);
    ChangeSet saveIntent(const std::string& crn, Value intent);
    /// As it stands here: the ledger's with its own unsent on top.
    const ClaimState& state(const std::string& crn) const { return m_states.at(crn); }
    /// Appends one that was made by hand; `payload_bytes` replaces the payload after signing over its hash.
    ChangeSet append(const std::string& crn, Payload payload);

    /// Keeps the statement, writes a seal and gives the digest.
    Hash sign(const std::string& crn, const StatementBlob& statement, const std::string& method = "tablet");
    Status upload(server::Server& server, const std::string& crn, ByteView bytes);

    /// All that was saved from a counter on, as one segment.
    Segment segmentFrom(std::uint64_t counter) const;
    PushRequest pushRequest(std::uint64_t from) const;
    Result<PushReply> push(server::Server& server);
    Result<PushReply> pushRaw(server::Server& server, const PushRequest& request);
    /// Pulls until there is no more; an applied row's change sets are folded in.
    Status pull(server::Server& server, bool full = false);
    Result<HelloReply> hello(server::Server& server);

    std::uint64_t counter() const { return m_chain.size(); }
    std::uint64_t received() const { return m_received; }
    const Uuid& author() const { return m_author; }
    const Uuid& device() const { return m_device; }
    const Uuid& officer() const { return m_officer; }
    const KeyPair& authorKey() const { return m_author_key; }
    const std::string& token() const { return m_token; }
    /// What its next headers say to have read, whatever it has.
    void claimToHaveSeen(const std::string& scope, std::uint64_t seq) { m_said[scope] = seq; }
    /// Its last reply was another history's: what it has received it offers again.
    void comeFrom(const Uuid& epoch) { m_epoch = epoch; }
    const ClaimKey& claimKey(const std::string& crn) const { return m_keys.at(crn); }
    void setClaimKey(const std::string& crn, const ClaimKey& key) { m_keys[crn] = key; }
    server::Session session(server::Server& server) const;
    /// Claims that the last reply said are not to be here any more.
    const std::vector<PurgeEntry>& purge() const { return m_purge; }
    bool holds(const std::string& crn) const { return m_states.contains(crn); }
    /// Rows of the replies to the last pull().
    const std::vector<PullRow>& lastRows() const { return m_last_rows; }
    std::uint64_t cursor(const std::string& scope) const;
    /// Own change sets seen in the ledger, by id.
    const std::set<ChangeSetId>& pulled() const { return m_pulled; }
    const std::vector<ChangeSet>& chain() const { return m_chain; }
    /// Goes back to an earlier state of its own store, as a restored backup does.
    void forgetAfter(std::uint64_t counter);

private:
    ChangeSetHeader nextHeader(const std::string& crn) const;

    const Clock& m_clock;
    Random& m_random;
    std::string m_name;
    KeyPair m_device_key;
    KeyPair m_author_key;
    Uuid m_device;
    Uuid m_author;
    Uuid m_officer;
    std::string m_token;
    Uuid m_epoch;
    std::vector<ChangeSet> m_chain;
    std::uint64_t m_received = 0;
    std::map<std::string, ClaimState> m_states;
    ClaimKeys m_keys;
    Cursors m_cursors;
    Cursors m_said;
    struct Row {
        std::string claim;
        std::uint64_t checksum = 0;
    };
    std::map<std::uint64_t, Row> m_rows;
    std::map<std::string, std::string> m_scopes;  // claim -> the scope that it is in
    Cursors m_entering;
    std::vector<PurgeEntry> m_purge;  // as the last reply listed them
    std::vector<PurgeEntry> m_dropped;
    std::vector<PullRow> m_last_rows;
    std::set<ChangeSetId> m_pulled;
};

}  // namespace fieldclaim::test
