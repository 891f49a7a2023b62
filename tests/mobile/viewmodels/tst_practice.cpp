#include <QTest>
#include <filesystem>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/viewmodels/words.h"
#include "shared/base/practice_crn.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const QString kStrokes = QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]");

bool isTicked(TabletSession& practice, int task) {
    return practice.practiceTasks()->tasks()->value(task, "done").toBool();
}

std::string crnOf(TabletSession& practice, int task) {
    return words::utf8(practice.practiceTasks()->tasks()->value(task, "crn").toString());
}

}  // namespace

/// Practice: a vault of its own, invented customers, guided tasks, and nothing that leaves.
class PracticeTest : public QObject {
    Q_OBJECT

private slots:
    void itBeginsLockedOrUnlockedAndIsThrownAway_data() {
        QTest::addColumn<bool>("unlocked");
        QTest::newRow("from the locked screen") << false;
        QTest::newRow("from Settings") << true;
    }
    void itBeginsLockedOrUnlockedAndIsThrownAway() {
        QFETCH(bool, unlocked);
        SessionKit kit;
        if (unlocked) QVERIFY(kit.unlock());
        auto& session = kit.session();
        const auto folder = kit.folder() + "/practice";
        QVERIFY(session.canPractise());
        session.startPractice();
        auto* practice = session.practice();
        QVERIFY(practice != nullptr);
        QCOMPARE(practice->state(), QStringLiteral("unlocked"));
        QCOMPARE(practice->page(), QStringLiteral("practice"));
        QVERIFY(!practice->canPractise());
        QVERIFY(std::filesystem::exists(folder));
        QVERIFY(!practice->practiceTasks()->banner().isEmpty());
        if (unlocked) QCOMPARE(practice->officerName(), QStringLiteral("Bronwen Pugh"));
        QVERIFY(practice->today()->appointments()->count() >= 3);
        // Every customer's number says what it is, and so does one that begins here.
        const auto claims = practice->casework()->claims().value();
        for (const auto& claim : claims) QVERIFY2(isPracticeCrn(claim.crn), claim.crn.c_str());
        QVERIFY(isPracticeCrn(practice->casework()->beginClaim().value()));
        QVERIFY(practice->sending()->strip().contains(QStringLiteral("never sent")));

        practice->goToday();
        practice->lockNow();  // there is nothing to lock: the officer leaves
        kit.waitForLoop();
        kit.waitForLoop();
        QVERIFY(session.practice() == nullptr);
        QVERIFY(!std::filesystem::exists(folder));
        QCOMPARE(session.state(), unlocked ? QStringLiteral("unlocked") : QStringLiteral("locked"));
        if (!unlocked) QVERIFY(kit.unlock());
        QVERIFY(session.casework()->claims()->empty());
    }

