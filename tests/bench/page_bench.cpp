#include <cctype>
#include <fstream>

#include "shared/wire/compression.h"
#include "shared/wire/packing.h"
#include "sync-server/service/ledger_names.h"
#include "tests/bench/figures.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::bench {
namespace {

using test::FakeTablet;

constexpr std::size_t kFirstAnswers = 400;
constexpr std::size_t kChangedAnswers = 100;
constexpr double kBitsPerMs = 256.0;
constexpr double kRoundTripMs = 600.0;

/// Another customer's answer of the same kind: choices stay, names and numbers are others.
std::string another(const std::string& text, Random& random) {
    bool free_text = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        free_text = free_text || std::isupper(byte) != 0 || std::isdigit(byte) != 0;
    }
    if (!free_text) return text;
    auto out = text;
    for (auto& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isdigit(byte) != 0) c = static_cast<char>('0' + random.next() % 10);
        if (std::islower(byte) != 0) c = static_cast<char>('a' + random.next() % 26);
        if (std::isupper(byte) != 0) c = static_cast<char>('A' + random.next() % 26);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> customer() {
    std::ifstream file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
    ENSURE(file.is_open());
    std::vector<std::pair<std::string, std::string>> out;
    const auto answers = nlohmann::ordered_json::parse(file);
    for (const auto& [question, answer] : answers.items()) {
        if (!answer.get<std::string>().empty()) out.emplace_back("a/" + question, answer.get<std::string>());
    }
    return out;
}

}  // namespace

/// What a tablet fetches after a morning in which two colleagues, online, gave 400 first answers on six claims and
/// changed 100 of them, their own and each other's. Every answer is a change set; every few are a push of their own.
Figures benchPage(const Arguments& arguments) {
    const auto found = arguments.find("--folder");
    const WorkFolder folder(found == arguments.end() ? std::string() : found->second);
    server::Server::Options options;
    options.data = folder.path() + "/server";
    options.inline_writer = true;
    test::TestServer server(options);
    FakeTablet reader(server.clock, server.random, "Reader");
    FakeTablet one(server.clock, server.random, "One");
    FakeTablet two(server.clock, server.random, "Two");
    must(reader.join(*server));
    must(one.join(*server, "caernarfon", "Siân Pritchard"));
    must(two.join(*server, "caernarfon", "Carys Hughes"));
    auto& random = server.random;

    const auto answers = customer();
    struct Capture {
        FakeTablet* by;
        std::string crn;
        std::size_t next;
    };
    std::vector<Capture> captures;
    std::vector<std::pair<std::string, std::size_t>> given;
    for (std::size_t i = 0; i < 6; ++i) {
        auto& by = i % 2 == 0 ? one : two;
        captures.push_back({&by, by.beginClaim(), 0});
    }
    const auto sync = [&](FakeTablet& tablet) {
        must(tablet.signIn(*server));  // a session is short and the morning long
        must(tablet.push(*server));
        must(tablet.pull(*server));
    };
    const auto share = [&](FakeTablet& tablet) {
        if (random.next() % 3 == 0) sync(tablet);
    };
    const auto answer = [&](FakeTablet& by, const std::string& crn, std::size_t question) {
        server.clock.advance(static_cast<std::int64_t>(2'000 + random.next() % 40'000));
        by.save(crn, answers[question].first, Value(another(answers[question].second, random)));
        share(by);
    };
    for (std::size_t i = 0; i < kFirstAnswers; ++i) {
        auto& capture = captures[(i / 40) % captures.size() / 2 * 2 + i % 2];
        if (capture.next == answers.size()) capture.next = 0;
        given.emplace_back(capture.crn, capture.next);
        answer(*capture.by, capture.crn, capture.next++);
    }
    for (auto* const tablet : {&one, &two, &one, &two}) sync(*tablet);
    for (std::size_t i = 0; i < kChangedAnswers; ++i) {
        const auto& [crn, question] = given[random.next() % given.size()];
        answer(random.next() % 2 == 0 ? one : two, crn, question);
    }
    sync(one);
    sync(two);
    must(reader.signIn(*server));

    const test::ApiWire wire(*server, server.clock, server.metrics);
    PullRequest request;
    request.epoch = server->identity().epoch;
    Figures out;
    std::size_t packed_bytes = 0;
    for (const bool whole : {true, false}) {
        request.whole = whole;
        const auto body = deflateBytes(encode(request));
        const auto reply = wire.call("POST", "/v1/sync/pull",
                                     {{"Authorization", "Bearer " + reader.token()},
                                      {"Content-Type", std::string(kCborType)},
                                      {"Content-Encoding", "deflate"},
                                      {"Accept-Encoding", "deflate"}},
                                     body, "bench");
        ENSURE(reply.status == 200);
        const auto plain = must(inflateBytes(reply.body, 2 * kMaxInflatedBytes));
        auto message = must(decode<PullReply>(plain));
        ENSURE(!message.more);
        if (!whole) {
            packed_bytes = reply.body.size();
            const auto rows = must(server->store().read([&](const server::LedgerSnapshot& now) {
                server::LedgerNames names(now, message.keys);
                return unpackRows(message, names);
            }));
            std::size_t change_sets = 0;
            for (const auto& row : rows) change_sets += row.change_sets.size();
            out["rows"] = rows.size();
            out["change sets"] = change_sets;
        }
        out[whole ? "bytes down, whole" : "bytes down"] = reply.body.size();
        out[whole ? "bytes down, whole, not compressed" : "bytes down, not compressed"] = plain.size();
    }
    out["ms at 256 kbit/s and 600 ms"] = kRoundTripMs + static_cast<double>(packed_bytes) * 8.0 / kBitsPerMs;
    return out;
}

}  // namespace fieldclaim::bench
