#include "mobile/storage/store_facts.h"

#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "mobile/storage/vault_migrations.h"

namespace fieldclaim::tablet {

StoreFacts storeFacts(const std::string& folder) {
    StoreFacts out;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ignored)) {
        const auto size = entry.is_regular_file(ignored) ? entry.file_size(ignored) : 0;
        if (!ignored) out.bytes += size;
    }
    const auto space = std::filesystem::space(folder, ignored);
    if (!ignored) out.free = space.available;
    out.schema = static_cast<int>(embedded::vaultMigrations().size());
    out.sqlite = sqlite3_libversion();
    return out;
}

}  // namespace fieldclaim::tablet
