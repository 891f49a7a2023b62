// The rows of the survey: questions, calculated rows, groups and repeats. Expressions are read after all of them, so
// that every name and type is known by then.
#include <algorithm>

#include "shared/base/text.h"
#include "shared/forms/pack_loader.h"

namespace fieldclaim {
namespace {

/// What is asked where "other" was chosen, and that choice, as XLSForm adds them.
const LocalText kOther = {"Other", "Arall"};
const LocalText kSpecify = {"Please say what", "Dywedwch beth"};
constexpr std::string_view kOtherName = "other";

/// "begin repeat" is written with a space or with a line.
std::string typeOf(std::string_view cell) {
    auto parts = words(cell);
    if (parts.size() == 2 && (parts[0] == "begin" || parts[0] == "end")) return parts[0] + "_" + parts[1];
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : " ") + part;
    return out;
}

bool isTogether(std::string_view appearance) {
    const auto all = words(appearance);
    return std::find(all.begin(), all.end(), "field-list") != all.end();
}

}  // namespace

void PackLoader::readSurvey() {
    std::set<std::string> groups_taken;
    eachRow("survey.csv", [&](const Place& place) {
        const auto type = typeOf(place.cell("type"));
        if (type == "begin_repeat") {
            beginRepeat(place, uniqueName(place, "name", groups_taken));
        } else if (type == "end_repeat") {
            endRepeat(place);
        } else if (type == "begin_group") {
            beginGroup(place, uniqueName(place, "name", groups_taken));
        } else if (type == "end_group") {
            endGroup(place);
        } else {
            readRow(place, type, uniqueName(place, "name", m_row_names));
        }
    });
    if (m_open_repeat) complain(m_repeat_places[*m_open_repeat], "type", "this repeat is not ended");
    for (const auto group : m_open_groups) complain(m_form_groups[group].place, "type", "this group is not ended");
    for (const auto& name : groups_taken) {
        if (m_row_names.contains(name))
            m_errors.push_back("survey.csv:0:name: '" + name + "' is a group and a question");
    }
}

void PackLoader::beginGroup(const Place& place, std::string name) {
    FormGroup group;
    group.id = std::move(name);
    group.place = place;
    group.first_slot = m_pack->rows.size();
    group.together = isTogether(place.cell("appearance"));
    group.in_repeat = m_open_repeat.has_value();
    static_cast<void>(text(place, "label"));
    m_open_groups.push_back(m_form_groups.size());
    m_form_groups.push_back(std::move(group));
}

void PackLoader::endGroup(const Place& place) {
    const auto name = place.cell("name");
    const bool mine = !m_open_groups.empty() && (name.empty() || name == m_form_groups[m_open_groups.back()].id) &&
                      m_form_groups[m_open_groups.back()].in_repeat == m_open_repeat.has_value();
    if (!mine) {
        complain(place, "name", "this group was not begun here");
        return;
    }
    m_open_groups.pop_back();
}

void PackLoader::beginRepeat(const Place& place, std::string name) {
    if (m_open_repeat) complain(place, "type", "repeats do not nest");
    Repeat repeat;
    repeat.id = std::move(name);
    repeat.page = place.cell("page");
    if (repeat.page.empty()) repeat.page = repeat.id;
    repeat.section = inherited(place, "section");
    repeat.label = text(place, "label");
    repeat.hint = text(place, "hint");
    repeat.required = flag(place, "required");
    if (repeat.label.english.empty()) complain(place, "label::English (en)", "is missing: what is one of them called?");
    m_open_repeat = m_pack->groups.size();
    m_pack->repeats.push_back(std::move(repeat));
    m_pack->groups.push_back({m_pack->rows.size(), m_pack->rows.size(), {}, {}, {}});
    m_repeat_places.push_back(place);
    m_repeat_groups.push_back(m_open_groups);
}

void PackLoader::endRepeat(const Place& place) {
    const auto name = place.cell("name");
    if (!m_open_repeat || (!name.empty() && name != m_pack->repeats[*m_open_repeat].id)) {
        complain(place, "name", "this repeat was not begun");
    } else if (!m_open_groups.empty() && m_form_groups[m_open_groups.back()].in_repeat) {
        complain(place, "type", "a group within this repeat is not ended");
    }
    if (m_open_repeat) m_pack->groups[*m_open_repeat].end_slot = m_pack->rows.size();
    m_open_repeat.reset();
}

void PackLoader::readRow(const Place& place, const std::string& type, std::string name) {
    SurveyRow row;
    row.id = name;
    const bool calculated = type == "calculate";
    if (calculated && place.cell("calculation").empty()) complain(place, "calculation", "is missing");
    if (!calculated && !place.cell("calculation").empty())
        complain(place, "calculation", "belongs to a calculate row: what a question proposes is its default");
    // A calculated row with a label is shown where it stands.
    if (calculated && place.cell("label::English (en)").empty()) {
        addRow(std::move(row), {place, m_open_groups, {}});
        return;
    }
    row.question = m_pack->questions.size();
    auto question = readQuestion(place, type, std::move(name));
    if (question.type == QuestionType::Date) row.type = ValueType::Date;
    if (question.type == QuestionType::Integer || question.type == QuestionType::Decimal ||
        question.type == QuestionType::Range) {
        row.type = ValueType::Number;
    }
    row.money = question.normalise == "money";
    m_pack->questions.push_back(question);
    addRow(std::move(row), {place, m_open_groups, {}});
    if (words(type).size() == 3) readSpecify(place, question);
}

