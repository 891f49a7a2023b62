#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>

#include "tests/support/http_client/test_http_client.h"
#include "tests/support/net/net_tablet.h"
#include "tests/support/proxy/hostile_proxy.h"
#include "tests/support/tablet/fake_tablet.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using namespace std::chrono_literals;

namespace {

constexpr int kPatienceMs = 60'000;
constexpr std::uint64_t kHandshakeUp = 1'000;    // of a client's bytes, TLS is made by then
constexpr std::uint64_t kHandshakeDown = 3'000;  // of the server's
constexpr std::uint64_t kRequestHead = 260;      // of a push without TLS

using Dice = HostileProxy::Dice;

std::uint64_t sumOf(const std::vector<std::size_t>& sizes) {
    std::uint64_t out = 0;
    for (const auto size : sizes) out += size;
    return out;
}

/// A client that speaks HTTP itself, with a fake tablet's session.
struct RawTablet {
    RawTablet(NetServer& in_server, std::uint16_t port, std::uint64_t seed)
        : server(in_server),
          random(seed),
          tablet(in_server.parts().clock, random, "Tablet " + std::to_string(seed)),
          http({.port = port, .ca_pem = in_server.caPem(), .timeout = std::chrono::milliseconds(kPatienceMs)}) {
        ENSURE(tablet.join(*server, "caernarfon", "Officer " + std::to_string(seed)).has_value());
    }
    TestHttpClient::Headers headers(TestHttpClient::Headers more = {}) const {
        more.emplace_back("Authorization", "Bearer " + tablet.token());
        return more;
    }
    Result<TestResponse> push() {
        const auto body = encode(tablet.pushRequest(1));
        return http.request("POST", "/v1/sync/push", asText(body), headers({{"Content-Type", "application/cbor"}}));
    }
    Result<TestResponse> tus(std::string_view method, const std::string& target, std::string_view body,
                             TestHttpClient::Headers more) {
        more.emplace_back("Tus-Resumable", "1.0.0");
        if (!body.empty()) more.emplace_back("Content-Type", "application/offset+octet-stream");
        return http.request(method, target, body, headers(std::move(more)));
    }
    Result<std::string> createUpload(const std::string& crn, ByteView bytes) {
        ASSIGN(const auto made, tus("POST", "/v1/uploads", {},
                                    {{"Upload-Length", std::to_string(bytes.size())},
                                     {"Upload-Metadata", "sha256 " + toBase64(asBytes(toHex(sha256(bytes)))) +
                                                             ",claim " + toBase64(asBytes(crn))}}));
        if (made.status != 201) return fail(ErrorCode::Internal, std::to_string(made.status));
        return std::string(made.header("Location"));
    }

    NetServer& server;
    SeededRandom random;
    FakeTablet tablet;
    TestHttpClient http;
};

}  // namespace

