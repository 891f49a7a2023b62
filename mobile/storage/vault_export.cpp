#include "mobile/storage/vault_export.h"

#include <algorithm>
#include <ctime>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/vault_impl.h"
#include "shared/crypto/certificates.h"
#include "shared/wire/work_export.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kRecordBytes = 512U << 10U;
constexpr std::int64_t kRecords = 1'000;
constexpr std::string_view kApp = "fieldclaim-tablet/0.1.0";

Result<Bytes> settingIn(Database& store, std::string_view key) {
    ASSIGN(auto select, store.prepareCached("SELECT value FROM setting WHERE key = ?"));
    Bytes out;
    TRY(select.query(key, [&](const SqlStatement& row) { out = toBytes(row.blob(0)); }));
    return out;
}

/// Of a damaged vault its own setting may be lost; each slot has the key too.
Result<Hash> recoveryKeyOf(Database& store, const std::vector<Slot>& slots) {
    ASSIGN(const auto kept, settingIn(store, "recovery_key"));
    if (const auto key = toArray<32>(kept)) return *key;
    for (const auto& slot : slots) {
        if (!slot.recovery.empty()) return slot.recovery_key;
    }
    return fail(ErrorCode::Unsupported, "the server's key is not known on this tablet");
}

}  // namespace

struct VaultExport::State {
    Vault::Impl& impl;
    std::optional<Database> salvaged;  ///< what could be read of a damaged store
    FileInTheMaking file;
    ExportHead head;
    ExportCipher cipher;
    Hash store_secret{};
    Sha256 digest;

    Result<Database*> store() {
        if (salvaged) return &*salvaged;
        return impl.db();
    }
    Status put(ByteView bytes) {
        digest.update(bytes);
        return file.write(bytes);
    }
    Status put(const ExportFrame& frame) { return put(framedExportPart(cipher.seal(frame, impl.random))); }
    Result<std::vector<AuthorRegistration>> registrations();
};

/// Of the officer at the tablet alone: nobody else's key can be used.
Result<std::vector<AuthorRegistration>> VaultExport::State::registrations() {
    Uuid officer;
    Hash secret{};
    if (impl.signed_in) {
        officer = impl.signed_in->officer;
        secret = impl.signed_in->secret;
    } else if (impl.rescuer) {
        officer = impl.rescuer->officer;
        secret = impl.rescuer->opened.secrets.author_secret;
    } else {
        return std::vector<AuthorRegistration>();
    }
    ASSIGN(auto* const from, store());
    ASSIGN(auto select,
           from->prepareCached("SELECT id, code, public_key FROM author WHERE registered = 0 AND officer = ?"));
    std::vector<AuthorRegistration> out;
    TRY(select.query(officer.bytes, [&](const SqlStatement& row) -> Status {
        AuthorRegistration one;
        ASSIGN(one.author, Uuid::fromBytes(row.blob(0)));
        one.officer = officer;
        one.code = row.text(1);
        ASSIGN(one.author_key, toArray<32>(row.blob(2)));
        one.signature = signEd25519(secret, authorMessage(one.author, officer, head.id, head.ca_key_hash));
        out.push_back(std::move(one));
        return {};
    }));
    return out;
}

