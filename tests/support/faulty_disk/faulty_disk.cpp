#include "tests/support/faulty_disk/faulty_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <new>
#include <optional>
#include <random>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace fieldclaim::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kName = "fieldclaim-faulty-disk";
constexpr std::size_t kSector = 512;  // a disk writes whole sectors

/// One write or cut that no sync has followed yet.
struct Unsynced {
    std::uint64_t offset = 0;
    Bytes bytes;
    std::optional<std::uint64_t> cut_to;  ///< set: the file was cut to this size
};

/// A file as it was at its last sync, and what was done to it since.
struct Volatile {
    Bytes synced;
    std::vector<Unsynced> since;
};

Bytes readWhole(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void put(Bytes& file, std::uint64_t offset, const std::uint8_t* from, std::size_t size) {
    if (file.size() < offset + size) file.resize(offset + size, 0);
    std::copy_n(from, size, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

struct FaultyDisk::State {
    explicit State(const fs::path& in_folder) : folder(fs::weakly_canonical(in_folder).string() + "/") {}

    std::string folder;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs vfs{};
    std::uint64_t operations = 0;
    std::uint64_t spoil_at = 0;
    DiskFault fault = DiskFault::Error;
    std::mt19937_64 chance{1};
    bool spoiled = false;
    bool dark = false;
    std::map<std::string, Volatile> files;

    bool holds(const char* path) const { return path != nullptr && std::string_view(path).starts_with(folder); }

    enum class Does { Work, Fail, FailHalf };
    /// Counts one operation and says what becomes of it.
    Does next(bool writes) {
        if (dark) return Does::Fail;
        if (++operations != spoil_at) return Does::Work;
        if (fault == DiskFault::Full && !writes) {
            // Only writes meet a full disk: the next one does.
            ++spoil_at;
            return Does::Work;
        }
        spoiled = true;
        if (fault == DiskFault::LostPower) dark = true;
        return fault == DiskFault::ShortWrite && writes ? Does::FailHalf : Does::Fail;
    }
    int failure(int otherwise, bool writes = false) const {
        return writes && fault == DiskFault::Full ? SQLITE_FULL : otherwise;
    }
    bool watching() const { return fault == DiskFault::LostPower; }
    void note(const std::string& path, Unsynced change) {
        if (!watching()) return;
        auto found = files.find(path);
        if (found == files.end()) found = files.emplace(path, Volatile{readWhole(path), {}}).first;
        found->second.since.push_back(std::move(change));
    }

    void cutPower() {
        for (auto& [path, file] : files) {
            if (!fs::exists(path)) continue;
            Bytes left = file.synced;
            for (const auto& change : file.since) {
                if (change.cut_to) {
                    if (chance() % 2 == 0) left.resize(*change.cut_to, 0);
                    continue;
                }
                for (std::size_t at = 0; at < change.bytes.size();) {
                    const auto within = static_cast<std::size_t>((change.offset + at) % kSector);
                    const auto size = std::min(kSector - within, change.bytes.size() - at);
                    if (chance() % 2 == 0) put(left, change.offset + at, change.bytes.data() + at, size);
                    at += size;
                }
            }
            std::ofstream out(path, std::ios::binary | std::ios::trunc);
            out.write(asText(left).data(), static_cast<std::streamsize>(left.size()));
            ENSURE(out.good());
        }
        files.clear();
        // The WAL's index is memory: it goes with the power.
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().string().ends_with("-shm")) fs::remove(entry.path());
        }
    }
};

namespace {

struct File {
    sqlite3_file base;
    FaultyDisk::State* disk;
    std::string* path;
    sqlite3_file* real;
};

File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
using Does = FaultyDisk::State::Does;

int closeFile(sqlite3_file* file) {
    auto& me = self(file);
    const int code = me.real->pMethods != nullptr ? me.real->pMethods->xClose(me.real) : SQLITE_OK;
    delete me.path;
    return code;
}
int readFile(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    auto& me = self(file);
    if (me.disk->next(false) != Does::Work) return SQLITE_IOERR_READ;
    return me.real->pMethods->xRead(me.real, to, size, offset);
}
int writeFile(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    auto& me = self(file);
    const auto does = me.disk->next(true);
    if (does == Does::Fail) return me.disk->failure(SQLITE_IOERR_WRITE, true);
    const int done = does == Does::FailHalf ? size / 2 : size;
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    me.disk->note(*me.path, {static_cast<std::uint64_t>(offset), Bytes(bytes, bytes + done), std::nullopt});
    const int code = me.real->pMethods->xWrite(me.real, from, done, offset);
    return does == Does::FailHalf ? SQLITE_IOERR_WRITE : code;
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    auto& me = self(file);
    if (me.disk->next(false) != Does::Work) return SQLITE_IOERR_TRUNCATE;
    me.disk->note(*me.path, {0, {}, static_cast<std::uint64_t>(size)});
    return me.real->pMethods->xTruncate(me.real, size);
}
int syncFile(sqlite3_file* file, int flags) {
    auto& me = self(file);
    if (me.disk->next(false) != Does::Work) return SQLITE_IOERR_FSYNC;
    const int code = me.real->pMethods->xSync(me.real, flags);
    if (code == SQLITE_OK) me.disk->files.erase(*me.path);
    return code;
}
int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    auto& me = self(file);
    return me.real->pMethods->xFileSize(me.real, size);
}
int lockFile(sqlite3_file* file, int level) { return self(file).real->pMethods->xLock(self(file).real, level); }
int unlockFile(sqlite3_file* file, int level) { return self(file).real->pMethods->xUnlock(self(file).real, level); }
int checkReservedLock(sqlite3_file* file, int* held) {
    return self(file).real->pMethods->xCheckReservedLock(self(file).real, held);
}
int controlFile(sqlite3_file* file, int what, void* with) {
    return self(file).real->pMethods->xFileControl(self(file).real, what, with);
}
int sectorSize(sqlite3_file*) { return static_cast<int>(kSector); }
/// Nothing is promised about neighbours of what is written: SQLite must not rely on more than a disk does.
int characteristics(sqlite3_file*) { return 0; }
int mapShared(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
    return self(file).real->pMethods->xShmMap(self(file).real, page, size, extend, at);
}
int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    return self(file).real->pMethods->xShmLock(self(file).real, offset, count, flags);
}
void barrier(sqlite3_file* file) { self(file).real->pMethods->xShmBarrier(self(file).real); }
int unmapShared(sqlite3_file* file, int remove) {
    return self(file).real->pMethods->xShmUnmap(self(file).real, remove);
}

