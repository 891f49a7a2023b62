#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "mobile/casework/casework.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

Answer given(const std::string& text) { return {Answer::Kind::Given, text}; }

}  // namespace

class tst_Casework : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = SetClock();
        m_vault = testVault(m_folder->path().toStdString(), m_clock, m_random);
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
    }
    void cleanup() {
        m_casework.reset();
        m_vault.reset();
    }

    void a_new_claim_is_in_the_list_and_not_started() {
        const auto crn = m_casework->beginClaim();
        QVERIFY(crn);
        const auto claims = m_casework->claims();
        QCOMPARE(claims->size(), 1U);
        QCOMPARE(claims->front().crn, *crn);
        QVERIFY(!claims->front().started);
        QVERIFY(claims->front().to_go > 0);
        QCOMPARE(claims->front().send, SendState::SavedHere);
        QCOMPARE(m_casework->open(*crn)->site, std::string("llanrwst"));
    }

    void a_list_that_may_not_wait_shows_what_is_known_and_the_rest_follows() {
        for (int i = 0; i < 5; ++i) {
            const auto crn = *m_casework->beginClaim();
            QVERIFY(m_casework->saveAnswer(crn, "surname", given("Pritchard")));
        }
        const auto readOf = [](const Casework::ClaimList& list) {
            return std::count_if(list.claims.begin(), list.claims.end(),
                                 [](const ClaimSummary& claim) { return claim.is_read; });
        };
        // Nothing is known yet: two are read, of three there is the number and what waits to be sent.
        auto list = *m_casework->claimsNow(2);
        QCOMPARE(list.claims.size(), 5U);
        QCOMPARE(readOf(list), 2);
        QCOMPARE(list.claims.back().name, std::string());
        QCOMPARE(list.claims.back().pending_change_sets, 2);
        QCOMPARE(list.left, 3U);
        QCOMPARE(m_casework->catchUp(2)->size(), 2U);
        QCOMPARE(m_casework->catchUp(2)->front().name, std::string("Pritchard"));
        QCOMPARE(m_casework->catchUp(2)->size(), 0U);
        list = *m_casework->claimsNow(0);
        QCOMPARE(readOf(list), 5);
        QCOMPARE(list.left, 0U);
        // A save makes one of them unknown again.
        const auto changed = list.claims.back().crn;
        QVERIFY(m_casework->saveAnswer(changed, "surname", given("Prydderch")));
        QCOMPARE(readOf(*m_casework->claimsNow(0)), 4);
        QCOMPARE(m_casework->summary(changed)->name, std::string("Prydderch"));
        QCOMPARE(readOf(*m_casework->claimsNow(0)), 5);
        // What was known on another day stands until it is read again, and first is what cannot stand.
        m_clock.advance(24 * 3'600'000);
        list = *m_casework->claimsNow(1);
        QCOMPARE(readOf(list), 5);
        QCOMPARE(list.left, 5U);
        QCOMPARE(m_casework->catchUp(100)->size(), 5U);
        QCOMPARE(m_casework->claimsNow(0)->left, 0U);
    }

    void a_visit_that_is_over_is_not_shown_as_the_next_one() {
        const auto crn = *m_casework->beginClaim();
        QVERIFY(m_casework->saveVisit(crn, {"", m_casework->today().iso(), "10:15", "Llanrwst", ""}));
        QVERIFY(m_casework->claimsNow(1)->claims.front().visit.has_value());
        const auto tomorrow = Date{m_casework->today().days + 1}.iso();
        QVERIFY(m_casework->saveVisit(crn, {"", tomorrow, "14:30", "Llanrwst", ""}));
        QCOMPARE(m_casework->claimsNow(1)->claims.front().visit->time, std::string("10:15"));
        m_clock.advance(24 * 3'600'000);
        QVERIFY(!m_casework->claimsNow(0)->claims.front().visit.has_value());
        // It is among the first to be read, for the next one may be today.
        QCOMPARE(m_casework->claimsNow(1)->claims.front().visit->time, std::string("14:30"));
    }

    void an_answer_is_normalised_saved_once_and_found_again() {
        const auto crn = *m_casework->beginClaim();
        int saves = 0;
        m_casework->onSaved([&](const std::string&) { ++saves; });
        QVERIFY(m_casework->saveAnswer(crn, "nino", given("qq 12 34 56 c")));
        QVERIFY(m_casework->saveAnswer(crn, "nino", given("QQ123456C")));
        QCOMPARE(saves, 1);
        QCOMPARE(*m_casework->open(crn)->state.value("a/nino").text(), std::string("QQ123456C"));
        QVERIFY(m_casework->clearAnswer(crn, "nino"));
        QVERIFY(m_casework->clearAnswer(crn, "nino"));
        QVERIFY(m_casework->clearAnswer(crn, "surname"));
        QCOMPARE(saves, 2);
        QVERIFY(m_casework->open(crn)->state.value("a/nino").isNull());
        QCOMPARE(m_casework->saveAnswer(crn, "no_such_question", given("x")).error().code, ErrorCode::BadInput);
        QCOMPARE(m_casework->saveAnswer(crn, "jb_employer", given("x")).error().code, ErrorCode::BadInput);
    }

    void an_answer_that_its_question_refuses_is_kept_and_marked() {
        const auto crn = *m_casework->beginClaim();
        QVERIFY(m_casework->saveAnswer(crn, "first_contact", given("2099-01-01")));
        const auto open = m_casework->open(crn);
        QCOMPARE(*open->state.value("a/first_contact").text(), std::string("2099-01-01"));
        QVERIFY(open->review.evaluation.find("first_contact")->invalid);
    }

    void the_date_of_first_contact_is_corrected_with_a_reason_once_it_stands() {
        const auto crn = *m_casework->beginClaim();
        const auto date = [&] { return *m_casework->open(crn)->state.value("a/first_contact").text(); };
        const auto correct = [&](const char* day, const char* why) {
            const auto done = m_casework->correctFirstContact(crn, day, why);
            return done ? std::optional<ErrorCode>() : done.error().code;
        };
        QCOMPARE(correct("2007-01-08", "rang before"), std::optional(ErrorCode::NotFound));
        // What is no date yet is typed again.
        QVERIFY(m_casework->saveAnswer(crn, "first_contact", given("2099-01-01")));
        QVERIFY(m_casework->saveAnswer(crn, "first_contact", given("2007-01-10")));
        QVERIFY(m_casework->saveAnswer(crn, "first_contact", given("2007-01-10")));
        int saves = 0;
        m_casework->onSaved([&](const std::string&) { ++saves; });
        QCOMPARE(m_casework->saveAnswer(crn, "first_contact", given("2007-01-08")).error().code, ErrorCode::NotAllowed);
        QCOMPARE(m_casework->clearAnswer(crn, "first_contact").error().code, ErrorCode::NotAllowed);
        QCOMPARE(m_casework->resolve(crn, "first_contact", given("2007-01-08")).error().code, ErrorCode::NotAllowed);
        QCOMPARE(correct("2007-01-08", " "), std::optional(ErrorCode::BadInput));
        QCOMPARE(correct("2007-02-30", "rang before"), std::optional(ErrorCode::BadInput));
        QCOMPARE(correct("2099-01-08", "rang before"), std::optional(ErrorCode::BadInput));
        QCOMPARE(saves, 0);
        QCOMPARE(correct("2007-01-10", "rang before"), std::nullopt);  // as it stands
        QCOMPARE(saves, 0);
        QCOMPARE(correct("2007-01-08", "rang before"), std::nullopt);
        QCOMPARE(correct("2007-01-08", "rang before"), std::nullopt);  // a second tap
        QCOMPARE(saves, 1);
        QCOMPARE(date(), std::string("2007-01-10"));  // until the server has decided
        const auto intents = m_vault->openIntents(crn, kIntentCorrectDate);
        QCOMPARE(intents->size(), 1U);
        QCOMPARE(intents->front().textAt("date"), std::string("2007-01-08"));
        QCOMPARE(intents->front().textAt("reason"), std::string("rang before"));
        QVERIFY(intents->front().at("saw").list()->empty());
        // The next one says to know of it, though the server has not answered.
        QCOMPARE(correct("2007-01-07", "rang before"), std::nullopt);
        const auto asked = *m_vault->ownIntents(crn, kIntentCorrectDate);
        QCOMPARE(asked.size(), 2U);
        const auto next = m_vault->openIntents(crn, kIntentCorrectDate)->back().at("saw");
        QCOMPARE(next.list()->size(), 1U);
        QVERIFY(asked.contains(*toArray<16>(*next.list()->front().bytes())));
        QVERIFY(m_casework->history(crn)->back().text.find("7 January 2007") != std::string::npos);
    }

    void search_finds_by_folded_name_number_and_claim() {
        const auto crn = *m_casework->beginClaim();
        QVERIFY(m_casework->saveAnswer(crn, "first_names", given("Siân")));
        QVERIFY(m_casework->saveAnswer(crn, "surname", given("O’Brien")));
        const auto other = *m_casework->beginClaim();
        QVERIFY(m_casework->saveAnswer(other, "surname", given("Jones")));
        for (const auto& text :
             {std::string("sian obrien"), std::string("O'BRI"), Crn::display(crn), crn.substr(0, 6)}) {
            const auto found = m_casework->search(text);
            QVERIFY2(found->size() == 1 && found->front().crn == crn, text.c_str());
        }
        QVERIFY(m_casework->search("nobody")->empty());
        QVERIFY(m_casework->search("  ")->empty());
        QCOMPARE(m_casework->search("o", 1)->size(), 1U);
    }

    void today_shows_visits_by_time_then_urgent_ones_then_the_last_changed() {
        const auto quiet = *m_casework->beginClaim();
        m_clock.advance(1000);
        const auto late = *m_casework->beginClaim();
        const auto early = *m_casework->beginClaim();
        const auto urgent = *m_casework->beginClaim();
        const auto tomorrow = *m_casework->beginClaim();
        QVERIFY(m_casework->saveVisit(late, {"", "2007-01-15", "14:00", "Village hall", ""}));
        QVERIFY(m_casework->saveVisit(early, {"", "2007-01-15", "09:30", "At home", ""}));
        QVERIFY(m_casework->saveVisit(tomorrow, {"", "2007-01-16", "08:00", "At home", ""}));
        m_clock.advance(1000);
        QVERIFY(m_casework->saveAnswer(tomorrow, "surname", given("Jones")));
        auto sketch = missionSketch();
        sketch.complete();
        for (const auto& [key, answer] : sketch.answers.answers) QVERIFY(m_casework->saveAnswer(urgent, key, answer));
        QVERIFY(m_casework->saveAnswer(urgent, "urgent_need", given("yes")));
        std::vector<std::string> order;
        const auto claims = m_casework->claims();
        for (const auto& summary : *claims) order.push_back(summary.crn);
        QVERIFY(claims->at(2).urgent);
        QVERIFY((order == std::vector<std::string>{early, late, urgent, tomorrow, quiet}));
        m_clock.advance(24LL * 3600 * 1000);
        QCOMPARE(m_casework->claims()->front().crn, tomorrow);
    }

    void H19_a_save_is_seen_whole_or_not_at_all() {
        const auto crn = signedClaim();
        const auto sets = *m_vault->changeSets(crn);
        const auto& seal = sets.back().change_set;
        QCOMPARE(seal.payload.edits.size(), 3U);  // seal, method, role: one change set
        const auto digest = m_casework->open(crn)->review.seal->digest;
        QVERIFY(m_vault->blob(digest));
    }

    void a_signed_claim_stays_signed_until_a_declared_fact_changes() {
        const auto crn = signedClaim();
        QCOMPARE(m_casework->open(crn)->review.seal_state, SealState::Valid);
        QVERIFY(m_casework->saveProof(crn, {"identity", "original", "UK passport", "", {}, ""}));
        m_clock.advance(24LL * 3600 * 1000);
        QCOMPARE(m_casework->open(crn)->review.seal_state, SealState::Valid);
        QVERIFY(m_casework->saveAnswer(crn, "surname", given("Pritchard")));
        QCOMPARE(m_casework->open(crn)->review.seal_state, SealState::Void);
        QVERIFY((m_casework->open(crn)->review.changed_facts == std::vector<std::string>{"surname"}));
        QCOMPARE(m_casework->submit(crn).error().code, ErrorCode::Conflict);
    }

    void a_statement_that_is_no_longer_true_is_not_signed() {
        const auto crn = completeClaim("jsa_ib");
        const auto statement = *m_casework->draftStatement(crn, Language::English);
        QVERIFY(m_casework->saveAnswer(crn, "surname", given("Pritchard")));
        QCOMPARE(m_casework->sign(crn, statement, signing()).error().code, ErrorCode::Conflict);
        QCOMPARE(m_vault->totals()->blobs_waiting, 0U);
    }

    void a_method_that_a_benefit_does_not_admit_is_refused() {
        const auto crn = completeClaim("is");
        const auto statement = *m_casework->draftStatement(crn, Language::English);
        QCOMPARE(m_casework->sign(crn, statement, signing()).error().code, ErrorCode::NotAllowed);
    }

    void H46_two_taps_on_sign_and_on_submit_are_one() {
        const auto crn = completeClaim("jsa_ib");
        const auto statement = *m_casework->draftStatement(crn, Language::English);
        QVERIFY(m_casework->sign(crn, statement, signing()));
        const auto after = m_vault->totals()->saved_here;
        QVERIFY(m_casework->sign(crn, statement, signing()));
        QCOMPARE(m_vault->totals()->saved_here, after);
        QVERIFY(m_casework->submit(crn));
        QVERIFY(m_casework->submit(crn));
        QCOMPARE(m_vault->totals()->saved_here, after + 1);
        QVERIFY(m_casework->withdraw(crn, "No longer wanted"));
        QVERIFY(m_casework->withdraw(crn, "No longer wanted"));
        QCOMPARE(m_vault->totals()->saved_here, after + 2);
    }

    void the_statement_says_each_declared_answer_in_words() {
        const auto crn = completeClaim("jsa_ib");
        QVERIFY(m_casework->saveProof(crn, {"identity", "original", "UK passport", "", {}, ""}));
        QVERIFY(m_casework->saveProof(crn, {"nino_proof", "", "", "", {}, "lost in the flood"}));
        const auto statement = *m_casework->draftStatement(crn, Language::English);
        std::map<std::string, std::string> lines;
        std::size_t answers = 0;
        std::size_t declarations = 0;
        for (const auto& line : statement.rendering) {
            QVERIFY2(line.label.find("${") == std::string::npos && line.value.find("${") == std::string::npos,
                     line.label.c_str());
            if (line.kind == "answer") ++answers;
            if (line.kind == "declaration") ++declarations;
            lines[line.label] = line.value;
        }
        QCOMPARE(answers, statement.facts.size());
        QVERIFY(declarations >= 5);
        QCOMPARE(lines["Claim number"], Crn::display(crn));
        QCOMPARE(lines["As of"], std::string("15 January 2007"));
        QCOMPARE(lines["What does the customer need today?"], std::string("A new claim"));
        QCOMPARE(lines["Who the customer is"], std::string("UK passport (original seen)"));
        QCOMPARE(lines["National Insurance number"], std::string("Not available: lost in the flood"));
        QVERIFY(*decodeStatement(encodeStatement(statement).bytes) == statement);
    }

    void removing_an_instance_takes_all_of_it_away_in_one_edit() {
        const auto crn = completeClaim("jsa_ib");
        const auto id = m_casework->newInstance();
        QVERIFY(m_casework->saveAnswer(crn, "job/" + id + "/jb_employer", given("Hufenfa")));
        const auto before = m_vault->totals()->saved_here;
        QVERIFY(m_casework->removeInstance(crn, "job", id));
        QVERIFY(m_casework->removeInstance(crn, "job", id));
        QCOMPARE(m_vault->totals()->saved_here, before + 1);
        QCOMPARE(m_casework->open(crn)->state.pathsUnder("a/job/" + id).size(), 1U);
        QVERIFY(m_casework->open(crn)->review.conflicts.empty());
    }

    void history_says_who_wrote_what() {
        const auto crn = *m_casework->beginClaim();
        QVERIFY(m_casework->saveAnswer(crn, "surname", given("Jones")));
        QVERIFY(m_casework->saveAnswer(crn, "first_contact", given("2007-01-10")));
        const auto all = *m_casework->history(crn);
        QCOMPARE(all.size(), 3U);
        QCOMPARE(all[0].text, std::string("Claim begun"));
        QCOMPARE((*m_casework->history(crn, {}, Language::Welsh))[0].text, std::string("Dechreuwyd yr hawliad"));
        QCOMPARE(all[2].officer, std::string("Bronwen Pugh"));
        QVERIFY(all[2].text.ends_with(": 10 January 2007"));
        QVERIFY(all[2].here_only);
        QCOMPARE(m_casework->history(crn, "surname")->size(), 1U);
    }

