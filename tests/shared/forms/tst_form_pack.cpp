#include <QtTest>
#include <fstream>
#include <thread>

#include "shared/forms/csv.h"
#include "shared/forms/regex.h"
#include "shared/packfiles/packfiles.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

/// The smallest pack that loads; each broken pack is one change away from it.
PackFiles smallPack() {
    return {
        {"settings.csv",
         "form_title,form_id,version,benefits_question,claim_date_question\nSmall,small,1,benefits,from\n"},
        {"sections.csv", "id,title::English (en),order\nfirst,First,1\n"},
        {"params.csv",
         "key,from_date,value,unit,source,confidence\nlimit,2005-04-06,10,GBP,law,source\nborn,2005-04-06,1957-10-28,"
         "date,law,source\n"},
        {"choices.csv",
         "list_name,name,label::English "
         "(en),relevant\nyes_no,yes,Yes,\nyes_no,no,No,\nbenefits,is,IS,\nbenefits,hb,HB,\n"},
        {"survey.csv",
         "type,name,label::English (en),relevant,required,constraint,constraint_message::English "
         "(en),calculation,page,section,stage,"
         "normalise,declared,sensitive,benefits,evidence\n"
         "date,from,From?,,yes,. <= today(),In the past,,a,first,,,yes,,,\n"
         "select_one yes_no,partner,Partner?,,yes,,,,b,first,,,yes,,,paper\n"
         "calculate,limit,,,,,,\"pulldata('params', 'limit', 'from_date', ${from})\",,,,,,,,\n"
         "begin_repeat,job,Job,${partner} = 'yes',,,,,c,first,,,,,,\n"
         "decimal,pay,Pay?,,,. > 0,More,,c,first,,money,yes,,,\n"
         "end_repeat,job,,,,,,,,,,,,,,\n"
         "calculate,total,,,,,,sum(${pay}),,,,,,,,\n"
         "select_multiple benefits,benefits,Which?,,yes,,,,d,first,,,yes,,,\n"},
        {"proofs.csv",
         "code,label::English (en),when,accepts::English (en),min_level,blocks\npaper,Paper,${pay} > "
         "1,passport|licence,copy,yes\n"},
        {"prescreen.csv",
         "benefit,verdict,when,reason::English (en),change::English (en),not_with\n"
         "is,likely,${partner} = 'no',Alone,,\nis,unlikely,true(),Otherwise,,\nhb,possible,true(),Perhaps,,\n"},
        {"warnings.csv", "id,when,text::English (en)\nhigh,${total} > 100,That is £${total}\n"},
        {"declarations.csv", "id,version,when,text::English (en)\ntrue_answers,1,,It is true\n"},
    };
}

PackFiles changed(const QString& file, const QString& from, const QString& to) {
    auto files = smallPack();
    auto text = q(files[file.toStdString()]);
    ENSURE(text.contains(from));
    files[file.toStdString()] = text.replace(text.indexOf(from), from.size(), to).toStdString();
    return files;
}

}  // namespace

class TestFormPack : public QObject {
    Q_OBJECT
private slots:
    void every_row_of_the_missions_pack_loads() {
        const auto loaded = FormPack::load(missionFiles());
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
        const auto& pack = **loaded;
        QCOMPARE(pack.id(), std::string("working-age"));
        QCOMPARE(pack.questions().size(), std::size_t{160});
        QCOMPARE(pack.pages().size(), std::size_t{118});
        QCOMPARE(pack.sections().size(), std::size_t{17});
        QCOMPARE(pack.proofRules().size(), std::size_t{40});
        QCOMPARE(pack.repeats().size(), std::size_t{5});
        const auto count = [&](auto holds) {
            return std::count_if(pack.questions().begin(), pack.questions().end(), holds);
        };
        QCOMPARE(count([](const auto& x) { return x.sensitive; }), 24);
        QCOMPARE(count([](const auto& x) { return !x.declared; }), 9);
        QCOMPARE(count([](const auto& x) { return x.benefits.empty(); }), 0);
    }

    void each_page_stands_in_one_section_and_holds_its_questions() {
        const auto pack = missionPack();
        std::size_t pages = 0;
        std::size_t questions = 0;
        for (const auto& section : pack->sections()) pages += section.pages.size();
        for (const auto& page : pack->pages()) questions += page.questions.size();
        QCOMPARE(pages, pack->pages().size());
        QCOMPARE(questions, pack->questions().size());
    }

