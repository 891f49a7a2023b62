#include "mobile/viewmodels/thumbnails.h"

#include "mobile/imaging/pdf_reader.h"
#include "mobile/imaging/picture_reader.h"

namespace fieldclaim::tablet {
namespace {

constexpr qint64 kThumbnailPixels = 160'000;

}  // namespace

Thumbnails::Thumbnail Thumbnails::of(const Hash& digest) {
    if (const auto known = m_known.find(digest); known != m_known.end()) return known->second;
    const auto bytes = m_casework.fileBytes(digest);
    if (!bytes) return {};  // it may come later
    const QByteArray raw(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size()));
    Thumbnail shown{true, {}, 0};
    if (isPdf(raw)) {
        shown.pdf_pages = readPdf(raw).value_or(0);
    } else {
        PictureLimits limits;
        limits.kept_pixels = kThumbnailPixels;
        if (const auto picture = openPicture(raw, limits)) shown.picture = *picture;
    }
    return m_known.emplace(digest, shown).first->second;
}

}  // namespace fieldclaim::tablet
