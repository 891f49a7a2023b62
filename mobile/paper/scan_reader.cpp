#include "mobile/paper/scan_reader.h"

// Texts of codes as UTF-8: what ZXing makes the default after 1.4.
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <cmath>

namespace fieldclaim::tablet {
namespace {

constexpr qint64 kMostPixels = 40'000'000;
constexpr qint64 kMostDeclaredPixels = 200'000'000;
constexpr int kMostMegabytes = 512;
constexpr int kKeptLongSide = 2339;  // A4 at 200 dots an inch

qint64 pixelsOf(const QSize& size) { return qint64{size.width()} * size.height(); }

Result<QImage> open(ByteView file) {
    auto bytes =
        QByteArray::fromRawData(reinterpret_cast<const char*>(file.data()), static_cast<qsizetype>(file.size()));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const auto size = reader.size();
    if (!reader.canRead()) return fail(ErrorCode::BadInput, "no image that can be opened");
    if (size.isValid() && pixelsOf(size) > kMostDeclaredPixels)
        return fail(ErrorCode::TooLarge, "an image of more than 200 million pixels");
    if (size.isValid() && pixelsOf(size) > kMostPixels) {
        const double shrink = std::sqrt(static_cast<double>(kMostPixels) / static_cast<double>(pixelsOf(size)));
        reader.setScaledSize(QSize(static_cast<int>(size.width() * shrink), static_cast<int>(size.height() * shrink)));
    }
    auto image = reader.read();
    if (image.isNull()) return fail(ErrorCode::BadInput, "a damaged image");
    return std::move(image).convertToFormat(QImage::Format_Grayscale8);
}

std::optional<PageMark> markIn(const QImage& page) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    const ZXing::ImageView view(page.constBits(), page.width(), page.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(page.bytesPerLine()));
    for (const auto& code : ZXing::ReadBarcodes(view, hints)) {
        if (!code.isValid()) continue;
        if (auto mark = decodePageMark(code.text())) return mark;
    }
    return std::nullopt;
}

Bytes packed(const QImage& page) {
    auto kept = page;
    if (std::max(page.width(), page.height()) > kKeptLongSide)
        kept = page.scaled(kKeptLongSide, kKeptLongSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QByteArray out;
    for (const int quality : {80, 65, 50, 35}) {
        out.clear();
        QBuffer buffer(&out);
        buffer.open(QIODevice::WriteOnly);
        QImageWriter writer(&buffer, "jpeg");
        writer.setQuality(quality);
        if (!writer.write(kept)) return {};
        if (static_cast<std::size_t>(out.size()) <= kMostScanBytes) break;
    }
    return {out.begin(), out.end()};
}

}  // namespace

Result<ReadScan> readScan(ByteView file) {
    if (file.size() > kMostScanFileBytes) return fail(ErrorCode::TooLarge, "a file of more than 64 MiB");
    QImageReader::setAllocationLimit(kMostMegabytes);
    ASSIGN(const auto page, open(file));
    ReadScan out;
    out.mark = markIn(page);
    // A camera's many pixels are more noise than signal at times: the same page at a third of the size is often read.
    if (!out.mark && std::max(page.width(), page.height()) > kKeptLongSide)
        out.mark = markIn(page.scaled(kKeptLongSide, kKeptLongSide, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    out.jpeg = packed(page);
    if (out.jpeg.empty()) return fail(ErrorCode::Internal, "the page cannot be packed");
    return out;
}

}  // namespace fieldclaim::tablet
