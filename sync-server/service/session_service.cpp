#include "sync-server/service/session_service.h"

#include <algorithm>

#include "shared/domain/records.h"
#include "shared/wire/cbor.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/one_time_code.h"
#include "sync-server/service/tablet_scopes.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMacBytes = 32;
constexpr std::size_t kChanceBytes = 16;
constexpr std::size_t kNonceBytes = 8 + kChanceBytes + kMacBytes;
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kMostRegistrations = 16;

Hash nonceMac(const Hash& secret, const Uuid& device, ByteView head) {
    return hmacSha256(secret, encodeCbor(Value::List{"fieldclaim/nonce/1", device.bytes, head}));
}

/// The key signed what `messageFor` makes of one of the authorities' key hashes.
template <typename MessageFor>
bool signedForUs(const std::vector<Hash>& ca_key_hashes, const Hash& key, ByteView signature, MessageFor messageFor) {
    return std::ranges::any_of(
        ca_key_hashes, [&](const Hash& ca_key_hash) { return verifyEd25519(key, messageFor(ca_key_hash), signature); });
}

}  // namespace

SessionService::SessionService(LedgerStore& store, const ServerKeys& keys, const Clock& clock, Random& random)
    : m_store(store),
      m_secret(keys.session_secret),
      m_ca_key_hashes(keys.ca_key_hashes),
      m_clock(clock),
      m_random(random) {}

// Time is by uptime: a server whose wall clock is put right must not end every nonce. The secret is the server's, and a
// nonce of an earlier start has another start's uptime at worst two minutes ahead: it is refused as from the future.
Bytes SessionService::makeNonce(const Uuid& device) {
    Bytes nonce(8 + kChanceBytes);
    const auto now = static_cast<std::uint64_t>(m_clock.uptimeMs());
    for (std::size_t i = 0; i < 8; ++i) nonce[i] = static_cast<std::uint8_t>(now >> (8 * (7 - i)));
    m_random.fill(nonce.data() + 8, kChanceBytes);
    const auto mac = nonceMac(m_secret, device, nonce);
    nonce.insert(nonce.end(), mac.begin(), mac.end());
    return nonce;
}

Status SessionService::spendNonce(const Uuid& device, ByteView nonce) {
    if (nonce.size() != kNonceBytes) return fail(ErrorCode::NotSignedIn, "not a nonce of this server");
    const auto head = nonce.first(8 + kChanceBytes);
    if (!equalConstantTime(nonceMac(m_secret, device, head), nonce.last(kMacBytes))) {
        return fail(ErrorCode::NotSignedIn, "not a nonce of this server");
    }
    std::uint64_t made = 0;
    for (std::size_t i = 0; i < 8; ++i) made = (made << 8U) | nonce[i];
    const auto now = m_clock.uptimeMs();
    const auto age = now - static_cast<std::int64_t>(made);
    if (age < 0 || age > kNonceMs) return fail(ErrorCode::NotSignedIn, "the nonce is out of time");
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_spent, [now](const auto& spent) { return spent.second < now; });
    if (!m_spent.emplace(toBytes(nonce), now + kNonceMs).second) {
        return fail(ErrorCode::NotSignedIn, "the nonce was used");
    }
    return {};
}

Error SessionService::unknownDevice(const Uuid& device) {
    const auto now = m_clock.wallMs();
    const auto noted = m_store.write([&](LedgerTransaction& tx) -> Result<bool> {
        ASSIGN(const auto restored, tx.durability().restored());
        if (!restored || restored->with_journal) return false;
        TRY(tx.durability().noteUnknownDevice(device, now));
        return true;
    });
    if (!noted) return noted.error();
    if (!*noted) return {ErrorCode::NotAllowed, "this tablet is not enrolled here"};
    return {ErrorCode::NotAllowed,
            "This server was restored from a backup and does not know this tablet. Its work is safe on it: do not wipe "
            "it. The back office has been told."};
}

Result<SessionReply> SessionService::open(const SessionRequest& request) {
    SessionReply reply;
    if (request.nonce.empty()) {
        reply.nonce = makeNonce(request.device);
        return reply;
    }
    if (request.authors.size() > kMostRegistrations) return fail(ErrorCode::TooLarge, "more than 16 registrations");
    ASSIGN(const auto device,
           m_store.read([&](const LedgerSnapshot& now) { return now.directory().device(request.device); }));
    if (!device) return tl::unexpected<Error>(unknownDevice(request.device));
    const auto ours = [&](const Hash& ca_key_hash) {
        return sessionMessage(request.device, request.nonce, ca_key_hash);
    };
    if (!signedForUs(m_ca_key_hashes, device->key, request.signature, ours)) {
        return fail(ErrorCode::BadSignature, "the tablet's key did not sign the nonce");
    }
    TRY(spendNonce(request.device, request.nonce));
    ASSIGN(const bool from_store, provesStore(*device, request));
    // A tablet of an earlier version of the app has no key in its vault until its first session with this one.
    const bool device_only = !from_store && (device->store_key.has_value() || device->wiped_ms != 0);
    if (device->wiped_ms != 0 && !device_only) return fail(ErrorCode::NotAllowed, "this tablet was wiped");
    if (device_only && !request.authors.empty())
        return fail(ErrorCode::NotAllowed, "a device session registers no officer");

    for (const auto& registration : request.authors) {
        ASSIGN(auto reason, registerAuthor(*device, registration, request.nonce));
        if (!reason.empty()) reply.refused.emplace(registration.author.text(), std::move(reason));
    }

    Bytes token(kTokenBytes);
    m_random.fill(token.data(), token.size());
    reply.token = toBase64Url(token);
    reply.lasts_ms = kSessionMs;
    const auto now = m_clock.uptimeMs();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_tokens, [now](const auto& entry) { return entry.second.ends_ms <= now; });
    m_tokens.emplace(reply.token, Token{request.device, now + kSessionMs, device_only});
    return reply;
}

