#include "mobile/imaging/picture_quality.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fieldclaim::tablet {
namespace {

constexpr int kMeasuredSide = 1600;  ///< sharpness depends on the scale: all are measured at this one
constexpr int kSquare = 32;
constexpr double kPrintDeviation = 12;  ///< grey levels: paper's grain and a camera's noise stay below
constexpr int kBurnt = 250;
constexpr int kWhitePaper = 246;  ///< a scan's white is no glare

struct Square {
    double deviation = 0;
    double laplacian = 0;  ///< variance
    int light = 0;         ///< 80th percentile
    bool burnt = false;    ///< wholly
};

Square look(const QImage& grey, int left, int top) {
    Square out;
    std::array<int, 256> counts{};
    double sum = 0;
    double squares = 0;
    double edges = 0;
    double edge_squares = 0;
    int burnt = 0;
    constexpr int kPixels = kSquare * kSquare;
    for (int y = top; y < top + kSquare; ++y) {
        // The outermost pixels have no neighbour: the squares begin one further in.
        const auto* above = grey.constScanLine(y - 1);
        const auto* line = grey.constScanLine(y);
        const auto* below = grey.constScanLine(y + 1);
        for (int x = left; x < left + kSquare; ++x) {
            const int value = line[x];
            ++counts[static_cast<std::size_t>(value)];
            sum += value;
            squares += value * value;
            if (value >= kBurnt) ++burnt;
            const double edge = line[x - 1] + line[x + 1] + above[x] + below[x] - 4 * value;
            edges += edge;
            edge_squares += edge * edge;
        }
    }
    const auto mean = sum / kPixels;
    out.deviation = std::sqrt(std::max(0.0, squares / kPixels - mean * mean));
    const auto edge_mean = edges / kPixels;
    out.laplacian = edge_squares / kPixels - edge_mean * edge_mean;
    out.burnt = burnt >= kPixels * 97 / 100;
    int seen = 0;
    for (int value = 255; value >= 0 && seen < kPixels / 5; --value) {
        seen += counts[static_cast<std::size_t>(value)];
        out.light = value;
    }
    return out;
}

template <typename Value>
Value percentile(std::vector<Value> values, double share) {
    if (values.empty()) return Value{};
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

}  // namespace

PictureMeasures measure(const QImage& picture) {
    PictureMeasures out;
    out.long_side = std::max(picture.width(), picture.height());
    const auto scaled = out.long_side > kMeasuredSide ? picture.scaled(kMeasuredSide, kMeasuredSide,
                                                                       Qt::KeepAspectRatio, Qt::SmoothTransformation)
                                                      : picture;
    const auto grey = scaled.convertToFormat(QImage::Format_Grayscale8);
    std::vector<Square> squares;
    for (int y = 1; y + kSquare < grey.height(); y += kSquare) {
        for (int x = 1; x + kSquare < grey.width(); x += kSquare) squares.push_back(look(grey, x, y));
    }
    if (squares.empty()) return out;

    std::vector<double> sharpness;
    std::vector<int> light;
    std::size_t burnt = 0;
    for (const auto& square : squares) {
        if (square.burnt)
            ++burnt;
        else
            light.push_back(square.light);
        if (square.deviation < kPrintDeviation) continue;
        sharpness.push_back(100 * square.laplacian / (square.deviation * square.deviation));
    }
    const auto all = static_cast<double>(squares.size());
    out.content = static_cast<double>(sharpness.size()) / all;
    // The page may lie on a dark table, and fill no more than a quarter of the picture.
    out.brightness = light.empty() ? 255 : percentile(light, 0.75);
    out.sharpness = percentile(sharpness, 0.75);
    if (!light.empty() && out.brightness < kWhitePaper) out.glare = static_cast<double>(burnt) / all;
    return out;
}

std::vector<PictureFlaw> flawsOf(const PictureMeasures& measures) {
    std::vector<PictureFlaw> out;
    if (measures.long_side < kLeastLongSide) out.push_back(PictureFlaw::TooSmall);
    if (measures.content < kLeastContent) {
        out.push_back(PictureFlaw::Blank);
        return out;
    }
    if (measures.brightness < kLeastBrightness) out.push_back(PictureFlaw::Dark);
    if (measures.sharpness < kLeastSharpness) out.push_back(PictureFlaw::Blurred);
    if (measures.glare > kMostGlare) out.push_back(PictureFlaw::Glare);
    return out;
}

}  // namespace fieldclaim::tablet
