#include <time.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQuickItem>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "qml/App/tablet_app.h"
#include "tests/bench/day_vault.h"
#include "tests/bench/figures.h"
#include "tests/support/hand/app_hand.h"

namespace fieldclaim::bench {
namespace {

using namespace tablet;
using testing::AppHand;

constexpr std::int64_t kDay_ms = 24LL * 3'600'000;
constexpr double kFrame_ms = 33;

/// Since the system started this process, in milliseconds; to a hundredth of a second.
double sinceStart() {
    std::ifstream in("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    constexpr int kStartTime = 20;  // proc(5): field 22, and two are behind us
    for (int i = 0; i < kStartTime; ++i) fields >> field;
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    return (static_cast<double>(now.tv_sec) - std::stod(field) / ticks) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// The times between frames while something moves.
class FrameTimes {
public:
    /// `move` is called after each frame, on the GUI thread, and makes the next one necessary.
    FrameTimes(QQuickWindow& window, int frames, const std::function<void()>& move) {
        std::vector<double> times;
        QElapsedTimer since;
        const auto drawn = QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [&] {
            if (since.isValid()) times.push_back(static_cast<double>(since.nsecsElapsed()) / 1e6);
            since.start();
            move();
        });
        move();
        window.update();
        while (static_cast<int>(times.size()) < frames)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        QObject::disconnect(drawn);
        over = std::count_if(times.begin(), times.end(), [](double each) { return each > kFrame_ms; });
        figures = spread(std::move(times));
        figures["over 33 ms"] = over;
        figures["frames"] = frames;
    }
    std::ptrdiff_t over = 0;
    Figures figures;
};

QQuickItem* flickableOf(QQuickItem& item) {
    if (item.inherits("QQuickFlickable") && item.property("contentHeight").toReal() > item.height()) return &item;
    for (auto* child : item.childItems()) {
        if (auto* found = flickableOf(*child)) return found;
    }
    return nullptr;
}

Figures scrolling(AppHand& hand, int frames) {
    auto* const page = flickableOf(*hand.window->contentItem());
    ENSURE(page != nullptr);
    const auto most = page->property("contentHeight").toReal() - page->height();
    qreal step = 24;
    return FrameTimes(*hand.window, frames,
                      [&] {
                          const auto now = page->property("contentY").toReal() + step;
                          if (now <= 0 || now >= most) step = -step;
                          page->setProperty("contentY", std::clamp(now, 0.0, most));
                      })
        .figures;
}

/// From the call until the next frame has been drawn.
template <typename Work>
double untilDrawn(AppHand& hand, Work work) {
    bool drawn = false;
    const auto done = QObject::connect(hand.window, &QQuickWindow::frameSwapped, hand.window, [&] { drawn = true; });
    const auto took = timed([&] {
        work();
        drawn = false;
        hand.window->update();
        while (!drawn) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    });
    QObject::disconnect(done);
    return took;
}

void interview(AppHand& hand, TabletSession& session, Figures& out) {
    std::vector<double> pages;
    session.newClaim();
    while (session.page() == QStringLiteral("question") || session.page() == QStringLiteral("benefits")) {
        hand.settle();
        if (session.page() == QStringLiteral("benefits")) {
            answerAsGwen(session);
            pages.push_back(untilDrawn(hand, [&] { session.firstContact()->goOn(); }));
        } else if (session.question()->isCards() && session.question()->cards()->count() == 0) {
            pages.push_back(untilDrawn(hand, [&] { session.question()->addInstance(); }));
        } else {
            answerAsGwen(session);
            hand.settle();
            pages.push_back(untilDrawn(hand, [&] { session.question()->goOn(); }));
        }
    }
    ENSURE(session.page() == QStringLiteral("claim"));
    out["next page, drawn"] = spread(std::move(pages));
}

void search(AppHand& hand, TabletSession& session, Figures& out) {
    session.goSearch();
    hand.settle();
    std::vector<double> keys;
    for (int i = 0; i < 8; ++i) {
        session.today()->setSearch({});
        hand.settle();
        for (const auto letter : QStringLiteral("customer %1").arg(i * 131 + 100)) {
            const auto text = session.today()->search() + letter;
            keys.push_back(untilDrawn(hand, [&] { session.today()->setSearch(text); }));
        }
    }
    session.today()->setSearch({});
    out["search, a key, drawn"] = spread(std::move(keys));
}

}  // namespace

/// The app's window as people have it before them.
Figures benchWindow(const Arguments& arguments) {
    const auto claims = numberIn(arguments, "--claims", 5'000);
    const auto frames = static_cast<int>(numberIn(arguments, "--frames", 600));
    const auto found = arguments.find("--folder");
    const WorkFolder work(found == arguments.end() ? std::string() : found->second);
    const auto folder = work.path() + "/vault";
    SetClock clock;
    tablet::SeededRandom random;
    const auto filling = timed([&] { makeDayVault(folder, claims, clock, random); });

    char name[] = "fieldclaim-bench";
    char* argv[] = {name, nullptr};
    int argc = 1;
    QGuiApplication app(argc, argv);
    setUpApplication(app);
    DaySession session(folder, clock, random);
    AppHand hand(*session);
    Figures out{{"claims", claims}, {"platform", QGuiApplication::platformName().toStdString()}};
    // What only this program does is not the app's.
    out["start to the first frame_ms"] = sinceStart() - filling;
    out["memory, locked_MiB"] = memoryMiB("VmRSS");

    session.unlock();
    while (session.isReading()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    session.lock();
    out["unlock to Today, drawn_ms"] = untilDrawn(hand, [&] { session.unlock(); });
    out["scrolling Today"] = scrolling(hand, frames);
    session.lock();
    clock.advance(kDay_ms);
    out["unlock the next morning, drawn_ms"] = untilDrawn(hand, [&] { session.unlock(); });
    out["scrolling Today while claims are read"] = scrolling(hand, frames);
    while (session.isReading()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    interview(hand, *session, out);
    search(hand, *session, out);
    out["back to Today, drawn_ms"] = untilDrawn(hand, [&] { session->goToday(); });
    out["Sending, drawn_ms"] = untilDrawn(hand, [&] { session->goSending(); });
    out["Site board, drawn_ms"] = untilDrawn(hand, [&] { session->goBoard(); });
    out["memory at most_MiB"] = memoryMiB("VmHWM");
    return out;
}

}  // namespace fieldclaim::bench
