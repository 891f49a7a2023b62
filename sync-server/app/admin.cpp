#include "sync-server/app/admin.h"

#include <set>

#include "shared/base/date.h"
#include "shared/base/text.h"
#include "sync-server/app/system_clock.h"
#include "sync-server/service/audit.h"
#include "sync-server/service/ledger_safety.h"
#include "sync-server/service/restored_ledger.h"
#include "sync-server/transfer/transfer_decision.h"

namespace fieldclaim::server {
namespace {

constexpr std::size_t kMostLines = 10'000;

Status withServer(Server::Options options, const std::function<Status(Server&)>& command) {
    const SystemClock clock;
    SystemRandom random;
    Metrics metrics;
    ASSIGN(const auto server, Server::open(std::move(options), clock, random, metrics));
    return command(*server);
}

std::string timeOrNever(std::int64_t wall_ms) { return wall_ms == 0 ? "never" : isoTime(wall_ms); }

}  // namespace

Status withServerBeside(const std::filesystem::path& data, const std::function<Status(Server&)>& command) {
    std::error_code failed;
    if (!std::filesystem::exists(data / "ledger.db", failed)) {
        return fail(ErrorCode::NotFound, "there is no ledger in that folder: run `fieldclaim-server init` first");
    }
    Server::Options options;
    options.data = data;
    options.beside_another = true;
    return withServer(std::move(options), command);
}

Status withServerAlone(const std::filesystem::path& data, const std::function<Status(Server&)>& command) {
    Server::Options options;
    options.data = data;
    options.inline_writer = true;
    return withServer(std::move(options), command);
}

Status printIdentity(Server& server, std::ostream& out) {
    out << "epoch        " << server.identity().epoch.text() << "\n"
        << "CA key hash  " << toHex(server.keys().ca.publicKeyHash()) << "\n";
    return {};
}

Status printDevices(Server& server, std::ostream& out) {
    ASSIGN(const auto devices, server.devices().devices(theOperator()));
    for (const auto& [device, state, authors, lacking, never_received] : devices) {
        out << device.id.text() << "  " << device.site << "  " << device.name << "  " << state << "  enrolled "
            << isoTime(device.enrolled_ms) << "  seen " << timeOrNever(device.last_seen_ms) << "  had "
            << device.pending << " to send then, lacking now " << (lacking ? std::to_string(*lacking) : "not known")
            << (device.revoked_ms != 0 ? "  REVOKED" : "");
        if (never_received > 0) out << "  NEVER RECEIVED " << never_received;
        out << "\n";
        for (const auto& author : authors) out << "    " << author.officer << "  " << author.received << " received\n";
    }
    return {};
}

Status printOfficers(Server& server, std::ostream& out) {
    ASSIGN(const auto officers, server.directory().officers());
    for (const auto& officer : officers) {
        out << officer.id.text() << "  " << officer.site << "  " << officer.role << "  " << officer.name
            << (officer.login ? "  console " + *officer.login : std::string()) << "\n";
    }
    return {};
}

Status printClaims(Server& server, std::ostream& out) {
    ASSIGN(const auto views,
           server.store().read([](const LedgerSnapshot& now) { return now.claims().claimViews({}, kMostLines); }));
    for (const auto& view : views) {
        out << Crn::display(view.crn) << "  " << view.scope << "  " << view.stage << "  "
            << (view.benefits.empty() ? "-" : view.benefits) << "  conflicts " << view.conflicts << "  changed "
            << isoTime(view.updated_ms) << "\n";
    }
    return {};
}

Status printTransfers(Server& server, std::ostream& out) {
    ASSIGN(const auto rows,
           server.store().read([](const LedgerSnapshot& now) { return now.transfers().all(kMostLines); }));
    for (const auto& row : rows) {
        const auto& record = row.record;
        out << record.id << "  " << Crn::display(record.crn) << "  " << record.target << "  " << stateName(record.state)
            << "  tries " << record.attempts.size() << "  ref " << (record.target_ref.empty() ? "-" : record.target_ref)
            << (record.reason.empty() ? std::string() : "  " + record.reason) << "\n";
        for (const auto& error : record.errors)
            out << "    " << error.code << "  " << error.field << "  " << error.message << "\n";
    }
    return {};
}

Status printUnknownDevices(Server& server, std::ostream& out) {
    ASSIGN(const auto devices,
           server.store().read([](const LedgerSnapshot& now) { return now.durability().unknownDevices(); }));
    for (const auto& device : devices) {
        out << device.id.text() << "  first asked " << isoTime(device.first_ms) << "  last " << isoTime(device.last_ms)
            << "\n";
    }
    return {};
}

Status printSafety(Server& server, std::ostream& out) {
    ASSIGN(const auto safety, safetyOf(server.store(), SystemClock().wallMs()));
    out << "last verified backup  " << timeOrNever(safety.backup ? safety.backup->taken_ms : 0) << "\n"
        << "journal               " << (safety.journal.path.empty() ? "none" : safety.journal.path) << "\n";
    if (safety.restored) {
        out << "restored              " << isoTime(safety.restored->at_ms) << " from the backup of "
            << isoTime(safety.restored->backup_ms)
            << (safety.restored->with_journal ? ", with its journal\n" : ", without its journal\n");
    }
    for (const auto& warning : safety.warnings) out << "WARNING  " << warning << "\n";
    return {};
}

Status confirmTarget(Server& server, const std::string& target, std::ostream& out) {
    if (target.empty()) return fail(ErrorCode::BadInput, "name the target: --target ID");
    TRY(confirmCompared(server.store(), target, "operator", SystemClock().wallMs()));
    out << "transfers may leave for " << target << " again\n";
    return {};
}

Status decideTransfer(Server& server, const std::string& what, const std::string& id, const std::string& words,
                      std::ostream& out) {
    if (id.empty()) return fail(ErrorCode::BadInput, "name the transfer: --id, as `transfers` lists it");
    const auto decision = readDecision(what, words);
    if (!decision) return fail(decision.error().code, decision.error().detail + " (--words)");
    TRY(server.outbox().decide(id, *decision, "operator"));
    out << "done: " << id << " " << (what == "again" ? "is sent again" : "counts as " + what) << "\n";
    return {};
}

Status printHistory(Server& server, const std::string& typed, std::ostream& out) {
    ASSIGN(const auto crn, Crn::parse(typed));
    const SystemClock clock;
    const Status noted = server.store().write(
        [&](LedgerTransaction& tx) { return audit(tx, clock.wallMs(), "operator", "claim-viewed", crn); });
    TRY(noted);
    return server.store().read([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto rows, now.claims().rowsOfClaim(crn));
        if (rows.empty()) return fail(ErrorCode::NotFound, "no such claim");
        for (const auto& row : rows) {
            out << isoTime(row.received_ms) << "  seq " << row.seq << "  "
                << (row.author == server.identity().author ? std::string("server") : "author " + row.author.text())
                << "\n";
            for (const auto& bytes : row.change_sets) {
                ASSIGN(const auto raw, splitChangeSet(bytes));
                if (raw.payload_bytes.empty()) {
                    out << "    erased\n";
                    continue;
                }
                ASSIGN(const auto change_set, decodeChangeSet(bytes));
                if (change_set.payload.intent)
                    out << "    intent " << change_set.payload.intent->textAt("intent") << "\n";
                for (const auto& edit : change_set.payload.edits) {
                    out << "    " << (edit.value.isNull() ? "took away " : "wrote ") << edit.path << "\n";
                }
            }
        }
        ASSIGN(const auto audited, now.audit().rows(crn, kMostLines));
        for (auto row = audited.rbegin(); row != audited.rend(); ++row) {
            out << isoTime(row->at_ms) << "  " << row->who << "  " << row->what << "  " << row->detail << "\n";
        }
        return {};
    });
}

