#pragma once

#include <QString>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/sync/sync_engine.h"
#include "tests/support/api_wire/api_wire.h"
#include "tests/support/tablet/test_server.h"

namespace fieldclaim::test {

/// For QTemporaryDir: in memory where this user may write there, because thousands of syncs are synced to it.
QString sweepFolder();

/// A server and a tablet with work on both sides, in two folders on the disk (`server`, `tablet`), made once: each run
/// of the sweep begins with a copy of it.
struct SyncBeginning {
    explicit SyncBeginning(const std::filesystem::path& folder);

    std::filesystem::path folder;
    Uuid officer;
    std::string crn;             ///< the tablet's claim: nothing of it was sent
    std::string colleagues_crn;  ///< a colleague's claim that waits on the server
    std::vector<Hash> saved;     ///< what the tablet's officer was shown as saved
};

/// The product's vault, engine and server on a copy of that beginning, joined in one process on virtual time. Opening
/// may fail where the disk does: then that half is not there.
class SyncWorld {
public:
    SyncWorld(const SyncBeginning& beginning, const std::filesystem::path& folder);
    /// On what is in the folder: another process worked there and is gone.
    struct AsItIs {
        std::uint64_t seed = 7;  ///< another process draws other numbers
    };
    SyncWorld(const SyncBeginning& beginning, const std::filesystem::path& folder, AsItIs as_it_is);

    /// Called at each named moment from here on: "pushReceived" and "pushReceived done" around each call of the
    /// tablet's store that writes, "journal-written" and "committed" of the server's writer, "saved" when an officer
    /// was shown that. Give it before opening.
    void at(std::function<void(std::string_view)> moment) { m_moment = std::move(moment); }
    /// What another process was shown as saved: from now on it must be here.
    void wasSaved(const Hash& hash) { m_saved.push_back(hash); }

    Status openServer();
    Status openTablet();
    /// Both processes end; what is on the disk stays.
    void close();

    /// Runs until the tablet has nothing left to do, `steps` events have passed or ten minutes. Saves one more answer
    /// on the way. True when all was sent and read.
    bool sync(int steps);

    /// Each change set that save() said was on disk.
    const std::vector<Hash>& saved() const { return m_saved; }
    /// What must hold whatever happened: all that was shown as saved is in the vault; all that it calls received is on
    /// the server; the server's folds are those of its rows. The first thing that does not, or empty.
    std::string whatIsWrong();
    /// After a sync that ended well: both sides have the same, and each change set once.
    std::string whatDiffers();

private:
    void perform(std::vector<tablet::Action> actions);
    void step(decltype(tablet::Event::what) what);
    /// The vault's copy of the ledger is the fold of the server's rows up to its cursor (I6).
    std::string whatTheCursorPassed();
    void save(const std::string& path, const std::string& value);

    const SyncBeginning& m_beginning;
    std::filesystem::path m_folder;
    ManualClock m_clock;
    SeededRandom m_random;
    server::Metrics m_metrics;
    std::unique_ptr<server::Server> m_server;
    std::unique_ptr<ApiWire> m_wire;
    std::unique_ptr<tablet::Vault> m_vault;
    std::unique_ptr<tablet::VaultSyncStore> m_vault_store;
    std::unique_ptr<tablet::SyncStore> m_store;
    std::unique_ptr<tablet::SyncEngine> m_engine;
    std::vector<tablet::Send> m_asked;
    std::map<int, std::int64_t> m_timers;
    std::function<void(std::string_view)> m_moment = [](std::string_view) {};
    std::vector<Hash> m_saved;
    int m_more_answers = 0;
};

}  // namespace fieldclaim::test
