#include <openssl/crypto.h>

#include <filesystem>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/vault_impl.h"
#include "shared/base/text.h"

// Who may open the vault: passphrases, officers, the vault's key and its change, forgotten passphrases, the end.
namespace fieldclaim::tablet {

Status checkPassphrase(const std::string& passphrase) {
    if (codePoints(passphrase) < kMinPassphrase) {
        return fail(ErrorCode::BadInput, "a passphrase has " + std::to_string(kMinPassphrase) + " characters or more");
    }
    return {};
}

Slot* Vault::Impl::slotOf(const Uuid& officer) {
    for (auto& slot : slots) {
        if (slot.officer == officer) return &slot;
    }
    return nullptr;
}

Status Vault::Impl::writeSlots() const { return writeFileAtomically(path(kSlots), encodeSlots(slots)); }

Result<OpenedSlot> Vault::Impl::tryPassphrase(const Uuid& officer, const std::string& passphrase) {
    auto* slot = slotOf(officer);
    if (slot == nullptr) return fail(ErrorCode::NotFound, "no such officer on this tablet");
    const auto now = clock.uptimeMs();
    if (const auto wait = wait_until.find(officer); wait != wait_until.end() && wait->second > now) {
        return fail(ErrorCode::TooManyTries, std::to_string(wait->second - now) + " ms to wait");
    }
    ++slot->wrong_tries;
    TRY(writeSlots());
    auto opened = slot->open(passphrase);
    if (!opened) {
        wait_until[officer] = clock.uptimeMs() + delayAfterMs(slot->wrong_tries);
        return opened;
    }
    slot->wrong_tries = 0;
    if (slot->isOfFirstVersion()) TRY(slot->upgrade(passphrase, *opened, random));
    wait_until.erase(officer);
    TRY(writeSlots());
    return opened;
}

Status Vault::Impl::openWithEitherKey(const Uuid& officer, OpenedSlot& opened) {
    auto status = openDatabase(opened.vault_key);
    if (!next_slots) return status;
    if (!status && status.error().code == ErrorCode::Damaged) {
        for (auto& slot : *next_slots) {
            if (slot.officer != officer) continue;
            Slot with_next = *slotOf(officer);
            with_next.vault_key = slot.vault_key;
            ASSIGN(auto other, with_next.openWith(opened.secrets));
            if (!openDatabase(other.vault_key)) {
                other.forget();
                return status;
            }
            // The store has its new key: the slots that were written for it take their place.
            opened.vault_key = other.vault_key;
            other.forget();
            std::error_code failed;
            std::filesystem::rename(path(kNextSlots), path(kSlots), failed);
            if (failed) return fail(ErrorCode::Storage, "the new slots cannot be named");
            slots = std::move(*next_slots);
            next_slots.reset();
            return syncFolder(folder);
        }
        // This officer was being removed, and the store says that it came to pass; or a page is damaged.
        return fail(ErrorCode::NotAllowed, "this officer was removed from this tablet");
    }
    if (status) {
        // The old key opens it: the re-keying never came to pass.
        std::error_code ignored;
        std::filesystem::remove(path(kNextSlots), ignored);
        next_slots.reset();
    }
    return status;
}

Status Vault::Impl::enter(const Uuid& officer, OpenedSlot& opened) {
    if (!database) {
        if (auto status = openWithEitherKey(officer, opened); !status) {
            if (status.error().code == ErrorCode::Damaged) rescuer = Rescuer{officer, opened};
            return status;
        }
        if (auto loaded = loadSetup(); !loaded) {
            closeDatabase();
            return loaded;
        }
    }
    if (rescuer) rescuer->opened.forget();
    rescuer.reset();
    read_damaged.reset();
    forgetOfficer();
    signed_in = SignedIn{officer, slotOf(officer)->author, opened.secrets.author_secret, opened.secrets.box_secret};
    return refreshRecovery();
}

void Vault::Impl::forgetOfficer() {
    if (signed_in) {
        OPENSSL_cleanse(signed_in->secret.data(), signed_in->secret.size());
        OPENSSL_cleanse(signed_in->box_secret.data(), signed_in->box_secret.size());
    }
    signed_in.reset();
}

Status Vault::Impl::refreshRecovery() {
    if (!signed_in || !setup.recovery_key) return {};
    auto& slot = *slotOf(signed_in->officer);
    if (!slot.recovery.empty() && slot.recovery_key == *setup.recovery_key) return {};
    SlotSecrets secrets{signed_in->secret, signed_in->box_secret};
    const Status sealed = slot.sealRecovery(setup.device, *setup.recovery_key, secrets, random);
    secrets.forget();
    TRY(sealed);
    return writeSlots();
}

Status Vault::Impl::keepRecoveryKey(const Hash& key) {
    if (setup.recovery_key == key) return refreshRecovery();
    TRY(putSetting("recovery_key", key));
    setup.recovery_key = key;
    return refreshRecovery();
}

std::vector<OfficerSlot> Vault::officers() const {
    std::vector<OfficerSlot> out;
    for (const auto& slot : m_impl->slots) out.push_back({slot.officer, slot.name});
    return out;
}

std::int64_t Vault::waitMs(const Uuid& officer) const {
    const auto found = m_impl->wait_until.find(officer);
    return found == m_impl->wait_until.end() ? 0 : std::max<std::int64_t>(0, found->second - m_impl->clock.uptimeMs());
}

const DeviceKey& Vault::deviceKey() const { return m_impl->device_key; }
const DeviceState& Vault::deviceState() const { return m_impl->state; }

Status Vault::setLocked(bool locked) {
    if (m_impl->state.locked == locked) return {};
    m_impl->state.locked = locked;
    return m_impl->saveState();
}

Status Vault::unlock(const Uuid& officer, const std::string& passphrase) {
    if (m_impl->state.locked) return fail(ErrorCode::NotAllowed, "this tablet was locked by order");
    ASSIGN(auto opened, m_impl->tryPassphrase(officer, passphrase));
    Status entered = m_impl->enter(officer, opened);
    opened.forget();
    return entered;
}

Status Vault::addOfficer(const NewOfficer& officer) {
    if (!isSignedIn()) return fail(ErrorCode::NotSignedIn, "an officer of this tablet adds another");
    TRY(checkPassphrase(officer.passphrase));
    if (m_impl->slotOf(officer.info.id) != nullptr) return fail(ErrorCode::Conflict, "this officer is on this tablet");
    const auto keys = KeyPair::make(m_impl->random);
    const auto author = Uuid::make(m_impl->clock, m_impl->random);
    ASSIGN(auto slot, Slot::make(officer.info.id, officer.info.name, author, officer.passphrase, keys.secret,
                                 *m_impl->vault_key, m_impl->options.scrypt, m_impl->random));
    if (m_impl->setup.recovery_key) {
        ASSIGN(auto opened, slot.open(officer.passphrase));
        const Status sealed =
            slot.sealRecovery(m_impl->setup.device, *m_impl->setup.recovery_key, opened.secrets, m_impl->random);
        opened.forget();
        TRY(sealed);
    }
    // The author first: a slot without one could not save, an author without a slot only lies there.
    TRY(m_impl->insertAuthor(author, officer, keys.public_key));
    m_impl->slots.push_back(std::move(slot));
    if (auto written = m_impl->writeSlots(); !written) {
        m_impl->slots.pop_back();
        return written;
    }
    return {};
}

Status Vault::changePassphrase(const Uuid& officer, const std::string& old_passphrase,
                               const std::string& new_passphrase) {
    TRY(checkPassphrase(new_passphrase));
    ASSIGN(auto opened, m_impl->tryPassphrase(officer, old_passphrase));
    auto& slot = *m_impl->slotOf(officer);
    auto changed = slot;
    const Status set = changed.setPassphrase(new_passphrase, opened.secrets, m_impl->random);
    opened.forget();
    TRY(set);
    const auto before = std::exchange(slot, std::move(changed));
    m_impl->step("before the passphrase");
    if (auto written = m_impl->writeSlots(); !written) {
        slot = before;
        return written;
    }
    m_impl->step("after the passphrase");
    return {};
}

Status Vault::removeOfficer(const Uuid& officer) {
    auto& impl = *m_impl;
    if (!isSignedIn()) return fail(ErrorCode::NotSignedIn, "an officer of this tablet removes another");
    if (impl.slotOf(officer) == nullptr) return fail(ErrorCode::NotFound, "no such officer on this tablet");
    if (impl.signed_in->officer == officer) return fail(ErrorCode::Conflict, "a colleague removes an officer");
    ASSIGN(const auto unsent, unsentOf(officer));
    if (unsent > 0) return fail(ErrorCode::Conflict, "the server does not have all of this officer's work");
    Hash key{};
    impl.random.fill(key.data(), key.size());
    auto next = impl.slots;
    std::erase_if(next, [&](const Slot& slot) { return slot.officer == officer; });
    for (auto& slot : next) {
        if (slot.isOfFirstVersion())
            return fail(ErrorCode::Conflict, "another officer has not unlocked this tablet since its app was updated");
        TRY(slot.sealVaultKey(key, impl.random));
    }
    impl.step("before");
    TRY(writeFileAtomically(impl.path(kNextSlots), encodeSlots(next)));
    impl.step("slots written");
    const Status rekeyed = impl.database->rekey(key);
    impl.step("store re-keyed");
    // Which key opens it now says what came to pass; the connection itself does not.
    const Hash old_key = *impl.vault_key;
    impl.database.reset();
    if (const Status opened = impl.openDatabase(key); !opened) {
        TRY(impl.openDatabase(old_key));
        std::error_code ignored;
        std::filesystem::remove(impl.path(kNextSlots), ignored);
        return rekeyed ? opened : rekeyed;
    }
    // Until here the file under the log has pages of the old key.
    TRY(impl.database->checkpoint());
    impl.step("store written");
    std::error_code failed;
    std::filesystem::rename(impl.path(kNextSlots), impl.path(kSlots), failed);
    if (failed) return fail(ErrorCode::Storage, "the new slots cannot be named");
    impl.slots = std::move(next);
    impl.wait_until.erase(officer);
    impl.step("slots named");
    TRY(syncFolder(impl.folder));
    return impl.refreshState();
}

Result<std::uint64_t> Vault::unsentOf(const Uuid& officer) const {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto select, store->prepareCached("SELECT count(*) FROM own_change_set o JOIN author a ON a.id = o.author "
                                             "WHERE a.officer = ? AND o.state = 0"));
    std::uint64_t out = 0;
    TRY(select.query(officer.bytes, [&](const SqlStatement& row) { out = static_cast<std::uint64_t>(row.int64(0)); }));
    return out;
}

