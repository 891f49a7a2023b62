#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include "tests/integration/fault_sweep/sync_world.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

namespace fs = std::filesystem;

constexpr int kEnough = 400;  // events of a whole sync with a few retries
constexpr const char* kAnyTime = "";

}  // namespace

/// A process with a tablet and a server in it syncs and is killed (SIGKILL), at each occurrence of each named moment
/// and at moments that nobody named. What it was shown as saved is told to this process first. Whoever opens the files
/// afterwards finds all of it, and the next sync ends well.
class CrashSweepTest : public QObject {
    Q_OBJECT

private:
    // Also in memory, what a killed process wrote is there.
    QTemporaryDir m_folder{sweepFolder()};
    std::unique_ptr<SyncBeginning> m_beginning;
    fs::path work() const { return m_folder.filePath("work").toStdString(); }

    struct Killed {
        bool killed = false;  ///< or it came to its end
        std::vector<Hash> saved;
    };
    /// In a process of its own: opens both halves, syncs, and dies at the `number`th of those moments; of any moment
    /// when none is named.
    Killed syncAndDie(const std::string& moment, int number) {
        int ends[2];
        ENSURE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        ENSURE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            SyncWorld world(*m_beginning, work());
            int met = 0;
            world.at([&](std::string_view name) {
                if (name == "saved") {
                    const auto& shown = world.saved().back();
                    if (::write(ends[1], shown.data(), shown.size()) != std::ssize(shown)) ::_exit(3);
                }
                if ((moment == kAnyTime || name == moment) && ++met == number) ::raise(SIGKILL);
            });
            if (!world.openServer() || !world.openTablet()) ::_exit(2);
            ::_exit(world.sync(kEnough) ? 0 : 1);
        }
        ::close(ends[1]);
        Killed out;
        Hash one{};
        while (::read(ends[0], one.data(), one.size()) == std::ssize(one)) out.saved.push_back(one);
        ::close(ends[0]);
        int state = 0;
        ::waitpid(child, &state, 0);
        out.killed = WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL;
        ENSURE(out.killed || (WIFEXITED(state) && WEXITSTATUS(state) == 0));
        return out;
    }

private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        m_beginning = std::make_unique<SyncBeginning>(fs::path(m_folder.filePath("beginning").toStdString()));
    }

    void H10_killedAtAnyNamedMomentNothingThatWasShownAsSavedOrReceivedIsLost_data() {
        QTest::addColumn<QString>("moment");
        QTest::addColumn<int>("least");
        const auto row = [](const char* name, const char* moment, int least) {
            QTest::newRow(name) << QString(moment) << least;
        };
        row("an answer was saved", "saved", 1);
        row("the officer's key is known to the server, and not noted", "authorRegistered", 1);
        row("what the server has is known, and not noted", "helloReceived", 1);
        row("and noted", "helloReceived done", 1);
        row("before a push", "outbox", 2);
        row("the server received, and the tablet does not know", "pushReceived", 2);
        row("and noted it", "pushReceived done", 2);
        row("a page came, and is not kept", "pullReceived", 1);
        row("and is kept", "pullReceived done", 1);
        row("before bytes of an image", "blobPart", 1);
        row("the upload's place is not noted", "uploadAt", 1);
        row("and noted", "uploadAt done", 1);
        row("the image is whole on the server, and not noted", "uploaded", 1);
        row("and noted, too", "uploaded done", 1);
        row("any moment there is", kAnyTime, 15);
    }
    void H10_killedAtAnyNamedMomentNothingThatWasShownAsSavedOrReceivedIsLost() {
        QFETCH(QString, moment);
        QFETCH(int, least);
        int number = 1;
        for (;; ++number) {
            const auto where = QStringLiteral("at %1, time %2: ").arg(moment).arg(number);
            const auto life = syncAndDie(moment.toStdString(), number);
            if (!life.killed) break;
            SyncWorld world(*m_beginning, work(), SyncWorld::AsItIs{8});
            for (const auto& hash : life.saved) world.wasSaved(hash);
            const auto opened = world.openServer();
            QVERIFY2(opened.has_value(), qPrintable(where + (opened ? "" : describe(opened.error()).c_str())));
            const auto unlocked = world.openTablet();
            QVERIFY2(unlocked.has_value(), qPrintable(where + (unlocked ? "" : describe(unlocked.error()).c_str())));
            QCOMPARE(where + QString::fromStdString(world.whatIsWrong()), where);
            QVERIFY2(world.sync(kEnough), qPrintable(where + "it does not come to an end"));
            QCOMPARE(where + QString::fromStdString(world.whatIsWrong()), where);
            QCOMPARE(where + QString::fromStdString(world.whatDiffers()), where);
        }
        QVERIFY2(number > least, qPrintable(QStringLiteral("met only %1 times").arg(number - 1)));
    }
};

QTEST_GUILESS_MAIN(CrashSweepTest)
#include "tst_crash_sweep.moc"
