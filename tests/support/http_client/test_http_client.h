#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace fieldclaim::test {

struct TestResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// The first with that name, in any case; "" when there is none.
    std::string_view header(std::string_view name) const;
};

/// A synchronous HTTP/1.1 client on loopback, for tests alone: plain, or TLS trusting one CA and nothing else. It can
/// also send any bytes at all, which is what a hostile or broken client does. Every call ends within the time-out with
/// ErrorCode::Network. One thread at a time. Connections are kept alive until close() or the server ends them.
class TestHttpClient {
public:
    struct Options {
        std::uint16_t port = 0;
        std::string ca_pem;              ///< empty: plain HTTP
        std::string host = "localhost";  ///< verified against the certificate; also the Host header
        std::vector<std::string> alpn = {"http/1.1"};
        int max_tls_version = 0;  ///< OpenSSL's TLS1_x_VERSION; 0: the newest
        std::chrono::milliseconds timeout{10'000};
        int receive_buffer = 0;  ///< bytes of the socket's buffer; 0: the system's
    };
    using Headers = std::vector<std::pair<std::string, std::string>>;

    explicit TestHttpClient(Options options);
    ~TestHttpClient();
    TestHttpClient(TestHttpClient&&) noexcept;
    TestHttpClient& operator=(TestHttpClient&&) noexcept;

    /// Untrusted when the server's certificate does not verify.
    Status connect();
    void close();
    bool connected() const;

    /// Connects if it must; sends; reads the response.
    Result<TestResponse> request(std::string_view method, std::string_view target, std::string_view body = {},
                                 const Headers& headers = {});
    Result<TestResponse> get(std::string_view target, const Headers& headers = {}) {
        return request("GET", target, {}, headers);
    }

    Status send(std::string_view bytes);
    /// Interim responses (100) are given too. `head`: the answer to a HEAD, which has no body.
    Result<TestResponse> readResponse(bool head = false);
    /// True when the server has ended the connection within the time-out.
    bool endedByServer();

    /// What was negotiated.
    std::string tlsVersion() const;
    std::string alpnChosen() const;
    std::string peerCertificatePem() const;

private:
    Status fill();

    struct Connection;
    Options m_options;
    std::unique_ptr<Connection> m_connection;
    std::string m_buffer;
};

}  // namespace fieldclaim::test
