#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/merge/decision.h"
#include "shared/wire/change_set.h"

namespace fieldclaim {

/// One value standing in a register, with where it came from.
struct Sibling {
    EditId id;
    Value value;  ///< null: the value was taken away
    Uuid author;
    std::int64_t device_time = 0;
    bool operator==(const Sibling&) const = default;
};

/// The multi-value register at a path: the edits that no other edit has replaced, sorted by id. Equal values stand
/// beside each other and count as one (hazard H30); a writer names them all.
class Register {
public:
    const std::vector<Sibling>& siblings() const { return m_siblings; }
    bool empty() const { return m_siblings.empty(); }
    /// Two or more different values (hazard H31: "taken away" is one of them).
    bool inConflict() const;
    /// The value with the lowest edit id, the same everywhere; null when there is none.
    const Value& value() const;
    const Sibling* first() const { return m_siblings.empty() ? nullptr : &m_siblings.front(); }
    /// The ids that an edit of this register has to name to stand alone.
    std::vector<EditId> ids() const;

    void insert(Sibling sibling);
    bool erase(const EditId& id);
    bool operator==(const Register&) const = default;

private:
    std::vector<Sibling> m_siblings;
};

enum class ApplyOutcome {
    Applied,
    Duplicate,  ///< was applied before: nothing changed
    Waiting,    ///< names an edit that is not here yet: nothing changed (the caller parks it)
};

/// A claim: path -> register. Applying change sets commutes, associates and is idempotent over causally ordered input
/// (architecture.md part 4); nothing else changes a claim. A value type; no I/O, no clock.
class ClaimState {
public:
    /// Applies all edits of the change set or none. An intent changes no register and is Applied once. Decisions
    /// (decision.h) among the edits take effect: what is refused is a Duplicate from then on, and what is to be applied
    /// all the same waits no longer.
    ApplyOutcome apply(const ChangeSet& change_set);
    /// The same, whatever is missing. A name that is not here is replaced when it comes, so that the order of arrival
    /// does not count.
    ApplyOutcome applyRegardless(const ChangeSet& change_set);
    /// Makes a refused change set's edits transparent: whoever names one names what it named (hazard H52). `names`:
    /// what its edit 0, 1, ... named. Nothing when it was applied, or refused, before.
    void refuse(const ChangeSetId& id, std::vector<std::vector<EditId>> names);

    bool knows(const ChangeSetId& id) const { return m_applied.contains(id); }
    bool isRefused(const ChangeSetId& id) const { return m_refused.contains(id); }
    /// The names in the change set that stop it: edits of change sets that are neither applied nor refused.
    std::vector<EditId> missing(const ChangeSet& change_set) const;

    const std::map<std::string, Register, std::less<>>& registers() const { return m_registers; }
    const Register* find(std::string_view path) const;
    /// The value at a path (lowest edit id), or null.
    const Value& value(std::string_view path) const;
    /// Paths that need a person: registers in conflict, and instances that one officer removed while another wrote
    /// under them (asked as one question: the instance's path, hazard H53).
    std::vector<std::string> conflicts() const;
    /// Registers at the path and below it ("a/job/x" -> itself, "a/job/x/jb_net", ...).
    std::vector<std::string> pathsUnder(std::string_view path) const;

    /// An edit that replaces all that stands at the path now.
    Edit edit(std::string path, Value value) const;
    /// One edit at the instance's path that takes it away with everything under it.
    Edit removal(std::string_view instance_path) const;

    std::size_t changeSetCount() const { return m_applied.size(); }
    bool operator==(const ClaimState&) const = default;

private:
    friend Bytes encodeClaimState(const ClaimState&);
    friend Result<ClaimState> decodeClaimState(ByteView);

    ApplyOutcome applyEdits(const ChangeSet& change_set);
    void replace(const EditId& id, const std::string& by_path);
    void eraseEverywhere(const EditId& id, std::string_view near_path);
    bool isReplacedAlready(const EditId& id, std::string_view path) const;
    /// `replaces` with refused edits replaced by what those named, to the end.
    std::vector<EditId> resolved(const std::vector<EditId>& replaces) const;

    std::map<std::string, Register, std::less<>> m_registers;
    std::set<ChangeSetId> m_applied;
    std::map<ChangeSetId, std::vector<std::vector<EditId>>> m_refused;
    /// Edits that were replaced before they came, by applyRegardless, with the paths of those that replaced them.
    std::map<EditId, std::set<std::string>> m_replaced_ahead;
};

/// One deterministic form: equal states have equal bytes (I3). Damaged when the bytes are not one.
Bytes encodeClaimState(const ClaimState& state);
Result<ClaimState> decodeClaimState(ByteView bytes);

}  // namespace fieldclaim
