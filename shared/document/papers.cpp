#include "shared/document/papers.h"

#include <algorithm>

#include "shared/base/date.h"
#include "shared/base/ids.h"
#include "shared/document/page_flow.h"
#include "shared/document/page_mark.h"
#include "shared/forms/date_text.h"
#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

const LocalText kCopyTitle{"Your copy of your claim", "Eich copi o'ch hawliad"};
const LocalText kReceiptTitle{"Receipt for your claim", "Derbynneb am eich hawliad"};
const LocalText kReadFirst{
    "Please read this statement, or have it read to you. If anything in it is wrong, do not sign: tell the officer, "
    "who "
    "will put it right and print it again.",
    "Darllenwch y datganiad hwn, neu gofynnwch i rywun ei ddarllen i chi. Os oes unrhyw beth ynddo'n anghywir, "
    "peidiwch "
    "â llofnodi: dywedwch wrth y swyddog, a fydd yn ei gywiro ac yn ei argraffu eto."};
const LocalText kSignHere{"Sign here", "Llofnodwch yma"};
const LocalText kSignature{"Signature of ", "Llofnod "};
const LocalText kFullName{"Full name", "Enw llawn"};
const LocalText kDate{"Date", "Dyddiad"};
const LocalText kIfMark{
    "Someone who cannot write makes a mark in the box for the signature. A witness who saw it made, and is not the "
    "officer, fills in the boxes below.",
    "Bydd rhywun na all ysgrifennu yn gwneud marc yn y blwch ar gyfer y llofnod. Bydd tyst a welodd y marc yn cael ei "
    "wneud, ac nad yw'n swyddog, yn llenwi'r blychau isod."};
const LocalText kWitnessName{"Witness's full name", "Enw llawn y tyst"};
const LocalText kWitnessSignature{"Witness's signature", "Llofnod y tyst"};
const LocalText kHowSigned{"How it was signed", "Sut y cafodd ei lofnodi"};
const LocalText kSignedBy{"Signed by", "Llofnodwyd gan"};
const LocalText kSigned{"Signed on", "Llofnodwyd ar"};
const LocalText kMethod{"Method", "Dull"};
const LocalText kWitness{"Witness", "Tyst"};
const LocalText kDigest{"Digest of the statement", "Crynodeb o'r datganiad"};
const LocalText kNotSigned{"This statement is not signed.", "Nid yw'r datganiad hwn wedi'i lofnodi."};
const LocalText kStillToBring{"What you still have to bring", "Yr hyn y mae angen i chi ei ddangos o hyd"};
const LocalText kBringBy{"Please bring these by ", "Dewch â'r rhain erbyn "};
const LocalText kBringSoon{"Please bring these as soon as you can.", "Dewch â'r rhain cyn gynted ag y gallwch."};
const LocalText kBringLater{". What comes later may change the day from which you are paid.",
                            ". Gall yr hyn a ddaw yn hwyrach newid y diwrnod y cewch eich talu ohono."};
const LocalText kNothingToBring{"Nothing. All the proof that is needed has been seen.",
                                "Dim byd. Mae'r holl brawf sydd ei angen wedi'i weld."};
const LocalText kOriginal{" (the original)", " (y gwreiddiol)"};
const LocalText kCopyWillDo{" (a copy will do)", " (mae copi'n ddigon)"};
const LocalText kOr{" or ", " neu "};
const LocalText kWhomToCall{"Whom to call", "Â phwy i gysylltu"};
const LocalText kOffice{"Office", "Swyddfa"};
const LocalText kOfficer{"Officer", "Swyddog"};
const LocalText kTelephone{"Telephone", "Ffôn"};
const LocalText kSayNumber{
    "Say your claim number. Tell the office at once about any change that could affect your claim.",
    "Rhowch rif eich hawliad. Dywedwch wrth y swyddfa ar unwaith am unrhyw newid a allai effeithio "
    "ar eich hawliad."};
