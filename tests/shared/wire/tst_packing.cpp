#include <rapidcheck.h>

#include <QTest>

#include "shared/wire/cbor.h"
#include "shared/wire/compression.h"
#include "shared/wire/packing.h"
#include "tests/support/wire/drawn_history.h"

using namespace fieldclaim;
using test::DrawnHistory;
using test::KnownNames;

namespace {

std::vector<RunItem> itemsOf(const std::vector<ChangeSet>& change_sets) {
    std::vector<RunItem> out;
    for (const auto& each : change_sets) out.push_back({each.header.claim, encodeChangeSet(each)});
    return out;
}

/// What may come out of a changed segment that is still its author's: every header as it was, and no other payload that
/// fits its header. (Which payload a whole item carries is looked at when its claim is: one that does not fit is set
/// aside alone.)
bool saysNothingElse(const CheckedSegment& back, const std::vector<ChangeSet>& sent, const KnownNames& names) {
    if (back.items.size() != sent.size()) return false;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const auto& item = back.items[i];
        if (item.header_bytes != sent[i].header_bytes) return false;
        const auto key = names.keys.find(item.header.claim);
        const bool fits = key != names.keys.end() && payloadMatches(item.header, item.payload_bytes, key->second);
        if (fits && item.payload_bytes != sent[i].payload_bytes) return false;
    }
    return true;
}

/// Items that did not fit the columns.
std::size_t wholeIn(const Value& packed) { return packed.list()->back().list()->size(); }

bool isSame(const Result<std::vector<RunItem>>& unpacked, const std::vector<RunItem>& items) {
    return unpacked && *unpacked == items;
}

}  // namespace

class TestPacking : public QObject {
    Q_OBJECT

private slots:
    void what_is_unpacked_is_what_was_packed() {
        QVERIFY(rc::check("unpack(pack(x)) == x", [](std::uint32_t seed) {
            DrawnHistory history(seed);
            history.draw(history.below(30));
            auto names = history.names();
            const auto items = itemsOf(history.draw(1 + history.below(60)));
            const auto packed = packRun(items, names);
            RC_ASSERT(packed.has_value());
            RC_ASSERT(!packed->isNull());
            RC_ASSERT(wholeIn(*packed) * 3 <= items.size() + 6);
            // As it travels.
            const auto travelled = decodeCbor(encodeCbor(*packed));
            RC_ASSERT(travelled.has_value());
            RC_ASSERT(isSame(unpackRun(*travelled, names, kMaxInflatedBytes), items));
        }));
    }

    void what_does_not_fit_travels_whole_among_the_others() {
        QVERIFY(rc::check("odd ones among the others", [](std::uint32_t seed) {
            DrawnHistory history(seed);
            auto items = itemsOf(history.draw(20));
            for (auto& item : items) {
                switch (history.below(6)) {
                    case 0:
                        item.bytes = Bytes(17 + history.below(60), 0x41);  // nothing that decodes
                        break;
                    case 1:
                        item.bytes.back() ^= 0x01U;  // another payload than the header names
                        break;
                    case 2:  // erased
                        item.bytes = encodeCbor(Value::List{splitChangeSet(item.bytes)->header_bytes, Value(Bytes())});
                        break;
                    case 3:
                        item.claim = "another";
                        break;
                    default:
                        break;
                }
            }
            auto names = history.names();
            const auto packed = packRun(items, names);
            RC_ASSERT(packed.has_value());
            RC_ASSERT(!packed->isNull());
            RC_ASSERT(isSame(unpackRun(*packed, names, kMaxInflatedBytes), items));
        }));
    }

    void a_claim_whose_key_the_sender_does_not_name_travels_whole() {
        DrawnHistory history(7);
        const auto items = itemsOf(history.draw(5));
        KnownNames nothing;
        const auto packed = packRun(items, nothing);
        QVERIFY(!packed->isNull());
        QCOMPARE(wholeIn(*packed), items.size());
        QVERIFY(isSame(unpackRun(*packed, nothing, kMaxInflatedBytes), items));
    }

    void a_run_that_names_what_the_receiver_has_not_is_not_unpacked() {
        DrawnHistory history(7);
        history.draw(30);
        auto names = history.names();
        const auto items = itemsOf(history.draw(30));
        const auto packed = packRun(items, names);
        QVERIFY(isSame(unpackRun(*packed, names, kMaxInflatedBytes), items));

        auto without_keys = names;
        without_keys.keys.clear();
        const auto first = unpackRun(*packed, without_keys, kMaxInflatedBytes);
        QCOMPARE(first.error().code, ErrorCode::NotFound);
        QVERIFY(wantsWhole(first.error()));
        auto without_ledger = names;
        without_ledger.ledger.clear();
        without_ledger.chain.clear();
        QCOMPARE(unpackRun(*packed, without_ledger, kMaxInflatedBytes).error().code, ErrorCode::NotFound);
    }

    void a_stores_own_error_is_not_taken_for_a_wish_for_the_whole_form() {
        DrawnHistory history(7);
        const auto items = itemsOf(history.draw(3));
        auto names = history.names();
        const auto packed = packRun(items, names);
        names.broken = true;
        const auto refused = unpackRun(*packed, names, kMaxInflatedBytes);
        QCOMPARE(refused.error().code, ErrorCode::Storage);
        QVERIFY(!wantsWhole(refused.error()));
        QCOMPARE(packRun(items, names).error().code, ErrorCode::Storage);
    }

