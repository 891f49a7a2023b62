#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "shared/domain/ink.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const QString kStrokes = QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]");

/// A claim with every question answered, on the page where it is signed.
void toSign(SessionKit& kit, const Wishes& wishes) {
    QVERIFY(kit.unlock());
    kit.session().newClaim();
    const auto crn = kit.session().openCase()->crn();
    ClaimSketch sketch(missionPack(), *Date::parse("2007-01-15"));
    Wishes all{{"claim_type", "new"}, {"partner", "no"}, {"first_names", "Gwen"}, {"surname", "O'Brien"}};
    for (const auto& [key, value] : wishes) all[key] = value;
    sketch.complete(all);
    for (const auto& [key, answer] : sketch.answers.answers) {
        if (key == "sign_method" || key == "sign_role" || key == "declared") continue;
        QVERIFY(kit.session().casework()->saveAnswer(crn, key, answer));
    }
    kit.session().goSign();
    QCOMPARE(kit.session().page(), QStringLiteral("sign"));
    auto& declaration = *kit.session().declaration();
    QVERIFY2(declaration.obstacle().isEmpty(), qPrintable(declaration.obstacle()));
    for (const auto& line : declaration.lines()->records()) declaration.setRead(line[0].toString(), true);
}

/// What a printer, a pen and a scanner make of the PDF in the folder.
int scanInto(const QTemporaryDir& folder, const QString& only = {}) {
    const QDir dir(folder.path());
    const auto papers = dir.entryList({"*.pdf"});
    if (papers.size() != 1) return 0;
    QProcess::execute("pdftoppm", {"-gray", "-png", "-r", "120", dir.filePath(papers.first()), dir.filePath("scan")});
    for (const auto& name : dir.entryList({"scan*.png"})) {
        if (!only.isEmpty() && !name.contains(only)) QFile::remove(dir.filePath(name));
    }
    return static_cast<int>(dir.entryList({"scan*.png"}).size());
}

SealState sealState(SessionKit& kit) { return kit.session().openCase()->claim().review.seal_state; }

QStringList saidOf(const PaperViewModel& paper) {
    QStringList out;
    for (const auto& record : const_cast<PaperViewModel&>(paper).scans()->records()) out.append(record[1].toString());
    return out;
}

const Wishes kIncomeSupport{{"benefits_claimed", "is"}};
const Wishes kJoint{
    {"benefits_claimed", "jsa_ib"}, {"partner", "yes"},        {"children_here", "no"}, {"dob", "1971-03-27"},
    {"partner_dob", "1972-04-05"},  {"p_first_names", "Rhys"}, {"p_surname", "Jones"}};

}  // namespace

class PaperTest : public QObject {
    Q_OBJECT

private slots:
    void inkIsPrintedScannedAndSealed() {
        SessionKit kit;
        toSign(kit, kIncomeSupport);
        auto& declaration = *kit.session().declaration();
        auto& paper = *declaration.paper();
        QCOMPARE(declaration.method(), QStringLiteral("paper"));
        QVERIFY(!declaration.signOnPaper());
        QVERIFY(declaration.error().contains(QStringLiteral("Scan every page")));
        QTemporaryDir folder;
        paper.setPlace(folder.path());
        QVERIFY2(paper.saveStatement(), qPrintable(paper.error()));
        QVERIFY(paper.note().contains(QStringLiteral("not encrypted")));
        QVERIFY(paper.isPrinted());
        const int pages = scanInto(folder);
        QVERIFY(pages >= 2);
        paper.readScans();
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        QVERIFY2(paper.isComplete(), qPrintable(saidOf(paper).join('\n')));
        QCOMPARE(paper.progress(), QStringLiteral("All %1 pages are scanned").arg(pages));
        QVERIFY2(declaration.signOnPaper(), qPrintable(declaration.error()));
        QCOMPARE(sealState(kit), SealState::Valid);
        QCOMPARE(scanNames(*kit.session().openCase()->claim().review.seal).size(), static_cast<std::size_t>(pages));
        QCOMPARE(declaration.receiptTitle(), QStringLiteral("Signed in ink"));
        QVERIFY(declaration.submit());
    }

