#include "mobile/viewmodels/duplicate_view_model.h"

#include <array>
#include <utility>

#include "mobile/viewmodels/words.h"
#include "shared/base/text.h"
#include "shared/domain/claim_answers.h"

namespace fieldclaim::tablet {

QString words::likeness(const std::set<Likeness>& why) {
    QStringList out;
    for (const auto one : why) {
        switch (one) {
            case Likeness::Nino:
                out.append(DuplicateViewModel::tr("the same National Insurance number"));
                break;
            case Likeness::NameAndBirth:
                out.append(DuplicateViewModel::tr("the same surname and date of birth"));
                break;
            case Likeness::PostcodeAndBirth:
                out.append(DuplicateViewModel::tr("the same postcode and date of birth"));
                break;
        }
    }
    return out.join(QStringLiteral(" · "));
}

namespace {

/// What tells one person from another, in the order in which one looks at it; what a pack does not ask is passed over.
constexpr std::array kCompared = {
    "nino",  "surname", "first_names", "other_names",      "dob",           "addr1",     "town", "postcode",
    "phone", "partner", "p_surname",   "benefits_claimed", "first_contact", "claim_from"};

std::string folded(const QString& words) {
    auto out = foldName(words::utf8(words));
    std::erase(out, ' ');
    return out;
}

}  // namespace

DuplicateViewModel::DuplicateViewModel(OpenCase& open_case, const std::string& other, QObject* parent)
    : QObject(parent),
      m_case(open_case),
      m_other(other),
      m_facts({"factKey", "label", "here", "there", "same", "mark"}, this),
      m_candidates({"other", "label", "detail"}, this) {
    m_case.resetSaveState();
    connect(&m_case, &OpenCase::changed, this, &DuplicateViewModel::refresh);
    connect(&m_case.desk(), &Desk::claimChanged, this, [this](const QString& crn) {
        if (words::utf8(crn) == m_other) refresh();
    });
    refresh();
    if (m_other_claim) m_case.desk().casework().noteView(m_other);
}

QString DuplicateViewModel::number() const { return words::qt(Crn::display(m_case.crn())); }
QString DuplicateViewModel::otherNumber() const { return words::qt(Crn::display(m_other)); }
QString DuplicateViewModel::other() const { return words::qt(m_other); }

void DuplicateViewModel::refresh() {
    if (!m_case.isLoaded()) return;
    auto& casework = m_case.desk().casework();
    auto opened = casework.open(m_other);
    if (!opened) {
        m_error = words::error(opened.error(), m_case.desk().language());
        emit changed();
        return;
    }
    m_other_claim.emplace(std::move(*opened));
    const auto name = [](const OpenClaim& claim) {
        return claim.summary.name.empty() ? tr("No name yet") : words::qt(claim.summary.name);
    };
    m_name = name(m_case.claim());
    m_other_name = name(*m_other_claim);
    QList<RecordListModel::Record> candidates;
    m_why.clear();
    if (const auto found = casework.possibleDuplicatesOf(m_case.crn())) {
        for (const auto& one : *found) {
            const auto why = words::likeness(one.why);
            if (one.other == m_other) m_why = why;
            candidates.append({words::qt(one.other), words::qt(Crn::display(one.other)), why});
        }
    }
    m_candidates.setRecords(candidates);
    refreshFacts();
    refreshDecision();
    refreshWithdrawable();
    emit changed();
}

QString DuplicateViewModel::valueOf(const OpenClaim& claim, const Question& question) const {
    const auto answer = decodeAnswer(claim.state.value(answerPath(question.id)));
    return answer ? m_case.answerWords(question, *answer, m_case.desk().language()) : QString();
}

void DuplicateViewModel::refreshFacts() {
    const auto language = m_case.desk().language();
    QList<RecordListModel::Record> facts;
    for (const auto* id : kCompared) {
        const auto* question = m_case.pack().find(id);
        if (question == nullptr) continue;
        const auto here = valueOf(m_case.claim(), *question);
        const auto there = valueOf(*m_other_claim, *question);
        if (here.isEmpty() && there.isEmpty()) continue;
        const bool known = !here.isEmpty() && !there.isEmpty();
        const bool same = known && folded(here) == folded(there);
        facts.append({QString::fromLatin1(id),
                      words::qt(m_case.evaluation().fill(question->label.in(language), {}, language)), here, there,
                      same,
                      same    ? tr("Agrees")
                      : known ? tr("Differs")
                              : tr("Not in both")});
    }
    m_facts.setRecords(facts);
}

void DuplicateViewModel::refreshDecision() {
    m_decided.clear();
    const auto told = [&](const OpenClaim& claim, const std::string& other) {
        for (const auto& link : linksOf(claim.state)) {
            if (link.other != other) continue;
            QString who;
            for (const auto& officer : m_case.desk().casework().officers()) {
                if (officer.id == link.officer) who = words::qt(officer.name);
            }
            if (who.isEmpty()) who = tr("An officer");
            if (link.same) return tr("%1 linked the two: one person.").arg(who);
            return tr("%1 keeps the two apart: %2").arg(who, words::qt(link.reason));
        }
        return QString();
    };
    m_decided = told(m_case.claim(), m_other);
    if (m_decided.isEmpty()) m_decided = told(*m_other_claim, m_case.crn());
    for (const OpenClaim* claim : {&m_case.claim(), std::as_const(m_other_claim).operator->()}) {
        const auto number = words::qt(Crn::display(claim->crn));
        const auto asked = m_case.desk().casework().withdrawalAsked(claim->crn);
        QString text;
        if (claim->review.withdrawn) {
            text = tr("Claim %1 was withdrawn.").arg(number);
        } else if (asked && *asked) {
            text = tr("The withdrawal of claim %1 is asked for; the server decides.").arg(number);
        }
        if (!text.isEmpty()) m_decided += (m_decided.isEmpty() ? QString() : QStringLiteral(" ")) + text;
    }
}

void DuplicateViewModel::refreshWithdrawable() {
    m_withdrawable.clear();
    const auto language = m_case.desk().language();
    for (const OpenClaim* claim : {&m_case.claim(), std::as_const(m_other_claim).operator->()}) {
        const auto asked = m_case.desk().casework().withdrawalAsked(claim->crn);
        if (claim->review.withdrawn || (asked && *asked)) continue;
        const auto begun = claim->summary.first_contact.empty()
                               ? words::moment(claim->summary.begun_ms, m_case.desk().casework().today(), language)
                               : words::spokenIso(claim->summary.first_contact, language);
        m_withdrawable.append(QVariantMap{
            {QStringLiteral("name"), words::qt(claim->crn)},
            {QStringLiteral("label"), tr("End claim %1").arg(words::qt(Crn::display(claim->crn)))},
            {QStringLiteral("hint"), tr("%1, first contact %2").arg(words::standing(claim->summary).text, begun)}});
    }
}

bool DuplicateViewModel::done(const Status& status) {
    const bool saved = m_case.done(status);
    m_error = m_case.saveError();
    emit changed();
    return saved;
}

void DuplicateViewModel::link() {
    if (done(m_case.desk().casework().decideDuplicate(m_case.crn(), m_other, true, {}))) emit settled();
}

bool DuplicateViewModel::keepApart(const QString& reason) {
    if (reason.trimmed().isEmpty()) {
        m_error = tr("Say why these are two people: whoever looks next can rely on it");
        emit changed();
        return false;
    }
    if (!done(m_case.desk().casework().decideDuplicate(m_case.crn(), m_other, false, words::utf8(reason))))
        return false;
    emit settled();
    return true;
}

void DuplicateViewModel::withdraw(const QString& crn) {
    const auto ends = words::utf8(crn);
    if (ends != m_other && ends != m_case.crn()) return;
    const auto& goes_on = ends == m_other ? m_case.crn() : m_other;
    if (done(m_case.desk().casework().withdrawDuplicate(ends, goes_on))) emit settled();
}

}  // namespace fieldclaim::tablet
