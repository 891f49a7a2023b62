#include <QTemporaryDir>
#include <QTest>

#include "mobile/casework/casework.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/small_ledger.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr const char* kKey = "surname";

Answer given(const std::string& text) { return {Answer::Kind::Given, text}; }

}  // namespace

/// Rule 2: every value ever written is current, named by an edit that replaced it, or refused; the last change of any
/// answer can be taken back, and its history says who, when, where and why.
class tst_AnswerHistory : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = SetClock();
        m_vault = testVault(m_folder->path().toStdString(), m_clock, m_random);
        reopen();
        m_crn = *m_casework->beginClaim();
    }
    void cleanup() {
        m_casework.reset();
        m_vault.reset();
    }

    void undoing_puts_back_what_stood_before_and_deletes_nothing() {
        save("Jones");
        save("Smith");
        QCOMPARE(*before(), std::string("Jones"));
        QVERIFY(m_casework->undo(m_crn, kKey));
        QCOMPARE(now(), std::string("Jones"));
        // All three are there still, and the change can be put back.
        QCOMPARE(history().versions.size(), 3U);
        QCOMPARE(*before(), std::string("Smith"));
        QVERIFY(m_casework->undo(m_crn, kKey));
        QCOMPARE(now(), std::string("Smith"));
        const auto* stands = m_casework->open(m_crn)->state.find(answerPath(kKey));
        QCOMPARE(stands->siblings().size(), 1U);
    }

    void an_answer_that_was_cleared_comes_back() {
        save("Jones");
        QVERIFY(m_casework->clearAnswer(m_crn, kKey));
        QCOMPARE(*before(), std::string("Jones"));
        QVERIFY(m_casework->undo(m_crn, kKey));
        QCOMPARE(now(), std::string("Jones"));
        // And what came back is taken away again.
        QVERIFY(m_casework->lastChange(m_crn, kKey)->has_value());
        QVERIFY(!before());
    }

    void undoing_works_after_a_restart() {
        save("Jones");
        save("Smith");
        reopen();
        QCOMPARE(*before(), std::string("Jones"));
        QVERIFY(m_casework->undo(m_crn, kKey));
        QCOMPARE(now(), std::string("Jones"));
    }

    void what_a_colleague_wrote_can_be_undone() {
        save("Jones");
        SmallLedger ledger(*m_vault);
        ledger.takeAll();
        ledger.write(m_crn, {{answerPath(kKey), Value("Smith")}}, SmallLedger::colleague(), m_clock.wall);
        QCOMPARE(now(), std::string("Smith"));
        QCOMPARE(*before(), std::string("Jones"));
        QVERIFY(m_casework->undo(m_crn, kKey));
        QCOMPARE(now(), std::string("Jones"));
    }

    void a_first_answer_is_taken_away_and_nothing_is_undone_where_nothing_was_answered() {
        QVERIFY(!m_casework->lastChange(m_crn, kKey)->has_value());
        QCOMPARE(m_casework->undo(m_crn, kKey).error().code, ErrorCode::NotFound);
        save("Jones");
        QVERIFY(m_casework->lastChange(m_crn, kKey)->value().was_first);
        QVERIFY(m_casework->undo(m_crn, kKey));
        QVERIFY(m_casework->open(m_crn)->state.value(answerPath(kKey)).isNull());
    }

    void where_two_answers_differ_one_chooses_and_nothing_is_undone() {
        save("Jones");
        SmallLedger ledger(*m_vault);
        ledger.takeAll();
        ledger.write(m_crn, {{answerPath(kKey), Value("Smith")}}, SmallLedger::colleague(), m_clock.wall, false);
        QVERIFY(!m_casework->lastChange(m_crn, kKey)->has_value());
        const auto told = history();
        QCOMPARE(told.versions.size(), 2U);
        for (const auto& version : told.versions) QCOMPARE(version.fate, AnswerFate::Differs);
        // Once chosen, what was chosen against is in the history, and can be put back from there.
        QVERIFY(m_casework->resolve(m_crn, kKey, given("Smith")));
        QVERIFY(!m_casework->lastChange(m_crn, kKey)->has_value());
        const auto after = history();
        QCOMPARE(after.versions.size(), 3U);
        QCOMPARE(after.versions.back().fate, AnswerFate::Stands);
        QCOMPARE(after.versions.back().instead_of.size(), 2U);
        QVERIFY(m_casework->putBack(m_crn, kKey, after.versions.front().id));
        QCOMPARE(now(), std::string("Jones"));
    }

    void the_protected_date_is_not_undone() {
        QVERIFY(m_casework->saveAnswer(m_crn, kFirstContact, given("2007-01-10")));
        QVERIFY(!m_casework->lastChange(m_crn, kFirstContact)->has_value());
    }

    void what_a_supervisor_refused_is_not_what_undo_puts_back() {
        const auto path = answerPath(kKey);
        ChangeSetHeader header;
        header.author = SmallLedger::colleague();
        header.incarnation = 1;
        header.claim = m_crn;
        const auto make = [&](std::string at, Value value, std::vector<EditId> replaces) {
            ++header.counter;
            return makeChangeSet(header, {{Edit{std::move(at), std::move(value), std::move(replaces)}}, std::nullopt},
                                 ClaimKey{});
        };
        const auto jones = make(path, Value("Jones"), {});
        const auto refused = make(path, Value("Wrong"), {jones.editId(0)});
        const auto smith = make(path, Value("Smith"), {refused.editId(0)});
        const Decision decision{Decision::Kind::Refuse, {}, "of another customer", {{jones.editId(0)}}};
        ClaimState state;
        EditLog log;
        for (const auto& one : {jones, make(decisionPath(refused.id()), encodeDecision(decision), {}), smith}) {
            QCOMPARE(state.apply(one), ApplyOutcome::Applied);
            addTo(log, one);
        }
        addTo(log, refused);
        QCOMPARE(lastChangeOf(state, log, path)->before, Value("Jones"));
    }

    void the_history_says_who_when_where_and_why() {
        save("Jones");
        SmallLedger ledger(*m_vault);
        ledger.takeAll();
        ledger.write(m_crn, {{answerPath(kKey), Value("Smith")}}, SmallLedger::colleague(), m_clock.wall + 60'000, true,
                     "colwyn");
        save("Evans");
        const auto told = history();
        QVERIFY(!told.incomplete);
        QCOMPARE(told.versions.size(), 3U);
        const auto& mine = told.versions[0];
        QCOMPARE(mine.officer, std::string("Bronwen Pugh"));
        QCOMPARE(mine.device_time, m_clock.wall);
        QVERIFY(mine.this_tablet);
        QVERIFY(!mine.here_only);
        QCOMPARE(mine.fate, AnswerFate::Replaced);
        QVERIFY(mine.instead_of.empty());
        const auto& theirs = told.versions[1];
        QVERIFY(!theirs.this_tablet);
        QCOMPARE(theirs.site, std::string("colwyn"));
        QCOMPARE(theirs.officer, std::string());
        QCOMPARE(theirs.instead_of.front()->text, std::string("Jones"));
        const auto& last = told.versions[2];
        QCOMPARE(last.fate, AnswerFate::Stands);
        QVERIFY(last.here_only);
        QCOMPARE(last.instead_of.front()->text, std::string("Smith"));
    }

    void a_corrected_date_has_its_reason_and_who_asked() {
        QVERIFY(m_casework->saveAnswer(m_crn, kFirstContact, given("2007-01-10")));
        QVERIFY(!m_casework->lastCorrection(m_crn)->has_value());
        QVERIFY(m_casework->correctFirstContact(m_crn, "2007-01-08", "The letter is dated the 8th"));
        QCOMPARE(m_casework->lastCorrection(m_crn)->value().state, DateCorrection::State::Asked);
        const auto intent = m_vault->changeSets(m_crn)->back().change_set;
        SmallLedger ledger(*m_vault);
        ledger.takeAll();
        ledger.write(
            m_crn,
            {{answerPath(kFirstContact), Value("2007-01-08")},
             {intentPath(intent.id()), encodeIntentAnswer({{}, std::string(kIntentCorrectDate), true, {}, {}})}},
            SmallLedger::server(), m_clock.wall);
        const auto told = *m_casework->answerHistory(m_crn, kFirstContact);
        QCOMPARE(told.versions.size(), 2U);
        QVERIFY(told.versions.back().on_server);
        QCOMPARE(told.versions.back().reason, std::string("The letter is dated the 8th"));
        QCOMPARE(told.versions.back().asked_by, std::string("Bronwen Pugh"));
        QCOMPARE(m_casework->lastCorrection(m_crn)->value().state, DateCorrection::State::Accepted);
    }

    void what_was_told_on_the_telephone_is_marked_until_an_officer_here_confirms_it() {
        SmallLedger ledger(*m_vault);
        const auto crn = ledger.begin(Crn::make(m_random), SmallLedger::colleague(), m_clock.wall);
        ledger.write(
            crn, {{"a/channel", Value("phone_first")}, {"a/claim_type", Value("new")}, {"a/surname", Value("Begum")}},
            SmallLedger::colleague(), m_clock.wall);
        QVERIFY(m_casework->open(crn)->told.contains("surname"));
        QVERIFY(m_casework->confirmAnswer(crn, "surname"));
        QVERIFY(!m_casework->open(crn)->told.contains("surname"));
        QVERIFY(m_casework->open(crn)->told.contains("claim_type"));
        QCOMPARE(m_casework->open(crn)->state.value("a/surname"), Value("Begum"));
        QVERIFY(m_casework->answerHistory(crn, "surname")->versions.back().confirms);
        // Saying it twice is one; an answer that is written anew is this officer's own.
        const auto saved = m_vault->totals()->saved_here;
        QVERIFY(m_casework->confirmAnswer(crn, "surname"));
        QCOMPARE(m_vault->totals()->saved_here, saved);
        QVERIFY(m_casework->saveAnswer(crn, "claim_type", given("repeat")));
        QVERIFY(!m_casework->open(crn)->told.contains("claim_type"));
        // Taken face to face by a colleague: that is no telephone.
        QVERIFY(m_casework->saveAnswer(crn, "channel", given("office")));
        ledger.takeAll();
        ledger.write(crn, {{"a/first_names", Value("Farida")}}, SmallLedger::colleague(), m_clock.wall);
        QVERIFY(!m_casework->open(crn)->told.contains("first_names"));
    }

private:
    void reopen() { m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack()); }
    void save(const std::string& text) { QVERIFY(m_casework->saveAnswer(m_crn, kKey, given(text))); }
    std::string now() {
        const auto* text = m_casework->open(m_crn)->state.value(answerPath(kKey)).text();
        return text == nullptr ? std::string() : *text;
    }
    /// What undo would put back.
    std::optional<std::string> before() {
        const auto change = *m_casework->lastChange(m_crn, kKey);
        if (!change || change->before.text() == nullptr) return std::nullopt;
        return *change->before.text();
    }
    AnswerHistory history() { return *m_casework->answerHistory(m_crn, kKey); }

    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<Casework> m_casework;
    std::string m_crn;
};

QTEST_GUILESS_MAIN(tst_AnswerHistory)
#include "tst_answer_history.moc"
