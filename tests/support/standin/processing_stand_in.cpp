#include "tests/support/standin/processing_stand_in.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "shared/base/bytes.h"
#include "shared/base/text.h"
#include "shared/crypto/crypto.h"

namespace fieldclaim::standin {
namespace {

using nlohmann::json;

constexpr std::int64_t kHangMs = 60'000;
const std::set<std::string> kFaults = {"refuse",    "timeout_before", "timeout_after", "drop_reply", "garbage",
                                       "slow",      "closed",         "500",           "503",        "accept_then_lose",
                                       "wrong_hash"};

StandInReply answer(int status, const json& body) {
    StandInReply reply;
    reply.status = status;
    reply.body = body.dump();
    return reply;
}

StandInReply silence(StandInReply::Do action, std::int64_t delay_ms = 0) {
    StandInReply reply;
    reply.action = action;
    reply.delay_ms = delay_ms;
    return reply;
}

json refusal(const std::string& code, const std::string& field, const std::string& message) {
    return {{"status", "REJECTED"}, {"errors", {{{"code", code}, {"field", field}, {"message", message}}}}};
}

int countValues(const json& content) {
    if (!content.is_structured()) return 1;
    int count = 0;
    for (const auto& value : content) count += countValues(value);
    return count;
}

/// Values in it, as the sender should have counted them: without the count and the hash themselves.
int fieldsOf(const json& content) {
    auto copy = content;
    copy.erase("hash");
    copy.erase("fieldCount");
    return countValues(copy);
}

/// The hash that the payload should carry, worked out from its content and not by the sender's code.
std::string hashOf(const json& content) {
    auto copy = content;
    copy.erase("hash");
    return toHex(sha256(asBytes(copy.dump())));
}

/// The first thing wrong with a payload, as a refusal; nothing when it is in order.
std::optional<json> checkPayload(const json& content) {
    if (!content.is_object()) return refusal("E100", "", "The payload is not a JSON object.");
    for (const char* member : {"crn", "hash", "kind", "dateOfClaim", "firstContact"}) {
        if (!content.contains(member) || !content[member].is_string()) {
            return refusal("E101", member, "A member of the payload is missing.");
        }
    }
    if (content["hash"] != hashOf(content)) return refusal("E102", "", "The hash is not that of the payload.");
    if (!content.contains("fieldCount") || content["fieldCount"] != fieldsOf(content)) {
        return refusal("E103", "", "The number of fields is not that of the payload.");
    }
    const auto& person = content.contains("claimant") ? content["claimant"] : content.value("customer", json::object());
    const auto folded = person.value("surnameFolded", "");
    if (folded.empty() || folded.find('\'') != std::string::npos) {
        return refusal("E202", "surname", "No record can be found under this name.");
    }
    const auto digest = content.value("/signature/sha256"_json_pointer, "");
    if (digest.size() != 64) return refusal("E110", "signature", "The claim is not signed.");
    return std::nullopt;
}

std::string queryValue(const std::string& query, const std::string& name) {
    for (const auto& part : split(query, '&')) {
        if (part.starts_with(name + '=')) return part.substr(name.size() + 1);
    }
    return {};
}

}  // namespace

ProcessingStandIn::ProcessingStandIn(NowMs now_ms, std::string folder)
    : m_now_ms(std::move(now_ms)), m_folder(std::move(folder)) {}

StandInReply ProcessingStandIn::handle(const StandInRequest& request) {
    const std::lock_guard lock(m_mutex);
    const auto parts = split(request.path, '/');  // "", "push", "ISCS", "v1", "claims"
    if (parts.size() > 1 && parts[1] == "standin") return control(request);
    ++m_requests;
    std::string system;
    if (parts.size() == 5 && parts[1] == "push" && (parts[2] == "ISCS" || parts[2] == "JSAPS") && parts[3] == "v1" &&
        parts[4] == "claims") {
        system = parts[2];
    } else if (parts.size() == 5 && parts[1] == "councils" && parts[3] == "v1" && parts[4] == "notices") {
        system = "councils/" + parts[2];
    } else if (parts.size() == 3 && parts[1] == "receipts" && request.method == "GET") {
        for (const auto& entry : m_entries) {
            if (entry.receipt == parts[2] && !entry.lost) return answer(200, statusOf(entry));
        }
        return answer(404, {{"status", "NOT_KNOWN"}});
    } else {
        return answer(404, {{"title", "No such place."}});
    }
    if (request.method == "POST") return receive(system, request);
    if (request.method == "GET") return question(system, queryValue(request.query, "key"));
    return answer(405, {{"title", "GET or POST."}});
}

std::optional<ProcessingStandIn::Fault> ProcessingStandIn::nextFault(const std::string& system, bool send) {
    for (auto fault = m_faults.begin(); fault != m_faults.end(); ++fault) {
        const bool applies = (fault->on == "any" || fault->on == (send ? "send" : "query")) &&
                             (fault->system.empty() || fault->system == system);
        if (!applies) continue;
        const auto copy = *fault;
        if (fault->left && --*fault->left == 0) m_faults.erase(fault);
        return copy;
    }
    return std::nullopt;
}

StandInReply ProcessingStandIn::receive(const std::string& system, const StandInRequest& request) {
    const auto fault = nextFault(system, true);
    const auto name = fault ? fault->name : std::string();
    const auto key = request.headers.find("idempotency-key");
    const bool has_it = m_keeps_keys && key != request.headers.end() &&
                        std::any_of(m_entries.begin(), m_entries.end(), [&](const auto& entry) {
                            return entry.system == system && entry.key == key->second && !entry.lost;
                        });
    // Who keeps keys stands by its first answer.
    if (name == "refuse" && !has_it) {
        return answer(422, {{"status", "REJECTED"}, {"errors", json::array({fault->error})}});
    }
    if (name == "timeout_before") return silence(StandInReply::Do::Hang, kHangMs);
    if (name == "closed") return silence(StandInReply::Do::Cut);
    if (name == "500") return answer(500, {{"title", "Internal error."}});
    if (name == "503") {
        auto reply = answer(503, refusal("E401", "", "The system is closed."));
        reply.headers.emplace_back("Retry-After", "120");
        return reply;
    }
    auto reply = take(system, request, fault ? &*fault : nullptr);
    if (name == "timeout_after") return silence(StandInReply::Do::Hang, kHangMs);
    if (name == "drop_reply") return silence(StandInReply::Do::Cut);
    if (name == "garbage") {
        reply.status = 200;
        reply.body = "<html>\xff{\"status\":\"ACCEPTED\"";
    }
    if (name == "slow") reply.delay_ms = fault->ms;
    return reply;
}

StandInReply ProcessingStandIn::take(const std::string& system, const StandInRequest& request, const Fault* fault) {
    const auto header = request.headers.find("idempotency-key");
    if (header == request.headers.end() || header->second.empty()) {
        return answer(400, refusal("E100", "", "The Idempotency-Key is missing."));
    }
    const auto& key = header->second;
    if (m_keeps_keys) {
        for (const auto& entry : m_entries) {
            if (entry.system != system || entry.key != key || entry.lost) continue;
            if (entry.payload != request.body) return answer(409, {{"title", "The key was used for something else."}});
            return answer(m_at_once ? 200 : 202, statusOf(entry));
        }
    }
    const auto content = json::parse(request.body, nullptr, false);
    if (const auto wrong = checkPayload(content)) return answer(422, *wrong);
    Entry entry;
    entry.system = system;
    entry.key = key;
    entry.receipt = "r-" + std::to_string(m_entries.size() + 1);
    entry.target_ref = system + '-' + std::to_string(1000 + m_entries.size());
    entry.payload = request.body;
    entry.digest = toHex(sha256(asBytes(request.body)));
    entry.content = content;
    entry.taken_ms = m_now_ms();
    entry.wrong_hash = fault != nullptr && fault->name == "wrong_hash";
    const bool live = content["kind"] == "claim" && std::any_of(m_entries.begin(), m_entries.end(), [&](const auto& e) {
                          return e.system == system && !e.lost && e.errors.empty() && e.content["kind"] == "claim" &&
                                 e.content["crn"] == content["crn"];
                      });
    if (live && m_keeps_keys) {
        entry.errors = refusal("E301", "", "There is a live claim of this customer.")["errors"];
    }
    m_entries.push_back(entry);
    keepFile(entry);
    auto reply = answer(m_at_once ? 200 : 202, {{"receipt", entry.receipt}, {"status", "RECEIVED"}});
    if (m_at_once) reply.body = statusOf(entry).dump();
    if (!m_at_once && !m_callback_url.empty()) {
        auto decided = entry;
        decided.taken_ms = m_now_ms() - m_decide_ms;
        auto body = statusOf(decided);
        body["key"] = key;
        reply.callback_body = body.dump();
    }
    if (fault != nullptr && fault->name == "accept_then_lose") m_entries.back().lost = true;
    return reply;
}

StandInReply ProcessingStandIn::question(const std::string& system, const std::string& key) {
    const auto fault = nextFault(system, false);
    if (fault) {
        if (fault->name == "timeout_before" || fault->name == "timeout_after") {
            return silence(StandInReply::Do::Hang, kHangMs);
        }
        if (fault->name == "closed" || fault->name == "drop_reply") return silence(StandInReply::Do::Cut);
        if (fault->name == "500" || fault->name == "503") return answer(std::stoi(fault->name), {{"title", "No."}});
        StandInReply rubbish;
        rubbish.body = "{\"status\":";
        if (fault->name != "slow") return rubbish;
    }
    for (const auto& entry : m_entries) {
        if (entry.system != system || entry.key != key || entry.lost) continue;
        auto reply = answer(200, statusOf(entry));
        if (fault) reply.delay_ms = fault->ms;
        return reply;
    }
    return answer(404, {{"status", "NOT_KNOWN"}});
}

json ProcessingStandIn::statusOf(const Entry& entry) const {
    json out{{"receipt", entry.receipt}};
    if (!m_at_once && m_now_ms() < entry.taken_ms + m_decide_ms) {
        out["status"] = "RECEIVED";
    } else if (!entry.errors.empty()) {
        out["status"] = "REJECTED";
        out["errors"] = entry.errors;
    } else {
        out["status"] = "ACCEPTED";
        out["targetRef"] = entry.target_ref;
        out["fieldsReceived"] = fieldsOf(entry.content);
        out["hash"] = entry.wrong_hash ? std::string(64, '0') : hashOf(entry.content);
    }
    return out;
}

StandInReply ProcessingStandIn::control(const StandInRequest& request) {
    if (request.path == "/standin/received" && request.method == "GET") return answer(200, receivedLocked());
    if (request.path == "/standin/reset" && request.method == "POST") {
        m_entries.clear();
        m_faults.clear();
        return answer(200, json::object());
    }
    const auto body = json::parse(request.body, nullptr, false);
    if (request.method == "POST" && (request.path == "/standin/faults" || request.path == "/standin/settings")) {
        const auto done = request.path == "/standin/faults" ? addFaultLocked(body) : setLocked(body);
        if (!done) return answer(400, {{"title", done.error().detail}});
        return answer(200, json::object());
    }
    return answer(404, {{"title", "No such place."}});
}

json ProcessingStandIn::receivedLocked() const {
    json out = json::array();
    for (const auto& entry : m_entries) {
        out.push_back({{"system", entry.system},
                       {"key", entry.key},
                       {"receipt", entry.receipt},
                       {"targetRef", entry.target_ref},
                       {"digest", entry.digest},
                       {"takenMs", entry.taken_ms},
                       {"lost", entry.lost},
                       {"refused", !entry.errors.empty()},
                       {"content", entry.content}});
    }
    return out;
}

json ProcessingStandIn::received() const {
    const std::lock_guard lock(m_mutex);
    return receivedLocked();
}

int ProcessingStandIn::effectsOf(const std::string& system, std::string_view payload) const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(), [&](const auto& entry) {
        return entry.system == system && entry.payload == payload && entry.errors.empty() && !entry.lost;
    }));
}

