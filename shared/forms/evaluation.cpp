#include "shared/forms/evaluation.h"

#include <algorithm>

#include "shared/base/text.h"
#include "shared/forms/evaluator.h"

namespace fieldclaim {

Evaluation::Evaluation(std::shared_ptr<const FormPack> pack, Date today) : m_pack(std::move(pack)), m_today(today) {}

Evaluation Evaluation::of(std::shared_ptr<const FormPack> pack, const AnswerSet& answers, Date today) {
    ENSURE(pack != nullptr);
    Evaluation evaluation(std::move(pack), today);
    Evaluator(evaluation, answers).run();
    return evaluation;
}

const QuestionState* Evaluation::find(std::string_view key) const {
    const auto found = m_index.find(key);
    return found != m_index.end() ? &m_questions[found->second] : nullptr;
}

std::vector<const Choice*> Evaluation::choices(std::string_view key) const {
    std::vector<const Choice*> out;
    const auto* state = find(key);
    if (state == nullptr) return out;
    const auto hidden = m_hidden_choices.find(key);
    for (const auto& choice : state->question->choices) {
        const bool is_hidden =
            hidden != m_hidden_choices.end() &&
            std::find(hidden->second.begin(), hidden->second.end(), choice.name) != hidden->second.end();
        if (!is_hidden) out.push_back(&choice);
    }
    return out;
}

std::string Evaluation::value(std::string_view key) const {
    const auto found = m_values.find(key);
    return found != m_values.end() ? found->second : std::string();
}

std::string Evaluation::proposed(std::string_view key) const {
    const auto found = m_proposed.find(key);
    return found != m_proposed.end() ? found->second : std::string();
}

std::vector<DeclarationLine> Evaluation::declaration() const { return m_declaration; }

std::map<std::string, Answer> Evaluation::declaredFacts() const { return m_declared_facts; }

std::vector<std::string> Evaluation::benefitsClaimed() const {
    const auto& slot = m_pack->impl().benefits_slot;
    const auto names = slot ? value(m_pack->impl().rows[*slot].id) : std::string();
    return names.empty() ? std::vector<std::string>() : split(names, ' ');
}

std::vector<std::string> Evaluation::signMethods() const {
    const auto benefits = benefitsClaimed();
    if (benefits.empty()) return {};
    const auto& slot = m_pack->impl().claim_date_slot;
    const auto claimed_from = Date::parse(slot ? value(m_pack->impl().rows[*slot].id) : std::string());
    std::vector<std::string> methods = {"tablet", "paper", "mark"};
    for (const auto& benefit : benefits) {
        const auto admitted = m_pack->parameter("sign_methods_" + benefit, claimed_from.value_or(m_today));
        const auto names = split(admitted.value_or(std::string()), ' ');
        std::erase_if(methods,
                      [&](const auto& each) { return std::find(names.begin(), names.end(), each) == names.end(); });
    }
    return methods;
}

}  // namespace fieldclaim
