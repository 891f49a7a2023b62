#include "sync-server/backoffice/back_office_service.h"

#include <algorithm>
#include <fstream>

#include "shared/document/papers.h"
#include "shared/domain/records.h"
#include "sync-server/transfer/transfer_decision.h"

namespace fieldclaim::server {
namespace {

constexpr int kFreeTries = 5;
constexpr std::int64_t kHoldMs = 60'000;
constexpr std::size_t kMaxLogins = 10'000;

bool hasConsole(std::string_view role) { return role == "backoffice" || role == "supervisor"; }

}  // namespace

Result<BackOfficeUser> BackOfficeService::signIn(const std::string& login, const std::string& password) {
    const auto now = m_clock.uptimeMs();
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_tries.find(login);
        if (found != m_tries.end() && found->second.wrong >= kFreeTries && now - found->second.last_ms < kHoldMs) {
            return fail(ErrorCode::TooManyTries, "wait a minute");
        }
    }
    const auto officer = m_directory.checkConsoleLogin(login, password);
    if (!officer && officer.error().code != ErrorCode::WrongPassphrase) return tl::unexpected<Error>(officer.error());
    {
        const std::lock_guard lock(m_mutex);
        if (officer) {
            m_tries.erase(login);
        } else {
            if (m_tries.size() > kMaxLogins) m_tries.clear();
            auto& tries = m_tries[login];
            ++tries.wrong;
            tries.last_ms = now;
        }
    }
    if (!officer) return fail(ErrorCode::BadCode, "wrong login or password");
    if (!hasConsole(officer->role)) return fail(ErrorCode::NotAllowed, "the role has no console");
    return BackOfficeUser{officer->id, officer->name, officer->role};
}

Status BackOfficeService::require(const BackOfficeUser& user) const {
    if (!hasConsole(user.role)) return fail(ErrorCode::NotAllowed, "the role has no console");
    return {};
}

Result<std::vector<ClaimViewRow>> BackOfficeService::claims(const BackOfficeUser& user, std::size_t limit) const {
    TRY(require(user));
    return m_store.read([&](const LedgerSnapshot& now) { return now.claims().claimViews("", limit); });
}

Status BackOfficeService::auditView(const BackOfficeUser& user, const std::string& crn, const char* what,
                                    const std::string& detail) {
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto row, tx.claims().claim(crn));
        if (!row) return fail(ErrorCode::NotFound, "no such claim");
        return tx.audit().add({0, m_clock.wallMs(), "officer " + user.officer.text(), what, crn, detail});
    });
}

Result<ClaimCase> BackOfficeService::claim(const BackOfficeUser& user, const std::string& crn) {
    TRY(require(user));
    TRY(auditView(user, crn, "claim-viewed"));
    return m_store.read([&](const LedgerSnapshot& now) { return readClaimCase(now, crn, m_reviewer, m_planner); });
}

Result<Bytes> BackOfficeService::statementPdf(const BackOfficeUser& user, const std::string& crn) {
    TRY(require(user));
    TRY(auditView(user, crn, "statement-viewed"));
    ASSIGN(const auto claim,
           m_store.read([&](const LedgerSnapshot& now) { return readClaimCase(now, crn, m_reviewer, m_planner); }));
    if (!claim.review.statement) return fail(ErrorCode::NotFound, "no signed statement is here");
    return signedStatementPdf(*claim.review.statement, sealsOf(claim.state));
}

Result<FileToShow> BackOfficeService::file(const BackOfficeUser& user, const std::string& crn, const Hash& digest) {
    TRY(require(user));
    const Status named = m_store.read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto claim, loadClaim(now, crn));
        const auto review = m_reviewer.review(now, claim);
        if (!review) return fail(ErrorCode::BadPack, "no form pack is loaded");
        const auto files = filesOf(claim.state, *review);
        const bool is_named =
            std::any_of(files.begin(), files.end(), [&](const ClaimFile& file) { return file.digest == digest; });
        ASSIGN(const auto here, now.blobs().hasBlob(crn, digest));
        if (!is_named || !here) return fail(ErrorCode::NotFound, "no such file of this claim");
        return {};
    });
    TRY(named);
    FileToShow out;
    out.path = m_blobs.pathOf(digest);
    Bytes beginning(8);
    std::ifstream in(out.path, std::ios::binary);
    if (!in) return fail(ErrorCode::NotFound, "the file's bytes are gone from the disk");
    in.read(reinterpret_cast<char*>(beginning.data()), static_cast<std::streamsize>(beginning.size()));
    beginning.resize(static_cast<std::size_t>(in.gcount()));
    out.type = mediaTypeOf(beginning);
    TRY(auditView(user, crn, "file-viewed", toHex(ByteView(digest).first(16))));
    return out;
}

