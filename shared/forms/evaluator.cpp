#include "shared/forms/evaluator.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxTextBytes = 10'000;

bool isPlainText(std::string_view text) {
    const auto control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    return text.size() <= kMaxTextBytes && std::none_of(text.begin(), text.end(), control) && toNfc(text).has_value();
}

std::string textOf(const XPathValue& value) {
    if (const auto* number = std::get_if<double>(&value)) return numberText(*number);
    return std::get<std::string>(value);
}

bool isEmpty(const XPathValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && text->empty();
}

}  // namespace

void Evaluator::run() {
    m_cells.resize(m_pack.rows.size());
    m_groups.resize(m_pack.groups.size());
    findInstances();
    for (std::size_t slot = 0; slot < m_pack.rows.size(); ++slot) {
        const auto& group = m_pack.rows[slot].group;
        if (!group) {
            m_cells[slot].resize(1);
            evaluateRow(slot, {});
            continue;
        }
        if (m_pack.groups[*group].first_slot == slot) evaluateGroup(*group);
        m_cells[slot].resize(m_groups[*group].instances.size());
        for (std::size_t i = 0; i < m_cells[slot].size(); ++i) evaluateRow(slot, i);
    }
    m_instance.reset();
    m_group.reset();
    screen();
    publish();
}

std::string Evaluator::modulusCheck(std::string_view sort_code, std::string_view account) const {
    switch (m_pack.modulus.check(sort_code, account)) {
        case ModulusTable::Outcome::Pass:
            return "pass";
        case ModulusTable::Outcome::Fail:
            return "fail";
        case ModulusTable::Outcome::Unknown:
            break;
    }
    return {};
}

XPathValue Evaluator::variable(std::size_t slot) const {
    const auto& cells = m_cells[slot];
    const auto& group = m_pack.rows[slot].group;
    if (!group) return cells.front().value;
    if (m_group == group && m_instance) return cells[*m_instance].value;
    std::vector<std::string> given;
    for (const auto& cell : cells) {
        if (!isEmpty(cell.value)) given.push_back(textOf(cell.value));
    }
    return given;
}

XPathValue Evaluator::parameter(std::string_view key, std::int32_t day) const {
    const auto* row = m_pack.parameterRow(key, Date{day});
    if (row == nullptr) return std::string();
    switch (m_pack.parameters.find(key)->second.type) {
        case ValueType::Date:
            return static_cast<double>(Date::parse(row->value)->days);
        case ValueType::Number: {
            double number = 0;
            std::from_chars(row->value.data(), row->value.data() + row->value.size(), number);
            return number;
        }
        case ValueType::Text:
            break;
    }
    return row->value;
}

std::string Evaluator::prescreen() const {
    std::string names;
    for (std::size_t i = 0; i < m_pack.benefits.size(); ++i) {
        if (m_screened[i].suggested) names += (names.empty() ? "" : " ") + m_pack.benefits[i].name;
    }
    return names;
}

const Regex* Evaluator::pattern(std::string_view text) const {
    const auto found = m_pack.patterns.find(text);
    return found != m_pack.patterns.end() ? &found->second : nullptr;
}

void Evaluator::findInstances() {
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const auto prefix = m_out.pack().repeats()[i].id + "/";
        auto& instances = m_groups[i].instances;
        for (auto at = m_answers.answers.lower_bound(prefix); at != m_answers.answers.end(); ++at) {
            if (!at->first.starts_with(prefix)) break;
            const auto end = at->first.find('/', prefix.size());
            if (end == std::string::npos || end == prefix.size()) continue;
            auto instance = at->first.substr(prefix.size(), end - prefix.size());
            if (!instances.empty() && instances.back() == instance) continue;
            instances.push_back(std::move(instance));
        }
        // Keys sort by their characters, of which "/" is one: "a-b/x" comes before "a/x".
        std::sort(instances.begin(), instances.end());
        instances.erase(std::unique(instances.begin(), instances.end()), instances.end());
        m_groups[i].too_many = instances.size() > Repeat::kMaxInstances;
        if (m_groups[i].too_many) instances.resize(Repeat::kMaxInstances);
    }
}

