#include "shared/domain/claim_files.h"

#include <algorithm>
#include <array>

#include "shared/domain/claim_answers.h"
#include "shared/domain/ink.h"
#include "shared/domain/proof_file.h"

namespace fieldclaim {
namespace {

using Of = ClaimFile::Of;

/// Of the types that every browser shows.
bool isPicture(std::string_view type) {
    return type == "image/jpeg" || type == "image/png" || type == "image/gif" || type == "image/bmp";
}

std::optional<Hash> digestIn(const std::string& hex) {
    const auto bytes = fromHex(hex);
    if (!bytes) return std::nullopt;
    const auto digest = toArray<32>(*bytes);
    return digest ? std::optional<Hash>(*digest) : std::nullopt;
}

void addAnswers(const ClaimState& state, const ClaimReview& review, std::vector<ClaimFile>& out) {
    const auto answers = answersOf(state);
    for (const auto& question : review.evaluation.questions()) {
        const auto type = question.question->type;
        if (!namesBytes(type) || !question.relevant) continue;
        const auto answer = answers.answers.find(question.key);
        if (answer == answers.answers.end() || answer->second.kind != Answer::Kind::Given) continue;
        out.push_back({Of::Answer,
                       question.key,
                       question.question->label.english,
                       digestIn(answer->second.text),
                       {},
                       type == QuestionType::Image});
    }
}

void addProofs(const ClaimState& state, const ClaimReview& review, std::vector<ClaimFile>& out) {
    const auto& rules = review.evaluation.pack().proofRules();
    const auto& needed = review.evaluation.proofs();
    for (auto& file : proofFilesOf(state)) {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const ProofRule& each) {
            return each.code == file.proof.substr(0, file.proof.find('/'));
        });
        const bool is_needed =
            std::any_of(needed.begin(), needed.end(), [&](const auto& need) { return need.key() == file.proof; });
        out.push_back({is_needed ? Of::Proof : Of::Claim, file.proof,
                       rule != rules.end() ? rule->label.english : std::string("a page kept with the claim"),
                       file.digest, std::move(file.name), isPicture(file.type)});
    }
}

void addScans(const ClaimState& state, const ClaimReview& review, std::vector<ClaimFile>& out) {
    for (const auto& seal : sealsOf(state)) {
        if (!review.seal || seal.digest != review.seal->digest) continue;
        for (const auto& scan : scanNames(seal)) {
            // Two who sign one printing name the same pages.
            const bool known = std::any_of(out.begin(), out.end(), [&](const ClaimFile& file) {
                return file.of == Of::Seal && file.digest == scan;
            });
            if (!known) out.push_back({Of::Seal, {}, "a page signed in ink", scan, {}, true});
        }
    }
}

}  // namespace

std::vector<ClaimFile> filesOf(const ClaimState& state, const ClaimReview& review) {
    std::vector<ClaimFile> out;
    addAnswers(state, review, out);
    addProofs(state, review, out);
    addScans(state, review, out);
    return out;
}

std::string_view mediaTypeOf(ByteView beginning) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKinds{{{"\xFF\xD8\xFF", "image/jpeg"},
                                                                                   {"\x89PNG\r\n\x1A\n", "image/png"},
                                                                                   {"GIF8", "image/gif"},
                                                                                   {"BM", "image/bmp"},
                                                                                   {"%PDF-", "application/pdf"}}};
    const auto text = asText(beginning);
    for (const auto& [magic, type] : kKinds) {
        if (text.starts_with(magic)) return type;
    }
    return "application/octet-stream";
}

}  // namespace fieldclaim
