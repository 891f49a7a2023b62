#include <sys/wait.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/vault_migrations.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/sqlite/database.h"
#include "shared/sqlite/migrations.h"
#include "shared/sqlite/transaction.h"
#include "shared/wire/cbor.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

constexpr const char* kCrn = "0123456789A0K";

/// A folder as the app of the first released version left it: slots of the first version, a store of any released
/// schema, two saves of which the server has one, an image, a pack; no device.state.
class OldStore {
public:
    OldStore(const std::string& folder, std::size_t schema, const Clock& clock, Random& random) {
        random.fill(key.data(), key.size());
        const auto author_key = KeyPair::make(random);
        author = Uuid::make(clock, random);
        ENSURE(DeviceKey::loadOrMake(folder, random).has_value());
        writeSlots(folder, author_key.secret, random);
        auto store = Database::open(folder + "/vault.db", {.key = key});
        ENSURE(store.has_value());
        const auto all = migrationsFrom(embedded::vaultMigrations());
        ENSURE(schema <= all.size());
        ENSURE(migrate(*store, std::span(all).first(schema)).has_value());

        const auto setup = testSetup();
        put(*store, "server_url", asBytes(setup.server_url));
        put(*store, "ca_pem", asBytes(setup.ca_pem));
        put(*store, "site", asBytes(setup.site));
        put(*store, "site_name", asBytes(setup.site_name));
        put(*store, "device", setup.device.bytes);
        put(*store, "officers", encodeCbor(Value::List{}));
        put(*store, "app/language", asBytes("cy"));
        run(*store, "INSERT INTO author(id, officer, public_key, code, registered) VALUES(?, ?, ?, '', 1)",
            author.bytes, testOfficer("Bronwen Pugh").info.id.bytes, author_key.public_key);
        run(*store, "INSERT INTO claim(crn, key, site, server_knows) VALUES(?, ?, 'llanrwst', 1)",
            std::string_view(kCrn), ClaimKey{7});
        Hash previous{};
        for (std::uint64_t counter = 1; counter <= 2; ++counter) {
            ChangeSetHeader header;
            header.author = author;
            header.incarnation = 1;
            header.counter = counter;
            header.previous = previous;
            header.claim = kCrn;
            header.device_time = clock.wallMs();
            header.pack = "working-age/1";
            const Edit edit = counter == 1 ? Edit{"site", "llanrwst", {}} : Edit{"a/surname", "O'Brien", {}};
            const auto made = makeChangeSet(std::move(header), {{edit}, std::nullopt}, ClaimKey{7});
            run(*store,
                "INSERT INTO own_change_set(id, author, incarnation, counter, hash, claim, bytes, signature, state) "
                "VALUES(?, ?, 1, ?, ?, ?, ?, ?, ?)",
                made.id(), author.bytes, counter, made.hash, std::string_view(kCrn), encodeChangeSet(made),
                signEd25519(author_key.secret, segmentMessage(author, 1, counter, made.hash)), counter == 1 ? 1 : 0);
            previous = made.hash;
        }
        run(*store, "INSERT INTO chain(author, incarnation, counter, hash) VALUES(?, 1, 2, ?)", author.bytes, previous);
        constexpr std::size_t kUploadsApart = 2;
        run(*store,
            schema < kUploadsApart ? "INSERT INTO blob(sha256, claim, size, saved) VALUES(?, ?, ?, 1)"
                                   : "INSERT INTO blob(sha256, claim, size) VALUES(?, ?, ?)",
            sha256(image()), std::string_view(kCrn), image().size());
        if (schema >= kUploadsApart)
            run(*store, "INSERT INTO upload(sha256, claim) VALUES(?, ?)", sha256(image()), std::string_view(kCrn));
        run(*store, "INSERT INTO blob_chunk(sha256, place, bytes) VALUES(?, 0, ?)", sha256(image()), image());
        run(*store, "INSERT INTO scope(name, cursor) VALUES('site/llanrwst', 41)");
        run(*store, "INSERT INTO pack(id, version, digest, archive) VALUES('working-age', '1', ?, ?)", Hash{3},
            encodeArchive({{"survey.csv", "a,b"}}));
    }

