#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "mobile/casework/ink_route.h"
#include "mobile/paper/scan_reader.h"
#include "shared/crypto/crypto.h"
#include "shared/document/papers.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/vault_kit.h"

// Ink on paper from end to end: the printed PDF is drawn by Poppler, which stands for printer, pen and scanner.
using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

Bytes encoded(const QImage& image, const char* format = "PNG") {
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return {out.begin(), out.end()};
}

/// The pages of a PDF as a scanner gives them.
QList<QImage> scanned(const Result<Bytes>& pdf, int dots = 120) {
    if (!pdf) qFatal("no PDF: %s", describe(pdf.error()).c_str());
    QTemporaryDir folder;
    QFile file(folder.filePath("paper.pdf"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(reinterpret_cast<const char*>(pdf->data()), static_cast<qint64>(pdf->size()));
    file.close();
    if (QProcess::execute("pdftoppm", {"-gray", "-r", QString::number(dots), file.fileName(), folder.filePath("p")}) !=
        0)
        return {};
    QList<QImage> out;
    for (const auto& name : QDir(folder.path()).entryList({"p-*.pgm"}, QDir::Files, QDir::Name))
        out.append(QImage(folder.filePath(name)));
    return out;
}

}  // namespace

class tst_InkRoute : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = SetClock();
        m_vault = testVault(m_folder->path().toStdString(), m_clock, m_random);
        attach();
    }
    void cleanup() {
        m_casework.reset();
        m_vault.reset();
    }

    void printed_signed_scanned_page_by_page_and_sealed() {
        const auto crn = completeClaim();
        const auto pages = printedPages(crn);
        QVERIFY(pages.size() >= 2);
        for (int i = 0; i < pages.size(); ++i) {
            QVERIFY(!state(crn).isComplete());
            QVERIFY(!m_casework->sign(crn, *state(crn).statement, signing(crn)));  // not every page is there
            const auto outcome = take(crn, pages[i]);
            QCOMPARE(outcome.fate, ScanFate::Taken);
            QCOMPARE(outcome.page, i + 1);
            QCOMPARE(outcome.pages, static_cast<int>(pages.size()));
        }
        QVERIFY(state(crn).isComplete());
        const auto done = m_casework->sign(crn, *state(crn).statement, signing(crn));
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        const auto claim = *m_casework->open(crn);
        QCOMPARE(claim.review.seal_state, SealState::Valid);
        QCOMPARE(claim.review.seal->method, std::string("paper"));
        const auto names = scanNames(*claim.review.seal);
        QCOMPARE(names.size(), static_cast<std::size_t>(pages.size()));
        for (const auto& name : names) QVERIFY(m_vault->blob(name)->size() < kMostScanBytes);
    }

    void what_was_printed_is_printed_again_until_a_fact_changes() {
        const auto crn = completeClaim();
        const auto first = *m_ink->print(crn, Language::English);
        m_clock.advance(std::int64_t{3} * 24 * 3'600'000);
        QVERIFY(first == *m_ink->print(crn, Language::English));
        QVERIFY(m_casework->saveAnswer(crn, "surname", {Answer::Kind::Given, "Jones"}));
        QVERIFY(!state(crn).statement);
        const auto second = *m_ink->print(crn, Language::English);
        QVERIFY(first != second);
    }

    void an_older_statement_is_refused_and_holds_again_when_the_answer_is_put_back() {
        const auto crn = completeClaim();
        const auto pages = printedPages(crn);
        const auto before = m_casework->open(crn)->review.evaluation.value("surname");
        QVERIFY(m_casework->saveAnswer(crn, "surname", {Answer::Kind::Given, "Jones"}));
        QCOMPARE(take(crn, pages[0]).fate, ScanFate::OldStatement);
        QVERIFY(m_casework->saveAnswer(crn, "surname", {Answer::Kind::Given, before}));
        QCOMPARE(take(crn, pages[0]).fate, ScanFate::Taken);
    }

    void what_is_scanned_survives_the_tablet_being_closed() {
        const auto crn = completeClaim();
        const auto pages = printedPages(crn);
        QCOMPARE(take(crn, pages[1]).fate, ScanFate::Taken);
        m_casework.reset();
        m_vault.reset();
        m_vault = *Vault::open(m_folder->path().toStdString(), m_clock, m_random, quickOptions());
        QVERIFY(m_vault->unlock(m_vault->officers().front().officer, kPassphrase));
        attach();
        QCOMPARE(state(crn).scans.size(), 1U);
        QVERIFY(state(crn).scans.contains(2));
        QCOMPARE(state(crn).pages, static_cast<int>(pages.size()));
    }

    void another_claim_s_page_a_copy_and_a_page_without_a_code_are_told_apart() {
        const auto crn = completeClaim();
        const auto other = completeClaim();
        const auto pages = printedPages(other);
        printedPages(crn);
        const auto outcome = take(crn, pages[0]);
        QCOMPARE(outcome.fate, ScanFate::OtherClaim);
        QCOMPARE(outcome.crn, other);
        QCOMPARE(take(crn, scanned(signedStatementPdf(*state(crn).statement, {})).front()).fate, ScanFate::Copy);
        QImage blank(800, 1000, QImage::Format_Grayscale8);
        blank.fill(255);
        QCOMPARE(take(crn, blank).fate, ScanFate::NoCode);
        QVERIFY(state(crn).scans.empty());
    }

    void a_printing_with_another_number_of_pages_is_not_mixed_in() {
        const auto crn = completeClaim();
        const auto pages = printedPages(crn);
        QCOMPARE(take(crn, pages[0]).fate, ScanFate::Taken);
        auto mark = *readScan(encoded(pages[1]))->mark;
        ++mark.pages;
        QCOMPARE(m_ink->take(crn, encoded(pages[1]), mark)->fate, ScanFate::OtherPrinting);
    }

    void a_page_scanned_again_takes_the_other_s_place() {
        const auto crn = completeClaim();
        const auto pages = printedPages(crn);
        QCOMPARE(take(crn, pages[0]).fate, ScanFate::Taken);
        auto signed_page = pages[0];
        QPainter(&signed_page).drawLine(100, 900, 400, 950);
        QCOMPARE(take(crn, signed_page).fate, ScanFate::Taken);
        QCOMPARE(scansOf(m_casework->open(crn)->state, state(crn).digest).size(), 1U);
        QCOMPARE(state(crn).scans.at(1), sha256(readScan(encoded(signed_page))->jpeg));
    }

    void a_page_is_read_however_it_lies_data() {
        QTest::addColumn<double>("angle");
        QTest::addColumn<int>("dots");
        QTest::newRow("upright") << 0.0 << 150;
        QTest::newRow("upside down") << 180.0 << 150;
        QTest::newRow("on its side") << 90.0 << 150;
        QTest::newRow("askew") << 7.0 << 150;
        QTest::newRow("a large photograph") << 0.0 << 300;
    }
    void a_page_is_read_however_it_lies() {
        QFETCH(double, angle);
        QFETCH(int, dots);
        const auto crn = completeClaim();
        const auto page = scanned(statementToSignPdf(*m_ink->print(crn, Language::Welsh), {{"Gwen"}}), dots).front();
        QTransform turn;
        turn.rotate(angle);
        QImage turned(page.transformed(turn, Qt::SmoothTransformation).size(), QImage::Format_RGB32);
        turned.fill(Qt::white);
        QPainter(&turned).drawImage(
            0, 0, page.convertToFormat(QImage::Format_ARGB32).transformed(turn, Qt::SmoothTransformation));
        const auto read = readScan(encoded(turned, "JPEG"));
        QVERIFY(read && read->mark);
        QCOMPARE(read->mark->crn, crn);
        QVERIFY(read->jpeg.size() < kMostScanBytes);
    }

    void files_that_are_no_images_are_refused_in_words_of_their_own_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("not an image");
        QTest::newRow("PDF") << QByteArray("%PDF-1.7\n");
        QTest::newRow("cut JPEG's head") << QByteArray("\xFF\xD8\xFF\xE0\x00\x10JFIF", 11);
    }
    void files_that_are_no_images_are_refused_in_words_of_their_own() {
        QFETCH(QByteArray, file);
        const auto read = readScan(asBytes({file.constData(), static_cast<std::size_t>(file.size())}));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::BadInput);
    }

    void ink_without_the_scans_of_every_page_is_no_signature() {
        const auto crn = completeClaim();
        const auto statement = *m_ink->print(crn, Language::English);
        Casework::Signing paper;
        paper.signer = "Gwen O'Brien";
        paper.method = "paper";
        const auto refused = m_casework->sign(crn, statement, paper);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::BadInput);
    }

    void an_appointee_whose_authority_was_not_seen_does_not_sign_data() {
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("may");
        QTest::newRow("appointee, original") << "original"
                                             << "appointee" << true;
        QTest::newRow("appointee, on record") << "on_record"
                                              << "appointee" << true;
        QTest::newRow("appointee, copy") << "copy"
                                         << "appointee" << false;
        QTest::newRow("appointee, applied") << "applied"
                                            << "appointee" << false;
        QTest::newRow("appointee, nothing") << "none"
                                            << "appointee" << false;
        QTest::newRow("attorney, original") << "original"
                                            << "attorney" << true;
        QTest::newRow("attorney, on record") << "on_record"
                                             << "attorney" << false;
        QTest::newRow("organisation, original") << "original"
                                                << "corporate" << true;
    }
    void an_appointee_whose_authority_was_not_seen_does_not_sign() {
        QFETCH(QString, authority);
        QFETCH(QString, role);
        QFETCH(bool, may);
        const auto crn = completeClaim({{"answering_for", role.toStdString()},
                                        {"rep_name", "Ann Lee"},
                                        {"rep_authority", authority.toStdString()}},
                                       "jsa_ib");
        Casework::Signing signing;
        signing.signer = "Ann Lee";
        signing.role = role.toStdString();
        signing.strokes = Bytes{0x80};
        const auto statement = *m_casework->draftStatement(crn, Language::English);
        QCOMPARE(m_casework->sign(crn, statement, signing).has_value(), may);
        signing.role = role == "appointee" ? "attorney" : "appointee";  // what the answers do not say
        signing.part = "partner";
        QVERIFY(!m_casework->sign(crn, statement, signing));
    }

