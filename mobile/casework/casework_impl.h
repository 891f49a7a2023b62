#pragma once

#include <algorithm>

#include "mobile/casework/casework.h"
#include "mobile/casework/claim_cache.h"
#include "mobile/casework/pack_rack.h"
#include "mobile/casework/summary.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/protected_date.h"
#include "shared/domain/same_person.h"

// Inside mobile/casework: what casework.cpp, conflict_work.cpp and same_person_work.cpp share.
namespace fieldclaim::tablet {

/// True when the register holds this value and nothing else: writing it again would say nothing.
inline bool stands(const ClaimState& state, std::string_view path, const Value& value) {
    const auto* found = state.find(path);
    if (found == nullptr) return value.isNull();
    return !found->inConflict() && found->value() == value;
}

/// The question's id in an answer key: "job/<id>/jb_net" -> "jb_net".
inline std::string_view questionId(std::string_view key) {
    const auto last = key.rfind('/');
    return last == std::string_view::npos ? key : key.substr(last + 1);
}

struct Casework::Impl {
    Impl(Vault& the_vault, const Clock& the_clock, Random& the_random, std::shared_ptr<const FormPack> pack)
        : vault(the_vault),
          clock(the_clock),
          random(the_random),
          packs(the_vault, std::move(pack)),
          cache(the_vault, packs) {}

    Vault& vault;
    const Clock& clock;
    Random& random;
    PackRack packs;
    ClaimCache cache;
    std::set<std::string> outdated;  ///< claims whose row was made with another pack
    /// Claims that could not be read: they hold up no other (rule 5).
    std::set<std::string, std::less<>> unreadable;
    std::function<void(const Error&)> on_unreadable;
    std::function<void(const std::string&)> on_saved;
    std::function<void(const std::vector<std::string>&)> on_pulled;

    Date today() const { return Date::fromWallMs(clock.wallMs()); }
    Status save(SaveRequest request) {
        request.pack = packs.of(request.crn)->name();
        ASSIGN(const auto change_set, vault.save(request));
        cache.saved(request.crn, change_set);
        if (on_saved) on_saved(request.crn);
        return {};
    }
    Status save(std::string_view crn, std::vector<Edit> edits) {
        return save({std::string(crn), {std::move(edits), std::nullopt}, {}, std::nullopt, {}, {}});
    }
    /// Writes the value unless it is what stands.
    Status put(std::string_view crn, const std::string& path, const Value& value) {
        ASSIGN(const auto* const state, cache.state(crn));
        if (stands(*state, path, value)) return {};
        std::vector<Edit> edits{state->edit(path, value)};
        if (changesProtectedDate(*state, edits, today()))
            return fail(ErrorCode::NotAllowed, std::string(kDateIsProtected));
        return save(crn, std::move(edits));
    }
    /// The claim by the statement's day and pack; Conflict where its facts are not the statement's.
    Result<Evaluation> evaluationFor(std::string_view crn, const ClaimState& state, const Statement& statement) {
        // The facts are those of the day that the statement names, as the seal will be judged.
        ASSIGN(const auto as_of, Date::parse(statement.as_of));
        const auto pack = packs.named(statement.pack);
        if (!pack) return fail(ErrorCode::Conflict, "this statement was made with a form pack that is not here");
        const auto answers = carryOver(*pack, answersOf(state)).answers;
        auto evaluation = Evaluation::of(pack, answers, as_of);
        if (statement.claim != crn || statement.facts != evaluation.declaredFacts()) {
            return fail(ErrorCode::Conflict, "the claim has changed since this statement was shown");
        }
        for (const auto& key : answers.conflicts) {
            if (statement.facts.contains(key))
                return fail(ErrorCode::Conflict, "two answers differ on a declared fact");
        }
        return evaluation;
    }
    /// The edit that ends a conflict, and in the same save the note that says why.
    Status settle(std::string_view crn, Edit edit, std::string_view note);
    /// For an intent's "saw".
    Result<Value> decisionsSeen(std::string_view crn, const ClaimState& state, std::string_view kind) const {
        ASSIGN(auto seen, vault.ownIntents(crn, kind));
        for (const auto& answer : intentAnswersOf(state)) {
            if (!answer.accepted || answer.kind != kind) continue;
            ASSIGN(const auto bytes, fromHex(answer.id));
            ASSIGN(const auto id, toArray<16>(bytes));
            seen.insert(id);
        }
        return encodeSaw(seen);
    }
    Status intend(std::string_view crn, Value intent) {
        return save({std::string(crn), {{}, std::move(intent)}, {}, std::nullopt, {}, {}});
    }

