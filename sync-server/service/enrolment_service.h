#pragma once

#include <string>

#include "shared/wire/protocol.h"
#include "sync-server/storage/ledger_store.h"

namespace fieldclaim::server {

/// Makes and takes enrolment codes (architecture, part 7): 60 bits of secret, of which the first 20 find the code and
/// the rest prove it. A code lives 24 hours, serves once and dies after 5 wrong tries. Safe from any thread.
class EnrolmentService {
public:
    EnrolmentService(LedgerStore& store, const Hash& ca_key_hash, const Hash& recovery_key, const Clock& clock,
                     Random& random)
        : m_store(store), m_ca_key_hash(ca_key_hash), m_recovery_key(recovery_key), m_clock(clock), m_random(random) {}

    /// The code's text, shown once.
    Result<std::string> makeCode(const std::string& site);
    /// BadCode for one that is wrong, used, dead or out of time, without saying which; BadSignature when the tablet
    /// does not hold the key it names. The same tablet asking again after a lost reply gets the same answer.
    Result<EnrolReply> enrol(const EnrolRequest& request);

private:
    LedgerStore& m_store;
    Hash m_ca_key_hash;
    Hash m_recovery_key;
    const Clock& m_clock;
    Random& m_random;
};

/// Officers of a site as tablets know them.
Result<std::vector<OfficerInfo>> officersOf(const LedgerSnapshot& now, const std::string& site);

constexpr std::int64_t kEnrolmentCodeMs = 24LL * 3600 * 1000;

}  // namespace fieldclaim::server
