#include "sync-server/service/enrolment_service.h"

#include "sync-server/service/audit.h"
#include "sync-server/service/one_time_code.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kSecretBytes = 8;

std::uint32_t lookupOf(ByteView secret) {
    return (static_cast<std::uint32_t>(secret[0]) << 16U) | (static_cast<std::uint32_t>(secret[1]) << 8U) | secret[2];
}

Hash secretHash(ByteView secret) { return sha256({asBytes("fieldclaim/enrolment-secret/1"), secret}); }

}  // namespace

Result<std::vector<OfficerInfo>> officersOf(const LedgerSnapshot& now, const std::string& site) {
    ASSIGN(const auto rows, now.directory().officers(site));
    std::vector<OfficerInfo> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back({row.id, row.name, row.role, row.site});
    return out;
}

Result<std::string> EnrolmentService::makeCode(const std::string& site) {
    return m_store.write([&](LedgerTransaction& tx) -> Result<std::string> {
        ASSIGN(const auto found, tx.directory().site(site));
        if (!found) return fail(ErrorCode::NotFound, "no site of that id: add it first");
        const auto now = m_clock.wallMs();
        // Two live codes must not share the part that finds them; of a million, a few dozen are live.
        for (int i = 0; i < 100; ++i) {
            const auto code = EnrolmentCode::make(m_ca_key_hash, m_random);
            ASSIGN(const auto taken, tx.directory().enrolmentCode(lookupOf(code.secret)));
            if (taken && taken->expires_ms > now) continue;
            TRY(tx.directory().putEnrolmentCode(
                {lookupOf(code.secret), secretHash(code.secret), site, now + kEnrolmentCodeMs, 0, 0, std::nullopt}));
            TRY(audit(tx, now, "operator", "enrolment-code-made", {}, site));
            return code.text();
        }
        return fail(ErrorCode::Busy, "too many enrolment codes are live");
    });
}

Result<EnrolReply> EnrolmentService::enrol(const EnrolRequest& request) {
    if (request.secret.size() != kSecretBytes) return fail(ErrorCode::BadInput, "an enrolment secret has 8 bytes");
    if (!verifyEd25519(request.device_key, enrolMessage(request.secret, request.device_key), request.proof)) {
        return fail(ErrorCode::BadSignature, "the tablet did not prove that it holds its key");
    }
    const auto device = Uuid::make(m_clock, m_random);
    // A wrong try is written, so the job must not fail: its outcome is a value.
    using Outcome = tl::expected<EnrolReply, Error>;
    auto outcome = m_store.write([&](LedgerTransaction& tx) -> Result<Outcome> {
        const auto now = m_clock.wallMs();
        const Outcome refused = tl::unexpected<Error>(Error{ErrorCode::BadCode, {}});
        ASSIGN(auto code, tx.directory().enrolmentCode(lookupOf(request.secret)));
        if (!code) return refused;
        const bool right = equalConstantTime(code->secret_hash, secretHash(request.secret));
        if (!right) {
            ++code->tries;
            TRY(tx.directory().putEnrolmentCode(*code));
            return refused;
        }
        DeviceRow row;
        if (code->device) {
            ASSIGN(const auto known, tx.directory().device(*code->device));
            // Used: only the very tablet that used it may ask again (its reply was lost), while the code lives.
            if (!known || known->key != request.device_key || code->expires_ms <= now) return refused;
            row = *known;
        } else {
            if (code->tries >= kMaxCodeTries || code->expires_ms <= now) return refused;
            row = {device, request.device_name, request.device_key, code->site, now, now, 0, 0, {}};
            TRY(tx.directory().putDevice(row));
            code->used_ms = now;
            code->device = device;
            TRY(tx.directory().putEnrolmentCode(*code));
            TRY(audit(tx, now, auditName("device", device), "device-enrolled", {}, code->site));
        }
        ASSIGN(const auto site, tx.directory().site(row.site));
        ASSIGN(auto officers, officersOf(tx, row.site));
        return Outcome(EnrolReply{row.id, row.site, site ? site->name : row.site, std::move(officers), m_recovery_key});
    });
    TRY(outcome);
    return std::move(*outcome);
}

}  // namespace fieldclaim::server
