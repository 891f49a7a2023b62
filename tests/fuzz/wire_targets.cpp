#include "shared/crypto/crypto.h"
#include "shared/domain/seal.h"
#include "shared/domain/statement.h"
#include "shared/merge/claim_state.h"
#include "shared/wire/cbor.h"
#include "shared/wire/compression.h"
#include "shared/wire/protocol.h"
#include "tests/fuzz/targets.h"
#include "tests/support/tablet/test_seams.h"

namespace fieldclaim::fuzz {
namespace {

constexpr std::size_t kMostInflated = 64U << 10U;

/// A few change sets of one author in one claim: a beginning, an answer, a change of it, a repeat, an intent.
struct Sample {
    Sample() {
        random.fill(key.data(), key.size());
        add({{{"site", Value("caernarfon"), {}}}, std::nullopt});
        add({{state.edit("a/surname", Value("Hughes"))}, std::nullopt});
        add({{state.edit("a/surname", Value("Parry")), state.edit("a/jobs/j1/jb_net", Value("120.50"))}, std::nullopt});
        add({{state.edit("a/nino", Value(Value::Map{{"absent", Value("not_known")}, {"note", Value("later")}}))},
             std::nullopt});
        add({{}, Value(Value::Map{{"intent", Value("withdraw")}, {"reason", Value("asked")}})});
    }
    void add(Payload payload) {
        ChangeSetHeader header;
        header.author = author;
        header.incarnation = 1;
        header.counter = chain.size() + 1;
        if (!chain.empty()) header.previous = chain.back().hash;
        header.seen = {{"site/caernarfon", 7}};
        header.claim = crn;
        header.device_time = 1'167'825'600'000 + static_cast<std::int64_t>(chain.size()) * 9'000;
        header.device_uptime = 1'000;
        header.pack = "working-age/1";
        chain.push_back(makeChangeSet(std::move(header), std::move(payload), key));
        state.apply(chain.back());
    }

    test::SeededRandom random{3};
    test::ManualClock clock;
    std::string crn = Crn::make(random);
    Uuid author = Uuid::make(clock, random);
    KeyPair keys = KeyPair::make(random);
    ClaimKey key{};
    ClaimState state;
    std::vector<ChangeSet> chain;

