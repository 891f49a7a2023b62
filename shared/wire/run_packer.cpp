#include <algorithm>
#include <map>

#include "shared/wire/packed_columns.h"

namespace fieldclaim {

Value::List Column::take() {
    while (!m_values.empty() && *m_values.back().integer() == 0) m_values.pop_back();
    return std::move(m_values);
}

namespace {

// Above it the message would not be taken apart again.
constexpr std::size_t kMostValues = 300'000;

/// A table of a run: each value once, in the order of first use.
template <typename T>
class Table {
public:
    std::int64_t indexOf(const T& value) {
        const auto [found, added] = m_index.emplace(value, static_cast<std::int64_t>(m_items.size()));
        if (added) m_items.push_back(value);
        return found->second;
    }
    const std::vector<T>& items() const { return m_items; }

private:
    std::map<T, std::int64_t> m_index;
    std::vector<T> m_items;
};

/// Answers as the receiver is expected to, from what the packing relied on.
class Replay final : public UnpackingNames {
public:
    std::map<std::string, ClaimKey> keys;
    std::map<ChainPlace, ChangeSetId> chain;
    std::map<std::pair<std::string, LedgerPlace>, ChangeSetId> ledger;

    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override { return in(keys, crn); }
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override { return in(chain, place); }
    Result<std::optional<ChangeSetId>> atLedger(const std::string& crn, const LedgerPlace& place) override {
        return in(ledger, std::pair(crn, place));
    }

private:
    template <typename Map>
    static std::optional<typename Map::mapped_type> in(const Map& map, const typename Map::key_type& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }
};

class RunPacker {
public:
    explicit RunPacker(PackingNames& names) : m_names(names) {}

    /// False when the run is to travel whole.
    Result<bool> add(const RunItem& item);
    Value take();
    Replay& replay() { return m_replay; }
    std::size_t values() const { return m_count; }

private:
    Result<std::optional<ChangeSet>> packable(const RunItem& item);
    void addPlace(const ChainPlace& place);
    void addHeader(const ChangeSetHeader& header);
    Status addEdit(const ChangeSetHeader& header, const Edit& edit);
    Result<Value> reference(const ChangeSetHeader& header, const ChangeSetId& id);
    std::optional<Hash> predecessor(const ChangeSetHeader& header) const;

    PackingNames& m_names;
    Replay m_replay;
    std::size_t m_count = 0;
    std::int64_t m_items = 0;
    std::map<ChangeSetId, std::int64_t> m_position;
    std::map<ChainPlace, Hash> m_hashes;

    Table<std::pair<Uuid, std::uint32_t>> m_authors;
    Table<std::string> m_claims, m_packs, m_paths;
    Table<std::vector<std::string>> m_shapes;
    std::map<std::pair<Uuid, std::uint32_t>, PackedTrack> m_tracks;
    PackedTrack m_last;
    std::map<std::string, std::uint64_t> m_seen_last;
    std::int64_t m_last_author = 0, m_last_claim = 0, m_last_pack = 0, m_last_shape = 0, m_last_path = -1;

