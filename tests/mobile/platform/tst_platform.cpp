#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "mobile/platform/enrolment.h"
#include "mobile/platform/http_client.h"
#include "mobile/platform/qt_sync_driver.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/records.h"
#include "tests/mobile/platform/relay.h"
#include "tests/mobile/platform/server_kit.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using test::AnyServer;
using test::Relay;
using test::SyncServer;

namespace {

constexpr int kPatienceMs = 20'000;
constexpr const char* kPush = "/v1/sync/push";
constexpr const char* kSite = "caernarfon";

CertificateAuthority otherAuthority() {
    SystemRandom random;
    return CertificateAuthority::create(test::machineNowMs(), random).value();
}

/// A tablet as the app puts it together: enrolled, with a vault, and a driver that a test starts.
class Tablet {
public:
    Tablet(SyncServer& server, const Relay& relay, std::uint64_t seed = 1) : random(seed) {
        const auto code = server->enrolment().makeCode(kSite).value();
        setup = enrol(folder(), relay.url(), code, "Tablet", random).value();
        const auto added = server->directory().addOfficer("Carys Hughes", kSite, "assessor").value();
        const NewOfficer officer{{added.id, "Carys Hughes", "assessor", kSite}, added.code, kPassphrase};
        vault = Vault::create(folder(), setup, officer, clock, random, quickOptions()).value();
        store = std::make_unique<VaultSyncStore>(*vault);
        driver = std::make_unique<QtSyncDriver>(*store, clock, random, setup.server_url, setup.ca_pem);
    }

    std::string folder() const { return m_folder.path().toStdString() + "/vault"; }
    std::string beginClaim() {
        const auto crn = Crn::make(random);
        ClaimKey key{};
        random.fill(key.data(), key.size());
        const Edit edit{std::string(kSitePath), Value(kSite), {}};
        ENSURE(vault->save({crn, {{edit}, std::nullopt}, "working-age/1", key, kSite, {}}).has_value());
        return crn;
    }
    void answer(const std::string& crn, const std::string& path, const std::string& value) {
        const auto edit = vault->claimState(crn).value().edit(path, Value(value));
        ENSURE(vault->save({crn, {{edit}, std::nullopt}, "working-age/1", std::nullopt, {}, {}}).has_value());
    }
    VaultTotals totals() const { return vault->totals().value(); }
    bool isAllAcknowledged() const { return totals().acknowledged == totals().saved_here; }
    SyncPhase phase() const { return driver->status().phase; }

    SetClock clock;
    tablet::SeededRandom random;
    DeviceSetup setup;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<VaultSyncStore> store;
    std::unique_ptr<QtSyncDriver> driver;

private:
    QTemporaryDir m_folder;
};

std::vector<ChangeSetId> savedOn(const Tablet& tablet, const std::string& crn) {
    std::vector<ChangeSetId> out;
    const auto all = tablet.vault->changeSets(crn).value();
    for (const auto& stored : all) {
        if (stored.own) out.push_back(stored.change_set.id());
    }
    return out;
}

/// What is in a new tablet's folder: the device key may be there, a store may not.
QStringList keptIn(const QTemporaryDir& folder) {
    return QDir(folder.path() + "/vault").entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
}

}  // namespace

