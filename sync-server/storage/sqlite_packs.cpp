#include "sync-server/storage/sqlite_tables.h"

namespace fieldclaim::server {

Result<std::vector<PackRow>> SqlitePacks::packs() const {
    return selectAll<PackRow>(m_db, "SELECT name, archive FROM pack ORDER BY name",
                              [](const SqlStatement& row) -> Result<PackRow> {
                                  return PackRow{textAt(row, 0), blobAt(row, 1)};
                              });
}

Status SqlitePacks::put(const PackRow& row) {
    return runSql(m_db, "INSERT INTO pack VALUES(?, ?) ON CONFLICT DO UPDATE SET archive = excluded.archive", row.name,
                  row.archive);
}

}  // namespace fieldclaim::server
