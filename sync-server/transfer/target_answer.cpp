#include "sync-server/transfer/target_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace fieldclaim::server {
namespace {

using nlohmann::json;
using Kind = TargetAnswer::Kind;

constexpr std::size_t kMostErrors = 50;
constexpr std::size_t kLongestText = 500;
constexpr int kDeepest = 8;

/// A stranger's text: bounded, and cut at a whole character.
std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return {};
    auto text = found->get<std::string>();
    if (text.size() > kLongestText) {
        auto end = kLongestText;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text.resize(end);
    }
    return text;
}

/// An object, or null. The depth is bounded before the parser sees it, since nlohmann's tree parser recurses.
json parseObject(std::string_view body) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (in_text) {
            if (c == '\\') ++i;
            if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDeepest) return nullptr;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    auto parsed = json::parse(body, nullptr, false);
    return parsed.is_object() ? parsed : json(nullptr);
}

std::vector<TransferError> errorsOf(const json& object) {
    std::vector<TransferError> out;
    const auto list = object.find("errors");
    if (list == object.end() || !list->is_array()) return out;
    for (const auto& item : *list) {
        if (!item.is_object() || out.size() == kMostErrors) continue;
        TransferError error{textOf(item, "code"), textOf(item, "field"), textOf(item, "message")};
        if (error.code.empty() && error.message.empty()) continue;
        out.push_back(std::move(error));
    }
    return out;
}

/// Reads the members that an answer has by its "status"; false when that is none that we know.
bool readStatus(const json& object, TargetAnswer& answer) {
    answer.receipt_id = textOf(object, "receipt");
    answer.target_ref = textOf(object, "targetRef");
    answer.errors = errorsOf(object);
    if (const auto hash = textOf(object, "hash"); !hash.empty()) answer.content_hash = hash;
    if (const auto count = object.find("fieldsReceived"); count != object.end() && count->is_number_integer()) {
        answer.fields_received = count->get<int>();
    }
    const auto status = textOf(object, "status");
    if (status == "RECEIVED" && !answer.receipt_id.empty()) {
        answer.kind = Kind::Received;
    } else if (status == "ACCEPTED" && !answer.target_ref.empty()) {
        answer.kind = Kind::Accepted;
    } else if (status == "REJECTED") {
        answer.kind = answer.errors.empty() ? Kind::RefusedUnsaid : Kind::Rejected;
        const bool closed =
            !answer.errors.empty() && std::all_of(answer.errors.begin(), answer.errors.end(),
                                                  [](const auto& error) { return error.code.starts_with("E4"); });
        if (closed) {
            // E4xx says that the target is closed or full: nothing for the officer to change.
            answer.kind = Kind::NotTaken;
            answer.reason = "The target is closed or full (" + answer.errors.front().code + ").";
            answer.errors.clear();
        } else if (answer.errors.empty()) {
            answer.reason = "The target refused it and gave no reason.";
        }
    } else {
        return false;
    }
    return true;
}

TargetAnswer ofKind(Kind kind, std::string reason) {
    TargetAnswer answer;
    answer.kind = kind;
    answer.reason = std::move(reason);
    return answer;
}

TargetAnswer unclear(int status) {
    return ofKind(Kind::Unclear,
                  status >= 500
                      ? "The target had an error of its own (status " + std::to_string(status) + ")."
                      : "The target's answer could not be understood (status " + std::to_string(status) + ").");
}

bool isSuccess(int status) { return status == 200 || status == 201 || status == 202; }

}  // namespace

TargetAnswer readSendAnswer(int status, std::string_view body) {
    if (status == 409) {
        return ofKind(Kind::KeyConflict, "The target has something else under the same idempotency key.");
    }
    if (status == 401 || status == 403) {
        return ofKind(Kind::NotTaken,
                      "The target does not let this server in (status " + std::to_string(status) + ").");
    }
    if (status == 404 || status == 429 || status == 503) {
        return ofKind(Kind::NotTaken, "The target is not taking transfers (status " + std::to_string(status) + ").");
    }
    const auto object = parseObject(body);
    TargetAnswer answer;
    const bool read = object.is_object() && readStatus(object, answer);
    if (isSuccess(status)) return read ? answer : unclear(status);
    if (status < 400 || status >= 500) return unclear(status);
    // A status of the 400s says that nothing was taken, whatever its body says.
    if (read && (answer.kind == Kind::Rejected || answer.kind == Kind::NotTaken)) return answer;
    return ofKind(Kind::RefusedUnsaid,
                  "The target refused it and gave no reason (status " + std::to_string(status) + ").");
}

TargetAnswer readQueryAnswer(int status, std::string_view body) {
    const auto object = parseObject(body);
    // Not any 404: a proxy or a wrong path says that too, and "not known" leads to sending again.
    if (status == 404 && object.is_object() && textOf(object, "status") == "NOT_KNOWN") {
        return ofKind(Kind::NotKnown, "The target has nothing under this key.");
    }
    TargetAnswer answer;
    if (isSuccess(status) && object.is_object() && readStatus(object, answer) && answer.kind != Kind::NotTaken) {
        return answer;
    }
    return unclear(status);
}

Result<TargetCallback> readCallback(std::string_view body) {
    const auto object = parseObject(body);
    TargetCallback callback;
    if (!object.is_object() || !readStatus(object, callback.answer)) {
        return fail(ErrorCode::BadInput, "a callback needs status RECEIVED, ACCEPTED with targetRef, or REJECTED");
    }
    callback.idempotency_key = textOf(object, "key");
    callback.receipt_id = callback.answer.receipt_id;
    if (callback.idempotency_key.empty() && callback.receipt_id.empty()) {
        return fail(ErrorCode::BadInput, "a callback needs the key or the receipt of the transfer");
    }
    return callback;
}

}  // namespace fieldclaim::server
