#include <rapidcheck.h>

#include <QtTest>

#include "shared/base/date.h"
#include "sync-server/transfer/transfer_machine.h"
#include "sync-server/transfer/transfer_queue.h"
#include "tests/sync-server/transfer/fakes.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using namespace fieldclaim::server::transfer_event;
using Kind = TargetAnswer::Kind;
using State = TransferState;
using Action = TransferAction::Kind;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kStart = 1'146'500'000'000;

TargetAnswer answer(Kind kind) {
    TargetAnswer out;
    out.kind = kind;
    out.reason = "because";
    if (kind == Kind::Received || kind == Kind::Accepted) out.receipt_id = "r-1";
    if (kind == Kind::Rejected) out.errors = {{"E204", "surname", "No match."}};
    return out;
}

/// One transfer, driven by hand.
struct Drive {
    TargetConfig target = sampleTarget();
    TransferRecord record = sampleTransfer("t1", 1, sampleSubject(), kStart);
    std::int64_t now_ms = kStart;
    SeededRandom random;
    std::vector<TransferAction> actions;

    Drive& give(const TransferEvent& event) {
        auto stepped = step(record, event, target, now_ms, random);
        record = stepped.record;
        actions = stepped.actions;
        return *this;
    }
    Drive& due() {
        now_ms = std::max(now_ms, record.next_at_ms);
        return give(Due{});
    }
    TargetAnswer accepted() const {
        auto out = answer(Kind::Accepted);
        out.target_ref = "JSAPS-1";
        out.content_hash = record.content_hash;
        out.fields_received = record.field_count;
        return out;
    }
    bool did(Action kind) const {
        return std::any_of(actions.begin(), actions.end(), [&](const auto& a) { return a.kind == kind; });
    }
};

#define IN_STATE(drive, wanted) QCOMPARE(stateName((drive).record.state), stateName(wanted))

}  // namespace

