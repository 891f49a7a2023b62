#include "tests/shared/wire/vector_book.h"

#include "shared/crypto/sealed_box.h"
#include "shared/wire/cbor.h"
#include "shared/wire/device_messages.h"
#include "shared/wire/snapshot.h"
#include "shared/wire/work_export.h"
#include "tests/support/wire/counting_random.h"
#include "tests/support/wire/known_names.h"

namespace fieldclaim::test {
namespace {

constexpr const char* kCrn = "0123456789A0K";
constexpr const char* kScope = "site/llanrwst";
constexpr std::int64_t kTime = 1'168'851'600'000;  // 2007-01-15T09:00:00Z

ClaimKey claimKey() { return sha256(asBytes("the claim's key")); }
// Made once: an authority's signatures are others each time. Its private key is kept nowhere.
constexpr const char* kAuthority =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdzCCAR2gAwIBAgIUQhZOZi1oi95FxaIJAvsFYt4anwMwCgYIKoZIzj0EAwIw\n"
    "GDEWMBQGA1UEAwwNRmllbGRjbGFpbSBDQTAeFw0wNzAxMTQwMDAwMDBaFw0xNzAx\n"
    "MTQwMDAwMDBaMBgxFjAUBgNVBAMMDUZpZWxkY2xhaW0gQ0EwWTATBgcqhkjOPQIB\n"
    "BggqhkjOPQMBBwNCAAS1rVCjy9V5mM8QcobZSl4zGLx3wVS/iUD9+XAiim9q0dnF\n"
    "qa/dxyTej0p2V3alWexh1wNq587+9iSZBe9m7nzSo0UwQzASBgNVHRMBAf8ECDAG\n"
    "AQH/AgEAMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUlGI4c6Lg3es0jOzSfD3v\n"
    "oGhfoxgwCgYIKoZIzj0EAwIDSAAwRQIgPivtJg1Q1/Q7HHENSfzBZSm24lgF9QVS\n"
    "36WMSsoAOicCIQC7HnQmVZt5rwDENWS9L3oG1B9DT++I2uvV+EYLHgp+Hw==\n"
    "-----END CERTIFICATE-----\n";
constexpr const char* kNextAuthority =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBeDCCAR2gAwIBAgIUEEvrPFM2Y7hGgyKKAaYG3IvkQAkwCgYIKoZIzj0EAwIw\n"
    "GDEWMBQGA1UEAwwNRmllbGRjbGFpbSBDQTAeFw0wNzAxMTQwMDAwMDBaFw0xNzAx\n"
    "MTQwMDAwMDBaMBgxFjAUBgNVBAMMDUZpZWxkY2xhaW0gQ0EwWTATBgcqhkjOPQIB\n"
    "BggqhkjOPQMBBwNCAARX9Gyv2+kME5xHGShgWBktk/Ueqh5FumrJ6+C/2Z9brA32\n"
    "Pd0PlKJOW4pnpWDX9LeodRfn/plxxTOR4pP96p19o0UwQzASBgNVHRMBAf8ECDAG\n"
    "AQH/AgEAMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUqJmtiyzaEIYT2ukdiCqO\n"
    "3boa6cQwCgYIKoZIzj0EAwIDSQAwRgIhANhzULoGxsG9uYtS4saaeO345nNqSr39\n"
    "OML6850jxzvFAiEAposxIYSZYbSeJZWovu/BnmqbrCbHHtxXhmawns/o9ek=\n"
    "-----END CERTIFICATE-----\n";
constexpr const char* kPacksKeySigned =
    "304402201fb52d931a6a0f8553ecf54260c5a69d8152e59c742645d5f1bd85021b4e009602205db8"
    "eb773e4966b9ee0cafbb8d57609c9e5789860465860557f7259d4f62ce43";
constexpr const char* kNextAuthoritySigned =
    "3046022100824cd3ab9dc3f10fb50bac3fbc822da88a07a0f4be9b142b0830edd7f46d6d06022100"
    "e90209f2fc4e1a7f302051e83a93faab9174a90dfb88857d18202a4daaf0308e";

KeyPair packsKey() { return KeyPair::fromSecret(sha256(asBytes("the key that signs packs"))); }
KeyPair officerKey() { return KeyPair::fromSecret(sha256(asBytes("an officer's key"))); }
KeyPair deviceKey() { return KeyPair::fromSecret(sha256(asBytes("a device's key"))); }

Uuid uuid(std::uint8_t fill) {
    Uuid out;
    out.bytes.fill(fill);
    return out;
}

/// A chain of one author; each save is made when asked for.
class Chain {
public:
    explicit Chain(std::uint8_t author) { m_last.author = uuid(author); }
    ChangeSet save(Payload payload, std::map<std::string, std::uint64_t> seen = {}) {
        m_last.incarnation = 1;
        ++m_last.counter;
        m_last.seen = std::move(seen);
        m_last.claim = kCrn;
        m_last.device_time = kTime + static_cast<std::int64_t>(m_last.counter) * 15'000;
        m_last.device_uptime = 60'000 + static_cast<std::int64_t>(m_last.counter) * 15'000;
        m_last.pack = "working-age/2006.12.20-1";
        auto made = makeChangeSet(m_last, std::move(payload), claimKey());
        m_last.previous = made.hash;
        return made;
    }

private:
    ChangeSetHeader m_last;
};

/// What the vectors are about: Gwen's claim, begun by one officer and corrected by a colleague.
struct Story {
    Chain officer{0x11};
    Chain colleague{0x22};
    ChangeSet begun = officer.save({{{"site", "llanrwst", {}}, {"a/surname", "O'Brien", {}}}, std::nullopt});
    ChangeSet answered = officer.save({{{"a/town", "Llanrwst \xC5\xB5", {}}}, std::nullopt});
    ChangeSet changed = officer.save({{{"a/surname", "O'Brian", {begun.editId(1)}}}, std::nullopt});
    ChangeSet corrected = colleague.save(
        {{{"a/surname", "O'Brien", {changed.editId(0)}}, {"a/town", nullptr, {answered.editId(0)}}}, std::nullopt},
        {{kScope, 7}});
    ChangeSet submitted =
        officer.save({{}, Value(Value::Map{{"intent", "submit"}, {"digest", Hash{9}}})}, {{kScope, 8}});
};

Json recorded(const Value& value) { return {{"fields", toJson(value)}, {"hex", toHex(encodeCbor(value))}}; }

Json ofChangeSet(const ChangeSet& change_set) {
    return {{"header", toJson(*decodeCbor(change_set.header_bytes))},
            {"payload", toJson(*decodeCbor(change_set.payload_bytes))},
            {"hash", toHex(change_set.hash)},
            {"id", toHex(change_set.id())},
            {"hex", toHex(encodeChangeSet(change_set))}};
}

Segment segmentOf(const std::vector<ChangeSet>& run) {
    const auto& last = run.back();
    Segment out{last.header.author, last.header.incarnation, {}, {}};
    for (const auto& each : run) out.change_sets.push_back(encodeChangeSet(each));
    out.signature =
        signEd25519(officerKey().secret, segmentMessage(out.author, out.incarnation, last.header.counter, last.hash));
    return out;
}

/// What both sides know when the officer's first three change sets are rows 6 and 7 of the ledger.
KnownNames knownNames(const Story& story) {
    KnownNames out;
    out.keys[kCrn] = claimKey();
    for (const auto* own : {&story.begun, &story.answered, &story.changed}) {
        const auto& header = own->header;
        out.chain[{header.author, header.incarnation, header.counter}] = own->id();
    }
    out.ledger[{kCrn, {6, 0}}] = story.begun.id();
    out.ledger[{kCrn, {6, 1}}] = story.answered.id();
    out.ledger[{kCrn, {7, 0}}] = story.changed.id();
    return out;
}

template <typename Message>
Json ofMessage(const Message& message) {
    const auto bytes = encode(message);
    return {{"fields", toJson(*decodeCbor(bytes))}, {"hex", toHex(bytes)}};
}

}  // namespace

Json toJson(const Value& value) {
    if (value.isNull()) return nullptr;
    if (const auto* flag = value.boolean()) return *flag;
    if (const auto* number = value.integer()) return *number;
    if (const auto* text = value.text()) return *text;
    if (const auto* bytes = value.bytes()) return "h'" + toHex(*bytes) + "'";
    Json out;
    if (const auto* list = value.list()) {
        out = Json::array();
        for (const auto& item : *list) out.push_back(toJson(item));
        return out;
    }
    out = Json::object();
    for (const auto& [key, item] : *value.map()) out[key] = toJson(item);
    return out;
}

Value fromJson(const Json& json) {
    if (json.is_null()) return {};
    if (json.is_boolean()) return {json.get<bool>()};
    if (json.is_number()) return {json.get<std::int64_t>()};
    if (json.is_string()) {
        const auto text = json.get<std::string>();
        if (!text.starts_with("h'")) return {text};
        return {*fromHex(std::string_view(text).substr(2, text.size() - 3))};
    }
    if (json.is_array()) {
        Value::List list;
        for (const auto& item : json) list.push_back(fromJson(item));
        return list;
    }
    Value::Map map;
    for (const auto& [key, item] : json.items()) map.emplace(key, fromJson(item));
    return map;
}

Json changeSetVectors() {
    Story story;
    return {{"claim_key", toHex(claimKey())},
            {"change_sets",
             {{"a claim begins", ofChangeSet(story.begun)},
              {"an answer", ofChangeSet(story.answered)},
              {"an answer changed", ofChangeSet(story.changed)},
              {"a colleague's correction, which takes a value away", ofChangeSet(story.corrected)},
              {"an intent", ofChangeSet(story.submitted)}}}};
}

Json segmentVectors() {
    Story story;
    const auto pair = officerKey();
    Json out{{"author_public_key", toHex(pair.public_key)}, {"claim_key", toHex(claimKey())}};
    const auto whole = segmentOf({story.begun, story.answered, story.changed});
    auto packed = whole;
    auto names = knownNames(story);
    names.chain.clear();
    ENSURE(packSegment(packed, names).has_value());
    out["segments"] = {{"whole", recorded(encodeSegment(whole))},
                       {"the same, packed", recorded(encodeSegment(packed))}};
    return out;
}

Json pageVectors() {
    Story story;
    PullReply reply;
    const auto id = story.changed.id();
    reply.rows = {{kScope, 7, kCrn, {Bytes(id.begin(), id.end())}},
                  {kScope, 8, kCrn, {encodeChangeSet(story.corrected)}},
                  {kScope, 9, kCrn, {encodeChangeSet(story.submitted), Bytes{0x41}}}};
    Json whole = Json::array();
    for (const auto& row : reply.rows) {
        Json change_sets = Json::array();
        for (const auto& bytes : row.change_sets) change_sets.push_back(toHex(bytes));
        whole.push_back({{"scope", row.scope}, {"seq", row.seq}, {"claim", row.claim}, {"change_sets", change_sets}});
    }
    auto names = knownNames(story);
    names.ledger.erase({kCrn, {7, 0}});
    ENSURE(packRows(reply, names).has_value());
    return {{"claim_key", toHex(claimKey())},
            {"reader_has",
             {{"chain", {{{"author", toHex(uuid(0x11).bytes)}, {"incarnation", 1}, {"counter", 3}, {"id", toHex(id)}}}},
              {"ledger",
               {{{"seq", 6}, {"place", 0}, {"id", toHex(story.begun.id())}},
                {{"seq", 6}, {"place", 1}, {"id", toHex(story.answered.id())}}}}}},
            {"rows", whole},
            {"packed", recorded(reply.packed)}};
}

Json snapshotVectors() {
    Story story;
    const std::vector<std::vector<ChangeSet>> rows{{story.begun, story.answered}, {story.changed, story.corrected}};
    Json pages = Json::array();
    Bytes body;
    std::uint64_t checksum = 0;
    for (std::uint64_t i = 0; i < rows.size(); ++i) {
        const auto seq = 6 + 2 * i;
        PullRow row{kScope, seq, kCrn, {}};
        std::vector<ChangeSetId> ids;
        for (const auto& change_set : rows[i]) {
            row.change_sets.push_back(encodeChangeSet(change_set));
            ids.push_back(change_set.id());
        }
        checksum ^= rowChecksum(seq, kCrn, ids);
        PullReply page;
        page.epoch = uuid(0x55);
        page.rows = {std::move(row)};
        page.more = i + 1 < rows.size();
        if (i == 0) page.keys = {{kCrn, claimKey()}};
        if (!page.more) {
            page.cursors = {{kScope, 8}};
            page.checksums = {{kScope, checksum}};
        }
        KnownNames names;
        names.keys = {{kCrn, claimKey()}};
        ENSURE(packRows(page, names).has_value());
        pages.push_back(ofMessage(page));
        appendFrame(body, page);
    }
    return {{"claim_key", toHex(claimKey())}, {"pages", pages}, {"body", toHex(body)}};
}

Json exportVectors() {
    Story story;
    CountingRandom chance;
    const auto recovery = BoxKeyPair::fromSecret(sha256(asBytes("a server's recovery key")));
    const auto store = KeyPair::fromSecret(sha256(asBytes("a store's key")));
    const auto image = toBytes(asBytes("an image"));
    ExportHead head{uuid(0x33), {0x44}, kTime, recovery.public_key, sha256(asBytes("an authority's key")), {}};
    auto cipher = *ExportCipher::begin(head, chance);
    std::vector<Bytes> parts{
        encodeExportHead(head), cipher.seal(ExportStart{"fieldclaim-tablet/0.1.0", {}}, chance),
        cipher.seal(ExportRecords{{{kCrn, claimKey()}}, {segmentOf({story.begun, story.answered, story.changed})}},
                    chance),
        cipher.seal(ExportBlobPart{sha256(image), kCrn, image.size(), 0, image}, chance)};
    Bytes file = toBytes(asBytes(kExportMagic));
    const auto append = [&](const Bytes& part) {
        const auto framed = framedExportPart(part);
        file.insert(file.end(), framed.begin(), framed.end());
    };
    for (const auto& part : parts) append(part);
    const auto digest = sha256(file);
    parts.push_back(
        cipher.seal(ExportEnd{3, 1, signEd25519(deviceKey().secret, exportDeviceMessage(head.device, digest)),
                              store.public_key, signEd25519(store.secret, exportStoreMessage(head.device, digest))},
                    chance));
    append(parts.back());

    // Opened step by step, as docs/protocol.md says it.
    const auto key = *openSealed(recovery.secret, head.sealed_key,
                                 encodeCbor(Value::List{"fieldclaim/export-key/1", head.device.bytes, head.id}));
    Json frames = Json::array();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto context = encodeCbor(
            Value::List{"fieldclaim/export-frame/1", sha256(parts.front()), Value(static_cast<std::int64_t>(i - 1))});
        const auto plain = *openAesGcm(*toArray<32>(key), parts[i], context);
        frames.push_back(recorded(*decodeCbor(plain)));
    }
    return {{"recovery_secret_key", toHex(recovery.secret)},
            {"device_public_key", toHex(deviceKey().public_key)},
            {"head", recorded(*decodeCbor(parts.front()))},
            {"file_key", toHex(key)},
            {"frames", std::move(frames)},
            {"file", toHex(file)}};
}

