#include <algorithm>

#include "shared/wire/packed_columns.h"

// Packed runs inside the messages that carry them.
namespace fieldclaim {
namespace {

constexpr std::size_t kCheckBytes = 8;
constexpr std::size_t kMaxUnpackedPage = 2 * kMaxInflatedBytes;

Bytes checkOf(const std::vector<PullRow>& rows) {
    Bytes ids;
    for (const auto& row : rows) {
        for (const auto& bytes : row.change_sets) {
            ChangeSetId id{};
            if (bytes.size() == id.size()) {
                std::copy(bytes.begin(), bytes.end(), id.begin());
            } else {
                id = idOf(bytes);
            }
            ids.insert(ids.end(), id.begin(), id.end());
        }
    }
    const auto hash = sha256(ids);
    return {hash.begin(), hash.begin() + kCheckBytes};
}

}  // namespace

ChangeSetId idOf(ByteView change_set) {
    const auto raw = splitChangeSet(change_set);
    const auto hash = sha256(raw ? ByteView(raw->header_bytes) : change_set);
    ChangeSetId id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

bool wantsWhole(const Error& error) {
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::BadInput || error.code == ErrorCode::TooLarge;
}

Status packSegment(Segment& segment, PackingNames& names) {
    std::vector<RunItem> items;
    for (const auto& bytes : segment.change_sets) {
        const auto raw = splitChangeSet(bytes);
        const auto header = raw ? decodeHeader(raw->header_bytes) : fail(ErrorCode::BadInput);
        items.push_back({header ? header->claim : std::string(), bytes});
    }
    ASSIGN(segment.packed, packRun(items, names));
    return {};
}

Status unpackSegment(Segment& segment, UnpackingNames& names, std::size_t& room) {
    if (segment.packed.isNull()) return {};
    ASSIGN(auto items, unpackRun(segment.packed, names, room));
    for (const auto& item : items) room -= item.bytes.size();
    if (items.size() > kMaxSegmentChangeSets) return fail(ErrorCode::TooLarge, "segment: more than 5,000 change sets");
    segment.change_sets.clear();
    for (auto& item : items) segment.change_sets.push_back(std::move(item.bytes));
    return {};
}

Status packRows(PullReply& reply, PackingNames& names) {
    std::vector<RunItem> items;
    std::vector<std::string> scopes;
    Column scope_column, seq_column, size_column;
    std::int64_t last_scope = 0;
    std::uint64_t last_seq = 0;
    for (const auto& row : reply.rows) {
        auto found = std::find(scopes.begin(), scopes.end(), row.scope);
        if (found == scopes.end()) found = scopes.insert(scopes.end(), row.scope);
        const auto scope = found - scopes.begin();
        scope_column.add(scope - std::exchange(last_scope, scope));
        seq_column.add(difference(row.seq, std::exchange(last_seq, row.seq) + 1));
        size_column.add(static_cast<std::int64_t>(row.change_sets.size()) - 1);
        for (const auto& bytes : row.change_sets) items.push_back({row.claim, bytes});
    }
    ASSIGN(auto run, packRun(items, names));
    if (run.isNull()) return {};
    Value::List names_of_scopes;
    for (auto& scope : scopes) names_of_scopes.emplace_back(std::move(scope));
    reply.packed = Value::List{std::move(run),
                               static_cast<std::int64_t>(reply.rows.size()),
                               std::move(names_of_scopes),
                               scope_column.take(),
                               seq_column.take(),
                               size_column.take(),
                               checkOf(reply.rows)};
    reply.rows.clear();
    return {};
}

Result<std::vector<PullRow>> unpackRows(const PullReply& reply, UnpackingNames& names) {
    if (reply.packed.isNull()) return reply.rows;
    ListReader in(reply.packed, "packed rows", 7);
    const auto& run = in.any();
    const auto count = in.natural();
    const auto& scopes = in.list();
    ColumnReader scope_column(in.list());
    ColumnReader seq_column(in.list());
    ColumnReader size_column(in.list());
    const auto check = in.bytes();
    TRY(in.finish());
    ASSIGN(auto items, unpackRun(run, names, kMaxUnpackedPage));
    const auto malformed = [] { return fail(ErrorCode::BadInput, "packed rows that are not their items"); };
    if (count > items.size()) return malformed();
    std::vector<PullRow> rows;
    std::size_t at = 0;
    std::uint64_t scope = 0;
    std::uint64_t seq = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        scope = sum(scope, scope_column.next());
        seq = sum(seq + 1, seq_column.next());
        const auto size = sum(1, size_column.next());
        if (scope >= scopes.size() || scopes[scope].text() == nullptr || size == 0 || size > items.size() - at)
            return malformed();
        PullRow row{*scopes[scope].text(), seq, items[at].claim, {}};
        for (const auto end = at + size; at < end; ++at) {
            if (items[at].claim != row.claim) return malformed();
            row.change_sets.push_back(std::move(items[at].bytes));
        }
        rows.push_back(std::move(row));
    }
    if (at != items.size() || !scope_column.finished() || !seq_column.finished() || !size_column.finished())
        return malformed();
    if (checkOf(rows) != check) return fail(ErrorCode::NotFound, "packed rows of another history");
    return rows;
}

}  // namespace fieldclaim
