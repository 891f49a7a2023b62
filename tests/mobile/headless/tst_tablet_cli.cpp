#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

namespace {

constexpr int kPatienceMs = 60'000;
constexpr const char* kPassphrase = "correct horse battery";

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
    QJsonArray array() const { return QJsonDocument::fromJson(out).array(); }
};

Outcome run(const QString& program, const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FIELDCLAIM_PASSPHRASE", kPassphrase);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.waitForFinished(kPatienceMs);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

/// JSON with ` for each quotation mark.
QByteArray json(QByteArray text) { return text.replace('`', '"'); }

}  // namespace

#define ENDS_WELL(outcome) QVERIFY2((outcome).code == 0, ((outcome).err + (outcome).out).constData())

/// One server and one tablet for all; the tests stand in the order of a tablet's life.
class TestTabletCli : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        ENDS_WELL(admin({"init"}));
        ENDS_WELL(admin({"site", "add", "llanrwst", "Llanrwst"}));
        m_server.setStandardErrorFile(m_folder.filePath("server.log"));
        m_server.start(
            FIELDCLAIM_SERVER_PROGRAM,
            {"serve", "--data", m_folder.filePath("server"), "--listen", "127.0.0.1:0", "--tls-name", "127.0.0.1",
             "--pack", FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age", "--port-file", m_folder.filePath("port")});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_folder.filePath("port")), kPatienceMs);
        QFile port(m_folder.filePath("port"));
        QVERIFY(port.open(QIODevice::ReadOnly));
        m_url = "https://127.0.0.1:" + QString::fromUtf8(port.readAll().trimmed());
    }
    void cleanupTestCase() {
        m_server.terminate();
        m_server.waitForFinished(kPatienceMs);
    }

    void each_command_says_what_it_is_data() {
        QTest::addColumn<QString>("command");
        for (const char* command :
             {"set-up",       "add-officer",   "remove-officer", "passphrase", "officers",   "new-claim", "take",
              "answer",       "answers",       "clear",          "proof",      "attach",     "resolve",   "sign",
              "submit",       "visit",         "sync",           "show",       "claims",     "search",    "history",
              "totals",       "state",         "outbox",         "unlock",     "orders",     "forgot",    "salvage",
              "correct-date", "statement-pdf", "scan",           "copy-pdf",   "receipt-pdf"})
            QTest::newRow(command) << command;
    }
    void each_command_says_what_it_is() {
        QFETCH(QString, command);
        const auto help = run(FIELDCLAIM_CLI_PROGRAM, {command, "--help"});
        ENDS_WELL(help);
        QVERIFY(help.out.contains("fieldclaim-tablet-cli --data DIR " + command.toUtf8()));
        QVERIFY(help.out.count('\n') < 16);
    }

    void a_wrong_command_line_ends_with_2_and_says_why_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("no folder") << QStringList{"claims"};
        QTest::newRow("no such command") << QStringList{"--data", "x", "dance"};
        QTest::newRow("no such option") << QStringList{"--data", "x", "claims", "--loud", "y"};
        QTest::newRow("no value") << QStringList{"claims", "--data"};
        QTest::newRow("no tablet") << QStringList{"--data", "not-there", "claims"};
    }
    void a_wrong_command_line_ends_with_2_and_says_why() {
        QFETCH(QStringList, arguments);
        const auto outcome = run(FIELDCLAIM_CLI_PROGRAM, arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(!outcome.err.isEmpty());
    }

    void a_form_pack_is_checked_before_it_is_given_out() {
        const QString folder = QStringLiteral(FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age");
        const auto good = run(FIELDCLAIM_SERVER_PROGRAM, {"pack", "check", folder});
        ENDS_WELL(good);
        QVERIFY(good.out.startsWith("working-age/"));
        QVERIFY(good.out.contains("160 questions"));

        const QDir broken(m_folder.filePath("pack"));
        QVERIFY(broken.mkpath("."));
        for (const auto& name : QDir(folder).entryList(QDir::Files))
            QVERIFY(QFile::copy(folder + "/" + name, broken.filePath(name)));
        QFile survey(broken.filePath("survey.csv"));
        QVERIFY(survey.open(QIODevice::ReadWrite));
        auto text = survey.readAll();
        QVERIFY(text.contains("${partner}"));
        text.replace("${partner}", "${partnr}");
        survey.resize(0);
        survey.write(text);
        survey.close();
        const auto bad = run(FIELDCLAIM_SERVER_PROGRAM, {"pack", "check", broken.path()});
        QCOMPARE(bad.code, 1);
        QVERIFY2(bad.err.contains("survey.csv:") && bad.err.contains("there is no ${partnr}"), bad.err.constData());
    }

    void a_tablet_is_set_up() {
        const auto officer = admin({"officer", "add", "Sian Pritchard", "--site", "llanrwst", "--role", "assessor"});
        ENDS_WELL(officer);
        const auto words = officer.out.trimmed().split(' ');
        const auto code = admin({"enrolment-code", "--site", "llanrwst"}).out.trimmed();
        const auto made = cli({"set-up", "--server", m_url, "--code", code, "--officer", "Sian Pritchard",
                               "--officer-code", words.at(1)});
        ENDS_WELL(made);
        QCOMPARE(made.object()["site"].toString(), QString("llanrwst"));
        QCOMPARE(made.object()["sync"].toObject()["complete"].toBool(), true);
        m_device = made.object()["device"].toString();
        QCOMPARE(cli({"officers"}).array().at(0).toObject()["name"].toString(), QString("Sian Pritchard"));
    }

    void claims_are_taken_from_a_file() {
        write("letter.txt", "a letter");
        write("claims.json",
              json("[{`answers`: {`first_names`: `Gwen`, `surname`: `O'Brien`},"
                   "  `proofs`: [{`key`: `identity`, `level`: `original`, `what`: `UK passport`, `files`: [`LETTER`]}],"
                   "  `visit`: {`date`: `2007-01-15`, `time`: `09:30`}},"
                   " {`answers`: {`first_names`: `Emrys`, `surname`: `Rhys`}}]")
                  .replace("LETTER", m_folder.filePath("letter.txt").toUtf8()));
        const auto taken = cli({"take", m_folder.filePath("claims.json")});
        ENDS_WELL(taken);
        const auto crns = taken.object()["taken"].toArray();
        QCOMPARE(crns.size(), 2);
        m_crn = crns.at(0).toString();
        QCOMPARE(cli({"show", m_crn}).object()["answers"].toObject()["surname"].toString(), QString("O'Brien"));
        QCOMPARE(cli({"search", "rhys"}).array().size(), 1);
        QCOMPARE(cli({"totals"}).object()["blobs_waiting"].toInt(), 1);

        write("wrong.json", json("[{`answers`: {`surname`: 7}}]"));
        const auto wrong = cli({"take", m_folder.filePath("wrong.json")});
        QCOMPARE(wrong.code, 2);
        QVERIFY(wrong.err.contains("claim 1"));
    }

    void one_answer_is_changed_looked_up_and_taken_away() {
        ENDS_WELL(cli({"answer", m_crn, "surname", "O'Brien-Jones"}));
        const auto history = cli({"history", m_crn, "surname"});
        ENDS_WELL(history);
        QCOMPARE(history.array().size(), 2);
        ENDS_WELL(cli({"clear", m_crn, "first_names"}));
        QVERIFY(!cli({"show", m_crn}).object()["answers"].toObject().contains("first_names"));
        ENDS_WELL(cli({"attach", m_crn, m_folder.filePath("letter.txt"), "--proof", "identity"}));
        QCOMPARE(cli({"attach", m_crn, "not-there"}).code, 2);
        QCOMPARE(cli({"proof", m_crn, "identity", "--level", "copy", "--what", "a copy"}).code, 0);
        QCOMPARE(cli({"visit", m_crn, "--date", "2007-01-16", "--time", "10:00"}).code, 0);
        QCOMPARE(cli({"sign", m_crn, "--signer", ""}).code, 2);
    }

    void a_statement_is_printed_scanned_signed_in_ink_and_copied() {
        const auto crn = cli({"new-claim"}).object()["crn"].toString();
        ENDS_WELL(cli({"answer", crn, "surname", "Rhys"}));
        ENDS_WELL(cli({"answer", crn, "benefits_claimed", "is"}));
        const auto paper = m_folder.filePath("statement.pdf");
        const auto bytes = [](const QString& path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const auto printed = cli({"statement-pdf", crn, "--out", paper, "--signer", "Emrys Rhys"});
        ENDS_WELL(printed);
        const auto first = bytes(paper);
        QVERIFY(first.startsWith("%PDF-"));
        ENDS_WELL(cli({"statement-pdf", crn, "--out", paper, "--signer", "Emrys Rhys"}));
        QVERIFY(first == bytes(paper));
        QCOMPARE(cli({"sign", crn, "--signer", "Emrys Rhys", "--method", "paper"}).code, 2);  // not scanned
        QCOMPARE(cli({"copy-pdf", crn, "--out", m_folder.filePath("copy.pdf")}).code, 2);     // not signed
        QCOMPARE(QProcess::execute("pdftoppm", {"-png", "-gray", "-r", "120", paper, m_folder.filePath("page")}), 0);
        QStringList pages;
        for (const auto& name : QDir(m_folder.path()).entryList({"page-*.png"})) pages << m_folder.filePath(name);
        const auto scanned = cli(QStringList{"scan", crn} + pages);
        ENDS_WELL(scanned);
        QCOMPARE(scanned.object()["complete"].toBool(), true);
        QCOMPARE(cli({"scan", m_crn, pages.first()}).object()["scans"].toArray().at(0).toObject()["result"].toString(),
                 QString("of another claim"));
        const auto done = cli({"sign", crn, "--signer", "Emrys Rhys", "--method", "paper"});
        ENDS_WELL(done);
        QCOMPARE(done.object()["digest"], printed.object()["digest"]);
        ENDS_WELL(cli({"copy-pdf", crn, "--out", m_folder.filePath("copy.pdf")}));
        ENDS_WELL(cli({"receipt-pdf", crn, "--out", m_folder.filePath("receipt.pdf")}));
        QVERIFY(bytes(m_folder.filePath("copy.pdf")).size() > bytes(m_folder.filePath("receipt.pdf")).size() / 2);
    }

    void everything_is_sent_and_the_state_says_so() {
        const auto before = cli({"state"}).object();
        QVERIFY(before["outbox"].toArray().size() > 4);
        const auto sync = cli({"sync"});
        ENDS_WELL(sync);
        QCOMPARE(sync.object()["saved"].toInt(), sync.object()["acknowledged"].toInt());
        const auto after = cli({"state"}).object();
        QCOMPARE(after["outbox"].toArray().size(), 0);
        QCOMPARE(after["totals"].toObject()["blobs_waiting"].toInt(), 0);
        QCOMPARE(after["tablet"].toObject()["device"].toString(), m_device);
        for (const auto& one : cli({"outbox"}).array())
            QCOMPARE(one.toObject()["state"].toString(), QString("in_ledger"));
        // It was shown, and its customer's copy written.
        QCOMPARE(admin({"claim", m_crn}).out.count("claim-viewed-on-tablet"), 2);
        const auto watched = cli({"sync", "--watch", "--for", "2"});
        ENDS_WELL(watched);
        QVERIFY(watched.out.contains("up_to_date"));
    }

    void a_whole_claim_is_taken_signed_and_sent_in() {
        QFile customer(QStringLiteral(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json"));
        QVERIFY(customer.open(QIODevice::ReadOnly));
        const auto answers = QJsonDocument::fromJson(customer.readAll()).object();
        const auto take = [&](bool sign) {
            QJsonObject claim{{"answers", answers}, {"submit", sign}};
            if (sign) claim["sign"] = QJsonObject{{"signer", "Gwen O'Brien"}, {"method", "tablet"}};
            write("whole.json", QJsonDocument(QJsonArray{claim}).toJson());
            const auto taken = cli({"take", m_folder.filePath("whole.json")});
            return taken.code == 0 ? taken.object()["taken"].toArray().at(0).toString() : QString(taken.err);
        };
        const auto show = [&](const QString& crn) { return cli({"show", crn}).object(); };
        const auto at_once = take(true);
        QVERIFY2(at_once.size() == 13, qPrintable(at_once));
        // The same step by step.
        const auto crn = take(false);
        QVERIFY2(crn.size() == 13, qPrintable(crn));
        const auto unsigned_one = cli({"submit", crn});
        QVERIFY(unsigned_one.code == 1 && unsigned_one.err.contains("signature"));
        ENDS_WELL(cli({"sign", crn, "--signer", "Gwen O'Brien"}));
        ENDS_WELL(cli({"submit", crn}));
        QVERIFY(!show(crn)["submitted"].toBool());  // until the server has answered
        ENDS_WELL(cli({"sync"}));
        ENDS_WELL(cli({"sync"}));
        for (const auto& one : {at_once, crn}) {
            QVERIFY2(show(one)["submitted"].toBool(), QJsonDocument(show(one)).toJson());
            QVERIFY(admin({"claim", one}).out.contains("submit-accepted"));
        }
    }

    void the_date_of_first_contact_is_corrected_with_a_reason() {
        ENDS_WELL(cli({"answer", m_crn, "first_contact", "2007-01-10"}));
        QCOMPARE(cli({"answer", m_crn, "first_contact", "2007-01-08"}).code, 7);
        QCOMPARE(cli({"clear", m_crn, "first_contact"}).code, 7);
        QCOMPARE(cli({"correct-date", m_crn, "2007-01-08"}).code, 2);
        ENDS_WELL(cli({"correct-date", m_crn, "2007-01-08", "--reason", "Her letter says so"}));
        const auto date = [&] { return QJsonDocument(cli({"show", m_crn}).object()).toJson(); };
        QVERIFY(date().contains("2007-01-10"));
        ENDS_WELL(cli({"sync"}));
        ENDS_WELL(cli({"sync"}));
        QVERIFY(date().contains("2007-01-08"));
        QVERIFY(!date().contains("2007-01-10"));
    }

    void officers_come_and_go() {
        write("second", "nine bean rows\n");
        const auto officer = admin({"officer", "add", "Carys Evans", "--site", "llanrwst", "--role", "assessor"});
        ENDS_WELL(cli({"sync"}));
        ENDS_WELL(cli({"add-officer", "--officer", "Carys Evans", "--officer-code",
                       officer.out.trimmed().split(' ').at(1), "--new-passphrase-file", m_folder.filePath("second")}));
        QCOMPARE(cli({"claims"}).code, 2);  // which of the two?
        ENDS_WELL(cli({"unlock", "--unlock-as", "Carys Evans", "--passphrase-file", m_folder.filePath("second")}));
        QCOMPARE(cli({"unlock", "--unlock-as", "Carys Evans"}).code, 3);
        ENDS_WELL(cli({"remove-officer", "--officer", "Carys Evans", "--unlock-as", "Sian Pritchard"}));
        QCOMPARE(cli({"officers"}).array().size(), 1);
        ENDS_WELL(cli({"claims"}));
    }

    void a_passphrase_is_changed_and_a_forgotten_one_released() {
        write("first", QByteArray(kPassphrase) + "\n");
        ENDS_WELL(cli({"passphrase", "--new-passphrase-file", m_folder.filePath("second")}));
        QCOMPARE(cli({"unlock"}).code, 3);
        QProcess asking;
        asking.start(FIELDCLAIM_CLI_PROGRAM, {"--data", m_folder.filePath("tablet"), "forgot", "--new-passphrase-file",
                                              m_folder.filePath("first"), "--for", "60"});
        QByteArray said;
        QVERIFY(QTest::qWaitFor(
            [&] {
                said += asking.readAllStandardError();
                return said.contains("release code: ") && said.endsWith('\n');
            },
            kPatienceMs));
        const auto code = said.mid(said.indexOf("release code: ") + 14).trimmed();
        QCOMPARE(admin({"devices", "release", "--code", "00000-00000"}).code, 1);
        ENDS_WELL(admin({"devices", "release", "--code", code}));
        QVERIFY(asking.waitForFinished(kPatienceMs));
        QCOMPARE(asking.exitCode(), 0);
        ENDS_WELL(cli({"unlock"}));
    }

    void a_damaged_store_is_salvaged() {
        QCOMPARE(cli({"salvage"}).object()["damaged"].toBool(), false);
        ENDS_WELL(cli({"answer", m_crn, "surname", "Unsent"}));
        QFile store(m_folder.filePath("tablet/vault.db"));
        QVERIFY(store.open(QIODevice::ReadWrite));
        store.seek(100);
        store.write(QByteArray(200, 'x'));
        store.close();
        QCOMPARE(cli({"claims"}).code, 6);
        const auto salvaged = cli({"salvage"});
        ENDS_WELL(salvaged);
        QCOMPARE(salvaged.object()["saves_lost"].toInt(), 0);
        QVERIFY(QFile::exists(m_folder.filePath("tablet/" + salvaged.object()["kept_as"].toString())));
        ENDS_WELL(cli({"sync"}));
        QCOMPARE(cli({"show", m_crn}).object()["answers"].toObject()["surname"].toString(), QString("Unsent"));
        QCOMPARE(cli({"totals"}).object()["saved_here"].toInt(), cli({"totals"}).object()["acknowledged"].toInt());
    }

    void H10_killed_at_any_moment_everything_that_was_printed_as_saved_is_there() {
        if (!QFile::exists(m_folder.filePath("tablet/vault.db"))) a_tablet_is_set_up();  // when it is run alone
        for (int round = 0; round < 4; ++round) {
            QStringList printed;
            for (int i = 0; i < 3; ++i) {
                const auto made = cli({"new-claim"});
                ENDS_WELL(made);
                printed << made.object()["crn"].toString();
            }
            QJsonArray many;
            for (int i = 0; i < 500; ++i) many.append(QJsonObject{{"answers", QJsonObject{{"surname", "Killed"}}}});
            write("many.json", QJsonDocument(many).toJson());
            QProcess saving;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert("FIELDCLAIM_PASSPHRASE", kPassphrase);
            saving.setProcessEnvironment(environment);
            saving.start(FIELDCLAIM_CLI_PROGRAM,
                         {"--data", m_folder.filePath("tablet"), "take", m_folder.filePath("many.json"), "--print"});
            QByteArray out;
            QVERIFY(QTest::qWaitFor(
                [&] {
                    out += saving.readAllStandardOutput();
                    return out.count('\n') > 3 + round * 5;
                },
                kPatienceMs));
            QTest::qWait(static_cast<int>(QRandomGenerator::global()->bounded(60U)));
            saving.kill();
            saving.waitForFinished(kPatienceMs);
            out += saving.readAllStandardOutput();
            for (const auto& line : out.split('\n')) {
                if (line.size() == 13) printed << QString::fromUtf8(line);
            }
            const auto claims = cli({"claims"});
            ENDS_WELL(claims);
            QSet<QString> here;
            for (const auto& claim : claims.array()) here << claim.toObject()["crn"].toString();
            for (const auto& crn : printed) QVERIFY2(here.contains(crn), qPrintable(crn));
            QCOMPARE(cli({"show", printed.last()}).object()["answers"].toObject()["surname"].toString(),
                     QString("Killed"));
        }
    }

    void orders_reach_the_tablet_with_its_vault_closed() {
        QCOMPARE(cli({"orders"}).object()["lock"].toBool(), false);
        ENDS_WELL(admin({"devices", "lock", m_device}));
        QCOMPARE(cli({"orders"}).object()["lock"].toBool(), true);
        QCOMPARE(cli({"claims"}).code, 7);
        ENDS_WELL(admin({"devices", "unlock", m_device}));
        ENDS_WELL(cli({"orders"}));
        ENDS_WELL(cli({"claims"}));
        ENDS_WELL(admin({"devices", "wipe", m_device}));
        const auto wiped = cli({"orders"});
        ENDS_WELL(wiped);
        QCOMPARE(wiped.object()["told"].toBool(), true);
        QVERIFY(admin({"devices", "list"}).out.contains("NEVER RECEIVED"));
        QVERIFY(!QFile::exists(m_folder.filePath("tablet/vault.db")));
        QCOMPARE(cli({"claims"}).code, 2);
    }

private:
    Outcome cli(QStringList arguments) {
        return run(FIELDCLAIM_CLI_PROGRAM,
                   QStringList{"--data", m_folder.filePath("tablet"), "--scrypt", "16"} + arguments);
    }
    Outcome admin(QStringList arguments) {
        return run(FIELDCLAIM_SERVER_PROGRAM, arguments + QStringList{"--data", m_folder.filePath("server")});
    }
    void write(const QString& name, const QByteArray& bytes) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_url;
    QString m_device;
    QString m_crn;
};

QTEST_GUILESS_MAIN(TestTabletCli)
#include "tst_tablet_cli.moc"
