#include "mobile/storage/vault.h"

#include <openssl/crypto.h>

#include <filesystem>
#include <fstream>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_migrations.h"
#include "shared/base/text.h"
#include "shared/sqlite/migrations.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

/// There while the store is open: found at the next opening, it says that the last one did not end by itself.
constexpr std::string_view kOpenMark = "vault.open";

}  // namespace

Bytes encodeOfficers(const std::vector<OfficerInfo>& officers) {
    Value::List list;
    for (const auto& officer : officers)
        list.push_back(Value::List{officer.id.bytes, officer.name, officer.role, officer.site});
    return encodeCbor(list);
}

Result<std::vector<OfficerInfo>> decodeOfficers(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes));
    if (value.list() == nullptr) return fail(ErrorCode::Damaged, "stored officers");
    std::vector<OfficerInfo> out;
    for (const auto& item : *value.list()) {
        ListReader in(item, "officer", 4);
        OfficerInfo officer;
        officer.id.bytes = in.array<16>();
        officer.name = in.text();
        officer.role = in.text();
        officer.site = in.text();
        TRY(in.finish());
        out.push_back(std::move(officer));
    }
    return out;
}

Vault::Impl::~Impl() { closeDatabase(); }

Result<Database*> Vault::Impl::db() {
    if (!database) return fail(ErrorCode::NotSignedIn, "the vault is locked");
    return &*database;
}

Status Vault::Impl::openDatabase(const Hash& key) {
    std::error_code failed;
    if (!std::filesystem::exists(path(kStore), failed) && std::filesystem::exists(path(kSalvaged), failed)) {
        // A salvage was cut between its last steps: the log of the damaged store must not be taken for the new one's.
        for (const char* suffix : {"-wal", "-shm"}) {
            const auto stray = path(kStore) + suffix;
            if (std::filesystem::exists(stray, failed))
                std::filesystem::rename(stray, path(kStore) + ".damaged" + suffix, failed);
        }
        std::filesystem::rename(path(kSalvaged), path(kStore), failed);
        if (failed) return fail(ErrorCode::Storage, "the salvaged store cannot be named");
    }
    const bool unclean = std::filesystem::exists(path(kOpenMark));
    auto opened = Database::open(path(kStore), {.key = key});
    if (!opened) {
        // The slot gave this key, so it is the right one: the first page does not verify.
        if (opened.error().code == ErrorCode::BadSignature)
            return fail(ErrorCode::Damaged, "the vault's first page does not verify");
        return fail(opened.error().code, opened.error().detail);
    }
    if (unclean) TRY(opened->quickCheck());
    TRY(opened->exec("PRAGMA secure_delete = ON"));
    TRY(writeFileAtomically(path(kOpenMark), {}));
    TRY(migrate(*opened, migrationsFrom(embedded::vaultMigrations())));
    if (options.max_pages > 0) TRY(opened->exec("PRAGMA max_page_count = " + std::to_string(options.max_pages)));
    database.emplace(std::move(*opened));
    vault_key = key;
    copyHead();
    return {};
}

void Vault::Impl::copyHead() {
    // A convenience for a bad day: what cannot be copied is copied at the next checkpoint.
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(path(kStore), failed);
    if (failed || head_copied == written) return;
    std::ifstream file(path(kStore), std::ios::binary);
    Bytes pages(kHeadBytes);
    file.read(reinterpret_cast<char*>(pages.data()), static_cast<std::streamsize>(pages.size()));
    pages.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
    if (!pages.empty() && writeFileAtomically(path(kHead), pages)) head_copied = written;
}

void Vault::Impl::closeDatabase() {
    forgetOfficer();
    if (database) {
        notePending();
        database.reset();
        copyHead();  // closing wrote the log into the file
        std::error_code ignored;
        std::filesystem::remove(path(kOpenMark), ignored);
    }
    if (rescuer) rescuer->opened.forget();
    rescuer.reset();
    read_damaged.reset();
    if (vault_key) OPENSSL_cleanse(vault_key->data(), vault_key->size());
    vault_key.reset();
    setup = DeviceSetup();
}

void Vault::Impl::notePending() {
    std::uint64_t pending = 0;
    if (state.isKnown()) {
        auto select = database->prepareCached("SELECT count(*) FROM own_change_set WHERE state = 0");
        if (!select ||
            !select->query([&](const SqlStatement& row) { pending = static_cast<std::uint64_t>(row.int64(0)); }))
            return;
        if (state.pending == pending) return;
        state.pending = pending;
        // It is told to the supervisor who wipes a lost tablet, and nothing else hangs on it.
        static_cast<void>(saveState());
    }
}

Status Vault::Impl::refreshState() {
    auto next = state;
    next.server_url = setup.server_url;
    next.ca_pem = setup.ca_pem;
    next.next_ca_pem = setup.next_ca_pem;
    next.device = setup.device;
    next.site = setup.site;
    next.site_name = setup.site_name;
    ASSIGN(const auto store_key, setting("store_key"));
    const auto kept = openAesGcm(*vault_key, next.store_key, asBytes("fieldclaim/store-key/1"));
    if (!kept || *kept != store_key)
        next.store_key = sealAesGcm(*vault_key, store_key, asBytes("fieldclaim/store-key/1"), random);
    if (next == state) return {};
    std::swap(state, next);
    const Status saved = saveState();
    if (!saved) state = std::move(next);
    return saved;
}

