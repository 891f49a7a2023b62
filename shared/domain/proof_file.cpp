#include "shared/domain/proof_file.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace fieldclaim {
namespace {

constexpr std::string_view kPrefix = "file/";

std::optional<ProofFile> decode(std::string id, const Value& value) {
    if (value.map() == nullptr) return std::nullopt;
    ProofFile file;
    file.id = std::move(id);
    file.proof = value.textAt("proof");
    file.size = value.integerAt("size");
    file.type = value.textAt("type");
    file.name = value.textAt("name");
    file.device_time = value.integerAt("at");
    if (const auto* officer = value.at("officer").bytes()) {
        if (const auto read = Uuid::fromBytes(*officer)) file.officer = *read;
    }
    // Before there was a page for them, the headless tablet wrote files under their digest.
    const auto* named = value.at("sha256").bytes();
    const auto bytes = named != nullptr ? Result<Bytes>(*named) : fromHex(file.id);
    const auto digest = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
    if (!digest) return std::nullopt;
    file.digest = *digest;
    return file;
}

}  // namespace

std::string filePath(std::string_view id) { return std::string(kPrefix) + std::string(id); }

Value encodeProofFile(const ProofFile& file) {
    return Value::Map{
        {"proof", file.proof}, {"sha256", toBytes(file.digest)}, {"size", file.size},     {"type", file.type},
        {"name", file.name},   {"officer", file.officer.bytes},  {"at", file.device_time}};
}

std::vector<ProofFile> proofFilesOf(const ClaimState& state) {
    std::vector<ProofFile> out;
    const auto& registers = state.registers();
    for (auto at = registers.lower_bound(kPrefix); at != registers.end() && at->first.starts_with(kPrefix); ++at) {
        if (auto file = decode(at->first.substr(kPrefix.size()), at->second.value())) out.push_back(std::move(*file));
    }
    std::sort(out.begin(), out.end(), [](const ProofFile& a, const ProofFile& b) {
        return std::tie(a.device_time, a.id) < std::tie(b.device_time, b.id);
    });
    return out;
}

}  // namespace fieldclaim
