#include "mobile/camera/qt_camera.h"

#include <QCamera>
#include <QDir>
#include <QFileInfo>
#include <QImageCapture>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QRegularExpression>
#include <QVideoSink>
#include <algorithm>
#include <tuple>
#include <utility>

namespace fieldclaim::tablet {
namespace {

constexpr int kPreviewSide = 1280;
constexpr int kPreviewEvery_ms = 60;
/// Fewer frames a second cannot be aimed by.
constexpr float kLeastRate = 10;
/// 3840 x 2160: an A4 page at 260 dots an inch; what is more is scaled down when it is kept, and slows the live
/// picture.
constexpr int kMostPixels = 8'300'000;

/// Linux has one file a camera; where it cannot be read, Qt does not list it.
bool isKeptFromUs() {
    for (const auto& info : QDir(QStringLiteral("/dev")).entryInfoList({QStringLiteral("video*")}, QDir::System)) {
        if (!info.isReadable()) return true;
    }
    return false;
}

/// On Linux Qt 6.4 never says where a camera is; its name may.
bool isAtBack(const QCameraDevice& device) {
    static const QRegularExpression kBack(QStringLiteral("\\b(rear|back)\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    return device.position() == QCameraDevice::BackFace || kBack.match(device.description()).hasMatch();
}

int pixels(const QCameraFormat& format) { return format.resolution().width() * format.resolution().height(); }

/// Qt's own choice is the most frames a second, which many a camera gives of its small pictures alone. Null: Qt's.
QCameraFormat bestFormat(const QCameraDevice& device) {
    const auto merit = [](const QCameraFormat& format) {
        return std::tuple(pixels(format), format.maxFrameRate(),
                          format.pixelFormat() != QVideoFrameFormat::Format_Jpeg);
    };
    QCameraFormat best;
    for (const auto& format : device.videoFormats()) {
        if (format.pixelFormat() == QVideoFrameFormat::Format_Invalid) continue;
        if (format.maxFrameRate() < kLeastRate || pixels(format) > kMostPixels) continue;
        if (best.isNull() || merit(format) > merit(best)) best = format;
    }
    return best;
}

}  // namespace

class QtCamera::Parts final : public QObject {
public:
    Parts(const QCameraDevice& device, QObject* parent) : QObject(parent), camera(device) {
        camera.setCameraFormat(bestFormat(device));
        // The camera comes last: frames flow from here on, and must not meet a change of what they flow through.
        session.setVideoSink(&sink);
        session.setImageCapture(&stills);
        stills.setQuality(QImageCapture::VeryHighQuality);
        session.setCamera(&camera);
    }

    QCamera camera;
    QVideoSink sink;
    QImageCapture stills;
    /// Without the element jifmux of GStreamer, which Debian keeps apart, Qt gives one still picture and no second.
    bool gives_stills = true;
    /// Its frames say that they are turned or mirrored. A still picture does not say so on Linux.
    bool lies_otherwise = false;
    QMediaCaptureSession session;  // goes first: it points to the others
};

QCameraDevice QtCamera::chosenDevice(const QList<QCameraDevice>& inputs) {
    for (const auto& device : inputs) {
        if (isAtBack(device)) return device;
    }
    for (const auto& device : inputs) {
        if (device.isDefault()) return device;
    }
    return inputs.value(0);
}

QtCamera::QtCamera(Patience patience, Choose choose) : m_patience(patience), m_choose(std::move(choose)) {
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] { end(State::Busy); });
    m_show.setSingleShot(true);
    connect(&m_show, &QTimer::timeout, this, &QtCamera::show);
    m_still.setSingleShot(true);
    connect(&m_still, &QTimer::timeout, this, &QtCamera::takeFrame);
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
        // Loads Qt Multimedia, which tells of each camera while it holds the lock that asking for them takes.
        m_listed = QMediaDevices::videoInputs();
        m_devices = std::make_unique<QMediaDevices>();
        connect(m_devices.get(), &QMediaDevices::videoInputsChanged, this, &QtCamera::inputsChanged);
    }
    const auto device = m_choose(inputs());
    if (device.isNull()) {
        become(isKeptFromUs() ? State::Refused : State::Missing);
        return;
    }
    m_parts = new Parts(device, this);
    connect(&m_parts->camera, &QCamera::errorOccurred, this, [this](QCamera::Error error, const QString&) {
        if (error != QCamera::NoError) end(State::Busy);
    });
    connect(&m_parts->sink, &QVideoSink::videoFrameChanged, this, &QtCamera::sees);
    connect(&m_parts->stills, &QImageCapture::imageCaptured, this, [this](int, const QImage& picture) {
        if (!m_still.isActive()) return;
        m_still.stop();
        emit taken(picture);
    });
    connect(&m_parts->stills, &QImageCapture::errorOccurred, this, [this] {
        if (m_still.isActive()) takeFrame();
    });
    become(State::Starting);
    m_silence.start(m_patience.start);
    m_parts->camera.start();
}

