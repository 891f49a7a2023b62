#include <sys/resource.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <fstream>

#include "mobile/storage/vault_sync_store.h"
#include "tests/bench/bench_tablet.h"
#include "tests/bench/figures.h"
#include "tests/support/net/net_tablet.h"
#include "tests/support/proxy/hostile_proxy.h"
#include "tests/support/tablet/fake_tablet.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;
using namespace std::chrono_literals;

constexpr std::size_t kSavesAClaim = 10;
constexpr std::size_t kAnswersASave = 9;  // with the first save, about 90 answers and 6 KiB

double cpuMs() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

double peakMiB() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

/// Length and variety of a claim's answers: names, addresses, amounts, yes and no.
std::string answerText(Random& random, std::size_t question) {
    const auto number = random.next();
    switch (question % 4) {
        case 0:
            return number % 2 == 0 ? "yes" : "no";
        case 1:
            return std::to_string(number % 40'000) + ".50";
        case 2:
            return "200" + std::to_string(number % 7) + "-0" + std::to_string(1 + number % 9) + "-1" +
                   std::to_string(number % 9);
        default:
            return std::to_string(number % 200) + " Heol y Castell, Caernarfon, LL55 " + std::to_string(number % 9);
    }
}

std::uint64_t fill(Vault& vault, std::size_t claims, SetClock& clock, Random& random) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < claims; ++i) {
        const auto crn = Crn::make(random);
        ClaimKey key{};
        random.fill(key.data(), key.size());
        const auto save = [&](std::vector<Edit> edits, std::optional<ClaimKey> begins) {
            clock.advance(60'000);
            const std::string site = begins ? "caernarfon" : "";
            const auto made =
                must(vault.save({crn, {std::move(edits), std::nullopt}, "working-age/1", begins, site, {}}));
            bytes += made.header_bytes.size() + made.payload_bytes.size();
        };
        save({Edit{"site", "caernarfon", {}}}, key);
        for (std::size_t page = 0; page < kSavesAClaim; ++page) {
            std::vector<Edit> edits;
            for (std::size_t j = 0; j < kAnswersASave; ++j) {
                const auto question = page * kAnswersASave + j;
                edits.push_back({"a/question_" + std::to_string(question), answerText(random, question), {}});
            }
            save(std::move(edits), std::nullopt);
        }
    }
    return bytes;
}

std::unique_ptr<Vault> makeVault(test::TestServer& server, const std::string& folder, const std::string& name,
                                 const Clock& clock, Random& random) {
    const auto setup = enrolTablet(server, folder, random);
    const auto added = must(server->directory().addOfficer(name, "caernarfon", "assessor"));
    const NewOfficer officer{{added.id, name, "assessor", "caernarfon"}, added.code, kPassphrase};
    return must(Vault::create(folder, setup, officer, clock, random, quickOptions()));
}

Figures oneWay(Vault& vault, Random& random, const test::ApiWire& wire, SetClock& clock) {
    VaultSyncStore store(vault);
    SyncEngine engine(store, random);
    Traffic traffic;
    const auto cpu = cpuMs();
    const auto took = timed([&] { syncUntilRest(engine, wire, clock, traffic); });
    return {{"seconds", took / 1'000},      {"cpu_seconds", (cpuMs() - cpu) / 1'000},
            {"requests", traffic.requests}, {"bytes up", traffic.up},
            {"bytes down", traffic.down},   {"peak memory of all_MiB", peakMiB()}};
}

std::string folderOf(const Arguments& arguments) {
    const auto found = arguments.find("--folder");
    return found == arguments.end() ? std::string() : found->second;
}

}  // namespace

