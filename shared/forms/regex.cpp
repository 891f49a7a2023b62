#define PCRE2_CODE_UNIT_WIDTH 8
#include "shared/forms/regex.h"

#include <pcre2.h>

#include <array>
#include <string>

namespace fieldclaim {
namespace {

constexpr std::size_t kMaxText = 10'000;
constexpr std::size_t kMaxPattern = 2'000;
constexpr std::uint32_t kMatchLimit = 100'000;
constexpr std::uint32_t kDepthLimit = 1'000;

PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

}  // namespace

void Regex::Free::operator()(void* code) const { pcre2_code_free(static_cast<pcre2_code*>(code)); }

Result<Regex> Regex::compile(std::string_view pattern) {
    if (pattern.size() > kMaxPattern) return fail(ErrorCode::BadPack, "the pattern is longer than 2,000 bytes");
    int error = 0;
    PCRE2_SIZE offset = 0;
    // $ is the very end of the text, as in the JavaScript engines that other XLSForm clients use.
    auto* code = pcre2_compile(units(pattern), pattern.size(),
                               PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR, 256> message{};
        pcre2_get_error_message(error, message.data(), message.size());
        return fail(ErrorCode::BadPack, std::string(reinterpret_cast<const char*>(message.data())) + " at character " +
                                            std::to_string(offset));
    }
    return Regex(code);
}

bool Regex::matches(std::string_view text) const {
    if (text.size() > kMaxText) return false;
    const auto* code = static_cast<const pcre2_code*>(m_code.get());
    const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> context(
        pcre2_match_context_create(nullptr), &pcre2_match_context_free);
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
        pcre2_match_data_create_from_pattern(code, nullptr), &pcre2_match_data_free);
    if (!context || !match) return false;
    pcre2_set_match_limit(context.get(), kMatchLimit);
    pcre2_set_depth_limit(context.get(), kDepthLimit);
    return pcre2_match(code, units(text), text.size(), 0, 0, match.get(), context.get()) >= 0;
}

}  // namespace fieldclaim
