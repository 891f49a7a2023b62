// The known bugs that are the server's (bugs.h), each built around its routes.
#include <algorithm>

#include "sync-server/service/ledger_names.h"
#include "tests/simulation/server_end.h"
#include "tests/simulation/server_wire.h"

namespace fieldclaim::sim {

using server::LedgerSnapshot;
using server::LedgerTransaction;

void ServerEnd::refuseFinished(const tablet::Send& request, Reply& reply) {
    const auto length = request.headers.at("Upload-Length");
    const auto offset = reply.headers.find("upload-offset");
    if (reply.status >= 300 || offset == reply.headers.end() || offset->second != length) return;
    constexpr int kConflict = 409;
    if (!m_finished.insert(request.headers.at("Upload-Metadata")).second) reply = {kConflict, {}, {}};
}

bool ServerEnd::holdsPoison(const tablet::Send& request) const {
    auto asked = must(decode<PushRequest>(plain(request)));
    if (!unpack(asked)) return false;
    return std::any_of(asked.segments.begin(), asked.segments.end(), [](const Segment& segment) {
        return std::any_of(segment.change_sets.begin(), segment.change_sets.end(), [](const Bytes& bytes) {
            const auto change_set = decodeChangeSet(bytes);
            if (!change_set) return true;
            const auto& edits = change_set->payload.edits;
            // As SimTablet::poison() writes it: that is the server's to say.
            return std::any_of(edits.begin(), edits.end(),
                               [](const Edit& edit) { return edit.path.starts_with("transfer/"); });
        });
    });
}

void ServerEnd::overwriteFork(const tablet::Send& request, Reply& reply) {
    auto asked = must(decode<PushRequest>(plain(request)));
    if (!unpack(asked)) return;
    auto answered = must(decode<PushReply>(reply.body));
    for (std::size_t i = 0; i < answered.results.size(); ++i) {
        auto& result = answered.results[i];
        if (result.outcome != PushOutcome::Fork) continue;
        result.outcome = PushOutcome::Received;
        result.through = headOf(asked.segments[i].change_sets.back()).first.counter;
    }
    reply.body = encode(answered);
}

Reply ServerEnd::pushAsIfNotRevoked(const tablet::Send& request, const std::string& peer) {
    std::vector<server::DeviceRow> rows;
    must(m_server->store().write([&](LedgerTransaction& tx) -> Status {
        ASSIGN(rows, tx.directory().devices());
        for (auto row : rows) {
            row.revoked_ms = 0;
            TRY(tx.directory().putDevice(row));
        }
        return {};
    }));
    auto reply = route(request, peer);
    must(m_server->store().write([&](LedgerTransaction& tx) -> Status {
        for (const auto& row : rows) TRY(tx.directory().putDevice(row));
        return {};
    }));
    return reply;
}

void ServerEnd::applyTwice(const tablet::Send&, const Reply& reply) {
    const auto answered = must(decode<PushReply>(reply.body));
    const bool repeated = std::any_of(answered.results.begin(), answered.results.end(), [](const SegmentResult& one) {
        return std::any_of(one.notes.begin(), one.notes.end(),
                           [](const PushNote& note) { return note.kind == NoteKind::Duplicate; });
    });
    if (!repeated) return;
    must(m_server->store().write([&](LedgerTransaction& tx) -> Status {
        std::optional<server::LedgerRow> last;
        TRY(tx.claims().forEachRow([&](const server::LedgerRow& row) -> Status {
            if (row.author == answered.results.front().author) last = row;
            return {};
        }));
        if (!last) return {};
        return tx.claims().append(*last).map([](auto) {});
    }));
}

void ServerEnd::answerEarly(const tablet::Send& request, Reply& reply) {
    auto asked = decode<PushRequest>(plain(request));
    if (!asked) return;
    if (!unpack(*asked)) return;
    PushReply out;
    out.epoch = m_server->identity().epoch;
    out.server_time = m_clock.wallMs();
    for (const auto& segment : asked->segments) {
        const auto last = headOf(segment.change_sets.back()).first;
        out.results.push_back({segment.author, segment.incarnation, PushOutcome::Received, last.counter, {}, {}});
    }
    reply.status = 200;
    reply.headers["content-type"] = kCborType;
    reply.body = encode(out);
}

void ServerEnd::writeLate() {
    if (!up()) return;
    for (const auto& [request, peer] : std::exchange(m_unwritten, {})) static_cast<void>(route(request, peer));
}

void ServerEnd::serveLate(const tablet::Send&, Reply& reply) {
    auto pulled = must(decode<PullReply>(reply.body));
    if (pulled.rows.size() < 2 || ++m_bug_turn % 4 != 0) return;
    // The last row but one is not committed yet when the reader comes by.
    const auto& late = pulled.rows[pulled.rows.size() - 2];
    if (late.scope != pulled.rows.back().scope) return;
    pulled.rows.erase(pulled.rows.end() - 2);
    pulled.checksums.clear();
    reply.body = encode(pulled);
}

void ServerEnd::leak(const tablet::Send&, Reply& reply) {
    auto pulled = must(decode<PullReply>(reply.body));
    must(m_server->store().readJob([&](const LedgerSnapshot& now) -> Status {
        ASSIGN(const auto heads, now.claims().scopeHeads());
        for (const auto& [scope, head] : heads) {
            if (pulled.cursors.contains(scope)) continue;
            ASSIGN(const auto rows, now.claims().rowsAfter(scope, 0, 1U << 20U));
            for (const auto& row : rows) pulled.rows.push_back({scope, row.seq, row.claim, row.change_sets});
            pulled.cursors[scope] = head.seq;
        }
        return {};
    }));
    reply.body = encode(pulled);
}

}  // namespace fieldclaim::sim
