#include "shared/wire/cbor.h"
#include "tests/fuzz/targets.h"
#include "tests/support/wire/drawn_history.h"

namespace fieldclaim::fuzz {
namespace {

constexpr std::size_t kMostUnpacked = 256U << 10U;

}  // namespace

std::vector<Target> packedTargets() {
    test::DrawnHistory history(7);
    history.draw(10);
    auto names = history.names();
    std::vector<RunItem> items;
    for (const auto& each : history.draw(12)) items.push_back({each.header.claim, encodeChangeSet(each)});
    const auto run = packRun(items, names);
    PullReply page;
    page.rows = history.drawRows(6, names);
    promise(run && !run->isNull() && packRows(page, names) && !page.packed.isNull(), "the seeds are packed");
    return {{"packed-run",
             [names](ByteView input) mutable {
                 const auto value = decodeCbor(input);
                 if (!value) return;
                 const auto unpacked = unpackRun(*value, names, kMostUnpacked);
                 if (!unpacked) return;
                 std::size_t bytes = 0;
                 for (const auto& item : *unpacked) bytes += item.bytes.size();
                 promise(bytes <= kMostUnpacked, "no more comes out than was allowed");
                 const auto again = packRun(*unpacked, names);
                 promise(again.has_value(), "what was unpacked can be packed or sent whole");
                 if (again->isNull()) return;
                 const auto same = unpackRun(*again, names, kMostUnpacked);
                 promise(same && *same == *unpacked, "what is packed unpacks to the same");
             },
             {encodeCbor(*run)}},
            {"packed-rows",
             [names](ByteView input) mutable {
                 auto value = decodeCbor(input);
                 if (!value) return;
                 PullReply reply;
                 reply.packed = std::move(*value);
                 static_cast<void>(unpackRows(reply, names));
             },
             {encodeCbor(page.packed)}}};
}

}  // namespace fieldclaim::fuzz
