#include <QtTest>
#include <nlohmann/json.hpp>

#include "shared/base/bytes.h"
#include "shared/crypto/crypto.h"
#include "shared/targets/answer_rules.h"
#include "shared/targets/target_map.h"
#include "tests/sync-server/transfer/sample_subject.h"

using namespace fieldclaim;
using nlohmann::json;

namespace {

QString problemsOf(const TargetMap& map, const TransferSubject& subject) {
    QStringList out;
    for (const auto& p : map.preflight(subject)) {
        out << QString::fromStdString(p.code + ' ' + p.question);
        if (p.message.empty()) out << "without a message";
    }
    return out.join(", ");
}

json contentOf(const TargetMap& map, const TransferSubject& subject) {
    const auto payload = map.map(subject);
    return payload ? json::parse(payload->bytes) : json(payload.error().detail);
}

bool hasAnswer(const json& content, const std::string& id) {
    for (const auto& answer : content["answers"]) {
        if (answer["id"] == id) return true;
    }
    return false;
}

}  // namespace

class TestTargetMaps : public QObject {
    Q_OBJECT
private slots:
    void preflightFindsWhatTheTargetWouldRefuse_data() {
        QTest::addColumn<QString>("system");
        QTest::addColumn<QString>("question");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* name, const char* system, const char* question, const QString& answer,
                            const char* problems) { QTest::newRow(name) << system << question << answer << problems; };
        row("a claim in order", "JSAPS", "surname", "Price", "");
        row("no surname", "JSAPS", "surname", "  ", "E101 surname");
        row("a name of 70 letters", "JSAPS", "surname", QString(70, 'a'), "");
        row("a name of 71 letters", "JSAPS", "surname", QString(71, 'a'), "E102 surname");
        row("a name of 70 letters with accents", "JSAPS", "first_names", QString(70, QChar(0xE2)), "");
        row("a name with a digit", "JSAPS", "surname", "Price2", "E103 surname");
        row("a name of one letter", "JSAPS", "surname", "O", "");
        row("a name of which nothing is left in A to Z", "JSAPS", "surname", "’", "E202 surname");
        row("no answer about the NI number", "JSAPS", "has_nino", "", "E201 has_nino");
        row("the NI number is to be traced", "JSAPS", "has_nino", "trace", "");
        row("an NI number is applied for", "JSAPS", "has_nino", "apply", "");
        row("NI number with spaces", "JSAPS", "nino", "ab 12 34 56 c", "");
        row("NI number without its last letter", "JSAPS", "nino", "AB123456", "");
        row("NI number without its last letter at ISCS", "ISCS", "nino", "AB123456", "E201 nino");
        row("an example NI number", "JSAPS", "nino", "QQ123456C", "E201 nino");
        row("an administrative NI number", "JSAPS", "nino", "TN010175M", "E201 nino");
        row("no NI number", "JSAPS", "nino", "", "E201 nino");
        row("an address line of 35", "JSAPS", "addr1", QString(35, 'x'), "");
        row("an address line of 36", "JSAPS", "addr1", QString(36, 'x'), "E102 addr1");
        row("no town", "JSAPS", "town", "", "E101 town");
        row("a second line too long", "JSAPS", "addr2", QString(36, 'x'), "E102 addr2");
        row("no postcode", "JSAPS", "postcode", "", "E108 postcode");
        row("a postcode that is none", "JSAPS", "postcode", "QQ1 1AA", "E108 postcode");
        row("a postcode of London", "JSAPS", "postcode", "EC1A 1BB", "");
        row("no settled address and none for letters", "JSAPS", "settled", "no", "E101 corr_address");
        row("a birth date that is none", "JSAPS", "dob", "1975-02-30", "E104 dob");
        row("born after the claim", "JSAPS", "dob", "2006-05-03", "E203 dob");
        row("born in 1899", "JSAPS", "dob", "1899-12-31", "E203 dob");
        row("a sort code of 5 digits", "JSAPS", "pay_sort", "08999", "E106 pay_sort");
        row("a sort code with hyphens", "JSAPS", "pay_sort", "08-99-99", "E106 pay_sort");
        row("an account of 5 digits", "JSAPS", "pay_account", "12345", "E107 pay_account");
        row("an account of 11 digits", "JSAPS", "pay_account", "12345678901", "E107 pay_account");
        row("no account is needed for a cheque", "JSAPS", "pay_method", "cheque", "");
        row("a council needs little", "notice", "nino", "", "");
        row("a council must be named", "notice", "la_name", "", "E101 la_name");
    }
    void preflightFindsWhatTheTargetWouldRefuse() {
        QFETCH(QString, system);
        QFETCH(QString, question);
        QFETCH(QString, answer);
        QFETCH(QString, problems);
        auto subject = sampleSubject();
        subject.facts[question.toStdString()] = answer.toStdString();
        QCOMPARE(problemsOf(*makeTargetMap(system.toStdString()).value(), subject), problems);
    }

    void preflightLooksAtTheDateOfClaim() {
        auto subject = sampleSubject();
        const auto map = makePushMap("ISCS");
        subject.date_of_claim = "2006-08-01";
        QCOMPARE(problemsOf(*map, subject), "");
        subject.date_of_claim = "2006-08-02";
        QCOMPARE(problemsOf(*map, subject), "E104 claim_from");
        subject.date_of_claim = "2005-05-01";
        QCOMPARE(problemsOf(*map, subject), "");
        subject.date_of_claim = "2005-04-30";
        QCOMPARE(problemsOf(*map, subject), "E104 claim_from");
        subject.date_of_claim = "2 May";
        QCOMPARE(problemsOf(*map, subject), "E104 claim_from");
    }

    void preflightLooksAtThePartner() {
        auto subject = sampleSubject();
        const auto map = makePushMap("JSAPS");
        subject.facts["partner"] = "yes";
        QCOMPARE(problemsOf(*map, subject), "");
        subject.facts["p_surname"] = "Price";
        QCOMPARE(problemsOf(*map, subject), "E101 p_first_names");
        subject.facts["p_first_names"] = "Ann";
        subject.facts["p_nino"] = "ab123456c";
        QCOMPARE(problemsOf(*map, subject), "E201 p_nino");
        subject.facts["p_nino"] = "AB123457C";
        QCOMPARE(problemsOf(*map, subject), "");
    }

    void preflightNeedsNoSignature() {
        auto subject = sampleSubject();
        subject.seal = {};
        QCOMPARE(problemsOf(*makePushMap("JSAPS"), subject), "");
        QVERIFY(!makePushMap("JSAPS")->map(subject));
        QVERIFY(!makeNoticeMap()->map(subject));
    }

    void namesAreNamesInWelshAndWithAccents_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        QTest::newRow("straight apostrophe") << "O'Brien" << true;
        QTest::newRow("curly apostrophe") << "O’Brien" << true;
        QTest::newRow("circumflex on w and y") << "Ŵyn Ŷnys" << true;
        QTest::newRow("grave on w") << "Mẁg" << true;
        QTest::newRow("taken apart") << QString::fromUtf8("Si\x61\xCC\x82n") << true;
        QTest::newRow("hyphen and full stop") << "St. John-Smith" << true;
        QTest::newRow("times sign") << "A×B" << false;
        QTest::newRow("a line end") << "A\nB" << false;
        QTest::newRow("nothing") << "" << false;
    }
    void namesAreNamesInWelshAndWithAccents() {
        QFETCH(QString, name);
        QTEST(isName(name.toStdString()), "good");
    }

    void H49_aNameIsSentTrueAndFoldedBeside_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("folded");
        QTest::newRow("straight apostrophe") << "O'Brien"
                                             << "OBRIEN";
        QTest::newRow("curly apostrophe") << "O’Brien"
                                          << "OBRIEN";
        QTest::newRow("Welsh") << "Ŵyn-Ŷnys"
                               << "WYN-YNYS";
        QTest::newRow("accent") << "Siân"
                                << "SIAN";
    }
    void H49_aNameIsSentTrueAndFoldedBeside() {
        QFETCH(QString, name);
        QFETCH(QString, folded);
        auto subject = sampleSubject();
        subject.facts["surname"] = name.toStdString();
        for (const char* system : {"JSAPS", "notice"}) {
            const auto map = makeTargetMap(system).value();
            QCOMPARE(problemsOf(*map, subject), "");
            const auto content = contentOf(*map, subject);
            const auto person = content[std::string(system) == "notice" ? "customer" : "claimant"];
            QCOMPARE(QString::fromStdString(person["surname"].get<std::string>()), name);
            QCOMPARE(QString::fromStdString(person["surnameFolded"].get<std::string>()), folded);
        }
    }

    void thePushCarriesWhatWasSigned() {
        const auto content = contentOf(*makePushMap("JSAPS"), sampleSubject());
        QCOMPARE(content["benefit"], json("JSA"));
        QCOMPARE(content["parts"], json({"JSA_IB"}));
        QCOMPARE(content["crn"], json("D7K22B0044179"));
        QCOMPARE(content["kind"], json("claim"));
        QCOMPARE(content["signature"]["sha256"], json(std::string(64, 'a')));
        QCOMPARE(content["claimant"]["nino"], json("AB123456C"));
        QCOMPARE(content["payment"]["account"], json("06637495"));
        QVERIFY(hasAnswer(content, "capital/7f3a/cp_balance"));
        QCOMPARE(content["evidence"].size(), 2U);
    }

    void anAccountIsSentAsItsBankWritesIt() {
        auto subject = sampleSubject();
        const auto payment = [&](const char* account) {
            subject.facts["pay_account"] = account;
            const auto content = contentOf(*makePushMap("JSAPS"), subject)["payment"];
            return content["sortCode"].get<std::string>() + " " + content["account"].get<std::string>();
        };
        subject.facts["pay_sort"] = "309430";
        QCOMPARE(payment("374958"), std::string("309430 00374958"));
        QCOMPARE(payment("766374958"), std::string("309437 66374958"));
        QCOMPARE(payment("1266374958"), std::string("309430 66374958"));
        subject.facts["pay_sort"] = "089999";
        QCOMPARE(payment("6637495812"), std::string("089999 66374958"));
    }

    void aPayloadCountsItsFieldsAndHashesItself() {
        for (const char* system : {"JSAPS", "notice"}) {
            const auto payload = makeTargetMap(system).value()->map(sampleSubject()).value();
            auto content = json::parse(payload.bytes);
            QCOMPARE(content["hash"], json(payload.content_hash));
            QCOMPARE(content["fieldCount"], json(payload.field_count));
            content.erase("hash");
            QCOMPARE(toHex(sha256(asBytes(content.dump()))), payload.content_hash);
            QCOMPARE(json(content.flatten().size() - 1), content["fieldCount"]);
        }
    }

    void theSameClaimGivesTheSameBytesInAnyOrder() {
        auto subject = sampleSubject();
        const auto map = makePushMap("JSAPS");
        const auto first = map->map(subject).value();
        std::reverse(subject.proofs.begin(), subject.proofs.end());
        subject.facts["addr2"] = "";
        const auto second = map->map(subject).value();
        QCOMPARE(second.bytes, first.bytes);
        subject.proofs[0].level = "copy";
        QVERIFY(map->map(subject).value().content_hash != first.content_hash);
    }

    void aChangedSignatureChangesTheHash() {
        auto subject = sampleSubject();
        const auto first = makePushMap("JSAPS")->map(subject).value();
        subject.seal.digest = std::string(64, 'b');
        QVERIFY(makePushMap("JSAPS")->map(subject).value().content_hash != first.content_hash);
    }

    void aTargetTakesNoClaimThatIsNotItsOwn() {
        QVERIFY(!makePushMap("ISCS")->map(sampleSubject()));
        auto subject = sampleSubject();
        subject.benefits = {"jsa_cb"};
        QVERIFY(!makeNoticeMap()->map(subject));
        QVERIFY(!makeTargetMap("LMS"));
    }

    void textThatIsNotUtf8IsAnErrorAndNoException() {
        auto subject = sampleSubject();
        subject.facts["addr1"] = "4 \xff Street";
        const auto payload = makePushMap("JSAPS")->map(subject);
        QVERIFY(!payload);
        QCOMPARE(payload.error().code, ErrorCode::BadInput);
    }

    void aCouncilIsToldNothingOfHealthAndOfMeansOnlyWithoutAMainBenefit() {
        auto subject = sampleSubject();
        const auto map = makeNoticeMap();
        auto content = contentOf(*map, subject);
        QVERIFY(hasAnswer(content, "rent_amount"));
        QVERIFY(!hasAnswer(content, "ib_condition"));
        QVERIFY(!hasAnswer(content, "capital/7f3a/cp_balance"));
        QVERIFY(!hasAnswer(content, "pay_account"));
        QCOMPARE(content["passported"], json(true));
        QCOMPARE(content["evidence"].size(), 1U);
        QCOMPARE(content["outstanding"].size(), 1U);

        subject.benefits = {"jsa_cb", "hb"};
        content = contentOf(*map, subject);
        QVERIFY(hasAnswer(content, "capital/7f3a/cp_balance"));
        QVERIFY(!hasAnswer(content, "ib_condition"));
        QCOMPARE(content["passported"], json(false));
        QCOMPARE(content["evidence"].size(), 2U);
        QCOMPARE(content["benefits"], json({"hb"}));
    }

    void aSupplementNamesWhatItAddsTo() {
        auto subject = sampleSubject();
        subject.kind = TransferKind::Supplement;
        subject.supplements = "JSAPS-1000";
        const auto content = contentOf(*makePushMap("JSAPS"), subject);
        QCOMPARE(content["kind"], json("supplement"));
        QCOMPARE(content["supplements"], json("JSAPS-1000"));
    }
};

QTEST_GUILESS_MAIN(TestTargetMaps)
#include "tst_target_maps.moc"
