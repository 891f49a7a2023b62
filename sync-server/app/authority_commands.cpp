#include "sync-server/app/authority_commands.h"

#include <ostream>

#include "shared/base/date.h"
#include "sync-server/app/system_clock.h"
#include "sync-server/service/audit.h"

namespace fieldclaim::server {
namespace {

Status print(const char* name, const std::string& pem, std::ostream& out) {
    ASSIGN(const auto hash, sha256OfPublicKey(pem));
    ASSIGN(const auto ends, notAfter(pem));
    out << name << toHex(hash) << "  ends " << Date::fromWallMs(ends).iso() << "\n";
    return {};
}

}  // namespace

Status printAuthorities(const std::filesystem::path& data, std::ostream& out) {
    SystemRandom random;
    ASSIGN(const auto authorities, Authorities::loadOrMake(data, SystemClock().wallMs(), random));
    TRY(print("present   ", authorities.present.certificatePem(), out));
    if (authorities.next) TRY(print("next      ", authorities.next->certificatePem(), out));
    if (!authorities.previous_pem.empty()) TRY(print("previous  ", authorities.previous_pem, out));
    return {};
}

Status changeAuthority(Server& server, const std::filesystem::path& data, const std::string& what, std::ostream& out) {
    const auto now = SystemClock().wallMs();
    SystemRandom random;
    TRY(what == "next" ? makeNextAuthority(data, now, random) : switchAuthority(data));
    TRY(server.store().write(
        [&](LedgerTransaction& tx) { return audit(tx, now, "operator", "authority-" + what, {}, {}); }));
    TRY(printAuthorities(data, out));
    out << "A server that runs has to be started again.\n";
    if (what == "next") {
        out << "Back these files up. Switch once every tablet has been in contact with the server since that start: "
               "one "
               "that was not has to be enrolled anew.\n";
    }
    return {};
}

}  // namespace fieldclaim::server