    static Bytes image() { return Bytes(5'000, 9); }

    Hash key{};
    Uuid author;

private:
    template <typename... Args>
    static void run(Database& store, std::string_view sql, const Args&... args) {
        auto statement = store.prepare(sql);
        ENSURE(statement.has_value());
        const auto done = statement->run(args...);
        ENSURE(done.has_value());
    }
    static void put(Database& store, std::string_view name, ByteView value) {
        run(store, "INSERT INTO setting(key, value) VALUES(?, ?)", name, value);
    }
    /// The bytes of "fieldclaim/slots/1", as that version wrote them.
    void writeSlots(const std::string& folder, const Hash& author_secret, Random& random) const {
        const auto officer = testOfficer("Bronwen Pugh").info;
        const ScryptParams params{16, 1, 1};
        Bytes salt(16);
        random.fill(salt.data(), salt.size());
        const auto context = encodeCbor(Value::List{"fieldclaim/slot/1", officer.id.bytes, author.bytes, salt,
                                                    std::int64_t{16}, std::int64_t{1}, std::int64_t{1}});
        Bytes plain(key.begin(), key.end());
        plain.insert(plain.end(), author_secret.begin(), author_secret.end());
        const auto sealed = sealAesGcm(scrypt(kPassphrase, salt, params).value(), plain, context, random);
        const Value::List slot{officer.id.bytes, officer.name,    author.bytes,  salt,           std::int64_t{16},
                               std::int64_t{1},  std::int64_t{1}, Value(sealed), std::int64_t{0}};
        ENSURE(writeFileAtomically(folder + "/slots.cbor",
                                   encodeCbor(Value::List{"fieldclaim/slots/1", Value::List{slot}}))
                   .has_value());
    }
};

}  // namespace

class tst_VaultVersions : public QObject {
    Q_OBJECT

private slots:
    void H45_a_store_of_every_released_version_opens_with_all_that_it_held_data() {
        QTest::addColumn<int>("schema");
        const auto all = migrationsFrom(embedded::vaultMigrations());
        for (std::size_t schema = 1; schema <= all.size(); ++schema)
            QTest::addRow("schema %zu", schema) << static_cast<int>(schema);
    }
    void H45_a_store_of_every_released_version_opens_with_all_that_it_held() {
        QFETCH(int, schema);
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const OldStore old(path, static_cast<std::size_t>(schema), m_clock, m_random);
        for (int opening = 0; opening < 2; ++opening) {
            auto opened = Vault::open(path, m_clock, m_random, quickOptions());
            QVERIFY(opened.has_value());
            auto& vault = **opened;
            WELL(vault.unlock(testOfficer("Bronwen Pugh").info.id, kPassphrase));
            QVERIFY(vault.author() == old.author);
            QCOMPARE(vault.setup().site_name, std::string("Llanrwst"));
            QCOMPARE(*vault.setting("language"), std::string("cy"));
            QCOMPARE(*vault.claimState(kCrn)->value("a/surname").text(), std::string("O'Brien"));
            QCOMPARE(vault.totals()->saved_here, opening == 0 ? 2U : 3U);
            QCOMPARE(vault.totals()->acknowledged, 1U);
            QVERIFY(*vault.blob(sha256(OldStore::image())) == OldStore::image());
            QCOMPARE(vault.totals()->blobs_waiting, 1U);
            QVERIFY((*vault.pack("working-age"))->contains("survey.csv"));
            QVERIFY(vault.deviceState().device == testSetup().device);
            VaultSyncStore store(vault);
            QVERIFY(store.pullPosition()->cursors.contains("site/llanrwst"));
            QVERIFY(store.identity()->store_secret.has_value());
            QCOMPARE(store.counts()->sendable, opening == 0 ? 1U : 2U);
            if (opening > 0) continue;
            const auto next =
                vault.save({kCrn, {{Edit{"note/1", "x", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {}});
            WELL(next);
            QCOMPARE(next->header.counter, 3U);
        }
    }

    void H45_two_copies_of_an_old_store_get_the_same_key_for_the_server() {
        QTemporaryDir first;
        QTemporaryDir second;
        const OldStore old(first.path().toStdString(), 1, m_clock, m_random);
        for (const char* name : {"vault.db", "slots.cbor", "device.key"})
            QVERIFY(QFile::copy(first.filePath(name), second.filePath(name)));
        std::vector<std::optional<Hash>> keys;
        for (const auto* folder : {&first, &second}) {
            auto vault = Vault::open(folder->path().toStdString(), m_clock, m_random, quickOptions());
            QVERIFY((*vault)->unlock(testOfficer("Bronwen Pugh").info.id, kPassphrase));
            keys.push_back(VaultSyncStore(**vault).identity()->store_secret);
        }
        QVERIFY(keys[0] == keys[1]);
    }

    void H45_a_crash_in_the_middle_of_a_migration_leaves_the_old_store() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const OldStore old(path, 1, m_clock, m_random);
        const pid_t child = ::fork();
        if (child == 0) {
            // The last of them never ends: whenever the alarm comes, it is in the middle.
            auto steps = migrationsFrom(embedded::vaultMigrations());
            steps.push_back({static_cast<int>(steps.size()) + 1, "endless",
                             "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 - i FROM n) "
                             "SELECT count(*) FROM n"});
            ::alarm(1);
            auto store = Database::open(path + "/vault.db", {.key = old.key});
            if (!store || !migrate(*store, steps)) ::_exit(1);
            ::_exit(2);
        }
        int state = 0;
        ::waitpid(child, &state, 0);
        QVERIFY(WIFSIGNALED(state) && WTERMSIG(state) == SIGALRM);
        {
            auto store = Database::open(path + "/vault.db", {.key = old.key});
            std::int64_t applied = 0;
            auto select = store->prepare("SELECT count(*) FROM schema_migration");
            QVERIFY(select->query([&](const SqlStatement& row) { applied = row.int64(0); }));
            QCOMPARE(applied, 1);
            QVERIFY(!store->prepare("SELECT missing FROM chain"));
        }
        auto vault = Vault::open(path, m_clock, m_random, quickOptions());
        WELL((*vault)->unlock(testOfficer("Bronwen Pugh").info.id, kPassphrase));
        QCOMPARE(*(*vault)->claimState(kCrn)->value("a/surname").text(), std::string("O'Brien"));
    }

    void a_store_of_a_newer_version_is_left_alone() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const OldStore old(path, 1, m_clock, m_random);
        {
            auto store = Database::open(path + "/vault.db", {.key = old.key});
            const auto all = migrationsFrom(embedded::vaultMigrations());
            WELL(migrate(*store, all));
            WELL(store->exec("INSERT INTO schema_migration(number, name, sha256) VALUES(999, 'later', x'00')"));
        }
        auto vault = Vault::open(path, m_clock, m_random, quickOptions());
        QCOMPARE((*vault)->unlock(testOfficer("Bronwen Pugh").info.id, kPassphrase).error().code,
                 ErrorCode::Unsupported);
        QVERIFY(!(*vault)->isDamaged());
    }

    void the_first_unlock_gives_a_slot_of_the_first_version_its_new_form() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const OldStore old(path, 1, m_clock, m_random);
        const auto bronwen = testOfficer("Bronwen Pugh").info.id;
        {
            auto vault = Vault::open(path, m_clock, m_random, quickOptions());
            QCOMPARE((*vault)->unlock(bronwen, "not the passphrase").error().code, ErrorCode::WrongPassphrase);
            WELL((*vault)->unlock(bronwen, kPassphrase));
            WELL((*vault)->addOfficer(testOfficer("Carys Evans")));
            WELL((*vault)->removeOfficer(testOfficer("Carys Evans").info.id));
        }
        auto vault = Vault::open(path, m_clock, m_random, quickOptions());
        WELL((*vault)->unlock(bronwen, kPassphrase));
        QCOMPARE(*(*vault)->claimState(kCrn)->value("a/surname").text(), std::string("O'Brien"));
    }

private:
    SetClock m_clock;
    SeededRandom m_random;
};

QTEST_GUILESS_MAIN(tst_VaultVersions)
#include "tst_vault_versions.moc"
