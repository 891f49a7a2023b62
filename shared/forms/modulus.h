#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fieldclaim {

/// A bank account as targets take it (domain.md V6): a sort code of 6 digits and an account number of 8.
struct BankAccount {
    std::string sort_code;
    std::string account;
    bool operator==(const BankAccount&) const = default;
};

/// 6 and 7 digits are padded on the left; of 9 the first replaces the last of the sort code; of 10 the last 8 count, or
/// the first 8 at the Co-operative Bank (sort codes that begin with 08). Nothing for anything else.
std::optional<BankAccount> bankAccountOf(std::string_view sort_code, std::string_view account);

/// The modulus check of UK bank accounts (domain.md V6b), over a table of weights that is pack data. A failure is worth
/// asking again and no more: the table is dated, accounts are opened that it does not know, and an account that passes
/// may be another person's.
class ModulusTable {
public:
    enum class Method { Mod10, Mod11, DoubleAlternate };
    using Weights = std::array<int, 14>;  ///< of the sort code's 6 digits (u-z) and the account's 8 (a-h)
    struct Row {
        std::string from;  ///< 6 digits
        std::string to;
        Method method = Method::Mod10;
        Weights weights{};
        int exception = 0;  ///< 1 to 14, or 0
    };
    enum class Outcome { Pass, Fail, Unknown };

    void add(Row row) { m_rows.push_back(std::move(row)); }
    void substitute(std::string sort_code, std::string by) {
        m_substitutes.emplace(std::move(sort_code), std::move(by));
    }

    /// Unknown without a row for the sort code, and for what is no account.
    Outcome check(std::string_view sort_code, std::string_view account) const;

private:
    struct Digits;
    bool passes(const Row& row, const Digits& given) const;

    std::vector<Row> m_rows;
    std::map<std::string, std::string, std::less<>> m_substitutes;  ///< for exception 5
};

}  // namespace fieldclaim