    void more_than_the_cap_never_comes_out() {
        DrawnHistory history(3);
        const auto items = itemsOf(history.draw(40));
        std::size_t bytes = 0;
        for (const auto& item : items) bytes += item.bytes.size();
        auto names = history.names();
        const auto packed = packRun(items, names);
        QVERIFY(unpackRun(*packed, names, bytes).has_value());
        QCOMPARE(unpackRun(*packed, names, bytes - 1).error().code, ErrorCode::TooLarge);
    }

    void segments_of_one_message_share_the_cap() {
        DrawnHistory history(3);
        auto names = history.names();
        auto segment = history.segmentOf(history.drawSegment(5));
        std::size_t bytes = 0;
        for (const auto& each : segment.change_sets) bytes += each.size();
        QVERIFY(packSegment(segment, names).has_value());
        auto room = bytes + bytes / 2;
        auto first = segment;
        QVERIFY(unpackSegment(first, names, room).has_value());
        QCOMPARE(room, bytes / 2);
        QCOMPARE(unpackSegment(segment, names, room).error().code, ErrorCode::TooLarge);
    }

    void a_run_of_a_million_change_sets_is_refused_before_it_is_made() {
        DrawnHistory history(3);
        auto names = history.names();
        auto packed = *packRun(itemsOf(history.draw(1)), names);
        packed.list()->front() = 1'000'000;
        QCOMPARE(unpackRun(packed, names, kMaxInflatedBytes).error().code, ErrorCode::TooLarge);
        packed.list()->front() = 0;
        QVERIFY(!unpackRun(packed, names, kMaxInflatedBytes));
    }

    void mutated_bytes_never_crash_and_never_pass_for_another_run_of_a_segment() {
        QVERIFY(rc::check("a flipped byte", [](std::uint32_t seed) {
            DrawnHistory history(seed);
            history.draw(10);
            auto names = history.names();
            const auto change_sets = history.drawSegment(1 + history.below(10));
            auto segment = history.segmentOf(change_sets);
            RC_ASSERT(packSegment(segment, names).has_value());
            const auto bytes = encodeCbor(encodeSegment(segment));
            for (int flips = 0; flips < 20; ++flips) {
                auto changed = bytes;
                changed[history.below(changed.size())] ^= static_cast<std::uint8_t>(1U << history.below(8));
                const auto value = decodeCbor(changed);
                if (!value) continue;
                auto back = decodeSegment(*value);
                std::size_t room = kMaxInflatedBytes;
                if (!back || !unpackSegment(*back, names, room)) continue;
                const auto checked = checkSegment(*back, history.authorKey());
                if (checked) RC_ASSERT(saysNothingElse(*checked, change_sets, names));
            }
        }));
    }

    void any_value_in_the_place_of_a_column_is_refused_or_unpacked_and_nothing_else() {
        QVERIFY(rc::check("a column of something else", [](std::uint32_t seed) {
            DrawnHistory history(seed);
            auto names = history.names();
            auto packed = *packRun(itemsOf(history.draw(1 + history.below(10))), names);
            auto& columns = *packed.list();
            auto& column = columns[history.below(columns.size())];
            if (column.list() != nullptr && !column.list()->empty() && history.below(2) == 0) {
                auto& items = *column.list();
                items[history.below(items.size())] = history.weirdValue();
            } else {
                column = history.weirdValue();
            }
            static_cast<void>(unpackRun(packed, names, kMaxInflatedBytes));
        }));
    }

    void rows_come_back_as_they_were_and_own_ones_by_their_place_alone() {
        QVERIFY(rc::check("unpackRows(packRows(x)) == x", [](std::uint32_t seed) {
            DrawnHistory history(seed);
            history.draw(history.below(30));
            auto names = history.names();
            PullReply reply;
            reply.rows = history.drawRows(1 + history.below(40), names);
            const auto rows = reply.rows;
            RC_ASSERT(packRows(reply, names).has_value());
            RC_ASSERT(!reply.packed.isNull());
            RC_ASSERT(reply.rows.empty());
            const auto travelled = decode<PullReply>(encode(reply));
            RC_ASSERT(travelled.has_value());
            const auto back = unpackRows(*travelled, names);
            RC_ASSERT(back.has_value());
            RC_ASSERT(*back == rows);
        }));
    }

    void H07_own_change_sets_of_another_history_do_not_pass_for_ours() {
        DrawnHistory history(11);
        auto names = history.names();
        const auto own = history.drawSegment(4);
        PullReply reply;
        PullRow row{"site/llanrwst", 9, own.front().header.claim, {}};
        for (const auto& each : own) {
            names.chain[{each.header.author, each.header.incarnation, each.header.counter}] = each.id();
            const auto id = each.id();
            row.change_sets.emplace_back(id.begin(), id.end());
        }
        reply.rows = {row};
        QVERIFY(packRows(reply, names).has_value());
        QVERIFY(!reply.packed.isNull());
        QVERIFY(encodeCbor(reply.packed).size() < 100);
        QVERIFY(unpackRows(reply, names).has_value());
        const auto& last = own.back().header;
        names.chain[{last.author, last.incarnation, last.counter}] = ChangeSetId{9};
        const auto refused = unpackRows(reply, names);
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QVERIFY(wantsWhole(refused.error()));
    }
};

QTEST_GUILESS_MAIN(TestPacking)
#include "tst_packing.moc"
