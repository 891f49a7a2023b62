#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

#include "shared/domain/records.h"
#include "shared/wire/cbor.h"
#include "sync-server/service/ledger_rebuild.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Disposition;
using server::LedgerSnapshot;

namespace {

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    return options;
}

server::ClaimRow rowOf(server::Server& server, const std::string& crn) {
    const auto claim = server.store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
    ENSURE(claim.has_value() && claim->has_value());
    return **claim;
}
ClaimState stateOf(server::Server& server, const std::string& crn) {
    return *decodeClaimState(rowOf(server, crn).state);
}

struct Folded {
    std::vector<server::ClaimRow> claims;
    std::vector<server::ClaimViewRow> views;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> heads;
    bool operator==(const Folded&) const = default;
};
Folded folded(server::Server& server) {
    const auto out = server.store().read([](const LedgerSnapshot& now) -> Result<Folded> {
        Folded all;
        ASSIGN(all.claims, now.claims().claims());
        ASSIGN(all.views, now.claims().claimViews({}, 100'000));
        ASSIGN(const auto heads, now.claims().scopeHeads());
        for (const auto& [scope, head] : heads) all.heads[scope] = {head.seq, head.checksum};
        return all;
    });
    ENSURE(out.has_value());
    return *out;
}

// Two sites, a tablet and a supervisor at each.
struct Sites {
    Sites()
        : server(inMemory(folder)), here(server.clock, server.random), there(server.clock, server.random, "Tablet 2") {
        ENSURE(server->directory().addSite("bangor", "Bangor").has_value());
        ENSURE(here.join(*server).has_value());
        ENSURE(there.join(*server, "bangor", "Dewi Rees").has_value());
        const auto added = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor");
        ENSURE(added.has_value());
        supervisor = added->id;
    }
    Status move(const std::string& crn, const std::string& site) {
        return server->scopes().move(supervisor, crn, site, "She has moved house.");
    }
    Status assign(const std::string& crn, const Uuid& officer) {
        return server->scopes().assign(supervisor, crn, officer, "She knows the family.");
    }
    Status leaveNow(const std::string& crn) { return server->scopes().leaveNow(supervisor, crn, "It is in a backup."); }

    QTemporaryDir folder;
    TestServer server;
    FakeTablet here;
    FakeTablet there;
    Uuid supervisor;
};

using Purges = std::vector<PurgeEntry>;

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

class ScopesTest : public QObject {
    Q_OBJECT

private slots:
    void H23_aClaimThatEntersAScopeIsSentWholeBeforeWhatBuildsOnIt() {
        Sites sites;
        auto& server = sites.server;
        const auto other = sites.there.beginClaim("bangor");
        WELL(sites.there.push(*server));
        const auto crn = sites.here.beginClaim();
        for (int i = 0; i < 5; ++i) {
            sites.here.save(crn, "a/q" + std::to_string(i), "x");
            WELL(sites.here.push(*server));
        }
        WELL(sites.there.pull(*server));
        QVERIFY(!sites.there.holds(crn) && sites.there.holds(other));
        WELL(sites.move(crn, "bangor"));
        WELL(sites.there.pull(*server));  // the checksum is compared
        QVERIFY(sites.there.state(crn) == stateOf(*server, crn));
        sites.there.save(crn, "a/q0", "y");
        WELL(sites.there.push(*server));
        WELL(sites.there.pull(*server));
        QCOMPARE(*stateOf(*server, crn).value("a/q0").text(), std::string("y"));
        QCOMPARE(stateOf(*server, crn).value("scope").textAt("scope"), std::string("site/bangor"));
    }

    void H23_aClaimThatIsLargerThanAPageEntersInParts() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        for (int i = 0; i < 12; ++i) {
            sites.here.save(crn, "a/note" + std::to_string(i), Value(std::string(100'000, 'x')));
            WELL(sites.here.push(*server));
        }
        WELL(sites.move(crn, "bangor"));
        const auto session = sites.there.session(*server);
        const auto page = server->sync().pull(session, {server->identity().epoch, {}, false});
        QVERIFY(page->more && page->checksums.empty() && page->entering.contains(crn));
        QVERIFY(page->cursors.at("site/bangor") == 0);
        WELL(sites.there.pull(*server));
        QVERIFY(sites.there.state(crn) == stateOf(*server, crn));
    }

    void H24_whatWasWrittenBeforeTheTabletCouldKnowCountsAndWhatCameAfterIsSetAside() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.pull(*server));
        const auto late = sites.here.save(crn, "a/rent", "70");  // offline while the claim moves
        WELL(sites.move(crn, "bangor"));
        WELL(sites.here.push(*server));
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("70"));
        WELL(sites.there.pull(*server));
        QCOMPARE(*sites.there.state(crn).value("a/rent").text(), std::string("70"));
        WELL(sites.here.pull(*server));
        QCOMPARE(sites.here.purge().size(), 1U);
        sites.here.save(crn, "a/rent", "7000");  // it knows now
        const auto reply = sites.here.push(*server);
        QCOMPARE(reply->results[0].notes.size(), 1U);
        QCOMPARE(reply->results[0].notes[0].kind, NoteKind::Quarantined);
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("70"));
        QVERIFY(late.header.counter == 2);
    }

    void aTabletThatSaysToHaveSeenMoreThanItWasServedIsTakenAtWhatItWasServed() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.pull(*server));
        WELL(sites.move(crn, "bangor"));
        // Its header claims to have read what nobody served it: that takes no right away, and gives none.
        sites.here.claimToHaveSeen("site/caernarfon", 1'000'000);
        sites.here.save(crn, "a/rent", "70");
        WELL(sites.here.push(*server));
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("70"));
        // A tablet of a site where it never was has no right, whatever it says.
        FakeTablet stranger(server.clock, server.random, "Tablet 3");
        WELL(server->directory().addSite("rhyl", "Rhyl"));
        WELL(stranger.join(*server, "rhyl", "Gwen Hughes"));
        stranger.setClaimKey(crn, sites.here.claimKey(crn));
        stranger.append(crn, Payload{{Edit{"a/rent", Value("1"), {}}}, std::nullopt});
        QCOMPARE(stranger.push(*server)->results[0].notes[0].kind, NoteKind::Quarantined);
    }

    void H51_whatWasReadOfALostHistorySaysNothingAboutThisOne() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        // The journal knows of the move; what the tablet wrote before it has the lost history's numbers, which are
        // higher than this one's.
        sites.here.claimToHaveSeen("site/caernarfon", 1'000);
        sites.here.save(crn, "a/rent", "70");
        WELL(sites.move(crn, "bangor"));
        sites.here.comeFrom(Uuid{{7, 7}});
        WELL(sites.here.hello(*server));
        WELL(sites.here.pull(*server));
        const auto first = sites.here.push(*server);
        QVERIFY(first->results[0].notes.empty());
        QCOMPARE(*stateOf(*server, crn).value("a/rent").text(), std::string("70"));
        sites.here.save(crn, "a/rent", "7000");  // it knows by now, in this history
        QCOMPARE(sites.here.push(*server)->results[0].notes[0].kind, NoteKind::Quarantined);
        // Another tablet's chain is not this one's to speak about.
        const auto session = sites.there.session(*server);
        HelloRequest lying;
        lying.epoch = Uuid{{7, 7}};
        lying.heads = {{sites.here.author(), 1, 1'000, {}}};
        WELL(server->sync().hello(session, lying));
        sites.here.save(crn, "a/rent", "70000");
        QCOMPARE(sites.here.push(*server)->results[0].notes[0].kind, NoteKind::Quarantined);
    }

    void H51_aTabletWhoseClaimCameByAMoveThatWasLostIsToldThatItHasLeft() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        // What it wrote where the claim was, before a restore that knows no move: as it is offered again.
        sites.there.setClaimKey(crn, sites.here.claimKey(crn));
        sites.there.append(crn, Payload{{Edit{"a/rent", Value("70"), {}}}, std::nullopt});
        const auto seq = rowOf(*server, crn).last_seq;
        QCOMPARE(sites.there.push(*server)->results[0].notes[0].kind, NoteKind::Quarantined);
        WELL(sites.there.pull(*server));
        QCOMPARE(sites.there.purge(), (Purges{{crn, PurgeKind::Hold, seq}}));
        // Its own site's poison does not make a claim leave.
        sites.here.append(crn, Payload{{Edit{"scope", Value("x"), {}}}, std::nullopt});
        QCOMPARE(sites.here.push(*server)->results[0].notes[0].kind, NoteKind::Quarantined);
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.purge().empty());
    }

    void H24_aClaimThatLeftIsDroppedWhenWhatTheTabletWroteIsInAVerifiedBackup() {
        Sites sites;
        auto& server = sites.server;
        FakeTablet reader(server.clock, server.random, "Tablet 3");  // wrote nothing of it
        WELL(reader.join(*server, "caernarfon", "Gwen Hughes"));
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.pull(*server));
        WELL(reader.pull(*server));
        WELL(sites.move(crn, "bangor"));
        const auto seq = rowOf(*server, crn).last_seq;
        WELL(reader.pull(*server));
        QCOMPARE(reader.purge(), (Purges{{crn, PurgeKind::Drop, seq}}));
        QVERIFY(!reader.holds(crn));
        WELL(reader.pull(*server));  // which confirms
        QVERIFY(reader.purge().empty());

        WELL(sites.here.pull(*server));
        QCOMPARE(sites.here.purge(), (Purges{{crn, PurgeKind::Hold, seq}}));
        QVERIFY(sites.here.holds(crn));
        WELL(sites.leaveNow(crn));
        WELL(sites.here.pull(*server));
        QVERIFY(!sites.here.holds(crn));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.purge().empty());
    }

    void leaveNowDoesNotWaitForABackup() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        QCOMPARE(server->scopes().leaveNow(sites.supervisor, crn, "Lost").error().code, ErrorCode::Conflict);
        WELL(sites.move(crn, "bangor"));
        WELL(server->scopes().leaveNow(sites.supervisor, crn, "The tablet goes back to the depot."));
        WELL(sites.here.pull(*server));
        QVERIFY(!sites.here.holds(crn));
        const auto audited = server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(crn, 10); });
        QCOMPARE(audited->front().what, std::string("leave-now"));
    }

    void aClaimThatComesBackIsWholeAgain() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        sites.here.save(crn, "a/surname", "Jones");
        WELL(sites.here.push(*server));
        WELL(sites.here.pull(*server));
        WELL(sites.move(crn, "bangor"));
        WELL(sites.leaveNow(crn));
        WELL(sites.there.pull(*server));
        sites.there.save(crn, "a/surname", "Evans");
        WELL(sites.there.push(*server));
        WELL(sites.here.pull(*server));
        QVERIFY(!sites.here.holds(crn));
        WELL(sites.move(crn, "caernarfon"));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.state(crn) == stateOf(*server, crn));
        QVERIFY(sites.here.purge().empty());
        WELL(sites.there.pull(*server));
        QCOMPARE(sites.there.purge().size(), 1U);
        // And once more, without the tablet ever having heard of it.
        WELL(sites.move(crn, "bangor"));
        WELL(sites.move(crn, "caernarfon"));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.state(crn) == stateOf(*server, crn));
        QVERIFY(sites.here.purge().empty());
    }

    void aTabletOfTwoSitesKeepsWhatMovesBetweenThem() {
        Sites sites;
        auto& server = sites.server;
        WELL(server->scopes().addDeviceSite(sites.here.device(), "bangor", "operator"));
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.hello(*server));
        WELL(sites.here.pull(*server));
        WELL(sites.move(crn, "bangor"));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.purge().empty() && sites.here.holds(crn));
        sites.here.save(crn, "a/surname", "Jones");
        QVERIFY(sites.here.push(*server)->results[0].notes.empty());
        // Taken off that site again, it drops the site's claims and reads nothing of them.
        WELL(server->scopes().removeDeviceSite(sites.here.device(), "bangor", "operator"));
        WELL(sites.leaveNow(crn));
        WELL(sites.here.pull(*server));
        QVERIFY(!sites.here.holds(crn));
        QCOMPARE(sites.here.session(*server).scopes, std::vector<std::string>{"site/caernarfon"});
        QCOMPARE(server->scopes().removeDeviceSite(sites.here.device(), "caernarfon", "operator").error().code,
                 ErrorCode::Conflict);
    }

    void aTabletIsAtSoManySitesAtMost() {
        Sites sites;
        auto& server = sites.server;
        const auto add = [&](std::size_t number) {
            const auto site = "site" + std::to_string(number);
            ENSURE(server->directory().addSite(site, "Site").has_value());
            return server->scopes().addDeviceSite(sites.here.device(), site, "operator");
        };
        for (std::size_t i = 1; i < server::kMostSites; ++i) WELL(add(i));
        QCOMPARE(add(server::kMostSites).error().code, ErrorCode::BadInput);
        sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.hello(*server));
        WELL(sites.here.pull(*server));
    }

    void whatIsNotToBeDroppedYetIsNotConfirmed() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.here.pull(*server));
        WELL(sites.move(crn, "bangor"));
        const auto purges = [&] {
            return *server->store().read(
                [&](const LedgerSnapshot& now) { return now.tablets().purgesOf(sites.here.device()); });
        };
        QCOMPARE(purges().size(), 1U);
        const auto seq = purges().front().seq;
        const auto confirm = [&](PurgeKind kind) {
            return server->store().write([&](server::LedgerTransaction& tx) {
                return server::confirmPurges(tx, sites.here.device(), {{crn, kind, seq}}, server.clock.wall);
            });
        };
        WELL(confirm(PurgeKind::Hold));
        QCOMPARE(purges().size(), 1U);
        WELL(confirm(PurgeKind::Drop));
        QVERIFY(purges().empty());
    }

    void whatIsOutOfScopeIsInvisible() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        const Bytes image(100, 7);
        WELL(sites.here.upload(*server, crn, image));
        WELL(sites.move(crn, "bangor"));
        QVERIFY(!server->blobs().open(sites.here.session(*server), sha256(image)).has_value());
        QVERIFY(server->blobs().open(sites.there.session(*server), sha256(image)).has_value());
        // What was taken for it before still comes up.
        WELL(sites.here.upload(*server, crn, Bytes(90, 8)));
        FakeTablet stranger(server.clock, server.random, "Tablet 3");
        WELL(server->directory().addSite("rhyl", "Rhyl"));
        WELL(stranger.join(*server, "rhyl", "Gwen Hughes"));
        QCOMPARE(stranger.upload(*server, crn, Bytes(80, 9)).error().code, ErrorCode::NotFound);
        const auto hello = stranger.hello(*server);
        WELL(hello);
        for (const auto& officer : hello->officers) QCOMPARE(officer.site, std::string("rhyl"));
    }

    void aWithdrawnClaimLeavesTheTabletsAfterSevenDays() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        const auto open = sites.here.beginClaim();
        sites.here.saveIntent(crn, Value::Map{{"intent", "withdraw"}, {"reason", "She has found work."}});
        WELL(sites.here.push(*server));
        WELL(server->maintain());
        QCOMPARE(rowOf(*server, crn).scope, std::string("site/caernarfon"));
        server.clock.advance(server::kEndedForGoodMs);
        WELL(server->maintain());
        QCOMPARE(rowOf(*server, crn).scope, std::string());
        QCOMPARE(rowOf(*server, open).scope, std::string("site/caernarfon"));
        WELL(sites.here.signIn(*server));
        WELL(sites.here.pull(*server));
        QCOMPARE(sites.here.purge().size(), 1U);
        const auto before = folded(*server);
        WELL(server->maintain());
        QVERIFY(folded(*server) == before);
    }

    void anAssignedClaimIsOnTheTabletsOfItsOfficerAndOnNoOther() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        sites.here.save(crn, "a/surname", "Jones");
        WELL(sites.here.push(*server));
        const auto officers_before = sites.there.hello(*server)->officers.size();
        WELL(sites.assign(crn, sites.there.officer()));
        // It is the officer's, not their site's: a colleague's tablet at that site knows nothing of it.
        FakeTablet colleague(server.clock, server.random, "Tablet 3");
        WELL(colleague.join(*server, "bangor", "Elin Huws"));
        WELL(colleague.pull(*server));
        QVERIFY(!colleague.holds(crn));
        const auto hello = sites.there.hello(*server);
        WELL(hello);
        QCOMPARE(hello->scopes, (std::vector<std::string>{"site/bangor", scopeOfOfficer(sites.there.officer())}));
        QCOMPARE(hello->officers.size(), officers_before + 1);  // Elin, and nobody of another site
        WELL(sites.there.pull(*server));
        QVERIFY(sites.there.state(crn) == stateOf(*server, crn));
        sites.there.save(crn, "a/surname", "Pugh");
        QVERIFY(sites.there.push(*server)->results[0].notes.empty());
        // Where it was, it goes, and what is written there afterwards waits for a supervisor.
        WELL(sites.here.pull(*server));
        QCOMPARE(sites.here.purge().size(), 1U);
        sites.here.save(crn, "a/surname", "Late");
        const auto late = sites.here.push(*server);
        QCOMPARE(late->results[0].notes.size(), 1U);
        QVERIFY(late->results[0].notes[0].kind == NoteKind::Quarantined);
        WELL(sites.leaveNow(crn));
        WELL(sites.here.pull(*server));
        QVERIFY(!sites.here.holds(crn));
        // A supervisor gives it back to the site.
        WELL(sites.move(crn, "caernarfon"));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.holds(crn));
        WELL(sites.leaveNow(crn));
        WELL(sites.there.pull(*server));
        QVERIFY(!sites.there.holds(crn));
        const auto before = folded(*server);
        WELL(server::rebuildFolded(server->store()));
        QVERIFY(folded(*server) == before);
    }

    void aClaimStaysOnTheTabletOfTheOfficerWhoKeepsIt() {
        Sites sites;
        auto& server = sites.server;
        FakeTablet colleague(server.clock, server.random, "Tablet 3");
        WELL(colleague.join(*server, "caernarfon", "Elin Huws"));
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(colleague.pull(*server));
        QVERIFY(colleague.holds(crn));
        WELL(sites.assign(crn, sites.here.officer()));
        WELL(sites.here.pull(*server));
        QVERIFY(sites.here.purge().empty() && sites.here.holds(crn));
        sites.here.save(crn, "a/surname", "Jones");
        QVERIFY(sites.here.push(*server)->results[0].notes.empty());
        WELL(colleague.pull(*server));
        QVERIFY(!colleague.holds(crn));  // it wrote nothing of it: nothing there is to wait for
        // What was written there unknowing is not lost by it: the tablet knew nothing of the decision.
        WELL(sites.move(crn, "caernarfon"));
        WELL(colleague.pull(*server));
        WELL(sites.assign(crn, sites.here.officer()));
        colleague.save(crn, "a/phone", "01286 1");
        QVERIFY(colleague.push(*server)->results[0].notes.empty());
    }

    void anOfficersNextTabletHasTheirClaims() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*server));
        WELL(sites.assign(crn, sites.there.officer()));
        FakeTablet next(server.clock, server.random, "Tablet 3");
        WELL(next.enrol(*server, server->enrolment().makeCode("bangor").value()));
        WELL(next.signIn(*server));
        WELL(next.hello(*server));
        WELL(next.pull(*server));
        QVERIFY(!next.holds(crn));
        const auto code = server->directory().renewOfficerCode(sites.there.officer());
        WELL(code);
        QCOMPARE(*next.signIn(*server, sites.there.officer(), *code), std::string());
        WELL(next.pull(*server));
        QVERIFY(next.state(crn) == stateOf(*server, crn));
    }

    void aClaimThatATabletWasToDropComesBackWithItsOfficer() {
        Sites sites;
        auto& server = sites.server;
        const auto dewi = sites.there.officer();
        // A tablet at Dewi's site without him, which wrote into the claim before it became his.
        FakeTablet colleague(server.clock, server.random, "Tablet 3");
        WELL(colleague.join(*server, "bangor", "Elin Huws"));
        const auto crn = colleague.beginClaim("bangor");
        WELL(colleague.push(*server));
        WELL(sites.assign(crn, dewi));
        WELL(colleague.pull(*server));
        QCOMPARE(colleague.purge().size(), 1U);  // it holds its own part until that is in a backup
        // Dewi signs in on it, beside Elin.
        const auto code = server->directory().renewOfficerCode(dewi);
        WELL(code);
        const auto key = KeyPair::make(server.random);
        AuthorRegistration dewis{Uuid::make(server.clock, server.random), dewi, *code, key.public_key, {}};
        const auto& ca = server->sessions().caKeyHash();
        auto request = colleague.answerNonce(server->sessions().open({colleague.device(), {}, {}, {}})->nonce, ca);
        dewis.signature = signEd25519(key.secret, authorMessage(dewis.author, dewi, request.nonce, ca));
        request.authors.push_back(dewis);
        QVERIFY(server->sessions().open(request)->refused.empty());
        WELL(colleague.pull(*server));
        QVERIFY(colleague.purge().empty() && colleague.holds(crn));
    }

    void onlyASupervisorAssignsAndOnlyToAnOfficerWithATablet() {
        Sites sites;
        auto& scopes = sites.server->scopes();
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*sites.server));
        const auto dewi = sites.there.officer();
        QCOMPARE(scopes.assign(sites.here.officer(), crn, dewi, "x").error().code, ErrorCode::NotAllowed);
        QCOMPARE(scopes.assign(sites.supervisor, crn, dewi, " ").error().code, ErrorCode::BadInput);
        QCOMPARE(scopes.assign(sites.supervisor, crn, Uuid{}, "x").error().code, ErrorCode::NotFound);
        QCOMPARE(scopes.assign(sites.supervisor, "0000000000000", dewi, "x").error().code, ErrorCode::NotFound);
        QCOMPARE(scopes.assign(sites.supervisor, crn, sites.supervisor, "x").error().code, ErrorCode::Conflict);
        WELL(scopes.assign(sites.supervisor, crn, dewi, "x"));
        QCOMPARE(scopes.assign(sites.supervisor, crn, dewi, "x").error().code, ErrorCode::Conflict);
    }

    void onlyASupervisorMovesAndOnlyToASiteThatThereIs() {
        Sites sites;
        auto& scopes = sites.server->scopes();
        const auto crn = sites.here.beginClaim();
        WELL(sites.here.push(*sites.server));
        QCOMPARE(scopes.move(sites.here.officer(), crn, "bangor", "x").error().code, ErrorCode::NotAllowed);
        QCOMPARE(scopes.move(sites.supervisor, crn, "bangor", " ").error().code, ErrorCode::BadInput);
        QCOMPARE(scopes.move(sites.supervisor, crn, "nowhere", "x").error().code, ErrorCode::NotFound);
        QCOMPARE(scopes.move(sites.supervisor, "0000000000000", "bangor", "x").error().code, ErrorCode::NotFound);
        QCOMPARE(scopes.move(sites.supervisor, crn, "caernarfon", "x").error().code, ErrorCode::Conflict);
    }

    void theFoldedTablesAreMadeAgainByteForByteAfterMovesAndErasures() {
        Sites sites;
        auto& server = sites.server;
        std::vector<std::string> claims;
        for (int i = 0; i < 6; ++i) {
            claims.push_back(sites.here.beginClaim());
            sites.here.save(claims.back(), "a/surname", "Jones");
        }
        WELL(sites.here.push(*server));
        for (int round = 0; round < 3; ++round) {
            for (std::size_t i = 0; i < claims.size(); i += 2) {
                WELL(sites.move(claims[i], round % 2 == 0 ? "bangor" : "caernarfon"));
                server.clock.advance(1'000);
            }
        }
        WELL(server->erasures().erase(sites.supervisor, claims[0], "Asked for by the customer."));
        WELL(server->erasures().erase(sites.supervisor, claims[1], "Asked for by the customer."));
        WELL(sites.there.pull(*server));
        WELL(sites.here.pull(*server));
        const auto before = folded(*server);
        WELL(server::rebuildFolded(server->store()));
        QVERIFY(folded(*server) == before);
    }

    void H38_anErasedClaimKeepsItsHeadersAndNothingElse() {
        QTemporaryDir folder;
        server::Server::Options options;
        options.data = folder.path().toStdString();
        options.inline_writer = true;
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        const auto crn = tablet.beginClaim();
        const auto other = tablet.beginClaim();
        tablet.save(crn, "a/surname", "Llewelyn-ap-Gruffudd");
        tablet.append(crn, Payload{{Edit{"transfer/x", Value("Cyfrinachol"), {}}}, std::nullopt});  // set aside
        tablet.saveIntent(crn, Value::Map{{"intent", "submit"}, {"digest", Bytes(32, 1)}});         // waits
        WELL(tablet.push(*server));
        const auto image = Bytes(5'000, 0x41);
        const auto shared_image = Bytes(5'000, 0x42);
        WELL(tablet.upload(*server, crn, image));
        WELL(tablet.upload(*server, crn, shared_image));
        WELL(tablet.upload(*server, other, shared_image));

        // Words of people about a transfer, and bytes of an upload that became a blob's while its process ended.
        server::TransferRow told;
        told.record.id = told.record.idempotency_key = "t-1";
        told.record.crn = crn;
        told.record.target = "jsaps";
        told.record.state = server::TransferState::Accepted;
        told.record.target_ref = "Llewelyn-ap-Gruffudd 7";
        told.record.reason = "Found under Llewelyn-ap-Gruffudd";
        WELL(server->store().write([&](server::LedgerTransaction& tx) { return tx.transfers().add(told); }));
        const auto stray = Bytes(5'000, 0x43);
        const auto session = tablet.session(*server);
        const auto upload = server->blobs().create(session, stray.size(), sha256(stray), crn);
        WELL(upload);
        WELL((*server->blobs().begin(session, upload->id, 0))->write(stray));
        WELL(server->blobFiles().adopt(upload->id, sha256(stray)));

        QCOMPARE(server->erasures().erase(tablet.officer(), crn, "x").error().code, ErrorCode::NotAllowed);
        WELL(server->erasures().erase(supervisor, crn, "Court order 17."));
        QCOMPARE(server->erasures().erase(supervisor, crn, "again").error().code, ErrorCode::NotFound);

        // Nothing of it is on the disk, in whatever file.
        for (const auto& entry : std::filesystem::recursive_directory_iterator(options.data)) {
            if (!entry.is_regular_file()) continue;
            QFile file(QString::fromStdString(entry.path().string()));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto bytes = file.readAll();
            QVERIFY2(!bytes.contains("Llewelyn-ap"), entry.path().c_str());
            QVERIFY2(!bytes.contains("Cyfrinachol"), entry.path().c_str());
            QVERIFY2(!bytes.contains(QByteArray(64, 0x41)), entry.path().c_str());
            QVERIFY2(!bytes.contains(QByteArray(64, 0x43)), entry.path().c_str());
        }
        const BlobFilesOf files{options.data};
        QVERIFY(!files.has(image) && files.has(shared_image));
        const auto all = server->store().read([&](const LedgerSnapshot& now) -> Result<bool> {
            ASSIGN(const auto key, now.claims().claimKey(crn));
            ASSIGN(const auto intents, now.claims().waitingIntents(crn));
            ASSIGN(const auto set_aside, now.chains().quarantined());
            return !key && intents.empty() && set_aside.empty();
        });
        QVERIFY(all.value());

        // Headers stay, and each chain still verifies.
        const auto rows =
            server->store().read([&](const LedgerSnapshot& now) { return now.claims().rowsOfClaim(crn); });
        std::size_t erased = 0;
        for (const auto& row : *rows) {
            for (std::size_t i = 0; i < row.ids.size(); ++i) {
                const auto raw = splitChangeSet(row.change_sets[i]);
                const auto hash = sha256(raw->header_bytes);
                QVERIFY(std::equal(row.ids[i].begin(), row.ids[i].end(), hash.begin()));
                erased += raw->payload_bytes.empty() ? 1 : 0;
            }
        }
        QVERIFY(erased >= 2);
        const auto decision = decodeChangeSet(rows->back().change_sets.back());
        QVERIFY(payloadMatches(decision->header, decision->payload_bytes, ClaimKey{}));
        QCOMPARE(decision->payload.edits[0].path, std::string("erased"));

        // The next of the chain is received, and so is more of the erased claim, which is dropped.
        tablet.save(crn, "a/surname", "Evans");
        tablet.save(other, "a/surname", "Rees");
        const auto reply = tablet.push(*server);
        QVERIFY(reply->results[0].outcome == PushOutcome::Received && reply->results[0].notes.empty());
        QVERIFY(stateOf(*server, crn).find("a/surname") == nullptr);
        QCOMPARE(*stateOf(*server, other).value("a/surname").text(), std::string("Rees"));
        const auto key = server->store().read([&](const LedgerSnapshot& now) { return now.claims().claimKey(crn); });
        QVERIFY(!*key);
        QCOMPARE(tablet.upload(*server, crn, image).error().code, ErrorCode::NotFound);

        // Tablets are told until they confirm.
        QCOMPARE(server->erasures().tablets()->at(0).confirmed_ms, 0);
        WELL(tablet.pull(*server));
        QCOMPARE(tablet.purge()[0].kind, PurgeKind::Erase);
        QVERIFY(!tablet.holds(crn));
        WELL(tablet.pull(*server));
        QVERIFY(tablet.purge().empty());
        QVERIFY(server->erasures().tablets()->at(0).confirmed_ms != 0);
        WELL(server->store().check());
        const auto before = folded(*server);
        WELL(server::rebuildFolded(server->store()));
        QVERIFY(folded(*server) == before);
    }

    // A tablet that erased its own work offers the headers, and its chain goes on (after a server's restore).
    void H38_aChangeSetWithoutItsPayloadIsReceivedAndNeverApplied() {
        Sites sites;
        auto& server = sites.server;
        const auto crn = sites.here.beginClaim();
        const auto gone = sites.here.save(crn, "a/surname", "Jones");
        sites.here.save(crn, "a/forename", "Mair");
        auto request = sites.here.pushRequest(1);
        request.segments[0].change_sets[1] = encodeCbor(Value::List{gone.header_bytes, Bytes()});
        const auto reply = sites.here.pushRaw(*server, request);
        QVERIFY(reply->results[0].outcome == PushOutcome::Received && reply->results[0].notes.empty());
        QCOMPARE(reply->results[0].through, 3U);
        QVERIFY(stateOf(*server, crn).find("a/surname") == nullptr);
        QCOMPARE(*stateOf(*server, crn).value("a/forename").text(), std::string("Mair"));
        const auto row = server->store().read(
            [&](const LedgerSnapshot& now) { return now.chains().changeSet(sites.here.author(), 1, 2); });
        QCOMPARE((*row)->disposition, Disposition::Erased);
    }

private:
    struct BlobFilesOf {
        std::filesystem::path data;
        bool has(const Bytes& bytes) const {
            const auto name = toHex(sha256(bytes));
            return std::filesystem::exists(data / "blobs" / name.substr(0, 2) / name);
        }
    };
};

QTEST_GUILESS_MAIN(ScopesTest)
#include "tst_scopes.moc"
