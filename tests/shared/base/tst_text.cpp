#include <rapidcheck.h>

#include <QtTest>

#include "shared/base/text.h"

using namespace fieldclaim;

class TestText final : public QObject {
    Q_OBJECT

private slots:
    void textIsComposed() {
        QCOMPARE(toNfc("Sia\xcc\x82n").value(), std::string("Si\xc3\xa2n"));
        QVERIFY(isNfc("Si\xc3\xa2n"));
        QVERIFY(!isNfc("Sia\xcc\x82n"));
        QVERIFY(isNfc(""));
    }
    void malformedTextIsRefused() {
        for (const char* text : {"\xff", "\xc3", "\xc3\x28", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "a\x80"}) {
            const auto composed = toNfc(text);
            QVERIFY2(!composed, text);
            QVERIFY(composed.error().code == ErrorCode::BadInput);
            QVERIFY(!isNfc(text));
        }
    }
    void composingTwiceChangesNothingAndAgreesWithQt() {
        QVERIFY(rc::check([] {
            QString text;
            for (const auto code : *rc::gen::container<std::vector<std::uint32_t>>(
                     rc::gen::elementOf(std::vector<std::uint32_t>{'a', 'w', 'y', 0xe2, 0x175, 0x302, 0x301, 0x308,
                                                                   0x1e84, 0xac00, 0x1100, 0x1161, 0x2019, 0x1f600}))) {
                text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&code), 1);
            }
            const auto composed = toNfc(text.toStdString()).value();
            RC_ASSERT(composed == text.normalized(QString::NormalizationForm_C).toStdString());
            RC_ASSERT(isNfc(composed));
            RC_ASSERT(codePoints(text.toStdString()) == static_cast<std::size_t>(text.toUcs4().size()));
        }));
    }
    void H49_namesAreFoldedForTargetsThatHoldPlainLetters_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("folded");
        QTest::newRow("Welsh") << QString::fromUtf8("Siân Ŵyn") << "SIAN WYN";
        QTest::newRow("a straight apostrophe") << "O'Brien"
                                               << "OBRIEN";
        QTest::newRow("a curly one") << QString::fromUtf8("O’Brien") << "OBRIEN";
        QTest::newRow("a hyphen stays") << "Llewelyn-Jones"
                                        << "LLEWELYN-JONES";
        QTest::newRow("decomposed") << QString::fromUtf8("Sia\xcc\x82n") << "SIAN";
        QTest::newRow("digits stay") << "Henry 8"
                                     << "HENRY 8";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void H49_namesAreFoldedForTargetsThatHoldPlainLetters() {
        QFETCH(QString, name);
        QFETCH(QString, folded);
        QCOMPARE(QString::fromStdString(foldName(name.toStdString())), folded);
    }
    void foldingIsStable() {
        QVERIFY(rc::check([](const std::string& text) {
            const auto once = foldName(text);
            RC_ASSERT(foldName(once) == once);
        }));
    }
    void textIsTrimmedAndSplit() {
        QCOMPARE(trim(" \t a b\r\n"), std::string_view("a b"));
        QCOMPARE(trim(" \n"), std::string_view());
        QVERIFY(split("a,,b,", ',') == (std::vector<std::string>{"a", "", "b", ""}));
        QVERIFY(split("", ',') == std::vector<std::string>{""});
        QVERIFY(rc::check([](const std::string& text) {
            std::string joined;
            const auto parts = split(text, ',');
            for (std::size_t i = 0; i < parts.size(); ++i) joined += (i == 0 ? "" : ",") + parts[i];
            RC_ASSERT(joined == text);
        }));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
