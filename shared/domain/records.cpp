#include "shared/domain/records.h"

namespace fieldclaim {
namespace {

template <typename Read>
void forEachUnder(const ClaimState& state, std::string_view prefix, Read read) {
    for (auto at = state.registers().lower_bound(prefix);
         at != state.registers().end() && at->first.starts_with(prefix); ++at) {
        if (at->second.value().map() != nullptr) read(at->first.substr(prefix.size()), at->second.value());
    }
}

}  // namespace

std::string proofPath(std::string_view key) { return "proof/" + std::string(key); }

Value encodeProof(const ProofRecord& proof) {
    if (!proof.unavailable.empty())
        return Value::Map{{"unavailable", proof.unavailable}, {"officer", proof.officer.bytes}};
    Value::Map out{
        {"level", proof.level}, {"what", proof.what}, {"seen_on", proof.seen_on}, {"officer", proof.officer.bytes}};
    // Left out when it is not so: proofs that were recorded before there was a word for it keep their bytes.
    if (proof.returned) out.emplace("returned", true);
    return out;
}

std::optional<ProofRecord> proofOf(const ClaimState& state, std::string_view key) {
    const auto& value = state.value(proofPath(key));
    if (value.map() == nullptr) return std::nullopt;
    ProofRecord proof;
    proof.key = key;
    proof.level = value.textAt("level");
    proof.what = value.textAt("what");
    proof.seen_on = value.textAt("seen_on");
    proof.unavailable = value.textAt("unavailable");
    const auto* returned = value.at("returned").boolean();
    proof.returned = returned != nullptr && *returned;
    if (const auto* officer = value.at("officer").bytes()) {
        if (const auto id = Uuid::fromBytes(*officer)) proof.officer = *id;
    }
    return proof;
}

std::vector<ProofRecord> proofsOf(const ClaimState& state) {
    std::vector<ProofRecord> out;
    forEachUnder(state, proofPath(""), [&](const std::string& key, const Value&) {
        if (auto proof = proofOf(state, key)) out.push_back(std::move(*proof));
    });
    return out;
}

int levelRank(std::string_view level) {
    if (level == "original") return 3;
    if (level == "copy") return 2;
    if (level == "told") return 1;
    return 0;
}

Value encodeVisit(const Visit& visit) {
    return Value::Map{{"date", visit.date}, {"time", visit.time}, {"place", visit.place}, {"note", visit.note}};
}

std::vector<Visit> visitsOf(const ClaimState& state) {
    std::vector<Visit> out;
    forEachUnder(state, "visit/", [&](std::string id, const Value& value) {
        out.push_back(
            {std::move(id), value.textAt("date"), value.textAt("time"), value.textAt("place"), value.textAt("note")});
    });
    return out;
}

std::string transferPath(std::string_view id) { return "transfer/" + std::string(id); }

Value encodeTransfer(const TransferView& transfer) {
    Value::List errors;
    for (const auto& error : transfer.errors) errors.push_back(Value::List{error.code, error.question, error.message});
    Value::Map out{{"target", transfer.target},   {"kind", transfer.kind},      {"state", transfer.state},
                   {"digest", transfer.digest},   {"ref", transfer.target_ref}, {"reason", transfer.reason},
                   {"errors", std::move(errors)}, {"at", transfer.at_ms}};
    if (transfer.overtaken) out.emplace("overtaken", true);
    return out;
}

std::vector<TransferView> transfersOf(const ClaimState& state) {
    std::vector<TransferView> out;
    forEachUnder(state, "transfer/", [&](std::string id, const Value& value) {
        TransferView view;
        view.id = std::move(id);
        view.target = value.textAt("target");
        view.kind = value.textAt("kind");
        view.state = value.textAt("state");
        view.digest = value.textAt("digest");
        view.target_ref = value.textAt("ref");
        view.reason = value.textAt("reason");
        view.at_ms = value.integerAt("at");
        const auto* overtaken = value.at("overtaken").boolean();
        view.overtaken = overtaken != nullptr && *overtaken;
        if (const auto* errors = value.at("errors").list()) {
            for (const auto& item : *errors) {
                ListReader in(item, "error", 3);
                TransferError error;
                error.code = in.text();
                error.question = in.text();
                error.message = in.text();
                if (in.ok()) view.errors.push_back(std::move(error));
            }
        }
        out.push_back(std::move(view));
    });
    return out;
}

std::string intentPath(const ChangeSetId& id) { return "intent/" + toHex(id); }

Value encodeIntentAnswer(const IntentAnswer& answer) {
    return Value::Map{
        {"kind", answer.kind}, {"accepted", answer.accepted}, {"reason", answer.reason}, {"digest", answer.digest}};
}

std::vector<IntentAnswer> intentAnswersOf(const ClaimState& state) {
    std::vector<IntentAnswer> out;
    forEachUnder(state, "intent/", [&](std::string id, const Value& value) {
        const auto* accepted = value.at("accepted").boolean();
        const auto* digest = value.at("digest").bytes();
        out.push_back({std::move(id), value.textAt("kind"), accepted != nullptr && *accepted, value.textAt("reason"),
                       digest != nullptr ? *digest : Bytes()});
    });
    return out;
}

Value encodeSaw(const std::set<ChangeSetId>& intents) {
    Value::List out;
    for (const auto& id : intents) out.emplace_back(id);
    return Value(std::move(out));
}

bool missesDecision(const ClaimState& state, const Value& intent, std::string_view kind) {
    const auto* saw = intent.at("saw").list();
    if (saw == nullptr) return false;
    std::set<std::string> seen;
    for (const auto& id : *saw) {
        if (const auto* bytes = id.bytes()) seen.insert(toHex(*bytes));
    }
    const auto answers = intentAnswersOf(state);
    return std::any_of(answers.begin(), answers.end(), [&](const IntentAnswer& answer) {
        return answer.accepted && answer.kind == kind && !seen.contains(answer.id);
    });
}

std::string scopeOfSite(std::string_view site) { return "site/" + std::string(site); }

constexpr std::string_view kOfficerScope = "officer/";

std::string scopeOfOfficer(const Uuid& officer) { return std::string(kOfficerScope) + officer.text(); }

std::optional<Uuid> officerOfScope(std::string_view scope) {
    if (!scope.starts_with(kOfficerScope)) return std::nullopt;
    const auto id = Uuid::parse(scope.substr(kOfficerScope.size()));
    return id ? std::optional(*id) : std::nullopt;
}

bool isServerPath(std::string_view path) {
    return path.starts_with("transfer/") || path.starts_with("intent/") || path.starts_with(kDecisionPrefix) ||
           path == kScopePath || path.starts_with("scope/") || path == kErasedPath || path == kActionClerical ||
           path == kActionNoTarget || path == kActionUnknownPack;
}

}  // namespace fieldclaim
