#include <QtTest>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/server_crash/server_program.h"
#include "tests/support/office/office.h"
#include "tests/support/standin/stand_in_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;
using server::TransferRow;
using server::TransferState;

namespace {

constexpr int kPatienceMs = 30'000;
constexpr int kTargets = 2;
constexpr const char* kPackFolder = FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age";

}  // namespace

/// The server's program sends a claim to its targets and is killed in the middle.
class TransferCrashTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<standin::ProcessingStandIn> m_targets;
    std::unique_ptr<standin::StandInServer> m_net;

    server::Server::Options options() const {
        return officeOptions(m_folder->filePath("data").toStdString(), m_net->url());
    }
    /// A claim that is signed, submitted and not sent: the targets' lanes have not run yet.
    std::string claimToSend() const {
        TestServer server(options(), 3, officeMorning());
        Office office(server);
        ENSURE(office.sendWhole(*server).has_value());
        return office.crn;
    }
    void writeTargets() const {
        auto targets = nlohmann::json::array();
        for (const auto& target : officeTargets(m_net->url())) {
            auto one = nlohmann::json{
                {"id", target.id},  {"adapter", target.adapter},   {"url", target.url},
                {"pollSeconds", 1}, {"benefits", target.benefits},
            };
            if (!target.system.empty()) one["system"] = target.system;
            if (!target.councils.empty()) one["councils"] = target.councils;
            targets.push_back(std::move(one));
        }
        std::ofstream(m_folder->filePath("targets.json").toStdString()) << nlohmann::json{{"targets", targets}};
    }
    /// On the office's morning, so many hours later.
    std::unique_ptr<ServerProgram> start(int hours) const {
        const auto at = QDateTime::fromMSecsSinceEpoch(officeMorning(), Qt::UTC).addSecs(600 + hours * 3'600);
        return std::make_unique<ServerProgram>(
            *m_folder, QStringList{"--targets", m_folder->filePath("targets.json"), "--pack", kPackFolder, "--clock-at",
                                   at.toString("yyyy-MM-ddTHH:mm")});
    }
    std::vector<TransferRow> transfers(const std::string& crn) const {
        TestServer server(options(), 4, officeMorning());
        return *server->store().read([&](const LedgerSnapshot& now) { return now.transfers().ofClaim(crn); });
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_targets = std::make_unique<standin::ProcessingStandIn>([] { return QDateTime::currentMSecsSinceEpoch(); });
        m_net = std::move(*standin::StandInServer::start(*m_targets));
        writeTargets();
    }
    void cleanup() {
        m_net.reset();
        m_targets.reset();
    }

    void H34_killedWhileATargetHasTheClaimTheServerAsksAndDoesNotSendAgain_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("taken");
        QTest::newRow("before the targets took it") << "timeout_before" << 0;
        QTest::newRow("when the targets have it, and have not answered") << "timeout_after" << kTargets;
    }
    void H34_killedWhileATargetHasTheClaimTheServerAsksAndDoesNotSendAgain() {
        QFETCH(QString, fault);
        QFETCH(int, taken);
        const auto crn = claimToSend();
        QVERIFY(m_targets->addFault({{"fault", fault.toStdString()}, {"count", kTargets}, {"on", "send"}}));
        {
            const auto program = start(0);
            QVERIFY(program->listening());
            QVERIFY(QTest::qWaitFor([&] { return m_targets->requestCount() == kTargets; }, kPatienceMs));
            QTRY_COMPARE(static_cast<int>(m_targets->received().size()), taken);
            program->kill();
        }
        auto rows = transfers(crn);
        QCOMPARE(rows.size(), std::size_t{kTargets});
        for (const auto& row : rows) QVERIFY(row.record.state == TransferState::Sending);

        const auto allAccepted = [&] {
            rows = transfers(crn);
            return std::all_of(rows.begin(), rows.end(),
                               [](const TransferRow& row) { return row.record.state == TransferState::Accepted; });
        };
        // Each hour the program runs for a moment: long enough for what is due.
        for (int hour = 1; hour < 6 && !allAccepted(); ++hour) {
            const int asked = m_targets->requestCount();
            const auto program = start(hour);
            QVERIFY(program->listening());
            static_cast<void>(
                QTest::qWaitFor([&] { return m_targets->requestCount() >= asked + 2 * kTargets; }, 4'000));
            QTest::qWait(200);  // for the answers to be noted
        }
        QVERIFY(allAccepted());
        QCOMPARE(static_cast<int>(m_targets->received().size()), kTargets);
        for (const auto& row : rows) {
            using Attempt = server::TransferAttempt;
            const auto& attempts = row.record.attempts;
            QVERIFY(attempts.size() >= 2);
            QVERIFY(attempts[0].kind == Attempt::Kind::Send && attempts[1].kind == Attempt::Kind::Query);
            const auto sends = std::count_if(attempts.begin(), attempts.end(),
                                             [](const Attempt& one) { return one.kind == Attempt::Kind::Send; });
            QCOMPARE(sends, taken > 0 ? 1 : 2);
        }
    }
};

QTEST_GUILESS_MAIN(TransferCrashTest)
#include "tst_transfer_crash.moc"
