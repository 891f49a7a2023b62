#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/viewmodels/words.h"
#include "shared/crypto/crypto.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/pictures/pictures.h"
#include "tests/support/session/session_kit.h"

// What a page of questions does with types, warnings and bad input, through the vault and the view-models.

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using fieldclaim::testing::codePicture;
using fieldclaim::testing::pdfOf;
using fieldclaim::testing::pngOf;

namespace {

constexpr int kPatience_ms = 30'000;

QString q(const std::string& text) { return QString::fromStdString(text); }

/// The mission's pack with a page "kinds" before the page how-claim-taken, of these rows: type, name, label, required,
/// default, read_only, parameters.
PackFiles withKinds(const QStringList& rows) {
    auto files = missionFiles();
    auto& settings = files["settings.csv"];
    settings = q(settings).replace(q(missionPack()->version()), QStringLiteral("2007.12.20-1")).toStdString();
    auto lines = q(files["survey.csv"]).split(QLatin1Char('\n'));
    const auto header = lines.front().split(QLatin1Char(','));
    QStringList made;
    for (const auto& row : rows) {
        const auto cells = row.split(QLatin1Char('|'));
        QStringList line;
        for (const auto& column : header) {
            static const QStringList own = {"type", "name", "label::English (en)", "required"};
            const auto at = own.indexOf(column);
            line.append(at >= 0                 ? cells.value(at)
                        : column == u"page"     ? QStringLiteral("kinds")
                        : column == u"section"  ? QStringLiteral("contact-and-needs")
                        : column == u"stage"    ? QStringLiteral("first_contact")
                        : column == u"declared" ? (cells.value(0) == u"note" ? QString() : QStringLiteral("yes"))
                                                : QString());
        }
        made.append(line.join(QLatin1Char(',')) + QLatin1Char(',') + cells.mid(4).join(QLatin1Char(',')));
    }
    lines.front() += QStringLiteral(",default,read_only,parameters");
    const auto before = std::find_if(lines.begin(), lines.end(), [](const QString& line) {
        return line.startsWith(QStringLiteral("select_one channel,"));
    });
    for (const auto& line : made) lines.insert(before - lines.begin(), line);
    files["survey.csv"] = lines.join(QLatin1Char('\n')).toStdString();
    return files;
}

void arrive(SessionKit& kit, const PackFiles& files) {
    const auto loaded = FormPack::load(files);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
    VaultSyncStore store(*kit.session().vault());
    const auto archive = encodeArchive(files);
    QVERIFY(store.packReceived({(*loaded)->id(), (*loaded)->version(), sha256(archive)}, archive).has_value());
    emit kit.sync().packArrived(QStringLiteral("working-age"));
    kit.waitForLoop();
}

void save(SessionKit& kit, const char* key, const QString& text) {
    QVERIFY(kit.session().openCase()->save(key, {Answer::Kind::Given, text.toStdString()}));
}

QVariant of(SessionKit& kit, const char* key, const char* role) {
    auto& questions = *kit.session().question()->questions();
    return questions.value(questions.rowOf(QLatin1String(key)), role);
}

}  // namespace

class QuestionPageTest : public QObject {
    Q_OBJECT

private slots:
    void a_picture_answers_its_question_and_goes_with_the_claim() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"image|slip|A photo of the slip|yes"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        QCOMPARE(of(kit, "slip", "type").toString(), QStringLiteral("image"));
        kit.session().question()->goOn();
        QCOMPARE(of(kit, "slip", "error").toString(), QStringLiteral("Take a picture or choose one"));