class tst_HostileNetwork : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        begin({});
    }
    void cleanup() {
        m_proxy.reset();
        m_server.reset();
        m_folder.reset();
    }

    void H12_every_image_arrives_whole_through_a_network_that_cuts_every_connection() {
        NetTablet tablet(*m_server, m_proxy->port());
        const auto crn = tablet.beginClaim();
        std::vector<Hash> images;
        const std::vector<std::size_t> sizes{90'000, 400'000, 700'000, 1'100'000, 1'300'000, 1'700'000};
        for (const auto size : sizes) images.push_back(tablet.keepImage(crn, size));
        m_proxy->setPlan([](std::size_t, Dice& dice) {
            ConnectionFate fate;
            fate.cut_after_up = HostileProxy::between(dice, 150'000, 600'000);
            return fate;
        });
        tablet.driver->start();
        QVERIFY(tablet.settle(kPatienceMs));
        for (const auto& image : images) QVERIFY(m_server->hasBlob(crn, image) && m_server->blobIsWhole(image));
        const auto counts = m_proxy->counts();
        QVERIFY(counts.cut >= 8);
        // What goes up is the images, TLS and headers, and at most a part of each cut.
        const auto again = counts.bytes_up - sumOf(sizes);
        QVERIFY2(again <= counts.cut * (256U << 10U) + 200'000,
                 qPrintable(QString("%1 bytes beyond the images, %2 cuts").arg(again).arg(counts.cut)));
    }

    void H01_H16_replies_are_lost_and_everything_takes_effect_once() {
        NetTablet tablet(*m_server, m_proxy->port());
        m_proxy->setPlan([](std::size_t, Dice& dice) {
            ConnectionFate fate;
            fate.mute_after_up = kHandshakeUp + HostileProxy::between(dice, 0, 5'000);
            return fate;
        });
        std::vector<std::pair<std::string, Hash>> images;
        tablet.driver->start();
        for (int claim = 0; claim < 6; ++claim) {
            const auto crn = tablet.beginClaim();
            for (int i = 0; i < 5; ++i) tablet.answer(crn, "a/q" + std::to_string(i), std::string(300, 'x'));
            images.emplace_back(crn, tablet.keepImage(crn, 1'000));
            for (int i = 0; i < 40 && !tablet.isAllSent(); ++i) {
                tablet.driver->syncNow();  // not waiting for back-offs
                static_cast<void>(tablet.settle(300));
            }
        }
        QVERIFY(tablet.isAllSent());
        QVERIFY(m_proxy->counts().replies_lost >= 3);
        QCOMPARE(m_server->ledgerOf(tablet.store->author()), tablet.saved());
        // Nor was any of it taken for another history of this tablet.
        QCOMPARE(tablet.store->counts()->set_aside, 0U);
        QVERIFY(tablet.store->own().back().change_set.header.incarnation == 1);
        for (const auto& [crn, image] : images) QVERIFY(m_server->hasBlob(crn, image));
    }

    void H13_a_dead_connection_holds_an_upload_and_the_next_takes_it_over() {
        NetTablet tablet(*m_server, m_proxy->port());
        const auto crn = tablet.beginClaim();
        tablet.driver->start();
        QVERIFY(tablet.settle(kPatienceMs));
        m_proxy->cutAll();
        m_proxy->setPlan([](std::size_t, Dice&) {
            ConnectionFate fate;
            fate.silent_after_up = 120'000;
            return fate;
        });
        const auto image = tablet.keepImage(crn, 900'000);
        tablet.driver->syncNow();
        QTRY_VERIFY_WITH_TIMEOUT(m_proxy->counts().silenced > 0, kPatienceMs);
        // The server still waits for that connection's bytes. The tablet finds another network.
        m_proxy->setPlan({});
        tablet.driver->setOnline(false);
        tablet.driver->setOnline(true);
        QVERIFY(tablet.settle(kPatienceMs));
        QVERIFY(m_server->hasBlob(crn, image) && m_server->blobIsWhole(image));
    }

    void a_server_that_accepts_and_never_answers_is_given_up() {
        m_proxy->setPlan([](std::size_t, Dice&) {
            ConnectionFate fate;
            fate.silent = true;
            return fate;
        });
        NetTablet tablet(*m_server, m_proxy->port());
        tablet.beginClaim();
        tablet.driver->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_proxy->counts().silenced > 0, kPatienceMs);
        QVERIFY(!tablet.settle(300));
        // The silent connection stays open: the tablet's own deadline ends it, half a minute from now.
        m_proxy->setPlan({});
        QVERIFY(tablet.settle(kPatienceMs));
    }

    void H14_an_offset_that_is_not_the_servers_is_refused_and_changes_nothing() {
        RawTablet raw(*m_server, m_proxy->port(), 2);
        const auto crn = raw.tablet.beginClaim();
        const Bytes bytes(200'000, 7);
        const auto location = raw.createUpload(crn, bytes);
        QVERIFY(location.has_value());
        const auto text = std::string(asText(bytes));
        QCOMPARE(raw.tus("PATCH", *location, text.substr(100), {{"Upload-Offset", "100"}})->status, 409);
        QCOMPARE(raw.tus("PATCH", *location, text + "x", {{"Upload-Offset", "0"}})->status, 413);
        QCOMPARE(raw.tus("PATCH", *location, text.substr(0, 90'000), {{"Upload-Offset", "0"}})->status, 204);
        QCOMPARE(raw.tus("PATCH", *location, text, {{"Upload-Offset", "0"}})->status, 409);
        const auto last = raw.tus("PATCH", *location, text.substr(90'000), {{"Upload-Offset", "90000"}});
        QCOMPARE(last->status, 204);
        QCOMPARE(std::string(last->header("Upload-Offset")), std::string("200000"));
        QVERIFY(m_server->blobIsWhole(sha256(bytes)));
    }

    void H02_H37_a_connection_that_is_played_again_has_no_second_effect() {
        begin({.tls = false});  // TLS alone would refuse it; this is the network behind the proxy that ends TLS
        m_proxy->setPlan([](std::size_t, Dice&) {
            ConnectionFate fate;
            fate.replayed = true;
            return fate;
        });
        RawTablet raw(*m_server, m_proxy->port(), 3);
        const auto crn = raw.tablet.beginClaim();
        for (int i = 0; i < 5; ++i) raw.tablet.save(crn, "a/q" + std::to_string(i), Value("x"));
        QCOMPARE(raw.push()->status, 200);
        const Bytes bytes(150'000, 7);
        const auto location = raw.createUpload(crn, bytes);
        QCOMPARE(raw.tus("PATCH", *location, asText(bytes), {{"Upload-Offset", "0"}})->status, 204);
        raw.http.close();
        QTRY_COMPARE_WITH_TIMEOUT(m_proxy->counts().replayed, 1U, kPatienceMs);
        // After it, the same server takes the next request: the replay was heard to its end.
        QTest::qWait(300);
        QCOMPARE(m_server->ledgerOf(raw.tablet.author()).size(), 6U);
        const auto forks = (*m_server)->store().read(
            [&](const server::LedgerSnapshot& now) { return now.chains().forks(raw.tablet.author()); });
        QVERIFY(forks->empty());
        QVERIFY(m_server->hasBlob(crn, sha256(bytes)) && m_server->blobIsWhole(sha256(bytes)));
    }

    void H37_bytes_that_are_changed_on_the_way_are_no_ones_words() {
        NetTablet tablet(*m_server, m_proxy->port());
        m_proxy->setPlan([](std::size_t number, Dice& dice) {
            ConnectionFate fate;
            if (number >= 8) return fate;
            auto& at = number % 2 == 0 ? fate.corrupt_up_at : fate.corrupt_down_at;
            at = HostileProxy::between(dice, 0, 6'000);
            return fate;
        });
        tablet.driver->start();
        const auto crn = tablet.beginClaim();
        for (int i = 0; i < 20; ++i) tablet.answer(crn, "a/q" + std::to_string(i), std::string(200, 'y'));
        const auto image = tablet.keepImage(crn, 40'000);
        tablet.driver->saved();
        // A connection that is never used up to its changed byte proves nothing: work goes on until two were.
        for (int i = 0; i < 200 && !(tablet.isAllSent() && m_proxy->counts().corrupted >= 2); ++i) {
            if (tablet.isAllSent()) tablet.answer(crn, "a/more" + std::to_string(i), std::string(200, 'z'));
            tablet.driver->syncNow();
            static_cast<void>(tablet.settle(300));
        }
        QVERIFY(tablet.isAllSent());
        QVERIFY(m_proxy->counts().corrupted >= 2);
        QCOMPARE(m_server->ledgerOf(tablet.store->author()), tablet.saved());
        QVERIFY(m_server->blobIsWhole(image));
    }

    // TLS refuses such bytes before anything of ours reads them. This is the network behind the proxy that ends TLS.
    void H37_what_is_changed_where_nothing_else_protects_it_is_applied_as_no_ones_words() {
        begin({.tls = false});
        int refused = 0;
        for (std::uint64_t seed = 300; seed < 360; ++seed) {
            RawTablet raw(*m_server, m_proxy->port(), seed);
            const auto crn = raw.tablet.beginClaim();
            for (int i = 0; i < 3; ++i) raw.tablet.save(crn, "a/q" + std::to_string(i), Value("true"));
            const auto size = encode(raw.tablet.pushRequest(1)).size();
            m_proxy->setPlan([&](std::size_t, Dice& dice) {
                ConnectionFate fate;
                fate.corrupt_up_at = kRequestHead + HostileProxy::between(dice, 0, size);
                return fate;
            });
            static_cast<void>(raw.push());
            m_proxy->setPlan({});
            std::set<ChangeSetId> said;
            for (const auto& change_set : raw.tablet.chain()) said.insert(change_set.id());
            const auto applied = m_server->ledgerOf(raw.tablet.author());
            for (const auto& id : applied) QVERIFY2(said.contains(id), qPrintable(QString::number(seed)));
            refused += applied.size() < said.size() ? 1 : 0;
        }
        QVERIFY2(refused > 30, qPrintable(QString::number(refused)));
    }

    void H21_a_first_download_that_is_cut_goes_on_and_shows_nothing_half() {
        RawTablet colleague(*m_server, m_server->port(), 4);
        std::vector<std::string> crns;
        for (int claim = 0; claim < 40; ++claim) {
            crns.push_back(colleague.tablet.beginClaim());
            for (int i = 0; i < 20; ++i) {
                Bytes noise(400);
                colleague.random.fill(noise.data(), noise.size());
                colleague.tablet.save(crns.back(), "a/q" + std::to_string(i), Value(toHex(noise)));
            }
            QVERIFY(colleague.tablet.push(*(*m_server)).has_value());
        }
        NetTablet tablet(*m_server, m_proxy->port());
        m_proxy->setPlan([](std::size_t number, Dice& dice) {
            ConnectionFate fate;
            // A reply that is cut is fetched again from its beginning: it must get through now and then.
            if (number % 3 != 2) fate.cut_after_down = kHandshakeDown + HostileProxy::between(dice, 2'000, 300'000);
            return fate;
        });
        tablet.driver->start();
        for (int i = 0; i < 100 && tablet.store->claims().size() < crns.size(); ++i) {
            static_cast<void>(tablet.settle(300));
            // At every moment each claim here is whole as of some change set: never a register without its claim.
            for (const auto& crn : tablet.store->claims()) QVERIFY(tablet.store->state(crn).value("site").text());
            tablet.driver->syncNow();
        }
        QVERIFY(tablet.settle(kPatienceMs));
        QVERIFY(m_proxy->counts().cut >= 2);
        for (const auto& crn : crns) {
            QVERIFY(encodeClaimState(tablet.store->state(crn)) == encodeClaimState(colleague.tablet.state(crn)));
        }
    }

    void H21_H22_H28_a_snapshot_that_is_cut_goes_on_while_others_write_and_own_work_stays() {
        begin({.most_behind = 50});
        RawTablet colleague(*m_server, m_server->port(), 4);
        std::vector<std::string> crns;
        const auto writes = [&](const std::string& crn, const std::string& question) {
            Bytes noise(400);
            colleague.random.fill(noise.data(), noise.size());
            colleague.tablet.save(crn, question, Value(toHex(noise)));
        };
        for (int claim = 0; claim < 60; ++claim) {
            crns.push_back(colleague.tablet.beginClaim());
            for (int i = 0; i < 25; ++i) writes(crns.back(), "a/q" + std::to_string(i));
            QVERIFY(colleague.tablet.push(*(*m_server)).has_value());
        }
        NetTablet tablet(*m_server, m_proxy->port());
        m_proxy->setPlan([](std::size_t number, Dice& dice) {
            ConnectionFate fate;
            if (number % 4 != 3) fate.cut_after_down = kHandshakeDown + HostileProxy::between(dice, 20'000, 250'000);
            return fate;
        });
        // Its own work is saved before the tablet has seen any of this, and it cannot be sent for a while.
        const auto own = tablet.beginClaim();
        tablet.answer(own, "a/surname", "Jones");
        tablet.driver->start();
        std::uint64_t offset = 0;
        bool ranged = false;
        for (int i = 0; i < 200 && tablet.store->pullPosition()->cursors.empty(); ++i)
            static_cast<void>(tablet.settle(50));
        for (std::size_t i = 0; i < 200; ++i) {
            const auto at = *tablet.store->snapshotPosition();
            if (at) {
                QVERIFY(at->offset >= offset);  // never from the beginning again
                ranged = ranged || at->offset > 0;
                offset = at->offset;
                // What others write now is after the snapshot, and in claims that it holds.
                writes(crns[i % crns.size()], "a/late");
                QVERIFY(colleague.tablet.push(*(*m_server)).has_value());
            } else if (ranged && !tablet.store->pullPosition()->full) {
                break;
            }
            QCOMPARE(*tablet.store->state(own).value("a/surname").text(), std::string("Jones"));
            for (const auto& crn : crns) {
                const auto state = tablet.store->state(crn);
                QVERIFY(state.registers().empty() || state.registers().size() >= 26);
            }
            static_cast<void>(tablet.settle(100));
            tablet.driver->syncNow();
        }
        QVERIFY(ranged);
        QVERIFY(tablet.settle(kPatienceMs));
        tablet.driver->syncNow();
        QVERIFY(tablet.settle(kPatienceMs));
        QVERIFY2(m_proxy->counts().cut >= 3, qPrintable(QString::number(m_proxy->counts().cut)));
        for (const auto& crn : crns)
            QVERIFY(encodeClaimState(tablet.store->state(crn)) == encodeClaimState(colleague.tablet.state(crn)));
        QCOMPARE(m_server->ledgerOf(tablet.store->author()), tablet.saved());
        QCOMPARE(*tablet.store->state(own).value("a/surname").text(), std::string("Jones"));
    }

    void H39_a_crowd_is_told_to_come_back_and_nothing_of_theirs_is_half_done() {
        server::HttpLimits limits;
        limits.worker_threads = 1;
        limits.waiting = 4;
        begin({.http = limits});
        constexpr std::size_t kCrowd = 60;
        std::vector<std::unique_ptr<RawTablet>> crowd;
        for (std::size_t i = 0; i < kCrowd; ++i) {
            crowd.push_back(std::make_unique<RawTablet>(*m_server, m_proxy->port(), 100 + i));
            const auto crn = crowd.back()->tablet.beginClaim();
            for (int j = 0; j < 30; ++j) crowd.back()->tablet.save(crn, "a/q" + std::to_string(j), Value("x"));
            QVERIFY(crowd.back()->http.connect().has_value());
        }
        std::vector<int> statuses(kCrowd);
        std::atomic<int> without_wait = 0;
        const auto all = [&](auto each) {
            std::vector<std::thread> threads;
            for (std::size_t i = 0; i < kCrowd; ++i) threads.emplace_back([&, i] { each(i); });
            for (auto& thread : threads) thread.join();
        };
        all([&](std::size_t i) {
            const auto answer = crowd[i]->push();
            statuses[i] = answer ? answer->status : -1;
            if (statuses[i] == 503 && answer->header("Retry-After").empty()) ++without_wait;
        });
        QCOMPARE(without_wait.load(), 0);
        QVERIFY(std::count(statuses.begin(), statuses.end(), 503) > 0);
        for (std::size_t i = 0; i < kCrowd; ++i) {
            QVERIFY2(statuses[i] == 200 || statuses[i] == 503, qPrintable(QString::number(statuses[i])));
            QCOMPARE(m_server->ledgerOf(crowd[i]->tablet.author()).size(), statuses[i] == 200 ? 31U : 0U);
        }
        // They come back, as told, and all get through.
        for (int round = 0; round < 100; ++round) {
            all([&](std::size_t i) {
                if (statuses[i] == 503) statuses[i] = crowd[i]->push()->status;
            });
        }
        for (std::size_t i = 0; i < kCrowd; ++i) {
            QCOMPARE(statuses[i], 200);
            QCOMPARE(m_server->ledgerOf(crowd[i]->tablet.author()).size(), 31U);
        }
    }

    void H46_the_same_submission_by_two_connections_at_once_is_one() {
        for (std::uint64_t seed = 200; seed < 210; ++seed) {
            RawTablet raw(*m_server, m_proxy->port(), seed);
            const auto crn = raw.tablet.beginClaim();
            raw.tablet.saveIntent(crn, Value::Map{{"intent", "submit"}, {"digest", Hash{1}}});
            TestHttpClient second({.port = m_proxy->port(), .ca_pem = m_server->caPem()});
            QVERIFY(second.connect().has_value() && raw.http.connect().has_value());
            const auto body = encode(raw.tablet.pushRequest(1));
            std::optional<Result<TestResponse>> other;
            std::thread tap([&] {
                other = second.request("POST", "/v1/sync/push", asText(body),
                                       raw.headers({{"Content-Type", "application/cbor"}}));
            });
            const auto first = raw.push();
            tap.join();
            QVERIFY(first.has_value() && other->has_value());
            for (const auto& reply : {first.value(), other->value()}) {
                QCOMPARE(reply.status, 200);
                const auto said = decode<PushReply>(asBytes(reply.body));
                QVERIFY(said.has_value() && said->results.at(0).outcome == PushOutcome::Received);
            }
            QCOMPARE(m_server->ledgerOf(raw.tablet.author()).size(), 2U);
        }
    }

    void H50_a_tablet_that_floods_the_server_slows_itself_alone() {
        server::HttpLimits limits;
        limits.worker_threads = 4;
        limits.running_per_caller = 2;
        limits.waiting_per_caller = 8;
        begin({.http = limits});
        RawTablet heavy(*m_server, m_proxy->port(), 5);
        const auto crn = heavy.tablet.beginClaim();
        for (int i = 0; i < 3'000; ++i) heavy.tablet.save(crn, "a/q" + std::to_string(i), Value("x"));
        const auto body = encode(heavy.tablet.pushRequest(1));
        RawTablet light(*m_server, m_proxy->port(), 6);
        light.tablet.beginClaim();
        QVERIFY(light.push().has_value());

        std::atomic<bool> stop = false;
        std::vector<std::thread> flood;
        for (int i = 0; i < 12; ++i) {
            flood.emplace_back([&] {
                TestHttpClient http({.port = m_proxy->port(), .ca_pem = m_server->caPem(), .timeout = 60s});
                while (!stop) {
                    static_cast<void>(http.request("POST", "/v1/sync/push", asText(body),
                                                   heavy.headers({{"Content-Type", "application/cbor"}})));
                }
            });
        }
        std::vector<std::int64_t> times;
        for (int i = 0; i < 20; ++i) {
            QElapsedTimer timer;
            timer.start();
            const auto answer = light.push();
            times.push_back(timer.elapsed());
            QVERIFY(answer && answer->status == 200);
        }
        stop = true;
        for (auto& thread : flood) thread.join();
        std::sort(times.begin(), times.end());
        QVERIFY2(times[times.size() / 2] < 2'000, qPrintable(QString::number(times[times.size() / 2])));
    }

    void the_same_seed_draws_the_same_fates() {
        const auto draw = [&](std::uint64_t seed) {
            HostileProxy proxy(m_server->port(), seed);
            std::vector<std::uint64_t> drawn;
            std::mutex mutex;
            proxy.setPlan([&](std::size_t, Dice& dice) {
                const std::lock_guard lock(mutex);
                drawn.push_back(HostileProxy::between(dice, 0, UINT64_MAX - 1));
                return ConnectionFate();
            });
            for (int i = 0; i < 5; ++i) {
                TestHttpClient http({.port = proxy.port(), .ca_pem = m_server->caPem()});
                ENSURE(http.get("/healthz")->status == 200);
            }
            return drawn;
        };
        QCOMPARE(draw(9), draw(9));
        QVERIFY(draw(9) != draw(10));
    }

    void a_shaped_line_takes_the_time_that_it_says() {
        HostileProxy slow(m_server->port(), 1, {32'000, 200ms});
        TestHttpClient http({.port = slow.port(), .ca_pem = m_server->caPem()});
        QVERIFY(http.get("/healthz")->status == 200);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(http.get("/healthz")->status == 200);
        QVERIFY2(timer.elapsed() >= 200 && timer.elapsed() < 600, qPrintable(QString::number(timer.elapsed())));
        timer.restart();
        QVERIFY(http.request("POST", "/v1/receipts", std::string(32'000, 'x'))->status >= 400);
        QVERIFY2(timer.elapsed() >= 1'150 && timer.elapsed() < 2'500, qPrintable(QString::number(timer.elapsed())));
    }

private:
    void begin(NetServer::Options options) {
        m_proxy.reset();
        m_server.reset();
        options.folder = m_folder->filePath(QString::number(++m_begun)).toStdString();
        m_server = std::make_unique<NetServer>(options);
        m_proxy = std::make_unique<HostileProxy>(m_server->port(), 7);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<NetServer> m_server;
    std::unique_ptr<HostileProxy> m_proxy;
    int m_begun = 0;
};

QTEST_GUILESS_MAIN(tst_HostileNetwork)
#include "tst_hostile_network.moc"
