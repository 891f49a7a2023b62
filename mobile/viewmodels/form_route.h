#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/forms/evaluation.h"

namespace fieldclaim::tablet {

/// How one goes through a pack's pages: in asking order, only where something is asked. A view of an evaluation, which
/// must outlive it. Pages that hold nothing declared (the acknowledgements and signing questions at the end) belong to
/// the check and sign screens and are not on the route.
class FormRoute {
public:
    explicit FormRoute(const Evaluation& evaluation);

    enum class PageState { NotAsked, Open, Missing, Done };  ///< Open: only optional questions are unanswered

    struct Stop {
        const Page* page = nullptr;
        PageState state = PageState::NotAsked;
        bool look_again = false;
        int questions_to_go = 0;
    };
    const std::vector<Stop>& stops() const { return m_stops; }
    const Stop* find(std::string_view page) const;
    /// The next page after this one with something to answer; from the end it goes on with what was left missing
    /// before. Nullopt: nothing is missing any more.
    std::optional<std::string> next(std::string_view page) const;
    /// The page before this one that is asked.
    std::optional<std::string> previous(std::string_view page) const;
    /// Where to go in a section: its first page with something missing, else its first that is asked.
    std::optional<std::string> entry(std::string_view section) const;
    /// The first page of all with something to answer.
    std::optional<std::string> first() const;
    /// "4 of 7": the page's place among those of its section that are asked.
    std::pair<int, int> placeInSection(std::string_view page) const;

    /// True for the section whose own pages are the check and sign screens; what it asks besides is reached from there.
    bool closes(std::string_view section) const;

private:
    std::vector<Stop> m_stops;
    std::vector<std::string> m_closing;
};

/// The question that holds the benefits claimed: its page is the pre-screen's own.
const Question* benefitsQuestion(const FormPack& pack);

}  // namespace fieldclaim::tablet
