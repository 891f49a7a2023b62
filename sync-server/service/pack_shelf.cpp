#include "sync-server/service/pack_shelf.h"

#include <algorithm>

#include "shared/packfiles/packfiles.h"

namespace fieldclaim::server {

Result<PackShelf> PackShelf::load(const std::vector<std::filesystem::path>& folders, const Hash& secret) {
    PackShelf shelf;
    for (const auto& folder : folders) {
        ASSIGN(const auto files, readPackFolder(folder));
        TRY(shelf.add(files, secret));
    }
    return shelf;
}

Status PackShelf::add(const PackFiles& files, const Hash& secret) {
    ASSIGN(auto pack, FormPack::load(files));
    Item item;
    item.archive = encodeArchive(files);
    item.info = {pack->id(), pack->version(), sha256(item.archive)};
    item.info.signature = signEd25519(secret, packMessage(item.info));
    item.pack = pack;
    m_by_version[pack->name()] = {pack, item.archive};
    m_in_use[pack->id()] = std::move(item);
    return {};
}

std::vector<PackInfo> PackShelf::inUse() const {
    std::vector<PackInfo> out;
    for (const auto& [id, item] : m_in_use) out.push_back(item.info);
    return out;
}

const PackShelf::Item* PackShelf::find(const std::string& id) const {
    const auto found = m_in_use.find(id);
    return found == m_in_use.end() ? nullptr : &found->second;
}

std::vector<std::string> PackShelf::takeIn(const std::vector<PackRow>& rows) {
    std::vector<std::string> unreadable;
    for (const auto& row : rows) {
        if (m_by_version.contains(row.name)) continue;
        const auto files = decodeArchive(row.archive);
        auto pack = files ? FormPack::load(*files) : Result<std::shared_ptr<const FormPack>>(fail(ErrorCode::BadPack));
        if (pack) {
            m_by_version[row.name] = {std::move(*pack), row.archive};
        } else {
            unreadable.push_back(row.name);
        }
    }
    return unreadable;
}

Result<std::vector<std::string>> PackShelf::readFrom(const LedgerStore& store) {
    ASSIGN(const auto rows, store.read([](const LedgerSnapshot& now) { return now.packs().packs(); }));
    return takeIn(rows);
}

Result<std::vector<std::string>> PackShelf::keepIn(LedgerStore& store) {
    ASSIGN(const auto rows, store.read([](const LedgerSnapshot& now) { return now.packs().packs(); }));
    std::vector<PackRow> fresh;
    for (const auto& [name, version] : m_by_version) {
        PackRow row{name, version.archive};
        if (std::find(rows.begin(), rows.end(), row) == rows.end()) fresh.push_back(std::move(row));
    }
    if (!fresh.empty()) {
        const Status kept = store.write([&](LedgerTransaction& tx) -> Status {
            for (const auto& row : fresh) TRY(tx.packs().put(row));
            return {};
        });
        TRY(kept);
    }
    return takeIn(rows);
}

std::shared_ptr<const FormPack> PackShelf::named(const std::string& name_and_version) const {
    const auto found = m_by_version.find(name_and_version);
    return found == m_by_version.end() ? nullptr : found->second.pack;
}

std::shared_ptr<const FormPack> PackShelf::packFor(const std::string& name_and_version) const {
    if (auto pack = named(name_and_version)) return pack;
    if (const auto* item = find(name_and_version.substr(0, name_and_version.find('/')))) return item->pack;
    return m_in_use.empty() ? nullptr : m_in_use.begin()->second.pack;
}

}  // namespace fieldclaim::server
