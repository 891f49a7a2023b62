#include <QTemporaryDir>
#include <QtTest>

#include "mobile/casework/casework.h"
#include "shared/base/practice_crn.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/field_tablet/field_tablet.h"
#include "tests/support/forms/claim_sketch.h"

// What two officers do without seeing each other, on two vaults and through the server: conflicts and duplicates are
// settled on one tablet and are settled on the other.
using namespace fieldclaim;
using namespace fieldclaim::test;
using tablet::Casework;

namespace {

Answer given(const std::string& text) { return {Answer::Kind::Given, text}; }

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    return options;
}

/// A tablet with an officer at work on it.
struct Desk {
    Desk(TestServer& server, const std::string& officer)
        : tablet(StoreKind::Vault, server, "caernarfon", officer),
          casework(*tablet.vault(), server.clock, server.random, missionPack()) {}
    FieldTablet tablet;
    Casework casework;
};

}  // namespace

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

class TwoTabletsTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<TestServer>(inMemory(*m_folder));
        m_one = std::make_unique<Desk>(*m_server, "Carys Hughes");
        m_two = std::make_unique<Desk>(*m_server, "Dewi Rees");
    }
    void cleanup() {
        m_one.reset();
        m_two.reset();
        m_server.reset();
    }

    void twoAnswersAreSettledWithAThirdAndANoteAndTheOtherTabletHasIt() {
        const auto crn = begun();
        WELL(m_one->casework.saveAnswer(crn, "phone", given("07700900123")));
        WELL(m_two->casework.saveAnswer(crn, "phone", given("07700900456")));
        WELL(m_one->casework.saveProof(crn, {"identity", "original", "Current passport", "", {}, ""}));
        both();
        for (auto* desk : {&*m_one, &*m_two})
            QCOMPARE(desk->casework.open(crn)->review.conflicts, std::vector<std::string>{"a/phone"});

        // Who wrote what: one's own by name; a colleague's, who recorded a proof in this claim, by name too.
        const auto writers = m_two->casework.writers(crn).value();
        std::map<std::string, bool> who;
        for (const auto& [author, writer] : writers) who[writer.name] = writer.here;
        QCOMPARE(who.at("Carys Hughes"), false);
        QCOMPARE(who.at("Dewi Rees"), true);

        WELL(m_two->casework.resolve(crn, "phone", given("07700 900789"), "Read from her own telephone"));
        both();
        for (auto* desk : {&*m_one, &*m_two}) {
            const auto open = desk->casework.open(crn);
            QVERIFY(open->review.conflicts.empty());
            QCOMPARE(*open->state.value("a/phone").text(), std::string("07700900789"));
            const auto history = desk->casework.history(crn, "phone").value();
            QCOMPARE(history.size(), 4U);  // all three answers, and the note
            QCOMPARE(history.back().text, std::string("Note: Read from her own telephone"));
        }
        same(crn);
    }

    void H30_bothSettleItTheSameWayAndItIsSettled() {
        const auto crn = begun();
        WELL(m_one->casework.saveAnswer(crn, "phone", given("07700900123")));
        WELL(m_two->casework.saveAnswer(crn, "phone", given("07700900456")));
        both();
        WELL(m_one->casework.resolve(crn, "phone", given("07700900456")));
        WELL(m_two->casework.resolve(crn, "phone", given("07700900456"), "He rang from it"));
        both();
        QVERIFY(m_one->casework.open(crn)->review.conflicts.empty());
        QVERIFY(m_two->casework.open(crn)->review.conflicts.empty());
        same(crn);
    }

    void bothSettleItDifferentlyAndItIsAskedAgain() {
        const auto crn = begun();
        WELL(m_one->casework.saveAnswer(crn, "phone", given("07700900123")));
        WELL(m_two->casework.saveAnswer(crn, "phone", given("07700900456")));
        both();
        WELL(m_one->casework.resolve(crn, "phone", given("07700900123")));
        WELL(m_two->casework.resolve(crn, "phone", given("07700900456")));
        both();
        QCOMPARE(m_one->casework.open(crn)->review.conflicts.size(), 1U);
        same(crn);
    }

    void H53_aJobRemovedHereAndChangedThereIsKeptOrRemovedWhole_data() {
        QTest::addColumn<bool>("keep");
        QTest::newRow("kept") << true;
        QTest::newRow("removed") << false;
    }
    void H53_aJobRemovedHereAndChangedThereIsKeptOrRemovedWhole() {
        QFETCH(bool, keep);
        const auto crn = begun();
        const auto id = m_one->casework.newInstance();
        const auto job = "job/" + id;
        WELL(m_one->casework.saveAnswer(crn, job + "/jb_employer", given("Eryri Cafe")));
        both();
        WELL(m_one->casework.removeInstance(crn, "job", id));
        WELL(m_two->casework.saveAnswer(crn, job + "/jb_net", given("120.00")));
        both();
        QCOMPARE(m_one->casework.open(crn)->review.conflicts, std::vector<std::string>{"a/" + job});
        WELL(m_one->casework.resolve(crn, job, keep ? std::optional(given("")) : std::nullopt, "Asked her"));
        both();
        for (auto* desk : {&*m_one, &*m_two}) {
            const auto open = desk->casework.open(crn);
            QVERIFY(open->review.conflicts.empty());
            const auto* net = open->state.find("a/" + job + "/jb_net");
            QCOMPARE(net != nullptr && !net->value().isNull(), keep);
        }
        same(crn);
    }

    void aProofThatTwoRecordedDifferentlyIsChosen() {
        const auto crn = begun();
        WELL(m_one->casework.saveProof(crn, {"identity", "copy", "Bank statement", "", {}, ""}));
        WELL(m_two->casework.saveProof(crn, {"identity", "original", "Current passport", "", {}, ""}));
        both();
        const auto path = proofPath("identity");
        const auto state = m_one->casework.open(crn)->state;
        QCOMPARE(state.conflicts(), std::vector<std::string>{path});
        for (const auto& sibling : state.find(path)->siblings()) {
            if (sibling.value.textAt("level") == "original")
                WELL(m_one->casework.resolveRecord(crn, path, sibling.id, "The passport is here"));
        }
        both();
        QVERIFY(m_two->casework.open(crn)->review.conflicts.empty());
        QCOMPARE(proofOf(m_two->casework.open(crn)->state, "identity")->level, std::string("original"));
        same(crn);
    }

    void decisionsAboutADuplicateTravelConflictAndAreSettled() {
        const auto one = begun();
        const auto two = begun();
        for (const auto& crn : {one, two}) {
            WELL(m_one->casework.saveAnswer(crn, "surname", given("O'Brien")));
            WELL(m_one->casework.saveAnswer(crn, "dob", given("1971-03-27")));
        }
        both();
        QCOMPARE(pairs(*m_two).size(), 1U);
        WELL(m_one->casework.decideDuplicate(one, two, true, ""));
        WELL(m_two->casework.decideDuplicate(one, two, false, "Mother and daughter"));
        both();
        for (auto* desk : {&*m_one, &*m_two}) {
            QCOMPARE(desk->casework.open(one)->review.conflicts, std::vector<std::string>{linkPath(two)});
            QCOMPARE(pairs(*desk).size(), 1U);
        }
        WELL(m_one->casework.decideDuplicate(one, two, false, "Mother and daughter, both were here"));
        both();
        for (auto* desk : {&*m_one, &*m_two}) {
            QVERIFY(desk->casework.open(one)->review.conflicts.empty());
            QVERIFY(desk->casework.open(two)->review.conflicts.empty());
            QCOMPARE(pairs(*desk).size(), 0U);
            QCOMPARE(linksOf(desk->casework.open(two)->state).front().reason,
                     std::string("Mother and daughter, both were here"));
        }
        same(one);
        same(two);
    }

    void aDuplicateIsWithdrawnByTheServerAndEveryAnswerStays() {
        const auto one = begun();
        const auto two = begun();
        for (const auto& crn : {one, two}) {
            WELL(m_one->casework.saveAnswer(crn, "surname", given("O'Brien")));
            WELL(m_one->casework.saveAnswer(crn, "dob", given("1971-03-27")));
        }
        WELL(m_one->casework.withdrawDuplicate(two, one));
        both();
        both();
        for (auto* desk : {&*m_one, &*m_two}) {
            const auto open = desk->casework.open(two);
            QVERIFY(open->review.withdrawn);
            QVERIFY(!desk->casework.open(one)->review.withdrawn);
            QCOMPARE(*open->state.value("a/surname").text(), std::string("O'Brien"));
            QCOMPARE(pairs(*desk).size(), 0U);
        }
        same(two);
    }

    void aPracticeNumberIsSetAsideShouldItEverCome() {
        const auto crn = makePracticeCrn(m_server->random);
        const auto saved = m_one->tablet.vault()->save({crn,
                                                        {{Edit{std::string(kSitePath), Value("caernarfon"), {}}}, {}},
                                                        "working-age/1",
                                                        ClaimKey{7},
                                                        "caernarfon",
                                                        {}});
        QVERIFY(saved.has_value());
        const auto real = begun();
        const auto standing = m_one->tablet.standing(*saved);
        QVERIFY(standing.set_aside);
        QVERIFY(standing.note.find("practice claim") != std::string::npos);
        QVERIFY(!m_two->tablet.holds(crn));
        QVERIFY(m_two->tablet.holds(real));  // the rest goes on
    }

private:
    std::string begun() {
        auto crn = m_one->casework.beginClaim().value();
        both();
        return crn;
    }
    void both() {
        for (int i = 0; i < 2; ++i) {
            for (auto* desk : {&*m_one, &*m_two}) {
                m_server->clock.advance(1'000);
                const auto synced = desk->tablet.sync();
                if (!synced) qFatal("%s", describe(synced.error()).c_str());
            }
        }
    }
    void same(const std::string& crn) {
        const auto one = m_one->tablet.state(crn);
        QVERIFY(encodeClaimState(one) == encodeClaimState(m_two->tablet.state(crn)));
        const auto folded =
            (*m_server)->store().read([&](const server::LedgerSnapshot& now) { return now.claims().claim(crn); });
        QVERIFY(folded.has_value() && folded->has_value());
        QVERIFY(encodeClaimState(one) == (*folded)->state);
    }
    static std::vector<tablet::PossibleDuplicate> pairs(Desk& desk) {
        return desk.casework.possibleDuplicates(desk.casework.claims().value()).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<Desk> m_one;
    std::unique_ptr<Desk> m_two;
};

QTEST_GUILESS_MAIN(TwoTabletsTest)
#include "tst_two_tablets.moc"
