#include "sync-server/service/device_service.h"

#include <algorithm>

#include "sync-server/service/audit.h"
#include "sync-server/service/one_time_code.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kLookupCharacters = 3;
constexpr int kFreeTries = 5;
constexpr std::int64_t kFirstWaitMs = 60'000;
constexpr int kMostDoublings = 6;  // an hour
constexpr std::uint32_t kMostIncarnations = 1'000;

bool canAct(std::string_view role) { return role == "supervisor" || role == "operator"; }
bool canSee(std::string_view role) { return canAct(role) || role == "backoffice"; }

std::string stateOf(const DeviceRow& row) {
    if (row.wiped_ms != 0) return "wiped";
    if (row.wipe_ms != 0) return "wipe ordered";
    if (row.revoked_ms != 0) return "revoked";
    return row.lock_ms != 0 ? "locked" : "in use";
}

}  // namespace

std::vector<std::string> ordersTo(const DeviceRow& device) {
    std::vector<std::string> out;
    if (device.lock_ms != 0) out.emplace_back(kLockOrder);
    if (device.wipe_ms != 0 || device.revoked_ms != 0) out.emplace_back(kWipeOrder);
    return out;
}

Status DeviceService::requireSupervisor(const Actor& actor) const {
    if (!canAct(actor.role)) return fail(ErrorCode::NotAllowed, "a supervisor does this");
    return {};
}

Result<ReleaseState> DeviceService::releaseStateOf(LedgerTransaction& tx, const Uuid& device,
                                                   const ReleaseRequest& asked, std::int64_t now, Bytes& sealed) {
    ASSIGN(const auto rows, tx.directory().releases());
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const ReleaseRow& row) { return row.device == device; });
    if (found != rows.end() && found->request == asked) {
        if (found->expires_ms <= now || found->tries >= kMaxCodeTries) return ReleaseState::Over;
        if (!found->answer) return ReleaseState::Waiting;
        sealed = *found->answer;
        return ReleaseState::Released;
    }
    // A slot that was sealed to another server's key could never be answered: said at once, not after a supervisor
    // came.
    if (!openSealed(m_recovery.secret, asked.recovery, recoveryContext(device, asked.officer)))
        return ReleaseState::Over;
    TRY(tx.directory().putRelease({device, releaseCode(device, asked), asked, now + kReleaseMs}));
    TRY(audit(tx, now, auditName("device", device), "release-asked", {}, asked.officer.text()));
    return ReleaseState::Waiting;
}

Result<DeviceOrdersReply> DeviceService::orders(const Session& session, const DeviceOrdersRequest& request) {
    DeviceOrdersReply reply;
    reply.server_time = m_clock.wallMs();
    const Status written = m_store.write([&](LedgerTransaction& tx) -> Status {
        const auto now = reply.server_time;
        ASSIGN(auto device, tx.directory().device(session.device));
        if (!device) return fail(ErrorCode::NotSignedIn);
        device->last_seen_ms = now;
        if (request.pending) {
            device->pending = *request.pending;
            device->pending_ms = now;
            ASSIGN(device->pending_received, receivedFrom(tx, session.device));
        }
        if (request.wiped && device->wiped_ms == 0) {
            device->wiped_ms = now;
            if (device->revoked_ms == 0) device->revoked_ms = now;
            TRY(tx.directory().removeRelease(session.device));
            TRY(audit(tx, now, auditName("device", session.device), "device-wiped", {},
                      "never received: " + std::to_string(device->pending)));
        }
        TRY(tx.directory().putDevice(*device));
        reply.orders = ordersTo(*device);
        if (request.release && device->wiped_ms == 0 && device->wipe_ms == 0 && device->revoked_ms == 0) {
            ASSIGN(reply.release, releaseStateOf(tx, session.device, *request.release, now, reply.sealed));
        } else if (request.release) {
            reply.release = ReleaseState::Over;
        }
        return {};
    });
    TRY(written);
    return reply;
}

Status DeviceService::change(const Actor& actor, const Uuid& device, const char* what,
                             const std::function<void(DeviceRow&, std::int64_t)>& how) {
    TRY(requireSupervisor(actor));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(auto row, tx.directory().device(device));
        if (!row) return fail(ErrorCode::NotFound, "no such device");
        const auto now = m_clock.wallMs();
        how(*row, now);
        TRY(tx.directory().putDevice(*row));
        return audit(tx, now, actor.name, what, {}, device.text());
    });
}

Status DeviceService::lock(const Actor& actor, const Uuid& device) {
    return change(actor, device, "device-lock-ordered", [](DeviceRow& row, std::int64_t now) {
        if (row.lock_ms == 0) row.lock_ms = now;
    });
}

Status DeviceService::unlock(const Actor& actor, const Uuid& device) {
    return change(actor, device, "device-unlocked", [](DeviceRow& row, std::int64_t) { row.lock_ms = 0; });
}

Status DeviceService::wipe(const Actor& actor, const Uuid& device) {
    return change(actor, device, "device-wipe-ordered", [](DeviceRow& row, std::int64_t now) {
        if (row.wipe_ms == 0) row.wipe_ms = now;
    });
}

