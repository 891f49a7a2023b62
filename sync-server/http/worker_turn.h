#pragma once

// Private to sync-server/http.
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>

#include "sync-server/http/connection.h"

// How a connection, which never blocks, has a handler run, which may block and may throw.
namespace fieldclaim::server {

/// Runs `work` on a worker, as the turn of `caller` comes, and comes back to the connection's thread. False when it was
/// not run: refused, or the server stops. `admitted`: it goes on with what was let in before, and is not refused.
template <class Work>
boost::asio::awaitable<bool> onWorker(ServerCore& core, IoThread& io, const std::string& caller, bool admitted,
                                      Work work) {
    bool ran = false;
    const auto executor = io.context.get_executor();
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
        [&](auto handler) {
            auto held = std::make_shared<decltype(handler)>(std::move(handler));
            const auto back = [held, executor] { boost::asio::post(executor, [held] { std::move (*held)(); }); };
            const WorkerPool::Job job = [&ran, &work, back](bool run) {
                if (run) work();
                ran = run;
                back();
            };
            if (admitted) {
                core.pool.submitAdmitted(caller, job);
            } else if (!core.pool.submit(caller, job)) {
                back();
            }
        },
        boost::asio::use_awaitable);
    co_return ran;
}

/// What a handler throws becomes a 500, and *cleared false. The exception's text may quote a claim, so only its type is
/// logged.
template <class Work>
Response guarded(Logger& logger, const std::string& route, const Request& request, Work work, bool* cleared = nullptr) {
    const char* type = "unknown";
    try {
        return work();
    } catch (const std::exception& error) {
        type = typeid(error).name();
    } catch (...) {
    }
    if (cleared != nullptr) *cleared = false;
    logger.error("http-handler-threw", {{"request", request.id}, {"route", route}, {"exception", type}});
    return Response::problem({ErrorCode::Internal, {}}, request.id);
}

}  // namespace fieldclaim::server
