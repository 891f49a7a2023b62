#include <QTemporaryDir>
#include <QTest>

#include "mobile/casework/casework.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

Answer given(const std::string& text) { return {Answer::Kind::Given, text}; }

using Person = std::map<std::string, std::string>;
const Person kGwen{{"has_nino", "yes"},   {"nino", "QQ123456C"},    {"surname", "O'Brien"},
                   {"dob", "1971-03-27"}, {"postcode", "LL26 0DF"}, {"settled", "yes"}};

}  // namespace

/// Two claims that may be one person's: found, decided, withdrawn.
class SamePersonTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = testVault(m_folder->path().toStdString(), m_clock, m_random);
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
    }
    void cleanup() {
        m_casework.reset();
        m_vault.reset();
    }

    void aRuleSaysWhatTwoClaimsHaveInCommon_data() {
        QTest::addColumn<Person>("second");
        QTest::addColumn<std::set<Likeness>>("why");
        const auto row = [](const char* name, Person second, std::set<Likeness> why) {
            QTest::newRow(name) << second << why;
        };
        using enum Likeness;
        row("all of it", kGwen, {Nino, NameAndBirth, PostcodeAndBirth});
        row("the number, its last letter not known", {{"has_nino", "yes"}, {"nino", "qq 12 34 56"}}, {Nino});
        row("the number, another last letter", {{"has_nino", "yes"}, {"nino", "QQ123456D"}}, {Nino});
        row("name and birth, written otherwise", {{"surname", "o’BRIEN"}, {"dob", "1971-03-27"}}, {NameAndBirth});
        row("postcode and birth",
            {{"surname", "Jones"}, {"dob", "1971-03-27"}, {"postcode", "ll260df"}, {"settled", "yes"}},
            {PostcodeAndBirth});
        row("the name alone", {{"surname", "O'Brien"}}, {});
        row("the birth alone", {{"dob", "1971-03-27"}}, {});
        row("the postcode alone", {{"postcode", "LL26 0DF"}}, {});
        row("twins of another house",
            {{"surname", "Parry"}, {"dob", "1971-03-27"}, {"postcode", "LL26 0DG"}, {"settled", "yes"}}, {});
        row("half a number", {{"has_nino", "yes"}, {"nino", "QQ123"}}, {});
        row("nothing yet", {}, {});
    }
    void aRuleSaysWhatTwoClaimsHaveInCommon() {
        QFETCH(Person, second);
        QFETCH(std::set<Likeness>, why);
        const auto one = claimOf(kGwen);
        const auto two = claimOf(second);
        const auto found = pairs();
        QCOMPARE(found.size(), why.empty() ? 0U : 1U);
        const auto here = m_casework->possibleDuplicatesOf(two);
        QVERIFY(here.has_value());
        QCOMPARE(here->size(), why.empty() ? 0U : 1U);
        if (why.empty()) return;
        QVERIFY(found[0].why == why);
        QVERIFY(here->front().why == why);
        QCOMPARE(here->front().crn, two);
        QCOMPARE(here->front().other, one);
    }

    void aChangedAnswerIsComparedAtOnceFromEitherSide() {
        const auto one = claimOf(kGwen);
        const auto two = claimOf({{"surname", "Jones"}, {"dob", "1971-03-27"}});
        QCOMPARE(pairs().size(), 0U);
        QVERIFY(m_casework->saveAnswer(two, "surname", given("O'Brien")));
        // Its row is not made again yet: the claim itself knows, and so does the other one.
        QCOMPARE(m_casework->possibleDuplicatesOf(two)->size(), 1U);
        QCOMPARE(m_casework->possibleDuplicatesOf(one)->size(), 1U);
        QCOMPARE(pairs().size(), 1U);
        QVERIFY(m_casework->saveAnswer(two, "surname", given("Jones")));
        QCOMPARE(m_casework->possibleDuplicatesOf(one)->size(), 0U);
        QCOMPARE(pairs().size(), 0U);
    }

    void keptApartWithAReasonTheyAreNotAskedAboutAgain() {
        const auto one = claimOf(kGwen);
        const auto two = claimOf(kGwen);
        QCOMPARE(m_casework->decideDuplicate(one, two, false, "  ").error().code, ErrorCode::BadInput);
        QCOMPARE(m_casework->decideDuplicate(one, one, true, "").error().code, ErrorCode::BadInput);
        QCOMPARE(m_casework->decideDuplicate(one, "0123456789A0K", true, "").error().code, ErrorCode::NotFound);
        QCOMPARE(pairs().size(), 1U);
        int saves = 0;
        m_casework->onSaved([&](const std::string&) { ++saves; });
        QVERIFY(m_casework->decideDuplicate(one, two, false, "Mother and daughter, one letter mistyped"));
        QVERIFY(m_casework->decideDuplicate(one, two, false, "Mother and daughter, one letter mistyped"));
        QCOMPARE(saves, 2);  // one in each claim
        QCOMPARE(pairs().size(), 0U);
        QCOMPARE(m_casework->possibleDuplicatesOf(one)->size(), 0U);
        QCOMPARE(m_casework->possibleDuplicatesOf(two)->size(), 0U);
        for (const auto& [crn, other] : {std::pair(one, two), std::pair(two, one)}) {
            const auto links = linksOf(m_casework->open(crn)->state);
            QCOMPARE(links.size(), 1U);
            QCOMPARE(links[0], (ClaimLink{other, false, "Mother and daughter, one letter mistyped",
                                          testOfficer("Bronwen Pugh").info.id}));
        }
        QVERIFY(m_casework->history(one)->back().text.starts_with("Kept apart from "));
        QVERIFY(m_casework->history(one, {}, Language::Welsh)->back().text.starts_with("Cadwyd ar wahân i "));
        // Nobody is asked again, and whoever knows better says so.
        QVERIFY(m_casework->decideDuplicate(two, one, true, ""));
        QVERIFY(linksOf(m_casework->open(one)->state)[0].same);
        QVERIFY(linksOf(m_casework->open(two)->state)[0].same);
    }

    void decisionsThatDifferAreAskedAboutAgain() {
        const auto one = claimOf(kGwen);
        const auto two = claimOf(kGwen);
        write(one, {linkPath(two), encodeLink({two, true, "", {}}), {}});
        QCOMPARE(pairs().size(), 0U);
        write(two, {linkPath(one), encodeLink({one, false, "Sisters", {}}), {}});
        QCOMPARE(pairs().size(), 1U);
        // And where they differ within one claim, that is a conflict like any other.
        write(two, {linkPath(one), encodeLink({one, true, "", {}}), {}});
        const auto review = m_casework->open(two)->review;
        QCOMPARE(review.conflicts, std::vector<std::string>{linkPath(one)});
        QVERIFY(review.actions.front().text.english.find("Officers disagree whether") == 0);
        QVERIFY(m_casework->decideDuplicate(two, one, true, ""));
        QVERIFY(m_casework->open(two)->review.conflicts.empty());
        QCOMPARE(pairs().size(), 0U);
    }

    void aWithdrawnDuplicateEndsWithItsReasonAndLosesNothing() {
        const auto one = claimOf(kGwen);
        const auto two = claimOf(kGwen);
        QVERIFY(!*m_casework->withdrawalAsked(two));
        QVERIFY(m_casework->withdrawDuplicate(two, one));
        QVERIFY(m_casework->withdrawDuplicate(two, one));
        QVERIFY(*m_casework->withdrawalAsked(two));
        QVERIFY(!*m_casework->withdrawalAsked(one));
        const auto intents = m_vault->openIntents(two, kIntentWithdraw);
        QCOMPARE(intents->size(), 1U);
        QCOMPARE(intents->front().textAt("reason"), "duplicate of " + Crn::display(one));
        QCOMPARE(*m_casework->open(two)->state.value("a/surname").text(), std::string("O'Brien"));
        QCOMPARE(pairs().size(), 0U);
        QVERIFY(m_casework->history(two, {}, Language::Welsh)->back().text.find("hawliad dyblyg i") !=
                std::string::npos);
    }

    void manyClaimsOfOneBirthdayAreACappedList() {
        for (int i = 0; i < 60; ++i) claimOf({{"surname", "Jones"}, {"dob", "1970-01-01"}});
        QCOMPARE(pairs().size(), Casework::kMostDuplicates);
    }

private:
    std::string claimOf(const Person& person) {
        auto crn = m_casework->beginClaim().value();
        for (const auto& [key, value] : person) {
            if (!m_casework->saveAnswer(crn, key, given(value))) qFatal("not saved");
        }
        return crn;
    }
    void write(const std::string& crn, Edit edit) {
        const auto made =
            m_vault->save({crn, {{std::move(edit)}, std::nullopt}, "working-age/1", std::nullopt, {}, {}});
        QVERIFY(made.has_value());
        // Nothing of it was seen by the casework: it begins anew.
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
    }
    std::vector<PossibleDuplicate> pairs() {
        return m_casework->possibleDuplicates(m_casework->claims().value()).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<Casework> m_casework;
};

QTEST_GUILESS_MAIN(SamePersonTest)
#include "tst_same_person.moc"
