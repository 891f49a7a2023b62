#include "mobile/imaging/picture_reader.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImageReader>
#include <QPainter>
#include <cmath>
#include <utility>

#include "mobile/imaging/jpeg_outline.h"

namespace fieldclaim::tablet {
namespace {

/// Qt's name of the form, or why it is not read. Only these decoders ever meet the bytes.
tl::expected<QByteArray, PictureProblem> formOf(const QByteArray& bytes) {
    if (bytes.isEmpty()) return tl::unexpected(PictureProblem::Empty);
    if (bytes.startsWith("\xFF\xD8\xFF")) return QByteArray("jpeg");
    if (bytes.startsWith("\x89PNG\r\n\x1A\n")) return QByteArray("png");
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) return QByteArray("gif");
    if (bytes.startsWith("BM")) return QByteArray("bmp");
    // ISO 32000 lets other bytes stand before it; readers look at the first kilobyte.
    if (bytes.left(1024).contains("%PDF-")) return tl::unexpected(PictureProblem::Pdf);
    if (bytes.mid(4, 4) == "ftyp") return tl::unexpected(PictureProblem::Heic);
    return tl::unexpected(PictureProblem::OtherKind);
}

/// A fresh sheet with the pixels alone: an image carries texts, colour profiles and densities along.
QImage pixelsOf(QImage image) {
    const auto colours = image.colorSpace();
    if (colours.isValid() && colours != QColorSpace(QColorSpace::SRgb)) {
        if (image.format() == QImage::Format_Indexed8) image = image.convertToFormat(QImage::Format_ARGB32);
        image.convertToColorSpace(QColorSpace::SRgb);
    }
    QImage out(image.size(), QImage::Format_RGB32);
    if (out.isNull()) return out;
    out.fill(Qt::white);
    QPainter painter(&out);
    painter.drawImage(out.rect(), image);
    return out;
}

/// What is kept of so many pixels.
QSize keptSize(QSize size, const PictureLimits& limits) {
    const auto claimed = static_cast<double>(size.width()) * size.height();
    const auto kept = static_cast<double>(limits.kept_pixels);
    if (claimed <= kept) return size;
    const auto factor = std::sqrt(kept / claimed);
    return {std::max(1, static_cast<int>(size.width() * factor)),
            std::max(1, static_cast<int>(size.height() * factor))};
}

}  // namespace

QImage plainPicture(const QImage& taken, const PictureLimits& limits) {
    const auto size = keptSize(taken.size(), limits);
    return pixelsOf(size == taken.size() ? taken : taken.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

tl::expected<QImage, PictureProblem> openPicture(const QByteArray& bytes, const PictureLimits& limits) {
    if (bytes.size() > limits.most_bytes) return tl::unexpected(PictureProblem::TooManyBytes);
    const auto form = formOf(bytes);
    if (!form) return tl::unexpected(form.error());
    bool is_whole = *form != "png" && *form != "jpeg";
    if (*form == "jpeg") {
        const auto outline = jpegOutline(bytes);
        if (!outline.has_picture) return tl::unexpected(PictureProblem::Damaged);
        if (!outline.has_end) return tl::unexpected(PictureProblem::Cut);
        is_whole = outline.is_progressive;
    } else if (*form == "png") {
        constexpr qsizetype kInterlaceAt = 28;
        is_whole = bytes.size() > kInterlaceAt && bytes[kInterlaceAt] != 0;
        if (!bytes.contains("IEND")) return tl::unexpected(PictureProblem::Cut);
    }

    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QIODevice::ReadOnly)) return tl::unexpected(PictureProblem::Damaged);
    QImageReader reader(&buffer, *form);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const auto size = reader.size();
    if (size.width() < 1 || size.height() < 1) return tl::unexpected(PictureProblem::Damaged);
    const auto claimed = static_cast<qint64>(size.width()) * size.height();
    if (claimed > (is_whole ? limits.most_whole_pixels : limits.most_pixels))
        return tl::unexpected(PictureProblem::TooManyPixels);
    if (const auto kept = keptSize(size, limits); kept != size) reader.setScaledSize(kept);
    auto decoded = reader.read();
    if (decoded.isNull()) return tl::unexpected(PictureProblem::Damaged);
    auto picture = pixelsOf(std::move(decoded));
    if (picture.isNull()) return tl::unexpected(PictureProblem::TooManyPixels);
    return picture;
}

}  // namespace fieldclaim::tablet
