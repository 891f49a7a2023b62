#include "shared/forms/expression.h"

#include <algorithm>
#include <map>

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxBytes = 4'000;
constexpr std::size_t kMaxDepth = 24;

struct Function {
    std::size_t min_arguments;
    std::size_t max_arguments;
    bool reads_text = false;  ///< takes its argument as text, so a date's day number would mislead it
};

/// The XPath 1.0 core functions that make sense without documents, and those that XLSForm authors expect.
const std::map<std::string, Function, std::less<>>& functions() {
    static const std::map<std::string, Function, std::less<>> table = {
        {"boolean", {1, 1}},
        {"ceiling", {1, 1}},
        {"coalesce", {2, 2}},
        {"concat", {2, 16, true}},
        {"contains", {2, 2, true}},
        {"count", {1, 1}},
        {"count-selected", {1, 1, true}},
        {"date", {1, 1}},
        {"decimal-date-time", {1, 1, true}},
        {"decimal-time", {1, 1, true}},
        {"false", {0, 0}},
        {"floor", {1, 1}},
        {"format-date", {2, 2}},
        {"if", {3, 3}},
        {"int", {1, 1}},
        {"modulus-check", {2, 2, true}},
        {"normalize-space", {1, 1, true}},
        {"not", {1, 1}},
        {"number", {1, 1}},
        {"prescreen", {1, 1}},
        {"pulldata", {4, 4}},
        {"regex", {2, 2, true}},
        {"round", {1, 1}},
        {"selected", {2, 2, true}},
        {"starts-with", {2, 2, true}},
        {"string", {1, 1, true}},
        {"string-length", {1, 1, true}},
        {"substring", {2, 3, true}},
        {"sum", {1, 1}},
        {"today", {0, 0}},
        {"translate", {3, 3, true}},
        {"true", {0, 0}},
    };
    return table;
}

enum class TokenKind { Reference, Self, Text, Number, Name, Symbol };

struct Token {
    TokenKind kind;
    std::string text;               ///< a reference's name, a text without its quotation marks
    std::optional<Symbol> subject;  ///< of a reference or "."
};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

Result<std::vector<Token>> tokenise(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    const auto peek = [&](std::size_t ahead) { return at + ahead < text.size() ? text[at + ahead] : '\0'; };
    const auto takeWhile = [&](auto accept) {
        const auto begin = at;
        while (at < text.size() && accept(text[at])) ++at;
        return std::string(text.substr(begin, at - begin));
    };
    while (at < text.size()) {
        const char c = text[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++at;
        } else if (c == '\'' || c == '"') {
            const auto end = text.find(c, at + 1);
            if (end == std::string_view::npos) return fail(ErrorCode::BadPack, "a quotation mark is not closed");
            tokens.push_back({TokenKind::Text, std::string(text.substr(at + 1, end - at - 1)), {}});
            at = end + 1;
        } else if (c == '$') {
            const auto end = text.find('}', at);
            if (peek(1) != '{' || end == std::string_view::npos) {
                return fail(ErrorCode::BadPack, "a reference is written ${name}");
            }
            tokens.push_back({TokenKind::Reference, std::string(text.substr(at + 2, end - at - 2)), {}});
            at = end + 1;
        } else if (isLetter(c)) {
            tokens.push_back(
                {TokenKind::Name, takeWhile([](char x) { return isLetter(x) || isDigit(x) || x == '-'; }), {}});
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            tokens.push_back({TokenKind::Number, takeWhile([](char x) { return isDigit(x) || x == '.'; }), {}});
        } else if (c == '.') {
            tokens.push_back({TokenKind::Self, ".", {}});
            ++at;
        } else if ((c == '<' || c == '>' || c == '!') && peek(1) == '=') {
            tokens.push_back({TokenKind::Symbol, {c, '='}, {}});
            at += 2;
        } else if (std::string_view("()=<>+-*,").find(c) != std::string_view::npos) {
            tokens.push_back({TokenKind::Symbol, {c}, {}});
            ++at;
        } else if (std::string_view("/[]@|:").find(c) != std::string_view::npos) {
            return fail(ErrorCode::BadPack, "paths are not used here: write ${name}");
        } else {
            return fail(ErrorCode::BadPack, std::string("unexpected character ") + c);
        }
    }
    return tokens;
}

/// One open bracket, of a function or of a group (which has no name).
struct Frame {
    std::string function;
    std::size_t commas = 0;
    bool any = false;  ///< something stands in it
};

class Scanner {
public:
    Scanner(std::vector<Token> tokens, const ExpressionScope& scope) : m_tokens(std::move(tokens)), m_scope(scope) {}

