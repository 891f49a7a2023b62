#include <QTemporaryDir>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/memory_names.h"
#include "mobile/sync/memory_sync_store.h"
#include "mobile/sync/sync_engine.h"
#include "shared/crypto/certificates.h"
#include "shared/wire/compression.h"
#include "shared/wire/packing.h"
#include "shared/wire/snapshot.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr const char* kCrn = "0123456789A0K";
constexpr const char* kScope = "site/llanrwst";

/// What a server that received all pushes could look up.
class Heard final : public UnpackingNames {
public:
    std::map<std::string, ClaimKey> keys{{kCrn, ClaimKey{7}}};
    std::map<ChainPlace, ChangeSetId> chain;

    void note(const Segment& segment) {
        for (const auto& bytes : segment.change_sets) {
            const auto change_set = decodeChangeSet(bytes);
            chain[{segment.author, segment.incarnation, change_set->header.counter}] = change_set->id();
        }
    }
    Result<std::optional<ClaimKey>> claimKey(const std::string& crn) override { return in(keys, crn); }
    Result<std::optional<ChangeSetId>> atChain(const ChainPlace& place) override { return in(chain, place); }
    Result<std::optional<ChangeSetId>> atLedger(const std::string&, const LedgerPlace&) override {
        return std::nullopt;
    }

private:
    template <typename Map>
    static std::optional<typename Map::mapped_type> in(const Map& map, const typename Map::key_type& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }
};

/// An engine whose driver is the test: the request for records lies in `sent`, the one for images in `image`, until the
/// test answers it.
class Bench {
public:
    Bench(SyncStore& in_store, Random& random) : store(in_store), engine(in_store, random) {}

    void happens(decltype(Event::what) what) {
        for (auto& action : engine.step({now, 1'168'851'600'000 + now, std::move(what)})) {
            if (auto* send = std::get_if<Send>(&action)) {
                log.push_back(send->method + " " + send->path);
                auto& slot = send->path.starts_with("/v1/uploads") ? image : sent;
                ENSURE(!slot.has_value());
                slot = std::move(*send);
            } else if (auto* timer = std::get_if<SetTimer>(&action)) {
                if (timer->delay_ms < 0) {
                    timers.erase(timer->timer);
                } else {
                    timers[timer->timer] = now + timer->delay_ms;
                }
            } else if (const auto* cancelled = std::get_if<CancelRequest>(&action)) {
                for (auto* slot : {&sent, &image}) {
                    if (*slot && (*slot)->request == cancelled->request) slot->reset();
                }
            } else if (auto* order = std::get_if<Order>(&action)) {
                orders.push_back(order->kind);
            } else if (auto* learned = std::get_if<AuthoritiesLearned>(&action)) {
                trusted.push_back(learned->pem);
            } else if (std::holds_alternative<Forked>(action)) {
                ++forks;
            } else if (auto* refused = std::get_if<OfficerRefused>(&action)) {
                refusals.push_back(refused->reason);
            }
        }
    }
    void answer(int status, Bytes body = {}, std::map<std::string, std::string> headers = {}) {
        const auto request = std::exchange(sent, std::nullopt);
        ENSURE(request.has_value());
        last_answer = {request->request, status, std::move(headers), std::move(body)};
        happens(last_answer);
    }
    template <typename Message>
    void answer(const Message& message) {
        answer(200, encode(message));
    }
    void cut(FailureKind kind = FailureKind::Cut) {
        const auto request = std::exchange(sent, std::nullopt);
        ENSURE(request.has_value());
        happens(Failed{request->request, kind});
    }
    void answerImage(int status, std::map<std::string, std::string> headers = {}) {
        const auto request = std::exchange(image, std::nullopt);
        ENSURE(request.has_value());
        happens(Replied{request->request, status, std::move(headers), {}});
    }
    void cutImage(FailureKind kind = FailureKind::Cut) {
        const auto request = std::exchange(image, std::nullopt);
        ENSURE(request.has_value());
        happens(Failed{request->request, kind});
    }
    /// As a server that takes all that it is offered.
    void takeImage(const std::string& location = "/v1/uploads/x") {
        if (image->method == "POST") {
            answerImage(201, {{"location", location}, {"upload-offset", std::to_string(image->body.size())}});
        } else {
            const auto from = std::stoul(image->headers.at("Upload-Offset"));
            answerImage(204, {{"upload-offset", std::to_string(from + image->body.size())}});
        }
    }
    /// Lets the earliest timer fire.
    void waitForTimer() {
        ENSURE(!timers.empty());
        const auto next = std::min_element(timers.begin(), timers.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        const int timer = next->first;
        now = std::max(now, next->second);
        timers.erase(next);
        happens(TimerFired{timer});
    }
    /// As it came, a push perhaps packed.
    template <typename Message>
    Message asRaw() const {
        ENSURE(sent.has_value());
        const auto plain = inflateBytes(sent->body, kMaxInflatedBytes);
        ENSURE(plain.has_value());
        auto message = decode<Message>(*plain);
        ENSURE(message.has_value());
        return *message;
    }
    template <typename Message>
    Message asked() const {
        auto message = asRaw<Message>();
        if constexpr (std::is_same_v<Message, PushRequest>) {
            heard.keys.insert(message.keys.begin(), message.keys.end());
            // What a test says that the server has, it can look up where the tablet kept it.
            auto* const memory = dynamic_cast<MemorySyncStore*>(&store);
            std::size_t room = kMaxInflatedBytes;
            for (auto& segment : message.segments) {
                if (memory != nullptr) {
                    MemoryNames names(*memory);
                    ENSURE(unpackSegment(segment, names, room).has_value());
                } else {
                    ENSURE(unpackSegment(segment, heard, room).has_value());
                }
                heard.note(segment);
            }
        }
        return message;
    }
    bool asks(const std::string& line) const { return sent && sent->method + " " + sent->path == line; }
    bool asksImage(const std::string& line) const { return image && image->method + " " + image->path == line; }

    void session() {
        ENSURE(asks("POST /v1/sessions"));
        SessionReply first;
        first.nonce = Bytes(32, 7);
        answer(first);
        SessionReply second;
        second.token = "token-" + std::to_string(++tokens);
        second.lasts_ms = kSessionMs;
        answer(second);
    }
    HelloReply helloReply() {
        HelloReply reply;
        reply.epoch = epoch;
        reply.scopes = {kScope};
        for (const auto& head : asked<HelloRequest>().heads) {
            const auto held = held_heads.find({head.author, head.incarnation});
            reply.received.push_back({head.author, head.incarnation, held == held_heads.end() ? 0 : held->second, {}});
        }
        return reply;
    }
    void hello() {
        ENSURE(asks("POST /v1/sync/hello"));
        answer(helloReply());
    }
    PushReply received() {
        PushReply reply;
        reply.epoch = epoch;
        for (const auto& segment : asked<PushRequest>().segments) {
            const auto last = decodeChangeSet(segment.change_sets.back())->header.counter;
            reply.results.push_back({segment.author, segment.incarnation, PushOutcome::Received, last, {}, {}});
            held_heads[{segment.author, segment.incarnation}] = last;
        }
        return reply;
    }
    void push() {
        ENSURE(asks("POST /v1/sync/push"));
        answer(received());
    }
    PullReply nothingNew() {
        PullReply reply;
        reply.epoch = epoch;
        reply.cursors = asked<PullRequest>().cursors;
        return reply;
    }
    void pull() {
        ENSURE(asks("POST /v1/sync/pull"));
        answer(nothingNew());
    }
    void comeUp() {
        happens(Started{});
        session();
        hello();
        while (asks("POST /v1/sync/push")) push();
        pull();
    }

    SyncStore& store;
    mutable Heard heard;
    SyncEngine engine;
    std::int64_t now = 1'000;
    std::optional<Send> sent;
    std::optional<Send> image;
    Replied last_answer;
    std::map<int, std::int64_t> timers;
    std::vector<std::string> log;
    std::vector<std::string> orders;
    std::vector<std::string> refusals;
    std::vector<std::string> trusted;
    std::map<std::pair<Uuid, std::uint32_t>, std::uint64_t> held_heads;
    Uuid epoch{{1, 2, 3}};
    int forks = 0;
    int tokens = 0;
};

/// The server's authority and the key that signs its packs.
struct PackSigner {
    PackSigner() {
        SystemRandom random;
        authority = CertificateAuthority::create(1'168'851'600'000, random).value();
        key = KeyPair::make(random);
    }
    std::string pem() const { return authority->certificatePem(); }
    /// Puts a pack into a hello as a server does.
    void offer(HelloReply& hello, PackInfo pack) const {
        pack.signature = signEd25519(key.secret, packMessage(pack));
        hello.packs.push_back(std::move(pack));
        hello.packs_key = VouchedKey{key.public_key, authority->sign(packsKeyMessage(key.public_key))};
    }
    std::optional<CertificateAuthority> authority;
    KeyPair key;
};

const PackSigner& packSigner() {
    static const PackSigner signer;
    return signer;
}

MemorySyncStore memoryStore(Random& random) {
    SyncIdentity identity;
    identity.ca_pem = packSigner().pem();
    identity.device = Uuid{{9}};
    identity.device_secret = KeyPair::make(random).secret;
    identity.app = "test/1";
    const auto key = KeyPair::make(random);
    return {identity, {Uuid{{5}}, Uuid{{6}}, "code", key.public_key}, key};
}

Payload put(const ClaimState& state, const std::string& path, const Value& value) {
    return {{state.edit(path, value)}, std::nullopt};
}

}  // namespace

