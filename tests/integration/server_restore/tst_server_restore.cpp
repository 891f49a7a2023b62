#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "sync-server/backup/backup_taker.h"
#include "sync-server/backup/restore.h"
#include "sync-server/service/restored_ledger.h"
#include "sync-server/transfer/adapters/adapters.h"
#include "tests/support/office/office.h"
#include "tests/sync-server/transfer/stand_in_transport.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;
using server::TransferRow;
using server::TransferState;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto& well_result = (expression);                                                      \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

constexpr std::int64_t kMinuteMs = 60'000;

std::vector<server::TransferRunner::Target> lanes() {
    std::vector<server::TransferRunner::Target> out;
    for (const auto& config : officeTargets("http://stand-in")) out.push_back({config, *server::makeAdapter(config)});
    return out;
}

// What one machine was: a server, and the worker that sends for it.
struct Machine {
    Machine(server::Server::Options options, standin::ProcessingStandIn& targets, const ManualClock& now)
        : server(std::move(options), 3, now.wall),
          transport(targets),
          runner(server->outbox(), transport, lanes(), server.clock, server.random) {}

    void work(int minutes) {
        for (int i = 0; i < minutes; ++i) {
            server.clock.advance(kMinuteMs);
            ENSURE(runner.runAllDue(server.clock.wall).has_value());
        }
    }
    std::vector<TransferRow> transfers(const std::string& crn) {
        return *server->store().read([&](const LedgerSnapshot& now) { return now.transfers().ofClaim(crn); });
    }
    Bytes state(const std::string& crn) {
        return server->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); }).value()->state;
    }

    TestServer server;
    server::StandInTransport transport;
    server::TransferRunner runner;
};

}  // namespace

/// A server is backed up, goes on working, and is lost with its disk.
class ServerRestoreTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<standin::ProcessingStandIn> m_targets;
    std::unique_ptr<Machine> m_old;
    std::unique_ptr<Machine> m_new;
    std::unique_ptr<Office> m_office;
    ManualClock m_now{officeMorning()};

    std::filesystem::path at(const char* name) const { return m_folder->filePath(name).toStdString(); }
    Machine& machine() { return m_new ? *m_new : *m_old; }
    int effects() const { return static_cast<int>(m_targets->received().size()); }

    Status backUp() {
        ASSIGN(const auto set,
               server::takeBackup(m_old->server->store(), at("old"), at("backup"), m_old->server.clock));
        ASSIGN(const auto backup, server::verifyBackup(set));
        if (!backup.wrong.empty()) return fail(ErrorCode::Damaged, backup.wrong.front());
        return server::noteVerified(m_old->server->store(), backup, m_old->server.clock.wall);
    }
    // The old machine is gone, disk and all; the journal's disk may be left.
    Status loseAndRestore(bool journal) {
        m_now.wall = m_old->server.clock.wall + 10 * kMinuteMs;
        server::RestoreOptions how{at("backup"), at("new"), std::nullopt};
        if (journal) how.journal = at("journal");
        SeededRandom random(11);
        TRY(server::restoreBackup(how, m_now, random));
        m_new = std::make_unique<Machine>(officeOptions(at("new")), *m_targets, m_now);
        return {};
    }
    Status reconnect(FakeTablet& tablet) {
        ASSIGN(const auto refused, tablet.signIn(*m_new->server));
        static_cast<void>(refused);
        TRY(tablet.hello(*m_new->server));
        TRY(tablet.push(*m_new->server));
        return tablet.pull(*m_new->server, true);
    }

