#include <QCameraDevice>
#include <QSignalSpy>
#include <QTest>

#include "mobile/camera/qt_camera.h"

using namespace fieldclaim::tablet;

namespace {

QCameraDevice noCamera(const QList<QCameraDevice>&) { return {}; }

}  // namespace

/// The real Qt Multimedia where there is no camera, whatever the machine has.
class CameraTest : public QObject {
    Q_OBJECT

private slots:
    void aMachineWithoutACameraSaysSoAtOnce() {
        QtCamera camera(noCamera);
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
        QtCamera camera(noCamera);
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