    void every_figure_of_params_json_is_there() {
        const auto files = missionFiles();
        const auto table = CsvTable::parse(files.at("params.csv"));
        QVERIFY(table.has_value());
        // 119 of the domain, 11 rows of signing methods, 3 of who may sign by which authority, and figures that were in
        // a text: of the pre-screen and of the checks between answers.
        QCOMPARE(table->rows().size(), std::size_t{137});
    }

    void a_parameter_is_the_newest_that_has_begun() {
        const auto pack = missionPack();
        const auto on = [&](const char* key, const char* date) {
            return q(pack->parameter(key, Date::parse(date).value()).value_or("none"));
        };
        QCOMPARE(on("cap_upper_is_jsa", "2003-04-06"), "none");
        QCOMPARE(on("cap_upper_is_jsa", "2003-04-07"), "8000");
        QCOMPARE(on("cap_upper_is_jsa", "2006-04-09"), "8000");
        QCOMPARE(on("cap_upper_is_jsa", "2006-04-10"), "16000");
        QCOMPARE(on("nothing", "2006-04-10"), "none");
    }

    void the_small_pack_loads() {
        const auto loaded = FormPack::load(smallPack());
        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
        QCOMPARE((*loaded)->proofRules().front().repeat, std::string("job"));
        QCOMPARE((*loaded)->proofRules().front().accepts.size(), std::size_t{2});
    }

    void a_table_may_come_from_any_spreadsheet() {
        auto files = smallPack();
        for (auto& [name, text] : files)
            text = "\xEF\xBB\xBF" + q(text).replace("\n", "\r\n").toStdString() + "\r\n,,\r\n";
        QVERIFY(FormPack::load(files).has_value());
    }

