#include <QtTest>

#include "tests/support/forms/claim_sketch.h"
#include "tests/support/statement/gwens_statement.h"

using namespace fieldclaim;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

/// What stands beside this label; "none" where the statement has no such line.
QString beside(const Statement& in, const std::string& label) {
    for (const auto& line : in.rendering) {
        if (line.label == label) return q(line.value);
    }
    return "none";
}

/// The answer that stands beside the question's Welsh label.
QString answer(const Statement& in, const char* question) {
    return beside(in, missionPack()->find(question)->label.welsh);
}

bool hasSection(const Statement& in, const char* title) {
    return std::any_of(in.rendering.begin(), in.rendering.end(),
                       [&](const auto& line) { return line.kind == "section" && line.label == title; });
}

}  // namespace

class TestStatementRenderer : public QObject {
    Q_OBJECT
private slots:
    void a_statement_in_Welsh_has_the_Welsh_of_questions_choices_dates_and_sums() {
        const auto welsh = gwensStatement(gwensReview({{"pension_weekly", {Answer::Kind::Refused, ""}},
                                                       {"rent_amount", {Answer::Kind::Given, "1250"}},
                                                       {"lj_end", {Answer::Kind::NotKnown, "holi'r cyflogwr"}}}),
                                          Language::Welsh);
        QCOMPARE(q(welsh.rendering.front().label), "Datganiad o'ch hawliad");
        QCOMPARE(beside(welsh, "Enw"), "Gwen Siobhan O'Brien");
        QCOMPARE(beside(welsh, "Ar"), "15 Ionawr 2007");
        QVERIFY(hasSection(welsh, "Cyswllt ac anghenion") && hasSection(welsh, "Amdanoch chi"));
        QCOMPARE(answer(welsh, "dob"), "27 Mawrth 1971");
        QCOMPARE(answer(welsh, "partner"), "Nac ydw");
        QCOMPARE(answer(welsh, "pays_rent"), "Oes");
        QCOMPARE(answer(welsh, "pays_ctax"), "Ydy");
        QCOMPARE(answer(welsh, "capital_band"), "£6,000 neu lai");
        QCOMPARE(answer(welsh, "benefits_claimed"),
                 "Lwfans Ceisio Gwaith yn seiliedig ar incwm, Budd-dal Tai, Budd-dal Treth Gyngor");
        QCOMPARE(answer(welsh, "privacy_notice"), "Cadarnhawyd");
        QCOMPARE(answer(welsh, "rent_amount"), "1,250");
        QCOMPARE(answer(welsh, "lj_end"), "Ddim yn hysbys eto: holi'r cyflogwr");
        QCOMPARE(answer(welsh, "pension_weekly"), "Gwell peidio â dweud");
    }

    void its_proofs_and_its_declaration_are_in_Welsh() {
        const auto welsh = gwensStatement(gwensReview(), Language::Welsh);
        QVERIFY(hasSection(welsh, "Prawf a welwyd hyd yma") && hasSection(welsh, "Datganiad"));
        QCOMPARE(beside(welsh, "Pwy yw'r cwsmer"), "pasbort cyfredol (gwelwyd y gwreiddiol)");
        QCOMPARE(beside(welsh, "Rhent a thenantiaeth"), "Ddim ar gael: gyda'r landlord");
        QCOMPARE(beside(welsh, "true_and_complete"),
                 "Mae'r atebion yn y datganiad hwn yn wir ac yn gyflawn hyd y gwn i.");
        QCOMPARE(beside(welsh, "available_for_work"), "Rwyf ar gael i weithio ac rwy'n chwilio am waith.");
    }

    void the_two_languages_say_the_same_facts_line_by_line_and_share_no_words_of_the_form() {
        const auto of = gwensReview();
        const auto english = gwensStatement(of, Language::English);
        const auto welsh = gwensStatement(of, Language::Welsh);
        QCOMPARE(welsh.facts, english.facts);
        QVERIFY(encodeStatement(welsh).digest != encodeStatement(english).digest);
        QCOMPARE(welsh.rendering.size(), english.rendering.size());
        QVERIFY(welsh.rendering.size() > 80);
        for (std::size_t i = 0; i < english.rendering.size(); ++i) {
            QCOMPARE(welsh.rendering[i].kind, english.rendering[i].kind);
            if (english.rendering[i].kind == "declaration") {  // its label is its id
                QVERIFY2(welsh.rendering[i].value != english.rendering[i].value, english.rendering[i].value.c_str());
            } else {
                QVERIFY2(welsh.rendering[i].label != english.rendering[i].label, english.rendering[i].label.c_str());
            }
        }
    }
};
QTEST_GUILESS_MAIN(TestStatementRenderer)
#include "tst_statement_renderer.moc"
