#include "shared/domain/seal.h"

#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

Value::List fields(const Seal& seal) {
    return {seal.digest,  seal.signer,        seal.part,         seal.role,         seal.method,      seal.witness,
            seal.strokes, seal.officer.bytes, seal.author.bytes, seal.device.bytes, seal.device_time, seal.place};
}

}  // namespace

Bytes sealMessage(const Seal& seal) { return encodeCbor(Value::List{"fieldclaim/seal/1", fields(seal)}); }

std::string sealPath(std::string_view id) { return "seal/" + std::string(id); }

Value encodeSeal(const Seal& seal) { return Value::List{fields(seal), seal.signature}; }

Result<Seal> decodeSeal(std::string_view id, const Value& value) {
    ListReader outer(value, "seal", 2);
    const auto& inner = outer.any();
    Seal seal;
    seal.id = id;
    seal.signature = outer.bytes();
    TRY(outer.finish());
    ListReader in(inner, "seal", 12);
    seal.digest = in.array<32>();
    seal.signer = in.text();
    seal.part = in.text();
    seal.role = in.text();
    seal.method = in.text();
    seal.witness = in.text();
    seal.strokes = in.bytes();
    seal.officer.bytes = in.array<16>();
    seal.author.bytes = in.array<16>();
    seal.device.bytes = in.array<16>();
    seal.device_time = in.integer();
    seal.place = in.text();
    TRY(in.finish());
    return seal;
}

std::vector<Seal> sealsOf(const ClaimState& state) {
    constexpr std::string_view kPrefix = "seal/";
    std::vector<Seal> out;
    for (auto at = state.registers().lower_bound(kPrefix);
         at != state.registers().end() && at->first.starts_with(kPrefix); ++at) {
        if (auto seal = decodeSeal(at->first.substr(kPrefix.size()), at->second.value()))
            out.push_back(std::move(*seal));
    }
    return out;
}

}  // namespace fieldclaim
