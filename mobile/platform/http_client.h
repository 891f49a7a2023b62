#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "mobile/sync/sync_engine.h"

namespace fieldclaim::tablet {

/// What came of a request: an HTTP status with what belongs to it or, with status 0, why there is none.
struct HttpOutcome {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    Bytes body;
    FailureKind failure = FailureKind::NotReached;
    std::string detail;  ///< for the log
};

/// HTTPS to one server whose certificate authority is pinned (or two, while one follows the other): no other authority
/// is trusted, redirects are not followed. Lives on one thread with an event loop.
///
/// A tablet's clock may be wrong by years (hazard H09), so a certificate that the pinned authority signed is taken
/// whatever its dates are, unless it had ended when one that this client has met began
/// (docs/adr/0009-dates-of-certificates.md).
///
/// A connection on which nothing came until a request's deadline is not used again.
class HttpClient {
public:
    /// `authorities`: their certificates, as PEM one after another. Empty: any certificate is taken, for reading /v1/ca
    /// alone (its hash is compared with the enrolment code).
    HttpClient(std::string server_url, const std::string& authorities);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Gives so many bytes of a request's part from an offset in the blob on; fewer, or an error, is Unreadable.
    using PartReader = std::function<Result<Bytes>(std::uint64_t offset, std::size_t most)>;
    static constexpr std::size_t kPieceBytes = 256U << 10U;

    /// `done` is called once, later, unless the request is cancelled or the client dies first. `read` is called for
    /// Send::part, in pieces of kPieceBytes at most and as the network takes them, until then: a turn of the event loop
    /// never waits for more.
    void send(const Send& request, std::function<void(HttpOutcome)> done, PartReader read = {});
    void cancel(std::uint64_t request);
    /// These authorities in the place of those that were trusted, from the next request on. Only where some were.
    void trust(const std::string& authorities);
    /// Makes the next request on a fresh connection: after the network changed.
    void forgetConnections();

private:
    struct Pending;
    void setAuthorities(const std::string& authorities);
    void renewManager();
    void dropRetired();
    void finish(std::uint64_t request);
    bool mayTake(const QSslCertificate& certificate) const;

    std::string m_server_url;
    std::vector<std::string> m_authorities;
    bool m_pinned;
    std::int64_t m_newest_begun_ms = 0;
    QSslConfiguration m_tls;
    QObject m_owner;                             ///< of the managers
    QNetworkAccessManager* m_manager = nullptr;  ///< makes the next request
    std::map<std::uint64_t, std::unique_ptr<Pending>> m_pending;
};

/// Runs the event loop until the reply is there: for set-up, which has nothing else to do.
HttpOutcome sendAndWait(HttpClient& client, const Send& request);

}  // namespace fieldclaim::tablet