class TestTransferMachine : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        // A hundred runs miss rare orders of faults; RC_PARAMS from outside still wins, to replay a failure.
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "max_success=2000");
    }

    // Asked for, and while the question is under way a person sends it again: what the target has decided counts.
    void anAnswerThatComesAfterAPersonHasSentItAgainIsNotLost() {
        for (const auto kind : {Kind::Accepted, Kind::Rejected}) {
            Drive d;
            d.due();
            d.give(SendFailed{SendFailed::Reached::Maybe, "no answer"});
            d.due();
            QVERIFY(d.did(Action::Query));
            d.give(RepairReleased{});
            IN_STATE(d, State::Ready);
            d.give(QueryAnswered{kind == Kind::Accepted ? d.accepted() : answer(kind)});
            IN_STATE(d, kind == Kind::Accepted ? State::Accepted : State::Rejected);
        }
    }

    void aTransferGoesReadySendingReceivedAccepted() {
        Drive d;
        d.due();
        IN_STATE(d, State::Sending);
        QVERIFY(d.did(Action::Send));
        d.give(SendAnswered{answer(Kind::Received)});
        IN_STATE(d, State::Received);
        QCOMPARE(d.record.receipt_id, std::string("r-1"));
        QCOMPARE(d.record.next_at_ms, d.now_ms + d.target.poll_ms);
        d.due();
        QVERIFY(d.did(Action::Query));
        d.give(QueryAnswered{d.accepted()});
        IN_STATE(d, State::Accepted);
        QVERIFY(d.did(Action::NoteAccepted));
        QCOMPARE(d.record.target_ref, std::string("JSAPS-1"));
        QCOMPARE(d.record.attempts.size(), 2U);
    }

    void whatASendAnswersDecidesTheState_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("alarm");
        const auto row = [](const char* name, Kind kind, const char* state, bool alarm) {
            QTest::newRow(name) << static_cast<int>(kind) << QString(state) << alarm;
        };
        row("received", Kind::Received, "received", false);
        row("refused with reasons", Kind::Rejected, "rejected", false);
        row("refused without", Kind::RefusedUnsaid, "repair", true);
        row("closed", Kind::NotTaken, "ready", false);
        row("another under the key", Kind::KeyConflict, "repair", true);
        row("rubbish", Kind::Unclear, "unknown", false);
    }
    void whatASendAnswersDecidesTheState() {
        QFETCH(int, kind);
        QFETCH(QString, state);
        QFETCH(bool, alarm);
        Drive d;
        d.due().give(SendAnswered{answer(static_cast<Kind>(kind))});
        QCOMPARE(QString::fromUtf8(stateName(d.record.state).data()), state);
        QCOMPARE(d.did(Action::RaiseAlarm), alarm);
        QVERIFY(d.record.attempts.back().ended_ms != 0);
    }

    void aRefusalComesBackToTheOfficerOnTheQuestion() {
        Drive d;
        d.due().give(SendAnswered{answer(Kind::Rejected)});
        QVERIFY(d.did(Action::ReturnToOfficer));
        QCOMPARE(d.record.errors, (std::vector<TransferError>{{"E204", "surname", "No match."}}));
    }

    void aDuplicateAfterALostAnswerIsAPersonsBusinessAndNoPlainRefusal() {
        auto duplicate = answer(Kind::Rejected);
        duplicate.errors = {{"E301", "", "There is a live claim."}};
        Drive first;
        first.due().give(SendAnswered{duplicate});
        IN_STATE(first, State::Rejected);
        Drive again;
        again.target.answers_queries = false;
        again.due().give(SendFailed{SendFailed::Reached::Maybe, "cut"}).due().due().give(SendAnswered{duplicate});
        IN_STATE(again, State::Repair);
        QVERIFY(again.did(Action::RaiseAlarm));
        QCOMPARE(again.record.errors, duplicate.errors);
    }

    void whatWasNotReachedIsTriedAfter1And5And15And60MinutesAndThenRepaired() {
        Drive d;
        for (const std::int64_t minutes : {1, 5, 15, 60}) {
            d.due().give(SendFailed{SendFailed::Reached::Never, "down"});
            IN_STATE(d, State::Ready);
            const auto wait = d.record.next_at_ms - d.now_ms;
            QVERIFY2(wait >= minutes * kMinute && wait <= minutes * kMinute * 11 / 10,
                     qPrintable(QString::number(wait)));
        }
        d.due().give(SendFailed{SendFailed::Reached::Never, "down"});
        IN_STATE(d, State::Repair);
        QVERIFY(d.did(Action::RaiseAlarm));
        QVERIFY(!d.record.reason.empty());
        QCOMPARE(d.record.attempts.size(), 5U);
    }

    void retryAfterIsObeyed() {
        Drive d;
        auto busy = answer(Kind::NotTaken);
        busy.retry_after_ms = 7 * kMinute;
        d.due().give(SendAnswered{busy});
        QCOMPARE(d.record.next_at_ms, d.now_ms + 7 * kMinute);
    }

    void anUnknownOneIsNotAskedBeforeItHasSettledAndThenSentAgainUnderTheSameKey() {
        Drive d;
        const auto key = d.record.idempotency_key;
        d.due().give(SendFailed{SendFailed::Reached::Maybe, "cut"});
        IN_STATE(d, State::Unknown);
        QCOMPARE(d.record.next_at_ms, d.now_ms + d.target.settle_ms);
        d.give(Due{});
        QVERIFY(d.actions.empty());
        d.give(QueryAnswered{answer(Kind::NotKnown)});
        IN_STATE(d, State::Unknown);
        d.due();
        QVERIFY(d.did(Action::Query));
        QVERIFY(!d.did(Action::Send));
        d.give(QueryAnswered{answer(Kind::NotKnown)});
        IN_STATE(d, State::Ready);
        d.due();
        QVERIFY(d.did(Action::Send));
        QCOMPARE(d.record.idempotency_key, key);
    }

    void H34_aTransferFoundSendingAfterACrashIsAskedBeforeItIsSentAgain() {
        Drive d;
        d.due();
        // The process dies here: nothing but the stored record is left, and it comes due at its deadline.
        d.due();
        IN_STATE(d, State::Unknown);
        QVERIFY(!d.did(Action::Send));
        d.due();
        QVERIFY(d.did(Action::Query));
        d.give(QueryAnswered{d.accepted()});
        IN_STATE(d, State::Accepted);
    }

    void aTargetWithoutKeysAndQuestionsIsNeverSentToAgainByItself() {
        Drive d;
        d.target.keeps_keys = false;
        d.target.answers_queries = false;
        d.due().give(SendFailed{SendFailed::Reached::Maybe, "cut"});
        IN_STATE(d, State::Repair);
        QVERIFY(d.did(Action::RaiseAlarm));
        d.now_ms += 100 * 24 * 60 * kMinute;
        d.give(Due{});
        QVERIFY(d.actions.empty());
        d.give(RepairReleased{}).due();
        QVERIFY(d.did(Action::Send));
    }

    void aTargetWithKeysAndWithoutQuestionsIsSentToAgainAfterItHasSettled() {
        Drive d;
        d.target.answers_queries = false;
        d.due().give(SendFailed{SendFailed::Reached::Maybe, "cut"});
        const auto sent_ms = d.now_ms;
        d.due();
        IN_STATE(d, State::Ready);
        d.due();
        QVERIFY(d.did(Action::Send));
        QVERIFY(d.now_ms >= sent_ms + d.target.settle_ms);
    }

    void aReceiptThatIsNeverDecidedEndsInAnAlarm() {
        Drive d;
        d.due().give(SendAnswered{answer(Kind::Received)});
        for (int i = 0; i < 10'000 && d.record.state != State::Repair; ++i) {
            d.due();
            if (d.did(Action::Query)) d.give(QueryAnswered{answer(Kind::Received)});
        }
        IN_STATE(d, State::Repair);
        QVERIFY(d.now_ms - kStart <= d.target.decide_ms + 60 * kMinute);
    }

    void aReceivedOneOfWhichNothingMoreIsHeardEndsInAnAlarm() {
        Drive d;
        d.due().give(SendAnswered{answer(Kind::Received)});
        for (int i = 0; i < 100 && d.record.state != State::Repair; ++i) {
            d.due();
            if (d.did(Action::Query)) d.give(QueryFailed{"down"});
        }
        IN_STATE(d, State::Repair);
        QVERIFY(!d.record.reason.empty());
    }

    void H47_aTargetThatGaveAReceiptAndLostTheClaimRaisesAnAlarmAndIsNotSentToAgain() {
        Drive d;
        d.due().give(SendAnswered{answer(Kind::Received)});
        for (int i = 0; i < 10 && d.record.state != State::Repair; ++i) {
            d.due();
            QVERIFY(!d.did(Action::Send));
            if (d.did(Action::Query)) d.give(QueryAnswered{answer(Kind::NotKnown)});
        }
        IN_STATE(d, State::Repair);
        QVERIFY(d.did(Action::RaiseAlarm));
        QVERIFY(d.now_ms - kStart >= d.target.settle_ms);
    }

    void anAcceptanceOfSomethingElseIsAnAlarm_data() {
        QTest::addColumn<QString>("hash");
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("echoes");
        QTest::addColumn<QString>("state");
        QTest::newRow("right") << "same" << 0 << true << "accepted";
        QTest::newRow("another hash") << "other" << 0 << true << "repair";
        QTest::newRow("a field less") << "same" << -1 << true << "repair";
        QTest::newRow("no hash") << "" << 0 << true << "repair";
        QTest::newRow("no hash from a target that gives none") << "" << 0 << false << "accepted";
        QTest::newRow("another hash from a target that need not") << "other" << 0 << false << "repair";
    }
    void anAcceptanceOfSomethingElseIsAnAlarm() {
        QFETCH(QString, hash);
        QFETCH(int, more);
        QFETCH(bool, echoes);
        QFETCH(QString, state);
        Drive d;
        d.target.echoes = echoes;
        auto said = d.accepted();
        if (hash == "other") said.content_hash = std::string(64, '0');
        if (hash.isEmpty()) said.content_hash = std::nullopt;
        *said.fields_received += more;
        d.due().give(SendAnswered{said});
        QCOMPARE(QString::fromUtf8(stateName(d.record.state).data()), state);
        QCOMPARE(d.did(Action::RaiseAlarm), state == "repair");
    }

    void aCallbackSettlesAnOpenTransferAndNothingThatWasNeverSent() {
        Drive d;
        d.give(CallbackReceived{d.accepted()});
        IN_STATE(d, State::Ready);
        d.due().give(CallbackReceived{d.accepted()});
        IN_STATE(d, State::Accepted);
        d.give(SendAnswered{answer(Kind::Received)});
        IN_STATE(d, State::Accepted);
        QVERIFY(d.actions.empty());
        d.give(CallbackReceived{answer(Kind::Rejected)});
        IN_STATE(d, State::Accepted);
        QVERIFY(d.did(Action::RaiseAlarm));
    }

    void aClosedTargetIsWaitedForInLondonTime() {
        Drive d;
        d.target.hours.windows = {{0b0111110, 8 * 60, 18 * 60}};
        // Saturday 29 April 2006, noon UTC. Monday 08:00 in London is 07:00 UTC in summer.
        d.now_ms = Date::parse("2006-04-29")->days * 86'400'000LL + 12 * 60 * kMinute;
        d.record.next_at_ms = d.now_ms;
        d.due();
        IN_STATE(d, State::Waiting);
        QCOMPARE(isoTime(d.record.next_at_ms), std::string("2006-05-01T07:00:00.000Z"));
        QVERIFY(d.actions.empty());
        d.due();
        IN_STATE(d, State::Sending);
    }

    void aWindowCanBeOpenedAndClosedByHand() {
        Drive d;
        d.target.hours.windows = {{0, 0, 1}};
        d.give(WindowClosed{});
        IN_STATE(d, State::Waiting);
        d.give(WindowOpened{});
        IN_STATE(d, State::Ready);
        QCOMPARE(d.record.next_at_ms, d.now_ms);
    }

    void summerTimeBeginsAndEndsAtOneOClockUtc() {
        const auto at = [](const char* day, int minute) {
            return Date::parse(day)->days * 86'400'000LL + minute * kMinute;
        };
        QCOMPARE(londonOffsetMinutes(at("2006-03-26", 59)), 0);
        QCOMPARE(londonOffsetMinutes(at("2006-03-26", 60)), 60);
        QCOMPARE(londonOffsetMinutes(at("2006-10-29", 59)), 60);
        QCOMPARE(londonOffsetMinutes(at("2006-10-29", 60)), 0);
    }

    void aPersonReleasesFromRepair() {
        Drive d;
        d.due().give(SendAnswered{answer(Kind::RefusedUnsaid)});
        const auto repair = d.record;
        d.give(RepairReleased{RepairReleased::Decision::TakeAsAccepted, "seen on screen 12", ""});
        IN_STATE(d, State::Accepted);
        QVERIFY(d.did(Action::NoteAccepted));
        d.record = repair;
        d.give(RepairReleased{RepairReleased::Decision::TakeAsRejected, "", "claimed twice"});
        IN_STATE(d, State::Rejected);
        QCOMPARE(d.record.errors.size(), 1U);
        d.record = repair;
        d.give(RepairReleased{});
        IN_STATE(d, State::Ready);
        QCOMPARE(d.record.failures, 0);
    }

    void theKeyDependsOnWhatIsSentAndOnNothingElse() {
        const auto record = sampleTransfer("t1", 1, sampleSubject(), kStart);
        QCOMPARE(sampleTransfer("t2", 99, sampleSubject(), kStart + 5).idempotency_key, record.idempotency_key);
        const auto key = [&](const std::string& target, const std::string& crn, TransferKind kind, Hash digest,
                             const std::string& before) { return idempotencyKey(target, crn, kind, digest, before); };
        const auto base = key("jsaps", record.crn, TransferKind::Claim, record.payload_digest, "");
        QCOMPARE(base, record.idempotency_key);
        QVERIFY(base != key("iscs", record.crn, TransferKind::Claim, record.payload_digest, ""));
        QVERIFY(base != key("jsaps", "X", TransferKind::Claim, record.payload_digest, ""));
        QVERIFY(base != key("jsaps", record.crn, TransferKind::Supplement, record.payload_digest, ""));
        QVERIFY(base != key("jsaps", record.crn, TransferKind::Claim, Hash{}, ""));
        QVERIFY(base != key("jsaps", record.crn, TransferKind::Claim, record.payload_digest, base));
        // Parts that run into each other are not the same parts.
        QVERIFY(key("ab", "c", TransferKind::Claim, Hash{}, "") != key("a", "bc", TransferKind::Claim, Hash{}, ""));
    }

    void theKeyIsTheOneOfTheProtocol() {
        // Worked by hand: printf '21:fieldclaim/transfer/15:jsaps1:X5:claim32:<32 zero bytes>0:' | sha256sum
        QCOMPARE(idempotencyKey("jsaps", "X", TransferKind::Claim, Hash{}, ""),
                 std::string("d3d5e1ebcb1fe81316cc04489897cadcc4f604c0ed2f4a2ac59c7b0d0592f9d4"));
    }

    void aLaterTransferOfAClaimWaitsForTheEarlierOne() {
        std::vector<TransferRecord> records = {sampleTransfer("t1", 1, sampleSubject(), kStart),
                                               sampleTransfer("t2", 2, sampleSubject(), kStart - 5)};
        for (const auto state : {State::Ready, State::Unknown, State::Repair, State::Waiting}) {
            records[0].state = state;
            records[0].next_at_ms = kStart + 1;
            QVERIFY(!pickNext(records, "jsaps", kStart, {}));
        }
        for (const auto state : {State::Accepted, State::Rejected}) {
            records[0].state = state;
            QCOMPARE(pickNext(records, "jsaps", kStart, {}), std::optional<std::size_t>(1));
        }
        QVERIFY(!pickNext(records, "jsaps", kStart, {"t2"}));
        QVERIFY(!pickNext(records, "iscs", kStart, {}));
    }

    void urgentTransfersGoFirstThenTheLongestDue() {
        auto other = sampleSubject();
        other.crn = "OTHER";
        auto third = sampleSubject();
        third.crn = "THIRD";
        std::vector<TransferRecord> records = {sampleTransfer("t1", 1, sampleSubject(), kStart - 5),
                                               sampleTransfer("t2", 2, other, kStart - 9),
                                               sampleTransfer("t3", 3, third, kStart)};
        QCOMPARE(pickNext(records, "jsaps", kStart, {}), std::optional<std::size_t>(1));
        records[2].urgent = true;
        QCOMPARE(pickNext(records, "jsaps", kStart, {}), std::optional<std::size_t>(2));
    }

    void whateverHappensATransferEndsAndSaysWhy() {
        const bool held = rc::check("every event sequence ends", [] {
            Drive d;
            d.target.keeps_keys = *rc::gen::arbitrary<bool>();
            d.target.answers_queries = *rc::gen::arbitrary<bool>();
            int sends = 0;
            for (int i = 0; i < 3000; ++i) {
                if (!isRunning(d.record.state)) break;
                d.due();
                const auto kind = *rc::gen::inRange(0, 8);
                if (d.did(Action::Send)) {
                    ++sends;
                    const auto how = *rc::gen::inRange(0, 4);
                    if (how == 0) d.give(SendFailed{SendFailed::Reached::Never, "x"});
                    if (how == 1) d.give(SendFailed{SendFailed::Reached::Maybe, "x"});
                    if (how == 2) d.give(SendAnswered{answer(static_cast<Kind>(kind))});
                    // Else the process died: the record comes due again by itself.
                } else if (d.did(Action::Query)) {
                    const auto how = *rc::gen::inRange(0, 3);
                    if (how == 0) d.give(QueryFailed{"x"});
                    if (how == 1) d.give(QueryAnswered{answer(static_cast<Kind>(kind))});
                }
            }
            RC_ASSERT(!isRunning(d.record.state));
            RC_ASSERT(sends <= 5);
            if (d.record.state == State::Repair) RC_ASSERT(!d.record.reason.empty());
            if (d.record.state == State::Rejected) RC_ASSERT(!d.record.errors.empty());
        });
        QVERIFY(held);
    }
};

QTEST_GUILESS_MAIN(TestTransferMachine)
#include "tst_transfer_machine.moc"
