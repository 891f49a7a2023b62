#include "shared/crypto/certificates.h"
#include "shared/wire/map_reader.h"

// Enrolment, sessions and hello.
namespace fieldclaim {
namespace {

constexpr std::size_t kSignatureBytes = 64;  // Ed25519
constexpr std::size_t kMostCertificateBytes = 4'096;

Value encodeHead(const Head& head) {
    return Value::List{head.author.bytes, std::int64_t{head.incarnation}, natural(head.counter), head.hash};
}

Result<Head> decodeHead(const Value& value) {
    ListReader in(value, "head", 4);
    Head head;
    head.author.bytes = in.array<16>();
    const auto incarnation = in.natural();
    head.counter = in.natural();
    head.hash = in.array<32>();
    TRY(in.finish());
    if (incarnation > UINT32_MAX) return fail(ErrorCode::BadInput, "head: incarnation out of range");
    head.incarnation = static_cast<std::uint32_t>(incarnation);
    return head;
}

Value encodeOfficer(const OfficerInfo& officer) {
    return Value::List{officer.id.bytes, officer.name, officer.role, officer.site};
}

Result<OfficerInfo> decodeOfficer(const Value& value) {
    ListReader in(value, "officer", 4);
    OfficerInfo officer;
    officer.id.bytes = in.array<16>();
    officer.name = in.text();
    officer.role = in.text();
    officer.site = in.text();
    TRY(in.finish());
    return officer;
}

Value encodePackInfo(const PackInfo& pack) { return Value::List{pack.id, pack.version, pack.digest}; }

Result<PackInfo> decodePackInfo(const Value& value) {
    ListReader in(value, "pack", 3);
    PackInfo pack;
    pack.id = in.text();
    pack.version = in.text();
    pack.digest = in.array<32>();
    TRY(in.finish());
    return pack;
}

/// Beside `packs`, whose shape is fixed: an older tablet passes an unknown key over.
Status decodePackSignatures(const Value::List& signatures, std::vector<PackInfo>& packs) {
    if (signatures.size() != packs.size())
        return fail(ErrorCode::BadInput, "hello.pack_signatures: another number than packs");
    for (std::size_t i = 0; i < packs.size(); ++i) {
        const auto* const bytes = signatures[i].bytes();
        if (bytes == nullptr || (!bytes->empty() && bytes->size() != kSignatureBytes))
            return fail(ErrorCode::BadInput, "hello.pack_signatures: not a signature");
        packs[i].signature = *bytes;
    }
    return {};
}

Value encodeVouchedKey(const VouchedKey& vouched) { return Value::List{vouched.key, vouched.signature}; }

Result<VouchedKey> decodeVouchedKey(const Value& value) {
    ListReader in(value, "hello.packs_key", 2);
    VouchedKey out;
    out.key = in.array<32>();
    out.signature = in.bytes();
    TRY(in.finish());
    if (out.signature.empty() || out.signature.size() > kMostAuthoritySignature)
        return fail(ErrorCode::BadInput, "hello.packs_key: not a signature of an authority");
    return out;
}

Value encodeVouchedAuthority(const VouchedAuthority& vouched) {
    return Value::List{vouched.certificate_pem, vouched.signature};
}

Result<VouchedAuthority> decodeVouchedAuthority(const Value& value) {
    ListReader in(value, "hello.next_authority", 2);
    VouchedAuthority out;
    out.certificate_pem = in.text();
    out.signature = in.bytes();
    TRY(in.finish());
    if (out.certificate_pem.empty() || out.certificate_pem.size() > kMostCertificateBytes)
        return fail(ErrorCode::BadInput, "hello.next_authority: not a certificate");
    if (out.signature.empty() || out.signature.size() > kMostAuthoritySignature)
        return fail(ErrorCode::BadInput, "hello.next_authority: not a signature of an authority");
    return out;
}

Result<std::string> decodeText(const Value& value) {
    if (value.text() == nullptr) return fail(ErrorCode::BadInput, "not a text");
    return *value.text();
}

Value encodeRegistration(const AuthorRegistration& author) {
    return Value::List{author.author.bytes, author.officer.bytes, author.code, author.author_key, author.signature};
}

Result<AuthorRegistration> decodeRegistration(const Value& value) {
    ListReader in(value, "author", 5);
    AuthorRegistration author;
    author.author.bytes = in.array<16>();
    author.officer.bytes = in.array<16>();
    author.code = in.text();
    author.author_key = in.array<32>();
    author.signature = in.bytes();
    TRY(in.finish());
    return author;
}

}  // namespace

Bytes packMessage(const PackInfo& pack) {
    return encodeCbor(Value::List{"fieldclaim/pack/1", pack.id, pack.version, pack.digest});
}
Bytes packsKeyMessage(const Hash& key) { return encodeCbor(Value::List{"fieldclaim/packs-key/1", key}); }

Bytes nextAuthorityMessage(std::string_view certificate_pem) {
    return encodeCbor(Value::List{"fieldclaim/next-authority/1", std::string(certificate_pem)});
}

Bytes enrolMessage(ByteView secret, const Hash& device_key) {
    return encodeCbor(Value::List{"fieldclaim/enrol/1", secret, device_key});
}
Bytes sessionMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/session/1", device.bytes, nonce, ca_key_hash});
}
Bytes storeMessage(const Uuid& device, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/store/1", device.bytes, nonce, ca_key_hash});
}

