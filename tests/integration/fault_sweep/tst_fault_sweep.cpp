#include <QTemporaryDir>
#include <QtTest>

#include "tests/integration/fault_sweep/sync_world.h"
#include "tests/support/faulty_disk/faulty_disk.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

namespace fs = std::filesystem;

constexpr int kEnough = 400;  // events of a whole sync with a few retries

}  // namespace

/// Every operation on the disk during a whole sync goes wrong once, in each of four ways, on the tablet's side and on
/// the server's.
class FaultSweepTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{sweepFolder()};
    std::unique_ptr<SyncBeginning> m_beginning;

private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        m_beginning = std::make_unique<SyncBeginning>(fs::path(m_folder.filePath("beginning").toStdString()));
    }

    void withASoundDiskAllIsSentAndRead() {
        SyncWorld world(*m_beginning, m_folder.filePath("work").toStdString());
        QVERIFY(world.openServer().has_value());
        QVERIFY(world.openTablet().has_value());
        QVERIFY(world.sync(kEnough));
        QCOMPARE(QString::fromStdString(world.whatIsWrong()), QString());
        QCOMPARE(QString::fromStdString(world.whatDiffers()), QString());
        QVERIFY(world.saved().size() > m_beginning->saved.size());
    }

    void H04_H11_aDiskThatFailsAtAnyMomentLosesNothingAndNoCursorRunsAhead_data() {
        QTest::addColumn<QString>("half");
        QTest::addColumn<int>("fault");
        for (const char* half : {"tablet", "server"}) {
            QTest::addRow("%s, error", half) << QString(half) << static_cast<int>(DiskFault::Error);
            QTest::addRow("%s, full", half) << QString(half) << static_cast<int>(DiskFault::Full);
            QTest::addRow("%s, short write", half) << QString(half) << static_cast<int>(DiskFault::ShortWrite);
            QTest::addRow("%s, lost power", half) << QString(half) << static_cast<int>(DiskFault::LostPower);
        }
    }
    void H04_H11_aDiskThatFailsAtAnyMomentLosesNothingAndNoCursorRunsAhead() {
        QFETCH(QString, half);
        QFETCH(int, fault);
        const fs::path work = m_folder.filePath("work").toStdString();
        int runs = 0;
        for (std::uint64_t operation = 1;; ++operation, ++runs) {
            FaultyDisk disk(work / half.toStdString());
            SyncWorld world(*m_beginning, work);
            disk.spoil(operation, static_cast<DiskFault>(fault), operation);
            // Whatever happens now happens to programs that know nothing of it; then both are ended.
            const bool server = world.openServer().has_value();
            const bool tablet = world.openTablet().has_value();
            if (server && tablet) world.sync(kEnough);
            world.close();
            const bool spoiled = disk.spoiled();
            disk.powerOn();

            const auto where = QStringLiteral("operation %1: ").arg(operation);
            const auto opened = world.openServer();
            QVERIFY2(opened.has_value(), qPrintable(where + (opened ? "" : describe(opened.error()).c_str())));
            const auto unlocked = world.openTablet();
            QVERIFY2(unlocked.has_value(), qPrintable(where + (unlocked ? "" : describe(unlocked.error()).c_str())));
            QCOMPARE(where + QString::fromStdString(world.whatIsWrong()), where);
            QVERIFY2(world.sync(kEnough), qPrintable(where + "it does not come to an end"));
            QCOMPARE(where + QString::fromStdString(world.whatIsWrong()), where);
            QCOMPARE(where + QString::fromStdString(world.whatDiffers()), where);
            world.close();
            if (!spoiled) break;
        }
        QVERIFY2(runs > 50, qPrintable(QStringLiteral("only %1 operations were met").arg(runs)));
        qInfo("%d operations", runs);
    }
};

QTEST_GUILESS_MAIN(FaultSweepTest)
#include "tst_fault_sweep.moc"