Result<bool> Vault::isRegistered(const Uuid& officer) const {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto select, store->prepareCached("SELECT coalesce(min(registered), 0) FROM author WHERE officer = ?"));
    bool out = false;
    TRY(select.query(officer.bytes, [&](const SqlStatement& row) { out = row.int64(0) != 0; }));
    return out;
}

Result<std::string> Vault::refusalOf(const Uuid& officer) const {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto select, store->prepareCached("SELECT refused FROM author WHERE officer = ? AND refused <> ''"));
    std::string out;
    TRY(select.query(officer.bytes, [&](const SqlStatement& row) { out = row.text(0); }));
    return out;
}

Result<ForgottenPassphrase> Vault::forgotten(const Uuid& officer) const {
    const auto* const slot = m_impl->slotOf(officer);
    if (slot == nullptr) return fail(ErrorCode::NotFound, "no such officer on this tablet");
    if (slot->recovery.empty() || !m_impl->state.isKnown())
        return fail(ErrorCode::Unsupported, "this slot has no recovery part");
    const auto one_time = BoxKeyPair::make(m_impl->random);
    const auto& device = m_impl->state.device;
    ForgottenPassphrase out{ReleaseRequest::make(device, officer, one_time.public_key, slot->recovery, m_impl->random),
                            one_time.secret,
                            {}};
    out.code = displayReleaseCode(releaseCode(device, out.request));
    return out;
}