/// Claims that were taken on one tablet: up to the server's ledger and down to another tablet, each durable. Vaults,
/// engine, API and server are the product's; HTTP's sockets are left out.
Figures benchSync(const Arguments& arguments) {
    const auto claims = static_cast<std::size_t>(numberIn(arguments, "--claims", 2'000));
    const WorkFolder folder(folderOf(arguments));
    SetClock clock;
    tablet::SeededRandom random;
    server::Server::Options options;
    options.data = folder.path() + "/server";
    options.inline_writer = true;
    test::TestServer server(options);
    const test::ApiWire wire(*server, server.clock, server.metrics);

    auto from = makeVault(server, folder.path() + "/from", "Carys Hughes", clock, random);
    std::uint64_t bytes = 0;
    const auto saving = timed([&] { bytes = fill(*from, claims, clock, random); });
    Figures out{{"claims", claims},
                {"change sets", claims * (kSavesAClaim + 1)},
                {"bytes a claim", bytes / claims},
                {"saving_seconds", saving / 1'000}};
    out["up"] = oneWay(*from, random, wire, clock);
    ENSURE(must(from->totals()).acknowledged == claims * (kSavesAClaim + 1));
    auto to = makeVault(server, folder.path() + "/to", "Alun Rees", clock, random);
    out["down"] = oneWay(*to, random, wire, clock);
    const auto rows = must(to->claims());
    ENSURE(rows.size() == claims);
    for (std::size_t i = 0; i < rows.size(); i += std::max<std::size_t>(1, rows.size() / 50)) {
        ENSURE(must(to->claimState(rows[i].crn)) == must(from->claimState(rows[i].crn)));
    }
    return out;
}

namespace {

/// Lets the loop of events run until it holds; false after two minutes.
template <typename Condition>
bool waitFor(Condition condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > 120'000) return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
    }
    return true;
}

}  // namespace

/// Answers that a colleague changed, pulled over a mobile network's line on a connection that is open already.
Figures benchPull(const Arguments& arguments) {
    const auto answers = static_cast<std::size_t>(numberIn(arguments, "--answers", 500));
    const auto rate = static_cast<std::uint64_t>(numberIn(arguments, "--kbits", 256)) * 1'000 / 8;
    const std::chrono::milliseconds round_trip(numberIn(arguments, "--rtt", 600));
    const auto a_save = static_cast<std::size_t>(numberIn(arguments, "--a-save", 1));
    int argc = 0;
    const QCoreApplication app(argc, nullptr);
    const WorkFolder folder(folderOf(arguments));
    test::NetServer server({.folder = folder.path()});
    test::HostileProxy line(server.port(), 1, {rate, round_trip});
    tablet::SeededRandom random;
    test::SeededRandom chance(3);
    test::FakeTablet colleague(server.parts().clock, chance);
    must(colleague.join(*server));
    std::vector<std::string> crns;
    for (int i = 0; i < 6; ++i) crns.push_back(colleague.beginClaim());
    must(colleague.push(*server));

    test::NetTablet tablet(server, line.port());
    tablet.driver->start();
    ENSURE(tablet.settle(120'000) && tablet.store->claims().size() == crns.size());

    const auto change = [&] {
        for (std::size_t i = 0; i < answers; i += a_save) {
            const auto& crn = crns[i * crns.size() / answers];
            std::vector<Edit> edits;
            for (std::size_t j = i; j < std::min(answers, i + a_save); ++j) {
                edits.push_back(
                    colleague.state(crn).edit("a/question_" + std::to_string(j), Value(answerText(random, j))));
            }
            colleague.saveEdits(crn, std::move(edits));
        }
        must(colleague.push(*server));
    };
    const auto isThere = [&] {
        return std::all_of(crns.begin(), crns.end(),
                           [&](const auto& crn) { return tablet.store->state(crn) == colleague.state(crn); });
    };
    change();
    // The tablet asks by itself, once a minute; what is measured begins when it does.
    const auto before = line.counts();
    ENSURE(waitFor([&] { return line.counts().bytes_up > before.bytes_up; }));
    const auto took = timed([&] { ENSURE(waitFor(isThere)); });
    const auto after = line.counts();
    ENSURE(tablet.settle(120'000));
    change();
    const auto asked = timed([&] {
        tablet.driver->syncNow();
        ENSURE(waitFor(isThere));
    });
    return {{"answers", answers},
            {"change sets", (answers + a_save - 1) / a_save},
            {"kbit a second", rate * 8 / 1'000},
            {"round trip_ms", round_trip.count()},
            {"new connections", after.connections - before.connections},
            {"seconds", took / 1'000},
            {"seconds, by Try now (hello first)", asked / 1'000},
            {"bytes up, with TLS and HTTP", after.bytes_up - before.bytes_up},
            {"bytes down, with TLS and HTTP", after.bytes_down - before.bytes_down}};
}

}  // namespace fieldclaim::bench
