#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/bench/figures.h"
#include "tests/support/http_client/test_http_client.h"
#include "tests/support/net/net_tablet.h"
#include "tests/support/proxy/hostile_proxy.h"
#include "tests/support/tablet/fake_tablet.h"

namespace fieldclaim::bench {
namespace {

using namespace std::chrono_literals;
using test::TestHttpClient;

constexpr std::uint64_t kMiB = 1U << 20U;

std::string folderOf(const Arguments& arguments) {
    const auto found = arguments.find("--folder");
    return found == arguments.end() ? std::string() : found->second;
}

/// A server in a process of its own, so that its memory and time are its own.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& folder) {
        int told[2];
        int held[2];
        ENSURE(::pipe(told) == 0 && ::pipe(held) == 0);
        m_child = ::fork();
        ENSURE(m_child >= 0);
        if (m_child == 0) {
            ::close(told[0]);
            ::close(held[1]);
            run(folder, told[1], held[0]);
            ::_exit(0);
        }
        ::close(told[1]);
        ::close(held[0]);
        m_hold = held[1];
        std::string text;
        char piece[4'096];
        for (auto got = ::read(told[0], piece, sizeof piece); got > 0; got = ::read(told[0], piece, sizeof piece)) {
            text.append(piece, static_cast<std::size_t>(got));
        }
        ::close(told[0]);
        facts = nlohmann::json::parse(text);
    }
    ~ServerProcess() {
        ::close(m_hold);
        ::waitpid(m_child, nullptr, 0);
    }
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Of /proc's status, in MiB: VmRSS, VmHWM.
    double memory(const std::string& what) const {
        std::ifstream in("/proc/" + std::to_string(m_child) + "/status");
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1'024;
        }
        return 0;
    }
    double cpuSeconds() const {
        std::ifstream in("/proc/" + std::to_string(m_child) + "/stat");
        std::string text;
        std::getline(in, text);
        std::istringstream rest(text.substr(text.rfind(')') + 2));
        std::string skipped;
        for (int field = 3; field < 14; ++field) rest >> skipped;
        double user = 0;
        double system = 0;
        rest >> user >> system;
        return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }

