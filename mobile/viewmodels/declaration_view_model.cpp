#include "mobile/viewmodels/declaration_view_model.h"

#include <algorithm>

#include "mobile/viewmodels/words.h"
#include "shared/domain/records.h"

namespace fieldclaim::tablet {

DeclarationViewModel::DeclarationViewModel(OpenCase& open_case, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_lines({"lineId", "text", "read"}, this),
      m_receipt({"receiptKey", "label", "value"}, this),
      m_paper(
          open_case, [this] { return paperSigners(); }, this) {
    m_case.resetSaveState();
    const auto& evaluation = m_case.evaluation();
    if (evaluation.value("language") == "cy") setInWelsh(true);
    const auto answering = evaluation.value("answering_for");
    m_role = answering == "appointee" || answering == "attorney" || answering == "corporate" ? words::qt(answering)
                                                                                             : QStringLiteral("self");
    const bool half_signed = m_case.claim().review.seal_state == SealState::Partial && m_case.claim().review.seal &&
                             m_case.claim().review.seal->part != "partner";
    m_part = half_signed ? QStringLiteral("partner") : QStringLiteral("claimant");
    m_method = tabletAdmitted() ? QStringLiteral("tablet") : QStringLiteral("paper");
    connect(&m_case, &OpenCase::changed, this, [this] {
        if (m_signing) return;
        m_paper.refresh();
        refresh();
    });
    connect(&m_paper, &PaperViewModel::changed, this, [this] {
        if (!m_signing && m_method == QStringLiteral("paper")) refresh();
    });
    refresh();
}

void DeclarationViewModel::setInWelsh(bool welsh) {
    m_case.desk().askLanguage(welsh ? Language::Welsh : Language::English);
}

void DeclarationViewModel::setRole(const QString& role) {
    m_role = role;
    refresh();
}

void DeclarationViewModel::setPart(const QString& part) {
    m_part = part;
    emit changed();
}

void DeclarationViewModel::setMethod(const QString& method) {
    if (!admits(words::utf8(method))) return;
    m_method = method;
    m_error.clear();
    refresh();
}

bool DeclarationViewModel::admits(std::string_view method) const {
    if (!m_case.isLoaded()) return false;
    const auto methods = m_case.evaluation().signMethods();
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

void DeclarationViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    QList<RecordListModel::Record> lines;
    for (const auto& line : m_case.evaluation().declaration()) {
        lines.append({words::qt(line.id), words::qt(line.text.in(language())), m_read.contains(words::qt(line.id))});
    }
    m_lines.setRecords(lines);
    if (!isSigned()) draft();
    makeReceipt();
    emit changed();
}

void DeclarationViewModel::draft() {
    const auto& review = m_case.claim().review;
    m_statement.reset();
    m_digest.clear();
    m_obstacle.clear();
    if (!review.conflicts.empty()) {
        m_obstacle = tr("Two answers differ. Choose which one holds, then sign.");
        return;
    }
    for (const auto& state : m_case.evaluation().questions()) {
        if (state.relevant && state.question->declared && (state.missing || state.invalid)) {
            m_obstacle = tr("Some questions are not answered yet. They are needed before signing.");
            return;
        }
    }
    if (!maySignAs(m_case.evaluation(), words::utf8(m_role))) {
        m_obstacle =
            tr("The authority to act for the customer was not seen. Do not take a signature: record the proof "
               "first. The date of claim stays protected.");
        return;
    }
    auto statement = m_case.desk().casework().draftStatement(m_case.crn(), language());
    if (!statement) {
        m_obstacle = words::error(statement.error(), language());
        return;
    }
    // On paper it is the one that was printed.
    if (m_method == QStringLiteral("paper") && m_paper.isPrinted()) statement = *m_paper.state().statement;
    m_answers = 0;
    m_proofs = 0;
    for (const auto& line : statement->rendering) {
        if (line.kind == "answer") ++m_answers;
        if (line.kind == "proof") ++m_proofs;
    }
    m_digest = words::shortDigest(encodeStatement(*statement).digest);
    m_statement = std::move(*statement);
}

QString DeclarationViewModel::caption() const {
    QStringList names;
    for (const auto& name : m_case.evaluation().benefitsClaimed())
        names.append(words::benefit(m_case.pack(), name, language()));
    return tr("Declaration · %1").arg(names.join(QStringLiteral(", ")));
}

QString DeclarationViewModel::signerOf(const QString& part) const {
    const auto& evaluation = m_case.evaluation();
    const auto full = [&](const char* first, const char* last) {
        auto name = evaluation.value(first);
        const auto surname = evaluation.value(last);
        if (!name.empty() && !surname.empty()) name += ' ';
        return words::qt(name + surname);
    };
    if (part == QStringLiteral("partner")) return full("p_first_names", "p_surname");
    if (m_role != QStringLiteral("self")) return words::qt(evaluation.value("rep_name"));
    return full("first_names", "surname");
}

QString DeclarationViewModel::signer() const { return signerOf(m_part); }

std::vector<PaperSigner> DeclarationViewModel::paperSigners() const {
    std::vector<PaperSigner> out{{words::utf8(signerOf(QStringLiteral("claimant"))), words::utf8(m_role), "claimant"}};
    if (!parts().isEmpty()) out.push_back({words::utf8(signerOf(QStringLiteral("partner"))), "self", "partner"});
    return out;
}

QString DeclarationViewModel::signerLine() const {
    if (m_role == QStringLiteral("self")) return tr("%1, for themselves").arg(signer());
    const auto customer = words::qt(m_case.claim().review.crnNameLine());
    if (m_role == QStringLiteral("appointee")) return tr("%1, appointee of %2").arg(signer(), customer);
    if (m_role == QStringLiteral("attorney")) return tr("%1, attorney of %2").arg(signer(), customer);
    return tr("%1, for the organisation that acts for %2").arg(signer(), customer);
}

QVariantList DeclarationViewModel::roles() const {
    const auto one = [](const char* name, const QString& label, const QString& hint) {
        return QVariantMap{{QStringLiteral("name"), QString::fromLatin1(name)},
                           {QStringLiteral("label"), label},
                           {QStringLiteral("hint"), hint}};
    };
    QVariantList out{one("self", tr("The person claiming"), {})};
    const auto answering = m_case.evaluation().value("answering_for");
    if (answering == "appointee")
        out.append(one("appointee", tr("Their appointee"),
                       tr("Appointed by the Secretary of State; the form BF56 or the record was seen")));
    if (answering == "attorney")
        out.append(one("attorney", tr("Their attorney, deputy or guardian"),
                       tr("The document that gives the power was seen")));
    if (answering == "corporate") out.append(one("corporate", tr("An organisation appointed to act"), {}));
    return out;
}

QVariantList DeclarationViewModel::parts() const {
    if (m_case.evaluation().value("c_joint") != "yes") return {};
    const auto partner = signerOf(QStringLiteral("partner"));
    return {QVariantMap{{QStringLiteral("name"), QStringLiteral("claimant")},
                        {QStringLiteral("label"), words::qt(m_case.claim().review.crnNameLine())}},
            QVariantMap{{QStringLiteral("name"), QStringLiteral("partner")},
                        {QStringLiteral("label"), partner.isEmpty() ? tr("Their partner") : partner}}};
}

QString DeclarationViewModel::methodReason() const {
    if (tabletAdmitted()) return {};
    QStringList ink;
    const auto& evaluation = m_case.evaluation();
    const auto on = Date::parse(evaluation.value("claim_from")).value_or(evaluation.today());
    for (const auto& benefit : evaluation.benefitsClaimed()) {
        const auto methods = m_case.pack().parameter("sign_methods_" + benefit, on);
        if (!methods || methods->find("tablet") == std::string::npos)
            ink.append(words::benefit(m_case.pack(), benefit, language()));
    }
    if (ink.isEmpty()) return {};
    return tr("The law asks for ink on paper for %1: the statement is printed, signed, and scanned back into the "
              "claim.")
        .arg(ink.join(tr(" and ")));
}

QString DeclarationViewModel::counts() const {
    const auto answers = m_answers == 1 ? tr("1 answer") : tr("%1 answers").arg(m_answers);
    if (m_proofs == 0) return tr("Signs %1").arg(answers);
    return tr("Signs %1 and %2").arg(answers, m_proofs == 1 ? tr("1 proof") : tr("%1 proofs").arg(m_proofs));
}

QString DeclarationViewModel::halfSigned() const {
    if (!m_case.isLoaded() || m_case.claim().review.seal_state != SealState::Partial) return {};
    return tr("%1 has signed. Now %2 signs, and then the claim can be sent.")
        .arg(words::qt(m_case.claim().review.seal->signer), signer());
}

QString DeclarationViewModel::voided() const {
    if (!m_case.isLoaded()) return {};
    const auto& review = m_case.claim().review;
    if (review.seal_state != SealState::Void || !review.seal) return {};
    const auto signer = words::qt(review.seal->signer);
    return review.changed_facts.size() == 1
               ? tr("%1 signed before 1 answer changed. That signature is crossed out: sign again.").arg(signer)
               : tr("%1 signed before %2 answers changed. That signature is crossed out: sign again.")
                     .arg(signer)
                     .arg(review.changed_facts.size());
}

bool DeclarationViewModel::isSigned() const {
    if (!m_case.isLoaded()) return false;
    const auto& review = m_case.claim().review;
    return review.seal_state == SealState::Valid && (!review.submit_refused || m_resigned);
}

bool DeclarationViewModel::allRead() const {
    const auto& records = m_lines.records();
    return std::all_of(records.begin(), records.end(), [](const auto& line) { return line[2].toBool(); });
}

void DeclarationViewModel::setRead(const QString& line, bool read) {
    if (read) {
        m_read.insert(line);
    } else {
        m_read.remove(line);
    }
    m_error.clear();
    refresh();
}

void DeclarationViewModel::fail(const QString& words) {
    m_error = words;
    emit changed();
}

void DeclarationViewModel::saveClosing(const std::string& id, const std::string& value) {
    const auto* state = m_case.evaluation().find(id);
    if (state != nullptr && state->relevant && !state->question->declared)
        m_case.save(id, {Answer::Kind::Given, value});
}

bool DeclarationViewModel::submit() {
    if (!isSigned()) return false;
    if (m_submitted) return true;
    if (!m_case.done(m_case.desk().casework().submit(m_case.crn()))) {
        fail(m_case.saveError());
        return false;
    }
    m_submitted = true;
    makeReceipt();
    emit changed();
    return true;
}

}  // namespace fieldclaim::tablet
