// Expressions: each is scanned against the rows that it may name, and compiled once.
#include <algorithm>

#include "shared/base/text.h"
#include "shared/forms/pack_loader.h"

namespace fieldclaim {

ExpressionScope PackLoader::scope(std::size_t before) {
    ExpressionScope out;
    out.before = before;
    out.find = [this](std::string_view name) -> std::optional<Symbol> {
        const auto slot = m_pack->slots.find(name);
        return slot != m_pack->slots.end() ? std::optional(symbol(slot->second)) : std::nullopt;
    };
    out.parameter = [this](std::string_view key) -> std::optional<ValueType> {
        const auto found = m_pack->parameters.find(key);
        return found != m_pack->parameters.end() ? std::optional(found->second.type) : std::nullopt;
    };
    return out;
}

Symbol PackLoader::symbol(std::size_t slot) const {
    const auto& row = m_pack->rows[slot];
    const auto* choices = row.question ? &m_pack->questions[*row.question].choices : nullptr;
    return {slot, row.type, choices != nullptr && !choices->empty() ? choices : nullptr};
}

/// Nothing for an empty cell; nothing and a complaint for a bad one.
std::optional<PackLoader::Compiled> PackLoader::expression(const Place& place, std::string_view column,
                                                           const ExpressionScope& scope) {
    const auto cell = place.cell(column);
    return cell.empty() ? std::nullopt : compiled(place, column, cell, scope);
}

std::optional<PackLoader::Compiled> PackLoader::compiled(const Place& place, std::string_view column,
                                                         std::string_view text, const ExpressionScope& scope) {
    auto scanned = scanExpression(text, scope);
    if (!scanned) {
        complain(place, column, scanned.error().detail);
        return std::nullopt;
    }
    if (const auto compiles = XPathSet::check(scanned->xpath); !compiles) {
        complain(place, column, compiles.error().detail);
        return std::nullopt;
    }
    for (auto& [pattern_text, pattern] : scanned->patterns) m_pack->patterns.emplace(pattern_text, std::move(pattern));
    const auto [known, added] = m_expression_ids.emplace(scanned->xpath, m_pack->expressions.size());
    if (added) m_pack->expressions.push_back(scanned->xpath);
    return Compiled{known->second, std::move(*scanned)};
}

void PackLoader::readSurveyExpressions() {
    for (auto& group : m_form_groups) {
        if (const auto relevant = expression(group.place, "relevant", scope(group.first_slot))) {
            group.relevant = relevant->id;
            group.refs = relevant->scanned.refs;
        }
    }
    for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
        for (std::size_t i = 0; i < m_pack->groups.size(); ++i) {
            if (m_pack->groups[i].first_slot == slot) readGroupExpressions(i);
        }
        readRowExpressions(slot);
    }
}

void PackLoader::readGroupExpressions(std::size_t index) {
    auto& group = m_pack->groups[index];
    const auto& place = m_repeat_places[index];
    const auto depend = [&](const std::vector<std::size_t>& refs) {
        group.depends.insert(group.depends.end(), refs.begin(), refs.end());
    };
    for (const auto around : m_repeat_groups[index]) {
        if (m_form_groups[around].relevant) group.relevant.push_back(*m_form_groups[around].relevant);
        depend(m_form_groups[around].refs);
    }
    if (const auto relevant = expression(place, "relevant", scope(group.first_slot))) {
        group.relevant.push_back(relevant->id);
        depend(relevant->scanned.refs);
    }
    if (const auto count = expression(place, "repeat_count", scope(group.first_slot))) {
        group.count = count->id;
        depend(count->scanned.refs);
    }
    if (m_pack->repeats[index].questions.empty()) complain(place, "type", "the repeat has no questions");
}

void PackLoader::readRowExpressions(std::size_t slot) {
    auto& row = m_pack->rows[slot];
    const auto& source = m_sources[slot];
    const auto above = scope(slot);
    const auto depend = [&](const Compiled& made) {
        row.depends.insert(row.depends.end(), made.scanned.refs.begin(), made.scanned.refs.end());
        row.calls_prescreen = row.calls_prescreen || made.scanned.calls_prescreen;
    };
    for (const auto around : source.groups) {
        const auto& group = m_form_groups[around];
        if (!group.relevant) continue;
        row.relevant.push_back(*group.relevant);
        row.depends.insert(row.depends.end(), group.refs.begin(), group.refs.end());
    }
    if (!source.specifies.empty()) {
        const auto chosen = "selected(${" + source.specifies + "}, 'other')";
        if (const auto made = compiled(source.place, "type", chosen, above)) {
            row.relevant.push_back(made->id);
            depend(*made);
        }
        return;
    }
    if (const auto relevant = expression(source.place, "relevant", above)) {
        row.relevant.push_back(relevant->id);
        depend(*relevant);
    }
    if (row.question) {
        filledText(source.place, "label");
        filledText(source.place, "hint");
        filledText(source.place, "guidance_hint");
        filledText(source.place, "constraint_message");
        filledText(source.place, "required_message");
        readDefault(source.place, row, m_pack->questions[*row.question]);
    }
    if (row.question && m_pack->questions[*row.question].isAsked()) {
        readConstraint(row, slot);
        readChoiceExpressions(row, slot);
    } else if (const auto calculation = expression(source.place, "calculation", above)) {
        row.calculation = calculation->id;
        row.type = calculation->scanned.type;
        const auto parameter = m_pack->parameters.find(calculation->scanned.parameter);
        row.money = row.money || (parameter != m_pack->parameters.end() && parameter->second.money);
        depend(*calculation);
    }
}

void PackLoader::readConstraint(SurveyRow& row, std::size_t slot) {
    auto with_self = scope(slot);
    with_self.self = symbol(slot);
    if (const auto constraint = expression(m_sources[slot].place, "constraint", with_self))
        row.constraint = constraint->id;
}

void PackLoader::readChoiceExpressions(SurveyRow& row, std::size_t slot) {
    const auto parts = words(m_sources[slot].place.cell("type"));
    if (m_pack->questions[*row.question].choices.empty() || parts.size() < 2) return;
    const auto& list = m_lists.at(parts[1]);
    const auto hide = [&](std::size_t choice, ExpressionId unless) {
        row.choice_relevant.resize(m_pack->questions[*row.question].choices.size());
        row.choice_relevant[choice].push_back(unless);
    };
    const bool filtered = !m_sources[slot].place.cell("choice_filter").empty();
    bool stands = true;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto& [choice, place] = list[i];
        if (const auto relevant = expression(place, "relevant", scope(slot))) hide(i, relevant->id);
        checkReferences(place, "label::English (en)", choice.label.english);
        checkReferences(place, "label::Cymraeg (cy)", choice.label.welsh);
        if (!filtered || !stands) continue;
        // In a choice_filter a bare word is a column of the choices' table: here, this choice's own cell.
        auto with_columns = scope(slot);
        with_columns.column = [&where = place](std::string_view column) -> std::optional<std::string> {
            if (!where.table->has(column)) return std::nullopt;
            return std::string(where.cell(column));
        };
        const auto filter = expression(m_sources[slot].place, "choice_filter", with_columns);
        stands = filter.has_value();
        if (stands) hide(i, filter->id);
    }
}

}  // namespace fieldclaim
