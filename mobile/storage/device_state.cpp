#include "mobile/storage/device_state.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "mobile/storage/file_bytes.h"
#include "shared/crypto/sealed_box.h"
#include "shared/sqlite/store_lock.h"
#include "shared/wire/cbor.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kTag = "fieldclaim/device-state/1";
constexpr std::size_t kFields = 9;

std::string in(const std::string& folder, const char* name) { return folder + "/" + name; }

Hash keyOf(const DeviceKey& key) { return hkdfSha256(key.pair().secret, {}, asBytes(kTag)); }

bool isDestroyed(const std::string& name) {
    if (name == "vault.lock") return false;  // held, and empty
    return name.starts_with("slots.") || name.starts_with("vault.") || name.starts_with("salvage.");
}

}  // namespace

Result<DeviceState> loadDeviceState(const std::string& path, const DeviceKey& key) {
    ASSIGN(const auto bytes, readFile(path));
    const auto decode = [&]() -> Result<DeviceState> {
        ASSIGN(const auto plain, openAesGcm(keyOf(key), bytes, asBytes(kTag)));
        ASSIGN(const auto value, decodeCbor(plain));
        // One item more since there can be a next authority.
        const bool has_next = value.list() != nullptr && value.list()->size() == kFields + 1;
        ListReader reader(value, "device state", has_next ? kFields + 1 : kFields);
        DeviceState state;
        state.server_url = reader.text();
        state.ca_pem = reader.text();
        state.device.bytes = reader.array<16>();
        state.site = reader.text();
        state.site_name = reader.text();
        const auto pending = reader.integer();
        if (pending >= 0) state.pending = static_cast<std::uint64_t>(pending);
        state.locked = reader.boolean();
        state.wiping = reader.boolean();
        state.store_key = reader.bytes();
        if (has_next) state.next_ca_pem = reader.text();
        TRY(reader.finish());
        return state;
    };
    auto state = decode();
    if (!state) return fail(ErrorCode::Damaged, "device.state: " + state.error().detail);
    return state;
}

Status saveDeviceState(const std::string& path, const DeviceState& state, const DeviceKey& key, Random& random) {
    const std::int64_t pending = state.pending ? static_cast<std::int64_t>(*state.pending) : -1;
    Value::List fields{state.server_url, state.ca_pem, state.device.bytes, state.site,     state.site_name,
                       pending,          state.locked, state.wiping,       state.store_key};
    if (!state.next_ca_pem.empty()) fields.emplace_back(state.next_ca_pem);
    const auto plain = encodeCbor(std::move(fields));
    return writeFileAtomically(path, sealAesGcm(keyOf(key), plain, asBytes(kTag), random));
}

Status wipeStore(const std::string& folder, const DeviceKey& key, DeviceState state, Random& random) {
    state.wiping = true;
    TRY(saveDeviceState(in(folder, "device.state"), state, key, random));
    std::error_code failed;
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        if (isDestroyed(entry.path().filename().string())) names.push_back(entry.path().filename().string());
    }
    if (failed) return fail(ErrorCode::Storage, "the folder cannot be read");
    std::sort(names.begin(), names.end());  // "slots" before "vault"
    // What cannot be overwritten (a full or failing disk) is removed all the same, and the rest goes on.
    Status worst;
    for (const auto& name : names) {
        if (const Status gone = destroyFile(in(folder, name.c_str()), random); !gone) worst = gone;
    }
    TRY(worst);
    TRY(saveDeviceState(in(folder, "wiped.state"), state, key, random));
    std::filesystem::rename(in(folder, "device.key"), in(folder, "wiped.key"), failed);
    if (failed) return fail(ErrorCode::Storage, "the device key cannot be put aside");
    std::filesystem::remove(in(folder, "device.state"), failed);
    return syncFolder(folder);
}

Status finishWipe(const std::string& folder, Random& random) {
    std::error_code failed;
    if (!std::filesystem::exists(in(folder, "device.state"), failed)) return {};
    if (!std::filesystem::exists(in(folder, "device.key"), failed)) {
        if (std::filesystem::exists(in(folder, "wiped.key"), failed))
            std::filesystem::remove(in(folder, "device.state"), failed);
        return {};
    }
    ASSIGN(const auto key, DeviceKey::load(folder));
    const auto state = loadDeviceState(in(folder, "device.state"), key);
    if (!state || !state->wiping) return {};
    ASSIGN(const auto lock, StoreLock::acquire(in(folder, "vault")));
    return wipeStore(folder, key, *state, random);
}

std::optional<WipedTablet> wipedTablet(const std::string& folder) {
    const auto bytes = readFile(in(folder, "wiped.key"));
    if (!bytes) return std::nullopt;
    const auto secret = toArray<32>(*bytes);
    if (!secret) return std::nullopt;
    const auto key = DeviceKey::of(*secret);
    auto state = loadDeviceState(in(folder, "wiped.state"), key);
    if (!state) return std::nullopt;
    return WipedTablet{key, std::move(*state)};
}

void forgetWiped(const std::string& folder) {
    std::error_code ignored;
    for (const char* name : {"wiped.state", "wiped.key"}) std::filesystem::remove(in(folder, name), ignored);
}

}  // namespace fieldclaim::tablet
