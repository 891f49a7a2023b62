#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/backoffice/claim_case.h"
#include "sync-server/service/directory_service.h"

namespace fieldclaim::server {

/// Who asks: an officer with a login, as signed in.
struct BackOfficeUser {
    Uuid officer;
    std::string name;
    std::string role;
};

/// What back-office staff may see and do. Rights are checked here, never in pages; each view of a claim is written to
/// the audit before it is given. Safe from any thread. Borrows all that it is given.
class BackOfficeService {
public:
    using Pack = std::function<std::shared_ptr<const FormPack>()>;
    /// `statements` reads the blob store; called on the caller's thread.
    BackOfficeService(LedgerStore& store, const DirectoryService& directory, const Clock& clock, Pack pack,
                      ClaimReview::StatementSource statements);

    /// BadCode for a wrong login or password (which of the two is not told), TooManyTries after five wrong ones in a
    /// row for a login, for a minute; NotAllowed for an officer whose role has no console.
    Result<BackOfficeUser> signIn(const std::string& login, const std::string& password);

    Result<std::vector<ClaimViewRow>> claims(const BackOfficeUser& user, std::size_t limit = 500) const;
    Result<ClaimCase> claim(const BackOfficeUser& user, const std::string& crn);
    Result<std::vector<TransferRow>> transfers(const BackOfficeUser& user, std::size_t limit = 500) const;
    Result<std::map<std::string, std::string>> siteNames() const;  ///< by scope

private:
    struct Tries {
        int wrong = 0;
        std::int64_t last_ms = 0;
    };
    Status require(const BackOfficeUser& user) const;

    LedgerStore& m_store;
    const DirectoryService& m_directory;
    const Clock& m_clock;
    Pack m_pack;
    ClaimReview::StatementSource m_statements;
    std::mutex m_mutex;
    std::map<std::string, Tries> m_tries;
};

}  // namespace fieldclaim::server
