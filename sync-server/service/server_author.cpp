#include "sync-server/service/server_author.h"

#include "shared/domain/records.h"

namespace fieldclaim::server {

Result<std::uint64_t> ServerAuthor::write(LedgerTransaction& tx, LoadedClaim& claim, std::vector<Edit> edits) const {
    ENSURE(claim.begun() || !claim.row.scope.empty());
    ASSIGN(const auto key, tx.claims().claimKey(claim.row.crn));
    ENSURE(key.has_value());
    return append(tx, claim, std::move(edits), *key);
}

Result<std::uint64_t> ServerAuthor::writeErasure(LedgerTransaction& tx, LoadedClaim& claim, Value decision) const {
    claim.state = ClaimState();
    claim.row.erased_ms = m_clock.wallMs();
    return append(tx, claim, {Edit{std::string(kErasedPath), std::move(decision), {}}}, ClaimKey{});
}

Result<std::uint64_t> ServerAuthor::append(LedgerTransaction& tx, LoadedClaim& claim, std::vector<Edit> edits,
                                           const ClaimKey& key) const {
    ASSIGN(const auto identity, tx.identity());
    ENSURE(identity.has_value());
    ASSIGN(const auto head, tx.chains().head(identity->author, identity->incarnation));

    ChangeSetHeader header;
    header.author = identity->author;
    header.incarnation = identity->incarnation;
    header.counter = head.counter + 1;
    header.previous = head.hash;
    if (!claim.row.scope.empty()) header.seen = {{claim.row.scope, claim.row.last_seq}};
    header.claim = claim.row.crn;
    header.device_time = m_clock.wallMs();
    header.device_uptime = m_clock.uptimeMs();
    const auto made = makeChangeSet(std::move(header), Payload{std::move(edits), std::nullopt}, key);
    // What nobody could read again would take the whole claim with it.
    auto bytes = encodeChangeSet(made);
    TRY(decodeChangeSet(bytes).map([](const ChangeSet&) {}));
    // The server names what it has itself applied: it can wait for nothing.
    ENSURE(claim.state.apply(made) == ApplyOutcome::Applied);

    LedgerRow row{0,
                  claim.scope(),
                  claim.row.crn,
                  identity->author,
                  identity->incarnation,
                  identity->author,
                  m_clock.wallMs(),
                  {made.id()},
                  {std::move(bytes)}};
    ASSIGN(row.seq, appendRow(tx, claim, row));
    tx.journal(JournaledDecision{row, key});
    TRY(tx.chains().addChangeSet({identity->author,
                                  identity->incarnation,
                                  made.header.counter,
                                  made.hash,
                                  claim.row.crn,
                                  Disposition::Applied,
                                  row.seq,
                                  {}}));
    TRY(tx.chains().putHead(identity->author, identity->incarnation, {made.header.counter, made.hash}));
    return row.seq;
}

}  // namespace fieldclaim::server