Result<Hash> Vault::Impl::storeSecret() {
    ASSIGN(const auto kept, setting("store_key"));
    return toArray<32>(kept);
}

Result<Bytes> Vault::Impl::setting(std::string_view key) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto select, store->prepareCached("SELECT value FROM setting WHERE key = ?"));
    Bytes out;
    TRY(select.query(key, [&](const SqlStatement& row) { out = toBytes(row.blob(0)); }));
    return out;
}

Status Vault::Impl::putSetting(std::string_view key, ByteView value) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto put, store->prepareCached("INSERT INTO setting(key, value) VALUES(?, ?) "
                                          "ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    return put.run(key, value);
}

Status Vault::Impl::insertAuthor(const Uuid& author, const NewOfficer& officer, const Hash& public_key) {
    ASSIGN(auto* const store, db());
    ASSIGN(auto insert, store->prepareCached("INSERT INTO author(id, officer, public_key, code) VALUES(?, ?, ?, ?)"));
    return insert.run(author.bytes, officer.info.id.bytes, public_key, officer.one_time_code);
}

Status Vault::Impl::loadSetup() {
    const auto text = [&](std::string_view key, std::string& out) -> Status {
        ASSIGN(const auto bytes, setting(key));
        out = asText(bytes);
        return {};
    };
    TRY(text("server_url", setup.server_url));
    TRY(text("ca_pem", setup.ca_pem));
    TRY(text("next_ca_pem", setup.next_ca_pem));
    TRY(text("site", setup.site));
    TRY(text("site_name", setup.site_name));
    ASSIGN(const auto device, setting("device"));
    ASSIGN(setup.device, Uuid::fromBytes(device));
    ASSIGN(const auto officers, setting("officers"));
    ASSIGN(setup.officers, decodeOfficers(officers));
    ASSIGN(const auto recovery, setting("recovery_key"));
    setup.recovery_key.reset();
    if (!recovery.empty()) {
        ASSIGN(setup.recovery_key, toArray<32>(recovery));
    }
    ASSIGN(const auto store_key, setting("store_key"));
    const auto kept = openAesGcm(*vault_key, state.store_key, asBytes("fieldclaim/store-key/1"));
    if (store_key.empty() && kept) {
        TRY(putSetting("store_key", *kept));
    } else if (store_key.empty()) {
        // Drawn from the vault's first key, so that every copy of a store that has none yet gets the same.
        TRY(putSetting("store_key", hkdfSha256(*vault_key, {}, asBytes("fieldclaim/store-key/1"))));
    }
    return refreshState();
}

