#include "shared/wire/device_messages.h"

#include "shared/wire/cbor.h"

namespace fieldclaim {
namespace {

constexpr CborLimits kLimits{16U << 10U, 4, 100};
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
constexpr std::size_t kCodeDigits = 9;

std::uint64_t codeValue(const Uuid& device, const ReleaseRequest& request) {
    const auto hash = sha256(encodeCbor(Value::List{"fieldclaim/release-code/1", device.bytes, request.officer.bytes,
                                                    request.nonce, request.one_time_key, request.recovery}));
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 6; ++i) value = (value << 8U) | hash[i];
    return value >> 3U;
}

bool isWhole(const Value& value, std::string_view key) { return value.at(key).integer() != nullptr; }

}  // namespace

ReleaseRequest ReleaseRequest::make(const Uuid& device, const Uuid& officer, const Hash& one_time_key, Bytes recovery,
                                    Random& random) {
    ReleaseRequest request{officer, {}, one_time_key, std::move(recovery)};
    do {
        random.fill(request.nonce.data(), request.nonce.size());
    } while (codeValue(device, request) % 37 >= 32);
    return request;
}

std::string releaseCode(const Uuid& device, const ReleaseRequest& request) {
    const auto value = codeValue(device, request);
    std::string out(kCodeDigits, '0');
    for (std::size_t i = 0; i < kCodeDigits; ++i) out[kCodeDigits - 1 - i] = kDigits[(value >> (5U * i)) & 31U];
    return out + kDigits[value % 37];
}

Result<std::string> parseReleaseCode(std::string_view typed) {
    std::string plain;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        plain += c;
    }
    if (plain.size() != kCodeDigits + 1) return fail(ErrorCode::BadCode, "a release code has 10 letters and digits");
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kCodeDigits; ++i) {
        const auto digit = kDigits.find(plain[i]);
        if (digit >= 32) return fail(ErrorCode::BadCode, "a release code has no such letter");
        value = value * 32 + digit;
    }
    if (plain.back() != kDigits[value % 37])
        return fail(ErrorCode::BadCode, "the release code has a mistake in it: check each letter");
    return plain;
}

std::string displayReleaseCode(std::string_view code) {
    std::string out(code);
    if (out.size() == kCodeDigits + 1) out.insert(5, 1, '-');
    return out;
}

Bytes recoveryContext(const Uuid& device, const Uuid& officer) {
    return encodeCbor(Value::List{"fieldclaim/recovery/1", device.bytes, officer.bytes});
}

Bytes releaseContext(const Uuid& device, const ReleaseRequest& request) {
    return encodeCbor(Value::List{"fieldclaim/release/1", device.bytes, request.officer.bytes, request.nonce});
}

Bytes encode(const DeviceOrdersRequest& m) {
    Value::Map map{{"wiped", m.wiped}};
    if (m.pending) map.emplace("pending", static_cast<std::int64_t>(*m.pending));
    if (m.release) {
        map.emplace("release", Value::List{m.release->officer.bytes, m.release->nonce, m.release->one_time_key,
                                           m.release->recovery});
    }
    return encodeCbor(map);
}

template <>
Result<DeviceOrdersRequest> decode<DeviceOrdersRequest>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kLimits));
    if (value.at("wiped").boolean() == nullptr) return fail(ErrorCode::BadInput, "orders.wiped is not true or false");
    DeviceOrdersRequest m;
    m.wiped = *value.at("wiped").boolean();
    if (const auto& pending = value.at("pending"); !pending.isNull()) {
        if (!isWhole(value, "pending") || *pending.integer() < 0)
            return fail(ErrorCode::BadInput, "orders.pending is not zero or more");
        m.pending = static_cast<std::uint64_t>(*pending.integer());
    }
    if (const auto& release = value.at("release"); !release.isNull()) {
        ListReader in(release, "release", 4);
        ReleaseRequest asked;
        asked.officer.bytes = in.array<16>();
        asked.nonce = in.array<16>();
        asked.one_time_key = in.array<32>();
        asked.recovery = in.bytes();
        TRY(in.finish());
        if (asked.recovery.size() > 256) return fail(ErrorCode::TooLarge, "a recovery slot over 256 bytes");
        m.release = std::move(asked);
    }
    return m;
}

Bytes encode(const DeviceOrdersReply& m) {
    Value::List orders;
    for (const auto& order : m.orders) orders.emplace_back(order);
    return encodeCbor(Value::Map{{"time", m.server_time},
                                 {"orders", std::move(orders)},
                                 {"release", static_cast<int>(m.release)},
                                 {"sealed", m.sealed}});
}

template <>
Result<DeviceOrdersReply> decode<DeviceOrdersReply>(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kLimits));
    const auto* const orders = value.at("orders").list();
    const auto* const sealed = value.at("sealed").bytes();
    const auto state = value.integerAt("release", -1);
    if (!isWhole(value, "time") || orders == nullptr || sealed == nullptr || state < 0 ||
        state > static_cast<int>(ReleaseState::Over)) {
        return fail(ErrorCode::BadInput, "an answer that holds no orders");
    }
    DeviceOrdersReply m{value.integerAt("time"), {}, static_cast<ReleaseState>(state), *sealed};
    for (const auto& order : *orders) {
        if (order.text() == nullptr) return fail(ErrorCode::BadInput, "an order that is no text");
        m.orders.push_back(*order.text());
    }
    return m;
}

}  // namespace fieldclaim
