#include <QTemporaryDir>
#include <QtTest>

#include "shared/domain/records.h"
#include "shared/wire/snapshot.h"
#include "tests/support/field_tablet/field_tablet.h"

// Snapshots from the server's services to the tablet's stores: the vault and the store in memory alike.
using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;

namespace {

constexpr const char* kScope = "site/caernarfon";
constexpr std::uint64_t kBehind = 20;

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    options.most_behind = kBehind;
    return options;
}

/// A tablet that has been away for months: it holds one claim of its own and one of a colleague's, both of which have
/// gone on without it, beside many that it has never seen.
struct Away {
    explicit Away(StoreKind kind) : server(inMemory(folder)), tablet(kind, server), colleague(kind, server) {
        ENSURE(server->directory().addSite("bangor", "Bangor").has_value());
        const auto added = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor");
        ENSURE(added.has_value());
        supervisor = added->id;
        mine = tablet.begin();
        tablet.save(mine, "a/surname", "Jones");
        must(tablet.sync());
        theirs = colleague.begin();
        must(colleague.sync());
        must(tablet.sync());
        for (int i = 0; i < 8; ++i) {
            others.push_back(colleague.begin());
            for (int j = 0; j < 6; ++j) colleague.save(others.back(), "a/q" + std::to_string(j), Value(noise()));
        }
        colleague.save(mine, "a/first_names", "Mair");
        colleague.save(theirs, "a/surname", "Evans");
        must(colleague.sync());
        tablet.snapshotsInPartsOf(2'000);
        before = tablet.state(mine);
    }
    static void must(const Status& status) {
        if (!status) ensureFailed(describe(status.error()).c_str(), __FILE__, __LINE__);
    }
    // Does not compress, so that a few claims make many parts.
    std::string noise() {
        Bytes bytes(200);
        server.random.fill(bytes.data(), bytes.size());
        return toHex(bytes);
    }
    std::uint64_t snapshotSize() {
        server::Session session;
        session.device = tablet.device();
        session.scopes = {kScope};
        const auto snapshot = server->snapshots().open(session, kScope);
        ENSURE(snapshot.has_value());
        return std::filesystem::file_size(snapshot->path);
    }
    ClaimState onServer(const std::string& crn) {
        const auto claim = server->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        ENSURE(claim.has_value() && claim->has_value());
        return *decodeClaimState((*claim)->state);
    }
    /// Everything of the site is here, and as it is on the server.
    bool agrees() {
        auto all = others;
        all.insert(all.end(), {mine, theirs});
        return std::all_of(all.begin(), all.end(), [&](const std::string& crn) {
            return encodeClaimState(tablet.state(crn)) == encodeClaimState(onServer(crn));
        });
    }

    QTemporaryDir folder;
    TestServer server;
    FieldTablet tablet;
    FieldTablet colleague;
    Uuid supervisor;
    std::string mine;
    std::string theirs;
    std::vector<std::string> others;
    ClaimState before;
};

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

#define FETCH_KIND()    \
    QFETCH(int, store); \
    const auto kind = static_cast<StoreKind>(store)

class TabletSnapshotsTest : public QObject {
    Q_OBJECT

