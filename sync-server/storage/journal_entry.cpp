#include "sync-server/storage/journal_entry.h"

#include "shared/crypto/crypto.h"
#include "shared/wire/cbor.h"
#include "sync-server/storage/transfer_text.h"

namespace fieldclaim::server {
namespace {

constexpr CborLimits kEntryLimits{256U << 20U, 4, 1'000'000};

// Stable numbers; the place in the variant.
enum Kind { kSite, kOfficer, kDevice, kCode, kAuthor, kTransfer, kTransferMoved, kAudit, kDecision, kDeviceSite };

Value raw(std::string_view text) { return asBytes(text); }
Value natural(std::uint64_t value) { return static_cast<std::int64_t>(value); }

std::string textOf(ListReader& in) { return std::string(asText(in.bytes())); }
Uuid uuidOf(ListReader& in) { return Uuid{in.array<16>()}; }

Value::List encode(const SiteRow& row) { return {raw(row.id), raw(row.name)}; }
Value::List encode(const OfficerRow& row) {
    return {row.id.bytes,
            raw(row.name),
            raw(row.role),
            raw(row.site),
            row.code_hash ? Value(*row.code_hash) : Value(Bytes()),
            row.code_tries,
            row.code_expires_ms,
            row.login.has_value(),
            raw(row.login.value_or(std::string())),
            raw(row.password_hash)};
}
Value::List encode(const DeviceRow& row) {
    return {row.id.bytes,    raw(row.name),
            row.key,         raw(row.site),
            row.enrolled_ms, row.last_seen_ms,
            row.revoked_ms,  natural(row.pending),
            raw(row.app),    row.store_key ? Value(*row.store_key) : Value(Bytes()),
            row.pending_ms,  row.lock_ms,
            row.wipe_ms,     row.wiped_ms};
}
Value::List encode(const EnrolmentCodeRow& row) {
    return {natural(row.lookup),
            row.secret_hash,
            raw(row.site),
            row.expires_ms,
            row.tries,
            row.used_ms,
            row.device ? Value(row.device->bytes) : Value(Bytes())};
}
Value::List encode(const AuthorRow& row) {
    return {row.id.bytes, row.officer.bytes, row.device.bytes, row.key, row.registered_ms};
}
Value::List encode(const TransferRow& row) {
    const auto& record = row.record;
    return {raw(record.id),
            raw(record.crn),
            raw(record.target),
            static_cast<int>(record.kind),
            record.order,
            record.urgent,
            raw(stateName(record.state)),
            record.next_at_ms,
            raw(record.idempotency_key),
            raw(record.receipt_id),
            row.statement,
            raw(record.content_type),
            raw(record.payload),
            raw(transferText(record)),
            record.revision,
            row.created_ms,
            row.updated_ms};
}
Value::List encode(const TransferMoved& row) {
    return {raw(row.id),   raw(stateName(row.state)), row.next_at_ms, raw(row.receipt_id), raw(row.text), row.revision,
            row.updated_ms};
}
Value::List encode(const AuditRow& row) {
    return {row.at_ms, raw(row.who), raw(row.what), raw(row.claim), raw(row.detail)};
}
Value::List encode(const DeviceSiteRow& row) { return {row.device.bytes, raw(row.site), row.given}; }
Value::List encode(const JournaledDecision& decision) {
    const auto& row = decision.row;
    Value::List change_sets;
    for (const auto& bytes : row.change_sets) change_sets.emplace_back(bytes);
    return {raw(row.scope),   raw(row.claim),  row.author.bytes,       natural(row.incarnation),
            row.device.bytes, row.received_ms, std::move(change_sets), decision.key};
}

OfficerRow readOfficer(ListReader& in) {
    OfficerRow row{uuidOf(in), textOf(in), textOf(in), textOf(in), std::nullopt, 0, 0, std::nullopt, {}};
    if (const auto hash = toArray<32>(in.bytes())) row.code_hash = *hash;
    row.code_tries = static_cast<int>(in.integer());
    row.code_expires_ms = in.integer();
    const bool has_login = in.boolean();
    auto login = textOf(in);
    if (has_login) row.login = std::move(login);
    row.password_hash = textOf(in);
    return row;
}

DeviceRow readDevice(ListReader& in) {
    DeviceRow row{uuidOf(in),   textOf(in),   in.array<32>(), textOf(in), in.integer(),
                  in.integer(), in.integer(), in.natural(),   textOf(in)};
    if (const auto key = toArray<32>(in.bytes())) row.store_key = *key;
    row.pending_ms = in.integer();
    row.lock_ms = in.integer();
    row.wipe_ms = in.integer();
    row.wiped_ms = in.integer();
    return row;
}

EnrolmentCodeRow readCode(ListReader& in) {
    EnrolmentCodeRow row{static_cast<std::uint32_t>(in.natural()), in.array<32>(), textOf(in),  in.integer(),
                         static_cast<int>(in.integer()),           in.integer(),   std::nullopt};
    if (const auto device = toArray<16>(in.bytes())) row.device = Uuid{*device};
    return row;
}

Result<TransferRow> readTransfer(ListReader& in) {
    TransferRow row;
    auto& record = row.record;
    record.id = textOf(in);
    record.crn = textOf(in);
    record.target = textOf(in);
    record.kind = static_cast<TransferKind>(in.integer());
    record.order = in.integer();
    record.urgent = in.boolean();
    const auto state = textOf(in);
    record.next_at_ms = in.integer();
    record.idempotency_key = textOf(in);
    record.receipt_id = textOf(in);
    row.statement = in.array<32>();
    record.content_type = textOf(in);
    record.payload = textOf(in);
    const auto text = textOf(in);
    record.revision = in.integer();
    row.created_ms = in.integer();
    row.updated_ms = in.integer();
    TRY(in.finish());
    ASSIGN(record.state, parseState(state));
    TRY(readTransferText(text, record));
    record.payload_digest = sha256(asBytes(record.payload));
    return row;
}

Result<TransferMoved> readMoved(ListReader& in) {
    TransferMoved row;
    row.id = textOf(in);
    const auto state = textOf(in);
    row.next_at_ms = in.integer();
    row.receipt_id = textOf(in);
    row.text = textOf(in);
    row.revision = in.integer();
    row.updated_ms = in.integer();
    TRY(in.finish());
    ASSIGN(row.state, parseState(state));
    return row;
}

Result<JournaledDecision> readDecision(ListReader& in) {
    JournaledDecision out;
    auto& row = out.row;
    row.scope = textOf(in);
    row.claim = textOf(in);
    row.author = uuidOf(in);
    row.incarnation = static_cast<std::uint32_t>(in.natural());
    row.device = uuidOf(in);
    row.received_ms = in.integer();
    for (const auto& item : in.list()) {
        if (item.bytes() == nullptr) return fail(ErrorCode::Damaged, "a decision's change set is not bytes");
        ASSIGN(const auto raw_change_set, splitChangeSet(*item.bytes()));
        ChangeSetId id{};
        const auto hash = sha256(raw_change_set.header_bytes);
        std::copy_n(hash.begin(), id.size(), id.begin());
        row.ids.push_back(id);
        row.change_sets.push_back(*item.bytes());
    }
    out.key = in.array<32>();
    TRY(in.finish());
    return out;
}

Result<JournalEntry> read(std::int64_t kind, const Value& value) {
    constexpr std::array<std::size_t, 10> kSizes{2, 10, 14, 7, 5, 17, 7, 5, 8, 3};
    if (kind < 0 || kind >= static_cast<std::int64_t>(kSizes.size())) {
        return fail(ErrorCode::Unsupported, "a journal entry of a kind that this program does not know");
    }
    ListReader in(value, "journal entry", kSizes[static_cast<std::size_t>(kind)]);
    JournalEntry out;
    // Braces: the items are taken from left to right.
    switch (static_cast<Kind>(kind)) {
        case kSite:
            out = SiteRow{textOf(in), textOf(in)};
            break;
        case kOfficer:
            out = readOfficer(in);
            break;
        case kDevice:
            out = readDevice(in);
            break;
        case kCode:
            out = readCode(in);
            break;
        case kAuthor:
            out = AuthorRow{uuidOf(in), uuidOf(in), uuidOf(in), in.array<32>(), in.integer()};
            break;
        case kTransfer: {
            ASSIGN(out, readTransfer(in));
            break;
        }
        case kTransferMoved: {
            ASSIGN(out, readMoved(in));
            break;
        }
        case kAudit:
            out = AuditRow{0, in.integer(), textOf(in), textOf(in), textOf(in), textOf(in)};
            break;
        case kDeviceSite:
            out = DeviceSiteRow{uuidOf(in), textOf(in), in.boolean()};
            break;
        case kDecision: {
            ASSIGN(out, readDecision(in));
            break;
        }
    }
    TRY(in.finish());
    return out;
}

}  // namespace

Bytes encodeJournalEntry(const JournalEntry& entry) {
    auto fields = std::visit([](const auto& row) { return encode(row); }, entry);
    return encodeCbor(Value::List{static_cast<std::int64_t>(entry.index()), std::move(fields)});
}

Result<JournalEntry> decodeJournalEntry(ByteView bytes) {
    ASSIGN(const auto value, decodeCbor(bytes, kEntryLimits));
    ListReader in(value, "journal entry", 2);
    const auto kind = in.integer();
    const auto& fields = in.any();
    TRY(in.finish());
    auto entry = read(kind, fields);
    if (!entry && entry.error().code == ErrorCode::BadInput) return fail(ErrorCode::Damaged, entry.error().detail);
    return entry;
}

}  // namespace fieldclaim::server
