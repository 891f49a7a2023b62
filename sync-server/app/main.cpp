#include <CLI/CLI.hpp>
#include <iostream>

#include "sync-server/app/admin.h"
#include "sync-server/app/authority_commands.h"
#include "sync-server/app/backup_commands.h"
#include "sync-server/app/decision_commands.h"
#include "sync-server/app/pack_commands.h"
#include "sync-server/app/serve.h"
#include "sync-server/app/system_clock.h"
#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/one_time_code.h"

using namespace fieldclaim;
using namespace fieldclaim::server;

namespace {

/// "127.0.0.1:8443", "[::1]:0"
Status parseListen(const std::string& text, ServeOptions& options) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return fail(ErrorCode::BadInput, "--listen needs ADDRESS:PORT");
    options.address = text.substr(0, colon);
    if (options.address.starts_with('[') && options.address.ends_with(']')) {
        options.address = options.address.substr(1, options.address.size() - 2);
    }
    const auto port = text.substr(colon + 1);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
        std::stoi(port) > 65'535) {
        return fail(ErrorCode::BadInput, "--listen needs a port from 0 to 65535");
    }
    options.port = static_cast<std::uint16_t>(std::stoi(port));
    return {};
}

/// "2007-01-15T09:00" or "2007-01-15", UTC.
Result<std::int64_t> parseMoment(const std::string& text) {
    ASSIGN(const auto date, Date::parse(text.substr(0, 10)));
    std::int64_t minutes = 0;
    if (text.size() > 10) {
        int hour = 0;
        int minute = 0;
        if (std::sscanf(text.c_str() + 10, "T%2d:%2d", &hour, &minute) != 2 || hour > 23 || minute > 59) {
            return fail(ErrorCode::BadInput, "--clock-at needs a moment such as 2007-01-15T09:00");
        }
        minutes = hour * 60 + minute;
    }
    return (static_cast<std::int64_t>(date.days) * 1440 + minutes) * 60'000;
}

Status addConsoleUser(Server& server, const std::string& officer, const std::string& login, bool generate) {
    ASSIGN(const auto id, Uuid::parse(officer));
    std::string password;
    if (generate) {
        SystemRandom random;
        password = makeOneTimeCode(random) + "-" + makeOneTimeCode(random);
    } else if (!std::getline(std::cin, password)) {
        return fail(ErrorCode::BadInput, "give the password on standard input, or --generate");
    }
    TRY(server.directory().setConsoleLogin(id, login, password));
    if (generate) std::cout << password << "\n";
    return {};
}

using Command = std::function<CLI::App*(CLI::App&, const char*, const char*, std::function<Status()>)>;
using Beside = std::function<std::function<Status()>(std::function<Status(Server&)>)>;

