#include "shared/merge/claim_state.h"
#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

const Value::List kNone;
// Values come from change sets, which nest 13 deep at most (CborLimits), and stand six deep in a state. How large a
// claim grows is its keeper's to bound: what was stored once must be read.
constexpr std::size_t kMaxStateBytes = 256U << 20U;
constexpr CborLimits kStateLimits{kMaxStateBytes, 24, kMaxStateBytes};

Value encodeIds(const std::vector<EditId>& ids) {
    Value::List out;
    for (const auto& id : ids) out.push_back(encodeEditId(id));
    return out;
}

}  // namespace

Bytes encodeClaimState(const ClaimState& state) {
    Value::List registers;
    for (const auto& [path, reg] : state.m_registers) {
        Value::List siblings;
        for (const auto& sibling : reg.siblings()) {
            siblings.push_back(
                Value::List{encodeEditId(sibling.id), sibling.value, sibling.author.bytes, sibling.device_time});
        }
        registers.push_back(Value::List{path, std::move(siblings)});
    }
    Value::List applied;
    for (const auto& id : state.m_applied) applied.emplace_back(id);
    // Version 1 knew no decisions: a claim without any keeps its form.
    if (state.m_refused.empty() && state.m_replaced_ahead.empty())
        return encodeCbor(Value::List{1, std::move(registers), std::move(applied), Value::List{}});
    Value::List refused;
    for (const auto& [id, edits] : state.m_refused) {
        Value::List names;
        for (const auto& edit : edits) names.push_back(encodeIds(edit));
        refused.push_back(Value::List{id, std::move(names)});
    }
    Value::List ahead;
    for (const auto& [id, by_paths] : state.m_replaced_ahead) {
        Value::List paths;
        for (const auto& path : by_paths) paths.emplace_back(path);
        ahead.push_back(Value::List{encodeEditId(id), std::move(paths)});
    }
    return encodeCbor(Value::List{2, std::move(registers), std::move(applied), std::move(refused), std::move(ahead)});
}

Result<ClaimState> decodeClaimState(ByteView bytes) {
    const auto decode = [&]() -> Result<ClaimState> {
        ASSIGN(const auto value, decodeCbor(bytes, kStateLimits));
        const bool has_decisions = value.list() != nullptr && value.list()->size() == 5;
        ListReader in(value, "claim state", has_decisions ? 5 : 4);
        const auto version = in.integer();
        const auto& registers = in.list();
        const auto& applied = in.list();
        const auto& refused = in.list();
        const auto& ahead = has_decisions ? in.list() : kNone;
        TRY(in.finish());
        if (version != (has_decisions ? 2 : 1)) return fail(ErrorCode::Unsupported, "claim state version");
        ClaimState state;
        for (const auto& item : registers) {
            ListReader entry(item, "register", 2);
            const auto path = entry.text();
            const auto& siblings = entry.list();
            TRY(entry.finish());
            for (const auto& stored : siblings) {
                ListReader fields(stored, "sibling", 4);
                Sibling sibling;
                const auto& id = fields.any();
                sibling.value = fields.any();
                sibling.author.bytes = fields.array<16>();
                sibling.device_time = fields.integer();
                TRY(fields.finish());
                ASSIGN(sibling.id, decodeEditId(id));
                auto& reg = state.m_registers[path];
                if (!reg.siblings().empty() && !(reg.siblings().back().id < sibling.id))
                    return fail(ErrorCode::BadInput, "siblings that are not in order, or one twice");
                reg.insert(std::move(sibling));
            }
        }
        for (const auto& item : applied) {
            if (item.bytes() == nullptr) return fail(ErrorCode::BadInput, "an id is not bytes");
            ASSIGN(auto id, toArray<16>(*item.bytes()));
            state.m_applied.insert(id);
        }
        for (const auto& item : refused) {
            ListReader entry(item, "refused", 2);
            const auto id = entry.array<16>();
            const auto& edits = entry.list();
            TRY(entry.finish());
            auto& refusal = state.m_refused[id];
            for (const auto& edit : edits) {
                auto& names = refusal.emplace_back();
                if (edit.list() == nullptr) return fail(ErrorCode::BadInput, "names that are no list");
                for (const auto& name : *edit.list()) {
                    ASSIGN(auto named, decodeEditId(name));
                    names.push_back(named);
                }
            }
        }
        for (const auto& item : ahead) {
            ListReader entry(item, "replaced ahead", 2);
            const auto& id = entry.any();
            const auto& paths = entry.list();
            TRY(entry.finish());
            ASSIGN(auto edit_id, decodeEditId(id));
            for (const auto& path : paths) {
                if (path.text() == nullptr) return fail(ErrorCode::BadInput, "a path is no text");
                state.m_replaced_ahead[edit_id].insert(*path.text());
            }
        }
        return state;
    };
    auto state = decode();
    if (!state) return fail(ErrorCode::Damaged, "a stored claim state: " + state.error().detail);
    return state;
}

}  // namespace fieldclaim
