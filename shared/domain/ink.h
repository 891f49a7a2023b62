#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/seal.h"
#include "shared/forms/evaluation.h"
#include "shared/merge/claim_state.h"

// The ink route's records, and who may sign: a statement is printed, signed on paper and scanned page by page; the seal
// then names the scans.
namespace fieldclaim {

/// printed/<hex of the digest>: this statement was printed to be signed, and is kept as a blob. The same value from
/// everyone who prints it, so that two tablets never differ about it.
std::string printedPath(const Hash& digest);
Value encodePrinted();
std::vector<Hash> printedOf(const ClaimState& state);

/// scan/<first 16 bytes of the digest, hex>/<page>/<first 16 bytes of the image's hash, hex>: a page of a printed
/// statement as it was scanned. Two scans of one page stand beside each other; the last one by path counts.
struct ScannedPage {
    int page = 0;
    int pages = 0;  ///< of how many
    Hash image{};   ///< the blob
    bool operator==(const ScannedPage&) const = default;
};
std::string scanPath(const Hash& statement, const ScannedPage& scan);
Value encodeScan(const ScannedPage& scan);
/// Nothing for what is no scan, and for one that was taken back.
std::optional<ScannedPage> decodeScan(const Value& value);
std::vector<ScannedPage> scansOf(const ClaimState& state, const Hash& statement);
/// By page; empty unless every page of one printing is there.
std::map<int, Hash> wholeScan(const std::vector<ScannedPage>& scans);

/// What a seal of method paper has in the place of strokes: CBOR [hash, ...], the scanned pages in order.
Bytes encodeScanNames(const std::map<int, Hash>& scans);
/// Empty for a seal that names none.
std::vector<Hash> scanNames(const Seal& seal);

/// Whether what was seen of their authority lets somebody sign in this role (domain.md 4.3): the pack's dated parameter
/// sign_authority_<role> lists the answers to rep_authority that do. The customer may always sign.
bool maySignAs(const Evaluation& evaluation, std::string_view role);

}  // namespace fieldclaim
