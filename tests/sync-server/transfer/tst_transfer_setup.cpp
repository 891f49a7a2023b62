#include <QtTest>

#include "sync-server/transfer/adapters/adapters.h"
#include "sync-server/transfer/target_answer.h"
#include "sync-server/transfer/target_config.h"
#include "sync-server/transfer/target_gate.h"
#include "tests/sync-server/transfer/fakes.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using Kind = TargetAnswer::Kind;

Q_DECLARE_METATYPE(TargetAnswer::Kind)

namespace {

/// The file beside this one: three targets that use every setting.
QString targetsJson() {
    QFile file(FIELDCLAIM_SOURCE_DIR "/tests/sync-server/transfer/targets.json");
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

class TestTransferSetup : public QObject {
    Q_OBJECT
private slots:
    void targetsAreReadWithTheirLimits() {
        const auto targets = parseTargets(targetsJson().toStdString());
        QVERIFY2(targets, targets ? "" : targets.error().detail.c_str());
        QCOMPARE(targets->size(), 3U);
        const auto& iscs = targets->at(0);
        QCOMPARE(iscs.url, std::string("https://iscs.example/push/ISCS"));
        QCOMPARE(iscs.settle_ms, 600000);
        QCOMPARE(iscs.retry_ms, (std::vector<std::int64_t>{60000, 300000, 900000, 3600'000}));
        QVERIFY(iscs.hours.windows.empty());
        const auto& jsaps = targets->at(1);
        QCOMPARE(jsaps.settle_ms, 900000);
        QCOMPARE(jsaps.retry_ms, (std::vector<std::int64_t>{10000, 20000}));
        QCOMPARE(jsaps.concurrency, 4);
        QCOMPARE(jsaps.per_minute, 60);
        QCOMPARE(jsaps.breaker_failures, 3);
        QCOMPARE(jsaps.breaker_open_ms, 30000);
        QVERIFY(!jsaps.keeps_keys);
        QCOMPARE(jsaps.hours.windows.at(0).days, 0b0100010);
        QCOMPARE(jsaps.hours.windows.at(0).to_minute, 1440);
        QVERIFY(!jsaps.hours.london);
        QCOMPARE(targets->at(2).councils.size(), 2U);
        for (const auto& target : *targets) QVERIFY(makeAdapter(target));
    }

    void aMistakeInTheFileIsNamed_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* from, const char* to, const char* says) {
            QTest::newRow(name) << QString(from) << QString(to) << QString(says);
        };
        row("no JSON", "{\"targets\"", "{targets", "targets.json is not JSON");
        row("a member misspelt", "settleSeconds", "setleSeconds",
            "targets[1] (jsaps).setleSeconds: is not a setting of a target");
        row("no url", "\"url\": \"https://jsaps.example/push/JSAPS\",", "", "targets[1] (jsaps).url: is missing");
        row("a url of another kind", "https://jsaps", "ftp://jsaps",
            "targets[1] (jsaps).url: needs to begin with https:// or http://");
        row("an unknown benefit", "\"jsa_cb\"", "\"jsa\"", "targets[1] (jsaps).benefits: knows no benefit 'jsa'");
        row("an unknown adapter", "\"notice\"", "\"fax\"",
            "targets[2] (council:gwynedd).adapter: needs push or notice");
        row("an unknown system", "\"JSAPS\",", "\"PSCS\",", "targets[1] (jsaps).system: needs ISCS or JSAPS");
        row("a negative time", "900", "-1", "targets[1] (jsaps).settleSeconds: needs a whole number from 1 to 2592000");
        row("a text for a number", "\"concurrency\": 4", "\"concurrency\": \"4\"",
            "targets[1] (jsaps).concurrency: needs a whole number from 1 to 64");
        row("a window that ends before it begins", "08:00", "24:00",
            "targets[1] (jsaps).windows: needs windows such as");
        row("an hour that is none", "08:00", "08:60", "targets[1] (jsaps).windows: needs windows such as");
        row("a zone not known", "\"UTC\"", "\"Europe/Paris\"", "targets[1] (jsaps).zone: needs Europe/London or UTC");
        row("the same id twice", "\"id\": \"jsaps\"", "\"id\": \"iscs\"",
            "targets[1] (iscs): the id iscs is already that of targets[0] (iscs)");
        row("a benefit twice", "\"jsa_cb\"", "\"is\"",
            "targets[1] (jsaps): the benefit is is already that of targets[0] (iscs)");
        row("a council without a name", "\"councils\": [\"Gwynedd Council\", \"Cyngor Gwynedd\"]", "\"councils\": []",
            "targets[2] (council:gwynedd).councils: needs the names of the council");
        row("an exchange longer than the wait for it", "\"concurrency\": 4", "\"requestSeconds\": 600",
            "targets[1] (jsaps).requestSeconds: needs to be less than answerSeconds");
        row("half a breaker", "\"openSeconds\": 30", "\"open\": 30",
            "targets[1] (jsaps).breaker: breaker.open: is not a setting of a target");
    }
    void aMistakeInTheFileIsNamed() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, says);
        auto text = targetsJson();
        QVERIFY(text.contains(from));
        text.replace(text.indexOf(from), from.size(), to);
        const auto targets = parseTargets(text.toStdString());
        QVERIFY(!targets);
        QVERIFY2(QString::fromStdString(targets.error().detail).startsWith(says), targets.error().detail.c_str());
    }

    void aClaimIsRoutedByBenefitAndCouncil() {
        const auto targets = parseTargets(targetsJson().toStdString()).value();
        auto subject = sampleSubject();
        auto routing = routeClaim(targets, subject);
        QCOMPARE(routing.targets.size(), 2U);
        QCOMPARE(routing.targets[0]->id, std::string("jsaps"));
        QCOMPARE(routing.targets[1]->id, std::string("council:gwynedd"));
        QVERIFY(routing.unrouted.empty());
        subject.facts["la_name"] = "cyngor gwynedd";
        QCOMPARE(routeClaim(targets, subject).targets.size(), 2U);
        subject.facts["la_name"] = "Ynys Môn";
        routing = routeClaim(targets, subject);
        QCOMPARE(routing.targets.size(), 1U);
        QCOMPARE(routing.unrouted, (std::vector<std::string>{"No target is set up for the council of this claim."}));
        subject.benefits = {"ib", "is"};
        routing = routeClaim(targets, subject);
        QCOMPARE(routing.targets.size(), 1U);
        QVERIFY(routing.unrouted.empty());
        routing = routeClaim({}, subject);
        QCOMPARE(routing.unrouted, (std::vector<std::string>{"No processing system is set up for Income Support."}));
    }

    void aSendsAnswerIsReadStrictly_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Kind>("kind");
        const auto row = [](const char* name, int status, const char* body, Kind kind) {
            QTest::newRow(name) << status << QByteArray(body) << kind;
        };
        row("received", 202, "{\"receipt\":\"r1\",\"status\":\"RECEIVED\"}", Kind::Received);
        row("received without a receipt", 202, "{\"status\":\"RECEIVED\"}", Kind::Unclear);
        row("accepted", 200, "{\"receipt\":\"r1\",\"status\":\"ACCEPTED\",\"targetRef\":\"J1\"}", Kind::Accepted);
        row("accepted without a reference", 200, "{\"receipt\":\"r1\",\"status\":\"ACCEPTED\"}", Kind::Unclear);
        row("refused in a 422", 422,
            "{\"status\":\"REJECTED\",\"errors\":[{\"code\":\"E204\",\"field\":\"surname\",\"message\":\"m\"}]}",
            Kind::Rejected);
        row("refused in a 200", 200, "{\"status\":\"REJECTED\",\"errors\":[{\"code\":\"E204\"}]}", Kind::Rejected);
        row("refused without a reason", 200, "{\"status\":\"REJECTED\",\"errors\":[]}", Kind::RefusedUnsaid);
        row("closed", 200, "{\"status\":\"REJECTED\",\"errors\":[{\"code\":\"E401\"}]}", Kind::NotTaken);
        row("400 and rubbish", 400, "<html>", Kind::RefusedUnsaid);
        row("400 that says accepted", 400, "{\"status\":\"ACCEPTED\",\"targetRef\":\"J1\"}", Kind::RefusedUnsaid);
        row("not let in", 401, "", Kind::NotTaken);
        row("no such place", 404, "", Kind::NotTaken);
        row("something else under the key", 409, "", Kind::KeyConflict);
        row("too many", 429, "", Kind::NotTaken);
        row("error", 500, "{\"status\":\"ACCEPTED\",\"targetRef\":\"J1\"}", Kind::Unclear);
        row("gateway timed out", 504, "", Kind::Unclear);
        row("out of order", 503, "", Kind::NotTaken);
        row("moved", 302, "", Kind::Unclear);
        row("rubbish", 200, "<html>\xff", Kind::Unclear);
        row("a list", 200, "[]", Kind::Unclear);
        row("nothing", 200, "", Kind::Unclear);
    }
    void aSendsAnswerIsReadStrictly() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(Kind, kind);
        QCOMPARE(readSendAnswer(status, body.toStdString()).kind, kind);
    }

    void onlyAPlainNotKnownCountsAsNotKnown() {
        QCOMPARE(readQueryAnswer(404, "{\"status\":\"NOT_KNOWN\"}").kind, Kind::NotKnown);
        QCOMPARE(readQueryAnswer(404, "<html>Not Found</html>").kind, Kind::Unclear);
        QCOMPARE(readQueryAnswer(404, "").kind, Kind::Unclear);
        QCOMPARE(readQueryAnswer(500, "{\"status\":\"NOT_KNOWN\"}").kind, Kind::Unclear);
        QCOMPARE(readSendAnswer(404, "{\"status\":\"NOT_KNOWN\"}").kind, Kind::NotTaken);
        QCOMPARE(
            readQueryAnswer(200, "{\"status\":\"ACCEPTED\",\"targetRef\":\"J1\",\"hash\":\"ab\",\"fieldsReceived\":3}")
                .fields_received,
            std::optional(3));
    }

    void aDeepAnswerDoesNotReachTheParser() {
        const std::string deep = "{\"status\":" + std::string(1000000, '[');
        QCOMPARE(readSendAnswer(200, deep).kind, Kind::Unclear);
    }

    void aLongTextOfATargetIsCutAtACharacter() {
        std::string message;
        while (message.size() < 499) message += 'a';
        message += "\xC3\xA2\xC3\xA2";
        const auto answer = readSendAnswer(
            422, "{\"status\":\"REJECTED\",\"errors\":[{\"code\":\"E1\",\"message\":\"" + message + "\"}]}");
        QCOMPARE(answer.errors.at(0).message.size(), 499U);
    }

    void aCallbackNamesItsTransfer() {
        const auto callback =
            readCallback("{\"key\":\"k1\",\"receipt\":\"r1\",\"status\":\"ACCEPTED\",\"targetRef\":\"J1\"}");
        QVERIFY(callback);
        QCOMPARE(callback->idempotency_key, std::string("k1"));
        QCOMPARE(callback->receipt_id, std::string("r1"));
        QVERIFY(!readCallback("{\"status\":\"ACCEPTED\",\"targetRef\":\"J1\"}"));
        QVERIFY(!readCallback("{\"key\":\"k1\",\"status\":\"MAYBE\"}"));
        QVERIFY(!readCallback("rubbish"));
    }

    void theGateHoldsConcurrencyAndRate() {
        auto target = sampleTarget();
        target.concurrency = 2;
        target.per_minute = 3;
        TargetGate gate(target);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(gate.mayStart(1000));
            gate.started(1000);
        }
        QVERIFY(!gate.mayStart(1000));
        gate.finished(true, 1000);
        QVERIFY(gate.mayStart(1000));
        gate.cancelled();
        gate.started(1000);
        gate.started(1000);
        gate.finished(true, 1000);
        gate.finished(true, 1000);
        QVERIFY(!gate.mayStart(60999));
        QVERIFY(gate.mayStart(61000));
    }

    void theCircuitBreaksAndOneTriesAgain() {
        auto target = sampleTarget();
        target.concurrency = 4;
        target.breaker_failures = 3;
        TargetGate gate(target);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(gate.mayStart(0));
            gate.started(0);
            gate.finished(false, 0);
        }
        QVERIFY(gate.isOpenCircuit(0));
        QVERIFY(!gate.mayStart(target.breaker_open_ms - 1));
        QVERIFY(gate.mayStart(target.breaker_open_ms));
        gate.started(target.breaker_open_ms);
        QVERIFY2(!gate.mayStart(target.breaker_open_ms), "one try at a time while it is not known to be well");
        gate.finished(true, target.breaker_open_ms);
        gate.started(target.breaker_open_ms);
        QVERIFY(gate.mayStart(target.breaker_open_ms));
    }

    void namesOfStatesGoThereAndBack() {
        for (const auto state :
             {TransferState::Ready, TransferState::Sending, TransferState::Received, TransferState::Accepted,
              TransferState::Rejected, TransferState::Unknown, TransferState::Repair, TransferState::Waiting}) {
            QCOMPARE(parseState(stateName(state)).value(), state);
        }
        QVERIFY(!parseState("lost"));
    }
};

QTEST_GUILESS_MAIN(TestTransferSetup)
#include "tst_transfer_setup.moc"
