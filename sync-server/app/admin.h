#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#include "sync-server/service/server.h"

// The operator's commands. Those that write touch the directory and the audit alone, so they may run beside a server;
// init and rebuild want the store for themselves. What is printed holds no answers of a claim.
namespace fieldclaim::server {

/// Opens the store beside a running server; NotFound before `init`.
Status withServerBeside(const std::filesystem::path& data, const std::function<Status(Server&)>& command);
/// Opens it alone; InUse while a server runs.
Status withServerAlone(const std::filesystem::path& data, const std::function<Status(Server&)>& command);

Status printIdentity(Server& server, std::ostream& out);
Status printDevices(Server& server, std::ostream& out);
Status printOfficers(Server& server, std::ostream& out);
Status printClaims(Server& server, std::ostream& out);
Status printTransfers(Server& server, std::ostream& out);
/// Tablets that asked and are not known, since a restore without a journal.
Status printUnknownDevices(Server& server, std::ostream& out);
/// The last verified backup, the journal, and what a person should do something about.
Status printSafety(Server& server, std::ostream& out);
/// After a restore without a journal: the target's list was compared, transfers may leave for it again.
Status confirmTarget(Server& server, const std::string& target, std::ostream& out);
/// A person's decision about a transfer in repair, rejected or unknown: `what` is again, accepted or rejected; `words`
/// is the target's reference, or the reason.
Status decideTransfer(Server& server, const std::string& what, const std::string& id, const std::string& words,
                      std::ostream& out);
/// When what was written by whom, and what the audit says; the view is audited.
Status printHistory(Server& server, const std::string& typed, std::ostream& out);
/// Takes in what a tablet saved to a file because it could not sync, and says in counts what came of it.
Status bringIn(Server& server, const std::filesystem::path& file, std::ostream& out);
/// The whole file reads well and each blob's bytes have its name.
Status checkStore(Server& server, const std::filesystem::path& data, std::ostream& out);

}  // namespace fieldclaim::server
