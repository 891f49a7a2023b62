#include "mobile/storage/slots.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::uint32_t kFreeTries = 3;
constexpr std::array<std::int64_t, 6> kDelaysMs{5'000, 15'000, 60'000, 300'000, 900'000, 3'600'000};

Bytes contextOf(const Slot& slot) {
    return encodeCbor(Value::List{"fieldclaim/slot/1", slot.officer.bytes, slot.author.bytes, slot.salt,
                                  static_cast<std::int64_t>(slot.scrypt.n), std::int64_t{slot.scrypt.r},
                                  std::int64_t{slot.scrypt.p}});
}

}  // namespace

std::int64_t delayAfterMs(std::uint32_t wrong_tries) {
    if (wrong_tries < kFreeTries) return 0;
    return kDelaysMs[std::min<std::size_t>(wrong_tries - kFreeTries, kDelaysMs.size() - 1)];
}

Result<Slot> Slot::make(const Uuid& officer, const std::string& name, const Uuid& author, const std::string& passphrase,
                        const SlotSecrets& secrets, const ScryptParams& scrypt_params, Random& random) {
    Slot slot{officer, name, author, Bytes(kSaltBytes), scrypt_params, {}, 0};
    random.fill(slot.salt.data(), slot.salt.size());
    ASSIGN(auto key, fieldclaim::scrypt(passphrase, slot.salt, scrypt_params));
    Bytes plain(secrets.vault_key.begin(), secrets.vault_key.end());
    plain.insert(plain.end(), secrets.author_secret.begin(), secrets.author_secret.end());
    slot.sealed = sealAesGcm(key, plain, contextOf(slot), random);
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(plain.data(), plain.size());
    return slot;
}

Result<SlotSecrets> Slot::open(const std::string& passphrase) const {
    ASSIGN(auto key, fieldclaim::scrypt(passphrase, salt, scrypt));
    auto plain = openAesGcm(key, sealed, contextOf(*this));
    OPENSSL_cleanse(key.data(), key.size());
    if (!plain || plain->size() != 64) return fail(ErrorCode::WrongPassphrase, "the slot does not open");
    SlotSecrets out;
    std::copy_n(plain->begin(), 32, out.vault_key.begin());
    std::copy_n(plain->begin() + 32, 32, out.author_secret.begin());
    OPENSSL_cleanse(plain->data(), plain->size());
    return out;
}

Bytes encodeSlots(const std::vector<Slot>& slots) {
    Value::List list;
    for (const auto& slot : slots) {
        list.push_back(Value::List{slot.officer.bytes, slot.name, slot.author.bytes, slot.salt,
                                   static_cast<std::int64_t>(slot.scrypt.n), std::int64_t{slot.scrypt.r},
                                   std::int64_t{slot.scrypt.p}, slot.sealed, std::int64_t{slot.wrong_tries}});
    }
    return encodeCbor(Value::List{"fieldclaim/slots/1", std::move(list)});
}

Result<std::vector<Slot>> decodeSlots(ByteView bytes) {
    const auto decode = [&]() -> Result<std::vector<Slot>> {
        ASSIGN(const auto value, decodeCbor(bytes));
        ListReader in(value, "slots", 2);
        const auto tag = in.text();
        const auto& list = in.list();
        TRY(in.finish());
        if (tag != "fieldclaim/slots/1") return fail(ErrorCode::BadInput, "slots of another version");
        std::vector<Slot> out;
        for (const auto& item : list) {
            ListReader fields(item, "slot", 9);
            Slot slot;
            slot.officer.bytes = fields.array<16>();
            slot.name = fields.text();
            slot.author.bytes = fields.array<16>();
            slot.salt = fields.bytes();
            slot.scrypt.n = fields.natural();
            slot.scrypt.r = static_cast<std::uint32_t>(fields.natural());
            slot.scrypt.p = static_cast<std::uint32_t>(fields.natural());
            slot.sealed = fields.bytes();
            slot.wrong_tries = static_cast<std::uint32_t>(fields.natural());
            TRY(fields.finish());
            out.push_back(std::move(slot));
        }
        return out;
    };
    auto slots = decode();
    if (!slots) return fail(ErrorCode::Damaged, "slots.cbor: " + slots.error().detail);
    return slots;
}

}  // namespace fieldclaim::tablet
