#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include "tests/support/pictures/pictures.h"

namespace fieldclaim::testing {

QImage codePicture(const std::string& text, const std::string& format) {
    const auto kind = ZXing::BarcodeFormatFromString(format);
    const bool flat = kind != ZXing::BarcodeFormat::QRCode;
    const auto code = ZXing::MultiFormatWriter(kind)
                          .setMargin(10)
                          .setEncoding(ZXing::CharacterSet::UTF8)
                          .encode(text, 400, flat ? 120 : 400);
    QImage out(800, 600, QImage::Format_RGB32);
    out.fill(QColor(235, 232, 225));
    const QPoint at((out.width() - code.width()) / 2, (out.height() - code.height()) / 2);
    for (int y = 0; y < code.height(); ++y) {
        for (int x = 0; x < code.width(); ++x)
            out.setPixel(at + QPoint(x, y), code.get(x, y) ? qRgb(20, 20, 24) : qRgb(235, 232, 225));
    }
    return out;
}

}  // namespace fieldclaim::testing
