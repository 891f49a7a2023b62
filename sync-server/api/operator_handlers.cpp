#include "sync-server/api/routes.h"

namespace fieldclaim::server {

void addOperatorRoutes(Router& router, Server& server, Metrics& metrics, RateLimiter& peers) {
    router.add(Method::Get, "/healthz", [](const RequestContext&) { return Response::text("ok\n"); });
    router.add(Method::Get, "/readyz", [&server](const RequestContext& context) -> Response {
        const auto read = server.store().read([](const LedgerSnapshot& now) { return now.claims().lastSeq(); });
        if (!read) return problemOf({ErrorCode::Busy, "the ledger cannot be read"}, context.request);
        const auto journal = server.store().journal();
        if (!journal.problem.empty()) return problemOf({ErrorCode::Busy, journal.problem}, context.request);
        return Response::text("ready\n");
    });
    router.add(Method::Get, "/metrics", [&server, &metrics](const RequestContext&) {
        metrics.gauge("ledger_queue", "Jobs that wait for the writer")
            .set(static_cast<std::int64_t>(server.store().queued()));
        metrics.gauge("journal_problem", "1 while the journal cannot be written")
            .set(server.store().journal().problem.empty() ? 0 : 1);
        const auto backup =
            server.store().read([](const LedgerSnapshot& now) { return now.durability().verifiedBackup(); });
        metrics.gauge("last_verified_backup_seconds", "When the last verified backup was taken; 0: never")
            .set(backup && *backup ? (*backup)->taken_ms / 1'000 : 0);
        return Response::text(metrics.render(), "text/plain; version=0.0.4; charset=utf-8");
    });
    router.add(Method::Post, "/v1/receipts",
               withoutSession(peers, [&server](const RequestContext& context) -> Result<Response> {
                   TRY(server.outbox().callback(asText(context.request.body)));
                   return Response::empty(204);
               }));
}

}  // namespace fieldclaim::server
