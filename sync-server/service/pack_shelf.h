#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/forms/form_pack.h"
#include "shared/wire/protocol.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// The form packs that the server gives out and reviews claims with: those in use, and every earlier version that it
/// was ever started with, which the store keeps. Loaded whole at start, then only read: share it across threads freely.
class PackShelf {
public:
    struct Item {
        PackInfo info;
        Bytes archive;  ///< encodeArchive of its files
        std::shared_ptr<const FormPack> pack;
    };

    /// Each folder is one pack; the last of the same id is the one in use. `secret` (Ed25519) signs what hello says of
    /// each. BadPack as FormPack::load says it; Storage when a folder cannot be read.
    static Result<PackShelf> load(const std::vector<std::filesystem::path>& folders, const Hash& secret);
    /// Writes what is not in the store yet, and takes from it the versions that no folder holds: to read what was
    /// signed with them, not to be given out. The names of those that this program cannot read any more.
    Result<std::vector<std::string>> keepIn(LedgerStore& store);
    /// The same, and writes nothing: beside a running server.
    Result<std::vector<std::string>> readFrom(const LedgerStore& store);

    /// The packs in use, one of each id.
    std::vector<PackInfo> inUse() const;
    const Item* find(const std::string& id) const;
    /// By "working-age/2006.12.20-1" alone; null when this server never had that version.
    std::shared_ptr<const FormPack> named(const std::string& name_and_version) const;
    /// By "working-age/2006.12.20-1"; else the one in use of that id; else any in use; null when there is none.
    std::shared_ptr<const FormPack> packFor(const std::string& name_and_version) const;

private:
    struct Version {
        std::shared_ptr<const FormPack> pack;
        Bytes archive;
    };
    std::vector<std::string> takeIn(const std::vector<PackRow>& rows);
    Status add(const PackFiles& files, const Hash& secret);

    std::map<std::string, Item> m_in_use;
    std::map<std::string, Version> m_by_version;
};

}  // namespace fieldclaim::server