    Result<ScannedExpression> run() {
        if (m_tokens.empty()) return fail(ErrorCode::BadPack, "the expression is empty");
        for (m_at = 0; m_at < m_tokens.size(); ++m_at) {
            if (m_tokens[m_at].text != ")" || m_tokens[m_at].kind != TokenKind::Symbol) {
                if (!m_frames.empty()) m_frames.back().any = true;
            }
            TRY(token(m_tokens[m_at]));
        }
        if (!m_frames.empty()) return fail(ErrorCode::BadPack, "a bracket is not closed");
        m_out.type = wholeType();
        return std::move(m_out);
    }

private:
    Status token(Token& token) {
        switch (token.kind) {
            case TokenKind::Reference:
                return reference(token);
            case TokenKind::Self:
                if (!m_scope.self) return fail(ErrorCode::BadPack, "\".\" has no answer to stand for here");
                token.subject = m_scope.self;
                TRY(subject(token));
                return write(".");
            case TokenKind::Text:
                return literal(token);
            case TokenKind::Number:
                return write(token.text);
            case TokenKind::Name:
                return name(token);
            case TokenKind::Symbol:
                return symbol(token);
        }
        return {};
    }

    Status write(const std::string& text) {
        m_out.xpath += text + " ";
        return {};
    }

    Status reference(Token& token) {
        const auto found = m_scope.find(token.text);
        if (!found) return fail(ErrorCode::BadPack, "there is no ${" + token.text + "}");
        if (found->slot >= m_scope.before) {
            return fail(ErrorCode::BadPack, "${" + token.text + "} comes later or is the row itself");
        }
        token.subject = found;
        if (std::find(m_out.refs.begin(), m_out.refs.end(), found->slot) == m_out.refs.end()) {
            m_out.refs.push_back(found->slot);
        }
        TRY(subject(token));
        return write("$q" + std::to_string(found->slot));
    }

    /// A date must not meet text; a choice that is named must exist.
    Status subject(const Token& token) {
        if (token.subject->type == ValueType::Date) {
            TRY(notAsText());
            for (const auto* other : {compared(+1), compared(-1)}) {
                if (other != nullptr && other->kind == TokenKind::Text && !other->text.empty()) {
                    return fail(ErrorCode::BadPack, "a date is compared with text: write date('" + other->text + "')");
                }
            }
        }
        if (token.subject->choices != nullptr) {
            for (const auto* other : {compared(+1), compared(-1), selectedName()}) {
                if (other == nullptr || other->kind != TokenKind::Text || other->text.empty()) continue;
                const auto& choices = *token.subject->choices;
                if (std::none_of(choices.begin(), choices.end(),
                                 [&](const auto& x) { return x.name == other->text; })) {
                    return fail(ErrorCode::BadPack, "there is no choice '" + other->text + "'");
                }
            }
        }
        return {};
    }

    /// The token on the other side of a comparison that stands next to this one.
    const Token* compared(int step) const {
        const auto near = static_cast<std::ptrdiff_t>(m_at) + step;
        const auto far = near + step;
        if (far < 0 || far >= static_cast<std::ptrdiff_t>(m_tokens.size())) return nullptr;
        static constexpr std::string_view kComparisons[] = {"=", "!=", "<", "<=", ">", ">="};
        const auto& sign = m_tokens[static_cast<std::size_t>(near)];
        const bool compares =
            sign.kind == TokenKind::Symbol &&
            std::find(std::begin(kComparisons), std::end(kComparisons), sign.text) != std::end(kComparisons);
        return compares ? &m_tokens[static_cast<std::size_t>(far)] : nullptr;
    }

    const Token* selectedName() const {
        const bool in_selected =
            !m_frames.empty() && m_frames.back().function == "selected" && m_frames.back().commas == 0;
        return in_selected && m_at + 2 < m_tokens.size() ? &m_tokens[m_at + 2] : nullptr;
    }

