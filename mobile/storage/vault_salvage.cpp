#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_migrations.h"
#include "shared/sqlite/migrations.h"

// A damaged store is read row by row, as far as it can be, into a new one under the same key (hazard H36).
namespace fieldclaim::tablet {
namespace {

constexpr std::int64_t kMostFailuresInARow = 5'000;
constexpr std::int64_t kMostFailuresAtAnUnknownEnd = 300;
constexpr std::int64_t kLeastRowBytes = 100;  // when even the number of rows cannot be read

/// A store of which any read may fail. SQLCipher's connection is of no use after a page that does not verify, so each
/// failure opens another.
class DamagedStore {
public:
    DamagedStore(std::string path, const Hash& key) : m_path(std::move(path)), m_key(key) { open(); }

    bool isOpen() const { return m_database.has_value(); }

    /// False when it could not be read; rows given before that stand.
    template <typename OnRow, typename... Args>
    bool read(std::string_view sql, OnRow on_row, const Args&... args) {
        if (!m_database) return false;
        bool well = false;
        {
            auto select = m_database->prepare(sql);
            well = select && select->query(args..., [&](const SqlStatement& row) { on_row(row); });
        }
        if (!well) {
            m_database.reset();
            open();
        }
        return well;
    }
    /// Every row of a table that has row ids; `sql` reads one by its id. The ids that could not be read.
    template <typename OnRow>
    std::int64_t walk(const std::string& table, std::string_view sql, OnRow on_row) {
        std::int64_t last = 0;
        const bool counted =
            read("SELECT coalesce(max(rowid), 0) FROM " + table, [&](const SqlStatement& row) { last = row.int64(0); });
        std::error_code ignored;
        if (!counted) last = static_cast<std::int64_t>(std::filesystem::file_size(m_path, ignored)) / kLeastRowBytes;
        std::int64_t failed = 0;
        std::int64_t in_a_row = 0;
        const auto most = counted ? kMostFailuresInARow : kMostFailuresAtAnUnknownEnd;
        for (std::int64_t id = 1; id <= last && in_a_row < most; ++id) {
            if (read(sql, on_row, id)) {
                in_a_row = 0;
                continue;
            }
            ++failed;
            ++in_a_row;
        }
        // Where the end is not known, the failures at the end are rows that never were.
        return counted ? failed : failed - in_a_row;
    }

private:
    void open() {
        auto opened = Database::open(m_path, {.key = m_key, .read_only = true});
        if (opened) m_database.emplace(std::move(*opened));
    }

    std::string m_path;
    Hash m_key;
    std::optional<Database> m_database;
};

template <typename... Args>
Status runOn(Database& store, std::string_view sql, const Args&... args) {
    ASSIGN(auto statement, store.prepareCached(sql));
    return statement.run(args...);
}

/// Copies what can be read of a damaged store into a new one. May be done with several images of the damaged store:
/// what one gave is not taken from the next.
class Salvage {
public:
    Salvage(DamagedStore& from, Database& to) : m_from(from), m_to(to) {}

    Status all(const DeviceState& state, const std::vector<Slot>& slots) {
        TRY(settings());
        TRY(authors(slots));
        TRY(claims());
        TRY(changeSets());
        TRY(chains());
        TRY(blobs());
        TRY(packs());
        return settingsOf(state);
    }
    std::uint64_t unreadableSaves() const { return m_unreadable_saves; }
    std::uint64_t unreadableImages() const { return m_unreadable_images; }

private:
    Status settings() {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        const auto copy = [&](const SqlStatement& row) {
            keep(runOn(m_to, "INSERT OR IGNORE INTO setting(key, value) VALUES(?, ?)", row.text(0), row.blob(1)));
        };
        if (!m_from.read("SELECT key, value FROM setting WHERE key <> 'fresh'", copy)) {
            for (const char* key : {"server_url", "ca_pem", "device", "site", "site_name", "officers", "recovery_key",
                                    "store_key", "epoch", "server_author", "last_contact"})
                m_from.read("SELECT key, value FROM setting WHERE key = ?", copy, std::string_view(key));
        }
        TRY(m_failed);
        return transaction.commit();
    }

