#include "mobile/camera/qt_camera.h"

#include <QCamera>
#include <QDir>
#include <QFileInfo>
#include <QImageCapture>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QVideoSink>
#include <utility>

namespace fieldclaim::tablet {
namespace {

constexpr int kPreviewSide = 1280;
constexpr int kPreviewEvery_ms = 60;
constexpr int kStartsWithin_ms = 8'000;

/// Linux has one file a camera; where it cannot be read, Qt does not list it.
bool isKeptFromUs() {
    for (const auto& info : QDir(QStringLiteral("/dev")).entryInfoList({QStringLiteral("video*")}, QDir::System)) {
        if (!info.isReadable()) return true;
    }
    return false;
}

}  // namespace

struct QtCamera::Parts {
    explicit Parts(const QCameraDevice& device) : camera(device) {
        session.setCamera(&camera);
        session.setVideoSink(&sink);
        session.setImageCapture(&capture);
        capture.setQuality(QImageCapture::VeryHighQuality);
    }

    QCamera camera;
    QVideoSink sink;
    QImageCapture capture;
    QMediaCaptureSession session;  // goes first: it points to the others
};

QCameraDevice QtCamera::chosenDevice() {
    for (const auto& device : QMediaDevices::videoInputs()) {
        if (device.position() == QCameraDevice::BackFace) return device;
    }
    return QMediaDevices::defaultVideoInput();
}

QtCamera::QtCamera(std::function<QCameraDevice()> choose) : m_choose(std::move(choose)) {
    m_too_late.setSingleShot(true);
    m_too_late.setInterval(kStartsWithin_ms);
    connect(&m_too_late, &QTimer::timeout, this, [this] { end(State::Busy); });
}

QtCamera::~QtCamera() = default;

void QtCamera::become(State state) {
    if (m_state == state) return;
    m_state = state;
    emit stateChanged();
}

void QtCamera::start() {
    if (m_state == State::Starting || m_state == State::On) return;
    if (!m_devices) {
        m_devices = std::make_unique<QMediaDevices>();
        // One that is plugged in while the page says that there is none.
        connect(m_devices.get(), &QMediaDevices::videoInputsChanged, this, [this] {
            if (m_state == State::Missing) start();
        });
    }
    const auto device = m_choose();
    if (device.isNull()) {
        become(isKeptFromUs() ? State::Refused : State::Missing);
        return;
    }
    m_parts = std::make_unique<Parts>(device);
    connect(&m_parts->camera, &QCamera::errorOccurred, this, [this](QCamera::Error error, const QString&) {
        if (error != QCamera::NoError) end(State::Busy);
    });
    connect(&m_parts->sink, &QVideoSink::videoFrameChanged, this, &QtCamera::sees);
    connect(&m_parts->capture, &QImageCapture::imageCaptured, this,
            [this](int, const QImage& picture) { emit taken(picture); });
    connect(&m_parts->capture, &QImageCapture::errorOccurred, this, [this] {
        // What is seen is smaller than what could be taken, and better than nothing.
        if (m_last.isValid()) emit taken(m_last.toImage());
    });
    become(State::Starting);
    m_too_late.start();
    m_parts->camera.start();
}

void QtCamera::sees(const QVideoFrame& frame) {
    if (!m_parts || !frame.isValid()) return;
    m_last = frame;
    m_too_late.stop();
    become(State::On);
    if (m_shown.isValid() && m_shown.elapsed() < kPreviewEvery_ms) return;
    m_shown.start();
    const auto picture = frame.toImage();
    emit this->frame(picture.width() > kPreviewSide ? picture.scaledToWidth(kPreviewSide) : picture);
}

void QtCamera::end(State state) {
    m_too_late.stop();
    m_last = {};
    if (auto* const parts = m_parts.release()) {
        parts->camera.disconnect(this);
        parts->sink.disconnect(this);
        parts->capture.disconnect(this);
        parts->camera.stop();
        QTimer::singleShot(0, [parts] { delete parts; });
    }
    become(state);
}

void QtCamera::stop() { end(State::Off); }

void QtCamera::take() {
    if (m_state != State::On) return;
    if (m_parts->capture.isReadyForCapture()) {
        m_parts->capture.capture();
    } else if (m_last.isValid()) {
        emit taken(m_last.toImage());
    }
}

}  // namespace fieldclaim::tablet
