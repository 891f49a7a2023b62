#pragma once

// Private to shared/forms.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/evaluation.h"
#include "shared/forms/pack_impl.h"

namespace fieldclaim {

/// One run over a pack's rows in their order, which is the order of their dependencies; then what follows from them all
/// is put into the Evaluation. Made for one run() within Evaluation::of(), on its thread; borrows the evaluation, its
/// pack and the answers, and a lease of the pack's compiled expressions. It cannot fail: a pack that could is refused
/// at load, and an answer that is none is marked invalid.
class Evaluator : public XPathHost {
public:
    Evaluator(Evaluation& out, const AnswerSet& answers)
        : m_out(out), m_pack(out.pack().impl()), m_answers(answers), m_xpath(m_pack) {}

    void run();

    std::string modulusCheck(std::string_view sort_code, std::string_view account) const override;
    XPathValue variable(std::size_t slot) const override;
    std::int32_t today() const override { return m_out.today().days; }
    XPathValue parameter(std::string_view key, std::int32_t day) const override;
    std::string prescreen() const override;
    const Regex* pattern(std::string_view text) const override;

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

    // ---- the rows, in their order

    void findInstances();
    void evaluateGroup(std::size_t index);
    bool allHold(const std::vector<ExpressionId>& expressions) const;
    std::size_t wantedBy(ExpressionId count) const;
    bool anyTainted(const std::vector<std::size_t>& slots) const;
    std::string prefixOf(std::size_t group, std::size_t instance) const;
    std::string keyOf(std::size_t slot, std::optional<std::size_t> instance) const;
    bool inConflict(const std::string& key) const;
    void evaluateRow(std::size_t slot, std::optional<std::size_t> instance);
    void calculate(const SurveyRow& row, Cell& cell);
    void propose(const SurveyRow& row, const std::string& key);
    void readAnswer(const SurveyRow& row, const std::string& key, Cell& cell);
    void hideChoices(const SurveyRow& row, const Question& question, const std::string& key);
    bool isOffered(const Question& question, const std::string& key, std::string_view name) const;
    /// False when the question's type refuses the text, which then counts as empty.
    bool readValue(const Question& question, const std::string& key, const std::string& text, Cell& cell) const;

    // ---- what follows from them

    /// The first row of each benefit that holds is its verdict. Of two alternatives the better is suggested; the one
    /// that the pack lists first when they are as good.
    void screen();
    LocalText filled(const LocalText& text) const;
    void publish();
    void publishWarning(const WarningRow& row);
    void publishQuestion(std::size_t question_index, std::optional<std::size_t> instance);
    void publishRepeats();
    void publishProofs();

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

}  // namespace fieldclaim
