#include "tests/integration/journey/pages.h"

#include <cmath>

namespace fieldclaim::journey {
namespace {

/// More than any claim has.
constexpr int kMostPages = 150;

}  // namespace

void SetupPage::enrol(const QString& server, const QString& code) {
    m_window.awaitPage("setup");
    m_hand.write("setup.server/input", server);
    m_hand.write("setup.code/input", code);
    m_hand.press("button.continue");
    m_window.awaitThat(
        "the server's officers", [&] { return !m_window.list("setup.officer/option_").isEmpty(); }, 30'000);
}

void SetupPage::chooseFirstOfficer() {
    m_hand.choose("setup.officer", m_window.list("setup.officer/option_").constFirst().mid(7));
    m_hand.press("button.continue");
}

void SetupPage::finish(const QString& one_time_code, const QString& passphrase) {
    m_hand.write("setup.oneTimeCode/input", one_time_code);
    m_hand.write("setup.passphrase/input", passphrase);
    m_hand.press("button.continue");
    m_window.awaitPage("today", 60'000);
}

void UnlockPage::unlock(const QString& passphrase) {
    m_window.awaitPage("unlock");
    const auto officers = m_window.list("officer/option_");
    if (!officers.isEmpty()) m_hand.choose("officer", officers.constFirst().mid(7));
    m_hand.write("passphrase/input", passphrase);
    m_hand.press("button.unlock");
    m_window.awaitThat(
        "the unlocked tablet", [&] { return m_window.page() != "unlock"; }, 30'000);
    m_window.settle();
}

void Bar::goToday() {
    m_hand.press("home");
    m_window.awaitPage("today");
}

void Bar::goSending() {
    m_hand.press("strip");
    m_window.awaitPage("sending");
}

void TodayPage::newClaim() {
    m_hand.press("button.newClaim");
    m_window.awaitPage("question");
}

void TodayPage::openClaim(const QString& crn) {
    m_hand.press("claim." + crn);
    m_window.awaitPage("claim");
}

QString TodayPage::numberOf(const QString& name) {
    QStringList found;
    for (const auto& row : m_window.list("claim.")) {
        if (m_window.words(row).contains(name)) found << row.section('.', 1);
    }
    if (found.size() != 1) m_window.giveUp(QString("%1 claims of %2").arg(found.size()).arg(name));
    return found.constFirst();
}

void TodayPage::openSettings() {
    m_hand.press("button.settings");
    m_window.awaitPage("settings");
}

void SettingsPage::setTextSize(int percent) {
    m_hand.choose("settings.textSize", QString::number(percent));
    m_window.settle();
}

void SettingsPage::speakWelsh() {
    m_hand.choose("settings.language", "cy");
    m_window.settle();
}

QStringList Interview::keysHere() {
    QStringList keys;
    for (const auto& name : m_window.list("question.")) keys << name.mid(9);
    return keys;
}

void Interview::takeAll() {
    for (int pages = 0; pages < kMostPages; ++pages) {
        m_window.settle();
        const auto page = m_window.page();
        if (page == "benefits") {
            chooseBenefits();
            continue;
        }
        if (page != "question") return;
        const auto keys = keysHere();
        if (keys.isEmpty() && m_window.list("card.").isEmpty()) {
            // A page of cards with none yet.
            m_hand.press("button.add");
            continue;
        }
        if (on_page) on_page(keys);
        answerPage();
        if (on_answered) on_answered(keys);
        goOn();
    }
    m_window.giveUp("the questions never end");
}

void Interview::answerPage() {
    // An answer can bring another question onto the same page.
    QSet<QString> done;
    for (bool more = true; more;) {
        more = false;
        for (const auto& key : keysHere()) {
            if (done.contains(key)) continue;
            done.insert(key);
            m_asked.insert(key);
            if (!m_customer.knows(key)) m_window.giveUp("the customer has no answer to " + key);
            answer(key, m_customer.answerTo(key));
            more = true;
            break;
        }
    }
}

void Interview::answer(const QString& key, const QString& text) {
    const auto field = "question." + key;
    if (text.isEmpty()) return;
    if (m_window.find(field + "/option_" + text).found) return m_hand.choose(field, text);
    const auto names = text.split(' ');
    if (m_window.find(field + "/check_" + names.constFirst()).found) {
        for (const auto& name : names) m_hand.tick(field + "/check_" + name);
        return;
    }
    if (m_window.find(field + "/acknowledge").found) return m_hand.tick(field + "/acknowledge");
    if (m_window.find(field + "/day").found) return answerDate(field, text);
    m_hand.write(field + "/input", text);
    // A long list shows no more than fits, and what is typed narrows it.
    if (m_window.find(field + "/option_" + text).found) m_hand.choose(field, text);
}

void Interview::answerDate(const QString& field, const QString& iso) {
    m_hand.write(field + "/day/input", QString::number(iso.mid(8, 2).toInt()));
    m_hand.write(field + "/month/input", QString::number(iso.mid(5, 2).toInt()));
    m_hand.write(field + "/year/input", iso.left(4));
}

void Interview::chooseBenefits() {
    if (on_page) on_page({"benefits_claimed"});
    for (const auto& benefit : m_customer.benefits()) m_hand.tick("benefit." + benefit);
    m_asked.insert("benefits_claimed");
    if (m_window.isThere("why/input")) {
        m_hand.write("why/input", m_customer.answerTo("choice_differs"));
        m_asked.insert("choice_differs");
    }
    if (on_answered) on_answered({"benefits_claimed"});
    m_hand.press("button.continue");
    if (m_window.page() == "benefits") m_window.giveUp("the benefits are refused: " + m_window.words("errorSummary"));
}

void Interview::goOn() {
    m_hand.press("button.continue");
    if (m_window.isThere("errorSummary")) m_window.giveUp("the page is refused: " + m_window.words("errorSummary"));
}

QStringList ClaimPage::actions() {
    QStringList out;
    for (const auto& name : m_window.list("action.")) out << name.mid(7);
    return out;
}

void ClaimPage::open(const QString& action) {
    m_hand.press("action." + action);
    m_window.awaitThat("the page of " + action, [&] { return m_window.page() != "claim"; });
    m_window.settle();
}

void ClaimPage::goOn() {
    m_hand.press("button.next");
    m_window.settle();
}

void ClaimPage::openEvidence() {
    m_hand.press(m_window.isThere("button.evidence") ? "button.evidence" : "button.next");
    m_window.awaitPage("evidence");
}

void ClaimPage::check() {
    m_hand.press(m_window.isThere("button.check") ? "button.check" : "button.next");
    m_window.awaitPage("check");
}

QStringList EvidencePage::proofs() {
    QStringList out;
    for (const auto& name : m_window.list("proof.")) {
        if (name.count('.') == 1) out << name.mid(6);
    }
    return out;
}

void EvidencePage::record(const QString& proof, const QString& level) {
    const auto form = "proof." + proof;
    m_hand.press(form);
    m_window.awaitThat("the form of " + proof, [&] { return !m_window.list(form + ".what/option_").isEmpty(); });
    m_hand.choose(form + ".what", m_window.list(form + ".what/option_").constFirst().mid(7));
    m_hand.choose(form + ".level", level);
    if (on_form) on_form();
    m_hand.press(form + ".save");
    m_window.awaitThat("the list of proofs", [&] { return m_window.isThere("button.backToClaim"); });
}

void EvidencePage::sayNotAvailable(const QString& proof, const QString& reason) {
    const auto form = "proof." + proof;
    m_hand.press(form);
    m_hand.press(form + ".absent");
    m_hand.write(form + ".reason/input", reason);
    if (on_form) on_form();
    m_hand.press(form + ".save");
    m_window.awaitThat("the list of proofs", [&] { return m_window.isThere("button.backToClaim"); });
}

void EvidencePage::addPictureFromFile(const QString& proof, const QString& place, const QString& file) {
    const auto form = "proof." + proof;
    m_hand.press(form);
    m_hand.press(form + ".addPicture");
    m_window.awaitPage("picture");
    m_hand.press("button.files");
    m_hand.press("file." + place);
    m_hand.press("file." + file);
    m_hand.press("button.use");
    m_window.awaitPage("evidence");
    m_hand.press("button.backToEvidence");
    m_window.awaitThat("the list of proofs", [&] { return m_window.isThere("button.backToClaim"); });
}

void EvidencePage::backToClaim() {
    m_hand.press("button.backToClaim");
    m_window.awaitPage("claim");
}

QString CheckPage::summary() { return m_window.words("page.check"); }

void CheckPage::change(const QString& key) {
    m_hand.press("answer." + key + "/change");
    m_window.awaitPage("question");
}

void CheckPage::confirm() {
    m_hand.press("button.confirm");
    m_window.awaitPage("sign");
}

void SignPage::readLines() {
    for (const auto& line : m_window.list("line.")) m_hand.tick(line);
}

void SignPage::draw() {
    const auto pad = m_window.await("signaturePad/canvas").area;
    constexpr int kPoints = 40;
    std::vector<QPoint> name;
    for (int i = 0; i <= kPoints; ++i) {
        const double t = static_cast<double>(i) / kPoints;
        name.emplace_back(
            pad.left() + static_cast<int>(pad.width() * (0.12 + 0.5 * t)),
            pad.center().y() + static_cast<int>(pad.height() * 0.25 * std::sin(t * 15.0) * (1.0 - 0.5 * t)));
    }
    m_window.input.stroke(name);
    m_window.input.stroke({{pad.left() + pad.width() * 66 / 100, pad.center().y() - pad.height() / 6},
                           {pad.left() + pad.width() * 70 / 100, pad.center().y() + pad.height() / 6},
                           {pad.left() + pad.width() * 78 / 100, pad.center().y()}});
    m_window.settle();
}

void SignPage::sign() {
    m_hand.press("button.sign");
    m_window.awaitPage("receipt");
}

void SignPage::signFirst() {
    m_hand.press("button.sign");
    m_window.awaitThat("the wish for the partner's signature", [&] { return m_window.isThere("halfSigned"); });
    m_window.settle();
}

void SignPage::markByPress(const QString& witness) {
    m_hand.press("button.mark");
    m_hand.write("witness/input", witness);
    m_hand.tick("markByPress");
}

QString ReceiptPage::digest() { return m_window.words("receipt.digest").section('\n', 1, 1); }

void ReceiptPage::goSending() {
    m_hand.press("button.sending");
    m_window.awaitPage("sending");
}

QStringList ConflictPage::answers() {
    QStringList out;
    for (const auto& name : m_window.list("answer.")) out << m_window.words(name);
    return out;
}

void ConflictPage::use(const QString& value) {
    for (const auto& name : m_window.list("answer.")) {
        if (!m_window.words(name).split('\n').contains(value)) continue;
        m_hand.tick(name);
        m_hand.press("button.use");
        return;
    }
    m_window.giveUp("nobody answered '" + value + "': " + answers().join(" / "));
}

void SendingPage::tryNow() { m_hand.press("button.tryNow"); }

QStringList SendingPage::claims() {
    QStringList out;
    for (const auto& row : m_window.list("sending.")) {
        if (row != "sending.wifiOnly") out << m_window.words(row);
    }
    return out;
}

}  // namespace fieldclaim::journey
