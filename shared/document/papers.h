#pragma once

#include <string>
#include <vector>

#include "shared/document/claim_outlook.h"
#include "shared/domain/seal.h"
#include "shared/domain/statement.h"

// The papers of a claim, as tagged PDFs in the statement's language: one renderer for what is signed and what is sent.
// Each is a pure function of what it is given, made from the kept statement and never from the claim as it stands; its
// dates come from there too, so that the same statement gives the same bytes (with the same Noto Sans installed;
// without it NotFound). Safe from any thread.
namespace fieldclaim {

/// One who is to sign.
struct PaperSigner {
    std::string name;
    std::string role = "self";      ///< self, appointee, attorney, corporate
    std::string part = "claimant";  ///< claimant, partner
};

/// For the ink route: the statement with, for each signer, boxes for signature, name and date, and for a mark the
/// witness's.
Result<Bytes> statementToSignPdf(const Statement& statement, const std::vector<PaperSigner>& signers);

/// The statement as it was signed, with how: by whom, when, by which method, and the whole digest. `seals` are those of
/// this statement; others are passed over.
Result<Bytes> signedStatementPdf(const Statement& statement, const std::vector<Seal>& seals);

/// The customer's copy: as above, with what is still to be brought and by when, and whom to call.
Result<Bytes> customerCopyPdf(const Statement& statement, const std::vector<Seal>& seals, const ClaimOutlook& outlook);

/// One page to take home: claim number, benefits, date of claim, what was signed, what happens next.
Result<Bytes> receiptPdf(const Statement& statement, const std::vector<Seal>& seals, const ClaimOutlook& outlook);

}  // namespace fieldclaim