Vault::Vault(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Vault::~Vault() = default;

bool Vault::exists(const std::string& folder) { return std::filesystem::exists(folder + "/" + std::string(kSlots)); }

Result<std::unique_ptr<Vault>> Vault::create(const std::string& folder, const DeviceSetup& setup,
                                             const NewOfficer& officer, const Clock& clock, Random& random,
                                             const Options& options) {
    TRY(checkPassphrase(officer.passphrase));
    TRY(finishWipe(folder, random));
    ASSIGN(auto device_key, DeviceKey::loadOrMake(folder, random));
    ASSIGN(auto store_lock, StoreLock::acquire(folder + "/vault"));
    if (exists(folder)) return fail(ErrorCode::Conflict, "there is a vault in this folder");
    auto impl = std::make_unique<Impl>(folder, clock, random, options, std::move(store_lock), std::move(device_key));

    // Without slots nobody holds the key of a store that is there: a set-up that was cut, or lost slots. It is kept
    // aside.
    std::error_code failed;
    if (const auto store = impl->path(kStore); std::filesystem::exists(store)) {
        const auto aside = store + ".without-slots-" + std::to_string(clock.wallMs());
        for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::rename(store + suffix, aside + suffix, failed);
    }
    std::filesystem::remove(impl->path(kOpenMark), failed);

    OpenedSlot opened;
    random.fill(opened.vault_key.data(), opened.vault_key.size());
    const auto keys = KeyPair::make(random);
    const auto author = Uuid::make(clock, random);
    TRY(impl->openDatabase(opened.vault_key));
    {
        ASSIGN(auto transaction, Transaction::begin(*impl->database));
        TRY(impl->putSetting("server_url", asBytes(setup.server_url)));
        TRY(impl->putSetting("ca_pem", asBytes(setup.ca_pem)));
        TRY(impl->putSetting("site", asBytes(setup.site)));
        TRY(impl->putSetting("site_name", asBytes(setup.site_name)));
        TRY(impl->putSetting("device", setup.device.bytes));
        TRY(impl->putSetting("officers", encodeOfficers(setup.officers)));
        if (setup.recovery_key) TRY(impl->putSetting("recovery_key", *setup.recovery_key));
        TRY(impl->insertAuthor(author, officer, keys.public_key));
        TRY(transaction.commit());
    }
    TRY(impl->loadSetup());
    ASSIGN(auto slot, Slot::make(officer.info.id, officer.info.name, author, officer.passphrase, keys.secret,
                                 opened.vault_key, options.scrypt, random));
    ASSIGN(opened, slot.open(officer.passphrase));
    if (setup.recovery_key) TRY(slot.sealRecovery(setup.device, *setup.recovery_key, opened.secrets, random));
    impl->slots.push_back(std::move(slot));
    TRY(impl->writeSlots());
    impl->signed_in = Impl::SignedIn{officer.info.id, author, opened.secrets.author_secret, opened.secrets.box_secret};
    opened.forget();
    return std::unique_ptr<Vault>(new Vault(std::move(impl)));
}

Result<std::unique_ptr<Vault>> Vault::open(const std::string& folder, const Clock& clock, Random& random,
                                           const Options& options) {
    TRY(finishWipe(folder, random));
    if (!exists(folder)) return fail(ErrorCode::NotFound, "no vault in this folder");
    ASSIGN(auto store_lock, StoreLock::acquire(folder + "/vault"));
    ASSIGN(auto device_key, DeviceKey::load(folder));
    ASSIGN(const auto bytes, readFile(folder + "/" + std::string(kSlots)));
    ASSIGN(auto slots, decodeSlots(bytes));
    auto impl = std::make_unique<Impl>(folder, clock, random, options, std::move(store_lock), std::move(device_key));
    impl->slots = std::move(slots);
    if (const auto next = readFile(impl->path(kNextSlots))) {
        // One that is not whole was never the one that counts: it is written before the store gets its new key.
        if (auto decoded = decodeSlots(*next)) impl->next_slots = std::move(*decoded);
    }
    // A store of an earlier version of the app has no such file until it is opened.
    if (auto state = loadDeviceState(impl->path("device.state"), impl->device_key)) impl->state = std::move(*state);
    // A wait is served whole in each run of the program: uptime is the only clock that nobody can set.
    for (const auto& slot : impl->slots) {
        if (const auto delay = delayAfterMs(slot.wrong_tries); delay > 0)
            impl->wait_until[slot.officer] = clock.uptimeMs() + delay;
    }
    return std::unique_ptr<Vault>(new Vault(std::move(impl)));
}

void Vault::signOut() {
    m_impl->forgetOfficer();
    if (m_impl->database) m_impl->notePending();
}
void Vault::lock() { m_impl->closeDatabase(); }
bool Vault::isOpen() const { return m_impl->database.has_value(); }
bool Vault::isSignedIn() const { return m_impl->signed_in.has_value(); }

Status Vault::saveOneTimeCode(const Uuid& officer, const std::string& code) {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto update,
           store->prepareCached("UPDATE author SET code = ?, refused = '' WHERE officer = ? AND registered = 0"));
    return update.run(code, officer.bytes);
}

OfficerInfo Vault::officer() const {
    if (!m_impl->signed_in) return {};
    for (const auto& known : m_impl->setup.officers) {
        if (known.id == m_impl->signed_in->officer) return known;
    }
    const auto* slot = m_impl->slotOf(m_impl->signed_in->officer);
    return {slot->officer, slot->name, "officer", m_impl->setup.site};
}

Result<Bytes> Vault::sign(ByteView message) const {
    if (!m_impl->signed_in) return fail(ErrorCode::NotSignedIn, "no officer is signed in");
    return signEd25519(m_impl->signed_in->secret, message);
}

Uuid Vault::author() const { return m_impl->signed_in ? m_impl->signed_in->author : Uuid(); }
const DeviceSetup& Vault::setup() const { return m_impl->setup; }
std::vector<OfficerInfo> Vault::knownOfficers() const { return m_impl->setup.officers; }

std::string Vault::officerName(const Uuid& author) const {
    for (const auto& slot : m_impl->slots) {
        if (slot.author == author) return slot.name;
    }
    const auto server = m_impl->setting("server_author");
    return server && *server == toBytes(author.bytes) ? "Server" : std::string();
}

Result<std::optional<std::map<std::string, std::string>>> Vault::pack(const std::string& id) const {
    ASSIGN(auto* const store, m_impl->db());
    ASSIGN(auto select, store->prepareCached("SELECT archive FROM pack WHERE id = ?"));
    std::optional<Bytes> archive;
    TRY(select.query(id, [&](const SqlStatement& row) { archive = toBytes(row.blob(0)); }));
    if (!archive) return std::nullopt;
    ASSIGN(auto files, decodeArchive(*archive));
    return files;
}

Result<std::string> Vault::setting(const std::string& key) const {
    ASSIGN(const auto bytes, m_impl->setting("app/" + key));
    return std::string(asText(bytes));
}

Status Vault::saveSetting(const std::string& key, const std::string& value) {
    return m_impl->putSetting("app/" + key, asBytes(value));
}

void Vault::onPulled(std::function<void(const std::vector<std::string>&)> callback) {
    m_impl->on_pulled = std::move(callback);
}

}  // namespace fieldclaim::tablet