    /// What the store could not give, from beside it.
    Status settingsOf(const DeviceState& state) {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        const auto otherwise = [&](const char* key, ByteView value) {
            keep(runOn(m_to, "INSERT OR IGNORE INTO setting(key, value) VALUES(?, ?)", std::string_view(key), value));
        };
        otherwise("server_url", asBytes(state.server_url));
        otherwise("ca_pem", asBytes(state.ca_pem));
        otherwise("device", state.device.bytes);
        otherwise("site", asBytes(state.site));
        otherwise("site_name", asBytes(state.site_name));
        otherwise("officers", encodeOfficers({}));
        TRY(m_failed);
        return transaction.commit();
    }

    Status authors(const std::vector<Slot>& slots) {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        const auto copy = [&](const SqlStatement& row) {
            keep(runOn(m_to,
                       "INSERT OR IGNORE INTO author(id, officer, public_key, code, registered, refused, incarnation) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?)",
                       row.blob(0), row.blob(1), row.blob(2), row.text(3), row.int64(4), row.text(5), row.int64(6)));
        };
        constexpr std::string_view kColumns =
            "SELECT id, officer, public_key, code, registered, refused, incarnation FROM author";
        m_from.read(kColumns, copy);
        for (const auto& slot : slots) {
            m_from.read(std::string(kColumns) + " WHERE id = ?", copy, slot.author.bytes);
            keepAuthor(slot.author.bytes, slot.officer);
        }
        TRY(m_failed);
        return transaction.commit();
    }

    Status claims() {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        m_from.walk("claim", "SELECT crn, key, server_knows, site, last_change FROM claim WHERE rowid = ?",
                    [&](const SqlStatement& row) {
                        keep(runOn(m_to,
                                   "INSERT OR IGNORE INTO claim(crn, key, server_knows, site, last_change) "
                                   "VALUES(?, ?, ?, ?, ?)",
                                   row.text(0), row.isNull(1) ? std::optional<Bytes>() : toBytes(row.blob(1)),
                                   row.int64(2), row.text(3), row.int64(4)));
                    });
        TRY(m_failed);
        return transaction.commit();
    }

    Status changeSets() {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        // Stores of earlier schemas have no column that says whether more than the header is left.
        bool has_content = true;
        m_from.read("SELECT count(*) FROM pragma_table_info('own_change_set') WHERE name = 'content'",
                    [&](const SqlStatement& row) { has_content = row.int64(0) > 0; });
        const std::string one =
            std::string(
                "SELECT id, author, incarnation, counter, hash, claim, bytes, signature, intent, state, note, "
                "saved, ") +
            (has_content ? "content" : "1") + " FROM own_change_set WHERE saved = ?";
        m_unreadable_saves =
            static_cast<std::uint64_t>(m_from.walk("own_change_set", one, [&](const SqlStatement& row) {
                // A page that is not the newest could lead to another row: what counts is what the bytes say.
                const auto raw = splitChangeSet(row.blob(6));
                if (!raw || !equalConstantTime(sha256(raw->header_bytes), row.blob(4))) return;
                // In the ledger, as it was pulled: that is pulled anew.
                const auto state = row.int64(9) == 4 ? 1 : row.int64(9);
                keep(runOn(m_to, "INSERT OR IGNORE INTO claim(crn) VALUES(?)", row.text(5)));
                keepAuthor(row.blob(1));
                keep(runOn(m_to,
                           "INSERT OR IGNORE INTO own_change_set(saved, id, author, incarnation, counter, hash, claim, "
                           "bytes, signature, intent, state, note, content) "
                           "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           row.int64(11), row.blob(0), row.blob(1), row.int64(2), row.int64(3), row.blob(4),
                           row.text(5), row.blob(6), row.blob(7), row.text(8), state, row.text(10), row.int64(12)));
            }));
        TRY(m_failed);
        return transaction.commit();
    }

    Status chains() {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        m_from.read("SELECT author, incarnation, counter, hash, durable FROM chain", [&](const SqlStatement& row) {
            keepAuthor(row.blob(0));
            keep(runOn(m_to,
                       "INSERT OR IGNORE INTO chain(author, incarnation, counter, hash, durable) VALUES(?, ?, ?, ?, ?)",
                       row.blob(0), row.int64(1), row.int64(2), row.blob(3), row.int64(4)));
        });
        TRY(m_failed);
        return transaction.commit();
    }

