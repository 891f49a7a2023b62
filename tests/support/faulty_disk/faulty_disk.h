#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace fieldclaim::test {

/// What a disk does to one operation. Operations are the reads, writes, cuts, syncs, openings and removals that SQLite
/// asks of its files (hazards H04, H10, H11).
enum class DiskFault {
    Error,       ///< the operation fails, and nothing of it was done
    Full,        ///< a write fails for want of room; other operations go on
    ShortWrite,  ///< the first half of a write is on disk, then it fails; other operations fail as with Error
    LostPower,   ///< from here on nothing works; of what was written and not synced, a part by chance is on disk
};

/// Stands between SQLite and the files below one folder: while it lives it is SQLite's default file system. Counts the
/// operations on those files and spoils the one that it is told to. One at a time in a process, made before the stores
/// are opened and dropped after they are closed. One thread.
///
///     FaultyDisk disk(folder);
///     disk.spoil(17, DiskFault::LostPower, seed);
///     …                       // open stores, work, close them
///     disk.powerOn();         // what is on disk now is what the power cut left
class FaultyDisk {
public:
    explicit FaultyDisk(const std::filesystem::path& folder);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    /// The operation with this number (the first is 1) goes wrong, counted from now. `seed` chooses what of the
    /// unsynced writes survives a power cut.
    void spoil(std::uint64_t operation, DiskFault fault, std::uint64_t seed = 1);
    /// All goes well again. After a power cut, when all stores are closed: the files become what was left of them.
    void powerOn();
    /// Operations since spoil() or powerOn().
    std::uint64_t operations() const;
    /// True when the operation came and was spoiled.
    bool spoiled() const;

    struct State;

private:
    std::unique_ptr<State> m_state;
};

}  // namespace fieldclaim::test
