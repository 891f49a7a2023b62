#pragma once

#include <string_view>

namespace fieldclaim {

/// A file of the source tree that fieldclaim_embed() (deploy/cmake/Embed.cmake) put into the program: migrations,
/// templates, style sheets. Both views live as long as the program does; the bytes are exactly the file's.
struct EmbeddedFile {
    std::string_view name;  ///< as given to fieldclaim_embed, relative to the folder: "migrations/0001_initial.sql"
    std::string_view bytes;
};

}  // namespace fieldclaim
