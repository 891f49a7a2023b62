#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/forms/form_pack.h"

namespace fieldclaim {

/// What was given for one question. Either a text in XLSForm's form (a choice's name; names with spaces between for
/// several; ISO date; decimal as typed, with a point; "yes" for an acknowledgement), or the reason why there is none.
struct Answer {
    enum class Kind { Given, NotKnown, Refused };
    Kind kind = Kind::Given;
    std::string text;  ///< the answer, or the note that says why there is none
    bool operator==(const Answer&) const = default;
};

/// Answers by key: a question's id ("nino"), or group/instance/id in a repeat ("job/<uuid>/jb_employer").
/// Instances of a group are in the order of their ids. A register in conflict is given here by the value with the
/// lowest edit id, and its key listed in `conflicts` (group/instance when the instance itself is).
struct AnswerSet {
    std::map<std::string, Answer> answers;
    std::vector<std::string> conflicts;
};

/// One question (of one instance) as it stands.
struct QuestionState {
    const Question* question = nullptr;
    std::string key;       ///< AnswerSet's key
    std::string instance;  ///< repeat instance's id, or empty
    bool relevant = false;
    bool answered = false;    ///< relevant, and given, not known or refused
    bool missing = false;     ///< relevant and required and not answered
    bool look_again = false;  ///< in conflict, or relevance or calculation depends on a question that is
    bool invalid = false;     ///< given, but its constraint or type refuses it; the message is the question's
};

/// One repeat as it stands: what the card list needs beside the questions of its instances.
struct RepeatState {
    const Repeat* repeat = nullptr;
    bool relevant = false;
    bool missing = false;                ///< relevant, and fewer instances than required or wanted
    bool look_again = false;             ///< its relevance depends on a question in conflict
    std::size_t wanted = 0;              ///< as many as its repeat_count says; 0 when it says nothing
    bool too_many = false;               ///< more than Repeat::kMaxInstances; those after it are kept and not evaluated
    std::vector<std::string> instances;  ///< ids, in order
};

enum class Verdict { Likely, Possible, Unlikely };

/// One suggestion of the pre-screen (domain.md part 2): for every benefit of the pack, in its order.
struct Suggestion {
    std::string benefit;  ///< is, jsa_ib, jsa_cb, ib, hb, ctb, ca, bb
    Verdict verdict = Verdict::Unlikely;
    LocalText reason;        ///< one sentence, figures filled in
    LocalText change;        ///< what would change it; may be empty
    bool suggested = false;  ///< likely or possible, and no better alternative: what prescreen() lists
};

/// Something that does not fit together. It is said and never holds anything back.
struct Warning {
    std::string id;
    LocalText text;
    std::vector<std::string> about;  ///< keys of the questions, and ids of the repeats, beside which it is said
    std::string instance;            ///< of the repeat that it is tested in, or empty
    bool action = false;             ///< to be put right: stays on the claim's list until it is
};

/// A proof that the answers call for.
struct ProofNeed {
    const ProofRule* rule = nullptr;
    std::string instance;  ///< repeat instance or empty
    /// The key under which it is recorded: code, or code/instance.
    std::string key() const { return instance.empty() ? rule->code : rule->code + "/" + instance; }
};

/// Everything that follows from the answers on a day: a value, made afresh after each change (a few milliseconds).
class Evaluation {
public:
    /// `today` is the claim's as_of where it is signed, else the day of the device.
    static Evaluation of(std::shared_ptr<const FormPack> pack, const AnswerSet& answers, Date today);

    const FormPack& pack() const { return *m_pack; }
    const std::shared_ptr<const FormPack>& sharedPack() const { return m_pack; }
    /// In asking order; a repeat's questions once for each instance. Calculated rows are among them when they have a
    /// label.
    const std::vector<QuestionState>& questions() const { return m_questions; }
    const QuestionState* find(std::string_view key) const;
    const std::vector<RepeatState>& repeats() const { return m_repeats; }
    /// The choices that the question at this key offers now, in order.
    std::vector<const Choice*> choices(std::string_view key) const;
    /// A calculated row's value by id ("c_full" -> "yes"), or an answer's text; empty when there is none or irrelevant.
    std::string value(std::string_view key) const;
    const std::vector<Suggestion>& suggestions() const { return m_suggestions; }
    /// The rows of warnings.csv that hold, in their order.
    const std::vector<Warning>& warnings() const { return m_warnings; }
    /// What the pack proposes for the question at this key, made regular; empty when there is nothing.
    std::string proposed(std::string_view key) const;
    const std::vector<ProofNeed>& proofs() const { return m_proofs; }
    std::vector<DeclarationLine> declaration() const;
    /// Some line of it holds: what is claimed is declared and signed. Nothing is where forms alone are asked for.
    bool isDeclared() const { return !m_declaration.empty(); }
    /// Fills ${name} in a label or hint with current values; instance_prefix is "" or "job/<uuid>", whose own answers
    /// come first. Money and dates as people write them ("15 January 2007", "3,000"), choices by their labels.
    std::string fill(const std::string& text, std::string_view instance_prefix, Language language) const;
    /// What the customer would declare now: key -> answer of every relevant, declared, answered question.
    std::map<std::string, Answer> declaredFacts() const;
    /// benefits_claimed as names: "jsa_ib", "hb".
    std::vector<std::string> benefitsClaimed() const;
    /// "tablet", "paper", "mark": the methods that every claimed benefit admits on the date of the claim
    /// (parameters sign_methods_<benefit>: space-separated).
    std::vector<std::string> signMethods() const;
    Date today() const { return m_today; }

private:
    friend class Evaluator;
    Evaluation(std::shared_ptr<const FormPack> pack, Date today);

    std::shared_ptr<const FormPack> m_pack;
    Date m_today;
    std::map<std::string, std::string, std::less<>> m_values;
    std::map<std::string, Answer> m_declared_facts;
    std::vector<QuestionState> m_questions;
    std::map<std::string, std::size_t, std::less<>> m_index;
    std::map<std::string, std::vector<std::string>, std::less<>> m_hidden_choices;  ///< by key; most have none
    std::vector<RepeatState> m_repeats;
    std::vector<Suggestion> m_suggestions;
    std::map<std::string, std::string, std::less<>> m_proposed;  ///< by key
    std::vector<Warning> m_warnings;
    std::vector<ProofNeed> m_proofs;
    std::vector<DeclarationLine> m_declaration;
};

}  // namespace fieldclaim
