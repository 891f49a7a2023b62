#pragma once

#include <list>
#include <map>

#include "mobile/casework/casework.h"
#include "mobile/casework/pack_rack.h"

// Inside mobile/casework.
namespace fieldclaim::tablet {

/// The claims last worked on, folded and reviewed, so that a field is saved and shown again without reading the vault.
/// One thread. Borrows the vault and the packs.
class ClaimCache {
public:
    ClaimCache(Vault& vault, PackRack& packs) : m_vault(vault), m_packs(packs) {}

    /// Valid until the next call of a method that is not const.
    Result<ClaimState*> state(std::string_view crn);
    Result<const ClaimReview*> review(std::string_view crn, Date today);
    /// Every edit of the claim that is here: read once, then kept up by saved().
    Result<const EditLog*> edits(std::string_view crn);
    /// A save of this tablet, on disk: the state takes it, the review is made again when next asked for.
    void saved(const std::string& crn, const ChangeSet& change_set);
    void forget(const std::string& crn);

    std::shared_ptr<const Statement> statement(const Hash& digest);

private:
    static constexpr std::size_t kMostClaims = 16;
    static constexpr std::size_t kMostStatements = 64;

    struct Entry {
        std::string crn;
        ClaimState state;
        std::optional<ClaimReview> review;
        Date reviewed_on;
        std::shared_ptr<const FormPack> reviewed_with;
        std::optional<EditLog> edits;
    };
    Result<Entry*> entry(std::string_view crn);
    /// The statement was signed again and sent in since: the server has to answer anew.
    Status dropAnsweredRefusal(const std::string& crn, ClaimReview& review) const;

    Vault& m_vault;
    PackRack& m_packs;
    std::list<Entry> m_entries;  ///< last used first
    std::map<Hash, std::shared_ptr<const Statement>> m_statements;
};

}  // namespace fieldclaim::tablet
