#include <QTest>

#include "shared/crypto/sealed_box.h"
#include "shared/wire/work_export.h"
#include "tests/support/wire/counting_random.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

ExportHead headTo(const BoxKeyPair& server) {
    return {Uuid{{7}}, {9}, 1'168'851'600'000, server.public_key, Hash{3}, {}};
}

ExportRecords someRecords() {
    ExportRecords out;
    out.keys.emplace("0123456789A0K", ClaimKey{5});
    out.segments.push_back({Uuid{{1}}, 1, {Bytes(40, 2), Bytes(30, 3)}, Bytes(64, 4)});
    return out;
}

}  // namespace

class TestWorkExport : public QObject {
    Q_OBJECT

private slots:
    void frames_come_out_as_they_went_in() {
        CountingRandom chance;
        const auto server = BoxKeyPair::make(chance);
        auto head = headTo(server);
        auto out = ExportCipher::begin(head, chance);
        QVERIFY(out.has_value());
        const auto read = decodeExportHead(encodeExportHead(head));
        QVERIFY(read.has_value() && *read == head);
        auto in = ExportCipher::open(*read, server.secret);
        QVERIFY(in.has_value());

        const AuthorRegistration author{Uuid{{1}}, Uuid{{2}}, "CODE", Hash{4}, Bytes(64, 5)};
        const auto start = in->open(out->seal(ExportStart{"app/1", {author}}, chance));
        QVERIFY(start.has_value());
        QCOMPARE(std::get<ExportStart>(*start).authors.front().code, std::string("CODE"));
        const auto records = in->open(out->seal(someRecords(), chance));
        QVERIFY(records.has_value());
        QVERIFY(std::get<ExportRecords>(*records).keys == someRecords().keys);
        QVERIFY(std::get<ExportRecords>(*records).segments.front().change_sets ==
                someRecords().segments.front().change_sets);
        const auto part = in->open(out->seal(ExportBlobPart{Hash{6}, "0123456789A0K", 10, 4, Bytes(6, 7)}, chance));
        QVERIFY(part.has_value());
        QCOMPARE(std::get<ExportBlobPart>(*part).offset, 4U);
        const auto end = in->open(out->seal(ExportEnd{2, 1, Bytes(64, 1), Hash{2}, Bytes(64, 3)}, chance));
        QVERIFY(end.has_value());
        QCOMPARE(std::get<ExportEnd>(*end).change_sets, 2U);
    }

    void frames_that_are_left_out_swapped_or_of_another_file_do_not_open() {
        CountingRandom chance;
        const auto server = BoxKeyPair::make(chance);
        auto head = headTo(server);
        auto out = *ExportCipher::begin(head, chance);
        const auto first = out.seal(someRecords(), chance);
        const auto second = out.seal(someRecords(), chance);
        QCOMPARE(ExportCipher::open(head, server.secret)->open(second).error().code, ErrorCode::BadSignature);
        auto in = *ExportCipher::open(head, server.secret);
        QVERIFY(in.open(first).has_value());
        QCOMPARE(in.open(first).error().code, ErrorCode::BadSignature);
        // A head that was changed opens nothing: every frame is bound to it.
        auto other = head;
        other.made_ms += 1;
        auto changed = ExportCipher::open(other, server.secret);
        QVERIFY(changed.has_value());
        QCOMPARE(changed->open(first).error().code, ErrorCode::BadSignature);
        other.device = Uuid{{8}};
        QCOMPARE(ExportCipher::open(other, server.secret).error().code, ErrorCode::BadSignature);
        QCOMPARE(ExportCipher::open(head, BoxKeyPair::make(chance).secret).error().code, ErrorCode::BadSignature);
    }

    void what_is_no_frame_is_refused() {
        CountingRandom chance;
        const auto server = BoxKeyPair::make(chance);
        auto head = headTo(server);
        auto out = *ExportCipher::begin(head, chance);
        auto in = *ExportCipher::open(head, server.secret);
        // An image's part that lies past its end.
        QCOMPARE(in.open(out.seal(ExportBlobPart{Hash{6}, "x", 10, 8, Bytes(6, 7)}, chance)).error().code,
                 ErrorCode::BadInput);
        QCOMPARE(in.open(out.seal(ExportBlobPart{Hash{6}, "x", 10, 11, {}}, chance)).error().code, ErrorCode::BadInput);
        auto packed = someRecords();
        packed.segments.front().change_sets.clear();
        packed.segments.front().packed = Value::List{};
        QCOMPARE(in.open(out.seal(packed, chance)).error().code, ErrorCode::BadInput);
        QCOMPARE(decodeExportHead(Bytes(30, 0x41)).error().code, ErrorCode::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestWorkExport)
#include "tst_work_export.moc"
