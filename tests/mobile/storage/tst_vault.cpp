#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

#include "mobile/storage/slots.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/seal.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr const char* kCrn = "0123456789A0K";

Status begin(Vault& vault, const std::string& crn = kCrn) {
    auto saved =
        vault.save({crn, {{Edit{"site", "llanrwst", {}}}, std::nullopt}, "working-age/1", ClaimKey{7}, "llanrwst", {}});
    if (!saved) return fail(saved.error().code, saved.error().detail);
    return {};
}

Result<ChangeSet> put(Vault& vault, const std::string& path, const Value& value, const std::string& crn = kCrn) {
    ASSIGN(const auto state, vault.claimState(crn));
    return vault.save({crn, {{state.edit(path, value)}, std::nullopt}, "working-age/1", std::nullopt, {}, {}});
}

/// As a server that takes all of it.
PushReply received(const Outbox& outbox) {
    PushReply out;
    for (const auto& segment : outbox.segments) {
        const auto last = decodeChangeSet(segment.change_sets.back())->header.counter;
        out.results.push_back({segment.author, segment.incarnation, PushOutcome::Received, last, {}, {}});
    }
    return out;
}

QByteArray allBytesIn(const QString& folder) {
    QByteArray out;
    for (const auto& info : QDir(folder).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly)) out += file.readAll();
    }
    return out;
}

}  // namespace

