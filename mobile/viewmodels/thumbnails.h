#pragma once

#include <QVariant>
#include <map>

#include "mobile/casework/casework.h"

namespace fieldclaim::tablet {

/// Kept pictures, small, as a page shows them: each is opened once. Borrows the casework; GUI thread.
class Thumbnails {
public:
    explicit Thumbnails(Casework& casework) : m_casework(casework) {}

    struct Thumbnail {
        bool here = false;  ///< its bytes are on this tablet
        QVariant picture;   ///< an image; nothing when it is not here, or is none that can be opened
        int pdf_pages = 0;  ///< of a PDF
    };
    Thumbnail of(const Hash& digest);

private:
    Casework& m_casework;
    std::map<Hash, Thumbnail> m_known;
};

}  // namespace fieldclaim::tablet
