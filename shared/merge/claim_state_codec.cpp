#include "shared/merge/claim_state.h"
#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

constexpr CborLimits kStateLimits{64U << 20U, 12, 2'000'000};

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
    Value::List refused;
    for (const auto& [id, replaces] : state.m_refused)
        refused.push_back(Value::List{encodeEditId(id), encodeIds(replaces)});
    return encodeCbor(Value::List{1, std::move(registers), std::move(applied), std::move(refused)});
}

Result<ClaimState> decodeClaimState(ByteView bytes) {
    const auto decode = [&]() -> Result<ClaimState> {
        ASSIGN(const auto value, decodeCbor(bytes, kStateLimits));
        ListReader in(value, "claim state", 4);
        const auto version = in.integer();
        const auto& registers = in.list();
        const auto& applied = in.list();
        const auto& refused = in.list();
        TRY(in.finish());
        if (version != 1) return fail(ErrorCode::Unsupported, "claim state version");
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
                state.m_registers[path].insert(std::move(sibling));
            }
        }
        for (const auto& item : applied) {
            if (item.bytes() == nullptr) return fail(ErrorCode::BadInput, "an id is not bytes");
            ASSIGN(auto id, toArray<16>(*item.bytes()));
            state.m_applied.insert(id);
        }
        for (const auto& item : refused) {
            ListReader entry(item, "refused", 2);
            const auto& id = entry.any();
            const auto& replaces = entry.list();
            TRY(entry.finish());
            ASSIGN(auto edit_id, decodeEditId(id));
            auto& names = state.m_refused[edit_id];
            for (const auto& name : replaces) {
                ASSIGN(auto named, decodeEditId(name));
                names.push_back(named);
            }
        }
        return state;
    };
    auto state = decode();
    if (!state) return fail(ErrorCode::Damaged, "a stored claim state: " + state.error().detail);
    return state;
}

}  // namespace fieldclaim
