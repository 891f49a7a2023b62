#include "sync-server/http/request_record.h"

namespace fieldclaim::server {

void recordRequest(ServerCore& core, const RequestRecord& record) {
    const auto method = record.method ? name(*record.method) : std::string_view("other");
    const auto& server = core.options.name;
    core.metrics
        .counter("http_requests_total", "Requests answered; 499: the client left first.",
                 {{"server", server},
                  {"method", std::string(method)},
                  {"route", record.route},
                  {"status", std::to_string(record.status)}})
        .add();
    core.metrics
        .histogram("http_request_seconds", "From the end of a request's headers to the end of its response.",
                   latencyBounds(), {{"server", server}, {"route", record.route}})
        .observe(record.took.count());
    core.logger.info("http-request", {{"server", server},
                                      {"request", record.id},
                                      {"method", method},
                                      {"route", record.route},
                                      {"status", record.status},
                                      {"ms", static_cast<std::int64_t>(record.took.count() * 1000)},
                                      {"bytes_in", record.bytes_in},
                                      {"bytes_out", record.bytes_out}});
}

}  // namespace fieldclaim::server
