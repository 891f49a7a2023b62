#include <algorithm>

#include "mobile/casework/casework_impl.h"
#include "shared/base/text.h"

// The claims of this tablet as lists show and find them: by their kept summaries, made again a few at a time.
namespace fieldclaim::tablet {

std::size_t Casework::refreshSummaries(std::size_t at_most) {
    auto& impl = *m_impl;
    std::size_t count = 0;
    Impl::Made made;
    for (; count < at_most && !impl.outdated.empty(); ++count) {
        const auto crn = *impl.outdated.begin();
        impl.outdated.erase(impl.outdated.begin());
        // A claim that has left since, or a full disk: its row is made when it is next asked for.
        if (const auto row = impl.vault.claim(crn)) static_cast<void>(impl.make(*row, made));
    }
    impl.keep(made);
    return count;
}

Result<std::vector<ClaimSummary>> Casework::claims() const {
    ASSIGN(const auto rows, m_impl->vault.claims());
    auto out = m_impl->summariesFor(rows);
    putInOrder(out);
    return out;
}

Result<Casework::ClaimList> Casework::claimsNow(std::size_t most) const {
    ASSIGN(const auto rows, m_impl->vault.claims());
    const auto day = m_impl->today();
    ClaimList out;
    out.claims.reserve(rows.size());
    Impl::Made made;
    for (const auto& row : rows) {
        if (m_impl->unreadable.contains(row.crn)) {
            out.claims.push_back(m_impl->asideOf(row));
            continue;
        }
        if (auto kept = m_impl->keptOf(row, day)) {
            out.claims.push_back(std::move(*kept));
            continue;
        }
        auto before = Impl::keptWhenever(row);
        // What was the next visit then is over: another one may be next, and today.
        const bool is_over = before && before->visit && before->visit->date < day.iso();
        if ((!before || is_over) && made.size() < most) {
            out.claims.push_back(m_impl->makeOrSetAside(row, made));
            continue;
        }
        ++out.left;
        if (is_over) before->visit.reset();
        out.claims.push_back(before ? std::move(*before) : Impl::unread(row));
    }
    m_impl->keep(made);
    putInOrder(out.claims);
    return out;
}

Result<std::vector<ClaimSummary>> Casework::catchUp(std::size_t most) {
    return m_impl->makeNext(m_impl->today().days, most);
}

Result<ClaimSummary> Casework::summary(std::string_view crn) const {
    ASSIGN(const auto row, m_impl->vault.claim(crn));
    return std::move(m_impl->summariesFor({row}).front());
}

void Casework::putInOrder(std::vector<ClaimSummary>& claims) const {
    const auto today = m_impl->today().iso();
    const auto rank = [&](const ClaimSummary& summary) {
        return summary.visit && summary.visit->date == today ? 0 : summary.urgent ? 1 : 2;
    };
    std::sort(claims.begin(), claims.end(), [&](const ClaimSummary& a, const ClaimSummary& b) {
        const auto first = rank(a);
        const auto second = rank(b);
        if (first != second) return first < second;
        if (first == 0 && a.visit->time != b.visit->time) return a.visit->time < b.visit->time;
        return a.last_change != b.last_change ? a.last_change > b.last_change : a.crn < b.crn;
    });
}

Result<std::vector<ClaimSummary>> Casework::search(std::string_view text, std::size_t limit) const {
    const auto folded = foldName(trim(text));
    if (folded.empty()) return std::vector<ClaimSummary>();
    // What changed since its row was made is not in the index yet; a few of them are made while one types.
    constexpr std::size_t kMostMade = 20;
    TRY(m_impl->makeNext(std::nullopt, kMostMade));
    ASSIGN(auto rows, m_impl->vault.search(folded, limit));
    // Numbers are written in groups: QQ 12 34 56 C, 4F7K-….
    auto plain = folded;
    std::erase_if(plain, [](char c) { return c == ' ' || c == '-'; });
    if (plain != folded && !plain.empty()) {
        ASSIGN(const auto more, m_impl->vault.search(plain, limit));
        for (const auto& row : more) {
            const bool known =
                std::any_of(rows.begin(), rows.end(), [&](const ClaimRow& each) { return each.crn == row.crn; });
            if (!known && rows.size() < limit) rows.push_back(row);
        }
    }
    return m_impl->summariesFor(rows);
}

}  // namespace fieldclaim::tablet