Status Vault::release(const ForgottenPassphrase& asked, ByteView sealed, const std::string& new_passphrase) {
    auto& impl = *m_impl;
    if (impl.state.locked) return fail(ErrorCode::NotAllowed, "this tablet was locked by order");
    TRY(checkPassphrase(new_passphrase));
    auto* const slot = impl.slotOf(asked.request.officer);
    if (slot == nullptr) return fail(ErrorCode::NotFound, "no such officer on this tablet");
    ASSIGN(const auto recovery_secret,
           openSealed(asked.one_time_secret, sealed, releaseContext(impl.state.device, asked.request)));
    ASSIGN(auto opened, slot->openRecovered(recovery_secret));
    Slot changed = *slot;
    TRY(changed.setPassphrase(new_passphrase, opened.secrets, impl.random));
    changed.wrong_tries = 0;
    // The recovery secret went over the network: it is not used twice.
    TRY(changed.sealRecovery(impl.state.device, changed.recovery_key, opened.secrets, impl.random));
    const auto before = std::exchange(*slot, std::move(changed));
    if (auto written = impl.writeSlots(); !written) {
        *impl.slotOf(asked.request.officer) = before;
        return written;
    }
    impl.wait_until.erase(asked.request.officer);
    Status entered = impl.enter(asked.request.officer, opened);
    opened.forget();
    return entered;
}

Status Vault::destroy() {
    m_impl->closeDatabase();
    m_impl->slots.clear();
    return wipeStore(m_impl->folder, m_impl->device_key, m_impl->state, m_impl->random);
}

}  // namespace fieldclaim::tablet
