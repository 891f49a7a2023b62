#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "shared/domain/statement.h"
#include "shared/forms/carry_over.h"
#include "shared/forms/evaluation.h"

namespace fieldclaim {

enum class ActionKind {
    Conflict,
    Missing,
    Invalid,
    NotKnown,
    Refused,
    Proof,
    Sign,
    SignAgain,
    TransferRefused,
    WithOffice,     ///< a transfer waits for the office (isWithOffice()), or the server has raised it (action/<name>)
    SubmitRefused,  ///< see ClaimReview::submit_refused
    LookAgain,      ///< an earlier answer that the form pack has no place for: kept aside
    Warning         ///< what does not fit together
};

/// Something outstanding. What can be derived is never stored (architecture.md part 4).
struct Action {
    ActionKind kind = ActionKind::Missing;
    bool blocking = false;              ///< holds back the transfer
    std::string about;                  ///< answer key, proof key, path, or the id of a transfer that names no question
    LocalText text;                     ///< one plain sentence
    std::vector<std::string> benefits;  ///< pack's names (IS, JSA_IB ...); empty: all
};

enum class SealState {
    None,     ///< nobody has signed
    Valid,    ///< every declared fact is as it was signed, by all who must sign
    Partial,  ///< a joint claim with one of two signatures
    Void,     ///< a declared fact has changed since
    Unknown,  ///< the statement's blob is not here yet
};

/// All that follows from a claim's state on a day: one place that tablet, server and console ask. A value; no I/O.
struct ClaimReview {
    /// Gives a statement by its digest, or nullptr when the blob is not here. Called during of() only.
    using StatementSource = std::function<std::shared_ptr<const Statement>(const Hash& digest)>;

    /// Gives a pack by its name ("working-age/2006.12.20-1"), or nullptr when it is not here. Called during of() only.
    using PackSource = std::function<std::shared_ptr<const FormPack>(const std::string& name)>;

    /// What was signed is judged by the pack that it was signed with, where `packs` has it (hazard H55: a new pack does
    /// not void a seal); where it has not, by the answers alone. Without `packs`, `pack` is that pack. Everything else
    /// is read with `pack`.
    static ClaimReview of(const std::shared_ptr<const FormPack>& pack, const ClaimState& state, Date today,
                          const StatementSource& statements, const PackSource& packs = {});

    Evaluation evaluation;
    AnswerSet answers;             ///< as the evaluation's pack reads them
    std::vector<KeptAside> aside;  ///< those that it has no place for
    std::vector<Action> actions;   ///< blocking ones first, then in asking order
    SealState seal_state = SealState::None;
    std::optional<Seal> seal;                    ///< the one that stands, or the last one that was given
    std::shared_ptr<const Statement> statement;  ///< the one that `seal` names, if it is here
    std::vector<std::string> changed_facts;      ///< keys that differ from the signed statement (Void)
    std::vector<std::string> conflicts;          ///< paths
    std::vector<TransferView> transfers;
    std::optional<IntentAnswer> submitted;  ///< the accepted submit of the standing statement
    /// The server did not take in what was signed, and the signature stands: it is to be given again.
    std::optional<IntentAnswer> submit_refused;
    bool withdrawn = false;

    bool hasConflictOnDeclared() const;
    /// Blocking actions that concern one of these benefits (pack's names), apart from submit and transfer.
    std::vector<Action> blockers(const std::vector<std::string>& benefits) const;
    std::string crnNameLine() const;  ///< "Gwen Siobhan O'Brien", or empty
};

}  // namespace fieldclaim