    static void bothStores() {
        QTest::addColumn<int>("store");
        QTest::newRow("in memory") << static_cast<int>(StoreKind::Memory);
        QTest::newRow("vault") << static_cast<int>(StoreKind::Vault);
    }

private slots:
    void H28_months_offline_end_in_a_snapshot_and_pending_work_is_kept_data() { bothStores(); }
    void H28_months_offline_end_in_a_snapshot_and_pending_work_is_kept() {
        FETCH_KIND();
        Away away(kind);
        auto& tablet = away.tablet;
        const auto pending = tablet.save(away.mine, "a/surname", "Pritchard");
        const auto begun = tablet.begin();
        tablet.save(begun, "a/surname", "Rees");
        // Nothing of it goes up before the snapshot has taken the old copy's place.
        WELL(tablet.hello());
        WELL(tablet.pull());
        QVERIFY(tablet.snapshotBytes() > 0);
        QCOMPARE(*tablet.state(away.mine).value("a/first_names").text(), std::string("Mair"));
        QCOMPARE(*tablet.state(away.mine).value("a/surname").text(), std::string("Pritchard"));
        QVERIFY(tablet.state(away.mine).conflicts().empty());
        QCOMPARE(*tablet.state(begun).value("a/surname").text(), std::string("Rees"));
        QCOMPARE(*tablet.state(away.theirs).value("a/surname").text(), std::string("Evans"));
        QVERIFY(!tablet.standing(pending).acknowledged);
        WELL(tablet.sync());
        QVERIFY(tablet.standing(pending).in_ledger);
        away.others.push_back(begun);
        QVERIFY(away.agrees());
        QCOMPARE(tablet.freshPulls(), 0);
        QVERIFY(!tablet.store().pullPosition()->full);
    }

    void H21_a_download_that_is_cut_after_every_part_goes_on_at_the_byte_and_shows_nothing_half_data() { bothStores(); }
    void H21_a_download_that_is_cut_after_every_part_goes_on_at_the_byte_and_shows_nothing_half() {
        FETCH_KIND();
        Away away(kind);
        auto& tablet = away.tablet;
        const auto size = away.snapshotSize();
        int cuts = 0;
        bool whole = false;
        while (!whole && cuts < 100) {
            tablet.losesNetworkBeforePart(1);
            WELL(tablet.hello());
            const auto read = tablet.pull();
            whole = read.has_value();
            if (whole) break;
            QCOMPARE(read.error().code, ErrorCode::Network);
            ++cuts;
            QVERIFY(encodeClaimState(tablet.state(away.mine)) == encodeClaimState(away.before));
            for (const auto& crn : away.others) QVERIFY(tablet.state(crn).registers().empty());
        }
        QVERIFY(whole);
        QVERIFY2(cuts > 4, qPrintable(QString::number(cuts)));
        QCOMPARE(tablet.snapshotBytes(), size);
        QVERIFY(away.agrees());
    }

    void H22_what_is_written_while_a_snapshot_travels_comes_after_it_and_once_data() { bothStores(); }
    void H22_what_is_written_while_a_snapshot_travels_comes_after_it_and_once() {
        FETCH_KIND();
        Away away(kind);
        auto& tablet = away.tablet;
        const auto size = away.snapshotSize();
        for (int round = 0; round < 4; ++round) {
            tablet.losesNetworkBeforePart(1);
            WELL(tablet.hello());
            QCOMPARE(tablet.pull().error().code, ErrorCode::Network);
            away.colleague.save(away.mine, "a/first_names", Value("Mair " + std::to_string(round)));
            away.colleague.save(away.others[static_cast<std::size_t>(round)], "a/q0", "late");
            away.others.push_back(away.colleague.begin());
            WELL(away.colleague.sync());
        }
        WELL(tablet.sync());
        QCOMPARE(tablet.snapshotBytes(), size);
        QVERIFY(away.agrees());
        QCOMPARE(tablet.freshPulls(), 0);
        QVERIFY(tablet.state(away.mine).conflicts().empty());
    }

