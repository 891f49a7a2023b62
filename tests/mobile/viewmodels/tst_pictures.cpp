#include <QAbstractItemModelTester>
#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

#include "mobile/imaging/picture_pack.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/proof_file.h"
#include "tests/support/pictures/pictures.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using namespace fieldclaim::testing;

namespace {

constexpr int kPatience_ms = 30'000;
const QString kIdentity = QStringLiteral("identity");

/// A claim that calls for proofs, with the proof of identity open.
class ProofDesk {
public:
    explicit ProofDesk(SessionKit& session_kit) : kit(session_kit) {
        ENSURE(kit.unlock());
        kit.session().newClaim();
        const auto given = [](const char* text) { return Answer{Answer::Kind::Given, text}; };
        auto& open = *kit.session().openCase();
        ENSURE(open.save("benefits_claimed", given("jsa_ib hb")));
        kit.session().openProof(kIdentity);
        ENSURE(kit.session().evidence()->proofs()->rowOf(kIdentity) >= 0);
    }

    PictureViewModel& openPicture() {
        kit.session().openPicture(kIdentity);
        return picture();
    }
    PictureViewModel& picture() { return *kit.session().picture(); }
    EvidenceViewModel& evidence() { return *kit.session().evidence(); }

    QString put(const QString& name, const QByteArray& bytes) {
        const auto path = QDir(kit.pictureFolder()).filePath(name);
        QFile file(path);
        ENSURE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return path;
    }
    std::vector<ProofFile> files() { return proofFilesOf(kit.session().openCase()->claim().state); }
    QByteArray bytesOf(const ProofFile& file) {
        const auto bytes = kit.session().casework()->fileBytes(file.digest);
        return bytes ? QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size()))
                     : QByteArray();
    }
    QImage shown() { return picture().picture().value<QImage>(); }

    SessionKit& kit;
};

bool isEditing(ProofDesk& desk) {
    return QTest::qWaitFor(
        [&] {
            return desk.picture().stage() == QStringLiteral("edit") && !desk.picture().isBusy() &&
                   !desk.shown().isNull();
        },
        kPatience_ms);
}

bool isIdle(ProofDesk& desk) {
    return QTest::qWaitFor([&] { return !desk.picture().isBusy(); }, kPatience_ms);
}

bool isBackAtProof(ProofDesk& desk) {
    return QTest::qWaitFor([&] { return desk.kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms);
}

}  // namespace

class PicturesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        // Everything that a library might write without being asked lands where the test looks.
        QVERIFY(m_temporary.isValid());
        for (const auto* name : {"TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"})
            qputenv(name, m_temporary.path().toUtf8());
        QCOMPARE(QDir::tempPath(), m_temporary.path());
    }

    void aFileBecomesAPageOfTheProof() {
        SessionKit kit;
        ProofDesk desk(kit);
        const auto path = desk.put(QStringLiteral("scan.jpg"), withExif(jpegOf(photoOfPage({3000, 4000})), 6));
        auto& picture = desk.openPicture();
        QAbstractItemModelTester tester(picture.files(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        picture.openFiles();
        QCOMPARE(picture.files()->value(0, "name").toString(), QStringLiteral("Pictures"));
        picture.openEntry(picture.files()->value(0, "path").toString());
        QCOMPARE(picture.files()->count(), 1);
        QCOMPARE(picture.files()->value(0, "name").toString(), QStringLiteral("scan.jpg"));
        QVERIFY(picture.files()->value(0, "detail").toString().endsWith(QStringLiteral("MB")));
        picture.openEntry(path);
        QVERIFY(picture.isBusy());
        QVERIFY(isEditing(desk));
        QCOMPARE(desk.shown().size(), QSize(1600, 1200));  // turned upright by its EXIF
        picture.turn();
        QVERIFY(isIdle(desk));
        QCOMPARE(desk.shown().size(), QSize(1200, 1600));
        picture.use();
        QVERIFY(isBackAtProof(desk));
        QCOMPARE(kit.session().detail(), kIdentity);
        QCOMPARE(desk.evidence().pages()->count(), 1);
        QCOMPARE(desk.evidence().pages()->value(0, "label").toString(), QStringLiteral("Page 1"));
        const auto thumbnail = desk.evidence().pages()->value(0, "picture").value<QImage>();
        QVERIFY(!thumbnail.isNull() && thumbnail.height() > thumbnail.width());
        QCOMPARE(desk.evidence().proofs()->value(desk.evidence().proofs()->rowOf(kIdentity), "pagesText").toString(),
                 QStringLiteral("1 picture"));
        const auto kept = desk.bytesOf(desk.files().at(0));
        QVERIFY(kept.size() <= kMostPackedBytes);
        QVERIFY(!kept.contains("FIELDCLAIM-TEST"));
        QVERIFY(QFile::exists(path));
        // And after the app was killed.
        kit.kill();
        QVERIFY(kit.unlock());
        QCOMPARE(kit.session().page(), QStringLiteral("evidence"));
        QCOMPARE(desk.evidence().pages()->count(), 1);
    }

    void whatCannotBeOpenedIsSaidAndTheNextOneIs() {
        SessionKit kit;
        ProofDesk desk(kit);
        const auto page = jpegOf(pageOfText());
        struct Case {
            const char* name;
            QByteArray bytes;
            const char* words;
        };
        auto& picture = desk.openPicture();
        picture.openFiles();
        for (const auto& one : {Case{"cut.jpg", page.left(page.size() / 2), "missing"},
                                Case{"bomb.png", pngClaiming({60'000, 60'000}), "larger than any page"},
                                Case{"letter.pdf", "%PDF-1.7 /JS (app.alert(1))", "PDF"},
                                Case{"text.jpg", "not a picture", "not a picture"}, Case{"empty.png", "", "empty"}}) {
            picture.openEntry(desk.put(QString::fromLatin1(one.name), one.bytes));
            QVERIFY(isIdle(desk));
            QCOMPARE(picture.stage(), QStringLiteral("files"));
            QVERIFY2(picture.error().contains(QLatin1String(one.words)), qPrintable(picture.error()));
        }
        picture.openEntry(QDir(kit.pictureFolder()).filePath(QStringLiteral("gone.jpg")));
        QVERIFY(isIdle(desk));
        QVERIFY(picture.error().contains(QStringLiteral("cannot be read")));
        picture.openEntry(desk.put(QStringLiteral("good.jpg"), page));
        QVERIFY(isEditing(desk));
        QCOMPARE(picture.error(), QString());
    }

    void thePictureIsChangedStepByStepAndEachStepIsTakenBack() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({1200, 1600});
        auto& picture = desk.openPicture();
        picture.take();
        QVERIFY(isEditing(desk));
        QVERIFY(!picture.canUndo());
        picture.straighten({0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9});
        QVERIFY(isIdle(desk));
        QCOMPARE(picture.facts(), QStringLiteral("960 × 1280 dots"));
        picture.blackOut(0.2, 0.2, 0.5, 0.1);
        QVERIFY(isIdle(desk));
        QCOMPARE(desk.shown().pixel(384, 300), qRgb(0, 0, 0));
        picture.turn();
        QVERIFY(isIdle(desk));
        QCOMPARE(picture.facts(), QStringLiteral("1280 × 960 dots"));
        picture.undo();
        QVERIFY(isIdle(desk));
        QCOMPARE(desk.shown().pixel(384, 300), qRgb(0, 0, 0));
        picture.undo();
        QVERIFY(isIdle(desk));
        QVERIFY(desk.shown().pixel(384, 300) != qRgb(0, 0, 0));
        picture.undo();
        QVERIFY(isIdle(desk));
        QCOMPARE(picture.facts(), QStringLiteral("1200 × 1600 dots"));
        QVERIFY(!picture.canUndo());
        QVERIFY(!picture.straighten({0.1, 0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.9}));
        QVERIFY(picture.error().contains(QStringLiteral("corners")));
        QCOMPARE(picture.facts(), QStringLiteral("1200 × 1600 dots"));
    }

    void whatWasHiddenIsNotInWhatIsKept() {
        SessionKit kit;
        ProofDesk desk(kit);
        // A red mark: no other pixel has its colour.
        auto page = photoOfPage({1200, 1600});
        for (int y = 400; y < 500; ++y) {
            for (int x = 300; x < 700; ++x) page.setPixel(x, y, qRgb(255, 0, 0));
        }
        kit.camera_sees = page;
        auto& picture = desk.openPicture();
        picture.take();
        QVERIFY(isEditing(desk));
        picture.blackOut(295 / 1200.0, 395 / 1600.0, 410 / 1200.0, 110 / 1600.0);
        QVERIFY(isIdle(desk));
        picture.use();
        QVERIFY(isBackAtProof(desk));
        const auto kept = QImage::fromData(desk.bytesOf(desk.files().at(0)));
        QCOMPARE(kept.size(), page.size());
        for (int y = 0; y < kept.height(); ++y) {
            for (int x = 0; x < kept.width(); ++x) {
                const auto pixel = kept.pixel(x, y);
                QVERIFY2(qRed(pixel) - qBlue(pixel) < 60, qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
            }
        }
    }

    void aPoorPictureIsAdvisedAgainstAndTakenAllTheSame() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = blurred(photoOfPage({1200, 1600}), 5);
        auto& picture = desk.openPicture();
        picture.take();
        QVERIFY(isEditing(desk));
        const auto warnings = picture.warnings();
        QCOMPARE(warnings.size(), 1);
        QCOMPARE(warnings[0].toMap()[QStringLiteral("title")].toString(), QStringLiteral("Blurred"));
        QVERIFY(warnings[0].toMap()[QStringLiteral("text")].toString().contains(QStringLiteral("15 is wanted")));
        picture.use();
        QVERIFY(isBackAtProof(desk));
        QCOMPARE(desk.files().size(), 1U);
    }

    void retakeLetsThePictureGo() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({1200, 1600});
        auto& picture = desk.openPicture();
        QVERIFY(picture.isCameraOn());
        QVERIFY(!picture.frame().value<QImage>().isNull());
        picture.take();
        QVERIFY(isEditing(desk));
        QVERIFY(!picture.isCameraOn());
        QVERIFY(picture.frame().isNull());
        picture.retake();
        QCOMPARE(picture.stage(), QStringLiteral("camera"));
        QVERIFY(picture.isCameraOn());
        QVERIFY(picture.picture().isNull());
        QVERIFY(desk.files().empty());
    }

    void aCameraThatIsNotToBeHadIsSaidAndAFileServes_data() {
        QTest::addColumn<FrameSource::State>("state");
        QTest::addColumn<QString>("title");
        QTest::newRow("missing") << FrameSource::State::Missing << QStringLiteral("No camera was found");
        QTest::newRow("refused") << FrameSource::State::Refused << QStringLiteral("The camera may not be used");
        QTest::newRow("busy") << FrameSource::State::Busy << QStringLiteral("The camera does not start");
    }
    void aCameraThatIsNotToBeHadIsSaidAndAFileServes() {
        QFETCH(FrameSource::State, state);
        QFETCH(QString, title);
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_starts = state;
        auto& picture = desk.openPicture();
        QVERIFY(!picture.isCameraOn());
        QCOMPARE(picture.cameraTitle(), title);
        QVERIFY(picture.cameraText().contains(QStringLiteral("file")));
        picture.take();
        QCOMPARE(picture.stage(), QStringLiteral("camera"));
        // Plugged in, allowed or let go by the other app.
        kit.camera->when_started = FrameSource::State::On;
        picture.openCamera();
        QVERIFY(picture.isCameraOn());
        // And pulled out again.
        kit.camera->become(state);
        QCOMPARE(picture.cameraTitle(), title);
        picture.openFiles();
        QCOMPARE(picture.stage(), QStringLiteral("files"));
        picture.filesBack();
        QCOMPARE(picture.stage(), QStringLiteral("camera"));
    }

    void severalPagesMakeAProofAndOneIsRemovedWithAWayBack() {
        SessionKit kit;
        ProofDesk desk(kit);
        for (int i = 0; i < 3; ++i) {
            kit.camera_sees = darkened(photoOfPage({600, 800}), 0.1 * i);
            desk.openPicture().take();
            QVERIFY(isEditing(desk));
            desk.picture().use();
            QVERIFY(isBackAtProof(desk));
            kit.clock.advance(60'000);
        }
        auto* pages = desk.evidence().pages();
        QAbstractItemModelTester tester(pages, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(pages->count(), 3);
        const auto second = desk.files().at(1);
        QVERIFY(desk.evidence().removePage(QString::fromStdString(second.id)));
        QCOMPARE(pages->count(), 2);
        QCOMPARE(pages->value(1, "label").toString(), QStringLiteral("Page 2"));
        desk.evidence().undoRemove();
        QCOMPARE(pages->count(), 3);
        QCOMPARE(desk.files().at(1), second);
        QVERIFY(desk.evidence().removePage(QString::fromStdString(second.id)));
        QVERIFY(!desk.bytesOf(second).isEmpty());
        kit.session().goEvidence();
        kit.waitForLoop();
        QVERIFY2(desk.bytesOf(second).isEmpty(), "a page that was removed for good is still in the vault");
        QVERIFY(!desk.evidence().removePage(QStringLiteral("no such page")));
    }

    void aPageOfAnotherTabletIsSaidSoAndFetched() {
        SessionKit kit;
        ProofDesk desk(kit);
        const auto jpeg = jpegOf(photoOfPage({600, 800}));
        const Bytes bytes(jpeg.begin(), jpeg.end());
        ProofFile file;
        file.id = "0190";
        file.proof = kIdentity.toStdString();
        file.digest = sha256(bytes);
        auto& vault = *kit.session().vault();
        const auto crn = kit.session().openCase()->crn();
        const auto edit = vault.claimState(crn)->edit(filePath(file.id), encodeProofFile(file));
        QVERIFY(vault.save({crn, {{edit}, std::nullopt}, "working-age/1", std::nullopt, {}, {}}).has_value());
        kit.kill();
        QVERIFY(kit.unlock());
        QCOMPARE(desk.evidence().pages()->value(0, "detail").toString(), QStringLiteral("Taken on another tablet"));
        QVERIFY(!desk.evidence().pages()->value(0, "here").toBool());
        const auto saves = kit.sync().saves;
        desk.evidence().fetchPage(QStringLiteral("0190"));
        QVERIFY(kit.sync().saves > saves);  // the engine looks at what there is to do
        VaultSyncStore store(*kit.session().vault());
        const auto wanted = store.nextDownload();
        QVERIFY(wanted.has_value() && wanted->has_value());
        QVERIFY(**wanted == file.digest);
        QVERIFY(store.downloaded(file.digest, bytes).has_value());
        kit.waitForLoop();
        QVERIFY(desk.evidence().pages()->value(0, "here").toBool());
        QVERIFY(!desk.evidence().pages()->value(0, "picture").value<QImage>().isNull());
        // Not there yet: asked again on a second wish.
        desk.evidence().fetchPage(QStringLiteral("0190"));
        QVERIFY(!store.nextDownload()->has_value());  // it is here
    }

    void thePictureIsEncryptedInTheVaultAndNowhereElse() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({1200, 1600});
        desk.openPicture().take();
        QVERIFY(isEditing(desk));
        desk.picture().blackOut(0.1, 0.1, 0.2, 0.1);
        QVERIFY(isIdle(desk));
        desk.picture().use();
        QVERIFY(isBackAtProof(desk));
        const auto kept = desk.bytesOf(desk.files().at(0));
        const auto seen = kit.camera_sees;
        const QByteArray row(reinterpret_cast<const char*>(seen.constScanLine(800)), 400);
        const auto middle = kept.mid(kept.size() / 2, 24);
        QVERIFY(!kept.isEmpty());
        int looked_at = 0;
        for (const auto& folder : {QString::fromStdString(kit.folder()), m_temporary.path()}) {
            for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
                 files.hasNext();) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto bytes = file.readAll();
                ++looked_at;
                QVERIFY2(!bytes.contains("\xFF\xD8\xFF\xE0"), qPrintable(file.fileName() + QStringLiteral(": a JPEG")));
                QVERIFY2(!bytes.contains(middle),
                         qPrintable(file.fileName() + QStringLiteral(": a part of the picture")));
                QVERIFY2(!bytes.contains(row), qPrintable(file.fileName() + QStringLiteral(": pixels")));
            }
        }
        QVERIFY(looked_at >= 3);  // the vault's own
        // The same search finds a picture where there is one.
        desk.put(QStringLiteral("there.jpg"), kept);
        QFile there(QDir(kit.pictureFolder()).filePath(QStringLiteral("there.jpg")));
        QVERIFY(there.open(QIODevice::ReadOnly));
        QVERIFY(there.readAll().contains(middle));
    }

    void aNearlyFullTabletWarnsEarlyAndThenTakesAnswersAlone() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({600, 800});
        QCOMPARE(desk.evidence().roomTitle(), QString());
        kit.free_bytes = 300'000'000;
        kit.session().goEvidence();
        QCOMPARE(desk.evidence().roomTitle(), QStringLiteral("Storage nearly full"));
        QVERIFY(desk.evidence().roomText().startsWith(QStringLiteral("300.0 MB left")));
        QVERIFY(desk.evidence().canTakePictures());
        kit.session().sending()->refreshStrip();
        QVERIFY(kit.session().sending()->strip().startsWith(QStringLiteral("Storage nearly full")));
        QCOMPARE(kit.session().sending()->stripTone(), QStringLiteral("amber"));
        // It fills while the picture is looked at.
        desk.openPicture().take();
        QVERIFY(isEditing(desk));
        kit.free_bytes = 40'000'000;
        desk.picture().use();
        QVERIFY(isIdle(desk));
        QVERIFY2(desk.picture().error().contains(QStringLiteral("Answers are still saved")),
                 qPrintable(desk.picture().error()));
        QCOMPARE(kit.session().page(), QStringLiteral("picture"));
        QVERIFY(desk.files().empty());
        kit.session().openProof(kIdentity);
        QVERIFY(!desk.evidence().canTakePictures());
        QCOMPARE(desk.evidence().save(kIdentity, QStringLiteral("original"), QStringLiteral("Current passport"),
                                      QStringLiteral("2007-01-15")),
                 QString());
    }

    void aLockLetsGoOfAPictureThatWasNotKept() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({600, 800});
        desk.openPicture().take();
        desk.picture().use();  // nothing is there yet: it is still being looked at
        kit.session().lockNow();
        kit.waitForLoop();
        QVERIFY(kit.unlock());
        // The page is there again, with the camera.
        QCOMPARE(kit.session().page(), QStringLiteral("picture"));
        QCOMPARE(desk.picture().stage(), QStringLiteral("camera"));
        QVERIFY(desk.files().empty());
    }

    void whatIsTypedOnTheProofIsThereAfterAPicture() {
        SessionKit kit;
        ProofDesk desk(kit);
        kit.camera_sees = photoOfPage({600, 800});
        desk.evidence().keepDraft(kIdentity, {{QStringLiteral("level"), QStringLiteral("original")}});
        desk.openPicture().take();
        QVERIFY(isEditing(desk));
        desk.picture().use();
        QVERIFY(isBackAtProof(desk));
        QCOMPARE(desk.evidence().takeDraft(kIdentity)[QStringLiteral("level")].toString(), QStringLiteral("original"));
        QVERIFY(desk.evidence().takeDraft(kIdentity).isEmpty());
    }

private:
    QTemporaryDir m_temporary;
};

QTEST_MAIN(PicturesTest)
#include "tst_pictures.moc"
