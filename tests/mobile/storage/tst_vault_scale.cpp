#include <sqlite3.h>

#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "mobile/storage/vault_sync_store.h"
#include "shared/base/ids.h"
#include "shared/domain/records.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr int kSaves = 3;  // of a claim
constexpr const char* kScope = "site/llanrwst";

// What SQLite did, in steps of its virtual machine: the same on every machine, whatever else runs there.
std::int64_t g_steps = 0;

int opened(sqlite3* database, char**, const sqlite3_api_routines*) {
    sqlite3_progress_handler(
        database, 1,
        [](void*) {
            ++g_steps;
            return 0;
        },
        nullptr);
    return SQLITE_OK;
}

template <typename Job>
std::int64_t stepsOf(const Job& job) {
    const auto before = g_steps;
    job();
    return g_steps - before;
}

PushReply received(const Outbox& outbox) {
    PushReply out;
    for (const auto& segment : outbox.segments) {
        const auto last = decodeChangeSet(segment.change_sets.back())->header.counter;
        out.results.push_back({segment.author, segment.incarnation, PushOutcome::Received, last, {}, {}});
    }
    return out;
}

/// A tablet that holds claims of its own, all of them received, and as many of a colleague's, all of them pulled.
class Tablet {
public:
    explicit Tablet(int claims) : vault(testVault(m_folder.path().toStdString(), clock, random)), store(*vault) {
        m_colleague = Uuid::make(clock, random);
        must(store.authorRegistered(store.unregisteredAuthors()->front().author));
        for (int i = 0; i < claims; ++i) begin();
        pushAll();
        must(store.pullReceived(colleagues(claims)));
    }

    std::string begin() {
        const auto crn = Crn::make(random);
        ClaimKey key{};
        random.fill(key.data(), key.size());
        save(crn, Edit{"site", "llanrwst", {}}, key);
        for (int i = 1; i < kSaves; ++i) save(crn, Edit{"a/question_" + std::to_string(i), "answer", {}}, std::nullopt);
        return crn;
    }
    void pushAll() {
        for (auto outbox = store.outbox(1U << 20U); outbox->change_sets > 0; outbox = store.outbox(1U << 20U))
            must(store.pushReceived(*outbox, received(*outbox)));
    }
    /// Claims that a colleague took elsewhere, as the server sends them.
    PullReply colleagues(int claims) {
        PullReply out;
        for (int i = 0; i < claims; ++i) {
            const auto crn = Crn::make(random);
            ClaimKey key{};
            random.fill(key.data(), key.size());
            out.keys.emplace(crn, key);
            PullRow row{kScope, ++m_seq, crn, {}};
            for (int j = 0; j < kSaves; ++j) {
                ChangeSetHeader header;
                header.author = m_colleague;
                header.incarnation = 1;
                header.counter = ++m_counter;
                header.previous = m_previous;
                header.claim = crn;
                header.pack = "working-age/1";
                const auto edit = j == 0 ? Edit{"site", "llanrwst", {}}
                                         : Edit{"a/question_" + std::to_string(j), "something of some length", {}};
                const auto made = makeChangeSet(std::move(header), {{edit}, std::nullopt}, key);
                m_previous = made.hash;
                row.change_sets.push_back(encodeChangeSet(made));
            }
            out.rows.push_back(std::move(row));
        }
        out.cursors[kScope] = m_seq;
        return out;
    }

    SetClock clock;
    SeededRandom random;

private:
    template <typename T>
    static void must(const T& result) {
        if (!result) qFatal("%s", result.error().detail.c_str());
    }
    void save(const std::string& crn, Edit edit, std::optional<ClaimKey> key) {
        must(vault->save({crn, {{std::move(edit)}, std::nullopt}, "working-age/1", key, key ? "llanrwst" : "", {}}));
    }

    QTemporaryDir m_folder;
    Uuid m_colleague;
    std::uint64_t m_seq = 0;
    std::uint64_t m_counter = 0;
    Hash m_previous{};

public:
    std::unique_ptr<Vault> vault;
    VaultSyncStore store;
};

}  // namespace

