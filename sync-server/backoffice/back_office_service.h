#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "sync-server/backoffice/claim_case.h"
#include "sync-server/backoffice/set_aside_view.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/directory_service.h"
#include "sync-server/service/erasure_service.h"
#include "sync-server/service/ledger_safety.h"
#include "sync-server/service/pack_shelf.h"
#include "sync-server/service/scope_service.h"
#include "sync-server/service/transfer_outbox.h"

namespace fieldclaim::server {

/// Who asks: an officer with a login, as signed in.
struct BackOfficeUser {
    Uuid officer;
    std::string name;
    std::string role;
};

/// Where the bytes of a claim's file lie, and what they are by themselves, whatever the tablet called them.
struct FileToShow {
    std::filesystem::path path;
    std::string type;  ///< as mediaTypeOf() says
};

/// What back-office staff may see and do. Rights are checked here, never in pages; each view of a claim is written to
/// the audit before it is given. Safe from any thread. Borrows all that it is given.
class BackOfficeService {
public:
    BackOfficeService(LedgerStore& store, const DirectoryService& directory, const ClaimReviewer& reviewer,
                      const TransferPlanner& planner, const PackShelf& packs, const BlobFiles& blobs,
                      DecisionService& decisions, ScopeService& scopes, ErasureService& erasures,
                      TransferOutbox& outbox, const Clock& clock)
        : m_store(store),
          m_directory(directory),
          m_reviewer(reviewer),
          m_planner(planner),
          m_packs(packs),
          m_blobs(blobs),
          m_decisions(decisions),
          m_scopes(scopes),
          m_erasures(erasures),
          m_outbox(outbox),
          m_clock(clock) {}

    /// BadCode for a wrong login or password (which of the two is not told), TooManyTries after five wrong ones in a
    /// row for a login, for a minute; NotAllowed for an officer whose role has no console.
    Result<BackOfficeUser> signIn(const std::string& login, const std::string& password);

    Result<std::vector<ClaimViewRow>> claims(const BackOfficeUser& user, std::size_t limit = 500) const;
    Result<ClaimCase> claim(const BackOfficeUser& user, const std::string& crn);
    /// The signed statement as a PDF, from the statement that the tablet kept; the view is audited. NotFound while
    /// nothing is signed or the statement has not come.
    Result<Bytes> statementPdf(const BackOfficeUser& user, const std::string& crn);
    /// A file that the claim names, for whoever looks at its evidence; the view is audited. NotFound for any other
    /// blob, and while its bytes have not come.
    Result<FileToShow> file(const BackOfficeUser& user, const std::string& crn, const Hash& digest);
    /// All that a person may decide about, and of the others the `limit` that moved last; the last to move first.
    Result<std::vector<TransferRow>> transfers(const BackOfficeUser& user, std::size_t limit = 500) const;
    /// As readDecision() and TransferOutbox::decide() say, `saw` being the name of the state that the user looked at;
    /// NotAllowed unless they are a supervisor.
    Status decideTransfer(const BackOfficeUser& user, const std::string& id, std::string_view chosen,
                          std::string_view said, std::string_view saw);
    /// What waits for a supervisor, the oldest first; without any answer.
    Result<std::vector<SetAsideLine>> setAside(const BackOfficeUser& user) const;
    /// What one of them holds, field by field; the view is audited.
    Result<SetAsideView> setAsideView(const BackOfficeUser& user, const Hash& hash);
    /// As DecisionService says; NotAllowed unless the user is a supervisor.
    Status decide(const BackOfficeUser& user, const Hash& hash, Decision::Kind kind, const std::string& reason);
    /// As ScopeService and ErasureService say; NotAllowed unless the user is a supervisor.
    /// `scope` as scopeNames() names it.
    Status move(const BackOfficeUser& user, const std::string& crn, const std::string& scope,
                const std::string& reason);
    Status erase(const BackOfficeUser& user, const std::string& crn, const std::string& reason);
    Result<std::vector<ErasureOnTablet>> erasures(const BackOfficeUser& user) const;
    static bool mayDecide(const BackOfficeUser& user) { return user.role == "supervisor"; }
    /// What stands between what the server has and its loss; shown to everyone who has the console.
    Result<LedgerSafety> safety(const BackOfficeUser& user) const;
    /// The form pack in use, for the labels of what lists show; null when none is loaded.
    std::shared_ptr<const FormPack> pack() const { return m_packs.packFor(""); }
    /// By scope: "" for none, each site, and each officer who has signed in on a tablet, with their site.
    Result<std::map<std::string, std::string>> scopeNames() const;

private:
    struct Tries {
        int wrong = 0;
        std::int64_t last_ms = 0;
    };
    Status require(const BackOfficeUser& user) const;
    Status auditView(const BackOfficeUser& user, const std::string& crn, const char* what,
                     const std::string& detail = "console");

    LedgerStore& m_store;
    const DirectoryService& m_directory;
    const ClaimReviewer& m_reviewer;
    const TransferPlanner& m_planner;
    const PackShelf& m_packs;
    const BlobFiles& m_blobs;
    DecisionService& m_decisions;
    ScopeService& m_scopes;
    ErasureService& m_erasures;
    TransferOutbox& m_outbox;
    const Clock& m_clock;
    std::mutex m_mutex;
    std::map<std::string, Tries> m_tries;
};

}  // namespace fieldclaim::server