        kit.camera_sees = codePicture("a slip");
        kit.session().openAnswerPicture(QStringLiteral("slip"));
        QCOMPARE(kit.session().page(), QStringLiteral("picture"));
        QCOMPARE(kit.session().picture()->goal(), QStringLiteral("answer"));
        QCOMPARE(kit.session().picture()->about(), QStringLiteral("A photo of the slip"));
        kit.session().picture()->take();
        QVERIFY(QTest::qWaitFor([&] { return !kit.session().picture()->picture().isNull(); }, kPatience_ms));
        kit.session().picture()->use();
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("question"); }, kPatience_ms));
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("kinds"));

        const auto digest = of(kit, "slip", "value").toString();
        const auto bytes = kit.session().casework()->fileBytes(*toArray<32>(*fromHex(digest.toStdString())));
        QVERIFY(bytes.has_value());
        QCOMPARE(toHex(sha256(*bytes)), digest.toStdString());
        QCOMPARE(kit.session().casework()->totals()->blobs_waiting, 1U);
        const auto shown = of(kit, "slip", "picture").toMap();
        QVERIFY(!shown[QStringLiteral("image")].value<QImage>().isNull());
        QVERIFY(shown[QStringLiteral("here")].toBool());
        const auto name = QStringLiteral("Picture %1 %2").arg(digest.left(4).toUpper(), digest.mid(4, 4).toUpper());
        QCOMPARE(shown[QStringLiteral("name")].toString(), name);
        const auto& open = *kit.session().openCase();
        QCOMPARE(open.answerWords(*open.pack().find("slip"), *open.answer("slip"), Language::English), name);
        QVERIFY(!open.evaluation().find("slip")->missing && !open.evaluation().find("slip")->invalid);
        QCOMPARE(open.evaluation().declaredFacts().at("slip").text, digest.toStdString());

        kit.session().question()->answer(QStringLiteral("slip"), QString());
        QVERIFY(of(kit, "slip", "value").toString().isEmpty());
        QVERIFY(of(kit, "slip", "picture").toMap().isEmpty());
    }

    void a_pdf_answers_a_file_question_and_goes_as_it_is() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"file|lease|The tenancy agreement|yes"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        QCOMPARE(of(kit, "lease", "type").toString(), QStringLiteral("file"));
        kit.session().question()->goOn();
        QCOMPARE(of(kit, "lease", "error").toString(), QStringLiteral("Choose a file, or take a picture"));

        QTemporaryDir folder;
        const auto whole = pdfOf(3);
        const auto choose = [&](const QByteArray& bytes) {
            const auto path = folder.filePath(QStringLiteral("lease.pdf"));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
            file.close();
            kit.session().openAnswerPicture(QStringLiteral("lease"));
            QCOMPARE(kit.session().picture()->goal(), QStringLiteral("file"));
            QCOMPARE(kit.session().picture()->stage(), QStringLiteral("files"));
            kit.session().picture()->openEntry(path);
        };
        choose(whole.chopped(whole.size() / 2));
        QVERIFY(QTest::qWaitFor([&] { return !kit.session().picture()->error().isEmpty(); }, kPatience_ms));
        QVERIFY(kit.session().picture()->error().startsWith(QStringLiteral("The PDF is damaged")));
        kit.session().leavePicture();
        choose(whole);
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("question"); }, kPatience_ms));

        const auto digest = of(kit, "lease", "value").toString();
        QCOMPARE(digest.toStdString(), toHex(sha256(Bytes(whole.begin(), whole.end()))));
        const auto bytes = kit.session().casework()->fileBytes(*toArray<32>(*fromHex(digest.toStdString())));
        QVERIFY(bytes.has_value());
        QVERIFY(*bytes == Bytes(whole.begin(), whole.end()));
        QCOMPARE(kit.session().casework()->totals()->blobs_waiting, 1U);
        const auto shown = of(kit, "lease", "picture").toMap();
        QVERIFY(shown[QStringLiteral("here")].toBool());
        QCOMPARE(shown[QStringLiteral("detail")].toString(), QStringLiteral("PDF, 3 pages"));
        const auto name = QStringLiteral("File %1 %2").arg(digest.left(4).toUpper(), digest.mid(4, 4).toUpper());
        QCOMPARE(shown[QStringLiteral("name")].toString(), name);
        const auto& open = *kit.session().openCase();
        QCOMPARE(open.answerWords(*open.pack().find("lease"), *open.answer("lease"), Language::English), name);
        QVERIFY(!open.evaluation().find("lease")->missing && !open.evaluation().find("lease")->invalid);
    }

    void a_picture_answers_a_file_question_too_and_no_image_question_takes_a_pdf() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"file|lease|The tenancy agreement|yes", "image|slip|A photo of the slip|yes"}));
        kit.session().newClaim();
        QTemporaryDir folder;
        const auto write = [&](const char* name, const QByteArray& bytes) {
            QFile file(folder.filePath(QLatin1String(name)));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(write("lease.png", pngOf(codePicture("a lease"))));
        QVERIFY(write("slip.pdf", pdfOf(1)));
        kit.session().openPage(QStringLiteral("kinds"));
        kit.session().openAnswerPicture(QStringLiteral("lease"));
        kit.session().picture()->openEntry(folder.filePath(QStringLiteral("lease.png")));
        QVERIFY(QTest::qWaitFor([&] { return !kit.session().picture()->picture().isNull(); }, kPatience_ms));
        kit.session().picture()->use();
        QVERIFY(QTest::qWaitFor([&] { return kit.session().page() == QStringLiteral("question"); }, kPatience_ms));
        QVERIFY(!of(kit, "lease", "picture").toMap()[QStringLiteral("image")].value<QImage>().isNull());

        kit.session().openAnswerPicture(QStringLiteral("slip"));
        kit.session().picture()->openEntry(folder.filePath(QStringLiteral("slip.pdf")));
        QVERIFY(QTest::qWaitFor([&] { return !kit.session().picture()->error().isEmpty(); }, kPatience_ms));
        QVERIFY(kit.session().picture()->error().startsWith(QStringLiteral("A PDF is not taken")));
    }

    void what_the_pad_fills_is_not_asked_for_as_a_picture() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        save(kit, "benefits_claimed", QStringLiteral("jsa_ib"));
        save(kit, "sign_method", QStringLiteral("tablet"));
        const auto* signature = kit.session().openCase()->evaluation().find("signature");
        QVERIFY(signature != nullptr && signature->relevant);
        kit.session().openPage(QString::fromStdString(signature->question->page));
        QVERIFY(kit.session().question() != nullptr);
        QCOMPARE(kit.session().question()->questions()->rowOf(QStringLiteral("signature")), -1);
    }

    void a_picture_from_another_tablet_is_fetched_when_it_is_wanted() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"image|slip|A photo of the slip|yes"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        save(kit, "slip", QString(64, QLatin1Char('a')));  // as a colleague's answer: its bytes are elsewhere
        auto shown = of(kit, "slip", "picture").toMap();
        QVERIFY(!shown[QStringLiteral("here")].toBool());
        QCOMPARE(shown[QStringLiteral("detail")].toString(), QStringLiteral("Taken on another tablet"));
        kit.session().question()->fetchPicture(QStringLiteral("slip"));
        shown = of(kit, "slip", "picture").toMap();
        QCOMPARE(shown[QStringLiteral("detail")].toString(),
                 QStringLiteral("It comes with the next contact, if it is on the server"));
    }

    void a_code_that_the_camera_sees_answers_its_question() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"barcode|ref|The number on the letter|yes"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        QCOMPARE(of(kit, "ref", "type").toString(), QStringLiteral("barcode"));
        kit.camera_sees.fill(Qt::gray);
        kit.session().openCode(QStringLiteral("ref"));
        QCOMPARE(kit.session().picture()->goal(), QStringLiteral("code"));
        QTest::qWait(0);
        QCOMPARE(kit.session().page(), QStringLiteral("picture"));  // nothing to read yet
        kit.camera->sees = codePicture("JSA 2007/0042");
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (kit.session().page() == QStringLiteral("picture")) kit.camera->become(FrameSource::State::On);
                return kit.session().page() == QStringLiteral("question");
            },
            kPatience_ms));
        QCOMPARE(of(kit, "ref", "value").toString(), QStringLiteral("JSA 2007/0042"));
        QCOMPARE(kit.session().casework()->totals()->blobs_waiting, 0U);
    }

    void a_picture_place_of_a_question_that_is_gone_opens_its_claim() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openCode(QStringLiteral("no_such_question"));
        QCOMPARE(kit.session().page(), QStringLiteral("claim"));
    }

    void each_type_has_its_field_and_its_answer_is_kept_regular() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"range|sure|How sure?|yes|||start=0 end=1 step=0.25", "time|at|At what time?|",
                               "dateTime|seen|When?|", "note|remark|Read this out|", "geopoint|place|Where?|"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        for (const auto& [key, type] : {std::pair("sure", "range"),
                                        {"at", "time"},
                                        {"seen", "dateTime"},
                                        {"remark", "note"},
                                        {"place", "text"}}) {
            QCOMPARE(of(kit, key, "type").toString(), QLatin1String(type));
        }
        QCOMPARE(of(kit, "sure", "range").toMap().value(QStringLiteral("step")).toString(), QStringLiteral("0.25"));
        auto& page = *kit.session().question();
        page.answer(QStringLiteral("at"), QStringLiteral("2.15 pm"));
        page.answer(QStringLiteral("seen"), QStringLiteral("2006-11-22T9:30"));
        page.answer(QStringLiteral("place"), QStringLiteral("53.1394, -3.7967"));
        page.answer(QStringLiteral("sure"), QStringLiteral("0.3"));
        QCOMPARE(of(kit, "at", "value").toString(), QStringLiteral("14:15"));
        QCOMPARE(of(kit, "seen", "value").toString(), QStringLiteral("2006-11-22T09:30"));
        QCOMPARE(of(kit, "place", "value").toString(), QStringLiteral("53.1394 -3.7967"));
        page.goOn();
        QCOMPARE(of(kit, "sure", "error").toString(), QStringLiteral("Enter a number from 0 to 1"));
        QVERIFY(of(kit, "remark", "error").toString().isEmpty());
        page.answer(QStringLiteral("sure"), QStringLiteral("0.25"));
        page.goOn();
        QVERIFY(kit.session().question() == nullptr || kit.session().question()->pageId() != QStringLiteral("kinds"));
        const auto& open = *kit.session().openCase();
        QCOMPARE(open.answerWords(*open.pack().find("seen"), *open.answer("seen"), Language::English),
                 QStringLiteral("22 November 2006 09:30"));
    }

    void what_the_pack_proposes_is_answered_by_going_on_and_not_before() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"integer|sheds|Sheds?|yes|3|yes", "date|since|Since when?|yes|today()|"}));
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("kinds"));
        QCOMPARE(of(kit, "sheds", "value").toString(), QStringLiteral("3"));
        QVERIFY(of(kit, "sheds", "readOnly").toBool());
        QVERIFY(kit.session().openCase()->answer("sheds") == nullptr);
        kit.session().question()->answer(QStringLiteral("since"), QStringLiteral("2007-01-02"));
        kit.session().question()->goOn();
        QCOMPARE(kit.session().openCase()->answer("sheds")->text, std::string("3"));
        QCOMPARE(kit.session().openCase()->answer("since")->text, std::string("2007-01-02"));
    }

    void a_page_that_only_says_something_is_passed_on_the_way() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        arrive(kit, withKinds({"note|remark|Read this out|"}));
        kit.session().newClaim();
        kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        kit.session().question()->goOn();
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("kinds"));
        kit.session().question()->goOn();
        QCOMPARE(kit.session().question()->pageId(), QStringLiteral("how-claim-taken"));
        QVERIFY(completeAsGwen(kit.session()) > 0);
        QCOMPARE(kit.session().claim()->questionsToGo(), 0);
        QVERIFY(kit.session().claim()->canSign());
    }

    void a_warning_is_said_by_the_field_on_check_answers_and_on_the_claim_and_holds_nothing_back() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        const auto blocking = [&] {
            int count = 0;
            for (const auto& action : kit.session().openCase()->claim().review.actions)
                count += action.blocking ? 1 : 0;
            return count;
        };
        const int before = blocking();
        save(kit, "updates_by", QStringLiteral("sms"));
        save(kit, "phone", QStringLiteral("01632960001"));
        save(kit, "phone_alt", QStringLiteral("01632960002"));
        QCOMPARE(blocking(), before);
        const auto text = QStringLiteral("Text messages were asked for, but there is no mobile number");
        QStringList listed;
        for (const auto& action : kit.session().claim()->actions()->records()) listed.append(action[1].toString());
        QVERIFY(listed.contains(text));
        kit.session().openAction(QStringLiteral("question"), QStringLiteral("updates_by"));
        QCOMPARE(of(kit, "updates_by", "warnings").toStringList(), QStringList{text});
        kit.session().question()->goOn();
        QVERIFY(kit.session().question() == nullptr || kit.session().question()->pageId() != QStringLiteral("updates"));
        kit.session().openPage(QStringLiteral("phone"));
        // The same words once a page, beside the first that they are about.
        QCOMPARE(of(kit, "phone", "warnings").toStringList(), QStringList{text});
        QVERIFY(of(kit, "phone_alt", "warnings").toStringList().isEmpty());
        kit.session().goCheck();
        auto& rows = *kit.session().checkAnswers()->rows();
        QStringList warned;
        for (int row = 0; row < rows.count(); ++row) {
            if (rows.value(row, "warning").toString() == text) warned.append(rows.value(row, "rowKey").toString());
        }
        QCOMPARE(warned.size(), 1);
        QVERIFY(kit.session().checkAnswers()->obstacle().isEmpty());
    }

    void what_is_about_a_repeat_is_said_over_its_cards() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        save(kit, "has_capital", QStringLiteral("yes"));
        save(kit, "capital/0190/cp_balance", QStringLiteral("90000"));
        kit.session().openPage(QStringLiteral("savings-item"));
        QVERIFY(kit.session().question()->isCards());
        QCOMPARE(kit.session().question()->warnings().size(), 1);
        QVERIFY(kit.session().question()->warnings().front().startsWith(QStringLiteral("Savings come to £")));
    }

    // -- bad input

    void a_paste_of_10000_characters_is_kept_refused_and_does_not_stop_the_officer() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        const auto crn = q(kit.session().openCase()->crn());
        kit.session().openPage(QStringLiteral("safe-contact"));
        const auto paste = QString(10'000, QChar(u'ŵ'));
        kit.session().question()->answer(QStringLiteral("safe_contact"), paste);
        QCOMPARE(kit.session().question()->note(), QStringLiteral("Saved on this tablet"));
        QSignalSpy refused(kit.session().question(), &QuestionPageViewModel::refused);
        kit.session().question()->goOn();
        QCOMPARE(refused.count(), 1);
        QCOMPARE(of(kit, "safe_contact", "error").toString(), QStringLiteral("Use 200 characters or fewer"));
        QCOMPARE(of(kit, "safe_contact", "value").toString(), paste);
        kit.session().question()->skip();
        kit.kill();
        QVERIFY(kit.unlock());
        kit.session().openClaim(crn);
        QCOMPARE(q(kit.session().openCase()->answer("safe_contact")->text), paste);
        // And it is no fact.
        QVERIFY(kit.session().openCase()->evaluation().value("safe_contact").empty());
    }

    void what_is_typed_comes_back_as_it_was_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("emoji") << QString::fromUtf8("\xF0\x9F\x99\x82 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7");
        QTest::newRow("right to left") << QString::fromUtf8("لا تتصل يوم الجمعة · אין להתקשר");
        QTest::newRow("both ways") << QString::fromUtf8("Ask for مريم, not before 10");
        QTest::newRow("signs of expressions") << QStringLiteral("${nino} ]]> ' \" <b> %1 \\n");
        QTest::newRow("Welsh") << QString::fromUtf8("Dim cyn hanner dydd, tŷ'r wraig drws nesa’");
    }
    void what_is_typed_comes_back_as_it_was() {
        QFETCH(QString, text);
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        const auto crn = q(kit.session().openCase()->crn());
        kit.session().openPage(QStringLiteral("safe-contact"));
        kit.session().question()->answer(QStringLiteral("safe_contact"), text);
        kit.session().question()->goOn();
        kit.kill();
        QVERIFY(kit.unlock());
        kit.session().openClaim(crn);
        kit.session().openPage(QStringLiteral("safe-contact"));
        QCOMPARE(of(kit, "safe_contact", "value").toString(), text);
        QVERIFY(of(kit, "safe_contact", "error").toString().isEmpty());
    }

    void a_day_that_the_calendar_has_not_is_kept_as_it_was_typed_and_refused() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        kit.session().openPage(QStringLiteral("date-of-birth"));
        kit.session().question()->answer(QStringLiteral("dob"), QStringLiteral("29|2|2005"));
        kit.session().question()->goOn();
        QCOMPARE(of(kit, "dob", "value").toString(), QStringLiteral("29|2|2005"));
        QVERIFY(!of(kit, "dob", "error").toString().isEmpty());
        kit.session().question()->answer(QStringLiteral("dob"), QStringLiteral("2004-02-29"));
        QVERIFY(of(kit, "dob", "error").toString().isEmpty());
    }

    void a_repeat_of_200_entries_can_be_worked_in() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        save(kit, "has_capital", QStringLiteral("yes"));
        const auto crn = kit.session().openCase()->crn();
        auto& casework = *kit.session().casework();
        // 200 change sets, each a save of its own.
        for (int i = 0; i < 200; ++i) {
            const auto key = QStringLiteral("capital/%1/cp_balance").arg(i, 4, 10, QLatin1Char('0')).toStdString();
            QVERIFY(casework.saveAnswer(crn, key, {Answer::Kind::Given, "1"}).has_value());
        }
        kit.session().openPage(QStringLiteral("savings-item"));
        QVERIFY(kit.session().question()->cards()->count() >= 200);
        QElapsedTimer timer;
        timer.start();
        kit.session().question()->removeInstance(QStringLiteral("0007"));
        QVERIFY(!kit.session().question()->removed().isEmpty());
        QVERIFY2(timer.elapsed() < 3'000, "a press answers");
    }
};

QTEST_GUILESS_MAIN(QuestionPageTest)
#include "tst_question_page.moc"
