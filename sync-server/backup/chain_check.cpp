#include "sync-server/backup/chain_check.h"

#include <algorithm>
#include <map>
#include <set>

#include "shared/domain/ink.h"
#include "shared/domain/proof_file.h"
#include "shared/domain/seal.h"
#include "shared/forms/answer_forms.h"
#include "sync-server/service/claim_fold.h"

namespace fieldclaim::server {
namespace {

using Chain = std::pair<Uuid, std::uint32_t>;
struct Link {
    Hash hash{};
    Hash previous{};
};
using Links = std::map<Chain, std::map<std::uint64_t, Link>>;

std::string nameOf(const Chain& chain, std::uint64_t counter) {
    return "change set " + std::to_string(counter) + " of author " + chain.first.text() +
           (chain.second == 1 ? std::string() : " (incarnation " + std::to_string(chain.second) + ")");
}

Status addLink(const LedgerSnapshot& now, ByteView bytes, bool indexed, Links& links, std::vector<std::string>& wrong) {
    const auto raw = splitChangeSet(bytes);
    const auto header =
        raw ? decodeHeader(raw->header_bytes) : Result<ChangeSetHeader>(tl::unexpected<Error>(raw.error()));
    if (!header) {
        wrong.emplace_back("a change set cannot be read");
        return {};
    }
    const Chain chain{header->author, header->incarnation};
    const auto hash = sha256(raw->header_bytes);
    ASSIGN(const auto index, now.chains().changeSet(header->author, header->incarnation, header->counter));
    const bool is_indexed = index && index->hash == hash;
    if (!is_indexed) {
        // The other branch of a fork stands beside the chain, in the ledger too when it was released.
        ASSIGN(const auto fork, now.chains().fork(hash));
        if (fork) return {};
    }
    if (!is_indexed) wrong.push_back(nameOf(chain, header->counter) + " is not the one that was received");
    ASSIGN(const auto key, now.claims().claimKey(header->claim));
    const bool erased = raw->payload_bytes.empty() || !key;
    if (indexed && !erased && !payloadMatches(*header, raw->payload_bytes, *key)) {
        wrong.push_back(nameOf(chain, header->counter) + " does not have the content that was signed");
    }
    links[chain].emplace(header->counter, Link{hash, header->previous});
    return {};
}

Status checkChain(const LedgerSnapshot& now, const Chain& chain, const Head& head,
                  const std::map<std::uint64_t, Link>& links, std::vector<std::string>& wrong) {
    Hash previous{};
    for (std::uint64_t counter = 1; counter <= head.counter; ++counter) {
        const auto found = links.find(counter);
        if (found == links.end()) {
            // Of what came of an erased claim, nothing is kept but its hash.
            ASSIGN(const auto index, now.chains().changeSet(chain.first, chain.second, counter));
            if (index && index->disposition == Disposition::Erased) {
                previous = index->hash;
                continue;
            }
            wrong.push_back(nameOf(chain, counter) + " was received and is not here");
            return {};
        }
        if (found->second.previous != previous) {
            wrong.push_back(nameOf(chain, counter) + " does not follow the one before it");
            return {};
        }
        previous = found->second.hash;
    }
    if (previous != head.hash) wrong.push_back(nameOf(chain, head.counter) + " is not the head that was noted");
    return {};
}

/// The blobs that the claim's standing values name, each with the change set that does.
std::vector<std::pair<Hash, ChangeSetId>> blobsNamed(const ClaimState& state) {
    std::vector<std::pair<Hash, ChangeSetId>> out;
    for (const auto& [path, reg] : state.registers()) {
        for (const auto& sibling : reg.siblings()) {
            const auto& id = sibling.id.change_set;
            if (path.starts_with("seal/")) {
                const auto seal = decodeSeal(path.substr(5), sibling.value);
                if (!seal) continue;
                out.emplace_back(seal->digest, id);
                for (const auto& page : scanNames(*seal)) out.emplace_back(page, id);
            } else if (path.starts_with("scan/")) {
                if (const auto page = decodeScan(sibling.value)) out.emplace_back(page->image, id);
            } else if (const auto* text = sibling.value.text(); text != nullptr && isDigest(*text)) {
                if (const auto bytes = toArray<32>(fromHex(*text).value())) out.emplace_back(*bytes, id);
            }
        }
    }
    for (const auto& file : proofFilesOf(state)) {
        for (const auto& sibling : state.find(filePath(file.id))->siblings())
            out.emplace_back(file.digest, sibling.id.change_set);
    }
    return out;
}

}  // namespace

Result<std::vector<std::string>> checkChains(const LedgerSnapshot& now) {
    std::vector<std::string> wrong;
    Links links;
    const Status read = now.claims().forEachRow([&](const LedgerRow& row) -> Status {
        for (const auto& bytes : row.change_sets) TRY(addLink(now, bytes, true, links, wrong));
        return {};
    });
    TRY(read);
    TRY(now.chains().forEachSetAside(
        [&](const SetAsideRow& row) { return addLink(now, row.bytes, false, links, wrong); }));
    ASSIGN(const auto heads, now.chains().heads());
    std::set<Chain> known;
    for (const auto& head : heads) {
        const Chain chain{head.author, head.incarnation};
        known.insert(chain);
        TRY(checkChain(now, chain, head, links[chain], wrong));
    }
    for (const auto& [chain, made] : links) {
        if (!known.contains(chain) && !made.empty()) wrong.push_back(nameOf(chain, 1) + " has no head");
    }
    return wrong;
}

Result<std::vector<Head>> durableHeads(const LedgerSnapshot& now) {
    ASSIGN(auto heads, now.chains().heads());
    std::set<ChangeSetId> short_of_blobs;
    ASSIGN(const auto claims, now.claims().claims());
    for (const auto& row : claims) {
        ASSIGN(const auto state, decodeClaimState(row.state));
        for (const auto& [digest, id] : blobsNamed(state)) {
            ASSIGN(const bool here, now.blobs().hasBlob(row.crn, digest));
            if (!here) short_of_blobs.insert(id);
        }
    }
    if (!short_of_blobs.empty()) {
        std::map<Chain, std::uint64_t> least;
        const Status read = now.claims().forEachRow([&](const LedgerRow& row) -> Status {
            for (std::size_t i = 0; i < row.ids.size(); ++i) {
                if (!short_of_blobs.contains(row.ids[i])) continue;
                ASSIGN(const auto change_set, decodeChangeSet(row.change_sets[i]));
                const auto& header = change_set.header;
                const auto [entry, fresh] = least.try_emplace({header.author, header.incarnation}, header.counter);
                entry->second = std::min(entry->second, header.counter);
            }
            return {};
        });
        TRY(read);
        for (auto& head : heads) {
            const auto found = least.find({head.author, head.incarnation});
            if (found != least.end()) head.counter = std::min(head.counter, found->second - 1);
        }
    }
    for (auto& head : heads) head.hash = {};
    return heads;
}

}  // namespace fieldclaim::server
