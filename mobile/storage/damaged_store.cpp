#include "mobile/storage/damaged_store.h"

#include <utility>

namespace fieldclaim::tablet {

DamagedStore::DamagedStore(std::string path, const Hash& key) : m_path(std::move(path)), m_key(key) { open(); }

void DamagedStore::open() {
    auto opened = Database::open(m_path, {.key = m_key, .read_only = true});
    if (opened) m_database.emplace(std::move(*opened));
}

}  // namespace fieldclaim::tablet
