#pragma once

#include <functional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"

namespace fieldclaim::fuzz {

/// One decoder that meets bytes from outside. `run` must refuse or accept them without a crash; what it accepts must
/// keep the promise of that decoder (the same bytes when written again, bounds kept): a broken promise ends the
/// program.
struct Target {
    std::string name;
    std::function<void(ByteView input)> run;
    std::vector<Bytes> seeds;  ///< well-formed input, to mutate
};

std::vector<Target> wireTargets();
std::vector<Target> packedTargets();
std::vector<Target> fileTargets();
std::vector<Target> formTargets();
std::vector<Target> serverTargets();

/// All of them, in a fixed order.
const std::vector<Target>& targets();
/// Null for an unknown name.
const Target* findTarget(const std::string& name);

/// Ends the program: the decoder did not keep its promise.
void promise(bool kept, const char* what);

}  // namespace fieldclaim::fuzz
