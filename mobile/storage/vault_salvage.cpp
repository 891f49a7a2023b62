#include <algorithm>
#include <filesystem>
#include <fstream>

#include "mobile/storage/damaged_store.h"
#include "mobile/storage/file_bytes.h"
#include "mobile/storage/salvage.h"
#include "mobile/storage/vault_impl.h"
#include "mobile/storage/vault_migrations.h"
#include "shared/sqlite/migrations.h"

// A damaged store is read row by row, as far as it can be, into a new one under the same key (hazard H36).
namespace fieldclaim::tablet {
namespace {

/// The damaged store with its first pages taken from their copy, beside it; empty when there is no copy, or they are
/// the same.
std::string withOtherHead(const std::string& store, const std::string& head) {
    const auto pages = readFile(head);
    if (!pages || pages->empty()) return {};
    {
        std::ifstream file(store, std::ios::binary);
        Bytes now(pages->size());
        file.read(reinterpret_cast<char*>(now.data()), static_cast<std::streamsize>(now.size()));
        if (file && now == *pages) return {};
    }
    const auto mended = store + ".mended";
    std::error_code failed;
    using std::filesystem::copy_options;
    std::filesystem::copy_file(store, mended, copy_options::overwrite_existing, failed);
    if (failed) return {};
    std::filesystem::remove(mended + "-wal", failed);
    std::filesystem::copy_file(store + "-wal", mended + "-wal", copy_options::overwrite_existing, failed);
    std::fstream file(mended, std::ios::binary | std::ios::in | std::ios::out);
    file.write(reinterpret_cast<const char*>(pages->data()), static_cast<std::streamsize>(pages->size()));
    return file.flush() ? mended : std::string();
}

void removeStore(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix, ignored);
}

}  // namespace

bool Vault::isDamaged() const { return m_impl->rescuer.has_value(); }

Status Vault::Impl::readDamaged() {
    if (read_damaged) return {};
    if (!rescuer) return fail(ErrorCode::Conflict, "there is nothing to salvage");
    const Hash key = rescuer->opened.vault_key;
    const auto store = path(kStore);
    const auto part = path(kSalvagePart);
    removeStore(part);
    removeStore(path(kSalvaged));

    ASSIGN(auto to, Database::open(part, {.key = key}));
    TRY(migrate(to, migrationsFrom(embedded::vaultMigrations())));
    const auto mended = withOtherHead(store, path(kHead));
    std::uint64_t unreadable = 0;
    std::uint64_t images_lost = 0;
    bool any_opened = false;
    for (const auto& image : {mended, store}) {
        if (image.empty()) continue;
        DamagedStore from(image, key);
        Salvage one(from, to);
        TRY(one.all(state, slots));
        any_opened = any_opened || from.isOpen();
        unreadable = one.unreadableSaves();
        images_lost = one.unreadableImages();
    }
    if (!mended.empty()) removeStore(mended);
    ASSIGN(auto report, countUp(to));
    report.first_pages_mended = !mended.empty();
    report.images_lost = images_lost;
    if (!any_opened) report.saves_lost = state.pending.value_or(0);
    if (report.saves == 0) report.saves_lost = std::max(report.saves_lost, unreadable);
    TRY(to.checkpoint());
    TRY(to.quickCheck());
    read_damaged = std::move(report);
    return {};
}

Result<SalvageReport> Vault::salvage() {
    auto& impl = *m_impl;
    TRY(impl.readDamaged());
    auto report = *std::exchange(impl.read_damaged, std::nullopt);
    const auto store = impl.path(kStore);
    const auto part = impl.path(kSalvagePart);

    // The new store is whole and on disk. Now it takes the damaged one's place; openDatabase() finishes what is cut.
    const auto move = [](const std::string& a, const std::string& b) -> Status {
        std::error_code failed;
        std::filesystem::rename(a, b, failed);
        if (failed && failed != std::errc::no_such_file_or_directory)
            return fail(ErrorCode::Storage, "a store cannot be named");
        return {};
    };
    removeStore(part + "-wal");
    TRY(move(part, impl.path(kSalvaged)));
    TRY(syncFolder(impl.folder));
    report.kept_as = std::string(kStore) + ".damaged-" + std::to_string(impl.clock.wallMs());
    for (const char* suffix : {"", "-wal", "-shm"}) TRY(move(store + suffix, impl.path(report.kept_as) + suffix));
    TRY(move(impl.path(kSalvaged), store));
    std::error_code ignored;
    std::filesystem::remove(impl.path("vault.open"), ignored);
    TRY(syncFolder(impl.folder));

    auto rescuer = *impl.rescuer;
    impl.head_copied.reset();
    const Status entered = impl.enter(rescuer.officer, rescuer.opened);
    rescuer.opened.forget();
    TRY(entered);
    return report;
}

}  // namespace fieldclaim::tablet