private:
    void attach() {
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
        m_ink = std::make_unique<InkRoute>(*m_casework);
    }
    std::string completeClaim(const Wishes& more = {}, const std::string& benefits = "is") {
        const auto crn = *m_casework->beginClaim();
        ClaimSketch sketch(missionPack(), *Date::parse("2007-01-15"));
        Wishes wishes{{"benefits_claimed", benefits}, {"partner", "no"}, {"claim_type", "new"}};
        for (const auto& [key, value] : more) wishes[key] = value;
        sketch.complete(wishes);
        for (const auto& [key, answer] : sketch.answers.answers)
            ENSURE(m_casework->saveAnswer(crn, key, answer).has_value());
        return crn;
    }
    QList<QImage> printedPages(const std::string& crn) {
        return scanned(statementToSignPdf(*m_ink->print(crn, Language::English), {{"Gwen O'Brien"}}));
    }
    ScanOutcome take(const std::string& crn, const QImage& page) {
        const auto read = readScan(encoded(page));
        ENSURE(read.has_value());
        const auto outcome = m_ink->take(crn, read->jpeg, read->mark);
        ENSURE(outcome.has_value());
        return *outcome;
    }
    InkState state(const std::string& crn) { return *m_ink->state(crn); }
    Casework::Signing signing(const std::string& crn) {
        auto out = InkRoute::signing(state(crn));
        out.signer = "Gwen O'Brien";
        return out;
    }

    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<Casework> m_casework;
    std::unique_ptr<InkRoute> m_ink;
};
QTEST_GUILESS_MAIN(tst_InkRoute)
#include "tst_ink_route.moc"
