#include <algorithm>
#include <charconv>
#include <set>

#include "shared/base/text.h"
#include "shared/forms/csv.h"
#include "shared/forms/evaluation.h"
#include "shared/forms/pack_impl.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxErrors = 50;
constexpr std::string_view kEnglish = "::English (en)";
constexpr std::string_view kWelsh = "::Cymraeg (cy)";

const std::map<std::string, std::vector<std::string>>& filesAndColumns() {
    static const std::map<std::string, std::vector<std::string>> table = {
        {"settings.csv", {"form_title", "form_id", "version"}},
        {"sections.csv", {"id", "title::English (en)", "order"}},
        {"params.csv", {"key", "from_date", "value", "unit", "source", "confidence"}},
        {"choices.csv", {"list_name", "name", "label::English (en)"}},
        {"survey.csv",
         {"type", "name", "label::English (en)", "relevant", "required", "constraint",
          "constraint_message::English (en)", "calculation", "page", "section", "stage", "normalise", "declared",
          "sensitive", "benefits", "evidence"}},
        {"proofs.csv", {"code", "label::English (en)", "when", "accepts::English (en)", "min_level", "blocks"}},
        {"prescreen.csv", {"benefit", "verdict", "when", "reason::English (en)", "change::English (en)", "not_with"}},
        {"warnings.csv", {"id", "when", "text::English (en)"}},
        {"declarations.csv", {"id", "version", "when", "text::English (en)"}},
    };
    return table;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (auto& word : split(text, ' ')) {
        if (!word.empty()) out.push_back(std::move(word));
    }
    return out;
}

/// Letters, digits, _ and -, beginning with a letter: what an id may be, in paths and in expressions.
bool isName(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && text.size() <= 64 && letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

/// The names in a text's ${name}.
std::set<std::string_view> placeholders(std::string_view text) {
    std::set<std::string_view> out;
    for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
        const auto end = text.find('}', at);
        out.insert(end == std::string_view::npos ? std::string_view() : text.substr(at + 2, end - at - 2));
    }
    return out;
}