void PackLoader::addRow(SurveyRow row, RowSource source) {
    row.group = m_open_repeat;
    m_pack->slots.emplace(row.id, m_pack->rows.size());
    m_pack->rows.push_back(std::move(row));
    m_sources.push_back(std::move(source));
}

/// or_other: the choice "other", and a question that asks what.
void PackLoader::readSpecify(const Place& place, const Question& about) {
    auto& choices = m_pack->questions.back().choices;
    const bool has =
        std::any_of(choices.begin(), choices.end(), [](const auto& each) { return each.name == kOtherName; });
    if (!has) choices.push_back({std::string(kOtherName), kOther});
    Question question;
    question.id = about.id + "_other";
    if (!m_row_names.insert(question.id).second) {
        complain(place, "name", "or_other asks " + question.id + ", which is there already");
        return;
    }
    question.index = m_pack->questions.size();
    question.page = about.page;
    question.section = about.section;
    question.stage = about.stage;
    question.repeat = about.repeat;
    question.label = kSpecify;
    question.required = about.required;
    question.declared = about.declared;
    question.sensitive = about.sensitive;
    question.benefits = about.benefits;
    question.normalise = "trim";
    if (m_open_repeat) m_pack->repeats[*m_open_repeat].questions.push_back(question.index);
    addToPage(place, question);
    SurveyRow row;
    row.id = question.id;
    row.question = question.index;
    m_pack->questions.push_back(std::move(question));
    addRow(std::move(row), {place, m_open_groups, about.id});
}

std::string PackLoader::inherited(const Place& place, std::string_view column) const {
    if (const auto own = place.cell(column); !own.empty()) return std::string(own);
    for (auto group = m_open_groups.rbegin(); group != m_open_groups.rend(); ++group) {
        // A repeat stands between the groups outside and those inside it.
        if (m_open_repeat && !m_form_groups[*group].in_repeat) break;
        if (const auto cell = m_form_groups[*group].place.cell(column); !cell.empty()) return std::string(cell);
    }
    if (m_open_repeat) {
        if (const auto cell = m_repeat_places[*m_open_repeat].cell(column); !cell.empty()) return std::string(cell);
    }
    for (auto group = m_open_groups.rbegin(); group != m_open_groups.rend(); ++group) {
        if (const auto cell = m_form_groups[*group].place.cell(column); !cell.empty()) return std::string(cell);
    }
    return {};
}

std::string PackLoader::pageOf(const Place& place, const std::string& name) const {
    if (const auto own = place.cell("page"); !own.empty()) return std::string(own);
    if (m_open_repeat) return m_pack->repeats[*m_open_repeat].page;
    for (const auto group : m_open_groups) {
        const auto& one = m_form_groups[group];
        if (!one.together) continue;
        const auto page = one.place.cell("page");
        return page.empty() ? one.id : std::string(page);
    }
    return m_open_groups.empty() ? std::string() : name;
}

Question PackLoader::readQuestion(const Place& place, const std::string& type, std::string name) {
    Question question;
    question.id = std::move(name);
    question.index = m_pack->questions.size();
    question.page = pageOf(place, question.id);
    question.section = inherited(place, "section");
    question.stage = inherited(place, "stage");
    question.label = text(place, "label");
    question.hint = text(place, "hint");
    question.guidance = text(place, "guidance_hint");
    question.constraint_message = text(place, "constraint_message");
    question.required_message = text(place, "required_message");
    question.required = flag(place, "required");
    question.read_only = flag(place, "read_only") || flag(place, "readonly");
    question.declared = flag(place, "declared");
    question.sensitive = flag(place, "sensitive");
    question.normalise = place.cell("normalise");
    question.benefits = words(place.cell("benefits"));
    question.evidence = words(place.cell("evidence"));
    if (m_open_repeat) {
        auto& repeat = m_pack->repeats[*m_open_repeat];
        question.repeat = repeat.id;
        repeat.questions.push_back(question.index);
        if (question.page != repeat.page) complain(place, "page", "a repeat's questions are all on its own page");
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
    if (!question.isAsked() && (question.required || question.declared || !place.cell("constraint").empty()))
        complain(place, "type", "is only shown: it is not required, declared or judged");
    if (question.read_only && question.isAsked() && place.cell("default").empty())
        complain(place, "read_only", "is never typed in, so it needs a default");
    addToPage(place, question);
    return question;
}

void PackLoader::addToPage(const Place& place, const Question& question) {
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
        for (const auto group : m_open_groups) {
            if (!m_form_groups[group].together || m_open_repeat) continue;
            pages.back().title = text(m_form_groups[group].place, "label");
            break;
        }
    }
    if (pages.back().section != question.section) complain(place, "section", "the page is in another section");
    if (pages.back().repeat != question.repeat) complain(place, "page", "the page is partly a repeat");
    pages.back().questions.push_back(question.index);
}

}  // namespace fieldclaim
