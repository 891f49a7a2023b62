#include <rapidcheck.h>

#include <QBuffer>
#include <QColorSpace>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <cmath>

#include "mobile/imaging/code_reader.h"
#include "mobile/imaging/pdf_reader.h"
#include "mobile/imaging/picture_edit.h"
#include "mobile/imaging/picture_pack.h"
#include "mobile/imaging/picture_quality.h"
#include "mobile/imaging/picture_reader.h"
#include "tests/support/pictures/pictures.h"

using namespace fieldclaim::tablet;
using namespace fieldclaim::testing;

namespace {

/// The process's own figure of a moment, in MiB; its peak with "VmHWM".
long memoryMiB(const char* name = "VmRSS") {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) return 0;
    for (const auto& line : status.readAll().split('\n')) {
        if (line.startsWith(name)) return line.simplified().split(' ').value(1).toLong() / 1024;
    }
    return 0;
}

/// Four colours, one a quarter: told apart after any turn.
QImage quarters(int width = 40, int height = 60) {
    QImage out(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool right = x >= width / 2;
            const bool low = y >= height / 2;
            out.setPixel(
                x, y,
                low ? (right ? qRgb(250, 250, 0) : qRgb(0, 0, 250)) : (right ? qRgb(0, 250, 0) : qRgb(250, 0, 0)));
        }
    }
    return out;
}

QString colourAt(const QImage& picture, double x, double y) {
    const auto rgb = picture.pixel(static_cast<int>(x * picture.width()), static_cast<int>(y * picture.height()));
    QString out;
    if (qRed(rgb) > 128) out += QLatin1Char('r');
    if (qGreen(rgb) > 128) out += QLatin1Char('g');
    if (qBlue(rgb) > 128) out += QLatin1Char('b');
    return out;
}

QImage randomPicture(int width, int height) {
    QImage out(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) out.setPixel(x, y, 0xFF000000U | (*rc::gen::inRange(0, 0x1000000)));
    }
    return out;
}

QByteArray bytesOf(const QImage& picture, const char* form) {
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, form);
    return out;
}

}  // namespace