    Status blobs() {
        std::map<Bytes, std::map<std::int64_t, std::int64_t>> chunks;
        m_from.walk("blob_chunk", "SELECT sha256, place, rowid FROM blob_chunk WHERE rowid = ?",
                    [&](const SqlStatement& row) { chunks[toBytes(row.blob(0))][row.int64(1)] = row.int64(2); });
        struct Found {
            Bytes sha256;
            std::string claim;
            std::int64_t number = 0;  // a blob's size; whether an upload is done
            std::int64_t blocking = 0;
        };
        std::vector<Found> found;
        m_from.walk("blob", "SELECT sha256, claim, size FROM blob WHERE rowid = ?", [&](const SqlStatement& row) {
            found.push_back({toBytes(row.blob(0)), std::string(row.text(1)), row.int64(2)});
        });
        std::set<Bytes> whole;
        for (const auto& blob : found) {
            ASSIGN(const bool copied, copyBlob(blob.sha256, blob.claim, blob.number, chunks[blob.sha256]));
            if (copied) whole.insert(blob.sha256);
        }

        // A store of the first schema keeps with the blob what later ones keep in a table of its own.
        bool first_schema = false;
        m_from.read("SELECT count(*) FROM sqlite_schema WHERE name = 'upload'",
                    [&](const SqlStatement& row) { first_schema = row.int64(0) == 0; });
        std::vector<Found> uploads;
        const auto unreadable = m_from.walk(
            first_schema ? "blob" : "upload",
            first_schema ? "SELECT sha256, claim, sent, 0 FROM blob WHERE rowid = ? AND saved = 1"
                         : "SELECT sha256, claim, sent, blocking FROM upload WHERE rowid = ?",
            [&](const SqlStatement& row) {
                uploads.push_back({toBytes(row.blob(0)), std::string(row.text(1)), row.int64(2), row.int64(3)});
            });
        ASSIGN(auto transaction, Transaction::begin(m_to));
        for (const auto& upload : uploads) {
            if (whole.contains(upload.sha256)) {
                keep(runOn(m_to, "INSERT OR IGNORE INTO upload(sha256, claim, sent, blocking) VALUES(?, ?, ?, ?)",
                           upload.sha256, upload.claim, upload.number, upload.blocking));
            } else if (upload.number == 0) {
                ++m_unreadable_images;
            }
        }
        if (unreadable > 0) {
            // Which of them were sent is lost with the row: they are offered again, and the server knows its own.
            for (const auto& blob : found) {
                if (whole.contains(blob.sha256))
                    keep(runOn(m_to, "INSERT OR IGNORE INTO upload(sha256, claim) VALUES(?, ?)", blob.sha256,
                               blob.claim));
            }
        }
        // Chunks whose blob's own row is gone: it cannot be said for which claim they are.
        for (const auto& [sha256, places] : chunks) {
            const bool named = std::any_of(found.begin(), found.end(),
                                           [&, &name = sha256](const Found& blob) { return blob.sha256 == name; });
            m_unreadable_images += named ? 0U : 1U;
        }
        TRY(m_failed);
        return transaction.commit();
    }

    Status packs() {
        ASSIGN(auto transaction, Transaction::begin(m_to));
        m_from.read("SELECT id, version, digest, archive FROM pack", [&](const SqlStatement& row) {
            keep(runOn(m_to, "INSERT OR IGNORE INTO pack(id, version, digest, archive) VALUES(?, ?, ?, ?)", row.text(0),
                       row.text(1), row.blob(2), row.blob(3)));
        });
        TRY(m_failed);
        return transaction.commit();
    }

    /// Registered, as far as can be known: the server says when it is not so.
    void keepAuthor(ByteView author, const Uuid& officer = {}) {
        keep(runOn(m_to,
                   "INSERT OR IGNORE INTO author(id, officer, public_key, code, registered) VALUES(?, ?, ?, '', 1)",
                   author, officer.bytes, Hash{}));
    }
    void keep(Status status) {
        if (!status && m_failed) m_failed = std::move(status);
    }

