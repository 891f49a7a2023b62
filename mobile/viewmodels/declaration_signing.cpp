#include <QJsonArray>
#include <QJsonDocument>

#include "mobile/viewmodels/declaration_view_model.h"
#include "mobile/viewmodels/words.h"
#include "shared/domain/ink.h"
#include "shared/wire/cbor.h"

// The ways to sign: on the pad, with a mark before a witness, in ink on paper.
namespace fieldclaim::tablet {
namespace {

const QString kInkDraft = QStringLiteral("ink");

/// SignaturePad gives four numbers a point (x, y, ms, pressure); a seal keeps three: pressure says nothing lawful.
std::optional<Bytes> strokesOf(const QString& json) {
    const auto strokes = QJsonDocument::fromJson(json.toUtf8()).array();
    Value::List out;
    for (const auto& stroke : strokes) {
        const auto numbers = stroke.toArray();
        if (numbers.isEmpty() || numbers.size() % 4 != 0) return std::nullopt;
        Value::List points;
        for (qsizetype i = 0; i < numbers.size(); i += 4) {
            for (qsizetype part = 0; part < 3; ++part)
                points.emplace_back(static_cast<std::int64_t>(numbers[i + part].toInteger()));
        }
        out.emplace_back(std::move(points));
    }
    if (out.empty()) return std::nullopt;
    return encodeCbor(Value(std::move(out)));
}

}  // namespace

bool DeclarationViewModel::signWith(Casework::Signing signing) {
    if (isSigned()) return true;  // a second press of the same button (hazard H46)
    if (!m_statement) {
        fail(m_obstacle);
        return false;
    }
    if (!allRead()) {
        fail(tr("Tick each line when it has been read"));
        return false;
    }
    signing.signer = words::utf8(signer());
    signing.part = words::utf8(m_part);
    signing.role = m_part == QStringLiteral("partner") ? "self" : words::utf8(m_role);
    m_signing = true;
    const auto status = m_case.desk().casework().sign(m_case.crn(), *m_statement, signing);
    m_resigned = status && m_case.claim().review.submit_refused;
    if (status) {
        saveClosing("declared", "yes");
        saveClosing("sign_method", signing.method);
        saveClosing("sign_role", signing.role);
        if (!signing.witness.empty()) saveClosing("witness", signing.witness);
    }
    m_signing = false;
    if (!status) {
        // The claim moved on while it was read out: the statement is made afresh, and has to be read again.
        refresh();
        fail(words::error(status.error(), language()));
        return false;
    }
    m_error.clear();
    refresh();
    if (m_case.claim().review.seal_state == SealState::Partial) {
        m_part = signing.part == "partner" ? QStringLiteral("claimant") : QStringLiteral("partner");
        emit changed();
        emit nextSigner();
        return true;
    }
    emit changed();
    emit signedNow();
    return true;
}

bool DeclarationViewModel::sign(const QString& strokes_json) {
    auto strokes = strokesOf(strokes_json);
    if (!strokes) {
        fail(tr("Sign inside the box first"));
        return false;
    }
    Casework::Signing signing;
    signing.method = "tablet";
    signing.strokes = std::move(*strokes);
    return signWith(std::move(signing));
}

bool DeclarationViewModel::isWitness(const QString& name) {
    if (name.isEmpty()) {
        fail(tr("Enter the witness's full name"));
        return false;
    }
    if (name.compare(words::qt(m_case.desk().casework().officer().name), Qt::CaseInsensitive) == 0) {
        fail(tr("The witness must be someone other than you"));
        return false;
    }
    if (name.compare(signer(), Qt::CaseInsensitive) == 0) {
        fail(tr("The witness must be someone other than the one who signs"));
        return false;
    }
    return true;
}

bool DeclarationViewModel::signWithMark(const QString& strokes_json, const QString& witness) {
    const auto name = witness.simplified();
    if (!isWitness(name)) return false;
    auto strokes = strokesOf(strokes_json);
    if (!strokes) {
        fail(tr("The mark goes inside the box"));
        return false;
    }
    Casework::Signing signing;
    signing.method = "mark";
    signing.witness = words::utf8(name);
    signing.strokes = std::move(*strokes);
    return signWith(std::move(signing));
}

bool DeclarationViewModel::signWithPress(const QString& witness) {
    const auto name = witness.simplified();
    if (!isWitness(name)) return false;
    Casework::Signing signing;
    signing.method = "mark";
    signing.witness = words::utf8(name);
    return signWith(std::move(signing));
}

void DeclarationViewModel::keepInk(const QString& witness) {
    m_case.keepDraft(kInkDraft, {{QStringLiteral("witness"), witness},
                                 {QStringLiteral("role"), m_role},
                                 {QStringLiteral("part"), m_part},
                                 {QStringLiteral("digest"), m_digest},
                                 {QStringLiteral("read"), QStringList(m_read.values())}});
}

void DeclarationViewModel::resumeInk() {
    setMethod(QStringLiteral("paper"));
    const auto kept = m_case.takeDraft(kInkDraft);
    if (kept.isEmpty()) return;
    m_ink_witness = kept.value(QStringLiteral("witness")).toString();
    m_role = kept.value(QStringLiteral("role")).toString();
    m_part = kept.value(QStringLiteral("part")).toString();
    refresh();
    if (m_digest.isEmpty() || m_digest != kept.value(QStringLiteral("digest")).toString()) return;
    const auto read = kept.value(QStringLiteral("read")).toStringList();
    m_read = {read.begin(), read.end()};
    refresh();
}

bool DeclarationViewModel::signOnPaper(const QString& witness) {
    const auto name = witness.simplified();
    if (!name.isEmpty() && !isWitness(name)) return false;
    if (!isSigned() && !m_paper.isComplete()) {
        fail(tr("Scan every page of the signed statement first"));
        return false;
    }
    if (m_paper.isPrinted()) m_statement = m_paper.state().statement;
    auto signing = InkRoute::signing(m_paper.state());
    signing.witness = words::utf8(name);
    return signWith(std::move(signing));
}

}  // namespace fieldclaim::tablet
