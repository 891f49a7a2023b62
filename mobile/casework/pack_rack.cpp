#include "mobile/casework/pack_rack.h"

namespace fieldclaim::tablet {

PackRack::PackRack(Vault& vault, Pack newest) : m_vault(vault), m_newest(std::move(newest)) { know(m_newest); }

const PackRack::Pack& PackRack::of(std::string_view crn) const {
    const auto* found = held(crn);
    return found == nullptr ? m_newest : found->pack;
}

const PackRack::Held* PackRack::held(std::string_view crn) const {
    const auto found = m_held.find(crn);
    return found == m_held.end() ? nullptr : &found->second;
}

PackRack::Pack PackRack::named(const std::string& name) {
    if (const auto found = m_known.find(name); found != m_known.end()) return found->second;
    // A pack that was replaced by a newer one is kept under its whole name.
    auto& known = m_known[name];
    if (const auto files = m_vault.pack(name); files && *files) {
        if (auto pack = FormPack::load(**files)) known = std::move(*pack);
    }
    return known;
}

void PackRack::use(Pack newest) {
    know(newest);
    m_newest = std::move(newest);
}

void PackRack::know(const Pack& pack) { m_known[pack->name()] = pack; }

std::uint64_t PackRack::hold(std::string_view crn, Held held) {
    held.token = ++m_last_token;
    m_held.insert_or_assign(std::string(crn), std::move(held));
    return m_last_token;
}

void PackRack::let(std::uint64_t token) {
    std::erase_if(m_held, [token](const auto& each) { return each.second.token == token; });
}

}  // namespace fieldclaim::tablet