class ImagingTest : public QObject {
    Q_OBJECT

private slots:
    void a_code_is_read_from_what_the_camera_sees_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("text");
        QTest::newRow("QR") << "QRCode"
                            << "FIELD/2007 0042";
        QTest::newRow("QR in Welsh") << "QRCode" << QStringLiteral("Tŷ Cyngor Llanrwst");
        QTest::newRow("Code 128") << "Code128"
                                  << "JSA-2007-0042";
        QTest::newRow("Code 39") << "Code39"
                                 << "AB123456C";
        QTest::newRow("EAN") << "EAN-13"
                             << "5012345678900";
        QTest::newRow("Data Matrix") << "DataMatrix"
                                     << "0042";
        QTest::newRow("PDF 417") << "PDF417"
                                 << "AB123456C";
    }
    void a_code_is_read_from_what_the_camera_sees() {
        QFETCH(QString, format);
        QFETCH(QString, text);
        const auto picture = codePicture(text.toStdString(), format.toStdString());
        for (const double degrees : {0.0, 90.0, 180.0}) {
            const auto seen = readCode(picture.transformed(QTransform().rotate(degrees)));
            QVERIFY2(seen.has_value(), qPrintable(QString::number(degrees)));
            QCOMPARE(QString::fromStdString(*seen), text);
        }
    }

    void what_is_no_answer_in_a_code_is_not_read() {
        QVERIFY(!readCode(QImage()).has_value());
        QVERIFY(!readCode(photoOfPage({800, 1100})).has_value());
        QVERIFY(!readCode(codePicture("two\nlines")).has_value());
        QVERIFY(!readCode(codePicture(std::string(kMostCodeBytes + 1, 'x'))).has_value());
        QVERIFY(readCode(codePicture(std::string(kMostCodeBytes, 'x'))).has_value());
    }

    void aCameraTurnedAnyWayGivesAnUprightPicture_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QString>("top_left");
        QTest::addColumn<QString>("bottom_right");
        // EXIF 2.3, 4.6.4: which corner of the scene the first row and column are.
        QTest::newRow("1: as it is") << 1 << "r"
                                     << "rg";
        QTest::newRow("2: mirrored") << 2 << "g"
                                     << "b";
        QTest::newRow("3: upside down") << 3 << "rg"
                                        << "r";
        QTest::newRow("4: upside down, mirrored") << 4 << "b"
                                                  << "g";
        QTest::newRow("5: mirrored, on its side") << 5 << "r"
                                                  << "rg";
        QTest::newRow("6: on its side") << 6 << "b"
                                        << "g";
        QTest::newRow("7: mirrored, on its other side") << 7 << "rg"
                                                        << "r";
        QTest::newRow("8: on its other side") << 8 << "g"
                                              << "b";
    }
    void aCameraTurnedAnyWayGivesAnUprightPicture() {
        QFETCH(int, orientation);
        QFETCH(QString, top_left);
        QFETCH(QString, bottom_right);
        const auto opened = openPicture(withExif(jpegOf(quarters(), 100), orientation));
        QVERIFY(opened.has_value());
        QCOMPARE(opened->size(), orientation > 4 ? QSize(60, 40) : QSize(40, 60));
        QCOMPARE(colourAt(*opened, 0.2, 0.2), top_left);
        QCOMPARE(colourAt(*opened, 0.8, 0.8), bottom_right);
    }

    void nothingButPixelsIsKept() {
        auto page = pageOfText({800, 1100});
        page.setText(QStringLiteral("Author"), QStringLiteral("FIELDCLAIM-TEST-AUTHOR"));
        page.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
        page.setDotsPerMeterX(7'777);
        for (const auto& bytes : {withExif(jpegOf(page), 6), pngOf(page)}) {
            QVERIFY(bytes.contains("FIELDCLAIM-TEST"));
            const auto opened = openPicture(bytes);
            QVERIFY(opened.has_value());
            QVERIFY(opened->textKeys().isEmpty());
            QVERIFY(!opened->colorSpace().isValid());
            const auto packed = packPicture(*opened).jpeg;
            QVERIFY(!packed.contains("FIELDCLAIM-TEST"));
            QVERIFY(!packed.contains("Exif"));
            // Every segment up to the scan is one that decoding needs.
            for (qsizetype at = 2; static_cast<uchar>(packed[at + 1]) != 0xDA;) {
                const auto marker = static_cast<uchar>(packed[at + 1]);
                const bool needed = marker == 0xE0 || marker == 0xDB || marker == 0xC4 || (marker & 0xF0) == 0xC0;
                QVERIFY2(needed, qPrintable(QString::number(marker, 16)));
                at += 2 + static_cast<uchar>(packed[at + 2]) * 256 + static_cast<uchar>(packed[at + 3]);
            }
        }
    }

    void whatIsNoGoodPictureIsRefusedWithItsReason_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<PictureProblem>("problem");
        const auto page = pageOfText({400, 560});
        const auto jpeg = jpegOf(page);
        const auto png = pngOf(page);
        auto holed = png;
        holed[png.size() / 2] = static_cast<char>(~holed[png.size() / 2]);
        QTest::newRow("nothing") << QByteArray() << PictureProblem::Empty;
        QTest::newRow("a text") << QByteArray("Dear Sir or Madam") << PictureProblem::OtherKind;
        QTest::newRow("an SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'/>") << PictureProblem::OtherKind;
        QTest::newRow("a PDF") << QByteArray("%PDF-1.7\n1 0 obj\n<</JS(app.alert(1))>>") << PictureProblem::Pdf;
        QTest::newRow("a PDF behind other bytes") << QByteArray("\n\n  %PDF-1.4\n") << PictureProblem::Pdf;
        QTest::newRow("HEIC") << QByteArray(
                                     "\0\0\0\x18"
                                     "ftypheic",
                                     12) +
                                     QByteArray(60, 0)
                              << PictureProblem::Heic;
        QTest::newRow("half a JPEG") << jpeg.left(jpeg.size() / 2) << PictureProblem::Cut;
        QTest::newRow("half of one with EXIF") << withExif(jpeg, 6).left(jpeg.size() / 2) << PictureProblem::Cut;
        QTest::newRow("the head of a JPEG") << jpeg.left(30) << PictureProblem::Damaged;
        QTest::newRow("a JPEG's first bytes alone") << QByteArray("\xFF\xD8\xFF") << PictureProblem::Damaged;
        QTest::newRow("half a PNG") << png.left(png.size() / 2) << PictureProblem::Cut;
        QTest::newRow("a PNG with a wrong byte") << holed << PictureProblem::Damaged;
        QTest::newRow("the first bytes of a GIF") << QByteArray("GIF89a") << PictureProblem::Damaged;
        QTest::newRow("the first bytes of a BMP") << QByteArray("BM") << PictureProblem::Damaged;
        QTest::newRow("a PNG of 60000 x 60000") << pngClaiming({60'000, 60'000}) << PictureProblem::TooManyPixels;
        QTest::newRow("a PNG of 0 x 10") << pngClaiming({0, 10}) << PictureProblem::Damaged;
        QTest::newRow("a PNG that ends early") << pngClaiming({10'000, 9'000}) << PictureProblem::Damaged;
        QTest::newRow("more bytes than any picture")
            << "\xFF\xD8\xFF" + QByteArray(65 << 20, 'x') << PictureProblem::TooManyBytes;
    }
    void whatIsNoGoodPictureIsRefusedWithItsReason() {
        QFETCH(QByteArray, bytes);
        QFETCH(PictureProblem, problem);
        const auto before = memoryMiB("VmHWM");
        const auto opened = openPicture(bytes);
        QVERIFY(!opened.has_value());
        QCOMPARE(opened.error(), problem);
        // Whatever it claims, what it claims is never allocated. (PNG's rows are read and thrown away.)
        QVERIFY2(memoryMiB("VmHWM") - before < 120, qPrintable(QString::number(memoryMiB("VmHWM") - before)));
    }

    void everyKindThatIsReadIsTheSamePicture() {
        const auto page = quarters();
        for (const auto* form : {"png", "bmp", "jpeg"}) {
            const auto opened = openPicture(bytesOf(page, form));
            QVERIFY2(opened.has_value(), form);
            QCOMPARE(opened->format(), QImage::Format_RGB32);
            QCOMPARE(colourAt(*opened, 0.2, 0.8), QStringLiteral("b"));
        }
        QImage clear(20, 20, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        QCOMPARE(openPicture(pngOf(clear))->pixel(5, 5), qRgb(255, 255, 255));
    }

    void aPhotographOf100MegapixelsIsNeverWholeInMemory() {
        QByteArray jpeg;
        {
            QImage large(11'600, 8'700, QImage::Format_Grayscale8);
            large.fill(200);
            for (int y = 100; y < large.height(); y += 90) std::fill_n(large.scanLine(y), large.width() / 2, uchar{20});
            jpeg = jpegOf(large, 80);
        }
        const auto before = memoryMiB();
        QElapsedTimer timer;
        timer.start();
        const auto opened = openPicture(jpeg);
        const auto took = timer.elapsed();
        QVERIFY(opened.has_value());
        QVERIFY(static_cast<qint64>(opened->width()) * opened->height() <= 12'000'000);
        QVERIFY(opened->width() > 3'900);
        // The peak of the process is that of making the picture above: what opening it took is measured where no such
        // thing came before (100 MiB); here, that nothing of it stays.
        qInfo("100 megapixels: %lld ms, %ld MiB more while it is held, peak of the process %ld MiB", took,
              memoryMiB() - before, memoryMiB("VmHWM"));
        QVERIFY(memoryMiB() - before < 150);
    }

    void aFormThatMustBeReadWholeHasALowerBound() {
        PictureLimits limits;
        limits.most_whole_pixels = 1'000;
        QCOMPARE(openPicture(bytesOf(quarters(), "bmp"), limits).error(), PictureProblem::TooManyPixels);
        QVERIFY(openPicture(jpegOf(quarters()), limits).has_value());
    }

    void whateverIsDoneToItsBytesAPictureIsOpenedOrRefused() {
        const auto page = pageOfText({160, 220});
        QImage indexed = page.convertToFormat(QImage::Format_Indexed8);
        const QByteArrayList seeds{withExif(jpegOf(page), 6), pngOf(page), pngOf(indexed), bytesOf(page, "bmp")};
        quint32 state = 7;
        const auto next = [&state](qsizetype below) {
            state = state * 1'664'525U + 1'013'904'223U;
            return static_cast<qsizetype>((state >> 8U) % static_cast<quint32>(below));
        };
        PictureLimits limits;
        limits.kept_pixels = 10'000;
        int opened = 0;
        for (int round = 0; round < 1'500; ++round) {
            auto bytes = seeds[round % seeds.size()];
            for (qsizetype times = 1 + next(6); times > 0; --times) {
                // The head, where the sizes are, more often than the rest.
                const auto at = next(next(2) == 0 ? std::min<qsizetype>(bytes.size(), 300) : bytes.size());
                if (next(8) == 0)
                    bytes.remove(at, next(40));
                else if (next(8) == 0)
                    bytes.insert(at, QByteArray(next(40), static_cast<char>(next(256))));
                else
                    bytes[at] = static_cast<char>(next(256));
                if (bytes.size() < 4) break;
            }
            const auto picture = openPicture(bytes, limits);
            if (!picture) continue;
            ++opened;
            QVERIFY(!picture->isNull() && static_cast<qint64>(picture->width()) * picture->height() <= 10'000);
        }
        QVERIFY(opened > 50);  // not every change hits
    }

    void fourTurnsAreNone() {
        QVERIFY(rc::check([] {
            const auto picture = randomPicture(*rc::gen::inRange(1, 12), *rc::gen::inRange(1, 12));
            auto turning = picture;
            for (int i = 0; i < 4; ++i) turning = turned(turning, 1);
            RC_ASSERT(turning == picture);
            const auto some = *rc::gen::inRange(-9, 9);
            RC_ASSERT(turned(turned(picture, some), -some) == picture);
        }));
        QCOMPARE(colourAt(turned(quarters(), 1), 0.8, 0.2), QStringLiteral("r"));
    }

    void whatIsBlackedOutIsBlackWhateverFollows() {
        QVERIFY(rc::check([] {
            QImage picture(160, 200, QImage::Format_RGB32);
            picture.fill(Qt::white);
            // A mark of one colour that is nowhere else, and is hidden.
            const auto x = *rc::gen::inRange(0, 110);
            const auto y = *rc::gen::inRange(0, 150);
            for (int at_y = y; at_y < y + 50; ++at_y) {
                for (int at_x = x; at_x < x + 50; ++at_x) picture.setPixel(at_x, at_y, qRgb(255, 0, 0));
            }
            picture = blackedOut(picture, QRectF(x / 160.0, y / 200.0, 50 / 160.0, 50 / 200.0));
            const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3));
            for (const auto step : steps) {
                if (step == 0) picture = turned(picture, *rc::gen::inRange(0, 4));
                if (step == 1)
                    picture =
                        straightened(picture, {QPointF(0.05, 0), QPointF(1, 0.03), QPointF(0.97, 1), QPointF(0, 0.98)});
                if (step == 2) picture = *openPicture(packPicture(picture).jpeg);
            }
            for (int at_y = 0; at_y < picture.height(); ++at_y) {
                for (int at_x = 0; at_x < picture.width(); ++at_x) {
                    const auto pixel = picture.pixel(at_x, at_y);
                    RC_ASSERT(qRed(pixel) - qGreen(pixel) < 40);
                }
            }
            RC_ASSERT(steps.size() > 6 || std::abs(qGray(picture.pixel(0, 0)) - 127) > 20);
        }));
        const auto black = blackedOut(quarters(), QRectF(0.1, 0.1, 0.3, 0.2));
        QCOMPARE(black.pixel(4, 6), qRgb(0, 0, 0));
        QCOMPARE(black.pixel(15, 17), qRgb(0, 0, 0));
        QCOMPARE(black.pixel(17, 17), qRgb(250, 0, 0));
        const auto packed = openPicture(packPicture(blackedOut(pageOfText(), QRectF(0.2, 0.2, 0.4, 0.1))).jpeg);
        for (int x = 340; x < 980; x += 7) QVERIFY(qGray(packed->pixel(x, 560)) < 12);
    }

    void aBoxDrawnBackwardsOrBeyondTheEdgeHidesWhatItShows() {
        const auto black = blackedOut(quarters(), QRectF(QPointF(1.5, 0.4), QPointF(0.6, -0.2)));
        QCOMPARE(black.pixel(39, 0), qRgb(0, 0, 0));
        QCOMPARE(black.pixel(24, 23), qRgb(0, 0, 0));
        QCOMPARE(black.pixel(23, 10), qRgb(0, 250, 0));
        QCOMPARE(blackedOut(quarters(), QRectF(3, 3, 1, 1)), quarters());
    }

    void aRectangleOfCornersIsCutOutExactly() {
        QVERIFY(rc::check([] {
            const auto picture = randomPicture(24, 30);
            const auto left = *rc::gen::inRange(0, 10);
            const auto top = *rc::gen::inRange(0, 10);
            const auto right = *rc::gen::inRange(16, 25);
            const auto bottom = *rc::gen::inRange(16, 31);
            const auto at = [](int x, int y) { return QPointF(x / 24.0, y / 30.0); };
            const auto cut =
                straightened(picture, {at(left, top), at(right, top), at(right, bottom), at(left, bottom)});
            RC_ASSERT(cut == picture.copy(left, top, right - left, bottom - top));
        }));
    }

    void aPageSeenFromTheSideIsSeenFromAbove() {
        const auto page = quarters(400, 560);
        QImage table(900, 900, QImage::Format_RGB32);
        table.fill(qRgb(90, 90, 90));
        const Corners corners{QPointF(0.3, 0.1), QPointF(0.75, 0.2), QPointF(0.9, 0.9), QPointF(0.1, 0.8)};
        QPolygonF on_table;
        for (const auto& corner : corners) on_table << QPointF(corner.x() * 900, corner.y() * 900);
        QTransform there;
        QVERIFY(QTransform::quadToQuad(QPolygonF(QRectF(0, 0, 400, 560)).mid(0, 4), on_table, there));
        QTransform back = there.inverted();
        for (int y = 0; y < 900; ++y) {
            for (int x = 0; x < 900; ++x) {
                const auto from = back.map(QPointF(x, y)).toPoint();
                if (page.rect().contains(from)) table.setPixel(x, y, page.pixel(from));
            }
        }
        const auto flat = straightened(table, corners);
        QCOMPARE(colourAt(flat, 0.03, 0.03), QStringLiteral("r"));
        QCOMPARE(colourAt(flat, 0.97, 0.03), QStringLiteral("g"));
        QCOMPARE(colourAt(flat, 0.97, 0.97), QStringLiteral("rg"));
        QCOMPARE(colourAt(flat, 0.03, 0.97), QStringLiteral("b"));
        // The middle lines of the page are the middle lines of what comes out.
        QCOMPARE(colourAt(flat, 0.47, 0.47), QStringLiteral("r"));
        QCOMPARE(colourAt(flat, 0.53, 0.53), QStringLiteral("rg"));
    }

    void cornersThatAreNoPageChangeNothing_data() {
        QTest::addColumn<QPolygonF>("corners");
        QTest::newRow("crossed") << QPolygonF({QPointF(0, 0), QPointF(1, 1), QPointF(1, 0), QPointF(0, 1)});
        QTest::newRow("against the clock") << QPolygonF({QPointF(0, 0), QPointF(0, 1), QPointF(1, 1), QPointF(1, 0)});
        QTest::newRow("a dent") << QPolygonF({QPointF(0, 0), QPointF(1, 0), QPointF(0.2, 0.2), QPointF(0, 1)});
        QTest::newRow("a line") << QPolygonF({QPointF(0, 0), QPointF(1, 0), QPointF(1, 0.001), QPointF(0, 0.001)});
        QTest::newRow("outside") << QPolygonF({QPointF(0, 0), QPointF(2, 0), QPointF(1, 1), QPointF(0, 1)});
        const auto none = std::nan("");
        QTest::newRow("not numbers") << QPolygonF({QPointF(none, 0), QPointF(1, 0), QPointF(1, 1), QPointF(0, 1)});
    }
    void cornersThatAreNoPageChangeNothing() {
        QFETCH(QPolygonF, corners);
        const Corners four{corners[0], corners[1], corners[2], corners[3]};
        QVERIFY(!isFourSided(four));
        QCOMPARE(straightened(quarters(), four), quarters());
    }

    void picturesAreJudgedAsAnEyeWould_data() {
        QTest::addColumn<QImage>("picture");
        QTest::addColumn<QList<PictureFlaw>>("flaws");
        using enum PictureFlaw;
        const auto photo = photoOfPage();
        QTest::newRow("a scan") << pageOfText() << QList<PictureFlaw>{};
        QTest::newRow("a photo") << photo << QList<PictureFlaw>{};
        QTest::newRow("a photo of 12 megapixels") << photoOfPage({3000, 4000}) << QList<PictureFlaw>{};
        QTest::newRow("a photo, a little soft") << blurred(photo, 1) << QList<PictureFlaw>{};
        QTest::newRow("a dim photo") << photoOfPage(kA4, 150) << QList<PictureFlaw>{};
        QTest::newRow("blurred") << blurred(photo, 4) << QList<PictureFlaw>{Blurred};
        QTest::newRow("very blurred") << blurred(photo, 9) << QList<PictureFlaw>{Blurred};
        QTest::newRow("a blurred scan") << blurred(pageOfText(), 4) << QList<PictureFlaw>{Blurred};
        QTest::newRow("12 megapixels, blurred") << blurred(photoOfPage({3000, 4000}), 8) << QList<PictureFlaw>{Blurred};
        QTest::newRow("a lamp on it") << glared(photo) << QList<PictureFlaw>{Glare};
        QTest::newRow("dark") << darkened(photo, 0.7) << QList<PictureFlaw>{Dark};
        QTest::newRow("small") << pageOfText({600, 850}) << QList<PictureFlaw>{TooSmall};
        QImage blank(kA4, QImage::Format_RGB32);
        blank.fill(Qt::white);
        QTest::newRow("blank") << blank << QList<PictureFlaw>{Blank};
        blank.fill(Qt::black);
        QTest::newRow("a covered lens") << blank << QList<PictureFlaw>{Blank};
    }
    void picturesAreJudgedAsAnEyeWould() {
        QFETCH(QImage, picture);
        QFETCH(QList<PictureFlaw>, flaws);
        const auto found = measure(picture);
        qInfo("content %.3f, brightness %d, sharpness %.1f, glare %.3f, side %d", found.content, found.brightness,
              found.sharpness, found.glare, found.long_side);
        const auto said = flawsOf(found);
        QCOMPARE(QList<PictureFlaw>(said.begin(), said.end()), flaws);
    }

    void aTinyPictureIsMeasuredWithoutHarm() {
        for (const auto side : {0, 1, 5, 33}) {
            QImage tiny(side, side, QImage::Format_RGB32);
            tiny.fill(Qt::white);
            const auto flaws = flawsOf(measure(tiny));
            QVERIFY(!flaws.empty() && flaws.front() == PictureFlaw::TooSmall);
        }
    }

    void aPageOfPrintFitsIntoHalfAMegabyteAndStaysLegible_data() {
        QTest::addColumn<QImage>("page");
        QTest::addColumn<QSize>("size");
        QTest::newRow("a scan") << pageOfText() << kA4;
        QTest::newRow("a photo") << photoOfPage() << kA4;
        QTest::newRow("12 megapixels") << photoOfPage({3000, 4000}) << QSize(1754, 2339);
        QTest::newRow("no larger than it was") << pageOfText({600, 850}) << QSize(600, 850);
    }
    void aPageOfPrintFitsIntoHalfAMegabyteAndStaysLegible() {
        QFETCH(QImage, page);
        QFETCH(QSize, size);
        QElapsedTimer timer;
        timer.start();
        const auto packed = packPicture(page);
        qInfo("%lld bytes, %d x %d, quality %d, %lld ms", static_cast<qint64>(packed.jpeg.size()), packed.size.width(),
              packed.size.height(), packed.quality, timer.elapsed());
        QVERIFY(packed.jpeg.size() <= kMostPackedBytes);
        QCOMPARE(packed.size, size);
        QVERIFY(packed.quality >= 50);
        const auto again = openPicture(packed.jpeg);
        QVERIFY(again.has_value());
        QCOMPARE(again->size(), size);
        if (size.height() > 1'000) QVERIFY(measure(*again).sharpness > kLeastSharpness);
    }

    void aPdfIsCountedAndNeverRun_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("pages");
        QTest::addColumn<PdfProblem>("problem");
        const auto no = [](const char* name, const QByteArray& bytes, PdfProblem problem) {
            QTest::newRow(name) << bytes << 0 << problem;
        };
        QTest::newRow("three pages") << pdfOf(3) << 3 << PdfProblem();
        QTest::newRow("the most") << pdfOf(kMostPdfPages) << kMostPdfPages << PdfProblem();
        no("too many pages", pdfOf(kMostPdfPages + 1), PdfProblem::TooManyPages);
        no("a password", pdfOf(1, "secret"), PdfProblem::Locked);
        no("cut", pdfOf(3).chopped(100), PdfProblem::Damaged);
        no("nothing but its first words", "%PDF-1.7\n1 0 obj\n<</JS(app.alert(1))>>", PdfProblem::Damaged);
        no("no page", pdfOf(0), PdfProblem::Damaged);
        no("a picture", pngOf(pageOfText({100, 100})), PdfProblem::Damaged);
        no("too large", pdfOf(1) + QByteArray(kMostPdfBytes, ' '), PdfProblem::TooManyBytes);
        // Pages that are their own parents, and a length beyond the end.
        no("a circle of pages",
           "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]>>\n"
           "endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
           "trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n105\n%%EOF\n",
           PdfProblem::Damaged);
    }
    void aPdfIsCountedAndNeverRun() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, pages);
        const auto read = readPdf(bytes);
        QCOMPARE(read.value_or(0), pages);
        if (!read) QTEST(read.error(), "problem");
    }

    void noBytesMakeThePdfReaderFall() {
        const auto whole = pdfOf(2);
        for (qsizetype at = 0; at < whole.size(); ++at) {
            auto one = whole;
            one[at] = static_cast<char>(one[at] ^ 0x41);
            const auto read = readPdf(one);
            QVERIFY(!read || (*read >= 1 && *read <= kMostPdfPages));
            const auto cut = readPdf(whole.left(at));
            QVERIFY(!cut || (*cut >= 1 && *cut <= 2));
        }
    }

    void whatHardlyPacksIsMadeSmallerBeforeItIsMadeWorse() {
        // Noise is the worst that a camera can give.
        QImage noise(kA4, QImage::Format_RGB32);
        quint32 state = 1;
        for (int y = 0; y < noise.height(); ++y) {
            auto* line = reinterpret_cast<QRgb*>(noise.scanLine(y));
            for (int x = 0; x < noise.width(); ++x) {
                state = state * 1'664'525U + 1'013'904'223U;
                line[x] = 0xFF000000U | (state >> 8U);
            }
        }
        const auto packed = packPicture(noise);
        QVERIFY(packed.size.height() < 2'339);
        QVERIFY2(packed.jpeg.size() <= kMostPackedBytes, qPrintable(QString::number(packed.jpeg.size())));
    }

    void aTelephonesPhotographIsReadyInMoments() {
        const auto jpeg = withExif(jpegOf(photoOfPage({4000, 3000})), 6);
        QElapsedTimer timer;
        timer.start();
        const auto opened = openPicture(jpeg);
        const auto open_ms = timer.restart();
        QVERIFY(opened.has_value());
        QCOMPARE(opened->size(), QSize(3000, 4000));
        const auto flaws = flawsOf(measure(*opened));
        const auto judge_ms = timer.restart();
        const auto packed = packPicture(*opened);
        qInfo("12 megapixels of %lld KB: opened in %lld ms, judged in %lld ms, packed to %lld KB in %lld ms",
              static_cast<qint64>(jpeg.size() / 1000), open_ms, judge_ms,
              static_cast<qint64>(packed.jpeg.size() / 1000), timer.elapsed());
        QVERIFY(packed.jpeg.size() <= kMostPackedBytes);
    }
};

QTEST_MAIN(ImagingTest)
#include "tst_imaging.moc"
