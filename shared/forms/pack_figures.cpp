// Figures: dated parameters, and the weights of the modulus check.
#include <algorithm>
#include <charconv>

#include "shared/base/text.h"
#include "shared/forms/pack_loader.h"

namespace fieldclaim {
namespace {

bool isSortCode(std::string_view text) {
    constexpr std::size_t kDigits = 6;
    return text.size() == kDigits && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// 14 whole numbers with spaces between; nothing for anything else.
std::optional<ModulusTable::Weights> weightsOf(std::string_view text) {
    constexpr int kMost = 99;
    ModulusTable::Weights out{};
    const auto numbers = words(text);
    if (numbers.size() != out.size()) return std::nullopt;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto& digits = numbers[i];
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out[i]);
        if (error != std::errc() || end != digits.data() + digits.size() || out[i] < 0 || out[i] > kMost)
            return std::nullopt;
    }
    return out;
}

}  // namespace

void PackLoader::readParameters() {
    std::set<std::pair<std::string, Date>> taken;
    eachRow("params.csv", [&](const Place& place) {
        const std::string key(place.cell("key"));
        const auto from = Date::parse(place.cell("from_date"));
        const std::string value(place.cell("value"));
        const auto confidence = place.cell("confidence");
        const auto unit = place.cell("unit");
        if (!isRowName(key)) complain(place, "key", "'" + key + "' is not a name");
        if (!from) complain(place, "from_date", "is not a date (YYYY-MM-DD)");
        if (value.empty()) complain(place, "value", "is missing");
        if (confidence != "source" && confidence != "memory" && confidence != "design") {
            complain(place, "confidence", "is source, memory or design");
        }
        if (place.cell("source").empty()) complain(place, "source", "is missing: where does the figure come from?");
        if (unit == "date" && !Date::parse(value))
            complain(place, "value", "'" + value + "' is not a date (YYYY-MM-DD)");
        if (unit.starts_with("GBP") && !isNumber(value)) complain(place, "value", "'" + value + "' is not a number");
        if (!from) return;
        if (!taken.emplace(key, *from).second) complain(place, "from_date", "this key has this date twice");
        auto& parameter = m_pack->parameters[key];
        const auto type = Date::parse(value) ? ValueType::Date : isNumber(value) ? ValueType::Number : ValueType::Text;
        if (!parameter.rows.empty() && parameter.type != type) {
            complain(place, "value", "is of another kind than this key's other values");
        }
        parameter.type = type;
        parameter.money = unit.starts_with("GBP");
        parameter.rows.push_back({*from, value});
    });
    for (auto& [key, parameter] : m_pack->parameters) {
        std::sort(parameter.rows.begin(), parameter.rows.end(),
                  [](const auto& a, const auto& b) { return a.from < b.from; });
    }
}

void PackLoader::readModulus() {
    constexpr int kExceptions = 14;
    if (m_tables.contains("modulus.csv")) {
        eachRow("modulus.csv", [&](const Place& place) {
            ModulusTable::Row row;
            row.from = place.cell("sort_from");
            row.to = place.cell("sort_to");
            if (!isSortCode(row.from)) complain(place, "sort_from", "is not a sort code of 6 digits");
            if (!isSortCode(row.to) || row.to < row.from)
                complain(place, "sort_to", "is not a sort code after the first");
            const auto method = place.cell("method");
            if (method == "MOD10")
                row.method = ModulusTable::Method::Mod10;
            else if (method == "MOD11")
                row.method = ModulusTable::Method::Mod11;
            else if (method == "DBLAL")
                row.method = ModulusTable::Method::DoubleAlternate;
            else
                complain(place, "method", "is MOD10, MOD11 or DBLAL");
            if (const auto weights = weightsOf(place.cell("weights")))
                row.weights = *weights;
            else
                complain(place, "weights", "is not 14 whole numbers with spaces between");
            if (const auto exception = place.cell("exception"); !exception.empty()) {
                const auto [end, error] =
                    std::from_chars(exception.data(), exception.data() + exception.size(), row.exception);
                if (error != std::errc() || end != exception.data() + exception.size() || row.exception < 1 ||
                    row.exception > kExceptions)
                    complain(place, "exception", "is a number from 1 to 14, or empty");
            }
            m_pack->modulus.add(std::move(row));
        });
    }
    if (!m_tables.contains("modulus_substitutes.csv")) return;
    eachRow("modulus_substitutes.csv", [&](const Place& place) {
        const std::string from(place.cell("sort_code"));
        const std::string to(place.cell("substitute"));
        if (!isSortCode(from)) complain(place, "sort_code", "is not a sort code of 6 digits");
        if (!isSortCode(to)) complain(place, "substitute", "is not a sort code of 6 digits");
        m_pack->modulus.substitute(from, to);
    });
}

}  // namespace fieldclaim
