#include <QCameraDevice>
#include <QDirIterator>
#include <QMediaDevices>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include "mobile/camera/qt_camera.h"
#include "mobile/imaging/code_reader.h"
#include "tests/support/camera/fake_camera_device.h"
#include "tests/support/camera/gst_provider.h"
#include "tests/support/pictures/pictures.h"

using namespace fieldclaim::tablet;
using namespace fieldclaim::testing;
using namespace std::chrono_literals;
using State = FrameSource::State;

namespace {

constexpr int kWithin_ms = 20'000;
constexpr QSize kSize(1920, 1080);
const QList<FakeCameraDevice::Mode> kModes{{"YUY2", {640, 360}, 30}, {"YUY2", kSize, 30}};

/// No two corners alike, so that neither a turn nor a mirror goes unnoticed; `middle` tells one picture from another.
QImage corners(QColor middle = Qt::red, QSize size = kSize) {
    QImage out(size, QImage::Format_RGB32);
    QPainter painter(&out);
    const QRect quarter(0, 0, size.width() / 2, size.height() / 2);
    painter.fillRect(quarter, QColor(0, 0, 0));
    painter.fillRect(quarter.translated(quarter.width(), 0), QColor(80, 80, 80));
    painter.fillRect(quarter.translated(0, quarter.height()), QColor(160, 160, 160));
    painter.fillRect(quarter.translated(quarter.width(), quarter.height()), QColor(255, 255, 255));
    painter.fillRect(QRect(size.width() / 2 - 100, size.height() / 2 - 100, 200, 200), middle);
    return out;
}

/// What differs; greys within 20 levels, and the middle by its strongest colour: a camera's colours are not a screen's.
QString difference(const QImage& seen, const QImage& expected) {
    if (seen.isNull()) return QStringLiteral("no picture");
    for (const auto x : {0.2, 0.8}) {
        for (const auto y : {0.2, 0.8}) {
            const auto grey = [&](const QImage& of) {
                return qGray(of.pixel(static_cast<int>(x * of.width()), static_cast<int>(y * of.height())));
            };
            if (std::abs(grey(seen) - grey(expected)) > 20) {
                return QStringLiteral("%1 at %2, %3, not %4").arg(grey(seen)).arg(x).arg(y).arg(grey(expected));
            }
        }
    }
    const auto strongest = [](const QImage& of) {
        const auto pixel = of.pixel(of.width() / 2, of.height() / 2);
        return qRed(pixel) > qBlue(pixel) + 60 ? 'r' : qBlue(pixel) > qRed(pixel) + 60 ? 'b' : '?';
    };
    if (strongest(seen) != strongest(expected)) return QStringLiteral("another picture");
    return {};
}

/// Plugged in, and Qt has heard of it.
bool plug(FakeCameraDevice& device) {
    const auto had = QMediaDevices::videoInputs().size();
    device.plugIn();
    return QTest::qWaitFor([&] { return QMediaDevices::videoInputs().size() > had; }, kWithin_ms);
}

/// The app's camera and what it said.
struct Watched {
    explicit Watched(QtCamera::Patience patience = {}) : camera(patience) {
        QObject::connect(&camera, &FrameSource::stateChanged, [this] { states.append(camera.state()); });
        QObject::connect(&camera, &FrameSource::frame, [this](const QImage& picture) { frames.append(picture); });
        QObject::connect(&camera, &FrameSource::taken, [this](const QImage& picture) { taken.append(picture); });
    }
    bool becomes(State state) {
        return QTest::qWaitFor([&] { return camera.state() == state; }, kWithin_ms);
    }
    bool isOn() {
        camera.start();
        return showsMore();
    }
    bool showsMore() {
        const auto had = frames.size();
        return QTest::qWaitFor([&] { return frames.size() > had + 1; }, kWithin_ms);
    }
    /// A machine whose own camera may not be read is told apart from one that has none.
    bool findsNone() {
        return QTest::qWaitFor([&] { return camera.state() == State::Missing || camera.state() == State::Refused; },
                               kWithin_ms);
    }
    QImage take() {
        const auto had = taken.size();
        camera.take();
        return QTest::qWaitFor([&] { return taken.size() > had; }, kWithin_ms) ? taken.last() : QImage();
    }

    QtCamera camera;
    QList<State> states;
    QList<QImage> frames;
    QList<QImage> taken;
};

}  // namespace

