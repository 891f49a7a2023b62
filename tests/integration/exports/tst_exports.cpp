#include <sys/resource.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "mobile/storage/vault_export.h"
#include "shared/wire/work_export.h"
#include "tests/support/field_tablet/field_tablet.h"

// What a tablet saves to a stick because it cannot sync, and what the server makes of the file.
using namespace fieldclaim;
using namespace fieldclaim::test;
using fieldclaim::tablet::VaultExport;
using server::LedgerSnapshot;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto& well_result = (expression);                                                      \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

server::Server::Options inMemory(const QTemporaryDir& folder) {
    server::Server::Options options;
    options.data = folder.path().toStdString();
    options.in_memory = true;
    return options;
}

server::Server::Options onDisk(const QTemporaryDir& folder) {
    auto options = inMemory(folder);
    options.in_memory = false;
    options.inline_writer = true;
    return options;
}

struct Field {
    Field() : Field(inMemory) {}
    explicit Field(server::Server::Options (*options)(const QTemporaryDir&)) : server(options(folder)) {
        tablet = std::make_unique<FieldTablet>(StoreKind::Vault, server);
        ENSURE(server->directory().addSite("bangor", "Bangor").has_value());
    }
    std::string stick() const { return folder.path().toStdString() + "/work.fieldclaim"; }
    QTemporaryDir folder;
    TestServer server;
    std::unique_ptr<FieldTablet> tablet;
};

Status exportTo(FieldTablet& tablet, const std::string& file) {
    ASSIGN(auto work, VaultExport::begin(*tablet.vault(), file));
    while (true) {
        ASSIGN(const bool done, work->step());
        if (done) return {};
    }
}

/// An answer and an image beside it.
Hash saveImage(FieldTablet& tablet, const std::string& crn, std::size_t size) {
    Bytes image(size);
    for (std::size_t i = 0; i < size; ++i) image[i] = static_cast<std::uint8_t>(i * 7 + size);
    const auto saved = tablet.vault()->save({crn,
                                             {{Edit{"note/" + std::to_string(size), "x", {}}}, std::nullopt},
                                             "working-age/1",
                                             std::nullopt,
                                             {},
                                             {image}});
    ENSURE(saved.has_value());
    return sha256(image);
}

Bytes stateAt(server::Server& server, const std::string& crn) {
    const auto claim = server.store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
    ENSURE(claim.has_value());
    return claim->has_value() ? (*claim)->state : Bytes();
}

QByteArray bytesOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    ENSURE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}
void write(const std::string& path, const QByteArray& bytes) {
    QFile file(QString::fromStdString(path));
    ENSURE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

}  // namespace