void Evaluator::evaluateGroup(std::size_t index) {
    m_instance.reset();
    m_group.reset();
    const auto& group = m_pack.groups[index];
    m_groups[index].relevant = allHold(group.relevant);
    if (group.count && m_groups[index].relevant) m_groups[index].wanted = wantedBy(*group.count);
    m_groups[index].derived_from_conflict = anyTainted(group.depends);
}

bool Evaluator::allHold(const std::vector<ExpressionId>& expressions) const {
    return std::all_of(expressions.begin(), expressions.end(),
                       [&](ExpressionId each) { return m_xpath->test(each, *this, {}); });
}

std::size_t Evaluator::wantedBy(ExpressionId count) const {
    const auto result = m_xpath->evaluate(count, *this, {});
    double number = 0;
    if (const auto* given = std::get_if<double>(&result)) {
        number = *given;
    } else if (const auto* text = std::get_if<std::string>(&result)) {
        std::from_chars(text->data(), text->data() + text->size(), number);
    }
    return number >= 1 ? static_cast<std::size_t>(std::min(number, double{Repeat::kMaxInstances})) : 0;
}

bool Evaluator::anyTainted(const std::vector<std::size_t>& slots) const {
    return std::any_of(slots.begin(), slots.end(), [&](std::size_t slot) {
        const auto& cells = m_cells[slot];
        const auto& group = m_pack.rows[slot].group;
        if (group && m_group == group && m_instance) return cells[*m_instance].tainted();
        return std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.tainted(); });
    });
}

std::string Evaluator::prefixOf(std::size_t group, std::size_t instance) const {
    return m_out.pack().repeats()[group].id + "/" + m_groups[group].instances[instance];
}

std::string Evaluator::keyOf(std::size_t slot, std::optional<std::size_t> instance) const {
    const auto& row = m_pack.rows[slot];
    return instance ? prefixOf(*row.group, *instance) + "/" + row.id : row.id;
}

bool Evaluator::inConflict(const std::string& key) const {
    return std::find(m_answers.conflicts.begin(), m_answers.conflicts.end(), key) != m_answers.conflicts.end();
}

void Evaluator::evaluateRow(std::size_t slot, std::optional<std::size_t> instance) {
    const auto& row = m_pack.rows[slot];
    m_group = row.group;
    m_instance = instance;
    if (row.calls_prescreen) screen();
    auto& cell = m_cells[slot][instance.value_or(0)];
    const bool group_relevant = !row.group || m_groups[*row.group].relevant;
    cell.relevant = group_relevant && allHold(row.relevant);
    cell.derived_from_conflict = anyTainted(row.depends) || (row.group && m_groups[*row.group].derived_from_conflict);
    const auto key = keyOf(slot, instance);
    if (row.calculation) {
        if (cell.relevant) calculate(row, cell);
    } else if (row.question && m_pack.questions[*row.question].isAsked()) {
        cell.in_conflict = inConflict(key) || (instance && inConflict(prefixOf(*row.group, *instance)));
        readAnswer(row, key, cell);
        if (cell.relevant && !cell.answered) propose(row, key);
    }
    if (!cell.text.empty()) m_out.m_values.insert_or_assign(key, cell.text);
}

void Evaluator::calculate(const SurveyRow& row, Cell& cell) {
    const auto result = m_xpath->evaluate(*row.calculation, *this, {});
    if (const auto* boolean = std::get_if<bool>(&result)) {
        cell.value = std::string(*boolean ? "true" : "false");
    } else if (const auto* number = std::get_if<double>(&result)) {
        if (std::isfinite(*number)) cell.value = *number;
    } else {
        cell.value = std::get<std::string>(result);
    }
    const auto* day = std::get_if<double>(&cell.value);
    cell.text = day != nullptr && row.type == ValueType::Date ? Date{static_cast<std::int32_t>(*day)}.iso()
                                                              : textOf(cell.value);
}