int ProcessingStandIn::requestCount() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

Status ProcessingStandIn::addFault(const json& fault) {
    const std::lock_guard lock(m_mutex);
    return addFaultLocked(fault);
}

Status ProcessingStandIn::addFaultLocked(const json& object) try {
    Fault fault;
    if (!object.is_object()) return fail(ErrorCode::BadInput, "a fault is an object");
    fault.name = object.value("fault", "");
    if (!kFaults.contains(fault.name)) return fail(ErrorCode::BadInput, "no fault '" + fault.name + "'");
    fault.on = object.value("on", "send");
    if (fault.on != "send" && fault.on != "query" && fault.on != "any") {
        return fail(ErrorCode::BadInput, "on is send, query or any");
    }
    fault.system = object.value("system", "");
    fault.ms = object.value("ms", std::int64_t{0});
    fault.error = {{"code", object.value("code", "E204")},
                   {"field", object.value("field", "surname")},
                   {"message", object.value("message", "No match with the existing record.")}};
    if (object.contains("count")) {
        const auto& count = object["count"];
        if (count == "all") {
            fault.left = std::nullopt;
        } else if (count.is_number_integer() && count.get<int>() > 0) {
            fault.left = count.get<int>();
        } else {
            return fail(ErrorCode::BadInput, "count is a number from 1, or all");
        }
    }
    m_faults.push_back(std::move(fault));
    return {};
} catch (const json::exception&) {
    return fail(ErrorCode::BadInput, "a member of the fault has the wrong type");
}

