#include "mobile/viewmodels/thumbnails.h"

#include "mobile/imaging/picture_reader.h"

namespace fieldclaim::tablet {
namespace {

constexpr qint64 kThumbnailPixels = 160'000;

}  // namespace

Thumbnails::Thumbnail Thumbnails::of(const Hash& digest) {
    if (const auto known = m_known.find(digest); known != m_known.end()) return {true, known->second};
    const auto bytes = m_casework.fileBytes(digest);
    if (!bytes) return {};  // it may come later
    PictureLimits limits;
    limits.kept_pixels = kThumbnailPixels;
    const auto picture = openPicture(
        QByteArray(reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size())), limits);
    return {true, m_known.emplace(digest, picture ? QVariant(*picture) : QVariant()).first->second};
}

}  // namespace fieldclaim::tablet
