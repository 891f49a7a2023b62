#pragma once

#include <map>

#include "shared/wire/protocol.h"
#include "sync-server/service/ledger_names.h"
#include "sync-server/service/session_service.h"
#include "sync-server/storage/ledger_tables.h"

namespace fieldclaim::server {

/// One page of what a tablet has not read yet, over one moment of the ledger: scope by scope, each in the order of seq.
/// Rows of claims that are not in the scope any more are passed over; where a claim entered the scope, all its earlier
/// rows come first (hazard H23), so that what builds on them finds them. Borrows all that it is given.
class PullPage {
public:
    /// `names` learns what the tablet can look up when the page is packed.
    PullPage(const LedgerSnapshot& now, const Session& session, const PullRequest& request, PullReply& reply,
             LedgerNames& names);

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
    LedgerNames& m_names;
    std::size_t m_most_bytes;  ///< about so many bytes of change sets go into one page
    std::map<std::string, Place> m_places;
    std::size_t m_bytes = 0;
};

}  // namespace fieldclaim::server
