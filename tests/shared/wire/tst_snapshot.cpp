#include <QTest>

#include "shared/wire/compression.h"
#include "shared/wire/snapshot.h"

using namespace fieldclaim;

namespace {

PullReply page(std::uint64_t seq) {
    PullReply out;
    out.epoch = Uuid{{5}};
    out.rows = {{"site/llanrwst", seq, "0123456789A0K", {Bytes(40, static_cast<std::uint8_t>(seq))}}};
    out.more = true;
    return out;
}

Bytes frameOf(const Bytes& packed, std::uint32_t size) {
    Bytes out;
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(size >> shift));
    out.insert(out.end(), packed.begin(), packed.end());
    return out;
}
Bytes frameOf(const Bytes& packed) { return frameOf(packed, static_cast<std::uint32_t>(packed.size())); }

}  // namespace

class TestSnapshot : public QObject {
    Q_OBJECT

private slots:
    void pages_come_out_as_they_went_in_wherever_the_bytes_are_cut() {
        Bytes body;
        for (std::uint64_t seq = 1; seq <= 5; ++seq) appendFrame(body, page(seq));
        for (std::size_t step = 1; step <= body.size(); step += 7) {
            Bytes tail;
            std::uint64_t next = 1;
            for (std::size_t at = 0; at < body.size(); at += step) {
                const auto part = ByteView(body).subspan(at, std::min(step, body.size() - at));
                tail.insert(tail.end(), part.begin(), part.end());
                ByteView rest = tail;
                while (true) {
                    const auto taken = takeFrame(rest);
                    QVERIFY(taken.has_value());
                    if (!*taken) break;
                    QVERIFY((*taken)->rows == page(next++).rows);
                }
                tail = toBytes(rest);
            }
            QCOMPARE(next, 6U);
            QVERIFY(tail.empty());
        }
    }

    void what_is_no_frame_is_refused_and_takes_nothing_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const Bytes& bytes, ErrorCode code) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                              static_cast<qsizetype>(bytes.size()))
                                << static_cast<int>(code);
        };
        Bytes cut = deflateBytes(encode(page(1)));
        cut.pop_back();
        row("a length above the limit", frameOf({}, kMaxInflatedBytes + 1), ErrorCode::TooLarge);
        row("what does not inflate", frameOf(Bytes(30, 0x41)), ErrorCode::BadInput);
        row("what is cut inside its frame", frameOf(cut), ErrorCode::BadInput);
        row("no page", frameOf(deflateBytes(Bytes(30, 0x41))), ErrorCode::BadInput);
        row("an empty frame", frameOf({}), ErrorCode::BadInput);
        row("a bomb", frameOf(deflateBytes(Bytes(kMaxInflatedBytes + 1, 0))), ErrorCode::TooLarge);
    }
    void what_is_no_frame_is_refused_and_takes_nothing() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const Bytes given(bytes.begin(), bytes.end());
        ByteView rest = given;
        const auto taken = takeFrame(rest);
        QVERIFY(!taken.has_value());
        QCOMPARE(static_cast<int>(taken.error().code), code);
        QCOMPARE(rest.size(), given.size());
    }
};

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