class tst_SyncEngine : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_random = SeededRandom(7);
        m_store = std::make_unique<MemorySyncStore>(memoryStore(m_random));
        m_bench = std::make_unique<Bench>(*m_store, m_random);
    }

    void it_signs_in_says_hello_pushes_then_pulls_and_rests() {
        begin();
        save("a/surname", "Jones");
        m_bench->happens(Started{});
        m_bench->session();
        QVERIFY(m_store->isRegistered());
        QCOMPARE(m_bench->asked<HelloRequest>().pending, 2U);
        QCOMPARE(m_bench->sent->headers.at("Authorization"), std::string("Bearer token-1"));
        m_bench->hello();
        const auto push = m_bench->asked<PushRequest>();
        QCOMPARE(push.segments.size(), 1U);
        QVERIFY(checkSegment(push.segments.front(), m_store->unregisteredAuthors()->empty() ? authorKey() : Hash{}));
        QCOMPARE(push.keys.size(), 1U);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Sending);
        m_bench->push();
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Receiving);
        m_bench->pull();
        QVERIFY(m_bench->engine.idle());
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::UpToDate);
        QCOMPARE(m_bench->engine.status().acknowledged, 2U);
        QCOMPARE(m_bench->engine.status().server_holds, 2U);
        QVERIFY(!m_bench->engine.status().counts_differ);
    }

    void a_save_is_sent_half_a_second_later_and_saves_in_between_go_with_it() {
        begin();
        m_bench->comeUp();
        save("a/surname", "Jones");
        m_bench->happens(Saved{});
        save("a/surname", "Davies");
        m_bench->happens(Saved{});
        QVERIFY(!m_bench->sent);
        const auto before = m_bench->now;
        m_bench->waitForTimer();
        QCOMPARE(m_bench->now - before, 500);
        QCOMPARE(m_bench->asked<PushRequest>().segments.front().change_sets.size(), 2U);
        QVERIFY(m_bench->asked<PushRequest>().keys.empty());
    }

    void H01_a_lost_reply_is_answered_by_sending_the_same_again() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        const auto first = m_bench->asked<PushRequest>().segments.front().change_sets;
        m_bench->received();  // the server has it; the reply is lost
        m_bench->cut();
        QCOMPARE(m_store->counts()->acknowledged, 0U);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Waiting);
        m_bench->waitForTimer();
        QVERIFY(m_bench->asked<PushRequest>().segments.front().change_sets == first);
        auto reply = m_bench->received();
        reply.results.front().notes.push_back({1, NoteKind::Duplicate, {}});
        m_bench->answer(reply);
        QCOMPARE(m_store->counts()->acknowledged, 1U);
    }

    void H02_a_reply_that_comes_twice_or_to_nobody_changes_nothing() {
        begin();
        m_bench->comeUp();
        const auto state = m_bench->engine.status();
        const auto asked = m_bench->log.size();
        m_bench->happens(m_bench->last_answer);
        m_bench->happens(Replied{999, 200, {}, Bytes{1, 2, 3}});
        m_bench->happens(Failed{998, FailureKind::Cut});
        QCOMPARE(m_bench->log.size(), asked);
        QVERIFY(m_bench->engine.status() == state);
    }

    void a_session_that_ends_in_the_middle_is_opened_again_and_the_work_goes_on() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->now += 60'000;
        m_bench->answer(401);
        m_bench->session();
        m_bench->hello();
        QCOMPARE(m_bench->sent->headers.at("Authorization"), std::string("Bearer token-2"));
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 1U);
    }

    void a_server_that_refuses_every_session_is_not_asked_in_a_loop() {
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->answer(401);
        QVERIFY(!m_bench->sent);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Waiting);
    }

    void H39_retry_after_is_obeyed() {
        m_bench->happens(Started{});
        m_bench->answer(503, {}, {{"retry-after", "120"}});
        const auto before = m_bench->now;
        m_bench->waitForTimer();
        QVERIFY(m_bench->now - before >= 120'000 && m_bench->now - before <= 150'000);
        QVERIFY(m_bench->asks("POST /v1/sessions"));
    }

    void H39_it_waits_longer_each_time_up_to_five_minutes_with_jitter() {
        m_bench->happens(Started{});
        std::vector<std::int64_t> waits;
        for (int i = 0; i < 14; ++i) {
            m_bench->cut(FailureKind::NotReached);
            const auto before = m_bench->now;
            m_bench->waitForTimer();
            waits.push_back(m_bench->now - before);
        }
        for (std::size_t i = 0; i < waits.size(); ++i) {
            const auto middle = std::min<std::int64_t>(300'000, 1'000LL << i);
            QVERIFY2(waits[i] >= middle * 3 / 4 && waits[i] <= middle * 5 / 4, qPrintable(QString::number(waits[i])));
        }
        std::set<std::int64_t> different(waits.end() - 5, waits.end());
        QVERIFY(different.size() > 1);
    }

    void H05_what_the_server_has_not_is_sent_again_and_what_it_has_is_not() {
        begin();
        for (int i = 0; i < 4; ++i) save("note/1", i);
        m_bench->comeUp();
        QCOMPARE(m_store->counts()->acknowledged, 5U);
        m_bench->held_heads.begin()->second = 3;  // the server lost two
        m_bench->now += kSessionMs;
        m_bench->happens(SyncNow{});
        m_bench->session();
        m_bench->hello();
        const auto push = m_bench->asked<PushRequest>();
        QCOMPARE(push.segments.front().change_sets.size(), 2U);
        QCOMPARE(decodeChangeSet(push.segments.front().change_sets.front())->header.counter, 4U);
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 5U);
    }

    void a_gap_is_filled_from_the_head_that_the_server_names() {
        begin();
        for (int i = 0; i < 4; ++i) save("note/1", i);
        m_bench->happens(Started{});
        m_bench->session();
        auto hello = m_bench->helloReply();
        hello.received.front().counter = 3;  // wrong: it has one
        m_bench->answer(hello);
        auto reply = m_bench->received();
        reply.results.front().outcome = PushOutcome::Gap;
        reply.results.front().through = 1;
        m_bench->answer(reply);
        const auto push = m_bench->asked<PushRequest>();
        QCOMPARE(decodeChangeSet(push.segments.front().change_sets.front())->header.counter, 2U);
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 5U);
    }

    void a_server_that_always_says_gap_is_not_asked_in_a_loop() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        int asked = 0;
        while (m_bench->asks("POST /v1/sync/push") && ++asked < 20) {
            auto reply = m_bench->received();
            reply.results.front().outcome = PushOutcome::Gap;
            reply.results.front().through = 0;
            m_bench->answer(reply);
        }
        QVERIFY(asked < 10);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Waiting);
    }

    void H07_a_fork_begins_a_new_incarnation_and_people_are_told() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        auto reply = m_bench->received();
        reply.results.front() = {m_store->author(), 1, PushOutcome::Fork, 0, "This tablet was restored or copied.", {}};
        m_bench->answer(reply);
        QCOMPARE(m_bench->forks, 1);
        QVERIFY(m_store->own().front().set_aside);
        m_bench->pull();
        const auto next = save("a/surname", "Jones");
        QCOMPARE(next.header.incarnation, 2U);
        QCOMPARE(next.header.counter, 1U);
        m_bench->happens(SyncNow{});
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 2U);
        QCOMPARE(m_bench->forks, 1);
    }

    void H07_a_store_older_than_what_the_server_has_of_it_begins_a_new_incarnation() {
        begin();
        m_bench->held_heads[{m_store->author(), 1}] = 9;
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        QCOMPARE(m_bench->forks, 1);
        QCOMPARE(save("a/surname", "Jones").header.incarnation, 2U);
    }

    void H07_an_officer_who_was_told_of_a_fork_is_not_told_again_after_a_restart() {
        begin();
        m_bench->held_heads[{m_store->author(), 1}] = 9;
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        QCOMPARE(m_bench->forks, 1);
        m_bench = std::make_unique<Bench>(*m_store, m_random);
        m_bench->held_heads[{m_store->author(), 1}] = 9;
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        QCOMPARE(m_bench->forks, 0);
        QCOMPARE(save("a/surname", "Jones").header.incarnation, 2U);
    }

    void H18_a_quarantined_change_set_is_acknowledged_and_holds_up_nothing() {
        begin();
        save("a/surname", "Jones");
        save("a/surname", "Davies");
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        auto reply = m_bench->received();
        reply.results.front().notes = {{2, NoteKind::Quarantined, "Over a limit."},
                                       {3, NoteKind::Parked, "Waits for an earlier one."}};
        m_bench->answer(reply);
        m_bench->pull();
        QVERIFY(m_bench->engine.idle());
        QCOMPARE(m_bench->engine.status().set_aside, 1U);
        QCOMPARE(m_bench->engine.status().acknowledged, 3U);
        QCOMPARE(m_store->own()[1].note, std::string("Over a limit."));
        QCOMPARE(*m_store->state(kCrn).value("a/surname").text(), std::string("Davies"));
    }

    void H06_after_a_restore_everything_is_offered_again_under_the_new_epoch() {
        begin();
        save("a/surname", "Jones");
        m_bench->comeUp();
        m_bench->epoch = Uuid{{4, 5, 6}};
        m_bench->held_heads.clear();
        save("a/surname", "Davies");
        m_bench->happens(SyncNow{});
        m_bench->answer(409);
        m_bench->hello();
        const auto push = m_bench->asked<PushRequest>();
        QVERIFY(push.epoch == m_bench->epoch);
        QCOMPARE(push.segments.front().change_sets.size(), 3U);
        QCOMPARE(push.keys.size(), 1U);
        m_bench->push();
        const auto pull = m_bench->asked<PullRequest>();
        QVERIFY(pull.full);
        QCOMPARE(pull.cursors.at(kScope), 0U);
    }

    void H51_what_was_saved_while_hello_was_under_way_is_told_under_the_lost_history_too() {
        begin();
        m_bench->comeUp();
        const auto lost = m_bench->epoch;
        m_bench->epoch = Uuid{{4, 5, 6}};
        m_bench->held_heads.clear();
        save("a/surname", "Davies");
        m_bench->happens(SyncNow{});
        m_bench->answer(409);
        save("a/surname", "Evans");  // has read the lost history
        m_bench->hello();
        QVERIFY(m_bench->asks("POST /v1/sync/hello"));
        const auto again = m_bench->asked<HelloRequest>();
        QVERIFY(again.epoch == lost);
        QCOMPARE(again.heads.front().counter, 3U);
        m_bench->hello();
        QVERIFY(m_bench->asked<PushRequest>().epoch == m_bench->epoch);
    }

    void an_officer_who_asks_has_the_saves_sent_first_and_then_all_that_only_hello_brings() {
        begin();
        m_bench->comeUp();
        save("a/surname", "Jones");
        m_bench->happens(SyncNow{});
        m_bench->push();
        auto reply = m_bench->helloReply();
        packSigner().offer(reply, {"sim", "2", sha256(Bytes(4, 1))});
        m_bench->answer(reply);
        QVERIFY(m_bench->asks("GET /v1/packs/sim"));
    }

    void a_pack_that_nothing_vouches_for_is_not_fetched_and_all_else_goes_on_data() {
        QTest::addColumn<QString>("what");
        for (const auto* what : {"no key", "no signature", "another pack's signature", "another version", "another key",
                                 "another authority", "a key that the authority did not sign"})
            QTest::newRow(what) << what;
    }
    void a_pack_that_nothing_vouches_for_is_not_fetched_and_all_else_goes_on() {
        QFETCH(QString, what);
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        auto reply = m_bench->helloReply();
        const PackSigner other;
        const PackInfo pack{"p", "1", sha256(Bytes(4, 1))};
        (what == "another authority" ? other : packSigner()).offer(reply, pack);
        auto& offered = reply.packs.front();
        if (what == "no key") reply.packs_key.reset();
        if (what == "no signature") offered.signature.clear();
        if (what == "another pack's signature")
            offered.signature = signEd25519(packSigner().key.secret, packMessage({"q", "1", offered.digest}));
        if (what == "another version") offered.version = "2";
        if (what == "another key") offered.signature = signEd25519(other.key.secret, packMessage(offered));
        if (what == "a key that the authority did not sign") {
            reply.packs_key->key = other.key.public_key;
            offered.signature = signEd25519(other.key.secret, packMessage(offered));
        }
        m_bench->answer(reply);
        m_bench->push();
        m_bench->pull();
        QVERIFY(m_bench->engine.idle());
        QVERIFY(std::ranges::none_of(m_bench->log,
                                     [](const auto& line) { return line.find("/v1/packs") != std::string::npos; }));
        QCOMPARE(m_store->counts()->acknowledged, 1U);
        QVERIFY(m_bench->engine.status().pack_refused);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::UpToDate);

        // It is said no longer than the server offers it.
        m_bench->happens(SyncNow{});
        m_bench->hello();
        QVERIFY(!m_bench->engine.status().pack_refused);
        m_bench->pull();

        // The server is put right: nobody has to do anything here.
        m_bench->happens(SyncNow{});
        reply = m_bench->helloReply();
        packSigner().offer(reply, pack);
        m_bench->answer(reply);
        QVERIFY(m_bench->asks("GET /v1/packs/p"));
        QVERIFY(!m_bench->engine.status().pack_refused);
    }

    void without_an_authority_no_pack_is_taken() {
        SyncIdentity identity;
        identity.device = Uuid{{9}};
        const auto key = KeyPair::make(m_random);
        MemorySyncStore store(identity, {Uuid{{5}}, Uuid{{6}}, "code", key.public_key}, key);
        Bench bench(store, m_random);
        bench.happens(Started{});
        bench.session();
        auto reply = bench.helloReply();
        packSigner().offer(reply, {"p", "1", sha256(Bytes(4, 1))});
        bench.answer(reply);
        QVERIFY(bench.asks("POST /v1/sync/pull"));
        QVERIFY(bench.engine.status().pack_refused);
    }

    void the_next_authority_is_kept_before_the_driver_hears_of_it_and_vouches_for_packs() {
        m_bench->happens(Started{});
        m_bench->session();
        const PackSigner next;
        auto reply = m_bench->helloReply();
        reply.next_authority =
            VouchedAuthority{next.pem(), packSigner().authority->sign(nextAuthorityMessage(next.pem()))};
        m_bench->answer(reply);
        QCOMPARE(m_store->identity()->ca_pem, packSigner().pem());
        QCOMPARE(m_store->identity()->next_ca_pem, next.pem());
        QCOMPARE(m_bench->trusted, std::vector<std::string>{packSigner().pem() + next.pem()});
        m_bench->pull();

        // The server has switched. It says the same again, and nothing new is learned.
        m_bench->happens(SyncNow{});
        reply = m_bench->helloReply();
        next.offer(reply, {"p", "1", sha256(Bytes(4, 1))});
        m_bench->answer(reply);
        QVERIFY(m_bench->asks("GET /v1/packs/p"));
        QCOMPARE(m_bench->trusted.size(), 1U);
    }

    void H04_rows_and_cursor_come_together_and_a_cut_pull_goes_on_where_it_was() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        auto first = m_bench->nothingNew();
        const auto id = m_store->own().front().change_set.id();
        first.rows = {{kScope, 4, kCrn, {toBytes(id)}}};
        first.cursors[kScope] = 4;
        first.more = true;
        m_bench->answer(first);
        QCOMPARE(m_bench->asked<PullRequest>().cursors.at(kScope), 4U);
        QVERIFY(m_store->own().front().in_ledger);
        m_bench->cut();
        m_bench->waitForTimer();
        QCOMPARE(m_bench->asked<PullRequest>().cursors.at(kScope), 4U);
        auto last = m_bench->nothingNew();
        last.checksums[kScope] = rowChecksum(4, kCrn, {id});
        m_bench->answer(last);
        QVERIFY(m_bench->engine.idle());
    }

    void a_push_that_the_server_cannot_unpack_is_sent_whole_at_once_and_the_next_one_packed_again() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        const auto packed = m_bench->asRaw<PushRequest>();
        QVERIFY(!packed.segments.front().packed.isNull());
        QVERIFY(packed.segments.front().change_sets.empty());
        auto reply = m_bench->received();
        m_bench->held_heads.clear();
        reply.results.front().outcome = PushOutcome::SendWhole;
        reply.results.front().through = 0;
        m_bench->answer(reply);
        QCOMPARE(m_store->counts()->acknowledged, 0U);
        const auto whole = m_bench->asRaw<PushRequest>();
        QVERIFY(whole.segments.front().packed.isNull());
        QCOMPARE(whole.segments.front().change_sets.front(), encodeChangeSet(m_store->own().front().change_set));
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 1U);
        m_bench->pull();
        save("a/surname", "Jones");
        m_bench->happens(SyncNow{});
        QVERIFY(!m_bench->asRaw<PushRequest>().segments.front().packed.isNull());
    }

    void a_server_that_never_reads_a_push_is_not_asked_in_a_loop() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        int asked = 0;
        while (m_bench->asks("POST /v1/sync/push")) {
            ++asked;
            auto reply = m_bench->received();
            reply.results.front().outcome = PushOutcome::SendWhole;
            m_bench->answer(reply);
            QVERIFY(asked < 5);
        }
        QCOMPARE(asked, 2);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Waiting);
    }

    void a_reply_that_cannot_be_unpacked_is_asked_for_whole_and_nothing_of_it_is_kept() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        QVERIFY(!m_bench->asked<PullRequest>().whole);
        auto reply = m_bench->nothingNew();
        reply.rows = {{kScope, 4, kCrn, {toBytes(m_store->own().front().change_set.id())}}};
        reply.cursors[kScope] = 4;
        auto packed = reply;
        MemoryNames names(*dynamic_cast<MemorySyncStore*>(&m_bench->store));
        QVERIFY(packRows(packed, names).has_value());
        QVERIFY(!packed.packed.isNull());
        auto damaged = packed;
        damaged.packed.list()->back() = Bytes(8, 1);
        m_bench->answer(damaged);
        const auto again = m_bench->asked<PullRequest>();
        QVERIFY(again.whole);
        QCOMPARE(again.cursors.at(kScope), 0U);
        QVERIFY(!m_store->own().front().in_ledger);
        m_bench->answer(damaged);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Waiting);  // and not asked in a loop
        m_bench->waitForTimer();
        m_bench->hello();
        QVERIFY(m_bench->asked<PullRequest>().whole);
        m_bench->answer(reply);
        QVERIFY(m_bench->engine.idle());
        QVERIFY(m_store->own().front().in_ledger);
        m_bench->happens(SyncNow{});
        m_bench->hello();
        QVERIFY(!m_bench->asked<PullRequest>().whole);
        packed.rows.clear();
        m_bench->answer(packed);
        QVERIFY(m_bench->engine.idle());
    }

    void a_session_that_ends_is_renewed_where_the_sync_was_and_nothing_is_sent_twice_data() {
        QTest::addColumn<QString>("phase");
        for (const auto* phase : {"/v1/sync/hello", "/v1/sync/push", "/v1/packs/p", "/v1/sync/pull"})
            QTest::newRow(phase) << phase;
    }
    void a_session_that_ends_is_renewed_where_the_sync_was_and_nothing_is_sent_twice() {
        QFETCH(QString, phase);
        begin();
        save("a/surname", "Jones");
        m_bench->happens(Started{});
        m_bench->session();
        const Bytes archive(10, 1);
        bool ended = false;
        std::map<std::string, int> answered;
        while (m_bench->sent) {
            const auto path = m_bench->sent->path;
            QVERIFY(answered[path] < 5);
            if (!ended && path == phase.toStdString()) {
                ended = true;
                m_bench->now += 10'000;  // the server was restarted since the session began
                m_bench->answer(401);
                m_bench->session();
                continue;
            }
            if (path == "/v1/sync/hello") {
                auto reply = m_bench->helloReply();
                packSigner().offer(reply, {"p", "1", sha256(archive)});
                m_bench->answer(reply);
            } else if (path == "/v1/sync/push") {
                m_bench->push();
            } else if (path == "/v1/packs/p") {
                m_bench->answer(200, archive);
            } else {
                m_bench->pull();
            }
            ++answered[path];
        }
        QVERIFY(ended);
        QVERIFY(m_bench->engine.idle());
        QCOMPARE(m_store->counts()->acknowledged, 2U);
        QCOMPARE(answered["/v1/sync/push"], 1);
        QCOMPARE(answered["/v1/packs/p"], 1);
        QCOMPARE(answered["/v1/sync/pull"], 1);
        QCOMPARE(answered["/v1/sync/hello"], phase == "/v1/sync/hello" ? 1 : 2);
    }

    void a_push_is_halved_by_a_cut_and_grows_again_up_to_what_the_server_takes() {
        begin();
        for (int i = 0; i < 120; ++i) save("note/" + std::to_string(i), std::string(8'000, 'x'));
        m_bench->happens(Started{});
        m_bench->session();
        auto hello = m_bench->helloReply();
        hello.max_push_bytes = 300'000;
        m_bench->answer(hello);
        const auto sizeOf = [&] {
            std::size_t bytes = 0;
            const auto push = m_bench->asked<PushRequest>();
            for (const auto& each : push.segments.front().change_sets) bytes += each.size();
            return bytes;
        };
        const auto first = sizeOf();
        QVERIFY(first > 240'000 && first <= 256U << 10U);
        m_bench->cut();
        while (!m_bench->sent) m_bench->waitForTimer();
        const auto second = sizeOf();
        QVERIFY(second > 115'000 && second <= 128U << 10U);
        m_bench->push();
        QVERIFY(sizeOf() > 240'000);
        m_bench->push();
        QVERIFY(sizeOf() > 270'000 && sizeOf() <= 300'000);
        while (m_bench->asks("POST /v1/sync/push")) m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 121U);
    }

    void a_page_that_was_cut_is_asked_for_in_halves() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        QCOMPARE(m_bench->asked<PullRequest>().most_bytes, kMaxPullBytes);
        for (std::uint64_t half = kMaxPullBytes / 2; half >= 16'384; half /= 2) {
            m_bench->cut();
            while (!m_bench->sent) m_bench->waitForTimer();
            QCOMPARE(m_bench->asked<PullRequest>().most_bytes, half);
        }
        m_bench->cut();
        while (!m_bench->sent) m_bench->waitForTimer();
        QCOMPARE(m_bench->asked<PullRequest>().most_bytes, 16'384U);
        auto page = m_bench->nothingNew();
        page.more = true;
        m_bench->answer(page);
        QCOMPARE(m_bench->asked<PullRequest>().most_bytes, 32'768U);
    }

    void a_server_that_answers_in_another_protocol_is_not_spoken_to() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        auto reply = m_bench->helloReply();
        reply.protocol = 2;
        m_bench->answer(reply);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::TooOld);
        QVERIFY(!m_bench->sent);
        QCOMPARE(m_store->counts()->acknowledged, 0U);
    }

    void H21_a_checksum_that_differs_fetches_the_whole_scope_afresh() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        auto reply = m_bench->nothingNew();
        const auto own = m_store->own().front().change_set;
        reply.checksums[kScope] = 12345;
        m_bench->answer(reply);
        const auto fresh = m_bench->asked<PullRequest>();
        QVERIFY(fresh.full);
        QCOMPARE(fresh.cursors.at(kScope), 0U);
        auto whole = m_bench->nothingNew();
        whole.rows = {{kScope, 4, kCrn, {encodeChangeSet(own)}}};
        whole.cursors[kScope] = 4;
        whole.checksums[kScope] = rowChecksum(4, kCrn, {own.id()});
        m_bench->answer(whole);
        QVERIFY(m_bench->engine.idle());
        QVERIFY(m_store->own().front().in_ledger);
        QVERIFY(!m_store->pullPosition()->full);
    }

    void H21_until_a_fresh_download_is_whole_the_old_copy_stands() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        const auto written = [](const char* crn, const char* surname) {
            ChangeSetHeader header;
            header.author.bytes.fill(9);
            header.counter = 1;
            header.claim = crn;
            const Payload payload{{Edit{"site", "llanrwst", {}}, Edit{"a/surname", surname, {}}}, std::nullopt};
            return makeChangeSet(header, payload, ClaimKey{7});
        };
        const auto first = written(kCrn, "Jones");
        PullReply page;
        page.keys = {{kCrn, ClaimKey{7}}};
        page.rows = {{kScope, 4, kCrn, {encodeChangeSet(first)}}};
        page.cursors[kScope] = 4;
        page.checksums[kScope] = rowChecksum(4, kCrn, {first.id()});
        QVERIFY(!store.pullReceived(page)->fresh_needed);
        QVERIFY(store.beginFreshPull());
        // Of another history of the same claim, and not all of it yet.
        const auto second = written(kCrn, "Davies");
        page.rows = {{kScope, 4, kCrn, {encodeChangeSet(second)}}};
        page.checksums.clear();
        page.more = true;
        QVERIFY(store.pullReceived(page));
        QCOMPARE(*vault->claimState(kCrn)->value("a/surname").text(), std::string("Jones"));
        // The end does not agree: nothing of it is taken.
        page.rows.clear();
        page.more = false;
        page.checksums[kScope] = 12345;
        QVERIFY(store.pullReceived(page)->fresh_needed);
        QCOMPARE(*vault->claimState(kCrn)->value("a/surname").text(), std::string("Jones"));
        page.checksums[kScope] = rowChecksum(4, kCrn, {second.id()});
        QVERIFY(!store.pullReceived(page)->fresh_needed);
        QCOMPARE(*vault->claimState(kCrn)->value("a/surname").text(), std::string("Davies"));
        QVERIFY(!store.pullPosition()->full);
    }

    void H28_a_tablet_that_is_too_far_behind_fetches_a_snapshot_in_ranges_and_then_pulls() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        const auto own = m_store->own().front().change_set;
        PullReply page;
        page.epoch = m_bench->epoch;
        page.rows = {{kScope, 4, kCrn, {encodeChangeSet(own)}}};
        page.cursors[kScope] = 4;
        page.checksums[kScope] = rowChecksum(4, kCrn, {own.id()});
        Bytes file;
        appendFrame(file, page);
        const std::string path = std::string("GET /v1/snapshots/") + kScope;
        m_bench->answer(410);
        QVERIFY(m_bench->asks(path));
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Receiving);
        QCOMPARE(m_bench->sent->headers.at("Range"), std::string("bytes=0-262143"));
        QVERIFY(!m_bench->sent->headers.contains("If-Match"));
        // A cut costs a range, which is halved.
        m_bench->cut();
        while (!m_bench->sent) m_bench->waitForTimer();
        QCOMPARE(m_bench->sent->headers.at("Range"), std::string("bytes=0-131071"));
        answerRange(file, 0, 10);
        QVERIFY(m_bench->asks(path));
        QCOMPARE(m_bench->sent->headers.at("Range"), std::string("bytes=10-262153"));
        QCOMPARE(m_bench->sent->headers.at("If-Match"), std::string("\"one\""));
        // The server has another by now.
        m_bench->answer(412);
        QVERIFY(m_bench->asks(path));
        QVERIFY(m_bench->sent->headers.at("Range").starts_with("bytes=0-"));
        QVERIFY(!m_bench->sent->headers.contains("If-Match"));
        // What is saved meanwhile goes first.
        save("a/surname", "Jones");
        m_bench->happens(SyncNow{});
        answerRange(file, 0, 10);
        m_bench->push();
        m_bench->hello();
        QVERIFY(m_bench->asks(path));
        answerRange(file, 10, file.size());
        const auto tail = m_bench->asked<PullRequest>();
        QVERIFY(tail.full);
        QCOMPARE(tail.cursors.at(kScope), 4U);
        QVERIFY(!m_store->own().front().in_ledger);
        auto last = m_bench->nothingNew();
        last.checksums = page.checksums;
        m_bench->answer(last);
        QVERIFY(m_bench->engine.idle());
        QVERIFY(m_store->own().front().in_ledger);
        QVERIFY(!m_store->pullPosition()->full);
    }

    void a_snapshot_that_makes_no_sense_is_tried_again_ever_more_seldom_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<QByteArray>("etag");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("the whole for a part") << 200 << QByteArray() << QByteArray("\"one\"") << QByteArray("abc");
        QTest::newRow("another part") << 206 << QByteArray("bytes 5-7/9") << QByteArray("\"one\"") << QByteArray("abc");
        QTest::newRow("no tag") << 206 << QByteArray("bytes 0-2/9") << QByteArray() << QByteArray("abc");
        QTest::newRow("longer than the whole")
            << 206 << QByteArray("bytes 0-2/2") << QByteArray("\"one\"") << QByteArray("abc");
        QTest::newRow("empty") << 206 << QByteArray("bytes 0-2/9") << QByteArray("\"one\"") << QByteArray();
        QTest::newRow("no frames") << 206 << QByteArray("bytes 0-7/9") << QByteArray("\"one\"")
                                   << QByteArray(
                                          "\xff\xff\xff\xff"
                                          "1234");
        QTest::newRow("gone") << 404 << QByteArray() << QByteArray() << QByteArray();
    }
    void a_snapshot_that_makes_no_sense_is_tried_again_ever_more_seldom() {
        QFETCH(int, status);
        QFETCH(QByteArray, range);
        QFETCH(QByteArray, etag);
        QFETCH(QByteArray, body);
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        m_bench->answer(410);
        int asked = 0;
        const auto began = m_bench->now;
        while (m_bench->now < began + 600'000) {
            if (m_bench->asks(std::string("GET /v1/snapshots/") + kScope)) {
                ++asked;
                std::map<std::string, std::string> headers;
                if (!range.isEmpty()) headers["content-range"] = range.toStdString();
                if (!etag.isEmpty()) headers["etag"] = etag.toStdString();
                m_bench->answer(status, Bytes(body.begin(), body.end()), headers);
                QVERIFY(m_bench->engine.status().phase == SyncPhase::Waiting);
            } else if (m_bench->asks("POST /v1/sessions")) {
                m_bench->session();
            } else if (m_bench->asks("POST /v1/sync/hello")) {
                m_bench->hello();
            } else {
                m_bench->waitForTimer();
            }
        }
        QVERIFY2(asked > 3 && asked < 20, qPrintable(QString::number(asked)));
    }

    void what_is_saved_is_sent_while_a_damaged_snapshot_waits_for_its_next_try() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        m_bench->answer(410);
        const auto path = std::string("GET /v1/snapshots/") + kScope;
        for (int i = 0; i < 4; ++i) {
            while (!m_bench->asks(path)) {
                if (m_bench->asks("POST /v1/sync/hello")) {
                    m_bench->hello();
                } else {
                    m_bench->waitForTimer();
                }
            }
            m_bench->answer(206, Bytes(8, 1), {{"content-range", "bytes 0-7/9"}, {"etag", "\"one\""}});
        }
        QVERIFY(m_bench->engine.status().phase == SyncPhase::Waiting);
        QVERIFY(m_bench->engine.status().retry_in_ms > 1'000);
        const auto tried_at = m_bench->now + m_bench->engine.status().retry_in_ms;
        save("a/surname", "Jones");
        m_bench->happens(Saved{});
        while (!m_bench->asks("POST /v1/sync/push")) m_bench->waitForTimer();
        QVERIFY(m_bench->now < tried_at);
        m_bench->push();
        QCOMPARE(m_store->counts()->sendable, 0U);
        // And what could not be read is not asked for any sooner.
        while (!m_bench->asks("POST /v1/sync/hello")) m_bench->waitForTimer();
        QVERIFY(m_bench->now >= tried_at);
    }

    void a_copy_that_never_agrees_is_not_called_up_to_date_and_is_asked_for_ever_more_seldom() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        int asked = 0;
        const auto began = m_bench->now;
        while (m_bench->now < began + 600'000) {
            if (m_bench->asks("POST /v1/sync/pull")) {
                ++asked;
                auto reply = m_bench->nothingNew();
                reply.checksums[kScope] = 12345;
                m_bench->answer(reply);
                QVERIFY(m_bench->engine.status().phase != SyncPhase::UpToDate);
            } else if (m_bench->asks("POST /v1/sync/hello")) {
                m_bench->hello();
            } else {
                m_bench->waitForTimer();
            }
        }
        QVERIFY2(asked > 3 && asked < 20, qPrintable(QString::number(asked)));
    }

    void images_go_beside_the_records_and_never_before_them() {
        begin();
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        QVERIFY(m_bench->asks("POST /v1/sync/push"));
        QVERIFY(!m_bench->image);  // the server does not know the claim yet
        m_bench->push();
        QVERIFY(m_bench->asks("POST /v1/sync/pull"));
        QVERIFY(m_bench->asksImage("POST /v1/uploads"));
        m_bench->pull();
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::SendingImages);
        QVERIFY(!m_bench->engine.idle());
        m_bench->takeImage();
        save("a/surname", "Jones");
        m_bench->happens(SyncNow{});
        QVERIFY(m_bench->asks("POST /v1/sync/push"));  // beside the part that is under way
        QVERIFY(m_bench->asksImage("PATCH /v1/uploads/x"));
        m_bench->takeImage();
        m_bench->push();
        m_bench->hello();
        m_bench->pull();
        while (m_bench->image) m_bench->takeImage();
        QVERIFY(m_bench->engine.idle());
        QCOMPARE(m_store->counts()->blobs_waiting, 0U);
    }

    void a_session_that_ends_is_opened_again_once_for_both() {
        begin();
        m_store->saveBlob(kCrn, Bytes(600'000, 3));
        m_bench->comeUp();
        m_bench->takeImage();
        m_bench->now += 60'000;
        m_bench->happens(SyncNow{});
        QVERIFY(m_bench->asks("POST /v1/sync/hello"));
        m_bench->answer(401);
        QVERIFY(m_bench->asks("POST /v1/sessions"));
        m_bench->session();
        m_bench->answerImage(401);  // sent with the old token
        QVERIFY(m_bench->asks("POST /v1/sync/hello"));
        m_bench->hello();
        QCOMPARE(m_bench->image->headers.at("Authorization"), std::string("Bearer token-2"));
        QVERIFY(m_bench->asksImage("HEAD /v1/uploads/x"));
    }

    void images_wait_for_a_network_that_costs_nothing_and_statements_do_not() {
        begin();
        m_store->saveBlob(kCrn, Bytes(1'000, 3));
        m_bench->happens(ImageRuleChanged{true});
        m_bench->happens(NetworkChanged{true, true});
        m_bench->comeUp();
        QVERIFY(!m_bench->image);
        QVERIFY(m_bench->engine.status().images_held);
        QVERIFY(m_bench->engine.idle());
        m_store->saveBlob(kCrn, Bytes(2'000, 4), true);
        m_bench->happens(SyncNow{});
        QCOMPARE(m_bench->image->headers.at("Upload-Length"), std::string("2000"));
        m_bench->takeImage();
        m_bench->takeImage();  // the announcement, and the bytes
        m_bench->happens(NetworkChanged{true, false});
        QCOMPARE(m_bench->image->headers.at("Upload-Length"), std::string("1000"));
        m_bench->happens(NetworkChanged{true, true});
        QVERIFY(!m_bench->image);  // cancelled
    }

    void the_poll_for_news_comes_while_a_large_image_goes_up() {
        begin();
        m_store->saveBlob(kCrn, Bytes(40'000'000, 3));
        m_bench->comeUp();
        const auto due = m_bench->timers.at(2);
        for (int i = 0; i < 3; ++i) {
            m_bench->now += 10'000;
            m_bench->takeImage();
        }
        QCOMPARE(m_bench->timers.at(2), due);
    }

    void a_wipe_is_told_when_what_was_saved_has_been_sent() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        auto reply = m_bench->helloReply();
        reply.orders = {"wipe"};
        m_bench->answer(reply);
        QVERIFY(m_bench->orders.empty());
        m_bench->push();
        QVERIFY((m_bench->orders == std::vector<std::string>{"wipe"}));
        m_bench->answer(403);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Refused);
    }

    void a_wipe_waits_ten_minutes_for_what_cannot_be_sent_and_no_longer() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        auto reply = m_bench->helloReply();
        reply.orders = {"wipe"};
        m_bench->answer(reply);
        m_bench->happens(NetworkChanged{false});
        QVERIFY(m_bench->orders.empty());
        constexpr int kWipeTimer = 9;
        QCOMPARE(m_bench->timers.at(kWipeTimer) - m_bench->now, 600'000);
        m_bench->now = m_bench->timers.at(kWipeTimer);
        m_bench->happens(TimerFired{kWipeTimer});
        QVERIFY((m_bench->orders == std::vector<std::string>{"wipe"}));
    }

    void hello_is_said_again_every_two_minutes_so_that_orders_reach_an_unlocked_tablet() {
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        m_bench->pull();
        QVERIFY(m_bench->engine.idle());
        for (int i = 0; i < 3 && m_bench->log.back() != "POST /v1/sync/hello"; ++i) {
            constexpr int kPollTimer = 2;
            m_bench->now = m_bench->timers.at(kPollTimer);
            m_bench->happens(TimerFired{kPollTimer});
            if (m_bench->log.back() == "POST /v1/sync/pull") m_bench->pull();
        }
        QCOMPARE(m_bench->log.back(), std::string("POST /v1/sync/hello"));
        auto reply = m_bench->helloReply();
        reply.orders = {"lock"};
        m_bench->answer(reply);
        QVERIFY((m_bench->orders == std::vector<std::string>{"lock"}));
    }

    void a_session_proves_the_key_that_lies_in_the_vault() {
        QTemporaryDir folder;
        SetClock clock;
        SeededRandom random;
        const auto vault = testVault(folder.path().toStdString(), clock, random);
        VaultSyncStore store(*vault);
        Bench bench(store, random);
        bench.happens(Started{});
        SessionReply first;
        first.nonce = Bytes(32, 7);
        bench.answer(first);
        const auto inflated = inflateBytes(bench.sent->body, kMaxInflatedBytes);
        const auto request = decode<SessionRequest>(*inflated).value();
        const auto ca = store.identity()->ca_key_hash;
        QVERIFY(request.store_key.has_value());
        QVERIFY(verifyEd25519(*request.store_key, storeMessage(testSetup().device, first.nonce, ca),
                              request.store_signature));
        QVERIFY(*request.store_key != vault->deviceKey().pair().public_key);
    }

    void a_wrong_one_time_code_is_told_and_not_tried_again_by_itself() {
        begin();
        m_bench->happens(Started{});
        SessionReply first;
        first.nonce = Bytes(32, 7);
        m_bench->answer(first);
        QCOMPARE(m_bench->asked<SessionRequest>().authors.size(), 1U);
        SessionReply second;
        second.token = "t";
        second.lasts_ms = kSessionMs;
        second.refused[m_store->author().text()] = "The one-time code is not right.";
        m_bench->answer(second);
        QVERIFY((m_bench->refusals == std::vector<std::string>{"The one-time code is not right."}));
        m_bench->hello();
        m_bench->pull();
        QCOMPARE(m_bench->engine.status().acknowledged, 0U);
        m_bench->now += kSessionMs;
        m_bench->happens(SyncNow{});
        m_bench->answer(first);
        QCOMPARE(m_bench->asked<SessionRequest>().authors.size(), 0U);
    }

    void pausing_and_being_offline_stop_everything_and_saves_stay() {
        begin();
        m_bench->happens(Started{});
        m_bench->happens(PauseChanged{true});
        QVERIFY(!m_bench->sent);
        QVERIFY(m_bench->timers.empty());
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Off);
        m_bench->happens(PauseChanged{false});
        QVERIFY(m_bench->sent);
        m_bench->happens(NetworkChanged{false});
        QVERIFY(!m_bench->sent);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Offline);
        m_bench->happens(NetworkChanged{true});
        m_bench->session();
        m_bench->hello();
        m_bench->push();
        QCOMPARE(m_store->counts()->acknowledged, 1U);
    }

    void H40_five_minutes_without_an_acknowledgement_are_said() {
        begin();
        m_bench->happens(Started{});
        for (int i = 0; i < 40 && !m_bench->engine.status().stalled; ++i) {
            if (m_bench->sent) m_bench->cut();
            m_bench->waitForTimer();
        }
        QVERIFY(m_bench->engine.status().stalled);
        QVERIFY(m_bench->now >= 300'000 && m_bench->now < 700'000);
    }

    void H40_a_server_that_counts_otherwise_is_said_by_count() {
        begin();
        m_bench->happens(Started{});
        m_bench->session();
        m_bench->hello();
        auto reply = m_bench->received();
        reply.results.front().through += 1;
        m_bench->answer(reply);
        m_bench->pull();
        const auto& status = m_bench->engine.status();
        QCOMPARE(status.saved, 1U);
        QCOMPARE(status.acknowledged, 1U);
        QCOMPARE(status.server_holds, 2U);
        QVERIFY(status.counts_differ);
    }

    void an_untrusted_certificate_is_said_as_such() {
        m_bench->happens(Started{});
        m_bench->cut(FailureKind::Untrusted);
        QCOMPARE(m_bench->engine.status().phase, SyncPhase::Untrusted);
    }

    void a_registration_that_the_store_could_not_note_is_asked_for_again() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        Bench bench(store, m_random);
        bench.happens(Started{});
        SessionReply reply;
        reply.nonce = Bytes(32, 7);
        bench.answer(reply);
        vault->lock();
        reply = {};
        reply.token = "token";
        reply.lasts_ms = kSessionMs;
        bench.answer(reply);
        QCOMPARE(bench.engine.status().phase, SyncPhase::StoreFailed);
        QVERIFY(vault->unlock(testOfficer("Bronwen Pugh").info.id, kPassphrase));
        QVERIFY(!store.unregisteredAuthors()->empty());
        bench.waitForTimer();
        QVERIFY(bench.asks("POST /v1/sessions"));
        bench.session();
        QVERIFY(store.unregisteredAuthors()->empty());
    }

    void H26_officer_b_sends_officer_as_work_in_the_order_of_saving() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        const auto a = vault->author();
        QVERIFY(
            vault->save({kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "p/1", ClaimKey{7}, "llanrwst", {}}));
        VaultSyncStore store(*vault);
        QVERIFY(store.authorRegistered(a));
        QVERIFY(vault->addOfficer(testOfficer("Carys Evans")));
        QVERIFY(vault->unlock(testOfficer("Carys Evans").info.id, kPassphrase));
        const auto b = vault->author();
        QVERIFY(vault->save({kCrn, {{Edit{"a/surname", "Jones", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {}}));
        Bench bench(store, m_random);
        bench.happens(Started{});
        bench.session();
        bench.hello();
        const auto push = bench.asked<PushRequest>();
        QCOMPARE(push.segments.size(), 2U);
        QVERIFY(push.segments[0].author == a && push.segments[1].author == b);
        bench.push();
        QCOMPARE(vault->claim(kCrn)->pending, 0U);
        QCOMPARE(vault->totals()->acknowledged, 2U);
    }

    void H07_only_what_was_sent_is_received_when_the_server_has_more_of_a_copied_store_data() {
        QTest::addColumn<bool>("fork");
        QTest::newRow("what was sent is on another branch") << true;
        QTest::newRow("what was sent was known") << false;
    }
    void H07_only_what_was_sent_is_received_when_the_server_has_more_of_a_copied_store() {
        QFETCH(bool, fork);
        const Payload begins{{Edit{"site", "llanrwst", {}}}, std::nullopt};
        const Payload later{{Edit{"a/surname", "Jones", {}}}, std::nullopt};
        const auto answer = [&](const Uuid& author) {
            PushReply reply;
            reply.results = {{author, 1, fork ? PushOutcome::Fork : PushOutcome::Received, 5, "copied", {}}};
            if (!fork) reply.results[0].notes = {{1, NoteKind::Duplicate, {}}};
            return reply;
        };
        auto memory = memoryStore(m_random);
        QVERIFY(memory.authorRegistered(memory.author()));
        memory.save(kCrn, begins, 0, ClaimKey{7});
        const auto sent = *memory.outbox(1U << 20U);
        memory.save(kCrn, later, 0);
        QVERIFY(memory.pushReceived(sent, answer(memory.author())));
        QCOMPARE(memory.counts()->acknowledged, 1U);
        QCOMPARE(memory.counts()->sendable, 1U);

        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        QVERIFY(store.authorRegistered(vault->author()));
        QVERIFY(vault->save({kCrn, begins, "p/1", ClaimKey{7}, "llanrwst", {}}));
        const auto sent_too = *store.outbox(1U << 20U);
        QVERIFY(vault->save({kCrn, later, "p/1", std::nullopt, {}, {}}));
        QVERIFY(store.pushReceived(sent_too, answer(vault->author())));
        QCOMPARE(store.counts()->acknowledged, 1U);
        QCOMPARE(store.counts()->sendable, 1U);
    }

    // The numbers of the lost history would tell a restored server that this tablet has read what it never was sent.
    void H51_what_is_saved_before_the_fresh_download_is_here_has_read_nothing_of_this_history() {
        const Payload begins{{Edit{"site", "llanrwst", {}}}, std::nullopt};
        const Payload later{{Edit{"a/rent", "70", {}}}, std::nullopt};
        const auto come = [&](SyncStore& store) {
            HelloReply hello;
            hello.epoch = Uuid{{1}};
            hello.scopes = {kScope};
            ENSURE(store.helloReceived(hello, 0).has_value());
            ENSURE(store.pullReceived(PullReply{Uuid(), 1, {}, {}, {{kScope, 9}}, false, {{kScope, 0}}}).has_value());
            hello.epoch = Uuid{{2}};
            ENSURE(store.helloReceived(hello, 0).has_value());
        };
        const auto seen = [&](SyncStore& store) {
            const auto outbox = store.outbox(1U << 20U);
            const auto header = decodeChangeSet(outbox->segments.back().change_sets.back())->header;
            return header.seen.contains(kScope) ? header.seen.at(kScope) : 0U;
        };
        auto memory = memoryStore(m_random);
        QVERIFY(memory.authorRegistered(memory.author()));
        memory.save(kCrn, begins, 0, ClaimKey{7});
        come(memory);
        memory.save(kCrn, later, 0);
        QCOMPARE(seen(memory), 0U);

        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        QVERIFY(store.authorRegistered(vault->author()));
        QVERIFY(vault->save({kCrn, begins, "p/1", ClaimKey{7}, "llanrwst", {}}));
        come(store);
        QVERIFY(vault->save({kCrn, later, "p/1", std::nullopt, {}, {}}));
        QCOMPARE(seen(store), 0U);
    }

    // The server that had ours is gone, and to the one from its backup a copy of this tablet has sent another branch.
    void H07_H51_what_lies_beside_another_branch_is_offered_again_to_a_restored_server_data() {
        QTest::addColumn<bool>("fork");
        QTest::newRow("it lay beside that branch before, too") << true;
        QTest::newRow("it was received before") << false;
    }
    void H07_H51_what_lies_beside_another_branch_is_offered_again_to_a_restored_server() {
        QFETCH(bool, fork);
        const Payload begins{{Edit{"site", "llanrwst", {}}}, std::nullopt};
        const auto told = [&](const Uuid& author) {
            PushReply reply;
            reply.results = {
                {author, 1, fork ? PushOutcome::Fork : PushOutcome::Received, fork ? 0U : 1U, "copied", {}}};
            return reply;
        };
        const auto helloOf = [](std::uint8_t epoch, const std::vector<Head>& heads) {
            HelloReply reply;
            reply.epoch = Uuid{{epoch}};
            reply.scopes = {kScope};
            reply.received = heads;
            return reply;
        };
        const auto tryOn = [&](SyncStore& store, const Uuid& author) {
            const std::vector<Head> other_branch{{author, 1, 1, Hash{9}}};
            ENSURE(store.helloReceived(helloOf(1, {}), 0).has_value());
            ENSURE(store.pushReceived(*store.outbox(1U << 20U), told(author)).has_value());
            if (fork) ENSURE(store.forked(author, 1).has_value());
            ENSURE(store.helloReceived(helloOf(1, fork ? other_branch : std::vector<Head>()), 0).has_value());
            ENSURE(store.counts()->sendable == 0);
            const auto others = store.helloReceived(helloOf(2, other_branch), 0);
            ENSURE(others.has_value() && others->empty() == fork);  // told once
            return store.counts()->sendable;
        };
        auto memory = memoryStore(m_random);
        QVERIFY(memory.authorRegistered(memory.author()));
        memory.save(kCrn, begins, 0, ClaimKey{7});
        QCOMPARE(tryOn(memory, memory.author()), 1U);

        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        QVERIFY(store.authorRegistered(vault->author()));
        QVERIFY(vault->save({kCrn, begins, "p/1", ClaimKey{7}, "llanrwst", {}}));
        QCOMPARE(tryOn(store, vault->author()), 1U);
    }

    void H41_received_comes_from_the_acknowledgement_alone() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        QVERIFY(vault->save(
            {kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "p/1", ClaimKey{7}, "llanrwst", {Bytes(10, 1)}}));
        VaultSyncStore store(*vault);
        Bench bench(store, m_random);
        bench.happens(Started{});
        bench.session();
        bench.hello();
        QCOMPARE(vault->claim(kCrn)->received, 0U);
        bench.cut();
        QCOMPARE(vault->claim(kCrn)->received, 0U);
        bench.waitForTimer();
        bench.push();
        QCOMPARE(vault->claim(kCrn)->received, 1U);
        QCOMPARE(vault->claim(kCrn)->pending_blobs, 1U);  // the image is not there yet (hazard H42)
        bench.answerImage(201, {{"location", "/v1/uploads/x"}, {"upload-offset", "10"}});
        QCOMPARE(vault->claim(kCrn)->pending_blobs, 0U);
    }

    void own_work_that_comes_back_becomes_the_base_and_a_colleagues_parked_row_waits_for_what_it_names() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        const auto begun =
            vault->save({kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "p/1", ClaimKey{7}, "llanrwst", {}});
        const auto named =
            vault->save({kCrn, put(*vault->claimState(kCrn), "a/surname", "Jones"), "p/1", std::nullopt, {}, {}});
        QVERIFY(begun && named);

        auto colleague = memoryStore(m_random);
        ChangeSetHeader header;
        header.author = colleague.author();
        header.incarnation = 1;
        header.counter = 1;
        header.claim = kCrn;
        header.pack = "p/1";
        const auto theirs = makeChangeSet(header, put(*vault->claimState(kCrn), "a/surname", "Davies"), ClaimKey{7});

        VaultSyncStore store(*vault);
        PullReply reply;
        const auto pullOne = [&](std::uint64_t seq, Bytes bytes) {
            reply.rows = {{kScope, seq, kCrn, {std::move(bytes)}}};
            reply.cursors[kScope] = seq;
            reply.more = true;
            return store.pullReceived(reply);
        };
        QVERIFY(pullOne(5, toBytes(begun->id())));
        QVERIFY(pullOne(6, encodeChangeSet(theirs)));  // names "Jones", which the ledger has not brought yet
        QVERIFY(vault->baseState(kCrn)->find("a/surname") == nullptr);
        QCOMPARE(*vault->claimState(kCrn)->value("a/surname").text(), std::string("Jones"));
        QVERIFY(pullOne(7, toBytes(named->id())));
        QCOMPARE(*vault->baseState(kCrn)->value("a/surname").text(), std::string("Davies"));
        QVERIFY(*vault->baseState(kCrn) == *vault->claimState(kCrn));
        QVERIFY(pullOne(7, toBytes(named->id())));  // the same reply again
        QCOMPARE(vault->changeSets(kCrn)->size(), 3U);
    }

    void a_pull_that_names_an_own_change_set_that_is_not_here_asks_for_a_fresh_one() {
        const QTemporaryDir folder;
        SetClock clock;
        auto vault = testVault(folder.path().toStdString(), clock, m_random);
        VaultSyncStore store(*vault);
        PullReply reply;
        reply.rows = {{kScope, 5, kCrn, {Bytes(16, 1)}}};
        reply.cursors[kScope] = 5;
        const auto outcome = store.pullReceived(reply);
        QVERIFY(outcome && outcome->fresh_needed);
        QVERIFY(vault->claims()->empty());
        QVERIFY(store.pullPosition()->cursors.empty());
    }

private:
    void begin() { m_store->save(kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, 1, ClaimKey{7}); }
    ChangeSet save(const std::string& path, const Value& value) {
        return m_store->save(kCrn, put(m_store->state(kCrn), path, value), 1);
    }
    void answerRange(const Bytes& file, std::size_t from, std::size_t to) {
        const auto range = "bytes " + std::to_string(from) + "-" + std::to_string(to - 1) + "/";
        m_bench->answer(206, toBytes(ByteView(file).subspan(from, to - from)),
                        {{"etag", "\"one\""}, {"content-range", range + std::to_string(file.size())}});
    }
    Hash authorKey() {
        SeededRandom random(7);
        KeyPair::make(random);
        return KeyPair::make(random).public_key;
    }

    SeededRandom m_random{7};
    std::unique_ptr<MemorySyncStore> m_store;
    std::unique_ptr<Bench> m_bench;
};

QTEST_GUILESS_MAIN(tst_SyncEngine)
#include "tst_sync_engine.moc"
