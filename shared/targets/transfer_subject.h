#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace fieldclaim {

/// The first transfer of a claim to a target, a change after an acceptance, or a council's early notice.
enum class TransferKind { Claim, Supplement, Notice };

/// A proof that an officer has recorded.
struct ProofSeen {
    std::string code;     ///< of the proof rule: nino_proof
    std::string level;    ///< told, copy, original, confirmed
    std::string what;     ///< what was seen: "payslip of 7 October"
    std::string seen_on;  ///< ISO 8601 date
    std::string officer;
};

/// Something still to do on the claim.
struct OutstandingAction {
    std::string code;  ///< the proof rule's code when the action asks for a proof, else the action's own
    std::string text;  ///< as the officer reads it
    bool blocking = false;
};

/// What a target is told of the signature. Empty digest: not signed yet.
struct SealSummary {
    std::string digest;  ///< SHA-256 of the statement, 64 lower-case hexadecimal digits
    std::string method;  ///< tablet, paper, mark
    std::string role;    ///< self, appointee, attorney, corporate
    std::string signer;
    std::string signed_at;  ///< RFC 3339, UTC
};

/// Everything of one claim version that a target's map may need, free of our own model of a claim. The caller puts in
/// what the target's benefits need by the form pack and nothing else: answers without a question of that benefit,
/// empty answers and answers in conflict are left out.
struct TransferSubject {
    std::string crn;  ///< 13 characters, without hyphens
    TransferKind kind = TransferKind::Claim;
    std::string supplements;         ///< the target's own reference of what this adds to; empty for a first claim
    std::set<std::string> benefits;  ///< is jsa_ib jsa_cb ib hb ctb ca bb
    std::string pack_id;
    std::string date_of_claim;  ///< ISO 8601 date, as are all dates here
    std::string first_contact;
    /// Question -> answer in canonical form; a repeat's is "job/<id>/jb_employer". Several choices: a space between.
    std::map<std::string, std::string> facts;
    std::vector<ProofSeen> proofs;
    std::vector<OutstandingAction> outstanding;
    SealSummary seal;
    std::string language = "en";
    bool urgent = false;

    /// The answer to a question, or empty.
    std::string fact(const std::string& question) const {
        const auto found = facts.find(question);
        return found == facts.end() ? std::string() : found->second;
    }
};

}  // namespace fieldclaim
