#include "tests/simulation/checks.h"

#include <algorithm>
#include <map>
#include <set>

#include "shared/domain/records.h"
#include "sync-server/backup/chain_check.h"
#include "sync-server/service/tablet_scopes.h"
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

ChangeSetId idOf(const Hash& hash) {
    ChangeSetId out{};
    std::copy_n(hash.begin(), out.size(), out.begin());
    return out;
}

/// The ledger's rows of a claim up to a cursor, folded in their order. Of an erased claim that is the erasure alone.
ClaimState fold(const Ledger& ledger, const std::string& crn, std::uint64_t cursor) {
    ClaimState out;
    const auto erased_at = ledger.erasedAt(crn);
    for (const auto& row : ledger.rowsOf(crn)) {
        if (row.seq > cursor || row.seq < erased_at) continue;
        for (const auto& change_set : row.change_sets) {
            // Of what was erased in an earlier history the header is left, and it was never applied in this one.
            if (change_set.payload_bytes.empty()) continue;
            require(out.apply(change_set) == ApplyOutcome::Applied, "I4",
                    "ledger row " + std::to_string(row.seq) + " does not apply");
        }
    }
    return out;
}

std::uint64_t cursorFor(const Cursors& cursors, const std::string& scope) {
    const auto at = cursors.find(scope);
    return at == cursors.end() ? 0 : at->second;
}

bool wasEverReadable(const SimTablet& tablet, const Ledger& ledger, const std::string& crn) {
    const auto& seat = tablet.seat();
    return ledger.wasEverIn(crn, seat.scope) || ledger.wasEverIn(crn, scopeOfOfficer(seat.officer));
}

/// What the tablet should show of a claim, its cursor being there; nothing when that cannot be said: the claim has left
/// or came back since, or was taken away from what the officer wrote.
std::optional<ClaimState> expectedOn(const SimTablet& tablet, const Ledger& ledger, const std::string& crn,
                                     const Cursors& cursors, const std::set<ChangeSetId>& emptied) {
    ClaimState out;
    const auto cursor = cursorFor(cursors, ledger.scopeOf(crn));
    if (wasEverReadable(tablet, ledger, crn) || ledger.wasErased(crn)) {
        const auto& rows = ledger.rowsOf(crn);
        if (ledger.erasedAt(crn) != 0 || ledger.wasErased(crn)) return std::nullopt;
        if (!rows.empty() && rows.front().seq <= cursor) {
            if (!tablet.seat().reads(ledger.scopeOf(crn)) || ledger.enteredAt(crn) > cursor) return std::nullopt;
            out = fold(ledger, crn, cursor);
        } else if (ledger.movedEver(crn)) {
            return std::nullopt;
        }
    }
    for (const auto& saved : tablet.journal()) {
        if (saved.change_set.header.claim == crn && !saved.rolled_back && !emptied.contains(saved.change_set.id()))
            out.applyRegardless(saved.change_set);
    }
    return out;
}

}  // namespace

void checkTablet(SimTablet& tablet, const Ledger& ledger, ServerEnd& server) {
    if (tablet.wiped()) return;
    const auto position = tablet.position();
    // It has not heard yet that the server was restored: what it knows is of another history.
    if (!position.epoch.isNil() && position.epoch != server.server().identity().epoch) return;
    for (const auto& [scope, cursor] : position.cursors) {
        require(tablet.seat().reads(scope), "I9", tablet.name() + " holds " + scope);
    }
    const auto owned = tablet.store().own();
    // While a fresh download is under way the cursors are those of the copy in the making.
    if (!position.full) {
        std::set<std::string> own;
        for (const auto& saved : tablet.journal()) {
            if (!saved.rolled_back) own.insert(saved.change_set.header.claim);
        }
        const auto held = tablet.store().claims();
        for (const auto& crn : held) {
            require(own.contains(crn) || position.entering.contains(crn) || wasEverReadable(tablet, ledger, crn), "I9",
                    tablet.name() + " holds a claim that is neither its own nor in its scope");
        }
        // What went with a claim that left; the vault does not list it.
        std::set<ChangeSetId> emptied;
        for (const auto& saved : tablet.journal()) {
            if (ledger.movedEver(saved.change_set.header.claim)) emptied.insert(saved.change_set.id());
        }
        for (const auto& each : owned) {
            if (each.content) emptied.erase(each.id);
            if (!each.content) emptied.insert(each.id);
        }
        auto claims = own;
        for (const auto& [crn, rows] : ledger.claims()) {
            const auto scope = ledger.scopeOf(crn);
            if (tablet.seat().reads(scope) && rows.front().seq <= cursorFor(position.cursors, scope))
                claims.insert(crn);
        }
        for (const auto& crn : claims) {
            const auto expected = expectedOn(tablet, ledger, crn, position.cursors, emptied);
            require(!expected || encodeClaimState(tablet.state(crn)) == encodeClaimState(*expected), "I4",
                    tablet.name() + " shows " + brief(crn) + " otherwise than ledger and journal say");
        }
    }
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        for (const auto& each : owned) {
            if (!each.acknowledged) continue;
            server.world().met(41);
            const auto& header = each.header;
            ASSIGN(const auto kept, now.chains().changeSet(header.author, header.incarnation, header.counter));
            // The other branch of a fork lies beside its chain, until a person has decided; of an erased claim it goes.
            const bool forked = tablet.wasRestored() &&
                                (each.set_aside || !each.content || ledger.has(each.id) ||
                                 ledger.decisions().refused.contains(each.id) || ledger.wasErased(header.claim));
            require(
                forked || (kept && kept->hash == each.hash), "H41",
                tablet.name() + " calls #" + std::to_string(header.counter) + " received, and the server has it not");
        }
        return {};
    });
}

