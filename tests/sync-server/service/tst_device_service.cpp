#include <QTemporaryDir>
#include <QtTest>

#include "shared/wire/device_messages.h"
#include "sync-server/api/api.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Actor;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

const Actor kSupervisor{"officer s", "supervisor"};

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options out;
    out.data = folder.path().toStdString();
    out.in_memory = true;
    return out;
}

/// A tablet whose vault has a key of its own, at a server; speaks to the services.
struct Face {
    Face() : server(inMemory(folder)), store(KeyPair::make(server.random)), device_key(KeyPair::make(server.random)) {
        EnrolRequest enrol{EnrolmentCode::parse(*server->enrolment().makeCode("caernarfon"))->secret,
                           device_key.public_key,
                           "Tablet 4",
                           {}};
        enrol.proof = signEd25519(device_key.secret, enrolMessage(enrol.secret, enrol.device_key));
        const auto enrolled = server->enrolment().enrol(enrol);
        ENSURE(enrolled.has_value());
        device = enrolled->device;
        recovery_key = enrolled->recovery_key.value();
    }

    Result<SessionReply> open(const KeyPair* with_store) {
        ASSIGN(const auto first, server->sessions().open({device, {}, {}, {}}));
        const auto& ca = server->sessions().caKeyHash();
        SessionRequest request{
            device, first.nonce, signEd25519(device_key.secret, sessionMessage(device, first.nonce, ca)), {}};
        if (with_store != nullptr) {
            request.store_key = with_store->public_key;
            request.store_signature = signEd25519(with_store->secret, storeMessage(device, first.nonce, ca));
        }
        return server->sessions().open(request);
    }
    server::Session session(const KeyPair* with_store) {
        const auto reply = open(with_store);
        ENSURE(reply.has_value());
        return server->sessions().check(reply->token).value();
    }
    ReleaseRequest forgotten() {
        const auto recovery = sealTo(recovery_key, secret, recoveryContext(device, officer), server.random);
        return ReleaseRequest::make(device, officer, one_time.public_key, *recovery, server.random);
    }
    Result<DeviceOrdersReply> ask(const DeviceOrdersRequest& request) {
        return server->devices().orders(session(nullptr), request);
    }

    QTemporaryDir folder;
    TestServer server;
    KeyPair store;
    KeyPair device_key;
    Uuid device;
    Hash recovery_key{};
    BoxKeyPair one_time = BoxKeyPair::make(server.random);
    Uuid officer = Uuid::make(server.clock, server.random);
    Bytes secret = Bytes(32, 77);
};

}  // namespace

class TestDeviceService : public QObject {
    Q_OBJECT

private slots:
    void H54_the_device_key_alone_opens_a_session_that_is_good_for_orders_and_nothing_else() {
        Face face;
        QVERIFY(!face.session(&face.store).device_only);
        const auto locked = face.open(nullptr);
        QVERIFY(face.server->sessions().check(locked->token)->device_only);
        QVERIFY(face.server->sessions().check(locked->token)->scopes.empty());

        server::Api api(*face.server, face.server.clock, face.server.metrics);
        server::Router router;
        api.addRoutes(router);
        const auto status = [&](const std::string& path, Bytes body, server::Method method = server::Method::Post) {
            server::Request request;
            request.method = method;
            request.path = path;
            request.headers = {{"Authorization", "Bearer " + locked->token},
                               {"Content-Type", "application/cbor"},
                               {"Tus-Resumable", "1.0.0"}};
            request.peer = "127.0.0.1";
            request.body = std::move(body);
            const auto match = router.find(method, path);
            const server::RequestContext context{request, match->route->pattern, match->params};
            if (match->route->handler) return match->route->handler(context).status;
            auto answer = match->route->stream_handler(context);
            return std::get<server::Response>(answer).status;
        };
        QCOMPARE(status("/v1/device/orders", encode(DeviceOrdersRequest{})), 200);
        QCOMPARE(status("/v1/sync/hello", encode(HelloRequest{})), 403);
        QCOMPARE(status("/v1/sync/push", encode(PushRequest{})), 403);
        QCOMPARE(status("/v1/sync/pull", encode(PullRequest{})), 403);
        QCOMPARE(status("/v1/uploads", {}), 403);
        QCOMPARE(status("/v1/packs/working-age", {}, server::Method::Get), 403);
        QCOMPARE(status("/v1/blobs/" + std::string(64, 'a'), {}, server::Method::Get), 403);
    }

