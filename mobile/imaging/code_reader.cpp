#include "mobile/imaging/code_reader.h"

// Texts of codes as UTF-8: what ZXing makes the default after 1.4.
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <algorithm>

namespace fieldclaim::tablet {
namespace {

// A line break in a code would be two answers to whoever reads it.
bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

}  // namespace

std::optional<std::string> readCode(const QImage& picture) {
    if (picture.isNull()) return std::nullopt;
    const auto grey = picture.convertToFormat(QImage::Format_Grayscale8);
    ZXing::DecodeHints hints;
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    const auto code = ZXing::ReadBarcode(view, hints);
    if (!code.isValid()) return std::nullopt;
    auto text = code.text();
    if (text.empty() || text.size() > kMostCodeBytes || std::any_of(text.begin(), text.end(), isControl))
        return std::nullopt;
    return text;
}

}  // namespace fieldclaim::tablet
