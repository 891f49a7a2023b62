#include "shared/forms/modulus.h"

#include <algorithm>

namespace fieldclaim {
namespace {

constexpr std::size_t kSortDigits = 6;
constexpr std::size_t kAccountDigits = 8;

// Places among the 14 digits, by the letters of the published rules.
constexpr std::size_t kA = 6;
constexpr std::size_t kB = 7;
constexpr std::size_t kC = 8;
constexpr std::size_t kG = 12;
constexpr std::size_t kH = 13;

// The published rules name these sort codes and weights; they are the method, not the table.
constexpr std::string_view kException8 = "090126";
constexpr std::string_view kException9 = "309634";
constexpr ModulusTable::Weights kException2 = {0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1};
constexpr ModulusTable::Weights kException2Nine = {0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1};

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

struct ModulusTable::Digits {
    std::array<int, kSortDigits + kAccountDigits> at{};

    Digits(std::string_view sort_code, std::string_view account) {
        for (std::size_t i = 0; i < kSortDigits; ++i) at[i] = sort_code[i] - '0';
        for (std::size_t i = 0; i < kAccountDigits; ++i) at[kSortDigits + i] = account[i] - '0';
    }
    void setSortCode(std::string_view sort_code) {
        for (std::size_t i = 0; i < kSortDigits; ++i) at[i] = sort_code[i] - '0';
    }
    std::string sortCode() const {
        std::string out;
        for (std::size_t i = 0; i < kSortDigits; ++i) out += static_cast<char>('0' + at[i]);
        return out;
    }
    int total(const Weights& weights, Method method) const {
        int sum = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            const int product = at[i] * weights[i];
            // Each product's own digits: at most 9 x 99.
            sum += method == Method::DoubleAlternate ? product / 100 + product / 10 % 10 + product % 10 : product;
        }
        return sum;
    }
};

std::optional<BankAccount> bankAccountOf(std::string_view sort_code, std::string_view account) {
    constexpr std::size_t kNine = 9;
    constexpr std::size_t kTen = 10;
    if (sort_code.size() != kSortDigits || !allDigits(sort_code) || !allDigits(account)) return std::nullopt;
    BankAccount out{std::string(sort_code), std::string(account)};
    if (account.size() == kNine) {
        out.sort_code.back() = account.front();
        out.account = account.substr(1);
    } else if (account.size() == kTen) {
        out.account = sort_code.starts_with("08") ? account.substr(0, kAccountDigits) : account.substr(2);
    } else if (account.size() < kSortDigits || account.size() > kAccountDigits) {
        return std::nullopt;
    } else {
        out.account.insert(0, kAccountDigits - account.size(), '0');
    }
    return out;
}

/// One row of the table by itself.
bool ModulusTable::passes(const Row& row, const Digits& given) const {
    auto digits = given;
    auto weights = row.weights;
    const int a = digits.at[kA];
    const int g = digits.at[kG];
    const int h = digits.at[kH];
    int extra = 0;
    switch (row.exception) {
        case 1:
            extra = 27;
            break;
        case 2:
            if (a != 0) weights = g == 9 ? kException2Nine : kException2;
            break;
        case 5:
            if (const auto found = m_substitutes.find(digits.sortCode()); found != m_substitutes.end())
                digits.setSortCode(found->second);
            break;
        case 7:
            if (g == 9) std::fill_n(weights.begin(), kC, 0);
            break;
        case 8:
            digits.setSortCode(kException8);
            break;
        case 9:
            digits.setSortCode(kException9);
            break;
        case 10:
            if ((a == 0 || a == 9) && digits.at[kB] == 9 && g == 9) std::fill_n(weights.begin(), kC, 0);
            break;
        default:
            break;
    }
    const int modulus = row.method == Method::Mod11 ? 11 : 10;
    const int rest = (digits.total(weights, row.method) + extra) % modulus;
    if (row.exception == 4) return rest == g * 10 + h;
    if (row.exception == 5) {
        const int check = row.method == Method::Mod11 ? g : h;
        return rest == 0 ? check == 0 : (modulus == 10 || rest != 1) && modulus - rest == check;
    }
    if (rest == 0 || row.exception != 14) return rest == 0;
    // Some accounts have their check digit one place further to the left.
    if (h != 0 && h != 1 && h != 9) return false;
    std::copy_backward(given.at.begin() + kA, given.at.begin() + kH, digits.at.end());
    digits.at[kA] = 0;
    return digits.total(weights, row.method) % modulus == 0;
}

ModulusTable::Outcome ModulusTable::check(std::string_view sort_code, std::string_view account) const {
    const auto bank = bankAccountOf(sort_code, account);
    if (!bank) return Outcome::Unknown;
    std::vector<const Row*> rows;
    for (const auto& row : m_rows) {
        if (row.from <= bank->sort_code && bank->sort_code <= row.to) rows.push_back(&row);
    }
    if (rows.empty()) return Outcome::Unknown;
    const Digits digits(bank->sort_code, bank->account);
    const int a = digits.at[kA];
    const int c = digits.at[kC];
    const bool foreign = a >= 4 && a <= 8 && digits.at[kG] == digits.at[kH];
    bool any = false;
    bool all = true;
    bool one_is_enough = false;
    for (const auto* row : rows) {
        // An account in a foreign currency has no check digits.
        if (row->exception == 6 && foreign) return Outcome::Unknown;
        if (row->exception == 3 && (c == 6 || c == 9)) continue;
        one_is_enough = one_is_enough || row->exception == 2 || (row->exception >= 9 && row->exception <= 13);
        const bool passed = passes(*row, digits);
        any = any || passed;
        all = all && passed;
    }
    return (one_is_enough ? any : all) ? Outcome::Pass : Outcome::Fail;
}

}  // namespace fieldclaim
