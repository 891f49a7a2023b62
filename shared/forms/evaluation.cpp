#include "shared/forms/evaluation.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"
#include "shared/forms/pack_impl.h"

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

/// One run over a pack's rows in their order, which is the order of their dependencies. Lives for Evaluation::of().
class Evaluator : public XPathHost {
public:
    Evaluator(Evaluation& out, const AnswerSet& answers)
        : m_out(out), m_pack(out.pack().impl()), m_answers(answers), m_xpath(m_pack) {}

    void run() {
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

    std::string modulusCheck(std::string_view sort_code, std::string_view account) const override {
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

    XPathValue variable(std::size_t slot) const override {
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

    std::int32_t today() const override { return m_out.today().days; }

    XPathValue parameter(std::string_view key, std::int32_t day) const override {
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

    std::string prescreen() const override {
        std::string names;
        for (std::size_t i = 0; i < m_pack.benefits.size(); ++i) {
            if (m_screened[i].suggested) names += (names.empty() ? "" : " ") + m_pack.benefits[i].name;
        }
        return names;
    }

    const Regex* pattern(std::string_view text) const override {
        const auto found = m_pack.patterns.find(text);
        return found != m_pack.patterns.end() ? &found->second : nullptr;
    }

private:
    struct Cell {
        XPathValue value;  ///< what expressions see; "" when there is none
        std::string text;  ///< the same outside: ISO dates, decimals as typed
        bool relevant = false;
        bool answered = false;
        bool invalid = false;
        bool in_conflict = false;
        bool derived_from_conflict = false;
        const Answer* answer = nullptr;
        bool tainted() const { return derived_from_conflict || (in_conflict && relevant); }
    };

    struct Group {
        std::vector<std::string> instances;
        bool too_many = false;
        std::size_t wanted = 0;
        bool relevant = true;
        bool derived_from_conflict = false;
    };

    struct Screened {
        const PrescreenRow* row = nullptr;
        bool suggested = false;
    };

    void findInstances() {
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

    void evaluateGroup(std::size_t index) {
        m_instance.reset();
        m_group.reset();
        const auto& group = m_pack.groups[index];
        m_groups[index].relevant = allHold(group.relevant);
        if (group.count && m_groups[index].relevant) m_groups[index].wanted = wantedBy(*group.count);
        m_groups[index].derived_from_conflict = anyTainted(group.depends);
    }

    bool allHold(const std::vector<ExpressionId>& expressions) const {
        return std::all_of(expressions.begin(), expressions.end(),
                           [&](ExpressionId each) { return m_xpath->test(each, *this, {}); });
    }

    std::size_t wantedBy(ExpressionId count) const {
        const auto result = m_xpath->evaluate(count, *this, {});
        double number = 0;
        if (const auto* given = std::get_if<double>(&result)) {
            number = *given;
        } else if (const auto* text = std::get_if<std::string>(&result)) {
            std::from_chars(text->data(), text->data() + text->size(), number);
        }
        return number >= 1 ? static_cast<std::size_t>(std::min(number, double{Repeat::kMaxInstances})) : 0;
    }

    bool anyTainted(const std::vector<std::size_t>& slots) const {
        return std::any_of(slots.begin(), slots.end(), [&](std::size_t slot) {
            const auto& cells = m_cells[slot];
            const auto& group = m_pack.rows[slot].group;
            if (group && m_group == group && m_instance) return cells[*m_instance].tainted();
            return std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.tainted(); });
        });
    }

    std::string prefixOf(std::size_t group, std::size_t instance) const {
        return m_out.pack().repeats()[group].id + "/" + m_groups[group].instances[instance];
    }

    std::string keyOf(std::size_t slot, std::optional<std::size_t> instance) const {
        const auto& row = m_pack.rows[slot];
        return instance ? prefixOf(*row.group, *instance) + "/" + row.id : row.id;
    }

    bool inConflict(const std::string& key) const {
        return std::find(m_answers.conflicts.begin(), m_answers.conflicts.end(), key) != m_answers.conflicts.end();
    }

    void evaluateRow(std::size_t slot, std::optional<std::size_t> instance) {
        const auto& row = m_pack.rows[slot];
        m_group = row.group;
        m_instance = instance;
        if (row.calls_prescreen) screen();
        auto& cell = m_cells[slot][instance.value_or(0)];
        const bool group_relevant = !row.group || m_groups[*row.group].relevant;
        cell.relevant = group_relevant && allHold(row.relevant);
        cell.derived_from_conflict =
            anyTainted(row.depends) || (row.group && m_groups[*row.group].derived_from_conflict);
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

    void calculate(const SurveyRow& row, Cell& cell) {
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

    void propose(const SurveyRow& row, const std::string& key) {
        auto text = row.proposed;
        if (row.proposes) {
            const auto result = m_xpath->evaluate(*row.proposes, *this, {});
            if (const auto* given = std::get_if<std::string>(&result)) {
                text = *given;
            } else if (const auto* number = std::get_if<double>(&result); number != nullptr && std::isfinite(*number)) {
                text =
                    row.type == ValueType::Date ? Date{static_cast<std::int32_t>(*number)}.iso() : numberText(*number);
            }
        }
        if (text.empty()) return;
        const auto& question = m_pack.questions[*row.question];
        text = normaliseAnswer(question, text);
        // A choice that is hidden, or a date that is none, is not proposed.
        Cell trial;
        if (readValue(question, key, text, trial)) m_out.m_proposed.insert_or_assign(key, std::move(text));
    }

    void readAnswer(const SurveyRow& row, const std::string& key, Cell& cell) {
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

    void hideChoices(const SurveyRow& row, const Question& question, const std::string& key) {
        for (std::size_t i = 0; i < row.choice_relevant.size(); ++i) {
            if (allHold(row.choice_relevant[i])) continue;
            m_out.m_hidden_choices[key].push_back(question.choices[i].name);
        }
    }

    bool isOffered(const Question& question, const std::string& key, std::string_view name) const {
        const auto hidden = m_out.m_hidden_choices.find(key);
        const bool is_hidden = hidden != m_out.m_hidden_choices.end() &&
                               std::find(hidden->second.begin(), hidden->second.end(), name) != hidden->second.end();
        return !is_hidden && std::any_of(question.choices.begin(), question.choices.end(),
                                         [&](const auto& choice) { return choice.name == name; });
    }

    /// False when the question's type refuses the text, which then counts as empty.
    bool readValue(const Question& question, const std::string& key, const std::string& text, Cell& cell) const {
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
                case QuestionType::Text:
                case QuestionType::Barcode:
                case QuestionType::Image:
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

    /// The first row of each benefit that holds is its verdict. Of two alternatives the better is suggested; the one
    /// that the pack lists first when they are as good.
    void screen() {
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

    LocalText filled(const LocalText& text) const {
        return {m_out.fill(text.english, {}, Language::English), m_out.fill(text.welsh, {}, Language::Welsh)};
    }

    void publish() {
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
            m_out.m_suggestions.push_back({m_pack.benefits[i].name, row->verdict, filled(row->reason),
                                           filled(row->change), m_screened[i].suggested});
        }
        for (const auto& warning : m_pack.warnings) publishWarning(warning);
        for (const auto& row : m_pack.declarations) {
            if (row.when && !m_xpath->test(*row.when, *this, {})) continue;
            m_out.m_declaration.push_back({row.line.id, row.line.version, filled(row.line.text)});
        }
        publishProofs();
    }

    void publishWarning(const WarningRow& row) {
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

    void publishQuestion(std::size_t question_index, std::optional<std::size_t> instance) {
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

    void publishRepeats() {
        for (std::size_t i = 0; i < m_groups.size(); ++i) {
            const auto& repeat = m_out.pack().repeats()[i];
            const auto& group = m_groups[i];
            m_out.m_repeats.push_back(
                {&repeat, group.relevant,
                 group.relevant &&
                     group.instances.size() < std::max<std::size_t>(repeat.required ? 1 : 0, group.wanted),
                 group.derived_from_conflict, group.wanted, group.too_many, group.instances});
        }
    }

    void publishProofs() {
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

    Evaluation& m_out;
    const FormPack::Impl& m_pack;
    const AnswerSet& m_answers;
    FormPack::Impl::Lease m_xpath;
    std::vector<std::vector<Cell>> m_cells;  ///< by slot, then by instance (one outside repeats)
    std::vector<Group> m_groups;
    std::vector<Screened> m_screened;    ///< as benefits; empty until the pre-screen has run
    std::optional<std::size_t> m_group;  ///< whose instance the expression at work stands in
    std::optional<std::size_t> m_instance;
};

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
