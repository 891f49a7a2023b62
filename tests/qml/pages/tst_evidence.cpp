#include <QDir>
#include <QFile>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

#include "qml/App/app_language.h"
#include "shared/domain/proof_file.h"
#include "tests/support/hand/app_hand.h"
#include "tests/support/pictures/pictures.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using namespace fieldclaim::testing;

namespace {

constexpr int kPatience_ms = 30'000;
const QString kIdentity = QStringLiteral("identity");

/// A page on a dark table, a little turned: its corners as shares are kOnTable.
constexpr double kOnTable[] = {0.25, 0.14, 0.80, 0.20, 0.76, 0.90, 0.18, 0.84};
QImage pageOnTable() {
    const auto page = photoOfPage({1200, 1600});
    QImage table(1500, 2000, QImage::Format_RGB32);
    table.fill(qRgb(60, 44, 36));
    QPolygonF there;
    for (int i = 0; i < 8; i += 2) there << QPointF(kOnTable[i] * table.width(), kOnTable[i + 1] * table.height());
    QTransform back;
    const QPolygonF flat({QPointF(0, 0), QPointF(1200, 0), QPointF(1200, 1600), QPointF(0, 1600)});
    ENSURE(QTransform::quadToQuad(there, flat, back));
    for (int y = 0; y < table.height(); ++y) {
        for (int x = 0; x < table.width(); ++x) {
            const auto from = back.map(QPointF(x, y)).toPoint();
            if (page.rect().contains(from)) table.setPixel(x, y, page.pixel(from));
        }
    }
    return table;
}

/// A claim whose proof of identity is on the screen.
TabletSession& onProof(SessionKit& kit) {
    ENSURE(kit.unlock());
    kit.session().newClaim();
    ENSURE(kit.session().openCase()->save("benefits_claimed", {Answer::Kind::Given, "jsa_ib hb"}));
    ENSURE(kit.session().openCase()->save("first_names", {Answer::Kind::Given, "Gwen"}));
    ENSURE(kit.session().openCase()->save("surname", {Answer::Kind::Given, "O'Brien"}));
    kit.session().openProof(kIdentity);
    return kit.session();
}

/// The app's window on the proof of identity, and a hand.
class Hand : public AppHand {
public:
    explicit Hand(SessionKit& session_kit, QSize size = {1280, 800})
        : AppHand(onProof(session_kit), size), kit(session_kit) {}

    PictureViewModel& picture() { return *kit.session().picture(); }
    bool isIdle() {
        const bool idle = QTest::qWaitFor([&] { return !picture().isBusy(); }, kPatience_ms);
        settle();
        return idle;
    }
    /// In the window: where a share of the shown picture lies.
    QPointF onPicture(double x, double y) {
        auto* editor = probe->find(QStringLiteral("editor"));
        const auto content = editor->property("contentRect").toRectF();
        return editor->mapToScene(content.topLeft() + QPointF(x * content.width(), y * content.height()));
    }
    std::vector<ProofFile> files() { return proofFilesOf(kit.session().openCase()->claim().state); }
    QImage kept(std::size_t index) {
        const auto bytes = *kit.session().casework()->fileBytes(files().at(index).digest);
        return QImage::fromData(bytes.data(), static_cast<int>(bytes.size()));
    }

    SessionKit& kit;
};

}  // namespace

