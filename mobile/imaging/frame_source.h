#pragma once

#include <QImage>
#include <QObject>

namespace fieldclaim::tablet {

/// A camera, or what stands for one: Qt's is in mobile/camera, a test's is fed with pictures. Owned by whoever asked
/// for it; GUI thread. Pictures are in memory alone.
class FrameSource : public QObject {
    Q_OBJECT

public:
    enum class State {
        Off,
        Starting,
        On,
        Missing,  ///< there is no camera
        Refused,  ///< there is one, and the system does not let the app have it
        Busy,     ///< another app has it, or it does not start
    };

    virtual State state() const = 0;
    /// Looks for a camera, again if there was none, and shows what it sees until stop().
    virtual void start() = 0;
    virtual void stop() = 0;
    /// One picture at the camera's full size: taken(), or another state, follows.
    virtual void take() = 0;

signals:
    void stateChanged();
    /// What the camera sees now, small and often.
    void frame(const QImage& picture);
    void taken(const QImage& picture);
};

}  // namespace fieldclaim::tablet
