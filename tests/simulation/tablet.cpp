#include "tests/simulation/tablet.h"

#include <set>

#include "shared/domain/records.h"

namespace fieldclaim::sim {
namespace {

constexpr std::array<const char*, 5> kAnswers{"a/nino", "a/surname", "a/postcode", "a/has_partner", "a/rent"};
constexpr std::array<const char*, 3> kJobs{"a/jobs/j1", "a/jobs/j2", "a/jobs/j3"};
constexpr std::array<const char*, 2> kJobAnswers{"/jb_employer", "/jb_net"};

template <std::size_t N>
std::string any(Chance& chance, const std::array<const char*, N>& of) {
    return of[chance.below(N)];
}

}  // namespace

SimTablet::SimTablet(World& world, std::string name, const Seat& seat, const MakeStore& make_store, Bug bug)
    : m_world(world),
      m_name(std::move(name)),
      m_seat(seat),
      m_bug(bug),
      m_clock(world.nowRef()),
      m_chance(world.chance.below(UINT64_MAX)),
      m_store(make_store(m_clock, m_chance)) {}

void SimTablet::start() {
    if (running()) return;
    m_world.trace(m_name + " starts");
    m_face = withBug(m_store->sync(), m_bug);
    m_engine = std::make_unique<tablet::SyncEngine>(*m_face, m_chance);
    step(tablet::Started{});
    step(tablet::NetworkChanged{m_online});
}

void SimTablet::crash() {
    if (!running()) return;
    const auto now = counts();
    m_world.count(Fault::TabletCrash);
    if (now.saved > now.acknowledged) m_world.count(Fault::CrashWithWork);
    m_world.trace(m_name + " ends, with " + std::to_string(now.saved - now.acknowledged) + " to send");
    end();
    if (m_bug != Bug::LostPending || !m_store->comeBackAs("flushed")) m_store->endAndReopen();
}

void SimTablet::end() {
    m_engine.reset();
    m_face.reset();
    m_timers.clear();
    ++m_life;
}

void SimTablet::restoreStore() {
    if (!m_copied) return;
    end();
    ENSURE(m_store->comeBackAs("backup"));
    m_world.count(Fault::StoreRestored);
    m_restored = true;
    std::set<ChangeSetId> here;
    for (const auto& own : m_store->own()) here.insert(own.id);
    for (auto& saved : m_journal) saved.rolled_back = !here.contains(saved.change_set.id());
    std::erase_if(m_images, [&](const auto& image) { return !m_store->hasImage(image.first); });
    m_world.trace(m_name + "'s store is restored to its save " + std::to_string(here.size()));
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

void SimTablet::save(const std::string& crn, Payload payload, const std::optional<ClaimKey>& begins) {
    if (m_bug == Bug::LostPending && (m_journal.empty() || m_chance.percent(30))) m_store->copyAs("flushed");
    if (m_chance.percent(10)) {
        m_store->copyAs("backup");
        m_copied = true;
    }
    std::optional<Bytes> image;
    if (m_chance.percent(4)) {
        image.emplace(m_chance.percent(70) ? 900 : 150'000);
        m_chance.fill(image->data(), image->size());
        m_images.emplace(sha256(*image), crn);
        m_world.trace(m_name + " keeps an image of " + crn.substr(0, 4));
    }
    m_journal.push_back({m_store->save(crn, std::move(payload), m_clock.wallMs(), begins, m_seat.site, image)});
    const auto& made = m_journal.back().change_set;
    m_world.trace(m_name + " saves " + crn.substr(0, 4) + " #" + std::to_string(made.header.counter) + " " +
                  (made.payload.edits.empty() ? "intent" : made.payload.edits[0].path) + " " +
                  toHex(ByteView(made.hash).first(4)));
    require(state(crn).knows(made.id()), "I8", m_name + " does not show what was just saved");
    if (running()) step(tablet::Saved{});
}

void SimTablet::beginClaim() {
    const auto crn = Crn::make(m_chance);
    ClaimKey key{};
    m_chance.fill(key.data(), key.size());
    save(crn, Payload{{Edit{std::string(kSitePath), Value(m_seat.site), {}}}, std::nullopt}, key);
}

void SimTablet::work() {
    const auto claims = m_store->claims();
    if (claims.empty()) return;
    const auto crn = *std::next(claims.begin(), static_cast<std::ptrdiff_t>(m_chance.below(claims.size())));
    auto payload = drawPayload(state(crn));
    if (!payload.edits.empty() || payload.intent) save(crn, std::move(payload));
}

Value SimTablet::drawValue() {
    // A third are values that others write too: they must collapse, not conflict.
    if (m_chance.percent(30)) return m_chance.percent(50) ? "yes" : "no";
    if (m_chance.percent(10)) return {};
    return m_name + "-" + std::to_string(++m_values);
}

Payload SimTablet::drawPayload(const ClaimState& state) {
    Payload out;
    const auto dice = m_chance.below(100);
    const auto conflicts = state.conflicts();
    if (dice < 20 && !conflicts.empty()) {
        const auto& path = conflicts[m_chance.below(conflicts.size())];
        out.edits.push_back(m_chance.percent(20) ? state.removal(path) : state.edit(path, state.value(path)));
    } else if (dice < 30) {
        const auto job = any(m_chance, kJobs);
        if (!state.pathsUnder(job).empty()) out.edits.push_back(state.removal(job));
    } else if (dice < 36) {
        out.intent = Value::Map{{"intent", std::string(kIntentCorrectDate)},
                                {"key", "first_contact"},
                                {"date", "2007-01-0" + std::to_string(m_chance.between(1, 3))},
                                {"reason", "as the letter says"}};
    } else if (dice < 38) {
        out.intent = Value::Map{{"intent", std::string(kIntentWithdraw)}, {"reason", "the customer asked"}};
    } else {
        const auto edits = m_chance.between(1, 3);
        for (std::int64_t i = 0; i < edits; ++i) {
            const auto path =
                m_chance.percent(60) ? any(m_chance, kAnswers) : any(m_chance, kJobs) + any(m_chance, kJobAnswers);
            bool again = false;
            for (const auto& edit : out.edits) again = again || edit.path == path;
            if (!again) out.edits.push_back(state.edit(path, drawValue()));
        }
    }
    return out;
}

}  // namespace fieldclaim::sim
