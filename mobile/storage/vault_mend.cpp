#include <algorithm>

#include "mobile/storage/vault_impl.h"

// After a salvage: chains with holes. What was saved behind a hole could never be received, because the server takes a
// chain in order; so it is chained anew, by its own officer, once the ledger is here to say what still exists.
namespace fieldclaim::tablet {
namespace {

Result<std::int64_t> numberOf(Database& store, std::string_view sql, const Uuid& author, std::uint32_t incarnation,
                              std::uint64_t counter) {
    std::int64_t out = 0;
    ASSIGN(auto select, store.prepareCached(sql));
    TRY(select.query(author.bytes, incarnation, counter, [&](const SqlStatement& row) { out = row.int64(0); }));
    return out;
}

}  // namespace

Status Vault::Impl::mendChain(const Head& received) {
    ASSIGN(auto* const store, db());
    std::int64_t missing = 0;
    std::uint64_t head = 0;
    ASSIGN(auto chain, store->prepareCached("SELECT missing, counter FROM chain WHERE author = ? AND incarnation = ?"));
    TRY(chain.query(received.author.bytes, received.incarnation, [&](const SqlStatement& row) {
        missing = row.int64(0);
        head = static_cast<std::uint64_t>(row.int64(1));
    }));
    if (missing == 0) return {};

    // How far the chain is whole behind what the server has.
    std::uint64_t whole = received.counter;
    ASSIGN(auto rows,
           store->prepareCached("SELECT counter FROM own_change_set WHERE author = ? AND incarnation = ? AND "
                                "counter > ? ORDER BY counter"));
    TRY(rows.query(received.author.bytes, received.incarnation, received.counter, [&](const SqlStatement& row) {
        if (static_cast<std::uint64_t>(row.int64(0)) == whole + 1) ++whole;
    }));
    if (whole < head) {
        // What an edit replaces can be checked against the ledger alone.
        std::int64_t cursor = 0;
        ASSIGN(auto pulled, store->prepareCached("SELECT coalesce(max(cursor), 0) FROM scope WHERE staged = 0"));
        TRY(pulled.query([&](const SqlStatement& row) { cursor = row.int64(0); }));
        if (cursor == 0 && received.counter > 0) return {};
        ASSIGN(
            const auto behind,
            numberOf(*store, "SELECT count(*) FROM own_change_set WHERE author = ? AND incarnation = ? AND counter > ?",
                     received.author, received.incarnation, whole));
        if (behind > 0 && (!signed_in || signed_in->author != received.author)) return {};  // at their next unlock
        TRY(chainAnew(received.author, received.incarnation, whole));
    }
    ASSIGN(const auto here,
           numberOf(*store, "SELECT count(*) FROM own_change_set WHERE author = ? AND incarnation = ? AND counter <= ?",
                    received.author, received.incarnation, received.counter));
    ASSIGN(auto known, store->prepareCached("UPDATE chain SET missing = ? WHERE author = ? AND incarnation = ?"));
    return known.run(static_cast<std::int64_t>(received.counter) - here, received.author.bytes, received.incarnation);
}

Status Vault::Impl::chainAnew(const Uuid& author, std::uint32_t incarnation, std::uint64_t after) {
    ASSIGN(auto* const store, db());
    struct Behind {
        std::int64_t saved;
        ChangeSet change_set;
        ClaimKey key;
    };
    std::vector<Behind> behind;
    ASSIGN(auto select,
           store->prepareCached(
               "SELECT o.saved, o.bytes, c.key FROM own_change_set o JOIN claim c ON c.crn = o.claim "
               "WHERE o.author = ? AND o.incarnation = ? AND o.counter > ? AND o.content = 1 ORDER BY o.counter"));
    TRY(select.query(author.bytes, incarnation, after, [&](const SqlStatement& row) -> Status {
        ASSIGN(auto change_set, decodeChangeSet(row.blob(1)));
        ClaimKey key{};
        if (!row.isNull(2)) {
            ASSIGN(key, toArray<32>(row.blob(2)));
        }
        behind.push_back({row.int64(0), std::move(change_set), key});
        return {};
    }));

    // The old chain ends where it is whole.
    Hash end{};
    ASSIGN(auto at, store->prepareCached("SELECT hash FROM own_change_set WHERE author = ? AND incarnation = ? AND "
                                         "counter = ?"));
    TRY(at.query(author.bytes, incarnation, after, [&](const SqlStatement& row) -> Status {
        ASSIGN(end, toArray<32>(row.blob(0)));
        return {};
    }));
    ASSIGN(auto cut,
           store->prepareCached("UPDATE chain SET counter = ?, hash = ? WHERE author = ? AND incarnation = ?"));
    TRY(cut.run(after, end, author.bytes, incarnation));
    std::uint32_t next = 0;
    ASSIGN(auto begin, store->prepareCached("UPDATE author SET incarnation = max(incarnation, ?) + 1 WHERE id = ? "
                                            "RETURNING incarnation"));
    TRY(begin.query(incarnation, author.bytes,
                    [&](const SqlStatement& row) { next = static_cast<std::uint32_t>(row.int64(0)); }));

    std::map<ChangeSetId, ChangeSetId> renamed;
    ASSIGN(auto exists, store->prepareCached("SELECT 1 FROM own_change_set WHERE id = ?1 UNION ALL "
                                             "SELECT 1 FROM ledger_change_set WHERE id = ?1 LIMIT 1"));
    ASSIGN(auto put, store->prepareCached("UPDATE own_change_set SET id = ?, incarnation = ?, counter = ?, hash = ?, "
                                          "bytes = ?, signature = ?, state = 0, note = '' WHERE saved = ?"));
    Hash previous{};
    std::uint64_t counter = 0;
    for (auto& [saved, old, key] : behind) {
        auto payload = old.payload;
        for (auto& edit : payload.edits) {
            std::vector<EditId> replaces;
            for (auto id : edit.replaces) {
                if (const auto found = renamed.find(id.change_set); found != renamed.end())
                    id.change_set = found->second;
                // What was lost here and never reached the server replaces nothing: naming it would wait for ever.
                bool known = false;
                TRY(exists.query(id.change_set, [&](const SqlStatement&) { known = true; }));
                if (known) replaces.push_back(id);
            }
            std::sort(replaces.begin(), replaces.end());
            edit.replaces = std::move(replaces);
        }
        auto header = old.header;
        header.incarnation = next;
        header.counter = ++counter;
        header.previous = previous;
        const auto made = makeChangeSet(std::move(header), std::move(payload), key);
        const auto signature =
            signEd25519(signed_in->secret, segmentMessage(author, next, made.header.counter, made.hash));
        TRY(put.run(made.id(), next, made.header.counter, made.hash, encodeChangeSet(made), signature, saved));
        renamed.emplace(old.id(), made.id());
        previous = made.hash;
    }
    if (behind.empty()) return {};
    ASSIGN(auto chain,
           store->prepareCached("INSERT INTO chain(author, incarnation, counter, hash) VALUES(?, ?, ?, ?)"));
    return chain.run(author.bytes, next, counter, previous);
}

}  // namespace fieldclaim::tablet
