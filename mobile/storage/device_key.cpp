#include "mobile/storage/device_key.h"

#include <filesystem>

#include "mobile/storage/file_bytes.h"

namespace fieldclaim::tablet {
namespace {

std::string pathIn(const std::string& folder) { return folder + "/device.key"; }

}  // namespace

Result<DeviceKey> DeviceKey::load(const std::string& folder) {
    ASSIGN(const auto bytes, readFile(pathIn(folder)));
    const auto secret = toArray<32>(bytes);
    if (!secret) return fail(ErrorCode::Damaged, "the device key has another size");
    return DeviceKey(KeyPair::fromSecret(*secret));
}

Result<DeviceKey> DeviceKey::loadOrMake(const std::string& folder, Random& random) {
    auto found = load(folder);
    if (found || found.error().code != ErrorCode::NotFound) return found;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail(ErrorCode::Storage, "the folder cannot be made");
    const auto pair = KeyPair::make(random);
    TRY(writeFileAtomically(pathIn(folder), pair.secret));
    return DeviceKey(pair);
}

}  // namespace fieldclaim::tablet
