#include "tests/support/forms/claim_sketch.h"

#include <algorithm>

#include "shared/packfiles/packfiles.h"

namespace fieldclaim {
namespace {

/// More rounds than the longest chain of questions that depend on each other.
constexpr int kMaxRounds = 20;

std::string instanceId(std::size_t number) { return "018f0000-0000-7000-8000-00000000000" + std::to_string(number); }

std::vector<std::string> candidates(const Question& question, Date today) {
    const auto day = [&](int offset) { return Date{today.days + offset}.iso(); };
    switch (question.type) {
        case QuestionType::Date:
            return {day(-30), day(0), day(30), "1970-05-05", "2000-02-29", day(-400), day(-9)};
        case QuestionType::Integer:
        case QuestionType::Decimal:
            return {"1", "20", "0", "8", "16", "23.5", "8000.01"};
        case QuestionType::SelectOne:
        case QuestionType::SelectMultiple: {
            std::vector<std::string> names;
            for (const auto& choice : question.choices) names.push_back(choice.name);
            std::stable_sort(names.begin(), names.end(),
                             [](const auto& a, const auto& b) { return a == "no" && b == "yes"; });
            return names;
        }
        case QuestionType::Acknowledge:
            return {"yes"};
        case QuestionType::Image:
        case QuestionType::File:
            return {std::string(64, 'a')};
        case QuestionType::Range:
            return {question.range->start, question.range->end, "0.123"};
        case QuestionType::Time:
            return {"09:30", "23:59"};
        case QuestionType::DateTime:
            return {day(-1) + "T09:30", day(0) + "T00:00"};
        case QuestionType::Geopoint:
            return {"53.1394 -3.7967"};
        case QuestionType::Text:
        case QuestionType::Barcode:
        case QuestionType::Note:
        case QuestionType::Calculate:
            break;
    }
    return {"Gwen O'Brien", "AB123456C", "LL26 0DF", "07700900123", "gwen@example.com", "309430", "66374958", "Siân"};
}

}  // namespace

PackFiles missionFiles() {
    auto files = readPackFolder(std::string(FIELDCLAIM_SOURCE_DIR) + "/shared/packs/working-age");
    ENSURE(files.has_value());
    return std::move(*files);
}

std::shared_ptr<const FormPack> missionPack() {
    static const auto pack = [] {
        auto loaded = FormPack::load(missionFiles());
        ENSURE(loaded.has_value());
        return std::move(*loaded);
    }();
    return pack;
}

ClaimSketch& ClaimSketch::set(const std::string& key, const std::string& text) {
    answers.answers.insert_or_assign(key, Answer{Answer::Kind::Given, text});
    return *this;
}

ClaimSketch& ClaimSketch::set(const Wishes& wishes) {
    for (const auto& [key, text] : wishes) set(key, text);
    return *this;
}

ClaimSketch& ClaimSketch::complete(const Wishes& wishes) {
    for (int round = 0; round < kMaxRounds; ++round) {
        const auto now = evaluate();
        bool changed = false;
        for (const auto& repeat : now.repeats()) {
            if (!repeat.missing) continue;
            const auto& first = m_pack->questions()[repeat.repeat->questions.front()];
            answers.answers.emplace(repeat.repeat->id + "/" + instanceId(1) + "/" + first.id, Answer{});
            changed = true;
        }
        for (const auto& state : now.questions()) {
            const bool wished = wishes.contains(state.question->id) && !state.answered;
            if (!state.relevant || (!state.missing && !wished)) continue;
            answer(state, wishes);
            changed = true;
        }
        if (!changed) break;
    }
    return *this;
}

void ClaimSketch::answer(const QuestionState& state, const Wishes& wishes) {
    if (const auto wish = wishes.find(state.question->id); wish != wishes.end()) {
        set(state.key, wish->second);
        return;
    }
    for (const auto& text : candidates(*state.question, m_today)) {
        set(state.key, text);
        const auto now = evaluate();
        if (!now.find(state.key)->relevant || !now.find(state.key)->invalid) return;
    }
    ENSURE(false);  // a question that no candidate fits needs one more candidate above
}

ClaimSketch& ClaimSketch::scribble(std::mt19937_64& random) {
    for (int round = 0; round < kMaxRounds; ++round) {
        const auto now = evaluate();
        bool changed = false;
        for (const auto& repeat : now.repeats()) {
            if (!repeat.relevant || !repeat.instances.empty()) continue;
            const auto& first = m_pack->questions()[repeat.repeat->questions.front()];
            const auto count = 1 + random() % 3;
            for (std::size_t i = 1; i <= count; ++i) {
                answers.answers.emplace(repeat.repeat->id + "/" + instanceId(i) + "/" + first.id, Answer{});
            }
            changed = true;
        }
        for (const auto& state : now.questions()) {
            const auto known = answers.answers.find(state.key);
            if (!state.relevant || (known != answers.answers.end() && known->second != Answer{})) continue;
            scribbleOn(state, random);
            changed = true;
        }
        if (!changed) break;
    }
    return *this;
}

void ClaimSketch::scribbleOn(const QuestionState& state, std::mt19937_64& random) {
    const auto texts = candidates(*state.question, m_today);
    const auto one = [&] { return texts[random() % texts.size()]; };
    const auto dice = random() % 100;
    auto& answer = answers.answers[state.key];
    if (dice < 3) {
        answer = {Answer::Kind::NotKnown, "will ask"};
    } else if (dice < 5) {
        answer = {Answer::Kind::Refused, "rather not say"};
    } else if (dice < 7) {
        answer = {Answer::Kind::Given, "?? ${nino} ]]> ' \""};
    } else if (state.question->type == QuestionType::SelectMultiple && dice < 60) {
        answer = {Answer::Kind::Given, normaliseAnswer(*state.question, one() + " " + one() + " " + one())};
    } else {
        answer = {Answer::Kind::Given, one()};
    }
    if (random() % 50 == 0) answers.conflicts.push_back(state.key);
}

std::size_t ClaimSketch::asked() const {
    const auto now = evaluate();
    return static_cast<std::size_t>(std::count_if(now.questions().begin(), now.questions().end(),
                                                  [](const auto& state) { return state.relevant; }));
}

}  // namespace fieldclaim
