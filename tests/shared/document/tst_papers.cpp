// Texts of codes as UTF-8: what ZXing makes the default after 1.4.
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>
#include <rapidcheck.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <iostream>

#include "shared/base/ids.h"
#include "shared/crypto/crypto.h"
#include "shared/document/page_mark.h"
#include "shared/document/papers.h"
#include "shared/document/typesetter.h"
#include "shared/wire/cbor.h"
#include "tests/support/statement/gwens_statement.h"

// The papers as they leave the machine: what Poppler reads and draws of them, and ZXing from that picture.
using namespace fieldclaim;

namespace {

const PaperSigner kGwen{"Gwen Siobhan O'Brien"};

QString q(const std::string& text) { return QString::fromStdString(text); }

/// A page as pdftoppm draws it in grey.
struct Picture {
    int width = 0;
    int height = 0;
    QByteArray grey;
    int at(int x, int y) const { return static_cast<std::uint8_t>(grey[qsizetype{y} * width + x]); }
};

Picture pictureIn(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.readLine() != "P5\n") qFatal("no picture");
    const auto size = file.readLine().simplified().split(' ');
    file.readLine();
    return {size.value(0).toInt(), size.value(1).toInt(), file.readAll()};
}

struct Paper {
    QTemporaryDir folder;
    Bytes bytes;

    explicit Paper(Result<Bytes> made) {
        if (!made) qFatal("no PDF: %s", describe(made.error()).c_str());
        bytes = std::move(*made);
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write the PDF");
    }
    QString path() const { return folder.filePath("paper.pdf"); }
    /// What a program prints when it is run on the file.
    QString output(const QString& program, QStringList arguments, const QStringList& after = {}) const {
        QProcess process;
        process.start(program, arguments << path() << after);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
            qWarning() << program << process.errorString() << process.readAllStandardError();
            return {};
        }
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    QString text() const { return output("pdftotext", {"-enc", "UTF-8"}, {"-"}); }
    /// All of it on one line, so that where a line was broken makes no difference.
    QString line() const { return text().simplified(); }
    QList<Picture> pictures(int dots_per_inch) const {
        output("pdftoppm", {"-gray", "-r", QString::number(dots_per_inch)}, {folder.filePath("page")});
        QList<Picture> out;
        for (const auto& name : QDir(folder.path()).entryList({"page-*.pgm"}, QDir::Files, QDir::Name))
            out.append(pictureIn(folder.filePath(name)));
        return out;
    }
};

std::string qrIn(const Picture& picture) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    const auto* const grey = reinterpret_cast<const std::uint8_t*>(picture.grey.constData());
    return ZXing::ReadBarcode({grey, picture.width, picture.height, ZXing::ImageFormat::Lum}, hints).text();
}

Statement statementOf(Language language, const std::string& last_word = {}) {
    if (last_word.empty()) return gwensStatement(gwensReview(), language);
    return gwensStatement(gwensReview({{"anything_else", {Answer::Kind::Given, last_word}}}), language);
}

Seal sealOver(const Statement& statement) {
    Seal seal;
    seal.digest = encodeStatement(statement).digest;
    seal.signer = "Gwen Siobhan O'Brien";
    seal.part = "claimant";
    seal.role = "self";
    seal.method = "tablet";
    seal.device_time = 1'168'855'923'000;  // 15 January 2007
    seal.strokes = encodeCbor(Value::List{Value::List{1000, 5000, 0, 3000, 2500, 80, 9000, 7500, 400}});
    return seal;
}

ClaimOutlook gwensOutlook(Language language) { return outlookOf(gwensReview(), language, "Llanrwst", "Nia Prys"); }

/// The tags of a PDF's structure, each with its text: "H2 'Declaration'".
QStringList tagsOf(const Paper& paper) { return paper.output("pdfinfo", {"-struct-text"}).split('\n'); }

}  // namespace