void addDeviceCommands(CLI::App& app, const Command& command, const Beside& beside, std::string& id,
                       std::string& release_code) {
    auto* const devices = app.add_subcommand("devices", "tablets")->alias("device");
    devices->require_subcommand(1);
    command(*devices, "list", "list tablets, and what those that were wiped never sent",
            beside([](Server& server) { return printDevices(server, std::cout); }));
    command(*devices, "unknown", "tablets that asked and are not known, since a restore without a journal",
            beside([](Server& server) { return printUnknownDevices(server, std::cout); }));
    using Act = Status (DeviceService::*)(const Actor&, const Uuid&);
    const auto act = [&](const char* name, const char* help, Act what) {
        command(*devices, name, help, beside([&id, what](Server& server) -> Status {
            ASSIGN(const auto device, Uuid::parse(id));
            return (server.devices().*what)(theOperator(), device);
        }))
            ->add_option("id", id)
            ->required();
    };
    act("lock", "no passphrase opens the tablet until it is unlocked here", &DeviceService::lock);
    act("unlock", "takes the order to lock back", &DeviceService::unlock);
    act("wipe", "what is on the tablet is destroyed, after what it can still send; cannot be taken back",
        &DeviceService::wipe);
    act("revoke", "a tablet may read nothing more, is wiped, and its work goes to quarantine", &DeviceService::revoke);
    command(*devices, "release", "lets an officer who forgot the passphrase choose another",
            beside([&release_code](Server& server) -> Status {
                ASSIGN(const auto device, server.devices().release(theOperator(), release_code));
                std::cout << device.text() << " may be opened with a new passphrase\n";
                return {};
            }))
        ->add_option("--code", release_code, "as the locked tablet shows it")
        ->required();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Fieldclaim's sync server and what an operator asks of it."};
    app.require_subcommand(1);
    std::string data;
    Status outcome;
    std::string what_about_transfers;
    std::string target;
    const Command command = [&](CLI::App& parent, const char* name, const char* help, std::function<Status()> run) {
        auto* const sub = parent.add_subcommand(name, help);
        sub->add_option("--data", data, "folder of the ledger, keys and blobs")->required();
        sub->callback([&outcome, run = std::move(run)] { outcome = run(); });
        return sub;
    };
    const Beside beside = [&](std::function<Status(Server&)> run) -> std::function<Status()> {
        return [&data, run = std::move(run)] { return withServerBeside(data, run); };
    };

    ServeOptions serving;
    std::string listen = "127.0.0.1:8443";
    std::string clock_at;
    std::int64_t clock_offset_s = 0;
    auto* const serve_command = command(app, "serve", "answer tablets until SIGTERM", [&]() -> Status {
        serving.data = data;
        TRY(parseListen(listen, serving));
        serving.clock_offset_ms = clock_offset_s * 1000;
        if (!clock_at.empty()) {
            ASSIGN(const auto moment, parseMoment(clock_at));
            serving.clock_offset_ms = moment - SystemClock().wallMs();
        }
        return serve(serving);
    });
    serve_command->add_option("--listen", listen, "ADDRESS:PORT; port 0 takes any");
    serve_command->add_option("--tls-name", serving.tls_names,
                              "name or address in the server's certificate; without it plain HTTP on loopback");
    serve_command->add_option("--trusted-proxy", serving.trusted_proxies, "proxy whose X-Forwarded-For is believed");
    serve_command->add_option("--pack", serving.packs, "folder of a form pack");
    serve_command->add_option("--targets", serving.targets, "targets.json");
    serve_command
        ->add_option("--max-blob", serving.max_blob_bytes, "largest image or document, such as 500MB; 2 GiB by default")
        ->transform(CLI::AsSizeValue(false));
    serve_command->add_option("--most-behind", serving.most_behind,
                              "change sets that a tablet may be behind before it gets a snapshot; 5000 by default");
    serve_command->add_option("--journal", serving.journal,
                              "file of the journal, on another disk than the ledger; remembered");
    serve_command->add_option("--fail-at", serving.fail_at)->group("");  // for tests
    serve_command->add_option("--port-file", serving.port_file, "file that gets the port when the server listens");
    serve_command->add_option("--clock-offset", clock_offset_s, "demonstration: seconds ahead of the machine's clock");
    serve_command->add_option("--clock-at", clock_at,
                              "demonstration: the clock runs from this moment (2007-01-15T09:00, UTC)");

    command(app, "init", "make an empty ledger with its keys",
            [&] { return withServerAlone(data, [](Server& server) { return printIdentity(server, std::cout); }); });
    command(app, "rebuild", "make the folded tables again from the ledger", [&] {
        return withServerAlone(data, [](Server& server) -> Status {
            ASSIGN(const auto count, rebuildFolded(server.store()));
            std::cout << count << " claims made again from the ledger\n";
            return {};
        });
    });
    command(app, "check", "read everything and say what is damaged",
            beside([&data](Server& server) { return checkStore(server, data, std::cout); }));

    std::string what_about_authority;
    command(app, "authority", "the certificate authority that tablets trust; makes the next one; or switches to it",
            beside([&](Server& server) {
                return what_about_authority.empty() ? printAuthorities(data, std::cout)
                                                    : changeAuthority(server, data, what_about_authority, std::cout);
            }))
        ->add_option("what", what_about_authority, "next, switch")
        ->check(CLI::IsMember({"next", "switch"}));

    std::filesystem::path backup;
    std::optional<std::filesystem::path> journal;
    std::optional<std::filesystem::path> live;
    auto* const take = command(app, "backup", "copy ledger, keys and blobs beside a running server",
                               [&] { return backUp(data, backup, std::cout); });
    take->add_option("--to", backup, "backup folder; each backup is a folder in it")->required();
    auto* const check_backup = app.add_subcommand("verify", "read a backup back and say what is wrong with it");
    check_backup->add_option("--from", backup, "backup folder (its newest backup), or one backup in it")->required();
    check_backup->add_option("--data", live, "the live server's folder, which learns what is safe");
    check_backup->callback([&] { outcome = verify(backup, live, std::cout); });
    auto* const restoring = command(app, "restore", "make a new server's folder from a backup",
                                    [&] { return restore(backup, data, journal, std::cout); });
    restoring->add_option("--from", backup, "backup folder (its newest backup), or one backup in it")->required();
    restoring->add_option("--journal", journal, "the lost server's journal");
    auto* const journals = app.add_subcommand("journal", "what no tablet can offer again, on another disk");
    journals->require_subcommand(1);
    auto* const journal_begin = command(*journals, "begin", "keep it in this file from now on",
                                        [&] { return beginJournal(data, journal.value(), std::cout); });
    journal_begin->add_option("--journal", journal, "the file")->required();
    command(*journals, "end", "keep none", [&] { return endJournal(data); });

    command(app, "safety", "the last verified backup, the journal, and what needs a person",
            beside([](Server& server) { return printSafety(server, std::cout); }));
    command(app, "claims", "list claims", beside([](Server& server) { return printClaims(server, std::cout); }));
    std::string transfer_id;
    std::string transfer_words;
    auto* const transfers =
        command(app, "transfers", "list transfers; decide about one; or say that a list was compared",
                beside([&](Server& server) -> Status {
                    if (what_about_transfers.empty()) return printTransfers(server, std::cout);
                    if (what_about_transfers == "confirm-compared") return confirmTarget(server, target, std::cout);
                    return decideTransfer(server, what_about_transfers, transfer_id, transfer_words, std::cout);
                }));
    transfers->add_option("what", what_about_transfers, "again, accepted, rejected, confirm-compared")
        ->check(CLI::IsMember({"again", "accepted", "rejected", "confirm-compared"}));
    transfers->add_option("--id", transfer_id, "the transfer, for again, accepted and rejected");
    transfers->add_option("--words", transfer_words, "accepted: the target's reference; rejected: the reason");
    transfers->add_option("--target", target, "whose list was compared, after a restore without a journal");
    std::string crn;
    std::filesystem::path exported;
    command(app, "import", "take in what a tablet saved to a file because it could not sync",
            beside([&exported](Server& server) { return bringIn(server, exported, std::cout); }))
        ->add_option("file", exported, "the file, as it lay on the stick")
        ->required();
    std::filesystem::path pack_folder;
    auto* const packs = app.add_subcommand("pack", "form packs");
    packs->require_subcommand(1);
    auto* const pack_check = packs->add_subcommand("check", "load a form pack and say what it holds, or what is wrong");
    pack_check->add_option("folder", pack_folder, "folder of its tables")->required();
    pack_check->callback([&] { outcome = checkPack(pack_folder, std::cout); });

    std::string what = "history";
    auto* const claim = command(app, "claim", "one claim",
                                beside([&crn](Server& server) { return printHistory(server, crn, std::cout); }));
    claim->add_option("crn", crn, "claim number")->required();
    claim->add_option("what", what, "history")->check(CLI::IsMember({"history"}));

    std::string id;
    std::string name;
    std::string site;
    std::string role;
    auto* const sites = app.add_subcommand("site", "sites");
    sites->require_subcommand(1);
    auto* const site_add = command(*sites, "add", "add or rename a site",
                                   beside([&](Server& server) { return server.directory().addSite(id, name); }));
    site_add->add_option("id", id, "small letters, digits and hyphens")->required();
    site_add->add_option("name", name, "as people call it")->required();

    auto* const officers = app.add_subcommand("officer", "officers");
    officers->require_subcommand(1);
    auto* const officer_add =
        command(*officers, "add", "add an officer; prints id and one-time code", beside([&](Server& server) -> Status {
            ASSIGN(const auto added, server.directory().addOfficer(name, site, role));
            std::cout << added.id.text() << " " << added.code << "\n";
            return {};
        }));
    officer_add->add_option("name", name)->required();
    officer_add->add_option("--site", site)->required();
    officer_add->add_option("--role", role, "assessor, backoffice or supervisor")->required();
    auto* const officer_code =
        command(*officers, "code", "a new one-time code for an officer", beside([&](Server& server) -> Status {
            ASSIGN(const auto officer, Uuid::parse(id));
            ASSIGN(const auto code, server.directory().renewOfficerCode(officer));
            std::cout << code << "\n";
            return {};
        }));
    officer_code->add_option("id", id)->required();
    command(*officers, "list", "list officers",
            beside([](Server& server) { return printOfficers(server, std::cout); }));

    auto* const code =
        command(app, "enrolment-code", "a code that enrols one tablet", beside([&](Server& server) -> Status {
                    ASSIGN(const auto text, server.enrolment().makeCode(site));
                    std::cout << text << "\n";
                    return {};
                }));
    code->add_option("--site", site)->required();

    auto* const console = app.add_subcommand("console-user", "who may use the console");
    console->require_subcommand(1);
    std::string login;
    bool generate = false;
    auto* const console_add =
        command(*console, "add", "give an officer the console; the password is read from standard input",
                beside([&](Server& server) { return addConsoleUser(server, id, login, generate); }));
    console_add->add_option("--officer", id)->required();
    console_add->add_option("--login", login)->required();
    console_add->add_flag("--generate", generate, "make a password and print it once");

    std::string release_code;
    addDeviceCommands(app, command, beside, id, release_code);

    std::string by;
    std::string reason;
    const auto deciding = [&](CLI::App& parent, const char* verb, const char* help, Decision::Kind kind) {
        auto* const sub =
            command(parent, verb, help,
                    beside([&, kind](Server& server) { return decideSetAside(server, kind, id, by, reason); }));
        sub->add_option("id", id, "as `quarantine list` shows it")->required();
        sub->add_option("--by", by, "id of the supervisor who decides")->required();
        sub->add_option("--reason", reason, "kept for good, and shown to the officer")->required();
    };
    const auto onClaim = [&](CLI::App& parent, const char* verb, const char* help,
                             std::function<Status(Server&, const Uuid&, const std::string&)> run) {
        auto* const sub = command(parent, verb, help, beside([&, run = std::move(run)](Server& server) -> Status {
                                      ASSIGN(const auto officer, Uuid::parse(by));
                                      ASSIGN(const auto number, Crn::parse(crn));
                                      return run(server, officer, number);
                                  }));
        sub->add_option("crn", crn, "claim number")->required();
        sub->add_option("--by", by, "id of the supervisor who decides")->required();
        sub->add_option("--reason", reason, "kept for good; no personal details")->required();
        return sub;
    };
    auto* const scope =
        app.add_subcommand("scope", "which site or officer a claim belongs to, and which tablets may hold it");
    scope->require_subcommand(1);
    auto* const scope_move =
        onClaim(*scope, "move", "to another site", [&](Server& server, const Uuid& officer, const std::string& number) {
            return server.scopes().move(officer, number, site, reason);
        });
    scope_move->add_option("--site", site, "where it belongs from now on")->required();
    auto* const scope_assign = onClaim(*scope, "assign", "to one officer, on whose tablets alone it is then",
                                       [&](Server& server, const Uuid& decides, const std::string& number) -> Status {
                                           ASSIGN(const auto to, Uuid::parse(id));
                                           return server.scopes().assign(decides, number, to, reason);
                                       });
    scope_assign->add_option("--officer", id, "id of the officer")->required();
    onClaim(*scope, "leave-now", "tablets drop a claim that has left, whatever is in a backup",
            [&](Server& server, const Uuid& officer, const std::string& number) {
                return server.scopes().leaveNow(officer, number, reason);
            });
    onClaim(app, "erase", "erase a claim by law, here and on every tablet; cannot be taken back",
            [&](Server& server, const Uuid& officer, const std::string& number) {
                return server.erasures().erase(officer, number, reason);
            });
    command(app, "erasures", "which tablets have confirmed an erasure",
            beside([](Server& server) { return printErasures(server, std::cout); }));

    auto* const device_sites = app.add_subcommand("device-site", "further sites whose claims a tablet may hold");
    device_sites->require_subcommand(1);
    const auto deviceSite = [&](const char* verb, const char* help,
                                Status (ScopeService::*change)(const Uuid&, const std::string&, const std::string&)) {
        auto* const sub = command(*device_sites, verb, help, beside([&, change](Server& server) -> Status {
            ASSIGN(const auto device, Uuid::parse(id));
            return (server.scopes().*change)(device, site, "operator");
        }));
        sub->add_option("id", id, "of the tablet")->required();
        sub->add_option("--site", site)->required();
    };
    deviceSite("add", "the tablet reads that site's claims too", &ScopeService::addDeviceSite);
    deviceSite("remove", "the tablet drops that site's claims", &ScopeService::removeDeviceSite);

    auto* const quarantine = app.add_subcommand("quarantine", "saves that wait for a supervisor");
    quarantine->require_subcommand(1);
    command(*quarantine, "list", "what is set aside, forks and long waits among it",
            beside([](Server& server) { return printSetAside(server, std::cout); }));
    auto* const quarantine_show =
        command(*quarantine, "show", "one of them",
                beside([&](Server& server) { return printSetAsideCase(server, id, std::cout); }));
    quarantine_show->add_option("id", id, "as `quarantine list` shows it")->required();
    deciding(*quarantine, "release", "apply it, and then what waited for it", Decision::Kind::Release);
    deciding(*quarantine, "refuse", "never apply it", Decision::Kind::Refuse);
    auto* const parked = app.add_subcommand("parked", "saves that have waited for other work for seven days");
    parked->require_subcommand(1);
    deciding(*parked, "apply", "apply it although what it builds on never came", Decision::Kind::Apply);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (outcome) return 0;
    std::cerr << "fieldclaim-server: " << errorInfo(outcome.error().code).english << "\n  " << describe(outcome.error())
              << "\n";
    return outcome.error().code == ErrorCode::BadInput ? 2 : 1;
}
