#include "shared/forms/xpath.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <mutex>

#include "shared/base/date.h"
#include "shared/base/text.h"
#include "shared/forms/answer_forms.h"
#include "shared/forms/date_text.h"

namespace fieldclaim {
namespace {

constexpr unsigned long kMaxOperations = 100'000;
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

struct FreeXml {
    void operator()(xmlChar* text) const { xmlFree(text); }
    void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
    void operator()(xmlXPathCompExpr* expression) const { xmlXPathFreeCompExpr(expression); }
    void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlText = std::unique_ptr<xmlChar, FreeXml>;
using XmlObject = std::unique_ptr<xmlXPathObject, FreeXml>;

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
const char* plain(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

/// libxml2 prints to stderr unless someone else takes its errors. It gives no words for those of expressions.
void takeError(void*, xmlErrorPtr) {}

}  // namespace

struct XPathState {
    std::unique_ptr<xmlDoc, FreeXml> document{xmlNewDoc(xml("1.0"))};
    xmlNodePtr root = nullptr;
    xmlNodePtr self = nullptr;  ///< what "." is; a child of the root
    std::vector<std::unique_ptr<xmlXPathCompExpr, FreeXml>> expressions;
    std::unique_ptr<xmlXPathContext, FreeXml> context;
    const XPathHost* host = nullptr;    ///< borrowed for one evaluate()
    std::vector<xmlNodePtr> temporary;  ///< nodes of repeats' answers; children of the root until evaluate() ends

