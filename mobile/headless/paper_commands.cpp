#include <QFile>
#include <QSaveFile>

#include "mobile/casework/ink_route.h"
#include "mobile/headless/command_list.h"
#include "mobile/paper/scan_reader.h"
#include "shared/document/papers.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

Result<json> write(Session& session, const std::string& crn, const Statement& statement, const Result<Bytes>& pdf) {
    TRY(pdf);
    const auto path = session.arguments.option("out");
    if (path.empty()) return fail(ErrorCode::BadInput, "--out is needed");
    QSaveFile file(QString::fromStdString(path));
    const auto size = static_cast<qint64>(pdf->size());
    if (!file.open(QIODevice::WriteOnly) || file.write(reinterpret_cast<const char*>(pdf->data()), size) != size ||
        !file.commit())
        return fail(ErrorCode::Storage, "cannot write " + path);
    return json{{"crn", crn}, {"digest", toHex(encodeStatement(statement).digest)}, {"file", path}};
}

/// What stands signed, with what goes with it.
struct Signed {
    std::string crn;
    std::shared_ptr<const Statement> statement;
    std::vector<Seal> seals;
    ClaimOutlook outlook;
};

Result<Signed> signedClaim(Session& session) {
    TRY(session.openCasework());
    Signed out;
    ASSIGN(out.crn, session.crn());
    ASSIGN(const auto claim, session.casework->open(out.crn));
    out.statement = claim.review.statement;
    if (!out.statement) return fail(ErrorCode::NotFound, "nothing is signed, or the statement is not here");
    session.casework->noteView(out.crn);
    out.seals = sealsOf(claim.state);
    out.outlook = outlookOf(claim.review, out.statement->language, session.casework->siteName(),
                            session.casework->officer().name);
    return out;
}

const char* nameOf(ScanFate fate) {
    switch (fate) {
        case ScanFate::Taken:
            return "taken";
        case ScanFate::Copy:
            return "a copy, which nobody signs";
        case ScanFate::OtherClaim:
            return "of another claim";
        case ScanFate::OldStatement:
            return "of an older statement: print it again";
        case ScanFate::OtherPrinting:
            return "of another printing";
        case ScanFate::NoCode:
            break;
    }
    return "no code that can be read: scan it again";
}

}  // namespace

Result<json> saveStatementPdf(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    const auto language = session.arguments.option("language") == "cy" ? Language::Welsh : Language::English;
    ASSIGN(const auto statement, InkRoute(*session.casework).print(crn, language));
    ASSIGN(const auto claim, session.casework->open(crn));
    std::vector<PaperSigner> signers{{session.arguments.option("signer", claim.review.crnNameLine())}};
    if (claim.review.evaluation.value("c_joint") == "yes") {
        const auto& evaluation = claim.review.evaluation;
        signers.push_back({evaluation.value("p_first_names") + " " + evaluation.value("p_surname"), "self", "partner"});
    }
    return write(session, crn, statement, statementToSignPdf(statement, signers));
}

Result<json> saveCopyPdf(Session& session) {
    ASSIGN(const auto claim, signedClaim(session));
    return write(session, claim.crn, *claim.statement, customerCopyPdf(*claim.statement, claim.seals, claim.outlook));
}

Result<json> saveReceiptPdf(Session& session) {
    ASSIGN(const auto claim, signedClaim(session));
    return write(session, claim.crn, *claim.statement, receiptPdf(*claim.statement, claim.seals, claim.outlook));
}

Result<json> scanPages(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto crn, session.crn());
    if (session.arguments.words.size() < 3) return fail(ErrorCode::BadInput, "missing: the pictures");
    InkRoute ink(*session.casework);
    json out = json::array();
    for (std::size_t i = 2; i < session.arguments.words.size(); ++i) {
        const auto& path = session.arguments.words[i];
        ASSIGN(const auto text, readText(path));
        ASSIGN(const auto page, readScan(asBytes(text)));
        ASSIGN(const auto outcome, ink.take(crn, page.jpeg, page.mark));
        out.push_back(
            {{"file", path}, {"page", outcome.page}, {"pages", outcome.pages}, {"result", nameOf(outcome.fate)}});
    }
    ASSIGN(const auto state, ink.state(crn));
    return json{{"crn", crn}, {"scans", out}, {"complete", state.isComplete()}};
}

}  // namespace fieldclaim::tablet