class ExportsTest : public QObject {
    Q_OBJECT

private slots:
    void what_was_exported_and_brought_in_is_in_the_ledger_as_if_it_had_been_pushed() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto crn = tablet.begin();
        tablet.save(crn, "a/surname", "Jones");
        const auto small = saveImage(tablet, crn, 10);
        const auto large = saveImage(tablet, crn, 700'000);
        saveImage(tablet, crn, 0);
        WELL(exportTo(tablet, field.stick()));
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick() + ".part")));

        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QVERIFY(report->device == tablet.device());
        QCOMPARE(report->change_sets, 5U);
        QCOMPARE(report->applied(), 5U);
        QCOMPARE(report->images, 3U);
        QCOMPARE(report->images_known + report->images_not_taken, 0U);
        QVERIFY(report->reasons.empty());
        const auto blobs =
            field.server->store().read([&](const LedgerSnapshot& now) { return now.blobs().blobsOfClaim(crn); });
        QCOMPARE(blobs->size(), 3U);
        for (const auto& name : {small, large})
            QVERIFY(std::any_of(blobs->begin(), blobs->end(), [&](const auto& blob) { return blob.sha256 == name; }));
        const auto state = stateAt(*field.server, crn);

        // The same again changes nothing, and the tablet hears at its next sync what is here.
        const auto again = field.server->imports().bringIn(field.stick());
        WELL(again);
        QCOMPARE(again->known, 5U);
        QCOMPARE(again->images_known, 3U);
        QCOMPARE(again->applied(), 0U);
        QVERIFY(stateAt(*field.server, crn) == state);
        WELL(tablet.sync());
        QCOMPARE(tablet.vault()->totals()->acknowledged, 5U);
        tablet.save(crn, "a/surname", "Davies");
        WELL(tablet.sync());
        QVERIFY(stateAt(*field.server, crn) != state);
    }

    void an_officer_whom_the_server_has_never_seen_is_registered_by_the_file() {
        Field field;
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        tablet.save(crn, "a/surname", "Jones");
        WELL(exportTo(tablet, field.stick()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->applied(), 2U);
        WELL(tablet.sync());
        QCOMPARE(tablet.vault()->totals()->acknowledged, 2U);
    }

    // Such a tablet may have no other way: it has not heard of the authority whose certificate the server shows now.
    void a_file_of_a_tablet_that_missed_the_switch_to_the_next_authority_is_taken() {
        Field field(onDisk);
        const auto crn = field.tablet->begin();
        field.tablet->save(crn, "a/surname", "Jones");
        WELL(exportTo(*field.tablet, field.stick()));
        WELL(server::makeNextAuthority(field.server.options.data, 1, field.server.random));
        WELL(server::switchAuthority(field.server.options.data));
        field.server.restart();
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->applied(), 2U);
    }

    void a_later_file_with_the_same_work_and_more_adds_what_is_more() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto crn = tablet.begin();
        WELL(exportTo(tablet, field.stick()));
        WELL(field.server->imports().bringIn(field.stick()));
        tablet.save(crn, "a/surname", "Jones");
        WELL(exportTo(tablet, field.stick()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->known, 1U);
        QCOMPARE(report->applied(), 1U);
    }

    void there_is_nothing_to_export_when_the_server_has_everything() {
        Field field;
        const auto crn = field.tablet->begin();
        WELL(field.tablet->sync());
        QCOMPARE(exportTo(*field.tablet, field.stick()).error().code, ErrorCode::NotFound);
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick())));
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick() + ".part")));
    }

    void H25_the_work_of_a_revoked_tablet_goes_to_quarantine_from_a_file_too() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 10);
        WELL(exportTo(tablet, field.stick()));
        WELL(field.server->devices().revoke(server::theOperator(), tablet.device()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QVERIFY(report->revoked);
        QCOMPARE(report->set_aside, 2U);
        QCOMPARE(report->images_not_taken, 0U);
        QVERIFY(stateAt(*field.server, crn).empty());
    }

    void a_file_of_another_server_or_another_tablet_is_refused_in_plain_words() {
        Field field;
        Field other;
        field.tablet->begin();
        WELL(exportTo(*field.tablet, field.stick()));
        const auto foreign = other.server->imports().bringIn(field.stick());
        QCOMPARE(foreign.error().code, ErrorCode::BadInput);
        QVERIFY(foreign.error().detail.find("another server") != std::string::npos);
        write(field.stick(), "a letter to the council, not an export of anything");
        QCOMPARE(field.server->imports().bringIn(field.stick()).error().code, ErrorCode::BadInput);
        QCOMPARE(field.server->imports().bringIn(field.stick() + ".gone").error().code, ErrorCode::NotFound);
    }

    void H37_a_file_that_its_tablet_did_not_make_is_refused() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        // Whoever knows the server's public key can make a file that opens; not one that the tablet signed.
        SeededRandom chance(3);
        ExportHead head{tablet.device(),
                        {},
                        1'168'851'600'000,
                        field.server->keys().recovery.public_key,
                        field.server->keys().ca.publicKeyHash(),
                        {}};
        auto cipher = ExportCipher::begin(head, chance);
        WELL(cipher);
        Bytes file = toBytes(asBytes(kExportMagic));
        const auto add = [&](const Bytes& part) {
            const auto framed = framedExportPart(part);
            file.insert(file.end(), framed.begin(), framed.end());
        };
        add(encodeExportHead(head));
        add(cipher->seal(ExportStart{"x", {}}, chance));
        const auto thief = KeyPair::make(chance);
        const auto digest = sha256(file);
        add(cipher->seal(
            ExportEnd{0, 0, signEd25519(thief.secret, exportDeviceMessage(tablet.device(), digest)), thief.public_key,
                      signEd25519(thief.secret, exportStoreMessage(tablet.device(), digest))},
            chance));
        write(field.stick(),
              QByteArray(reinterpret_cast<const char*>(file.data()), static_cast<qsizetype>(file.size())));
        QCOMPARE(field.server->imports().bringIn(field.stick()).error().code, ErrorCode::BadSignature);
    }

    void a_file_that_is_cut_or_spoiled_anywhere_is_refused_and_nothing_of_it_is_taken() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 3'000);
        WELL(exportTo(tablet, field.stick()));
        const auto whole = bytesOf(field.stick());
        const auto refused = [&](const QByteArray& bytes) {
            write(field.stick(), bytes);
            const auto report = field.server->imports().bringIn(field.stick());
            if (report) return false;
            return stateAt(*field.server, crn).empty();
        };
        for (qsizetype at = 0; at < whole.size(); at += 37) {
            QVERIFY2(refused(whole.left(at)), qPrintable(QStringLiteral("cut at %1").arg(at)));
            auto spoiled = whole;
            spoiled[at] = static_cast<char>(spoiled[at] ^ 0x10);
            QVERIFY2(refused(spoiled), qPrintable(QStringLiteral("spoiled at %1").arg(at)));
        }
        QVERIFY(refused(whole + QByteArray(10, 'x')));
        write(field.stick(), whole.left(whole.size() - 5));
        const auto cut = field.server->imports().bringIn(field.stick());
        QVERIFY(cut.error().detail.find("ends before its end") != std::string::npos);
        write(field.stick(), whole);
        WELL(field.server->imports().bringIn(field.stick()));
    }

    void a_claim_of_another_site_is_set_aside_and_the_rest_is_taken() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto elsewhere = tablet.begin("bangor");
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 100);
        WELL(exportTo(tablet, field.stick()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->set_aside, 1U);
        QCOMPARE(report->applied(), 2U);
        QCOMPARE(report->reasons.size(), 1U);
        QVERIFY(!stateAt(*field.server, crn).empty());
    }

    void an_upload_that_was_cut_is_finished_from_the_file() {
        Field field;
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        WELL(tablet.sync());
        const auto name = saveImage(tablet, crn, 900'000);
        const auto session = server::Session{tablet.device(), "caernarfon", {"site/caernarfon"}, false, false};
        const auto upload = field.server->blobs().create(session, 900'000, name, crn);
        WELL(upload);
        {
            auto writer = field.server->blobs().begin(session, upload->id, 0);
            WELL(writer);
            const auto part = tablet.store().blobPart(name, 0, 400'000);
            WELL((*writer)->write(*part));
            WELL(field.server->blobs().finish(session, **writer));
        }
        WELL(exportTo(tablet, field.stick()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->images_not_taken, 0U);
        QVERIFY(field.server->blobs().open(session, name).has_value());
    }

    void H36_what_can_be_read_of_a_damaged_store_is_exported_before_it_is_mended() {
        Field field;
        auto& tablet = *field.tablet;
        WELL(tablet.sync());
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 3'000);
        tablet.save(crn, "a/surname", "Jones");
        auto& vault = *tablet.vault();
        const auto officer = vault.officers().front().officer;
        vault.lock();
        const auto folder =
            field.folder.path() + QStringLiteral("/tablet-") + QString::fromStdString(tablet.device().text());
        QFile store(folder + QStringLiteral("/vault.db"));
        QVERIFY(store.open(QIODevice::ReadWrite) && store.seek(100));
        QCOMPARE(store.write(QByteArray(200, 'x')), 200);
        store.close();
        QCOMPARE(vault.unlock(officer, "correct horse battery").error().code, ErrorCode::Damaged);
        QVERIFY(vault.isDamaged());

        WELL(exportTo(tablet, field.stick()));
        const auto report = field.server->imports().bringIn(field.stick());
        WELL(report);
        QCOMPARE(report->applied(), 3U);
        QCOMPARE(report->images, 1U);
        QCOMPARE(report->images_not_taken, 0U);
        // The damaged store is as it was; it is mended now, and the next sync finds that the server has all of it.
        QVERIFY(vault.isDamaged());
        const auto salvaged = vault.salvage();
        WELL(salvaged);
        QCOMPARE(salvaged->unsent, 3U);
        QCOMPARE(salvaged->saves_lost, 0U);
        WELL(tablet.sync());
        QCOMPARE(vault.totals()->acknowledged, vault.totals()->saved_here);
    }

    void a_stick_that_is_full_leaves_nothing_on_it_and_the_vault_as_it_was() {
        Field field;
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 700'000);
        const auto before = tablet.state(crn);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        auto small = limit;
        small.rlim_cur = 300'000;
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto full = exportTo(tablet, field.stick());
        ::setrlimit(RLIMIT_FSIZE, &limit);
        QVERIFY(!full.has_value());
        QCOMPARE(full.error().code, ErrorCode::DiskFull);
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick())));
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick() + ".part")));
        QVERIFY(tablet.state(crn) == before);
        WELL(exportTo(tablet, field.stick()));
    }

    void a_stick_that_is_pulled_out_is_said_so() {
        Field field;
        auto& tablet = *field.tablet;
        tablet.begin();
        const auto drive = field.folder.path() + QStringLiteral("/stick");
        QVERIFY(QDir().mkpath(drive));
        auto work = VaultExport::begin(*tablet.vault(), drive.toStdString() + "/a.fieldclaim");
        WELL(work);
        QVERIFY(QDir(drive).removeRecursively());
        Result<bool> step = false;
        while (step && !*step) step = (*work)->step();
        QVERIFY(!step.has_value());
        QCOMPARE(step.error().code, ErrorCode::Storage);
        QCOMPARE(VaultExport::begin(*tablet.vault(), drive.toStdString() + "/a.fieldclaim").error().code,
                 ErrorCode::Storage);
    }

    void a_vault_that_is_locked_meanwhile_ends_the_export() {
        Field field;
        auto& tablet = *field.tablet;
        const auto crn = tablet.begin();
        saveImage(tablet, crn, 700'000);
        auto work = VaultExport::begin(*tablet.vault(), field.stick());
        WELL(work);
        tablet.vault()->lock();
        QCOMPARE((*work)->step().error().code, ErrorCode::NotSignedIn);
        work->reset();
        QVERIFY(!QFile::exists(QString::fromStdString(field.stick() + ".part")));
    }
};

QTEST_GUILESS_MAIN(ExportsTest)
#include "tst_exports.moc"