    nlohmann::json facts;  ///< port, ca, token, crn

private:
    static void run(const std::string& folder, int told, int held) {
        test::NetServer server({.folder = folder});
        test::SeededRandom random(1);
        test::FakeTablet tablet(server.parts().clock, random);
        must(tablet.join(*server));
        const auto crn = tablet.beginClaim();
        must(tablet.push(*server));
        const auto text = nlohmann::json{
            {"port", server.port()},
            {"ca", server.caPem()},
            {"token", tablet.token()},
            {"crn", crn}}.dump();
        ENSURE(::write(told, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
        ::close(told);
        char none = 0;
        static_cast<void>(!::read(held, &none, 1));
    }

    pid_t m_child = 0;
    int m_hold = -1;
};

/// What a cut costs: bytes of an image that were taken from the store once already, for a request that was cut. Not all
/// of them had left the tablet, so it says rather too much.
class CutCosts {
public:
    /// Of `name`, `bytes` from `from` on are read to be sent.
    void piece(const Hash& name, std::uint64_t from, std::size_t bytes) {
        auto& end = m_read[name];
        if (from < end) {
            ++resumed;
            again += end - from;
            most_again = std::max(most_again, end - from);
        }
        end = from + bytes;
    }

    std::size_t resumed = 0;
    std::uint64_t again = 0;
    std::uint64_t most_again = 0;

private:
    std::map<Hash, std::uint64_t> m_read;
};

/// Piece `number` of a large image.
Bytes piece(std::uint64_t number) {
    test::SeededRandom random(number + 1);
    Bytes out(kMiB);
    for (std::size_t i = 0; i < out.size(); i += 4'096) random.fill(out.data() + i, 64);
    return out;
}

}  // namespace

/// One large image by a tus client that sends it in a single request, over TLS.
Figures benchUpload(const Arguments& arguments) {
    const auto mib = static_cast<std::uint64_t>(numberIn(arguments, "--mib", 1'024));
    const WorkFolder folder(folderOf(arguments));
    ServerProcess server(folder.path());
    Sha256 digest;
    for (std::uint64_t i = 0; i < mib; ++i) digest.update(piece(i));
    const auto name = digest.finish();
    TestHttpClient http({.port = server.facts["port"], .ca_pem = server.facts["ca"], .timeout = 600s});
    const std::string bearer = "Bearer " + server.facts["token"].get<std::string>();
    const auto made =
        must(http.request("POST", "/v1/uploads", {},
                          {{"Authorization", bearer},
                           {"Tus-Resumable", "1.0.0"},
                           {"Upload-Length", std::to_string(mib * kMiB)},
                           {"Upload-Metadata", "sha256 " + toBase64(asBytes(toHex(name))) + ",claim " +
                                                   toBase64(asBytes(server.facts["crn"].get<std::string>()))}}));
    ENSURE(made.status == 201);
    const auto before = server.memory("VmRSS");
    const auto cpu = server.cpuSeconds();
    double last_ms = 0;
    const auto up = timed([&] {
        must(http.send("PATCH " + std::string(made.header("Location")) +
                       " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nAuthorization: " +
                       bearer + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: " +
                       std::to_string(mib * kMiB) + "\r\n\r\n"));
        for (std::uint64_t i = 0; i < mib; ++i) must(http.send(asText(piece(i))));
        last_ms = timed([&] { ENSURE(must(http.readResponse()).status == 204); });
    });
    const auto after_up = server.memory("VmHWM");
    const auto cpu_up = server.cpuSeconds() - cpu;
    constexpr std::uint64_t kRange = 32;
    const auto down = timed([&] {
        for (std::uint64_t i = 0; i < mib; i += kRange) {
            const auto last = std::min(mib, i + kRange) * kMiB - 1;
            const auto part =
                must(http.get("/v1/blobs/" + toHex(name),
                              {{"Authorization", bearer},
                               {"Range", "bytes=" + std::to_string(i * kMiB) + "-" + std::to_string(last)}}));
            ENSURE(part.status == 206 && part.body.size() == last + 1 - i * kMiB);
            ENSURE(sha256(asBytes(std::string_view(part.body).substr(0, kMiB))) == sha256(piece(i)));
        }
    });
    const auto mib_a_second = [&](double ms) { return static_cast<double>(mib) / (ms / 1'000); };
    return {{"MiB", mib},
            {"server's memory before_MiB", before},
            {"its growth while uploading_MiB", after_up - before},
            {"its growth after downloading_MiB", server.memory("VmHWM") - before},
            {"up_MiB a second", mib_a_second(up)},
            {"server's cpu for it_seconds", cpu_up},
            {"from the last byte to the answer_ms", last_ms},
            {"down_MiB a second", mib_a_second(down)}};
}

/// Images through a network that cuts every connection, by the tablet's own uploader over TLS.
Figures benchCuts(const Arguments& arguments) {
    const auto uploads = static_cast<std::size_t>(numberIn(arguments, "--uploads", 100));
    const auto size = static_cast<std::size_t>(numberIn(arguments, "--mib", 5)) * kMiB;
    const auto low = static_cast<std::uint64_t>(numberIn(arguments, "--cut-from", 1)) * kMiB;
    const auto high = static_cast<std::uint64_t>(numberIn(arguments, "--cut-to", 4)) * kMiB;
    int argc = 0;
    const QCoreApplication app(argc, nullptr);
    const WorkFolder folder(folderOf(arguments));
    test::NetServer server({.folder = folder.path()});
    test::HostileProxy proxy(server.port(), 7);
    proxy.setPlan([&](std::size_t, test::HostileProxy::Dice& dice) {
        test::ConnectionFate fate;
        fate.cut_after_up = test::HostileProxy::between(dice, low, high);
        return fate;
    });
    test::NetTablet tablet(server, proxy.port());
    const auto crn = tablet.beginClaim();
    std::vector<Hash> names;
    for (std::size_t i = 0; i < uploads; ++i) names.push_back(tablet.keepImage(crn, size));
    CutCosts costs;
    tablet.store->onPart(
        [&](const Hash& name, std::uint64_t from, std::size_t bytes) { costs.piece(name, from, bytes); });
    const auto took = timed([&] {
        tablet.driver->start();
        ENSURE(tablet.settle(3'600'000));
    });
    std::size_t whole = 0;
    for (const auto& name : names) whole += server.hasBlob(crn, name) && server.blobIsWhole(name) ? 1U : 0U;
    const auto counts = proxy.counts();
    const auto again = static_cast<double>(counts.bytes_up) - static_cast<double>(uploads * size);
    return {{"uploads", uploads},
            {"bytes each", size},
            {"arrived whole", whole},
            {"seconds", took / 1'000},
            {"connections", counts.connections},
            {"cut", counts.cut},
            {"bytes up", counts.bytes_up},
            {"sent twice, with TLS and headers", again},
            {"of all_percent", again * 100 / static_cast<double>(uploads * size)},
            {"for each cut_KiB", again / 1'024 / static_cast<double>(std::max<std::uint64_t>(1, counts.cut))},
            {"requests that went on after a cut", costs.resumed},
            {"bytes read again for them", costs.again},
            {"most for one of them_KiB", static_cast<double>(costs.most_again) / 1'024}};
}

}  // namespace fieldclaim::bench