bool isNumber(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

/// Reads a pack's tables in the order in which they depend on each other, and gathers every error with its place.
class Loader {
public:
    explicit Loader(const PackFiles& files) : m_files(files) {}

    Result<std::unique_ptr<FormPack::Impl>> load() {
        readTables();
        if (m_errors.empty()) {
            readSettings();
            readSections();
            readParameters();
            readChoices();
            readSurvey();
        }
        if (m_errors.empty()) resolveSettings();
        if (m_errors.empty()) {
            readSurveyExpressions();
            readProofs();
            readPrescreen();
            checkEvidence();
            readWarnings();
            readDeclarations();
        }
        if (!m_errors.empty()) return failed();
        return std::move(m_pack);
    }

private:
    using Row = CsvTable::Row;

    /// Where the loader is: a file and one of its rows.
    struct Place {
        std::string file;
        const CsvTable* table = nullptr;
        const Row* row = nullptr;
        std::string_view cell(std::string_view column) const { return table->cell(*row, column); }
    };

    tl::unexpected<Error> failed() const {
        std::string detail;
        for (std::size_t i = 0; i < std::min(m_errors.size(), kMaxErrors); ++i) {
            detail += (detail.empty() ? "" : "\n") + m_errors[i];
        }
        return fail(ErrorCode::BadPack, detail);
    }

    void complain(const Place& place, std::string_view column, const std::string& reason) {
        m_errors.push_back(place.file + ":" + std::to_string(place.row->line) + ":" + std::string(column) + ": " +
                           reason);
    }

    template <typename Each>
    void eachRow(const std::string& file, Each each) {
        const auto& table = m_tables.at(file);
        for (const auto& row : table.rows()) each(Place{file, &table, &row});
    }

    /// The Welsh may be missing; where it stands it fills in what the English fills in.
    LocalText text(const Place& place, const std::string& column) {
        const auto welsh_column = column + std::string(kWelsh);
        LocalText out{std::string(place.cell(column + std::string(kEnglish))), std::string(place.cell(welsh_column))};
        if (out.welsh.empty()) return out;
        const auto english = placeholders(out.english);
        const auto welsh = placeholders(out.welsh);
        for (const auto name : english) {
            if (!welsh.contains(name)) complain(place, welsh_column, "lacks the English text's " + written(name));
        }
        for (const auto name : welsh) {
            if (!english.contains(name))
                complain(place, welsh_column, "has " + written(name) + ", the English has not");
        }
        return out;
    }

    static std::string written(std::string_view name) { return "${" + std::string(name) + "}"; }

    /// Texts may hold ${name}; the name must exist.
    LocalText filledText(const Place& place, const std::string& column) {
        auto out = text(place, column);
        checkReferences(place, column + std::string(kEnglish), out.english);
        checkReferences(place, column + std::string(kWelsh), out.welsh);
        return out;
    }

    void checkReferences(const Place& place, const std::string& column, std::string_view from) {
        for (const auto name : placeholders(from)) {
            if (!m_pack->slots.contains(name)) complain(place, column, "there is no " + written(name));
        }
    }

    bool flag(const Place& place, std::string_view column) {
        const auto cell = place.cell(column);
        if (cell.empty() || cell == "no") return false;
        if (cell != "yes") complain(place, column, "is yes, no or empty");
        return cell == "yes";
    }

    /// An id that is not yet taken.
    std::string uniqueName(const Place& place, std::string_view column, std::set<std::string>& taken) {
        std::string name(place.cell(column));
        if (!isName(name)) {
            complain(place, column, "'" + name + "' is not a name (letters, digits, _ and -; a letter first)");
        } else if (!taken.insert(name).second) {
            complain(place, column, "'" + name + "' is there twice");
        }
        return name;
    }

    void readTables() {
        std::size_t total = 0;
        for (const auto& [name, bytes] : m_files) total += bytes.size();
        if (total > FormPack::kMaxBytes) {
            m_errors.emplace_back("pack:0:: larger than 8 MiB");
            return;
        }
        for (const auto& [name, columns] : filesAndColumns()) {
            const auto file = m_files.find(name);
            if (file == m_files.end()) {
                m_errors.push_back(name + ":0:: the file is missing");
                continue;
            }
            auto table = CsvTable::parse(file->second);
            if (!table) {
                const auto& detail = table.error().detail;
                const auto colon = detail.find(": ");
                m_errors.push_back(name + ":" + detail.substr(0, colon) + "::" + detail.substr(colon + 1));
                continue;
            }
            for (const auto& column : columns) {
                if (!table->has(column)) m_errors.push_back(name + ":1:" + column + ": the column is missing");
            }
            m_tables.emplace(name, std::move(*table));
        }
    }

    void readSettings() {
        if (m_tables.at("settings.csv").rows().size() != 1) {
            m_errors.emplace_back("settings.csv:2:: there is one row of settings");
            return;
        }
        eachRow("settings.csv", [&](const Place& place) {
            m_pack->id = place.cell("form_id");
            m_pack->version = place.cell("version");
            m_pack->title = place.cell("form_title");
            if (!isName(m_pack->id)) complain(place, "form_id", "is missing or not a name");
            if (m_pack->version.empty()) complain(place, "version", "is missing");
        });
    }

    /// Which question holds the benefits, and which the date of the claim: known once the survey is.
    void resolveSettings() {
        eachRow("settings.csv", [&](const Place& place) {
            const auto slotOf = [&](std::string_view column, QuestionType type) -> std::optional<std::size_t> {
                const auto name = place.cell(column);
                if (name.empty()) return std::nullopt;
                const auto slot = m_pack->slots.find(name);
                const bool right = slot != m_pack->slots.end() && m_pack->rows[slot->second].question &&
                                   m_pack->questions[*m_pack->rows[slot->second].question].type == type &&
                                   !m_pack->rows[slot->second].group;
                if (!right) {
                    complain(place, column, "there is no question " + std::string(name) + " of the right type");
                    return std::nullopt;
                }
                return slot->second;
            };
            m_pack->benefits_slot = slotOf("benefits_question", QuestionType::SelectMultiple);
            m_pack->claim_date_slot = slotOf("claim_date_question", QuestionType::Date);
            if (m_pack->benefits_slot) {
                m_pack->benefits = m_pack->questions[*m_pack->rows[*m_pack->benefits_slot].question].choices;
            }
        });
    }

    void readSections() {
        std::set<std::string> taken;
        std::vector<std::pair<int, Section>> sections;
        eachRow("sections.csv", [&](const Place& place) {
            Section section{uniqueName(place, "id", taken), text(place, "title"), {}};
            const auto order = place.cell("order");
            int number = 0;
            if (std::from_chars(order.data(), order.data() + order.size(), number).ec != std::errc()) {
                complain(place, "order", "is not a number");
            }
            if (section.title.english.empty()) complain(place, "title::English (en)", "is missing");
            sections.emplace_back(number, std::move(section));
        });
        std::stable_sort(sections.begin(), sections.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [order, section] : sections) m_pack->sections.push_back(std::move(section));
    }

    void readParameters() {
        std::set<std::pair<std::string, Date>> taken;
        eachRow("params.csv", [&](const Place& place) {
            const std::string key(place.cell("key"));
            const auto from = Date::parse(place.cell("from_date"));
            const std::string value(place.cell("value"));
            const auto confidence = place.cell("confidence");
            const auto unit = place.cell("unit");
            if (!isName(key)) complain(place, "key", "'" + key + "' is not a name");
            if (!from) complain(place, "from_date", "is not a date (YYYY-MM-DD)");
            if (value.empty()) complain(place, "value", "is missing");
            if (confidence != "source" && confidence != "memory" && confidence != "design") {
                complain(place, "confidence", "is source, memory or design");
            }
            if (place.cell("source").empty()) complain(place, "source", "is missing: where does the figure come from?");
            if (unit == "date" && !Date::parse(value))
                complain(place, "value", "'" + value + "' is not a date (YYYY-MM-DD)");
            if (unit.starts_with("GBP") && !isNumber(value))
                complain(place, "value", "'" + value + "' is not a number");
            if (!from) return;
            if (!taken.emplace(key, *from).second) complain(place, "from_date", "this key has this date twice");
            auto& parameter = m_pack->parameters[key];
            const auto type = Date::parse(value) ? ValueType::Date
                              : isNumber(value)  ? ValueType::Number
                                                 : ValueType::Text;
            if (!parameter.rows.empty() && parameter.type != type) {
                complain(place, "value", "is of another kind than this key's other values");
            }
            parameter.type = type;
            parameter.money = unit.starts_with("GBP");
            parameter.rows.push_back({*from, value});
        });
        for (auto& [key, parameter] : m_pack->parameters) {
            std::sort(parameter.rows.begin(), parameter.rows.end(),
                      [](const auto& a, const auto& b) { return a.from < b.from; });
        }
    }

    void readChoices() {
        std::set<std::pair<std::string, std::string>> taken;
        eachRow("choices.csv", [&](const Place& place) {
            const std::string list(place.cell("list_name"));
            Choice choice{std::string(place.cell("name")), text(place, "label")};
            if (!isName(list)) complain(place, "list_name", "'" + list + "' is not a name");
            if (!isName(choice.name)) complain(place, "name", "'" + choice.name + "' is not a name");
            if (choice.label.english.empty()) complain(place, "label::English (en)", "is missing");
            if (!taken.emplace(list, choice.name).second)
                complain(place, "name", "'" + choice.name + "' is there twice");
            m_lists[list].push_back({std::move(choice), place});
        });
    }

    // The survey is read twice: its rows first, so that expressions know every name and type, its expressions second.

    void readSurvey() {
        std::set<std::string> taken;
        std::set<std::string> groups_taken;
        std::optional<std::size_t> group;
        std::optional<Place> group_place;
        eachRow("survey.csv", [&](const Place& place) {
            const std::string type(place.cell("type"));
            if (type == "begin_repeat") {
                if (group) complain(place, "type", "repeats do not nest");
                group = beginRepeat(place, uniqueName(place, "name", groups_taken));
                group_place = place;
            } else if (type == "end_repeat") {
                const auto name = place.cell("name");
                if (!group || (!name.empty() && name != m_pack->repeats[*group].id)) {
                    complain(place, "name", "this repeat was not begun");
                }
                if (group) m_pack->groups[*group].end_slot = m_pack->rows.size();
                group.reset();
            } else {
                readRow(place, type, uniqueName(place, "name", taken), group);
            }
        });
        if (group) complain(*group_place, "type", "this repeat is not ended");
        for (const auto& name : groups_taken) {
            if (taken.contains(name))
                m_errors.push_back("survey.csv:0:name: '" + name + "' is a repeat and a question");
        }
    }

    std::size_t beginRepeat(const Place& place, std::string name) {
        Repeat repeat;
        repeat.id = std::move(name);
        repeat.page = place.cell("page");
        repeat.section = place.cell("section");
        repeat.label = text(place, "label");
        repeat.hint = text(place, "hint");
        repeat.required = flag(place, "required");
        if (repeat.label.english.empty())
            complain(place, "label::English (en)", "is missing: what is one of them called?");
        m_pack->repeats.push_back(std::move(repeat));
        m_pack->groups.push_back({m_pack->rows.size(), m_pack->rows.size(), {}, {}, {}});
        m_group_places.push_back(place);
        return m_pack->groups.size() - 1;
    }

    void readRow(const Place& place, const std::string& type, std::string name, std::optional<std::size_t> group) {
        SurveyRow row;
        row.id = name;
        row.group = group;
        if (type == "calculate") {
            if (place.cell("calculation").empty()) complain(place, "calculation", "is missing");
        } else {
            row.question = m_pack->questions.size();
            auto question = readQuestion(place, type, std::move(name), group);
            if (question.type == QuestionType::Date) row.type = ValueType::Date;
            if (question.type == QuestionType::Integer || question.type == QuestionType::Decimal) {
                row.type = ValueType::Number;
            }
            row.money = question.normalise == "money";
            m_pack->questions.push_back(std::move(question));
        }
        m_pack->slots.emplace(row.id, m_pack->rows.size());
        m_pack->rows.push_back(std::move(row));
        m_row_places.push_back(place);
    }

    Question readQuestion(const Place& place, const std::string& type, std::string name,
                          std::optional<std::size_t> group) {
        Question question;
        question.id = std::move(name);
        question.index = m_pack->questions.size();
        question.page = place.cell("page");
        question.section = place.cell("section");
        question.stage = place.cell("stage");
        question.label = text(place, "label");
        question.hint = text(place, "hint");
        question.guidance = text(place, "guidance_hint");
        question.constraint_message = text(place, "constraint_message");
        question.required = flag(place, "required");
        question.declared = flag(place, "declared");
        question.sensitive = flag(place, "sensitive");
        question.normalise = place.cell("normalise");
        question.benefits = words(place.cell("benefits"));
        question.evidence = words(place.cell("evidence"));
        if (group) {
            question.repeat = m_pack->repeats[*group].id;
            m_pack->repeats[*group].questions.push_back(question.index);
            if (question.page != m_pack->repeats[*group].page) {
                complain(place, "page", "a repeat's questions are all on its own page");
            }
        }
        static const std::set<std::string> normalisers = {"",         "trim",        "digits", "phone",
                                                          "postcode", "upper_strip", "money"};
        if (!normalisers.contains(question.normalise)) {
            complain(place, "normalise", "there is no '" + question.normalise + "'");
        }
        if (question.label.english.empty()) complain(place, "label::English (en)", "is missing");
        if (!place.cell("constraint").empty() && question.constraint_message.english.empty()) {
            complain(place, "constraint_message::English (en)", "is missing: what must the officer put right?");
        }
        readType(place, type, question);
        addToPage(place, question);
        return question;
    }

    void readType(const Place& place, const std::string& type, Question& question) {
        static const std::map<std::string, QuestionType> plain = {{"text", QuestionType::Text},
                                                                  {"integer", QuestionType::Integer},
                                                                  {"decimal", QuestionType::Decimal},
                                                                  {"date", QuestionType::Date},
                                                                  {"acknowledge", QuestionType::Acknowledge},
                                                                  {"image", QuestionType::Image}};
        const auto parts = words(type);
        if (parts.size() == 2 && (parts[0] == "select_one" || parts[0] == "select_multiple")) {
            question.type = parts[0] == "select_one" ? QuestionType::SelectOne : QuestionType::SelectMultiple;
            const auto list = m_lists.find(parts[1]);
            if (list == m_lists.end()) {
                complain(place, "type", "there is no list of choices '" + parts[1] + "'");
                return;
            }
            for (const auto& [choice, where] : list->second) question.choices.push_back(choice);
            return;
        }
        const auto found = plain.find(type);
        if (found == plain.end()) {
            complain(place, "type", "there is no type '" + type + "'");
            return;
        }
        question.type = found->second;
    }

    void addToPage(const Place& place, const Question& question) {
        if (question.page.empty()) {
            complain(place, "page", "is missing");
            return;
        }
        auto& pages = m_pack->pages;
        if (pages.empty() || pages.back().id != question.page) {
            if (std::any_of(pages.begin(), pages.end(), [&](const auto& page) { return page.id == question.page; })) {
                complain(place, "page", "the page " + question.page + " began earlier: its questions stand together");
            }
            const auto section = std::find_if(m_pack->sections.begin(), m_pack->sections.end(),
                                              [&](const auto& each) { return each.id == question.section; });
            if (section == m_pack->sections.end()) {
                complain(place, "section", "there is no section '" + question.section + "'");
            } else {
                section->pages.push_back(pages.size());
            }
            pages.push_back({question.page, question.section, question.repeat, {}, {}});
        }
        if (pages.back().section != question.section) complain(place, "section", "the page is in another section");
        if (pages.back().repeat != question.repeat) complain(place, "page", "the page is partly a repeat");
        pages.back().questions.push_back(question.index);
    }

    ExpressionScope scope(std::size_t before) {
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

    Symbol symbol(std::size_t slot) const {
        const auto& row = m_pack->rows[slot];
        const auto* choices = row.question ? &m_pack->questions[*row.question].choices : nullptr;
        return {slot, row.type, choices != nullptr && !choices->empty() ? choices : nullptr};
    }

    struct Compiled {
        ExpressionId id = 0;
        ScannedExpression scanned;
    };

    /// Nothing for an empty cell; nothing and a complaint for a bad one.
    std::optional<Compiled> expression(const Place& place, std::string_view column, const ExpressionScope& scope) {
        const auto cell = place.cell(column);
        if (cell.empty()) return std::nullopt;
        auto scanned = scanExpression(cell, scope);
        if (!scanned) {
            complain(place, column, scanned.error().detail);
            return std::nullopt;
        }
        if (const auto compiles = XPathSet::check(scanned->xpath); !compiles) {
            complain(place, column, compiles.error().detail);
            return std::nullopt;
        }
        for (auto& [text, pattern] : scanned->patterns) m_pack->patterns.emplace(text, std::move(pattern));
        const auto [known, added] = m_expression_ids.emplace(scanned->xpath, m_pack->expressions.size());
        if (added) m_pack->expressions.push_back(scanned->xpath);
        return Compiled{known->second, std::move(*scanned)};
    }

    void readSurveyExpressions() {
        for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
            for (std::size_t i = 0; i < m_pack->groups.size(); ++i) {
                if (m_pack->groups[i].first_slot == slot) readGroupExpressions(i);
            }
            auto& row = m_pack->rows[slot];
            const auto& place = m_row_places[slot];
            const auto above = scope(slot);
            const auto depend = [&](const std::optional<Compiled>& compiled) {
                if (!compiled) return;
                row.depends.insert(row.depends.end(), compiled->scanned.refs.begin(), compiled->scanned.refs.end());
                row.calls_prescreen = row.calls_prescreen || compiled->scanned.calls_prescreen;
            };
            if (const auto relevant = expression(place, "relevant", above)) {
                row.relevant.push_back(relevant->id);
                depend(relevant);
            }
            if (row.question) {
                readConstraint(row, slot);
                readChoiceExpressions(row, slot);
                filledText(place, "label");
                filledText(place, "hint");
                filledText(place, "guidance_hint");
                filledText(place, "constraint_message");
            } else if (const auto calculation = expression(place, "calculation", above)) {
                row.calculation = calculation->id;
                row.type = calculation->scanned.type;
                const auto parameter = m_pack->parameters.find(calculation->scanned.parameter);
                row.money = parameter != m_pack->parameters.end() && parameter->second.money;
                depend(calculation);
            }
        }
    }

    void readGroupExpressions(std::size_t index) {
        auto& group = m_pack->groups[index];
        if (const auto relevant = expression(m_group_places[index], "relevant", scope(group.first_slot))) {
            group.relevant.push_back(relevant->id);
            group.depends = relevant->scanned.refs;
        }
        if (m_pack->repeats[index].questions.empty())
            complain(m_group_places[index], "type", "the repeat has no questions");
    }

    void readConstraint(SurveyRow& row, std::size_t slot) {
        auto with_self = scope(slot);
        with_self.self = symbol(slot);
        if (const auto constraint = expression(m_row_places[slot], "constraint", with_self))
            row.constraint = constraint->id;
    }

    void readChoiceExpressions(SurveyRow& row, std::size_t slot) {
        const auto parts = words(m_row_places[slot].cell("type"));
        if (parts.size() != 2) return;
        const auto& list = m_lists.at(parts[1]);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const auto& [choice, place] = list[i];
            if (const auto relevant = expression(place, "relevant", scope(slot))) {
                row.choice_relevant.resize(list.size());
                row.choice_relevant[i].push_back(relevant->id);
            }
            checkReferences(place, "label::English (en)", choice.label.english);
            checkReferences(place, "label::Cymraeg (cy)", choice.label.welsh);
        }
    }

    void checkEvidence() {
        for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
            if (!m_pack->rows[slot].question) continue;
            for (const auto& code : m_pack->questions[*m_pack->rows[slot].question].evidence) {
                const bool known = std::any_of(m_pack->proofs.begin(), m_pack->proofs.end(),
                                               [&](const auto& rule) { return rule.code == code; });
                if (!known) complain(m_row_places[slot], "evidence", "there is no proof rule '" + code + "'");
            }
        }
    }

    /// A row that calls prescreen() stands on all that the pre-screen's rows name.
    void dependOnPrescreen(const std::set<std::size_t>& refs) {
        for (std::size_t slot = 0; slot < m_pack->rows.size(); ++slot) {
            auto& row = m_pack->rows[slot];
            if (!row.calls_prescreen) continue;
            row.depends.insert(row.depends.end(), refs.begin(), refs.end());
            for (const auto ref : refs) {
                if (ref < slot) continue;
                complain(m_row_places[slot], "calculation",
                         "prescreen() needs ${" + m_pack->rows[ref].id + "}, which comes later or is the row itself");
            }
        }
    }

    ExpressionScope wholeClaim() { return scope(m_pack->rows.size()); }

    void readProofs() {
        std::set<std::string> taken;
        eachRow("proofs.csv", [&](const Place& place) {
            ProofRule rule;
            ProofRow row;
            rule.code = uniqueName(place, "code", taken);
            rule.label = text(place, "label");
            rule.why = text(place, "why");
            rule.min_level = place.cell("min_level");
            rule.blocks = flag(place, "blocks");
            const auto accepts = text(place, "accepts");
            const auto english = split(accepts.english, '|');
            const auto welsh =
                accepts.welsh.empty() ? std::vector<std::string>(english.size()) : split(accepts.welsh, '|');
            if (welsh.size() != english.size())
                complain(place, "accepts::Cymraeg (cy)", "has not as many as the English");
            for (std::size_t i = 0; i < english.size(); ++i) {
                rule.accepts.push_back(
                    {std::string(trim(english[i])), i < welsh.size() ? std::string(trim(welsh[i])) : ""});
            }
            if (rule.label.english.empty()) complain(place, "label::English (en)", "is missing");
            if (rule.min_level != "told" && rule.min_level != "copy" && rule.min_level != "original") {
                complain(place, "min_level", "is told, copy or original");
            }
            if (const auto when = expression(place, "when", wholeClaim())) {
                row.when = when->id;
                row.group = onlyGroup(place, when->scanned.refs);
                if (row.group) rule.repeat = m_pack->repeats[*row.group].id;
            }
            m_pack->proofs.push_back(std::move(rule));
            m_pack->proof_rows.push_back(row);
        });
    }

    /// The repeat whose answers the rule names: it is tested once for each of its instances.
    std::optional<std::size_t> onlyGroup(const Place& place, const std::vector<std::size_t>& refs) {
        std::optional<std::size_t> group;
        for (const auto ref : refs) {
            const auto of = m_pack->rows[ref].group;
            if (of && group && *of != *group) complain(place, "when", "names answers of two repeats");
            if (of) group = of;
        }
        return group;
    }

    void readPrescreen() {
        m_pack->alternatives.resize(m_pack->benefits.size());
        std::set<std::size_t> last_holds;
        std::set<std::size_t> refs;
        eachRow("prescreen.csv", [&](const Place& place) {
            PrescreenRow row;
            const auto benefit = benefitNamed(place, "benefit", place.cell("benefit"));
            const auto verdict = place.cell("verdict");
            if (verdict == "likely")
                row.verdict = Verdict::Likely;
            else if (verdict == "possible")
                row.verdict = Verdict::Possible;
            else if (verdict == "unlikely")
                row.verdict = Verdict::Unlikely;
            else
                complain(place, "verdict", "is likely, possible or unlikely");
            row.reason = filledText(place, "reason");
            row.change = filledText(place, "change");
            if (row.reason.english.empty()) complain(place, "reason::English (en)", "is missing");
            if (place.cell("when").empty()) complain(place, "when", "is missing: write true()");
            const auto when = expression(place, "when", wholeClaim());
            if (!benefit) return;
            if (last_holds.contains(*benefit)) complain(place, "when", "a row before this one always holds");
            if (place.cell("when") == "true()") last_holds.insert(*benefit);
            for (const auto& other : words(place.cell("not_with"))) {
                if (const auto alternative = benefitNamed(place, "not_with", other))
                    addAlternative(*benefit, *alternative);
            }
            if (!when) return;
            refs.insert(when->scanned.refs.begin(), when->scanned.refs.end());
            if (when->scanned.calls_prescreen) complain(place, "when", "prescreen() cannot call itself");
            row.benefit = *benefit;
            row.when = when->id;
            m_pack->prescreen.push_back(std::move(row));
        });
        for (std::size_t i = 0; i < m_pack->benefits.size(); ++i) {
            if (!last_holds.contains(i)) {
                m_errors.push_back("prescreen.csv:0:when: " + m_pack->benefits[i].name +
                                   " has no last row that is true()");
            }
        }
        dependOnPrescreen(refs);
    }

    void addAlternative(std::size_t a, std::size_t b) {
        for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
            auto& list = m_pack->alternatives[one];
            if (std::find(list.begin(), list.end(), other) == list.end()) list.push_back(other);
        }
    }

    std::optional<std::size_t> benefitNamed(const Place& place, std::string_view column, std::string_view name) {
        const auto& benefits = m_pack->benefits;
        const auto found =
            std::find_if(benefits.begin(), benefits.end(), [&](const auto& each) { return each.name == name; });
        if (found == benefits.end()) {
            complain(place, column, "there is no benefit '" + std::string(name) + "'");
            return std::nullopt;
        }
        return static_cast<std::size_t>(found - benefits.begin());
    }

    void readWarnings() {
        std::set<std::string> taken;
        eachRow("warnings.csv", [&](const Place& place) {
            WarningRow row;
            row.id = uniqueName(place, "id", taken);
            row.about = words(place.cell("about"));
            row.action = flag(place, "action");
            row.text = filledText(place, "text");
            for (const auto& id : row.about) readAbout(place, id, row);
            if (row.text.english.empty()) complain(place, "text::English (en)", "is missing");
            if (place.cell("when").empty()) complain(place, "when", "is missing");
            const auto when = expression(place, "when", wholeClaim());
            if (!when) return;
            row.when = when->id;
            m_pack->warnings.push_back(std::move(row));
        });
    }

    /// A warning about a repeat's question is tested for each of its instances.
    void readAbout(const Place& place, const std::string& id, WarningRow& row) {
        const bool is_repeat = std::any_of(m_pack->repeats.begin(), m_pack->repeats.end(),
                                           [&](const auto& repeat) { return repeat.id == id; });
        if (is_repeat) return;
        const auto slot = m_pack->slots.find(id);
        if (slot == m_pack->slots.end() || !m_pack->rows[slot->second].question) {
            complain(place, "about", "there is no question or repeat " + id);
            return;
        }
        const auto& group = m_pack->rows[slot->second].group;
        if (group && row.group && *row.group != *group) complain(place, "about", "names questions of two repeats");
        if (group) row.group = group;
    }

    void readDeclarations() {
        std::set<std::string> taken;
        eachRow("declarations.csv", [&](const Place& place) {
            DeclarationRow row;
            row.line.id = uniqueName(place, "id", taken);
            row.line.text = filledText(place, "text");
            const auto version = place.cell("version");
            const auto [end, error] =
                std::from_chars(version.data(), version.data() + version.size(), row.line.version);
            if (error != std::errc() || end != version.data() + version.size() || row.line.version < 1) {
                complain(place, "version", "is not a number from 1");
            }
            if (row.line.text.english.empty()) complain(place, "text::English (en)", "is missing");
            if (const auto when = expression(place, "when", wholeClaim())) row.when = when->id;
            m_pack->declarations.push_back(std::move(row));
        });
    }

    const PackFiles& m_files;
    std::vector<std::string> m_errors;
    std::map<std::string, CsvTable> m_tables;
    std::map<std::string, std::vector<std::pair<Choice, Place>>> m_lists;
    std::vector<Place> m_row_places;    ///< as rows
    std::vector<Place> m_group_places;  ///< as groups
    std::map<std::string, ExpressionId> m_expression_ids;
    std::unique_ptr<FormPack::Impl> m_pack = std::make_unique<FormPack::Impl>();
};

}  // namespace

Result<std::shared_ptr<const FormPack>> FormPack::load(const PackFiles& files) {
    ASSIGN(auto impl, Loader(files).load());
    return std::shared_ptr<const FormPack>(new FormPack(std::move(impl)));
}

}  // namespace fieldclaim
