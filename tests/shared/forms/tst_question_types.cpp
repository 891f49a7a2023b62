#include <QElapsedTimer>
#include <QtTest>

#include "tests/support/forms/small_form.h"

// What form authors expect of XLSForm, beside what the mission's own pack uses.

using namespace fieldclaim;

namespace {

constexpr Date kToday{13'500};  // 18 December 2006

QString q(const std::string& text) { return QString::fromStdString(text); }

AnswerSet given(const std::map<std::string, std::string>& texts) {
    AnswerSet out;
    for (const auto& [key, text] : texts) out.answers[key] = {Answer::Kind::Given, text};
    return out;
}

Evaluation asked(const SmallForm& form, const std::map<std::string, std::string>& answers = {}) {
    return Evaluation::of(form.pack(), given(answers), kToday);
}

/// One question `x` of this type on its own page.
SmallForm one(const std::string& type, const std::string& columns = "", const std::string& cells = "") {
    SmallForm form;
    form.survey = "type,name,label::English (en),page,section" + (columns.empty() ? "" : "," + columns) + "\n" + type +
                  ",x,X?,x,first" + (cells.empty() ? "" : "," + cells) + "\n";
    return form;
}

QStringList relevant(const Evaluation& now) {
    QStringList out;
    for (const auto& state : now.questions()) {
        if (state.relevant) out.append(q(state.key));
    }
    return out;
}

QStringList offered(const Evaluation& now, const char* key) {
    QStringList out;
    for (const auto* choice : now.choices(key)) out.append(q(choice->name));
    return out;
}

}  // namespace

class TestQuestionTypes : public QObject {
    Q_OBJECT
private slots:
    void an_answer_of_each_type_is_made_regular_and_judged_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kept");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char* type, const char* typed, const char* kept, bool valid) {
            QTest::newRow(qPrintable(QString("%1: %2").arg(type, typed))) << type << typed << kept << valid;
        };
        for (const char* typed : {"9:30", "9.30", "0930", "930", "09:30", " 9:30 am", "9.30 a.m."})
            row("time", typed, "09:30", true);
        row("time", "9pm", "21:00", true);
        row("time", "12:15 am", "00:15", true);
        row("time", "12:15pm", "12:15", true);
        row("time", "23:59", "23:59", true);
        row("time", "24:00", "24:00", false);
        row("time", "13:00 pm", "13:00 pm", false);
        row("time", "9:60", "9:60", false);
        row("time", "noon", "noon", false);
        row("dateTime", "22 11 2006 9:30", "2006-11-22T09:30", true);
        row("dateTime", "2006-11-22T9.30 pm", "2006-11-22T21:30", true);
        row("dateTime", "22 Tachwedd 2006 21:30", "2006-11-22T21:30", true);
        row("dateTime", "29 2 2005 9:30", "29 2 2005 9:30", false);
        row("dateTime", "2006-11-22T", "2006-11-22T", false);
        row("dateTime", "T9:30", "T9:30", false);
        row("date", "29 February 2005", "29 February 2005", false);
        row("date", "29 2 2004", "2004-02-29", true);
        row("geopoint", "53.1394, -3.7967", "53.1394 -3.7967", true);
        row("geopoint", "53.1394° -3.7967°", "53.1394 -3.7967", true);
        row("geopoint", "53.1394 -3.7967 12.5 4", "53.1394 -3.7967 12.5 4", true);
        row("geopoint", "91 0", "91 0", false);
        row("geopoint", "0 180.5", "0 180.5", false);
        row("geopoint", "Llanrwst", "Llanrwst", false);
        row("barcode", " 5012345678900 ", "5012345678900", true);
        const auto digest = std::string(32, 'a') + std::string(32, '7');
        row("image", digest.c_str(), digest.c_str(), true);
        row("file", digest.c_str(), digest.c_str(), true);
        row("file", "payslip.pdf", "payslip.pdf", false);
        row("image", "photo.jpg", "photo.jpg", false);
        row("image", digest.substr(1).c_str(), digest.substr(1).c_str(), false);
        row("range", "5", "5", true);
        row("range", "1", "1", true);
        row("range", "10", "10", true);
        row("range", "0", "0", false);
        row("range", "11", "11", false);
        row("range", "5.5", "5.5", false);
    }
    void an_answer_of_each_type_is_made_regular_and_judged() {
        QFETCH(QString, type);
        QFETCH(QString, typed);
        QFETCH(QString, kept);
        QFETCH(bool, valid);
        const auto form = one(type.toStdString());
        const auto pack = form.pack();
        const auto normal = normaliseAnswer(*pack->find("x"), typed.toStdString());
        QCOMPARE(q(normal), kept);
        QCOMPARE(q(normaliseAnswer(*pack->find("x"), normal)), kept);
        const auto now = Evaluation::of(pack, given({{"x", normal}}), kToday);
        QVERIFY(now.find("x")->answered);
        QCOMPARE(!now.find("x")->invalid, valid);
        QCOMPARE(q(now.value("x")), valid ? kept : QString());
    }

    void a_range_counts_its_steps_without_rounding() {
        const auto form = one("range", "parameters", "start=-1 end=1 step=0.1");
        for (const char* value : {"-1", "0.3", "0.30", "-0.7", "1"})
            QVERIFY2(!asked(form, {{"x", value}}).find("x")->invalid, value);
        for (const char* value : {"0.35", "1.1", "-1.1", "0.3000001"})
            QVERIFY2(asked(form, {{"x", value}}).find("x")->invalid, value);
    }

    void a_time_is_reckoned_with_as_part_of_a_day() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,constraint,constraint_message::English (en),calculation\n"
            "time,at,At?,a,first,decimal-time(.) <= 0.5,Before noon,\n"
            "dateTime,seen,Seen?,b,first,decimal-date-time(.) <= today() + 1,Not later,\n"
            "calculate,half,,,,,,decimal-time(${at}) * 24\n";
        QVERIFY(!asked(form, {{"at", "12:00"}}).find("at")->invalid);
        QVERIFY(asked(form, {{"at", "12:01"}}).find("at")->invalid);
        QVERIFY(!asked(form, {{"seen", "2006-12-18T23:59"}}).find("seen")->invalid);
        QVERIFY(asked(form, {{"seen", "2006-12-19T00:01"}}).find("seen")->invalid);
        QCOMPARE(q(asked(form, {{"at", "09:30"}}).value("half")), q("9.5"));
        QCOMPARE(q(asked(form).value("half")), q(""));
    }

    void where_other_is_chosen_it_is_asked_what() {
        for (const char* type : {"select_one", "select_multiple"}) {
            auto form = one(std::string(type) + " yes_no or_other", "required,declared", "yes,yes");
            QCOMPARE(offered(asked(form), "x"), (QStringList{"yes", "no", "other"}));
            QCOMPARE(relevant(asked(form, {{"x", "no"}})), QStringList{"x"});
            const auto now = asked(form, {{"x", "other"}});
            QCOMPARE(relevant(now), (QStringList{"x", "x_other"}));
            QVERIFY(now.find("x_other")->missing);
            QCOMPARE(q(now.find("x_other")->question->page), q("x"));
            QVERIFY(!now.find("x_other")->question->label.welsh.empty());
            QVERIFY(asked(form, {{"x", "other"}, {"x_other", "A friend"}}).declaredFacts().contains("x_other"));
        }
    }

    void what_is_only_shown_is_never_missing_and_never_a_fact() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,calculation,declared\n"
            "integer,rooms,Rooms?,a,first,,yes\n"
            "note,about,There are ${rooms} of them,a,first,,\n"
            "calculate,twice,Twice as many,a,first,${rooms} * 2,\n"
            "calculate,quietly,,,,${rooms} * 3,\n";
        const auto now = asked(form, {{"rooms", "4"}, {"about", "an answer of another pack"}});
        QCOMPARE(relevant(now), (QStringList{"rooms", "about", "twice"}));
        for (const char* key : {"about", "twice"}) {
            QVERIFY(!now.find(key)->missing && !now.find(key)->answered && !now.find(key)->invalid);
        }
        QCOMPARE(q(now.value("twice")), q("8"));
        QCOMPARE(q(now.value("quietly")), q("12"));
        QCOMPARE(now.declaredFacts().size(), std::size_t{1});
    }

    void what_the_pack_proposes_is_proposed_until_there_is_an_answer() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,default,read_only,required\n"
            "select_one yes_no,asked,Asked?,a,first,no,,yes\n"
            "date,from,From?,b,first,today(),,\n"
            "date,to,To?,c,first,date(${from} + 7),,\n"
            "text,name,Name?,d,first,Nobody (yet),,\n"
            "integer,count,Count?,e,first,3,yes,yes\n"
            "text,copy,Copy?,f,first,${name},,\n";
        auto now = asked(form);
        QCOMPARE(q(now.proposed("asked")), q("no"));
        QVERIFY(now.find("asked")->missing);  // proposed is not answered
        QCOMPARE(q(now.proposed("from")), q("2006-12-18"));
        QCOMPARE(q(now.proposed("to")), q(""));
        QCOMPARE(q(now.proposed("name")), q("Nobody (yet)"));
        QCOMPARE(q(now.proposed("count")), q("3"));
        QVERIFY(now.find("count")->question->read_only);
        now = asked(form, {{"asked", "yes"}, {"from", "2006-12-20"}, {"name", "Gwen"}});
        QCOMPARE(q(now.proposed("asked")), q(""));
        QCOMPARE(q(now.proposed("to")), q("2006-12-27"));
        QCOMPARE(q(now.proposed("copy")), q("Gwen"));
    }

    void a_repeat_is_asked_as_often_as_its_count_says() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,repeat_count\n"
            "integer,children,How many?,a,first,\n"
            "begin_repeat,child,Child,b,first,${children}\n"
            "text,child_name,Name?,b,first,\n"
            "end_repeat,,,,,\n";
        const auto missing = [&](const std::map<std::string, std::string>& answers) {
            return asked(form, answers).repeats().front().missing;
        };
        QVERIFY(!missing({}));
        QVERIFY(!missing({{"children", "0"}}));
        QVERIFY(missing({{"children", "2"}, {"child/1/child_name", "Siân"}}));
        QVERIFY(!missing({{"children", "2"}, {"child/1/child_name", "Siân"}, {"child/2/child_name", "Huw"}}));
        QCOMPARE(asked(form, {{"children", "2"}}).repeats().front().wanted, std::size_t{2});
        QCOMPARE(asked(form, {{"children", "999"}}).repeats().front().wanted, Repeat::kMaxInstances);
    }

    void what_stands_in_a_group_is_asked_when_all_the_groups_round_it_are() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),section,relevant,appearance,page\n"
            "select_one yes_no,home,Home?,first,,,a\n"
            "select_one yes_no,rents,Rents?,first,,,b\n"
            "begin_group,outer,,first,${home} = 'yes',,\n"
            "text,alone,Alone?,,,,\n"
            "begin group,inner,About the rent,,${rents} = 'yes',field-list,\n"
            "decimal,rent,Rent?,,,,\n"
            "text,landlord,Landlord?,,${rent} > 0,,\n"
            "end group,,,,,,\n"
            "begin_repeat,lodger,Lodger,,${rents} = 'yes',,\n"
            "text,lodger_name,Name?,,,,\n"
            "begin_group,pays,,,${lodger_name} != '',,\n"
            "decimal,lodger_pays,Pays?,,,,\n"
            "end_group,,,,,,\n"
            "end_repeat,,,,,,\n"
            "end_group,outer,,,,,\n";
        const auto pack = form.pack();
        QCOMPARE(relevant(asked(form, {{"rents", "yes"}})), (QStringList{"home", "rents"}));
        QCOMPARE(relevant(asked(form, {{"home", "yes"}})), (QStringList{"home", "rents", "alone"}));
        QCOMPARE(relevant(asked(form, {{"home", "yes"}, {"rents", "yes"}, {"rent", "10"}})),
                 (QStringList{"home", "rents", "alone", "rent", "landlord"}));
        QVERIFY(!asked(form, {{"rents", "yes"}}).repeats().front().relevant);
        QCOMPARE(
            relevant(asked(
                form,
                {{"home", "yes"}, {"rents", "yes"}, {"lodger/1/lodger_name", "Sam"}, {"lodger/2/lodger_pays", "5"}})),
            (QStringList{"home", "rents", "alone", "rent", "lodger/1/lodger_name", "lodger/1/lodger_pays",
                         "lodger/2/lodger_name"}));
        // A field-list is a page under its label; without one each question has its own.
        QStringList pages;
        for (const auto& page : pack->pages()) pages.append(q(page.id));
        QCOMPARE(pages, (QStringList{"a", "b", "alone", "inner", "lodger"}));
        QCOMPARE(q(pack->pages()[3].title.english), q("About the rent"));
        QCOMPARE(pack->pages()[3].questions.size(), std::size_t{2});
        QCOMPARE(q(pack->find("lodger_pays")->section), q("first"));
    }

    void choices_are_filtered_by_their_own_columns() {
        SmallForm form;
        form.choices =
            "list_name,name,label::English (en),county,relevant\n"
            "county,conwy,Conwy,,\ncounty,gwynedd,Gwynedd,,\n"
            "town,llanrwst,Llanrwst,conwy,\ntown,bala,Bala,gwynedd,\ntown,betws,Betws-y-Coed,conwy,${summer} = 'yes'\n"
            "yes_no,yes,Yes,,\nyes_no,no,No,,\n";
        form.survey =
            "type,name,label::English (en),page,section,choice_filter\n"
            "select_one yes_no,summer,Summer?,s,first,\n"
            "select_one county,county,County?,a,first,\n"
            "select_one town,town,Town?,b,first,county = ${county}\n"
            "select_multiple town,towns,Towns?,c,first,\"county = ${county} or starts-with(name, 'ba')\"\n";
        QCOMPARE(offered(asked(form), "town"), QStringList());
        QCOMPARE(offered(asked(form, {{"county", "conwy"}}), "town"), QStringList{"llanrwst"});
        QCOMPARE(offered(asked(form, {{"county", "conwy"}, {"summer", "yes"}}), "town"),
                 (QStringList{"llanrwst", "betws"}));
        QCOMPARE(offered(asked(form, {{"county", "conwy"}}), "towns"), (QStringList{"llanrwst", "bala"}));
        QVERIFY(asked(form, {{"county", "gwynedd"}, {"town", "llanrwst"}}).find("town")->invalid);
    }

    void appearances_that_change_nothing_are_noted_and_the_others_are_heard() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,appearance,required_message::English (en),"
            "required_message::Cymraeg (cy)\n"
            "text,long,Long?,a,first,multiline,,\n"
            "select_one yes_no,find,Find?,b,first,minimal autocomplete,Say which,Dywedwch pa un\n"
            "select_one yes_no,scale,Scale?,c,first,likert,,\n";
        const auto pack = form.pack();
        QVERIFY(pack->find("long")->multiline);
        QVERIFY(pack->find("find")->search);
        QVERIFY(!pack->find("scale")->search);
        QCOMPARE(q(pack->find("find")->required_message.in(Language::Welsh)), q("Dywedwch pa un"));
        QCOMPARE(pack->notes().size(), std::size_t{1});
        QCOMPARE(q(pack->notes().front()),
                 q("survey.csv:4:appearance: 'likert' changes nothing here: the question is drawn as usual"));
    }

    void what_cannot_be_asked_is_refused_with_its_place_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("cells");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* type, const char* columns, const char* cells,
                            const char* error) { QTest::newRow(name) << type << columns << cells << error; };
        row("no such type", "txt", "", "", "survey.csv:2:type: there is no type 'txt'");
        row("sound", "audio", "", "", "survey.csv:2:type: there is no type 'audio': sound is not recorded");
        row("a list and something", "select_one yes_no other", "", "",
            "survey.csv:2:type: is written select_one LIST or select_one LIST or_other");
        row("no list", "select_one", "", "",
            "survey.csv:2:type: is written select_one LIST or select_one LIST or_other");
        row("another list", "select_one towns", "", "", "survey.csv:2:type: there is no list of choices 'towns'");
        row("a range of nothing", "range", "parameters", "start=5 end=5",
            "survey.csv:2:parameters: the end comes after the start, and the step is more than 0");
        row("a range without steps", "range", "parameters", "start=0 end=5 step=0",
            "survey.csv:2:parameters: the end comes after the start, and the step is more than 0");
        row("steps past the end", "range", "parameters", "start=0 end=5 step=2",
            "survey.csv:2:parameters: the steps do not reach the end");
        row("a range of words", "range", "parameters", "start=low",
            "survey.csv:2:parameters: 'start=low' is not start=, end= or step= and a number");
        row("a default that is no choice", "select_one yes_no", "default", "maybe",
            "survey.csv:2:default: 'maybe' is no answer to this question");
        row("a default that is no date", "date", "default", "2005-02-29",
            "survey.csv:2:default: '2005-02-29' is no answer to this question");
        row("a default out of range", "range", "default", "12",
            "survey.csv:2:default: '12' is no answer to this question");
        row("a default that needs itself", "text", "default", "${x}",
            "survey.csv:2:default: ${x} comes later or is the row itself");
        row("a default of a note", "note", "default", "x",
            "survey.csv:2:default: is proposed where something is answered");
        row("a note that must be answered", "note", "required", "yes",
            "survey.csv:2:type: is only shown: it is not required, declared or judged");
        row("only read and nothing to read", "text", "read_only", "yes",
            "survey.csv:2:read_only: is never typed in, so it needs a default");
        row("a calculation of a question", "text", "calculation", "1 + 1",
            "survey.csv:2:calculation: belongs to a calculate row: what a question proposes is its default");
        row("a filter by no column", "select_one yes_no", "choice_filter", "county = 'conwy'",
            "survey.csv:2:choice_filter: unknown word county: write ${county}");
    }
    void what_cannot_be_asked_is_refused_with_its_place() {
        QFETCH(QString, type);
        QFETCH(QString, columns);
        QFETCH(QString, cells);
        QFETCH(QString, error);
        const auto errors = one(type.toStdString(), columns.toStdString(), cells.toStdString()).errors();
        QVERIFY2(q(errors).split('\n').contains(error), errors.c_str());
    }

    void groups_that_do_not_close_are_refused_data() {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("error");
        const char* question = "text,y,Y?,y,first\n";
        QTest::newRow("open") << QString("begin_group,g,,,first\n") + question
                              << "survey.csv:2:type: this group is not ended";
        QTest::newRow("not begun") << QString(question) + "end_group,g,,,\n"
                                   << "survey.csv:3:name: this group was not begun here";
        QTest::newRow("another's end") << QString("begin_group,g,,,first\n") + question + "end_group,h,,,\n"
                                       << "survey.csv:4:name: this group was not begun here";
        QTest::newRow("across a repeat") << QString("begin_group,g,,,first\nbegin_repeat,r,R,y,first\n") + question +
                                                "end_group,g,,,\nend_repeat,,,,\n"
                                         << "survey.csv:5:name: this group was not begun here";
        QTest::newRow("a name twice") << QString("begin_group,y,,,first\n") + question + "end_group,,,,\n"
                                      << "survey.csv:0:name: 'y' is a group and a question";
    }
    void groups_that_do_not_close_are_refused() {
        QFETCH(QString, rows);
        QFETCH(QString, error);
        SmallForm form;
        form.survey = "type,name,label::English (en),page,section\n" + rows.toStdString();
        QVERIFY2(q(form.errors()).split('\n').contains(error), form.errors().c_str());
    }

    // -- bad input

    void a_pack_with_a_cycle_is_refused_whatever_it_runs_through_data() {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* rows, const char* error) {
            QTest::newRow(name) << rows << error;
        };
        row("relevance of two", "text,a,A?,a,first,${b} = 'x',,\ntext,b,B?,b,first,${a} = 'x',,\n",
            "survey.csv:2:relevant: ${b} comes later or is the row itself");
        row("calculations of two", "calculate,a,,,,,${b} + 1,\ncalculate,b,,,,,${a} + 1,\ntext,c,C?,c,first,,,\n",
            "survey.csv:2:calculation: ${b} comes later or is the row itself");
        row("a default", "text,a,A?,a,first,,,${b}\ntext,b,B?,b,first,${a} = '',,\n",
            "survey.csv:2:default: ${b} comes later or is the row itself");
        row("a group by what stands in it",
            "begin_group,g,,,first,${a} = 'x',,\ntext,a,A?,a,first,,,\nend_group,,,,,,,\n",
            "survey.csv:2:relevant: ${a} comes later or is the row itself");
    }
    void a_pack_with_a_cycle_is_refused_whatever_it_runs_through() {
        QFETCH(QString, rows);
        QFETCH(QString, error);
        SmallForm form;
        form.survey = "type,name,label::English (en),page,section,relevant,calculation,default\n" + rows.toStdString();
        QVERIFY2(q(form.errors()).split('\n').contains(error), form.errors().c_str());
    }

    void a_repeat_of_200_entries_is_evaluated_and_a_longer_one_is_kept() {
        SmallForm form;
        form.survey =
            "type,name,label::English (en),page,section,calculation,declared\n"
            "begin_repeat,job,Job,b,first,,\n"
            "text,employer,Employer?,b,first,,yes\n"
            "decimal,pay,Pay?,b,first,,yes\n"
            "end_repeat,,,,,,\n"
            "calculate,total,,,,sum(${pay}),\n";
        std::map<std::string, std::string> answers;
        const auto add = [&](int from, int to) {
            for (int i = from; i < to; ++i) {
                const auto id = QString("job/%1/").arg(i, 4, 10, QLatin1Char('0')).toStdString();
                answers[id + "employer"] = "Dee Valley Foods";
                answers[id + "pay"] = "1.5";
            }
        };
        add(0, 200);
        auto now = asked(form, answers);
        QCOMPARE(now.questions().size(), std::size_t{400});
        QVERIFY(!now.repeats().front().too_many);
        QCOMPARE(q(now.value("total")), q("300"));
        add(200, 250);
        QElapsedTimer timer;
        timer.start();
        now = asked(form, answers);
        QVERIFY2(timer.elapsed() < 2'000, "a long repeat must not stop the officer");
        QVERIFY(now.repeats().front().too_many);
        QCOMPARE(now.repeats().front().instances.size(), std::size_t{200});
        QCOMPARE(q(now.value("total")), q("300"));
    }
};
QTEST_GUILESS_MAIN(TestQuestionTypes)
#include "tst_question_types.moc"
