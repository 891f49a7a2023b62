#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mobile/sync/sync_engine.h"
#include "shared/domain/claim_review.h"
#include "tests/simulation/bugs.h"
#include "tests/simulation/sim_pack.h"
#include "tests/simulation/statements.h"
#include "tests/simulation/tablet_store.h"
#include "tests/simulation/world.h"

namespace fieldclaim::sim {

class SimTablet;

/// What a tablet's engine is driven by.
class Carrier {
public:
    virtual ~Carrier() = default;
    virtual void carry(SimTablet& from, tablet::Send request) = 0;
};

/// A tablet: the real engine over a store that outlives it, its clock, and an officer who works on claims. Its journal
/// is what the officer was shown as saved.
class SimTablet {
public:
    using MakeStore = std::function<std::unique_ptr<TabletStore>(const Clock& clock, Random& random)>;
    SimTablet(World& world, std::uint64_t number, const Seat& seat, const MakeStore& make_store, Bug bug);
    /// Goes on from a copy of another's store as it is now (H07).
    SimTablet(World& world, std::uint64_t number, SimTablet& copied, const std::filesystem::path& folder);
    SimTablet(const SimTablet&) = delete;
    SimTablet& operator=(const SimTablet&) = delete;

    void connect(Carrier& carrier) { m_carrier = &carrier; }
    /// Its officer signs and submits claims with the version that has arrived of these packs, of which the server has
    /// `in_use`; `statements` is told of each signature. All outlive it.
    void joinOffice(const SimPacks& packs, const std::size_t& in_use, SignedStatements& statements);
    void start();
    /// The process ends; its store stays, with half of a write behind it in so many of a thousand cases.
    void crash();
    void tearWrites(int permille) { m_torn_permille = permille; }
    /// The server's disk is gone: what this tablet does not have any more may be lost, being wiped or having dropped
    /// these claims by order.
    void serverLost(const std::set<std::string>& dropped_by_order);
    /// From now on it may be wiped with unsent work, once it has had the time to send it.
    void wipeOrdered() {
        if (m_wipe_ordered_ms < 0) m_wipe_ordered_ms = m_world.now();
    }
    /// Locked by order: its officer sees nothing and saves nothing.
    bool locked() const { return m_locked && !m_wiped; }
    /// The process ends, and what comes back is a copy of the store from some time ago (H07).
    void restoreStore();
    bool running() const { return m_engine != nullptr; }
    void setOnline(bool online);
    bool online() const { return m_online; }
    /// Nothing can be written, by the engine or by the officer.
    void setDiskFull(bool full);
    /// Wrong by so much from now on; nothing may be decided by it.
    void setClock(std::int64_t off_ms) { m_clock.off_ms = off_ms; }
    void syncNow() {
        if (running()) step(tablet::SyncNow{});
    }
    /// Of an earlier life: passed over.
    void answer(std::uint64_t life, std::variant<tablet::Replied, tablet::Failed> what);

    /// The officer begins a claim; `number` is one that another claim has.
    void beginClaim(Chance& dice, const std::optional<std::string>& number = std::nullopt);
    /// The officer does something to a claim that is here; nothing when there is none.
    void work(Chance& dice);
    /// The officer brings a claim a step nearer to the targets: settles what differs, fills in what is missing, has it
    /// signed, submits it, or changes it after all that.
    void bringFurther(Chance& dice);
    /// A save that writes what only the server may (H18).
    void poison(Chance& dice);

    const std::string& name() const { return m_name; }
    std::uint64_t number() const { return m_number; }
    const Seat& seat() const { return m_seat; }
    std::uint64_t life() const { return m_life; }
    bool idle() const { return m_wiped || (m_engine && m_engine->idle()); }
    const tablet::SyncStatus& status() const { return m_engine->status(); }
    struct Saved {
        ChangeSet change_set;
        bool rolled_back = false;  ///< gone from the tablet with its restored store
        bool may_be_lost = false;  ///< gone from it by order, and from the server with its disk
    };
    const std::vector<Saved>& journal() const { return m_journal; }
    /// Images that no restored store took away, with their claims.
    const std::map<Hash, std::string>& images() const { return m_images; }
    bool wasRestored() const { return m_restored; }
    /// It had an order to wipe and nothing left to send.
    bool wiped() const { return m_wiped; }
    /// What the server has to set aside: saves that break its rules.
    const std::set<Hash>& wrong() const { return m_wrong; }
    /// Its officer works on it: not on a claim whose number was taken, nor on one that has left.
    bool worksOn(const std::string& crn) const { return !m_taken.contains(crn) && m_store->mayWrite(crn); }
    bool tookNumber(const std::string& crn) const { return m_taken.contains(crn); }
    const TabletStore& store() const { return *m_store; }
    bool hasUnsent(const std::string& crn) const;
    bool isRegistered() { return m_store->sync().unregisteredAuthors()->empty(); }
    std::size_t lacksPacks(const std::vector<PackInfo>& offered) {
        return m_store->sync().packsToFetch(offered)->size();
    }
    tablet::SyncCounts counts() { return *m_store->sync().counts(); }
    tablet::PullPosition position() { return *m_store->sync().pullPosition(); }
    /// As the officer sees it.
    ClaimState state(const std::string& crn) const;

private:
    void step(decltype(tablet::Event::what) what);
    void end();
    void perform(std::vector<tablet::Action> actions);
    void setTimer(const tablet::SetTimer& timer);
    bool save(Chance& dice, const std::string& crn, Payload payload,
              const std::optional<ClaimKey>& begins = std::nullopt, std::optional<Bytes> blob = std::nullopt);
    std::optional<std::string> anyClaim(Chance& dice) const;
    Payload drawPayload(Chance& dice, const ClaimState& state);
    Value drawValue(Chance& dice, const std::string& path);
    void wipe();
    void sign(Chance& dice, const std::string& crn, const ClaimState& now, const ClaimReview& review);
    void noteStatus(const tablet::SyncStatus& status);

    World& m_world;
    std::uint64_t m_number;
    std::string m_name;
    Seat m_seat;
    Bug m_bug;
    WorldClock m_clock;
    Chance m_chance;
    std::unique_ptr<TabletStore> m_store;
    bool m_disk_full = false;
    std::unique_ptr<tablet::SyncStore> m_face;
    std::unique_ptr<tablet::SyncStore> m_disk;  ///< around m_face
    std::unique_ptr<tablet::SyncEngine> m_engine;
    bool m_copied = false;  ///< there is a copy named "backup"
    bool m_restored = false;
    bool m_wiped = false;
    std::optional<Uuid> m_epoch_lost;  ///< the server's that it knew when that server's disk was gone
    bool m_stalled = false;
    bool m_locked = false;
    std::int64_t m_wipe_ordered_ms = -1;
    int m_torn_permille = 0;
    std::uint64_t m_deaths = 0;
    std::uint32_t m_forked = 0;  ///< the highest incarnation that it knows to be forked
    std::vector<Saved> m_journal;
    std::set<Hash> m_wrong;
    std::set<std::string> m_taken;
    std::map<Hash, std::string> m_images;
    Carrier* m_carrier = nullptr;
    const SimPacks* m_packs = nullptr;
    SignedStatements* m_statements = nullptr;
    const std::size_t* m_packs_in_use = nullptr;
    std::size_t m_pack_version = 0;
    std::uint64_t m_life = 0;
    std::map<int, std::uint64_t> m_timers;  ///< timer -> which setting of it counts
    std::uint64_t m_timer_turn = 0;
    bool m_online = true;
    std::uint64_t m_values = 0;
};

}  // namespace fieldclaim::sim