class TestPapers : public QObject {
    Q_OBJECT
private slots:
    void the_same_statement_gives_the_same_bytes() {
        for (const auto language : {Language::English, Language::Welsh}) {
            const auto statement = statementOf(language, "Ŵyn, ŷd; £5; שלום; Ωμέγα");
            const auto first = statementToSignPdf(statement, {kGwen});
            QVERIFY2(first, first ? "" : first.error().detail.c_str());
            QVERIFY(first->size() > 10'000);
            QVERIFY(*first == *statementToSignPdf(statement, {kGwen}));
            QVERIFY(*customerCopyPdf(statement, {sealOver(statement)}, gwensOutlook(language)) ==
                    *customerCopyPdf(statement, {sealOver(statement)}, gwensOutlook(language)));
        }
        QVERIFY(*statementToSignPdf(statementOf(Language::English), {kGwen}) !=
                *statementToSignPdf(statementOf(Language::English, "Thanks"), {kGwen}));
    }

    void another_process_at_another_time_makes_the_same_bytes() {
        const auto here = toHex(sha256(*statementToSignPdf(statementOf(Language::Welsh), {kGwen})));
        QProcess other;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TZ", "Pacific/Auckland");
        environment.insert("SOURCE_DATE_EPOCH", "1");
        other.setProcessEnvironment(environment);
        other.start(QCoreApplication::applicationFilePath(), {"--digest"});
        QVERIFY(other.waitForFinished(60'000));
        QCOMPARE(QString::fromUtf8(other.readAllStandardOutput()).trimmed(), q(here));
    }

    void the_text_comes_out_line_by_line_in_the_order_in_which_it_is_read_data() {
        QTest::addColumn<bool>("welsh");
        QTest::newRow("English") << false;
        QTest::newRow("Welsh") << true;
    }
    void the_text_comes_out_line_by_line_in_the_order_in_which_it_is_read() {
        QFETCH(bool, welsh);
        const auto statement = statementOf(welsh ? Language::Welsh : Language::English);
        const Paper paper(statementToSignPdf(statement, {kGwen}));
        const auto text = paper.line();
        qsizetype at = 0;
        std::size_t titles = 0;
        for (const auto& line : statement.rendering) {
            if (line.kind == "title" && ++titles <= 2) continue;  // in the page's head
            // What stands at the foot and head of pages lies between rows, never within one of one line.
            const auto label = line.kind == "declaration" ? QString() : q(line.label).simplified();
            const auto value = q(line.value).simplified();
            for (const auto& words : {label, value}) {
                const auto found = text.indexOf(words.left(40), at);
                QVERIFY2(found >= 0,
                         qPrintable(words + " is not after: " + text.mid(std::max<qsizetype>(0, at - 60), 200)));
                at = found;
            }
        }
        QVERIFY(text.indexOf(welsh ? "Llofnod Gwen" : "Signature of Gwen", at) > at);
        QVERIFY(text.indexOf(welsh ? "Enw llawn y tyst" : "Witness's full name", at) > at);
    }

    void each_page_has_the_claim_number_the_digest_and_its_number() {
        const auto statement = statementOf(Language::English);
        const Paper paper(statementToSignPdf(statement, {kGwen}));
        const auto pages = paper.text().split('\f', Qt::SkipEmptyParts);
        QVERIFY(pages.size() >= 2);
        for (qsizetype i = 0; i < pages.size(); ++i) {
            const auto page = pages[i].simplified();
            QVERIFY(page.contains("Claim number " + q(Crn::display(statement.claim))));
            QVERIFY(page.contains("Statement " + q(inGroups(encodeStatement(statement).digest))));
            QVERIFY(page.contains(QString("Page %1 of %2").arg(i + 1).arg(pages.size())));
        }
    }

    void its_structure_is_tagged_in_reading_order_with_language_and_title() {
        const auto statement = statementOf(Language::Welsh);
        const Paper paper(statementToSignPdf(statement, {kGwen}));
        const auto info = paper.output("pdfinfo", {});
        QVERIFY(info.contains(QRegularExpression("Tagged: +yes")));
        QVERIFY(info.contains(QRegularExpression("Title: +Datganiad o'ch hawliad")));
        QVERIFY(info.contains(QRegularExpression("CreationDate: .*2007")));
        QVERIFY(info.contains(QRegularExpression("Page size: .*A4")));
        const auto tags = tagsOf(paper);
        QStringList kinds;
        for (const auto& tag : tags) {
            const auto word = tag.trimmed().section(QRegularExpression("[ (\"]"), 0, 0);
            if (!word.isEmpty()) kinds.append(word);
        }
        QCOMPARE(kinds.value(0), QString("Document"));
        QCOMPARE(kinds.count("H1"), 1);
        const auto sections = std::count_if(statement.rendering.begin(), statement.rendering.end(),
                                            [](const auto& line) { return line.kind == "section"; });
        QCOMPARE(kinds.count("H2"), sections + 1);  // and where to sign
        const auto rows = std::count_if(statement.rendering.begin(), statement.rendering.end(), [](const auto& line) {
            return line.kind == "answer" || line.kind == "proof" || line.kind == "declaration";
        });
        QCOMPARE(kinds.count("LI"), rows + 2);  // and name and day at the head
        QCOMPARE(kinds.count("Lbl"), kinds.count("LI"));
        const auto raw =
            QByteArray(reinterpret_cast<const char*>(paper.bytes.data()), static_cast<qsizetype>(paper.bytes.size()));
        QVERIFY(raw.startsWith("%PDF-1."));
        const auto fonts = paper.output("pdffonts", {});
        QVERIFY2(fonts.contains("NotoSans-Regular") && fonts.contains("NotoSans-Bold"), qPrintable(fonts));
        for (const auto& line : fonts.split('\n', Qt::SkipEmptyParts).mid(2))
            QVERIFY2(line.contains("yes yes yes"), qPrintable(line));  // embedded, a subset, with Unicode
    }

    void every_page_s_code_is_read_from_its_picture_and_names_claim_statement_and_page_data() {
        QTest::addColumn<int>("dots");
        QTest::newRow("a poor fax") << 100;
        QTest::newRow("a phone") << 150;
        QTest::newRow("a scanner") << 300;
    }
    void every_page_s_code_is_read_from_its_picture_and_names_claim_statement_and_page() {
        QFETCH(int, dots);
        const auto statement = statementOf(Language::English);
        const Paper paper(statementToSignPdf(statement, {kGwen}));
        const auto pictures = paper.pictures(dots);
        QVERIFY(pictures.size() >= 2);
        for (int i = 0; i < pictures.size(); ++i) {
            const auto mark = decodePageMark(qrIn(pictures[i]));
            QVERIFY(mark);
            QCOMPARE(*mark, (PageMark{statement.claim, markOf(encodeStatement(statement).digest), i + 1,
                                      static_cast<int>(pictures.size()), true}));
        }
    }

    void a_copy_and_a_receipt_have_a_code_that_is_not_that_of_a_page_to_sign() {
        const auto statement = statementOf(Language::English);
        const std::vector<Seal> seals{sealOver(statement)};
        const auto outlook = gwensOutlook(Language::English);
        for (const auto& made : {customerCopyPdf(statement, seals, outlook), receiptPdf(statement, seals, outlook),
                                 signedStatementPdf(statement, seals)}) {
            const Paper paper(made);
            const auto mark = decodePageMark(qrIn(paper.pictures(150).front()));
            QVERIFY(mark && !mark->to_sign && mark->page == 1);
            QCOMPARE(mark->crn, statement.claim);
        }
    }

    void page_marks_that_are_none_are_refused_data() {
        QTest::addColumn<QString>("text");
        const auto good = q(encodePageMark({"0000000000000", {}, 2, 3, true}));
        QVERIFY(decodePageMark(good.toStdString()));
        QTest::newRow("nothing") << "";
        QTest::newRow("another's") << "https://example.org/";
        QTest::newRow("another version") << QString(good).replace("FC1", "FC2");
        QTest::newRow("claim number of another check letter")
            << QString(good).replace("0000000000000", "0000000000001");
        QTest::newRow("page 0") << QString(good).replace("2/3", "0/3");
        QTest::newRow("page beyond the last") << QString(good).replace("2/3", "4/3");
        QTest::newRow("no number") << QString(good).replace("2/3", "2/3x");
        QTest::newRow("too many") << QString(good).replace("2/3", "2/30000000000");
        QTest::newRow("cut") << good.left(20);
    }
    void page_marks_that_are_none_are_refused() {
        QFETCH(QString, text);
        QVERIFY(!decodePageMark(text.toStdString()));
    }

    void a_copy_says_how_it_was_signed_what_to_bring_by_when_and_whom_to_call() {
        const auto statement = statementOf(Language::English);
        const Paper copy(customerCopyPdf(statement, {sealOver(statement)}, gwensOutlook(Language::English)));
        const auto text = copy.line();
        for (const char* words :
             {"What you still have to bring", "15 February 2007", "Who the customer is", "current passport",
              "(the original)", "Whom to call", "Llanrwst", "Nia Prys", "How it was signed",
              "Gwen Siobhan O'Brien (the person claiming)", "Signed on the tablet", "15 January 2007"})
            QVERIFY2(text.contains(words), words);
        QVERIFY(text.contains(q(inGroups(encodeStatement(statement).digest))));
    }

    void a_receipt_is_one_page_in_the_statement_s_language() {
        const auto statement = statementOf(Language::Welsh);
        const Paper receipt(receiptPdf(statement, {sealOver(statement)}, gwensOutlook(Language::Welsh)));
        QCOMPARE(receipt.text().count('\f'), 1);
        const auto text = receipt.line();
        for (const char* words : {"Derbynneb am eich hawliad", "Budd-dal Tai", "15 Ionawr 2007",
                                  "Llofnodwyd ar y llechen", "Beth sy'n digwydd nesaf"})
            QVERIFY2(text.contains(words), words);
    }

    void a_seal_of_another_statement_is_not_told_of() {
        const auto statement = statementOf(Language::English);
        const Paper paper(signedStatementPdf(statement, {sealOver(statementOf(Language::Welsh))}));
        QVERIFY(paper.line().contains("This statement is not signed."));
    }

    void two_signers_have_their_boxes_each() {
        const Paper paper(
            statementToSignPdf(statementOf(Language::English), {kGwen, {"Rhys Jones", "self", "partner"}}));
        const auto text = paper.line();
        QVERIFY(text.contains("Signature of Gwen Siobhan O'Brien (the person claiming)"));
        QVERIFY(text.contains("Signature of Rhys Jones (the partner)"));
        QCOMPARE(text.count("Witness's full name"), 2);
    }

    void a_long_answer_goes_on_upon_the_next_pages_and_none_of_it_is_lost() {
        std::string answer;
        for (int i = 0; i < 2'000; ++i) answer += (i == 0 ? "" : " ") + ("word" + std::to_string(i));
        const Paper paper(statementToSignPdf(statementOf(Language::English, answer), {kGwen}));
        const auto text = paper.line();
        for (int i = 0; i < 2'000; ++i)
            QVERIFY2(text.contains(QString("word%1").arg(i)), qPrintable(QString::number(i)));
        const auto pages = paper.pictures(100);
        QVERIFY(pages.size() > 5);
        for (const auto& page : pages) QVERIFY(decodePageMark(qrIn(page)));
    }

    void a_word_without_end_stays_within_the_margins() {
        const Paper paper(statementToSignPdf(statementOf(Language::English, std::string(10'000, 'W')), {kGwen}));
        for (const auto& page : paper.pictures(50)) {
            for (int y = 0; y < page.height; ++y)  // 18 mm are 35 dots
                for (int x = page.width - 30; x < page.width; ++x) QVERIFY(page.at(x, y) > 200);
        }
    }

    void what_no_typeface_has_or_nobody_sees_stands_as_its_code() {
        QCOMPARE(q(printable("a\tb\r\nc\rd")), "a b\nc\nd");
        QCOMPARE(q(printable("\xE2\x80\xAE"
                             "abc")),
                 "[U+202E]abc");
        QCOMPARE(q(printable(std::string("\x01", 1))), "[U+0001]");
        QCOMPARE(q(printable("\xFFx")), QString::fromUtf8("\uFFFDx"));
        const Paper paper(
            statementToSignPdf(statementOf(Language::English, "unseen \xF3\xB0\x80\x80 \xE2\x80\xAE end"), {kGwen}));
        QVERIFY2(paper.line().contains("unseen [U+F0000] [U+202E] end"), "a private character and an override");
    }

    void texts_of_any_script_come_out_again_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("Welsh") << "Ŵyn a ŷd: llwyfan, Ŷ, ẁ, ẅ, ỳ, Ỳ";
        QTest::newRow("ligatures") << "office affluent fjord";
        QTest::newRow("Polish") << "Łódź, Żółć";
        QTest::newRow("Greek") << "Ωμέγα";
        QTest::newRow("Cyrillic") << "Москва";
        QTest::newRow("money") << "£82.50 – €5 × 2";
    }
    void texts_of_any_script_come_out_again() {
        QFETCH(QString, text);
        const Paper paper(statementToSignPdf(statementOf(Language::English, text.toStdString()), {kGwen}));
        QVERIFY2(paper.line().contains(text.simplified()), qPrintable(paper.line().right(2'000)));
    }

    void any_text_at_all_is_printed_or_its_code_is() {
        // Each run draws a PDF and has Poppler read it. RC_PARAMS from outside still wins, to replay a failure.
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "max_success=15");
        // Scripts from left to right without marks that combine: what is set comes out letter by letter (a hyphen at a
        // line's end is pdftotext's to take away).
        const auto letter = rc::gen::weightedOneOf<char32_t>({{10, rc::gen::inRange<char32_t>(0x2E, 0x7F)},
                                                              {3, rc::gen::inRange<char32_t>(0xAE, 0x149)},
                                                              {2, rc::gen::inRange<char32_t>(0x391, 0x3A2)},
                                                              {2, rc::gen::inRange<char32_t>(0x410, 0x450)},
                                                              {1, rc::gen::inRange<char32_t>(0xE000, 0xE100)},
                                                              {1, rc::gen::inRange<char32_t>(0x1F600, 0x1F640)},
                                                              {1, rc::gen::inRange<char32_t>(0x4E00, 0x4F00)}});
        const auto anything = rc::gen::weightedOneOf<char32_t>(
            {{3, rc::gen::inRange<char32_t>(1, 0xD800)}, {1, rc::gen::inRange<char32_t>(0xE000, 0x110000)}});
        auto statement = statementOf(Language::English);
        const auto printed = [&](const std::u32string& answer) {
            statement.rendering = {{"title", "T", ""},
                                   {"title", "N", "1"},
                                   {"answer", "Answer", QString::fromStdU32String(answer).toStdString()},
                                   {"answer", "Last", "the end"}};
            const Paper paper(statementToSignPdf(statement, {}));
            return paper.text().remove(QRegularExpression("\\s"));
        };
        const bool held = rc::check("printed or coded", [&] {
            const auto plain = *rc::gen::container<std::u32string>(60, letter);
            QString wanted;
            for (const char32_t c : plain) {
                const auto code = QString("[U+%1]").arg(QString::number(c, 16).toUpper(), 4, QChar('0'));
                wanted +=
                    QString("(?:%1|%2)")
                        .arg(QRegularExpression::escape(QString::fromUcs4(&c, 1)), QRegularExpression::escape(code));
            }
            const auto text = printed(plain);
            if (!QRegularExpression(wanted).match(text).hasMatch())
                RC_FAIL(QString::fromStdU32String(plain).toStdString() + " in " + text.toStdString());
            // In what order Poppler gives a page that is mostly right to left is its own affair.
            RC_ASSERT(printed(*rc::gen::container<std::u32string>(60, anything)).contains("theend"));
        });
        QVERIFY(held);
    }
};

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--digest") {
        std::cout << toHex(sha256(*statementToSignPdf(statementOf(Language::Welsh), {kGwen}))) << "\n";
        return 0;
    }
    const QCoreApplication application(argc, argv);
    TestPapers test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_papers.moc"
