#include "shared/crypto/checksum.h"

#include <openssl/evp.h>

#include "shared/base/result.h"

namespace fieldclaim {
namespace {

EVP_MD_CTX* asContext(void* context) { return static_cast<EVP_MD_CTX*>(context); }

}  // namespace

std::optional<Checksum::Kind> Checksum::kindOf(std::string_view name) {
    if (name == "sha1") return Kind::Sha1;
    if (name == "sha256") return Kind::Sha256;
    return std::nullopt;
}

Checksum::Checksum(Kind kind) : m_context(EVP_MD_CTX_new()) {
    ENSURE(m_context != nullptr);
    ENSURE(EVP_DigestInit_ex(asContext(m_context), kind == Kind::Sha1 ? EVP_sha1() : EVP_sha256(), nullptr) == 1);
}
Checksum::~Checksum() { EVP_MD_CTX_free(asContext(m_context)); }

void Checksum::update(ByteView data) { ENSURE(EVP_DigestUpdate(asContext(m_context), data.data(), data.size()) == 1); }

Bytes Checksum::finish() {
    Bytes out(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    ENSURE(EVP_DigestFinal_ex(asContext(m_context), out.data(), &size) == 1);
    out.resize(size);
    return out;
}

}  // namespace fieldclaim
