#include "sync-server/http/tls.h"

#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <string>

namespace fieldclaim::server {
namespace {

constexpr unsigned char kProtocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned in_size,
                   void*) {
    // The library's type wants a mutable pointer, though it points into one of the two inputs, both constant.
    unsigned char* chosen = nullptr;
    const int found = SSL_select_next_proto(&chosen, out_size, kProtocols, sizeof kProtocols, in, in_size);
    *out = chosen;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

Result<std::shared_ptr<boost::asio::ssl::context>> makeTlsContext(const TlsIdentity& identity) {
    namespace ssl = boost::asio::ssl;
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const raw = context->native_handle();
    if (SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL") != 1) {
        return fail(ErrorCode::Internal, "this OpenSSL has no suitable TLS ciphers");
    }
    SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(raw, chooseProtocol, nullptr);

    boost::system::error_code error;
    context->use_certificate_chain(boost::asio::buffer(identity.certificate_pem), error);
    if (error) return fail(ErrorCode::BadInput, "the server's certificate is not PEM");
    // An encrypted key must be refused, not asked about on the terminal.
    context->set_password_callback([](auto, auto) { return std::string(); }, error);
    context->use_private_key(boost::asio::buffer(identity.key_pem), ssl::context::pem, error);
    if (error || SSL_CTX_check_private_key(raw) != 1) {
        return fail(ErrorCode::BadInput, "the private key is not PEM, or not the certificate's");
    }
    return context;
}

}  // namespace fieldclaim::server
