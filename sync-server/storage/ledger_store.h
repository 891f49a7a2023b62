#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// The server's store: one writer, many readers. Safe from any thread. Everything that is written is on disk when the
/// call that wrote it is back (durable: synced); nothing of a call that failed is there.
class LedgerStore {
public:
    using WriteJob = std::function<Status(LedgerTransaction&)>;
    using ReadJob = std::function<Status(const LedgerSnapshot&)>;
    /// Called once with the job's fate, after the commit; on the writer's thread, which it must not hold up.
    using Done = std::function<void(Status)>;

    virtual ~LedgerStore() = default;

    /// Queues the job; jobs run one after another, and many share one commit. A job that fails is taken back alone. A
    /// job may run twice: what the first run wrote is then taken back.
    /// Busy, without running it, when the queue is full (the caller answers 503, hazard H39); DiskFull or Storage when
    /// the commit fails, to every job of the group: nothing of any of them is kept (hazard H11).
    virtual void submit(WriteJob job, Done done) = 0;
    /// Runs the job on the caller's thread against one committed moment.
    virtual Status readJob(const ReadJob& job) const = 0;
    /// Takes what was deleted out of the log too, so that it cannot be read from the disk any more.
    virtual Status forgetDeleted() = 0;
    /// Jobs in the queue, for metrics.
    virtual std::size_t queued() const = 0;
    virtual JournalStanding journal() const = 0;
    /// Does what is queued, then takes no more (Busy).
    virtual void stop() = 0;

    /// write([&](LedgerTransaction& tx) -> Result<T> {…}): waits for the commit.
    template <typename F>
    auto write(F job) -> std::invoke_result_t<F, LedgerTransaction&> {
        using R = std::invoke_result_t<F, LedgerTransaction&>;
        R out = fail(ErrorCode::Internal, "the job never ran");
        const Status status = writeAndWait([&](LedgerTransaction& tx) -> Status {
            out = job(tx);
            if (!out) return tl::unexpected<Error>(out.error());
            return {};
        });
        if (!status) return tl::unexpected<Error>(status.error());
        return out;
    }

    /// read([&](const LedgerSnapshot& now) -> Result<T> {…})
    template <typename F>
    auto read(F job) const -> std::invoke_result_t<F, const LedgerSnapshot&> {
        using R = std::invoke_result_t<F, const LedgerSnapshot&>;
        R out = fail(ErrorCode::Internal, "the job never ran");
        const Status status = readJob([&](const LedgerSnapshot& snapshot) -> Status {
            out = job(snapshot);
            if (!out) return tl::unexpected<Error>(out.error());
            return {};
        });
        if (!status) return tl::unexpected<Error>(status.error());
        return out;
    }

private:
    Status writeAndWait(WriteJob job);
};

}  // namespace fieldclaim::server
