#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "shared/forms/expression.h"
#include "shared/forms/form_pack.h"
#include "shared/forms/modulus.h"
#include "shared/forms/xpath.h"

namespace fieldclaim {

enum class Verdict;

using ExpressionId = std::size_t;  ///< place in FormPack::Impl::expressions

/// A question or calculated row, in file order: its place is its slot.
struct SurveyRow {
    std::string id;
    std::optional<std::size_t> question;  ///< none for a calculated row
    std::optional<std::size_t> group;     ///< place in FormPack::Impl::groups
    ValueType type = ValueType::Text;
    bool money = false;
    std::vector<ExpressionId> relevant;  ///< all must hold: its own, and those of the groups round it
    std::optional<ExpressionId> constraint;
    std::optional<ExpressionId> calculation;
    std::string proposed;  ///< its default where that is a value
    std::optional<ExpressionId> proposes;
    bool calls_prescreen = false;
    std::vector<std::vector<ExpressionId>> choice_relevant;  ///< as Question::choices; empty when none has one
    std::vector<std::size_t> depends;  ///< slots that relevance or calculation names, prescreen's among them
};

struct SurveyGroup {
    std::size_t first_slot = 0;
    std::size_t end_slot = 0;
    std::vector<ExpressionId> relevant;  ///< all must hold: its own, and those of the groups round it
    std::optional<ExpressionId> count;   ///< how many there are to be
    std::vector<std::size_t> depends;
};

struct ProofRow {
    std::optional<ExpressionId> when;
    std::optional<std::size_t> group;
};

struct PrescreenRow {
    std::size_t benefit = 0;  ///< place in FormPack::Impl::benefits
    Verdict verdict{};
    ExpressionId when = 0;
    LocalText reason;
    LocalText change;
};

struct WarningRow {
    std::string id;
    ExpressionId when = 0;
    LocalText text;
    std::vector<std::string> about;    ///< ids of questions and repeats
    std::optional<std::size_t> group;  ///< tested for each of its instances
    bool action = false;
};

struct DeclarationRow {
    std::optional<ExpressionId> when;
    DeclarationLine line;
};

struct ParameterRow {
    Date from;
    std::string value;
};

struct Parameter {
    ValueType type = ValueType::Text;
    bool money = false;
    std::vector<ParameterRow> rows;  ///< oldest first
};

struct FormPack::Impl {
    std::string id;
    std::string version;
    std::string title;
    std::optional<std::size_t> benefits_slot;    ///< the question that holds the benefits claimed
    std::optional<std::size_t> claim_date_slot;  ///< the question that holds the date of the claim
    std::vector<Choice> benefits;
    std::vector<Question> questions;
    std::vector<Page> pages;
    std::vector<Section> sections;
    std::vector<Repeat> repeats;  ///< as `groups`
    std::vector<ProofRule> proofs;
    std::vector<ProofRow> proof_rows;  ///< as `proofs`
    std::vector<SurveyRow> rows;
    std::vector<SurveyGroup> groups;
    std::map<std::string, std::size_t, std::less<>> slots;
    std::vector<PrescreenRow> prescreen;
    std::vector<std::vector<std::size_t>> alternatives;  ///< as `benefits`: those that it is not suggested with
    std::vector<WarningRow> warnings;
    std::vector<DeclarationRow> declarations;
    std::map<std::string, Parameter, std::less<>> parameters;
    std::vector<std::string> expressions;
    std::map<std::string, Regex, std::less<>> patterns;
    ModulusTable modulus;
    std::vector<std::string> notes;

    /// Compiled expressions are lent to one evaluation at a time, on any thread, and come back when it ends.
    class Lease {
    public:
        explicit Lease(const Impl& impl);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        XPathSet& operator*() const { return *m_set; }
        XPathSet* operator->() const { return m_set.get(); }

    private:
        const Impl& m_impl;
        std::unique_ptr<XPathSet> m_set;
    };

    const ParameterRow* parameterRow(std::string_view key, Date on) const;

    mutable std::mutex pool_mutex;
    mutable std::vector<std::unique_ptr<XPathSet>> pool;
};

}  // namespace fieldclaim
