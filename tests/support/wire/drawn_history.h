#pragma once

#include <random>
#include <string>
#include <vector>

#include "shared/base/clock.h"
#include "tests/support/wire/known_names.h"

namespace fieldclaim::test {

/// Change sets of several authors on several claims, drawn from a seed: edits and intents, conflicts, weird values,
/// clocks that jump, work that was seen and work that was not.
class DrawnHistory {
public:
    explicit DrawnHistory(std::uint32_t seed);

    std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : m_random() % count; }
    std::vector<ChangeSet> draw(std::size_t count);
    /// One author's, one after another.
    std::vector<ChangeSet> drawSegment(std::size_t count);
    Segment segmentOf(const std::vector<ChangeSet>& run) const;
    Hash authorKey() const { return m_key.public_key; }
    /// Rows of a ledger; those of the first author are the reader's own, and named in `names`.
    std::vector<PullRow> drawRows(std::size_t count, KnownNames& names);
    /// All that was drawn so far, as both sides would know it; some of it neither does.
    KnownNames names();
    Value weirdValue(int depth = 0);

private:
    struct Author {
        ChangeSetHeader last;
        Hash hash{};
    };
    const std::string& anyClaim() { return m_claims[below(m_claims.size())]; }
    ChangeSet next(Author& author, const std::string& crn);
    Edit drawEdit(const std::string& crn);

    std::mt19937_64 m_random;
    KeyPair m_key = KeyPair::fromSecret(Hash{1});
    std::vector<std::string> m_claims;
    std::vector<Author> m_authors;
    std::vector<ChangeSet> m_made;
    std::uint64_t m_seq = 0;
};

}  // namespace fieldclaim::test
