#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include "shared/sqlite/store_lock.h"

using namespace fieldclaim;

namespace {

/// What another process gets when it asks for the store: its error code, or -1 when it got the lock.
int askFromAnotherProcess(const std::string& path) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto lock = StoreLock::acquire(path);
        ::_exit(lock ? 100 : static_cast<int>(lock.error().code));
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    const int code = WIFEXITED(state) ? WEXITSTATUS(state) : -2;
    return code == 100 ? -1 : code;
}

}  // namespace

class tst_StoreLock : public QObject {
    Q_OBJECT

private slots:
    void H08_a_second_process_is_refused_until_the_first_ends() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("vault.db").toStdString();
        std::optional<StoreLock> lock;
        {
            auto acquired = StoreLock::acquire(path);
            QVERIFY(acquired);
            lock.emplace(std::move(acquired).value());
        }
        QCOMPARE(askFromAnotherProcess(path), static_cast<int>(ErrorCode::InUse));
        QCOMPARE(StoreLock::acquire(path).error().code, ErrorCode::InUse);
        lock.reset();
        QCOMPARE(askFromAnotherProcess(path), -1);
        QVERIFY(StoreLock::acquire(path));  // the other process ended without letting go
    }

    void two_stores_in_one_folder_have_locks_of_their_own() {
        const QTemporaryDir folder;
        const auto first = StoreLock::acquire(folder.filePath("a.db").toStdString());
        QVERIFY(first);
        QVERIFY(StoreLock::acquire(folder.filePath("b.db").toStdString()));
    }

    void a_lock_that_cannot_be_made_is_a_storage_error() {
        const QTemporaryDir folder;
        const auto lock = StoreLock::acquire(folder.filePath("none/vault.db").toStdString());
        QVERIFY(!lock);
        QCOMPARE(lock.error().code, ErrorCode::Storage);
    }
};

QTEST_GUILESS_MAIN(tst_StoreLock)
#include "tst_store_lock.moc"
