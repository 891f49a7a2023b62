#include <QTest>

#include "mobile/sync/memory_sync_store.h"
#include "mobile/sync/uploader.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr const char* kCrn = "0123456789A0K";
constexpr const char* kOther = "0123456789B1W";
constexpr std::size_t kLeastPart = 256U << 10U;
constexpr std::size_t kMostPart = 10U << 20U;

/// A tus server as the protocol describes it, and time: what was sent lies in `sent` until it is answered.
class Bench {
public:
    explicit Bench(MemorySyncStore& in_store, PartBodies bodies = PartBodies::InRequest)
        : store(in_store), uploader(in_store, random, bodies) {}

    void happens(const UploadEvent& event) {
        auto actions = uploader.step(now, event);
        ENSURE(actions.has_value());
        if (actions->send) {
            ENSURE(!sent.has_value());
            sent = std::move(actions->send);
        }
        wake = actions->wake_in_ms;
        done += actions->done.size();
    }
    void turn(bool images = true) { happens(UploadTurn{images}); }
    void answer(int status, std::map<std::string, std::string> headers = {}) {
        sent.reset();
        happens(Replied{0, status, std::move(headers), {}});
        turn();
    }
    void cut(FailureKind kind = FailureKind::Cut) {
        sent.reset();
        happens(Failed{0, kind});
        turn();
    }
    static std::uint64_t sizeOf(const UploadSend& request) {
        return request.part ? request.part->bytes : request.body.size();
    }
    /// Answers as the server would, which took `most` bytes of what was sent.
    void serve(std::uint64_t most = UINT64_MAX) {
        const auto request = *sent;
        if (request.method == "POST") {
            const auto path = "/v1/uploads/" + std::to_string(++created);
            held[path] = std::min<std::uint64_t>(most, sizeOf(request));
            answer(201, {{"location", path}, {"upload-offset", std::to_string(held[path])}});
        } else if (request.method == "HEAD") {
            answer(200, {{"upload-offset", std::to_string(held.at(request.path))}});
        } else {
            auto& offset = held.at(request.path);
            ENSURE(request.headers.at("Upload-Offset") == std::to_string(offset));
            offset += std::min<std::uint64_t>(most, sizeOf(request));
            answer(204, {{"upload-offset", std::to_string(offset)}});
        }
    }
    /// The server took `bytes` of the part, and the reply never came.
    void cutAfter(std::uint64_t bytes) {
        held.at(sent->path) += bytes;
        cut();
    }
    std::string line() const { return sent ? sent->method + " " + sent->path : std::string(); }
    std::uint64_t announced() const { return std::stoul(sent->headers.at("Upload-Length")); }
    void waitUntilWoken() {
        ENSURE(wake.has_value());
        now += *wake;
        turn();
    }

    MemorySyncStore& store;
    tablet::SeededRandom random{7};
    Uploader uploader;
    std::int64_t now = 1'000;
    std::optional<UploadSend> sent;
    std::optional<std::int64_t> wake;
    std::size_t done = 0;
    std::map<std::string, std::uint64_t> held;
    int created = 0;
};

/// Its disk does not give all of a blob.
class ShortStore final : public MemorySyncStore {
public:
    using MemorySyncStore::MemorySyncStore;
    Result<Bytes> blobPart(const Hash& name, std::uint64_t offset, std::size_t most) override {
        ++reads;
        auto out = MemorySyncStore::blobPart(name, offset, most);
        if (is_short && out && !out->empty()) out->pop_back();
        if (fails) return fail(ErrorCode::Storage, "the disk does not answer");
        return out;
    }
    int reads = 0;
    bool is_short = false;
    bool fails = false;
};

}  // namespace