Json messageVectors() {
    Story story;
    const auto device = uuid(0x33);
    const auto officer = uuid(0x44);
    const auto epoch = uuid(0x55);
    const auto pair = deviceKey();
    const Hash ca{7};
    const Bytes nonce(32, 0x66);
    const Head head{story.changed.header.author, 1, 3, story.changed.hash};
    const OfficerInfo info{officer, "Si\xC3\xA2n Pritchard", "assessor", "llanrwst"};

    EnrolRequest enrol;
    enrol.secret = Bytes(8, 0x05);
    enrol.device_key = pair.public_key;
    enrol.device_name = "Tablet 4";
    enrol.proof = signEd25519(pair.secret, enrolMessage(enrol.secret, enrol.device_key));
    EnrolReply enrolled;
    enrolled.device = device;
    enrolled.site = "llanrwst";
    enrolled.site_name = "Llanrwst village hall";
    enrolled.officers = {info};

    SessionRequest first;
    first.device = device;
    SessionReply given;
    given.nonce = nonce;
    SessionRequest second;
    second.device = device;
    second.nonce = nonce;
    second.signature = signEd25519(pair.secret, sessionMessage(device, nonce, ca));
    const auto key = officerKey();
    second.authors = {{head.author, officer, "ABCD-EFGH-JKMN", key.public_key,
                       signEd25519(key.secret, authorMessage(head.author, officer, nonce, ca))}};
    SessionReply opened;
    opened.token = "a-token";
    opened.lasts_ms = kSessionMs;
    opened.refused = {{uuid(0x77).text(), "The code is wrong, used or out of time."}};

    HelloRequest hello;
    hello.app = "fieldclaim-tablet/0.1.0";
    hello.epoch = epoch;
    hello.heads = {head};
    hello.cursors = {{kScope, 9}};
    hello.pending = 3;
    HelloReply welcome;
    welcome.epoch = epoch;
    welcome.server_time = kTime;
    welcome.server_author = uuid(0x88);
    welcome.received = {head};
    welcome.scopes = {kScope};
    welcome.packs = {{"working-age", "2006.12.20-1", Hash{4}}};
    welcome.officers = {info};
    welcome.orders = {"lock"};

    auto vouched = welcome;
    vouched.packs.front().signature = signEd25519(packsKey().secret, packMessage(vouched.packs.front()));
    vouched.packs_key = VouchedKey{packsKey().public_key, *fromHex(kPacksKeySigned)};
    vouched.next_authority = VouchedAuthority{kNextAuthority, *fromHex(kNextAuthoritySigned)};

    PushRequest push;
    push.epoch = epoch;
    push.keys = {{kCrn, claimKey()}};
    push.segments = {segmentOf({story.begun, story.answered, story.changed})};
    auto packed = push;
    KnownNames names;
    names.keys = push.keys;
    ENSURE(packSegment(packed.segments.front(), names).has_value());
    PushReply pushed;
    pushed.epoch = epoch;
    pushed.server_time = kTime;
    pushed.results = {{head.author, 1, PushOutcome::Received, 3, {}, {{2, NoteKind::Duplicate, {}}}},
                      {uuid(0x22), 1, PushOutcome::SendWhole, 0, {}, {}}};

    PullRequest pull;
    pull.epoch = epoch;
    pull.cursors = {{kScope, 6}};
    PullReply pulled;
    pulled.epoch = epoch;
    pulled.server_time = kTime;
    pulled.rows = {{kScope, 8, kCrn, {encodeChangeSet(story.corrected)}}};
    pulled.keys = push.keys;
    pulled.cursors = {{kScope, 8}};
    pulled.checksums = {{kScope, rowChecksum(8, kCrn, {story.corrected.id()})}};
    pulled.purge = {{"0000000000000", PurgeKind::Drop, 5}};
    auto page = pulled;
    auto known = knownNames(story);
    ENSURE(packRows(page, known).has_value());

    DeviceOrdersRequest orders;
    orders.pending = 3;
    DeviceOrdersReply ordered;
    ordered.server_time = kTime;
    ordered.orders = {std::string(kLockOrder)};

    return {{"device_secret_key", toHex(pair.secret)},
            {"officer_secret_key", toHex(key.secret)},
            {"packs_secret_key", toHex(packsKey().secret)},
            {"authority", kAuthority},
            {"ca_key_hash", toHex(ca)},
            {"messages",
             {{"POST /v1/devices, request", ofMessage(enrol)},
              {"POST /v1/devices, reply", ofMessage(enrolled)},
              {"POST /v1/sessions, first request", ofMessage(first)},
              {"POST /v1/sessions, first reply", ofMessage(given)},
              {"POST /v1/sessions, second request", ofMessage(second)},
              {"POST /v1/sessions, second reply", ofMessage(opened)},
              {"POST /v1/device/orders, request", ofMessage(orders)},
              {"POST /v1/device/orders, reply", ofMessage(ordered)},
              {"POST /v1/sync/hello, request", ofMessage(hello)},
              {"POST /v1/sync/hello, reply", ofMessage(welcome)},
              {"POST /v1/sync/hello, reply, vouched for", ofMessage(vouched)},
              {"POST /v1/sync/push, request, packed", ofMessage(packed)},
              {"POST /v1/sync/push, request, whole", ofMessage(push)},
              {"POST /v1/sync/push, reply", ofMessage(pushed)},
              {"POST /v1/sync/pull, request", ofMessage(pull)},
              {"POST /v1/sync/pull, reply, packed", ofMessage(page)},
              {"POST /v1/sync/pull, reply, whole", ofMessage(pulled)}}}};
}

}  // namespace fieldclaim::test
