#include <QCoreApplication>

#include "mobile/storage/vault_sync_store.h"
#include "shared/crypto/crypto.h"
#include "tests/bench/day_vault.h"
#include "tests/bench/figures.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;

constexpr std::int64_t kDay_ms = 24LL * 3'600'000;

double scryptMs() {
    const Bytes salt(16, 1);
    return timed([&] { must(scrypt(kPassphrase, salt, ScryptParams{})); });
}

/// Until every claim is read: how long it takes, and what keeps the loop from the officer meanwhile.
Figures catchingUp(DaySession& session) {
    std::vector<double> turns;
    const auto all_ms = timed([&] {
        while (session.isReading())
            turns.push_back(timed([] { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5); }));
    });
    Figures out{{"all_ms", all_ms}};
    if (!turns.empty()) out["a turn of the loop"] = spread(std::move(turns));
    return out;
}

Figures searching(TodayViewModel& today, std::int64_t claims) {
    std::vector<double> keys;
    for (int i = 0; i < 40; ++i) {
        QString text;
        for (const auto letter : QStringLiteral("customer %1").arg((i * 131) % claims)) {
            text += letter;
            keys.push_back(timed([&] { today.setSearch(text); }));
        }
    }
    today.setSearch({});
    return spread(std::move(keys));
}

/// Gwen's claim from its first page to its last, some times over: each answer and each Continue.
void interview(TabletSession& session, Figures& out) {
    const auto answers = gwen();
    std::vector<double> saves;
    std::vector<double> pages;
    for (int i = 0; i < 5; ++i) {
        session.newClaim();
        while (session.page() == QStringLiteral("question") || session.page() == QStringLiteral("benefits")) {
            if (session.page() == QStringLiteral("benefits")) {
                answerAsGwen(session);
                pages.push_back(timed([&] { session.firstContact()->goOn(); }));
                continue;
            }
            auto& page = *session.question();
            if (page.isCards() && page.cards()->count() == 0) {
                pages.push_back(timed([&] { page.addInstance(); }));
                continue;
            }
            for (int row = 0; row < page.questions()->count(); ++row) {
                const auto key = page.questions()->value(row, "key").toString();
                const auto id = page.questions()->value(row, "questionId").toString();
                const auto group =
                    key.contains(QLatin1Char('/')) ? key.section(QLatin1Char('/'), 0, 0) + QLatin1Char('/') : QString();
                const auto value = answers[group + id].toString();
                if (!value.isEmpty()) saves.push_back(timed([&] { page.answer(key, value); }));
            }
            pages.push_back(timed([&] { page.goOn(); }));
            ENSURE(session.question() != &page || page.errors().isEmpty());
        }
        ENSURE(session.page() == QStringLiteral("claim"));
        session.goToday();
        QCoreApplication::processEvents();
    }
    out["saved answer"] = spread(std::move(saves));
    out["next page"] = spread(std::move(pages));
}

/// What an upload takes from the window's thread at a time: a piece of a part read out of the vault.
Figures uploading(TabletSession& session, Random& random) {
    constexpr std::size_t kPiece = 256U << 10U;  // HttpClient::kPieceBytes
    Bytes blob(80 * kPiece);
    random.fill(blob.data(), blob.size());
    auto& vault = *session.vault();
    must(vault.save(
        {vault.claims()->front().crn, {{Edit{"note/bench", "x", {}}}, std::nullopt}, "bench/1", {}, {}, {blob}}));
    const auto name = sha256(blob);
    VaultSyncStore store(vault);
    std::vector<double> times;
    for (std::uint64_t at = 0; at < blob.size(); at += kPiece)
        times.push_back(timed([&] { ENSURE(must(store.blobPart(name, at, kPiece)).size() == kPiece); }));
    return {{"256 KiB", spread(std::move(times))}};
}

}  // namespace

/// A day's work on the view-models that the pages show, on a vault with so many claims: what an officer waits for.
Figures benchDay(const Arguments& arguments) {
    const auto claims = numberIn(arguments, "--claims", 5'000);
    const auto found = arguments.find("--folder");
    const WorkFolder work(found == arguments.end() ? std::string() : found->second);
    const auto folder = work.path() + "/vault";
    int argc = 0;
    const QCoreApplication app(argc, nullptr);
    SetClock clock;
    tablet::SeededRandom random;
    makeDayVault(folder, claims, clock, random);

    Figures out{{"claims", claims}, {"storage_MiB", sizeMiB(folder)}, {"scrypt alone_ms", scryptMs()}};
    DaySession session(folder, clock, random);
    out["unlock, nothing known_ms"] = timed([&] { session.unlock(); });
    out["then"] = catchingUp(session);
    session.lock();
    out["unlock, the same day_ms"] = timed([&] { session.unlock(); });
    session.lock();
    clock.advance(kDay_ms);
    out["unlock, the next morning_ms"] = timed([&] { session.unlock(); });
    out["next morning"] = catchingUp(session);
    out["memory, all read_MiB"] = memoryMiB("VmRSS");
    out["search, a key"] = searching(*session->today(), claims);
    interview(*session, out);
    out["back to Today_ms"] = timed([&] { session->goToday(); });
    out["Sending_ms"] = timed([&] { session->goSending(); });
    out["Site board_ms"] = timed([&] { session->goBoard(); });
    out["a part of an upload"] = uploading(*session, random);
    out["memory at most_MiB"] = memoryMiB("VmHWM");
    out["storage with summaries_MiB"] = sizeMiB(folder);
    return out;
}

}  // namespace fieldclaim::bench
