#include "tests/bench/day_vault.h"

#include <QCoreApplication>
#include <filesystem>
#include <fstream>

#include "mobile/casework/casework.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/claim_answers.h"
#include "tests/bench/figures.h"
#include "tests/support/forms/claim_sketch.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;

constexpr const char* kScope = "site/llanrwst";
constexpr const char* kPack = "working-age/bench";
constexpr std::int64_t kOwn = 40;
constexpr std::int64_t kVisits = 6;
constexpr std::int64_t kClaimsAPull = 100;
constexpr std::size_t kAnswersASave = 10;

/// The answers of a person of their own, some of whom are in urgent need.
std::map<std::string, Answer> answersOf(const AnswerSet& sketch, std::int64_t number) {
    auto answers = sketch.answers;
    const auto set = [&](const char* question, std::string text) {
        answers[question] = {Answer::Kind::Given, std::move(text)};
    };
    const auto digits = std::to_string(1'000'000 + number).substr(1);
    set("first_names", number % 3 == 0 ? "Eleri" : number % 3 == 1 ? "Tomos" : "Mair");
    set("surname", "Customer " + std::to_string(number));
    set("nino", "QQ" + digits + "C");
    set("dob", Date{static_cast<std::int32_t>(-5'000 + number % 9'000)}.iso());
    set("postcode", "LL26 " + std::to_string(number % 10) + "AB");
    if (number % 50 == 7) set("urgent_need", "yes");
    return answers;
}

/// A colleague's chain, as the server sends it.
class Colleague {
public:
    Colleague(const Clock& clock, Random& random)
        : m_clock(clock), m_random(random), m_author(Uuid::make(clock, random)) {}

    void take(PullReply& page, const std::map<std::string, Answer>& answers) {
        const auto crn = Crn::make(m_random);
        ClaimKey key{};
        m_random.fill(key.data(), key.size());
        page.keys.emplace(crn, key);
        PullRow row{kScope, ++m_seq, crn, {}};
        std::vector<Edit> edits{Edit{std::string(kSitePath), "llanrwst", {}}};
        const auto flush = [&] {
            ChangeSetHeader header;
            header.author = m_author;
            header.incarnation = 1;
            header.counter = ++m_counter;
            header.previous = m_previous;
            header.claim = crn;
            header.pack = kPack;
            header.device_time = m_clock.wallMs();
            const auto made = makeChangeSet(std::move(header), {std::exchange(edits, {}), std::nullopt}, key);
            m_previous = made.hash;
            row.change_sets.push_back(encodeChangeSet(made));
        };
        for (const auto& [name, answer] : answers) {
            edits.push_back({answerPath(name), encodeAnswer(answer), {}});
            if (edits.size() == kAnswersASave) flush();
        }
        if (!edits.empty()) flush();
        page.rows.push_back(std::move(row));
        page.cursors[kScope] = m_seq;
    }

private:
    const Clock& m_clock;
    Random& m_random;
    Uuid m_author;
    std::uint64_t m_seq = 0;
    std::uint64_t m_counter = 0;
    Hash m_previous{};
};

void addOwn(Vault& vault, const std::map<std::string, Answer>& answers, Random& random) {
    const auto crn = Crn::make(random);
    ClaimKey key{};
    random.fill(key.data(), key.size());
    must(vault.save({crn, {{Edit{std::string(kSitePath), "llanrwst", {}}}, std::nullopt}, kPack, key, "llanrwst", {}}));
    Payload all;
    for (const auto& [name, answer] : answers) all.edits.push_back({answerPath(name), encodeAnswer(answer), {}});
    must(vault.save({crn, std::move(all), kPack, std::nullopt, {}, {}}));
}

}  // namespace

void makeDayVault(const std::string& folder, std::int64_t claims, SetClock& clock, Random& random) {
    ClaimSketch sketch(missionPack(), Date::fromWallMs(clock.wallMs()));
    sketch.complete({{"benefits_claimed", "jsa_ib hb ctb"}});
    const auto vault =
        must(Vault::create(folder, testSetup(), testOfficer("Bronwen Pugh"), clock, random, Vault::Options()));
    VaultSyncStore store(*vault);
    Colleague colleague(clock, random);
    for (std::int64_t number = kOwn; number < claims;) {
        PullReply page;
        for (std::int64_t i = 0; i < kClaimsAPull && number < claims; ++i) {
            clock.advance(60'000);
            colleague.take(page, answersOf(sketch.answers, number++));
        }
        page.more = number < claims;
        must(store.pullReceived(page));
    }
    for (std::int64_t number = 0; number < std::min(kOwn, claims); ++number)
        addOwn(*vault, answersOf(sketch.answers, number), random);
    Casework casework(*vault, clock, random, missionPack());
    const auto rows = must(vault->claims());
    for (std::size_t i = 0; i < std::min<std::size_t>(kVisits, rows.size()); ++i) {
        const auto time = (i < 3 ? "0" : "1") + std::to_string((i + 7) % 10) + ":30";
        must(casework.saveVisit(rows[i * rows.size() / kVisits].crn,
                                {"", casework.today().iso(), time, "Llanrwst village hall", ""}));
    }
}

DaySession::DaySession(const std::string& folder, SetClock& clock, Random& random) {
    TabletParts parts;
    parts.folder = folder;
    parts.clock = &clock;
    parts.random = &random;
    parts.pack = missionFiles();
    parts.enrolment = &m_enrolment;
    parts.make_sync = [](Vault&) { return std::make_unique<FakeSyncControl>(); };
    parts.pictures.free_bytes = [] { return std::int64_t{64'000'000'000}; };
    m_session = std::make_unique<TabletSession>(std::move(parts));
}

void DaySession::unlock() {
    m_session->unlock()->unlock(QString::fromUtf8(kPassphrase));
    while (m_session->state() != QStringLiteral("unlocked"))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
}

void DaySession::lock() {
    m_session->lockNow();
    for (int i = 0; i < 5; ++i) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

bool DaySession::isReading() { return m_session->today()->summary().contains(QStringLiteral("Still reading")); }

double memoryMiB(const std::string& what) {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1'024;
    }
    return 0;
}

double sizeMiB(const std::string& folder) {
    double bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    }
    return bytes / (1 << 20);
}

}  // namespace fieldclaim::bench
