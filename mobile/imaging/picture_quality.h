#pragma once

#include <QImage>
#include <vector>

namespace fieldclaim::tablet {

/// What can be wrong with a picture of a page. It advises; an officer may know better.
enum class PictureFlaw { TooSmall, Blank, Dark, Blurred, Glare };

/// What was measured. The limits are those of generated pages, blurred, lit and darkened on purpose (tests): no claim
/// is made beyond "look again".
struct PictureMeasures {
    int long_side = 0;     ///< pixels
    double content = 0;    ///< share of the picture, in squares, on which there is anything
    int brightness = 0;    ///< of the paper, 0 to 255
    double sharpness = 0;  ///< variance of the Laplacian where there is print, by the print's own contrast, in percent
    double glare = 0;      ///< share that is burnt out to white while the paper is not, 0 to 1
};

constexpr int kLeastLongSide = 1000;  ///< an A4 page at about 85 dots an inch: small print is lost
constexpr double kLeastContent = 0.01;
constexpr int kLeastBrightness = 90;
constexpr double kLeastSharpness = 15;
constexpr double kMostGlare = 0.02;

/// A pure function; about 30 ms for 12 megapixels. Any thread.
PictureMeasures measure(const QImage& picture);
/// In the order in which they matter: a blank picture is not also blurred.
std::vector<PictureFlaw> flawsOf(const PictureMeasures& measures);

}  // namespace fieldclaim::tablet
