#include <QTest>

#include <fstream>
#include <functional>

#include "shared/crypto/certificates.h"
#include "shared/wire/cbor.h"
#include "shared/wire/snapshot.h"
#include "tests/shared/wire/vector_book.h"
#include "tests/support/wire/known_names.h"

using namespace fieldclaim;
using namespace fieldclaim::test;

namespace {

Json read(const std::string& name) {
    std::ifstream file(FIELDCLAIM_SOURCE_DIR "/tests/shared/wire/vectors/" + name + ".json");
    return file.is_open() ? Json::parse(file) : Json();
}

Bytes hexAt(const Json& json, const char* key) { return *fromHex(json.at(key).get<std::string>()); }

template <std::size_t N>
std::array<std::uint8_t, N> arrayAt(const Json& json, const char* key) {
    return *toArray<N>(hexAt(json, key));
}

/// Each thing in a book that has `fields` and `hex`.
void forEachRecord(const Json& json, const std::function<void(const Json&)>& see) {
    if (json.is_object() && json.contains("fields") && json.contains("hex")) return see(json);
    if (!json.is_structured()) return;
    for (const auto& item : json) forEachRecord(item, see);
}

}  // namespace

class TestVectors : public QObject {
    Q_OBJECT

private slots:
    void the_code_makes_what_is_recorded_data() {
        QTest::addColumn<QString>("name");
        for (const auto* name : {"change_sets", "segments", "pages", "snapshots", "exports", "messages"})
            QTest::newRow(name) << name;
    }
    void the_code_makes_what_is_recorded() {
        QFETCH(QString, name);
        const std::map<std::string, std::function<Json()>> books{
            {"change_sets", changeSetVectors}, {"segments", segmentVectors}, {"pages", pageVectors},
            {"snapshots", snapshotVectors},    {"exports", exportVectors},   {"messages", messageVectors}};
        const auto made = books.at(name.toStdString())();
        if (made == read(name.toStdString())) return;
        const auto path = FIELDCLAIM_BINARY_DIR "/" + name.toStdString() + ".json.fail";
        std::ofstream(path) << made.dump(1) << "\n";
        QFAIL(("compare with " + path).c_str());
    }

    void the_fields_and_the_bytes_say_the_same() {
        std::size_t seen = 0;
        for (const auto* name : {"segments", "pages", "snapshots", "exports", "messages"}) {
            forEachRecord(read(name), [&](const Json& record) {
                const auto bytes = hexAt(record, "hex");
                const auto value = decodeCbor(bytes);
                QVERIFY(value.has_value());
                QVERIFY(toJson(*value) == record.at("fields"));
                QCOMPARE(toHex(encodeCbor(fromJson(record.at("fields")))), toHex(bytes));
                ++seen;
            });
        }
        QCOMPARE(seen, 27U);
    }

    void change_sets_decode_and_match_their_payload_hash() {
        const auto book = read("change_sets");
        const auto key = arrayAt<32>(book, "claim_key");
        for (const auto& record : book.at("change_sets")) {
            const auto change_set = decodeChangeSet(hexAt(record, "hex"));
            QVERIFY(change_set.has_value());
            QVERIFY(payloadMatches(change_set->header, change_set->payload_bytes, key));
            QCOMPARE(toHex(change_set->hash), record.at("hash").get<std::string>());
            QCOMPARE(toHex(change_set->id()), record.at("id").get<std::string>());
            QCOMPARE(encodeCbor(fromJson(record.at("header"))), change_set->header_bytes);
            QCOMPARE(encodeCbor(fromJson(record.at("payload"))), change_set->payload_bytes);
        }
        QCOMPARE(book.at("change_sets").size(), 5U);
    }

