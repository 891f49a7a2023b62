#include "mobile/platform/http_client.h"

#include <QEventLoop>
#include <QIODevice>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QTimer>
#include <algorithm>

#include "shared/crypto/certificates.h"

namespace fieldclaim::tablet {
namespace {

bool isTlsError(QNetworkReply::NetworkError error) { return error == QNetworkReply::SslHandshakeFailedError; }

/// No connection came about. After anything else the server may have had all of the request.
bool isNotReached(QNetworkReply::NetworkError error) {
    switch (error) {
        case QNetworkReply::ConnectionRefusedError:
        case QNetworkReply::HostNotFoundError:
        case QNetworkReply::TemporaryNetworkFailureError:
        case QNetworkReply::NetworkSessionFailedError:
        case QNetworkReply::ProxyConnectionRefusedError:
        case QNetworkReply::ProxyNotFoundError:
            return true;
        default:
            return false;
    }
}

/// The bytes of one request, read in pieces and given out once. Qt sends a request again by itself when its connection
/// is cut; with this it cannot, and the uploader asks instead how far the bytes came.
class OneWayBody final : public QIODevice {
public:
    OneWayBody(const BlobSlice& part, HttpClient::PartReader read)
        : m_part(part), m_size(static_cast<qint64>(part.bytes)), m_read(std::move(read)) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_size - m_given + QIODevice::bytesAvailable(); }
    bool atEnd() const override { return bytesAvailable() == 0; }
    bool reset() override { return m_given == 0; }
    qint64 size() const override { return m_size; }
    bool isUnreadable() const { return m_is_unreadable; }

protected:
    qint64 readData(char* out, qint64 most) override {
        if (m_in_piece == m_piece.size() && !nextPiece()) return -1;
        const auto count = std::min(most, static_cast<qint64>(m_piece.size() - m_in_piece));
        std::copy_n(m_piece.begin() + static_cast<std::ptrdiff_t>(m_in_piece), count, out);
        m_in_piece += static_cast<std::size_t>(count);
        m_given += count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    bool nextPiece() {
        const auto left = static_cast<std::size_t>(m_size - m_given);
        if (left == 0 || m_is_unreadable) return false;
        const auto want = std::min(left, HttpClient::kPieceBytes);
        auto piece = m_read(m_part.offset + static_cast<std::uint64_t>(m_given), want);
        m_is_unreadable = !piece || piece->size() != want;
        if (m_is_unreadable) return false;
        m_piece = std::move(*piece);
        m_in_piece = 0;
        return true;
    }

    BlobSlice m_part;
    qint64 m_size;
    HttpClient::PartReader m_read;
    Bytes m_piece;
    std::size_t m_in_piece = 0;
    qint64 m_given = 0;
    bool m_is_unreadable = false;
};

std::string lower(const QByteArray& name) { return name.toLower().toStdString(); }

}  // namespace

struct HttpClient::Pending {
    QNetworkReply* reply = nullptr;
    OneWayBody* part = nullptr;  ///< the reply's child
    std::unique_ptr<QTimer> deadline;
    std::function<void(HttpOutcome)> done;
    std::size_t most_bytes = 0;
    QByteArray body;
    bool timed_out = false;
    bool too_long = false;
    bool untrusted = false;