class tst_Platform : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_server_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<SyncServer>(m_server_folder->path().toStdString());
        m_relay = std::make_unique<Relay>();
        m_relay->leadTo(m_server->port());
    }
    void cleanup() {
        m_relay.reset();
        m_server.reset();
        m_server_folder.reset();
    }

    void H41_a_claim_counts_as_acknowledged_when_the_reply_is_here_and_no_sooner() {
        Tablet tablet(*m_server, *m_relay);
        QCOMPARE(tablet.setup.site_name, std::string("Caernarfon Jobcentre"));
        const auto crn = tablet.beginClaim();
        tablet.answer(crn, "a/surname", "Hughes");
        m_server->after_handling = [this](const std::string& path) {
            if (path == kPush) m_relay->hold_replies = true;
        };
        tablet.driver->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->ledgerOf(tablet.vault->author()).size(), 2U, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests(kPush), 1, kPatienceMs);
        QVERIFY(m_relay->hold_replies);
        QCOMPARE(tablet.totals().acknowledged, 0U);
        QCOMPARE(tablet.driver->status().acknowledged, 0U);
        QCOMPARE(tablet.totals().claims_waiting, 1U);
        QCOMPARE(tablet.phase(), SyncPhase::Sending);

        m_relay->release();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);
        QCOMPARE(tablet.totals().acknowledged, 2U);
        QCOMPARE(tablet.totals().claims_waiting, 0U);
        QCOMPARE(tablet.driver->status().server_holds, 2U);
        QCOMPARE(tablet.phase(), SyncPhase::UpToDate);
        QCOMPARE(m_server->ledgerOf(tablet.vault->author()), savedOn(tablet, crn));
    }

    void a_code_that_is_no_good_is_refused_in_words_to_act_on_and_nothing_is_kept_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("asks_the_server");
        QTest::newRow("mistyped") << "mistyped" << false;
        QTest::newRow("wrong") << "wrong" << true;
        QTest::newRow("used") << "used" << true;
    }
    void a_code_that_is_no_good_is_refused_in_words_to_act_on_and_nothing_is_kept() {
        QFETCH(QString, what);
        QFETCH(bool, asks_the_server);
        auto code = (*m_server)->enrolment().makeCode(kSite).value();
        std::size_t devices = 0;
        tablet::SeededRandom random(2);
        if (what == "mistyped") {
            code[3] = code[3] == 'A' ? 'B' : 'A';
        } else if (what == "wrong") {
            auto wrong = EnrolmentCode::parse(code).value();
            wrong.secret.back() ^= 1U;
            code = wrong.text();
        } else {
            QTemporaryDir first;
            tablet::SeededRandom other(3);
            QVERIFY(enrol(first.path().toStdString() + "/vault", m_relay->url(), code, "First", other).has_value());
            devices = 1;
        }
        const int before = m_server->requests();
        QTemporaryDir folder;
        const auto vault_folder = folder.path().toStdString() + "/vault";
        const auto enrolled = enrol(vault_folder, m_relay->url(), code, "Tablet", random);
        QVERIFY(!enrolled.has_value());
        QCOMPARE(enrolled.error().code, ErrorCode::BadCode);
        QVERIFY(errorInfo(enrolled.error().code).english.find("Ask the back office for a new one") !=
                std::string_view::npos);
        QCOMPARE(m_server->requests() > before, asks_the_server);
        QVERIFY(!Vault::exists(vault_folder));
        QCOMPARE(keptIn(folder), asks_the_server ? QStringList{"device.key"} : QStringList{});
        QCOMPARE((*m_server)->directory().devices()->size(), devices);
    }

    void H01_an_enrolment_whose_reply_was_lost_is_asked_for_again_with_the_same_code() {
        const auto code = (*m_server)->enrolment().makeCode(kSite).value();
        QTemporaryDir folder;
        const auto vault_folder = folder.path().toStdString() + "/vault";
        tablet::SeededRandom random(2);
        m_server->after_handling = [this](const std::string& path) {
            if (path == "/v1/devices") m_relay->lose_reply_after = 0;
        };
        const auto lost = enrol(vault_folder, m_relay->url(), code, "Tablet", random);
        QVERIFY(!lost.has_value());
        QCOMPARE(lost.error().code, ErrorCode::Network);
        m_relay->leadTo(0);  // nobody asks any more
        m_server->after_handling = {};
        m_relay->leadTo(m_server->port());
        QVERIFY(enrol(vault_folder, m_relay->url(), code, "Tablet", random).has_value());
        QCOMPARE((*m_server)->directory().devices()->size(), 1U);
    }

    void work_goes_on_while_the_server_cannot_be_reached_and_it_is_tried_again() {
        QTemporaryDir folder;
        tablet::SeededRandom random(2);
        const auto code = (*m_server)->enrolment().makeCode(kSite).value();
        Tablet tablet(*m_server, *m_relay);
        const auto crn = tablet.beginClaim();
        m_relay->close();

        const auto enrolled = enrol(folder.path().toStdString() + "/vault", m_relay->url(), code, "Another", random);
        QVERIFY(!enrolled.has_value());
        QCOMPARE(enrolled.error().code, ErrorCode::Network);
        QVERIFY(keptIn(folder).isEmpty());
        HttpClient client(m_relay->url(), tablet.setup.ca_pem);
        const auto outcome = sendAndWait(client, {1, "GET", "/v1/ca", {}, {}, kPatienceMs, 1'000});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.failure, FailureKind::NotReached);

        tablet.driver->start();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::Waiting, kPatienceMs);
        QCOMPARE(tablet.driver->status().error, ErrorCode::Network);
        QVERIFY(tablet.driver->status().retry_in_ms > 0);
        tablet.answer(crn, "a/surname", "Hughes");
        tablet.driver->saved();
        QCOMPARE(tablet.totals().saved_here, 2U);
        QCOMPARE(tablet.totals().acknowledged, 0U);

        m_relay->open();  // and nobody presses anything
        QTRY_COMPARE_WITH_TIMEOUT(tablet.totals().acknowledged, 2U, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::UpToDate, kPatienceMs);
    }

    void a_server_under_another_authority_is_told_nothing() {
        Tablet tablet(*m_server, *m_relay);
        tablet.driver->start();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);

        AnyServer other(otherAuthority(), [](const auto&) { return server::Response::text("welcome"); });
        m_relay->leadTo(other.port());
        tablet.beginClaim();
        tablet.driver->syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::Untrusted, kPatienceMs);
        QCOMPARE(tablet.driver->status().error, ErrorCode::Untrusted);
        QCOMPARE(other.requests(), 0);
        QCOMPARE(other.bodyBytes(), 0U);
        QCOMPARE(tablet.totals().acknowledged, 0U);

        m_relay->leadTo(m_server->port());
        tablet.driver->syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.totals().acknowledged, 1U, kPatienceMs);
    }

    // A tablet's clock is wrong by years as often as it is right: to it, a good certificate has ended or not begun.
    void H09_a_certificate_is_not_judged_by_the_tablets_clock_data() {
        QTest::addColumn<int>("years");
        QTest::newRow("the clock is 30 years ahead") << -30;
        QTest::newRow("the clock is 30 years behind") << 30;
    }
    void H09_a_certificate_is_not_judged_by_the_tablets_clock() {
        QFETCH(int, years);
        constexpr std::int64_t kYearMs = std::int64_t{365} * 24 * 3'600'000;
        const auto now_ms = test::machineNowMs() + years * kYearMs;
        SystemRandom random;
        const auto authority = CertificateAuthority::create(now_ms, random).value();
        AnyServer server(
            authority, [](const auto&) { return server::Response::text("welcome"); }, now_ms);
        m_relay->leadTo(server.port());
        HttpClient client(m_relay->url(), authority.certificatePem());
        QCOMPARE(sendAndWait(client, {1, "POST", kPush, {}, Bytes(10, 1), kPatienceMs, 2U << 20U}).status, 200);
        // Another authority's is not taken, whatever its dates.
        HttpClient stranger(m_relay->url(), otherAuthority().certificatePem());
        const auto outcome = sendAndWait(stranger, {1, "POST", kPush, {}, Bytes(10, 1), kPatienceMs, 2U << 20U});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.failure, FailureKind::Untrusted);
        QCOMPARE(server.requests(), 1);
    }

    void a_tablet_follows_its_server_to_the_next_authority_and_one_that_never_heard_of_it_does_not() {
        const std::string data = m_server_folder->path().toStdString();
        SystemRandom random;
        const auto serveAnew = [this] {
            m_server->restart();
            m_relay->leadTo(m_server->port());
        };
        Tablet away(*m_server, *m_relay, 3);
        Tablet tablet(*m_server, *m_relay);
        tablet.beginClaim();
        tablet.driver->start();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);
        QVERIFY(tablet.vault->setup().next_ca_pem.empty());

        QVERIFY(server::makeNextAuthority(data, test::machineNowMs(), random).has_value());
        serveAnew();
        tablet.driver->syncNow();
        const auto next = (*m_server)->keys().next_ca->certificatePem();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.vault->setup().next_ca_pem, next, kPatienceMs);
        QCOMPARE(tablet.vault->deviceState().authorities(), tablet.setup.ca_pem + next);

        QVERIFY(server::switchAuthority(data).has_value());
        serveAnew();
        QCOMPARE((*m_server)->keys().ca.certificatePem(), next);
        tablet.beginClaim();
        tablet.driver->saved();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.totals().acknowledged, 2U, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::UpToDate, kPatienceMs);
        // Enrolment pins the one that serves now.
        Tablet later(*m_server, *m_relay, 4);
        QCOMPARE(later.setup.ca_pem, next);

        away.beginClaim();
        away.driver->start();
        QTRY_COMPARE_WITH_TIMEOUT(away.phase(), SyncPhase::Untrusted, kPatienceMs);
        QCOMPARE(away.totals().acknowledged, 0U);
    }

    // Whoever has found the key of a certificate that ended long ago is no server to a tablet that has met a later one.
    void a_certificate_that_ended_before_the_last_one_began_is_not_taken() {
        constexpr std::int64_t kYearMs = std::int64_t{365} * 24 * 3'600'000;
        SystemRandom random;
        const auto authority = CertificateAuthority::create(test::machineNowMs() - kYearMs, random).value();
        const auto welcome = [](const auto&) { return server::Response::text("welcome"); };
        AnyServer now(authority, welcome);
        AnyServer old(authority, welcome, test::machineNowMs() - kYearMs);
        HttpClient client(m_relay->url(), authority.certificatePem());
        const Send request{1, "POST", kPush, {}, Bytes(10, 1), kPatienceMs, 2U << 20U};
        m_relay->leadTo(old.port());
        QCOMPARE(sendAndWait(client, request).status, 200);
        m_relay->leadTo(now.port());
        client.forgetConnections();
        QCOMPARE(sendAndWait(client, request).status, 200);
        m_relay->leadTo(old.port());
        client.forgetConnections();
        QCOMPARE(sendAndWait(client, request).failure, FailureKind::Untrusted);
        QCOMPARE(old.requests(), 1);
    }

    void an_enrolment_code_opens_no_other_server_data() {
        QTest::addColumn<QString>("certificates");
        QTest::newRow("the other's own") << "own";
        QTest::newRow("the right one, with the other's behind it") << "right then own";
        QTest::newRow("the right one, which did not sign the other's") << "right";
        QTest::newRow("the page of a captive portal") << "page";
        QTest::newRow("nothing") << "";
    }
    void an_enrolment_code_opens_no_other_server() {
        QFETCH(QString, certificates);
        const auto authority = otherAuthority();
        const auto right = (*m_server)->keys().ca.certificatePem();
        const std::string body = certificates == "own"              ? authority.certificatePem()
                                 : certificates == "right then own" ? right + authority.certificatePem()
                                 : certificates == "right"          ? right
                                 : certificates == "page"           ? "<html>Accept the conditions</html>"
                                                                    : "";
        AnyServer other(authority, [&](const auto&) { return server::Response::text(body); });
        m_relay->leadTo(other.port());
        const auto code = (*m_server)->enrolment().makeCode(kSite).value();
        QTemporaryDir folder;
        tablet::SeededRandom random(2);
        const auto enrolled = enrol(folder.path().toStdString() + "/vault", m_relay->url(), code, "Tablet", random);
        QVERIFY(!enrolled.has_value());
        QCOMPARE(enrolled.error().code, ErrorCode::Untrusted);
        QCOMPARE(other.requests("/v1/ca"), 1);
        QCOMPARE(other.requests(), 1);
        QCOMPARE(other.bodyBytes(), 0U);  // not the secret, at no time
    }

    void an_enrolment_that_is_answered_with_something_else_may_be_tried_again_data() { notOursRows(); }
    void an_enrolment_that_is_answered_with_something_else_may_be_tried_again() {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        const auto right = (*m_server)->keys().ca.certificatePem();
        AnyServer front((*m_server)->keys().ca, [&](const server::Request& request) {
            if (request.path == "/v1/ca") return server::Response::text(right);
            return server::Response::text(body.toStdString(), type.toStdString(), status);
        });
        m_relay->leadTo(front.port());
        const auto code = (*m_server)->enrolment().makeCode(kSite).value();
        QTemporaryDir folder;
        const auto vault_folder = folder.path().toStdString() + "/vault";
        tablet::SeededRandom random(2);
        const auto enrolled = enrol(vault_folder, m_relay->url(), code, "Tablet", random);
        QVERIFY(!enrolled.has_value());
        QCOMPARE(enrolled.error().code, ErrorCode::Network);
        m_relay->leadTo(m_server->port());
        QVERIFY(enrol(vault_folder, m_relay->url(), code, "Tablet", random).has_value());
    }

    void a_part_is_read_in_pieces_as_the_network_takes_it_data() {
        QTest::addColumn<quint64>("gives");
        QTest::addColumn<bool>("fails");
        QTest::newRow("whole") << quint64{1'000'000} << false;
        QTest::newRow("short in its third piece") << quint64{600'000} << false;
        QTest::newRow("short in its first piece") << quint64{100'010} << false;
        QTest::newRow("of a store that fails") << quint64{400'000} << true;
    }
    void a_part_is_read_in_pieces_as_the_network_takes_it() {
        QFETCH(quint64, gives);
        QFETCH(bool, fails);
        const bool whole = gives == 1'000'000;
        Bytes image(1'000'000);
        tablet::SeededRandom random(3);
        random.fill(image.data(), image.size());
        std::mutex mutex;
        Bytes received;
        AnyServer front((*m_server)->keys().ca, [&](const server::Request& request) {
            const std::lock_guard lock(mutex);
            received = request.body;
            return server::Response::empty(204);
        });
        m_relay->leadTo(front.port());
        HttpClient client(m_relay->url(), (*m_server)->keys().ca.certificatePem());
        std::vector<std::size_t> pieces;
        const auto read = [&](std::uint64_t offset, std::size_t most) -> Result<Bytes> {
            pieces.push_back(most);
            if (fails && offset + most > gives) return fail(ErrorCode::Storage, "the disk does not answer");
            const auto end = std::min<std::uint64_t>(offset + most, gives);
            const auto at = [&](std::uint64_t place) { return image.begin() + static_cast<std::ptrdiff_t>(place); };
            return Bytes(at(std::min(offset, end)), at(end));
        };
        Send request{1, "POST", "/part", {{"Content-Type", "application/offset+octet-stream"}}, {}, kPatienceMs, 1'000};
        constexpr std::uint64_t kFrom = 100'000;
        constexpr std::uint64_t kBytes = 900'000;
        request.part = BlobSlice{sha256(image), kFrom, kBytes};
        std::optional<HttpOutcome> outcome;
        client.send(
            request, [&](HttpOutcome got) { outcome = std::move(got); }, read);
        QVERIFY2(pieces.empty(), "nothing is read before the network wants it");
        QTRY_VERIFY_WITH_TIMEOUT(outcome.has_value(), kPatienceMs);
        QVERIFY(std::all_of(pieces.begin(), pieces.end(), [](auto size) { return size <= HttpClient::kPieceBytes; }));
        if (whole) {
            QCOMPARE(outcome->status, 204);
            QCOMPARE(pieces.size(), std::size_t{4});
            const std::lock_guard lock(mutex);
            QVERIFY(received == Bytes(image.begin() + kFrom, image.begin() + kFrom + kBytes));
        } else {
            QCOMPARE(outcome->status, 0);
            QCOMPARE(static_cast<int>(outcome->failure), static_cast<int>(FailureKind::Unreadable));
            QCOMPARE(front.requests(), 0);
        }
    }

    void H01_a_push_whose_reply_was_lost_has_one_effect() {
        Tablet tablet(*m_server, *m_relay);
        const auto crn = tablet.beginClaim();
        tablet.answer(crn, "a/surname", "Hughes");
        m_server->after_handling = [this](const std::string& path) {
            if (path == kPush && m_lose_replies) m_relay->lose_reply_after = 0;
        };
        m_lose_replies = true;
        QSignalSpy forked(tablet.driver.get(), &QtSyncDriver::forked);
        tablet.driver->start();
        // Qt sends again by itself what a dying connection swallowed; the engine hears of it when Qt has given up.
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::Waiting, kPatienceMs);
        const int before = m_server->requests(kPush);
        QVERIFY(before > 0);
        QCOMPARE(tablet.driver->status().error, ErrorCode::Network);
        QCOMPARE(tablet.totals().acknowledged, 0U);
        QCOMPARE(m_server->ledgerOf(tablet.vault->author()), savedOn(tablet, crn));

        m_lose_replies = false;
        tablet.driver->syncNow();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);
        QVERIFY(m_server->requests(kPush) > before);
        QCOMPARE(forked.size(), 0);
        QCOMPARE(tablet.totals().acknowledged, 2U);
        QCOMPARE(tablet.totals().set_aside, 0U);
        QCOMPARE(m_server->ledgerOf(tablet.vault->author()), savedOn(tablet, crn));
    }

    void a_restarted_server_is_signed_in_to_again_and_work_goes_on() {
        Tablet tablet(*m_server, *m_relay);
        const auto crn = tablet.beginClaim();
        tablet.driver->start();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);
        QCOMPARE(tablet.totals().acknowledged, 1U);

        m_server->restart();
        m_relay->leadTo(m_server->port());
        tablet.clock.advance(60'000);
        tablet.answer(crn, "a/surname", "Hughes");
        QSignalSpy told(tablet.driver.get(), &QtSyncDriver::statusChanged);
        std::set<SyncPhase> phases;
        connect(tablet.driver.get(), &QtSyncDriver::statusChanged, this, [&] { phases.insert(tablet.phase()); });
        tablet.driver->syncNow();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.isAllAcknowledged() && tablet.driver->idle(), kPatienceMs);
        QCOMPARE(tablet.totals().acknowledged, 2U);
        QCOMPARE(m_server->requests(kPush), 2);  // refused, then taken
        QCOMPARE(m_server->requests("/v1/sessions"), 2);
        QVERIFY(told.count() > 0);
        QVERIFY(phases.contains(SyncPhase::SigningIn));
        QVERIFY(!phases.contains(SyncPhase::Waiting));  // at once, and nobody is troubled with it
        QCOMPARE(m_server->ledgerOf(tablet.vault->author()), savedOn(tablet, crn));
        tablet.driver->disconnect(this);
    }

    void a_reply_that_is_not_ours_is_refused_and_nothing_is_lost_data() { notOursRows(); }
    void a_reply_that_is_not_ours_is_refused_and_nothing_is_lost() {
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, error);
        Tablet tablet(*m_server, *m_relay);
        tablet.driver->start();
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);

        // Under the right certificate: a front end that has lost its server, or a broken one.
        AnyServer front((*m_server)->keys().ca, [&](const auto&) {
            return server::Response::text(body.toStdString(), type.toStdString(), status)
                .set("Location", "https://portal.example/");
        });
        m_relay->leadTo(front.port());
        const auto crn = tablet.beginClaim();
        tablet.answer(crn, "a/surname", "Hughes");
        tablet.driver->syncNow();
        QTRY_COMPARE_WITH_TIMEOUT(tablet.phase(), SyncPhase::Waiting, kPatienceMs);
        QCOMPARE(front.requests(kPush), front.requests());
        QCOMPARE(static_cast<int>(tablet.driver->status().error), error);
        QVERIFY(tablet.driver->status().retry_in_ms > 0);
        QCOMPARE(tablet.totals().acknowledged, 0U);
        QCOMPARE(tablet.totals().saved_here, 2U);

        m_relay->leadTo(m_server->port());  // tried again by itself
        QTRY_VERIFY_WITH_TIMEOUT(tablet.driver->idle(), kPatienceMs);
        QCOMPARE(tablet.totals().acknowledged, 2U);
        QCOMPARE(m_server->ledgerOf(tablet.vault->author()), savedOn(tablet, crn));
    }

    void a_reply_that_ends_early_is_no_reply() {
        const auto authority = otherAuthority();
        const std::string large(1U << 20U, 'x');
        AnyServer server(authority, [&](const auto&) {
            m_relay->lose_reply_after = 100'000;
            return server::Response::text(large);
        });
        m_relay->leadTo(server.port());
        HttpClient client(m_relay->url(), authority.certificatePem());
        const auto outcome = sendAndWait(client, {1, "POST", kPush, {}, Bytes(10, 1), kPatienceMs, 2U << 20U});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.body.empty());
        QCOMPARE(outcome.failure, FailureKind::Cut);
    }

    void a_server_that_says_nothing_is_given_up_at_the_deadline() {
        Tablet tablet(*m_server, *m_relay);
        m_relay->hold_replies = true;
        HttpClient client(m_relay->url(), tablet.setup.ca_pem);
        const auto outcome = sendAndWait(client, {1, "GET", "/v1/ca", {}, {}, 100, 1'000});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.failure, FailureKind::TimedOut);
        // Its connection stays open and silent; the next request is made on another.
        m_relay->hold_replies = false;
        QCOMPARE(sendAndWait(client, {2, "GET", "/v1/ca", {}, {}, 10'000, 10'000}).status, 200);
    }

    void a_request_under_way_outlives_another_that_is_given_up() {
        const auto authority = otherAuthority();
        AnyServer server(authority, [](const auto&) { return server::Response::text("welcome"); });
        m_relay->leadTo(server.port());
        m_relay->hold_replies = true;
        HttpClient client(m_relay->url(), authority.certificatePem());
        std::vector<HttpOutcome> outcomes;
        const auto keep = [&](HttpOutcome outcome) { outcomes.push_back(std::move(outcome)); };
        client.send({1, "POST", kPush, {}, Bytes(10, 1), kPatienceMs, 1'000}, keep);
        client.send({2, "POST", kPush, {}, Bytes(10, 1), 300, 1'000}, keep);
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 1U, kPatienceMs);
        QCOMPARE(outcomes.back().failure, FailureKind::TimedOut);
        m_relay->release();
        QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 2U, kPatienceMs);
        QCOMPARE(outcomes.back().status, 200);
    }

private:
    static void notOursRows() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("error");
        const int bad = static_cast<int>(ErrorCode::BadInput);
        const int network = static_cast<int>(ErrorCode::Network);
        const QByteArray page("<!doctype html><title>Free Wi-Fi</title><p>Accept the conditions to go on.");
        QTest::newRow("the page of a captive portal") << 200 << QByteArray("text/html") << page << bad;
        QTest::newRow("sent to another page") << 302 << QByteArray("text/html") << page << bad;
        QTest::newRow("a front end without its server") << 502 << QByteArray("text/html") << page << network;
        QTest::newRow("sign in to this network") << 511 << QByteArray("text/html") << page << network;
        QTest::newRow("nothing at all") << 200 << QByteArray("application/cbor") << QByteArray() << bad;
        QTest::newRow("CBOR of something else") << 200 << QByteArray("application/cbor") << QByteArray("\xa0") << bad;
        QTest::newRow("too large") << 200 << QByteArray("application/cbor") << QByteArray(17 << 20, '\xa0') << network;
    }

    std::unique_ptr<QTemporaryDir> m_server_folder;
    std::unique_ptr<SyncServer> m_server;
    std::unique_ptr<Relay> m_relay;
    std::atomic<bool> m_lose_replies = false;
};

QTEST_GUILESS_MAIN(tst_Platform)
#include "tst_platform.moc"