    void a_packed_segment_is_the_whole_one_and_both_are_signed() {
        const auto book = read("segments");
        KnownNames names;
        names.keys["0123456789A0K"] = arrayAt<32>(book, "claim_key");
        const auto key = arrayAt<32>(book, "author_public_key");
        const auto whole = decodeSegment(*decodeCbor(hexAt(book.at("segments").at("whole"), "hex")));
        auto packed = decodeSegment(*decodeCbor(hexAt(book.at("segments").at("the same, packed"), "hex")));
        QVERIFY(whole && packed);
        QVERIFY(whole->packed.isNull() && !packed->packed.isNull());
        std::size_t room = kMaxInflatedBytes;
        QVERIFY(unpackSegment(*packed, names, room).has_value());
        QVERIFY(packed->change_sets == whole->change_sets);
        QVERIFY(checkSegment(*whole, key).has_value());
        QVERIFY(checkSegment(*packed, key).has_value());
    }

    void a_packed_page_is_the_rows_beside_it() {
        const auto book = read("pages");
        KnownNames names;
        names.keys["0123456789A0K"] = arrayAt<32>(book, "claim_key");
        for (const auto& own : book.at("reader_has").at("chain")) {
            names.chain[{Uuid{arrayAt<16>(own, "author")}, own.at("incarnation").get<std::uint32_t>(),
                         own.at("counter").get<std::uint64_t>()}] = arrayAt<16>(own, "id");
        }
        for (const auto& row : book.at("reader_has").at("ledger")) {
            names
                .ledger[{"0123456789A0K", {row.at("seq").get<std::uint64_t>(), row.at("place").get<std::uint64_t>()}}] =
                arrayAt<16>(row, "id");
        }
        PullReply reply;
        reply.packed = *decodeCbor(hexAt(book.at("packed"), "hex"));
        const auto rows = unpackRows(reply, names);
        QVERIFY(rows.has_value());
        Json found = Json::array();
        for (const auto& row : *rows) {
            Json change_sets = Json::array();
            for (const auto& bytes : row.change_sets) change_sets.push_back(toHex(bytes));
            found.push_back(
                {{"scope", row.scope}, {"seq", row.seq}, {"claim", row.claim}, {"change_sets", change_sets}});
        }
        QVERIFY(found == book.at("rows"));
    }

    void the_authority_vouches_for_what_hello_says_that_it_does() {
        const auto book = read("messages");
        const auto authority = book.at("authority").get<std::string>();
        const auto hello =
            decode<HelloReply>(hexAt(book.at("messages").at("POST /v1/sync/hello, reply, vouched for"), "hex"));
        QVERIFY(hello && hello->packs_key && hello->next_authority);
        const auto& [key, signature] = *hello->packs_key;
        QVERIFY(verifyByAuthority(authority, packsKeyMessage(key), signature).has_value());
        const auto& pack = hello->packs.front();
        QVERIFY(verifyEd25519(key, packMessage(pack), pack.signature));
        const auto& next = *hello->next_authority;
        QVERIFY(requireAuthority(next.certificate_pem).has_value());
        QVERIFY(verifyByAuthority(authority, nextAuthorityMessage(next.certificate_pem), next.signature).has_value());
    }

    void the_body_of_a_snapshot_is_its_pages() {
        const auto book = read("snapshots");
        const auto body = hexAt(book, "body");
        ByteView rest = body;
        KnownNames names;
        names.keys["0123456789A0K"] = arrayAt<32>(book, "claim_key");
        std::uint64_t checksum = 0;
        for (const auto& record : book.at("pages")) {
            const auto page = takeFrame(rest);
            QVERIFY(page.has_value() && page->has_value());
            QCOMPARE(toHex(encode(**page)), record.at("hex").get<std::string>());
            const auto rows = unpackRows(**page, names);
            QVERIFY(rows.has_value());
            for (const auto& row : *rows) {
                std::vector<ChangeSetId> ids;
                for (const auto& bytes : row.change_sets) ids.push_back(idOf(bytes));
                checksum ^= rowChecksum(row.seq, row.claim, ids);
            }
            QCOMPARE((*page)->more, !rest.empty());
            if (rest.empty()) QCOMPARE((*page)->checksums.at("site/llanrwst"), checksum);
        }
        QVERIFY(rest.empty());
    }
};

QTEST_GUILESS_MAIN(TestVectors)
#include "tst_vectors.moc"
