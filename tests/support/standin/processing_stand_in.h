#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "shared/base/result.h"

namespace fieldclaim::standin {

struct StandInRequest {
    std::string method;
    std::string path;                            ///< without the query
    std::string query;                           ///< what follows the "?"
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
};

/// What the server in front does with a request.
struct StandInReply {
    enum class Do {
        Answer,  ///< after delay_ms
        Hang,    ///< say nothing until the client gives up, delay_ms at most
        Cut,     ///< close the connection without a word
    };
    Do action = Do::Answer;
    std::int64_t delay_ms = 0;
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string callback_body;  ///< not empty: POST it to the callback URL after decide_ms
};

/// Stands in for ISCS, JSAPS and the councils (domain 7.2, 7.5), which nobody outside can reach. It keeps what it is
/// sent, checks it, and misbehaves on demand. Deterministic given its clock. Safe to call from any thread.
///
///   POST /push/{ISCS|JSAPS}/v1/claims     202 {"receipt", "status": "RECEIVED"}, later ACCEPTED or REJECTED
///   POST /councils/{id}/v1/notices        the same
///   GET  …the same path?key=KEY           what became of it; 404 {"status": "NOT_KNOWN"}
///   GET  /receipts/{id}                   the same by receipt
///   GET  /standin/received                everything taken, oldest first
///   POST /standin/faults                  {"fault", "count": 2 | "all", "on": "send" | "query" | "any", "system", …}
///   POST /standin/settings                {"decideMs", "atOnce", "keepsKeys", "callbackUrl"}
///   POST /standin/reset                   forgets everything
///
/// Faults: refuse {code, field, message}, timeout_before, timeout_after, drop_reply, garbage, slow {ms}, closed, 500,
/// 503, accept_then_lose, wrong_hash. "before", closed, 500 and 503 take nothing; after, drop_reply and garbage took
/// it.
class ProcessingStandIn {
public:
    using NowMs = std::function<std::int64_t()>;
    /// `folder`: where to keep each claim as a JSON file; empty for nowhere. It must exist.
    explicit ProcessingStandIn(NowMs now_ms, std::string folder = {});

    StandInReply handle(const StandInRequest& request);

    /// Everything that took effect, as GET /standin/received gives it.
    nlohmann::json received() const;
    /// Effects of claims with these payload bytes at a system ("ISCS", "councils/gwynedd").
    int effectsOf(const std::string& system, std::string_view payload) const;
    int requestCount() const;
    /// BadInput with what is wrong.
    Status addFault(const nlohmann::json& fault);
    Status set(const nlohmann::json& settings);
    std::string callbackUrl() const;
    std::int64_t decideMs() const;

private:
    struct Fault {
        std::string name;
        std::string on = "send";
        std::string system;           ///< empty: every one
        std::optional<int> left = 1;  ///< none: all
        nlohmann::json error;
        std::int64_t ms = 0;
    };
    struct Entry {
        std::string system;
        std::string key;
        std::string receipt;
        std::string target_ref;
        std::string payload;
        std::string digest;
        nlohmann::json content;
        std::int64_t taken_ms = 0;
        bool lost = false;  ///< accepted, then forgotten
        bool wrong_hash = false;
        nlohmann::json errors;  ///< refused when it is decided, if not empty
    };

    StandInReply receive(const std::string& system, const StandInRequest& request);
    StandInReply take(const std::string& system, const StandInRequest& request, const Fault* fault);
    StandInReply question(const std::string& system, const std::string& key);
    Status addFaultLocked(const nlohmann::json& fault);
    Status setLocked(const nlohmann::json& settings);
    StandInReply control(const StandInRequest& request);
    std::optional<Fault> nextFault(const std::string& system, bool send);
    nlohmann::json statusOf(const Entry& entry) const;
    nlohmann::json receivedLocked() const;
    void keepFile(const Entry& entry) const;

    mutable std::mutex m_mutex;  ///< guards all below
    NowMs m_now_ms;
    std::string m_folder;
    std::vector<Entry> m_entries;
    std::deque<Fault> m_faults;
    int m_requests = 0;
    std::int64_t m_decide_ms = 0;
    bool m_at_once = false;
    bool m_keeps_keys = true;
    std::string m_callback_url;
};

}  // namespace fieldclaim::standin
