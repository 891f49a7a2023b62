#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

namespace fieldclaim::tablet {

/// A picture as it is kept and sent.
struct PackedPicture {
    QByteArray jpeg;  ///< pixels alone: no EXIF, comment, profile or thumbnail
    QSize size;
    int quality = 0;  ///< of libjpeg, 0 to 100
};

constexpr qsizetype kMostPackedBytes = 500'000;
/// The long side of an A4 page at 200 dots an inch: 1654 x 2339.
constexpr int kPackedLongSide = 2339;

/// A4 at 200 dots an inch when that fits into `most_bytes` at a quality that keeps small print, else at fewer dots; a
/// picture that is smaller is not made larger. A pure function; any thread. Empty when memory is gone.
PackedPicture packPicture(const QImage& picture, qsizetype most_bytes = kMostPackedBytes);

}  // namespace fieldclaim::tablet
