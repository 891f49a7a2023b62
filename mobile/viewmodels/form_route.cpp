#include "mobile/viewmodels/form_route.h"

#include <algorithm>
#include <map>

namespace fieldclaim::tablet {

FormRoute::FormRoute(const Evaluation& evaluation) {
    const auto& pack = evaluation.pack();
    std::map<std::string, Stop*> by_page;
    m_stops.reserve(pack.pages().size());
    for (const auto& page : pack.pages()) {
        const auto any = [&](auto holds) {
            return std::any_of(page.questions.begin(), page.questions.end(),
                               [&](std::size_t index) { return holds(pack.questions()[index]); });
        };
        const bool declared = any([](const Question& question) { return question.declared; });
        const bool asks = any([](const Question& question) { return question.isAsked(); });
        // A page that only shows something is passed on the way.
        if (declared || !asks) {
            m_stops.push_back({&page, PageState::NotAsked, false, 0});
        } else {
            m_closing.push_back(page.section);
        }
    }
    for (auto& stop : m_stops) by_page[stop.page->id] = &stop;

    const auto raise = [](Stop& stop, PageState state) {
        // Missing over Done over Open over NotAsked: an optional line left empty on an answered page asks no more.
        static constexpr int kRank[] = {0, 1, 3, 2};
        if (kRank[static_cast<int>(state)] > kRank[static_cast<int>(stop.state)]) stop.state = state;
    };
    for (const auto& question : evaluation.questions()) {
        if (!question.relevant) continue;
        const auto found = by_page.find(question.question->page);
        if (found == by_page.end()) continue;
        auto& stop = *found->second;
        raise(stop, question.missing || question.invalid ? PageState::Missing
                    : question.answered                  ? PageState::Done
                                                         : PageState::Open);
        if (question.missing || question.invalid) ++stop.questions_to_go;
        stop.look_again = stop.look_again || question.look_again;
    }
    for (const auto& repeat : evaluation.repeats()) {
        if (!repeat.relevant) continue;
        const auto found = by_page.find(repeat.repeat->page);
        if (found == by_page.end()) continue;
        raise(*found->second, repeat.missing             ? PageState::Missing
                              : repeat.instances.empty() ? PageState::Open
                                                         : PageState::Done);
        if (repeat.missing) ++found->second->questions_to_go;
        found->second->look_again = found->second->look_again || repeat.look_again;
    }
}

const FormRoute::Stop* FormRoute::find(std::string_view page) const {
    for (const auto& stop : m_stops) {
        if (stop.page->id == page) return &stop;
    }
    return nullptr;
}

std::optional<std::string> FormRoute::next(std::string_view page) const {
    bool passed = false;
    for (const auto& stop : m_stops) {
        if (passed && (stop.state == PageState::Missing || stop.state == PageState::Open)) return stop.page->id;
        passed = passed || stop.page->id == page;
    }
    for (const auto& stop : m_stops) {
        if (stop.page->id == page) break;
        if (stop.state == PageState::Missing) return stop.page->id;
    }
    return std::nullopt;
}

std::optional<std::string> FormRoute::previous(std::string_view page) const {
    std::optional<std::string> last;
    for (const auto& stop : m_stops) {
        if (stop.page->id == page) return last;
        if (stop.state != PageState::NotAsked) last = stop.page->id;
    }
    return std::nullopt;
}

std::optional<std::string> FormRoute::entry(std::string_view section) const {
    std::optional<std::string> asked;
    for (const auto& stop : m_stops) {
        if (stop.page->section != section || stop.state == PageState::NotAsked) continue;
        if (stop.state == PageState::Missing) return stop.page->id;
        if (!asked) asked = stop.page->id;
    }
    return asked;
}

std::optional<std::string> FormRoute::first() const {
    for (const auto& stop : m_stops) {
        if (stop.state == PageState::Missing || stop.state == PageState::Open) return stop.page->id;
    }
    return std::nullopt;
}

std::pair<int, int> FormRoute::placeInSection(std::string_view page) const {
    const auto* here = find(page);
    if (here == nullptr) return {0, 0};
    int at = 0;
    int all = 0;
    for (const auto& stop : m_stops) {
        if (stop.page->section != here->page->section) continue;
        if (stop.state == PageState::NotAsked && &stop != here) continue;
        ++all;
        if (&stop == here) at = all;
    }
    return {at, all};
}

bool FormRoute::closes(std::string_view section) const {
    return std::find(m_closing.begin(), m_closing.end(), section) != m_closing.end();
}

const Question* benefitsQuestion(const FormPack& pack) { return pack.find("benefits_claimed"); }

}  // namespace fieldclaim::tablet