Result<std::vector<TransferRow>> BackOfficeService::transfers(const BackOfficeUser& user, std::size_t limit) const {
    TRY(require(user));
    return m_store.read([&](const LedgerSnapshot& now) -> Result<std::vector<TransferRow>> {
        ASSIGN(auto out, now.transfers().all(limit));
        ASSIGN(auto troubled, now.transfers().troubled());
        for (auto& row : troubled) {
            const bool listed = std::any_of(out.begin(), out.end(),
                                            [&](const TransferRow& one) { return one.record.id == row.record.id; });
            if (!listed && awaitsDecision(row.record)) out.push_back(std::move(row));
        }
        return out;
    });
}

Status BackOfficeService::decideTransfer(const BackOfficeUser& user, const std::string& id, std::string_view chosen,
                                         std::string_view said, std::string_view saw) {
    TRY(require(user));
    if (!mayDecide(user)) return fail(ErrorCode::NotAllowed, "only a supervisor decides this");
    ASSIGN(const auto decision, readDecision(chosen, said));
    const auto state = parseState(saw);
    if (!state) return fail(ErrorCode::BadInput, "Look at it again, then decide");
    return m_outbox.decide(id, decision, "officer " + user.officer.text(), *state);
}

Result<LedgerSafety> BackOfficeService::safety(const BackOfficeUser& user) const {
    TRY(require(user));
    return safetyOf(m_store, m_clock.wallMs());
}

Result<std::vector<SetAsideLine>> BackOfficeService::setAside(const BackOfficeUser& user) const {
    TRY(require(user));
    ASSIGN(const auto cases, m_decisions.waiting());
    return m_store.read([&](const LedgerSnapshot& now) -> Result<std::vector<SetAsideLine>> {
        std::vector<SetAsideLine> out;
        for (const auto& one : cases) {
            ASSIGN(auto line, readSetAsideLine(now, one));
            out.push_back(std::move(line));
        }
        return out;
    });
}

Result<SetAsideView> BackOfficeService::setAsideView(const BackOfficeUser& user, const Hash& hash) {
    TRY(require(user));
    ASSIGN(const auto one, m_decisions.find(hash));
    const auto audited = m_store.write([&](LedgerTransaction& tx) -> Status {
        return tx.audit().add({0, m_clock.wallMs(), "officer " + user.officer.text(), "set-aside-viewed", one.row.claim,
                               toHex(ByteView(hash).first(16))});
    });
    TRY(audited);
    return m_store.read([&](const LedgerSnapshot& now) {
        return readSetAsideView(now, one, m_packs.packFor(""), Date::fromWallMs(m_clock.wallMs()));
    });
}

Status BackOfficeService::decide(const BackOfficeUser& user, const Hash& hash, Decision::Kind kind,
                                 const std::string& reason) {
    TRY(require(user));
    if (!mayDecide(user)) return fail(ErrorCode::NotAllowed, "only a supervisor decides this");
    switch (kind) {
        case Decision::Kind::Release:
            return m_decisions.release(user.officer, hash, reason);
        case Decision::Kind::Refuse:
            return m_decisions.refuse(user.officer, hash, reason);
        case Decision::Kind::Apply:
            return m_decisions.applyParked(user.officer, hash, reason);
    }
    return fail(ErrorCode::BadInput, "no such decision");
}

Status BackOfficeService::move(const BackOfficeUser& user, const std::string& crn, const std::string& scope,
                               const std::string& reason) {
    TRY(require(user));
    if (!mayDecide(user)) return fail(ErrorCode::NotAllowed, "only a supervisor moves a claim");
    if (const auto officer = officerOfScope(scope)) return m_scopes.assign(user.officer, crn, *officer, reason);
    return m_scopes.move(user.officer, crn, siteOfScope(scope), reason);
}

Status BackOfficeService::erase(const BackOfficeUser& user, const std::string& crn, const std::string& reason) {
    TRY(require(user));
    if (!mayDecide(user)) return fail(ErrorCode::NotAllowed, "only a supervisor erases a claim");
    return m_erasures.erase(user.officer, crn, reason);
}

Result<std::vector<ErasureOnTablet>> BackOfficeService::erasures(const BackOfficeUser& user) const {
    TRY(require(user));
    return m_erasures.tablets();
}

Result<std::map<std::string, std::string>> BackOfficeService::scopeNames() const {
    using Names = std::map<std::string, std::string>;
    return m_store.read([](const LedgerSnapshot& now) -> Result<Names> {
        Names out{{"", "Off the tablets"}};
        ASSIGN(const auto sites, now.directory().sites());
        for (const auto& site : sites) out.emplace(scopeOfSite(site.id), site.name);
        ASSIGN(const auto devices, now.directory().devices());
        for (const auto& device : devices) {
            if (device.revoked_ms != 0) continue;
            ASSIGN(const auto authors, now.directory().authorsOf(device.id));
            for (const auto& author : authors) {
                ASSIGN(const auto officer, now.directory().officer(author.officer));
                if (!officer) continue;
                const auto site = out.find(scopeOfSite(officer->site));
                out.emplace(scopeOfOfficer(officer->id),
                            officer->name + (site == out.end() ? std::string() : ", " + site->second));
            }
        }
        return out;
    });
}

}  // namespace fieldclaim::server