Status bringIn(Server& server, const std::filesystem::path& file, std::ostream& out) {
    ASSIGN(const auto report, server.imports().bringIn(file));
    out << "tablet      " << report.device.text() << (report.revoked ? "  REVOKED: its work waits in quarantine" : "")
        << "\n"
        << "made        " << isoTime(report.made_ms) << " by the tablet's clock\n"
        << "saves       " << report.change_sets << ": " << report.applied() << " new, " << report.known
        << " known before, " << report.parked << " waiting for other work, " << report.set_aside << " set aside, "
        << report.not_taken << " not taken\n"
        << "images      " << report.images << ": " << report.images - report.images_known - report.images_not_taken
        << " new, " << report.images_known << " known before, " << report.images_not_taken << " not taken\n";
    for (const auto& reason : report.reasons) out << "    " << reason << "\n";
    return {};
}

Status checkStore(Server& server, const std::filesystem::path& data, std::ostream& out) {
    TRY(server.store().check());
    out << "the ledger reads well\n";
    ASSIGN(const auto claims, server.store().read([](const LedgerSnapshot& now) { return now.claims().claims(); }));
    const BlobFiles files(data / "blobs");
    std::set<Hash> met;
    std::size_t wrong = 0;
    for (const auto& claim : claims) {
        ASSIGN(const auto blobs,
               server.store().read([&](const LedgerSnapshot& now) { return now.blobs().blobsOfClaim(claim.crn); }));
        for (const auto& blob : blobs) {
            if (!met.insert(blob.sha256).second) continue;
            const auto whole = files.isWhole(blob.sha256);
            if (whole && *whole) continue;
            ++wrong;
            out << "blob " << toHex(blob.sha256) << " of " << Crn::display(claim.crn) << " is missing or damaged\n";
        }
    }
    out << met.size() << " blobs, " << wrong << " wrong\n";
    if (wrong > 0) return fail(ErrorCode::Damaged, "blobs are missing or damaged: restore them from a backup");
    return {};
}

}  // namespace fieldclaim::server
