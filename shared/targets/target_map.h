#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/targets/transfer_subject.h"

namespace fieldclaim {

/// What is sent to a target: made once, kept, never made again.
struct TargetPayload {
    std::string bytes;
    std::string content_type;
    std::string content_hash;  ///< 64 hexadecimal digits; the target says them back when it accepts
    int field_count = 0;       ///< answers and other values in it; the target counts what it received
};

/// A reason for which the target would refuse, found while the customer is still there.
struct PreflightProblem {
    std::string code;      ///< as the target would say it: E1xx format, E2xx no match with its records (domain 7.2)
    std::string question;  ///< question to change: "surname"
    std::string message;   ///< English, for the officer, with what to do
};

/// What one kind of target takes and how. Pure: no clock, no I/O, same bytes for the same subject on tablet and server.
class TargetMap {
public:
    virtual ~TargetMap() = default;
    /// The target's own rules, in the order of the questions. They need no signature: run before it.
    virtual std::vector<PreflightProblem> preflight(const TransferSubject& subject) const = 0;
    /// BadInput when there is no seal, or a text is not well-formed UTF-8. Does not run preflight.
    virtual Result<TargetPayload> map(const TransferSubject& subject) const = 0;
};

/// The electronic push of domain 7.2. `system` is ISCS (Income Support) or JSAPS (Jobseeker's Allowance).
std::unique_ptr<TargetMap> makePushMap(std::string_view system);
/// The council's notice of domain 7.5, as JSON.
std::unique_ptr<TargetMap> makeNoticeMap();
/// "ISCS", "JSAPS" or "notice"; BadInput for another.
Result<std::unique_ptr<TargetMap>> makeTargetMap(std::string_view system);

}  // namespace fieldclaim
