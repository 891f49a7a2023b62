#include "shared/domain/statement.h"

#include <algorithm>

#include "shared/crypto/crypto.h"
#include "shared/domain/claim_answers.h"
#include "shared/wire/cbor.h"

namespace fieldclaim {

StatementBlob encodeStatement(const Statement& statement) {
    Value::Map facts;
    for (const auto& [key, answer] : statement.facts) facts.emplace(answerPath(key), encodeAnswer(answer));
    Value::List rendering;
    for (const auto& line : statement.rendering) rendering.push_back(Value::List{line.kind, line.label, line.value});
    StatementBlob out;
    out.bytes = encodeCbor(Value::List{"fieldclaim/statement/1",
                                       Value::Map{{"claim", statement.claim},
                                                  {"pack", statement.pack},
                                                  {"language", statement.language == Language::Welsh ? "cy" : "en"},
                                                  {"as_of", statement.as_of},
                                                  {"declared", std::move(facts)}},
                                       std::move(rendering)});
    out.digest = sha256(out.bytes);
    return out;
}

Result<Statement> decodeStatement(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes));
    ListReader in(value, "statement", 3);
    const auto tag = in.text();
    const auto& facts = in.any();
    const auto& rendering = in.list();
    TRY(in.finish());
    if (tag != "fieldclaim/statement/1" || facts.at("declared").map() == nullptr)
        return fail(ErrorCode::BadInput, "not a statement");
    Statement out;
    out.claim = facts.textAt("claim");
    out.pack = facts.textAt("pack");
    out.language = facts.textAt("language") == "cy" ? Language::Welsh : Language::English;
    out.as_of = facts.textAt("as_of");
    TRY(Date::parse(out.as_of));
    for (const auto& [path, fact] : *facts.at("declared").map()) {
        auto answer = decodeAnswer(fact);
        if (!answer || !path.starts_with("a/")) return fail(ErrorCode::BadInput, "a statement's fact has no value");
        out.facts.emplace(path.substr(2), std::move(*answer));
    }
    for (const auto& item : rendering) {
        ListReader line(item, "line", 3);
        RenderedLine rendered;
        rendered.kind = line.text();
        rendered.label = line.text();
        rendered.value = line.text();
        TRY(line.finish());
        out.rendering.push_back(std::move(rendered));
    }
    // What is signed is what is read: a statement that says more, or says it otherwise, is none.
    const auto same = encodeStatement(out).bytes;
    if (!std::equal(same.begin(), same.end(), bytes.begin(), bytes.end()))
        return fail(ErrorCode::BadInput, "a statement says something that is not read");
    return out;
}

}  // namespace fieldclaim
