// Texts of codes as UTF-8: what ZXing makes the default after 1.4.
#define ZX_USE_UTF8 1

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>

#include <QDirIterator>
#include <QFile>
#include <QMediaDevices>
#include <QPainter>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/camera/qt_camera.h"
#include "shared/domain/proof_file.h"
#include "tests/support/camera/fake_camera_device.h"
#include "tests/support/hand/app_hand.h"
#include "tests/support/pictures/pictures.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using namespace fieldclaim::testing;

namespace {

constexpr int kPatience_ms = 60'000;
constexpr QSize kPage(1100, 1556);
constexpr QSize kTable(1920, 1440);
const QString kCode = QStringLiteral("FIELDCLAIM-LETTER-4711");
constexpr auto kPaper = 100;  ///< a grey between the table's and the paper's

/// A letter with a code in its upper right corner, as a telephone sees it.
QImage letter() {
    auto page = photoOfPage(kPage);
    const auto code = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).encode(kCode.toStdString(), 0, 0);
    constexpr int kDot = 6;
    QPainter painter(&page);
    const QPoint corner(page.width() - code.width() * kDot - 30, 30);
    painter.fillRect(QRect(corner, QSize(code.width(), code.height()) * kDot), Qt::white);
    for (int y = 0; y < code.height(); ++y) {
        for (int x = 0; x < code.width(); ++x) {
            if (code.get(x, y)) painter.fillRect(QRect(corner + QPoint(x, y) * kDot, QSize(kDot, kDot)), Qt::black);
        }
    }
    return page;
}

/// The letter sideways on a dark table, as it fills a camera's picture best: its head is at the left.
const QRect kOnTable(QPoint(180, 170), kPage.transposed());
QImage letterOnTable() {
    QImage table(kTable, QImage::Format_RGB32);
    table.fill(qRgb(60, 44, 36));
    QPainter(&table).drawImage(kOnTable.topLeft(), letter().transformed(QTransform().rotate(-90)));
    return table;
}

ZXing::Result codeIn(const QImage& picture) {
    const auto grey = picture.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    return ZXing::ReadBarcode(view, hints);
}

/// A claim whose proof of identity is on the screen, in the app's window with the app's own camera.
class Hand : public AppHand {
public:
    explicit Hand(SessionKit& session_kit) : AppHand(onProof(session_kit)), kit(session_kit) {}

    PictureViewModel& picture() { return *kit.session().picture(); }
    bool shows(const QString& name) {
        return QTest::qWaitFor([&] { return isThere(name); }, kPatience_ms);
    }
    bool isIdle() {
        const bool idle = QTest::qWaitFor(
            [&] { return picture().stage() == QStringLiteral("edit") && !picture().isBusy(); }, kPatience_ms);
        settle();
        return idle;
    }
    /// In the window: where a share of the picture lies that the item shows.
    QPointF onPicture(const QString& item_name, double x, double y) {
        auto* item = probe->find(item_name);
        const auto content = item->property("contentRect").toRectF();
        return item->mapToScene(content.topLeft() + QPointF(x * content.width(), y * content.height()));
    }
    /// What is on the screen there.
    int greyOf(const QImage& screen, QPointF at) {
        return qGray(screen.pixel((at * screen.devicePixelRatio()).toPoint()));
    }

    SessionKit& kit;

private:
    static TabletSession& onProof(SessionKit& kit) {
        kit.make_camera = [] { return std::make_unique<QtCamera>(); };
        ENSURE(kit.unlock());
        kit.session().newClaim();
        ENSURE(kit.session().openCase()->save("benefits_claimed", {Answer::Kind::Given, "jsa_ib hb"}));
        ENSURE(kit.session().openCase()->save("first_names", {Answer::Kind::Given, "Gwen"}));
        ENSURE(kit.session().openCase()->save("surname", {Answer::Kind::Given, "O'Brien"}));
        kit.session().openProof(QStringLiteral("identity"));
        return kit.session();
    }
};

}  // namespace