    /// Fails when what stands here is read as text by the function around it.
    Status notAsText() const {
        for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
            if (frame->function.empty() || frame->function == "coalesce") continue;
            if (frame->function == "if") {
                if (frame->commas == 0) return {};
                continue;
            }
            if (functions().find(frame->function)->second.reads_text) {
                return fail(ErrorCode::BadPack,
                            frame->function + "() reads text and was given a date: use format-date() first");
            }
            return {};
        }
        return {};
    }

    Status literal(const Token& token) {
        if (!m_frames.empty()) {
            const auto& frame = m_frames.back();
            if (frame.function == "date" && !Date::parse(token.text)) {
                return fail(ErrorCode::BadPack, "'" + token.text + "' is not a date (YYYY-MM-DD)");
            }
            if (frame.function == "regex" && frame.commas == 1) {
                auto pattern = Regex::compile(token.text);
                if (!pattern) return fail(ErrorCode::BadPack, "the pattern: " + pattern.error().detail);
                m_out.patterns.emplace_back(token.text, std::move(*pattern));
            }
            if (frame.function == "pulldata") TRY(lookup(frame.commas, token.text));
        }
        const char mark = token.text.find('\'') == std::string::npos ? '\'' : '"';
        return write(mark + token.text + mark);
    }

    Status lookup(std::size_t argument, const std::string& text) {
        if (argument == 0 && text != "params") return fail(ErrorCode::BadPack, "pulldata() reads 'params' alone");
        if (argument == 2 && text != "from_date")
            return fail(ErrorCode::BadPack, "pulldata() looks up by 'from_date' alone");
        if (argument == 1) {
            if (!m_scope.parameter(text)) return fail(ErrorCode::BadPack, "there is no parameter '" + text + "'");
            m_parameter = text;
        }
        return {};
    }

    Status name(const Token& token) {
        static constexpr std::string_view kOperators[] = {"and", "or", "div", "mod"};
        const bool called = m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].kind == TokenKind::Symbol &&
                            m_tokens[m_at + 1].text == "(";
        const bool is_operator =
            std::find(std::begin(kOperators), std::end(kOperators), token.text) != std::end(kOperators);
        if (is_operator) return write(token.text);
        if (const auto cell = !called && m_scope.column ? m_scope.column(token.text) : std::nullopt) {
            const bool quoted = cell->find('\'') != std::string::npos;
            if (quoted && cell->find('"') != std::string::npos)
                return fail(ErrorCode::BadPack, "the column " + token.text + " holds both kinds of quotation marks");
            const char mark = quoted ? '"' : '\'';
            return write(mark + *cell + mark);
        }
        if (!called) return fail(ErrorCode::BadPack, "unknown word " + token.text + ": write ${" + token.text + "}");
        if (!functions().contains(token.text))
            return fail(ErrorCode::BadPack, "there is no function " + token.text + "()");
        if (token.text == "date" || token.text == "today") TRY(notAsText());
        if (token.text == "prescreen") m_out.calls_prescreen = true;
        return write(token.text);
    }

    Status symbol(const Token& token) {
        if (token.text == "(") {
            if (m_frames.size() == kMaxDepth) return fail(ErrorCode::BadPack, "brackets are nested more than 24 deep");
            Frame frame;
            if (m_at > 0 && m_tokens[m_at - 1].kind == TokenKind::Name &&
                functions().contains(m_tokens[m_at - 1].text)) {
                frame.function = m_tokens[m_at - 1].text;
            }
            m_frames.push_back(frame);
        } else if (token.text == ",") {
            if (m_frames.empty() || m_frames.back().function.empty()) {
                return fail(ErrorCode::BadPack, "a comma stands outside a function");
            }
            ++m_frames.back().commas;
        } else if (token.text == ")") {
            TRY(close());
        }
        return write(token.text);
    }

    Status close() {
        if (m_frames.empty()) return fail(ErrorCode::BadPack, "a bracket is closed that was not opened");
        const auto frame = m_frames.back();
        m_frames.pop_back();
        if (frame.function.empty()) return {};
        const auto& function = functions().find(frame.function)->second;
        const std::size_t given = frame.any ? frame.commas + 1 : 0;
        if (given < function.min_arguments || given > function.max_arguments) {
            return fail(ErrorCode::BadPack, frame.function + "() takes " + std::to_string(function.min_arguments) +
                                                " arguments, not " + std::to_string(given));
        }
        const bool literal_last = m_at > 1 && m_tokens[m_at - 1].kind == TokenKind::Text &&
                                  m_tokens[m_at - 2].kind == TokenKind::Symbol && m_tokens[m_at - 2].text == ",";
        if (frame.function == "regex" && !literal_last) {
            return fail(ErrorCode::BadPack, "regex() needs its pattern as a text in quotation marks");
        }
        if (frame.function == "pulldata" && m_parameter.empty()) {
            return fail(ErrorCode::BadPack, "pulldata() needs the parameter's key as a text in quotation marks");
        }
        return {};
    }

    /// A calculated row is a date when it is one call of date(), today() or pulldata() of a date.
    ValueType wholeType() {
        const auto& first = m_tokens.front();
        if (first.kind != TokenKind::Name || m_tokens.size() < 3) return ValueType::Text;
        std::size_t depth = 0;
        for (std::size_t i = 1; i < m_tokens.size(); ++i) {
            if (m_tokens[i].kind != TokenKind::Symbol) continue;
            if (m_tokens[i].text == "(") ++depth;
            if (m_tokens[i].text == ")" && --depth == 0 && i + 1 != m_tokens.size()) return ValueType::Text;
        }
        if (first.text == "date" || first.text == "today") return ValueType::Date;
        if (first.text == "pulldata") {
            m_out.parameter = m_parameter;
            return *m_scope.parameter(m_parameter);
        }
        return ValueType::Text;
    }

    std::vector<Token> m_tokens;
    const ExpressionScope& m_scope;
    std::size_t m_at = 0;
    std::vector<Frame> m_frames;
    std::string m_parameter;
    ScannedExpression m_out;
};

}  // namespace

Result<ScannedExpression> scanExpression(std::string_view text, const ExpressionScope& scope) {
    if (text.size() > kMaxBytes) return fail(ErrorCode::BadPack, "the expression is longer than 4,000 bytes");
    ASSIGN(auto tokens, tokenise(text));
    return Scanner(std::move(tokens), scope).run();
}

}  // namespace fieldclaim
