#include "mobile/imaging/picture_edit.h"

#include <QTransform>
#include <algorithm>
#include <cmath>

namespace fieldclaim::tablet {
namespace {

/// A page cannot come out with more pixels than a picture may have: a slanted shape could ask for it.
constexpr double kMostPixels = 16e6;

double cross(QPointF a, QPointF b, QPointF c) {
    return (b.x() - a.x()) * (c.y() - b.y()) - (b.y() - a.y()) * (c.x() - b.x());
}

double length(QPointF from, QPointF to) { return std::hypot(to.x() - from.x(), to.y() - from.y()); }

/// Between four pixels; beyond the edge the edge goes on.
QRgb sample(const QImage& picture, double x, double y) {
    const auto right = picture.width() - 1;
    const auto bottom = picture.height() - 1;
    x = std::clamp(x, 0.0, static_cast<double>(right));
    y = std::clamp(y, 0.0, static_cast<double>(bottom));
    const auto left = static_cast<int>(x);
    const auto top = static_cast<int>(y);
    const auto across = x - left;
    const auto down = y - top;
    const auto* above = reinterpret_cast<const QRgb*>(picture.constScanLine(top));
    const auto* below = reinterpret_cast<const QRgb*>(picture.constScanLine(std::min(top + 1, bottom)));
    const auto next = std::min(left + 1, right);
    const auto mixed = [&](int (*channel)(QRgb)) {
        const auto upper = channel(above[left]) * (1 - across) + channel(above[next]) * across;
        const auto lower = channel(below[left]) * (1 - across) + channel(below[next]) * across;
        return static_cast<int>(std::lround(upper * (1 - down) + lower * down));
    };
    return qRgb(mixed(qRed), mixed(qGreen), mixed(qBlue));
}

}  // namespace

QImage turned(const QImage& picture, int quarters) {
    quarters = ((quarters % 4) + 4) % 4;
    return quarters == 0 ? picture : picture.transformed(QTransform().rotate(90.0 * quarters));
}

bool isFourSided(const Corners& corners) {
    double area = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto& here = corners[i];
        const auto& next = corners[(i + 1) % 4];
        if (!(here.x() >= 0 && here.x() <= 1 && here.y() >= 0 && here.y() <= 1)) return false;
        if (cross(here, next, corners[(i + 2) % 4]) <= 0) return false;
        area += here.x() * next.y() - next.x() * here.y();
    }
    constexpr double kLeastArea = 0.01;
    return area / 2 >= kLeastArea;
}

QImage straightened(const QImage& picture, const Corners& corners) {
    if (picture.isNull() || !isFourSided(corners) || corners == kWholePicture) return picture;
    Corners at;
    for (std::size_t i = 0; i < 4; ++i) {
        // On whole pixels, so that a rectangle is cut out exactly.
        at[i] = QPointF(std::round(corners[i].x() * picture.width()), std::round(corners[i].y() * picture.height()));
    }
    auto width = std::max(1.0, std::round(std::max(length(at[0], at[1]), length(at[3], at[2]))));
    auto height = std::max(1.0, std::round(std::max(length(at[0], at[3]), length(at[1], at[2]))));
    if (width * height > kMostPixels) {
        const auto factor = std::sqrt(kMostPixels / (width * height));
        width = std::max(1.0, std::floor(width * factor));
        height = std::max(1.0, std::floor(height * factor));
    }
    QTransform back;
    const QPolygonF page({QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)});
    if (!QTransform::quadToQuad(page, QPolygonF({at[0], at[1], at[2], at[3]}), back)) return picture;

    QImage out(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
    if (out.isNull()) return picture;
    for (int y = 0; y < out.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < out.width(); ++x) {
            // From the middle of a pixel to the middle of a pixel.
            double from_x = 0;
            double from_y = 0;
            back.map(x + 0.5, y + 0.5, &from_x, &from_y);
            line[x] = sample(picture, from_x - 0.5, from_y - 0.5);
        }
    }
    return out;
}

QImage blackedOut(const QImage& picture, const QRectF& box) {
    const auto wanted = box.normalized();
    const QRectF pixels(wanted.x() * picture.width(), wanted.y() * picture.height(), wanted.width() * picture.width(),
                        wanted.height() * picture.height());
    const auto hidden = pixels.toAlignedRect().intersected(picture.rect());
    auto out = picture;
    for (int y = hidden.top(); y <= hidden.bottom(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        std::fill(line + hidden.left(), line + hidden.right() + 1, qRgb(0, 0, 0));
    }
    return out;
}

}  // namespace fieldclaim::tablet
