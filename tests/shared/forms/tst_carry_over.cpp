#include <rapidcheck.h>

#include <QtTest>
#include <set>

#include "shared/forms/carry_over.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

/// A pack of one form's two ages: `rows` of the survey, with the columns type, name, label and page.
std::shared_ptr<const FormPack> packOf(const std::string& version, const std::string& rows,
                                       const std::string& choices) {
    const auto loaded = FormPack::load({
        {"settings.csv", "form_title,form_id,version\nSmall,small," + version + "\n"},
        {"sections.csv", "id,title::English (en),order\nfirst,First,1\n"},
        {"params.csv", "key,from_date,value,unit,source,confidence\n"},
        {"choices.csv", "list_name,name,label::English (en),label::Cymraeg (cy)\n" + choices},
        {"survey.csv",
         "type,name,label::English (en),page,section,declared,relevant,required,constraint,"
         "constraint_message::English (en),calculation,stage,normalise,sensitive,benefits,evidence\n" +
             rows},
        {"proofs.csv", "code,label::English (en),when,accepts::English (en),min_level,blocks\n"},
        {"prescreen.csv", "benefit,verdict,when,reason::English (en),change::English (en),not_with\n"},
        {"warnings.csv", "id,when,text::English (en)\n"},
        {"declarations.csv", "id,version,when,text::English (en)\n"},
    });
    if (!loaded) qFatal("%s", loaded.error().detail.c_str());
    return *loaded;
}

const std::string kChoices =
    "kind,rent,Rent,Rhent\nkind,own,I own it,Fi biau\nkind,none,None,Dim\nyes_no,yes,Yes,Ie\nyes_no,no,No,Na\n";

std::shared_ptr<const FormPack> oldPack() {
    static const auto pack = packOf("1",
                                    "integer,hours,Hours,a,first,yes\n"
                                    "decimal,rent,Rent,b,first,yes\n"
                                    "text,moved,Moved,c,first,yes\n"
                                    "select_one kind,home,Home,d,first,yes\n"
                                    "select_multiple kind,homes,Homes,e,first,yes\n"
                                    "text,remark,Remark,f,first,yes\n"
                                    "text,gone,Gone,g,first,yes\n"
                                    "text,lodger,Lodger,h,first,yes\n"
                                    "begin_repeat,job,Job,i,first,\n"
                                    "text,employer,Employer,i,first,yes\n"
                                    "decimal,pay,Pay,i,first,yes\n"
                                    "end_repeat,job,,,,\n",
                                    kChoices);
    return pack;
}

std::shared_ptr<const FormPack> newPack() {
    static const auto pack = packOf("2",
                                    "decimal,hours,Hours,a,first,yes\n"
                                    "integer,rent,Rent,b,first,yes\n"
                                    "date,moved,Moved,c,first,yes\n"
                                    "select_multiple kind,home,Home,d,first,yes\n"
                                    "select_one kind,homes,Homes,e,first,yes\n"
                                    "select_one kind,remark,Remark,f,first,yes\n"
                                    "begin_repeat,job,Job,i,first,\n"
                                    "acknowledge,employer,Employer,i,first,yes\n"
                                    "text,lodger,Lodger,i,first,yes\n"
                                    "end_repeat,job,,,,\n",
                                    "kind,rent,Rent,Rhent\nkind,own,I own it,Fi biau\n");
    return pack;
}

AnswerSet one(const std::string& key, const std::string& text) {
    AnswerSet out;
    out.answers[key] = {Answer::Kind::Given, text};
    return out;
}

}  // namespace