    void eachPageMayBePhotographed() {
        SessionKit kit;
        toSign(kit, kIncomeSupport);
        QTemporaryDir folder;
        kit.session().declaration()->paper()->setPlace(folder.path());
        QVERIFY(kit.session().declaration()->paper()->saveStatement());
        const int pages = scanInto(folder);
        QVERIFY(pages >= 2);
        const QDir dir(folder.path());
        kit.session().declaration()->keepInk(QStringLiteral("Siân Parry"));

        // What is no page of it is not taken, and can be taken again.
        kit.camera_sees.fill(Qt::gray);
        kit.session().openScan();
        const auto look = [&] {
            kit.session().picture()->take();
            QVERIFY(QTest::qWaitFor(
                [&] { return !kit.session().picture()->isBusy() && !kit.session().picture()->picture().isNull(); },
                60'000));
            kit.session().picture()->use();
        };
        look();
        QVERIFY(QTest::qWaitFor([&] { return !kit.session().picture()->error().isEmpty(); }, 60'000));
        QVERIFY(kit.session().picture()->error().startsWith(QStringLiteral("The code at the top")));
        kit.session().leavePicture();
        QCOMPARE(kit.session().page(), QStringLiteral("sign"));
        QVERIFY(kit.session().declaration()->paper()->state().scans.empty());

        for (const auto& name : dir.entryList({"scan*.png"})) {
            kit.camera_sees = QImage(dir.filePath(name)).convertToFormat(QImage::Format_RGB32);
            kit.session().declaration()->keepInk(kit.session().declaration()->inkWitness());
            kit.session().openScan();
            QCOMPARE(kit.session().picture()->goal(), QStringLiteral("scan"));
            look();
            QVERIFY2(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("sign"); }, 60'000),
                     qPrintable(kit.session().picture() != nullptr ? kit.session().picture()->error() : QString()));
            QCOMPARE(kit.session().declaration()->method(), QStringLiteral("paper"));
        }
        auto& declaration = *kit.session().declaration();
        QVERIFY2(declaration.paper()->isComplete(), qPrintable(declaration.paper()->progress()));
        QCOMPARE(declaration.inkWitness(), QStringLiteral("Siân Parry"));
        QVERIFY2(declaration.signOnPaper(), qPrintable(declaration.error()));
        QCOMPARE(sealState(kit), SealState::Valid);
    }

    void aMissingPageIsNamedAndIsEnoughToHoldTheSignature() {
        SessionKit kit;
        toSign(kit, kIncomeSupport);
        auto& paper = *kit.session().declaration()->paper();
        QTemporaryDir folder;
        paper.setPlace(folder.path());
        QVERIFY(paper.saveStatement());
        QCOMPARE(scanInto(folder, QStringLiteral("-2")), 1);
        paper.readScans();
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        QCOMPARE(saidOf(paper).size(), 1);
        QVERIFY(saidOf(paper).first().contains(QStringLiteral("Page 2 of")));
        QVERIFY2(paper.progress().startsWith(QStringLiteral("Still to be scanned: pages 1, 3")),
                 qPrintable(paper.progress()));
        QVERIFY(!kit.session().declaration()->signOnPaper());
        QCOMPARE(sealState(kit), SealState::None);
    }

    void picturesThatAreNotThePageSayWhatToDo() {
        SessionKit kit;
        toSign(kit, kIncomeSupport);
        auto& paper = *kit.session().declaration()->paper();
        QTemporaryDir folder;
        paper.setPlace(folder.path());
        paper.readScans();
        QVERIFY(paper.error().contains(QStringLiteral("no picture in this folder")));
        QVERIFY(paper.saveStatement());
        QVERIFY(scanInto(folder) >= 2);
        const auto crn = kit.session().openCase()->crn();
        QVERIFY(kit.session().casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Jones"}));
        QVERIFY(!paper.isPrinted());
        paper.readScans();
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        QVERIFY2(saidOf(paper).first().contains(QStringLiteral("older statement")), qPrintable(saidOf(paper).first()));
        QFile broken(folder.filePath("broken.jpg"));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("\xFF\xD8\xFFnothing") > 0);
        broken.close();
        QImage blank(400, 600, QImage::Format_Grayscale8);
        blank.fill(255);
        QVERIFY(blank.save(folder.filePath("blank.png")));
        paper.readScans();
        QTRY_VERIFY_WITH_TIMEOUT(!paper.isReading(), 60'000);
        const auto said = saidOf(paper).join('\n');
        QVERIFY2(said.contains(QStringLiteral("broken.jpg: This picture cannot be opened")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("blank.png: The code at the top")), qPrintable(said));
        QVERIFY(QFile::remove(folder.filePath("blank.png")));
        paper.setPlace(folder.filePath("gone"));
        QVERIFY(!paper.saveStatement());
        QVERIFY(paper.error().contains(QStringLiteral("cannot be saved there")));
    }

    void aMarkInInkHasItsWitness() {
        SessionKit kit;
        toSign(kit, kIncomeSupport);
        auto& declaration = *kit.session().declaration();
        QTemporaryDir folder;
        declaration.paper()->setPlace(folder.path());
        QVERIFY(declaration.paper()->saveStatement());
        QVERIFY(scanInto(folder) > 0);
        declaration.paper()->readScans();
        QTRY_VERIFY_WITH_TIMEOUT(declaration.paper()->isComplete(), 60'000);
        QVERIFY(!declaration.signOnPaper(QStringLiteral("Bronwen Pugh")));
        QVERIFY(!declaration.signOnPaper(QStringLiteral("gwen o'brien")));
        QVERIFY(declaration.signOnPaper(QStringLiteral("Mair Owen")));
        QCOMPARE(kit.session().openCase()->claim().review.seal->witness, std::string("Mair Owen"));
    }

    void aCustomerWhoCannotDrawPressesBeforeAWitness() {
        SessionKit kit;
        toSign(kit, {{"benefits_claimed", "jsa_ib"}});
        auto& declaration = *kit.session().declaration();
        declaration.setMethod(QStringLiteral("mark"));
        QVERIFY(!declaration.signWithPress(QString()));
        QVERIFY(!declaration.signWithPress(QStringLiteral("Bronwen Pugh")));
        QVERIFY2(declaration.signWithPress(QStringLiteral("Mair Owen")), qPrintable(declaration.error()));
        const auto& seal = *kit.session().openCase()->claim().review.seal;
        QCOMPARE(seal.method, std::string("mark"));
        QVERIFY(seal.strokes.empty());
    }

    void aJointClaimIsReadyWhenBothHaveSigned() {
        SessionKit kit;
        toSign(kit, kJoint);
        auto& declaration = *kit.session().declaration();
        QCOMPARE(declaration.parts().size(), 2);
        QVERIFY2(declaration.sign(kStrokes), qPrintable(declaration.error()));
        QCOMPARE(sealState(kit), SealState::Partial);
        QVERIFY(!declaration.submit());
        QCOMPARE(declaration.part(), QStringLiteral("partner"));
        QCOMPARE(declaration.signer(), QStringLiteral("Rhys Jones"));
        QVERIFY2(declaration.sign(kStrokes), qPrintable(declaration.error()));
        QCOMPARE(sealState(kit), SealState::Valid);
        const auto seals = sealsOf(kit.session().openCase()->claim().state);
        QCOMPARE(seals.size(), 2U);
        QCOMPARE(seals[0].digest, seals[1].digest);
        QVERIFY(declaration.submit());
    }

    void anAppointeeSignsWhenTheirAuthorityWasSeen_data() {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<bool>("may");
        QTest::newRow("original") << "original" << true;
        QTest::newRow("copy") << "copy" << false;
    }
    void anAppointeeSignsWhenTheirAuthorityWasSeen() {
        QFETCH(QString, authority);
        QFETCH(bool, may);
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        const auto crn = kit.session().openCase()->crn();
        ClaimSketch sketch(missionPack(), *Date::parse("2007-01-15"));
        sketch.complete({{"claim_type", "new"},
                         {"partner", "no"},
                         {"benefits_claimed", "jsa_ib"},
                         {"answering_for", "appointee"},
                         {"rep_name", "Ann Lee"},
                         {"rep_authority", authority.toStdString()}});
        for (const auto& [key, answer] : sketch.answers.answers)
            QVERIFY(kit.session().casework()->saveAnswer(crn, key, answer));
        kit.session().goSign();
        auto& declaration = *kit.session().declaration();
        QCOMPARE(declaration.signer(), QStringLiteral("Ann Lee"));
        QCOMPARE(declaration.obstacle().contains(QStringLiteral("authority")), !may);
        for (const auto& line : declaration.lines()->records()) declaration.setRead(line[0].toString(), true);
        QCOMPARE(declaration.sign(kStrokes), may);
        QCOMPARE(sealState(kit), may ? SealState::Valid : SealState::None);
    }

    void whatChangedSinceTheSignatureIsShownAndWhatIsGoneToo() {
        SessionKit kit;
        toSign(kit, {{"benefits_claimed", "jsa_ib"}, {"has_capital", "no"}});
        QVERIFY(kit.session().declaration()->sign(kStrokes));
        QVERIFY(kit.session().declaration()->voided().isEmpty());
        const auto crn = kit.session().openCase()->crn();
        QVERIFY(kit.session().casework()->saveAnswer(crn, "surname", {Answer::Kind::Given, "Jones"}));
        QVERIFY(kit.session().casework()->saveAnswer(crn, "has_nino", {Answer::Kind::Given, "no"}));  // takes nino away
        kit.session().goCheck();
        auto& check = *kit.session().checkAnswers();
        const auto& review = kit.session().openCase()->claim().review;
        QCOMPARE(review.seal_state, SealState::Void);
        QCOMPARE(check.changedCount(), static_cast<int>(review.changed_facts.size()));
        QVERIFY2(check.voided().contains(QStringLiteral("15 January 2007")), qPrintable(check.voided()));
        const auto row = check.rows()->rowOf(QStringLiteral("surname"));
        QVERIFY(check.rows()->value(row, "changed").toBool());
        QVERIFY(check.rows()->value(row, "was").toString().contains(QStringLiteral("O'Brien")));
        int marked = 0;
        for (int i = 0; i < check.rows()->count(); ++i) marked += check.rows()->value(i, "changed").toBool() ? 1 : 0;
        QCOMPARE(marked, check.changedCount());
        QVERIFY(check.rows()->rowOf(QStringLiteral("section/gone")) > row);
        kit.session().goSign();
        QVERIFY2(kit.session().declaration()->voided().contains(QStringLiteral("sign again")),
                 qPrintable(kit.session().declaration()->voided()));
    }

    void theCopyAndTheReceiptAreSavedOnceItIsSigned() {
        SessionKit kit;
        toSign(kit, {{"benefits_claimed", "jsa_ib"}});
        auto& declaration = *kit.session().declaration();
        QTemporaryDir folder;
        declaration.paper()->setPlace(folder.path());
        QVERIFY(!declaration.paper()->saveCopy());
        QVERIFY(declaration.paper()->error().contains(QStringLiteral("Nothing is signed")));
        QVERIFY(declaration.sign(kStrokes));
        QVERIFY(declaration.paper()->saveCopy());
        QVERIFY(declaration.paper()->saveReceipt());
        QCOMPARE(QDir(folder.path()).entryList({"*.pdf"}).size(), 2);
    }
};

QTEST_GUILESS_MAIN(PaperTest)
#include "tst_paper.moc"
