#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "shared/wire/protocol.h"
#include "sync-server/service/server_keys.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Who asks. Looked up afresh for each request, so that a revocation counts at once.
struct Session {
    Uuid device;
    std::string site;
    std::vector<std::string> scopes;  ///< empty for a revoked device
    /// It may still push (its work goes to quarantine) and be told to wipe, and read nothing (hazard H25).
    bool revoked = false;
    /// The tablet proved its own key and nothing that lies in its vault: good for orders alone (hazard H54).
    bool device_only = false;
};

/// Sessions (architecture, part 7). A nonce is an HMAC over time, device and chance, so that the server keeps nothing
/// for those who only ask; it lives 2 minutes and opens one session. Tokens live in memory: after a restart a tablet
/// signs in again. Safe from any thread.
class SessionService {
public:
    SessionService(LedgerStore& store, const ServerKeys& keys, const Clock& clock, Random& random);

    /// First call (empty nonce): a nonce. Second: the token, and authors registered. NotSignedIn for a nonce that is
    /// not ours, is old or was used; BadSignature when the device's key did not sign it. An unknown device gets a nonce
    /// too. Without the signature of the key in its vault a tablet gets a device session; the first session with one
    /// registers that key. NotAllowed for a tablet that was wiped and asks for more than a device session.
    Result<SessionReply> open(const SessionRequest& request);
    /// NotSignedIn when the token is unknown or its time is over.
    Result<Session> check(std::string_view token) const;
    /// The registration of an officer's key, signed over `nonce`: in a session, or in an export that is brought in. The
    /// reason why not, or empty.
    Result<std::string> registerAuthor(const DeviceRow& device, const AuthorRegistration& registration, ByteView nonce);
    /// SHA-256 of the present authority's public key: what tablets that are enrolled now pin and sign.
    const Hash& caKeyHash() const { return m_ca_key_hashes.front(); }

private:
    /// Why a device that is not known is refused; after a restore without a journal it is noted for a person.
    Error unknownDevice(const Uuid& device);
    Bytes makeNonce(const Uuid& device);
    Status spendNonce(const Uuid& device, ByteView nonce);
    /// Whether the vault's key signed; registers it when the tablet has none.
    Result<bool> provesStore(const DeviceRow& device, const SessionRequest& request);

    struct Token {
        Uuid device;
        std::int64_t ends_ms = 0;
        bool device_only = false;
    };
    LedgerStore& m_store;
    Hash m_secret;
    /// A tablet signs under the authority that it pins, which may be the next or the one before.
    std::vector<Hash> m_ca_key_hashes;
    const Clock& m_clock;
    Random& m_random;
    mutable std::mutex m_mutex;
    std::map<std::string, Token, std::less<>> m_tokens;
    std::map<Bytes, std::int64_t> m_spent;  ///< nonces used -> when they would have ended
};

constexpr std::int64_t kNonceMs = std::int64_t{2} * 60 * 1000;

}  // namespace fieldclaim::server
