#include "tests/support/pictures/pictures.h"

#include <QBuffer>
#include <QFont>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace fieldclaim::testing {
namespace {

void put16(QByteArray& out, int value) {
    out.append(static_cast<char>(value >> 8));
    out.append(static_cast<char>(value & 0xFF));
}

void put32(QByteArray& out, quint32 value) {
    put16(out, static_cast<int>(value >> 16U));
    put16(out, static_cast<int>(value & 0xFFFFU));
}

QByteArray segment(int marker, const QByteArray& body) {
    QByteArray out;
    put16(out, marker);
    put16(out, static_cast<int>(body.size()) + 2);
    return out + body;
}

quint32 crcOf(const QByteArray& bytes) {
    quint32 crc = 0xFFFFFFFFU;
    for (const auto byte : bytes) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

QByteArray chunk(const QByteArray& name, const QByteArray& body) {
    QByteArray out;
    put32(out, static_cast<quint32>(body.size()));
    out += name + body;
    put32(out, crcOf(name + body));
    return out;
}

/// Sums over rows, then over columns: a box of 2r+1 each way.
void boxBlur(std::vector<int>& values, int width, int height, int radius, bool across) {
    const auto source = values;
    const auto lines = across ? height : width;
    const auto places = across ? width : height;
    const auto index = [&](int line, int place) {
        return static_cast<std::size_t>(across ? line * width + place : place * width + line);
    };
    for (int line = 0; line < lines; ++line) {
        int sum = 0;
        const auto at = [&](int place) { return source[index(line, std::clamp(place, 0, places - 1))]; };
        for (int place = -radius; place <= radius; ++place) sum += at(place);
        for (int place = 0; place < places; ++place) {
            values[index(line, place)] = sum / (2 * radius + 1);
            sum += at(place + radius + 1) - at(place - radius);
        }
    }
}

}  // namespace

QImage pageOfText(QSize size) {
    static const QStringList kWords{"benefit", "claim",  "weekly", "amount", "Llanrwst", "payment", "account",
                                    "Mrs",     "notice", "period", "from",   "18.42",    "January", "number"};
    QImage page(size, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    painter.setPen(Qt::black);
    const auto unit = size.height() / 2339.0;
    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(std::max(4, static_cast<int>(54 * unit)));
    painter.setFont(font);
    painter.drawText(QPointF(150 * unit, 190 * unit), QStringLiteral("Statement of account"));
    font.setPixelSize(std::max(3, static_cast<int>(29 * unit)));  // about 10 points
    painter.setFont(font);
    std::mt19937 random(7);
    for (double y = 290; y < 2150; y += 43) {
        QString line;
        while (line.size() < 78) line += kWords[static_cast<int>(random() % 14)] + QLatin1Char(' ');
        painter.drawText(QPointF(150 * unit, y * unit), line.left(82));
    }
    painter.setPen(QPen(Qt::black, std::max(1.0, 3 * unit)));
    painter.drawRect(QRectF(130 * unit, 240 * unit, 1394 * unit, 1930 * unit));
    return page;
}

QImage photoOfPage(QSize size, int paper) {
    auto page = pageOfText(size);
    std::mt19937 random(11);
    for (int y = 0; y < page.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(page.scanLine(y));
        for (int x = 0; x < page.width(); ++x) {
            const auto light = paper - 40.0 * x / page.width() - 15.0 * y / page.height();
            const auto print = qGray(line[x]) / 255.0;
            const auto grain = static_cast<int>(random() % 9) - 4;
            const auto value = std::clamp(static_cast<int>(light * (0.15 + 0.85 * print)) + grain, 0, 255);
            line[x] = qRgb(value, value, std::max(0, value - 12));
        }
    }
    return page;
}

QImage blurred(const QImage& picture, int radius) {
    const auto width = picture.width();
    const auto height = picture.height();
    auto out = picture.convertToFormat(QImage::Format_RGB32);
    std::vector<int> grey(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) grey[static_cast<std::size_t>(y * width + x)] = qGray(picture.pixel(x, y));
    }
    for (int pass = 0; pass < 2; ++pass) {
        boxBlur(grey, width, height, radius, true);
        boxBlur(grey, width, height, radius, false);
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const auto value = grey[static_cast<std::size_t>(y * width + x)];
            out.setPixel(x, y, qRgb(value, value, value));
        }
    }
    return out;
}

QImage glared(const QImage& picture) {
    auto out = picture;
    QPainter painter(&out);
    const QPointF centre(out.width() * 0.6, out.height() * 0.4);
    QRadialGradient lamp(centre, out.width() * 0.3);
    lamp.setColorAt(0, Qt::white);
    lamp.setColorAt(0.75, Qt::white);
    lamp.setColorAt(1, QColor(255, 255, 255, 0));
    painter.fillRect(out.rect(), lamp);
    return out;
}

QImage darkened(const QImage& picture, double share) {
    auto out = picture;
    QPainter painter(&out);
    painter.fillRect(out.rect(), QColor::fromRgbF(0, 0, 0, static_cast<float>(share)));
    return out;
}

QByteArray jpegOf(const QImage& picture, int quality) {
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "jpeg", quality);
    return out;
}

QByteArray pngOf(const QImage& picture) {
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "png");
    return out;
}

QByteArray withExif(const QByteArray& jpeg, int orientation) {
    // TIFF 6.0 in big-endian: three entries of the first directory, their values, the directory of the place.
    constexpr quint32 kMakerAt = 8 + 2 + 3 * 12 + 4;
    const QByteArray maker("FIELDCLAIM-TEST-CAMERA\0", 23);
    const auto place_at = static_cast<quint32>(kMakerAt + maker.size() + 1);
    QByteArray tiff("MM\0*", 4);
    put32(tiff, 8);
    put16(tiff, 3);
    const auto entry = [&tiff](int tag, int type, quint32 count, quint32 value) {
        put16(tiff, tag);
        put16(tiff, type);
        put32(tiff, count);
        put32(tiff, value);
    };
    entry(0x010F, 2, static_cast<quint32>(maker.size()), kMakerAt);
    entry(0x0112, 3, 1, static_cast<quint32>(orientation) << 16U);
    entry(0x8825, 4, 1, place_at);
    put32(tiff, 0);
    tiff += maker + QByteArray(1, '\0');
    put16(tiff, 2);
    entry(1, 2, 2, 0x4E000000U);  // N
    const auto degrees_at = place_at + 2 + 2 * 12 + 4;
    entry(2, 5, 3, degrees_at);
    put32(tiff, 0);
    for (const quint32 number : {53U, 1U, 8U, 1U, 19U, 1U}) put32(tiff, number);
    return jpeg.left(2) + segment(0xFFE1, QByteArray("Exif\0\0", 6) + tiff) +
           segment(0xFFFE, QByteArray("FIELDCLAIM-TEST-COMMENT")) + jpeg.mid(2);
}

QByteArray pngClaiming(QSize size) {
    QByteArray header;
    put32(header, static_cast<quint32>(size.width()));
    put32(header, static_cast<quint32>(size.height()));
    header += QByteArray("\x08\x02\0\0\0", 5);
    return QByteArray("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", header) +
           chunk("IDAT", qCompress(QByteArray(64, 0)).mid(4)) + chunk("IEND", {});
}

}  // namespace fieldclaim::testing
