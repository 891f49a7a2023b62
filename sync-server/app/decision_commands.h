#pragma once

#include <ostream>
#include <string>

#include "shared/merge/decision.h"
#include "sync-server/service/server.h"

// What was set aside, and a supervisor's decisions about it, from the command line. What is printed holds no answers
// of a claim: which paths it writes, never what.
namespace fieldclaim::server {

Status printSetAside(Server& server, std::ostream& out);
/// `id`: the beginning of the hash, 8 digits or more, that no other begins with.
Status printSetAsideCase(Server& server, const std::string& id, std::ostream& out);
/// `officer`: the supervisor who decides, by id.
Status decideSetAside(Server& server, Decision::Kind kind, const std::string& id, const std::string& officer,
                      const std::string& reason);

/// Which tablets were told to erase which claim, and which have confirmed.
Status printErasures(Server& server, std::ostream& out);

}  // namespace fieldclaim::server
