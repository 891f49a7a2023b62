#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/csv.h"
#include "shared/forms/evaluation.h"
#include "shared/forms/pack_impl.h"

// Inside shared/forms.
namespace fieldclaim {

/// Letters, digits, _ and -, beginning with a letter: what an id may be, in paths and in expressions.
bool isRowName(std::string_view text);
bool isNumber(std::string_view text);
/// The words between spaces.
std::vector<std::string> words(std::string_view text);

/// Reads a pack's tables in the order in which they depend on each other, and gathers every error with its place. Lives
/// for one load(); borrows the files.
class PackLoader {
public:
    explicit PackLoader(const PackFiles& files) : m_files(files) {}
    Result<std::unique_ptr<FormPack::Impl>> load();

private:
    using Row = CsvTable::Row;

    /// Where the loader is: a file and one of its rows.
    struct Place {
        std::string file;
        const CsvTable* table = nullptr;
        const Row* row = nullptr;
        std::string_view cell(std::string_view column) const { return table->cell(*row, column); }
    };
    /// begin_group to end_group: what stands in it is asked when this holds, and together where it says so.
    struct FormGroup {
        std::string id;
        Place place;
        std::size_t first_slot = 0;
        bool together = false;  ///< appearance field-list: one page
        bool in_repeat = false;
        std::optional<ExpressionId> relevant;
        std::vector<std::size_t> refs;
    };
    /// Where a row of the pack comes from.
    struct RowSource {
        Place place;
        std::vector<std::size_t> groups;  ///< round it, outermost first: places in m_form_groups
        std::string specifies;            ///< the question whose choice "other" this one asks about
    };
    struct Compiled {
        ExpressionId id = 0;
        ScannedExpression scanned;
    };

    // pack_loader.cpp: tables, texts, names, settings, sections, choices
    void readTables();
    void readSettings();
    void resolveSettings();
    void readSections();
    void readChoices();
    tl::unexpected<Error> failed() const;
    void complain(const Place& place, std::string_view column, const std::string& reason);
    void note(const Place& place, std::string_view column, const std::string& reason);
    LocalText text(const Place& place, const std::string& column);
    LocalText filledText(const Place& place, const std::string& column);
    void checkReferences(const Place& place, const std::string& column, std::string_view from);
    static std::string written(std::string_view name);
    bool flag(const Place& place, std::string_view column);
    std::string uniqueName(const Place& place, std::string_view column, std::set<std::string>& taken);
    template <typename Each>
    void eachRow(const std::string& file, Each each) {
        const auto& table = m_tables.at(file);
        for (const auto& row : table.rows()) each(Place{file, &table, &row});
    }

    // pack_figures.cpp: params, modulus
    void readParameters();
    void readModulus();

    // pack_survey.cpp: the survey's rows
    void readSurvey();
    void beginGroup(const Place& place, std::string name);
    void endGroup(const Place& place);
    void beginRepeat(const Place& place, std::string name);
    void endRepeat(const Place& place);
    void readRow(const Place& place, const std::string& type, std::string name);
    void addRow(SurveyRow row, RowSource source);
    Question readQuestion(const Place& place, const std::string& type, std::string name);
    void readSpecify(const Place& place, const Question& about);
    /// The row's own cell, else that of the nearest group or repeat round it that has one.
    std::string inherited(const Place& place, std::string_view column) const;
    std::string pageOf(const Place& place, const std::string& name) const;
    void addToPage(const Place& place, const Question& question);

    // pack_types.cpp: types, appearances, defaults
    void readType(const Place& place, const std::string& type, Question& question);
    void readSelect(const Place& place, const std::vector<std::string>& parts, Question& question);
    void readRange(const Place& place, Question& question);
    void readAppearance(const Place& place, Question& question);
    void readDefault(const Place& place, SurveyRow& row, const Question& question);

    // pack_expressions.cpp
    ExpressionScope scope(std::size_t before);
    ExpressionScope wholeClaim() { return scope(m_pack->rows.size()); }
    Symbol symbol(std::size_t slot) const;
    std::optional<Compiled> expression(const Place& place, std::string_view column, const ExpressionScope& scope);
    std::optional<Compiled> compiled(const Place& place, std::string_view column, std::string_view text,
                                     const ExpressionScope& scope);
    void readSurveyExpressions();
    void readGroupExpressions(std::size_t index);
    void readRowExpressions(std::size_t slot);
    void readConstraint(SurveyRow& row, std::size_t slot);
    void readChoiceExpressions(SurveyRow& row, std::size_t slot);

    // pack_rules.cpp: what builds on the survey
    void checkEvidence();
    void readProofs();
    std::optional<std::size_t> onlyGroup(const Place& place, const std::vector<std::size_t>& refs);
    void readPrescreen();
    void dependOnPrescreen(const std::set<std::size_t>& refs);
    void addAlternative(std::size_t a, std::size_t b);
    std::optional<std::size_t> benefitNamed(const Place& place, std::string_view column, std::string_view name);
    void readWarnings();
    void readAbout(const Place& place, const std::string& id, WarningRow& row);
    void readDeclarations();

    const PackFiles& m_files;
    std::vector<std::string> m_errors;
    std::map<std::string, CsvTable> m_tables;
    std::map<std::string, std::vector<std::pair<Choice, Place>>> m_lists;
    std::vector<RowSource> m_sources;                       ///< as rows
    std::vector<Place> m_repeat_places;                     ///< as groups
    std::vector<std::vector<std::size_t>> m_repeat_groups;  ///< as groups: the form groups round each
    std::vector<FormGroup> m_form_groups;
    std::vector<std::size_t> m_open_groups;
    std::optional<std::size_t> m_open_repeat;
    std::set<std::string> m_row_names;
    std::map<std::string, ExpressionId> m_expression_ids;
    std::unique_ptr<FormPack::Impl> m_pack = std::make_unique<FormPack::Impl>();
};

}  // namespace fieldclaim
