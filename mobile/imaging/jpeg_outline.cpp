#include "mobile/imaging/jpeg_outline.h"

#include <QByteArrayView>

namespace fieldclaim::tablet {

JpegOutline jpegOutline(const QByteArray& bytes) {
    constexpr uchar kStartOfScan = 0xDA;
    JpegOutline out;
    bool has_frame = false;
    const auto at = [&](qsizetype place) { return static_cast<uchar>(bytes[place]); };
    qsizetype place = 2;  // after the start of the image
    while (place + 3 < bytes.size()) {
        if (at(place) != 0xFF) return out;
        const auto marker = at(place + 1);
        if (marker == 0xFF) {  // a fill byte
            ++place;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {  // without a length
            place += 2;
            continue;
        }
        const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) {
            has_frame = true;
            out.is_progressive = marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE;
        }
        const auto length = at(place + 2) * 256 + at(place + 3);
        if (length < 2) return out;
        place += 2 + length;
        if (marker == kStartOfScan) {
            out.has_picture = has_frame;
            // Within a scan 0xFF is always followed by 0 or a restart; what follows an end is somebody's trailer.
            out.has_end = place < bytes.size() && bytes.indexOf(QByteArrayView("\xFF\xD9", 2), place) >= 0;
            return out;
        }
    }
    return out;
}

}  // namespace fieldclaim::tablet
