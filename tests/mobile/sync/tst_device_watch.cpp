#include <QTest>

#include "mobile/sync/device_watch.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

/// The watch's driver is the test: one request at a time lies in `sent` until the test answers it.
class Bench {
public:
    Bench() : watch(identity(), random) {}

    static WatchIdentity identity() {
        WatchIdentity out;
        out.device.bytes.fill(4);
        out.device_secret.fill(5);
        out.ca_key_hash.fill(6);
        return out;
    }
    void happens(decltype(WatchEvent::what) what) {
        for (auto& action : watch.step({now, std::move(what)})) {
            if (auto* send = std::get_if<Send>(&action)) {
                sent = std::move(*send);
                paths.push_back(sent->path);
            } else if (auto* timer = std::get_if<SetTimer>(&action)) {
                fires_at = timer->delay_ms < 0 ? std::nullopt : std::optional(now + timer->delay_ms);
            } else if (std::holds_alternative<CancelRequest>(action)) {
                sent.reset();
            } else if (auto* came = std::get_if<OrdersCame>(&action)) {
                orders.push_back(*came);
            } else if (auto* release = std::get_if<ReleaseCame>(&action)) {
                releases.push_back(*release);
            } else if (std::holds_alternative<WipeTold>(action)) {
                ++wipes_told;
            } else if (auto* reach = std::get_if<Reached>(&action)) {
                reached.push_back(reach->reached);
            }
        }
    }
    void answer(int status, Bytes body = {}, std::map<std::string, std::string> headers = {}) {
        const auto request = std::exchange(sent, std::nullopt);
        ENSURE(request.has_value());
        happens(Replied{request->request, status, std::move(headers), std::move(body)});
    }
    void cut() {
        const auto request = std::exchange(sent, std::nullopt);
        ENSURE(request.has_value());
        happens(Failed{request->request, FailureKind::NotReached});
    }
    std::int64_t fire() {
        ENSURE(fires_at.has_value());
        const auto waited = *fires_at - now;
        now = *std::exchange(fires_at, std::nullopt);
        happens(TimerFired{1});
        return waited;
    }
    /// Locked, and with a session: the request for orders lies in `sent`.
    void open() {
        happens(Started{});
        happens(WatchChanged{true});
        answer(200, encode(SessionReply{Bytes(24, 1), "", 0, {}}));
        answer(200, encode(SessionReply{{}, "token", kSessionMs, {}}));
    }
    void orders_are(std::vector<std::string> kinds, ReleaseState release = ReleaseState::None, Bytes sealed = {}) {
        answer(200, encode(DeviceOrdersReply{1, std::move(kinds), release, std::move(sealed)}));
    }
    DeviceOrdersRequest asked() const { return decode<DeviceOrdersRequest>(sent->body).value(); }

    SeededRandom random;
    DeviceWatch watch;
    std::int64_t now = 1'000;
    std::optional<Send> sent;
    std::optional<std::int64_t> fires_at;
    std::vector<std::string> paths;
    std::vector<OrdersCame> orders;
    std::vector<ReleaseCame> releases;
    std::vector<bool> reached;
    int wipes_told = 0;
};

}  // namespace

class TestDeviceWatch : public QObject {
    Q_OBJECT

private slots:
    void an_unlocked_tablet_is_not_watched() {
        Bench bench;
        bench.happens(Started{});
        QVERIFY(!bench.sent);
        bench.happens(WatchChanged{true});
        QVERIFY(bench.sent.has_value());
        bench.happens(WatchChanged{false});
        QVERIFY(!bench.sent);
        QVERIFY(!bench.fires_at);
    }

    void H54_a_locked_tablet_asks_for_orders_under_its_device_key_alone() {
        Bench bench;
        bench.happens(Started{});
        bench.happens(PendingKnown{41});
        bench.happens(WatchChanged{true});
        bench.answer(200, encode(SessionReply{Bytes(24, 1), "", 0, {}}));
        const auto request = decode<SessionRequest>(bench.sent->body).value();
        QVERIFY(!request.store_key.has_value());
        QVERIFY(request.authors.empty());
        const auto key = KeyPair::fromSecret(Bench::identity().device_secret).public_key;
        QVERIFY(verifyEd25519(key,
                              sessionMessage(Bench::identity().device, Bytes(24, 1), Bench::identity().ca_key_hash),
                              request.signature));
        bench.answer(200, encode(SessionReply{{}, "token", kSessionMs, {}}));
        QCOMPARE(bench.sent->path, std::string("/v1/device/orders"));
        QCOMPARE(bench.sent->headers.at("Authorization"), std::string("Bearer token"));
        QVERIFY(bench.asked().pending == 41U);
        bench.orders_are({"lock", "wipe"});
        QVERIFY(bench.orders.back().lock && bench.orders.back().wipe);
        const auto waited = bench.fire();
        QVERIFY(waited > 50'000 && waited < 70'000);
        bench.orders_are({});
        QVERIFY(!bench.orders.back().lock && !bench.orders.back().wipe);
    }

