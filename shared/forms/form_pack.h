#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.h"
#include "shared/base/result.h"

namespace fieldclaim {

enum class Language { English, Welsh };

/// A pack's files by name ("survey.csv" -> its bytes), as read from a folder or an archive by the caller: this library
/// does no I/O.
using PackFiles = std::map<std::string, std::string>;

/// A text in both languages. Welsh is empty until a translator has filled it: the English is shown then.
struct LocalText {
    std::string english;
    std::string welsh;
    const std::string& in(Language language) const {
        return language == Language::Welsh && !welsh.empty() ? welsh : english;
    }
};

enum class QuestionType {
    Text,
    Integer,
    Decimal,
    Range,  ///< a number between two, in steps
    Date,
    Time,      ///< "09:30"
    DateTime,  ///< "2006-11-22T09:30", as the clock on the wall says
    SelectOne,
    SelectMultiple,
    Acknowledge,
    Barcode,   ///< a text that can be scanned
    Geopoint,  ///< "53.1394 -3.7967": latitude and longitude in degrees
    Image,
    File,       ///< a picture or a PDF
    Note,       ///< only shown
    Calculate,  ///< only shown: a calculated value that has a label
};

/// Its answer is the name of bytes, which are sent beside the claim: their SHA-256 in hexadecimal.
constexpr bool namesBytes(QuestionType type) { return type == QuestionType::Image || type == QuestionType::File; }

/// What a range admits. Decimals as they are written, so that a step of 0.1 is one.
struct RangeLimits {
    std::string start;
    std::string end;
    std::string step;
};

struct Choice {
    std::string name;
    LocalText label;  ///< may hold ${name}: see Evaluation::fill
};

/// One row of survey.csv. Expressions are kept compiled inside the pack.
struct Question {
    std::string id;
    std::string page;     ///< questions of one page are shown together, in file order
    std::string section;  ///< Section::id
    std::string stage;    ///< first_contact, gather, fa_interview
    std::string repeat;   ///< repeat group ("job") or empty
    QuestionType type = QuestionType::Text;
    LocalText label;
    LocalText hint;
    LocalText guidance;  ///< help that opens when asked for
    LocalText constraint_message;
    LocalText required_message;   ///< may be empty
    std::vector<Choice> choices;  ///< all of them; Evaluation::choices() has those that are offered now
    bool required = false;
    bool read_only = false;  ///< shown with its default, never typed in
    bool multiline = false;  ///< text of more than a line
    bool search = false;     ///< choices are found by typing, however few there are
    bool declared = false;   ///< part of what the customer declares and signs (false for sign_method, copy_given, ...)
    bool sensitive = false;  ///< special category or safeguarding: never in lists or notices' summaries
    std::string normalise;   ///< "", trim, digits, phone, postcode, upper_strip, money: see normaliseAnswer()
    std::vector<std::string> benefits;  ///< IS JSA_IB JSA_CB IB LA CA BB
    std::vector<std::string> evidence;  ///< codes of the proof rules that bear on this answer
    std::optional<RangeLimits> range;
    std::size_t index = 0;  ///< place in FormPack::questions()

    /// Has an answer of its own; notes and calculated values are only shown.
    bool isAsked() const { return type != QuestionType::Note && type != QuestionType::Calculate; }
};

struct Page {
    std::string id;
    std::string section;
    std::string repeat;
    std::vector<std::size_t> questions;
    LocalText title;  ///< of a group whose questions stand together; else empty
};

struct Section {
    std::string id;   ///< slug, e.g. "about-you"
    LocalText title;  ///< "About you"
    std::vector<std::size_t> pages;
};

/// Questions that are asked once for each job, child, account ... (begin_repeat to end_repeat).
struct Repeat {
    std::string id;    ///< "job"
    std::string page;  ///< the page that all its questions share
    std::string section;
    LocalText label;  ///< "Job": one of them
    LocalText hint;
    bool required = false;  ///< at least one, when it is asked at all
    std::vector<std::size_t> questions;
    static constexpr std::size_t kMaxInstances = 200;
};

/// One row of proofs.csv (domain.md 4.2).
struct ProofRule {
    std::string code;
    LocalText label;
    LocalText why = {};  ///< what makes it needed, in one sentence; may be empty
    std::vector<LocalText> accepts;
    std::string min_level;  ///< told, copy, original
    bool blocks = false;    ///< holds back the transfer until met
    std::string repeat;     ///< tested once for each instance of this group, or empty
};

/// One line of the declaration (declarations.csv); shown when its `when` holds.
struct DeclarationLine {
    std::string id;
    int version = 1;
    LocalText text;
};

/// Questions, choices, proof rules, dated parameters, pre-screen and declarations, checked whole at load.
/// Immutable; share one across threads freely (evaluation keeps its own state).
class FormPack {
public:
    static constexpr std::size_t kMaxBytes = std::size_t{8} * 1024 * 1024;  ///< of all files together

    /// BadPack with "file:row:column: reason" for the first error, and all of them in the detail (one a line, 50 at
    /// most): a missing file or column, an unknown reference, a forward or cyclic reference, an expression that does
    /// not compile, a string function on a date, an unknown choice list, a duplicate id, a bad date or number.
    static Result<std::shared_ptr<const FormPack>> load(const PackFiles& files);
    ~FormPack();
    FormPack(const FormPack&) = delete;
    FormPack& operator=(const FormPack&) = delete;

    const std::string& id() const;       ///< "working-age"
    const std::string& version() const;  ///< "2006.12.20-1"
    std::string name() const;            ///< "working-age/2006.12.20-1": what change sets and statements say
    const std::string& title() const;    ///< "Working-age benefits"
    const std::vector<Question>& questions() const;
    const std::vector<Page>& pages() const;
    const std::vector<Section>& sections() const;
    const std::vector<Repeat>& repeats() const;
    const std::vector<ProofRule>& proofRules() const;
    const Question* find(std::string_view question_id) const;
    /// What was read and has no effect here, as "file:row:column: reason": appearances of other programs.
    const std::vector<std::string>& notes() const;

    /// The newest row of params.csv with that key whose from_date is not after the date; nullopt when there is none.
    std::optional<std::string> parameter(std::string_view key, Date on) const;

    struct Impl;
    const Impl& impl() const { return *m_impl; }

private:
    explicit FormPack(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Applied to what was typed, before the constraint (domain.md part 5): trim; digits only; phone without spaces,
/// brackets and hyphens; postcode upper case with one space; upper case with spaces and punctuation stripped; money
/// without pound sign, commas and spaces. A date becomes ISO 8601 ("27 March 1971" too), names of several choices come
/// in the order of the choices. What cannot be read stays as typed, and the question's rule refuses it.
std::string normaliseAnswer(const Question& question, std::string_view typed);

}  // namespace fieldclaim
