#pragma once

#include <QCameraDevice>
#include <QElapsedTimer>
#include <QList>
#include <QSet>
#include <QTimer>
#include <QVideoFrame>
#include <chrono>
#include <functional>
#include <memory>

#include "mobile/imaging/frame_source.h"

class QMediaDevices;

namespace fieldclaim::tablet {

/// The tablet's camera through Qt Multimedia: the one at the back, where there are two, in the largest pictures that it
/// gives often enough to aim by. Pictures go from the camera into memory; no file is asked for. Qt Multimedia is loaded
/// with the first start(), not with the app. GUI thread.
class QtCamera final : public FrameSource {
    Q_OBJECT

public:
    /// How long may pass without a first frame, and without another, before the camera counts as Busy: of a camera that
    /// fails Qt says nothing on Linux. And without the still picture that was asked for, before a frame is taken.
    struct Patience {
        std::chrono::milliseconds start{8'000};
        std::chrono::milliseconds silence{3'000};
        std::chrono::milliseconds still{1'500};
    };

    /// Of these the one at the back (by what the system says of it, else by its name), else the system's own choice;
    /// null where there is none.
    static QCameraDevice chosenDevice(const QList<QCameraDevice>& inputs);
    using Choose = std::function<QCameraDevice(const QList<QCameraDevice>& inputs)>;

    explicit QtCamera(Choose choose = chosenDevice) : QtCamera(Patience{}, std::move(choose)) {}
    /// `choose` says at each start which camera it is.
    explicit QtCamera(Patience patience, Choose choose = chosenDevice);
    ~QtCamera() override;

    State state() const override { return m_state; }
    void start() override;
    void stop() override;
    void take() override;

private:
    class Parts;

    void become(State state);
    /// Lets go of the camera at once.
    void end(State state);
    QList<QCameraDevice> inputs() const;
    void inputsChanged();
    /// Called while GStreamer waits for the answer, so it does nothing that takes time.
    void sees(const QVideoFrame& frame);
    void show();
    /// What is taken is the next frame.
    void takeFrame();

    const Patience m_patience;
    const Choose m_choose;
    State m_state = State::Off;
    std::unique_ptr<QMediaDevices> m_devices;
    QList<QCameraDevice> m_listed;
    QSet<QByteArray> m_gone;   ///< inputs that are listed still
    Parts* m_parts = nullptr;  ///< a child
    QVideoFrame m_next;        ///< not yet shown
    bool m_takes_frame = false;
    QElapsedTimer m_shown;
    QTimer m_show;
    QTimer m_silence;
    QTimer m_still;  ///< runs while a still picture is awaited
};

}  // namespace fieldclaim::tablet