private:
    static ClaimSketch missionSketch(const std::string& benefits = "jsa_ib") {
        return ClaimSketch(missionPack(), *Date::parse("2007-01-15"))
            .set({{"benefits_claimed", benefits}, {"partner", "no"}});
    }
    std::string completeClaim(const std::string& benefits) {
        const auto crn = *m_casework->beginClaim();
        auto sketch = missionSketch(benefits);
        sketch.complete({{"benefits_claimed", benefits}, {"partner", "no"}, {"claim_type", "new"}});
        for (const auto& [key, answer] : sketch.answers.answers) {
            const auto saved = m_casework->saveAnswer(crn, key, answer);
            ENSURE(saved.has_value());
        }
        return crn;
    }
    std::string signedClaim() {
        const auto crn = completeClaim("jsa_ib");
        for (const char* key : {"sign_method", "sign_role"}) ENSURE(m_casework->clearAnswer(crn, key).has_value());
        const auto signed_now = m_casework->sign(crn, *m_casework->draftStatement(crn, Language::English), signing());
        ENSURE(signed_now.has_value());
        return crn;
    }
    static Casework::Signing signing() {
        Casework::Signing out;
        out.signer = "Gwen O'Brien";
        out.strokes = Bytes{0x80};
        return out;
    }

    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<Casework> m_casework;
};

QTEST_GUILESS_MAIN(tst_Casework)
#include "tst_casework.moc"