    /// Of today; none when nothing is kept, or of another day. One that was made with another pack is shown as it is.
    std::optional<ClaimSummary> keptOf(const ClaimRow& row, Date day) {
        if (row.summary_day != day.days) return std::nullopt;
        auto kept = keptWhenever(row);
        if (kept && kept->pack != packs.newest()->name()) outdated.insert(row.crn);
        return kept;
    }
    static std::optional<ClaimSummary> keptWhenever(const ClaimRow& row) {
        if (row.summary.empty()) return std::nullopt;
        auto kept = decodeSummary(row.summary);
        if (!kept) return std::nullopt;
        return withSending(std::move(*kept), row);
    }
    static ClaimSummary unread(const ClaimRow& row) {
        ClaimSummary out;
        out.crn = row.crn;
        out.is_read = false;
        return withSending(std::move(out), row);
    }
    void setAside(std::string_view crn, const Error& why) {
        if (unreadable.emplace(crn).second && on_unreadable) on_unreadable(why);
    }
    ClaimSummary asideOf(const ClaimRow& row) const {
        auto out = keptWhenever(row).value_or(unread(row));
        out.is_read = false;
        out.unreadable = true;
        return out;
    }
    /// Summaries as they are made, kept together at the end.
    using Made = std::vector<Vault::KeptSummary>;
    Result<ClaimSummary> make(const ClaimRow& row, Made& out) {
        const auto day = today();
        ASSIGN(const auto* const review, cache.review(row.crn, day));
        ASSIGN(const auto* const state, cache.state(row.crn));
        auto made = summaryOf(row.crn, *review, *state, day);
        // What is held is made again with the newest pack once it is let go.
        made.pack = packs.of(row.crn)->name();
        outdated.erase(row.crn);
        out.push_back(
            {row.crn, encodeSummary(made), day.days, searchText(row.crn, *review), personMarks(review->evaluation)});
        return withSending(std::move(made), row);
    }
    /// For the next time. A full disk takes nothing away: they are made again.
    void keep(const Made& made) {
        if (!made.empty()) static_cast<void>(vault.saveSummaries(made));
    }
    ClaimSummary makeOrSetAside(const ClaimRow& row, Made& made) {
        if (!unreadable.contains(row.crn)) {
            auto out = make(row, made);
            if (out) return std::move(*out);
            setAside(row.crn, out.error());
        }
        return asideOf(row);
    }
    ClaimSummary summaryFor(const ClaimRow& row, Made& made) {
        if (!unreadable.contains(row.crn)) {
            if (auto kept = keptOf(row, today())) return std::move(*kept);
        }
        return makeOrSetAside(row, made);
    }
    /// Makes and keeps what Vault::toSummarise() names.
    Result<std::vector<ClaimSummary>> makeNext(std::optional<std::int32_t> day, std::size_t most) {
        // What cannot be read is named every time.
        ASSIGN(const auto names, vault.toSummarise(day, most + unreadable.size()));
        std::vector<ClaimSummary> out;
        Made made;
        for (const auto& crn : names) {
            if (out.size() == most) break;
            if (unreadable.contains(crn)) continue;
            ASSIGN(const auto row, vault.claim(crn));
            out.push_back(makeOrSetAside(row, made));
        }
        if (!made.empty()) TRY(vault.saveSummaries(made));
        return out;
    }
    /// Which packs a claim was written with, and what the one that it is held with asks anew.
    void lookBack(std::string_view crn, PackRack::Held& held) {
        const auto change_sets = vault.changeSets(crn);
        if (!change_sets) return;
        std::vector<std::string> names;
        for (const auto& stored : *change_sets) {
            const auto& edits = stored.change_set.payload.edits;
            const bool answers =
                std::any_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.path.starts_with("a/"); });
            const auto& name = stored.change_set.header.pack;
            if (answers && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
        bool all_known = true;
        for (const auto& name : names) {
            if (name == held.pack->name()) continue;
            if (auto pack = packs.named(name)) {
                held.before.push_back(std::move(pack));
            } else {
                all_known = false;
            }
        }
        // What was begun with this pack has been asked its questions, whoever wrote in it with another since.
        if (!all_known || held.before.empty() || names.front() == held.pack->name()) return;
        for (const auto& question : held.pack->questions()) {
            const bool asked = std::any_of(held.before.begin(), held.before.end(),
                                           [&](const auto& pack) { return pack->find(question.id) != nullptr; });
            if (!asked) held.new_questions.insert(question.id);
        }
    }

    std::vector<LookAgain> lookAgain(const std::string& crn, const ClaimReview& review) const {
        static constexpr LookAgain::Why kWhy[] = {LookAgain::Why::QuestionGone, LookAgain::Why::AskedElsewhere,
                                                  LookAgain::Why::ChoiceGone, LookAgain::Why::OtherType};
        const auto* held = packs.held(crn);
        std::vector<LookAgain> out;
        for (const auto& aside : review.aside) {
            LookAgain one{kWhy[static_cast<std::size_t>(aside.why)], aside.key, aside.answer, {}, nullptr};
            const auto asked = [&](const std::shared_ptr<const FormPack>& pack) {
                one.asked = pack->find(questionId(aside.key));
                if (one.asked != nullptr) one.asked_with = pack;
                return one.asked != nullptr;
            };
            const bool then = held != nullptr && std::any_of(held->before.rbegin(), held->before.rend(), asked);
            if (!then) asked(review.evaluation.sharedPack());
            out.push_back(std::move(one));
        }
        if (held == nullptr || review.seal_state == SealState::Valid) return out;
        for (const auto& state : review.evaluation.questions()) {
            if (!state.missing || !held->new_questions.contains(state.question->id)) continue;
            out.push_back({LookAgain::Why::NewQuestion, state.key, {}, review.evaluation.sharedPack(), state.question});
        }
        return out;
    }

    std::vector<ClaimSummary> summariesFor(const std::vector<ClaimRow>& rows) {
        std::vector<ClaimSummary> out;
        out.reserve(rows.size());
        Made made;
        for (const auto& row : rows) out.push_back(summaryFor(row, made));
        keep(made);
        return out;
    }
};

}  // namespace fieldclaim::tablet
