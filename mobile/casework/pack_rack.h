#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mobile/storage/vault.h"
#include "shared/forms/form_pack.h"

// Inside mobile/casework.
namespace fieldclaim::tablet {

/// The form packs that this tablet knows, and which claim is worked on with which: with the newest, but a claim that is
/// open keeps the pack that it was opened with, so that no question changes under the officer's hand. One thread.
/// Borrows the vault.
class PackRack {
public:
    using Pack = std::shared_ptr<const FormPack>;

    /// A claim that is open.
    struct Held {
        Pack pack;
        std::vector<Pack> before;             ///< those that it was written with earlier, as far as they are known
        std::set<std::string> new_questions;  ///< ids that none of them asked; empty when one of them is not known
        std::uint64_t token = 0;
    };

    PackRack(Vault& vault, Pack newest);

    const Pack& newest() const { return m_newest; }
    const Pack& of(std::string_view crn) const;
    const Held* held(std::string_view crn) const;
    /// By "working-age/2006.12.20-1"; nullptr when this tablet never had it.
    Pack named(const std::string& name);

    void use(Pack newest);
    void know(const Pack& pack);
    /// The last who held it is the one whose pack counts. Gives what let() takes.
    std::uint64_t hold(std::string_view crn, Held held);
    void let(std::uint64_t token);

private:
    Vault& m_vault;
    Pack m_newest;
    std::map<std::string, Pack> m_known;  ///< nullptr: looked for and not found
    std::map<std::string, Held, std::less<>> m_held;
    std::uint64_t m_last_token = 0;
};

}  // namespace fieldclaim::tablet