/// The real Qt Multimedia with cameras that lie in this process (tests/support/camera).
class CameraFramesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        // Whatever a library writes without being asked lands where the last test looks.
        QVERIFY(m_home.isValid());
        for (const auto* name : {"TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "XDG_PICTURES_DIR"})
            qputenv(name, m_home.path().toUtf8());
        // Qt is loaded while there is no camera: see QtCamera::inputs() for what it makes of one that was there before.
        setUpCameraProvider();
        QVERIFY(QMediaDevices::videoInputs().isEmpty());
    }

    void itShowsWhatTheCameraSees_data() {
        QTest::addColumn<QByteArray>("format");
        for (const auto* format : {"YUY2", "NV12", "I420", "BGRx", "JPEG"}) QTest::newRow(format) << QByteArray(format);
    }
    void itShowsWhatTheCameraSees() {
        QFETCH(QByteArray, format);
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), {{format.constData(), kSize, 30}});
        QVERIFY(plug(device));
        Watched app;
        QCOMPARE(app.camera.state(), State::Off);
        QVERIFY(!device.isOpen());
        QVERIFY(app.isOn());
        QVERIFY(device.isOpen());
        QCOMPARE(app.states, (QList<State>{State::Starting, State::On}));
        QCOMPARE(app.frames.last().size(), QSize(1280, 720));
        QCOMPARE(difference(app.frames.last(), corners()), QString());
        QCOMPARE(app.take().size(), kSize);
        QCOMPARE(difference(app.taken.last(), corners()), QString());
        QCOMPARE(app.taken.size(), 1);
    }

    void aCodeCanBeReadInTheLivePicture_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        QTest::newRow("QR code") << "QRCode"
                                 << "FIELDCLAIM-LETTER-4711";
        QTest::newRow("bar code") << "Code128"
                                  << "AB123456C";
    }
    void aCodeCanBeReadInTheLivePicture() {
        QFETCH(QString, kind);
        QFETCH(QString, text);
        QImage desk(kSize, QImage::Format_RGB32);
        desk.fill(qRgb(60, 44, 36));
        QPainter(&desk).drawImage(QPoint(500, 200), codePicture(text.toStdString(), kind.toStdString()));
        FakeCameraDevice device(QStringLiteral("Camera"), desk, kModes);
        QVERIFY(plug(device));
        Watched app;
        QVERIFY(app.isOn());
        const auto read = readCode(app.frames.last());
        QVERIFY(read.has_value());
        QCOMPARE(QString::fromStdString(*read), text);
    }

    void itTakesTheLargestPicturesThatOneCanAimBy_data() {
        QTest::addColumn<QList<FakeCameraDevice::Mode>>("modes");
        QTest::addColumn<QSize>("taken");
        using Modes = QList<FakeCameraDevice::Mode>;
        QTest::newRow("fewer frames, more of the page")
            << Modes{{"YUY2", {640, 480}, 30}, {"YUY2", {1600, 1200}, 15}} << QSize(1600, 1200);
        QTest::newRow("too few to aim by")
            << Modes{{"YUY2", {1280, 960}, 30}, {"YUY2", {1600, 1200}, 5}} << QSize(1280, 960);
        QTest::newRow("only few") << Modes{{"YUY2", {640, 480}, 5}, {"YUY2", {800, 600}, 5}} << QSize(800, 600);
        QTest::newRow("more than a page needs")
            << Modes{{"YUY2", {4160, 3120}, 15}, {"YUY2", {1600, 1200}, 15}} << QSize(1600, 1200);
    }
    void itTakesTheLargestPicturesThatOneCanAimBy() {
        QFETCH(QList<FakeCameraDevice::Mode>, modes);
        FakeCameraDevice device(QStringLiteral("Camera"), corners(Qt::red, {1600, 1200}), modes);
        QVERIFY(plug(device));
        Watched app;
        QVERIFY(app.isOn());
        QTEST(app.take().size(), "taken");
    }

    void aStillPictureIsOfWhatIsSeenAfterTheButtonWasPressed() {
        FakeCameraDevice device(QStringLiteral("Camera"), corners(Qt::red), kModes);
        QVERIFY(plug(device));
        Watched app({20s, 20s, 20s});
        QVERIFY(app.isOn());
        QVERIFY(device.countStills());
        device.hold(true);
        device.see(corners(Qt::blue));
        app.camera.take();
        app.camera.take();  // pressed twice
        device.hold(false);
        QVERIFY(QTest::qWaitFor([&] { return !app.taken.isEmpty() && device.stills() > 0; }, kWithin_ms));
        QCOMPARE(app.taken.last().size(), kSize);
        QCOMPARE(difference(app.taken.last(), corners(Qt::blue)), QString());
        QVERIFY(app.showsMore());
        QCOMPARE(app.taken.size(), 1);
        QCOMPARE(device.stills(), 1);
    }

    void aStillPictureThatDoesNotComeIsReplacedByAFrame() {
        // Without the element jifmux no second one comes; with it the first of them is not waited for.
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        Watched app({20s, 20s, 300ms});
        QVERIFY(app.isOn());
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(app.take().size(), kSize);
            QCOMPARE(difference(app.taken.last(), corners()), QString());
        }
        QVERIFY(app.showsMore());
        QCOMPARE(app.taken.size(), 3);
    }

    void framesThatSayHowTheyLieAreUpright_data() {
        QTest::addColumn<QByteArray>("orientation");
        QTest::addColumn<QTransform>("upright");
        QTest::newRow("turned") << QByteArray("rotate-90") << QTransform().rotate(90);
        QTest::newRow("upside down") << QByteArray("rotate-180") << QTransform().rotate(180);
    }
    void framesThatSayHowTheyLieAreUpright() {
        QFETCH(QByteArray, orientation);
        QFETCH(QTransform, upright);
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        device.sayOrientation(orientation.constData());
        QVERIFY(plug(device));
        Watched app;
        QVERIFY(app.isOn());
        const auto expected = corners().transformed(upright);
        QCOMPARE(difference(app.frames.last(), expected), QString());
        QCOMPARE(app.take().size(), expected.size());
        QCOMPARE(difference(app.taken.last(), expected), QString());
    }

    void aListenerThatIsSlowDoesNotEndTheFrames() {
        // GStreamer waits 300 ms for a frame to be taken; that it was not is an error for Qt 6.4, and the last frame.
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        Watched app;
        bool slow = true;
        QObject::connect(&app.camera, &FrameSource::frame, &app.camera, [&] {
            if (std::exchange(slow, false)) QThread::msleep(700);
        });
        QObject::connect(&app.camera, &FrameSource::stateChanged, &app.camera, [&] { QThread::msleep(700); });
        QVERIFY(app.isOn());
        QVERIFY(app.showsMore());
        QVERIFY(app.showsMore());
        QCOMPARE(app.camera.state(), State::On);
    }

    void stopLetsGoOfTheCameraAndItStartsAgain() {
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        Watched app;
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(app.isOn());
            QVERIFY(device.isOpen());
            app.camera.stop();
            // At once: who presses Retake opens it in the same moment, and a camera is opened by one alone.
            QVERIFY(!device.isOpen());
            QCOMPARE(app.camera.state(), State::Off);
        }
        const auto had = app.frames.size();
        app.camera.take();
        QTest::qWait(100);
        QCOMPARE(app.frames.size(), had);
        QVERIFY(app.taken.isEmpty());
        QVERIFY(app.isOn());
        app.camera.stop();
        app.camera.start();
        QVERIFY(app.showsMore());
    }

    void itIsStoppedByWhoHearsIt() {
        // As the page does with the picture that it wanted.
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        Watched app;
        QObject::connect(&app.camera, &FrameSource::taken, &app.camera, [&] { app.camera.stop(); });
        for (int i = 0; i < 3; ++i) {
            QVERIFY(app.isOn());
            QVERIFY(!app.take().isNull());
            QVERIFY(!device.isOpen());
        }
        QObject::connect(&app.camera, &FrameSource::stateChanged, &app.camera, [&] {
            if (app.camera.state() == State::On) app.camera.stop();
        });
        const auto had = app.frames.size();
        app.camera.start();
        QVERIFY(app.becomes(State::Off));
        QVERIFY(!device.isOpen());
        QCOMPARE(app.frames.size(), had);
    }

    void itGoesAwayWhileFramesCome() {
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        for (int i = 0; i < 5; ++i) {
            auto app = std::make_unique<Watched>();
            QVERIFY(app->isOn());
            if (i % 2 == 0) app->camera.take();
            app.reset();
            QVERIFY(!device.isOpen());
        }
    }

    void aCameraThatFailsIsBusyAndStartsAgain_data() {
        QTest::addColumn<FakeCameraDevice::Failure>("failure");
        QTest::newRow("error") << FakeCameraDevice::Failure::Error;
        QTest::newRow("end of stream") << FakeCameraDevice::Failure::EndOfStream;
    }
    void aCameraThatFailsIsBusyAndStartsAgain() {
        QFETCH(FakeCameraDevice::Failure, failure);
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        QVERIFY(plug(device));
        Watched app({20s, 400ms, 20s});
        QVERIFY(app.isOn());
        device.fail(failure);
        app.camera.take();  // of a picture that stands still
        QVERIFY(app.becomes(State::Busy));
        QVERIFY(!device.isOpen());
        QVERIFY(app.isOn());
        QVERIFY(!app.take().isNull());
    }

    void aCameraThatNeverGivesAFrameIsBusy() {
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        device.hold(true);
        QVERIFY(plug(device));
        Watched app({200ms, 20s, 20s});
        app.camera.start();
        QCOMPARE(app.camera.state(), State::Starting);
        QVERIFY(device.isOpen());
        QVERIFY(app.becomes(State::Busy));
        QVERIFY(!device.isOpen());
        QVERIFY(app.frames.isEmpty());
        device.hold(false);
        Watched again;
        QVERIFY(again.isOn());
    }

    void aCameraThatIsPulledOutIsMissingAndComesBack() {
        FakeCameraDevice device(QStringLiteral("Camera"), corners(), kModes);
        Watched app;
        app.camera.start();
        QVERIFY(app.findsNone());
        // Plugged in while the page says that there is none.
        device.plugIn();
        QVERIFY(app.showsMore());
        QCOMPARE(app.camera.state(), State::On);
        device.unplug();
        QVERIFY(app.findsNone());
        QVERIFY(!device.isOpen());
        device.plugIn();
        QVERIFY(app.showsMore());
        QCOMPARE(device.timesOpened(), 2);
        // One that was stopped stays so.
        app.camera.stop();
        device.unplug();
        device.plugIn();
        QTest::qWait(100);
        QCOMPARE(app.camera.state(), State::Off);
    }

    void anotherCameraTakesOverFromOneThatIsPulledOut() {
        FakeCameraDevice built_in(QStringLiteral("Built in"), corners(Qt::red), kModes);
        FakeCameraDevice at_back(QStringLiteral("Rear"), corners(Qt::blue), kModes);
        QVERIFY(plug(built_in));
        QVERIFY(plug(at_back));
        Watched app;
        QVERIFY(app.isOn());
        QCOMPARE(difference(app.frames.last(), corners(Qt::blue)), QString());
        at_back.unplug();
        QVERIFY(QTest::qWaitFor([&] { return built_in.isOpen(); }, kWithin_ms));
        QVERIFY(!at_back.isOpen());
        QVERIFY(app.showsMore());
        QCOMPARE(difference(app.frames.last(), corners(Qt::red)), QString());
        // A camera that comes while one is on changes nothing.
        QVERIFY(plug(at_back));
        QTest::qWait(100);
        QVERIFY(app.showsMore());
        QVERIFY(!at_back.isOpen());
    }

    void theOneAtTheBackIsChosen_data() {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("one") << QStringList{"Webcam"} << "Webcam";
        QTest::newRow("rear") << QStringList{"Tablet Camera Front", "Tablet Camera Rear"} << "Tablet Camera Rear";
        QTest::newRow("back") << QStringList{"Front", "back camera"} << "back camera";
        QTest::newRow("only a part of a word") << QStringList{"First", "Feedback"} << "First";
    }
    void theOneAtTheBackIsChosen() {
        QFETCH(QStringList, names);
        QCOMPARE(QtCamera::chosenDevice({}), QCameraDevice());
        std::vector<std::unique_ptr<FakeCameraDevice>> devices;
        for (const auto& name : names) {
            devices.push_back(std::make_unique<FakeCameraDevice>(name, corners(), kModes));
            devices.back()->plugIn();
        }
        QVERIFY(QTest::qWaitFor([&] { return QMediaDevices::videoInputs().size() == names.size(); }, kWithin_ms));
        QTEST(QtCamera::chosenDevice(QMediaDevices::videoInputs()).description(), "chosen");
    }

    void cleanup() {
        // Qt hears of what was pulled out from its event loop.
        QVERIFY(QTest::qWaitFor([] { return QMediaDevices::videoInputs().isEmpty(); }, kWithin_ms));
    }

    void noFileWasWritten() {
        for (QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             files.hasNext();) {
            const auto file = files.next();
            // With a graphics card, or Mesa in its place, what was compiled for it; and GStreamer's list of its
            // plugins, where nobody said that it lies elsewhere.
            QVERIFY2(file.contains(QLatin1String("shader")) || file.contains(QLatin1String("gstreamer-1.0/registry")),
                     qPrintable(file));
        }
    }

private:
    QTemporaryDir m_home;
};

QTEST_MAIN(CameraFramesTest)
#include "tst_camera_frames.moc"
