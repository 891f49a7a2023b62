#include "sync-server/service/directory_service.h"

#include <algorithm>

#include "shared/base/text.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/one_time_code.h"

namespace fieldclaim::server {
namespace {

// Interactive logins of a few hundred clerks: 2^15 costs an attacker with the table enough, and the server 60 ms.
constexpr ScryptParams kPasswordScrypt{1U << 15U, 8, 1};

bool isSiteId(std::string_view id) {
    return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Result<std::string> hashPassword(const std::string& password, ByteView salt) {
    ASSIGN(const auto hash, scrypt(password, salt, kPasswordScrypt));
    return "scrypt$" + toHex(salt) + "$" + toHex(hash);
}

}  // namespace

Status DirectoryService::addSite(const std::string& id, const std::string& name) {
    if (!isSiteId(id))
        return fail(ErrorCode::BadInput, "a site's id has small letters, digits and hyphens, 40 at most");
    ASSIGN(const auto shown, toNfc(name));
    if (trim(shown).empty()) return fail(ErrorCode::BadInput, "a site needs a name");
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        TRY(audit(tx, m_clock.wallMs(), "operator", "site-added", {}, id));
        return tx.directory().putSite({id, shown});
    });
}

Result<DirectoryService::OfficerAdded> DirectoryService::addOfficer(const std::string& name, const std::string& site,
                                                                    const std::string& role) {
    if (role != "assessor" && role != "backoffice" && role != "supervisor") {
        return fail(ErrorCode::BadInput, "a role is assessor, backoffice or supervisor");
    }
    ASSIGN(const auto shown, toNfc(name));
    if (trim(shown).empty()) return fail(ErrorCode::BadInput, "an officer needs a name");
    OfficerAdded out{Uuid::make(m_clock, m_random), makeOneTimeCode(m_random)};
    return m_store.write([&](LedgerTransaction& tx) -> Result<OfficerAdded> {
        ASSIGN(const auto found, tx.directory().site(site));
        if (!found) return fail(ErrorCode::NotFound, "no site of that id: add it first");
        OfficerRow row{
            out.id,       shown, role, site, oneTimeCodeHash(out.id, out.code), 0, m_clock.wallMs() + kOfficerCodeMs,
            std::nullopt, {}};
        TRY(tx.directory().putOfficer(row));
        TRY(audit(tx, m_clock.wallMs(), "operator", "officer-added", {}, out.id.text()));
        return out;
    });
}

Result<std::string> DirectoryService::renewOfficerCode(const Uuid& officer) {
    const auto code = makeOneTimeCode(m_random);
    return m_store.write([&](LedgerTransaction& tx) -> Result<std::string> {
        ASSIGN(auto row, tx.directory().officer(officer));
        if (!row) return fail(ErrorCode::NotFound, "no such officer");
        row->code_hash = oneTimeCodeHash(officer, code);
        row->code_tries = 0;
        row->code_expires_ms = m_clock.wallMs() + kOfficerCodeMs;
        TRY(tx.directory().putOfficer(*row));
        TRY(audit(tx, m_clock.wallMs(), "operator", "officer-code-made", {}, officer.text()));
        return code;
    });
}

Status DirectoryService::setConsoleLogin(const Uuid& officer, const std::string& login, const std::string& password) {
    if (codePoints(password) < 12) return fail(ErrorCode::BadInput, "a console password has 12 characters or more");
    if (login.empty() || login.size() > 100) return fail(ErrorCode::BadInput, "a login has 1 to 100 characters");
    Hash salt{};
    m_random.fill(salt.data(), salt.size());
    ASSIGN(const auto hash, hashPassword(password, salt));
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(const auto taken, tx.directory().officerByLogin(login));
        if (taken && taken->id != officer) return fail(ErrorCode::Conflict, "that login is taken");
        ASSIGN(auto row, tx.directory().officer(officer));
        if (!row) return fail(ErrorCode::NotFound, "no such officer");
        row->login = login;
        row->password_hash = hash;
        TRY(tx.directory().putOfficer(*row));
        return audit(tx, m_clock.wallMs(), "operator", "console-login-set", {}, officer.text());
    });
}

Result<OfficerRow> DirectoryService::checkConsoleLogin(const std::string& login, const std::string& password) const {
    ASSIGN(auto row, m_store.read([&](const LedgerSnapshot& now) { return now.directory().officerByLogin(login); }));
    // An unknown login costs the same work, so that the time of the answer names no one.
    const auto stored = row ? row->password_hash : std::string();
    const auto parts = split(stored, '$');
    Bytes salt(32, 0);
    if (parts.size() == 3) {
        ASSIGN(salt, fromHex(parts[1]));
    }
    ASSIGN(const auto made, hashPassword(password, salt));
    if (!row || !equalConstantTime(asBytes(made), asBytes(stored))) return fail(ErrorCode::WrongPassphrase);
    return *row;
}

Status DirectoryService::revokeDevice(const Uuid& device, const std::string& who) {
    return m_store.write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(auto row, tx.directory().device(device));
        if (!row) return fail(ErrorCode::NotFound, "no such device");
        if (row->revoked_ms == 0) row->revoked_ms = m_clock.wallMs();
        TRY(tx.directory().putDevice(*row));
        return audit(tx, m_clock.wallMs(), who, "device-revoked", {}, device.text());
    });
}

Result<std::vector<SiteRow>> DirectoryService::sites() const {
    return m_store.read([](const LedgerSnapshot& now) { return now.directory().sites(); });
}
Result<std::vector<OfficerRow>> DirectoryService::officers() const {
    return m_store.read([](const LedgerSnapshot& now) { return now.directory().officers({}); });
}
Result<std::vector<DeviceRow>> DirectoryService::devices() const {
    return m_store.read([](const LedgerSnapshot& now) { return now.directory().devices(); });
}

}  // namespace fieldclaim::server
