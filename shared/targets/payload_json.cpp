#include "shared/targets/payload_json.h"

#include <algorithm>
#include <tuple>

#include "shared/base/bytes.h"
#include "shared/base/text.h"
#include "shared/crypto/crypto.h"
#include "shared/targets/answer_rules.h"

namespace fieldclaim {

using nlohmann::json;

std::string_view kindName(TransferKind kind) {
    switch (kind) {
        case TransferKind::Claim:
            return "claim";
        case TransferKind::Supplement:
            return "supplement";
        case TransferKind::Notice:
            return "notice";
    }
    return "claim";
}

int countFields(const json& content) {
    if (!content.is_structured()) return 1;
    int count = 0;
    for (const auto& value : content) count += countFields(value);
    return count;
}

Result<TargetPayload> finishPayload(json content) {
    try {
        content["fieldCount"] = countFields(content);
        TargetPayload payload;
        payload.field_count = content["fieldCount"].get<int>();
        payload.content_hash = toHex(sha256(asBytes(content.dump())));
        content["hash"] = payload.content_hash;
        payload.bytes = content.dump();
        payload.content_type = "application/json";
        return payload;
    } catch (const json::exception&) {
        return fail(ErrorCode::BadInput, "a text of the claim is not well-formed UTF-8");
    }
}

json claimantJson(const TransferSubject& subject) {
    json out{{"surname", subject.fact("surname")},
             {"surnameFolded", foldName(subject.fact("surname"))},
             {"forenames", subject.fact("first_names")},
             {"forenamesFolded", foldName(subject.fact("first_names"))},
             {"dateOfBirth", subject.fact("dob")}};
    const auto status = subject.fact("has_nino");
    if (status == "yes") out["nino"] = normaliseNino(subject.fact("nino"));
    if (!status.empty()) out["ninoStatus"] = status == "yes" ? "known" : status;
    return out;
}

json addressJson(const TransferSubject& subject) {
    json out = json::object();
    for (const auto& [key, question] : {std::pair{"line1", "addr1"},
                                        {"line2", "addr2"},
                                        {"town", "town"},
                                        {"postcode", "postcode"},
                                        {"letters", "corr_address"}}) {
        if (const auto value = subject.fact(question); !value.empty()) out[key] = value;
    }
    return out;
}

json signatureJson(const TransferSubject& subject) {
    const auto& seal = subject.seal;
    return {{"method", seal.method},
            {"role", seal.role},
            {"sha256", seal.digest},
            {"signer", seal.signer},
            {"signedAt", seal.signed_at}};
}

json evidenceJson(const std::vector<ProofSeen>& proofs) {
    // Proofs come from many tablets in any order; the same proofs must give the same bytes.
    auto sorted = proofs;
    const auto key = [](const ProofSeen& p) { return std::tie(p.code, p.seen_on, p.what, p.level, p.officer); };
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    json out = json::array();
    for (const auto& proof : sorted) {
        out.push_back({{"code", proof.code},
                       {"level", proof.level},
                       {"officer", proof.officer},
                       {"seenOn", proof.seen_on},
                       {"what", proof.what}});
    }
    return out;
}

json outstandingJson(const std::vector<OutstandingAction>& actions) {
    auto sorted = actions;
    const auto key = [](const OutstandingAction& a) { return std::tie(a.code, a.text, a.blocking); };
    std::sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    json out = json::array();
    for (const auto& action : sorted) {
        out.push_back({{"blocking", action.blocking}, {"code", action.code}, {"text", action.text}});
    }
    return out;
}

}  // namespace fieldclaim