    Segment segment() const {
        Segment out{author, 1, {}, {}};
        for (const auto& each : chain) out.change_sets.push_back(encodeChangeSet(each));
        out.signature =
            signEd25519(keys.secret, segmentMessage(author, 1, chain.back().header.counter, chain.back().hash));
        return out;
    }
};

/// What decodes can be written, and what was written reads as the same bytes.
template <typename Message>
Target message(const std::string& name, const Message& sample) {
    return {name,
            [](ByteView input) {
                const auto first = decode<Message>(input);
                if (!first) return;
                const auto bytes = encode(*first);
                const auto second = decode<Message>(bytes);
                promise(second.has_value(), "a message that was read can be written and read");
                promise(encode(*second) == bytes, "a message has one form");
            },
            {encode(sample)}};
}

std::vector<Target> messages(const Sample& sample) {
    const auto id = sample.author;
    const Hash hash = sample.chain.back().hash;
    std::vector<Bytes> rows;
    for (const auto& each : sample.chain) rows.push_back(encodeChangeSet(each));
    HelloRequest hello;
    hello.app = "fuzz";
    hello.epoch = id;
    hello.heads = {{id, 1, 5, hash}};
    hello.cursors = {{"site/caernarfon", 12}};
    HelloReply helloed;
    helloed.epoch = id;
    helloed.server_author = id;
    helloed.received = hello.heads;
    helloed.scopes = {"site/caernarfon"};
    helloed.packs = {{"working-age", "1", hash, Bytes(64, 5)}};
    helloed.packs_key = VouchedKey{hash, Bytes(71, 6)};
    helloed.next_authority = VouchedAuthority{"-----BEGIN CERTIFICATE-----", Bytes(71, 7)};
    helloed.officers = {{id, "Carys Hughes", "assessor", "caernarfon"}};
    helloed.orders = {"lock"};
    PushReply pushed;
    pushed.epoch = id;
    pushed.results = {{id, 1, PushOutcome::Received, 5, "", {{3, NoteKind::Parked, "waits"}}}};
    PullReply pulled;
    pulled.epoch = id;
    pulled.rows = {{"site/caernarfon", 9, sample.crn, rows}};
    pulled.keys = {{sample.crn, sample.key}};
    pulled.cursors = {{"site/caernarfon", 9}};
    pulled.checksums = {{"site/caernarfon", 77}};
    return {message("enrol-request", EnrolRequest{Bytes(8, 1), hash, "Tablet", Bytes(64, 2)}),
            message("enrol-reply", EnrolReply{id, "caernarfon", "Caernarfon", helloed.officers}),
            message("session-request", SessionRequest{id, Bytes(32, 1), Bytes(64, 2), {{id, id, "c", hash, {}}}}),
            message("session-reply", SessionReply{{}, "token", 900'000, {{"a", "no"}}}),
            message("hello-request", hello),
            message("hello-reply", helloed),
            message("push-request", PushRequest{id, pulled.keys, {sample.segment()}}),
            message("push-reply", pushed),
            message("pull-request", PullRequest{id, hello.cursors, false}),
            message("pull-reply", pulled)};
}

}  // namespace

std::vector<Target> wireTargets() {
    const Sample sample;
    std::vector<Bytes> change_sets;
    std::vector<Bytes> signed_headers;
    for (const auto& each : sample.chain) {
        change_sets.push_back(encodeChangeSet(each));
        signed_headers.push_back(each.header_bytes);
    }
    test::SeededRandom random(4);
    const auto code = EnrolmentCode::make(Hash{1}, random).text();
    const auto statement = encodeStatement({sample.crn, "working-age/1", {}, "2007-01-03", {{"nino", {}}}, {}}).bytes;
    // What a decoder refuses from the start says nothing about what it does with its like.
    for (const auto& bytes : change_sets) ENSURE(decodeChangeSet(bytes).has_value());
    ENSURE(checkSegment(sample.segment(), sample.keys.public_key).has_value());
    ENSURE(decodeStatement(statement).has_value());
    ENSURE(EnrolmentCode::parse(code).has_value());
    std::vector<Target> out{
        {"cbor",
         [](ByteView input) {
             const auto value = decodeCbor(input);
             if (value) promise(encodeCbor(*value) == toBytes(input), "CBOR has one form");
         },
         change_sets},
        {"change-set",
         [](ByteView input) {
             const auto read = decodeChangeSet(input);
             if (!read) return;
             promise(encodeChangeSet(*read) == toBytes(input), "a change set's bytes are kept as they came");
             ClaimState state;
             state.apply(*read);
             state.applyRegardless(*read);
             const auto bytes = encodeClaimState(state);
             const auto again = decodeClaimState(bytes);
             promise(again && *again == state, "a claim's state is kept whole");
         },
         change_sets},
        {"segment",
         // Hazard H37: a payload is held by its header's hash, all else by the signature.
         [key = sample.keys.public_key, signed_headers](ByteView input) {
             const auto value = decodeCbor(input);
             if (!value) return;
             const auto read = decodeSegment(*value);
             if (!read) return;
             promise(encodeCbor(encodeSegment(*read)) == toBytes(input), "a segment has one form");
             promise(!checkSegment(*read, Hash{}).has_value(), "no segment is signed by no key");
             const auto checked = checkSegment(*read, key);
             if (!checked) return;
             promise(checked->items.size() <= signed_headers.size(), "a segment is no longer than what was signed");
             const auto first = signed_headers.size() - checked->items.size();
             for (std::size_t i = 0; i < checked->items.size(); ++i)
                 promise(checked->items[i].header_bytes == signed_headers[first + i], "only what was signed is taken");
         },
         {encodeCbor(encodeSegment(sample.segment()))}},
        {"claim-state",
         [](ByteView input) {
             const auto read = decodeClaimState(input);
             if (!read) return;
             const auto again = decodeClaimState(encodeClaimState(*read));
             promise(again && *again == *read, "a claim's state reads as it was written");
         },
         {encodeClaimState(sample.state)}},
        {"inflate",
         [](ByteView input) {
             const auto plain = inflateBytes(input, kMostInflated);
             if (plain) promise(plain->size() <= kMostInflated, "no more comes out than was allowed");
         },
         {deflateBytes(change_sets[1]), deflateBytes(Bytes(kMostInflated + 1, 0))}},
        {"statement",
         [](ByteView input) {
             const auto read = decodeStatement(input);
             if (read) promise(encodeStatement(*read).bytes == toBytes(input), "a statement has one form");
         },
         {statement}},
        {"seal",
         [](ByteView input) {
             const auto value = decodeCbor(input);
             if (value) static_cast<void>(decodeSeal("0190", *value));
         },
         {encodeCbor(encodeSeal({}))}},
        {"enrolment-code",
         [](ByteView input) {
             const auto read = EnrolmentCode::parse(asText(input));
             if (!read) return;
             const auto again = EnrolmentCode::parse(read->text());
             promise(again && again->secret == read->secret, "a code reads as it was written");
         },
         {toBytes(asBytes(code))}},
        {"claim-number",
         [](ByteView input) {
             const auto read = Crn::parse(asText(input));
             if (read) promise(Crn::parse(Crn::display(*read)) == *read, "a claim number reads as it is shown");
         },
         {toBytes(asBytes(Crn::display(sample.crn)))}},
        {"archive",
         [](ByteView input) {
             const auto files = decodeArchive(input);
             if (files) promise(encodeArchive(*files) == toBytes(input), "an archive has one form");
         },
         {encodeArchive({{"survey.csv", "type,name\n"}})}},
    };
    for (auto& each : messages(sample)) out.push_back(std::move(each));
    return out;
}

}  // namespace fieldclaim::fuzz