    void a_broken_pack_says_where_and_why_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* file, const char* from, const char* to, const char* error) {
            QTest::newRow(name) << file << from << to << error;
        };
        const char* survey = "survey.csv";
        row("a missing column", survey, "calculation,page", "calculatio,page",
            "survey.csv:1:calculation: the column is missing");
        row("a column twice", survey, "stage,normalise", "page,normalise",
            "survey.csv:1:: the column page is there twice");
        row("an open quotation mark", survey, "Which?", "\"Which?", "survey.csv:9:: a quotation mark is not closed");
        row("not UTF-8", survey, "From?", "\x01", "survey.csv:1:: the file is not UTF-8 text");
        row("an unknown type", survey, "date,from", "dat,from", "survey.csv:2:type: there is no type 'dat'");
        row("an unknown list", survey, "select_one yes_no", "select_one maybe",
            "survey.csv:3:type: there is no list of choices 'maybe'");
        row("a bad name", survey, "date,from,", "date,1from,",
            "survey.csv:2:name: '1from' is not a name (letters, digits, _ and -; a letter first)");
        row("a name twice", survey, "partner,Partner?", "from,Partner?", "survey.csv:3:name: 'from' is there twice");
        row("no label", survey, "From?", "", "survey.csv:2:label::English (en): is missing");
        row("no page", survey, ",a,first", ",,first", "survey.csv:2:page: is missing");
        row("an unknown section", survey, ",b,first", ",b,second",
            "survey.csv:3:section: there is no section 'second'");
        row("a page that is taken up again", survey, ",d,first", ",a,first",
            "survey.csv:9:page: the page a began earlier: its questions stand together");
        row("a flag that is neither", survey, "In the past,,a,first,,,yes", "In the past,,a,first,,,maybe",
            "survey.csv:2:declared: is yes, no or empty");
        row("an unknown way to normalise", survey, ",money,", ",monye,", "survey.csv:6:normalise: there is no 'monye'");
        row("an unknown proof", survey, "yes,,,paper", "yes,,,papier",
            "survey.csv:3:evidence: there is no proof rule 'papier'");
        row("a rule without a message", survey, "In the past", "",
            "survey.csv:2:constraint_message::English (en): is missing: what must the officer put right?");
        row("an unknown reference", survey, "${partner} = 'yes'", "${partnr} = 'yes'",
            "survey.csv:5:relevant: there is no ${partnr}");
        row("a forward reference", survey, "Partner?,,yes", "Partner?,${limit} = 1,yes",
            "survey.csv:3:relevant: ${limit} comes later or is the row itself");
        row("a row that needs itself", survey, "sum(${pay})", "${total} + 1",
            "survey.csv:8:calculation: ${total} comes later or is the row itself");
        row("not an expression", survey, "sum(${pay})", "sum(${pay}) +",
            "survey.csv:8:calculation: it is not an expression");
        row("a bracket too few", survey, "sum(${pay})", "sum(${pay}",
            "survey.csv:8:calculation: a bracket is not closed");
        row("a bracket too many", survey, "sum(${pay})", "sum(${pay}))",
            "survey.csv:8:calculation: a bracket is closed that was not opened");
        row("an unknown function", survey, "sum(${pay})", "avg(${pay})",
            "survey.csv:8:calculation: there is no function avg()");
        row("too few arguments", survey, "sum(${pay})", "int()",
            "survey.csv:8:calculation: int() takes 1 arguments, not 0");
        row("a path", survey, "sum(${pay})", "sum(/claim/pay)",
            "survey.csv:8:calculation: paths are not used here: write ${name}");
        row("a bare word", survey, "sum(${pay})", "pay", "survey.csv:8:calculation: unknown word pay: write ${pay}");
        row("an odd character", survey, "sum(${pay})", "1 ; 2", "survey.csv:8:calculation: unexpected character ;");
        row("no answer to stand for", survey, "sum(${pay})", ". + 1",
            "survey.csv:8:calculation: \".\" has no answer to stand for here");
        row("text of a date", survey, ". <= today()", "string-length(.) = 10",
            "survey.csv:2:constraint: string-length() reads text and was given a date: use format-date() first");
        row("text of a date within if", survey, "sum(${pay})", "\"concat(if(true(), ${from}, ''), 'x')\"",
            "survey.csv:8:calculation: concat() reads text and was given a date: use format-date() first");
        row("text of today", survey, "sum(${pay})", "string(today())",
            "survey.csv:8:calculation: string() reads text and was given a date: use format-date() first");
        row("a date beside text", survey, ". <= today()", ". > '2005-01-01'",
            "survey.csv:2:constraint: a date is compared with text: write date('2005-01-01')");
        row("an impossible date", survey, ". <= today()", ". > date('2005-02-30')",
            "survey.csv:2:constraint: '2005-02-30' is not a date (YYYY-MM-DD)");
        row("a choice that is not offered", survey, "${partner} = 'yes'", "${partner} = 'maybe'",
            "survey.csv:5:relevant: there is no choice 'maybe'");
        row("a choice that is not among several", survey, "sum(${pay})", "\"selected(${partner}, 'si')\"",
            "survey.csv:8:calculation: there is no choice 'si'");
        row("an unknown parameter", survey, "'limit', 'from", "'limits', 'from",
            "survey.csv:4:calculation: there is no parameter 'limits'");
        row("an unknown table", survey, "'params'", "'rates'",
            "survey.csv:4:calculation: pulldata() reads 'params' alone");
        row("a bad pattern", survey, ". <= today()", "\"regex('a', '(')\"",
            "survey.csv:2:constraint: the pattern: missing closing parenthesis at character 1");
        row("a pattern from an answer", survey, "sum(${pay})", "\"regex('a', ${partner})\"",
            "survey.csv:8:calculation: regex() needs its pattern as a text in quotation marks");
        row("a repeat that is not ended", survey, "end_repeat,job", "calculate,x,,,,,,1",
            "survey.csv:5:type: this repeat is not ended");
        row("a repeat that was not begun", survey, "begin_repeat,job,Job,${partner} = 'yes'", "calculate,x,,,,,,1",
            "survey.csv:7:name: this repeat was not begun");
        row("a date that is not one", "params.csv", "2005-04-06,10", "2005-4-6,10",
            "params.csv:2:from_date: is not a date (YYYY-MM-DD)");
        row("a figure that is not one", "params.csv", ",10,", ",ten,", "params.csv:2:value: 'ten' is not a number");
        row("a figure from nowhere", "params.csv", "GBP,law", "GBP,",
            "params.csv:2:source: is missing: where does the figure come from?");
        row("a figure of doubtful rank", "params.csv", "law,source", "law,sure",
            "params.csv:2:confidence: is source, memory or design");
        row("a figure twice", "params.csv", "born,2005-04-06,1957-10-28,date", "limit,2005-04-06,11,GBP",
            "params.csv:3:from_date: this key has this date twice");
        row("figures of two kinds", "params.csv", "born,2005-04-06,1957-10-28,date", "limit,2006-04-06,yes,",
            "params.csv:3:value: is of another kind than this key's other values");
        row("a choice twice", "choices.csv", "yes_no,no", "yes_no,yes", "choices.csv:3:name: 'yes' is there twice");
        row("a label that names nothing", "choices.csv", "Yes", "${y}",
            "choices.csv:2:label::English (en): there is no ${y}");
        row("an unknown level", "proofs.csv", "copy", "seen", "proofs.csv:2:min_level: is told, copy or original");
        row("an unknown benefit", "prescreen.csv", "hb,possible", "ctb,possible",
            "prescreen.csv:4:benefit: there is no benefit 'ctb'");
        row("an unknown verdict", "prescreen.csv", "hb,possible", "hb,perhaps",
            "prescreen.csv:4:verdict: is likely, possible or unlikely");
        row("a row after the last", "prescreen.csv", "${partner} = 'no'", "true()",
            "prescreen.csv:3:when: a row before this one always holds");
        row("a benefit without a last row", "prescreen.csv", "hb,possible,true()", "hb,possible,1 = 1",
            "prescreen.csv:0:when: hb has no last row that is true()");
        row("a warning that names nothing", "warnings.csv", "£${total}", "£${totl}",
            "warnings.csv:2:text::English (en): there is no ${totl}");
        const char* with_welsh = "text::English (en),text::Cymraeg (cy)\nhigh,${total} > 100,That is £${total},";
        const char* warning = "text::English (en)\nhigh,${total} > 100,That is £${total}";
        row("Welsh that does not fill in what the English does", "warnings.csv", warning,
            qPrintable(QString(with_welsh) + "Llawer"),
            "warnings.csv:2:text::Cymraeg (cy): lacks the English text's ${total}");
        row("Welsh that fills in something else too", "warnings.csv", warning,
            qPrintable(QString(with_welsh) + "£${total} o ${limit}"),
            "warnings.csv:2:text::Cymraeg (cy): has ${limit}, the English has not");
        row("a Welsh choice that does not fill in what the English does", "choices.csv",
            "(en),relevant\nyes_no,yes,Yes,", "(en),label::Cymraeg (cy)\nyes_no,yes,${from},Ie",
            "choices.csv:2:label::Cymraeg (cy): lacks the English text's ${from}");
        row("a message that names nothing", survey, "In the past", "Before ${form}",
            "survey.csv:2:constraint_message::English (en): there is no ${form}");
        row("a line without a version", "declarations.csv", ",1,", ",one,",
            "declarations.csv:2:version: is not a number from 1");
        row("an unknown question of benefits", "settings.csv", "benefits,from\n", "partner,from\n",
            "settings.csv:2:benefits_question: there is no question partner of the right type");
        row("no version", "settings.csv", "small,1,", "small,,", "settings.csv:2:version: is missing");
    }
    void a_broken_pack_says_where_and_why() {
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, error);
        auto files = changed(file, from, to);
        if (to == "\x01") files["survey.csv"] += "\xFF";
        const auto loaded = FormPack::load(files);
        QVERIFY(!loaded.has_value());
        QVERIFY(loaded.error().code == ErrorCode::BadPack);
        QVERIFY2(q(loaded.error().detail).split('\n').contains(error), loaded.error().detail.c_str());
    }

    void a_pack_may_be_in_English_alone_or_partly_in_Welsh() {
        const auto files = changed("warnings.csv", "text::English (en)\nhigh,${total} > 100,That is £${total}",
                                   "text::English (en),text::Cymraeg (cy)\nhigh,${total} > 100,That is "
                                   "£${total},Dyna £${total}\nmore,${total} > 200,Much,");
        const auto pack = FormPack::load(files);
        QVERIFY2(pack.has_value(), pack ? "" : pack.error().detail.c_str());
        AnswerSet answers;
        answers.answers["partner"] = {Answer::Kind::Given, "yes"};
        answers.answers["job/1/pay"] = {Answer::Kind::Given, "250"};
        const auto now = Evaluation::of(*pack, answers, Date{13'000});
        QCOMPARE(now.warnings().size(), std::size_t{2});
        QCOMPARE(q(now.warnings()[0].text.in(Language::Welsh)), q("Dyna £250"));
        QCOMPARE(q(now.warnings()[1].text.in(Language::Welsh)), q("Much"));
    }

    void all_errors_are_told_at_once_up_to_fifty() {
        auto files = changed("survey.csv", "From?", "");
        files["proofs.csv"] += "paper,Paper,,x,copy,yes\n";
        files["choices.csv"] += "l,1,One,\n";
        QCOMPARE(q(FormPack::load(files).error().detail).split('\n').size(),
                 2);  // proofs wait for a survey that stands
        for (int i = 0; i < 60; ++i) files["choices.csv"] += "l,1,One,\n";
        QCOMPARE(q(FormPack::load(files).error().detail).split('\n').size(), 50);
    }

    void a_missing_file_is_named() {
        for (const auto& [name, text] : smallPack()) {
            auto files = smallPack();
            files.erase(name);
            QCOMPARE(FormPack::load(files).error().detail, name + ":0:: the file is missing");
        }
    }

    void what_is_too_large_is_refused() {
        auto files = smallPack();
        files["notes.csv"] = std::string(FormPack::kMaxBytes, 'x');
        QCOMPARE(FormPack::load(files).error().detail, std::string("pack:0:: larger than 8 MiB"));
        files = smallPack();
        for (int i = 0; i < 5'001; ++i) files["choices.csv"] += "many,c" + std::to_string(i) + ",C,\n";
        QVERIFY(q(FormPack::load(files).error().detail).contains("more than 5,000 rows"));
        const auto deep = QString("(").repeated(25) + "1" + QString(")").repeated(25);
        QVERIFY(
            q(FormPack::load(changed("survey.csv", "sum(${pay})", deep)).error().detail).contains("more than 24 deep"));
        const auto longer = QString("1+").repeated(2'001) + "1";
        QVERIFY(q(FormPack::load(changed("survey.csv", "sum(${pay})", longer)).error().detail)
                    .contains("longer than 4,000 bytes"));
    }

    void a_pattern_that_would_search_for_ever_gives_up() {
        auto files = changed("survey.csv", "decimal,pay,Pay?,,,. > 0,More,,c,first,,money",
                             "text,pay,Pay?,,,\"regex(., '^(a+)+$')\",More,,c,first,,");
        files["survey.csv"] = q(files["survey.csv"]).replace("sum(${pay})", "1").toStdString();
        files["proofs.csv"] = q(files["proofs.csv"]).replace("${pay} > 1", "true()").toStdString();
        const auto pack = FormPack::load(files);
        QVERIFY2(pack.has_value(), pack ? "" : pack.error().detail.c_str());
        AnswerSet answers;
        answers.answers["partner"] = {Answer::Kind::Given, "yes"};
        answers.answers["job/1/pay"] = {Answer::Kind::Given, std::string(60, 'a') + "!"};
        QVERIFY(Evaluation::of(*pack, answers, Date{13'000}).find("job/1/pay")->invalid);
        answers.answers["job/1/pay"] = {Answer::Kind::Given, std::string(60, 'a')};
        QVERIFY(!Evaluation::of(*pack, answers, Date{13'000}).find("job/1/pay")->invalid);
    }

    void a_search_past_its_limit_does_not_match_even_if_it_would_in_the_end() {
        const auto pattern = Regex::compile("^(a+)+$|!$");
        QVERIFY(pattern.has_value());
        QVERIFY(pattern->matches("aaa!"));
        QVERIFY(!pattern->matches(std::string(20, 'a') + "!"));
    }

    void int_cuts_towards_zero_data() {
        QTest::addColumn<QString>("calculation");
        QTest::addColumn<QString>("value");
        QTest::newRow("up") << "int(2.7)"
                            << "2";
        QTest::newRow("down") << "int(-2.7)"
                              << "-2";
        QTest::newRow("not a number") << "int('x')"
                                      << "";
    }
    void int_cuts_towards_zero() {
        QFETCH(QString, calculation);
        QFETCH(QString, value);
        const auto pack = FormPack::load(changed("survey.csv", "sum(${pay})", calculation));
        QVERIFY(pack.has_value());
        QCOMPARE(q(Evaluation::of(*pack, {}, Date{13'000}).value("total")), value);
    }

    void one_pack_serves_many_threads() {
        ClaimSketch claim(missionPack(), Date::parse("2005-11-01").value());
        claim.complete({{"benefits_claimed", "jsa_ib hb"}, {"dob", "1970-05-05"}});
        const auto expected = claim.evaluate().value("prescreen_suggested");
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) wrong += claim.evaluate().value("prescreen_suggested") != expected ? 1 : 0;
            });
        }
        for (auto& thread : threads) thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void a_folder_is_read_whole_and_no_more() {
        QTemporaryDir folder;
        const auto write = [&](const char* name, const std::string& text) {
            std::ofstream(folder.filePath(name).toStdString(), std::ios::binary) << text;
        };
        write("a.csv", "x");
        write("b.txt", "y");
        QVERIFY(QDir(folder.path()).mkdir("c.csv"));
        const auto files = readPackFolder(folder.path().toStdString());
        QVERIFY(files.has_value());
        QCOMPARE(*files, (PackFiles{{"a.csv", "x"}}));
        write("large.csv", std::string(FormPack::kMaxBytes, 'x'));
        QVERIFY(readPackFolder(folder.path().toStdString()).error().code == ErrorCode::TooLarge);
        QVERIFY(readPackFolder(folder.filePath("none").toStdString()).error().code == ErrorCode::NotFound);
    }
};
QTEST_GUILESS_MAIN(TestFormPack)
#include "tst_form_pack.moc"
