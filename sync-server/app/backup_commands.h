#pragma once

#include <filesystem>
#include <optional>
#include <ostream>

#include "shared/base/result.h"

// `fieldclaim-server backup | verify | restore | journal` (docs/operations.md, "Backups").
namespace fieldclaim::server {

/// Beside a running server. Prints the new set's folder.
Status backUp(const std::filesystem::path& data, const std::filesystem::path& to, std::ostream& out);
/// Prints what is wrong; Damaged then. With `data`, the live ledger learns what is safe.
Status verify(const std::filesystem::path& from, const std::optional<std::filesystem::path>& data, std::ostream& out);
Status restore(const std::filesystem::path& from, const std::filesystem::path& data,
               const std::optional<std::filesystem::path>& journal, std::ostream& out);
/// From now on the journal is this file, whatever became of the one before; a verified backup must follow.
Status beginJournal(const std::filesystem::path& data, const std::filesystem::path& journal, std::ostream& out);
Status endJournal(const std::filesystem::path& data);

}  // namespace fieldclaim::server
