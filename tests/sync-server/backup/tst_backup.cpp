#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include <filesystem>

#include "shared/domain/ink.h"
#include "shared/domain/records.h"
#include "shared/sqlite/database.h"
#include "sync-server/backup/backup_taker.h"
#include "sync-server/backup/restore.h"
#include "sync-server/service/blob_files.h"
#include "sync-server/service/ledger_rebuild.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using fieldclaim::test::FakeTablet;
using fieldclaim::test::TestServer;

namespace {

namespace fs = std::filesystem;

bool failed(const std::string& why, int line) {
    QTest::qFail(why.c_str(), __FILE__, line);
    return false;
}
#define OK(expression)                                                                   \
    do {                                                                                 \
        if (const auto outcome = (expression); !outcome) {                               \
            failed(std::string(#expression ": ") + describe(outcome.error()), __LINE__); \
            return;                                                                      \
        }                                                                                \
    } while (false)

}  // namespace

class BackupTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<FakeTablet> m_tablet;

    fs::path at(const char* name) const { return m_folder->filePath(name).toStdString(); }
    Server::Options options(const char* name) const {
        Server::Options out;
        out.data = at(name);
        out.inline_writer = true;
        return out;
    }
    Result<fs::path> backUp() {
        m_server->clock.advance(1'000);
        return takeBackup((*m_server)->store(), at("data"), at("backup"), m_server->clock);
    }
    Result<RestoredServer> restoreTo(const char* name, bool journal = true) {
        RestoreOptions how{at("backup"), at(name), std::nullopt};
        if (journal) how.journal = at("journal");
        return restoreBackup(how, m_server->clock, m_server->random);
    }
    static Status noteNow(TestServer& server, const fs::path& set) {
        ASSIGN(const auto backup, verifyBackup(set));
        if (!backup.wrong.empty()) return fail(ErrorCode::Damaged, backup.wrong.front());
        return noteVerified(server->store(), backup, server.clock.wallMs());
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto how = options("data");
        how.journal = at("journal");
        m_server = std::make_unique<TestServer>(how);
        m_tablet = std::make_unique<FakeTablet>(m_server->clock, m_server->random);
        OK(m_tablet->join(**m_server));
    }

    void aBackupIsRightAndHasKeysForItsOwnerAlone() {
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(**m_server));
        OK(m_tablet->upload(**m_server, crn, asBytes("an image")));
        const auto set = backUp();
        OK(set);
        const auto backup = verifyBackup(*set);
        OK(backup);
        QVERIFY2(backup->wrong.empty(), backup->wrong.empty() ? "" : backup->wrong.front().c_str());
        QCOMPARE(backup->manifest.blobs, 1U);
        for (const char* name : {"ca.key", "packs.key", "sessions.key", "ledger.db", "manifest.json"}) {
            const auto permissions = fs::status(*set / name).permissions();
            QVERIFY2((permissions & (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none, name);
        }
        // Verifying writes nothing, so it can be done where nothing may be written.
        for (const auto& entry : fs::directory_iterator(*set)) QVERIFY(entry.path().extension() != ".db-wal");
    }

    void aSecondBackupCopiesOnlyTheBlobsThatItLacks() {
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(**m_server));
        OK(m_tablet->upload(**m_server, crn, asBytes("an image")));
        OK(backUp());
        const auto blob = at("backup") / "blobs" / toHex(sha256(asBytes("an image"))).substr(0, 2) /
                          toHex(sha256(asBytes("an image")));
        const auto first = fs::last_write_time(blob);
        OK(m_tablet->upload(**m_server, crn, asBytes("another image")));
        const auto set = backUp();
        OK(set);
        QVERIFY(fs::last_write_time(blob) == first);
        QCOMPARE(findSet(at("backup")).value(), *set);
        QVERIFY(verifyBackup(*set)->wrong.empty());
    }

    void aBackupThatWasCutShortIsNone() {
        OK(backUp());
        const auto whole = findSet(at("backup")).value();
        fs::create_directories(at("backup") / "taking.part");
        fs::copy(whole / "manifest.json", at("backup") / "taking.part" / "manifest.json");
        QCOMPARE(findSet(at("backup")).value(), whole);
        QVERIFY(!findSet(at("nowhere")).has_value());
    }

    void aBackupOfAnEarlierProgramIsRightAndItsListsAreMadeAnewWhenItIsRestored() {
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        // That program's lists were others; none at all stand for them.
        const Status older = (*m_server)->store().write([](LedgerTransaction& tx) -> Status {
            TRY(tx.claims().clearFolded());
            return tx.claims().putFoldVersion(kFoldVersion - 1);
        });
        OK(older);
        const auto set = backUp();
        OK(set);
        const auto backup = verifyBackup(*set);
        OK(backup);
        QVERIFY2(backup->wrong.empty(), backup->wrong.empty() ? "" : backup->wrong.front().c_str());
        OK(restoreTo("new", false));
        TestServer fresh(options("new"));
        const auto claims = fresh->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); });
        QCOMPARE(claims->size(), 1U);
        QCOMPARE(claims->front().crn, crn);
    }

    void aBlobThatIsDamagedInTheBackupIsCopiedAnewByTheNext() {
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(**m_server));
        OK(m_tablet->upload(**m_server, crn, asBytes("an image")));
        const auto set = backUp();
        OK(set);
        const auto name = toHex(sha256(asBytes("an image")));
        const auto blob = at("backup") / "blobs" / name.substr(0, 2) / name;
        fs::permissions(blob, fs::perms::owner_all);
        std::ofstream(blob, std::ios::binary) << "an imagE";
        const auto damaged = verifyBackup(*set);
        OK(damaged);
        QCOMPARE(damaged->wrong.size(), 1U);
        m_server->clock.advance(1'000);
        const auto next = backUp();
        OK(next);
        QVERIFY(verifyBackup(*next)->wrong.empty());
        QVERIFY(verifyBackup(*set)->wrong.empty());
    }

    void damageIsToldInPlainWords_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("words");
        QTest::addRow("a byte of the ledger") << "ledger"
                                              << "ledger.db is not the one";
        QTest::addRow("a key") << "key"
                               << "ca.key is not the one";
        QTest::addRow("a key that is gone") << "no-key"
                                            << "ca.key is missing";
        QTest::addRow("a blob") << "blob"
                                << "is damaged";
        QTest::addRow("a blob that is gone") << "no-blob"
                                             << "is missing";
        QTest::addRow("a folded claim") << "claim"
                                        << "is not what the ledger makes of it";
        QTest::addRow("a ledger row that is gone") << "row"
                                                   << "was received and is not here";
        QTest::addRow("a change set") << "change-set"
                                      << "does not have the content that was signed";
        QTest::addRow("a head") << "head"
                                << "is not the head";
    }
    void damageIsToldInPlainWords() {
        QFETCH(QString, what);
        QFETCH(QString, words);
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        m_tablet->save(crn, "a/surname", Value("Hughes"));
        OK(m_tablet->push(**m_server));
        OK(m_tablet->upload(**m_server, crn, asBytes("an image")));
        const auto set = backUp();
        OK(set);
        QVERIFY(verifyBackup(*set)->wrong.empty());
        const auto flip = [](const fs::path& path) {
            QFile file(QString::fromStdString(path.string()));
            ENSURE(file.open(QIODevice::ReadWrite));
            auto bytes = file.readAll();
            bytes[bytes.size() - 2] = static_cast<char>(bytes[bytes.size() - 2] ^ 1);
            file.seek(0);
            file.write(bytes);
        };
        const auto sql = [&](const std::string& text) {
            auto database = Database::open((*set / "ledger.db").string());
            ENSURE(database.has_value());
            ENSURE(database->exec(text).has_value());
        };
        const auto name = toHex(sha256(asBytes("an image")));
        const auto blob = at("backup") / "blobs" / name.substr(0, 2) / name;
        if (what == "ledger") flip(*set / "ledger.db");
        if (what == "key") flip(*set / "ca.key");
        if (what == "no-key") fs::remove(*set / "ca.key");
        if (what == "blob") flip(blob);
        if (what == "no-blob") fs::remove(blob);
        if (what == "claim") sql("UPDATE claim SET change_sets = change_sets + 1");
        if (what == "row") sql("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)");
        if (what == "head") sql("UPDATE author_head SET hash = zeroblob(32)");
        if (what == "change-set") {
            // The same header over another payload, of the same length.
            auto database = Database::open((*set / "ledger.db").string());
            ENSURE(database.has_value());
            std::vector<std::pair<std::int64_t, Bytes>> rows;
            {
                auto select = database->prepare("SELECT seq, change_sets FROM ledger");
                ENSURE(
                    select
                        ->query([&](const SqlStatement& row) { rows.emplace_back(row.int64(0), toBytes(row.blob(1))); })
                        .has_value());
            }
            for (auto& [seq, bytes] : rows) {
                const std::string_view wanted = "Jones";
                const auto found = std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end());
                if (found == bytes.end()) continue;
                found[1] = 'a';
                auto update = database->prepare("UPDATE ledger SET change_sets = ? WHERE seq = ?");
                ENSURE(update->run(bytes, seq).has_value());
            }
        }
        const auto backup = verifyBackup(*set);
        OK(backup);
        const bool told = std::any_of(backup->wrong.begin(), backup->wrong.end(), [&](const std::string& wrong) {
            return wrong.find(words.toStdString()) != std::string::npos;
        });
        QVERIFY2(told, backup->wrong.empty() ? "nothing was told" : backup->wrong.front().c_str());
        QVERIFY(!restoreTo("new", false).has_value());
        QVERIFY(!fs::exists(at("new")));
    }

    void tabletsLearnWhatIsSafeFromTheLossOfTheServer() {
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        QVERIFY(m_tablet->hello(**m_server)->durable.empty());
        OK(noteNow(*m_server, backUp().value()));
        m_tablet->save(crn, "a/surname", Value("Hughes"));
        OK(m_tablet->push(**m_server));
        const auto hello = m_tablet->hello(**m_server);
        QCOMPARE(hello->durable.size(), 1U);
        QCOMPARE(hello->durable[0].counter, 2U);
        QCOMPARE(hello->durable[0].author, m_tablet->author());
    }

    void whatNamesAnImageThatIsNotHereYetIsNotSafe() {
        const auto crn = m_tablet->beginClaim();
        const std::string image = "an image";
        m_tablet->save(crn, "a/doc_photo", Value(toHex(sha256(asBytes(image)))));
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        OK(noteNow(*m_server, backUp().value()));
        QCOMPARE(m_tablet->hello(**m_server)->durable.at(0).counter, 1U);
        OK(m_tablet->upload(**m_server, crn, asBytes(image)));
        OK(noteNow(*m_server, backUp().value()));
        QCOMPARE(m_tablet->hello(**m_server)->durable.at(0).counter, 3U);
    }

    // Pages that were signed in ink are named by their own records, and by the seal.
    void whatNamesAScanThatIsNotHereYetIsNotSafe() {
        const auto crn = m_tablet->beginClaim();
        const std::string image = "a page";
        const ScannedPage page{1, 1, sha256(asBytes(image))};
        m_tablet->save(crn, scanPath(Hash{1}, page), encodeScan(page));
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        OK(noteNow(*m_server, backUp().value()));
        QCOMPARE(m_tablet->hello(**m_server)->durable.at(0).counter, 1U);
        OK(m_tablet->upload(**m_server, crn, asBytes(image)));
        OK(noteNow(*m_server, backUp().value()));
        QCOMPARE(m_tablet->hello(**m_server)->durable.at(0).counter, 3U);
    }

    void aVerifiedBackupCutsTheJournal() {
        OK((*m_server)->directory().addSite("llanrwst", "Llanrwst"));
        QVERIFY(readJournalHead(at("journal"))->after == 0);
        OK(noteNow(*m_server, backUp().value()));
        const auto head = readJournalHead(at("journal"));
        QVERIFY(head->after > 0);
        OK((*m_server)->directory().addSite("conwy", "Conwy"));
        OK(restoreTo("new"));
    }

    void H06_aRestoredServerHasAnotherEpochAndTabletsOfferAgainWhatItLost() {
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK(m_tablet->push(**m_server));
        OK(m_tablet->pull(**m_server));
        OK(backUp());
        m_tablet->save(crn, "a/surname", Value("Hughes"));
        const auto later = m_tablet->beginClaim();
        OK(m_tablet->push(**m_server));
        OK(m_tablet->pull(**m_server));
        const auto old_epoch = (*m_server)->identity().epoch;
        const auto before = (*m_server)->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); });
        const auto restored = restoreTo("new");
        OK(restored);
        QVERIFY(restored->identity.epoch != old_epoch);
        QCOMPARE(restored->identity.incarnation, 2U);
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        QVERIFY(!m_tablet->push(*fresh).has_value());  // it still thinks of the old history
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        OK(m_tablet->pull(*fresh, true));
        const auto after = fresh->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); });
        QCOMPARE(after->size(), before->size());
        for (std::size_t i = 0; i < after->size(); ++i) {
            QCOMPARE(after->at(i).crn, before->at(i).crn);
            QVERIFY(after->at(i).state == before->at(i).state);
        }
        QVERIFY(m_tablet->state(later) ==
                decodeClaimState(fresh->store()
                                     .read([&](const LedgerSnapshot& now) { return now.claims().claim(later); })
                                     .value()
                                     ->state)
                    .value());
    }

    void H51_whoWasEnrolledOrRevokedSinceTheBackupStaysSo() {
        OK(backUp());
        FakeTablet second(m_server->clock, m_server->random, "Tablet 2");
        OK(second.join(**m_server, "caernarfon", "Siân"));
        OK((*m_server)->directory().revokeDevice(m_tablet->device(), "operator"));
        const auto crn = second.beginClaim();
        OK(second.push(**m_server));
        const auto restored = restoreTo("new");
        OK(restored);
        QVERIFY(restored->journal->records > 0);
        TestServer fresh(options("new"));
        OK(second.signIn(*fresh));
        OK(second.hello(*fresh));
        OK(second.push(*fresh));
        QCOMPARE(fresh->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); })->size(), 1U);
        OK(m_tablet->signIn(*fresh));
        QVERIFY(m_tablet->session(*fresh).revoked);
        const auto rows = fresh->store().read([](const LedgerSnapshot& now) { return now.audit().rows({}, 100); });
        QVERIFY(
            std::any_of(rows->begin(), rows->end(), [](const AuditRow& row) { return row.what == "device-revoked"; }));
    }

    void H51_theServersDecisionsComeBackOnceWhenWhatTheyAnswerDoes() {
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(**m_server));
        OK(backUp());
        // Refused, and accepted with an edit of the server's own that replaces one that was lost.
        m_tablet->save(crn, "a/first_contact", Value("2007-01-02"));
        m_tablet->saveIntent(crn, Value::Map{{"intent", std::string(kIntentWithdraw)}, {"reason", ""}});
        const auto correct = m_tablet->saveIntent(crn, Value::Map{{"intent", std::string(kIntentCorrectDate)},
                                                                  {"key", "first_contact"},
                                                                  {"date", "2007-01-01"},
                                                                  {"reason", "Letter"}});
        const auto begun_later = m_tablet->beginClaim();
        m_tablet->saveIntent(begun_later, Value::Map{{"intent", std::string(kIntentWithdraw)}, {"reason", "Moved"}});
        OK(m_tablet->push(**m_server));
        OK(m_tablet->pull(**m_server));
        // The tablet builds on what the server wrote.
        m_tablet->saveEdits(crn,
                            {{"a/note", Value("as corrected"), m_tablet->state(crn).find("a/first_contact")->ids()}});
        OK(m_tablet->push(**m_server));
        const auto claims = [](TestServer& server) {
            return server->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); }).value();
        };
        const auto before = claims(*m_server);
        const auto restored = restoreTo("new");
        OK(restored);
        QCOMPARE(restored->journal->decisions, 3U);
        QVERIFY(restored->journal->waiting > 0);
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        const auto after = claims(fresh);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < after.size(); ++i) QVERIFY(after[i].state == before[i].state);
        const auto state = decodeClaimState(after.at(after[0].crn == crn ? 0 : 1).state).value();
        QCOMPARE(*state.value("a/first_contact").text(), std::string("2007-01-01"));
        QCOMPARE(*state.value("a/note").text(), std::string("as corrected"));
        QVERIFY(state.conflicts().empty());
        QVERIFY(state.find(intentPath(correct.id())) != nullptr);
        const auto waiting = fresh->store().read([&](const LedgerSnapshot& now) { return now.chains().parked(crn); });
        QVERIFY(waiting->empty());
    }

    void H51_whatWasWrittenInTheLostHistoryIsNotJudgedByTheNumbersOfTheNewOne() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        OK(m_tablet->pull(*server));
        OK(server->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(m_tablet->pull(*server));
        OK(backUp());
        OK(server->scopes().move(supervisor, crn, "caernarfon", "And back."));
        OK(m_tablet->pull(*server));
        m_tablet->save(crn, "a/rent", Value("70"));  // with the right to: the claim is here again
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        const auto reply = m_tablet->push(*fresh);
        OK(reply);
        QVERIFY(reply->results.front().notes.empty() ||
                reply->results.front().notes.back().kind != NoteKind::Quarantined);
        const auto waiting = fresh->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); });
        QVERIFY(waiting->empty());
    }

    void H51_aClaimThatBeganAndMovedSinceTheBackupIsOfferedAgainWhole() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        OK(backUp());
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        m_tablet->save(crn, "a/rent", Value("70"));
        OK(server->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(m_tablet->push(*server));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        const auto waiting = fresh->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); });
        QVERIFY(waiting->empty());
        const auto claim = fresh->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        const auto state = decodeClaimState((*claim)->state);
        QCOMPARE(*state->value("a/rent").text(), std::string("70"));
        QCOMPARE((*claim)->scope, std::string("site/bangor"));
        OK(m_tablet->pull(*fresh, true));
        QCOMPARE(m_tablet->purge().size(), 1U);  // it is told to drop it in time
    }

    void H51_whatWaitedForAColleaguesWorkIsNotJudgedAgainWhenThatIsBack() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        FakeTablet colleague(server.clock, server.random, "Tablet 2");
        OK(colleague.join(*server, "caernarfon", "Siân"));
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        OK(colleague.pull(*server));
        OK(backUp());
        colleague.save(crn, "a/rent", Value("70"));
        OK(colleague.push(*server));
        OK(m_tablet->pull(*server));
        m_tablet->save(crn, "a/rent", Value("80"));
        OK(m_tablet->push(*server));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        const auto reply = m_tablet->push(*fresh);
        OK(reply);
        QCOMPARE(reply->results.front().notes.back().kind, NoteKind::Parked);
        OK(fresh->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(m_tablet->pull(*fresh, true));
        OK(colleague.signIn(*fresh));
        OK(colleague.hello(*fresh));
        OK(colleague.push(*fresh));
        const auto aside = fresh->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); });
        QVERIFY(aside->empty());
        const auto claim = fresh->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        QCOMPARE(*decodeClaimState((*claim)->state)->value("a/rent").text(), std::string("80"));
    }

    // The restored server knows from its journal that the claim has moved, and not on which tablets it was.
    void H51_imagesOfAClaimThatHasLeftSinceTheBackupAreTaken() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        OK(backUp());
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        OK(server->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        // Whatever it was told of the claim, and another copy of it may have said: its own work in it is here.
        OK(fresh->store().write(
            [&](LedgerTransaction& tx) { return tx.tablets().removePurge(m_tablet->device(), crn); }));
        OK(m_tablet->upload(*fresh, crn, Bytes(300, 4)));
    }

    void H51_aTabletWhoseClaimCameBackByAMoveThatWasLostIsToldToDropIt() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        const auto crn = m_tablet->beginClaim();
        const auto kept = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        OK(server->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(server->scopes().leaveNow(supervisor, crn, "The tablet goes back to the depot."));
        OK(m_tablet->pull(*server));
        QVERIFY(!m_tablet->holds(crn));
        OK(m_tablet->pull(*server));  // which confirms
        QVERIFY(m_tablet->purge().empty());
        OK(backUp());
        OK(server->scopes().move(supervisor, crn, "caernarfon", "She has moved back."));
        OK(m_tablet->pull(*server));
        QVERIFY(m_tablet->holds(crn));
        OK(restoreTo("new", false));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->pull(*fresh, true));
        QCOMPARE(m_tablet->purge().size(), 1U);
        QCOMPARE(m_tablet->purge().at(0).claim, crn);
        QCOMPARE(m_tablet->purge().at(0).kind, PurgeKind::Drop);  // its part is in the backup
        QVERIFY(m_tablet->holds(kept));
    }

    void H51_aTabletIsToldThatAClaimHasLeftWhoseBeginningIsGone() {
        auto& server = *m_server;
        OK(server->directory().addSite("bangor", "Bangor"));
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        FakeTablet lost(server.clock, server.random, "Tablet 2");
        OK(lost.join(*server, "caernarfon", "Siân"));
        OK(backUp());
        const auto crn = lost.beginClaim();
        OK(lost.push(*server));
        OK(m_tablet->pull(*server));
        m_tablet->save(crn, "a/rent", Value("70"));
        OK(m_tablet->push(*server));
        OK(server->scopes().move(supervisor, crn, "bangor", "She has moved house."));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        QCOMPARE(m_tablet->push(*fresh)->results[0].notes[0].kind, NoteKind::Parked);
        OK(m_tablet->pull(*fresh, true));
        QCOMPARE(m_tablet->purge().size(), 1U);
        QCOMPARE(m_tablet->purge().at(0).claim, crn);
        QCOMPARE(m_tablet->purge().at(0).kind, PurgeKind::Hold);  // until its part is in a backup
    }

    void H38_H51_aTabletThatStillHasWhatWasErasedSinceTheBackupIsToldToDropIt() {
        auto& server = *m_server;
        const auto supervisor = server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        OK(backUp());
        const auto crn = m_tablet->beginClaim();
        OK(m_tablet->push(*server));
        OK(server->erasures().erase(supervisor, crn, "By order of a court"));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        const auto told = fresh->store().read(
            [&](const LedgerSnapshot& now) { return now.tablets().purge(m_tablet->device(), crn); });
        QVERIFY(told->has_value());
        QVERIFY((*told)->reason == PurgeReason::Erased);
    }

    void H51_withoutTheJournalAStrangerWaitsForAPerson() {
        OK(backUp());
        FakeTablet second(m_server->clock, m_server->random, "Tablet 2");
        OK(second.join(**m_server, "caernarfon", "Siân"));
        OK(restoreTo("new", false));
        TestServer fresh(options("new"));
        const auto refused = second.signIn(*fresh);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, ErrorCode::NotAllowed);
        QVERIFY(refused.error().detail.find("do not wipe") != std::string::npos);
        const auto waiting =
            fresh->store().read([](const LedgerSnapshot& now) { return now.durability().unknownDevices(); });
        QCOMPARE(waiting->size(), 1U);
        QCOMPARE(waiting->at(0).id, second.device());
        OK(m_tablet->signIn(*fresh));  // one that the backup knows goes on
    }

    void H51_whatASupervisorDecidedStaysDecided_data() {
        QTest::addColumn<bool>("release");
        QTest::newRow("released") << true;
        QTest::newRow("refused") << false;
    }
    // Of a claim that had not even begun when the backup was taken.
    void H51_whatASupervisorDecidedStaysDecided() {
        QFETCH(bool, release);
        const auto by = (*m_server)->directory().addOfficer("Mair", "caernarfon", "supervisor");
        OK(by);
        OK(backUp());
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Jones"));
        OK((*m_server)->directory().revokeDevice(m_tablet->device(), "operator"));
        OK(m_tablet->push(**m_server));
        auto& decisions = (*m_server)->decisions();
        for (const auto& change_set : m_tablet->chain()) {
            OK(release ? decisions.release(by->id, change_set.hash, "She was seen")
                       : decisions.refuse(by->id, change_set.hash, "Not hers"));
        }
        const auto claims = [](TestServer& server) {
            return server->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); }).value();
        };
        const auto before = claims(*m_server);
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        const auto after = claims(fresh);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < after.size(); ++i) QVERIFY(after[i].state == before[i].state);
        QVERIFY(fresh->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); })->empty());
    }

    void H51_whatWasErasedStaysErased() {
        const auto by = (*m_server)->directory().addOfficer("Mair", "caernarfon", "supervisor");
        OK(by);
        const auto crn = m_tablet->beginClaim();
        m_tablet->save(crn, "a/surname", Value("Prendergast"));
        OK(m_tablet->push(**m_server));
        OK(m_tablet->upload(**m_server, crn, asBytes("an image")));
        OK(backUp());
        m_tablet->save(crn, "a/first_names", Value("Gwenllian"));
        OK(m_tablet->push(**m_server));
        OK((*m_server)->erasures().erase(by->id, crn, "She asked for it."));
        OK(restoreTo("new"));
        TestServer fresh(options("new"));
        const auto claim = fresh->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        QVERIFY((*claim)->erased_ms != 0);
        const auto key = fresh->store().read([&](const LedgerSnapshot& now) { return now.claims().claimKey(crn); });
        QVERIFY(!key->has_value());
        QVERIFY(!fs::exists(BlobFiles(at("new") / "blobs").pathOf(sha256(asBytes("an image")))));
        QFile ledger(m_folder->filePath("new/ledger.db"));
        QVERIFY(ledger.open(QIODevice::ReadOnly));
        QVERIFY(!ledger.readAll().contains("Prendergast"));
        // The tablet still has it, and offers it again.
        OK(m_tablet->signIn(*fresh));
        OK(m_tablet->hello(*fresh));
        OK(m_tablet->push(*fresh));
        const auto still = fresh->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        QVERIFY((*still)->erased_ms != 0);
        fresh.clock.advance(5'000);
        const auto set = takeBackup(fresh->store(), at("new"), at("backup2"), fresh.clock);
        OK(set);
        const auto backup = verifyBackup(*set);
        OK(backup);
        QVERIFY2(backup->wrong.empty(), backup->wrong.empty() ? "" : backup->wrong.front().c_str());
    }

    void aFolderWithSomethingInItIsNotRestoredInto() {
        OK(backUp());
        const auto restored = restoreTo("data");
        QVERIFY(!restored.has_value());
        QCOMPARE(restored.error().code, ErrorCode::Conflict);
        fs::create_directories(at("empty"));
        OK(restoreTo("empty"));
    }

    void aJournalOfAnotherLedgerOrALaterBackupIsRefused() {
        OK(backUp());
        const auto old_set = findSet(at("backup")).value();
        OK((*m_server)->directory().addSite("llanrwst", "Llanrwst"));
        OK(noteNow(*m_server, backUp().value()));
        const auto late = restoreBackup({old_set, at("new"), at("journal")}, m_server->clock, m_server->random);
        QVERIFY(!late.has_value());
        QVERIFY(late.error().detail.find("later backup") != std::string::npos);
        QVERIFY(!fs::exists(at("new")));
        auto other = options("other");
        other.journal = at("other-journal");
        TestServer another(other, 9);
        const auto strange =
            restoreBackup({at("backup"), at("new"), at("other-journal")}, m_server->clock, m_server->random);
        QVERIFY(!strange.has_value());
        QVERIFY(strange.error().detail.find("another ledger") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "tst_backup.moc"
