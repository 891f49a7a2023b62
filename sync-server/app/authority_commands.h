#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

#include "sync-server/service/server.h"

// What an operator does about the certificate authority (docs/operations.md). May run beside a server, which goes on
// with what it read at its start.
namespace fieldclaim::server {

/// The key hash and the last day of each authority that this folder has.
Status printAuthorities(const std::filesystem::path& data, std::ostream& out);
/// `what` is next or switch; audited. Conflict, NotFound as makeNextAuthority() and switchAuthority() say it.
Status changeAuthority(Server& server, const std::filesystem::path& data, const std::string& what, std::ostream& out);

}  // namespace fieldclaim::server