const LocalText kYourClaim{"Your claim", "Eich hawliad"};
const LocalText kBenefits{"Claimed", "Hawliwyd"};
const LocalText kDateOfClaim{"Date of claim", "Dyddiad yr hawliad"};
const LocalText kAnswersSigned{"Answers signed", "Atebion a lofnodwyd"};
const LocalText kWhatNext{"What happens next", "Beth sy'n digwydd nesaf"};

const LocalText kNextSent{"Your claim is sent to the offices that decide it. You need do nothing for that.",
                          "Anfonir eich hawliad at y swyddfeydd sy'n penderfynu arno. Nid oes angen i chi wneud dim ar "
                          "gyfer hynny."};
const LocalText kNextProof{"Show us the proof that is listed above.", "Dangoswch i ni'r prawf a restrir uchod."};
const LocalText kNextLetter{"You will be told what was decided, and how to appeal if you disagree.",
                            "Cewch wybod beth a benderfynwyd, a sut i apelio os ydych yn anghytuno."};

LocalText roleText(const std::string& role, const std::string& part) {
    if (part == "partner") return {"the partner", "y partner"};
    if (role == "appointee") return {"the appointee", "y penodai"};
    if (role == "attorney") return {"the attorney, deputy or guardian", "yr atwrnai, y dirprwy neu'r gwarcheidwad"};
    if (role == "corporate") return {"for the organisation that is appointee", "ar ran y sefydliad sy'n benodai"};
    return {"the person claiming", "y person sy'n hawlio"};
}

LocalText methodText(const Seal& seal) {
    if (seal.method == "tablet") return {"Signed on the tablet", "Llofnodwyd ar y llechen"};
    if (seal.method == "mark") return {"A mark made before a witness", "Marc a wnaed gerbron tyst"};
    if (!seal.witness.empty())
        return {"A mark in ink on the printed statement, before a witness",
                "Marc mewn inc ar y datganiad printiedig, gerbron tyst"};
    return {"In ink on the printed statement", "Mewn inc ar y datganiad printiedig"};
}

std::string dayOf(const Seal& seal, Language language) {
    return spokenDate(Date::fromWallMs(seal.device_time), language);
}

