#include <QCameraDevice>
#include <QMediaDevices>
#include <QSignalSpy>
#include <QTest>

#include "mobile/camera/qt_camera.h"

using namespace fieldclaim::tablet;

/// The real Qt Multimedia, on a machine without a camera, as CI is one. With one there is nothing to say here.
class CameraTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        if (!QMediaDevices::videoInputs().isEmpty()) QSKIP("this machine has a camera");
    }

    void aMachineWithoutACameraSaysSoAtOnce() {
        QtCamera camera;
        QCOMPARE(camera.state(), FrameSource::State::Off);
        QSignalSpy changes(&camera, &FrameSource::stateChanged);
        camera.start();
        QVERIFY(camera.state() == FrameSource::State::Missing || camera.state() == FrameSource::State::Refused);
        QCOMPARE(changes.size(), 1);
        QSignalSpy taken(&camera, &FrameSource::taken);
        camera.take();
        QCOMPARE(taken.size(), 0);
    }

    void itCanBeStoppedAndTriedAgain() {
        QtCamera camera;
        camera.start();
        const auto state = camera.state();
        camera.stop();
        QCOMPARE(camera.state(), FrameSource::State::Off);
        camera.start();
        QCOMPARE(camera.state(), state);
    }
};

QTEST_MAIN(CameraTest)
#include "tst_camera.moc"
