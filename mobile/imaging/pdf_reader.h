#pragma once

#include <QByteArray>
#include <tl/expected.hpp>

namespace fieldclaim::tablet {

/// Why bytes are not taken as a PDF. What a person reads of it is in mobile/viewmodels/picture_words.h.
enum class PdfProblem {
    TooManyBytes,
    TooManyPages,
    Locked,   ///< encrypted: whoever decides could not open it either
    Damaged,  ///< cut, or nothing that qpdf reads without repair
};

constexpr qsizetype kMostPdfBytes = 10 << 20;
constexpr int kMostPdfPages = 500;

/// Told by content alone.
bool isPdf(const QByteArray& bytes);
/// The number of its pages. Nothing of it is drawn or run. A pure function; any thread.
tl::expected<int, PdfProblem> readPdf(const QByteArray& bytes);

}  // namespace fieldclaim::tablet
