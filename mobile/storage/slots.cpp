#include "mobile/storage/slots.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

#include "shared/wire/cbor.h"
#include "shared/wire/device_messages.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kSecretsBytes = 64;
constexpr std::uint32_t kFreeTries = 3;
constexpr std::array<std::int64_t, 6> kDelaysMs{5'000, 15'000, 60'000, 300'000, 900'000, 3'600'000};

Bytes contextOf(const Slot& slot, const char* tag) {
    return encodeCbor(Value::List{tag, slot.officer.bytes, slot.author.bytes, slot.salt,
                                  static_cast<std::int64_t>(slot.scrypt.n), std::int64_t{slot.scrypt.r},
                                  std::int64_t{slot.scrypt.p}});
}
Bytes passphraseContext(const Slot& slot) {
    return contextOf(slot, slot.isOfFirstVersion() ? "fieldclaim/slot/1" : "fieldclaim/slot/2");
}
Bytes ownContext(const Slot& slot, const char* tag) {
    return encodeCbor(Value::List{tag, slot.officer.bytes, slot.author.bytes});
}

Bytes joined(const Hash& first, const Hash& second) {
    Bytes out(first.begin(), first.end());
    out.insert(out.end(), second.begin(), second.end());
    return out;
}
/// Takes the 64 bytes apart and overwrites them.
void takeApart(Bytes& plain, Hash& first, Hash& second) {
    std::copy_n(plain.begin(), first.size(), first.begin());
    std::copy_n(plain.begin() + static_cast<std::ptrdiff_t>(first.size()), second.size(), second.begin());
    OPENSSL_cleanse(plain.data(), plain.size());
}

}  // namespace

void SlotSecrets::forget() {
    OPENSSL_cleanse(author_secret.data(), author_secret.size());
    OPENSSL_cleanse(box_secret.data(), box_secret.size());
}
void OpenedSlot::forget() {
    OPENSSL_cleanse(vault_key.data(), vault_key.size());
    secrets.forget();
}

std::int64_t delayAfterMs(std::uint32_t wrong_tries) {
    if (wrong_tries < kFreeTries) return 0;
    return kDelaysMs[std::min<std::size_t>(wrong_tries - kFreeTries, kDelaysMs.size() - 1)];
}

Result<Slot> Slot::make(const Uuid& officer, const std::string& name, const Uuid& author, const std::string& passphrase,
                        const Hash& author_secret, const Hash& vault_key, const ScryptParams& scrypt_params,
                        Random& random) {
    Slot slot;
    slot.officer = officer;
    slot.name = name;
    slot.author = author;
    slot.scrypt = scrypt_params;
    const auto box = BoxKeyPair::make(random);
    slot.box_key = box.public_key;
    SlotSecrets secrets{author_secret, box.secret};
    TRY(slot.sealVaultKey(vault_key, random));
    const Status set = slot.setPassphrase(passphrase, secrets, random);
    secrets.forget();
    TRY(set);
    return slot;
}

Status Slot::setPassphrase(const std::string& passphrase, const SlotSecrets& secrets, Random& random) {
    Bytes fresh(kSaltBytes);
    random.fill(fresh.data(), fresh.size());
    ASSIGN(auto key, fieldclaim::scrypt(passphrase, fresh, scrypt));
    salt = std::move(fresh);
    auto plain = joined(secrets.author_secret, secrets.box_secret);
    sealed = sealAesGcm(key, plain, passphraseContext(*this), random);
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(plain.data(), plain.size());
    return {};
}

Status Slot::sealVaultKey(const Hash& key, Random& random) {
    ASSIGN(vault_key, sealTo(box_key, key, ownContext(*this, "fieldclaim/vault-key/1"), random));
    return {};
}

Result<OpenedSlot> Slot::openWith(const SlotSecrets& secrets) const {
    OpenedSlot out{{}, secrets};
    const auto key = openSealed(secrets.box_secret, vault_key, ownContext(*this, "fieldclaim/vault-key/1"));
    if (!key || key->size() != out.vault_key.size())
        return fail(ErrorCode::Damaged, "a slot's vault key does not open");
    std::copy_n(key->begin(), out.vault_key.size(), out.vault_key.begin());
    return out;
}