Status DeviceService::revoke(const Actor& actor, const Uuid& device) {
    return change(actor, device, "device-revoked", [](DeviceRow& row, std::int64_t now) {
        if (row.revoked_ms == 0) row.revoked_ms = now;
    });
}

std::int64_t DeviceService::waitMs(const Actor& actor) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_tries.find(actor.name);
    if (found == m_tries.end() || found->second.wrong < kFreeTries) return 0;
    const auto wait = kFirstWaitMs << std::min(found->second.wrong - kFreeTries, kMostDoublings);
    return std::max<std::int64_t>(0, found->second.last_ms + wait - m_clock.uptimeMs());
}

void DeviceService::noteTry(const Actor& actor, bool right) {
    const std::lock_guard lock(m_mutex);
    if (right) {
        m_tries.erase(actor.name);
        return;
    }
    auto& tries = m_tries[actor.name];
    ++tries.wrong;
    tries.last_ms = m_clock.uptimeMs();
}

Result<Uuid> DeviceService::release(const Actor& actor, const std::string& typed) {
    TRY(requireSupervisor(actor));
    if (waitMs(actor) > 0) return fail(ErrorCode::TooManyTries, "wait before the next release code");
    ASSIGN(const auto code, parseReleaseCode(typed));  // a slip of the finger is not a try
    // A wrong try is written, so the job must not fail: its outcome is a value.
    using Outcome = tl::expected<Uuid, Error>;
    auto outcome = m_store.write([&](LedgerTransaction& tx) -> Result<Outcome> {
        const auto now = m_clock.wallMs();
        ASSIGN(auto rows, tx.directory().releases());
        for (auto& row : rows) {
            if (row.expires_ms <= now || row.tries >= kMaxCodeTries || row.answer) continue;
            if (!equalConstantTime(asBytes(row.code), asBytes(code))) {
                if (row.code.substr(0, kLookupCharacters) != code.substr(0, kLookupCharacters)) continue;
                ++row.tries;
                TRY(tx.directory().putRelease(row));
                continue;
            }
            const auto& asked = row.request;
            ASSIGN(const auto secret,
                   openSealed(m_recovery.secret, asked.recovery, recoveryContext(row.device, asked.officer)));
            ASSIGN(row.answer, sealTo(asked.one_time_key, secret, releaseContext(row.device, asked), m_random));
            row.expires_ms = now + kReleaseMs;  // for the tablet to come for it
            TRY(tx.directory().putRelease(row));
            TRY(audit(tx, now, actor.name, "device-released", {},
                      row.device.text() + " for officer " + asked.officer.text()));
            return Outcome(row.device);
        }
        TRY(audit(tx, now, actor.name, "release-code-wrong"));
        return Outcome(fail(ErrorCode::BadCode, "no tablet waits with this code"));
    });
    if (!outcome) return tl::unexpected<Error>(outcome.error());
    noteTry(actor, outcome->has_value());
    return *outcome;
}

Result<std::uint64_t> receivedOf(const LedgerSnapshot& now, const Uuid& author) {
    std::uint64_t out = 0;
    for (std::uint32_t incarnation = 1; incarnation < kMostIncarnations; ++incarnation) {
        ASSIGN(const auto head, now.chains().head(author, incarnation));
        if (head.counter == 0) break;
        out += head.counter;
    }
    return out;
}

Result<std::uint64_t> receivedFrom(const LedgerSnapshot& now, const Uuid& device) {
    std::uint64_t out = 0;
    ASSIGN(const auto authors, now.directory().authorsOf(device));
    for (const auto& author : authors) {
        ASSIGN(const auto received, receivedOf(now, author.id));
        out += received;
    }
    return out;
}

Result<std::vector<DeviceView>> DeviceService::devices(const Actor& actor) const {
    if (!canSee(actor.role)) return fail(ErrorCode::NotAllowed, "the role has no console");
    return m_store.read([&](const LedgerSnapshot& now) -> Result<std::vector<DeviceView>> {
        ASSIGN(const auto rows, now.directory().devices());
        std::vector<DeviceView> out;
        for (const auto& row : rows) {
            DeviceView view{row, stateOf(row), {}, {}, 0};
            std::uint64_t received = 0;
            ASSIGN(const auto authors, now.directory().authorsOf(row.id));
            for (const auto& author : authors) {
                ASSIGN(const auto officer, now.directory().officer(author.officer));
                DeviceAuthor one{officer ? officer->name : author.officer.text(), 0};
                ASSIGN(one.received, receivedOf(now, author.id));
                received += one.received;
                view.authors.push_back(std::move(one));
            }
            if (row.pending_received) {
                const auto since = received - std::min(received, *row.pending_received);
                view.lacking = row.pending - std::min(row.pending, since);
            }
            if (row.wiped_ms != 0) view.never_received = view.lacking.value_or(row.pending);
            out.push_back(std::move(view));
        }
        return out;
    });
}

}  // namespace fieldclaim::server
