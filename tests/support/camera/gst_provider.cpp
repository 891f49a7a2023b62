#include "tests/support/camera/gst_provider.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"

namespace {

constexpr const char* kProvider = "fieldclaimcameras";

struct CameraDevice {
    GstDevice parent;
    std::function<GstElement*()>* make_element;
};
struct CameraDeviceClass {
    GstDeviceClass parent;
};
G_DEFINE_TYPE(CameraDevice, camera_device, GST_TYPE_DEVICE)

GstElement* cameraDeviceCreateElement(GstDevice* device, const gchar* name) {
    auto* const element = (*reinterpret_cast<CameraDevice*>(device)->make_element)();
    if (name != nullptr) gst_object_set_name(GST_OBJECT(element), name);
    return element;
}

void cameraDeviceFinalize(GObject* object) {
    delete reinterpret_cast<CameraDevice*>(object)->make_element;
    G_OBJECT_CLASS(camera_device_parent_class)->finalize(object);
}

void camera_device_class_init(CameraDeviceClass* type) {
    GST_DEVICE_CLASS(type)->create_element = cameraDeviceCreateElement;
    G_OBJECT_CLASS(type)->finalize = cameraDeviceFinalize;
}

void camera_device_init(CameraDevice* device) { device->make_element = nullptr; }

struct CameraProvider {
    GstDeviceProvider parent;
};
struct CameraProviderClass {
    GstDeviceProviderClass parent;
};
G_DEFINE_TYPE(CameraProvider, camera_provider, GST_TYPE_DEVICE_PROVIDER)

/// What is plugged in; the provider adds them to its own list when a monitor starts it.
std::vector<GstDevice*>& plugged() {
    static std::vector<GstDevice*> devices;
    return devices;
}
bool& isStarted() {
    static bool started = false;
    return started;
}

gboolean cameraProviderStart(GstDeviceProvider* provider) {
    isStarted() = true;
    for (auto* const device : plugged()) gst_device_provider_device_add(provider, device);
    return TRUE;
}

void cameraProviderStop(GstDeviceProvider*) { isStarted() = false; }

void camera_provider_class_init(CameraProviderClass* type) {
    auto* const provider = GST_DEVICE_PROVIDER_CLASS(type);
    provider->start = cameraProviderStart;
    provider->stop = cameraProviderStop;
    gst_device_provider_class_set_static_metadata(provider, "Cameras of a test", "Source/Video",
                                                  "Lists the cameras that a test plugs in", "Fieldclaim");
}

void camera_provider_init(CameraProvider*) {}

GstDeviceProvider* provider() {
    auto* const found = gst_device_provider_factory_get_by_name(kProvider);
    ENSURE(found != nullptr);
    return found;
}

}  // namespace

namespace fieldclaim::testing {

void setUpCameraProvider() {
    gst_init(nullptr, nullptr);
    if (auto* const known = gst_device_provider_factory_find(kProvider)) {
        gst_object_unref(known);
        return;
    }
    auto* const all = gst_device_provider_factory_list_get_device_providers(GST_RANK_MARGINAL);
    for (auto* each = all; each != nullptr; each = each->next) {
        auto* const factory = GST_DEVICE_PROVIDER_FACTORY(each->data);
        const std::string_view kind = gst_device_provider_factory_get_metadata(factory, GST_ELEMENT_METADATA_KLASS);
        if (kind.find("Video") != std::string_view::npos)
            gst_plugin_feature_set_rank(GST_PLUGIN_FEATURE(factory), GST_RANK_NONE);
    }
    gst_plugin_feature_list_free(all);
    ENSURE(gst_device_provider_register(nullptr, kProvider, GST_RANK_PRIMARY, camera_provider_get_type()) == TRUE);
}

GstDevice* newCameraDevice(const char* name, GstCaps* caps, std::function<GstElement*()> make_element) {
    auto* const device = GST_DEVICE(g_object_new(camera_device_get_type(), "display-name", name, "caps", caps,
                                                 "device-class", "Video/Source", nullptr));
    gst_object_ref_sink(device);
    reinterpret_cast<CameraDevice*>(device)->make_element = new std::function<GstElement*()>(std::move(make_element));
    return device;
}

void plugIn(GstDevice* device) {
    plugged().push_back(device);
    auto* const to = provider();
    if (isStarted()) gst_device_provider_device_add(to, device);
    gst_object_unref(to);
}

void unplug(GstDevice* device) {
    std::erase(plugged(), device);
    auto* const from = provider();
    if (isStarted()) gst_device_provider_device_remove(from, device);
    gst_object_unref(from);
}

}  // namespace fieldclaim::testing