void Evaluator::propose(const SurveyRow& row, const std::string& key) {
    auto text = row.proposed;
    if (row.proposes) {
        const auto result = m_xpath->evaluate(*row.proposes, *this, {});
        if (const auto* given = std::get_if<std::string>(&result)) {
            text = *given;
        } else if (const auto* number = std::get_if<double>(&result); number != nullptr && std::isfinite(*number)) {
            text = row.type == ValueType::Date ? Date{static_cast<std::int32_t>(*number)}.iso() : numberText(*number);
        }
    }
    if (text.empty()) return;
    const auto& question = m_pack.questions[*row.question];
    text = normaliseAnswer(question, text);
    // A choice that is hidden, or a date that is none, is not proposed.
    Cell trial;
    if (readValue(question, key, text, trial)) m_out.m_proposed.insert_or_assign(key, std::move(text));
}

void Evaluator::readAnswer(const SurveyRow& row, const std::string& key, Cell& cell) {
    const auto& question = m_pack.questions[*row.question];
    hideChoices(row, question, key);
    const auto answer = m_answers.answers.find(key);
    if (answer == m_answers.answers.end()) return;
    cell.answer = &answer->second;
    const bool given = answer->second.kind == Answer::Kind::Given;
    cell.answered = cell.relevant && (!given || !answer->second.text.empty());
    if (!cell.answered || !given) return;
    cell.invalid = !readValue(question, key, answer->second.text, cell);
    if (cell.invalid || !row.constraint) return;
    cell.invalid = !m_xpath->test(*row.constraint, *this, textOf(cell.value));
}

void Evaluator::hideChoices(const SurveyRow& row, const Question& question, const std::string& key) {
    for (std::size_t i = 0; i < row.choice_relevant.size(); ++i) {
        if (allHold(row.choice_relevant[i])) continue;
        m_out.m_hidden_choices[key].push_back(question.choices[i].name);
    }
}

bool Evaluator::isOffered(const Question& question, const std::string& key, std::string_view name) const {
    const auto hidden = m_out.m_hidden_choices.find(key);
    const bool is_hidden = hidden != m_out.m_hidden_choices.end() &&
                           std::find(hidden->second.begin(), hidden->second.end(), name) != hidden->second.end();
    return !is_hidden && std::any_of(question.choices.begin(), question.choices.end(),
                                     [&](const auto& choice) { return choice.name == name; });
}

bool Evaluator::readValue(const Question& question, const std::string& key, const std::string& text, Cell& cell) const {
    if (!isPlainText(text)) return false;
    cell.text = text;
    const bool fits = [&] {
        switch (question.type) {
            case QuestionType::Integer:
                return isDecimal(text, 9, 0);
            case QuestionType::Decimal:
                return isDecimal(text, 12, 6);
            case QuestionType::Date:
                return Date::parse(text).has_value();
            case QuestionType::SelectOne:
                return isOffered(question, key, text);
            case QuestionType::SelectMultiple: {
                cell.text = normaliseAnswer(question, text);
                const auto names = split(cell.text, ' ');
                return !cell.text.empty() && std::all_of(names.begin(), names.end(), [&](const auto& name) {
                    return isOffered(question, key, name);
                });
            }
            case QuestionType::Acknowledge:
                return text == "yes";
            case QuestionType::Range:
                return isInRange(text, *question.range);
            case QuestionType::Time:
                return isTime(text);
            case QuestionType::DateTime:
                return isDateTime(text);
            case QuestionType::Geopoint:
                return parseTypedPoint(text) == text;
            case QuestionType::Image:
            case QuestionType::File:
                return isDigest(text);
            case QuestionType::Text:
            case QuestionType::Barcode:
            case QuestionType::Note:
            case QuestionType::Calculate:
                break;
        }
        return true;
    }();
    if (!fits) {
        cell.text.clear();
        return false;
    }
    if (question.type == QuestionType::Date) {
        cell.value = static_cast<double>(Date::parse(text)->days);
    } else if (question.type == QuestionType::Integer || question.type == QuestionType::Decimal ||
               question.type == QuestionType::Range) {
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        cell.value = number;
    } else {
        cell.value = cell.text;
    }
    return true;
}

}  // namespace fieldclaim
