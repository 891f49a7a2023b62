#pragma once

#include <QSet>
#include <QString>
#include <QStringList>
#include <functional>

#include "tests/integration/journey/customer.h"
#include "tests/support/window/hand.h"

/// The tablet's pages as a person uses them: what each of them is for, in verbs. Only here are the names known by which
/// the pages' items are found. Every verb waits for what it needs and throws Stuck when that does not come. Each page
/// borrows the hand.
namespace fieldclaim::journey {

class PageOf {
public:
    explicit PageOf(Hand& hand) : m_hand(hand), m_window(hand.window()) {}

protected:
    Hand& m_hand;
    AppWindow& m_window;
};

class SetupPage : public PageOf {
public:
    using PageOf::PageOf;
    void enrol(const QString& server, const QString& code);
    void chooseFirstOfficer();
    void finish(const QString& one_time_code, const QString& passphrase);
};

class UnlockPage : public PageOf {
public:
    using PageOf::PageOf;
    void unlock(const QString& passphrase);
};

/// What every page has: the bar with the way home and the strip.
class Bar : public PageOf {
public:
    using PageOf::PageOf;
    void goToday();
    void goSending();
    QString strip() { return m_window.find("strip").text; }
};

class TodayPage : public PageOf {
public:
    using PageOf::PageOf;
    void newClaim();
    void openClaim(const QString& crn);
    void openSettings();
    QString claim(const QString& crn) { return m_window.words("claim." + crn); }
    /// The number of the one claim that the list shows under this name.
    QString numberOf(const QString& name);
    QString actionOf(const QString& crn) { return m_window.words("action." + crn); }
};

class SettingsPage : public PageOf {
public:
    using PageOf::PageOf;
    void setTextSize(int percent);
    void speakWelsh();
};

/// The pages of questions, one after the other, as a customer answers them.
class Interview : public PageOf {
public:
    Interview(Hand& hand, const Customer& customer) : PageOf(hand), m_customer(customer) {}

    /// From the page that is shown to where nothing more is asked.
    void takeAll();
    /// Answers what the page asks; what an answer brings onto the same page too.
    void answerPage();
    /// Gives this answer on the page that is shown, whatever the customer says.
    void answer(const QString& key, const QString& text);
    void goOn();
    /// Called with the keys of each page's questions: when it is shown, and when it is answered.
    std::function<void(const QStringList&)> on_page;
    std::function<void(const QStringList&)> on_answered;
    /// Keys of all that was asked so far, the choice of benefits among them.
    const QSet<QString>& asked() const { return m_asked; }

private:
    void chooseBenefits();
    void answerDate(const QString& field, const QString& iso);
    QStringList keysHere();

    Customer m_customer;
    QSet<QString> m_asked;
};

class ClaimPage : public PageOf {
public:
    using PageOf::PageOf;
    QString nextStep() { return m_window.words("nextStep"); }
    /// The kinds and subjects of what is outstanding: "sign.claim", "proof.identity".
    QStringList actions();
    QString action(const QString& which) { return m_window.words("action." + which); }
    void open(const QString& action);
    void goOn();
    void openEvidence();
    void check();
};

class EvidencePage : public PageOf {
public:
    using PageOf::PageOf;
    QStringList proofs();
    QString status(const QString& proof) { return m_window.words("proof." + proof); }
    /// `level`: original, copy or told; what was seen is the first that the list offers.
    void record(const QString& proof, const QString& level);
    void sayNotAvailable(const QString& proof, const QString& reason);
    /// Keeps a picture that lies in one of the places where this tablet looks for them.
    void addPictureFromFile(const QString& proof, const QString& place, const QString& file);
    void backToClaim();
    std::function<void()> on_form;  ///< the form of a proof is filled in
};

class CheckPage : public PageOf {
public:
    using PageOf::PageOf;
    QString answer(const QString& key) { return m_window.words("answer." + key); }
    /// Words at the top: how many answers, how many changed since the signature.
    QString summary();
    void change(const QString& key);
    void confirm();
};

class SignPage : public PageOf {
public:
    using PageOf::PageOf;
    void readLines();
    /// A name in two strokes; by pointer, as a person with a pen.
    void draw();
    /// For a customer who cannot draw: their press of the button that signs is the mark, and the witness sees it.
    void markByPress(const QString& witness);
    void sign();
    /// The first of two signatures: the page stays, and asks for the other.
    void signFirst();
};

class ReceiptPage : public PageOf {
public:
    using PageOf::PageOf;
    /// "8F3A 22C1 90D4": the beginning of the statement's digest.
    QString digest();
    void goSending();
};

class ConflictPage : public PageOf {
public:
    using PageOf::PageOf;
    /// What the officers answered, with who and when: one text each.
    QStringList answers();
    void use(const QString& value);
};

class SendingPage : public PageOf {
public:
    using PageOf::PageOf;
    /// What the page says of each claim.
    QStringList claims();
    /// The server is asked at once what it has.
    void tryNow();
};

}  // namespace fieldclaim::journey