Result<OpenedSlot> Slot::open(const std::string& passphrase) const {
    ASSIGN(auto key, fieldclaim::scrypt(passphrase, salt, scrypt));
    auto plain = openAesGcm(key, sealed, passphraseContext(*this));
    OPENSSL_cleanse(key.data(), key.size());
    if (!plain || plain->size() != kSecretsBytes) return fail(ErrorCode::WrongPassphrase, "the slot does not open");
    if (isOfFirstVersion()) {
        OpenedSlot out;
        takeApart(*plain, out.vault_key, out.secrets.author_secret);
        return out;
    }
    SlotSecrets secrets;
    takeApart(*plain, secrets.author_secret, secrets.box_secret);
    return openWith(secrets);
}

Status Slot::upgrade(const std::string& passphrase, OpenedSlot& opened, Random& random) {
    Slot next = *this;
    const auto box = BoxKeyPair::make(random);
    next.box_key = box.public_key;
    TRY(next.sealVaultKey(opened.vault_key, random));
    opened.secrets.box_secret = box.secret;
    TRY(next.setPassphrase(passphrase, opened.secrets, random));
    *this = std::move(next);
    return {};
}

Status Slot::sealRecovery(const Uuid& device, const Hash& server_key, const SlotSecrets& secrets, Random& random) {
    Hash recovery_secret{};
    random.fill(recovery_secret.data(), recovery_secret.size());
    ASSIGN(auto sealed_secret, sealTo(server_key, recovery_secret, recoveryContext(device, officer), random));
    auto plain = joined(secrets.author_secret, secrets.box_secret);
    backup = sealAesGcm(recovery_secret, plain, ownContext(*this, "fieldclaim/backup/1"), random);
    OPENSSL_cleanse(plain.data(), plain.size());
    OPENSSL_cleanse(recovery_secret.data(), recovery_secret.size());
    recovery = std::move(sealed_secret);
    recovery_key = server_key;
    return {};
}

Result<OpenedSlot> Slot::openRecovered(ByteView recovery_secret) const {
    const auto key = toArray<32>(recovery_secret);
    if (!key) return fail(ErrorCode::BadSignature, "a recovery secret has 32 bytes");
    ASSIGN(auto plain, openAesGcm(*key, backup, ownContext(*this, "fieldclaim/backup/1")));
    if (plain.size() != kSecretsBytes) return fail(ErrorCode::Damaged, "a slot's backup has another size");
    SlotSecrets secrets;
    takeApart(plain, secrets.author_secret, secrets.box_secret);
    return openWith(secrets);
}

Bytes encodeSlots(const std::vector<Slot>& slots) {
    Value::List list;
    for (const auto& slot : slots) {
        list.push_back(Value::List{slot.officer.bytes, slot.name, slot.author.bytes, slot.salt,
                                   static_cast<std::int64_t>(slot.scrypt.n), std::int64_t{slot.scrypt.r},
                                   std::int64_t{slot.scrypt.p}, slot.sealed, slot.box_key, slot.vault_key,
                                   slot.recovery_key, slot.recovery, slot.backup, std::int64_t{slot.wrong_tries}});
    }
    return encodeCbor(Value::List{"fieldclaim/slots/2", std::move(list)});
}

Result<std::vector<Slot>> decodeSlots(ByteView bytes) {
    const auto decode = [&]() -> Result<std::vector<Slot>> {
        ASSIGN(const auto value, decodeCbor(bytes));
        ListReader in(value, "slots", 2);
        const auto tag = in.text();
        const auto& list = in.list();
        TRY(in.finish());
        const bool first_version = tag == "fieldclaim/slots/1";
        if (!first_version && tag != "fieldclaim/slots/2") return fail(ErrorCode::BadInput, "slots of another version");
        std::vector<Slot> out;
        for (const auto& item : list) {
            ListReader fields(item, "slot", first_version ? 9 : 14);
            Slot slot;
            slot.officer.bytes = fields.array<16>();
            slot.name = fields.text();
            slot.author.bytes = fields.array<16>();
            slot.salt = fields.bytes();
            slot.scrypt.n = fields.natural();
            slot.scrypt.r = static_cast<std::uint32_t>(fields.natural());
            slot.scrypt.p = static_cast<std::uint32_t>(fields.natural());
            slot.sealed = fields.bytes();
            if (!first_version) {
                slot.box_key = fields.array<32>();
                slot.vault_key = fields.bytes();
                slot.recovery_key = fields.array<32>();
                slot.recovery = fields.bytes();
                slot.backup = fields.bytes();
            }
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