/// The strokes of the pad, whose units are ten thousandths; none for any other bytes.
std::vector<PenStroke> drawingOf(const Seal& seal) {
    std::vector<PenStroke> out;
    const auto value = decodeCbor(seal.strokes);
    const auto* strokes = value ? value->list() : nullptr;
    if (strokes == nullptr) return out;
    for (const auto& stroke : *strokes) {
        const auto* numbers = stroke.list();
        if (numbers == nullptr || numbers->size() % 3 != 0) return {};
        PenStroke points;
        for (std::size_t i = 0; i < numbers->size(); i += 3) {
            const auto* x = (*numbers)[i].integer();
            const auto* y = (*numbers)[i + 1].integer();
            if (x == nullptr || y == nullptr) return {};
            const auto part = [](std::int64_t unit) {
                return static_cast<double>(std::clamp<std::int64_t>(unit, 0, 10'000)) / 10'000;
            };
            points.emplace_back(part(*x), part(*y));
        }
        out.push_back(std::move(points));
    }
    return out;
}

bool isTitle(const RenderedLine& line) { return line.kind == "title"; }

PageFrame frameOf(const Statement& statement, const std::string& title, const std::string& created) {
    PageFrame out;
    out.title = title;
    out.language = statement.language;
    out.crn = statement.claim;
    out.digest = encodeStatement(statement).digest;
    out.created = created;
    // The statement's own lines at its head: title, claim number, name where it is known, day.
    std::size_t lines = 0;
    for (const auto& line : statement.rendering) lines += isTitle(line) ? 1 : 0;
    std::size_t at = 0;
    for (const auto& line : statement.rendering) {
        if (isTitle(line) && ++at == 3 && lines > 3) out.subtitle = line.value;
    }
    return out;
}

std::string titleOf(const Statement& statement) {
    const auto found = std::find_if(statement.rendering.begin(), statement.rendering.end(), isTitle);
    return found == statement.rendering.end() ? statement.claim : found->label;
}

std::vector<Seal> sealsOver(const Hash& digest, const std::vector<Seal>& seals) {
    std::vector<Seal> out;
    std::copy_if(seals.begin(), seals.end(), std::back_inserter(out),
                 [&](const Seal& seal) { return seal.digest == digest; });
    std::stable_sort(out.begin(), out.end(),
                     [](const Seal& a, const Seal& b) { return (a.part == "partner") < (b.part == "partner"); });
    return out;
}

/// The moment that the paper is of: of the last signature, else the statement's day.
std::string createdBy(const Statement& statement, const std::vector<Seal>& seals) {
    std::int64_t last = 0;
    for (const auto& seal : seals) last = std::max(last, seal.device_time);
    return last > 0 ? isoTime(last) : statement.as_of + "T00:00:00Z";
}

void draw(PageFlow& flow, const Statement& statement) {
    // Title and claim number are in the head of the page.
    std::size_t titles = 0;
    int declared = 0;
    for (const auto& line : statement.rendering) {
        if (isTitle(line)) {
            if (++titles > 2) flow.row(line.label, line.value);
        } else if (line.kind == "section") {
            flow.section(line.value.empty() ? line.label : line.label + " · " + line.value);
        } else if (line.kind == "declaration") {
            flow.point(std::to_string(++declared) + ".", line.value);
        } else {
            flow.row(line.label, line.value);
        }
    }
}

void drawSignatures(PageFlow& flow, const std::vector<Seal>& seals, const Hash& digest, Language language) {
    flow.section(kHowSigned.in(language));
    if (seals.empty()) flow.paragraph(kNotSigned.in(language));
    for (const auto& seal : seals) {
        flow.row(kSignedBy.in(language), seal.signer + " (" + roleText(seal.role, seal.part).in(language) + ")");
        flow.row(kSigned.in(language), dayOf(seal, language));
        flow.row(kMethod.in(language), methodText(seal).in(language));
        if (!seal.witness.empty()) flow.row(kWitness.in(language), seal.witness);
        if (auto drawing = drawingOf(seal); !drawing.empty()) {
            flow.space(4);
            flow.boxes(
                {{kSignature.in(language) + seal.signer, 3, "", std::move(drawing)}, {"", 2, dayOf(seal, language)}},
                80);
        }
    }
    flow.row(kDigest.in(language), inGroups(digest));
}

void drawToBring(PageFlow& flow, const ClaimOutlook& outlook, Language language, bool in_short) {
    flow.section(kStillToBring.in(language));
    if (outlook.to_bring.empty()) {
        flow.paragraph(kNothingToBring.in(language));
        return;
    }
    flow.paragraph(outlook.bring_by.empty() ? kBringSoon.in(language)
                                            : kBringBy.in(language) + outlook.bring_by + kBringLater.in(language));
    for (const auto& proof : outlook.to_bring) {
        const auto& which = (proof.original ? kOriginal : kCopyWillDo).in(language);
        if (in_short) {
            flow.point("•", proof.label + which);
            continue;
        }
        std::string accepted;
        for (std::size_t i = 0; i < proof.accepted.size(); ++i) {
            const bool last = i + 1 == proof.accepted.size();
            accepted += (i == 0 ? std::string() : last ? kOr.in(language) : std::string(", ")) + proof.accepted[i];
        }
        flow.row(proof.label, accepted + which);
    }
}

void drawWhomToCall(PageFlow& flow, const ClaimOutlook& outlook, Language language) {
    flow.section(kWhomToCall.in(language));
    if (!outlook.office.empty()) flow.row(kOffice.in(language), outlook.office);
    if (!outlook.officer.empty()) flow.row(kOfficer.in(language), outlook.officer);
    if (!outlook.telephone.empty()) flow.row(kTelephone.in(language), outlook.telephone);
    flow.paragraph(kSayNumber.in(language));
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : "\n") + text;
    return out;
}

}  // namespace

