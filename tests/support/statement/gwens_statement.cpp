#include "tests/support/statement/gwens_statement.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include "shared/domain/claim_answers.h"
#include "tests/support/forms/claim_sketch.h"

namespace fieldclaim {
namespace {

const std::string kCrn = "0000000000000";
const Date kToday = *Date::parse("2007-01-15");

}  // namespace

ClaimReview gwensReview(const std::map<std::string, Answer>& more) {
    QFile file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
    if (!file.open(QIODevice::ReadOnly)) qFatal("no customer");
    const auto given = QJsonDocument::fromJson(file.readAll()).object();
    Payload payload;
    const ClaimState nothing;
    std::map<std::string, Answer> answers;
    for (auto at = given.begin(); at != given.end(); ++at) {
        const auto key = at.key().toStdString();
        if (at.value().toString().isEmpty()) continue;
        const auto* question = missionPack()->find(key.substr(key.find('/') + 1));
        answers[key.starts_with("capital/") ? "capital/0190/" + key.substr(8) : key] = {
            Answer::Kind::Given, normaliseAnswer(*question, at.value().toString().toStdString())};
    }
    for (const auto& [key, answer] : more) answers[key] = answer;
    for (const auto& [key, answer] : answers) {
        payload.edits.push_back(nothing.edit(answerPath(key), encodeAnswer(answer)));
    }
    ChangeSetHeader header;
    header.claim = kCrn;
    header.counter = 1;
    ClaimState state;
    ENSURE(state.apply(makeChangeSet(header, payload, ClaimKey{})) == ApplyOutcome::Applied);
    return ClaimReview::of(missionPack(), state, kToday, [](const Hash&) { return nullptr; });
}

Statement gwensStatement(const ClaimReview& of, Language language) {
    const std::vector<ProofRecord> proofs = {{"identity", "original", "pasbort cyfredol", "2007-01-15", {}, ""},
                                             {"tenancy_agreement", "", "", "", {}, "gyda'r landlord"}};
    return draftStatement(of, kCrn, proofs, "working-age/1", language);
}

}  // namespace fieldclaim
