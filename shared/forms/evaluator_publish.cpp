#include <algorithm>

#include "shared/forms/evaluator.h"

// What follows from the rows once they are evaluated.
namespace fieldclaim {

void Evaluator::screen() {
    if (!m_screened.empty()) return;
    m_screened.resize(m_pack.benefits.size());
    for (const auto& row : m_pack.prescreen) {
        auto& screened = m_screened[row.benefit];
        if (screened.row == nullptr && m_xpath->test(row.when, *this, {})) screened.row = &row;
    }
    for (const auto verdict : {Verdict::Likely, Verdict::Possible}) {
        for (std::size_t i = 0; i < m_screened.size(); ++i) {
            if (m_screened[i].row == nullptr || m_screened[i].row->verdict != verdict) continue;
            const auto& others = m_pack.alternatives[i];
            m_screened[i].suggested =
                std::none_of(others.begin(), others.end(), [&](auto other) { return m_screened[other].suggested; });
        }
    }
}

LocalText Evaluator::filled(const LocalText& text) const {
    return {m_out.fill(text.english, {}, Language::English), m_out.fill(text.welsh, {}, Language::Welsh)};
}

void Evaluator::publish() {
    for (const auto& page : m_out.pack().pages()) {
        if (page.repeat.empty()) {
            for (const auto question : page.questions) publishQuestion(question, {});
            continue;
        }
        const auto& repeats = m_out.pack().repeats();
        const auto group = static_cast<std::size_t>(
            std::find_if(repeats.begin(), repeats.end(), [&](const auto& each) { return each.id == page.repeat; }) -
            repeats.begin());
        for (std::size_t i = 0; i < m_groups[group].instances.size(); ++i) {
            for (const auto question : page.questions) publishQuestion(question, i);
        }
    }
    publishRepeats();
    for (std::size_t i = 0; i < m_screened.size(); ++i) {
        const auto* row = m_screened[i].row;
        if (row == nullptr) continue;
        m_out.m_suggestions.push_back(
            {m_pack.benefits[i].name, row->verdict, filled(row->reason), filled(row->change), m_screened[i].suggested});
    }
    for (const auto& warning : m_pack.warnings) publishWarning(warning);
    for (const auto& row : m_pack.declarations) {
        if (row.when && !m_xpath->test(*row.when, *this, {})) continue;
        m_out.m_declaration.push_back({row.line.id, row.line.version, filled(row.line.text)});
    }
    publishProofs();
}

void Evaluator::publishWarning(const WarningRow& row) {
    const auto say = [&](std::optional<std::size_t> instance) {
        if (!m_xpath->test(row.when, *this, {})) return;
        const auto prefix = instance ? prefixOf(*row.group, *instance) : std::string();
        Warning warning;
        warning.id = row.id;
        warning.text = {m_out.fill(row.text.english, prefix, Language::English),
                        m_out.fill(row.text.welsh, prefix, Language::Welsh)};
        for (const auto& id : row.about) {
            const auto slot = m_pack.slots.find(id);
            const bool inside = slot != m_pack.slots.end() && m_pack.rows[slot->second].group;
            warning.about.push_back(inside ? prefix + "/" + id : id);
        }
        if (instance) warning.instance = m_groups[*row.group].instances[*instance];
        warning.action = row.action;
        m_out.m_warnings.push_back(std::move(warning));
    };
    if (!row.group) {
        say({});
        return;
    }
    m_group = row.group;
    for (std::size_t instance = 0; instance < m_groups[*row.group].instances.size(); ++instance) {
        m_instance = instance;
        say(instance);
    }
    m_group.reset();
    m_instance.reset();
}

void Evaluator::publishQuestion(std::size_t question_index, std::optional<std::size_t> instance) {
    const auto& question = m_pack.questions[question_index];
    const auto slot = m_pack.slots.find(question.id)->second;
    const auto& cell = m_cells[slot][instance.value_or(0)];
    QuestionState state;
    state.question = &question;
    state.key = keyOf(slot, instance);
    if (instance) state.instance = m_groups[*m_pack.rows[slot].group].instances[*instance];
    state.relevant = cell.relevant;
    state.answered = cell.answered;
    state.missing = cell.relevant && question.required && !cell.answered;
    state.look_again = cell.in_conflict || cell.derived_from_conflict;
    state.invalid = cell.invalid;
    if (cell.answered && question.declared) m_out.m_declared_facts.emplace(state.key, *cell.answer);
    m_out.m_index.emplace(state.key, m_out.m_questions.size());
    m_out.m_questions.push_back(std::move(state));
}

void Evaluator::publishRepeats() {
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const auto& repeat = m_out.pack().repeats()[i];
        const auto& group = m_groups[i];
        m_out.m_repeats.push_back(
            {&repeat, group.relevant,
             group.relevant && group.instances.size() < std::max<std::size_t>(repeat.required ? 1 : 0, group.wanted),
             group.derived_from_conflict, group.wanted, group.too_many, group.instances});
    }
}

void Evaluator::publishProofs() {
    for (std::size_t i = 0; i < m_pack.proofs.size(); ++i) {
        const auto& row = m_pack.proof_rows[i];
        if (!row.group) {
            if (!row.when || m_xpath->test(*row.when, *this, {})) m_out.m_proofs.push_back({&m_pack.proofs[i], {}});
            continue;
        }
        m_group = row.group;
        for (std::size_t instance = 0; instance < m_groups[*row.group].instances.size(); ++instance) {
            m_instance = instance;
            if (!m_xpath->test(*row.when, *this, {})) continue;
            m_out.m_proofs.push_back({&m_pack.proofs[i], m_groups[*row.group].instances[instance]});
        }
        m_group.reset();
        m_instance.reset();
    }
}

}  // namespace fieldclaim