    void another_vaults_key_opens_nothing_and_a_device_session_registers_nobody() {
        Face face;
        QVERIFY(face.open(&face.store));
        const auto other = KeyPair::make(face.server.random);
        QCOMPARE(face.open(&other).error().code, ErrorCode::BadSignature);
        const auto first = face.server->sessions().open({face.device, {}, {}, {}});
        const auto& ca = face.server->sessions().caKeyHash();
        const SessionRequest request{face.device,
                                     first->nonce,
                                     signEd25519(face.device_key.secret, sessionMessage(face.device, first->nonce, ca)),
                                     {{face.officer, face.officer, "code", Hash{1}, Bytes(64)}}};
        QCOMPARE(face.server->sessions().open(request).error().code, ErrorCode::NotAllowed);
    }

    void orders_reach_a_locked_tablet_and_an_unlocked_one() {
        Face face;
        QVERIFY(face.open(&face.store));
        auto& devices = face.server->devices();
        QVERIFY(face.ask({})->orders.empty());
        WELL(devices.lock(kSupervisor, face.device));
        QVERIFY(face.ask({})->orders == std::vector<std::string>{"lock"});
        HelloRequest hello;
        QVERIFY(face.server->sync().hello(face.session(&face.store), hello)->orders ==
                std::vector<std::string>{"lock"});
        WELL(devices.unlock(kSupervisor, face.device));
        QVERIFY(face.ask({})->orders.empty());
        WELL(devices.wipe(kSupervisor, face.device));
        QVERIFY(face.ask({})->orders == std::vector<std::string>{"wipe"});
    }

    void what_a_wiped_tablet_never_sent_is_listed_and_it_must_enrol_again() {
        Face face;
        QVERIFY(face.open(&face.store));
        auto& devices = face.server->devices();
        WELL(devices.wipe(kSupervisor, face.device));
        WELL(face.ask({41, std::nullopt, false}));
        QCOMPARE(devices.devices(kSupervisor)->front().state, std::string("wipe ordered"));
        QCOMPARE(devices.devices(kSupervisor)->front().never_received, 0U);
        WELL(face.ask({std::nullopt, std::nullopt, true}));
        WELL(face.ask({std::nullopt, std::nullopt, true}));  // its reply was lost
        const auto view = devices.devices(kSupervisor)->front();
        QCOMPARE(view.state, std::string("wiped"));
        QCOMPARE(view.never_received, 41U);
        QCOMPARE(face.open(&face.store).error().code, ErrorCode::NotAllowed);
        QVERIFY(face.session(nullptr).device_only);
    }

    void only_a_supervisor_or_the_operator_may_act_data() {
        QTest::addColumn<QString>("role");
        QTest::addColumn<bool>("may_act");
        QTest::addColumn<bool>("may_see");
        QTest::newRow("supervisor") << "supervisor" << true << true;
        QTest::newRow("operator") << "operator" << true << true;
        QTest::newRow("backoffice") << "backoffice" << false << true;
        QTest::newRow("assessor") << "assessor" << false << false;
    }
    void only_a_supervisor_or_the_operator_may_act() {
        QFETCH(QString, role);
        QFETCH(bool, may_act);
        QFETCH(bool, may_see);
        Face face;
        const Actor actor{"officer x", role.toStdString()};
        auto& devices = face.server->devices();
        QCOMPARE(devices.devices(actor).has_value(), may_see);
        QCOMPARE(devices.lock(actor, face.device).has_value(), may_act);
        QCOMPARE(devices.unlock(actor, face.device).has_value(), may_act);
        const auto asked = face.forgotten();
        WELL(face.ask({std::nullopt, asked, false}));
        QCOMPARE(devices.release(actor, releaseCode(face.device, asked)).has_value(), may_act);
        QCOMPARE(devices.wipe(actor, face.device).has_value(), may_act);
        QCOMPARE(devices.revoke(actor, face.device).has_value(), may_act);
    }

    void every_act_is_in_the_audit() {
        Face face;
        auto& devices = face.server->devices();
        WELL(devices.lock(kSupervisor, face.device));
        WELL(devices.unlock(kSupervisor, face.device));
        const auto asked = face.forgotten();
        WELL(face.ask({std::nullopt, asked, false}));
        WELL(devices.release(kSupervisor, releaseCode(face.device, asked)));
        WELL(devices.wipe(kSupervisor, face.device));
        const auto rows =
            face.server->store().read([](const server::LedgerSnapshot& now) { return now.audit().rows("", 100); });
        std::set<std::string> by_supervisor;
        for (const auto& row : *rows) {
            if (row.who == kSupervisor.name) by_supervisor.insert(row.what);
        }
        QVERIFY(by_supervisor == (std::set<std::string>{"device-lock-ordered", "device-unlocked", "device-released",
                                                        "device-wipe-ordered"}));
    }

