#include "mobile/storage/vault_impl.h"

// Who opened which claim on this tablet (architecture.md part 6: every view is audited), until a server has noted it.
namespace fieldclaim::tablet {

Status Vault::noteView(std::string_view crn) {
    ASSIGN(auto* const store, m_impl->db());
    if (!m_impl->signed_in) return fail(ErrorCode::NotSignedIn, "no officer is signed in");
    ASSIGN(auto insert, store->prepareCached("INSERT INTO claim_view(officer, claim, at_ms) VALUES(?, ?, ?)"));
    return insert.run(m_impl->signed_in->officer.bytes, crn, m_impl->clock.wallMs());
}

Result<std::vector<ClaimView>> Vault::Impl::views(std::size_t most) {
    ASSIGN(auto* const store, db());
    std::vector<ClaimView> out;
    ASSIGN(auto select, store->prepareCached("SELECT officer, claim, at_ms FROM claim_view ORDER BY number LIMIT ?"));
    TRY(select.query(static_cast<std::int64_t>(most), [&](const SqlStatement& row) -> Status {
        ClaimView view;
        ASSIGN(view.officer, Uuid::fromBytes(row.blob(0)));
        view.claim = row.text(1);
        view.at_ms = row.int64(2);
        out.push_back(std::move(view));
        return {};
    }));
    return out;
}

Status Vault::Impl::viewsNoted(std::uint64_t count) {
    if (count == 0) return {};
    ASSIGN(auto* const store, db());
    ASSIGN(auto remove, store->prepareCached("DELETE FROM claim_view WHERE number IN "
                                             "(SELECT number FROM claim_view ORDER BY number LIMIT ?)"));
    return remove.run(static_cast<std::int64_t>(std::min<std::uint64_t>(count, kMostViews)));
}

}  // namespace fieldclaim::tablet
