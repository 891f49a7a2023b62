#pragma once

#include <QCameraDevice>
#include <QElapsedTimer>
#include <QTimer>
#include <QVideoFrame>
#include <functional>
#include <memory>

#include "mobile/imaging/frame_source.h"

class QCamera;
class QImageCapture;
class QMediaCaptureSession;
class QMediaDevices;
class QVideoSink;

namespace fieldclaim::tablet {

/// The tablet's camera through Qt Multimedia: the one at the back, where there are two. Pictures go from the camera
/// into memory; no file is asked for. Qt Multimedia is loaded with the first start(), not with the app. GUI thread.
class QtCamera final : public FrameSource {
    Q_OBJECT

public:
    /// The one at the back, else the system's own choice; null where there is none.
    static QCameraDevice chosenDevice();

    /// `choose` says at each start which camera it is.
    explicit QtCamera(std::function<QCameraDevice()> choose = chosenDevice);
    ~QtCamera() override;

    State state() const override { return m_state; }
    void start() override;
    void stop() override;
    void take() override;

private:
    struct Parts;

    void become(State state);
    /// Lets go of the camera; an end that came from the camera itself is on its stack.
    void end(State state);
    void sees(const QVideoFrame& frame);

    const std::function<QCameraDevice()> m_choose;
    State m_state = State::Off;
    std::unique_ptr<QMediaDevices> m_devices;
    std::unique_ptr<Parts> m_parts;
    QVideoFrame m_last;
    QElapsedTimer m_shown;
    QTimer m_too_late;
};

}  // namespace fieldclaim::tablet
