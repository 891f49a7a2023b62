#include "tests/integration/journey/main_journey.h"

#include <QElapsedTimer>

namespace fieldclaim::journey {
namespace {

constexpr int kFixedScript = 160;

QString seconds(const QElapsedTimer& timer) {
    return QString::number(static_cast<double>(timer.elapsed()) / 1000.0, 'f', 1);
}

}  // namespace

MainJourney::MainJourney(Hand& hand, Setting setting)
    : m_hand(hand), m_window(hand.window()), m_setting(std::move(setting)) {}

void MainJourney::tell(const QString& step) const {
    if (m_setting.step) m_setting.step(step);
}

void MainJourney::show(const QString& picture) const {
    if (m_setting.looked_at) m_setting.looked_at();
    if (m_setting.picture && !picture.isEmpty()) m_setting.picture(picture);
}

void MainJourney::setUp() {
    m_window.start();
    m_window.awaitPage("setup");
    show("01-set-up");
    if (m_setting.in_welsh) m_hand.press("button.language");
    SetupPage setup(m_hand);
    setup.enrol(m_setting.server, m_setting.code);
    show();
    setup.chooseFirstOfficer();
    show("02-officer");
    setup.finish(m_setting.officer_code, m_setting.passphrase);
    tell("The tablet is set up: enrolled by its code, its officer registered, the form pack downloaded");
    if (m_setting.text_size != 100) {
        TodayPage(m_hand).openSettings();
        SettingsPage(m_hand).setTextSize(m_setting.text_size);
        show("03-settings");
        Bar(m_hand).goToday();
    }
    show("03-today");
}

void MainJourney::killAndReopen() {
    const QString field = "question.nino/input";
    const auto expected = m_setting.customer.answerTo("nino");
    // Leaving the field saves it; the app is killed before anything else happens.
    m_hand.leaveField();
    show("06-question");
    m_window.kill();
    m_window.start();
    UnlockPage(m_hand).unlock(m_setting.passphrase);
    m_window.awaitPage("question", 30'000);
    auto shown = m_window.await(field).text;
    if (shown.remove(' ') != expected) m_window.giveUp("after the kill the answer is not what was saved");
    tell("The app was killed in the middle of a page and reopened there, with the answer that it showed as saved");
}

int MainJourney::capture() {
    m_setting.set_offline(true);
    tell("The network is gone");
    TodayPage(m_hand).newClaim();
    show("04-first-question");
    bool killed = !m_setting.killed_on_the_way;
    Interview interview(m_hand, m_setting.customer);
    interview.on_page = [&](const QStringList&) { show(); };
    interview.on_answered = [&](const QStringList& keys) {
        if (keys.contains("benefits_claimed")) {
            show("05-benefits");
            tell("Benefits suggested with their reasons; the customer chose " +
                 m_setting.customer.benefits().join(", "));
        } else if (keys.contains("nino") && !killed) {
            killAndReopen();
            killed = true;
        } else if (keys.contains("rent_amount")) {
            show("07-question-council");
        }
    };
    interview.takeAll();
    if (!killed) m_window.giveUp("the page with the National Insurance number never came");
    const auto asked = static_cast<int>(interview.asked().size());
    tell(QString("%1 questions asked and answered, of %2; every answer saved on the tablet")
             .arg(asked)
             .arg(kFixedScript));
    return asked;
}

void MainJourney::recordProofs() {
    m_window.awaitPage("claim");
    ClaimPage(m_hand).openEvidence();
    show("08-evidence");
    EvidencePage evidence(m_hand);
    int seen = 0;
    for (const auto& proof : evidence.proofs()) {
        evidence.on_form = [&] { show(seen == 0 ? "09-proof" : ""); };
        evidence.record(proof, "original");
        if (seen == 0 && m_setting.letter) evidence.addPictureFromFile(proof, "Pictures", m_setting.letter());
        ++seen;
    }
    tell(QString("%1 proofs recorded: what was seen, at what level, when and by whom%2")
             .arg(seen)
             .arg(m_setting.letter ? "; one with a picture" : ""));
    evidence.backToClaim();
    show("10-claim");
}

void MainJourney::sign() {
    ClaimPage(m_hand).check();
    show("11-check-answers");
    CheckPage(m_hand).confirm();
    SignPage page(m_hand);
    page.readLines();
    if (m_setting.mark_seen_by.isEmpty()) {
        page.draw();
    } else {
        page.markByPress(m_setting.mark_seen_by);
    }
    show("12-sign");
    page.sign();
    show("13-receipt");
    tell("Answers checked, the declaration read, the statement signed in a way that is lawful on 15 January 2007");
}

MainJourney::Outcome MainJourney::send() {
    ReceiptPage(m_hand).goSending();
    show("14-sending-offline");
    tell("Nothing has left the tablet: the strip says '" + Bar(m_hand).strip() + "'");
    QElapsedTimer timer;
    timer.start();
    m_setting.set_offline(false);
    tell("The network is back");
    Outcome outcome;
    constexpr int kPatience_ms = 120'000;
    m_window.awaitThat(
        "every transfer's acceptance",
        [&] {
            std::tie(outcome.begun, outcome.accepted) = m_setting.transfers();
            return outcome.begun >= 2 && outcome.accepted == outcome.begun;
        },
        kPatience_ms);
    tell(QString(
             "Synced, reconciled, pushed to JSAPS and the council: %1 of %2 accepted, %3 s after the network came back")
             .arg(outcome.accepted)
             .arg(outcome.begun)
             .arg(seconds(timer)));
    // The officer sees the receipts where the claim was captured.
    m_window.awaitThat(
        "the receipt on the tablet",
        [&] {
            const auto said = SendingPage(m_hand).claims().join(' ');
            return said.contains(m_setting.in_welsh ? ": derbyniwyd" : "ccepted");
        },
        kPatience_ms);
    tell(QString("The receipt is on the tablet, %1 s after the network came back").arg(seconds(timer)));
    show("15-sending-accepted");
    m_hand.press("button.today");
    m_window.awaitPage("today");
    show("16-today-accepted");
    return outcome;
}

MainJourney::Outcome MainJourney::run() {
    setUp();
    const auto asked = capture();
    recordProofs();
    sign();
    auto outcome = send();
    outcome.asked = asked;
    m_window.close();
    return outcome;
}

}  // namespace fieldclaim::journey
