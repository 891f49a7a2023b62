#include "shared/wire/snapshot.h"
#include "shared/wire/work_export.h"
#include "tests/fuzz/targets.h"
#include "tests/support/wire/drawn_history.h"

// What comes as a file: a tablet's export, as a tablet of ill will could seal it, and a snapshot.
namespace fieldclaim::fuzz {
namespace {

ExportHead sampleHead() {
    ExportHead out;
    out.made_ms = 1'167'825'600'000;
    out.sealed_key = Bytes(80, 5);
    return out;
}

std::vector<Bytes> sampleFrames(test::DrawnHistory& history) {
    Segment segment;
    segment.incarnation = 1;
    segment.signature = Bytes(64, 1);
    for (const auto& each : history.draw(3)) segment.change_sets.push_back(encodeChangeSet(each));
    const std::vector<ExportFrame> frames = {
        ExportStart{"fuzz", {{Uuid{}, Uuid{}, "code", Hash{}, Bytes(64, 2)}}},
        ExportRecords{{{"0000000000000", ClaimKey{3}}}, {segment}},
        ExportBlobPart{Hash{4}, "0000000000000", 1'000, 10, Bytes(100, 6)},
        ExportEnd{3, 1, Bytes(64, 7), Hash{8}, Bytes(64, 9)},
    };
    std::vector<Bytes> out;
    for (const auto& frame : frames) out.push_back(encodeExportFrame(frame));
    return out;
}

Bytes sampleSnapshot(test::DrawnHistory& history) {
    auto names = history.names();
    Bytes out;
    for (int page = 0; page < 2; ++page) {
        PullReply reply;
        reply.rows = history.drawRows(4, names);
        reply.more = page == 0;
        appendFrame(out, reply);
    }
    return out;
}

}  // namespace

std::vector<Target> fileTargets() {
    test::DrawnHistory history(11);
    history.draw(6);
    const auto frames = sampleFrames(history);
    for (const auto& frame : frames) promise(decodeExportFrame(frame).has_value(), "the seeds are frames");
    return {{"export-head",
             [](ByteView input) {
                 const auto read = decodeExportHead(input);
                 if (read) promise(encodeExportHead(*read) == toBytes(input), "an export's head has one form");
             },
             {encodeExportHead(sampleHead())}},
            {"export-frame",
             [](ByteView input) {
                 const auto read = decodeExportFrame(input);
                 if (!read) return;
                 const auto bytes = encodeExportFrame(*read);
                 const auto again = decodeExportFrame(bytes);
                 promise(again && encodeExportFrame(*again) == bytes, "a frame that was read can be written and read");
                 const auto* const part = std::get_if<ExportBlobPart>(&*read);
                 if (part != nullptr)
                     promise(part->offset + part->bytes.size() <= part->size, "no part lies past its blob's end");
             },
             frames},
            {"snapshot",
             [](ByteView input) {
                 auto rest = input;
                 while (true) {
                     const auto before = rest.size();
                     const auto page = takeFrame(rest);
                     if (!page || !*page) {
                         promise(rest.size() == before, "nothing is taken but a whole frame");
                         return;
                     }
                     promise(rest.size() < before, "a frame takes bytes");
                 }
             },
             {sampleSnapshot(history)}}};
}

}  // namespace fieldclaim::fuzz
