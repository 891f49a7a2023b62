#pragma once

#include "mobile/headless/session.h"

// Commands that do not stand in commands.cpp, and what commands share. Each gives what is printed.
namespace fieldclaim::tablet {

// case_commands.cpp
Result<nlohmann::json> takeClaims(Session& session);
Result<nlohmann::json> attachFile(Session& session);
Result<nlohmann::json> clearAnswer(Session& session);
Result<nlohmann::json> resolveConflict(Session& session);
Result<nlohmann::json> correctDate(Session& session);
/// Saves every answer of {"key": "value", ...}; how many.
Result<int> saveAnswers(Session& session, const std::string& crn, const nlohmann::json& answers);
/// The digest of what was signed, in hex.
Result<std::string> signClaim(Session& session, const std::string& crn, Casework::Signing signing);

// paper_commands.cpp
Result<nlohmann::json> saveStatementPdf(Session& session);
Result<nlohmann::json> saveCopyPdf(Session& session);
Result<nlohmann::json> saveReceiptPdf(Session& session);
Result<nlohmann::json> scanPages(Session& session);

// device_commands.cpp
Result<nlohmann::json> wholeState(Session& session);
Result<nlohmann::json> outbox(Session& session);
Result<nlohmann::json> tryUnlock(Session& session);
Result<nlohmann::json> askOrders(Session& session);
Result<nlohmann::json> forgotPassphrase(Session& session);
Result<nlohmann::json> changePassphrase(Session& session);
Result<nlohmann::json> removeOfficer(Session& session);
Result<nlohmann::json> exportWork(Session& session);
Result<nlohmann::json> salvageStore(Session& session);

}  // namespace fieldclaim::tablet
