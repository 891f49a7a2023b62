#include "tests/simulation/targets.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/simulation/server_end.h"

namespace fieldclaim::sim {
namespace {

using nlohmann::json;
using server::TransportAnswer;
using server::TransportFailure;

constexpr const char* kJsaps = "jsaps";
constexpr const char* kCouncil = "council";

tl::unexpected<TransportFailure> notReached() {
    return tl::unexpected(TransportFailure{true, {ErrorCode::Network, "not reached"}});
}
tl::unexpected<TransportFailure> cut() { return tl::unexpected(TransportFailure{false, {ErrorCode::Network, "cut"}}); }

TransportAnswer answer(int status, const json& body) { return {status, body.dump(), std::nullopt}; }

std::string keyOf(const server::TransportRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (name == "Idempotency-Key") return value;
    }
    const auto mark = request.url.find("?key=");
    return mark == std::string::npos ? std::string() : request.url.substr(mark + 5);
}

}  // namespace

Targets::Targets(World& world, const Plan& plan, ServerEnd& server, const SignedStatements& statements)
    : m_world(world), m_plan(plan), m_server(server), m_statements(statements) {}

std::vector<server::TargetConfig> Targets::configs(const Plan& plan) {
    server::TargetConfig target;
    target.request_ms = 30'000;
    target.answer_ms = 120'000;
    target.settle_ms = 60'000;
    target.poll_ms = 20'000;
    target.decide_ms = 600'000;
    target.retry_ms = {10'000, 60'000, 120'000};
    target.breaker_open_ms = 30'000;
    target.id = kJsaps;
    target.adapter = "push";
    target.system = "JSAPS";
    target.url = "https://jsaps.test";
    target.benefits = {"jsa_ib"};
    target.keeps_keys = plan.target_keeps_keys;
    target.answers_queries = plan.target_answers_queries;
    if (plan.target_closes) {
        constexpr std::uint8_t kEveryDay = 0x7f;
        target.hours.london = false;
        target.hours.windows = {{kEveryDay, 0, 12 * 60 + 3}, {kEveryDay, 12 * 60 + 15, 24 * 60}};
    }
    auto council = target;
    council.id = kCouncil;
    council.adapter = "notice";
    council.system.clear();
    council.url = "https://council.test";
    council.benefits = {"hb"};
    council.councils = {"Gwynedd"};
    council.echoes = false;
    council.keeps_keys = true;
    council.answers_queries = true;
    return {target, council};
}

bool Targets::happens(Chance& chance, Fault fault, const char* words) {
    if (!chance.permille(rate(fault))) return false;
    m_world.count(fault);
    m_world.trace(words);
    return true;
}

tl::expected<TransportAnswer, TransportFailure> Targets::send(const server::TransportRequest& request) {
    auto chance = m_world.stream(Stream::Target, ++m_requests);
    const std::string target = request.url.find("jsaps") != std::string::npos ? kJsaps : kCouncil;
    const auto key = keyOf(request);
    m_world.trace("  " + target + " < " + request.method + " " + key.substr(0, 8));
    if (happens(chance, Fault::TargetDown, "    is down")) return notReached();
    if (happens(chance, Fault::TargetError, "    has an error of its own")) return answer(500, json::object());
    return request.method == "GET" ? ask(target, key, chance) : take(target, request, key, chance);
}

const Targets::Effect* Targets::find(const std::string& target, const std::string& key) {
    const auto& effects = m_books[target].effects;
    const auto found = std::find_if(effects.rbegin(), effects.rend(),
                                    [&](const Effect& effect) { return effect.key == key && !effect.lost; });
    return found == effects.rend() ? nullptr : &*found;
}

const Targets::Effect* Targets::findVersion(const std::string& target, const std::string& crn,
                                            const std::string& digest) {
    const auto& effects = m_books[target].effects;
    const auto last = std::find_if(effects.rbegin(), effects.rend(), [&](const Effect& effect) {
        return effect.crn == crn && !effect.lost && (!effect.refused || effect.digest == digest);
    });
    // One that another has followed is not what the target has.
    return last == effects.rend() || last->digest != digest ? nullptr : &*last;
}

const Targets::Effect* Targets::findEarlier(const std::string& target, const std::string& crn,
                                            const std::string& digest) {
    const auto& effects = m_books[target].effects;
    const auto found = std::find_if(effects.rbegin(), effects.rend(), [&](const Effect& effect) {
        return effect.crn == crn && effect.digest == digest && !effect.lost && !effect.refused;
    });
    return found == effects.rend() ? nullptr : &*found;
}

Targets::Answer Targets::ask(const std::string& target, const std::string& key, Chance& chance) {
    if (happens(chance, Fault::TargetRubbish, "    answers rubbish")) return TransportAnswer{200, "<html>", {}};
    const auto* effect = find(target, key);
    if (effect == nullptr) return answer(404, {{"status", "NOT_KNOWN"}});
    return tell(*effect);
}

server::TransportAnswer Targets::tell(const Effect& effect) const {
    if (effect.refused) {
        return answer(422, {{"status", "REJECTED"},
                            {"receipt", effect.receipt},
                            {"errors", {{{"code", "E204"}, {"field", "surname"}, {"message", "No match."}}}}});
    }
    if (m_world.now() < effect.decided_at) return answer(202, {{"status", "RECEIVED"}, {"receipt", effect.receipt}});
    const auto content = json::parse(effect.body);
    return answer(200, {{"status", "ACCEPTED"},
                        {"receipt", effect.receipt},
                        {"targetRef", "REF-" + effect.receipt},
                        {"hash", content.at("hash")},
                        {"fieldsReceived", content.at("fieldCount")}});
}

Targets::Answer Targets::take(const std::string& target, const server::TransportRequest& request,
                              const std::string& key, Chance& chance) {
    if (happens(chance, Fault::TargetClosed, "    is closed")) {
        return answer(422, {{"status", "REJECTED"}, {"errors", {{{"code", "E401"}, {"message", "Closed."}}}}});
    }
    if (happens(chance, Fault::ServerDiesSending, "    the server ends before it has sent")) throw ServerDied{};
    const auto* known = find(target, key);
    const bool keeps_keys = target == kCouncil || m_plan.target_keeps_keys;
    const auto delay_ms = chance.percent(50) ? 0 : chance.between(1'000, 90'000);
    if (known == nullptr || !keeps_keys) {
        const auto content = json::parse(request.body);
        Effect effect{content.at("crn").get<std::string>(),
                      content.at("signature").at("sha256").get<std::string>(),
                      key,
                      request.body,
                      std::to_string(++m_requests),
                      m_world.now() + delay_ms,
                      happens(chance, Fault::TargetRefuses, "    refuses it"),
                      false};
        if (!effect.refused) checkTaken(target, effect);
        m_world.trace("  " + target + " takes statement " + effect.digest.substr(0, 8) + " of " +
                      effect.crn.substr(0, 4));
        m_books[target].effects.push_back(std::move(effect));
        known = &m_books[target].effects.back();
        const bool twice = chance.permille(rate(Fault::DuplicateReceipt));
        if (chance.percent(40)) callBack(target, key, twice, delay_ms);
    }
    const auto told = tell(*known);
    if (happens(chance, Fault::TargetLoses, "    takes it, says so, and loses it")) {
        m_books[target].effects.back().lost = m_books[target].effects.back().key == key;
        return told;
    }
    if (happens(chance, Fault::ServerDiesSending, "    the server ends before it has heard")) {
        m_world.met(34);
        throw ServerDied{};
    }
    if (happens(chance, Fault::TargetSlow, "    takes it, too slowly")) return cut();
    if (happens(chance, Fault::TargetRubbish, "    takes it, and answers rubbish")) {
        return TransportAnswer{200, "<html>", {}};
    }
    return told;
}

void Targets::checkTaken(const std::string& target, const Effect& effect) const {
    const auto& effects = m_books.at(target).effects;
    const auto before = std::find_if(effects.rbegin(), effects.rend(), [&](const Effect& earlier) {
        return earlier.crn == effect.crn && !earlier.refused;
    });
    require(before == effects.rend() || before->lost || before->digest != effect.digest, "I10",
            target + " takes the same version of " + effect.crn.substr(0, 4) + " twice");
    m_server.requireBlob(effect.crn, effect.digest);
    const auto digest = toArray<32>(*fromHex(effect.digest));
    const auto found = m_statements.find(*digest);
    require(found != m_statements.end() && found->second->claim == effect.crn, "I10",
            target + " takes what no customer of " + effect.crn.substr(0, 4) + " has signed");
    const auto content = json::parse(effect.body);
    for (const auto& item : content.at("answers")) {
        const auto fact = found->second->facts.find(item.at("id").get<std::string>());
        require(fact != found->second->facts.end() && fact->second.text == item.at("value").get<std::string>(), "I10",
                target + " is told something else than was signed: " + item.at("id").get<std::string>());
    }
}

void Targets::callBack(const std::string& target, const std::string& key, bool twice, std::int64_t delay_ms) {
    if (twice) m_world.count(Fault::DuplicateReceipt);
    for (int i = 0; i < (twice ? 2 : 1); ++i) {
        m_world.after(delay_ms + 100 + 5'000 * i, [this, target, key] {
            const auto* effect = find(target, key);
            if (effect == nullptr) return;
            auto body = json::parse(tell(*effect).body);
            body["key"] = key;
            m_world.trace("  " + target + " calls back about " + key.substr(0, 8));
            m_server.callBack(body.dump());
        });
    }
}

}  // namespace fieldclaim::sim
