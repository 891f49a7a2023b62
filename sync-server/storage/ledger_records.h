#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/ids.h"
#include "shared/wire/change_set.h"
#include "shared/wire/device_messages.h"
#include "sync-server/transfer/transfer_types.h"

// The rows of the ledger's tables as values. Times are wall milliseconds of the server; 0 means never.
namespace fieldclaim::server {

/// Which history this ledger is. A restored server gets a new epoch.
struct LedgerIdentity {
    Uuid epoch;
    Hash salt{};
    Uuid author;  ///< the server as an author
    std::uint32_t incarnation = 1;
};

struct SiteRow {
    std::string id;
    std::string name;
};

struct OfficerRow {
    Uuid id;
    std::string name;
    std::string role;  ///< assessor, backoffice, supervisor
    std::string site;
    std::optional<Hash> code_hash;  ///< of the one-time code that registers an author; none: used, or dead
    int code_tries = 0;
    std::int64_t code_expires_ms = 0;
    std::optional<std::string> login;  ///< the console's
    std::string password_hash;         ///< "scrypt$n$r$p$salt$hash", or empty
};

struct DeviceRow {
    Uuid id;
    std::string name;
    Hash key{};
    std::string site;
    std::int64_t enrolled_ms = 0;
    std::int64_t last_seen_ms = 0;
    std::int64_t revoked_ms = 0;
    std::uint64_t pending = 0;  ///< change sets that it said it still has
    std::string app;
    std::optional<Hash> store_key = {};  ///< of the key in its vault; none before its first session with one
    std::int64_t pending_ms = 0;         ///< when it said how many it has
    std::int64_t lock_ms = 0;            ///< since when it is to be locked
    std::int64_t wipe_ms = 0;            ///< since when it is to be wiped
    std::int64_t wiped_ms = 0;           ///< it said that it is
    /// How many of its change sets were here when it said so; none: not known.
    std::optional<std::uint64_t> pending_received = {};
    bool operator==(const DeviceRow&) const = default;
};

/// An officer at a locked tablet has forgotten the passphrase.
struct ReleaseRow {
    Uuid device;
    std::string code;
    ReleaseRequest request;
    std::int64_t expires_ms = 0;
    int tries = 0;                     ///< codes that began as this one does and were wrong
    std::optional<Bytes> answer = {};  ///< since a supervisor typed the code
};

struct EnrolmentCodeRow {
    std::uint32_t lookup = 0;  ///< the first 20 bits of the secret: so that a wrong try counts against a code
    Hash secret_hash{};
    std::string site;
    std::int64_t expires_ms = 0;
    int tries = 0;
    std::int64_t used_ms = 0;
    std::optional<Uuid> device;  ///< that it enrolled
};

struct AuthorRow {
    Uuid id;
    Uuid officer;
    Uuid device;
    Hash key{};
    std::int64_t registered_ms = 0;
};

/// How far a chain was received.
struct HeadRow {
    std::uint64_t counter = 0;
    Hash hash{};
};

enum class Disposition {
    Applied,
    Parked,
    Quarantined,
    Refused,  ///< by a person: never applied
    Erased,   ///< its claim was erased, or it came without its payload: received, never applied, nothing kept
};

/// What became of one received change set.
struct ChangeSetRow {
    Uuid author;
    std::uint32_t incarnation = 0;
    std::uint64_t counter = 0;
    Hash hash{};
    std::string claim;
    Disposition disposition = Disposition::Applied;
    std::uint64_t seq = 0;  ///< its ledger row, when applied
    std::string reason;     ///< plain words, when not
};

/// A change set that is kept and not applied (parked, in quarantine or refused), or the other branch of a fork.
struct SetAsideRow {
    Hash hash{};
    Disposition kind = Disposition::Parked;
    std::string claim;
    Uuid author;
    std::uint32_t incarnation = 0;
    std::uint64_t counter = 0;
    Uuid device;  ///< that pushed it
    std::int64_t at_ms = 0;
    std::string reason;
    Bytes bytes;        ///< as encodeChangeSet gives them
    bool fork = false;  ///< its place in the chain is another's
};

/// The change sets of one claim within one segment.
struct LedgerRow {
    std::uint64_t seq = 0;  ///< assigned by append()
    std::string scope;
    std::string claim;
    Uuid author;
    std::uint32_t incarnation = 0;
    Uuid device;  ///< that pushed it; the server's own author id for its decisions
    std::int64_t received_ms = 0;
    std::vector<ChangeSetId> ids;
    std::vector<Bytes> change_sets;
};

struct ScopeHead {
    std::uint64_t seq = 0;       ///< of the scope's last row
    std::uint64_t checksum = 0;  ///< of the claims that are in it, XORed
    bool operator==(const ScopeHead&) const = default;
};

/// A claim entered a scope or left it.
struct ScopeEventRow {
    std::string scope;
    std::string claim;
    std::uint64_t seq = 0;
    bool enters = false;
    bool operator==(const ScopeEventRow&) const = default;
};

/// A further site of a tablet, given or taken away.
struct DeviceSiteRow {
    Uuid device;
    std::string site;
    bool given = false;
};

/// A claim's folded state.
struct ClaimRow {
    std::string crn;
    std::string scope;
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    std::uint64_t change_sets = 0;
    std::int64_t begun_ms = 0;
    std::int64_t updated_ms = 0;
    Bytes state;                    ///< encodeClaimState
    std::uint64_t entered_seq = 0;  ///< of the row with which it came into its scope
    std::uint64_t checksum = 0;     ///< rowChecksum of all its rows, XORed
    std::int64_t erased_ms = 0;     ///< nothing is left of it but headers
    bool operator==(const ClaimRow&) const = default;
};

/// A claim as lists show it; derived from its state and nothing else.
struct ClaimViewRow {
    std::string crn;
    std::string scope;
    std::string name;
    std::string name_folded;
    std::string nino;
    std::string benefits;  ///< spaces between
    std::string stage;     ///< gathering, signed, submitted, sent, accepted, refused, withdrawn
    bool urgent = false;
    int conflicts = 0;
    std::int64_t begun_ms = 0;
    std::int64_t updated_ms = 0;
    bool operator==(const ClaimViewRow&) const = default;
};

/// Why a tablet is to drop a claim.
enum class PurgeReason { Left, Erased };
struct DevicePurgeRow {
    Uuid device;
    std::string claim;
    PurgeReason reason = PurgeReason::Left;
    std::uint64_t seq = 0;  ///< of the decision
    bool at_once = false;   ///< whatever is in a verified backup
    std::int64_t confirmed_ms = 0;
};

struct WaitingIntentRow {
    Hash hash{};
    std::string claim;
    Bytes bytes;
};

struct BlobRow {
    Hash sha256{};
    std::uint64_t size = 0;
    std::int64_t verified_ms = 0;
};

struct UploadRow {
    Uuid id;
    Uuid device;
    Hash sha256{};
    std::string claim;
    std::uint64_t size = 0;
    std::int64_t created_ms = 0;
    bool finished = false;
};

/// A transfer with what the ledger knows of it and the machine need not.
struct TransferRow {
    TransferRecord record;
    Hash statement{};  ///< digest of the statement that it carries
    std::int64_t created_ms = 0;
    std::int64_t updated_ms = 0;
};

/// The last backup that was read back and found right.
struct VerifiedBackupRow {
    std::int64_t taken_ms = 0;
    std::int64_t verified_ms = 0;
    std::uint64_t seq = 0;
    std::uint64_t journal_number = 0;  ///< the journal's records up to here are in it
};

/// How the journal stands, for operators.
struct JournalStanding {
    std::string path;  ///< empty: none is kept
    std::uint64_t number = 0;
    std::string problem;  ///< plain words; empty when the last record was written well
};

/// A tablet that asked for a session and is not known, since a restore without a journal.
struct UnknownDeviceRow {
    Uuid id;
    std::int64_t first_ms = 0;
    std::int64_t last_ms = 0;
};

/// That this ledger comes from a backup.
struct RestoredRow {
    std::int64_t at_ms = 0;
    std::int64_t backup_ms = 0;  ///< when the backup was taken
    bool with_journal = false;
    bool settled = false;  ///< transfers that were under way are `unknown` since
};

/// AuditRow::what of a claim that was opened on a tablet.
constexpr std::string_view kViewedOnTablet = "claim-viewed-on-tablet";

struct AuditRow {
    std::int64_t number = 0;
    std::int64_t at_ms = 0;
    std::string who;    ///< "device <id>", "officer <id>", "server", "operator"
    std::string what;   ///< stable name: claim-viewed, enrolled, submit-accepted ...
    std::string claim;  ///< CRN or empty
    std::string detail;
};

struct PackRow {
    std::string name;  ///< FormPack::name()
    Bytes archive;     ///< encodeArchive of its files
    bool operator==(const PackRow&) const = default;
};

}  // namespace fieldclaim::server