void checkServer(const Ledger& ledger, ServerEnd& server) {
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim : claims) {
            require(claim.state == encodeClaimState(fold(ledger, claim.crn, claim.last_seq)), "I4",
                    "the server's state of " + brief(claim.crn) + " is not the fold of its rows");
            require(claim.scope == ledger.scopeOf(claim.crn), "I9",
                    brief(claim.crn) + " is not where its last row says");
            require((claim.erased_ms != 0) == (ledger.erasedAt(claim.crn) != 0), "H38",
                    brief(claim.crn) + ": whether it is erased");
        }
        return {};
    });
}

namespace {

/// How the server keeps work that is not in the ledger.
struct SetAside {
    std::set<Hash> forked;
    std::set<Hash> quarantined;
    std::set<Hash> parked;
    bool has(const Hash& hash) const {
        return forked.contains(hash) || quarantined.contains(hash) || parked.contains(hash);
    }
};

/// Of two claims under one number a restored server keeps the one that it hears of first.
bool mayBeEither(const std::string& crn, const Tablets& tablets, const ServerEnd& server) {
    return server.world().happened(Fault::ServerRestored) &&
           std::any_of(tablets.begin(), tablets.end(), [&](const auto& tablet) { return tablet->tookNumber(crn); });
}

/// What one copy of a store was served, the other did not see; and when one has dropped a claim that left, the other is
/// told no more, and goes on in it. What it writes is set aside, and safe.
bool mayHaveSeen(const Uuid& device, const Tablets& tablets, const ServerEnd& server) {
    return server.world().happened(Fault::ClaimMoved) &&
           std::any_of(tablets.begin(), tablets.end(),
                       [&](const auto& tablet) { return tablet->seat().device == device && tablet->wasRestored(); });
}

/// Reads what is set aside, and that each has its reason: forks are of tablets that were restored or copied, what is in
/// quarantine was written wrong, by a revoked tablet, or where a claim was moved to before a restore that lost the move
/// (a supervisor moves it again, or releases the work), and what is parked names what is not in the ledger.
Result<SetAside> setAside(const LedgerSnapshot& now, const Tablets& tablets, const Ledger& ledger,
                          const ServerEnd& server) {
    SetAside out;
    std::set<Hash> wrong;
    std::set<ChangeSetId> wrong_ids;
    std::set<std::string> claims;
    for (const auto& tablet : tablets) {
        wrong.insert(tablet->wrong().begin(), tablet->wrong().end());
        for (const auto& saved : tablet->journal()) claims.insert(saved.change_set.header.claim);
        ASSIGN(const auto forks, now.chains().forks(tablet->store().author()));
        require(forks.empty() || tablet->wasRestored(), "I13", tablet->name() + " is forked and was never restored");
        for (const auto& row : forks) out.forked.insert(row.hash);
    }
    ASSIGN(const auto quarantined, now.chains().quarantined());
    for (const auto& row : quarantined) {
        require(wrong.contains(row.hash) || server.revoked().contains(row.device) ||
                    mayBeEither(row.claim, tablets, server) || mayHaveSeen(row.device, tablets, server) ||
                    ledger.wasMoveLost(row.claim),
                "I5",
                "something is in quarantine that nobody did wrong: " + brief(row.claim) + " #" +
                    std::to_string(row.counter) + " of " + row.author.text().substr(0, 8) + ": " + row.reason);
        out.quarantined.insert(row.hash);
        wrong_ids.insert(idOf(row.hash));
    }
    for (const auto& crn : claims) {
        ASSIGN(const auto begun, now.claims().claim(crn));
        ASSIGN(const auto parked, now.chains().parked(crn));
        for (const auto& row : parked) {
            ASSIGN(const auto change_set, decodeChangeSet(row.bytes));
            // Released before the change set that begins its claim: a decision is there, and the claim is not.
            bool waits = !begun;
            if (begun) {
                ASSIGN(const auto state, decodeClaimState(begun->state));
                waits = state.value(kSitePath).isNull();
            }
            for (const auto& edit : change_set.payload.edits) {
                for (const auto& named : ledger.resolved(edit.replaces)) {
                    waits = waits || !ledger.has(named.change_set);
                }
            }
            require(waits, "I12", "something is parked and waits for nothing: " + row.reason);
            out.parked.insert(row.hash);
            for (const auto& edit : change_set.payload.edits) {
                for (const auto& named : edit.replaces) {
                    if (wrong_ids.contains(named.change_set)) server.world().met(52);
                }
            }
        }
    }
    return out;
}

/// I1, I12, I13 of one tablet's journal.
Status checkJournal(const LedgerSnapshot& now, SimTablet& tablet, const Ledger& ledger, const ServerEnd& server,
                    const SetAside& aside) {
    std::map<std::uint32_t, Hash> previous;
    std::uint64_t kept_here = 0;
    for (const auto& saved : tablet.journal()) {
        const auto& header = saved.change_set.header;
        const auto& hash = saved.change_set.hash;
        const auto number = tablet.name() + " #" + std::to_string(header.counter);
        if (!saved.rolled_back) ++kept_here;
        const bool in_ledger = ledger.has(saved.change_set.id());
        const bool may_be_gone = saved.may_be_lost || (saved.rolled_back && !server.acknowledged().contains(hash));
        const bool refused = ledger.decisions().refused.contains(saved.change_set.id());
        require(!in_ledger || !refused, "I5", number + " was refused by a person, and applied");
        require(in_ledger || may_be_gone || refused || aside.has(hash) || ledger.wasErased(header.claim), "I1",
                number + " was saved, and the server has it nowhere");
        require(header.counter == 1 ? header.previous == Hash{}
                                    : tablet.wasRestored() || header.previous == previous[header.incarnation],
                "I13", number + " does not follow its predecessor");
        previous[header.incarnation] = hash;
        if (!in_ledger || ledger.decisions().applied.contains(saved.change_set.id())) continue;
        ASSIGN(const auto row, now.chains().changeSet(header.author, header.incarnation, header.counter));
        require(row && row->hash == hash, "I13", number + " has another hash in the chain");
    }
    if (tablet.wiped()) return {};
    ASSIGN(const auto device, now.directory().device(tablet.seat().device));
    require(!device || device->wipe_ms == 0 || device->revoked_ms != 0, "H54",
            tablet.name() + " was ordered to be wiped, and is not");
    require(!tablet.locked(), "H54", tablet.name() + " is locked, and no order says so");
    const auto counts = tablet.counts();
    require(counts.sendable == 0 && counts.acknowledged == kept_here, "I12",
            tablet.name() + " still has something to send");
    // Of a store that was copied the server holds what the other copy sent, and the tablet says so.
    require(tablet.wasRestored() || !tablet.status().counts_differ, "I12",
            tablet.name() + " and the server count differently");
    return {};
}

/// I14: nothing of it came into the ledger since.
void checkRevoked(const SimTablet& tablet, const Ledger& ledger, const std::set<ChangeSetId>& then) {
    for (const auto& saved : tablet.journal()) {
        const auto id = saved.change_set.id();
        require(!ledger.has(id) || then.contains(id) || ledger.decisions().applied.contains(id), "I14",
                tablet.name() + " was revoked, and its work was applied: #" +
                    std::to_string(saved.change_set.header.counter));
    }
}

Status checkImages(const LedgerSnapshot& now, const SimTablet& tablet, const Ledger& ledger) {
    for (const auto& [name, crn] : tablet.images()) {
        if (ledger.wasErased(crn)) continue;
        ASSIGN(const auto claim, now.claims().claim(crn));
        if (!claim) continue;  // its beginning was set aside: it waits for a person
        ASSIGN(const bool here, now.blobs().hasBlob(crn, name));
        require(here, "I11", tablet.name() + ": an image is not on the server: " + toHex(name).substr(0, 8));
    }
    return {};
}

/// H24, H38, I9: what a tablet holds of claims that have left or were erased it was not told to drop yet.
Status checkHeld(const LedgerSnapshot& now, const SimTablet& tablet, const Ledger& ledger, const Tablets& tablets,
                 const ServerEnd& server) {
    if (tablet.wiped()) return {};
    const auto& device = tablet.seat().device;
    const auto held = tablet.store().claims();
    for (const auto& crn : held) {
        if (ledger.rowsOf(crn).empty() || tablet.seat().reads(ledger.scopeOf(crn))) continue;
        ASSIGN(const auto told, now.tablets().purge(device, crn));
        // Of a store that was copied the other copy may have said that it dropped it; one that was begun under a
        // taken number is another claim.
        require(told.has_value() || tablet.wasRestored() || tablet.tookNumber(crn) || mayBeEither(crn, tablets, server),
                "I9", tablet.name() + " holds " + brief(crn) + ", which it may not, and is not told");
    }
    ASSIGN(const auto waiting, server::purgesFor(now, device));
    for (const auto& entry : waiting) {
        const bool erased = entry.kind == PurgeKind::Erase;
        require(!erased || !held.contains(entry.claim), "H38", tablet.name() + " keeps what was erased");
        require(entry.kind == PurgeKind::Hold, erased ? "H38" : "H24",
                tablet.name() + " has not said that it dropped " + brief(entry.claim));
    }
    return {};
}

/// H38: of an erased claim the server has headers alone.
Status checkErased(const LedgerSnapshot& now, const Ledger& ledger) {
    for (const auto& [crn, rows] : ledger.claims()) {
        if (ledger.erasedAt(crn) == 0) continue;
        ASSIGN(const auto kept, now.claims().rowsOfClaim(crn));
        for (const auto& row : kept) {
            if (row.seq >= ledger.erasedAt(crn)) continue;
            for (const auto& bytes : row.change_sets) {
                ASSIGN(const auto raw, splitChangeSet(bytes));
                require(raw.payload_bytes.empty(), "H38", "content of " + brief(crn) + " is still in the ledger");
            }
        }
        ASSIGN(const auto blobs, now.blobs().blobsOfClaim(crn));
        ASSIGN(const auto key, now.claims().claimKey(crn));
        require(blobs.empty() && !key, "H38", "images or the key of " + brief(crn) + " are still here");
    }
    return {};
}

}  // namespace

