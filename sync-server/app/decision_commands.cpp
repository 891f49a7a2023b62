#include "sync-server/app/decision_commands.h"

#include "shared/base/date.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kShortId = 16;
constexpr std::size_t kLeastId = 8;

std::string kindName(const SetAsideRow& row) {
    if (row.kind == Disposition::Parked) return "parked";
    return row.fork ? "fork" : "quarantine";
}

Result<SetAsideCase> find(Server& server, const std::string& id) {
    if (id.size() < kLeastId) return fail(ErrorCode::BadInput, "give 8 digits of the id or more");
    ASSIGN(const auto cases, server.decisions().waiting());
    const SetAsideCase* found = nullptr;
    for (const auto& one : cases) {
        if (!toHex(one.row.hash).starts_with(id)) continue;
        if (found != nullptr) return fail(ErrorCode::BadInput, "more than one begins so: give more digits");
        found = &one;
    }
    if (found == nullptr) return fail(ErrorCode::NotFound, "nothing with this id is set aside");
    return *found;
}

}  // namespace

Status printSetAside(Server& server, std::ostream& out) {
    ASSIGN(const auto cases, server.decisions().waiting());
    for (const auto& one : cases) {
        out << toHex(one.row.hash).substr(0, kShortId) << "  " << isoTime(one.row.at_ms) << "  " << kindName(one.row)
            << "  " << Crn::display(one.row.claim) << "  " << one.row.reason
            << (one.only_refusable.empty() ? "" : "  CAN ONLY BE REFUSED") << "\n";
    }
    return {};
}

Status printSetAsideCase(Server& server, const std::string& id, std::ostream& out) {
    ASSIGN(const auto one, find(server, id));
    const auto& row = one.row;
    out << "id       " << toHex(row.hash) << "\n"
        << "claim    " << Crn::display(row.claim) << "\n"
        << "kind     " << kindName(row) << "\n"
        << "author   " << row.author.text() << " (" << row.incarnation << ", " << row.counter << ")\n"
        << "tablet   " << row.device.text() << "\n"
        << "came     " << isoTime(row.at_ms) << "\n"
        << "reason   " << row.reason << "\n";
    if (!one.only_refusable.empty()) out << "can only be refused: " << one.only_refusable << "\n";
    ASSIGN(const auto arrival, arrivalOf(row));
    for (const auto& edit : arrival.change_set.payload.edits) {
        out << "    " << (edit.value.isNull() ? "takes away " : "writes ") << edit.path << "\n";
    }
    if (arrival.change_set.payload.intent)
        out << "    asks " << arrival.change_set.payload.intent->textAt("intent") << "\n";
    return {};
}

Status decideSetAside(Server& server, Decision::Kind kind, const std::string& id, const std::string& officer,
                      const std::string& reason) {
    ASSIGN(const auto one, find(server, id));
    ASSIGN(const auto by, Uuid::parse(officer));
    auto& decisions = server.decisions();
    switch (kind) {
        case Decision::Kind::Release:
            return decisions.release(by, one.row.hash, reason);
        case Decision::Kind::Refuse:
            return decisions.refuse(by, one.row.hash, reason);
        case Decision::Kind::Apply:
            return decisions.applyParked(by, one.row.hash, reason);
    }
    return fail(ErrorCode::BadInput, "no such decision");
}

Status printErasures(Server& server, std::ostream& out) {
    ASSIGN(const auto tablets, server.erasures().tablets());
    for (const auto& one : tablets) {
        out << Crn::display(one.crn) << "  " << one.site << "  " << one.tablet << "  "
            << (one.confirmed_ms != 0 ? "confirmed " + isoTime(one.confirmed_ms)
                : one.revoked         ? std::string("NOT CONFIRMED, revoked")
                                      : std::string("NOT CONFIRMED"))
            << "\n";
    }
    return {};
}

}  // namespace fieldclaim::server
