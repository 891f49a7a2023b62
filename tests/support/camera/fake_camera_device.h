#pragma once

#include <QImage>
#include <QList>
#include <QSize>
#include <QString>
#include <memory>

namespace fieldclaim::testing {

/// A camera that is plugged into this process instead of the machine: Qt Multimedia finds it among its video inputs,
/// opens it and takes frames from it, through the same parts of GStreamer as a webcam's. What it sees is a picture of
/// the test's. No other camera can be found as soon as the first one has been made, which must be before Qt Multimedia
/// is asked anything. Needs GStreamer's base and good plugins; no device, display or right. One thread.
class FakeCameraDevice {
public:
    /// What the camera can give; `format` as GStreamer names it ("YUY2", "NV12"), or "JPEG", which all modes of one
    /// camera have, or none.
    struct Mode {
        const char* format;
        QSize size;
        int frames_a_second;
    };

    /// Not yet plugged in.
    FakeCameraDevice(const QString& name, const QImage& sees, const QList<Mode>& modes);
    ~FakeCameraDevice();
    FakeCameraDevice(const FakeCameraDevice&) = delete;
    FakeCameraDevice& operator=(const FakeCameraDevice&) = delete;

    void plugIn();
    /// Who has it open sees no frame any more, nor does who opens it still.
    void unplug();
    /// From the next frame on that leaves it, when this returns. A picture of the size of the first.
    void see(const QImage& picture);
    /// No frame comes while this holds; the camera stays open.
    void hold(bool on);
    enum class Failure { Error, EndOfStream };
    /// As a driver that has lost its camera does: no frame any more until it is opened anew.
    void fail(Failure failure);
    /// Says how its frames lie, as GStreamer's image-orientation tag: "rotate-90", "flip-rotate-0". Before it is
    /// opened.
    void sayOrientation(const char* orientation);

    /// Somebody has it open.
    bool isOpen() const;
    /// How often it was opened.
    int timesOpened() const;
    /// Counts from here on, for as long as it stays open, the still pictures that Qt takes of it: on Linux each of
    /// them, and no frame of the live picture, goes through an encoder. False where Qt has none.
    bool countStills();
    int stills() const;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::testing