    void a_released_tablet_gets_its_secret_sealed_to_the_key_of_this_request() {
        Face face;
        const auto asked = face.forgotten();
        QCOMPARE(face.ask({std::nullopt, asked, false})->release, ReleaseState::Waiting);
        const auto code = releaseCode(face.device, asked);
        QVERIFY(face.server->devices().release(kSupervisor, displayReleaseCode(code)).value() == face.device);
        for (int i = 0; i < 2; ++i) {  // the first reply was lost
            const auto reply = face.ask({std::nullopt, asked, false});
            QCOMPARE(reply->release, ReleaseState::Released);
            QVERIFY(openSealed(face.one_time.secret, reply->sealed, releaseContext(face.device, asked)).value() ==
                    face.secret);
        }
        // A code serves once.
        QCOMPARE(face.server->devices().release(kSupervisor, code).error().code, ErrorCode::BadCode);
    }

    void a_code_lives_fifteen_minutes() {
        Face face;
        const auto asked = face.forgotten();
        WELL(face.ask({std::nullopt, asked, false}));
        face.server.clock.advance(server::kReleaseMs + 1);
        QCOMPARE(face.server->devices().release(kSupervisor, releaseCode(face.device, asked)).error().code,
                 ErrorCode::BadCode);
        QCOMPARE(face.ask({std::nullopt, asked, false})->release, ReleaseState::Over);
    }

    void a_request_dies_after_five_codes_that_nearly_are_its_own() {
        Face face;
        const auto asked = face.forgotten();
        WELL(face.ask({std::nullopt, asked, false}));
        const auto code = releaseCode(face.device, asked);
        int typed = 0;
        for (int i = 0; typed < 5; ++i) {
            auto other = asked;
            other.nonce[0] = static_cast<std::uint8_t>(i);
            other.nonce[1] = static_cast<std::uint8_t>(i >> 8);
            auto wrong = releaseCode(face.device, other);
            wrong.replace(0, 3, code.substr(0, 3));
            if (wrong == code || !parseReleaseCode(wrong)) continue;
            const Actor each{"officer " + std::to_string(typed), "supervisor"};
            QCOMPARE(face.server->devices().release(each, wrong).error().code, ErrorCode::BadCode);
            ++typed;
        }
        QCOMPARE(face.server->devices().release(kSupervisor, code).error().code, ErrorCode::BadCode);
        QCOMPARE(face.ask({std::nullopt, asked, false})->release, ReleaseState::Over);
    }

    void who_types_wrong_codes_waits_longer_each_time() {
        Face face;
        auto& devices = face.server->devices();
        const auto stranger = [&] {
            return releaseCode(Uuid::make(face.server.clock, face.server.random), face.forgotten());
        };
        const auto wrongCode = [&] {
            auto code = stranger();
            while (!parseReleaseCode(code)) code = stranger();
            return code;
        };
        for (int i = 0; i < 5; ++i)
            QCOMPARE(devices.release(kSupervisor, wrongCode()).error().code, ErrorCode::BadCode);
        std::int64_t wait = 60'000;
        for (int i = 0; i < 9; ++i) {
            QCOMPARE(devices.release(kSupervisor, wrongCode()).error().code, ErrorCode::TooManyTries);
            face.server.clock.advance(wait - 1);
            QCOMPARE(devices.release(kSupervisor, wrongCode()).error().code, ErrorCode::TooManyTries);
            face.server.clock.advance(1);
            QCOMPARE(devices.release(kSupervisor, wrongCode()).error().code, ErrorCode::BadCode);
            wait = std::min<std::int64_t>(wait * 2, 64 * 60'000);
        }
        const auto asked = face.forgotten();
        WELL(face.ask({std::nullopt, asked, false}));
        WELL(devices.release({"officer other", "supervisor"}, releaseCode(face.device, asked)));
    }

    void a_slot_of_another_server_is_said_to_be_no_use_at_once() {
        Face face;
        auto asked = face.forgotten();
        asked.recovery[40] ^= 1U;
        QCOMPARE(face.ask({std::nullopt, asked, false})->release, ReleaseState::Over);
    }

    void a_tablet_that_is_to_be_wiped_is_not_released() {
        Face face;
        WELL(face.server->devices().revoke(kSupervisor, face.device));
        const auto reply = face.ask({std::nullopt, face.forgotten(), false});
        QCOMPARE(reply->release, ReleaseState::Over);
        QVERIFY(reply->orders == std::vector<std::string>{"wipe"});
    }

    void orders_and_requests_outlive_the_server() {
        QTemporaryDir folder;
        auto options = inMemory(folder);
        options.in_memory = false;
        options.inline_writer = true;
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        WELL(server->devices().lock(kSupervisor, tablet.device()));
        const auto recovery = server->keys().recovery.public_key;
        server.restart();
        QVERIFY(server->keys().recovery.public_key == recovery);
        QCOMPARE(server->devices().devices(kSupervisor)->front().state, std::string("locked"));
        QCOMPARE(server->devices().devices(kSupervisor)->front().authors.front().officer, std::string("Carys Hughes"));
    }
};

QTEST_GUILESS_MAIN(TestDeviceService)
#include "tst_device_service.moc"
