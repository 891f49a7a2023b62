#include "tests/simulation/shrink.h"

namespace fieldclaim::sim {
namespace {

class Shrinker {
public:
    Shrinker(RunChoice failing, std::string invariant, const std::function<RunResult(const RunChoice&)>& run,
             const std::function<void(const RunChoice&)>& say)
        : m_best(std::move(failing)), m_invariant(std::move(invariant)), m_run(run), m_say(say) {
        m_best.print_trace = false;
    }

    RunChoice shrunk() {
        m_tablets = m_run(m_best).plan.tablets;
        m_steps = m_run(m_best).plan.steps;
        for (bool smaller = true; smaller;) {
            smaller = fewerTablets();
            smaller = fewerFaults() || smaller;
            smaller = fewerSteps() || smaller;
        }
        return m_best;
    }

private:
    bool stillFails(RunChoice choice) {
        if (m_run(choice).invariant != m_invariant) return false;
        m_best = std::move(choice);
        m_say(m_best);
        return true;
    }

    bool fewerTablets() {
        bool any = false;
        while (m_tablets > 1) {
            auto choice = m_best;
            choice.cut.tablets = m_tablets - 1;
            if (!stillFails(std::move(choice))) break;
            --m_tablets;
            any = true;
        }
        if (!m_best.cut.one_site) {
            auto choice = m_best;
            choice.cut.one_site = true;
            any = stillFails(std::move(choice)) || any;
        }
        return any;
    }

    bool fewerFaults() {
        bool any = false;
        for (std::size_t i = 0; i < kDrawnFaults; ++i) {
            auto choice = m_best;
            if (!choice.cut.without.insert(static_cast<Fault>(i)).second) continue;
            any = stillFails(std::move(choice)) || any;
        }
        return any;
    }

    bool fewerSteps() {
        if (!m_best.cut.steps) {
            auto choice = m_best;
            auto& all = choice.cut.steps.emplace();
            for (int i = 0; i < m_steps; ++i) all.insert(i);
            m_best = std::move(choice);
        }
        bool any = false;
        for (auto group = (m_best.cut.steps->size() + 1) / 2; group > 0; group /= 2) {
            for (std::size_t from = 0; from < m_best.cut.steps->size();) {
                auto choice = m_best;
                auto& steps = *choice.cut.steps;
                const auto begin = std::next(steps.begin(), static_cast<std::ptrdiff_t>(from));
                const auto count = std::min(group, steps.size() - from);
                steps.erase(begin, std::next(begin, static_cast<std::ptrdiff_t>(count)));
                if (stillFails(std::move(choice))) {
                    any = true;
                } else {
                    from += count;
                }
            }
        }
        return any;
    }

    RunChoice m_best;
    std::string m_invariant;
    const std::function<RunResult(const RunChoice&)>& m_run;
    const std::function<void(const RunChoice&)>& m_say;
    std::size_t m_tablets = 1;
    int m_steps = 0;
};

}  // namespace

RunChoice shrink(const RunChoice& failing, const std::string& invariant,
                 const std::function<RunResult(const RunChoice&)>& run,
                 const std::function<void(const RunChoice&)>& say) {
    return Shrinker(failing, invariant, run, say).shrunk();
}

}  // namespace fieldclaim::sim
