#include "shared/wire/cbor.h"
#include "shared/wire/protocol.h"

namespace fieldclaim {
namespace {

constexpr CborLimits kArchiveLimits{16U << 20U, 2, 1'000};

}  // namespace

Bytes encodeArchive(const std::map<std::string, std::string>& files) {
    Value::Map out;
    for (const auto& [name, content] : files) out.emplace(name, Value(asBytes(content)));
    return encodeCbor(out);
}

Result<std::map<std::string, std::string>> decodeArchive(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kArchiveLimits));
    if (value.map() == nullptr) return fail(ErrorCode::BadPack, "the pack is not an archive");
    std::map<std::string, std::string> files;
    for (const auto& [name, content] : *value.map()) {
        if (content.bytes() == nullptr) return fail(ErrorCode::BadPack, name + " is not a file");
        files.emplace(name, std::string(asText(*content.bytes())));
    }
    return files;
}

}  // namespace fieldclaim
