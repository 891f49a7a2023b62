#include "mobile/casework/ink_route.h"

#include <algorithm>

#include "shared/crypto/crypto.h"

namespace fieldclaim::tablet {

std::vector<InkState> InkRoute::standing(const OpenClaim& claim) const {
    std::vector<InkState> out;
    for (const auto& digest : printedOf(claim.state)) {
        const auto statement = m_casework.statement(digest);
        if (!statement) continue;
        if (!m_casework.stillHolds(claim.crn, **statement)) continue;
        InkState one{**statement, digest, 0, {}};
        const auto scans = scansOf(claim.state, digest);
        for (const auto& scan : scans) {
            if (one.pages == 0) one.pages = scan.pages;
            if (scan.pages == one.pages) one.scans[scan.page] = scan.image;
        }
        out.push_back(std::move(one));
    }
    return out;
}

Result<Statement> InkRoute::print(std::string_view crn, Language language) {
    ASSIGN(const auto claim, m_casework.open(crn));
    for (const auto& one : standing(claim)) {
        if (one.statement->language == language) return *one.statement;
    }
    ASSIGN(auto statement, m_casework.draftStatement(crn, language));
    const auto blob = encodeStatement(statement);
    TRY(m_casework.saveRecords(crn, {claim.state.edit(printedPath(blob.digest), encodePrinted())}, {blob.bytes}));
    return statement;
}

Result<InkState> InkRoute::state(std::string_view crn) const {
    ASSIGN(const auto claim, m_casework.open(crn));
    auto all = standing(claim);
    const auto most = std::max_element(
        all.begin(), all.end(), [](const InkState& a, const InkState& b) { return a.scans.size() < b.scans.size(); });
    return most == all.end() ? InkState() : std::move(*most);
}

Result<ScanOutcome> InkRoute::take(std::string_view crn, const Bytes& image, const std::optional<PageMark>& mark) {
    if (!mark) return ScanOutcome{};
    ScanOutcome out{ScanFate::Taken, mark->crn, mark->page, mark->pages};
    const auto because = [&](ScanFate fate) {
        out.fate = fate;
        return out;
    };
    if (mark->crn != crn) return because(ScanFate::OtherClaim);
    if (!mark->to_sign) return because(ScanFate::Copy);
    ASSIGN(const auto claim, m_casework.open(crn));
    for (const auto& one : standing(claim)) {
        if (markOf(one.digest) != mark->statement) continue;
        if (one.pages != 0 && one.pages != mark->pages) return because(ScanFate::OtherPrinting);
        const ScannedPage scan{mark->page, mark->pages, sha256(image)};
        const auto path = scanPath(one.digest, scan);
        std::vector<Edit> edits;
        for (const auto& before : scansOf(claim.state, one.digest)) {
            if (before.page == scan.page && before.image != scan.image)
                edits.push_back(claim.state.edit(scanPath(one.digest, before), Value()));
        }
        if (claim.state.value(path).isNull()) edits.push_back(claim.state.edit(path, encodeScan(scan)));
        if (!edits.empty()) TRY(m_casework.saveRecords(crn, std::move(edits), {image}));
        return out;
    }
    return because(ScanFate::OldStatement);
}

Casework::Signing InkRoute::signing(const InkState& state) {
    Casework::Signing out;
    out.method = "paper";
    out.strokes = encodeScanNames(state.scans);
    return out;
}

}  // namespace fieldclaim::tablet
