#include "tests/support/camera/fake_camera_device.h"

#include <atomic>
#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include "shared/base/result.h"
#include "tests/support/camera/gst_provider.h"

namespace fieldclaim::testing {
namespace {

constexpr std::chrono::seconds kArrivesWithin{20};

bool isJpeg(const FakeCameraDevice::Mode& mode) { return qstrcmp(mode.format, "JPEG") == 0; }

GstCaps* capsOf(const QList<FakeCameraDevice::Mode>& modes, bool as_raw) {
    auto* const caps = gst_caps_new_empty();
    for (const auto& mode : modes) {
        auto* const structure = gst_structure_new(
            isJpeg(mode) && !as_raw ? "image/jpeg" : "video/x-raw", "width", G_TYPE_INT, mode.size.width(), "height",
            G_TYPE_INT, mode.size.height(), "framerate", GST_TYPE_FRACTION, mode.frames_a_second, 1, nullptr);
        // A webcam's JPEG has half the colours across.
        const auto* const format = isJpeg(mode) ? "Y42B" : mode.format;
        if (as_raw || !isJpeg(mode)) gst_structure_set(structure, "format", G_TYPE_STRING, format, nullptr);
        gst_caps_append_structure(caps, structure);
    }
    return caps;
}

/// An element of a bin by its name, for the time of a block.
struct Part {
    Part(GstElement* bin, const char* name) : element(gst_bin_get_by_name(GST_BIN(bin), name)) {}
    ~Part() {
        if (element != nullptr) gst_object_unref(element);
    }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;
    GstElement* const element;
};

/// The frame is not taken, and its source is told why.
GstPadProbeReturn refuse(GstPadProbeInfo* info, GstFlowReturn why) {
    gst_buffer_unref(GST_PAD_PROBE_INFO_BUFFER(info));
    GST_PAD_PROBE_INFO_FLOW_RETURN(info) = why;
    return GST_PAD_PROBE_HANDLED;
}

/// A new picture on its way through the frozen one: of the frames after it was let in the first may be the old one.
struct Arrival {
    std::atomic<bool> is_in = false;
    int frames = 0;
    std::promise<void> second_frame;

    using Heard = bool (*)(Arrival&);
    /// Calls `heard` with each buffer until it is true, on the thread of the frames.
    static void watch(GstElement* element, const char* pad_name, const std::shared_ptr<Arrival>& arrival, Heard heard) {
        struct Watch {
            std::shared_ptr<Arrival> arrival;
            Heard heard;
        };
        auto* const pad = gst_element_get_static_pad(element, pad_name);
        gst_pad_add_probe(
            pad, GST_PAD_PROBE_TYPE_BUFFER,
            [](GstPad*, GstPadProbeInfo*, gpointer data) {
                const auto& watch = *static_cast<Watch*>(data);
                return watch.heard(*watch.arrival) ? GST_PAD_PROBE_REMOVE : GST_PAD_PROBE_OK;
            },
            new Watch{arrival, heard}, [](gpointer data) { delete static_cast<Watch*>(data); });
        gst_object_unref(pad);
    }
};

}  // namespace

struct FakeCameraDevice::Impl {
    QImage sees;
    QList<Mode> modes;
    bool held = false;
    QByteArray orientation;
    QByteArray name;
    GstDevice* device = nullptr;  ///< each time that it is plugged in another one
    std::shared_ptr<bool> is_there;
    int opened = 0;
    std::atomic<int> stills = 0;
    /// What was made of it, as far as anybody still holds it.
    std::vector<std::unique_ptr<GWeakRef, void (*)(GWeakRef*)>> elements;

