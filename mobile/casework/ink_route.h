#pragma once

#include <map>
#include <optional>
#include <string>

#include "mobile/casework/casework.h"
#include "shared/document/page_mark.h"
#include "shared/domain/ink.h"

namespace fieldclaim::tablet {

/// What became of one scanned page.
enum class ScanFate {
    Taken,          ///< kept with the claim
    NoCode,         ///< no QR code was found, or none of ours
    Copy,           ///< a copy or a receipt, which nobody signs
    OtherClaim,     ///< of the claim in ScanOutcome::crn
    OldStatement,   ///< of this claim, and what was printed is not what stands now
    OtherPrinting,  ///< of a printing with another number of pages than those that are here
};
struct ScanOutcome {
    ScanFate fate = ScanFate::NoCode;
    std::string crn;
    int page = 0;
    int pages = 0;
};

/// Where a claim is on the ink route.
struct InkState {
    std::optional<Statement> statement;  ///< printed here, and each of its facts still stands
    Hash digest{};
    int pages = 0;              ///< as the first scan says; 0 while there is none
    std::map<int, Hash> scans;  ///< by page
    bool isComplete() const { return pages > 0 && static_cast<int>(scans.size()) == pages; }
};

/// Ink on paper, where the law asks for it (domain.md 4.5): the statement is made once and kept before it is printed,
/// signed on paper, and scanned back page by page; each page is on disk before it is called taken. With the last page
/// Casework::sign() makes the seal, which names the scans. One thread; borrows the casework.
class InkRoute {
public:
    explicit InkRoute(Casework& casework) : m_casework(casework) {}

    /// The statement that is to be printed: the one that was before, while it holds and is in this language; else one
    /// that is made and kept now.
    Result<Statement> print(std::string_view crn, Language language);
    /// Among several that were printed and hold, the one with most pages scanned.
    Result<InkState> state(std::string_view crn) const;
    /// Keeps a page. `image` is what is kept, `mark` what its QR code said (nullopt: none was read). A scan of a page
    /// that is here already takes the other's place.
    Result<ScanOutcome> take(std::string_view crn, const Bytes& image, const std::optional<PageMark>& mark);
    /// The signing of this statement by `signer`, for Casework::sign(): method paper, naming the scans.
    static Casework::Signing signing(const InkState& state);

private:
    std::vector<InkState> standing(const OpenClaim& claim) const;

    Casework& m_casework;
};

}  // namespace fieldclaim::tablet