Bytes authorMessage(const Uuid& author, const Uuid& officer, ByteView nonce, const Hash& ca_key_hash) {
    return encodeCbor(Value::List{"fieldclaim/author/1", author.bytes, officer.bytes, nonce, ca_key_hash});
}

Bytes encode(const EnrolRequest& m) {
    return encodeCbor(
        Value::Map{{"secret", m.secret}, {"device_key", m.device_key}, {"name", m.device_name}, {"proof", m.proof}});
}
template <>
Result<EnrolRequest> decode<EnrolRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "enrol");
    EnrolRequest m;
    m.secret = in.bytes("secret");
    m.device_key = in.array<32>("device_key");
    m.device_name = in.text("name", 200);
    m.proof = in.bytes("proof");
    TRY(in.finish());
    return m;
}

Bytes encode(const EnrolReply& m) {
    Value::Map map{{"device", m.device.bytes},
                   {"site", m.site},
                   {"site_name", m.site_name},
                   {"officers", listOf(m.officers, encodeOfficer)}};
    if (m.recovery_key) map.emplace("recovery_key", *m.recovery_key);
    return encodeCbor(map);
}
template <>
Result<EnrolReply> decode<EnrolReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "enrolled");
    EnrolReply m;
    m.device = in.uuid("device");
    m.site = in.text("site");
    m.site_name = in.text("site_name");
    m.officers = in.listOf<OfficerInfo>("officers", decodeOfficer);
    m.recovery_key = in.optionalHash("recovery_key");
    TRY(in.finish());
    return m;
}

Bytes encode(const SessionRequest& m) {
    Value::Map map{{"device", m.device.bytes},
                   {"nonce", m.nonce},
                   {"signature", m.signature},
                   {"authors", listOf(m.authors, encodeRegistration)}};
    if (m.store_key) {
        map.emplace("store_key", *m.store_key);
        map.emplace("store_signature", m.store_signature);
    }
    return encodeCbor(map);
}
template <>
Result<SessionRequest> decode<SessionRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "session");
    SessionRequest m;
    m.device = in.uuid("device");
    m.nonce = in.bytes("nonce");
    m.signature = in.bytes("signature");
    m.authors = in.listOf<AuthorRegistration>("authors", decodeRegistration);
    m.store_key = in.optionalHash("store_key");
    if (m.store_key) m.store_signature = in.bytes("store_signature");
    TRY(in.finish());
    return m;
}

Bytes encode(const SessionReply& m) {
    Value::Map refused;
    for (const auto& [author, reason] : m.refused) refused.emplace(author, reason);
    return encodeCbor(
        Value::Map{{"nonce", m.nonce}, {"token", m.token}, {"lasts_ms", m.lasts_ms}, {"refused", std::move(refused)}});
}
template <>
Result<SessionReply> decode<SessionReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "session");
    SessionReply m;
    m.nonce = in.bytes("nonce");
    m.token = in.text("token");
    m.lasts_ms = in.integer("lasts_ms");
    for (const auto& [author, reason] : in.map("refused")) {
        ASSIGN(m.refused[author], decodeText(reason));
    }
    TRY(in.finish());
    return m;
}

Value encodeView(const ClaimView& view) { return Value::List{view.officer.bytes, view.claim, view.at_ms}; }
Result<ClaimView> decodeView(const Value& value) {
    ListReader in(value, "view", 3);
    ClaimView out;
    out.officer.bytes = in.array<16>();
    out.claim = in.text();
    out.at_ms = in.integer();
    TRY(in.finish());
    return out;
}