    Result<bool> copyBlob(const Bytes& sha256, const std::string& claim, std::int64_t size,
                          const std::map<std::int64_t, std::int64_t>& places) {
        bool here = false;
        ASSIGN(auto known, m_to.prepareCached("SELECT 1 FROM blob WHERE sha256 = ?"));
        TRY(known.query(sha256, [&](const SqlStatement&) { here = true; }));
        if (here) return true;
        ASSIGN(auto transaction, Transaction::begin(m_to));
        TRY(runOn(m_to, "INSERT INTO blob(sha256, claim, size) VALUES(?, ?, ?)", sha256, claim, size));
        Sha256 digest;
        const auto parts =
            (size + static_cast<std::int64_t>(kBlobChunkBytes) - 1) / static_cast<std::int64_t>(kBlobChunkBytes);
        for (std::int64_t place = 0; place < parts; ++place) {
            const auto at = places.find(place);
            if (at == places.end()) return false;  // the transaction is taken back
            bool copied = false;
            m_from.read(
                "SELECT bytes FROM blob_chunk WHERE rowid = ?",
                [&](const SqlStatement& row) {
                    digest.update(row.blob(0));
                    keep(runOn(m_to, "INSERT INTO blob_chunk(sha256, place, bytes) VALUES(?, ?, ?)", sha256, place,
                               row.blob(0)));
                    copied = true;
                },
                at->second);
            TRY(m_failed);
            if (!copied) return false;
        }
        const auto found = digest.finish();
        if (!std::equal(found.begin(), found.end(), sha256.begin(), sha256.end())) return false;
        TRY(transaction.commit());
        return true;
    }

