#include <atomic>
#include <mutex>
#include <thread>

#include "tests/bench/figures.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::bench {
namespace {

using namespace test;

constexpr std::size_t kChangeSetsASegment = 10;
constexpr std::size_t kSegmentsAClaim = 20;  // about 200 change sets a claim (architecture, part 13)
constexpr std::uint64_t kSite = 1;

struct Load {
    std::string token;
    std::vector<Bytes> requests;  ///< encoded, in the order of the chain
    std::size_t done = 0;
    std::vector<double> times_ms;
};

Load prepare(TestServer& server, std::size_t number, std::size_t segments) {
    SeededRandom random(number + 1);
    FakeTablet tablet(server.clock, random, "Tablet " + std::to_string(number));
    must(tablet.join(*server, "caernarfon", "Officer " + std::to_string(number)));
    Load out;
    out.token = tablet.token();
    std::string crn;
    for (std::size_t i = 0; i < segments; ++i) {
        const auto from = tablet.counter() + 1;
        std::size_t saved = 0;
        if (i % kSegmentsAClaim == 0) {
            crn = tablet.beginClaim("caernarfon");
            saved = 1;
        }
        for (; saved < kChangeSetsASegment; ++saved) {
            const auto question = "a/q" + std::to_string((i * kChangeSetsASegment + saved) % 160);
            tablet.save(crn, question, Value("An answer of usual length " + std::to_string(i)));
        }
        auto request = tablet.pushRequest(from);
        std::erase_if(request.keys, [&](const auto& key) { return key.first != crn; });
        out.requests.push_back(encode(request));
    }
    return out;
}

void drive(server::Server& server, Load& load, const std::atomic<bool>& stop) {
    for (const auto& body : load.requests) {
        if (stop) return;
        load.times_ms.push_back(timed([&] {
            const auto session = must(server.sessions().check(load.token));
            const auto reply = must(server.sync().push(session, must(decode<PushRequest>(body))));
            ENSURE(reply.results.size() == 1 && reply.results[0].outcome == PushOutcome::Received);
            ENSURE(reply.results[0].notes.empty());
            static_cast<void>(encode(reply));
        }));
        ++load.done;
    }
}

}  // namespace

/// How much the server takes: pushes of tablets that all come at once, until each is on its disk.
Figures benchServer(const Arguments& arguments) {
    const auto tablets = static_cast<std::size_t>(numberIn(arguments, "--tablets", 64));
    const auto seconds = numberIn(arguments, "--seconds", 10);
    const auto most = static_cast<std::size_t>(numberIn(arguments, "--segments", 200));
    const auto found = arguments.find("--folder");
    const WorkFolder folder(found == arguments.end() ? std::string() : found->second);
    server::Server::Options options;
    options.data = folder.path();
    if (const auto journal = arguments.find("--journal"); journal != arguments.end()) options.journal = journal->second;
    TestServer server(options, kSite);

    std::vector<Load> loads;
    const auto prepare_ms = timed([&] {
        for (std::size_t i = 0; i < tablets; ++i) loads.push_back(prepare(server, i, most));
    });
    auto& commits =
        server.metrics.histogram("ledger_commit_seconds", "Time of one group commit", server::latencyBounds());
    auto& jobs = server.metrics.counter("ledger_jobs_total", "Jobs committed");
    const auto commits_before = commits.count();
    const auto jobs_before = jobs.value();
    const auto commit_seconds_before = commits.sum();

    std::atomic<bool> stop{false};
    std::atomic<std::size_t> running{tablets};
    std::vector<std::thread> threads;
    const auto pushing_ms = timed([&] {
        for (auto& load : loads) {
            threads.emplace_back([&] {
                drive(*server, load, stop);
                --running;
                stop = true;  // the rest would find an emptier server
            });
        }
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        while (running > 0 && !stop && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        stop = true;
        for (auto& thread : threads) thread.join();
    });

    std::size_t segments = 0;
    std::vector<double> times;
    for (const auto& load : loads) {
        segments += load.done;
        times.insert(times.end(), load.times_ms.begin(), load.times_ms.end());
    }
    const auto groups = commits.count() - commits_before;
    const auto committed = jobs.value() - jobs_before;
    return {
        {"tablets", tablets},
        {"seconds", pushing_ms / 1'000},
        {"pushes", segments},
        {"durable change sets a second", static_cast<double>(segments * kChangeSetsASegment) / (pushing_ms / 1'000)},
        {"push", spread(times)},
        {"commits", groups},
        {"pushes a commit", static_cast<double>(committed) / static_cast<double>(std::max<std::uint64_t>(1, groups))},
        {"mean commit_ms",
         (commits.sum() - commit_seconds_before) * 1'000 / static_cast<double>(std::max<std::uint64_t>(1, groups))},
        {"preparing_ms", prepare_ms}};
}

}  // namespace fieldclaim::bench
