#pragma once

#include <cstdint>
#include <string>

#include "mobile/viewmodels/tablet_session.h"
#include "tests/support/session/session_kit.h"
#include "tests/support/vault/vault_kit.h"

namespace fieldclaim::bench {

/// A tablet in the middle of its life: a vault with real scrypt and so many whole claims of people of their own, which
/// a colleague took and the ledger brought, 40 of its own that are not sent, and six appointments. Nothing happens
/// where there is one already. Moves the clock.
void makeDayVault(const std::string& folder, std::int64_t claims, tablet::SetClock& clock, Random& random);

/// A session over that vault with nobody on the other side, and its officer's way in and out. GUI thread.
class DaySession {
public:
    DaySession(const std::string& folder, tablet::SetClock& clock, Random& random);

    tablet::TabletSession& operator*() { return *m_session; }
    tablet::TabletSession* operator->() { return m_session.get(); }
    /// Until Today is filled.
    void unlock();
    void lock();
    bool isReading();

private:
    tablet::FakeEnrolment m_enrolment;
    std::unique_ptr<tablet::TabletSession> m_session;
};

/// MiB, of this process: "VmRSS", "VmHWM".
double memoryMiB(const std::string& what);
/// MiB of the files in a folder.
double sizeMiB(const std::string& folder);

}  // namespace fieldclaim::bench
