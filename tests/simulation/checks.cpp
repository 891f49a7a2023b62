#include "tests/simulation/checks.h"

#include <algorithm>

#include "tests/simulation/model.h"

namespace fieldclaim::sim {
namespace {

using server::LedgerSnapshot;

template <typename Read>
void reading(ServerEnd& server, Read read) {
    const Status status = server.server().store().readJob(read);
    if (!status) throw Violation("harness", describe(status.error()));
}

std::string brief(const std::string& crn) { return crn.substr(0, 4); }

/// The ledger's rows of a claim up to a cursor, folded in their order.
ClaimState fold(const Ledger& ledger, const std::string& scope, const std::string& crn, std::uint64_t cursor) {
    ClaimState out;
    const auto rows = ledger.scopes().find(scope);
    if (rows == ledger.scopes().end()) return out;
    for (const auto& row : rows->second) {
        if (row.claim != crn || row.seq > cursor) continue;
        for (const auto& change_set : row.change_sets) {
            require(out.apply(change_set) == ApplyOutcome::Applied, "I4",
                    "ledger row " + std::to_string(row.seq) + " does not apply");
        }
    }
    return out;
}

}  // namespace

void checkTablet(SimTablet& tablet, const Ledger& ledger, ServerEnd& server) {
    const auto position = tablet.position();
    for (const auto& [scope, cursor] : position.cursors) {
        require(scope == tablet.seat().scope, "I9", tablet.name() + " holds " + scope);
    }
    // While a fresh download is under way the cursors are those of the copy in the making.
    if (!position.full) {
        const auto& scope = tablet.seat().scope;
        const auto at = position.cursors.find(scope);
        const auto cursor = at == position.cursors.end() ? 0 : at->second;
        auto claims = ledger.claims(scope, cursor);
        for (const auto& change_set : tablet.journal()) claims.insert(change_set.header.claim);
        const auto held = tablet.store().claims();
        require(std::includes(claims.begin(), claims.end(), held.begin(), held.end()), "I9",
                tablet.name() + " holds a claim that is neither its own nor in its scope");
        for (const auto& crn : claims) {
            auto expected = fold(ledger, scope, crn, cursor);
            for (const auto& change_set : tablet.journal()) {
                if (change_set.header.claim == crn) expected.applyRegardless(change_set);
            }
            require(encodeClaimState(tablet.state(crn)) == encodeClaimState(expected), "I4",
                    tablet.name() + " shows " + brief(crn) + " otherwise than ledger and journal say");
        }
    }
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        for (const auto& own : tablet.store().own()) {
            if (!own.acknowledged) continue;
            const auto& header = own.change_set.header;
            ASSIGN(const auto kept, now.chains().changeSet(header.author, header.incarnation, header.counter));
            require(
                kept && kept->hash == own.change_set.hash, "H41",
                tablet.name() + " calls #" + std::to_string(header.counter) + " received, and the server has it not");
        }
        return {};
    });
}

void checkServer(const Ledger& ledger, ServerEnd& server) {
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim : claims) {
            require(claim.state == encodeClaimState(fold(ledger, claim.scope, claim.crn, claim.last_seq)), "I4",
                    "the server's state of " + brief(claim.crn) + " is not the fold of its rows");
        }
        return {};
    });
}

void checkHealed(const Tablets& tablets, const Ledger& ledger, ServerEnd& server) {
    checkServer(ledger, server);
    for (const auto& tablet : tablets) {
        require(tablet->counts().sendable == 0 && tablet->counts().acknowledged == tablet->journal().size(), "I12",
                tablet->name() + " still has something to send");
        require(!tablet->status().counts_differ, "I12", tablet->name() + " and the server count differently");
        for (const auto& change_set : tablet->journal()) {
            require(ledger.has(change_set.id()), "I1",
                    tablet->name() + " #" + std::to_string(change_set.header.counter) +
                        " was saved and is not in the ledger");
        }
        checkTablet(*tablet, ledger, server);
    }
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto heads, now.claims().scopeHeads());
        ASSIGN(const auto claims, now.claims().claims());
        ASSIGN(const auto quarantined, now.chains().quarantined());
        require(quarantined.empty(), "I5", "something was set aside that nobody did wrong");
        for (const auto& claim : claims) {
            ASSIGN(const auto parked, now.chains().parked(claim.crn));
            require(parked.empty(), "I12", "something still waits for what is there");
            ASSIGN(const auto state, decodeClaimState(claim.state));
            ReferenceClaim model;
            for (const auto& row : ledger.scopes().at(claim.scope)) {
                if (row.claim != claim.crn) continue;
                for (const auto& change_set : row.change_sets) model.add(change_set);
            }
            const auto differs = model.difference(state);
            require(differs.empty(), "I5", brief(claim.crn) + ": " + differs);
            for (const auto& tablet : tablets) {
                const auto lost = model.lost(tablet->journal(), claim.crn, state);
                require(lost.empty(), "I5", tablet->name() + ": neither current nor replaced: " + lost);
                if (tablet->seat().scope != claim.scope) continue;
                require(tablet->position().cursors.at(claim.scope) == heads.at(claim.scope).seq, "I3",
                        tablet->name() + " has not read the whole ledger");
                require(encodeClaimState(tablet->state(claim.crn)) == claim.state, "I3",
                        tablet->name() + " and the server differ in " + brief(claim.crn));
            }
        }
        for (const auto& tablet : tablets) {
            Hash previous{};
            for (const auto& change_set : tablet->journal()) {
                const auto& header = change_set.header;
                ASSIGN(const auto kept, now.chains().changeSet(header.author, header.incarnation, header.counter));
                require(kept && kept->hash == change_set.hash && header.previous == previous, "I13",
                        "the chain of " + tablet->name() + " does not verify at #" + std::to_string(header.counter));
                previous = change_set.hash;
            }
        }
        return {};
    });
}

}  // namespace fieldclaim::sim
