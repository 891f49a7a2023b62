#include "shared/forms/pack_loader.h"

#include <algorithm>
#include <charconv>

#include "shared/base/text.h"

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxErrors = 50;
/// A pack without them does without.
constexpr std::string_view kOptional[] = {"modulus.csv", "modulus_substitutes.csv"};
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
        {"modulus.csv", {"sort_from", "sort_to", "method", "weights", "exception"}},
        {"modulus_substitutes.csv", {"sort_code", "substitute"}},
    };
    return table;
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

}  // namespace

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (auto& word : split(text, ' ')) {
        if (!word.empty()) out.push_back(std::move(word));
    }
    return out;
}

bool isRowName(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && text.size() <= 64 && letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

bool isNumber(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

Result<std::unique_ptr<FormPack::Impl>> PackLoader::load() {
    readTables();
    if (m_errors.empty()) {
        readSettings();
        readSections();
        readParameters();
        readModulus();
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

tl::unexpected<Error> PackLoader::failed() const {
    std::string detail;
    for (std::size_t i = 0; i < std::min(m_errors.size(), kMaxErrors); ++i) {
        detail += (detail.empty() ? "" : "\n") + m_errors[i];
    }
    return fail(ErrorCode::BadPack, detail);
}

void PackLoader::note(const Place& place, std::string_view column, const std::string& reason) {
    m_pack->notes.push_back(place.file + ":" + std::to_string(place.row->line) + ":" + std::string(column) + ": " +
                            reason);
}

void PackLoader::complain(const Place& place, std::string_view column, const std::string& reason) {
    m_errors.push_back(place.file + ":" + std::to_string(place.row->line) + ":" + std::string(column) + ": " + reason);
}

/// The Welsh may be missing; where it stands it fills in what the English fills in.
LocalText PackLoader::text(const Place& place, const std::string& column) {
    const auto welsh_column = column + std::string(kWelsh);
    LocalText out{std::string(place.cell(column + std::string(kEnglish))), std::string(place.cell(welsh_column))};
    if (out.welsh.empty()) return out;
    const auto english = placeholders(out.english);
    const auto welsh = placeholders(out.welsh);
    for (const auto name : english) {
        if (!welsh.contains(name)) complain(place, welsh_column, "lacks the English text's " + written(name));
    }
    for (const auto name : welsh) {
        if (!english.contains(name)) complain(place, welsh_column, "has " + written(name) + ", the English has not");
    }
    return out;
}

std::string PackLoader::written(std::string_view name) { return "${" + std::string(name) + "}"; }

/// Texts may hold ${name}; the name must exist.
LocalText PackLoader::filledText(const Place& place, const std::string& column) {
    auto out = text(place, column);
    checkReferences(place, column + std::string(kEnglish), out.english);
    checkReferences(place, column + std::string(kWelsh), out.welsh);
    return out;
}

void PackLoader::checkReferences(const Place& place, const std::string& column, std::string_view from) {
    for (const auto name : placeholders(from)) {
        if (!m_pack->slots.contains(name)) complain(place, column, "there is no " + written(name));
    }
}

bool PackLoader::flag(const Place& place, std::string_view column) {
    const auto cell = place.cell(column);
    if (cell.empty() || cell == "no") return false;
    if (cell != "yes") complain(place, column, "is yes, no or empty");
    return cell == "yes";
}

/// An id that is not yet taken.
std::string PackLoader::uniqueName(const Place& place, std::string_view column, std::set<std::string>& taken) {
    std::string name(place.cell(column));
    if (!isRowName(name)) {
        complain(place, column, "'" + name + "' is not a name (letters, digits, _ and -; a letter first)");
    } else if (!taken.insert(name).second) {
        complain(place, column, "'" + name + "' is there twice");
    }
    return name;
}

void PackLoader::readTables() {
    std::size_t total = 0;
    for (const auto& [name, bytes] : m_files) total += bytes.size();
    if (total > FormPack::kMaxBytes) {
        m_errors.emplace_back("pack:0:: larger than 8 MiB");
        return;
    }
    for (const auto& [name, columns] : filesAndColumns()) {
        const auto file = m_files.find(name);
        if (file == m_files.end()) {
            if (std::find(std::begin(kOptional), std::end(kOptional), name) != std::end(kOptional)) continue;
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

void PackLoader::readSettings() {
    if (m_tables.at("settings.csv").rows().size() != 1) {
        m_errors.emplace_back("settings.csv:2:: there is one row of settings");
        return;
    }
    eachRow("settings.csv", [&](const Place& place) {
        m_pack->id = place.cell("form_id");
        m_pack->version = place.cell("version");
        m_pack->title = place.cell("form_title");
        if (!isRowName(m_pack->id)) complain(place, "form_id", "is missing or not a name");
        if (m_pack->version.empty()) complain(place, "version", "is missing");
    });
}

/// Which question holds the benefits, and which the date of the claim: known once the survey is.
void PackLoader::resolveSettings() {
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

void PackLoader::readSections() {
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
    std::stable_sort(sections.begin(), sections.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [order, section] : sections) m_pack->sections.push_back(std::move(section));
}

void PackLoader::readChoices() {
    std::set<std::pair<std::string, std::string>> taken;
    eachRow("choices.csv", [&](const Place& place) {
        const std::string list(place.cell("list_name"));
        Choice choice{std::string(place.cell("name")), text(place, "label")};
        if (!isRowName(list)) complain(place, "list_name", "'" + list + "' is not a name");
        if (!isRowName(choice.name)) complain(place, "name", "'" + choice.name + "' is not a name");
        if (choice.label.english.empty()) complain(place, "label::English (en)", "is missing");
        if (!taken.emplace(list, choice.name).second) complain(place, "name", "'" + choice.name + "' is there twice");
        m_lists[list].push_back({std::move(choice), place});
    });
}

Result<std::shared_ptr<const FormPack>> FormPack::load(const PackFiles& files) {
    ASSIGN(auto impl, PackLoader(files).load());
    return std::shared_ptr<const FormPack>(new FormPack(std::move(impl)));
}

}  // namespace fieldclaim