    void H22_a_claim_that_leaves_while_a_snapshot_travels_is_not_on_the_tablet_data() { bothStores(); }
    void H22_a_claim_that_leaves_while_a_snapshot_travels_is_not_on_the_tablet() {
        FETCH_KIND();
        Away away(kind);
        auto& tablet = away.tablet;
        tablet.losesNetworkBeforePart(4);
        WELL(tablet.hello());
        QCOMPARE(tablet.pull().error().code, ErrorCode::Network);
        const auto gone = away.others.front();
        away.others.erase(away.others.begin());
        WELL(away.server->scopes().move(away.supervisor, gone, "bangor", "She has moved house."));
        const auto size = away.snapshotSize();
        WELL(tablet.sync());
        QCOMPARE(tablet.snapshotBytes(), 4 * 2'000 + size);  // from the beginning, in another file
        QVERIFY(tablet.state(gone).registers().empty());
        QVERIFY(away.agrees());
        QCOMPARE(tablet.freshPulls(), 0);
    }

    void a_snapshot_that_is_damaged_leaves_the_old_copy_and_begins_anew_data() { bothStores(); }
    void a_snapshot_that_is_damaged_leaves_the_old_copy_and_begins_anew() {
        FETCH_KIND();
        Away away(kind);
        auto& kept = away.tablet.store();
        away.tablet.losesNetworkBeforePart(3);
        WELL(away.tablet.hello());
        QCOMPARE(away.tablet.pull().error().code, ErrorCode::Network);
        const auto at = kept.snapshotPosition();
        WELL(at);
        QVERIFY(at->has_value());
        QCOMPARE((*at)->offset, 6'000U);
        const auto taken = kept.snapshotPartReceived({kScope, (*at)->etag, 6'000, 100'000, Bytes(40'000, 0x20)});
        WELL(taken);
        QVERIFY(!*taken);
        QCOMPARE((*kept.snapshotPosition())->offset, 0U);
        QVERIFY((*kept.snapshotPosition())->etag.empty());
        QVERIFY(encodeClaimState(away.tablet.state(away.mine)) == encodeClaimState(away.before));
        WELL(away.tablet.sync());
        QVERIFY(away.agrees());
    }

    void H21_a_snapshot_that_does_not_hold_what_its_checksum_says_is_not_taken_data() { bothStores(); }
    void H21_a_snapshot_that_does_not_hold_what_its_checksum_says_is_not_taken() {
        FETCH_KIND();
        Away away(kind);
        auto& kept = away.tablet.store();
        WELL(away.tablet.hello());
        WELL(kept.snapshotsNeeded());
        PullReply page;
        page.epoch = away.server->identity().epoch;
        page.cursors[kScope] = 7;
        page.checksums[kScope] = 12'345;
        const auto offer = [&] {
            Bytes body;
            appendFrame(body, page);
            const auto size = body.size();
            return kept.snapshotPartReceived({kScope, "x", 0, size, std::move(body)});
        };
        QVERIFY(!*offer());
        QCOMPARE(kept.pullPosition()->cursors.at(kScope), 0U);
        QVERIFY(encodeClaimState(away.tablet.state(away.mine)) == encodeClaimState(away.before));
        // Of nothing, the checksum is nothing; but this is another history's.
        page.checksums[kScope] = 0;
        page.epoch = Uuid{{9}};
        QVERIFY(!*offer());
        page.epoch = away.server->identity().epoch;
        QVERIFY(*offer());
        QCOMPARE(kept.pullPosition()->cursors.at(kScope), 7U);
    }

    void a_snapshot_that_ends_early_is_not_taken_data() { bothStores(); }
    void a_snapshot_that_ends_early_is_not_taken() {
        FETCH_KIND();
        Away away(kind);
        auto& kept = away.tablet.store();
        away.tablet.losesNetworkBeforePart(3);
        WELL(away.tablet.hello());
        QCOMPARE(away.tablet.pull().error().code, ErrorCode::Network);
        const auto etag = (*kept.snapshotPosition())->etag;
        const auto taken = kept.snapshotPartReceived({kScope, etag, 6'000, 6'003, Bytes(3)});
        WELL(taken);
        QVERIFY(!*taken);
    }

    void a_copy_that_differs_is_taken_afresh_beside_the_old_one_data() { bothStores(); }
    void a_copy_that_differs_is_taken_afresh_beside_the_old_one() {
        FETCH_KIND();
        Away away(kind);
        auto& tablet = away.tablet;
        WELL(tablet.sync());
        const auto first = tablet.snapshotBytes();
        const auto at = tablet.store().pullPosition();
        WELL(at);
        PullReply wrong;
        wrong.epoch = at->epoch;
        wrong.cursors = at->cursors;
        wrong.checksums[kScope] = 12'345;
        const auto outcome = tablet.store().pullReceived(wrong);
        WELL(outcome);
        QVERIFY(outcome->fresh_needed);
        WELL(tablet.store().beginFreshPull());
        tablet.losesNetworkBeforePart(2);
        QCOMPARE(tablet.pull().error().code, ErrorCode::Network);
        QVERIFY(away.agrees());  // the old copy
        WELL(tablet.sync());
        QVERIFY(tablet.snapshotBytes() > first);
        QVERIFY(away.agrees());
    }

    void a_new_tablet_begins_with_a_snapshot_of_each_of_its_sites_data() { bothStores(); }
    void a_new_tablet_begins_with_a_snapshot_of_each_of_its_sites() {
        FETCH_KIND();
        Away away(kind);
        FieldTablet there(kind, away.server, "bangor", "Dewi Rees");
        const auto far = there.begin("bangor");
        for (int i = 0; i < 30; ++i) there.save(far, "a/q" + std::to_string(i), "x");
        WELL(there.sync());
        FieldTablet fresh(kind, away.server, "caernarfon", "Gwen Hughes");
        WELL(away.server->scopes().addDeviceSite(fresh.device(), "bangor", "operator"));
        WELL(fresh.sync());
        QVERIFY(fresh.snapshotBytes() > 0);
        QCOMPARE(fresh.freshPulls(), 0);
        QVERIFY(encodeClaimState(fresh.state(far)) == encodeClaimState(away.onServer(far)));
        QVERIFY(encodeClaimState(fresh.state(away.mine)) == encodeClaimState(away.onServer(away.mine)));
        // A claim that moves between the two while they come is whole, and once.
        FieldTablet other(kind, away.server, "caernarfon", "Huw Parry");
        WELL(away.server->scopes().addDeviceSite(other.device(), "bangor", "operator"));
        other.snapshotsInPartsOf(1'000'000);
        other.losesNetworkBeforePart(1);
        WELL(other.hello());
        QCOMPARE(other.pull().error().code, ErrorCode::Network);
        WELL(away.server->scopes().move(away.supervisor, away.others[0], "bangor", "She has moved house."));
        WELL(away.server->scopes().move(away.supervisor, far, "caernarfon", "He has moved house."));
        WELL(other.sync());
        QCOMPARE(other.freshPulls(), 0);
        for (const auto& crn : {away.others[0], far, away.mine})
            QVERIFY(encodeClaimState(other.state(crn)) == encodeClaimState(away.onServer(crn)));
    }

    void a_site_that_is_taken_away_in_the_middle_is_not_downloaded_on_data() { bothStores(); }
    void a_site_that_is_taken_away_in_the_middle_is_not_downloaded_on() {
        FETCH_KIND();
        Away away(kind);
        WELL(away.server->scopes().addDeviceSite(away.tablet.device(), "bangor", "operator"));
        FieldTablet there(kind, away.server, "bangor", "Dewi Rees");
        const auto far = there.begin("bangor");
        for (int i = 0; i < 30; ++i) there.save(far, "a/q" + std::to_string(i), Value(away.noise()));
        WELL(there.sync());
        away.tablet.losesNetworkBeforePart(2);
        WELL(away.tablet.hello());
        QCOMPARE(away.tablet.pull().error().code, ErrorCode::Network);
        QCOMPARE((*away.tablet.store().snapshotPosition())->scope, std::string("site/bangor"));
        WELL(away.server->scopes().removeDeviceSite(away.tablet.device(), "bangor", "operator"));
        WELL(away.tablet.sync());
        QVERIFY(away.tablet.state(far).registers().empty());
        QVERIFY(away.agrees());
        QCOMPARE(away.tablet.freshPulls(), 0);
    }
};

QTEST_GUILESS_MAIN(TabletSnapshotsTest)
#include "tst_tablet_snapshots.moc"
