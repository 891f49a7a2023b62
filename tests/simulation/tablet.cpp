#include "tests/simulation/tablet.h"

#include <algorithm>
#include <array>

#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "shared/domain/records.h"
#include "tests/simulation/store_around.h"

namespace fieldclaim::sim {
namespace {

constexpr std::array<const char*, 5> kAnswers{"a/nino", "a/surname", "a/postcode", "a/has_partner", "a/rent"};
constexpr std::array<const char*, 3> kJobs{"a/jobs/j1", "a/jobs/j2", "a/jobs/j3"};
constexpr std::array<const char*, 2> kJobAnswers{"/jb_employer", "/jb_net"};

template <std::size_t N>
std::string any(Chance& chance, const std::array<const char*, N>& of) {
    return of[chance.below(N)];
}

/// The product's app refuses to type over a date that stands, and asks the server to correct it.
Payload withoutTheDate(Payload payload) {
    const auto path = answerPath(kFirstContact);
    std::erase_if(payload.edits, [&](const Edit& edit) { return edit.path == path; });
    if (payload.edits.empty()) {
        payload.intent = Value::Map{{"intent", std::string(kIntentCorrectDate)},
                                    {"key", std::string(kFirstContact)},
                                    {"date", "2007-01-02"},
                                    {"reason", "as the letter says"}};
    }
    return payload;
}

}  // namespace

SimTablet::SimTablet(World& world, std::uint64_t number, const Seat& seat, const MakeStore& make_store, Bug bug)
    : m_world(world),
      m_number(number),
      m_name("T" + std::to_string(number)),
      m_seat(seat),
      m_bug(bug),
      m_clock(world.nowRef()),
      m_chance(world.stream(Stream::Tablet, number)),
      m_store(make_store(m_clock, m_chance)) {}

SimTablet::SimTablet(World& world, std::uint64_t number, SimTablet& copied, const std::filesystem::path& folder)
    : m_world(world),
      m_number(number),
      m_name("T" + std::to_string(number)),
      m_seat(copied.m_seat),
      m_bug(copied.m_bug),
      m_clock(world.nowRef()),
      m_chance(world.stream(Stream::Tablet, number)),
      m_store(copied.m_store->clone(folder, m_clock, m_chance)),
      m_restored(true),
      m_torn_permille(copied.m_torn_permille),
      m_journal(copied.m_journal),
      m_wrong(copied.m_wrong),
      m_taken(copied.m_taken),
      m_images(copied.m_images) {
    m_wipe_ordered_ms = copied.m_wipe_ordered_ms;
    m_epoch_lost = copied.m_epoch_lost;
    copied.m_restored = true;
}

void SimTablet::start() {
    if (running() || m_wiped) return;
    m_world.trace(m_name + " starts");
    m_face = withBug(m_store->sync(), m_bug, [this] { m_world.after(0, [this] { wipe(); }); });
    m_disk = std::make_unique<TabletDisk>(*m_face, m_disk_full, m_forked);
    m_engine = std::make_unique<tablet::SyncEngine>(*m_disk, m_chance);
    step(tablet::Started{});
    if (running()) step(tablet::NetworkChanged{m_online});
}

void SimTablet::crash() {
    if (!running()) return;
    const auto now = counts();
    m_world.count(Fault::TabletCrash);
    if (now.saved > now.acknowledged) m_world.count(Fault::CrashWithWork);
    m_world.trace(m_name + " ends, with " + std::to_string(now.saved - now.acknowledged) + " to send");
    end();
    auto chance = m_world.stream(Stream::Death, m_number, ++m_deaths);
    const bool torn = chance.permille(m_torn_permille);
    if (m_bug == Bug::LostPending && m_store->comeBackAs("flushed")) return;
    if (m_store->endAndReopen(torn ? &chance : nullptr)) m_world.count(Fault::TornWrite);
}

void SimTablet::end() {
    m_engine.reset();
    m_disk.reset();
    m_face.reset();
    m_timers.clear();
    ++m_life;
}

void SimTablet::wipe() {
    if (m_wiped) return;
    const auto now = counts();
    constexpr std::int64_t kTimeToSendMs = 600'000;
    const bool had_time = m_wipe_ordered_ms >= 0 && m_world.now() - m_wipe_ordered_ms >= kTimeToSendMs;
    require(had_time || now.saved == now.acknowledged, "I1", m_name + " is wiped with work that it could have sent");
    if (now.saved != now.acknowledged) {
        std::set<ChangeSetId> unsent;
        for (const auto& own : m_store->own()) {
            if (!own.acknowledged) unsent.insert(own.id);
        }
        for (auto& saved : m_journal) saved.may_be_lost = saved.may_be_lost || unsent.contains(saved.change_set.id());
    }
    if (now.blobs_waiting > 0) m_images.clear();
    const bool by_word_of_lost_server = m_epoch_lost == position().epoch;
    m_world.trace(m_name + " is wiped");
    end();
    m_wiped = true;
    if (by_word_of_lost_server) serverLost({});
}

void SimTablet::serverLost(const std::set<std::string>& dropped_by_order) {
    if (!m_wiped) m_epoch_lost = position().epoch;
    for (auto& saved : m_journal) {
        saved.may_be_lost = saved.may_be_lost || m_wiped || dropped_by_order.contains(saved.change_set.header.claim);
    }
    std::erase_if(m_images, [&](const auto& image) { return m_wiped || dropped_by_order.contains(image.second); });
}

bool SimTablet::hasUnsent(const std::string& crn) const {
    const auto own = m_store->own();
    return std::any_of(own.begin(), own.end(), [&](const TabletStore::Own& each) {
        return each.header.claim == crn && !each.acknowledged && each.content;
    });
}

void SimTablet::restoreStore() {
    if (!m_copied || m_wiped) return;
    end();
    ENSURE(m_store->comeBackAs("backup"));
    m_world.count(Fault::StoreRestored);
    m_restored = true;
    m_forked = 0;
    std::set<ChangeSetId> here;
    for (const auto& own : m_store->own()) here.insert(own.id);
    for (auto& saved : m_journal) saved.rolled_back = !here.contains(saved.change_set.id());
    std::erase_if(m_images, [&](const auto& image) { return !m_store->hasImage(image.first); });
    m_world.trace(m_name + "'s store is restored to its save " + std::to_string(here.size()));
}

void SimTablet::setDiskFull(bool full) {
    if (m_disk_full == full) return;
    m_disk_full = full;
    m_world.trace(m_name + (full ? "'s disk is full" : "'s disk has room"));
}

void SimTablet::setOnline(bool online) {
    if (online == m_online) return;
    m_online = online;
    m_world.trace(m_name + (online ? " is online" : " is offline"));
    if (running()) step(tablet::NetworkChanged{online});
}

void SimTablet::answer(std::uint64_t life, std::variant<tablet::Replied, tablet::Failed> what) {
    if (life != m_life || !running()) return;
    std::visit([&](auto& each) { step(std::move(each)); }, what);
}

void SimTablet::step(decltype(tablet::Event::what) what) {
    perform(m_engine->step({m_clock.uptimeMs(), m_clock.wallMs(), std::move(what)}));
}

void SimTablet::perform(std::vector<tablet::Action> actions) {
    bool told_to_lock = false;
    for (auto& action : actions) {
        if (auto* send = std::get_if<tablet::Send>(&action)) {
            m_carrier->carry(*this, std::move(*send));
        } else if (const auto* timer = std::get_if<tablet::SetTimer>(&action)) {
            setTimer(*timer);
        } else if (std::holds_alternative<tablet::Forked>(action)) {
            require(m_restored, "I13", m_name + " was told of a fork that there is not");
            m_world.trace(m_name + " begins a new chain");
        } else if (const auto* refused = std::get_if<tablet::OfficerRefused>(&action)) {
            throw Violation("I12", m_name + ": the officer was refused: " + refused->reason);
        } else if (std::holds_alternative<tablet::PackArrived>(action)) {
            if (m_packs_in_use != nullptr) m_pack_version = *m_packs_in_use;
        } else if (const auto* changed = std::get_if<tablet::StatusChanged>(&action)) {
            noteStatus(changed->status);
        } else if (const auto* order = std::get_if<tablet::Order>(&action); order != nullptr && order->kind == "wipe") {
            wipe();
            return;
        } else if (order != nullptr) {
            told_to_lock = order->kind == "lock";
        } else if (std::holds_alternative<tablet::OfficersChanged>(action)) {
            // With each hello, after its orders: the absence of one to lock ends it.
            m_locked = told_to_lock;
        }
    }
}

void SimTablet::setTimer(const tablet::SetTimer& timer) {
    const auto turn = ++m_timer_turn;
    m_timers[timer.timer] = turn;
    if (timer.delay_ms < 0) return;
    m_world.after(timer.delay_ms, [this, id = timer.timer, turn, life = m_life] {
        if (life != m_life || !running() || m_timers[id] != turn) return;
        step(tablet::TimerFired{id});
    });
}

ClaimState SimTablet::state(const std::string& crn) const {
    if (m_bug == Bug::OwnWorkHidden) {
        for (const auto& own : m_store->own()) {
            if (own.header.claim == crn && !own.in_ledger) return {};
        }
    }
    return m_store->state(crn);
}

void SimTablet::noteStatus(const tablet::SyncStatus& status) {
    if (status.stalled && !m_stalled) m_world.met(40);
    m_stalled = status.stalled;
}

bool SimTablet::save(Chance& dice, const std::string& crn, Payload payload, const std::optional<ClaimKey>& begins,
                     std::optional<Bytes> blob) {
    if (m_disk_full) {
        // The officer is told that it was not saved; rule 1 speaks of what was shown as saved.
        m_world.count(Fault::TabletDiskFull);
        return false;
    }
    if (changesProtectedDate(state(crn), payload.edits, Date{INT32_MAX})) payload = withoutTheDate(std::move(payload));
    if (m_bug == Bug::LostPending && (m_journal.empty() || dice.percent(30))) m_store->copyAs("flushed");
    if (dice.percent(10)) {
        m_store->copyAs("backup");
        m_copied = true;
    }
    auto image = std::move(blob);
    if (!image && dice.percent(4) && worksOn(crn) && !payload.intent) {
        image.emplace(dice.percent(70) ? 900 : 150'000);
        dice.fill(image->data(), image->size());
        // As an answer names it: what no record names is in no verified backup that a tablet could wait for.
        const auto name = toHex(sha256(*image));
        payload.edits.push_back(state(crn).edit("a/photo_" + name.substr(0, 8), Value(name)));
    }
    if (image) {
        m_images.emplace(sha256(*image), crn);
        m_world.trace(m_name + " keeps an image of " + crn.substr(0, 4));
    }
    if (payload.edits.size() > 1) m_world.met(19);
    m_journal.push_back({m_store->save(crn, std::move(payload), m_clock.wallMs(), begins, m_seat.site, image)});
    const auto& made = m_journal.back().change_set;
    m_world.trace(m_name + " saves " + crn.substr(0, 4) + " #" + std::to_string(made.header.counter) + " " +
                  (made.payload.edits.empty() ? "intent" : made.payload.edits[0].path) + " " +
                  toHex(ByteView(made.hash).first(4)));
    require(made.header.incarnation > m_forked, "I13", m_name + " goes on in a chain that it knows to be forked");
    require(state(crn).knows(made.id()), "I8", m_name + " does not show what was just saved");
    if (running()) step(tablet::Saved{});
    return true;
}

void SimTablet::beginClaim(Chance& dice, const std::optional<std::string>& number) {
    const auto crn = number ? *number : Crn::make(dice);
    ClaimKey key{};
    dice.fill(key.data(), key.size());
    const auto before = m_journal.size();
    if (number) m_taken.insert(crn);
    const bool saved =
        save(dice, crn, Payload{{Edit{std::string(kSitePath), Value(m_seat.site), {}}}, std::nullopt}, key);
    if (!saved || !number) return;
    m_world.count(Fault::NumberTaken);
    m_wrong.insert(m_journal[before].change_set.hash);
}

std::optional<std::string> SimTablet::anyClaim(Chance& dice) const {
    auto claims = m_store->claims();
    std::erase_if(claims, [&](const std::string& crn) { return !worksOn(crn); });
    if (claims.empty()) return std::nullopt;
    return *std::next(claims.begin(), static_cast<std::ptrdiff_t>(dice.below(claims.size())));
}

void SimTablet::work(Chance& dice) {
    const auto crn = anyClaim(dice);
    if (!crn) return;
    auto payload = drawPayload(dice, state(*crn));
    if (!payload.edits.empty() || payload.intent) save(dice, *crn, std::move(payload));
}

void SimTablet::poison(Chance& dice) {
    const auto crn = anyClaim(dice);
    if (!crn) return;
    const auto now = state(*crn);
    Payload payload;
    const auto path = any(dice, kAnswers);
    payload.edits.push_back(now.edit(path, drawValue(dice, path)));
    payload.edits.push_back(now.edit("transfer/" + m_name, Value::Map{{"state", "accepted"}}));
    const auto before = m_journal.size();
    if (!save(dice, *crn, std::move(payload))) return;
    m_world.count(Fault::PoisonRecord);
    m_wrong.insert(m_journal[before].change_set.hash);
}

Value SimTablet::drawValue(Chance& dice, const std::string& path) {
    if (m_packs != nullptr) {
        const auto good = SimPacks::valuesFor(path);
        if (!good.empty()) return good[dice.below(good.size())];
    }
    // A third are values that others write too: they must collapse, not conflict.
    if (dice.percent(30)) return dice.percent(50) ? "yes" : "no";
    if (dice.percent(10)) return {};
    return m_name + "-" + std::to_string(++m_values);
}

Payload SimTablet::drawPayload(Chance& dice, const ClaimState& state) {
    Payload out;
    const auto roll = dice.below(100);
    const auto conflicts = state.conflicts();
    for (const auto* job : kJobs) {
        if (std::find(conflicts.begin(), conflicts.end(), job) != conflicts.end()) m_world.met(53);
    }
    if (roll < 20 && !conflicts.empty()) {
        const auto& path = conflicts[dice.below(conflicts.size())];
        out.edits.push_back(dice.percent(20) ? state.removal(path) : state.edit(path, state.value(path)));
    } else if (roll < 30) {
        const auto job = any(dice, kJobs);
        if (!state.pathsUnder(job).empty()) out.edits.push_back(state.removal(job));
    } else if (roll < 36) {
        out.intent = Value::Map{{"intent", std::string(kIntentCorrectDate)},
                                {"key", "first_contact"},
                                {"date", "2007-01-0" + std::to_string(dice.between(1, 3))},
                                {"reason", "as the letter says"}};
    } else if (roll < 38) {
        out.intent = Value::Map{{"intent", std::string(kIntentWithdraw)}, {"reason", "the customer asked"}};
    } else {
        const auto edits = dice.between(1, 3);
        for (std::int64_t i = 0; i < edits; ++i) {
            const auto path = dice.percent(60) ? any(dice, kAnswers) : any(dice, kJobs) + any(dice, kJobAnswers);
            bool again = false;
            for (const auto& edit : out.edits) again = again || edit.path == path;
            if (!again) out.edits.push_back(state.edit(path, drawValue(dice, path)));
        }
    }
    return out;
}

}  // namespace fieldclaim::sim
