#include "mobile/platform/enrolment.h"

#include <QSslCertificate>

#include "mobile/platform/http_client.h"
#include "shared/crypto/certificates.h"
#include "shared/wire/compression.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::int64_t kDeadlineMs = 30'000;
constexpr std::size_t kMostBytes = 1U << 20U;

tl::unexpected<Error> failureOf(const HttpOutcome& outcome) {
    if (outcome.status == 0) {
        return fail(outcome.failure == FailureKind::Untrusted ? ErrorCode::Untrusted : ErrorCode::Network,
                    outcome.detail);
    }
    switch (outcome.status) {
        case 403:
            return fail(ErrorCode::BadCode, "the server refused the code");
        case 429:
            return fail(ErrorCode::TooManyTries, "the server asks to wait");
        case 503:
            return fail(ErrorCode::Busy, "the server is busy");
        default:
            return fail(ErrorCode::Network, "the server answered " + std::to_string(outcome.status));
    }
}

/// The one certificate of the text, when its key is the one that the code names. Anyone may have answered: what is
/// pinned is what was compared, and nothing that stood beside it.
Result<std::string> authorityIn(ByteView text, ByteView key_hash) {
    const auto certificates = QSslCertificate::fromData(
        QByteArray(reinterpret_cast<const char*>(text.data()), static_cast<qsizetype>(text.size())), QSsl::Pem);
    if (certificates.size() != 1) return fail(ErrorCode::Untrusted, "what answered gives no certificate authority");
    auto pem = certificates.front().toPem().toStdString();
    const auto hash = sha256OfPublicKey(pem);
    if (!hash || !equalConstantTime(ByteView(*hash).first(key_hash.size()), key_hash))
        return fail(ErrorCode::Untrusted, "this server is not the one that made the code");
    return pem;
}

}  // namespace

Result<DeviceSetup> enrol(const std::string& folder, const std::string& server_url, const std::string& code,
                          const std::string& device_name, Random& random) {
    if (!server_url.starts_with("https://"))
        return fail(ErrorCode::BadInput, "the server's address begins with https://");
    ASSIGN(const auto parsed, EnrolmentCode::parse(code));

    HttpClient anyone(server_url, {});
    const auto ca = sendAndWait(anyone, {1, "GET", "/v1/ca", {}, {}, kDeadlineMs, kMostBytes});
    if (ca.status != 200) return failureOf(ca);
    ASSIGN(const auto pem, authorityIn(ca.body, parsed.ca_key_hash));

    ASSIGN(const auto device_key, DeviceKey::loadOrMake(folder, random));
    EnrolRequest request;
    request.secret = parsed.secret;
    request.device_key = device_key.pair().public_key;
    request.device_name = device_name;
    request.proof = signEd25519(device_key.pair().secret, enrolMessage(parsed.secret, request.device_key));
    HttpClient pinned(server_url, pem);
    const auto reply = sendAndWait(pinned, {1,
                                            "POST",
                                            "/v1/devices",
                                            {{"Content-Type", std::string(kCborType)}},
                                            encode(request),
                                            kDeadlineMs,
                                            kMostBytes});
    if (reply.status < 200 || reply.status >= 300) return failureOf(reply);
    auto enrolled = decode<EnrolReply>(reply.body);
    if (!enrolled) return fail(ErrorCode::Network, "the reply is no enrolment: " + enrolled.error().detail);
    return DeviceSetup{server_url,
                       pem,
                       enrolled->device,
                       enrolled->site,
                       enrolled->site_name,
                       std::move(enrolled->officers),
                       enrolled->recovery_key};
}

}  // namespace fieldclaim::tablet
