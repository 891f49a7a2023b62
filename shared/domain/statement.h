#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/forms/evaluation.h"
#include "shared/wire/value.h"

namespace fieldclaim {

/// One line as it was shown to the customer.
struct RenderedLine {
    std::string kind;  ///< title, section, answer, proof, declaration
    std::string label;
    std::string value;
    bool operator==(const RenderedLine&) const = default;
};

/// What the customer signs (architecture.md part 8): made once, where it is signed, kept as a blob and never made
/// again.
struct Statement {
    std::string claim;  ///< CRN
    std::string pack;   ///< "working-age/2006.12.20-1"
    Language language = Language::English;
    std::string as_of;                    ///< ISO date: today() for this claim from now on
    std::map<std::string, Answer> facts;  ///< every declared key with its value
    std::vector<RenderedLine> rendering;
    bool operator==(const Statement&) const = default;
};

/// The statement's bytes and its digest: the SHA-256 of the bytes, which is also the blob's name.
struct StatementBlob {
    Bytes bytes;
    Hash digest{};
};
StatementBlob encodeStatement(const Statement& statement);
/// BadInput for bytes that encodeStatement would not have written, to the last one: nothing is signed that is not read.
Result<Statement> decodeStatement(ByteView bytes);

}  // namespace fieldclaim
