#include "tests/simulation/plan.h"

#include <charconv>

namespace fieldclaim::sim {
namespace {

/// Most thousandths of a kind, and in how many runs of a hundred it is at all.
struct Range {
    Fault fault;
    int most;
    int runs;
};
constexpr Range kRanges[] = {
    {Fault::RequestLost, 200, 67},      {Fault::ReplyLost, 200, 67},         {Fault::Delayed, 80, 67},
    {Fault::Duplicated, 150, 67},       {Fault::CrashAfterCommit, 40, 67},   {Fault::TabletCrash, 80, 67},
    {Fault::ServerCrash, 40, 67},       {Fault::TornWrite, 900, 67},         {Fault::Offline, 100, 67},
    {Fault::PartitionUp, 40, 40},       {Fault::PartitionDown, 40, 40},      {Fault::PartitionBoth, 40, 40},
    {Fault::ClockJump, 40, 67},         {Fault::LongOffline, 20, 67},        {Fault::StoreRestored, 40, 15},
    {Fault::StoreCloned, 40, 10},       {Fault::TabletDiskFull, 30, 30},     {Fault::ServerDiskFull, 30, 30},
    {Fault::DeviceRevoked, 40, 12},     {Fault::PoisonRecord, 30, 12},       {Fault::NumberTaken, 60, 8},
    {Fault::Decided, 120, 50},          {Fault::PackChanged, 40, 50},        {Fault::TargetDown, 200, 60},
    {Fault::TargetError, 150, 60},      {Fault::TargetClosed, 150, 50},      {Fault::TargetRefuses, 200, 50},
    {Fault::TargetSlow, 250, 60},       {Fault::TargetRubbish, 150, 50},     {Fault::TargetLoses, 100, 30},
    {Fault::DuplicateReceipt, 600, 60}, {Fault::ServerDiesSending, 120, 60}, {Fault::BackupTaken, 45, 25},
    {Fault::ServerRestored, 40, 20},    {Fault::ClaimMoved, 80, 25},         {Fault::ClaimErased, 30, 12},
    {Fault::WipeOrdered, 40, 12},       {Fault::LockOrdered, 40, 15},
};

std::optional<int> number(std::string_view text) {
    int out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size() || out < 0) return std::nullopt;
    return out;
}

template <typename Each>
bool eachPart(std::string_view text, Each each) {
    while (true) {
        const auto comma = text.find(',');
        if (!each(text.substr(0, comma))) return false;
        if (comma == std::string_view::npos) return true;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

Plan::Plan(Chance chance, const Cut& cut) {
    tablets = static_cast<std::size_t>(chance.between(1, 5));
    sites = chance.percent(25) ? 2 : 1;
    steps = static_cast<int>(chance.between(15, 60));
    most_claims = static_cast<std::size_t>(chance.between(1, 3));
    pace_ms = chance.percent(50) ? 3'000 : 20'000;
    for (const auto& range : kRanges) {
        const bool here = chance.percent(range.runs);
        const auto rate_here = static_cast<int>(chance.between(1, range.most));
        if (here && !cut.without.contains(range.fault)) rates[static_cast<std::size_t>(range.fault)] = rate_here;
    }
    office = chance.percent(20);
    if (office) steps += 15;
    target_keeps_keys = chance.percent(70);
    target_answers_queries = chance.percent(70);
    target_closes = chance.percent(25);
    journal = chance.percent(60);
    if (cut.tablets) tablets = std::min(tablets, *cut.tablets);
    if (tablets == 1 || cut.one_site) sites = 1;
}

std::string Cut::text() const {
    std::string out;
    if (tablets) out += " --tablets " + std::to_string(*tablets);
    if (one_site) out += " --one-site";
    if (steps) {
        out += " --steps ";
        const auto begin = out.size();
        for (auto at = steps->begin(); at != steps->end();) {
            auto last = at;
            while (std::next(last) != steps->end() && *std::next(last) == *last + 1) ++last;
            if (out.size() > begin) out += ',';
            out += std::to_string(*at);
            if (last != at) out += '-' + std::to_string(*last);
            at = std::next(last);
        }
        if (steps->empty()) out += "none";
    }
    if (!without.empty()) {
        out += " --without ";
        const auto begin = out.size();
        for (const auto fault : without) {
            out += (out.size() > begin ? "," : "") + std::string(faultName(static_cast<std::size_t>(fault)));
        }
    }
    return out;
}

std::optional<std::set<int>> Cut::parseSteps(std::string_view text) {
    std::set<int> out;
    if (text == "none") return out;
    const bool good = eachPart(text, [&](std::string_view part) {
        const auto dash = part.find('-');
        const auto from = number(part.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : number(part.substr(dash + 1));
        if (!from || !to || *to < *from || *to > 1'000) return false;
        for (int i = *from; i <= *to; ++i) out.insert(i);
        return true;
    });
    return good ? std::optional(out) : std::nullopt;
}

std::optional<std::set<Fault>> Cut::parseFaults(std::string_view text) {
    std::set<Fault> out;
    const bool good = eachPart(text, [&](std::string_view part) {
        const auto fault = faultOf(part);
        if (fault) out.insert(*fault);
        return fault.has_value();
    });
    return good ? std::optional(out) : std::nullopt;
}

}  // namespace fieldclaim::sim
