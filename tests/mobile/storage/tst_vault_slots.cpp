#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/slots.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/crypto/sealed_box.h"
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
constexpr const char* kNewPassphrase = "nine bean rows will I have";

Status begin(Vault& vault) {
    auto saved = vault.save(
        {kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "working-age/1", ClaimKey{7}, "llanrwst", {}});
    if (!saved) return fail(saved.error().code, saved.error().detail);
    return {};
}

Result<ChangeSet> put(Vault& vault, const std::string& path, const Value& value) {
    ASSIGN(const auto state, vault.claimState(kCrn));
    return vault.save({kCrn, {{state.edit(path, value)}, std::nullopt}, "working-age/1", std::nullopt, {}, {}});
}

Bytes fileBytes(const std::string& path) { return readFile(path).value_or(Bytes()); }

}  // namespace

class tst_VaultSlots : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = BoxKeyPair::make(m_random);
        auto setup = testSetup();
        setup.recovery_key = m_server.public_key;
        auto made = Vault::create(path(), setup, testOfficer("Bronwen Pugh"), m_clock, m_random, quickOptions());
        QVERIFY(made.has_value());
        m_vault = std::move(*made);
        WELL(begin(*m_vault));
    }
    void cleanup() { m_vault.reset(); }

    void a_forgotten_passphrase_is_released_with_the_servers_help_and_the_chain_goes_on() {
        WELL(put(*m_vault, "a/surname", "Jones"));
        const auto author = m_vault->author();
        reopen();
        const auto asked = m_vault->forgotten(bronwen());
        WELL(asked);
        QCOMPARE(asked->code.size(), 11U);
        const auto answer = answerOf(*asked);
        QCOMPARE(m_vault->release(*asked, answer, "short").error().code, ErrorCode::BadInput);
        WELL(m_vault->release(*asked, answer, kNewPassphrase));
        QVERIFY(m_vault->isSignedIn());
        QVERIFY(m_vault->author() == author);
        const auto next = put(*m_vault, "a/surname", "Davies");
        WELL(next);
        QCOMPARE(next->header.counter, 3U);
        reopen();
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::WrongPassphrase);
        WELL(m_vault->unlock(bronwen(), kNewPassphrase));
    }

    void an_answer_to_another_request_opens_nothing() {
        reopen();
        const auto first = m_vault->forgotten(bronwen());
        const auto second = m_vault->forgotten(bronwen());
        WELL(second);
        QVERIFY(first->code != second->code);
        QCOMPARE(m_vault->release(*second, answerOf(*first), kNewPassphrase).error().code, ErrorCode::BadSignature);
        QVERIFY(!m_vault->isOpen());
    }

    void a_release_ends_the_wait_and_its_secret_is_not_used_twice() {
        for (int i = 0; i < 6; ++i) {
            m_clock.uptime += m_vault->waitMs(bronwen());
            QVERIFY(!m_vault->unlock(bronwen(), "not the passphrase"));
        }
        reopen();
        QVERIFY(m_vault->waitMs(bronwen()) > 0);
        const auto asked = m_vault->forgotten(bronwen());
        const auto answer = answerOf(*asked);
        WELL(m_vault->release(*asked, answer, kNewPassphrase));
        QCOMPARE(m_vault->waitMs(bronwen()), 0);
        m_vault->lock();
        QCOMPARE(m_vault->release(*asked, answer, "yet another passphrase").error().code, ErrorCode::BadSignature);
    }

    void what_the_server_gives_back_is_not_the_vaults_key() {
        const auto asked = m_vault->forgotten(bronwen());
        const auto secret =
            openSealed(m_server.secret, asked->request.recovery, recoveryContext(testSetup().device, bronwen()));
        WELL(secret);
        m_vault.reset();
        const auto kept = decodeSlots(fileBytes(path() + "/slots.cbor"));
        const auto opened = kept->front().openRecovered(*secret);
        WELL(opened);
        QVERIFY(Bytes(opened->vault_key.begin(), opened->vault_key.end()) != *secret);
    }

    void a_vault_without_a_recovery_part_says_so_and_gets_one_with_the_next_hello() {
        m_vault.reset();
        QTemporaryDir other;
        auto made = Vault::create(other.path().toStdString(), testSetup(), testOfficer("Bronwen Pugh"), m_clock,
                                  m_random, quickOptions());
        QCOMPARE((*made)->forgotten(bronwen()).error().code, ErrorCode::Unsupported);
        VaultSyncStore store(**made);
        HelloReply hello;
        hello.recovery_key = m_server.public_key;
        WELL(store.helloReceived(hello, 1));
        WELL((*made)->forgotten(bronwen()));
    }

    void an_officer_who_is_removed_opens_nothing_any_more() {
        addCarys();
        WELL(put(*m_vault, "a/surname", "Jones"));
        const auto old_slots = fileBytes(path() + "/slots.cbor");
        const auto before = *m_vault->claimState(kCrn);
        QCOMPARE(m_vault->removeOfficer(bronwen()).error().code, ErrorCode::Conflict);
        WELL(m_vault->removeOfficer(carys()));
        QVERIFY(*m_vault->claimState(kCrn) == before);
        WELL(put(*m_vault, "a/surname", "Davies"));
        QCOMPARE(m_vault->officers().size(), 1U);
        m_vault.reset();
        QVERIFY(!QFile::exists(m_folder->filePath("slots.next.cbor")));
        reopen();
        QCOMPARE(m_vault->unlock(carys(), kPassphrase).error().code, ErrorCode::NotFound);
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        m_vault.reset();
        // A copy of the old slots opens nothing: the vault has another key.
        WELL(writeFileAtomically(path() + "/slots.cbor", old_slots));
        reopen();
        QCOMPARE(m_vault->unlock(carys(), kPassphrase).error().code, ErrorCode::Damaged);
    }

    void an_officer_whose_work_the_server_does_not_have_is_not_removed() {
        addCarys();
        WELL(m_vault->unlock(carys(), kPassphrase));
        WELL(put(*m_vault, "a/surname", "Davies"));
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->unsentOf(carys()).value(), 1U);
        QCOMPARE(m_vault->removeOfficer(carys()).error().code, ErrorCode::Conflict);
        QCOMPARE(m_vault->officers().size(), 2U);
        VaultSyncStore store(*m_vault);
        const auto authors = store.unregisteredAuthors();
        WELL(authors);
        for (const auto& author : *authors) WELL(store.authorRegistered(author.author));
        const auto outbox = store.outbox(1U << 20U);
        WELL(outbox);
        PushReply reply;
        for (const auto& segment : outbox->segments)
            reply.results.push_back({segment.author, 1, PushOutcome::Received, segment.change_sets.size(), {}, {}});
        WELL(store.pushReceived(*outbox, reply));
        QCOMPARE(m_vault->unsentOf(carys()).value(), 0U);
        WELL(m_vault->removeOfficer(carys()));
    }

    void a_passphrase_is_changed_with_the_old_one_and_a_wrong_old_one_is_a_wrong_try() {
        QCOMPARE(m_vault->changePassphrase(bronwen(), kPassphrase, "short").error().code, ErrorCode::BadInput);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_vault->changePassphrase(bronwen(), "not the old one", kNewPassphrase).error().code,
                     ErrorCode::WrongPassphrase);
        QVERIFY(m_vault->waitMs(bronwen()) > 0);
        QCOMPARE(m_vault->changePassphrase(bronwen(), kPassphrase, kNewPassphrase).error().code,
                 ErrorCode::TooManyTries);
        m_clock.uptime += m_vault->waitMs(bronwen());
        WELL(m_vault->changePassphrase(bronwen(), kPassphrase, kNewPassphrase));
        WELL(put(*m_vault, "a/surname", "Jones"));
        reopen();
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::WrongPassphrase);
        WELL(m_vault->unlock(bronwen(), kNewPassphrase));
        // The way back from a forgotten passphrase goes on working.
        const auto asked = m_vault->forgotten(bronwen());
        WELL(asked);
        WELL(m_vault->release(*asked, answerOf(*asked), "yet another passphrase"));
    }

    void H10_a_change_of_passphrase_that_is_cut_leaves_one_of_the_two_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<bool>("done");
        QTest::newRow("before") << "before the passphrase" << false;
        QTest::newRow("half written") << "half" << false;
        QTest::newRow("after") << "after the passphrase" << true;
    }
    void H10_a_change_of_passphrase_that_is_cut_leaves_one_of_the_two() {
        QFETCH(QString, step);
        QFETCH(bool, done);
        m_vault.reset();
        const pid_t child = ::fork();
        if (child == 0) {
            auto options = quickOptions();
            options.at_step = [&](const char* at) {
                if (step == QLatin1String(at)) ::_exit(7);
                if (step != QLatin1String("half") || std::string_view(at) != "before the passphrase") return;
                // As if the power went while the new slots were being written beside the old ones.
                QFile part(m_folder->filePath("slots.cbor.part"));
                if (part.open(QIODevice::WriteOnly)) part.write("half of");
                part.close();
                ::_exit(7);
            };
            auto vault = Vault::open(path(), m_clock, m_random, options);
            if (!vault || !(*vault)->unlock(bronwen(), kPassphrase)) ::_exit(1);
            static_cast<void>((*vault)->changePassphrase(bronwen(), kPassphrase, kNewPassphrase));
            ::_exit(2);
        }
        int state = 0;
        ::waitpid(child, &state, 0);
        QCOMPARE(WEXITSTATUS(state), 7);
        reopen();
        QVERIFY(!m_vault->unlock(bronwen(), done ? kPassphrase : kNewPassphrase));
        WELL(m_vault->unlock(bronwen(), done ? kNewPassphrase : kPassphrase));
        WELL(put(*m_vault, "a/surname", "Jones"));
    }

    void wrong_tries_are_counted_over_restarts_and_no_clock_shortens_the_wait() {
        for (int i = 0; i < 4; ++i) {
            m_clock.uptime += m_vault->waitMs(bronwen());
            QVERIFY(!m_vault->unlock(bronwen(), "not the passphrase"));
        }
        const auto wait = m_vault->waitMs(bronwen());
        QVERIFY(wait >= 15'000);
        m_clock.wall += 24LL * 3600 * 1000;
        QCOMPARE(m_vault->waitMs(bronwen()), wait);
        m_clock.wall -= 48LL * 3600 * 1000;
        QCOMPARE(m_vault->waitMs(bronwen()), wait);
        // After a reboot the uptime begins anew, and so does the wait.
        m_clock.uptime = 5;
        reopen();
        QCOMPARE(m_vault->waitMs(bronwen()), wait);
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::TooManyTries);
        m_clock.uptime += wait;
        QVERIFY(!m_vault->unlock(bronwen(), "not the passphrase"));
        QVERIFY(m_vault->waitMs(bronwen()) > wait);
        m_clock.uptime += m_vault->waitMs(bronwen());
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->waitMs(bronwen()), 0);
    }

    void a_large_vault_is_re_keyed_whole() {
        addCarys();
        std::vector<Hash> names;
        for (int i = 0; i < 8; ++i) {
            const Bytes blob(1'000'000, static_cast<std::uint8_t>(i));
            names.push_back(sha256(blob));
            WELL(m_vault->save(
                {kCrn, {{Edit{"note/" + std::to_string(i), "x", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {blob}}));
        }
        WELL(m_vault->removeOfficer(carys()));
        reopen();
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        for (const auto& name : names) WELL(m_vault->blob(name));
    }

    void H10_a_re_keying_that_is_cut_was_done_or_never_begun_data() {
        QTest::addColumn<QString>("step");
        QTest::addColumn<bool>("done");
        QTest::newRow("before") << "before" << false;
        QTest::newRow("slots written") << "slots written" << false;
        QTest::newRow("store re-keyed") << "store re-keyed" << true;
        QTest::newRow("store written") << "store written" << true;
        QTest::newRow("slots named") << "slots named" << true;
    }
    void H10_a_re_keying_that_is_cut_was_done_or_never_begun() {
        QFETCH(QString, step);
        QFETCH(bool, done);
        addCarys();
        for (int i = 0; i < 50; ++i) WELL(put(*m_vault, "note/" + std::to_string(i), std::string(9'000, 'n')));
        const auto before = *m_vault->claimState(kCrn);
        m_vault.reset();
        const pid_t child = ::fork();
        if (child == 0) {
            auto options = quickOptions();
            options.at_step = [&](const char* at) {
                if (step == QLatin1String(at)) ::_exit(7);
            };
            auto vault = Vault::open(path(), m_clock, m_random, options);
            if (!vault || !(*vault)->unlock(bronwen(), kPassphrase)) ::_exit(1);
            static_cast<void>((*vault)->removeOfficer(carys()));
            ::_exit(2);
        }
        int state = 0;
        ::waitpid(child, &state, 0);
        QCOMPARE(WEXITSTATUS(state), 7);
        reopen();
        if (done) {
            QVERIFY(!m_vault->unlock(carys(), kPassphrase));
            QVERIFY(!m_vault->isOpen());
        }
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(*m_vault->claimState(kCrn) == before);
        QCOMPARE(m_vault->officers().size(), done ? 1U : 2U);
        WELL(put(*m_vault, "a/surname", "Davies"));
        reopen();
        QCOMPARE(m_vault->unlock(carys(), kPassphrase).has_value(), !done);
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(!QFile::exists(m_folder->filePath("slots.next.cbor")));
        if (!done) WELL(m_vault->removeOfficer(carys()));
    }

    void H54_a_tablet_locked_by_order_opens_for_no_passphrase_until_the_order_ends() {
        WELL(m_vault->setLocked(true));
        m_vault->lock();
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::NotAllowed);
        reopen();
        QVERIFY(m_vault->deviceState().locked);
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::NotAllowed);
        WELL(m_vault->setLocked(false));
        WELL(m_vault->unlock(bronwen(), kPassphrase));
    }

    void a_locked_tablet_knows_where_its_server_is_and_how_much_it_had_to_send() {
        WELL(put(*m_vault, "a/surname", "Jones"));
        reopen();
        QCOMPARE(m_vault->deviceState().server_url, testSetup().server_url);
        QVERIFY(m_vault->deviceState().device == testSetup().device);
        QVERIFY(m_vault->deviceState().pending == 2U);
        const auto bytes = fileBytes(path() + "/device.state");
        QVERIFY(!QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()))
                     .contains("localhost"));
    }

    void what_the_vault_learns_to_trust_a_locked_tablet_trusts_and_both_know_it_after_a_restart() {
        QVERIFY(m_vault->deviceState().next_ca_pem.empty());
        QCOMPARE(m_vault->deviceState().authorities(), testSetup().ca_pem);
        const TrustedAuthorities trusted{testSetup().ca_pem, "the next one's"};
        WELL(VaultSyncStore(*m_vault).authoritiesLearned(trusted));
        QCOMPARE(m_vault->deviceState().authorities(), trusted.pem());
        QCOMPARE(VaultSyncStore(*m_vault).identity()->next_ca_pem, trusted.next_ca_pem);
        reopen();
        QCOMPARE(m_vault->deviceState().ca_pem, trusted.ca_pem);
        QCOMPARE(m_vault->deviceState().next_ca_pem, trusted.next_ca_pem);
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->setup().authorities(), trusted.pem());
        QCOMPARE(VaultSyncStore(*m_vault).identity()->ca_pem, trusted.ca_pem);
        QCOMPARE(VaultSyncStore(*m_vault).identity()->next_ca_pem, trusted.next_ca_pem);
    }

    void the_state_of_a_tablet_that_knows_of_no_next_authority_is_what_an_older_app_reads() {
        const auto key = m_vault->deviceKey();
        auto state = m_vault->deviceState();
        const auto file = m_folder->filePath("other.state").toStdString();
        const auto items = [&]() -> std::size_t {
            const auto tag = asBytes("fieldclaim/device-state/1");
            const auto plain = openAesGcm(hkdfSha256(key.pair().secret, {}, tag), fileBytes(file), tag);
            return decodeCbor(*plain)->list()->size();
        };
        for (const std::size_t size : {9U, 10U}) {
            state.next_ca_pem = size == 9 ? "" : "the next one's";
            WELL(saveDeviceState(file, state, key, m_random));
            QCOMPARE(items(), size);
            const auto back = loadDeviceState(file, key);
            QVERIFY(back && *back == state);
        }
    }

    void H54_a_wiped_tablet_has_nothing_left_but_what_tells_the_server_so() {
        WELL(m_vault->destroy());
        m_vault.reset();
        QVERIFY(!Vault::exists(path()));
        QStringList left = QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
        left.sort();
        QCOMPARE(left, (QStringList{"vault.lock", "wiped.key", "wiped.state"}));
        QVERIFY(QFile(m_folder->filePath("vault.lock")).size() == 0);
        const auto wiped = wipedTablet(path());
        QVERIFY(wiped.has_value());
        QVERIFY(wiped->state.device == testSetup().device);
        QVERIFY(wiped->state.pending == 1U);
        forgetWiped(path());
        QVERIFY(!wipedTablet(path()).has_value());
        // It can be set up anew, with another device key.
        auto again = Vault::create(path(), testSetup(), testOfficer("Carys Evans"), m_clock, m_random, quickOptions());
        QVERIFY(again.has_value());
        QVERIFY((*again)->deviceKey().pair().secret != wiped->key.pair().secret);
    }

    void a_wipe_that_was_cut_is_finished_at_the_next_start() {
        const auto key = m_vault->deviceKey();
        auto state = m_vault->deviceState();
        m_vault.reset();
        state.wiping = true;
        WELL(saveDeviceState(path() + "/device.state", state, key, m_random));
        QCOMPARE(Vault::open(path(), m_clock, m_random, quickOptions()).error().code, ErrorCode::NotFound);
        QVERIFY(!QFile::exists(m_folder->filePath("vault.db")));
        QVERIFY(!QFile::exists(m_folder->filePath("slots.cbor")));
        QVERIFY(wipedTablet(path()).has_value());
        // Cut once more, after the key was put aside.
        WELL(saveDeviceState(path() + "/device.state", state, key, m_random));
        WELL(finishWipe(path(), m_random));
        QVERIFY(!QFile::exists(m_folder->filePath("device.state")));
        QVERIFY(wipedTablet(path()).has_value());
    }

private:
    std::string path() const { return m_folder->path().toStdString(); }
    static Uuid bronwen() { return testOfficer("Bronwen Pugh").info.id; }
    static Uuid carys() { return testOfficer("Carys Evans").info.id; }
    void addCarys() { WELL(m_vault->addOfficer(testOfficer("Carys Evans"))); }
    void reopen() {
        m_vault.reset();
        auto opened = Vault::open(path(), m_clock, m_random, quickOptions());
        ENSURE(opened.has_value());
        m_vault = std::move(*opened);
    }
    /// What the server would answer once a supervisor typed the code.
    Bytes answerOf(const ForgottenPassphrase& asked) {
        const auto& request = asked.request;
        const auto device = testSetup().device;
        const auto secret = openSealed(m_server.secret, request.recovery, recoveryContext(device, request.officer));
        ENSURE(secret.has_value());
        return sealTo(request.one_time_key, *secret, releaseContext(device, request), m_random).value();
    }

    SetClock m_clock;
    SeededRandom m_random;
    BoxKeyPair m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
};

QTEST_GUILESS_MAIN(tst_VaultSlots)
#include "tst_vault_slots.moc"