class TestCarryOver : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "max_success=300");
    }

    void an_answer_is_carried_by_name_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("carried");  ///< empty: it is not
        QTest::addColumn<int>("why");          ///< -1: it is not kept aside
        using Why = KeptAside::Why;
        const auto row = [](const char* name, const char* key, const char* text, const char* carried, int why = -1) {
            QTest::newRow(name) << key << text << carried << why;
        };
        const auto aside = [&](const char* name, const char* key, const char* text, Why why) {
            row(name, key, text, "", static_cast<int>(why));
        };
        row("integer to decimal", "hours", "16", "16");
        row("decimal to integer", "rent", "82.00", "82");
        row("decimal to integer with a loss stays to be corrected", "rent", "82.50", "82.50");
        row("text to date", "moved", "27 March 2005", "2005-03-27");
        row("text to date that is none stays to be corrected", "moved", "29 2 2005", "29 2 2005");
        row("one choice to several", "home", "own", "own");
        row("several to one, with one", "homes", "own", "own");
        aside("several to one, with two", "homes", "own rent", Why::ChoiceGone);
        aside("a choice that is gone", "home", "none", Why::ChoiceGone);
        aside("several, one of them gone", "home", "own none", Why::ChoiceGone);
        row("text that is a choice's name", "remark", "own", "own");
        row("text that is a choice's label", "remark", "i own it", "own");
        row("text that is a choice's Welsh label", "remark", "Fi biau ", "own");
        aside("text that is no choice", "remark", "We share, and it's cold.", Why::OtherType);
        aside("a question that is gone", "gone", "With my mother", Why::QuestionGone);
        aside("a question of a repeat that is gone", "job/1/pay", "82.50", Why::QuestionGone);
        aside("asked within a repeat now", "lodger", "Sam", Why::AskedElsewhere);
        row("done is done", "job/1/employer", "yes", "yes");
        aside("text to an acknowledgement", "job/1/employer", "Dee Valley Foods", Why::OtherType);
    }
    void an_answer_is_carried_by_name() {
        QFETCH(QString, key);
        QFETCH(QString, text);
        QFETCH(QString, carried);
        QFETCH(int, why);
        const auto now = carryOver(*newPack(), one(key.toStdString(), text.toStdString()));
        const auto found = now.answers.answers.find(key.toStdString());
        QCOMPARE(found == now.answers.answers.end() ? QString() : q(found->second.text), carried);
        QCOMPARE(now.aside.size(), why < 0 ? std::size_t{0} : std::size_t{1});
        if (why < 0) return;
        QCOMPARE(q(now.aside.front().key), key);
        QCOMPARE(q(now.aside.front().answer.text), text);
        QCOMPARE(static_cast<int>(now.aside.front().why), why);
    }

    void what_was_not_known_is_still_not_known() {
        AnswerSet answers;
        answers.answers["home"] = {Answer::Kind::NotKnown, "will ask"};
        answers.answers["gone"] = {Answer::Kind::Refused, "rather not"};
        const auto now = carryOver(*newPack(), answers);
        QVERIFY(now.answers.answers.at("home") == answers.answers.at("home"));
        QCOMPARE(now.aside.size(), std::size_t{1});
        QVERIFY(now.aside.front().answer == answers.answers.at("gone"));
    }

    void an_instance_whose_answers_are_all_kept_aside_is_still_there() {
        const auto now = carryOver(*newPack(), one("job/7f3a/pay", "82.50"));
        const auto evaluation = Evaluation::of(newPack(), now.answers, Date{13'000});
        QCOMPARE(evaluation.repeats().front().instances, std::vector<std::string>{"7f3a"});
        QVERIFY(evaluation.declaredFacts().empty());
    }

    void an_instance_that_was_kept_is_no_answer() {
        AnswerSet answers;
        answers.answers["job/7f3a"] = Answer{};
        QVERIFY(carryOver(*newPack(), answers).aside.empty());
        answers.answers["job/7f3a"] = {Answer::Kind::Given, "kept"};
        QVERIFY(carryOver(*newPack(), answers).aside.empty());
    }

    void nothing_of_the_missions_own_pack_is_kept_aside() {
        std::mt19937_64 random(27);
        for (int round = 0; round < 10; ++round) {
            ClaimSketch claim(missionPack(), Date::parse("2007-01-15").value());
            claim.complete({{"benefits_claimed", "is ib hb ctb"}, {"partner", "yes"}, {"dob", "1970-05-05"}});
            const auto now = carryOver(*missionPack(), claim.answers);
            QVERIFY(now.aside.empty());
            QVERIFY(now.answers.answers == claim.answers.answers);
        }
    }

    void H27_no_answer_is_lost_over_any_sequence_of_packs() {
        const std::vector<std::string> texts = {
            "16",   "16.50",          "82.00",           "own", "own rent", "none", "yes", "27 3 2005",
            "Rent", "With my mother", "🙂 مرحبا", "x\ny"};
        const std::vector<std::string> keys = {"hours", "rent",   "moved",          "home",      "homes",    "remark",
                                               "gone",  "lodger", "job/1/employer", "job/1/pay", "job/2/pay"};
        QVERIFY(rc::check("A, B, A", [&](const std::vector<bool>& packs, std::uint64_t seed) {
            std::mt19937_64 random(seed);
            AnswerSet raw;
            for (const auto& key : keys) {
                if (random() % 4 == 0) continue;
                raw.answers[key] = {random() % 9 == 0 ? Answer::Kind::NotKnown : Answer::Kind::Given,
                                    texts[random() % texts.size()]};
            }
            // What an officer saves while a pack is in use is what that pack made of it.
            const auto first = carryOver(*oldPack(), raw);
            for (const bool is_new : packs) {
                const auto& pack = is_new ? *newPack() : *oldPack();
                const auto now = carryOver(pack, raw);
                std::set<std::string> seen;
                for (const auto& aside : now.aside) {
                    RC_ASSERT(raw.answers.at(aside.key) == aside.answer);
                    RC_ASSERT(seen.insert(aside.key).second);
                }
                for (const auto& [key, answer] : now.answers.answers) {
                    if (answer == Answer{}) continue;  // holds the place of an instance
                    RC_ASSERT(seen.insert(key).second);
                    const auto& before = raw.answers.at(key);
                    RC_ASSERT(before.kind == answer.kind);
                    if (before.kind != Answer::Kind::Given) continue;
                    const auto* question = pack.find(key.substr(key.rfind('/') + 1));
                    RC_ASSERT(question != nullptr);
                    RC_ASSERT(answer.text == before.text || fitAnswer(*question, before.text) == answer.text);
                    RC_ASSERT(fitAnswer(*question, answer.text).value_or(answer.text) == answer.text);
                }
                RC_ASSERT(seen.size() == raw.answers.size());
            }
            const auto again = carryOver(*oldPack(), raw);
            RC_ASSERT(again.answers.answers == first.answers.answers);
            RC_ASSERT(again.aside == first.aside);
        }));
    }
};
QTEST_GUILESS_MAIN(TestCarryOver)
#include "tst_carry_over.moc"
