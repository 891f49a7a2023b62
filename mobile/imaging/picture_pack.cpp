#include "mobile/imaging/picture_pack.h"

#include <QBuffer>
#include <QImageWriter>
#include <algorithm>

namespace fieldclaim::tablet {
namespace {

// The long side of A4 at 200, 170, 150, 120 and 85 dots an inch; print of 8 points is still read at 120.
constexpr int kLongSides[] = {kPackedLongSide, 1988, 1754, 1403, 1000};
// Below 50 the blocks of JPEG eat thin strokes: fewer dots are better.
constexpr int kQualities[] = {82, 72, 62, 50};
constexpr int kLastQuality = 30;

QByteArray jpegOf(const QImage& picture, int quality) {
    QByteArray out;
    QBuffer buffer(&out);
    if (!buffer.open(QIODevice::WriteOnly)) return {};
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(quality);
    writer.setOptimizedWrite(true);
    return writer.write(picture) ? out : QByteArray();
}

}  // namespace

PackedPicture packPicture(const QImage& picture, qsizetype most_bytes) {
    PackedPicture out;
    const auto own_side = std::max(picture.width(), picture.height());
    for (const auto side : kLongSides) {
        const bool is_last = side == *std::rbegin(kLongSides);
        // A size that is no smaller than the one before says nothing new.
        if (side > own_side && side != kPackedLongSide && !is_last) continue;
        const auto scaled =
            side < own_side ? picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation) : picture;
        if (scaled.isNull()) return {};
        for (const auto quality : kQualities) {
            out = {jpegOf(scaled, quality), scaled.size(), quality};
            if (out.jpeg.isEmpty() || out.jpeg.size() <= most_bytes) return out;
        }
        if (is_last) out = {jpegOf(scaled, kLastQuality), scaled.size(), kLastQuality};
    }
    return out;
}

}  // namespace fieldclaim::tablet
