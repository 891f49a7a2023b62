#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/forms/form_pack.h"
#include "shared/wire/protocol.h"

namespace fieldclaim::server {

/// The form packs that the server gives out and reviews claims with. Loaded whole at start, then only read: share it
/// across threads freely.
class PackShelf {
public:
    struct Item {
        PackInfo info;
        Bytes archive;  ///< encodeArchive of its files
        std::shared_ptr<const FormPack> pack;
    };

    /// Each folder is one pack; the last of the same id is the one in use. BadPack as FormPack::load says it; Storage
    /// when a folder cannot be read.
    static Result<PackShelf> load(const std::vector<std::filesystem::path>& folders);
    Status add(const PackFiles& files);

    /// The packs in use, one of each id.
    std::vector<PackInfo> inUse() const;
    const Item* find(const std::string& id) const;
    /// By "working-age/2006.12.20-1"; else the one in use of that id; else any in use; null when there is none.
    std::shared_ptr<const FormPack> packFor(const std::string& name_and_version) const;

private:
    std::map<std::string, Item> m_in_use;
    std::map<std::string, std::shared_ptr<const FormPack>> m_by_version;
};

}  // namespace fieldclaim::server