std::string VaultExport::nameFor(const Uuid& device, std::int64_t wall_ms) {
    const auto seconds = static_cast<std::time_t>(wall_ms / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char moment[32] = {};
    static_cast<void>(std::strftime(moment, sizeof moment, "%Y%m%d-%H%M%S", &parts));
    // The end of the id: the beginning is the time when it was made, much the same on all tablets of a site.
    const auto id = toHex(device.bytes);
    return "fieldclaim-" + id.substr(id.size() - 8) + "-" + moment + std::string(kExportSuffix);
}

VaultExport::VaultExport(std::unique_ptr<State> state, std::string file)
    : m_state(std::move(state)), m_file(std::move(file)) {}
VaultExport::~VaultExport() = default;

Result<std::unique_ptr<VaultExport>> VaultExport::begin(Vault& vault, const std::string& file) {
    auto& impl = *vault.m_impl;
    std::optional<Database> salvaged;
    Hash vault_key{};
    if (impl.rescuer) {
        TRY(impl.readDamaged());
        vault_key = impl.rescuer->opened.vault_key;
        ASSIGN(salvaged, Database::open(impl.path(kSalvagePart), {.key = vault_key}));
    } else {
        TRY(impl.db());
        vault_key = *impl.vault_key;
    }
    auto* const store = salvaged ? &*salvaged : &*impl.database;

    ExportHead head;
    head.device = impl.state.device;
    impl.random.fill(head.id.data(), head.id.size());
    head.made_ms = impl.clock.wallMs();
    ASSIGN(head.recovery_key, recoveryKeyOf(*store, impl.slots));
    ASSIGN(head.ca_key_hash, sha256OfPublicKey(impl.state.ca_pem));
    ASSIGN(auto store_key, settingIn(*store, "store_key"));
    if (store_key.empty()) {
        ASSIGN(store_key, openAesGcm(vault_key, impl.state.store_key, asBytes("fieldclaim/store-key/1")));
    }
    ASSIGN(const auto store_secret, toArray<32>(store_key));
    ASSIGN(auto cipher, ExportCipher::begin(head, impl.random));
    ASSIGN(auto out, FileInTheMaking::begin(file));
    auto state = std::make_unique<State>(
        State{impl, std::move(salvaged), std::move(out), head, std::move(cipher), store_secret, {}});
    std::unique_ptr<VaultExport> made(new VaultExport(std::move(state), file));
    TRY(made->plan());
    return made;
}

Status VaultExport::plan() {
    auto& state = *m_state;
    ASSIGN(auto* const store, state.store());
    ASSIGN(auto records, store->prepareCached("SELECT coalesce(max(saved), 0), coalesce(sum(length(bytes)), 0) FROM "
                                              "own_change_set WHERE state = 0"));
    TRY(records.query([&](const SqlStatement& row) {
        m_through = row.int64(0);
        m_progress.all_bytes = static_cast<std::uint64_t>(row.int64(1));
    }));
    ASSIGN(auto images, store->prepareCached("SELECT u.sha256, u.claim, b.size FROM upload u JOIN blob b ON b.sha256 = "
                                             "u.sha256 WHERE u.sent = 0 ORDER BY u.blocking DESC, u.saved"));
    TRY(images.query([&](const SqlStatement& row) {
        m_images.push_back({toBytes(row.blob(0)), std::string(row.text(1)), static_cast<std::uint64_t>(row.int64(2))});
        m_progress.all_bytes += m_images.back().size;
    }));
    if (m_through == 0 && m_images.empty()) return fail(ErrorCode::NotFound, "the server has everything");
    TRY(state.put(asBytes(kExportMagic)));
    TRY(state.put(framedExportPart(encodeExportHead(state.head))));
    ExportStart start{std::string(kApp), {}};
    ASSIGN(start.authors, state.registrations());
    return state.put(start);
}

Result<bool> VaultExport::step() {
    if (!m_records_done) {
        ASSIGN(const bool more, writeRecords());
        m_records_done = !more;
        return false;
    }
    if (m_image < m_images.size()) {
        TRY(writeImagePart());
        return false;
    }
    TRY(writeEnd());
    return true;
}

Result<bool> VaultExport::writeRecords() {
    auto& state = *m_state;
    ASSIGN(auto* const store, state.store());
    ASSIGN(auto select, store->prepareCached("SELECT author, incarnation, counter, bytes, signature, claim, saved FROM "
                                             "own_change_set WHERE state = 0 AND saved > ? AND saved <= ? ORDER BY "
                                             "saved LIMIT ?"));
    ExportRecords out;
    std::size_t bytes = 0;
    std::uint64_t count = 0;
    std::uint64_t last_counter = 0;
    bool full = false;
    TRY(select.query(m_last_saved, m_through, kRecords, [&](const SqlStatement& row) -> Status {
        if (full) return {};
        ASSIGN(const auto author, Uuid::fromBytes(row.blob(0)));
        const auto incarnation = static_cast<std::uint32_t>(row.int64(1));
        const auto counter = static_cast<std::uint64_t>(row.int64(2));
        if (out.segments.empty() || out.segments.back().author != author ||
            out.segments.back().incarnation != incarnation || counter != last_counter + 1) {
            out.segments.push_back({author, incarnation, {}, {}});
        }
        last_counter = counter;
        out.segments.back().change_sets.push_back(toBytes(row.blob(3)));
        out.segments.back().signature = toBytes(row.blob(4));
        out.keys.emplace(row.text(5), ClaimKey{});
        m_last_saved = row.int64(6);
        bytes += row.blob(3).size();
        ++count;
        full = bytes >= kRecordBytes;
        return {};
    }));
    if (count == 0) return false;
    ASSIGN(auto keys, store->prepareCached("SELECT key FROM claim WHERE crn = ? AND key IS NOT NULL"));
    for (auto one = out.keys.begin(); one != out.keys.end();) {
        bool known = false;
        TRY(keys.query(one->first, [&](const SqlStatement& row) -> Status {
            ASSIGN(one->second, toArray<32>(row.blob(0)));
            known = true;
            return {};
        }));
        one = known ? std::next(one) : out.keys.erase(one);
    }
    TRY(state.put(out));
    m_progress.change_sets += count;
    m_progress.bytes += bytes;
    return true;
}

Status VaultExport::writeImagePart() {
    auto& state = *m_state;
    const auto& image = m_images[m_image];
    ASSIGN(auto* const store, state.store());
    ASSIGN(auto select, store->prepareCached("SELECT bytes FROM blob_chunk WHERE sha256 = ? AND place = ?"));
    ExportBlobPart part;
    ASSIGN(part.sha256, toArray<32>(image.sha256));
    part.claim = image.claim;
    part.size = image.size;
    part.offset = m_offset;
    bool found = image.size == 0;
    TRY(select.query(image.sha256, m_offset / kBlobChunkBytes, [&](const SqlStatement& row) {
        part.bytes = toBytes(row.blob(0));
        found = true;
    }));
    // Sent, dropped or erased since the export began: what was written of it counts for nothing at the server.
    if (!found) {
        ++m_image;
        m_offset = 0;
        return {};
    }
    TRY(state.put(part));
    m_offset += part.bytes.size();
    m_progress.bytes += part.bytes.size();
    if (m_offset < image.size) return {};
    ++m_image;
    ++m_progress.images;
    m_offset = 0;
    return {};
}

Status VaultExport::writeEnd() {
    auto& state = *m_state;
    const auto digest = state.digest.finish();
    const auto& device = state.head.device;
    const auto store_pair = KeyPair::fromSecret(state.store_secret);
    ExportEnd end{m_progress.change_sets, m_progress.images,
                  signEd25519(state.impl.device_key.pair().secret, exportDeviceMessage(device, digest)),
                  store_pair.public_key, signEd25519(store_pair.secret, exportStoreMessage(device, digest))};
    TRY(state.file.write(framedExportPart(state.cipher.seal(end, state.impl.random))));
    return state.file.finish();
}

}  // namespace fieldclaim::tablet
