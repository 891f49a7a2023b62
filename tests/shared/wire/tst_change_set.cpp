#include <rapidcheck.h>

#include <QTest>

#include "shared/wire/cbor.h"
#include "shared/wire/segment.h"

using namespace fieldclaim;

namespace {

constexpr std::string_view kCrn = "0000000000000";

ChangeSetHeader header(std::uint64_t counter, const Hash& previous) {
    ChangeSetHeader out;
    out.author.bytes.fill(7);
    out.incarnation = 1;
    out.counter = counter;
    out.previous = previous;
    out.seen = {{"site/llanrwst", 12}};
    out.claim = kCrn;
    out.device_time = 1'168'851'600'000;
    out.device_uptime = 5'000;
    out.pack = "working-age/1";
    return out;
}

ChangeSet changeSet(std::uint64_t counter, const Hash& previous, const ClaimKey& key) {
    return makeChangeSet(header(counter, previous), {{{"a/nino", "QQ123456C", {}}}, std::nullopt}, key);
}

Segment segmentOf(const std::vector<ChangeSet>& change_sets, const KeyPair& author) {
    Segment segment{change_sets.front().header.author, change_sets.front().header.incarnation, {}, {}};
    for (const auto& one : change_sets) segment.change_sets.push_back(encodeChangeSet(one));
    const auto& last = change_sets.back();
    segment.signature =
        signEd25519(author.secret, segmentMessage(segment.author, segment.incarnation, last.header.counter, last.hash));
    return segment;
}

}  // namespace

class TestChangeSet : public QObject {
    Q_OBJECT

    ClaimKey m_key{};
    KeyPair m_author = KeyPair::fromSecret(Hash{1});

private slots:
    void a_change_set_comes_back_as_it_was_made() {
        const auto made = changeSet(1, {}, m_key);
        const auto back = decodeChangeSet(encodeChangeSet(made));
        QVERIFY(back.has_value());
        QVERIFY(back->header == made.header);
        QVERIFY(back->payload == made.payload);
        QCOMPARE(back->hash, made.hash);
        QVERIFY(payloadMatches(back->header, back->payload_bytes, m_key));
    }

    void its_bytes_are_the_same_for_ever() {
        // A vector for other implementations (docs/protocol.md): this must never change in version 1.
        QCOMPARE(QByteArray::fromStdString(toHex(changeSet(1, {}, m_key).hash)),
                 QByteArray("9eff0e98df8092e771f6690fac22925906e15daf818c0f405e99e674f0692ea3"));
    }

    void a_payload_of_another_claim_key_or_counter_does_not_match() {
        const auto made = changeSet(1, {}, m_key);
        QVERIFY(!payloadMatches(made.header, made.payload_bytes, ClaimKey{9}));
        auto other = made.header;
        other.counter = 2;
        QVERIFY(!payloadMatches(other, made.payload_bytes, m_key));
        auto bytes = made.payload_bytes;
        bytes.back() ^= 1U;
        QVERIFY(!payloadMatches(made.header, bytes, m_key));
    }

    void bad_payloads_are_refused_data() {
        QTest::addColumn<QByteArray>("payload");
        const auto row = [](const char* name, const Value& value) {
            const auto bytes = encodeCbor(value);
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                              static_cast<qsizetype>(bytes.size()));
        };
        using List = Value::List;
        row("a map", Value::Map{});
        row("unknown kind", List{2, List{}});
        row("no edits", List{0, List{}});
        row("a field too many", List{0, List{List{"a/x", "1", List{}, 1}}});
        row("path of the wrong type", List{0, List{List{1, "1", List{}}}});
        row("path with a space", List{0, List{List{"a/x y", "1", List{}}}});
        row("path that climbs", List{0, List{List{"/a", "1", List{}}}});
        row("path with nothing between", List{0, List{List{"a//b", "1", List{}}}});
        row("ids out of order", List{0, List{List{"a/x", "1", List{List{Bytes(16, 2), 0}, List{Bytes(16, 1), 0}}}}});
        row("an id twice", List{0, List{List{"a/x", "1", List{List{Bytes(16, 2), 0}, List{Bytes(16, 2), 0}}}}});
        row("an id of 15 bytes", List{0, List{List{"a/x", "1", List{List{Bytes(15, 2), 0}}}}});
        row("an intent without its kind", List{1, Value::Map{{"digest", "x"}}});
        row("more than 1,000 edits", List{0, List(1'001, Value(List{"a/x", "1", List{}}))});
        row("more than 256 KiB", List{0, List{List{"a/x", std::string(300'000, 'x'), List{}}}});
    }
    void bad_payloads_are_refused() {
        QFETCH(QByteArray, payload);
        QVERIFY(!decodePayload(asBytes(std::string_view(payload.data(), static_cast<std::size_t>(payload.size())))));
    }

    void a_header_with_a_wrong_claim_number_is_refused() {
        auto bad = header(1, {});
        bad.claim = "0000000000001";
        const auto made = makeChangeSet(bad, {{{"a/x", "1", {}}}, std::nullopt}, m_key);
        QVERIFY(!decodeHeader(made.header_bytes));
    }

    void a_segment_is_whole_only_as_its_author_signed_it() {
        const auto first = changeSet(1, {}, m_key);
        const auto second = changeSet(2, first.hash, m_key);
        const auto segment = segmentOf({first, second}, m_author);
        const auto checked = checkSegment(segment, m_author.public_key);
        QVERIFY(checked.has_value());
        QCOMPARE(checked->firstCounter(), 1U);
        QCOMPARE(checked->lastCounter(), 2U);

        QCOMPARE(checkSegment(segment, KeyPair::fromSecret(Hash{2}).public_key).error().code, ErrorCode::BadSignature);
        auto cut = segment;
        cut.change_sets.pop_back();
        QCOMPARE(checkSegment(cut, m_author.public_key).error().code, ErrorCode::BadSignature);
        auto gap = segmentOf({first, changeSet(3, first.hash, m_key)}, m_author);
        QCOMPARE(checkSegment(gap, m_author.public_key).error().code, ErrorCode::BadInput);
        auto unchained = segmentOf({first, changeSet(2, {}, m_key)}, m_author);
        QCOMPARE(checkSegment(unchained, m_author.public_key).error().code, ErrorCode::BadInput);
    }

    void H37_every_byte_of_a_segment_counts() {
        const auto segment = segmentOf({changeSet(1, {}, m_key)}, m_author);
        const auto bytes = encodeCbor(encodeSegment(segment));
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            auto changed = bytes;
            changed[i] ^= 0x01U;
            const auto value = decodeCbor(changed);
            if (!value) continue;
            const auto decoded = decodeSegment(*value);
            if (!decoded) continue;
            const auto checked = checkSegment(*decoded, m_author.public_key);
            // The payload's bytes are covered by the header's payload_hash, everything else by the signature.
            if (checked) QVERIFY(!payloadMatches(checked->items[0].header, checked->items[0].payload_bytes, m_key));
        }
    }
};

QTEST_GUILESS_MAIN(TestChangeSet)
#include "tst_change_set.moc"