    GstElement* make(bool listed);
    void push(GstElement* element) const;
    template <typename Do>
    void forEach(Do act) const {
        for (const auto& weak : elements) {
            auto* const element = static_cast<GstElement*>(g_weak_ref_get(weak.get()));
            if (element == nullptr) continue;
            act(element);
            gst_object_unref(element);
        }
    }
};

/// One picture, frozen: it is scaled and converted to what the mode says once, and given as often as the mode says.
GstElement* FakeCameraDevice::Impl::make(bool listed) {
    const QByteArray line = QByteArray(
                                "appsrc name=picture format=time ! videoconvert ! videoscale ! "
                                "imagefreeze name=freeze is-live=true allow-replace=true ! valve name=valve "
                                "drop-mode=forward-sticky-events ! "
                                "capsfilter name=modes") +
                            (isJpeg(modes.first()) ? " ! jpegenc quality=95" : "");
    GError* error = nullptr;
    auto* const element = gst_parse_bin_from_description(line.constData(), TRUE, &error);
    if (error != nullptr) qFatal("%s", error->message);
    ++opened;

    auto* const raw = capsOf(modes, true);
    g_object_set(Part(element, "modes").element, "caps", raw, nullptr);
    gst_caps_unref(raw);
    const Part valve(element, "valve");
    g_object_set(valve.element, "drop", held || !listed ? TRUE : FALSE, nullptr);
    if (!orientation.isEmpty()) {
        auto* const pad = gst_element_get_static_pad(valve.element, "src");
        gst_pad_add_probe(
            pad, GST_PAD_PROBE_TYPE_BUFFER,
            [](GstPad* from, GstPadProbeInfo*, gpointer said) {
                auto* const tags = gst_tag_list_new(GST_TAG_IMAGE_ORIENTATION, static_cast<const char*>(said), nullptr);
                gst_pad_push_event(from, gst_event_new_tag(tags));
                return GST_PAD_PROBE_REMOVE;
            },
            g_strdup(orientation.constData()), g_free);
        gst_object_unref(pad);
    }
    push(element);

    elements.emplace_back(new GWeakRef, [](GWeakRef* weak) {
        g_weak_ref_clear(weak);
        delete weak;
    });
    g_weak_ref_init(elements.back().get(), element);
    return element;
}

void FakeCameraDevice::Impl::push(GstElement* element) const {
    const Part source(element, "picture");
    auto* const caps =
        gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "BGRx", "width", G_TYPE_INT, sees.width(), "height",
                            G_TYPE_INT, sees.height(), "framerate", GST_TYPE_FRACTION, 0, 1, nullptr);
    g_object_set(source.element, "caps", caps, nullptr);
    gst_caps_unref(caps);
    auto* buffer = gst_buffer_new_memdup(sees.constBits(), static_cast<gsize>(sees.sizeInBytes()));
    GstFlowReturn flow = GST_FLOW_OK;
    g_signal_emit_by_name(source.element, "push-buffer", buffer, &flow);
    gst_buffer_unref(buffer);
}

FakeCameraDevice::FakeCameraDevice(const QString& name, const QImage& sees, const QList<Mode>& modes)
    : m_impl(std::make_shared<Impl>()) {
    setUpCameraProvider();
    m_impl->sees = sees.convertToFormat(QImage::Format_RGB32);
    m_impl->modes = modes;
    m_impl->name = name.toUtf8();
}

FakeCameraDevice::~FakeCameraDevice() { unplug(); }

void FakeCameraDevice::plugIn() {
    if (m_impl->device != nullptr) return;
    auto* const caps = capsOf(m_impl->modes, false);
    m_impl->is_there = std::make_shared<bool>(true);
    // Who has found the device may hold it for longer than it is there, and than this is.
    m_impl->device = newCameraDevice(
        m_impl->name.constData(), caps, [impl = std::weak_ptr<Impl>(m_impl), is_there = m_impl->is_there] {
            const auto camera = impl.lock();
            return camera ? camera->make(*is_there) : gst_element_factory_make("fakesrc", nullptr);
        });
    gst_caps_unref(caps);
    testing::plugIn(m_impl->device);
}