private slots:
    void init() {
        m_new.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        auto options = officeOptions(at("old"));
        options.journal = at("journal");
        m_targets = std::make_unique<standin::ProcessingStandIn>([this] { return machine().server.clock.wall; });
        m_old = std::make_unique<Machine>(options, *m_targets, m_now);
        m_office = std::make_unique<Office>(m_old->server);
        WELL(m_office->tablet.push(*m_old->server));
        WELL(m_office->tablet.pull(*m_old->server));
    }
    void cleanup() {
        m_office.reset();
        m_new.reset();
        m_old.reset();
    }

    void H51_whatWasSentSinceTheBackupTakesEffectOnce_data() {
        QTest::addColumn<bool>("journal");
        QTest::addColumn<QString>("fault");
        for (const bool journal : {true, false}) {
            const char* const with = journal ? "with the journal" : "without it";
            QTest::addRow("%s, receipts came", with) << journal << "";
            QTest::addRow("%s, the reply was lost", with) << journal << "drop_reply";
            QTest::addRow("%s, nothing arrived", with) << journal << "timeout_before";
        }
    }
    void H51_whatWasSentSinceTheBackupTakesEffectOnce() {
        QFETCH(bool, journal);
        QFETCH(QString, fault);
        WELL(backUp());
        WELL(m_office->sendWhole(*m_old->server));
        if (!fault.isEmpty()) {
            WELL(m_targets->addFault({{"fault", fault.toStdString()}, {"count", 2}, {"on", "send"}}));
        }
        WELL(m_old->runner.runAllDue(m_old->server.clock.wall));
        QCOMPARE(m_old->transfers(m_office->crn).size(), 2U);
        QCOMPARE(effects(), fault == "timeout_before" ? 0 : 2);

        WELL(loseAndRestore(journal));
        WELL(reconnect(m_office->tablet));
        WELL(m_office->tablet.upload(*m_new->server, m_office->crn, m_office->blob.bytes));
        QCOMPARE(m_new->transfers(m_office->crn).size(), 2U);
        for (const auto& row : m_new->transfers(m_office->crn)) {
            QVERIFY2(row.record.state == TransferState::Unknown, std::string(stateName(row.record.state)).c_str());
        }
        m_new->work(120);
        if (!journal) {
            // Asked for, and not sent: nobody has compared the lists.
            QCOMPARE(effects(), fault == "timeout_before" ? 0 : 2);
            for (const char* target : {"jsaps", "council-conwy"}) {
                WELL(server::confirmCompared(m_new->server->store(), target, "operator", m_new->server.clock.wall));
            }
            m_new->work(240);
        }
        QCOMPARE(effects(), 2);
        for (const auto& row : m_new->transfers(m_office->crn)) {
            QVERIFY2(row.record.state == TransferState::Accepted, std::string(stateName(row.record.state)).c_str());
            QCOMPARE(
                m_targets->effectsOf(row.record.target == "jsaps" ? "JSAPS" : "councils/conwy", row.record.payload), 1);
        }
        WELL(m_office->tablet.signIn(*m_new->server));  // hours have passed
        WELL(m_office->tablet.pull(*m_new->server, true));
        const auto shown = transfersOf(m_office->tablet.state(m_office->crn));
        QCOMPARE(shown.size(), 2U);
        for (const auto& transfer : shown) QCOMPARE(transfer.state, std::string("accepted"));
        QVERIFY(encodeClaimState(m_office->tablet.state(m_office->crn)) == m_new->state(m_office->crn));
    }

    // The claim went on after it was sent, so that it comes back as another version, under another key.
    void H51_withoutTheJournalAnotherVersionOfWhatWasSentWaitsForAPerson() {
        WELL(backUp());
        WELL(m_office->sendWhole(*m_old->server));
        m_old->work(30);
        QCOMPARE(effects(), 2);
        WELL(m_office->tablet.signIn(*m_old->server));
        m_office->answer("phone", "07700900999");
        m_office->sign();
        m_office->submit();
        WELL(m_office->tablet.push(*m_old->server));
        WELL(m_office->tablet.upload(*m_old->server, m_office->crn, m_office->blob.bytes));
        m_old->work(30);
        QCOMPARE(effects(), 4);
        WELL(loseAndRestore(false));
        WELL(reconnect(m_office->tablet));
        WELL(m_office->tablet.upload(*m_new->server, m_office->crn, m_office->blob.bytes));
        m_new->work(24 * 60);
        QCOMPARE(effects(), 4);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(!isFinal(row.record.state));
        // They find it on the target's list, under the key of the lost history.
        for (const auto& row : m_new->transfers(m_office->crn)) {
            server::transfer_event::RepairReleased found;
            found.decision = server::transfer_event::RepairReleased::Decision::TakeAsAccepted;
            found.target_ref = "REF-7";
            WELL(m_new->server->outbox().decide(row.record.id, found, "operator"));
            QCOMPARE(m_new->server->outbox().decide(row.record.id, found, "operator").error().code,
                     ErrorCode::Conflict);
            WELL(server::confirmCompared(m_new->server->store(), row.record.target, "operator",
                                         m_new->server.clock.wall));
        }
        m_new->work(60);
        QCOMPARE(effects(), 4);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Accepted);
    }

    void H51_whatWasUnderWayInTheBackupIsAskedForAndNotSentAgain() {
        WELL(m_office->sendWhole(*m_old->server));
        QCOMPARE(m_old->transfers(m_office->crn).size(), 2U);
        WELL(backUp());  // ready, and not sent
        m_old->work(30);
        QCOMPARE(effects(), 2);
        WELL(loseAndRestore(false));
        m_new->work(120);
        QCOMPARE(effects(), 2);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Accepted);
        // Opened again, nothing is unsettled a second time.
        m_new->server.restart();
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Accepted);
    }

    // The journal knows of the transfer of a claim whose beginning only a tablet has; meanwhile the target answers.
    void H51_whatBecameOfATransferBeforeItsClaimIsOfferedAgainIsShownThen() {
        WELL(backUp());
        m_office = std::make_unique<Office>(m_old->server, "Mair Parry");
        WELL(m_office->sendWhole(*m_old->server));
        WELL(m_targets->addFault({{"fault", "drop_reply"}, {"count", 2}, {"on", "send"}}));
        WELL(m_old->runner.runAllDue(m_old->server.clock.wall));
        WELL(loseAndRestore(true));
        m_new->work(120);
        QCOMPARE(m_new->transfers(m_office->crn).size(), 2U);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Accepted);
        WELL(reconnect(m_office->tablet));
        const auto shown = transfersOf(m_office->tablet.state(m_office->crn));
        QCOMPARE(shown.size(), 2U);
        for (const auto& transfer : shown) QCOMPARE(transfer.state, std::string("accepted"));
    }

    // The journal knows of the transfer, and the tablet that has its statement does not come.
    // What would void the signature is lost with the tablet that wrote it; nothing else ever comes to the claim.
    void H51_whatTheJournalSaysOfAClaimLeavesOnceEveryTabletIsHeardOrAWeekHasPassed_data() {
        QTest::addColumn<bool>("wiped");
        QTest::newRow("the tablet is gone for good, and known to be") << true;
        QTest::newRow("nobody knows what became of the tablet") << false;
    }
    void H51_whatTheJournalSaysOfAClaimLeavesOnceEveryTabletIsHeardOrAWeekHasPassed() {
        QFETCH(bool, wiped);
        m_office->proveAll();
        m_office->sign();
        WELL(m_office->tablet.push(*m_old->server));
        WELL(m_office->tablet.upload(*m_old->server, m_office->crn, m_office->blob.bytes));
        WELL(backUp());
        m_office->answer("phone", "07700900888");
        m_office->submit();
        WELL(m_office->tablet.push(*m_old->server));
        const auto claims = [&](Machine& on) {
            const auto rows = on.transfers(m_office->crn);
            return std::count_if(rows.begin(), rows.end(),
                                 [](const auto& row) { return row.record.target == "jsaps"; });
        };
        QCOMPARE(claims(*m_old), 0);  // what was signed has changed
        if (wiped) WELL(m_old->server->devices().wipe(server::theOperator(), m_office->tablet.device()));

        WELL(loseAndRestore(true));
        WELL(m_new->server->maintain());
        QCOMPARE(claims(*m_new), wiped ? 1 : 0);
        m_new->server.clock.advance(server::kHearMs - 1);
        WELL(m_new->server->maintain());
        QCOMPARE(claims(*m_new), wiped ? 1 : 0);
        m_new->server.clock.advance(1);
        WELL(m_new->server->maintain());
        QCOMPARE(claims(*m_new), 1);
    }

    // The tablet is heard again, and what it brings voids the signature: nothing leaves.
    void H51_whatATabletBringsAgainAfterARestoreComesBeforeWhatTheJournalSays() {
        m_office->proveAll();
        m_office->sign();
        WELL(m_office->tablet.push(*m_old->server));
        WELL(m_office->tablet.upload(*m_old->server, m_office->crn, m_office->blob.bytes));
        WELL(backUp());
        m_office->answer("phone", "07700900888");
        m_office->submit();
        WELL(m_office->tablet.push(*m_old->server));
        WELL(loseAndRestore(true));
        WELL(m_new->server->maintain());
        WELL(reconnect(m_office->tablet));
        WELL(m_new->server->maintain());
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.target != "jsaps");
    }

    void H51_aTransferWhoseStatementNobodyOffersAgainBecomesAPersonsAfterAWeek() {
        WELL(backUp());
        WELL(m_office->sendWhole(*m_old->server));
        WELL(m_targets->addFault({{"fault", "timeout_before"}, {"count", 2}, {"on", "send"}}));
        WELL(m_old->runner.runAllDue(m_old->server.clock.wall));
        WELL(loseAndRestore(true));
        m_new->server.clock.advance(server::TransferOutbox::kStatementWaitMs - 24 * 60 * kMinuteMs);
        m_new->work(60);  // asked for, and not there
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Ready);
        m_new->server.clock.advance(server::TransferOutbox::kStatementWaitMs - 2 * 60 * kMinuteMs);
        m_new->work(1);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Ready);
        m_new->work(2 * 60);
        QCOMPARE(m_new->transfers(m_office->crn).size(), 2U);
        for (const auto& row : m_new->transfers(m_office->crn)) {
            QVERIFY(row.record.state == TransferState::Repair);
            QVERIFY(row.record.reason.find("signed again") != std::string::npos);
        }
        // The tablet comes back after all, and a person sends what it brought.
        WELL(reconnect(m_office->tablet));
        WELL(m_office->tablet.upload(*m_new->server, m_office->crn, m_office->blob.bytes));
        for (const auto& row : m_new->transfers(m_office->crn)) {
            WELL(m_new->server->outbox().decide(row.record.id, {}, "operator"));
        }
        m_new->work(30);
        QCOMPARE(effects(), 2);
        for (const auto& row : m_new->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Accepted);
    }

    // What a target may have must stay known to us: the erasure waits for the transfer's end, or for a person.
    void H38_aClaimIsNotErasedWhileATransferOfItMayHaveArrived() {
        WELL(m_office->sendWhole(*m_old->server));
        const auto by = m_old->server->directory().addOfficer("Mair", "caernarfon", "supervisor");
        WELL(by);
        const auto tried = [&](server::TransferAttempt::Outcome outcome) {
            const auto rows = m_old->transfers(m_office->crn);
            return m_old->server->store().write([&](server::LedgerTransaction& tx) -> Status {
                for (auto row : rows) {
                    server::TransferAttempt attempt;
                    attempt.number = 1;
                    attempt.kind = server::TransferAttempt::Kind::Send;
                    attempt.outcome = outcome;
                    row.record.attempts = {attempt};
                    TRY(tx.transfers().update(row.record, m_old->server.clock.wall));
                }
                return {};
            });
        };
        WELL(tried(server::TransferAttempt::Outcome::NoAnswer));
        for (const auto& row : m_old->transfers(m_office->crn)) QVERIFY(row.record.state == TransferState::Ready);
        const auto early = m_old->server->erasures().erase(by->id, m_office->crn, "She asked for it.");
        QVERIFY(!early.has_value());
        QCOMPARE(early.error().code, ErrorCode::Conflict);
        WELL(tried(server::TransferAttempt::Outcome::NotTaken));
        WELL(m_old->server->erasures().erase(by->id, m_office->crn, "She asked for it."));
    }

    // Decisions that were parked, two tablets that come back in either order, and the same states as before.
    void H06_H51_twoTabletsConvergeInEitherOrder_data() {
        QTest::addColumn<bool>("first");
        QTest::addRow("the one that began the claim comes first") << true;
        QTest::addRow("the one that worked on it comes first") << false;
    }
    void H06_H51_twoTabletsConvergeInEitherOrder() {
        QFETCH(bool, first);
        auto& crn = m_office->crn;
        FakeTablet colleague(m_old->server.clock, m_old->server.random, "Tablet 2");
        WELL(colleague.join(*m_old->server, "caernarfon", "Eira"));
        WELL(backUp());
        const auto later = m_office->tablet.beginClaim();
        m_office->tablet.save(later, "a/first_contact", Value("2007-01-10"));
        WELL(m_office->tablet.push(*m_old->server));
        WELL(colleague.pull(*m_old->server));
        colleague.saveIntent(later, Value::Map{{"intent", std::string(kIntentCorrectDate)},
                                               {"key", "first_contact"},
                                               {"date", "2007-01-09"},
                                               {"reason", "Letter"}});
        WELL(colleague.push(*m_old->server));
        WELL(m_office->tablet.pull(*m_old->server));
        // It builds on what the server wrote.
        m_office->tablet.saveEdits(
            later, {{"a/note", Value("as corrected"), m_office->tablet.state(later).find("a/first_contact")->ids()}});
        m_office->answer("phone", "07700900888");
        WELL(m_office->tablet.push(*m_old->server));
        WELL(colleague.pull(*m_old->server));
        const std::vector<Bytes> before{m_old->state(crn), m_old->state(later)};
        WELL(loseAndRestore(true));
        WELL(reconnect(first ? m_office->tablet : colleague));
        WELL(reconnect(first ? colleague : m_office->tablet));
        WELL(m_office->tablet.pull(*m_new->server));
        QVERIFY(m_new->state(crn) == before[0]);
        QVERIFY(m_new->state(later) == before[1]);
        for (const auto* tablet : {&m_office->tablet, &colleague}) {
            QVERIFY(encodeClaimState(tablet->state(later)) == before[1]);
        }
        const auto aside =
            m_new->server->store().read([&](const LedgerSnapshot& now) { return now.chains().parked(later); });
        QVERIFY(aside->empty());
    }
};

QTEST_GUILESS_MAIN(ServerRestoreTest)
#include "tst_server_restore.moc"
