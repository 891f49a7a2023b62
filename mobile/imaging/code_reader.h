#pragma once

#include <QImage>
#include <optional>
#include <string>

namespace fieldclaim::tablet {

/// The text of the bar code or QR code in a picture, of whatever kind, as UTF-8; of several, one. Nothing where there
/// is none that can be read, or one of more than kMostCodeBytes. A pure function; any thread.
std::optional<std::string> readCode(const QImage& picture);

/// More than any 1D code, and more than an officer would type.
constexpr std::size_t kMostCodeBytes = 1'000;

}  // namespace fieldclaim::tablet
