#include "tests/support/http_client/test_http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "shared/base/text.h"

namespace fieldclaim::test {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool sameName(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

}  // namespace

std::string_view TestResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (sameName(key, name)) return value;
    }
    return {};
}

struct TestHttpClient::Connection {
    int socket = -1;
    SSL_CTX* context = nullptr;
    SSL* ssl = nullptr;

    ~Connection() {
        SSL_free(ssl);
        SSL_CTX_free(context);
        if (socket >= 0) ::close(socket);
    }
    long read(char* out, int size) {
        return ssl != nullptr ? SSL_read(ssl, out, size) : ::recv(socket, out, static_cast<std::size_t>(size), 0);
    }
    long write(const char* data, int size) {
        return ssl != nullptr ? SSL_write(ssl, data, size)
                              : ::send(socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    }
};

TestHttpClient::TestHttpClient(Options options) : m_options(std::move(options)) {}
TestHttpClient::~TestHttpClient() = default;
TestHttpClient::TestHttpClient(TestHttpClient&&) noexcept = default;
TestHttpClient& TestHttpClient::operator=(TestHttpClient&&) noexcept = default;

Status TestHttpClient::connect() {
    close();
    auto made = std::make_unique<Connection>();
    made->socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made->socket < 0) return fail(ErrorCode::Network, "no socket");
    const auto ms = m_options.timeout.count();
    const timeval limit{static_cast<time_t>(ms / 1000), static_cast<suseconds_t>(ms % 1000 * 1000)};
    ::setsockopt(made->socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(made->socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int on = 1;
    ::setsockopt(made->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (m_options.receive_buffer > 0) {
        ::setsockopt(made->socket, SOL_SOCKET, SO_RCVBUF, &m_options.receive_buffer, sizeof(int));
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_options.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(made->socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return fail(ErrorCode::Network, "not reached");
    }
    if (!m_options.ca_pem.empty()) {
        made->context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(made->context, TLS1_VERSION);
        if (m_options.max_tls_version != 0) {
            SSL_CTX_set_max_proto_version(made->context, m_options.max_tls_version);
            SSL_CTX_set_security_level(made->context, 0);
        }
        SSL_CTX_set_verify(made->context, SSL_VERIFY_PEER, nullptr);
        BIO* const bio = BIO_new_mem_buf(m_options.ca_pem.data(), static_cast<int>(m_options.ca_pem.size()));
        X509* const authority = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(made->context), authority);
        X509_free(authority);
        BIO_free(bio);
        made->ssl = SSL_new(made->context);
        SSL_set_tlsext_host_name(made->ssl, m_options.host.c_str());
        SSL_set1_host(made->ssl, m_options.host.c_str());
        std::string protocols;
        for (const auto& protocol : m_options.alpn) protocols += static_cast<char>(protocol.size()) + protocol;
        SSL_set_alpn_protos(made->ssl, reinterpret_cast<const unsigned char*>(protocols.data()),
                            static_cast<unsigned>(protocols.size()));
        SSL_set_fd(made->ssl, made->socket);
        ERR_clear_error();
        if (SSL_connect(made->ssl) != 1) {
            const bool untrusted = SSL_get_verify_result(made->ssl) != X509_V_OK;
            return fail(untrusted ? ErrorCode::Untrusted : ErrorCode::Network, "the TLS handshake failed");
        }
    }
    m_connection = std::move(made);
    return {};
}

void TestHttpClient::close() {
    m_connection.reset();
    m_buffer.clear();
}

bool TestHttpClient::connected() const { return m_connection != nullptr; }

Status TestHttpClient::send(std::string_view bytes) {
    if (!m_connection) return fail(ErrorCode::Network, "not connected");
    while (!bytes.empty()) {
        const auto size = static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 16U));
        const auto sent = m_connection->write(bytes.data(), size);
        if (sent <= 0) return fail(ErrorCode::Network, "cut while sending");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Status TestHttpClient::fill() {
    if (!m_connection) return fail(ErrorCode::Network, "not connected");
    std::string part(1U << 16U, '\0');
    const auto got = m_connection->read(part.data(), static_cast<int>(part.size()));
    if (got <= 0) return fail(ErrorCode::Network, got == 0 ? "ended" : "cut or timed out");
    m_buffer.append(part, 0, static_cast<std::size_t>(got));
    return {};
}

bool TestHttpClient::endedByServer() {
    if (!m_connection) return true;
    for (;;) {
        char byte = 0;
        errno = 0;
        const auto got = m_connection->read(&byte, 1);
        if (got > 0) continue;
        return !(errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

Result<TestResponse> TestHttpClient::readResponse(bool head) {
    std::size_t end = 0;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) TRY(fill());
    TestResponse response;
    const auto lines = split(m_buffer.substr(0, end), '\n');
    response.status = static_cast<int>(number(std::string_view(lines[0]).substr(9, 3), 10));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].find(':');
        if (colon == std::string::npos) return fail(ErrorCode::BadInput, "a header without a colon");
        response.headers.emplace_back(lines[i].substr(0, colon), trim(std::string_view(lines[i]).substr(colon + 1)));
    }
    m_buffer.erase(0, end + 4);
    if (head || response.status < 200 || response.status == 204 || response.status == 304) return response;

    const auto take = [&](std::size_t size) -> Status {
        while (m_buffer.size() < size) TRY(fill());
        response.body.append(m_buffer, 0, size);
        m_buffer.erase(0, size);
        return {};
    };
    if (sameName(response.header("Transfer-Encoding"), "chunked")) {
        for (;;) {
            std::size_t line = 0;
            while ((line = m_buffer.find("\r\n")) == std::string::npos) TRY(fill());
            const auto size = number(std::string_view(m_buffer).substr(0, line), 16);
            m_buffer.erase(0, line + 2);
            TRY(take(size));
            while (m_buffer.size() < 2) TRY(fill());
            m_buffer.erase(0, 2);
            if (size == 0) break;
        }
    } else {
        TRY(take(number(response.header("Content-Length"), 10)));
    }
    if (sameName(response.header("Connection"), "close")) close();
    return response;
}

Result<TestResponse> TestHttpClient::request(std::string_view method, std::string_view target, std::string_view body,
                                             const Headers& headers) {
    if (!m_connection) TRY(connect());
    std::string text =
        std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: " + m_options.host + "\r\n";
    for (const auto& [key, value] : headers) text += key + ": " + value + "\r\n";
    if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    text += "\r\n";
    text += body;
    auto response = send(text).and_then([&] { return readResponse(method == "HEAD"); });
    if (!response) close();  // so that the next request begins afresh
    return response;
}

std::string TestHttpClient::tlsVersion() const {
    return m_connection && m_connection->ssl != nullptr ? SSL_get_version(m_connection->ssl) : "";
}

std::string TestHttpClient::alpnChosen() const {
    const unsigned char* data = nullptr;
    unsigned size = 0;
    if (m_connection && m_connection->ssl != nullptr) SSL_get0_alpn_selected(m_connection->ssl, &data, &size);
    return {reinterpret_cast<const char*>(data), size};
}

std::string TestHttpClient::peerCertificatePem() const {
    if (!m_connection || m_connection->ssl == nullptr) return {};
    BIO* const bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, SSL_get0_peer_certificate(m_connection->ssl));
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string out(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return out;
}

}  // namespace fieldclaim::test
