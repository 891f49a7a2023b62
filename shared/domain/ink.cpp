#include "shared/domain/ink.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

constexpr std::string_view kPrinted = "printed/";
constexpr std::size_t kShort = 16;

std::string scansPrefix(const Hash& statement) { return "scan/" + toHex(ByteView(statement).first(kShort)) + "/"; }

}  // namespace

std::string printedPath(const Hash& digest) { return std::string(kPrinted) + toHex(digest); }

Value encodePrinted() { return Value::Map{{"to_sign", true}}; }

std::vector<Hash> printedOf(const ClaimState& state) {
    std::vector<Hash> out;
    const auto& registers = state.registers();
    for (auto at = registers.lower_bound(kPrinted); at != registers.end() && at->first.starts_with(kPrinted); ++at) {
        const auto bytes = fromHex(at->first.substr(kPrinted.size()));
        const auto digest = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
        if (digest && !at->second.value().isNull()) out.push_back(*digest);
    }
    return out;
}

std::string scanPath(const Hash& statement, const ScannedPage& scan) {
    return scansPrefix(statement) + std::to_string(scan.page) + "/" + toHex(ByteView(scan.image).first(kShort));
}

Value encodeScan(const ScannedPage& scan) {
    return Value::Map{{"page", std::int64_t{scan.page}}, {"of", std::int64_t{scan.pages}}, {"sha256", scan.image}};
}

std::optional<ScannedPage> decodeScan(const Value& value) {
    const auto* bytes = value.at("sha256").bytes();
    const auto image = bytes != nullptr ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
    if (!image) return std::nullopt;
    const ScannedPage scan{static_cast<int>(value.integerAt("page")), static_cast<int>(value.integerAt("of")), *image};
    return scan.page >= 1 && scan.page <= scan.pages ? std::optional(scan) : std::nullopt;
}

std::vector<ScannedPage> scansOf(const ClaimState& state, const Hash& statement) {
    const auto prefix = scansPrefix(statement);
    std::vector<ScannedPage> out;
    const auto& registers = state.registers();
    for (auto at = registers.lower_bound(prefix); at != registers.end() && at->first.starts_with(prefix); ++at) {
        if (const auto scan = decodeScan(at->second.value())) out.push_back(*scan);
    }
    return out;
}

std::map<int, Hash> wholeScan(const std::vector<ScannedPage>& scans) {
    std::map<int, std::map<int, Hash>> printings;
    for (const auto& scan : scans) printings[scan.pages][scan.page] = scan.image;
    for (const auto& [pages, by_page] : printings) {
        if (static_cast<int>(by_page.size()) == pages) return by_page;
    }
    return {};
}

Bytes encodeScanNames(const std::map<int, Hash>& scans) {
    Value::List names;
    for (const auto& [page, image] : scans) names.emplace_back(image);
    return encodeCbor(Value(std::move(names)));
}

std::vector<Hash> scanNames(const Seal& seal) {
    if (seal.method != "paper" || seal.strokes.empty()) return {};
    const auto value = decodeCbor(seal.strokes);
    const auto* names = value ? value->list() : nullptr;
    if (names == nullptr) return {};
    std::vector<Hash> out;
    for (const auto& name : *names) {
        const auto* bytes = name.bytes();
        const auto hash = bytes != nullptr ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::BadInput));
        if (!hash) return {};
        out.push_back(*hash);
    }
    return out;
}

bool maySignAs(const Evaluation& evaluation, std::string_view role) {
    if (role == "self") return true;
    if (evaluation.value("answering_for") != role) return false;
    const auto admitted = evaluation.pack().parameter("sign_authority_" + std::string(role), evaluation.today());
    if (!admitted) return true;
    const auto seen = split(*admitted, ' ');
    return std::find(seen.begin(), seen.end(), evaluation.value("rep_authority")) != seen.end();
}

}  // namespace fieldclaim