Bytes encode(const HelloRequest& m) {
    Value::Map map{{"protocol", m.protocol},
                   {"app", m.app},
                   {"epoch", m.epoch.bytes},
                   {"heads", listOf(m.heads, encodeHead)},
                   {"cursors", encodeCursors(m.cursors)},
                   {"pending", natural(m.pending)}};
    if (!m.views.empty()) map.emplace("views", listOf(m.views, encodeView));
    return encodeCbor(map);
}
template <>
Result<HelloRequest> decode<HelloRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "hello");
    HelloRequest m;
    m.protocol = static_cast<int>(in.integer("protocol"));
    m.app = in.text("app", 200);
    m.epoch = in.uuid("epoch");
    m.heads = in.listOf<Head>("heads", decodeHead);
    const auto& cursors = in.map("cursors");
    m.pending = in.natural("pending");
    if (in.has("views")) m.views = in.listOf<ClaimView>("views", decodeView);
    TRY(in.finish());
    ASSIGN(m.cursors, decodeCursors(cursors));
    return m;
}

Bytes encode(const HelloReply& m) {
    Value::Map map{{"protocol", m.protocol},
                   {"epoch", m.epoch.bytes},
                   {"time", m.server_time},
                   {"author", m.server_author.bytes},
                   {"received", listOf(m.received, encodeHead)},
                   {"durable", listOf(m.durable, encodeHead)},
                   {"scopes", listOf(m.scopes, [](const std::string& scope) { return Value(scope); })},
                   {"packs", listOf(m.packs, encodePackInfo)},
                   {"officers", listOf(m.officers, encodeOfficer)},
                   {"orders", listOf(m.orders, [](const std::string& order) { return Value(order); })},
                   {"max_push_bytes", natural(m.max_push_bytes)},
                   {"least_protocol", m.least_protocol},
                   {"most_protocol", m.most_protocol}};
    if (m.recovery_key) map.emplace("recovery_key", *m.recovery_key);
    if (m.views_noted > 0) map.emplace("views_noted", natural(m.views_noted));
    if (m.next_authority) map.emplace("next_authority", encodeVouchedAuthority(*m.next_authority));
    if (m.packs_key) map.emplace("packs_key", encodeVouchedKey(*m.packs_key));
    if (std::ranges::any_of(m.packs, [](const PackInfo& pack) { return !pack.signature.empty(); }))
        map.emplace("pack_signatures", listOf(m.packs, [](const PackInfo& pack) { return Value(pack.signature); }));
    return encodeCbor(map);
}
template <>
Result<HelloReply> decode<HelloReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kMessageLimits));
    MapReader in(value, "hello");
    HelloReply m;
    m.protocol = static_cast<int>(in.integer("protocol"));
    m.epoch = in.uuid("epoch");
    m.server_time = in.integer("time");
    m.server_author = in.uuid("author");
    m.received = in.listOf<Head>("received", decodeHead);
    m.durable = in.listOf<Head>("durable", decodeHead);
    m.scopes = in.listOf<std::string>("scopes", decodeText);
    m.packs = in.listOf<PackInfo>("packs", decodePackInfo);
    m.officers = in.listOf<OfficerInfo>("officers", decodeOfficer);
    m.orders = in.listOf<std::string>("orders", decodeText);
    m.max_push_bytes = in.natural("max_push_bytes");
    m.least_protocol = static_cast<int>(in.integer("least_protocol"));
    m.most_protocol = static_cast<int>(in.integer("most_protocol"));
    m.recovery_key = in.optionalHash("recovery_key");
    if (in.has("views_noted")) m.views_noted = in.natural("views_noted");
    const auto* const signatures = in.has("pack_signatures") ? &in.list("pack_signatures") : nullptr;
    const auto* const packs_key = in.has("packs_key") ? &in.any("packs_key") : nullptr;
    const auto* const next_authority = in.has("next_authority") ? &in.any("next_authority") : nullptr;
    TRY(in.finish());
    if (next_authority != nullptr) {
        ASSIGN(m.next_authority, decodeVouchedAuthority(*next_authority));
    }
    if (signatures != nullptr) TRY(decodePackSignatures(*signatures, m.packs));
    if (packs_key != nullptr) {
        ASSIGN(m.packs_key, decodeVouchedKey(*packs_key));
    }
    return m;
}

}  // namespace fieldclaim
