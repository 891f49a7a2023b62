#pragma once

#include <QByteArray>

namespace fieldclaim::tablet {

/// What the markers of a JPEG say (ITU-T T.81, annex B), read without decoding it: the decoder fills what is missing
/// with grey and says nothing.
struct JpegOutline {
    bool is_progressive = false;  ///< decoded whole before it can be scaled
    bool has_picture = false;     ///< a frame and a scan
    bool has_end = false;         ///< an end after the scan
};
JpegOutline jpegOutline(const QByteArray& bytes);

}  // namespace fieldclaim::tablet