Status ProcessingStandIn::set(const json& settings) {
    const std::lock_guard lock(m_mutex);
    return setLocked(settings);
}

Status ProcessingStandIn::setLocked(const json& settings) {
    if (!settings.is_object()) return fail(ErrorCode::BadInput, "settings are an object");
    try {
        m_decide_ms = settings.value("decideMs", m_decide_ms);
        m_at_once = settings.value("atOnce", m_at_once);
        m_keeps_keys = settings.value("keepsKeys", m_keeps_keys);
        m_callback_url = settings.value("callbackUrl", m_callback_url);
    } catch (const json::exception&) {
        return fail(ErrorCode::BadInput, "a setting has the wrong type");
    }
    return {};
}

std::string ProcessingStandIn::callbackUrl() const {
    const std::lock_guard lock(m_mutex);
    return m_callback_url;
}

std::int64_t ProcessingStandIn::decideMs() const {
    const std::lock_guard lock(m_mutex);
    return m_decide_ms;
}

void ProcessingStandIn::keepFile(const Entry& entry) const {
    if (m_folder.empty()) return;
    auto name = entry.system + '-' + entry.receipt;
    std::replace(name.begin(), name.end(), '/', '-');
    std::ofstream(m_folder + '/' + name + ".json") << entry.content.dump(2) << '\n';
}

}  // namespace fieldclaim::standin
