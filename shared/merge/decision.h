#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/wire/change_set.h"

namespace fieldclaim {

/// What a supervisor decided about one change set that the server had set aside: the server's own edit at
/// decision/<hex of that change set's id> (docs/protocol.md, "Decisions"), so that state stays a fold of the ledger.
struct Decision {
    enum class Kind {
        Release,  ///< it is applied all the same: its row follows in the ledger
        Refuse,   ///< it is never applied, and its edits are transparent: whoever names one names what it named
        Apply,    ///< it waited too long: it is applied, names that are not here counting as nothing
    };
    Kind kind = Kind::Release;
    Uuid by;             ///< the officer
    std::string reason;  ///< in their words
    /// Refuse: what its edit 0, 1, ... named. Empty when it could not be decoded.
    std::vector<std::vector<EditId>> names;
    bool operator==(const Decision&) const = default;
};

constexpr std::string_view kDecisionPrefix = "decision/";
std::string decisionPath(const ChangeSetId& id);
/// The change set that a decision at this path is about; nothing for any other path.
std::optional<ChangeSetId> decidedAt(std::string_view path);

Value encodeDecision(const Decision& decision);
/// Nothing when the value is no decision that this program knows.
std::optional<Decision> decodeDecision(const Value& value);

}  // namespace fieldclaim
