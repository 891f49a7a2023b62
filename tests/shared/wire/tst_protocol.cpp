#include <QTest>

#include "shared/wire/cbor.h"
#include "shared/wire/compression.h"
#include "shared/wire/protocol.h"

using namespace fieldclaim;

namespace {

class CountingRandom final : public Random {
public:
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = m_next += 37;
    }

private:
    std::uint8_t m_next = 0;
};

template <typename Message>
void comesBack(const Message& message) {
    const auto bytes = encode(message);
    const auto back = decode<Message>(bytes);
    QVERIFY2(back.has_value(), back ? "" : describe(back.error()).c_str());
    QCOMPARE(encode(*back), bytes);
    // Every cut is refused with a reason, never a crash.
    for (std::size_t size = 0; size < bytes.size(); ++size) QVERIFY(!decode<Message>(ByteView(bytes).first(size)));
    QVERIFY(!decode<Message>(encodeCbor(Value::Map{})));
    QVERIFY(!decode<Message>(encodeCbor(Value::List{})));
}

}  // namespace

class TestProtocol : public QObject {
    Q_OBJECT

private slots:
    void messages_come_back_as_they_were() {
        Uuid id;
        id.bytes.fill(3);
        const Head head{id, 1, 42, Hash{5}};
        comesBack(EnrolRequest{Bytes(8, 1), Hash{2}, "Tablet 4", Bytes(64, 3)});
        comesBack(
            EnrolReply{id, "llanrwst", "Llanrwst village hall", {{id, "Siân Pritchard", "assessor", "llanrwst"}}});
        comesBack(SessionRequest{id, Bytes(24, 1), Bytes(64, 2), {{id, id, "ABCD-EFGH", Hash{1}, Bytes(64, 1)}}});
        comesBack(EnrolReply{id, "llanrwst", "Llanrwst village hall", {}, Hash{9}});
        comesBack(SessionRequest{id, Bytes(24, 1), Bytes(64, 2), {}, Hash{8}, Bytes(64, 7)});
        comesBack(SessionReply{Bytes(24, 1), "token", kSessionMs, {{id.text(), "code used"}}});
        comesBack(HelloRequest{1, "tablet/0.1.0", id, {head}, {{"site/llanrwst", 9}}, 3});
        comesBack(HelloReply{1,
                             id,
                             1'168'851'600'000,
                             id,
                             {head},
                             {head},
                             {"site/llanrwst"},
                             {{"working-age", "1", Hash{4}}},
                             {{id, "Siân Pritchard", "assessor", "llanrwst"}},
                             {"lock"},
                             kMaxPushBytes});
        comesBack(PushRequest{id, {{"0000000000000", ClaimKey{1}}}, {{id, 1, {Bytes{1, 2}}, Bytes(64, 1)}}});
        comesBack(PushReply{id, 1, {{id, 1, PushOutcome::Gap, 7, "", {{7, NoteKind::Parked, "waits"}}}}});
        comesBack(PullRequest{id, {{"site/llanrwst", 9}}, true});
        comesBack(PullReply{id,
                            1,
                            {{"site/llanrwst", 10, "0000000000000", {Bytes(16, 1)}}},
                            {{"0000000000000", ClaimKey{1}}},
                            {{"site/llanrwst", 10}},
                            false,
                            {{"site/llanrwst", 77}}});
    }