void FakeCameraDevice::unplug() {
    if (m_impl->device == nullptr) return;
    *m_impl->is_there = false;
    m_impl->forEach([](GstElement* element) { g_object_set(Part(element, "valve").element, "drop", TRUE, nullptr); });
    testing::unplug(m_impl->device);
    gst_object_unref(std::exchange(m_impl->device, nullptr));
}

void FakeCameraDevice::see(const QImage& picture) {
    ENSURE(picture.size() == m_impl->sees.size());
    m_impl->sees = picture.convertToFormat(QImage::Format_RGB32);
    m_impl->forEach([this](GstElement* element) {
        const Part freeze(element, "freeze");
        auto seen = std::make_shared<Arrival>();
        auto future = seen->second_frame.get_future();
        Arrival::watch(freeze.element, "sink", seen, [](Arrival& arrival) {
            arrival.is_in = true;
            return true;
        });
        Arrival::watch(freeze.element, "src", seen, [](Arrival& arrival) {
            if (!arrival.is_in || ++arrival.frames < 2) return false;
            arrival.second_frame.set_value();
            return true;
        });
        m_impl->push(element);
        ENSURE(future.wait_for(kArrivesWithin) == std::future_status::ready);
    });
}

void FakeCameraDevice::hold(bool on) {
    m_impl->held = on;
    m_impl->forEach([on](GstElement* element) {
        g_object_set(Part(element, "valve").element, "drop", on ? TRUE : FALSE, nullptr);
    });
}

void FakeCameraDevice::fail(Failure failure) {
    m_impl->forEach([failure](GstElement* element) {
        const Part valve(element, "valve");
        auto* const pad = gst_element_get_static_pad(valve.element, "src");
        const auto end = failure == Failure::Error
                             ? [](GstPad* from, GstPadProbeInfo* info, gpointer) {
                                   GST_ELEMENT_ERROR(GST_PAD_PARENT(from), RESOURCE, READ, ("It is gone."), (nullptr));
                                   return refuse(info, GST_FLOW_ERROR);
                               }
                             : [](GstPad*, GstPadProbeInfo* info, gpointer) { return refuse(info, GST_FLOW_EOS); };
        gst_pad_add_probe(pad, GST_PAD_PROBE_TYPE_BUFFER, end, nullptr, nullptr);
        gst_object_unref(pad);
    });
}

void FakeCameraDevice::sayOrientation(const char* orientation) { m_impl->orientation = orientation; }

bool FakeCameraDevice::isOpen() const {
    bool open = false;
    m_impl->forEach([&open](GstElement* element) { open = open || GST_STATE(element) > GST_STATE_NULL; });
    return open;
}

int FakeCameraDevice::timesOpened() const { return m_impl->opened; }

bool FakeCameraDevice::countStills() {
    bool found = false;
    m_impl->forEach([this, &found](GstElement* element) {
        auto* top = GST_OBJECT(element);
        while (GST_OBJECT_PARENT(top) != nullptr) top = GST_OBJECT_PARENT(top);
        const Part encoder(GST_ELEMENT(top), "jpegEncoder");
        if (encoder.element == nullptr) return;
        found = true;
        auto* const pad = gst_element_get_static_pad(encoder.element, "sink");
        gst_pad_add_probe(
            pad, GST_PAD_PROBE_TYPE_BUFFER,
            [](GstPad*, GstPadProbeInfo*, gpointer impl) {
                ++(*static_cast<std::shared_ptr<Impl>*>(impl))->stills;
                return GST_PAD_PROBE_OK;
            },
            new std::shared_ptr<Impl>(m_impl), [](gpointer impl) { delete static_cast<std::shared_ptr<Impl>*>(impl); });
        gst_object_unref(pad);
    });
    return found;
}

int FakeCameraDevice::stills() const { return m_impl->stills; }

}  // namespace fieldclaim::testing
