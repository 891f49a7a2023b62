#pragma once

#include <string>
#include <vector>

#include "shared/forms/form_pack.h"
#include "sync-server/service/claim_reviewer.h"
#include "sync-server/service/decision_service.h"

namespace fieldclaim::server {

/// What the back office sees of one change set that waits for a person: for a list, without any answer.
struct SetAsideLine {
    Hash hash{};
    std::string crn;
    std::string customer;  ///< as lists show them: the name, or empty while nothing of the claim is applied
    std::string officer;
    std::string tablet;
    bool tablet_revoked = false;
    std::int64_t at_ms = 0;  ///< when it came
    std::string reason;
    bool fork = false;
    bool parked = false;         ///< waits for what it builds on, for seven days already
    std::string only_refusable;  ///< why it can never be applied, or empty
    std::size_t changes = 0;     ///< edits in it; 0 when it cannot be read, or asks for a decision
};

/// One edit, or what is asked for, in words. Numbers that open doors elsewhere are masked.
struct SetAsideChange {
    std::string label;
    std::string value;  ///< "Taken away" for none
    std::string now;    ///< what stands at present, or empty
};

struct SetAsideView {
    SetAsideLine line;
    std::int64_t device_time = 0;  ///< when it was written, by the tablet
    std::vector<SetAsideChange> changes;
};

Result<SetAsideLine> readSetAsideLine(const LedgerSnapshot& now, const SetAsideCase& one);
Result<SetAsideView> readSetAsideView(const LedgerSnapshot& now, const SetAsideCase& one,
                                      const std::shared_ptr<const FormPack>& pack, Date today);

}  // namespace fieldclaim::server
