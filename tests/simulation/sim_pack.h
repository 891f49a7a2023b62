#pragma once

#include <array>
#include <filesystem>
#include <memory>

#include "shared/forms/form_pack.h"
#include "shared/merge/claim_state.h"

namespace fieldclaim::sim {

/// A form pack of a dozen questions in two versions: small enough to be evaluated thousands of times a second, whole
/// enough that a claim made with it passes the rules of JSAPS and of a council. The second version asks one question
/// more and has lost one (H27).
class SimPacks {
public:
    static constexpr std::size_t kVersions = 2;

    /// Writes the versions' folders.
    explicit SimPacks(const std::filesystem::path& folder);

    const std::filesystem::path& folder(std::size_t version) const { return m_folders[version]; }
    const std::shared_ptr<const FormPack>& pack(std::size_t version) const { return m_packs[version]; }

    /// The edits that a claim lacks to be complete; empty when it is.
    static std::vector<Edit> details(const ClaimState& state);
    /// Values that the rules accept for a path of the pack; empty for one that any text will do for.
    static std::vector<std::string> valuesFor(const std::string& path);

private:
    std::array<std::filesystem::path, kVersions> m_folders;
    std::array<std::shared_ptr<const FormPack>, kVersions> m_packs;
};

}  // namespace fieldclaim::sim
