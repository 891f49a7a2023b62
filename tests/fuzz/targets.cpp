#include "tests/fuzz/targets.h"

#include <algorithm>
#include <iterator>

#include "shared/base/result.h"

namespace fieldclaim::fuzz {

const std::vector<Target>& targets() {
    static const std::vector<Target> all = [] {
        std::vector<Target> out;
        for (auto part : {wireTargets(), packedTargets(), fileTargets(), formTargets(), serverTargets()}) {
            out.insert(out.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        }
        return out;
    }();
    return all;
}

const Target* findTarget(const std::string& name) {
    const auto found =
        std::find_if(targets().begin(), targets().end(), [&](const Target& target) { return target.name == name; });
    return found == targets().end() ? nullptr : &*found;
}

void promise(bool kept, const char* what) {
    if (!kept) ensureFailed(what, "a decoder's promise", 0);
}

}  // namespace fieldclaim::fuzz
