#include "tests/integration/journey/journey.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTextStream>
#include <QThread>
#include <cmath>

namespace fieldclaim::journey {
namespace {

constexpr int kMostPages = 150;

QPoint middle(const AppWindow::Item& item) { return item.area.center(); }

}  // namespace

Journey::Journey(Setting setting)
    : m_setting(std::move(setting)),
      m_window(m_setting.tablet, m_setting.arguments, m_setting.probe, m_setting.shots) {}

void Journey::step(const QString& text) {
    QTextStream(stdout) << QString("%1  %2").arg(++m_step, 2).arg(text) << Qt::endl;
}

void Journey::press(const QString& path) {
    m_input.click(middle(m_window.await(path)));
    m_window.settle();
}

void Journey::fill(const QString& path, const QString& text) {
    press(path);
    m_input.key("ctrl+a");
    m_input.type(text);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 5'000 && m_window.find(path).text.isEmpty()) QThread::msleep(20);
}

void Journey::setUp() {
    m_window.start();
    m_window.awaitPage("setup");
    m_window.shot("01-set-up");
    fill("setup.server/input", m_setting.server);
    fill("setup.code/input", m_setting.code);
    press("button.continue");
    const auto officers = [&] { return m_window.list("setup.officer/option_"); };
    QElapsedTimer timer;
    timer.start();
    while (officers().isEmpty()) {
        if (timer.elapsed() > 30'000) m_window.giveUp("the server's officers did not come");
        QThread::msleep(50);
    }
    press("setup.officer/" + officers().constFirst());
    press("button.continue");
    fill("setup.oneTimeCode/input", m_setting.officer_code);
    fill("setup.passphrase/input", m_setting.passphrase);
    m_window.shot("02-officer");
    press("button.continue");
    m_window.awaitPage("today", 60'000);
    step("The tablet is set up: enrolled by its code, its officer registered, the form pack downloaded");
    m_window.shot("03-today");
}

void Journey::begin() {
    QFile(m_setting.offline_file).open(QIODevice::WriteOnly);
    step("The network is gone");
    press("button.newClaim");
    m_window.settle();
}

void Journey::answerDate(const QString& field, const QString& iso) {
    press(field + "/day/input");
    m_input.key("ctrl+a");
    m_input.type(QString::number(iso.mid(8, 2).toInt()));
    press(field + "/month/input");
    m_input.key("ctrl+a");
    m_input.type(QString::number(iso.mid(5, 2).toInt()));
    press(field + "/year/input");
    m_input.key("ctrl+a");
    m_input.type(iso.left(4));
}

void Journey::answer(const QString& key) {
    auto known = key;
    const auto parts = key.split('/');
    if (parts.size() == 3) known = parts[0] + "/" + parts[2];
    if (!m_setting.answers.contains(known)) m_window.giveUp("the customer has no answer to " + known);
    ++m_asked;
    const auto text = m_setting.answers[known].toString();
    const auto field = "question." + key;
    if (text.isEmpty()) return;
    if (m_window.find(field + "/option_" + text).found) return press(field + "/option_" + text);
    const auto choices = text.split(' ');
    if (m_window.find(field + "/check_" + choices.constFirst()).found) {
        for (const auto& choice : choices) press(field + "/check_" + choice);
        return;
    }
    if (m_window.find(field + "/acknowledge").found) return press(field + "/acknowledge");
    if (m_window.find(field + "/day").found) return answerDate(field, text);
    fill(field + "/input", text);
}

void Journey::answerPage() {
    // An answer can bring another question onto the same page.
    QSet<QString> done;
    for (bool more = true; more;) {
        more = false;
        for (const auto& name : m_window.list("question.")) {
            if (done.contains(name)) continue;
            done.insert(name);
            answer(name.mid(QString("question.").size()));
            m_window.settle();
            more = true;
            break;
        }
    }
}

void Journey::chooseBenefits() {
    m_window.shot("05-benefits");
    for (const auto& benefit : m_setting.answers["benefits_claimed"].toString().split(' ')) press("benefit." + benefit);
    m_window.settle();
    if (const auto why = m_window.find("why/input"); why.found && why.visible) {
        fill("why/input", m_setting.answers["choice_differs"].toString());
        ++m_asked;
    }
    ++m_asked;
    press("button.continue");
    step(
        "Benefits suggested with their reasons; the customer chose Jobseeker's Allowance, Housing Benefit and Council "
        "Tax Benefit");
}

void Journey::capture() {
    bool killed = false;
    for (int pages = 0; pages < kMostPages; ++pages) {
        m_window.settle();
        const auto page = m_window.page();
        if (page == "benefits") {
            chooseBenefits();
            continue;
        }
        if (page != "question") break;
        if (pages == 0) m_window.shot("04-first-question");
        const auto questions = m_window.list("question.");
        const bool cards = m_window.find("button.add").visible && questions.isEmpty();
        if (cards && m_window.list("card.").isEmpty()) {
            press("button.add");
            continue;
        }
        answerPage();
        if (questions.contains("question.nino") && !killed) {
            // Leaving the field saves it; the app is killed before anything else happens.
            m_input.key("Tab");
            m_window.settle();
            m_window.shot("06-question");
            killAndReopen("question.nino/input", m_setting.answers["nino"].toString());
            killed = true;
        }
        if (questions.contains("question.rent_amount")) m_window.shot("07-question-council");
        press("button.continue");
    }
    if (!killed) m_window.giveUp("the page with the NI number never came");
    step(QString("%1 questions asked and answered, of 160; every answer saved on the tablet").arg(m_asked));
}

void Journey::unlock() {
    m_window.awaitPage("unlock");
    const auto officers = m_window.list("officer/option_");
    if (!officers.isEmpty()) press("officer/" + officers.constFirst());
    fill("passphrase/input", m_setting.passphrase);
    press("button.unlock");
}

void Journey::killAndReopen(const QString& key, const QString& expected) {
    m_window.kill();
    m_window.start();
    unlock();
    m_window.awaitPage("question", 30'000);
    const auto item = m_window.await(key);
    auto shown = item.text;
    shown.remove(' ');
    if (shown != expected) m_window.giveUp("after the kill the answer is not what was saved");
    step("The app was killed in the middle of a page and reopened there, with the answer that it showed as saved");
}

void Journey::recordProofs() {
    for (int i = 0; i < kMostPages && m_window.page() != "evidence"; ++i) {
        m_window.find("button.evidence").visible ? press("button.evidence") : press("task.evidence");
    }
    m_window.awaitPage("evidence");
    m_window.shot("08-evidence");
    int seen = 0;
    for (const auto& row : m_window.list("proof.")) {
        press(row);
        const auto options = m_window.list(row + ".what/option_");
        if (options.isEmpty()) m_window.giveUp("nothing to choose for " + row);
        press(row + ".what/" + options.constFirst());
        press(row + ".level/option_original");
        if (seen == 0) m_window.shot("09-proof");
        press(row + ".save");
        ++seen;
    }
    step(QString("%1 proofs recorded: what was seen, at what level, when and by whom").arg(seen));
    press("button.backToClaim");
    m_window.awaitPage("claim");
    m_window.shot("10-claim");
}

void Journey::sign() {
    press("button.next");
    m_window.awaitPage("check");
    m_window.shot("11-check-answers");
    press("button.confirm");
    m_window.awaitPage("sign");
    for (const auto& line : m_window.list("line.")) press(line);
    const auto pad = m_window.await("signaturePad/canvas").area;
    std::vector<QPoint> first;
    for (int i = 0; i <= 40; ++i) {
        const double t = i / 40.0;
        first.emplace_back(
            pad.left() + static_cast<int>(pad.width() * (0.12 + 0.5 * t)),
            pad.center().y() + static_cast<int>(pad.height() * 0.25 * std::sin(t * 15.0) * (1.0 - 0.5 * t)));
    }
    m_input.stroke(first);
    m_input.stroke({{pad.left() + pad.width() * 66 / 100, pad.center().y() - pad.height() / 6},
                    {pad.left() + pad.width() * 70 / 100, pad.center().y() + pad.height() / 6},
                    {pad.left() + pad.width() * 78 / 100, pad.center().y()}});
    m_window.settle();
    m_window.shot("12-sign");
    press("button.sign");
    m_window.awaitPage("receipt");
    m_window.shot("13-receipt");
    step(
        "Answers checked, the declaration read, the statement signed on the tablet (lawful for all three on 15 January "
        "2007)");
}

Journey::Outcome Journey::send() {
    press("button.sending");
    m_window.awaitPage("sending");
    m_window.shot("14-sending-offline");
    step("Nothing has left the tablet: the strip says '" + m_window.find("strip").text + "'");
    QElapsedTimer timer;
    timer.start();
    QFile::remove(m_setting.offline_file);
    step("The network is back");
    Outcome outcome;
    while (timer.elapsed() < 120'000) {
        QProcess process;
        process.startCommand(m_setting.transfers);
        process.waitForFinished(20'000);
        outcome = {};
        for (const auto& line : QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts)) {
            if (line.startsWith(' ')) continue;
            ++outcome.begun;
            outcome.accepted += line.split("  ").value(3) == "accepted" ? 1 : 0;
        }
        if (outcome.begun >= 2 && outcome.accepted == outcome.begun) break;
        QThread::msleep(100);
    }
    step(QString(
             "Synced, reconciled, pushed to JSAPS and the council: %1 of %2 accepted, %3 s after the network came back")
             .arg(outcome.accepted)
             .arg(outcome.begun)
             .arg(static_cast<double>(timer.elapsed()) / 1000.0, 0, 'f', 1));
    // The officer sees the receipts where the claim was captured.
    QElapsedTimer receipt;
    receipt.start();
    QString words;
    while (receipt.elapsed() < 60'000) {
        for (const auto& row : m_window.list("sending.")) words = m_window.find(row).text;
        if (words.contains("ccepted")) break;
        QThread::msleep(100);
    }
    if (!words.contains("ccepted"))
        m_window.giveUp("the receipt did not come back to the tablet; it says '" + words + "'");
    step(QString("The receipt is on the tablet, %1 s after the network came back")
             .arg(static_cast<double>(timer.elapsed()) / 1000.0, 0, 'f', 1));
    m_window.shot("15-sending-accepted");
    press("button.today");
    m_window.awaitPage("today");
    m_window.shot("16-today-accepted");
    return outcome;
}

Journey::Outcome Journey::run() {
    setUp();
    begin();
    capture();
    recordProofs();
    sign();
    const auto outcome = send();
    m_window.close();
    return outcome;
}

}  // namespace fieldclaim::journey
