#include <QtTest>

#include "mobile/casework/casework.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr int kFixedScript = 160;

/// What the pack asks of this claim, and which of it the check, sign and receipt pages ask.
struct Asked {
    QSet<QString> on_pages;
    QSet<QString> at_the_end;
};

Asked askedBy(const Evaluation& evaluation) {
    Asked out;
    for (const auto& state : evaluation.questions()) {
        if (!state.relevant || state.question->type == QuestionType::Calculate) continue;
        const auto key = QString::fromStdString(state.key);
        (state.question->section == "check-and-sign" && !state.question->declared ? out.at_the_end : out.on_pages)
            .insert(key);
    }
    return out;
}

QString listed(const QSet<QString>& keys) { return QStringList(keys.begin(), keys.end()).join(QLatin1Char(' ')); }

}  // namespace

/// The eight made-up customers of domain.md 1.2, through the view-models that the pages show: everything that the pack
/// asks of them is shown, and nothing else.
class TestCustomers : public QObject {
    Q_OBJECT

private slots:
    // `shown`: on pages, until all is answered. `asked`: with what the check and sign pages ask besides, as in
    // tst_claims. `counted` is domain.md's number, which holds one more: choice_differs, because the pre-screen was
    // left out when it was counted; and where IS or IB is claimed, one signature drawn on the tablet, which the law
    // does not admit for them.
    void everyCustomerIsShownWhatThePackAsksAndNothingElse_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("shown");
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("counted");
        QTest::newRow("income-based JSA, HB and CTB, private tenant") << "gwen" << 88 << 94 << 95;
        QTest::newRow("IS, HB and CTB, lone parent") << "lone_parent" << 83 << 88 << 90;
        QTest::newRow("IB alone") << "sick" << 64 << 69 << 71;
        QTest::newRow("joint-claim JSA, couple") << "joint_couple" << 81 << 88 << 89;
        QTest::newRow("contribution-based JSA alone") << "contributor" << 62 << 68 << 69;
        QTest::newRow("IS, IB, HB and CTB, couple") << "sick_couple" << 94 << 99 << 100;
        QTest::newRow("IS and CA, with a mortgage") << "carer" << 71 << 76 << 78;
        QTest::newRow("BB form alone") << "widow" << 31 << 31 << 32;
    }
    void everyCustomerIsShownWhatThePackAsksAndNothingElse() {
        QFETCH(QString, id);
        QFETCH(int, shown);
        QFETCH(int, asked);
        QFETCH(int, counted);
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QSet<QString> on_pages;
        QVERIFY(completeAs(customerNamed(id), kit.session(), &on_pages) > 0);
        const auto& evaluation = kit.session().openCase()->evaluation();
        const auto pack = askedBy(evaluation);
        QCOMPARE(listed(on_pages - pack.on_pages), QString());
        QCOMPARE(listed(pack.on_pages - on_pages), QString());
        QCOMPARE(kit.session().claim()->questionsToGo(), 0);
        // Where only forms are asked for nothing is signed, and nobody is told to.
        const bool forms_only = evaluation.value("c_full") != "yes";
        const auto& claim = *kit.session().claim();
        QCOMPARE(claim.isFormsOnly(), forms_only);
        QVERIFY2(claim.nextStep().contains(QStringLiteral("sign.")) != forms_only, qPrintable(claim.nextStep()));
        QCOMPARE(claim.standing(), forms_only ? QStringLiteral("All answered") : QStringLiteral("Ready to sign"));
        // The way of signing calls for the signature and who gives it.
        const auto methods = evaluation.signMethods();
        if (!methods.empty()) {
            QVERIFY(kit.session()
                        .casework()
                        ->saveAnswer(kit.session().openCase()->crn(), "sign_method",
                                     {Answer::Kind::Given, std::string(methods.front())})
                        .has_value());
        }
        const auto signed_pack = askedBy(kit.session().openCase()->evaluation());
        const auto all = static_cast<int>(signed_pack.on_pages.size() + signed_pack.at_the_end.size());
        qInfo("%lld shown on pages, %d asked, domain.md %d, of %d", on_pages.size(), all, counted, kFixedScript);
        QCOMPARE(on_pages.size(), shown);
        QCOMPARE(all, asked);
        kit.session().goToday();
        QCOMPARE(kit.session().today()->actions()->count(), forms_only ? 0 : 1);
    }
};

QTEST_GUILESS_MAIN(TestCustomers)
#include "tst_customers.moc"
