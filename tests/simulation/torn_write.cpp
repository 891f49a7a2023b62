#include "tests/simulation/torn_write.h"

#include <fstream>

namespace fieldclaim::sim {
namespace {

namespace fs = std::filesystem;

fs::path logOf(const fs::path& store) { return store.string() + "-wal"; }

}  // namespace

void copyAsKilled(const fs::path& store, const fs::path& to) {
    fs::copy_file(store, to, fs::copy_options::overwrite_existing);
    std::error_code none;
    fs::remove(to.string() + "-shm", none);
    if (!fs::exists(logOf(store))) {
        fs::remove(logOf(to), none);
        return;
    }
    fs::copy_file(logOf(store), logOf(to), fs::copy_options::overwrite_existing);
}

void putBack(const fs::path& copy, const fs::path& store) {
    for (const auto* end : {"", "-wal", "-shm"}) {
        if (fs::exists(copy.string() + end)) {
            fs::rename(copy.string() + end, store.string() + end);
        } else {
            fs::remove(store.string() + end);
        }
    }
}

bool tearLog(const fs::path& store, Chance& chance) {
    const auto log = logOf(store);
    std::error_code none;
    const auto size = fs::file_size(log, none);
    constexpr std::uintmax_t kHeader = 32;
    constexpr std::uintmax_t kFrame = 24 + 4096;
    if (none || size < kHeader + kFrame) return false;
    // A frame that was written before, so that its salts are right, with a changed byte or cut short.
    Bytes frame(kFrame);
    std::ifstream(log, std::ios::binary)
        .seekg(static_cast<std::streamoff>(kHeader))
        .read(reinterpret_cast<char*>(frame.data()), static_cast<std::streamsize>(frame.size()));
    frame[chance.below(frame.size())] ^= 0x5aU;
    if (chance.percent(50)) frame.resize(1 + chance.below(frame.size() - 1));
    std::ofstream(log, std::ios::binary | std::ios::app) << asText(frame);
    return true;
}

}  // namespace fieldclaim::sim
