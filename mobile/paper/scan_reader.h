#pragma once

#include <optional>

#include "shared/base/bytes.h"
#include "shared/document/page_mark.h"

namespace fieldclaim::tablet {

/// A page as it was photographed or scanned.
struct ReadScan {
    Bytes jpeg;                    ///< as it is kept: upright by its EXIF, grey, pixels alone, under kMostScanBytes
    std::optional<PageMark> mark;  ///< what its QR code says; nullopt when none of ours can be read
};
constexpr std::size_t kMostScanBytes = 500'000;
constexpr std::size_t kMostScanFileBytes = 64U << 20U;

/// Opens an image file's bytes (JPEG, PNG and what else Qt's plug-ins read), at most 40 million pixels of it, and reads
/// the page's code, turned or upside down too. BadInput for what is no image or a damaged one, TooLarge above
/// kMostScanFileBytes or beyond 200 million pixels. Pure but for its time; any thread.
Result<ReadScan> readScan(ByteView file);

}  // namespace fieldclaim::tablet
