#include "sync-server/transfer/target_config.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "shared/base/text.h"

namespace fieldclaim::server {
namespace {

using nlohmann::json;

constexpr std::int64_t kLongestSeconds = std::int64_t{30} * 86'400;
const std::set<std::string> kBenefits = {"is", "jsa_ib", "jsa_cb", "ib", "hb", "ctb", "ca", "bb"};

/// Reads the members of one target; the first thing wrong is kept and all else does nothing.
class Reader {
public:
    Reader(const json& object, std::string where) : m_object(object), m_where(std::move(where)) {}

    void text(const char* key, std::string& out, bool needed) {
        const auto* value = take(key, needed);
        if (value == nullptr) return;
        if (!value->is_string() || (needed && value->get_ref<const std::string&>().empty()))
            return wrong(key, "needs a text");
        out = value->get<std::string>();
    }
    void flag(const char* key, bool& out) {
        const auto* value = take(key, false);
        if (value == nullptr) return;
        if (!value->is_boolean()) return wrong(key, "needs true or false");
        out = value->get<bool>();
    }
    template <typename Int>
    void number(const char* key, Int& out, std::int64_t least, std::int64_t most, std::int64_t factor = 1) {
        const auto* value = take(key, false);
        if (value == nullptr) return;
        if (!value->is_number_integer() || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most) {
            return wrong(key, "needs a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        }
        out = static_cast<Int>(value->get<std::int64_t>() * factor);
    }
    void seconds(const char* key, std::int64_t& out) { number(key, out, 1, kLongestSeconds, 1000); }
    std::vector<std::string> texts(const char* key, bool needed) {
        std::vector<std::string> out;
        const auto* value = take(key, needed);
        if (value == nullptr) return out;
        if (!value->is_array()) {
            wrong(key, "needs a list of texts");
            return out;
        }
        for (const auto& item : *value) {
            if (!item.is_string() || item.get_ref<const std::string&>().empty()) {
                wrong(key, "needs a list of texts");
                return out;
            }
            out.push_back(item.get<std::string>());
        }
        return out;
    }
    const json* take(const char* key, bool needed) {
        m_known.insert(key);
        const auto found = m_object.find(key);
        if (found != m_object.end()) return &*found;
        if (needed) wrong(key, "is missing");
        return nullptr;
    }
    void wrong(const std::string& key, const std::string& what) {
        if (!m_error) m_error = m_where + '.' + key + ": " + what;
    }
    Status finish() {
        for (const auto& [key, value] : m_object.items()) {
            if (!m_known.contains(key)) wrong(key, "is not a setting of a target");
        }
        if (m_error) return fail(ErrorCode::BadInput, *m_error);
        return {};
    }

private:
    const json& m_object;
    std::string m_where;
    std::set<std::string> m_known;
    std::optional<std::string> m_error;
};

/// "08:30" -> 510; "24:00" ends a day.
std::optional<int> minuteOf(const json& value) {
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int minute = ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0');
    if (text[3] > '5' || minute > 1440) return std::nullopt;
    return minute;
}

std::optional<std::uint8_t> daysOf(const json& value) {
    static const std::map<std::string, unsigned> kDays = {{"sun", 0}, {"mon", 1}, {"tue", 2}, {"wed", 3},
                                                          {"thu", 4}, {"fri", 5}, {"sat", 6}};
    if (!value.is_array() || value.empty()) return std::nullopt;
    unsigned bits = 0;
    for (const auto& day : value) {
        const auto found = day.is_string() ? kDays.find(day.get<std::string>()) : kDays.end();
        if (found == kDays.end()) return std::nullopt;
        bits |= 1U << found->second;
    }
    return static_cast<std::uint8_t>(bits);
}

void readHours(Reader& reader, OpeningHours& hours) {
    std::string zone = "Europe/London";
    reader.text("zone", zone, false);
    if (zone != "Europe/London" && zone != "UTC") reader.wrong("zone", "needs Europe/London or UTC");
    hours.london = zone == "Europe/London";
    const auto* windows = reader.take("windows", false);
    if (windows == nullptr) return;
    if (!windows->is_array()) return reader.wrong("windows", "needs a list");
    for (const auto& item : *windows) {
        const bool shaped = item.is_object() && item.size() == 3 && item.contains("days") && item.contains("from") &&
                            item.contains("to");
        const auto days = shaped ? daysOf(item["days"]) : std::nullopt;
        const auto from = shaped ? minuteOf(item["from"]) : std::nullopt;
        const auto to = shaped ? minuteOf(item["to"]) : std::nullopt;
        if (!days || !from || !to || *from >= *to) {
            return reader.wrong("windows",
                                R"(needs windows such as {"days": ["mon", "tue"], "from": "08:00", "to": "18:00"})");
        }
        hours.windows.push_back({*days, *from, *to});
    }
}

void readRetry(Reader& reader, std::vector<std::int64_t>& retry_ms) {
    const auto* list = reader.take("retrySeconds", false);
    if (list == nullptr) return;
    if (!list->is_array() || list->size() > 20)
        return reader.wrong("retrySeconds", "needs a list of at most 20 numbers");
    retry_ms.clear();
    for (const auto& item : *list) {
        if (!item.is_number_integer() || item.get<std::int64_t>() < 1 || item.get<std::int64_t>() > kLongestSeconds) {
            return reader.wrong("retrySeconds", "needs whole seconds, 1 or more");
        }
        retry_ms.push_back(item.get<std::int64_t>() * 1000);
    }
}

void readBreaker(Reader& reader, TargetConfig& target) {
    const auto* breaker = reader.take("breaker", false);
    if (breaker == nullptr) return;
    if (!breaker->is_object()) return reader.wrong("breaker", "needs failures and openSeconds");
    Reader inner(*breaker, "breaker");
    inner.number("failures", target.breaker_failures, 1, 1000);
    inner.seconds("openSeconds", target.breaker_open_ms);
    if (const auto done = inner.finish(); !done) reader.wrong("breaker", done.error().detail);
}

Result<TargetConfig> readTarget(const json& object, const std::string& where) {
    TargetConfig target;
    Reader reader(object, where);
    reader.text("id", target.id, true);
    reader.text("adapter", target.adapter, true);
    const bool push = target.adapter == "push";
    if (!push && target.adapter != "notice") reader.wrong("adapter", "needs push or notice");
    reader.text("system", target.system, push);
    if (push && target.system != "ISCS" && target.system != "JSAPS") reader.wrong("system", "needs ISCS or JSAPS");
    reader.text("url", target.url, true);
    if (!target.url.starts_with("http://") && !target.url.starts_with("https://")) {
        reader.wrong("url", "needs to begin with https:// or http://");
    }
    while (target.url.ends_with('/')) target.url.pop_back();
    reader.text("caFile", target.ca_file, false);
    for (auto& benefit : reader.texts("benefits", true)) {
        if (!kBenefits.contains(benefit)) reader.wrong("benefits", "knows no benefit '" + benefit + "'");
        target.benefits.insert(std::move(benefit));
    }
    if (target.benefits.empty()) reader.wrong("benefits", "needs at least one benefit");
    target.councils = reader.texts("councils", !push);
    if (!push && target.councils.empty()) reader.wrong("councils", "needs the names of the council");
    reader.flag("keepsKeys", target.keeps_keys);
    reader.flag("answersQueries", target.answers_queries);
    reader.flag("echoes", target.echoes);
    reader.seconds("requestSeconds", target.request_ms);
    reader.seconds("answerSeconds", target.answer_ms);
    reader.seconds("settleSeconds", target.settle_ms);
    reader.seconds("pollSeconds", target.poll_ms);
    reader.seconds("decideSeconds", target.decide_ms);
    readRetry(reader, target.retry_ms);
    readHours(reader, target.hours);
    reader.number("concurrency", target.concurrency, 1, 64);
    reader.number("perMinute", target.per_minute, 0, 100'000);
    readBreaker(reader, target);
    if (target.request_ms >= target.answer_ms) {
        // Else a transfer could be taken for lost while its request is still under way.
        reader.wrong("requestSeconds", "needs to be less than answerSeconds");
    }
    TRY(reader.finish());
    return target;
}

}  // namespace

Result<std::vector<TargetConfig>> parseTargets(std::string_view text) {
    const auto document = json::parse(text, nullptr, false, true);
    if (document.is_discarded()) return fail(ErrorCode::BadInput, "targets.json is not JSON");
    if (!document.is_object() || document.size() != 1 || !document.contains("targets") ||
        !document["targets"].is_array()) {
        return fail(ErrorCode::BadInput, R"(targets.json needs {"targets": [...]} and nothing else)");
    }
    std::vector<TargetConfig> out;
    std::map<std::string, std::string> taken;  // council or benefit -> where
    for (const auto& item : document["targets"]) {
        auto where = "targets[" + std::to_string(out.size()) + ']';
        if (!item.is_object()) return fail(ErrorCode::BadInput, where + ": needs an object");
        if (item.contains("id") && item["id"].is_string()) where += " (" + item["id"].get<std::string>() + ')';
        ASSIGN(auto target, readTarget(item, where));
        std::vector<std::string> claims = {"the id " + target.id};
        for (const auto& benefit : target.benefits) {
            if (target.adapter == "push") claims.push_back("the benefit " + benefit);
        }
        for (const auto& council : target.councils) claims.push_back("the council " + foldName(council));
        for (const auto& claim : claims) {
            const auto [other, fresh] = taken.emplace(claim, where);
            if (!fresh) return fail(ErrorCode::BadInput, where + ": " + claim + " is already that of " + other->second);
        }
        out.push_back(std::move(target));
    }
    return out;
}

Routing routeClaim(const std::vector<TargetConfig>& targets, const TransferSubject& subject) {
    Routing routing;
    const auto council = foldName(subject.fact("la_name"));
    std::set<std::string> routed;
    for (const auto& target : targets) {
        const bool of_council =
            target.councils.empty() || std::any_of(target.councils.begin(), target.councils.end(),
                                                   [&](const auto& name) { return foldName(name) == council; });
        bool takes = false;
        for (const auto& benefit : subject.benefits) {
            if (of_council && target.benefits.contains(benefit)) {
                takes = true;
                routed.insert(benefit);
            }
        }
        if (takes) routing.targets.push_back(&target);
    }
    constexpr std::pair<const char*, const char*> kElectronic[] = {
        {"is", "Income Support"},
        {"jsa_ib", "income-based Jobseeker's Allowance"},
        {"jsa_cb", "contribution-based Jobseeker's Allowance"}};
    for (const auto& [benefit, name] : kElectronic) {
        if (subject.benefits.contains(benefit) && !routed.contains(benefit)) {
            routing.unrouted.push_back("No processing system is set up for " + std::string(name) + ".");
        }
    }
    if ((subject.benefits.contains("hb") && !routed.contains("hb")) ||
        (subject.benefits.contains("ctb") && !routed.contains("ctb"))) {
        routing.unrouted.push_back("No target is set up for the council of this claim.");
    }
    return routing;
}

}  // namespace fieldclaim::server
