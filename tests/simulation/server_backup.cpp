#include "shared/base/ids.h"
#include "sync-server/backup/backup_taker.h"
#include "sync-server/backup/restore.h"
#include "tests/simulation/server_end.h"

// The loss of the server's disk, by the product's own backup and restore.
namespace fieldclaim::sim {
namespace {

namespace fs = std::filesystem;

template <typename T>
T must(Result<T> result) {
    if (!result) throw Violation("H06", describe(result.error()));
    return std::move(*result);
}
void must(const Status& status) {
    if (!status) throw Violation("H06", describe(status.error()));
}

/// As a restore would that forgets that tablets hold the other history (H06).
void takeBackEpoch(const fs::path& ledger, const Uuid& epoch) {
    server::SqliteLedgerStore::Options options;
    options.path = ledger.string();
    options.inline_writer = true;
    const auto store = must(server::SqliteLedgerStore::open(std::move(options)));
    must(store->write([&](server::LedgerTransaction& tx) -> Status {
        ASSIGN(auto identity, tx.identity());
        identity->epoch = epoch;
        return tx.putIdentity(*identity);
    }));
}

}  // namespace

fs::path ServerEnd::backups() const { return m_folder.parent_path() / ("backups" + std::to_string(m_history)); }

fs::path ServerEnd::journalFile() const { return m_folder.parent_path() / ("journal" + std::to_string(m_history)); }

bool ServerEnd::takeBackup(bool verified) {
    auto& store = m_server->store();
    const auto taken = server::takeBackup(store, m_folder, backups(), m_clock);
    if (!taken) {
        // Two in one millisecond have one name.
        require(taken.error().code == ErrorCode::DiskFull || taken.error().code == ErrorCode::Conflict, "H06",
                "no backup: " + describe(taken.error()));
        return false;
    }
    m_has_backup = true;
    if (!verified) return true;
    const auto read = must(server::verifyBackup(*taken));
    require(read.wrong.empty(), "H06", read.wrong.empty() ? "" : "a backup is not right: " + read.wrong.front());
    must(server::markVerified(*taken, m_clock.wallMs()));
    // A full disk: it stays a backup that nobody relies on.
    return server::noteVerified(store, read, m_clock.wallMs()).has_value();
}

void ServerEnd::restoreBackup() {
    ENSURE(m_has_backup);
    if (!up()) restart();
    const auto before = m_server->identity().epoch;
    crash();
    limitDisk(std::nullopt);  // it is another disk
    const auto set = backups();
    const auto journal = journalFile();
    ++m_history;
    m_folder = m_folder.parent_path() / ("server" + std::to_string(m_history));
    server::RestoreOptions asked{set, m_folder, std::nullopt};
    if (m_journal && m_bug != Bug::JournalNotReplayed) asked.journal = journal;
    must(server::restoreBackup(asked, m_clock, m_chance));
    m_has_backup = false;
    if (m_bug == Bug::RestoredSameEpoch) takeBackEpoch(m_folder / "ledger.db", before);
    restart();
    forgetHistory();
    // As an operator does: until then nothing of this history can be restored.
    takeBackup(true);
}

/// What it acknowledged and was lost with its disk is the tablets' to offer again.
void ServerEnd::forgetHistory() {
    std::set<Hash> kept;
    std::set<Uuid> revoked;
    read([&](const server::LedgerSnapshot& now) -> Status {
        TRY(now.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
            for (const auto& bytes : row.change_sets) {
                ASSIGN(const auto raw, splitChangeSet(bytes));
                kept.insert(sha256(raw.header_bytes));
            }
            return {};
        }));
        TRY(now.chains().forEachSetAside([&](const server::SetAsideRow& row) -> Status {
            kept.insert(row.hash);
            return {};
        }));
        ASSIGN(const auto devices, now.directory().devices());
        for (const auto& device : devices) {
            if (device.revoked_ms != 0) revoked.insert(device.id);
        }
        return {};
    });
    require(!m_journal || revoked == m_revoked, "H51", "a revoked tablet is one no more, or the other way round");
    m_revoked = std::move(revoked);
    std::erase_if(m_acknowledged, [&](const Hash& hash) { return !kept.contains(hash); });
}

}  // namespace fieldclaim::sim