    void nothingOfItCanBeSent() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto& session = kit.session();
        kit.sync().saves = 0;
        session.startPractice();
        auto& practice = *session.practice();
        QVERIFY(practice.casework()->saveAnswer(crnOf(practice, 0), "surname", {Answer::Kind::Given, "Changed"}));
        QCOMPARE(kit.sync().saves, 0);  // the real driver hears nothing of it
        // There is no server, no authority to trust, no device and no code: a store made of it has nobody to speak to.
        auto& vault = *practice.vault();
        QVERIFY(vault.setup().server_url.empty());
        QVERIFY(vault.setup().ca_pem.empty());
        QVERIFY(vault.setup().device.isNil());
        VaultSyncStore store(vault);
        const auto identity = store.identity();
        QVERIFY(!identity || identity->device.isNil());
        const auto authors = store.unregisteredAuthors();
        for (const auto& author : *authors) QVERIFY(author.code.empty());
        // And the real store knows of none of it.
        QVERIFY(session.casework()->claims()->empty());
        QCOMPARE(session.vault()->totals()->saved_here, std::uint64_t{0});
    }

    void whatAKilledAppLeftCannotBeOpenedAndGoes() {
        SessionKit kit;
        const auto folder = kit.folder() + "/practice";
        kit.session().startPractice();
        QVERIFY(kit.session().practice() != nullptr);
        const auto copy = kit.folder() + "-left";
        std::filesystem::copy(folder, copy, std::filesystem::copy_options::recursive);
        kit.kill();
        std::filesystem::create_directories(folder);
        std::filesystem::copy(copy, folder, std::filesystem::copy_options::overwrite_existing);
        kit.session().startPractice();
        QVERIFY(kit.session().practice() != nullptr);
        QVERIFY(!isTicked(*kit.session().practice(), 0));
    }

    void theTasksAreTickedFromTheClaimsAndPassed() {
        SessionKit kit;
        kit.session().startPractice();
        auto& practice = *kit.session().practice();
        auto& tasks = *practice.practiceTasks();
        QCOMPARE(tasks.tasks()->count(), 5);
        QCOMPARE(tasks.done(), 0);
        QVERIFY(!tasks.isPassed());

        // First contact: until nothing of it is missing.
        const auto elin = crnOf(practice, 0);
        auto& casework = *practice.casework();
        const std::map<std::string, std::string> told{{"claim_type", "new"},
                                                      {"channel", "outreach"},
                                                      {"first_contact", "2007-01-15"},
                                                      {"language", "cy"},
                                                      {"access_needs", "none"},
                                                      {"answering_for", "self"},
                                                      {"privacy_notice", "yes"},
                                                      {"dob", "1972-05-04"},
                                                      {"claim_from", "2007-01-15"},
                                                      {"reason", "lost_job"},
                                                      {"partner", "no"},
                                                      {"children_here", "no"},
                                                      {"working", "no"},
                                                      {"fit", "fit"},
                                                      {"available", "yes"},
                                                      {"seeking", "yes"},
                                                      {"caring35", "no"},
                                                      {"spouse_died", "no"},
                                                      {"capital_band", "low"},
                                                      {"ni_recent", "no"},
                                                      {"education", "no"},
                                                      {"pays_rent", "yes"},
                                                      {"pays_ctax", "yes"},
                                                      {"benefits_claimed", "jsa_ib hb ctb"},
                                                      {"choice_differs", "She asked for these"}};
        for (const auto& [key, value] : told)
            QVERIFY2(casework.saveAnswer(elin, key, {Answer::Kind::Given, value}), key.c_str());
        QVERIFY(!isTicked(practice, 0));
        QVERIFY(casework.saveAnswer(elin, "urgent_need", {Answer::Kind::Given, "no"}));
        QVERIFY(isTicked(practice, 0));
        QCOMPARE(tasks.done(), 1);

        const auto dafydd = crnOf(practice, 1);
        QCOMPARE(casework.open(dafydd)->summary.to_go, 0);
        QVERIFY(casework.saveAnswer(dafydd, "rent_amount", {Answer::Kind::Given, "92.00"}));
        QVERIFY(!isTicked(practice, 1));
        QVERIFY(casework.saveAnswer(dafydd, "rent_amount", {Answer::Kind::Given, "£92.50"}));
        QVERIFY(isTicked(practice, 1));
        QVERIFY(casework.saveProof(dafydd, {"identity", "copy", "Current passport", "", {}, ""}));
        QVERIFY(!isTicked(practice, 2));
        QVERIFY(casework.saveProof(dafydd, {"identity", "original", "Current passport", "", {}, ""}));
        QVERIFY(isTicked(practice, 2));

        const auto farida = crnOf(practice, 3);
        QCOMPARE(casework.open(farida)->review.conflicts, std::vector<std::string>{"a/phone"});
        practice.openWaiting(words::qt(farida), QStringLiteral("conflict"));
        auto& conflict = *practice.conflict();
        QCOMPARE(conflict.answers()->count(), 2);
        QStringList who;
        for (const auto& record : conflict.answers()->records()) {
            who.append(record[2].toString());
            if (record[1].toString() == QStringLiteral("07700900456")) conflict.setPicked(record[0].toString());
        }
        QVERIFY(who.contains(QStringLiteral("Carys Rees")));
        conflict.use();
        QVERIFY(isTicked(practice, 3));
        QVERIFY(!tasks.isPassed());

        practice.openClaim(words::qt(dafydd));
        practice.goCheck();
        practice.checkAnswers()->confirm();
        QCOMPARE(practice.page(), QStringLiteral("sign"));
        auto& declaration = *practice.declaration();
        for (const auto& line : declaration.lines()->records()) declaration.setRead(line[0].toString(), true);
        QVERIFY2(declaration.sign(kStrokes), qPrintable(declaration.error()));
        QVERIFY(isTicked(practice, 4));
        QVERIFY(tasks.isPassed());
        QVERIFY(practice.notice().contains(QStringLiteral("Passed")));
    }

    void aPackWithoutCustomersOffersNoPractice() {
        SessionKit kit;
        TabletParts parts;
        Practice::Setup setup;
        auto files = missionFiles();
        setup.folder = kit.folder() + "/elsewhere";
        setup.pack = missionPack();
        files.erase("practice.csv");
        setup.files = &files;
        QCOMPARE(Practice::begin(setup, kit.clock, kit.random).error().code, ErrorCode::NotFound);
        QVERIFY(!std::filesystem::exists(setup.folder));
        files["practice.csv"] = "kind,customer\ntask,nobody\n";
        QCOMPARE(Practice::begin(setup, kit.clock, kit.random).error().code, ErrorCode::BadPack);
    }
};

QTEST_GUILESS_MAIN(PracticeTest)
#include "tst_practice.moc"