class EvidencePagesTest : public QObject {
    Q_OBJECT

private slots:
    void aPageIsPhotographedStraightenedBlackedOutAndKept() {
        SessionKit kit;
        kit.camera_sees = pageOnTable();
        Hand hand(kit);
        QVERIFY(hand.click(QStringLiteral("proof.identity.what/option_Current passport")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.level/option_original")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.returned")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
        QCOMPARE(hand.probe->pageName(), QStringLiteral("page.picture"));
        QVERIFY(hand.isThere(QStringLiteral("camera.view")));
        hand.shot(QStringLiteral("picture-camera"));
        QVERIFY(hand.click(QStringLiteral("picture.guide/option_card")));
        hand.shot(QStringLiteral("picture-camera-card"));
        QVERIFY(hand.click(QStringLiteral("button.take")));
        QVERIFY(hand.isIdle());
        hand.shot(QStringLiteral("picture-edit"));

        QVERIFY(hand.click(QStringLiteral("button.corners")));
        for (int corner = 0; corner < 4; ++corner) {
            const auto from = hand.boxOf(QStringLiteral("corner.%1").arg(corner)).center();
            hand.drag(from, hand.onPicture(kOnTable[corner * 2], kOnTable[corner * 2 + 1]));
        }
        hand.shot(QStringLiteral("picture-corners"));
        QVERIFY(hand.click(QStringLiteral("button.straighten")));
        QVERIFY(hand.isIdle());
        // The table is gone: what is left is paper to its edges.
        const auto straight = hand.picture().picture().value<QImage>();
        for (const auto& [x, y] : {std::pair(0.03, 0.03), {0.97, 0.03}, {0.97, 0.97}, {0.03, 0.97}}) {
            const auto pixel =
                straight.pixel(static_cast<int>(x * straight.width()), static_cast<int>(y * straight.height()));
            QVERIFY2(qGray(pixel) > 110, qPrintable(QStringLiteral("%1 at %2, %3").arg(qGray(pixel)).arg(x).arg(y)));
        }
        QVERIFY(hand.isThere(QStringLiteral("picture.good")));

        QVERIFY(hand.click(QStringLiteral("button.box")));
        hand.drag(hand.onPicture(0.3, 0.5), hand.onPicture(0.7, 0.6));
        QVERIFY(hand.isIdle());
        hand.shot(QStringLiteral("picture-box"));
        QVERIFY(hand.click(QStringLiteral("button.toolDone")));
        hand.shot(QStringLiteral("picture-straight"));
        QVERIFY(hand.click(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        hand.settle();
        hand.shot(QStringLiteral("proof-picture"));

        // What was chosen before the picture is there still, and is saved now.
        QVERIFY(hand.click(QStringLiteral("proof.identity.save")));
        QCOMPARE(kit.session()
                     .evidence()
                     ->proofs()
                     ->value(kit.session().evidence()->proofs()->rowOf(kIdentity), "status")
                     .toString(),
                 QStringLiteral("Original seen"));
        QVERIFY(kit.session()
                    .evidence()
                    ->proofs()
                    ->value(kit.session().evidence()->proofs()->rowOf(kIdentity), "returned")
                    .toBool());
        hand.shot(QStringLiteral("evidence-picture"));
        const auto kept = hand.kept(0);
        QVERIFY(qGray(kept.pixel(kept.width() / 2, static_cast<int>(kept.height() * 0.55))) < 12);
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void theFrameLiesInWhatTheCameraSeesAndIsLargeEnough_data() {
        QTest::addColumn<QSize>("picture");
        QTest::addColumn<QSize>("window");
        QTest::newRow("high definition") << QSize(1920, 1080) << QSize(1280, 800);
        QTest::newRow("high definition, tablet on end") << QSize(1920, 1080) << QSize(800, 1280);
        QTest::newRow("tall") << QSize(1080, 1920) << QSize(1280, 800);
        QTest::newRow("tall, tablet on end") << QSize(1080, 1920) << QSize(800, 1280);
        QTest::newRow("nearly square") << QSize(1600, 1200) << QSize(1280, 800);
    }
    void theFrameLiesInWhatTheCameraSeesAndIsLargeEnough() {
        QFETCH(QSize, picture);
        QFETCH(QSize, window);
        SessionKit kit;
        kit.camera_sees = QImage(picture, QImage::Format_RGB32);
        kit.camera_sees.fill(Qt::gray);
        Hand hand(kit, window);
        QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
        for (const auto* guide : {"a4", "card"}) {
            QVERIFY(hand.click(QStringLiteral("picture.guide/option_%1").arg(QLatin1String(guide))));
            const auto frame = hand.boxOf(QStringLiteral("guide.frame"));
            const auto* view = hand.probe->find(QStringLiteral("camera.view"));
            const auto seen = view->mapRectToScene(view->property("contentRect").toRectF());
            QVERIFY2(seen.contains(frame), guide);
            const auto ratio = std::max(frame.width(), frame.height()) / std::min(frame.width(), frame.height());
            QVERIFY2(std::abs(ratio - (guide == QLatin1String("a4") ? 297.0 / 210 : 85.6 / 53.98)) < 0.03, guide);
            // Held into it exactly, a page is not called too small (mobile/imaging/picture_quality.h).
            const auto dots = std::max(frame.width(), frame.height()) / seen.width() * picture.width();
            if (guide == QLatin1String("a4")) QVERIFY2(dots > 1'100, qPrintable(QString::number(dots)));
        }
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void aPictureFromAFileIsTakenByKeyboardAlone() {
        SessionKit kit;
        kit.camera_starts = FrameSource::State::Missing;
        QFile file(QDir(kit.pictureFolder()).filePath(QStringLiteral("letter.jpg")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(withExif(jpegOf(photoOfPage({900, 1200})), 6));
        file.close();
        QFile pdf(QDir(kit.pictureFolder()).filePath(QStringLiteral("letter.pdf")));
        QVERIFY(pdf.open(QIODevice::WriteOnly));
        pdf.write("%PDF-1.7");
        pdf.close();
        Hand hand(kit);
        const auto press = [&](const QString& name) {
            auto* item = hand.probe->find(name);
            if (item == nullptr || !item->isVisible()) {
                qWarning("no %s", qPrintable(name));
                return false;
            }
            for (int tabs = 0; tabs < 60 && !item->hasActiveFocus(); ++tabs) hand.key(Qt::Key_Tab);
            if (!item->hasActiveFocus()) {
                qWarning("Tab does not reach %s", qPrintable(name));
                return false;
            }
            hand.key(Qt::Key_Return);
            return true;
        };
        QVERIFY(press(QStringLiteral("proof.identity.addPicture")));
        QVERIFY(hand.isThere(QStringLiteral("camera.state")));
        hand.shot(QStringLiteral("picture-no-camera"));
        QVERIFY(press(QStringLiteral("button.files")));
        QVERIFY(press(QStringLiteral("file.Pictures")));
        hand.shot(QStringLiteral("picture-files"));
        QVERIFY(press(QStringLiteral("file.letter.pdf")));
        QVERIFY(hand.isIdle());
        QVERIFY(hand.isThere(QStringLiteral("picture.error")));
        hand.shot(QStringLiteral("picture-pdf"));
        QVERIFY(press(QStringLiteral("file.letter.jpg")));
        QVERIFY(hand.isIdle());
        QCOMPARE(hand.picture().stage(), QStringLiteral("edit"));
        QVERIFY(press(QStringLiteral("button.turn")));
        QVERIFY(hand.isIdle());
        QVERIFY(press(QStringLiteral("button.corners")));
        // Each corner is a stop of Tab, has a name, and moves by arrows.
        for (int corner = 0; corner < 4; ++corner) {
            auto* handle = hand.probe->find(QStringLiteral("corner.%1").arg(corner));
            QVERIFY(handle != nullptr);
            for (int tabs = 0; tabs < 60 && !handle->hasActiveFocus(); ++tabs) hand.key(Qt::Key_Tab);
            QVERIFY(handle->hasActiveFocus());
            hand.key(corner == 1 || corner == 2 ? Qt::Key_Left : Qt::Key_Right);
            hand.key(corner < 2 ? Qt::Key_Down : Qt::Key_Up);
        }
        QVERIFY(press(QStringLiteral("button.straighten")));
        QVERIFY(hand.isIdle());
        // Six and one hundredths off each side.
        QCOMPARE(hand.picture().facts(), QStringLiteral("774 × 1032 dots"));
        QVERIFY(press(QStringLiteral("button.box")));
        auto* box = hand.probe->find(QStringLiteral("boxTool"));
        for (int tabs = 0; tabs < 60 && !box->hasActiveFocus(); ++tabs) hand.key(Qt::Key_Tab);
        QVERIFY(box->hasActiveFocus());
        for (int i = 0; i < 5; ++i) hand.key(Qt::Key_Down, Qt::ShiftModifier);
        for (int i = 0; i < 10; ++i) hand.key(Qt::Key_Up);
        hand.shot(QStringLiteral("picture-box-keyboard"));
        hand.key(Qt::Key_Return);
        QVERIFY(hand.isIdle());
        // From 0.35 to 0.46 down, 0.3 to 0.7 across.
        const auto shown = hand.picture().picture().value<QImage>();
        QCOMPARE(shown.pixel(shown.width() / 2, static_cast<int>(shown.height() * 0.40)), qRgb(0, 0, 0));
        QVERIFY(shown.pixel(shown.width() / 2, static_cast<int>(shown.height() * 0.48)) != qRgb(0, 0, 0));
        QVERIFY(press(QStringLiteral("button.toolDone")));
        QVERIFY(press(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        QCOMPARE(hand.files().size(), 1U);
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void aPageIsRemovedAndPutBack() {
        SessionKit kit;
        kit.camera_sees = photoOfPage({600, 800});
        Hand hand(kit);
        QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
        QVERIFY(hand.click(QStringLiteral("button.take")));
        QVERIFY(hand.isIdle());
        hand.shot(QStringLiteral("picture-warning"));
        QVERIFY(hand.isThere(QStringLiteral("picture.warning")));
        QVERIFY(hand.click(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        hand.settle();
        const auto page = QStringLiteral("page.") + QString::fromStdString(hand.files().at(0).id);
        QVERIFY(hand.click(page + QStringLiteral("/remove")));
        QVERIFY(hand.files().empty());
        QVERIFY(hand.isThere(QStringLiteral("evidence.toast")));
        hand.shot(QStringLiteral("proof-removed"));
        QVERIFY(hand.click(QStringLiteral("evidence.toast/toastAction")));
        QCOMPARE(hand.files().size(), 1U);
        QVERIFY(hand.isThere(page));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void theAppIsClosedWhileARemovedPageCouldComeBack() {
        SessionKit kit;
        kit.camera_sees = photoOfPage({600, 800});
        Hand hand(kit);
        QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
        QVERIFY(hand.click(QStringLiteral("button.take")));
        QVERIFY(hand.isIdle());
        QVERIFY(hand.click(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        hand.settle();
        QVERIFY(hand.click(QStringLiteral("page.") + QString::fromStdString(hand.files().at(0).id) +
                           QStringLiteral("/remove")));
        QVERIFY(hand.isThere(QStringLiteral("evidence.toast")));
    }

    void withTooLittleRoomNoPictureIsOfferedAndTheProofIsRecorded() {
        SessionKit kit;
        kit.free_bytes = 10'000'000;
        Hand hand(kit);
        QVERIFY(hand.isThere(QStringLiteral("proof.room")));
        QVERIFY(!hand.probe->find(QStringLiteral("proof.identity.addPicture"))->isEnabled());
        hand.shot(QStringLiteral("proof-no-room"));
        QVERIFY(hand.click(QStringLiteral("proof.identity.what/option_Current passport")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.level/option_copy")));
        QVERIFY(hand.click(QStringLiteral("proof.identity.save")));
        QVERIFY(hand.isThere(QStringLiteral("evidence.room")));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void thePagesStandInPortraitAtTwiceTheSizeAndInTheDark_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QSize>("window");
        QTest::addColumn<int>("text_size");
        QTest::addColumn<QString>("theme");
        QTest::addColumn<QString>("language");
        QTest::newRow("portrait") << "portrait" << QSize(800, 1280) << 100 << "light"
                                  << "en";
        QTest::newRow("large") << "large" << QSize(1280, 800) << 200 << "light"
                               << "en";
        QTest::newRow("large portrait") << "large-portrait" << QSize(800, 1280) << 200 << "light"
                                        << "en";
        QTest::newRow("dark") << "dark" << QSize(1280, 800) << 100 << "dark"
                              << "en";
        QTest::newRow("contrast") << "contrast" << QSize(1280, 800) << 100 << "highContrast"
                                  << "en";
        QTest::newRow("welsh") << "welsh" << QSize(1280, 800) << 100 << "light"
                               << "cy";
        QTest::newRow("large welsh") << "large-welsh" << QSize(800, 1280) << 200 << "light"
                                     << "cy";
    }
    void thePagesStandInPortraitAtTwiceTheSizeAndInTheDark() {
        QFETCH(QString, name);
        QFETCH(QSize, window);
        QFETCH(int, text_size);
        QFETCH(QString, theme);
        QFETCH(QString, language);
        AppLanguage app_language;
        SessionKit kit(true, Language::English, [&](Language spoken) { app_language.speak(spoken); });
        kit.camera_sees = blurred(pageOnTable(), 4);
        Hand hand(kit, window);
        app_language.follow(&hand.engine);
        kit.session().settings()->setTextSize(text_size);
        kit.session().settings()->setTheme(theme);
        kit.session().setLanguage(language);
        kit.session().openPicture(kIdentity);
        hand.settle();
        hand.shot(name + QStringLiteral("-camera"));
        QCOMPARE(
            hand.probe->find(QStringLiteral("button.take"))->property("text").toString(),
            language == QStringLiteral("cy") ? QStringLiteral("Tynnu'r llun") : QStringLiteral("Take the picture"));
        hand.picture().take();
        QVERIFY(hand.isIdle());
        hand.shot(name + QStringLiteral("-edit"));
        QVERIFY(hand.click(QStringLiteral("button.corners")));
        hand.boxOf(QStringLiteral("corner.0"));
        hand.shot(name + QStringLiteral("-corners"));
        QVERIFY(hand.click(QStringLiteral("button.toolDone")));
        QVERIFY(hand.click(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        hand.boxOf(QStringLiteral("proof.identity.addPicture"));
        hand.shot(name + QStringLiteral("-proof"));
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
        app_language.follow(nullptr);
    }
};

QTEST_MAIN(EvidencePagesTest)
#include "tst_evidence.moc"