/// Qt 6.4 on Linux lists a camera that is there when it is loaded once more as soon as its event loop runs, under
/// another id, and strikes off the older entry alone when the camera is pulled out. So the youngest of a name counts.
QList<QCameraDevice> QtCamera::inputs() const {
    QList<QCameraDevice> out;
    for (const auto& input : QMediaDevices::videoInputs()) {
        if (m_gone.contains(input.id())) continue;
        const auto same = std::find_if(
            out.begin(), out.end(), [&input](const auto& other) { return other.description() == input.description(); });
        if (same == out.end()) {
            out.append(input);
        } else {
            *same = input;
        }
    }
    return out;
}

void QtCamera::inputsChanged() {
    const auto before = std::exchange(m_listed, QMediaDevices::videoInputs());
    if (m_parts != nullptr) {
        const auto ours = m_parts->camera.cameraDevice().description();
        const auto alike = [&ours](const QCameraDevice& input) { return input.description() == ours; };
        if (std::count_if(m_listed.begin(), m_listed.end(), alike) >=
            std::count_if(before.begin(), before.end(), alike)) {
            return;
        }
        for (const auto& input : m_listed) {
            if (alike(input)) m_gone.insert(input.id());
        }
        end(State::Missing);
    }
    // One that is plugged in while the page says that there is none, or another than the one that was pulled out.
    if (m_state == State::Missing || m_state == State::Refused) start();
}

void QtCamera::sees(const QVideoFrame& frame) {
    if (m_parts == nullptr || !frame.isValid()) return;
    m_next = frame;
    m_parts->lies_otherwise = frame.rotationAngle() != QVideoFrame::Rotation0 || frame.mirrored();
    m_silence.start(m_patience.silence);
    if (m_show.isActive()) return;
    const auto since = m_shown.isValid() && !m_takes_frame ? m_shown.elapsed() : kPreviewEvery_ms;
    m_show.start(static_cast<int>(std::max<qint64>(0, kPreviewEvery_ms - since)));
}

void QtCamera::show() {
    const auto picture = std::exchange(m_next, {}).toImage();
    become(State::On);
    // Whoever heard that may have stopped it.
    if (m_parts == nullptr || picture.isNull()) return;
    m_shown.start();
    if (std::exchange(m_takes_frame, false)) {
        emit taken(picture);
    } else {
        emit frame(picture.width() > kPreviewSide ? picture.scaledToWidth(kPreviewSide) : picture);
    }
}

void QtCamera::end(State state) {
    m_silence.stop();
    m_show.stop();
    m_still.stop();
    m_next = {};
    m_takes_frame = false;
    if (auto* const parts = std::exchange(m_parts, nullptr)) {
        parts->camera.disconnect(this);
        parts->sink.disconnect(this);
        parts->stills.disconnect(this);
        parts->session.setCamera(nullptr);
        // The end may have come from one of them.
        parts->deleteLater();
    }
    become(state);
}

void QtCamera::stop() { end(State::Off); }

void QtCamera::take() {
    if (m_state != State::On || m_still.isActive() || m_takes_frame) return;
    if (!m_parts->gives_stills || m_parts->lies_otherwise || !m_parts->stills.isReadyForCapture()) {
        takeFrame();
        return;
    }
    m_still.start(m_patience.still);
    m_parts->stills.capture();
}

void QtCamera::takeFrame() {
    m_still.stop();
    m_parts->gives_stills = false;
    // What was seen before the button was pressed is not it.
    m_show.stop();
    m_next = {};
    m_takes_frame = true;
}

}  // namespace fieldclaim::tablet
