#include "tests/support/wire/drawn_history.h"

#include <limits>

#include "shared/base/ids.h"

namespace fieldclaim::test {
namespace {

class SeededBytes final : public Random {
public:
    explicit SeededBytes(std::uint32_t seed) : m_random(seed) {}
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(m_random());
    }

private:
    std::mt19937_64 m_random;
};

ClaimKey keyOf(const std::string& crn) { return sha256(asBytes(crn)); }

}  // namespace

DrawnHistory::DrawnHistory(std::uint32_t seed) : m_random(seed) {
    SeededBytes bytes(seed);
    for (int i = 0; i < 4; ++i) m_claims.push_back(Crn::make(bytes));
    for (std::size_t i = 0; i < 1 + below(4); ++i) {
        Author author;
        author.last.author.bytes.fill(static_cast<std::uint8_t>(i + 1));
        author.last.incarnation = static_cast<std::uint32_t>(1 + below(3));
        author.last.counter = below(2) == 0 ? 0 : below(100'000);
        if (author.last.counter > 0) author.hash = Hash{static_cast<std::uint8_t>(i)};
        author.last.device_time = 1'168'851'600'000;
        m_authors.push_back(author);
    }
}

std::vector<ChangeSet> DrawnHistory::draw(std::size_t count) {
    std::vector<ChangeSet> out;
    for (std::size_t i = 0; i < count; ++i) {
        auto& author = m_authors[below(m_authors.size())];
        out.push_back(next(author, anyClaim()));
    }
    return out;
}

std::vector<ChangeSet> DrawnHistory::drawSegment(std::size_t count) {
    std::vector<ChangeSet> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(next(m_authors.front(), anyClaim()));
    return out;
}

Segment DrawnHistory::segmentOf(const std::vector<ChangeSet>& run) const {
    const auto& last = run.back();
    Segment out{last.header.author, last.header.incarnation, {}, {}};
    for (const auto& each : run) out.change_sets.push_back(encodeChangeSet(each));
    out.signature = signEd25519(
        m_key.secret, segmentMessage(last.header.author, last.header.incarnation, last.header.counter, last.hash));
    return out;
}

std::vector<PullRow> DrawnHistory::drawRows(std::size_t count, KnownNames& names) {
    std::vector<PullRow> out;
    for (std::size_t i = 0; i < count; ++i) {
        m_seq += 1 + below(5);
        PullRow row{below(3) == 0 ? "site/bala" : "site/llanrwst", m_seq, anyClaim(), {}};
        auto& author = m_authors[below(m_authors.size())];
        for (std::size_t k = 0; k < 1 + below(4); ++k) {
            const auto made = next(author, row.claim);
            const auto id = made.id();
            if (&author == &m_authors.front()) {
                names.chain[{made.header.author, made.header.incarnation, made.header.counter}] = id;
                row.change_sets.emplace_back(id.begin(), id.end());
            } else {
                row.change_sets.push_back(encodeChangeSet(made));
            }
        }
        out.push_back(std::move(row));
    }
    return out;
}

KnownNames DrawnHistory::names() {
    KnownNames out;
    for (const auto& crn : m_claims) out.keys[crn] = keyOf(crn);
    for (const auto& each : m_made) {
        switch (below(3)) {
            case 0:
                out.chain[{each.header.author, each.header.incarnation, each.header.counter}] = each.id();
                break;
            case 1:
                out.ledger[{each.header.claim, {++m_seq, below(4)}}] = each.id();
                break;
            default:
                break;
        }
    }
    return out;
}

Value DrawnHistory::weirdValue(int depth) {
    switch (below(depth > 2 ? 8 : 10)) {
        case 0:
            return {};
        case 1:
            return {below(2) == 0};
        case 2:
            return {static_cast<std::int64_t>(m_random())};
        case 3:
            return {below(2) == 0 ? std::numeric_limits<std::int64_t>::min()
                                  : std::numeric_limits<std::int64_t>::max()};
        case 4:
            return {Bytes(below(40), static_cast<std::uint8_t>(below(256)))};
        case 5:
            return {""};
        case 6:
            return {"Llanfairpwllgwyngyll \xC5\xB5 \xE2\x82\xAC"};
        case 7:
            return {std::string(below(300), 'x')};
        case 8: {
            Value::List list;
            for (std::size_t i = 0; i < below(4); ++i) list.push_back(weirdValue(depth + 1));
            return list;
        }
        default:
            return Value::Map{{"absent", "refused"}, {"note", weirdValue(depth + 1)}};
    }
}

ChangeSet DrawnHistory::next(Author& author, const std::string& crn) {
    ChangeSetHeader header = author.last;
    ++header.counter;
    header.previous = author.hash;
    header.claim = crn;
    if (below(20) == 0) header.previous = Hash{0x55};
    for (std::size_t i = 0; i < below(3); ++i) header.seen["site/" + std::to_string(below(3))] = below(1'000'000);
    header.pack = below(5) == 0 ? "" : "working-age/2006.12.20-" + std::to_string(below(2));
    const auto passed = static_cast<std::int64_t>(below(100'000));
    header.device_time += passed;
    header.device_uptime += passed;
    if (below(15) == 0) header.device_time = static_cast<std::int64_t>(m_random());
    if (below(30) == 0) header.device_time = std::numeric_limits<std::int64_t>::min();
    if (below(30) == 0) header.device_uptime = std::numeric_limits<std::int64_t>::max() - 200'000;
    Payload payload;
    if (below(8) == 0) {
        payload.intent = Value::Map{{"intent", "submit"}, {"digest", weirdValue()}};
    } else {
        for (std::size_t i = 0; i < 1 + below(3); ++i) payload.edits.push_back(drawEdit(crn));
    }
    header.payload_hash = {};
    auto made = makeChangeSet(header, std::move(payload), keyOf(crn));
    author.last = made.header;
    author.hash = made.hash;
    author.last.seen.clear();
    m_made.push_back(made);
    return made;
}

Edit DrawnHistory::drawEdit(const std::string& crn) {
    Edit edit{"a/question_" + std::to_string(below(30)), weirdValue(), {}};
    for (std::size_t i = 0; i < below(4); ++i) {
        ChangeSetId id{};
        if (below(6) == 0 || m_made.empty()) {
            id[0] = static_cast<std::uint8_t>(below(256));
        } else {
            const auto& named = m_made[below(m_made.size())];
            if (named.header.claim == crn || below(4) == 0) id = named.id();
        }
        edit.replaces.push_back({id, static_cast<std::uint32_t>(below(3))});
    }
    return edit;
}

}  // namespace fieldclaim::test