Result<Bytes> statementToSignPdf(const Statement& statement, const std::vector<PaperSigner>& signers) {
    const auto language = statement.language;
    auto frame = frameOf(statement, titleOf(statement), createdBy(statement, {}));
    frame.to_sign = true;
    return drawPaper(frame, [&](PageFlow& flow) {
        flow.paragraph(kReadFirst.in(language));
        draw(flow, statement);
        constexpr double kBlock = 260;  // what belongs to one signature stands on one page
        for (const auto& signer : signers) {
            flow.keep(kBlock);
            flow.section(kSignHere.in(language));
            flow.boxes(
                {{kSignature.in(language) + signer.name + " (" + roleText(signer.role, signer.part).in(language) + ")",
                  3},
                 {kDate.in(language), 1}},
                72);
            flow.boxes({{kFullName.in(language), 1, signer.name}}, 30);
            flow.paragraph(kIfMark.in(language), {8.5});
            flow.boxes({{kWitnessName.in(language), 2}, {kWitnessSignature.in(language), 2}, {kDate.in(language), 1}},
                       34);
        }
    });
}

Result<Bytes> signedStatementPdf(const Statement& statement, const std::vector<Seal>& seals) {
    const auto own = sealsOver(encodeStatement(statement).digest, seals);
    const auto frame = frameOf(statement, titleOf(statement), createdBy(statement, own));
    return drawPaper(frame, [&](PageFlow& flow) {
        draw(flow, statement);
        drawSignatures(flow, own, frame.digest, statement.language);
    });
}

Result<Bytes> customerCopyPdf(const Statement& statement, const std::vector<Seal>& seals, const ClaimOutlook& outlook) {
    const auto language = statement.language;
    const auto own = sealsOver(encodeStatement(statement).digest, seals);
    const auto frame = frameOf(statement, kCopyTitle.in(language), createdBy(statement, own));
    return drawPaper(frame, [&](PageFlow& flow) {
        drawToBring(flow, outlook, language, false);
        drawWhomToCall(flow, outlook, language);
        flow.section(titleOf(statement));
        draw(flow, statement);
        drawSignatures(flow, own, frame.digest, language);
    });
}

Result<Bytes> receiptPdf(const Statement& statement, const std::vector<Seal>& seals, const ClaimOutlook& outlook) {
    const auto language = statement.language;
    const auto own = sealsOver(encodeStatement(statement).digest, seals);
    const auto frame = frameOf(statement, kReceiptTitle.in(language), createdBy(statement, own));
    return drawPaper(frame, [&](PageFlow& flow) {
        flow.section(kYourClaim.in(language));
        flow.row(kBenefits.in(language), joined(outlook.benefits));
        if (!outlook.date_of_claim.empty()) flow.row(kDateOfClaim.in(language), outlook.date_of_claim);
        const auto answers = std::count_if(statement.rendering.begin(), statement.rendering.end(),
                                           [](const RenderedLine& line) { return line.kind == "answer"; });
        if (!own.empty()) flow.row(kAnswersSigned.in(language), std::to_string(answers));
        for (const auto& seal : own) {
            flow.row(kSignedBy.in(language), seal.signer + " (" + roleText(seal.role, seal.part).in(language) + ")\n" +
                                                 methodText(seal).in(language) + ", " + dayOf(seal, language));
        }
        if (own.empty()) flow.paragraph(kNotSigned.in(language));
        drawToBring(flow, outlook, language, true);
        flow.section(kWhatNext.in(language));
        int number = 0;
        const auto next = [&](const LocalText& text) { flow.point(std::to_string(++number) + ".", text.in(language)); };
        next(kNextSent);
        if (!outlook.to_bring.empty()) next(kNextProof);
        next(kNextLetter);
        drawWhomToCall(flow, outlook, language);
    });
}

}  // namespace fieldclaim
