#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "mobile/storage/file_bytes.h"
#include "mobile/storage/slots.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/sqlite/database.h"
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
constexpr int kPage = 4096;
constexpr int kNotes = 90;
constexpr int kImages = 3;

Bytes image(int number) {
    Bytes out(300'000);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(i * 7 + static_cast<std::size_t>(number));
    return out;
}

Status save(Vault& vault, Edit edit, std::vector<Bytes> blobs = {}) {
    auto made = vault.save({kCrn, {{std::move(edit)}, std::nullopt}, "p/1", std::nullopt, {}, std::move(blobs)});
    if (!made) return fail(made.error().code, made.error().detail);
    return {};
}

}  // namespace

class tst_VaultSalvage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        // One vault for all: made once, copied for each damage. Half of it is acknowledged.
        auto vault = testVault(origin(), m_clock, m_random);
        WELL(vault->save({kCrn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "p/1", ClaimKey{7}, "llanrwst", {}}));
        for (int i = 0; i < kNotes; ++i)
            WELL(save(*vault, Edit{"note/" + std::to_string(i), std::string(900, 'a') + std::to_string(i), {}}));
        for (int i = 0; i < kImages; ++i) WELL(save(*vault, Edit{"note/i" + std::to_string(i), i, {}}, {image(i)}));
        m_saves = vault->totals()->saved_here;
        VaultSyncStore store(*vault);
        m_author = vault->author();
        WELL(store.authorRegistered(m_author));
        WELL(store.rewind(m_author, 1, m_saves / 2));
        WELL(vault->noteView(kCrn));
        vault.reset();
        QFile file(m_origin.filePath("vault/vault.db"));
        m_pages = static_cast<int>(file.size() / kPage);
        QVERIFY(m_pages > 200);
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const auto& name : QDir(m_origin.filePath("vault")).entryList(QDir::Files | QDir::Hidden))
            QVERIFY(QFile::copy(m_origin.filePath("vault/" + name), m_folder->filePath(name)));
    }
    void cleanup() { m_vault.reset(); }

    void H36_whatever_page_is_damaged_what_can_be_read_goes_on_in_a_new_store_data() {
        QTest::addColumn<int>("page");
        for (int page = 0; page < 8; ++page) QTest::addRow("page %d", page) << page;
        for (int page = 8; page < m_pages; page += 23) QTest::addRow("page %d", page) << page;
    }
    void H36_whatever_page_is_damaged_what_can_be_read_goes_on_in_a_new_store() {
        QFETCH(int, page);
        damage(page);
        open();
        const auto unlocked = m_vault->unlock(bronwen(), kPassphrase);
        if (unlocked) {
            // A page that nothing uses, or one that quick_check does not read (a row's overflow is read).
            QVERIFY(!m_vault->isDamaged());
            return;
        }
        QCOMPARE(unlocked.error().code, ErrorCode::Damaged);
        QVERIFY(m_vault->isDamaged());
        const auto report = m_vault->salvage();
        WELL(report);
        QVERIFY(m_vault->isSignedIn());
        QVERIFY(QFile::exists(m_folder->filePath(QString::fromStdString(report->kept_as))));

        // Everything is here, is with the server, or is reported.
        const auto unsent_before = m_saves - m_saves / 2;
        QVERIFY2(report->unsent + report->saves_lost >= unsent_before,
                 qPrintable(QStringLiteral("%1 + %2").arg(report->unsent).arg(report->saves_lost)));
        QVERIFY(report->images + report->images_lost >= kImages);
        // One page holds a few saves at most, unless it leads to others.
        if (report->saves > 0) QVERIFY(report->saves >= m_saves - 60);
        if (page < 64) QCOMPARE(report->saves, m_saves);
        const auto state = m_vault->claimState(kCrn);
        WELL(state);
        std::uint64_t read = 0;
        for (int i = 0; i < kNotes; ++i) {
            const auto* const text = state->value("note/" + std::to_string(i)).text();
            if (text == nullptr) continue;
            QCOMPARE(*text, std::string(900, 'a') + std::to_string(i));
            ++read;
        }
        QVERIFY(read + report->saves_lost + (m_saves - report->saves) >= kNotes);
        for (int i = 0; i < kImages; ++i) {
            const auto blob = m_vault->blob(sha256(image(i)));
            if (blob) QVERIFY(*blob == image(i));
        }
        // It is a whole vault: saves, closes, opens.
        WELL(save(*m_vault, Edit{"a/surname", "Jones", {}}));
        m_vault.reset();
        open();
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(*m_vault->claimState(kCrn)->value("a/surname").text() == "Jones");
    }

    void H36_damaged_first_pages_are_taken_from_their_copy() {
        for (int page = 0; page < 64; ++page) damage(page);
        open();
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::Damaged);
        const auto report = m_vault->salvage();
        WELL(report);
        QVERIFY(report->first_pages_mended);
        QCOMPARE(report->saves, m_saves);
        QCOMPARE(report->saves_lost, 0U);
        QCOMPARE(report->images, static_cast<std::uint64_t>(kImages));
    }

    void H36_even_a_store_of_nothing_but_noise_ends_in_a_new_store_and_a_plain_report() {
        for (int page = 0; page < m_pages; ++page) damage(page);
        QFile::remove(m_folder->filePath("vault.head"));
        open();
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::Damaged);
        const auto report = m_vault->salvage();
        WELL(report);
        QCOMPARE(report->saves, 0U);
        QCOMPARE(report->saves_lost, m_saves - m_saves / 2);
        QCOMPARE(m_vault->setup().site, std::string("llanrwst"));
        QCOMPARE(m_vault->setup().server_url, testSetup().server_url);
        VaultSyncStore store(*m_vault);
        WELL(store.identity());
    }

    void nobody_salvages_without_a_right_passphrase() {
        damage(5);
        damage(0);
        open();
        QCOMPARE(m_vault->salvage().error().code, ErrorCode::Conflict);
        QCOMPARE(m_vault->unlock(bronwen(), "not the passphrase").error().code, ErrorCode::WrongPassphrase);
        QCOMPARE(m_vault->salvage().error().code, ErrorCode::Conflict);
    }

    void the_new_store_has_the_key_by_which_the_server_knows_the_old_one() {
        open();
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        const auto before = VaultSyncStore(*m_vault).identity()->store_secret;
        m_vault.reset();
        for (int page = 0; page < m_pages; ++page) damage(page);
        open();
        QVERIFY(!m_vault->unlock(bronwen(), kPassphrase));
        WELL(m_vault->salvage());
        QVERIFY(VaultSyncStore(*m_vault).identity()->store_secret == before);
    }

    void a_salvage_that_was_cut_before_its_last_step_is_finished_at_the_next_opening() {
        damage(0);
        open();
        QVERIFY(!m_vault->unlock(bronwen(), kPassphrase));
        WELL(m_vault->salvage());
        m_vault.reset();
        QVERIFY(QFile::rename(m_folder->filePath("vault.db"), m_folder->filePath("vault.db.salvaged")));
        QFile stray(m_folder->filePath("vault.db-wal"));
        QVERIFY(stray.open(QIODevice::WriteOnly));
        stray.write(QByteArray(5'000, 'x'));
        stray.close();
        open();
        WELL(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->totals()->saved_here, m_saves);
    }

    void what_was_saved_behind_a_lost_save_is_chained_anew_when_the_ledger_is_here() {
        lose(m_saves - 5);
        const auto edit_before = m_vault->claimState(kCrn);
        VaultSyncStore store(*m_vault);
        // Nothing is offered before it is known what the server has.
        QCOMPARE(store.counts()->sendable, 0U);
        WELL(store.helloReceived(hello(m_saves / 2), 1));
        QCOMPARE(store.counts()->sendable, 0U);
        WELL(store.pullReceived(PullReply{Uuid(), 1, {}, {}, {{"site/llanrwst", 9}}, false, {{"site/llanrwst", 0}}}));
        WELL(store.helloReceived(hello(m_saves / 2), 1));
        const auto outbox = store.outbox(1U << 30U);
        WELL(outbox);
        QCOMPARE(outbox->segments.size(), 2U);
        const auto& first = outbox->segments.front();
        const auto& anew = outbox->segments.back();
        QCOMPARE(first.incarnation, 1U);
        QCOMPARE(first.change_sets.size(), m_saves - 5 - 1 - m_saves / 2);
        QCOMPARE(anew.incarnation, 2U);
        QCOMPARE(anew.change_sets.size(), 5U);
        const auto begins = decodeChangeSet(anew.change_sets.front());
        QCOMPARE(begins->header.counter, 1U);
        QVERIFY(begins->header.previous == Hash{});
        QVERIFY(payloadMatches(begins->header, begins->payload_bytes, ClaimKey{7}));
        WELL(save(*m_vault, Edit{"a/surname", "Jones", {}}));
        const auto all = store.outbox(1U << 30U);
        const auto last = decodeChangeSet(all->segments.back().change_sets.back());
        QCOMPARE(last->header.incarnation, 2U);
        QCOMPARE(last->header.counter, 6U);
    }

    void a_lost_save_that_the_server_has_is_counted_and_the_chain_goes_on() {
        lose(m_saves / 2);
        VaultSyncStore store(*m_vault);
        QCOMPARE(store.position()->views.size(), 1U);  // who opened the claim is still told
        WELL(store.helloReceived(hello(m_saves / 2), 1));
        QCOMPARE(store.counts()->sendable, m_saves - m_saves / 2);
        QCOMPARE(store.counts()->saved, m_saves);
        QCOMPARE(store.counts()->acknowledged, m_saves / 2);
        QCOMPARE(store.outbox(1U << 30U)->segments.size(), 1U);
    }

private:
    static Uuid bronwen() { return testOfficer("Bronwen Pugh").info.id; }
    std::string origin() const { return m_origin.path().toStdString() + "/vault"; }
    std::string path() const { return m_folder->path().toStdString(); }
    void open() {
        auto opened = Vault::open(path(), m_clock, m_random, quickOptions());
        ENSURE(opened.has_value());
        m_vault = std::move(*opened);
    }
    /// As a stop in the middle of a write to a failing disk.
    void damage(int page) {
        QFile file(m_folder->filePath("vault.db"));
        ENSURE(file.open(QIODevice::ReadWrite));
        file.seek(static_cast<qint64>(page) * kPage + 100);
        file.write(QByteArray(200, '\x5a'));
        QFile mark(m_folder->filePath("vault.open"));
        ENSURE(mark.open(QIODevice::WriteOnly));
    }
    /// As a salvage leaves it that could not read one save.
    void lose(std::uint64_t counter) {
        {
            const auto slots_here = decodeSlots(readFile(path() + "/slots.cbor").value()).value();
            const auto key = slots_here.front().open(kPassphrase).value().vault_key;
            auto store = Database::open(path() + "/vault.db", {.key = key});
            ENSURE(store.has_value());
            ENSURE(store
                       ->exec("DELETE FROM own_change_set WHERE counter = " + std::to_string(counter) +
                              "; UPDATE chain SET missing = -1")
                       .has_value());
        }
        open();
        ENSURE(m_vault->unlock(bronwen(), kPassphrase).has_value());
    }
    HelloReply hello(std::uint64_t received) const {
        HelloReply reply;
        reply.scopes = {"site/llanrwst"};
        reply.received = {{m_author, 1, received, Hash{}}};
        return reply;
    }

    SetClock m_clock;
    SeededRandom m_random;
    QTemporaryDir m_origin;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
    Uuid m_author;
    std::uint64_t m_saves = 0;
    int m_pages = 0;
};

QTEST_GUILESS_MAIN(tst_VaultSalvage)
#include "tst_vault_salvage.moc"
