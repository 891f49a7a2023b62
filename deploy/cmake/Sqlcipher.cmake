# SQLCipher 4 (amalgamation) from the npm package that deploy/setup installs, compiled against OpenSSL.
# One build for tablet and server; shared/sqlite refuses an SQLite older than 3.51.3 at start.

find_package(OpenSSL 3 REQUIRED)
set(FIELDCLAIM_SQLCIPHER_DIR
  "${CMAKE_SOURCE_DIR}/deploy/npm/node_modules/@journeyapps/sqlcipher/deps/sqlcipher-amalgamation"
  CACHE PATH "folder with SQLCipher's sqlite3.c")
if(NOT EXISTS "${FIELDCLAIM_SQLCIPHER_DIR}/sqlite3.c")
  message(FATAL_ERROR "SQLCipher is not installed: run deploy/setup (looked in ${FIELDCLAIM_SQLCIPHER_DIR})")
endif()

add_library(fieldclaim_sqlcipher STATIC "${FIELDCLAIM_SQLCIPHER_DIR}/sqlite3.c")
target_include_directories(fieldclaim_sqlcipher SYSTEM PUBLIC "${FIELDCLAIM_SQLCIPHER_DIR}")
target_compile_definitions(fieldclaim_sqlcipher
  PUBLIC SQLITE_HAS_CODEC
  PRIVATE _GNU_SOURCE SQLCIPHER_CRYPTO_OPENSSL SQLITE_TEMP_STORE=2 SQLITE_THREADSAFE=1
    SQLITE_EXTRA_INIT=sqlcipher_extra_init SQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown
    SQLITE_DEFAULT_FOREIGN_KEYS=1 SQLITE_DQS=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_ENABLE_FTS5)
target_compile_options(fieldclaim_sqlcipher PRIVATE -include stdint.h -w -O2)
target_link_libraries(fieldclaim_sqlcipher PUBLIC OpenSSL::Crypto ${CMAKE_DL_LIBS} pthread m)
