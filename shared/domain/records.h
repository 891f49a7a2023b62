#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/merge/claim_state.h"

// The records of a claim that are not answers: how each lies in its register (docs/protocol.md, "Paths").
namespace fieldclaim {

/// proof/<key>: a proof rule met, or why it is not. `level`: told, copy, original; empty when unavailable.
struct ProofRecord {
    std::string key;  ///< ProofNeed::key()
    std::string level;
    std::string what;     ///< what was seen: "UK passport"
    std::string seen_on;  ///< ISO date
    Uuid officer;
    std::string unavailable;  ///< "not available because ..."
    bool returned = false;    ///< the original was given back to the customer
    bool operator==(const ProofRecord&) const = default;
};
std::string proofPath(std::string_view key);
Value encodeProof(const ProofRecord& proof);
std::optional<ProofRecord> proofOf(const ClaimState& state, std::string_view key);
/// In the order of their keys.
std::vector<ProofRecord> proofsOf(const ClaimState& state);
/// none 0, told 1, copy 2, original 3.
int levelRank(std::string_view level);

/// visit/<uuid>: an appointment.
struct Visit {
    std::string id;
    std::string date;  ///< ISO
    std::string time;  ///< "09:30", local
    std::string place;
    std::string note;
};
Value encodeVisit(const Visit& visit);
std::vector<Visit> visitsOf(const ClaimState& state);

/// transfer/<uuid>: written by the server alone, one register a transfer.
struct TransferError {
    std::string code;
    std::string question;  ///< answer key, may be empty
    std::string message;
    bool operator==(const TransferError&) const = default;
};
struct TransferView {
    std::string id;
    std::string target;      ///< iscs, jsaps, council:<id>
    std::string kind;        ///< claim, supplement, notice
    std::string state;       ///< ready sending received accepted rejected unknown repair waiting
    std::string digest;      ///< hex of the statement's digest that it carries
    std::string target_ref;  ///< the target's own reference, when accepted
    std::string reason;      ///< plain words, when it is not accepted
    std::vector<TransferError> errors;
    std::int64_t at_ms = 0;  ///< server's time of the last change
    /// Rejected, and no longer to be put right: another went to that target since, the claim is for it no more, or what
    /// it accepted before stands again. The server decides it.
    bool overtaken = false;
    bool operator==(const TransferView&) const = default;
};
std::string transferPath(std::string_view id);
Value encodeTransfer(const TransferView& transfer);
std::vector<TransferView> transfersOf(const ClaimState& state);

/// Intents and the server's answers. An intent is a payload's map with "intent" and its arguments; the answer stands at
/// intent/<first 16 bytes of the change set's hash, hex>, written by the server alone.
constexpr std::string_view kIntentSubmit = "submit";             ///< + "digest": bytes of the statement
constexpr std::string_view kIntentWithdraw = "withdraw";         ///< + "reason", "saw" (submits)
constexpr std::string_view kIntentCorrectDate = "correct_date";  ///< + "key", "date", "reason", "saw" (corrections)
struct IntentAnswer {
    std::string id;    ///< hex of the change set's id
    std::string kind;  ///< kIntentSubmit ...
    bool accepted = false;
    std::string reason;  ///< plain words, when refused
    Bytes digest;        ///< submit: which statement
};
/// What an intent that is not a submit says in "saw": the ids, in order, of the intents that its writer knew to be
/// accepted, or had asked for on this tablet, of the kind that it builds on.
Value encodeSaw(const std::set<ChangeSetId>& intents);
/// An intent of this kind was accepted that the intent does not say to have seen. An intent without "saw" has seen all.
bool missesDecision(const ClaimState& state, const Value& intent, std::string_view kind);
std::string intentPath(const ChangeSetId& id);
Value encodeIntentAnswer(const IntentAnswer& answer);
std::vector<IntentAnswer> intentAnswersOf(const ClaimState& state);

/// action/<name>: what the server raises for a person to see to, written by it alone; no value once it is seen to.
constexpr std::string_view kActionClerical = "action/clerical-ib";      ///< Incapacity Benefit goes by paper
constexpr std::string_view kActionNoTarget = "action/no-target";        ///< + "texts": what nothing is set up for
constexpr std::string_view kActionUnknownPack = "action/unknown-pack";  ///< + "pack": signed with one not here; blocks

/// site: the id of the site whose claim it is, written once where the claim begins; its scope is "site/<id>".
constexpr std::string_view kSitePath = "site";
std::string scopeOfSite(std::string_view site);
/// Of the claims that a supervisor assigned to one officer: on the tablets where that officer has signed in.
std::string scopeOfOfficer(const Uuid& officer);
/// Whose scope it is; nothing for another one.
std::optional<Uuid> officerOfScope(std::string_view scope);
/// scope: where the claim belongs since a decision of the server's moved it or took it off the tablets; "" is nowhere.
constexpr std::string_view kScopePath = "scope";
/// erased: the one thing that is left of a claim that was erased by law.
constexpr std::string_view kErasedPath = "erased";
/// Paths that the server alone may write.
bool isServerPath(std::string_view path);

}  // namespace fieldclaim