    void an_enrolment_code_is_eight_groups_that_notice_a_mistake() {
        CountingRandom random;
        const auto code = EnrolmentCode::make(sha256(asBytes("ca")), random);
        const auto text = code.text();
        QCOMPARE(text.size(), 47U);
        const auto back = EnrolmentCode::parse(text);
        QVERIFY(back.has_value());
        QCOMPARE(back->secret, code.secret);
        QCOMPARE(back->ca_key_hash, code.ca_key_hash);

        auto lower = text;
        for (auto& c : lower) c = static_cast<char>(std::tolower(c));
        QVERIFY(EnrolmentCode::parse(lower).has_value());

        int missed = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '-') continue;
            for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
                if (c == text[i]) continue;
                auto wrong = text;
                wrong[i] = c;
                const auto parsed = EnrolmentCode::parse(wrong);
                if (parsed) {
                    ++missed;
                } else {
                    QCOMPARE(parsed.error().code, ErrorCode::BadCode);
                }
            }
        }
        // 1,240 single mistakes against 12 bits of check: one in 4,096 may pass.
        QVERIFY2(missed <= 2, std::to_string(missed).c_str());
        QVERIFY(!EnrolmentCode::parse(text.substr(6)));
        QVERIFY(!EnrolmentCode::parse(""));
    }

    void a_compressed_body_unpacks_to_what_it_was_and_never_to_more_than_the_cap() {
        const Bytes plain(100'000, 'x');
        const auto packed = deflateBytes(plain);
        QVERIFY(packed.size() < 1'000);
        QCOMPARE(*inflateBytes(packed, plain.size()), plain);
        QCOMPARE(inflateBytes(packed, plain.size() - 1).error().code, ErrorCode::TooLarge);
        QCOMPARE(inflateBytes(ByteView(packed).first(packed.size() - 3), plain.size()).error().code,
                 ErrorCode::BadInput);
        auto trailing = packed;
        trailing.push_back(0);
        QCOMPARE(inflateBytes(trailing, plain.size()).error().code, ErrorCode::BadInput);
        QVERIFY(inflateBytes(deflateBytes({}), 10)->empty());
    }

    void views_travel_in_a_hello_that_has_some() {
        HelloRequest hello;
        const auto without = encode(hello);
        hello.views = {{Uuid{{1}}, "0000000000000", -5}};
        QVERIFY(decode<HelloRequest>(encode(hello))->views == hello.views);
        QVERIFY(decode<HelloRequest>(without)->views.empty());
        HelloReply reply;
        QCOMPARE(decode<HelloReply>(encode(reply))->views_noted, 0U);
        reply.views_noted = 7;
        QCOMPARE(decode<HelloReply>(encode(reply))->views_noted, 7U);
    }

    void a_hello_says_who_vouches_for_its_packs() {
        HelloReply reply;
        reply.packs = {{"council", "1", Hash{1}}, {"working-age", "2", Hash{2}, Bytes(64, 3)}};
        reply.packs_key = VouchedKey{Hash{4}, Bytes(72, 5)};
        comesBack(reply);
        const auto back = decode<HelloReply>(encode(reply));
        QVERIFY(back->packs == reply.packs);
        QVERIFY(back->packs_key == reply.packs_key);
    }
    void an_older_servers_hello_vouches_for_nothing() {
        HelloReply reply;
        reply.packs = {{"working-age", "2", Hash{2}}};
        const auto map = *decodeCbor(encode(reply));
        for (const auto* key : {"packs_key", "pack_signatures", "next_authority"}) QVERIFY(map.at(key).isNull());
        const auto back = decode<HelloReply>(encode(reply));
        QVERIFY(back->packs == reply.packs);
        QVERIFY(!back->packs_key && !back->next_authority);
    }
    void what_hello_vouches_with_has_its_shape_or_is_refused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("cbor");
        const auto row = [](const char* name, const char* key, const Value& value) {
            const auto bytes = encodeCbor(value);
            QTest::newRow(name) << key
                                << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                              static_cast<qsizetype>(bytes.size()));
        };
        const Bytes good(64, 1);
        row("one signature for two packs", "pack_signatures", Value::List{good});
        row("three for two", "pack_signatures", Value::List{good, good, good});
        row("no list", "pack_signatures", good);
        row("no bytes", "pack_signatures", Value::List{good, "text"});
        row("63 bytes", "pack_signatures", Value::List{good, Bytes(63, 1)});
        row("65 bytes", "pack_signatures", Value::List{good, Bytes(65, 1)});
        row("a key of 31 bytes", "packs_key", Value::List{Bytes(31, 1), Bytes(70, 1)});
        row("a key alone", "packs_key", Value::List{Hash{1}});
        row("a key without a signature", "packs_key", Value::List{Hash{1}, Bytes()});
        row("a key with 73 bytes", "packs_key", Value::List{Hash{1}, Bytes(73, 1)});
        row("a certificate alone", "next_authority", Value::List{"pem"});
        row("no certificate", "next_authority", Value::List{"", Bytes(70, 1)});
        row("a certificate that is no text", "next_authority", Value::List{good, Bytes(70, 1)});
        row("a long certificate", "next_authority", Value::List{std::string(4'097, 'x'), Bytes(70, 1)});
        row("a certificate without a signature", "next_authority", Value::List{"pem", Bytes()});
        row("a certificate with 73 bytes", "next_authority", Value::List{"pem", Bytes(73, 1)});
    }
    void what_hello_vouches_with_has_its_shape_or_is_refused() {
        QFETCH(QString, key);
        QFETCH(QByteArray, cbor);
        HelloReply reply;
        reply.packs = {{"council", "1", Hash{1}}, {"working-age", "2", Hash{2}}};
        auto value = *decodeCbor(encode(reply));
        (*value.map())[key.toStdString()] = *decodeCbor(
            ByteView(reinterpret_cast<const std::uint8_t*>(cbor.data()), static_cast<std::size_t>(cbor.size())));
        const auto back = decode<HelloReply>(encodeCbor(value));
        QVERIFY(!back.has_value());
        QCOMPARE(back.error().code, ErrorCode::BadInput);
        QVERIFY(back.error().detail.find("hello." + key.toStdString()) != std::string::npos);
    }
    void a_hello_names_the_next_authority() {
        HelloReply reply;
        reply.next_authority = VouchedAuthority{"-----BEGIN CERTIFICATE-----", Bytes(71, 5)};
        comesBack(reply);
        QVERIFY(decode<HelloReply>(encode(reply))->next_authority == reply.next_authority);
    }

    void an_archive_holds_its_files() {
        const std::map<std::string, std::string> files{{"survey.csv", "a,b\n"},
                                                       {"choices.csv", std::string("\0\xFF", 2)}};
        QCOMPARE(*decodeArchive(encodeArchive(files)), files);
        QVERIFY(!decodeArchive(encodeCbor(Value::List{})));
    }
};

QTEST_GUILESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
