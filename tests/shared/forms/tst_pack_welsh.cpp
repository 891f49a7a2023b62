#include <QtTest>
#include <array>
#include <random>

#include "shared/base/text.h"
#include "shared/forms/csv.h"
#include "tests/support/forms/claim_sketch.h"

// The pack of the mission is complete in Welsh: what an author forgets is named here with its place. Other packs may be
// in English alone; that a Welsh text fills in what its English does, the loader says of every pack.

using namespace fieldclaim;

namespace {

const std::string kEnglish = "::English (en)";
const std::string kWelsh = "::Cymraeg (cy)";

QString q(const std::string& text) { return QString::fromStdString(text); }
Date day(const char* iso) { return Date::parse(iso).value(); }

/// Texts that are the same in both languages.
bool isSharedText(std::string_view text) { return text == "Braille" || text == "P45"; }

/// "survey.csv:14:label::Cymraeg (cy): is missing beside 'What is your sex?'" for each text that is not whole.
QStringList notWhole(const PackFiles& files) {
    QStringList out;
    for (const auto& [file, bytes] : files) {
        const auto table = CsvTable::parse(bytes);
        ENSURE(table.has_value());
        for (const auto& column : table->columns()) {
            if (!column.ends_with(kEnglish)) continue;
            const auto welsh_column = column.substr(0, column.size() - kEnglish.size()) + kWelsh;
            if (!table->has(welsh_column)) {
                out << q(file + ":1:" + welsh_column + ": the column is missing");
                continue;
            }
            for (const auto& row : table->rows()) {
                const auto english = table->cell(row, column);
                const auto welsh = table->cell(row, welsh_column);
                const auto say = [&](const std::string& what) {
                    out << q(file + ":" + std::to_string(row.line) + ":" + welsh_column + ": " + what + " '" +
                             std::string(english) + "'");
                };
                const auto parts = split(welsh, '|');
                if (welsh.empty() != english.empty()) {
                    say(welsh.empty() ? "is missing beside" : "stands beside an empty text");
                } else if (!isNfc(welsh)) {
                    say("is not in form C beside");
                } else if (!welsh.empty() && welsh == english && !isSharedText(english)) {
                    say("is the English");
                } else if (welsh.find('|') != std::string_view::npos &&
                           std::any_of(parts.begin(), parts.end(), [](const auto& x) { return trim(x).empty(); })) {
                    say("has an empty part beside");
                }
            }
        }
    }
    return out;
}

/// A Welsh question is answered in its own verb: "A oes ...?" with Oes or Nac oes, never with a general Yes.
struct Verb {
    const char* asks;
    const char* yes;
    const char* no;
};
constexpr std::array kVerbs = {Verb{"A oes ", "Oes", "Nac oes"}, Verb{"A ydych ", "Ydw", "Nac ydw"},
                               Verb{"A yw", "Ydy", "Nac ydy"}, Verb{"A ddylid ", "Dylid", "Na ddylid"},
                               Verb{"A ddaeth ", "Do", "Naddo"}};

/// "Yes", "Yes, part-time", "No: start an application"; not "Not sure" and not "No time limit".
bool says(const QString& label, const QString& word) {
    static const QString stops = ",:";
    return label == word || (label.startsWith(word) && stops.contains(label[word.size()]));
}

const LocalText& choiceOf(const Question& question, std::string_view name) {
    const auto found = std::find_if(question.choices.begin(), question.choices.end(),
                                    [&](const auto& choice) { return choice.name == name; });
    ENSURE(found != question.choices.end());
    return found->label;
}

}  // namespace

class TestPackWelsh : public QObject {
    Q_OBJECT

    /// Jobseeker of 2005 with a partner, asking for income-based JSA, HB and CTB.
    static ClaimSketch jobseeker() {
        return ClaimSketch(missionPack(), day("2005-11-01"))
            .set({{"claim_type", "new"},
                  {"first_contact", "2005-11-01"},
                  {"claim_from", "2005-11-01"},
                  {"dob", "1970-05-05"},
                  {"partner", "no"},
                  {"children_here", "no"},
                  {"working", "no"},
                  {"fit", "fit"},
                  {"available", "yes"},
                  {"seeking", "yes"},
                  {"education", "no"},
                  {"caring35", "no"},
                  {"capital_band", "low"},
                  {"ni_recent", "no"},
                  {"pays_rent", "yes"},
                  {"pays_ctax", "yes"},
                  {"benefits_claimed", "jsa_ib hb ctb"}});
    }