/// What a step of sync costs is what it moves, not what the tablet holds: otherwise the time of a whole sync grows with
/// the square of it, and 2,000 claims take minutes.
class VaultScaleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QCOMPARE(sqlite3_auto_extension(reinterpret_cast<void (*)()>(&opened)), SQLITE_OK); }
    void cleanupTestCase() { sqlite3_reset_auto_extension(); }

    void a_step_of_sync_costs_the_same_whatever_the_tablet_holds_data() {
        using Job = std::function<void(Tablet&)>;
        QTest::addColumn<std::function<void(Tablet&)>>("job");
        QTest::newRow("the counts") << Job([](Tablet& tablet) { QVERIFY(tablet.store.counts()); });
        QTest::newRow("where it stands") << Job([](Tablet& tablet) { QVERIFY(tablet.store.position()); });
        QTest::newRow("what is to be uploaded") << Job([](Tablet& tablet) { QVERIFY(tablet.store.uploads()); });
        QTest::newRow("a claim sent") << Job([](Tablet& tablet) {
            tablet.begin();
            tablet.pushAll();
        });
        QTest::newRow("a page with one claim") << Job([](Tablet& tablet) {
            auto page = tablet.colleagues(1);
            page.more = true;
            QVERIFY(tablet.store.pullReceived(page));
        });
    }
    void a_step_of_sync_costs_the_same_whatever_the_tablet_holds() {
        QFETCH(std::function<void(Tablet&)>, job);
        Tablet small(10);
        Tablet large(150);
        job(small);  // statements are made once
        job(large);
        const auto few = stepsOf([&] { job(small); });
        const auto many = stepsOf([&] { job(large); });
        QVERIFY(few > 0);
        QVERIFY2(many < few + few / 2 + 50, qPrintable(QStringLiteral("%1 steps, and %2").arg(few).arg(many)));
    }

    void a_search_reads_no_more_claims_than_it_shows() {
        const auto stepsOver = [](int claims) {
            Tablet tablet(claims);
            const auto rows = tablet.vault->claims();
            for (const auto& row : *rows) {
                if (!tablet.vault->saveSummaries({{row.crn, {1}, 1, "customer", {}}})) qFatal("not saved");
            }
            const auto search = [&] { QCOMPARE(tablet.vault->search("customer", 5)->size(), 5U); };
            search();  // statements are made once
            return stepsOf(search);
        };
        const auto few = stepsOver(10);
        const auto many = stepsOver(100);
        QVERIFY(few > 0);
        QVERIFY2(many <= few + 10, qPrintable(QStringLiteral("%1 steps, and %2").arg(few).arg(many)));
    }

    void finding_duplicates_costs_one_look_at_the_index_of_marks() {
        const auto with = [](int claims) {
            auto tablet = std::make_unique<Tablet>(claims);
            int n = 0;
            const auto rows = tablet->vault->claims();
            for (const auto& row : *rows) {
                const auto place = std::to_string(n++);
                if (!tablet->vault->saveSummaries({{row.crn, {1}, 1, {}, {"n/" + place, "p/" + place, "s/" + place}}}))
                    qFatal("not saved");
            }
            return tablet;
        };
        const auto small = with(10);   // 20 claims, half of them a colleague's
        const auto large = with(100);  // 200 claims
        const auto of = [](Tablet& tablet) {
            const auto crn = tablet.vault->claims()->front().crn;
            const auto one = [&] {
                QVERIFY(tablet.vault->claimsMarked(crn, {"n/5", "p/5", "s/5"}, 10).has_value());
                QVERIFY(tablet.vault->toSummarise(1, 20)->empty());
            };
            one();  // statements are made once
            return stepsOf(one);
        };
        const auto few = of(*small);
        const auto many = of(*large);
        QVERIFY(few > 0);
        QVERIFY2(many <= few + 10, qPrintable(QStringLiteral("%1 steps, and %2").arg(few).arg(many)));
        // All pairs: one walk along the index, 3 entries a claim, at most so many steps each.
        constexpr int kStepsOfAnEntry = 20;
        const auto all = [&] { QVERIFY(large->vault->sharedMarks(2'000)->empty()); };
        all();
        const auto walk = stepsOf(all);
        QVERIFY2(walk < 200 * 3 * kStepsOfAnEntry, qPrintable(QStringLiteral("%1 steps").arg(walk)));
    }
};

QTEST_GUILESS_MAIN(VaultScaleTest)
#include "tst_vault_scale.moc"
