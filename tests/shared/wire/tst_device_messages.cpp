#include <QtTest>
#include <algorithm>

#include "shared/wire/cbor.h"
#include "shared/wire/device_messages.h"

using namespace fieldclaim;

namespace {

class Counting final : public Random {
public:
    void fill(std::uint8_t* out, std::size_t size) override {
        for (std::size_t i = 0; i < size; ++i) out[i] = m_next++;
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
    for (std::size_t size = 0; size < bytes.size(); ++size) QVERIFY(!decode<Message>(ByteView(bytes).first(size)));
    QVERIFY(!decode<Message>(encodeCbor(Value::Map{})));
    QVERIFY(!decode<Message>(encodeCbor(Value::List{})));
}

Uuid id(std::uint8_t with) {
    Uuid out;
    out.bytes.fill(with);
    return out;
}

}  // namespace

class TestDeviceMessages : public QObject {
    Q_OBJECT

private slots:
    void messages_come_back_as_they_were() {
        Counting random;
        comesBack(DeviceOrdersRequest{});
        comesBack(DeviceOrdersRequest{412, std::nullopt, true});
        comesBack(DeviceOrdersRequest{0, ReleaseRequest::make(id(1), id(2), Hash{3}, Bytes(124, 4), random), false});
        comesBack(DeviceOrdersReply{1'168'851'600'000, {"lock", "wipe"}, ReleaseState::Released, Bytes(92, 1)});
        comesBack(DeviceOrdersReply{});
    }

    void a_message_that_is_too_long_is_refused() {
        DeviceOrdersRequest long_one;
        long_one.release = ReleaseRequest{id(1), {}, {}, Bytes(257)};
        QCOMPARE(decode<DeviceOrdersRequest>(encode(long_one)).error().code, ErrorCode::TooLarge);
    }

    void a_code_is_the_same_however_it_is_typed() {
        Counting random;
        for (int i = 0; i < 50; ++i) {
            const auto request = ReleaseRequest::make(id(1), id(2), Hash{3}, Bytes(124, 4), random);
            const auto code = releaseCode(id(1), request);
            QCOMPARE(code.size(), 10U);
            const auto shown = displayReleaseCode(code);
            QCOMPARE(parseReleaseCode(shown).value(), code);
            auto typed = QString::fromStdString(shown).toLower().toStdString();
            std::replace(typed.begin(), typed.end(), '0', 'o');
            std::replace(typed.begin(), typed.end(), '1', 'l');
            QCOMPARE(parseReleaseCode(" " + typed + " ").value(), code);
        }
    }

    void every_mistyped_letter_and_every_swap_of_neighbours_is_noticed() {
        Counting random;
        const std::string letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        const auto code = releaseCode(id(1), ReleaseRequest::make(id(1), id(2), Hash{3}, Bytes(124, 4), random));
        for (std::size_t at = 0; at < code.size(); ++at) {
            for (const char letter : letters) {
                auto wrong = code;
                wrong[at] = letter;
                QCOMPARE(parseReleaseCode(wrong).has_value(), wrong == code);
            }
            if (at + 1 == code.size()) continue;
            auto swapped = code;
            std::swap(swapped[at], swapped[at + 1]);
            QCOMPARE(parseReleaseCode(swapped).has_value(), swapped == code);
        }
        QVERIFY(!parseReleaseCode(code.substr(1)));
        QVERIFY(!parseReleaseCode(code + "0"));
    }

    void a_code_names_the_tablet_the_nonce_the_key_and_the_slot() {
        Counting random;
        const auto request = ReleaseRequest::make(id(1), id(2), Hash{3}, Bytes(124, 4), random);
        const auto code = releaseCode(id(1), request);
        QVERIFY(releaseCode(id(9), request) != code);
        auto other = request;
        other.nonce[0] ^= 1U;
        QVERIFY(releaseCode(id(1), other) != code);
        other = request;
        other.one_time_key[0] ^= 1U;
        QVERIFY(releaseCode(id(1), other) != code);
        other = request;
        other.recovery[0] ^= 1U;
        QVERIFY(releaseCode(id(1), other) != code);
        other = request;
        other.officer = id(7);
        QVERIFY(releaseCode(id(1), other) != code);
    }
};

QTEST_GUILESS_MAIN(TestDeviceMessages)
#include "tst_device_messages.moc"