class tst_Vault : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = testVault(path(), m_clock, m_random);
    }
    void cleanup() { m_vault.reset(); }

    void what_is_saved_is_there_after_the_vault_is_opened_again() {
        QVERIFY(begin(*m_vault));
        QVERIFY(put(*m_vault, "a/surname", "O'Brien"));
        const auto before = *m_vault->claimState(kCrn);
        reopen();
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(*m_vault->claimState(kCrn) == before);
        QCOMPARE(m_vault->setup().site_name, std::string("Llanrwst"));
        QCOMPARE(m_vault->totals()->saved_here, 2U);
        QCOMPARE(m_vault->totals()->acknowledged, 0U);
    }

    void nothing_in_the_folder_shows_plain_text() {
        QVERIFY(begin(*m_vault));
        QVERIFY(put(*m_vault, "a/surname", "Llewelyn-ap-Gruffudd"));
        QVERIFY(put(*m_vault, "a/nino", "QQ123456C"));
        Bytes blob(600'000, 'x');
        const auto marker = asBytes("THE-IMAGE-MARKER");
        std::copy(marker.begin(), marker.end(), blob.begin() + 300'000);
        QVERIFY(m_vault->save(
            {kCrn, {{Edit{"note/1", "Cyfrinachol", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {blob}}));
        for (const bool open : {true, false}) {
            if (!open) m_vault->lock();
            const auto bytes = allBytesIn(m_folder->path());
            QVERIFY(bytes.size() > 600'000);
            for (const char* word : {"Llewelyn", "QQ123456C", "THE-IMAGE-MARKER", "Cyfrinachol", "llanrwst",
                                     "SQLite format", "localhost", "working-age", kCrn, "code-of-"}) {
                QVERIFY2(!bytes.contains(word), word);
            }
        }
    }

    void the_device_key_and_the_store_can_be_read_by_their_owner_alone() {
        for (const char* name : {"device.key", "slots.cbor", "vault.db"}) {
            const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            QVERIFY2((QFile::permissions(m_folder->filePath(name)) & others) == 0, name);
        }
    }

    void a_wrong_passphrase_opens_nothing() {
        m_vault->lock();
        QCOMPARE(m_vault->unlock(bronwen(), "not the passphrase").error().code, ErrorCode::WrongPassphrase);
        QVERIFY(!m_vault->isOpen());
        QCOMPARE(m_vault->claims().error().code, ErrorCode::NotSignedIn);
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(m_vault->isSignedIn());
    }

    void the_wait_grows_after_three_wrong_tries_data() {
        QTest::addColumn<int>("tries");
        QTest::addColumn<int>("seconds");
        QTest::newRow("first") << 1 << 0;
        QTest::newRow("second") << 2 << 0;
        QTest::newRow("third") << 3 << 5;
        QTest::newRow("fourth") << 4 << 15;
        QTest::newRow("fifth") << 5 << 60;
        QTest::newRow("sixth") << 6 << 300;
        QTest::newRow("seventh") << 7 << 900;
        QTest::newRow("eighth") << 8 << 3600;
        QTest::newRow("twentieth") << 20 << 3600;
    }
    void the_wait_grows_after_three_wrong_tries() {
        QFETCH(int, tries);
        QFETCH(int, seconds);
        for (int i = 0; i < tries; ++i) {
            m_clock.uptime += m_vault->waitMs(bronwen());
            QCOMPARE(m_vault->unlock(bronwen(), "not the passphrase").error().code, ErrorCode::WrongPassphrase);
        }
        QCOMPARE(m_vault->waitMs(bronwen()), seconds * 1000);
        if (seconds == 0) return;
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::TooManyTries);
        QCOMPARE(m_vault->waitMs(carys()), 0);
        m_clock.uptime += seconds * 1000;
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->waitMs(bronwen()), 0);
    }

    void H09_neither_the_wall_clock_nor_a_restart_shortens_the_wait() {
        for (int i = 0; i < 4; ++i) {
            m_clock.uptime += m_vault->waitMs(bronwen());
            QVERIFY(!m_vault->unlock(bronwen(), "not the passphrase"));
        }
        QCOMPARE(m_vault->waitMs(bronwen()), 15'000);
        m_clock.wall += 10'000'000'000;
        QCOMPARE(m_vault->waitMs(bronwen()), 15'000);
        m_clock.wall -= 20'000'000'000;
        QCOMPARE(m_vault->waitMs(bronwen()), 15'000);
        m_clock.uptime = 50'000;
        reopen();
        QCOMPARE(m_vault->waitMs(bronwen()), 15'000);
    }

    void H08_a_second_process_is_refused() {
        const auto again = Vault::open(path(), m_clock, m_random, quickOptions());
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::InUse);
        QVERIFY(begin(*m_vault));
        m_vault.reset();
        QVERIFY(Vault::open(path(), m_clock, m_random, quickOptions()));
    }

    void a_vault_is_never_made_over_another() {
        m_vault.reset();
        const auto again =
            Vault::create(path(), testSetup(), testOfficer("Carys Evans"), m_clock, m_random, quickOptions());
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
    }

    void another_officer_opens_the_same_vault_with_a_passphrase_of_their_own() {
        auto carys_new = testOfficer("Carys Evans");
        carys_new.passphrase = "another passphrase";
        QVERIFY(begin(*m_vault));
        QVERIFY(m_vault->addOfficer(carys_new));
        const auto first_author = m_vault->author();
        reopen();
        QCOMPARE(m_vault->officers().size(), 2U);
        QCOMPARE(m_vault->unlock(carys(), kPassphrase).error().code, ErrorCode::WrongPassphrase);
        QVERIFY(m_vault->unlock(carys(), "another passphrase"));
        QVERIFY(m_vault->author() != first_author);
        const auto made = put(*m_vault, "a/surname", "Jones");
        QVERIFY(made);
        QCOMPARE(made->header.counter, 1U);
        QVERIFY(made->header.author == m_vault->author());
        QCOMPARE(m_vault->officerName(first_author), std::string("Bronwen Pugh"));
    }

    void a_changed_passphrase_takes_the_place_of_the_old_one() {
        QCOMPARE(m_vault->changePassphrase(bronwen(), kPassphrase, "short").error().code, ErrorCode::BadInput);
        QCOMPARE(m_vault->changePassphrase(bronwen(), "not the passphrase", "a longer one").error().code,
                 ErrorCode::WrongPassphrase);
        QVERIFY(m_vault->changePassphrase(bronwen(), kPassphrase, "a longer one"));
        reopen();
        QVERIFY(!m_vault->unlock(bronwen(), kPassphrase));
        QVERIFY(m_vault->unlock(bronwen(), "a longer one"));
    }

    void saving_needs_an_officer() {
        QVERIFY(begin(*m_vault));
        m_vault->signOut();
        QVERIFY(m_vault->isOpen());
        QCOMPARE(put(*m_vault, "a/surname", "Jones").error().code, ErrorCode::NotSignedIn);
        QVERIFY(m_vault->claimState(kCrn));
    }

    void change_sets_are_chained_and_signed() {
        QVERIFY(begin(*m_vault));
        const auto second = put(*m_vault, "a/surname", "Jones");
        const auto third = put(*m_vault, "a/surname", "Davies");
        QVERIFY(second && third);
        QCOMPARE(third->header.counter, 3U);
        QVERIFY(third->header.previous == second->hash);
        QVERIFY(payloadMatches(third->header, third->payload_bytes, ClaimKey{7}));
    }

    void H11_a_full_disk_is_said_and_nothing_of_the_save_is_kept() {
        QVERIFY(begin(*m_vault));
        m_vault.reset();
        auto options = quickOptions();
        options.max_pages = 60;
        m_vault = std::move(*Vault::open(path(), m_clock, m_random, options));
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        const Bytes blob(100'000, 1);
        std::uint64_t saved = 1;
        Status status;
        for (int i = 0; i < 100 && status; ++i) {
            Bytes one = blob;
            one[0] = static_cast<std::uint8_t>(i);
            const auto made =
                m_vault->save({kCrn,
                               {{Edit{"note/" + std::to_string(i), std::string(1000, 'n'), {}}}, std::nullopt},
                               "p/1",
                               std::nullopt,
                               {},
                               {one}});
            if (made) {
                ++saved;
            } else {
                status = fail(made.error().code, made.error().detail);
            }
        }
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::DiskFull);
        QCOMPARE(m_vault->totals()->saved_here, saved);
        QCOMPARE(m_vault->totals()->blobs_waiting, saved - 1);
        m_vault.reset();
        m_vault = std::move(*Vault::open(path(), m_clock, m_random, quickOptions()));
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        QCOMPARE(m_vault->totals()->saved_here, saved);
        const auto next = put(*m_vault, "a/surname", "Jones");
        QVERIFY(next);
        QCOMPARE(next->header.counter, saved + 1);
    }

    void H36_a_damaged_page_is_found_after_an_unclean_stop_and_nothing_is_deleted() {
        QVERIFY(begin(*m_vault));
        for (int i = 0; i < 200; ++i) QVERIFY(put(*m_vault, "note/" + std::to_string(i), std::string(2000, 'n')));
        m_vault.reset();
        QFile file(m_folder->filePath("vault.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto size = file.size();
        QVERIFY(size > 100 * 4096);
        file.seek(size / 4096 / 2 * 4096 + 100);
        file.write(QByteArray(200, '\x5a'));
        file.close();
        QFile mark(m_folder->filePath("vault.open"));
        QVERIFY(mark.open(QIODevice::WriteOnly));
        mark.close();
        m_vault = std::move(*Vault::open(path(), m_clock, m_random, quickOptions()));
        QCOMPARE(m_vault->unlock(bronwen(), kPassphrase).error().code, ErrorCode::Damaged);
        QVERIFY(!m_vault->isOpen());
        QCOMPARE(QFile(m_folder->filePath("vault.db")).size(), size);
    }

    void a_value_over_the_limit_is_refused_and_nothing_is_saved() {
        QVERIFY(begin(*m_vault));
        QCOMPARE(put(*m_vault, "note/1", std::string(300'000, 'n')).error().code, ErrorCode::TooLarge);
        QCOMPARE(put(*m_vault, "a/not a path", "x").error().code, ErrorCode::BadInput);
        QCOMPARE(m_vault->totals()->saved_here, 1U);
    }

    void H15_a_blob_is_a_copy_under_its_digest() {
        QVERIFY(begin(*m_vault));
        Bytes bytes(700'001, 3);
        QVERIFY(m_vault->save({kCrn, {{Edit{"note/1", "x", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {bytes}}));
        const auto name = sha256(bytes);
        bytes[5] = 9;
        QVERIFY(sha256(*m_vault->blob(name)) == name);
        QCOMPARE(m_vault->blob(sha256(bytes)).error().code, ErrorCode::NotFound);
    }

    void H42_the_same_image_is_sent_for_each_claim_that_names_it() {
        const auto other = Crn::make(m_random);
        QVERIFY(begin(*m_vault));
        QVERIFY(begin(*m_vault, other));
        const Bytes image(70'000, 3);
        for (const auto& crn : {std::string(kCrn), other}) {
            QVERIFY(m_vault->save({crn, {{Edit{"note/1", "x", {}}}, std::nullopt}, "p/1", std::nullopt, {}, {image}}));
        }
        VaultSyncStore store(*m_vault);
        QVERIFY(store.uploads()->empty());  // the server knows neither claim yet
        QVERIFY(store.authorRegistered(m_vault->author()));
        QVERIFY(store.pushReceived(*store.outbox(1U << 20U), received(*store.outbox(1U << 20U))));
        const auto waiting = *store.uploads();
        QCOMPARE(waiting.size(), 2U);
        QCOMPARE(m_vault->totals()->blobs_waiting, 2U);
        QVERIFY(store.uploaded(waiting[0].key()));
        QCOMPARE(m_vault->claim(waiting[0].claim)->pending_blobs, 0U);
        QCOMPARE(m_vault->claim(waiting[1].claim)->pending_blobs, 1U);
    }

    void who_opened_a_claim_is_told_until_a_server_has_noted_it() {
        QVERIFY(begin(*m_vault));
        VaultSyncStore store(*m_vault);
        const auto officer = m_vault->officer().id;
        QVERIFY(store.position()->views.empty());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(m_vault->noteView(kCrn));
            m_clock.advance(1'000);
        }
        const auto told = store.position()->views;
        QCOMPARE(told.size(), 3U);
        QVERIFY(told[0].officer == officer && told[0].claim == kCrn && told[1].at_ms == told[0].at_ms + 1'000);
        QVERIFY(store.helloReceived(HelloReply{}, 1));  // of a server that knows of no views
        QVERIFY(store.position()->views == told);
        HelloReply reply;
        reply.views_noted = 2;
        QVERIFY(store.helloReceived(reply, 1));
        QVERIFY(store.position()->views == (std::vector<ClaimView>{told[2]}));
        m_vault->lock();
        QCOMPARE(m_vault->noteView(kCrn).error().code, ErrorCode::NotSignedIn);
        for (std::size_t i = 0; i < kMostViews; ++i) {
            if (i == 0) QVERIFY(m_vault->unlock(officer, kPassphrase));
            QVERIFY(m_vault->noteView(kCrn));
        }
        QCOMPARE(store.position()->views.size(), kMostViews);
    }

    // Nothing more is to be sent, so that no answer to it says which claims the server knows.
    void H51_a_restored_server_that_has_all_of_a_claim_is_offered_its_images() {
        QVERIFY(begin(*m_vault));
        VaultSyncStore store(*m_vault);
        const auto image = toBytes(asBytes("an image"));
        const Edit names{"a/photo", Value(toHex(sha256(image))), {}};
        QVERIFY(m_vault->save({kCrn, {{names}, std::nullopt}, "working-age/1", std::nullopt, {}, {image}}));
        const auto saved = m_vault->changeSets(kCrn)->back().change_set;
        const auto& header = saved.header;
        HelloReply reply;
        reply.epoch.bytes[0] = 1;
        reply.received = {{header.author, header.incarnation, header.counter, saved.hash}};
        QVERIFY(store.helloReceived(reply, 1));
        reply.epoch.bytes[0] = 2;
        QVERIFY(store.helloReceived(reply, 2));
        QCOMPARE(store.uploads()->size(), 1U);
        // One that has not got its beginning is not offered its images yet.
        reply.epoch.bytes[0] = 3;
        reply.received = {{header.author, header.incarnation, 0, Hash{}}};
        QVERIFY(store.helloReceived(reply, 3));
        QVERIFY(store.uploads()->empty());
    }

    void H24_nothing_more_is_written_into_a_claim_that_has_left() {
        QVERIFY(begin(*m_vault));
        VaultSyncStore store(*m_vault);
        PullReply reply;
        reply.purge = {{kCrn, PurgeKind::Hold, 5}};
        QVERIFY(store.pullReceived(reply));
        QVERIFY(*m_vault->hasLeft(kCrn));
        QCOMPARE(put(*m_vault, "a/rent", "70").error().code, ErrorCode::NotAllowed);
        reply.purge.clear();  // it has come back
        QVERIFY(store.pullReceived(reply));
        QVERIFY(put(*m_vault, "a/rent", "70"));
    }

    void a_statement_is_known_as_what_a_submit_waits_for() {
        QVERIFY(begin(*m_vault));
        const Bytes statement(900, 4);
        Seal seal;
        seal.id = "s1";
        seal.digest = sha256(statement);
        const Edit sealed{sealPath(seal.id), encodeSeal(seal), {}};
        QVERIFY(m_vault->save({kCrn, {{sealed}, std::nullopt}, "p/1", std::nullopt, {}, {statement, Bytes(800, 5)}}));
        VaultSyncStore store(*m_vault);
        QVERIFY(store.authorRegistered(m_vault->author()));
        QVERIFY(store.pushReceived(*store.outbox(1U << 20U), received(*store.outbox(1U << 20U))));
        const auto waiting = *store.uploads();
        QCOMPARE(waiting.size(), 2U);
        QVERIFY(waiting[0].blocking && waiting[0].sha256 == seal.digest);
        QVERIFY(!waiting[1].blocking);
    }

    void H10_killed_while_saving_nothing_is_lost_that_was_reported_as_saved_data() {
        QTest::addColumn<int>("milliseconds");
        for (const int ms : {30, 90, 170, 260, 410}) QTest::addRow("%d ms", ms) << ms;
    }
    void H10_killed_while_saving_nothing_is_lost_that_was_reported_as_saved() {
        QFETCH(int, milliseconds);
        QVERIFY(begin(*m_vault));
        m_vault.reset();
        int pipe_ends[2];
        QVERIFY(::pipe(pipe_ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(pipe_ends[0]);
            auto vault = Vault::open(path(), m_clock, m_random, quickOptions());
            if (!vault || !(*vault)->unlock(bronwen(), kPassphrase)) ::_exit(1);
            for (int i = 0;; ++i) {
                if (!put(**vault, "note/" + std::to_string(i % 50), i)) ::_exit(2);
                if (::write(pipe_ends[1], &i, sizeof i) != sizeof i) ::_exit(3);
            }
        }
        ::close(pipe_ends[1]);
        int reported = -1;
        int one = 0;
        QVERIFY(::read(pipe_ends[0], &reported, sizeof reported) == sizeof reported);
        ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
        ::kill(child, SIGKILL);
        while (::read(pipe_ends[0], &one, sizeof one) == sizeof one) reported = one;
        ::close(pipe_ends[0]);
        int state = 0;
        ::waitpid(child, &state, 0);
        QVERIFY(WIFSIGNALED(state));

        m_vault = std::move(*Vault::open(path(), m_clock, m_random, quickOptions()));
        QVERIFY(m_vault->unlock(bronwen(), kPassphrase));
        const auto saved = m_vault->totals()->saved_here;
        QVERIFY2(saved >= static_cast<std::uint64_t>(reported) + 2, qPrintable(QString::number(saved)));
        QVERIFY(saved <= static_cast<std::uint64_t>(reported) + 3);  // at most the one that was under way
        const auto claim = m_vault->claimState(kCrn);
        for (int i = std::max(0, reported - 49); i <= reported; ++i) {
            const auto found = *claim->value("note/" + std::to_string(i % 50)).integer();
            QVERIFY(found == i || (found == reported + 1 && found % 50 == i % 50));
        }
        QVERIFY(put(*m_vault, "a/surname", "Jones"));
    }

private:
    std::string path() const { return m_folder->path().toStdString(); }
    static Uuid bronwen() { return testOfficer("Bronwen Pugh").info.id; }
    static Uuid carys() { return testOfficer("Carys Evans").info.id; }
    void reopen() {
        m_vault.reset();
        auto opened = Vault::open(path(), m_clock, m_random, quickOptions());
        ENSURE(opened.has_value());
        m_vault = std::move(*opened);
    }

    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Vault> m_vault;
};

QTEST_GUILESS_MAIN(tst_Vault)
#include "tst_vault.moc"