    Column m_kind, m_author, m_counter, m_claim, m_pack, m_shape, m_seen, m_time, m_uptime, m_edits, m_path, m_replaces,
        m_index;
    Value::List m_previous, m_values, m_references, m_whole;
};

void step(Column& column, std::int64_t& last, std::int64_t now) { column.add(now - std::exchange(last, now)); }

Result<std::optional<ChangeSet>> RunPacker::packable(const RunItem& item) {
    auto decoded = decodeChangeSet(item.bytes);
    if (!decoded || decoded->header.claim != item.claim) return std::nullopt;
    if (encodeHeader(decoded->header) != decoded->header_bytes) return std::nullopt;
    if (encodePayload(decoded->payload) != decoded->payload_bytes) return std::nullopt;
    if (const auto derived = predecessor(decoded->header); derived && *derived != decoded->header.previous)
        return std::nullopt;
    ASSIGN(const auto key, m_names.claimKey(item.claim));
    if (!key || !payloadMatches(decoded->header, decoded->payload_bytes, *key)) return std::nullopt;
    m_replay.keys.emplace(item.claim, *key);
    return std::move(*decoded);
}

std::optional<Hash> RunPacker::predecessor(const ChangeSetHeader& header) const {
    if (header.counter == 1) return Hash{};
    const auto found = m_hashes.find({header.author, header.incarnation, header.counter - 1});
    if (found == m_hashes.end()) return std::nullopt;
    return found->second;
}

Result<bool> RunPacker::add(const RunItem& item) {
    step(m_claim, m_last_claim, m_claims.indexOf(item.claim));
    ++m_count;
    auto id = idOf(item.bytes);
    if (item.bytes.size() == id.size()) {
        std::copy(item.bytes.begin(), item.bytes.end(), id.begin());
        ASSIGN(const auto place, m_names.inChain(id));
        if (!place) return false;
        m_kind.add(static_cast<int>(PackedKind::Named));
        addPlace(*place);
        m_replay.chain.emplace(*place, id);
    } else {
        ASSIGN(const auto change_set, packable(item));
        if (change_set) {
            m_kind.add(static_cast<int>(PackedKind::Packed));
            const auto& header = change_set->header;
            addHeader(header);
            const auto& payload = change_set->payload;
            m_edits.add(static_cast<std::int64_t>(payload.edits.size()) - 1);
            if (payload.intent) m_values.push_back(*payload.intent);
            for (const auto& edit : payload.edits) TRY(addEdit(header, edit));
            m_hashes.insert_or_assign({header.author, header.incarnation, header.counter}, change_set->hash);
        } else {
            m_kind.add(static_cast<int>(PackedKind::Whole));
            m_whole.emplace_back(item.bytes);
        }
    }
    m_position.insert_or_assign(id, m_items++);
    return true;
}

void RunPacker::addPlace(const ChainPlace& place) {
    const std::pair author(place.author, place.incarnation);
    step(m_author, m_last_author, m_authors.indexOf(author));
    auto& track = m_tracks.try_emplace(author, PackedTrack{0, m_last.time, m_last.uptime}).first->second;
    m_counter.add(difference(place.counter, track.counter + 1));
    track.counter = place.counter;
    m_count += 2;
}

void RunPacker::addHeader(const ChangeSetHeader& header) {
    addPlace({header.author, header.incarnation, header.counter});
    auto& track = m_tracks.at({header.author, header.incarnation});
    step(m_pack, m_last_pack, m_packs.indexOf(header.pack));
    std::vector<std::string> scopes;
    for (const auto& [scope, seq] : header.seen) {
        scopes.push_back(scope);
        m_seen.add(difference(seq, std::exchange(m_seen_last[scope], seq)));
    }
    step(m_shape, m_last_shape, m_shapes.indexOf(scopes));
    const auto time = static_cast<std::uint64_t>(header.device_time);
    const auto uptime = static_cast<std::uint64_t>(header.device_uptime);
    const auto passed = difference(time, track.time);
    m_time.add(passed);
    m_uptime.add(difference(uptime, sum(track.uptime, passed)));
    track.time = time;
    track.uptime = uptime;
    m_last = track;
    if (!predecessor(header)) m_previous.emplace_back(header.previous);
    m_count += 6 + scopes.size();
}

Status RunPacker::addEdit(const ChangeSetHeader& header, const Edit& edit) {
    const auto path = m_paths.indexOf(edit.path);
    m_path.add(path - (std::exchange(m_last_path, path) + 1));
    m_values.push_back(edit.value);
    m_replaces.add(static_cast<std::int64_t>(edit.replaces.size()));
    for (const auto& id : edit.replaces) {
        ASSIGN(auto name, reference(header, id.change_set));
        m_references.push_back(std::move(name));
        m_index.add(id.index);
    }
    m_count += 4 + 4 * edit.replaces.size();
    return {};
}

Result<Value> RunPacker::reference(const ChangeSetHeader& header, const ChangeSetId& id) {
    const auto position = m_position.find(id);
    if (position != m_position.end()) return Value(m_items - position->second);
    ASSIGN(const auto chain, m_names.inChain(id));
    if (chain && chain->author == header.author && chain->incarnation == header.incarnation &&
        chain->counter < header.counter) {
        m_replay.chain.emplace(*chain, id);
        return Value(difference(chain->counter, header.counter));
    }
    ASSIGN(const auto ledger, m_names.inLedger(header.claim, id));
    if (!ledger) return Value(id);
    m_replay.ledger.emplace(std::pair(header.claim, *ledger), id);
    return Value(Value::List{static_cast<std::int64_t>(ledger->seq), static_cast<std::int64_t>(ledger->place)});
}

template <typename T, typename Write>
Value::List listOf(const std::vector<T>& items, Write write) {
    Value::List out;
    for (const auto& item : items) out.push_back(write(item));
    return out;
}

Value fromText(const std::string& text) { return {text}; }

Value RunPacker::take() {
    return Value::List{m_items,
                       listOf(m_authors.items(),
                              [](const auto& author) -> Value {
                                  return Value::List{author.first.bytes, std::int64_t{author.second}};
                              }),
                       listOf(m_claims.items(), fromText),
                       listOf(m_packs.items(), fromText),
                       listOf(m_shapes.items(), [](const auto& scopes) -> Value { return listOf(scopes, fromText); }),
                       m_kind.take(),
                       m_author.take(),
                       m_counter.take(),
                       m_claim.take(),
                       m_pack.take(),
                       m_shape.take(),
                       m_seen.take(),
                       m_time.take(),
                       m_uptime.take(),
                       std::move(m_previous),
                       m_edits.take(),
                       listOf(m_paths.items(), fromText),
                       m_path.take(),
                       std::move(m_values),
                       m_replaces.take(),
                       std::move(m_references),
                       m_index.take(),
                       std::move(m_whole)};
}

}  // namespace

Result<Value> packRun(const std::vector<RunItem>& items, PackingNames& names) {
    if (items.empty() || items.size() > kMaxPackedItems) return Value();
    RunPacker packer(names);
    std::size_t bytes = 0;
    for (const auto& item : items) {
        ASSIGN(const bool fits, packer.add(item));
        if (!fits || packer.values() > kMostValues) return Value();
        bytes += item.bytes.size();
    }
    auto packed = packer.take();
    const auto again = unpackRun(packed, packer.replay(), bytes);
    if (!again || *again != items) return Value();
    return packed;
}

}  // namespace fieldclaim
