#pragma once

#include <QByteArray>
#include <QImage>
#include <tl/expected.hpp>

namespace fieldclaim::tablet {

/// Why bytes are not taken as a picture. What a person reads of it is in mobile/viewmodels/picture_words.h.
enum class PictureProblem {
    Empty,
    TooManyBytes,
    TooManyPixels,  ///< also: many, in a form that cannot be made smaller while it is read
    Pdf,            ///< nothing in it could be checked or blacked out here
    Heic,           ///< what some telephones take unless told otherwise
    OtherKind,      ///< no picture, or of a kind that is not read (of these SVG, which can name other files)
    Cut,            ///< its end is missing
    Damaged,
};

/// What is read at all, and how much of it is kept.
struct PictureLimits {
    qint64 most_bytes = 64LL << 20;
    qint64 most_pixels = 200'000'000;       ///< that a header may claim
    qint64 most_whole_pixels = 30'000'000;  ///< for a form that is read whole before it is made smaller
    qint64 kept_pixels = 12'000'000;        ///< of the picture in memory: larger ones are scaled while they are read
};

/// Opens what came from a camera or a file: JPEG, PNG, GIF (its first picture) and BMP, told by content alone. The
/// picture comes upright (EXIF orientation), in sRGB, on white where it was transparent, as Format_RGB32, and with
/// nothing else of what the bytes held: no place, time, device, thumbnail, text or colour profile. A pure function;
/// any thread. Memory: 4 bytes a kept pixel, twice while it is read.
tl::expected<QImage, PictureProblem> openPicture(const QByteArray& bytes, const PictureLimits& limits = {});

/// The same of a picture that a camera gave: its pixels alone, and no more of them than are kept.
QImage plainPicture(const QImage& taken, const PictureLimits& limits = {});

}  // namespace fieldclaim::tablet