const sqlite3_io_methods kMethods = {2,           closeFile,   readFile,        writeFile,  truncateFile,
                                     syncFile,    sizeOfFile,  lockFile,        unlockFile, checkReservedLock,
                                     controlFile, sectorSize,  characteristics, mapShared,  lockShared,
                                     barrier,     unmapShared, nullptr,         nullptr};

FaultyDisk::State& diskOf(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk::State*>(vfs->pAppData); }

int openFile(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* got) {
    auto& disk = diskOf(vfs);
    if (!disk.holds(path)) return disk.real->xOpen(disk.real, path, file, flags, got);
    auto& me = self(file);
    me.base.pMethods = nullptr;
    if (disk.next(false) != Does::Work) return SQLITE_CANTOPEN;
    me.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::uint8_t*>(file) + sizeof(File));
    std::memset(me.real, 0, static_cast<std::size_t>(disk.real->szOsFile));
    const int code = disk.real->xOpen(disk.real, path, me.real, flags, got);
    if (code != SQLITE_OK) return code;
    me.disk = &disk;
    me.path = new std::string(path);
    me.base.pMethods = &kMethods;
    return SQLITE_OK;
}
int removeFile(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    auto& disk = diskOf(vfs);
    if (disk.holds(path)) {
        if (disk.next(false) != Does::Work) return SQLITE_IOERR_DELETE;
        disk.files.erase(path);
    }
    return disk.real->xDelete(disk.real, path, sync_folder);
}

}  // namespace

FaultyDisk::FaultyDisk(const fs::path& folder) : m_state(std::make_unique<State>(folder)) {
    auto& state = *m_state;
    state.real = sqlite3_vfs_find(nullptr);
    ENSURE(state.real != nullptr && std::string_view(state.real->zName) != kName);
    state.vfs = *state.real;
    state.vfs.zName = kName;
    state.vfs.pNext = nullptr;
    state.vfs.pAppData = &state;
    state.vfs.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
    state.vfs.xOpen = openFile;
    state.vfs.xDelete = removeFile;
    ENSURE(sqlite3_vfs_register(&state.vfs, 1) == SQLITE_OK);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&m_state->vfs);
    sqlite3_vfs_register(m_state->real, 1);
}

void FaultyDisk::spoil(std::uint64_t operation, DiskFault fault, std::uint64_t seed) {
    m_state->operations = 0;
    m_state->spoil_at = operation;
    m_state->fault = fault;
    m_state->spoiled = false;
    m_state->chance.seed(seed);
    m_state->files.clear();
}

void FaultyDisk::powerOn() {
    if (m_state->dark) m_state->cutPower();
    m_state->dark = false;
    m_state->spoil_at = 0;
    m_state->operations = 0;
    m_state->files.clear();
}

std::uint64_t FaultyDisk::operations() const { return m_state->operations; }
bool FaultyDisk::spoiled() const { return m_state->spoiled; }

}  // namespace fieldclaim::test
