#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mobile/sync/sync_engine.h"
#include "sync-server/transfer/transfer_runner.h"
#include "tests/simulation/bugs.h"
#include "tests/simulation/sim_pack.h"
#include "tests/simulation/world.h"
#include "tests/support/api_wire/api_wire.h"

namespace fieldclaim::sim {

using Reply = test::ApiWire::Reply;

/// An enrolled tablet as the server knows it, and its officer, whose author is not registered yet.
struct Seat {
    std::string site;
    std::string scope;
    Uuid device;
    KeyPair device_key;
    Uuid officer;
    std::string officer_code;
    /// The site's scope, and that of its officer's own claims.
    bool reads(const std::string& of) const { return of == scope || of == scopeOfOfficer(officer); }
};

/// A server's folder with two sites and enrolled tablets, made once a process and copied for each run: a run then
/// begins in a millisecond.
class ServerTemplate {
public:
    static constexpr std::size_t kSites = 2;
    static constexpr std::size_t kSeats = 5;  ///< a site

    ServerTemplate();
    ~ServerTemplate();
    ServerTemplate(const ServerTemplate&) = delete;
    ServerTemplate& operator=(const ServerTemplate&) = delete;

    const std::vector<Seat>& seats(std::size_t site) const { return m_seats[site]; }
    const Hash& caKeyHash() const { return m_ca_key_hash; }
    const std::string& caPem() const { return m_ca_pem; }
    const SimPacks& packs() const { return *m_packs; }
    const Uuid& supervisor() const { return m_supervisor; }
    void copyTo(const std::filesystem::path& folder) const;
    /// Below it each run has a folder: in memory where the system offers that.
    const std::filesystem::path& workFolder() const { return m_folder; }

private:
    std::filesystem::path m_folder;
    std::unique_ptr<SimPacks> m_packs;
    Uuid m_supervisor;
    std::vector<Seat> m_seats[kSites];
    Hash m_ca_key_hash{};
    std::string m_ca_pem;
};

/// The real server behind an in-process wire: the API's own routes, without sockets. It may crash (nothing of its
/// memory stays) and be opened again on its store. Notes what it acknowledged, and checks at once that it is kept (I1).
class ServerEnd {
public:
    /// `folder` is the run's own and is emptied. Not started yet.
    ServerEnd(World& world, const ServerTemplate& ready, const std::filesystem::path& folder, Bug bug);
    ~ServerEnd();

    bool up() const { return m_server != nullptr; }
    /// As a killed process leaves its files; with half of a write behind them in so many of a thousand crashes.
    void crash();
    void tearWrites(int permille) { m_torn_permille = permille; }
    void restart();
    /// From the next start on the ledger may grow by so many pages; nothing: the disk has room.
    void limitDisk(std::optional<std::int64_t> more_pages) { m_more_pages = more_pages; }
    bool diskLimited() const { return m_more_pages.has_value(); }
    /// The set of revoked tablets is the directory's after a restore. False when the disk is full.
    bool revoke(const Uuid& device);
    /// Keeps a journal on another disk from now on; before the first start.
    void keepJournal() { m_journal = true; }
    bool keepsJournal() const { return m_journal; }
    /// Copies it beside its work. `verified`: reads the copy back, and lets tablets drop what is in it. False when the
    /// disk is full.
    bool takeBackup(bool verified);
    bool hasBackup() const { return m_has_backup; }
    /// Its disk is gone: what comes back is the last backup with what the journal has, as another history (H06, H51).
    void restoreBackup();
    /// From the next start on it gives out that version of the form pack (0: the first) and sends to these targets.
    void openOffice(std::size_t pack_version, std::vector<server::TargetConfig> targets);
    /// How often it was started.
    std::uint64_t life() const { return m_life; }
    /// A target calls back with a receipt.
    void callBack(const std::string& body);
    /// I10: no transfer without its statement's bytes.
    void requireBlob(const std::string& crn, const std::string& digest);
    void read(const server::LedgerStore::ReadJob& job);
    server::TransferStore& transferStore();
    const Clock& clock() const { return m_clock; }
    Random& chance() { return m_chance; }
    Reply handle(const tablet::Send& request, const std::string& peer);
    /// What a buggy server still has in memory is written.
    void settle() { writeLate(); }

    server::Server& server() { return *m_server; }
    World& world() const { return m_world; }
    /// Of this history.
    const std::set<Hash>& acknowledged() const { return m_acknowledged; }
    const std::set<Uuid>& revoked() const { return m_revoked; }

private:
    /// Gives a packed push its change sets; false when they cannot be had.
    bool unpack(PushRequest& asked) const;
    void noteSnapshot(const Reply& reply);
    void tracePull(const tablet::Send& request, const Reply& reply);
    void noteHello(const tablet::Send& request, Reply& reply);
    Reply route(const tablet::Send& request, const std::string& peer);
    void checkPush(const tablet::Send& request, const Reply& reply);
    void forgetHistory();
    std::filesystem::path backups() const;
    std::filesystem::path journalFile() const;

    // The known bugs of a server: server_bugs.cpp.
    void overwriteFork(const tablet::Send& request, Reply& reply);
    void refuseFinished(const tablet::Send& request, Reply& reply);
    bool holdsPoison(const tablet::Send& request) const;
    Reply pushAsIfNotRevoked(const tablet::Send& request, const std::string& peer);
    void applyTwice(const tablet::Send& request, const Reply& reply);
    void answerEarly(const tablet::Send& request, Reply& reply);
    void writeLate();
    void serveLate(const tablet::Send& request, Reply& reply);
    void leak(const tablet::Send& request, Reply& reply);

    World& m_world;
    Bug m_bug;
    std::filesystem::path m_folder;
    WorldClock m_clock;
    Chance m_chance;
    std::unique_ptr<server::Metrics> m_metrics;
    std::unique_ptr<server::Server> m_server;
    std::unique_ptr<test::ApiWire> m_wire;
    std::set<Hash> m_acknowledged;
    std::set<Uuid> m_revoked;
    bool m_journal = false;
    bool m_has_backup = false;
    std::uint64_t m_history = 0;
    int m_torn_permille = 0;
    std::uint64_t m_deaths = 0;
    std::optional<std::int64_t> m_more_pages;
    std::uint64_t m_most_behind =
        server::kMostBehind;  ///< in a third of the runs a few, so that tablets take snapshots
    const SimPacks& m_packs;
    std::optional<std::size_t> m_pack_version;
    std::vector<server::TargetConfig> m_targets;
    std::unique_ptr<server::TransferStore> m_transfers;
    std::uint64_t m_life = 0;
    unsigned m_bug_turn = 0;
    std::vector<std::pair<tablet::Send, std::string>> m_unwritten;
    std::set<std::string> m_finished;  ///< uploads, by what they are of
};

}  // namespace fieldclaim::sim