    static QString reason(const Evaluation& evaluation, const std::string& benefit) {
        for (const auto& each : evaluation.suggestions()) {
            if (each.benefit == benefit) return q(each.reason.in(Language::Welsh));
        }
        return {};
    }

private slots:
    void every_text_of_the_missions_pack_is_there_in_Welsh() {
        const auto lacking = notWhole(missionFiles());
        QVERIFY2(lacking.isEmpty(), qPrintable("\n" + lacking.join('\n')));
    }

    void a_text_that_is_not_whole_is_named_with_its_place_data() {
        QTest::addColumn<QString>("rows");
        QTest::addColumn<QStringList>("said");
        const auto row = [](const char* name, const char* rows, const QStringList& said) {
            QTest::newRow(name) << rows << said;
        };
        row("whole", "a,Rent,Rhent\nb,,\nc,Braille,Braille\nd,one|two,un|dau\n", {});
        row("missing", "a,Rent,Rhent\nb,Home,\n", {"x.csv:3:label::Cymraeg (cy): is missing beside 'Home'"});
        row("blank", "a,Rent, \n", {"x.csv:2:label::Cymraeg (cy): is missing beside 'Rent'"});
        row("a short row", "a,Rent\n", {"x.csv:2:label::Cymraeg (cy): is missing beside 'Rent'"});
        row("without its English", "a,,Rhent\n", {"x.csv:2:label::Cymraeg (cy): stands beside an empty text ''"});
        row("copied", "a,Rent,Rent\n", {"x.csv:2:label::Cymraeg (cy): is the English 'Rent'"});
        row("not in form C", "a,Phone,Ffo\u0302n\n", {"x.csv:2:label::Cymraeg (cy): is not in form C beside 'Phone'"});
        row("an empty part", "a,one|two,un|\n", {"x.csv:2:label::Cymraeg (cy): has an empty part beside 'one|two'"});
        row("two", "a,Rent,\nb,Home,\n",
            {"x.csv:2:label::Cymraeg (cy): is missing beside 'Rent'",
             "x.csv:3:label::Cymraeg (cy): is missing beside 'Home'"});
    }
    void a_text_that_is_not_whole_is_named_with_its_place() {
        QFETCH(QString, rows);
        QFETCH(QStringList, said);
        const std::string header = "name,label::English (en),label::Cymraeg (cy)\n";
        QCOMPARE(notWhole({{"x.csv", header + rows.toStdString()}}), said);
    }

    void a_table_without_a_Welsh_column_is_named() {
        QCOMPARE(notWhole({{"x.csv", "name,label::English (en)\na,Rent\n"}}),
                 QStringList{"x.csv:1:label::Cymraeg (cy): the column is missing"});
    }

