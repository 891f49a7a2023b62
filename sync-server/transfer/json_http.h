#pragma once

#include "sync-server/transfer/adapter.h"

namespace fieldclaim::server {

/// What adapters with the JSON answers of domain 7.2 share: POST of the payload to `url` + path under the idempotency
/// key, GET of the same path with the key as question.
class JsonHttpAdapter : public TargetAdapter {
public:
    JsonHttpAdapter(std::unique_ptr<TargetMap> map, std::string path)
        : m_map(std::move(map)), m_path(std::move(path)) {}

    const TargetMap& targetMap() const override { return *m_map; }
    TransportRequest sendRequest(const TransferRecord& record, const TargetConfig& target) const override {
        auto request = requestTo(target);
        request.method = "POST";
        request.headers.emplace_back("Idempotency-Key", record.idempotency_key);
        request.content_type = record.content_type;
        request.body = record.payload;
        return request;
    }
    TransportRequest queryRequest(const TransferRecord& record, const TargetConfig& target) const override {
        auto request = requestTo(target);
        request.method = "GET";
        request.url += "?key=" + record.idempotency_key;
        return request;
    }
    TargetAnswer readSend(const TransportAnswer& answer) const override {
        return withRetryAfter(readSendAnswer(answer.status, answer.body), answer);
    }
    TargetAnswer readQuery(const TransportAnswer& answer) const override {
        return withRetryAfter(readQueryAnswer(answer.status, answer.body), answer);
    }

private:
    static TargetAnswer withRetryAfter(TargetAnswer read, const TransportAnswer& answer) {
        read.retry_after_ms = answer.retry_after_ms;
        return read;
    }
    TransportRequest requestTo(const TargetConfig& target) const {
        TransportRequest request;
        request.url = target.url + m_path;
        request.headers.emplace_back("Accept", "application/json");
        request.ca_file = target.ca_file;
        request.timeout_ms = target.request_ms;
        request.max_answer_bytes = target.max_answer_bytes;
        return request;
    }

    std::unique_ptr<TargetMap> m_map;
    std::string m_path;
};

}  // namespace fieldclaim::server
