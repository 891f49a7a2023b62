#include "tests/simulation/cheap_crypto.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>

#include "shared/crypto/certificates.h"
#include "shared/crypto/crypto.h"
#include "shared/packfiles/packfiles.h"

// The linker's --wrap sends calls of the product's functions here (CMakeLists.txt); "real" is the product's own.
namespace fieldclaim::sim {
namespace {

bool truly_signed = false;

Hash publicOf(const Hash& secret) { return sha256({asBytes("sim/public"), secret}); }

Bytes tagOf(const Hash& public_key, ByteView message) {
    const auto tag = sha256({asBytes("sim/signature"), public_key, message});
    Bytes out(tag.begin(), tag.end());
    out.insert(out.end(), tag.begin(), tag.end());
    return out;
}

}  // namespace

void signTruly(bool truly) { truly_signed = truly; }

Bytes realSign(const Hash& secret, ByteView message) asm(
    "__real__ZN10fieldclaim11signEd25519ERKSt5arrayIhLm32EESt4spanIKhLm18446744073709551615EE");
bool realVerify(const Hash& public_key, ByteView message, ByteView signature) asm(
    "__real__ZN10fieldclaim13verifyEd25519ERKSt5arrayIhLm32EESt4spanIKhLm18446744073709551615EES6_");
KeyPair realFromSecret(const Hash& secret) asm("__real__ZN10fieldclaim7KeyPair10fromSecretERKSt5arrayIhLm32EE");
Result<CertificateAuthority> realLoad(std::string_view certificate, std::string_view key) asm(
    "__real__ZN10fieldclaim20CertificateAuthority4loadESt17basic_string_viewIcSt11char_traitsIcEES4_");

Bytes sign(const Hash& secret, ByteView message) asm(
    "__wrap__ZN10fieldclaim11signEd25519ERKSt5arrayIhLm32EESt4spanIKhLm18446744073709551615EE");
bool verify(const Hash& public_key, ByteView message, ByteView signature) asm(
    "__wrap__ZN10fieldclaim13verifyEd25519ERKSt5arrayIhLm32EESt4spanIKhLm18446744073709551615EES6_");
KeyPair fromSecret(const Hash& secret) asm("__wrap__ZN10fieldclaim7KeyPair10fromSecretERKSt5arrayIhLm32EE");
KeyPair make(Random& random) asm("__wrap__ZN10fieldclaim7KeyPair4makeERNS_6RandomE");
Result<CertificateAuthority> load(std::string_view certificate, std::string_view key) asm(
    "__wrap__ZN10fieldclaim20CertificateAuthority4loadESt17basic_string_viewIcSt11char_traitsIcEES4_");
Result<PackFiles> readPacks(const std::filesystem::path& folder) asm(
    "__wrap__ZN10fieldclaim14readPackFolderERKNSt10filesystem7__cxx114pathE");
Result<PackFiles> realReadPacks(const std::filesystem::path& folder) asm(
    "__real__ZN10fieldclaim14readPackFolderERKNSt10filesystem7__cxx114pathE");
Bytes deflated(ByteView plain) asm("__wrap__ZN10fieldclaim12deflateBytesESt4spanIKhLm18446744073709551615EE");
Bytes realDeflate(ByteView plain) asm("__real__ZN10fieldclaim12deflateBytesESt4spanIKhLm18446744073709551615EE");

Bytes sign(const Hash& secret, ByteView message) {
    return truly_signed ? realSign(secret, message) : tagOf(publicOf(secret), message);
}

bool verify(const Hash& public_key, ByteView message, ByteView signature) {
    if (truly_signed) return realVerify(public_key, message, signature);
    return std::ranges::equal(signature, tagOf(public_key, message));
}

KeyPair fromSecret(const Hash& secret) {
    return truly_signed ? realFromSecret(secret) : KeyPair{secret, publicOf(secret)};
}

KeyPair make(Random& random) {
    Hash secret{};
    random.fill(secret.data(), secret.size());
    return fromSecret(secret);
}

/// A server that comes back after a crash reads the same authority again and again: reading its PEM is most of a start.
Result<CertificateAuthority> load(std::string_view certificate, std::string_view key) {
    static std::mutex mutex;
    static std::map<std::string, CertificateAuthority> known;
    const std::lock_guard lock(mutex);
    const auto name = std::string(certificate) + std::string(key);
    if (const auto found = known.find(name); found != known.end()) return found->second;
    auto out = realLoad(certificate, key);
    if (out) known.emplace(name, *out);
    return out;
}

/// The same for the form packs, which are read from their folders at each start.
Result<PackFiles> readPacks(const std::filesystem::path& folder) {
    static std::mutex mutex;
    static std::map<std::string, PackFiles> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(folder.string()); found != known.end()) return found->second;
    auto out = realReadPacks(folder);
    if (out) known.emplace(folder.string(), *out);
    return out;
}

/// What is small is put into one stored block (RFC 1950, 1951): a whole compressor is made anew for each message.
Bytes deflated(ByteView plain) {
    constexpr std::size_t kSmall = 4'096;
    if (plain.size() > kSmall) return realDeflate(plain);
    const auto size = static_cast<std::uint16_t>(plain.size());
    const auto low = [](unsigned value) { return static_cast<std::uint8_t>(value & 0xffU); };
    const unsigned other = 0xffffU ^ size;
    Bytes out{0x78, 0x01, 0x01, low(size), low(size >> 8U), low(other), low(other >> 8U)};
    out.insert(out.end(), plain.begin(), plain.end());
    const auto check = adler32(adler32(0, nullptr, 0), plain.data(), size);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) out.push_back(low(static_cast<unsigned>(check >> shift)));
    return out;
}

}  // namespace fieldclaim::sim