    ~Pending() {
        if (reply == nullptr) return;
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    }
};

HttpClient::HttpClient(std::string server_url, const std::string& authorities)
    : m_server_url(std::move(server_url)),
      m_pinned(!authorities.empty()),
      m_tls(QSslConfiguration::defaultConfiguration()) {
    while (m_server_url.ends_with('/')) m_server_url.pop_back();
    m_tls.setProtocol(QSsl::TlsV1_2OrLater);
    setAuthorities(authorities);
    m_tls.setPeerVerifyMode(m_pinned ? QSslSocket::VerifyPeer : QSslSocket::QueryPeer);
    renewManager();
}

HttpClient::~HttpClient() = default;

void HttpClient::setAuthorities(const std::string& authorities) {
    const auto certificates = QSslCertificate::fromData(QByteArray::fromStdString(authorities), QSsl::Pem);
    m_tls.setCaCertificates(certificates);
    m_authorities.clear();
    for (const auto& certificate : certificates) m_authorities.push_back(certificate.toPem().toStdString());
}

void HttpClient::trust(const std::string& authorities) {
    if (!m_pinned || authorities.empty()) return;
    setAuthorities(authorities);
    forgetConnections();
}

void HttpClient::renewManager() {
    m_manager = new QNetworkAccessManager(&m_owner);
    m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_manager->setAutoDeleteReplies(false);
}

/// Replies die with their manager, so one that still has some is kept until they are done.
void HttpClient::dropRetired() {
    for (auto* const manager : m_owner.findChildren<QNetworkAccessManager*>(Qt::FindDirectChildrenOnly)) {
        const bool is_used = std::any_of(m_pending.begin(), m_pending.end(),
                                         [&](const auto& item) { return item.second->reply->manager() == manager; });
        if (manager != m_manager && !is_used) manager->deleteLater();
    }
}

void HttpClient::send(const Send& request, std::function<void(HttpOutcome)> done, PartReader read) {
    QNetworkRequest out(QUrl(QString::fromStdString(m_server_url + request.path)));
    out.setSslConfiguration(m_tls);
    for (const auto& [name, value] : request.headers) {
        out.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    const QByteArray body(reinterpret_cast<const char*>(request.body.data()),
                          static_cast<qsizetype>(request.body.size()));
    // Qt guesses a form's type for a body without one, and asks for the type that is named anyway.
    if (!body.isEmpty() && !request.headers.contains("Content-Type")) {
        out.setHeader(QNetworkRequest::ContentTypeHeader, "application/octet-stream");
    }
    auto pending = std::make_unique<Pending>();
    std::unique_ptr<OneWayBody> part;
    if (request.part) {
        part = std::make_unique<OneWayBody>(*request.part, std::move(read));
        out.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        out.setHeader(QNetworkRequest::ContentLengthHeader, part->size());
    }
    const auto method = QByteArray::fromStdString(request.method);
    auto* const reply = part                       ? m_manager->sendCustomRequest(out, method, part.get())
                        : request.method == "GET"  ? m_manager->get(out)
                        : request.method == "HEAD" ? m_manager->head(out)
                        : request.method == "POST" ? m_manager->post(out, body)
                                                   : m_manager->sendCustomRequest(out, method, body);
    pending->part = part.get();
    if (part) part.release()->setParent(reply);
    pending->reply = reply;
    pending->done = std::move(done);
    pending->most_bytes = request.most_bytes;
    pending->deadline = std::make_unique<QTimer>();
    pending->deadline->setSingleShot(true);
    auto* const state = pending.get();
    const auto id = request.request;
    m_pending[id] = std::move(pending);

    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [this, state, reply](const QList<QSslError>& errors) {
        if (!m_pinned) {
            reply->ignoreSslErrors();
        } else if (mayTake(reply->sslConfiguration().peerCertificate())) {
            reply->ignoreSslErrors(errors);
        } else {
            state->untrusted = true;
        }
    });
    QObject::connect(reply, &QNetworkReply::encrypted, reply, [this, reply] {
        const auto begun = reply->sslConfiguration().peerCertificate().effectiveDate().toMSecsSinceEpoch();
        m_newest_begun_ms = std::max<std::int64_t>(m_newest_begun_ms, begun);
    });
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [state, reply] {
        state->body += reply->readAll();
        if (state->most_bytes > 0 && static_cast<std::size_t>(state->body.size()) > state->most_bytes) {
            state->too_long = true;
            reply->abort();
        }
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, id] { finish(id); });
    QObject::connect(state->deadline.get(), &QTimer::timeout, reply, [state, reply] {
        state->timed_out = true;
        reply->abort();
    });
    state->deadline->start(static_cast<int>(request.deadline_ms));
}

bool HttpClient::mayTake(const QSslCertificate& certificate) const {
    // Qt leaves an authority out that has ended by the tablet's clock, and then calls the server a stranger.
    const auto host = QUrl(QString::fromStdString(m_server_url)).host().toStdString();
    const auto server = certificate.toPem().toStdString();
    const bool issued = std::ranges::any_of(
        m_authorities, [&](const std::string& pem) { return verifyServer(pem, server, host).has_value(); });
    return issued && certificate.expiryDate().toMSecsSinceEpoch() >= m_newest_begun_ms;
}

void HttpClient::finish(std::uint64_t request) {
    const auto found = m_pending.find(request);
    if (found == m_pending.end()) return;
    const auto pending = std::move(found->second);
    m_pending.erase(found);
    auto* const reply = pending->reply;
    if (reply->isOpen()) pending->body += reply->readAll();  // one that was aborted is closed

    HttpOutcome outcome;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply->error();
    // Qt counts a status of 400 or more as an error; what it calls a network error carries no whole reply.
    const bool whole =
        error == QNetworkReply::NoError || (status >= 400 && error >= QNetworkReply::ContentAccessDenied);
    outcome.detail = reply->errorString().toStdString();
    if (pending->untrusted || isTlsError(error)) {
        outcome.failure = FailureKind::Untrusted;
    } else if (pending->part != nullptr && pending->part->isUnreadable()) {
        outcome.failure = FailureKind::Unreadable;
    } else if (pending->timed_out) {
        outcome.failure = FailureKind::TimedOut;
    } else if (pending->too_long) {
        outcome.failure = FailureKind::Cut;
    } else if (whole && status > 0) {
        outcome.status = status;
        for (const auto& [name, value] : reply->rawHeaderPairs()) outcome.headers[lower(name)] = value.toStdString();
        outcome.body.assign(pending->body.begin(), pending->body.end());
    } else {
        outcome.failure = status == 0 && isNotReached(error) ? FailureKind::NotReached : FailureKind::Cut;
    }
    // Qt lets go of the request alone, and would queue the next behind what the silent connection never answers.
    if (outcome.failure == FailureKind::TimedOut && reply->manager() == m_manager) renewManager();
    dropRetired();
    pending->done(std::move(outcome));
}

void HttpClient::cancel(std::uint64_t request) {
    m_pending.erase(request);
    dropRetired();
}

void HttpClient::forgetConnections() {
    renewManager();
    dropRetired();
}

HttpOutcome sendAndWait(HttpClient& client, const Send& request) {
    QEventLoop loop;
    HttpOutcome out;
    client.send(request, [&](HttpOutcome outcome) {
        out = std::move(outcome);
        loop.quit();
    });
    loop.exec();
    return out;
}

}  // namespace fieldclaim::tablet