    void a_release_is_asked_for_until_a_supervisor_has_typed_the_code() {
        Bench bench;
        bench.open();
        bench.orders_are({});
        ReleaseRequest request;
        request.nonce.fill(9);
        bench.happens(ReleaseAsked{request});
        QVERIFY(bench.asked().release == request);
        for (int i = 0; i < 3; ++i) {
            bench.orders_are({}, ReleaseState::Waiting);
            QVERIFY(bench.fire() < 6'000);
        }
        QCOMPARE(bench.releases.size(), 1U);
        bench.orders_are({}, ReleaseState::Released, Bytes(92, 7));
        QCOMPARE(bench.releases.size(), 2U);
        QVERIFY(bench.releases.back().sealed == Bytes(92, 7));
        bench.fire();
        QVERIFY(!bench.asked().release.has_value());
    }

    void a_release_that_is_over_or_dropped_is_not_asked_again() {
        Bench bench;
        bench.open();
        bench.orders_are({});
        bench.happens(ReleaseAsked{});
        bench.orders_are({}, ReleaseState::Over);
        QCOMPARE(bench.releases.back().state, ReleaseState::Over);
        bench.fire();
        QVERIFY(!bench.asked().release.has_value());
        bench.orders_are({});
        bench.happens(ReleaseAsked{});
        bench.orders_are({}, ReleaseState::Waiting);
        bench.happens(ReleaseDropped{});
        bench.fire();
        QVERIFY(!bench.asked().release.has_value());
    }

    void a_wiped_tablet_goes_on_telling_until_the_server_knows_and_then_is_silent() {
        Bench bench;
        bench.happens(Started{});
        bench.happens(StoreWiped{});
        bench.cut();
        bench.fire();
        bench.answer(200, encode(SessionReply{Bytes(24, 1), "", 0, {}}));
        bench.answer(200, encode(SessionReply{{}, "token", kSessionMs, {}}));
        QVERIFY(bench.asked().wiped);
        bench.cut();
        QCOMPARE(bench.wipes_told, 0);
        bench.fire();
        QVERIFY(bench.asked().wiped);
        bench.orders_are({"wipe"});
        QCOMPARE(bench.wipes_told, 1);
        QVERIFY(!bench.sent);
        QVERIFY(!bench.fires_at);
    }

    void a_server_that_forgot_a_wiped_tablet_needs_no_telling() {
        Bench bench;
        bench.happens(Started{});
        bench.happens(StoreWiped{});
        bench.answer(200, encode(SessionReply{Bytes(24, 1), "", 0, {}}));
        bench.answer(403);
        QCOMPARE(bench.wipes_told, 1);
    }

    void a_session_that_ended_is_opened_again() {
        Bench bench;
        bench.open();
        bench.answer(401);
        bench.fire();
        QCOMPARE(bench.paths.back(), std::string("/v1/sessions"));
        // And before it ends by itself.
        Bench other;
        other.open();
        other.orders_are({});
        other.now += kSessionMs;
        other.happens(TimerFired{1});
        QCOMPARE(other.paths.back(), std::string("/v1/sessions"));
    }

    void H39_it_waits_longer_after_each_failure_and_obeys_retry_after() {
        Bench bench;
        bench.open();
        std::int64_t before = 0;
        for (int i = 0; i < 12; ++i) {
            bench.cut();
            const auto waited = bench.fire();
            const auto full = std::min<std::int64_t>(300'000, 1'000LL << i);
            QVERIFY(waited >= full - full / 4 && waited <= full + full / 4 + 1);
            if (i < 8) QVERIFY(waited > before);
            before = waited;
            if (bench.sent->path == "/v1/sessions") {
                bench.answer(200, encode(SessionReply{Bytes(24, 1), "", 0, {}}));
                bench.answer(200, encode(SessionReply{{}, "token", kSessionMs, {}}));
            }
        }
        bench.answer(503, {}, {{"retry-after", "900"}});
        QVERIFY(bench.fire() >= 900'000);
    }

    void what_is_no_answer_is_passed_over() {
        Bench bench;
        bench.open();
        const auto id = bench.sent->request;
        bench.happens(Replied{id + 7, 200, {}, encode(DeviceOrdersReply{1, {"wipe"}, ReleaseState::None, {}})});
        QVERIFY(bench.orders.empty());
        bench.answer(200, Bytes(10, 0xFF));
        QVERIFY(bench.orders.empty());
        bench.fire();
        bench.orders_are({"lock"});
        QCOMPARE(bench.orders.size(), 1U);
    }

    void whether_the_server_answers_is_told_when_it_changes() {
        Bench bench;
        bench.open();
        bench.orders_are({});
        bench.fire();
        bench.cut();
        bench.fire();
        bench.cut();
        QVERIFY((bench.reached == std::vector<bool>{true, false}));
    }
};

QTEST_GUILESS_MAIN(TestDeviceWatch)
#include "tst_device_watch.moc"
