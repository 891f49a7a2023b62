#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mobile/storage/vault.h"
#include "shared/forms/evaluation.h"

namespace fieldclaim::tablet {

/// What became of a value that was given to an answer.
enum class AnswerFate {
    Stands,    ///< it is the answer
    Differs,   ///< it stands beside another one: a person has to choose
    Replaced,  ///< another edit named it
    Refused,   ///< by a supervisor: it counts for nothing
};

/// One value that an answer was ever given, with who gave it and what became of it. Nothing is ever dropped (rule 2).
struct AnswerVersion {
    EditId id;
    std::optional<Answer> answer;  ///< none: it was taken away
    std::int64_t device_time = 0;
    std::string officer;      ///< a name, "Server", or empty: an officer of another tablet
    bool on_server = false;   ///< the server wrote it
    bool this_tablet = true;  ///< written here
    std::string site;         ///< the id of the writer's site, as far as the change set tells; else empty
    AnswerFate fate = AnswerFate::Replaced;
    /// What it came in the place of: values of this answer, in no order. Empty: nothing had been answered.
    std::vector<std::optional<Answer>> instead_of;
    bool confirms = false;   ///< the same value again, by someone else or in another's place
    std::string reason;      ///< of a corrected date, or of what a supervisor refused; in the words of who gave it
    std::string asked_by;    ///< the officer who asked for a corrected date; empty when not known
    bool here_only = false;  ///< saved here, and not acknowledged by the server
};

struct AnswerHistory {
    std::vector<AnswerVersion> versions;  ///< in the order of the ledger, then of saving here: the last one last
    bool incomplete = false;              ///< what stood before is not on this tablet (it came as a snapshot)
};

/// The last change of an answer, and what undoing it puts back.
struct LastChange {
    Value before;            ///< null: there was no answer
    bool was_first = false;  ///< nothing had been answered before
};

/// A correction of the date of first contact that was asked for last, and what the server said.
struct DateCorrection {
    enum class State { Asked, Accepted, Refused };
    State state = State::Asked;
    std::string date;    ///< ISO
    std::string reason;  ///< the officer's
    std::string answer;  ///< the server's, when it refused
};

/// Every edit of a claim that is here, by its id.
using EditLog = std::map<EditId, Edit>;

// Inside mobile/casework.

void addTo(EditLog& log, const ChangeSet& change_set);
AnswerHistory answerHistoryOf(const std::vector<StoredChangeSet>& change_sets, const ClaimState& state,
                              const Vault& vault, std::string_view key);
/// Nothing where officers differ (one chooses then), where several values were replaced by one, and where what stood
/// before is not here.
std::optional<LastChange> lastChangeOf(const ClaimState& state, const EditLog& log, const std::string& path);
std::optional<DateCorrection> lastCorrectionOf(const std::vector<StoredChangeSet>& change_sets,
                                               const ClaimState& state);

}  // namespace fieldclaim::tablet
