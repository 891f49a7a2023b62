#pragma once

#include <gst/gst.h>

#include <functional>

// GStreamer's way of being told of devices, with no hardware behind it: a provider that lists what the test plugs in,
// and devices whose element the test makes. GObject's C is in gst_provider.cpp and nowhere else.
namespace fieldclaim::testing {

/// Registers the provider, and hides every other one of cameras: a test sees no camera of the machine that it runs on.
/// Before Qt Multimedia is asked anything; any number of times.
void setUpCameraProvider();

/// A device of class Video/Source. `make_element` is called on the thread of whoever opens the device, for as long as
/// the device is held by anybody. The caller owns one reference.
GstDevice* newCameraDevice(const char* name, GstCaps* caps, std::function<GstElement*()> make_element);

void plugIn(GstDevice* device);
void unplug(GstDevice* device);

}  // namespace fieldclaim::testing