void checkHealed(const Tablets& tablets, const Ledger& ledger, ServerEnd& server, const Revocations& revoked) {
    checkServer(ledger, server);
    for (const auto& tablet : tablets) checkTablet(*tablet, ledger, server);
    reading(server, [&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto aside, setAside(now, tablets, ledger, server));
        TRY(checkErased(now, ledger));
        ASSIGN(const auto wrong_chains, server::checkChains(now));
        require(wrong_chains.empty(), "I13", wrong_chains.empty() ? "" : wrong_chains.front());
        for (const auto& tablet : tablets) {
            TRY(checkJournal(now, *tablet, ledger, server, aside));
            if (const auto when = revoked.find(tablet->seat().device); when != revoked.end()) {
                checkRevoked(*tablet, ledger, when->second);
            } else {
                TRY(checkImages(now, *tablet, ledger));
                TRY(checkHeld(now, *tablet, ledger, tablets, server));
            }
        }
        ASSIGN(const auto heads, now.claims().scopeHeads());
        ASSIGN(const auto claims, now.claims().claims());
        for (const auto& claim : claims) {
            ASSIGN(const auto state, decodeClaimState(claim.state));
            ReferenceClaim model(ledger);
            for (const auto& row : ledger.rowsOf(claim.crn)) {
                for (const auto& change_set : row.change_sets) model.add(change_set);
            }
            const auto differs = model.difference(state);
            require(differs.empty(), "I5", brief(claim.crn) + ": " + differs);
            for (const auto& tablet : tablets) {
                std::vector<const ChangeSet*> saved;
                bool all_in_ledger = true;
                for (const auto& each : tablet->journal()) {
                    if (each.change_set.header.claim != claim.crn) continue;
                    if (ledger.has(each.change_set.id())) {
                        saved.push_back(&each.change_set);
                    } else if (!each.rolled_back && !ledger.decisions().refused.contains(each.change_set.id())) {
                        all_in_ledger = false;
                    }
                }
                const auto lost = model.lost(saved, state);
                require(lost.empty() || ledger.wasErased(claim.crn), "I5",
                        tablet->name() + ": neither current nor replaced: " + lost);
                if (tablet->wiped() || !tablet->seat().reads(claim.scope) || revoked.contains(tablet->seat().device))
                    continue;
                require(tablet->position().cursors.at(claim.scope) == heads.at(claim.scope).seq, "I3",
                        tablet->name() + " has not read the whole ledger");
                // What was set aside stays on its officer's screen.
                require(!all_in_ledger || encodeClaimState(tablet->state(claim.crn)) == claim.state, "I3",
                        tablet->name() + " and the server differ in " + brief(claim.crn));
            }
        }
        return {};
    });
}

void checkPacks(const Tablets& tablets, ServerEnd& server) {
    const auto offered = server.server().packs().inUse();
    for (const auto& tablet : tablets) {
        if (tablet->wiped() || server.revoked().contains(tablet->seat().device)) continue;
        require(tablet->lacksPacks(offered) == 0, "H27", tablet->name() + " does not have the form pack in use");
    }
}

}  // namespace fieldclaim::sim