Result<Session> SessionService::check(std::string_view token) const {
    Uuid id;
    bool device_only = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_tokens.find(token);
        if (found == m_tokens.end() || found->second.ends_ms <= m_clock.uptimeMs()) return fail(ErrorCode::NotSignedIn);
        id = found->second.device;
        device_only = found->second.device_only;
    }
    ASSIGN(const auto device, m_store.read([&](const LedgerSnapshot& now) { return now.directory().device(id); }));
    if (!device) return fail(ErrorCode::NotSignedIn);
    Session session{id, device->site, {}, device->revoked_ms != 0, device_only};
    if (session.revoked || device_only) return session;
    ASSIGN(session.scopes, m_store.read([&](const LedgerSnapshot& now) { return scopesOf(now, *device); }));
    return session;
}

Result<bool> SessionService::provesStore(const DeviceRow& device, const SessionRequest& request) {
    if (!request.store_key) return false;
    const auto ours = [&](const Hash& ca_key_hash) { return storeMessage(request.device, request.nonce, ca_key_hash); };
    if (!signedForUs(m_ca_key_hashes, *request.store_key, request.store_signature, ours))
        return fail(ErrorCode::BadSignature, "the key in the tablet's vault did not sign the nonce");
    if (device.store_key) {
        if (*device.store_key == *request.store_key) return true;
        return fail(ErrorCode::BadSignature, "another key lies in the vault of this tablet");
    }
    const Status kept = m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(auto row, tx.directory().device(device.id));
        if (!row) return fail(ErrorCode::NotSignedIn);
        if (row->store_key && *row->store_key != *request.store_key)
            return fail(ErrorCode::BadSignature, "another key lies in the vault of this tablet");
        row->store_key = request.store_key;
        TRY(tx.directory().putDevice(*row));
        return audit(tx, m_clock.wallMs(), auditName("device", device.id), "store-key-registered");
    });
    TRY(kept);
    return true;
}

Result<std::string> SessionService::registerAuthor(const DeviceRow& device, const AuthorRegistration& registration,
                                                   ByteView nonce) {
    const auto ours = [&](const Hash& ca_key_hash) {
        return authorMessage(registration.author, registration.officer, nonce, ca_key_hash);
    };
    if (!signedForUs(m_ca_key_hashes, registration.author_key, registration.signature, ours)) {
        return std::string("The officer's key did not sign this registration.");
    }
    // A wrong try is written, so the job must not fail: its outcome is the reason.
    return m_store.write([&](LedgerTransaction& tx) -> Result<std::string> {
        const auto now = m_clock.wallMs();
        ASSIGN(const auto known, tx.directory().author(registration.author));
        if (known) {
            // Asked again after a lost reply: the same answer.
            const bool same = known->key == registration.author_key && known->officer == registration.officer &&
                              known->device == device.id;
            return same ? std::string() : std::string("This registration is taken by another key.");
        }
        if (device.revoked_ms != 0) return std::string("This tablet was revoked. Ask a supervisor.");
        ASSIGN(auto officer, tx.directory().officer(registration.officer));
        if (!officer || officer->site != device.site)
            return std::string("This officer does not belong to this tablet's site.");
        if (!officer->code_hash || officer->code_expires_ms <= now) {
            return std::string("The one-time code is used or out of time. Ask the back office for a new one.");
        }
        if (!equalConstantTime(*officer->code_hash, oneTimeCodeHash(officer->id, registration.code))) {
            if (++officer->code_tries >= kMaxCodeTries) officer->code_hash.reset();
            TRY(tx.directory().putOfficer(*officer));
            return std::string("The one-time code is not right. Check it and try again.");
        }
        officer->code_hash.reset();
        officer->code_tries = 0;
        TRY(tx.directory().putOfficer(*officer));
        TRY(tx.directory().addAuthor({registration.author, officer->id, device.id, registration.author_key, now}));
        TRY(noteScopeGained(tx, device.id, scopeOfOfficer(officer->id)));
        TRY(audit(tx, now, auditName("device", device.id), "author-registered", {}, officer->id.text()));
        return std::string();
    });
}

}  // namespace fieldclaim::server