    void a_question_is_answered_in_the_verb_that_asks_it() {
        int checked = 0;
        for (const auto& question : missionPack()->questions()) {
            const auto asked = q(question.label.welsh);
            for (const auto& choice : question.choices) {
                const bool yes = says(q(choice.label.english), "Yes");
                if (!yes && !says(q(choice.label.english), "No")) continue;
                const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                               [&](const auto& each) { return asked.startsWith(each.asks); });
                QVERIFY2(verb != kVerbs.end(), qPrintable(asked));
                QVERIFY2(says(q(choice.label.welsh), yes ? verb->yes : verb->no),
                         qPrintable(asked + " " + q(choice.label.welsh)));
                ++checked;
            }
        }
        QVERIFY(checked > 60);
    }

    void a_message_that_names_a_choice_names_the_Welsh_one() {
        int checked = 0;
        for (const auto& question : missionPack()->questions()) {
            for (const auto& choice : question.choices) {
                if (!q(question.constraint_message.english).contains("'" + q(choice.label.english) + "'")) continue;
                QVERIFY2(q(question.constraint_message.welsh).contains("'" + q(choice.label.welsh) + "'"),
                         qPrintable(q(question.constraint_message.welsh)));
                ++checked;
            }
        }
        QVERIFY(checked >= 8);
    }

    void what_follows_from_any_answers_is_said_in_Welsh_without_a_gap() {
        std::mt19937_64 random(20061220);
        std::size_t warnings = 0;
        std::size_t lines = 0;
        for (int round = 0; round < 40; ++round) {
            ClaimSketch claim(missionPack(), day(round % 2 == 0 ? "2005-11-01" : "2007-01-15"));
            claim.scribble(random);
            const auto now = claim.evaluate();
            const auto whole = [&](const LocalText& text) {
                // What a claim's own answers say is not the pack's: a scribbled name may hold "${nino}".
                const auto said = q(text.welsh).remove("?? ${nino}");
                return !text.welsh.empty() && !said.contains("${") &&
                       (text.welsh != text.english || isSharedText(text.english));
            };
            for (const auto& each : now.suggestions()) {
                QVERIFY2(whole(each.reason), each.reason.english.c_str());
                QVERIFY2(each.change.english.empty() ? each.change.welsh.empty() : whole(each.change),
                         each.change.english.c_str());
            }
            for (const auto& each : now.warnings()) QVERIFY2(whole(each.text), each.text.english.c_str());
            for (const auto& need : now.proofs()) {
                QVERIFY(whole(need.rule->label));
                for (const auto& text : need.rule->accepts) {
                    QVERIFY2(!text.welsh.empty() && (text.welsh != text.english || text.english.size() <= 6),
                             text.english.c_str());  // "MAT B1", "Med 3", "P45"
                }
            }
            for (const auto& line : now.declaration()) {
                const LocalText filled{now.fill(line.text.english, "", Language::English),
                                       now.fill(line.text.welsh, "", Language::Welsh)};
                QVERIFY2(line.id == "helped_by" || whole(filled), line.text.english.c_str());
            }
            warnings += now.warnings().size();
            lines += now.declaration().size();
        }
        QVERIFY(warnings > 20 && lines > 100);
    }

    void figures_names_and_choices_stand_in_the_Welsh_sentences() {
        auto claim = jobseeker();
        QCOMPARE(reason(claim.evaluate(), "jsa_ib"),
                 "Mae'r cwsmer yn chwilio am waith, ac mae'r oriau a'r cynilion o fewn y terfynau");
        QCOMPARE(reason(claim.evaluate(), "hb"), "Mae'r cwsmer yn talu rhent, ac mae'r cynilion o fewn y terfyn");
        claim.set("capital_band", "over_irb");
        QCOMPARE(reason(claim.evaluate(), "jsa_ib"), "Mae'r cynilion dros £8,000");
        claim.set("working", "yes").set("hours", "23.5").set("capital_band", "low");
        auto now = claim.evaluate();
        QCOMPARE(reason(now, "jsa_ib"), "Mae'r cwsmer yn gweithio 23.5 awr yr wythnos; rhaid i'r oriau fod o dan 16");
        QStringList warnings;
        for (const auto& each : now.warnings()) warnings << q(each.text.in(Language::Welsh));
        QVERIFY2(warnings.contains("Gyda 23.5 awr o waith yr wythnos, efallai mai credydau treth sy'n addas. Gellir "
                                   "hawlio Budd-dal Tai a Budd-dal Treth Gyngor o hyd"),
                 qPrintable(warnings.join('\n')));

        const auto& band = *missionPack()->find("capital_band");
        QCOMPARE(q(now.fill(choiceOf(band, "mid").welsh, "", Language::Welsh)), "Rhwng £3,000 a £8,000");
        QCOMPARE(q(now.fill("${benefits_claimed}", "", Language::Welsh)),
                 "Lwfans Ceisio Gwaith yn seiliedig ar incwm, Budd-dal Tai, Budd-dal Treth Gyngor");

        claim.set("answering_for", "helper").set("rep_name", "Siân Ŵyn");
        now = claim.evaluate();
        const auto lines = now.declaration();
        QCOMPARE(q(now.fill(lines.back().text.in(Language::Welsh), "", Language::Welsh)),
                 "Rhoddodd Siân Ŵyn yr atebion hyn ar fy rhan neu fe'm helpodd i'w rhoi.");
    }
};
QTEST_GUILESS_MAIN(TestPackWelsh)
#include "tst_pack_welsh.moc"
