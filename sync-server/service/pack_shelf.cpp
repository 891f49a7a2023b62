#include "sync-server/service/pack_shelf.h"

#include "shared/packfiles/packfiles.h"

namespace fieldclaim::server {
Result<PackShelf> PackShelf::load(const std::vector<std::filesystem::path>& folders) {
    PackShelf shelf;
    for (const auto& folder : folders) {
        ASSIGN(const auto files, readPackFolder(folder));
        TRY(shelf.add(files));
    }
    return shelf;
}

Status PackShelf::add(const PackFiles& files) {
    ASSIGN(auto pack, FormPack::load(files));
    Item item;
    item.archive = encodeArchive(files);
    item.info = {pack->id(), pack->version(), sha256(item.archive)};
    item.pack = pack;
    m_by_version[pack->id() + "/" + pack->version()] = pack;
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

std::shared_ptr<const FormPack> PackShelf::packFor(const std::string& name_and_version) const {
    if (const auto found = m_by_version.find(name_and_version); found != m_by_version.end()) return found->second;
    if (const auto* item = find(name_and_version.substr(0, name_and_version.find('/')))) return item->pack;
    return m_in_use.empty() ? nullptr : m_in_use.begin()->second.pack;
}

}  // namespace fieldclaim::server