class tst_Uploader : public QObject {
    Q_OBJECT

private slots:
    void init() {
        tablet::SeededRandom random(7);
        SyncIdentity identity;
        identity.device = Uuid{{9}};
        const auto key = KeyPair::make(random);
        m_store = std::make_unique<MemorySyncStore>(identity, UnregisteredAuthor{Uuid{{5}}, Uuid{{6}}, "c", {}}, key);
        m_bench = std::make_unique<Bench>(*m_store);
        for (const auto* crn : {kCrn, kOther}) {
            m_store->save(crn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, 1, ClaimKey{7});
        }
        QVERIFY(m_store->rewind(m_store->author(), 1, 2));  // the server has both
    }

    void H12_a_cut_upload_goes_on_at_the_byte_that_the_server_has() {
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->turn();
        QCOMPARE(m_bench->line(), std::string("POST /v1/uploads"));
        QVERIFY(m_bench->sent->body.empty());
        m_bench->serve();
        QCOMPARE(m_bench->sent->body.size(), kLeastPart);
        m_bench->cutAfter(100'001);
        QCOMPARE(m_bench->line(), std::string("HEAD /v1/uploads/1"));  // at once: bytes had moved
        m_bench->serve();
        QCOMPARE(m_bench->sent->headers.at("Upload-Offset"), std::string("100001"));
        while (m_bench->sent) m_bench->serve();
        QCOMPARE(m_bench->done, 1U);
        QCOMPARE(m_store->counts()->blobs_waiting, 0U);
    }

    void H12_whatever_is_cut_no_byte_that_the_server_has_is_sent_again() {
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            init();
            tablet::SeededRandom dice(seed);
            m_store->saveBlob(kCrn, Bytes(3'000'000, 3));
            m_bench->turn();
            std::uint64_t in_parts = 0;
            std::uint64_t cut_off = 0;
            for (int steps = 0; m_store->counts()->blobs_waiting > 0; ++steps) {
                QVERIFY(steps < 2'000);
                if (!m_bench->sent) {
                    m_bench->waitUntilWoken();
                    continue;
                }
                const auto size = m_bench->sent->body.size();
                if (m_bench->sent->method != "PATCH" || dice.next() % 3 == 0) {
                    in_parts += size;
                    m_bench->serve();
                } else {
                    const auto took = dice.next() % (size + 1);
                    in_parts += took;
                    cut_off = std::max<std::uint64_t>(cut_off, size - took);
                    m_bench->cutAfter(took);
                }
            }
            QCOMPARE(in_parts, 3'000'000U);
            QVERIFY(cut_off <= kMostPart);
        }
    }

    void H14_an_offset_that_differs_is_asked_for_never_taken_for_finished() {
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->turn();
        m_bench->answer(201, {{"location", "https://other.example/v1/uploads/x"}, {"upload-offset", "0"}});
        m_bench->answer(409);
        QCOMPARE(m_bench->done, 0U);
        QCOMPARE(m_bench->line(), std::string("HEAD /v1/uploads/x"));
        m_bench->answer(200, {{"upload-offset", "5"}});
        QCOMPARE(m_bench->sent->headers.at("Upload-Offset"), std::string("5"));
        m_bench->answer(409);
        m_bench->answer(200, {{"upload-offset", "5"}});
        m_bench->answer(409);
        QVERIFY(!m_bench->sent);  // no misunderstanding any more
        m_bench->waitUntilWoken();
        QCOMPARE(m_bench->line(), std::string("HEAD /v1/uploads/x"));
        m_bench->answer(404);
        m_bench->waitUntilWoken();
        QCOMPARE(m_bench->line(), std::string("POST /v1/uploads"));
    }

    void H16_what_the_server_has_whole_already_is_finished_at_once() {
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->turn();
        m_bench->answer(201, {{"location", "/v1/uploads/x"}, {"upload-offset", "600000"}});
        QCOMPARE(m_bench->done, 1U);
        QVERIFY(!m_bench->sent);
    }

    void a_small_blob_goes_with_the_request_that_creates_it() {
        m_store->saveBlob(kCrn, Bytes(1'000, 3));
        m_bench->turn();
        QCOMPARE(m_bench->sent->body.size(), 1'000U);
        m_bench->serve();
        QCOMPARE(m_bench->done, 1U);
    }

    void a_statement_is_announced_and_sent_only_when_the_server_has_not_made_it() {
        m_store->saveBlob(kCrn, Bytes(1'000, 3), true);
        m_bench->turn();
        QVERIFY(m_bench->sent->body.empty());
        m_bench->serve();
        QCOMPARE(m_bench->sent->body.size(), 1'000U);
        m_bench->serve();
        QCOMPARE(m_bench->done, 1U);
        m_store->saveBlob(kCrn, Bytes(2'000, 3), true);
        m_bench->turn();
        m_bench->answer(201, {{"location", "/v1/uploads/y"}, {"upload-offset", "2000"}});
        QCOMPARE(m_bench->done, 2U);
        QVERIFY(!m_bench->sent);
    }

    void parts_grow_while_they_are_quick_and_shrink_when_they_are_cut() {
        m_store->saveBlob(kCrn, Bytes(60'000'000, 3));
        m_bench->turn();
        m_bench->serve();
        std::vector<std::size_t> sizes;
        for (int i = 0; i < 7; ++i) {
            sizes.push_back(m_bench->sent->body.size());
            m_bench->now += 1'000;
            m_bench->serve();
        }
        QCOMPARE(sizes, (std::vector<std::size_t>{kLeastPart, 2 * kLeastPart, 4 * kLeastPart, 8 * kLeastPart,
                                                  16 * kLeastPart, 32 * kLeastPart, kMostPart}));
        m_bench->cutAfter(1);
        QCOMPARE(m_bench->uploader.partBytes(), kMostPart / 2);
        m_bench->serve();
        m_bench->now += 10'000;  // neither quick nor slow
        m_bench->serve();
        QCOMPARE(m_bench->uploader.partBytes(), kMostPart / 2);
        m_bench->now += 30'000;
        m_bench->serve();
        QCOMPARE(m_bench->uploader.partBytes(), kMostPart / 4);
    }

    void what_blocks_a_submit_goes_first_and_then_what_is_small() {
        for (const std::size_t size : {500'000U, 300'000U, 400'000U}) m_store->saveBlob(kCrn, Bytes(size, 3));
        m_store->saveBlob(kCrn, Bytes(90'000, 9), true);
        std::vector<std::uint64_t> order;
        m_bench->turn();
        while (m_bench->sent) {
            if (m_bench->sent->method == "POST") order.push_back(m_bench->announced());
            m_bench->serve();
        }
        QCOMPARE(order.front(), 90'000U);
        QCOMPARE(order[1], 300'000U);
        QCOMPARE(m_bench->done, 4U);
        // One that comes while a large one is under way passes it.
        m_store->saveBlob(kCrn, Bytes(30'000'000, 1));
        m_bench->turn();
        m_bench->serve();
        m_store->saveBlob(kCrn, Bytes(70'000, 2), true);
        m_bench->serve();
        if (m_bench->sent->method != "POST") m_bench->serve();  // the oldest one's turn
        QCOMPARE(m_bench->announced(), 70'000U);
    }

    void a_large_blob_is_not_starved_by_small_ones_that_keep_coming() {
        m_store->saveBlob(kCrn, Bytes(2'000'000, 1));
        m_bench->turn();
        std::uint8_t fill = 2;
        for (int i = 0; i < 60; ++i) {
            m_store->saveBlob(kCrn, Bytes(1'000, fill++));
            m_bench->serve();
        }
        QCOMPARE(m_bench->held.at("/v1/uploads/1"), 2'000'000U);
    }

    void H18_one_bad_blob_holds_up_no_other_data() {
        QTest::addColumn<int>("status");
        for (const int status : {400, 403, 404, 413, 415, 460, 500, 502}) {
            QTest::addRow("%d", status) << status;
        }
    }
    void H18_one_bad_blob_holds_up_no_other() {
        QFETCH(int, status);
        m_store->saveBlob(kCrn, Bytes(100'000, 1));
        m_store->saveBlob(kCrn, Bytes(200'000, 2));
        m_store->saveBlob(kCrn, Bytes(300'000, 3));
        m_bench->turn();
        for (int i = 0; i < 40 && m_bench->done < 2; ++i) {
            QVERIFY(m_bench->sent);
            if (m_bench->sent->method == "POST" && m_bench->announced() == 100'000) {
                m_bench->answer(status);
            } else {
                m_bench->serve();
            }
        }
        QCOMPARE(m_bench->done, 2U);
        QCOMPARE(m_store->counts()->blobs_waiting, 1U);
    }

    void a_driver_that_reads_parts_itself_is_told_which_and_no_step_reads_one() {
        auto& store = shortStore();
        Bench bench(store, PartBodies::ReadByDriver);
        store.saveBlob(kCrn, Bytes(600'000, 3));
        bench.turn();
        bench.serve();
        QVERIFY(bench.sent->body.empty() && bench.sent->part.has_value());
        QCOMPARE(bench.sent->headers.at("Content-Type"), std::string("application/offset+octet-stream"));
        QCOMPARE(bench.sent->part->offset, 0U);
        QCOMPARE(bench.sent->part->bytes, kLeastPart);
        bench.cutAfter(100'001);
        bench.serve();
        QCOMPARE(bench.sent->part->offset, 100'001U);
        QVERIFY(bench.sent->part->sha256 == sha256(Bytes(600'000, 3)));
        while (bench.sent) bench.serve();
        QCOMPARE(bench.done, 1U);
        QCOMPARE(store.reads, 0);
    }

    void a_part_that_the_driver_could_not_read_is_damaged_or_sent_again_data() {
        QTest::addColumn<bool>("is_short");
        QTest::newRow("too short") << true;
        QTest::newRow("well now") << false;
    }
    void a_part_that_the_driver_could_not_read_is_damaged_or_sent_again() {
        QFETCH(bool, is_short);
        auto& store = shortStore();
        Bench bench(store, PartBodies::ReadByDriver);
        store.saveBlob(kCrn, Bytes(300'000, 3));
        store.saveBlob(kCrn, Bytes(400'000, 4));
        bench.turn();
        bench.serve();
        QVERIFY(bench.sent->part.has_value());
        store.is_short = is_short;
        bench.cut(FailureKind::Unreadable);
        store.is_short = false;
        for (int steps = 0; bench.sent || bench.wake; ++steps) {
            QVERIFY(steps < 20);
            if (bench.sent) {
                bench.serve();
            } else {
                bench.waitUntilWoken();
            }
        }
        QCOMPARE(bench.done, is_short ? 1U : 2U);  // what is damaged is said, and holds up nothing
        QVERIFY(store.uploads()->empty());
        QCOMPARE(store.counts()->blobs_waiting, is_short ? 1U : 0U);
    }

    void a_store_that_fails_is_no_damaged_blob() {
        auto& store = shortStore();
        Bench bench(store, PartBodies::ReadByDriver);
        store.saveBlob(kCrn, Bytes(300'000, 3));
        bench.turn();
        bench.serve();
        store.fails = true;
        const auto actions = bench.uploader.step(bench.now, Failed{0, FailureKind::Unreadable});
        QVERIFY(!actions && actions.error().code == ErrorCode::Storage);
        QCOMPARE(store.uploads()->size(), 1U);
    }

    void bytes_that_are_not_what_was_saved_are_given_up_after_three_tries() {
        m_store->saveBlob(kCrn, Bytes(300'000, 1));
        m_bench->turn();
        int tries = 0;
        for (; m_bench->sent || m_bench->wake; ++tries) {
            QVERIFY(tries < 20);
            if (!m_bench->sent) {
                m_bench->waitUntilWoken();
            } else if (m_bench->sent->method == "PATCH") {
                m_bench->answer(460);
            } else {
                m_bench->serve();
            }
        }
        QVERIFY(m_store->uploads()->empty());
        QCOMPARE(m_store->counts()->blobs_waiting, 1U);  // kept, and said
    }

    void H39_a_busy_server_is_left_alone_as_long_as_it_says() {
        m_store->saveBlob(kCrn, Bytes(100'000, 1));
        m_store->saveBlob(kCrn, Bytes(200'000, 2));
        m_bench->turn();
        m_bench->answer(503, {{"retry-after", "120"}});
        QVERIFY(!m_bench->sent);
        QVERIFY(*m_bench->wake >= 120'000);
        m_bench->happens(UploadsHurried{});
        m_bench->turn();
        QVERIFY(m_bench->sent);
    }

    void a_network_that_never_carries_anything_is_tried_ever_more_rarely() {
        m_store->saveBlob(kCrn, Bytes(100'000, 1));
        m_bench->turn();
        std::vector<std::int64_t> waits;
        for (int i = 0; i < 12; ++i) {
            m_bench->cut(FailureKind::NotReached);
            waits.push_back(*m_bench->wake);
            m_bench->waitUntilWoken();
        }
        QVERIFY(waits.front() <= 1'300 && waits.back() >= 200'000 && waits.back() <= 375'000);
    }

    void a_tablet_with_too_many_unfinished_uploads_finishes_those() {
        m_store->saveBlob(kCrn, Bytes(2'000'000, 1));
        m_bench->turn();
        m_bench->serve();
        m_store->saveBlob(kCrn, Bytes(70'000, 2));
        m_bench->serve();
        if (m_bench->sent->method != "POST") m_bench->serve();
        QCOMPARE(m_bench->announced(), 70'000U);
        m_bench->answer(429, {{"retry-after", "3600"}});
        m_bench->waitUntilWoken();
        QVERIFY(m_bench->line().starts_with("HEAD") || m_bench->line().starts_with("PATCH"));
    }

    void the_same_bytes_are_sent_for_each_claim_that_names_them() {
        m_store->saveBlob(kCrn, Bytes(1'000, 1));
        m_store->saveBlob(kOther, Bytes(1'000, 1));
        m_bench->turn();
        m_bench->serve();
        QVERIFY(m_bench->sent);
        m_bench->serve();
        QCOMPARE(m_bench->done, 2U);
    }

    void an_answer_that_is_not_understood_is_no_progress_data() {
        QTest::addColumn<QByteArray>("offset");
        for (const auto* text : {"600001", "-1", "1x", "", "99999999999999999999999"})
            QTest::newRow(text) << QByteArray(text);
    }
    void an_answer_that_is_not_understood_is_no_progress() {
        QFETCH(QByteArray, offset);
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->turn();
        m_bench->serve();
        m_bench->sent.reset();
        const auto odd =
            m_bench->uploader.step(m_bench->now, Replied{0, 204, {{"upload-offset", offset.toStdString()}}, {}});
        QCOMPARE(odd.error().code, ErrorCode::BadInput);
        QCOMPARE(m_store->counts()->blobs_waiting, 1U);
        m_bench->turn();
        QVERIFY(!m_bench->sent && m_bench->wake);  // later, and by asking
        m_bench->waitUntilWoken();
        QCOMPARE(m_bench->line(), std::string("HEAD /v1/uploads/1"));
    }

private:
    /// The one that is used from here on.
    ShortStore& shortStore() {
        tablet::SeededRandom random(7);
        SyncIdentity identity;
        identity.device = Uuid{{9}};
        auto made = std::make_unique<ShortStore>(identity, UnregisteredAuthor{Uuid{{5}}, Uuid{{6}}, "c", {}},
                                                 KeyPair::make(random));
        auto& store = *made;
        m_store = std::move(made);
        store.save(kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, 1, ClaimKey{7});
        ENSURE(store.rewind(store.author(), 1, 1));
        return store;
    }

    std::unique_ptr<MemorySyncStore> m_store;
    std::unique_ptr<Bench> m_bench;
};

QTEST_GUILESS_MAIN(tst_Uploader)
#include "tst_uploader.moc"
