#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mobile/storage/vault.h"

namespace fieldclaim::tablet {

/// Writes what the server does not have yet (change sets, images, documents, statements) into one file that only the
/// server can read (shared/wire/work_export.h), a piece at each step, so that a screen lives on beside it. Of a damaged
/// store, that which can be read. Nothing in the vault changes: what was exported is still sent when there is a
/// network, and the server knows its own. Borrows the vault. One thread.
///
/// Errors end it, and nothing is left of the file: DiskFull, Storage (the stick was pulled out), NotSignedIn (the vault
/// was locked meanwhile).
class VaultExport {
public:
    struct Progress {
        std::uint64_t change_sets = 0;  ///< written
        std::uint64_t images = 0;       ///< written whole: documents and statements too
        std::uint64_t bytes = 0;        ///< of change sets and images, written
        std::uint64_t all_bytes = 0;    ///< to be written
    };

    /// Unsupported while the tablet does not know the server's key; NotFound when there is nothing that the server
    /// lacks; NotSignedIn when the vault is closed and not damaged.
    static Result<std::unique_ptr<VaultExport>> begin(Vault& vault, const std::string& file);
    ~VaultExport();
    VaultExport(const VaultExport&) = delete;
    VaultExport& operator=(const VaultExport&) = delete;

    /// The next piece, a megabyte at most. True when the file is whole, on the disk and has its name.
    Result<bool> step();
    const Progress& progress() const { return m_progress; }
    const std::string& file() const { return m_file; }
    /// "fieldclaim-1a2b3c4d-20070115-090000.fieldclaim": the tablet, the moment (UTC).
    static std::string nameFor(const Uuid& device, std::int64_t wall_ms);

private:
    struct State;
    struct Image {
        Bytes sha256;
        std::string claim;
        std::uint64_t size = 0;
    };
    explicit VaultExport(std::unique_ptr<State> state, std::string file);
    Status plan();
    Result<bool> writeRecords();
    Status writeImagePart();
    Status writeEnd();

    std::unique_ptr<State> m_state;
    std::string m_file;
    Progress m_progress;
    std::int64_t m_last_saved = 0;  ///< the outbox, up to which row
    std::int64_t m_through = 0;
    bool m_records_done = false;
    std::vector<Image> m_images;
    std::size_t m_image = 0;
    std::uint64_t m_offset = 0;
};

}  // namespace fieldclaim::tablet