/// The evidence pages with the real camera part of the app: frames come from a camera that lies in this process
/// (tests/support/camera) through Qt Multimedia. It is there before Qt Multimedia is loaded, as one is that is built
/// in.
class CameraPageTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QVERIFY(m_home.isValid());
        for (const auto* name :
             {"TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_PICTURES_DIR", "HOME"})
            qputenv(name, m_home.path().toUtf8());
        m_device = std::make_unique<FakeCameraDevice>(
            QStringLiteral("Tablet camera"), letterOnTable(),
            QList<FakeCameraDevice::Mode>{{"YUY2", {640, 480}, 30}, {"YUY2", kTable, 15}, {"YUY2", {1280, 960}, 15}});
        m_device->plugIn();
    }

    void aLetterGoesFromTheCameraIntoTheVaultAndNowhereElse() {
        SessionKit kit;
        Hand hand(kit);
        QVERIFY(!m_device->isOpen());
        QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
        QVERIFY(hand.shows(QStringLiteral("camera.view")));
        QVERIFY(m_device->isOpen());
        QVERIFY(hand.isThere(QStringLiteral("picture.guide")));
        hand.boxOf(QStringLiteral("camera.view"));
        hand.shot(QStringLiteral("camera-live"));
        // The live picture on the screen: the table around it, and the letter as it lies there.
        const auto share = [](QPoint at) {
            return QPointF(double(at.x()) / kTable.width(), double(at.y()) / kTable.height());
        };
        const auto screen = hand.window->grabWindow();
        const auto seen = [&](QPointF at) {
            return hand.greyOf(screen, hand.onPicture(QStringLiteral("camera.view"), at.x(), at.y()));
        };
        const auto paper = share(kOnTable.topLeft()) + QPointF(0.02, 0.02);
        QVERIFY(seen(paper) > kPaper);
        QVERIFY(seen(share(kOnTable.bottomRight()) - QPointF(0.02, 0.02)) > kPaper);
        for (const auto& table : {QPointF(0.03, 0.5), QPointF(0.97, 0.5), QPointF(0.4, 0.03)})
            QVERIFY(seen(table) < kPaper);

        QVERIFY(hand.click(QStringLiteral("button.take")));
        QVERIFY(hand.isIdle());
        QVERIFY(!m_device->isOpen());
        QCOMPARE(hand.picture().facts(), QStringLiteral("1920 × 1440 dots"));
        QVERIFY(hand.click(QStringLiteral("button.corners")));
        const QPoint corners[] = {kOnTable.topLeft(), kOnTable.topRight(), kOnTable.bottomRight(),
                                  kOnTable.bottomLeft()};
        for (int i = 0; i < 4; ++i) {
            const auto to = share(corners[i]);
            hand.drag(hand.boxOf(QStringLiteral("corner.%1").arg(i)).center(),
                      hand.onPicture(QStringLiteral("editor"), to.x(), to.y()));
        }
        QVERIFY(hand.click(QStringLiteral("button.straighten")));
        QVERIFY(hand.isIdle());
        QVERIFY(hand.click(QStringLiteral("button.turn")));
        QVERIFY(hand.isIdle());
        hand.shot(QStringLiteral("camera-straight"));
        QVERIFY(hand.isThere(QStringLiteral("picture.good")));
        QVERIFY(hand.click(QStringLiteral("button.use")));
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("evidence"); }, kPatience_ms));
        hand.settle();
        hand.shot(QStringLiteral("camera-kept"));

        const auto files = proofFilesOf(kit.session().openCase()->claim().state);
        QCOMPARE(files.size(), 1U);
        const auto bytes = *kit.session().casework()->fileBytes(files.at(0).digest);
        const auto kept = QImage::fromData(bytes.data(), static_cast<int>(bytes.size()));
        // Upright and not mirrored: the code can be read, and stands where the letter has it.
        const auto code = codeIn(kept);
        QCOMPARE(QString::fromStdString(code.text()), kCode);
        QVERIFY(code.position().topLeft().x > kept.width() * 0.6);
        QVERIFY(code.position().bottomRight().y < kept.height() * 0.3);
        QVERIFY(std::abs(code.orientation()) < 5);
        QVERIFY(kept.height() > kept.width() && kept.height() > 1400);

        nothingOfItLies(QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())),
                        {QString::fromStdString(kit.folder()), m_home.path()});
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

    void thePageSaysWhenTheCameraIsPulledOutAndGoesOnWhenItIsBack() {
        SessionKit kit;
        Hand hand(kit);
        // The first camera was there before Qt was, the next was not: Qt 6.4 does not count them alike.
        for (int i = 0; i < 3; ++i) {
            QVERIFY(hand.click(QStringLiteral("proof.identity.addPicture")));
            QVERIFY(hand.shows(QStringLiteral("camera.view")));
            m_device->unplug();
            QVERIFY(hand.shows(QStringLiteral("camera.state")));
            QVERIFY(!hand.isThere(QStringLiteral("button.take")));
            QVERIFY(!m_device->isOpen());
            m_device->plugIn();
            QVERIFY(hand.shows(QStringLiteral("camera.view")));
            QVERIFY(m_device->isOpen());
            QVERIFY(hand.click(QStringLiteral("button.cancel")));
            QVERIFY(QTest::qWaitFor([&] { return !m_device->isOpen(); }, kPatience_ms));
        }
        QVERIFY2(hand.warnings.isEmpty(), qPrintable(hand.warnings.join(QLatin1Char('\n'))));
    }

private:
    /// Neither a JPEG's head (all of it: three bytes may stand in what is encrypted), nor a part of this one, nor a
    /// line of what the camera saw.
    static void nothingOfItLies(const QByteArray& jpeg, const QStringList& folders) {
        const auto seen = letterOnTable();
        const QByteArray row(reinterpret_cast<const char*>(seen.constScanLine(kTable.height() / 2)) + 2000, 400);
        int looked_at = 0;
        for (const auto& folder : folders) {
            for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
                 files.hasNext();) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto bytes = file.readAll();
                ++looked_at;
                for (const auto& part :
                     {QByteArray("\xFF\xD8\xFF\xE0\0\x10JFIF", 10), jpeg.mid(jpeg.size() / 2, 24), row})
                    QVERIFY2(!bytes.contains(part), qPrintable(file.fileName()));
            }
        }
        QVERIFY(looked_at >= 3);  // the vault's own
    }

    QTemporaryDir m_home;
    std::unique_ptr<FakeCameraDevice> m_device;
};

QTEST_MAIN(CameraPageTest)
#include "tst_camera_page.moc"
