#pragma once

#include <nlohmann/json.hpp>

#include "shared/targets/target_map.h"

namespace fieldclaim {

/// Adds `fieldCount` and `hash` and gives the bytes. The hash is the SHA-256 of the canonical JSON (RFC 8785: keys
/// sorted, no white space, UTF-8) of everything but `hash`; it covers `signature.sha256`, the statement's digest, so a
/// target that says it back has what was signed. Values are text, whole numbers, truth values, lists and objects.
Result<TargetPayload> finishPayload(nlohmann::json content);
/// Values in it that are neither list nor object.
int countFields(const nlohmann::json& content);

/// Parts that every payload has, from the subject.
nlohmann::json claimantJson(const TransferSubject& subject);
nlohmann::json addressJson(const TransferSubject& subject);
nlohmann::json signatureJson(const TransferSubject& subject);
nlohmann::json evidenceJson(const std::vector<ProofSeen>& proofs);
nlohmann::json outstandingJson(const std::vector<OutstandingAction>& actions);
/// "claim", "supplement", "notice"
std::string_view kindName(TransferKind kind);

}  // namespace fieldclaim
