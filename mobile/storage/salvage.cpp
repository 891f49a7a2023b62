#include "mobile/storage/salvage.h"

#include <algorithm>
#include <set>

#include "mobile/storage/vault_impl.h"

namespace fieldclaim::tablet {
namespace {

template <typename... Args>
Status runOn(Database& store, std::string_view sql, const Args&... args) {
    ASSIGN(auto statement, store.prepareCached(sql));
    return statement.run(args...);
}

}  // namespace

Status Salvage::all(const DeviceState& state, const std::vector<Slot>& slots) {
    TRY(settings());
    TRY(authors(slots));
    TRY(claims());
    TRY(changeSets());
    TRY(chains());
    TRY(blobs());
    TRY(packs());
    TRY(views());
    return settingsOf(state);
}

Status Salvage::settings() {
    ASSIGN(auto transaction, Transaction::begin(m_to));
    const auto copy = [&](const SqlStatement& row) {
        keep(runOn(m_to, "INSERT OR IGNORE INTO setting(key, value) VALUES(?, ?)", row.text(0), row.blob(1)));
    };
    if (!m_from.read("SELECT key, value FROM setting WHERE key <> 'fresh'", copy)) {
        for (const char* key : {"server_url", "ca_pem", "next_ca_pem", "device", "site", "site_name", "officers",
                                "recovery_key", "store_key", "epoch", "server_author", "last_contact"})
            m_from.read("SELECT key, value FROM setting WHERE key = ?", copy, std::string_view(key));
    }
    TRY(m_failed);
    return transaction.commit();
}

Status Salvage::settingsOf(const DeviceState& state) {
    ASSIGN(auto transaction, Transaction::begin(m_to));
    const auto otherwise = [&](const char* key, ByteView value) {
        keep(runOn(m_to, "INSERT OR IGNORE INTO setting(key, value) VALUES(?, ?)", std::string_view(key), value));
    };
    otherwise("server_url", asBytes(state.server_url));
    otherwise("ca_pem", asBytes(state.ca_pem));
    if (!state.next_ca_pem.empty()) otherwise("next_ca_pem", asBytes(state.next_ca_pem));
    otherwise("device", state.device.bytes);
    otherwise("site", asBytes(state.site));
    otherwise("site_name", asBytes(state.site_name));
    otherwise("officers", encodeOfficers({}));
    TRY(m_failed);
    return transaction.commit();
}

Status Salvage::authors(const std::vector<Slot>& slots) {
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

Status Salvage::claims() {
    ASSIGN(auto transaction, Transaction::begin(m_to));
    m_from.walk("claim", "SELECT crn, key, server_knows, site, last_change FROM claim WHERE rowid = ?",
                [&](const SqlStatement& row) {
                    keep(runOn(m_to,
                               "INSERT OR IGNORE INTO claim(crn, key, server_knows, site, last_change) "
                               "VALUES(?, ?, ?, ?, ?)",
                               row.text(0), row.isNull(1) ? std::optional<Bytes>() : toBytes(row.blob(1)), row.int64(2),
                               row.text(3), row.int64(4)));
                });
    TRY(m_failed);
    return transaction.commit();
}

Status Salvage::changeSets() {
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
    m_unreadable_saves = static_cast<std::uint64_t>(m_from.walk("own_change_set", one, [&](const SqlStatement& row) {
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
                   row.int64(11), row.blob(0), row.blob(1), row.int64(2), row.int64(3), row.blob(4), row.text(5),
                   row.blob(6), row.blob(7), row.text(8), state, row.text(10), row.int64(12)));
    }));
    TRY(m_failed);
    return transaction.commit();
}

Status Salvage::chains() {
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

Status Salvage::blobs() {
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
    const auto unreadable =
        m_from.walk(first_schema ? "blob" : "upload",
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
                keep(runOn(m_to, "INSERT OR IGNORE INTO upload(sha256, claim) VALUES(?, ?)", blob.sha256, blob.claim));
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

Status Salvage::views() {
    ASSIGN(auto transaction, Transaction::begin(m_to));
    // A store of an earlier schema has none.
    m_from.read("SELECT number, officer, claim, at_ms FROM claim_view", [&](const SqlStatement& row) {
        keep(runOn(m_to, "INSERT OR IGNORE INTO claim_view(number, officer, claim, at_ms) VALUES(?, ?, ?, ?)",
                   row.int64(0), row.blob(1), row.text(2), row.int64(3)));
    });
    TRY(m_failed);
    return transaction.commit();
}

Status Salvage::packs() {
    ASSIGN(auto transaction, Transaction::begin(m_to));
    m_from.read("SELECT id, version, digest, archive FROM pack", [&](const SqlStatement& row) {
        keep(runOn(m_to, "INSERT OR IGNORE INTO pack(id, version, digest, archive) VALUES(?, ?, ?, ?)", row.text(0),
                   row.text(1), row.blob(2), row.blob(3)));
    });
    TRY(m_failed);
    return transaction.commit();
}

void Salvage::keepAuthor(ByteView author, const Uuid& officer) {
    keep(runOn(m_to, "INSERT OR IGNORE INTO author(id, officer, public_key, code, registered) VALUES(?, ?, ?, '', 1)",
               author, officer.bytes, Hash{}));
}

void Salvage::keep(Status status) {
    if (!status && m_failed) m_failed = std::move(status);
}

Result<bool> Salvage::copyBlob(const Bytes& sha256, const std::string& claim, std::int64_t size,
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

}  // namespace fieldclaim::tablet
