#pragma once

#include <map>

#include "shared/wire/protocol.h"
#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// About so many bytes of rows go into one reply.
constexpr std::size_t kPullBytes = 512U << 10U;

/// One page of what a tablet has not read yet, over one moment of the ledger: scope by scope, each in the order of seq.
/// Rows of claims that are not in the scope any more are passed over; where a claim entered the scope, all its earlier
/// rows come first (hazard H23), so that what builds on them finds them. Borrows all that it is given.
class PullPage {
public:
    PullPage(const LedgerSnapshot& now, const Session& session, const PullRequest& request, PullReply& reply)
        : m_now(now), m_session(session), m_request(request), m_reply(reply) {}

    /// EpochChanged when the tablet's cursor is above the scope.
    Status add(const std::string& scope);

private:
    struct Place {
        std::string scope;
        std::uint64_t first_seq = 0;
        std::uint64_t entered_seq = 0;
    };
    Result<const Place*> placeOf(const std::string& crn);
    /// `whole`: the tablet's own change sets too.
    Status put(const std::string& scope, LedgerRow row, bool whole);
    Status putKey(const std::string& crn);
    /// The rows of a claim before the one with which it entered; true when all of them are in.
    Result<bool> putEarlier(const std::string& scope, const LedgerRow& entering);

    const LedgerSnapshot& m_now;
    const Session& m_session;
    const PullRequest& m_request;
    PullReply& m_reply;
    std::map<std::string, Place> m_places;
    std::size_t m_bytes = 0;
};

}  // namespace fieldclaim::server
