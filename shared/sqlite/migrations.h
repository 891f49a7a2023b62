#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "shared/base/embedded.h"
#include "shared/base/result.h"
#include "shared/sqlite/database.h"

namespace fieldclaim {

/// One step of a store's schema. Once released its text never changes: stores remember the SHA-256 of what they
/// applied.
struct Migration {
    int number = 0;  ///< 1, 2, 3 … without a gap
    std::string_view name;
    std::string_view sql;
};

/// Brings the store to the last of `migrations`, in one transaction: all that are missing are applied, or none. Foreign
/// keys are checked at its end, so that a step may rebuild a table. Unsupported, and nothing written, when the store
/// knows a migration that the program does not (a newer program wrote it) or one of another text.
Status migrate(Database& database, std::span<const Migration> migrations);

/// Unsupported unless the store has exactly these migrations. Writes nothing.
Status isMigrated(Database& database, std::span<const Migration> migrations);

/// Migrations from embedded files named "…/0001_initial.sql": number, name, text. A file of another name is a defect of
/// the build and ends the program.
std::vector<Migration> migrationsFrom(std::span<const EmbeddedFile> files);

}  // namespace fieldclaim