    xmlNodePtr addNode(std::string_view text) {
        xmlNodePtr node = xmlNewDocNode(document.get(), nullptr, xml("value"), nullptr);
        xmlAddChild(node, xmlNewTextLen(xml(text.data()), static_cast<int>(text.size())));
        return xmlAddChild(root, node);
    }
    static void drop(xmlNodePtr node) {
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
};

namespace {

XPathState& stateOf(xmlXPathParserContextPtr context) {
    return *static_cast<XPathState*>(context->context->varLookupData);
}

std::string popText(xmlXPathParserContextPtr context) {
    const XmlText text(xmlXPathPopString(context));
    return text ? plain(text.get()) : "";
}

void pushText(xmlXPathParserContextPtr context, const std::string& text) {
    valuePush(context, xmlXPathNewString(xml(text.c_str())));
}

void pushNumber(xmlXPathParserContextPtr context, double number) { valuePush(context, xmlXPathNewFloat(number)); }
void pushBoolean(xmlXPathParserContextPtr context, bool value) {
    valuePush(context, xmlXPathNewBoolean(value ? 1 : 0));
}

/// A day number as it is, or the day of an ISO date; NaN for anything else.
double popDay(xmlXPathParserContextPtr context) {
    const XmlObject object(valuePop(context));
    if (!object) return kNotANumber;
    if (object->type == XPATH_NUMBER) return object->floatval;
    const XmlText text(xmlXPathCastToString(object.get()));
    if (const auto date = Date::parse(text ? plain(text.get()) : "")) return date->days;
    return xmlXPathCastToNumber(object.get());
}

/// The days that Date can name, years 1 to 9999.
bool isDay(double number) { return number >= -719'162 && number <= 2'932'896; }
Date dayOf(double number) { return Date{static_cast<std::int32_t>(std::floor(number))}; }

xmlXPathObjectPtr makeObject(XPathState& state, const XPathValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return xmlXPathNewString(xml(text->c_str()));
    if (const auto* number = std::get_if<double>(&value)) return xmlXPathNewFloat(*number);
    xmlXPathObjectPtr set = xmlXPathNewNodeSet(nullptr);
    for (const auto& text : std::get<std::vector<std::string>>(value)) {
        state.temporary.push_back(state.addNode(text));
        xmlXPathNodeSetAdd(set->nodesetval, state.temporary.back());
    }
    return set;
}

xmlXPathObjectPtr lookUpVariable(void* data, const xmlChar* name, const xmlChar*) {
    auto& state = *static_cast<XPathState*>(data);
    std::size_t slot = 0;
    const std::string_view digits(plain(name) + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), slot);
    return makeObject(state, state.host->variable(slot));
}

void todayFunction(xmlXPathParserContextPtr context, int) { pushNumber(context, stateOf(context).host->today()); }

void dateFunction(xmlXPathParserContextPtr context, int) { pushNumber(context, popDay(context)); }

void formatDateFunction(xmlXPathParserContextPtr context, int) {
    const auto format = popText(context);
    const double day = popDay(context);
    pushText(context, isDay(day) ? formatDate(dayOf(day), format) : "");
}

void pulldataFunction(xmlXPathParserContextPtr context, int) {
    auto& state = stateOf(context);
    const double day = popDay(context);
    popText(context);
    const auto key = popText(context);
    popText(context);
    valuePush(context,
              isDay(day) ? makeObject(state, state.host->parameter(key, dayOf(day).days)) : xmlXPathNewString(xml("")));
}

void prescreenFunction(xmlXPathParserContextPtr context, int) {
    pushText(context, isDay(popDay(context)) ? stateOf(context).host->prescreen() : "");
}

void selectedFunction(xmlXPathParserContextPtr context, int) {
    const auto name = popText(context);
    const auto list = popText(context);
    bool found = false;
    for (const auto& item : split(list, ' ')) found = found || (!item.empty() && item == name);
    pushBoolean(context, found);
}

void countSelectedFunction(xmlXPathParserContextPtr context, int) {
    double count = 0;
    for (const auto& item : split(popText(context), ' ')) count += item.empty() ? 0 : 1;
    pushNumber(context, count);
}

void regexFunction(xmlXPathParserContextPtr context, int) {
    const auto* pattern = stateOf(context).host->pattern(popText(context));
    const auto text = popText(context);
    pushBoolean(context, pattern != nullptr && pattern->matches(text));
}

void modulusFunction(xmlXPathParserContextPtr context, int) {
    const auto account = popText(context);
    const auto sort_code = popText(context);
    pushText(context, stateOf(context).host->modulusCheck(sort_code, account));
}

/// The part of the day that has passed: 0.5 is noon.
double dayPart(std::string_view time) {
    constexpr double kMinutesADay = 24 * 60;
    return isTime(time) ? minutesOf(time) / kMinutesADay : kNotANumber;
}

void decimalTimeFunction(xmlXPathParserContextPtr context, int) { pushNumber(context, dayPart(popText(context))); }

void decimalDateTimeFunction(xmlXPathParserContextPtr context, int) {
    constexpr std::size_t kDateLength = 10;
    const auto text = popText(context);
    if (!isDateTime(text)) return pushNumber(context, kNotANumber);
    const auto day = Date::parse(text.substr(0, kDateLength))->days;
    pushNumber(context, day + dayPart(std::string_view(text).substr(kDateLength + 1)));
}

void intFunction(xmlXPathParserContextPtr context, int) { pushNumber(context, std::trunc(xmlXPathPopNumber(context))); }

void ifFunction(xmlXPathParserContextPtr context, int) {
    XmlObject otherwise(valuePop(context));
    XmlObject then(valuePop(context));
    const bool holds = xmlXPathPopBoolean(context) != 0;
    valuePush(context, holds ? then.release() : otherwise.release());
}

void coalesceFunction(xmlXPathParserContextPtr context, int) {
    XmlObject second(valuePop(context));
    XmlObject first(valuePop(context));
    const XmlText text(first ? xmlXPathCastToString(first.get()) : nullptr);
    const bool empty = !text || *text.get() == 0;
    valuePush(context, empty ? second.release() : first.release());
}

/// How many arguments each takes is checked when the pack is loaded; libxml2 asks again at no cost.
template <void (*function)(xmlXPathParserContextPtr, int), int arity>
void checked(xmlXPathParserContextPtr ctxt, int nargs) {
    CHECK_ARITY(arity)
    function(ctxt, nargs);
}
#define FIELDCLAIM_XPATH(name, function, arity) \
    { name, &checked<&(function), arity> }

}  // namespace

XPathSet::XPathSet(std::unique_ptr<XPathState> state) : m_state(std::move(state)) {}
XPathSet::~XPathSet() = default;

Status XPathSet::check(const std::string& expression) {
    ASSIGN(const auto set, compile({expression}));
    return {};
}

Result<std::unique_ptr<XPathSet>> XPathSet::compile(const std::vector<std::string>& expressions) {
    // libxml2 asks for this before threads use it; packs may be loaded on several.
    static std::once_flag once;
    std::call_once(once, &xmlInitParser);
    auto state = std::make_unique<XPathState>();
    ENSURE(state->document != nullptr);
    state->root = xmlNewDocNode(state->document.get(), nullptr, xml("claim"), nullptr);
    xmlDocSetRootElement(state->document.get(), state->root);
    state->context.reset(xmlXPathNewContext(state->document.get()));
    ENSURE(state->context != nullptr);
    state->context->error = &takeError;
    xmlXPathRegisterVariableLookup(state->context.get(), &lookUpVariable, state.get());
    const std::pair<const char*, xmlXPathFunction> functions[] = {
        FIELDCLAIM_XPATH("today", todayFunction, 0),
        FIELDCLAIM_XPATH("date", dateFunction, 1),
        FIELDCLAIM_XPATH("format-date", formatDateFunction, 2),
        FIELDCLAIM_XPATH("pulldata", pulldataFunction, 4),
        FIELDCLAIM_XPATH("prescreen", prescreenFunction, 1),
        FIELDCLAIM_XPATH("selected", selectedFunction, 2),
        FIELDCLAIM_XPATH("count-selected", countSelectedFunction, 1),
        FIELDCLAIM_XPATH("regex", regexFunction, 2),
        FIELDCLAIM_XPATH("int", intFunction, 1),
        FIELDCLAIM_XPATH("modulus-check", modulusFunction, 2),
        FIELDCLAIM_XPATH("decimal-time", decimalTimeFunction, 1),
        FIELDCLAIM_XPATH("decimal-date-time", decimalDateTimeFunction, 1),
        FIELDCLAIM_XPATH("if", ifFunction, 3),
        FIELDCLAIM_XPATH("coalesce", coalesceFunction, 2),
    };
    for (const auto& [name, function] : functions) xmlXPathRegisterFunc(state->context.get(), xml(name), function);
    for (const auto& expression : expressions) {
        state->expressions.emplace_back(xmlXPathCtxtCompile(state->context.get(), xml(expression.c_str())));
        if (!state->expressions.back()) {
            return fail(ErrorCode::BadPack, "it is not an expression");
        }
    }
    state->context->opLimit = kMaxOperations;
    return std::unique_ptr<XPathSet>(new XPathSet(std::move(state)));
}

std::variant<std::string, double, bool> XPathSet::evaluate(std::size_t expression, const XPathHost& host,
                                                           std::string_view self) {
    auto& state = *m_state;
    state.host = &host;
    state.self = state.addNode(self);
    state.context->node = state.self;
    state.context->opCount = 0;
    std::variant<std::string, double, bool> result;
    {
        const XmlObject object(xmlXPathCompiledEval(state.expressions.at(expression).get(), state.context.get()));
        if (object && object->type == XPATH_BOOLEAN) {
            result = object->boolval != 0;
        } else if (object && object->type == XPATH_NUMBER) {
            result = object->floatval;
        } else if (object) {
            const XmlText text(xmlXPathCastToString(object.get()));
            result = std::string(text ? plain(text.get()) : "");
        }
    }
    for (auto* node : state.temporary) XPathState::drop(node);
    state.temporary.clear();
    state.context->node = nullptr;
    XPathState::drop(state.self);
    state.self = nullptr;
    state.host = nullptr;
    return result;
}

bool XPathSet::test(std::size_t expression, const XPathHost& host, std::string_view self) {
    const auto result = evaluate(expression, host, self);
    if (const auto* boolean = std::get_if<bool>(&result)) return *boolean;
    if (const auto* number = std::get_if<double>(&result)) return *number != 0 && !std::isnan(*number);
    return !std::get<std::string>(result).empty();
}

std::string numberText(double number) {
    if (std::isnan(number) || std::isinf(number)) return {};
    if (number == 0) return "0";
    std::array<char, 400> buffer{};
    // 15 significant digits, so that 0.1 + 0.2 is 0.3.
    const auto rounded =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific, 14);
    double value = 0;
    std::from_chars(buffer.data(), rounded.ptr, value);
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

}  // namespace fieldclaim