    DamagedStore& m_from;
    Database& m_to;
    Status m_failed;
    std::uint64_t m_unreadable_saves = 0;
    std::uint64_t m_unreadable_images = 0;
};

/// How far each chain has come by what was read, where the chain's own row was lost; which chains have holes; and what
/// all of it comes to.
Result<SalvageReport> countUp(Database& store) {
    TRY(store.exec(
        "INSERT OR IGNORE INTO chain(author, incarnation, counter, hash) SELECT author, incarnation, counter, hash "
        "FROM "
        "own_change_set o WHERE counter = (SELECT max(counter) FROM own_change_set m WHERE m.author = o.author AND "
        "m.incarnation = o.incarnation);"
        "UPDATE chain SET missing = -1 WHERE counter <> (SELECT count(*) FROM own_change_set o WHERE o.author = "
        "chain.author AND o.incarnation = chain.incarnation);"
        "UPDATE author SET incarnation = max(incarnation, coalesce((SELECT max(c.incarnation) FROM chain c WHERE "
        "c.author = author.id), 1));"));
    SalvageReport report;
    ASSIGN(
        auto counts,
        store.prepare(
            "SELECT (SELECT count(*) FROM own_change_set), (SELECT count(*) FROM own_change_set WHERE state = 0),"
            " (SELECT count(*) FROM blob),"
            " (SELECT count(*) FROM claim c WHERE key IS NULL AND EXISTS(SELECT 1 FROM own_change_set o WHERE"
            "  o.claim = c.crn AND o.state = 0)),"
            // Behind the last save that the server is known to have, in each chain, what is not here.
            " (SELECT coalesce(sum(c.counter - a.known - (SELECT count(*) FROM own_change_set o WHERE o.author ="
            "  c.author AND o.incarnation = c.incarnation AND o.counter > a.known)), 0) FROM chain c JOIN (SELECT"
            "  h.author, h.incarnation, coalesce((SELECT max(o.counter) FROM own_change_set o WHERE o.author ="
            "  h.author AND o.incarnation = h.incarnation AND o.state <> 0), 0) AS known FROM chain h) a ON a.author ="
            "  c.author AND a.incarnation = c.incarnation)"));
    TRY(counts.query([&](const SqlStatement& row) {
        const auto natural = [&](int column) { return static_cast<std::uint64_t>(row.int64(column)); };
        report.saves = natural(0);
        report.unsent = natural(1);
        report.images = natural(2);
        report.claims_without_key = natural(3);
        report.saves_lost = natural(4);
    }));
    return report;
}

/// The damaged store with its first pages taken from their copy, beside it; empty when there is no copy, or they are
/// the same.
std::string withOtherHead(const std::string& store, const std::string& head) {
    const auto pages = readFile(head);
    if (!pages || pages->empty()) return {};
    {
        std::ifstream file(store, std::ios::binary);
        Bytes now(pages->size());
        file.read(reinterpret_cast<char*>(now.data()), static_cast<std::streamsize>(now.size()));
        if (file && now == *pages) return {};
    }
    const auto mended = store + ".mended";
    std::error_code failed;
    using std::filesystem::copy_options;
    std::filesystem::copy_file(store, mended, copy_options::overwrite_existing, failed);
    if (failed) return {};
    std::filesystem::remove(mended + "-wal", failed);
    std::filesystem::copy_file(store + "-wal", mended + "-wal", copy_options::overwrite_existing, failed);
    std::fstream file(mended, std::ios::binary | std::ios::in | std::ios::out);
    file.write(reinterpret_cast<const char*>(pages->data()), static_cast<std::streamsize>(pages->size()));
    return file.flush() ? mended : std::string();
}

void removeStore(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
}

}  // namespace

bool Vault::isDamaged() const { return m_impl->rescuer.has_value(); }

Status Vault::Impl::readDamaged() {
    if (read_damaged) return {};
    if (!rescuer) return fail(ErrorCode::Conflict, "there is nothing to salvage");
    const Hash key = rescuer->opened.vault_key;
    const auto store = path(kStore);
    const auto part = path(kSalvagePart);
    removeStore(part);
    removeStore(path(kSalvaged));

    ASSIGN(auto to, Database::open(part, {.key = key}));
    TRY(migrate(to, migrationsFrom(embedded::vaultMigrations())));
    const auto mended = withOtherHead(store, path(kHead));
    std::uint64_t unreadable = 0;
    std::uint64_t images_lost = 0;
    bool any_opened = false;
    for (const auto& image : {mended, store}) {
        if (image.empty()) continue;
        DamagedStore from(image, key);
        Salvage one(from, to);
        TRY(one.all(state, slots));
        any_opened = any_opened || from.isOpen();
        unreadable = one.unreadableSaves();
        images_lost = one.unreadableImages();
    }
    if (!mended.empty()) removeStore(mended);
    ASSIGN(auto report, countUp(to));
    report.first_pages_mended = !mended.empty();
    report.images_lost = images_lost;
    if (!any_opened) report.saves_lost = state.pending.value_or(0);
    if (report.saves == 0) report.saves_lost = std::max(report.saves_lost, unreadable);
    TRY(to.checkpoint());
    TRY(to.quickCheck());
    read_damaged = std::move(report);
    return {};
}

Result<SalvageReport> Vault::salvage() {
    auto& impl = *m_impl;
    TRY(impl.readDamaged());
    auto report = *std::exchange(impl.read_damaged, std::nullopt);
    const auto store = impl.path(kStore);
    const auto part = impl.path(kSalvagePart);

    // The new store is whole and on disk. Now it takes the damaged one's place; openDatabase() finishes what is cut.
    const auto move = [](const std::string& a, const std::string& b) -> Status {
        std::error_code failed;
        std::filesystem::rename(a, b, failed);
        if (failed && failed != std::errc::no_such_file_or_directory)
            return fail(ErrorCode::Storage, "a store cannot be named");
        return {};
    };
    removeStore(part + "-wal");
    TRY(move(part, impl.path(kSalvaged)));
    TRY(syncFolder(impl.folder));
    report.kept_as = std::string(kStore) + ".damaged-" + std::to_string(impl.clock.wallMs());
    for (const char* suffix : {"", "-wal", "-shm"}) TRY(move(store + suffix, impl.path(report.kept_as) + suffix));
    TRY(move(impl.path(kSalvaged), store));
    std::error_code ignored;
    std::filesystem::remove(impl.path("vault.open"), ignored);
    TRY(syncFolder(impl.folder));

    auto rescuer = *impl.rescuer;
    impl.head_copied.reset();
    const Status entered = impl.enter(rescuer.officer, rescuer.opened);
    rescuer.opened.forget();
    TRY(entered);
    return report;
}

}  // namespace fieldclaim::tablet
