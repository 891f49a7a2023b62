#pragma once

#include <map>
#include <memory>

#include "shared/domain/statement.h"

namespace fieldclaim::sim {

/// Every statement that a customer of this run has signed, as it was signed: what reaches a target must be one of them.
using SignedStatements = std::map<Hash, std::shared_ptr<const Statement>>;

}  // namespace fieldclaim::sim
