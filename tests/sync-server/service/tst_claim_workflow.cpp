#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "shared/domain/claim_answers.h"
#include "shared/domain/claim_review.h"
#include "shared/domain/proof_file.h"
#include "shared/domain/records.h"
#include "shared/domain/transfer_standing.h"
#include "shared/packfiles/packfiles.h"
#include "sync-server/service/claim_fold.h"
#include "sync-server/service/ledger_rebuild.h"
#include "sync-server/service/scope_service.h"
#include "sync-server/transfer/transfer_machine.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::LedgerSnapshot;
using server::TransferRow;
using server::TransferState;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

const char* const kPackFolder = FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age";

server::TargetConfig target(const std::string& id, const std::string& system, std::set<std::string> benefits) {
    server::TargetConfig out;
    out.id = id;
    out.adapter = system.empty() ? "notice" : "push";
    out.system = system;
    out.url = "https://127.0.0.1";
    out.benefits = std::move(benefits);
    return out;
}

QJsonObject gwen() {
    QFile file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
    if (!file.open(QIODevice::ReadOnly)) qFatal("no customer");
    return QJsonDocument::fromJson(file.readAll()).object();
}

server::Server::Options options(const QTemporaryDir& folder) {
    server::Server::Options out;
    out.data = folder.path().toStdString();
    out.in_memory = true;
    out.packs = {kPackFolder};
    out.targets = {target("iscs", "ISCS", {"is"}), target("jsaps", "JSAPS", {"jsa_ib", "jsa_cb"}),
                   target("council-conwy", "", {"hb", "ctb"})};
    out.targets.back().councils = {gwen()["la_name"].toString().toStdString()};
    return out;
}

constexpr const char* kLaterVersion = "2099.01.01-1";

/// The same pack under a later version's name, as a folder.
std::filesystem::path laterPack(const QTemporaryDir& folder) {
    const auto out = std::filesystem::path(folder.path().toStdString()) / "later";
    std::filesystem::create_directories(out);
    const auto loaded = *FormPack::load(*readPackFolder(kPackFolder));
    auto files = *readPackFolder(kPackFolder);
    auto& settings = files.at("settings.csv");
    settings.replace(settings.rfind(loaded->version()), loaded->version().size(), kLaterVersion);
    for (const auto& [name, text] : files) {
        std::ofstream file(out / name, std::ios::binary);
        file << text;
    }
    return out;
}

std::shared_ptr<const FormPack> thePack() {
    static const auto pack = *FormPack::load(*readPackFolder(kPackFolder));
    return pack;
}

// A server, an officer's tablet, and Gwen O'Brien's claim on it.
struct Office {
    explicit Office(const QTemporaryDir& folder) : Office(options(folder)) {}
    explicit Office(server::Server::Options given) : server(std::move(given)), tablet(server.clock, server.random) {
        server.clock.wall = (static_cast<std::int64_t>(Date::parse("2007-01-15")->days) * 24 + 10) * 3'600'000;
        ENSURE(tablet.join(*server).has_value());
        crn = tablet.beginClaim();
        const auto answers = gwen();
        for (auto at = answers.begin(); at != answers.end(); ++at) {
            const auto key = at.key().toStdString();
            if (at.value().toString().isEmpty() || key == "copy_given") continue;
            const auto* question = thePack()->find(key.substr(key.find('/') + 1));
            const auto text = normaliseAnswer(*question, at.value().toString().toStdString());
            answer(key.starts_with("capital/") ? "capital/0190/" + key.substr(8) : key, text);
        }
    }

    void answer(const std::string& key, const std::string& text) {
        tablet.save(crn, answerPath(key), encodeAnswer({Answer::Kind::Given, text}));
    }
    ClaimReview review() {
        return ClaimReview::of(thePack(), tablet.state(crn), Date::fromWallMs(server.clock.wall),
                               [](const Hash&) -> std::shared_ptr<const Statement> { return nullptr; });
    }
    void proveAll() {
        const auto now = review();
        for (const auto& need : now.evaluation.proofs()) {
            tablet.save(crn, proofPath(need.key()),
                        encodeProof({need.key(), "original", "seen", "2007-01-15", tablet.officer(), {}}));
        }
    }
    StatementBlob statement(const std::string& pack = thePack()->name()) {
        return encodeStatement({crn,
                                pack,
                                Language::English,
                                Date::fromWallMs(server.clock.wall).iso(),
                                review().evaluation.declaredFacts(),
                                {}});
    }
    // Signs what stands, and gives the digest.
    Hash sign() {
        blob = statement();
        return tablet.sign(crn, blob);
    }
    void submit() { tablet.saveIntent(crn, Value::Map{{"intent", "submit"}, {"digest", blob.digest}}); }
    std::vector<TransferRow> transfers() {
        return *server->store().read([&](const LedgerSnapshot& now) { return now.transfers().ofClaim(crn); });
    }
    /// How the lists say that the claim stands.
    std::string stage() {
        return server->store()
            .read([](const LedgerSnapshot& now) { return now.claims().claimViews({}, 10); })
            ->front()
            .stage;
    }
    std::vector<IntentAnswer> answers() { return intentAnswersOf(state()); }
    ClaimState state() {
        return server->store().read([&](const LedgerSnapshot& now) { return server::loadClaim(now, crn); })->state;
    }
    Status step(const std::string& id, TransferState to, const std::string& ref = {}) {
        ASSIGN(auto record, server->outbox().load(id));
        record.state = to;
        record.target_ref = ref;
        if (to == TransferState::Rejected) record.errors = {{"E204", "nino", "No match: check the number."}};
        return server->outbox().save(record, {}).map([](auto) {});
    }
    // Everything up to an accepted transfer at JSAPS and the council.
    void finish() {
        proveAll();
        sign();
        submit();
        ENSURE(tablet.push(*server).has_value());
        ENSURE(tablet.upload(*server, crn, blob.bytes).has_value());
        for (const auto& row : transfers()) {
            ENSURE(step(row.record.id, TransferState::Sending).has_value());
            ENSURE(step(row.record.id, TransferState::Accepted, "REF-" + row.record.target).has_value());
        }
    }

    TestServer server;
    FakeTablet tablet;
    std::string crn;
    StatementBlob blob;
};

std::vector<std::string> targetsOf(const std::vector<TransferRow>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.record.target);
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

class ClaimWorkflowTest : public QObject {
    Q_OBJECT

private slots:
    void theNoticeLeavesAtTheSignatureAndTheClaimWhenItIsWhole() {
        QTemporaryDir folder;
        Office office(folder);
        office.sign();
        WELL(office.tablet.push(*office.server));
        QVERIFY(office.transfers().empty());  // the statement is not here yet
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(targetsOf(office.transfers()), std::vector<std::string>{"council-conwy"});
        QVERIFY(office.transfers()[0].record.kind == TransferKind::Notice);

        office.submit();
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.answers().size(), 1U);
        QVERIFY(office.answers()[0].accepted);
        QCOMPARE(office.transfers().size(), 1U);  // proofs are still to be seen
        office.proveAll();
        WELL(office.tablet.push(*office.server));
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
        const auto claim = office.transfers()[1];
        QVERIFY(claim.record.payload.find(toHex(office.blob.digest)) != std::string::npos);
        QVERIFY(claim.record.payload.find("O'Brien") != std::string::npos);
    }

    void whatWasSignedWithAPackThatTheServerNeverHadWaitsAndSaysSo() {
        QTemporaryDir folder;
        auto given = options(folder);
        given.in_memory = false;
        Office office(given);
        const auto name = thePack()->id() + "/" + kLaterVersion;
        office.proveAll();
        office.blob = office.statement(name);
        office.tablet.sign(office.crn, office.blob);
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(office.answers().back().accepted);
        QVERIFY(office.transfers().empty());
        QCOMPARE(office.state().value(kActionUnknownPack).textAt("pack"), name);
        // The tablet is told, and holds the claim for one that waits for the office.
        WELL(office.tablet.pull(*office.server));
        const auto review = office.review();
        const auto& told = review.actions.front();
        QVERIFY(told.kind == ActionKind::WithOffice && told.blocking);
        QVERIFY(told.text.english.find(name) != std::string::npos);
        QVERIFY(told.text.welsh.find(name) != std::string::npos);
        // Nothing is written again while it waits, nor after a restart without that pack.
        const auto before = encodeClaimState(office.state());
        WELL(office.server->maintain());
        office.server.restart();
        WELL(office.server->maintain());
        QVERIFY(encodeClaimState(office.state()) == before);
        // With the pack, it goes by itself.
        office.server.options.packs.push_back(laterPack(folder));
        office.server.restart();
        WELL(office.server->maintain());
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
        QVERIFY(office.state().value(kActionUnknownPack).isNull());
        WELL(office.tablet.signIn(*office.server));
        WELL(office.tablet.pull(*office.server));
        const auto after = office.review();
        QVERIFY(std::none_of(after.actions.begin(), after.actions.end(),
                             [](const Action& action) { return action.about == kActionUnknownPack; }));
    }

    void aPackThatTheServerIsNotGivenAnyMoreIsStillKnown() {
        QTemporaryDir folder;
        auto given = options(folder);
        given.in_memory = false;
        Office office(given);
        office.proveAll();
        office.sign();
        office.submit();
        office.server.options.packs = {laterPack(folder)};
        office.server.restart();
        QVERIFY(office.server->packsUnreadable().empty());
        WELL(office.tablet.signIn(*office.server));
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(office.state().value(kActionUnknownPack).isNull());
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
        // It is not given out: one pack of an id is in use.
        const auto in_use = office.server->packs().inUse();
        QCOMPARE(in_use.size(), 1U);
        QCOMPARE(in_use[0].version, std::string(kLaterVersion));
    }

    void whatTheServerRaisesATabletMayNotWrite_data() {
        QTest::addColumn<QString>("path");
        for (const auto path : {kActionUnknownPack, kActionClerical, kActionNoTarget})
            QTest::newRow(std::string(path).c_str()) << QString::fromStdString(std::string(path));
    }
    void whatTheServerRaisesATabletMayNotWrite() {
        QFETCH(QString, path);
        QTemporaryDir folder;
        Office office(folder);
        office.tablet.save(office.crn, path.toStdString(), Value::Map{{"pack", "x/1"}});
        WELL(office.tablet.push(*office.server));
        QVERIFY(office.state().value(path.toStdString()).isNull());
        const auto aside =
            office.server->store().read([](const LedgerSnapshot& now) { return now.chains().quarantined(); });
        WELL(aside);
        QCOMPARE(aside->size(), 1U);
    }

    void H51_aTransferWhoseStatementIsStillToBeOfferedAgainDoesNotLeave() {
        QTemporaryDir folder;
        Office office(folder);
        office.sign();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        const auto due = [&] {
            return office.server->outbox().nextDue("council-conwy", office.server.clock.wall, {}).value();
        };
        QVERIFY(due().has_value());
        // As after a restore whose journal knows of the transfer, the statement having come since the backup.
        WELL(office.server->store().write([&](server::LedgerTransaction& tx) { return tx.blobs().erase(office.crn); }));
        QVERIFY(!due().has_value());
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(due().has_value());
    }

    void H51_whatATargetTakesAfterARestoreIsTheLastThatItHas() {
        QTemporaryDir folder;
        Office office(folder);
        office.finish();
        const auto first = office.blob.digest;
        // As a journal brings them back: in the order, and with the numbers, of a longer history.
        for (auto row : office.transfers()) {
            row.record.order += 1'000;
            WELL(office.server->store().write([&](server::LedgerTransaction& tx) { return tx.transfers().put(row); }));
        }
        const auto signAndSend = [&](const std::string& phone) -> Status {
            office.answer("phone", phone);
            office.sign();
            office.submit();
            TRY(office.tablet.push(*office.server));
            TRY(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
            for (const auto& row : office.transfers()) {
                if (isFinal(row.record.state)) continue;
                TRY(office.step(row.record.id, TransferState::Sending));
                TRY(office.step(row.record.id, TransferState::Accepted, "REF-" + row.record.target));
            }
            return {};
        };
        const auto before = decodeAnswer(office.state().value("a/phone"))->text;
        WELL(signAndSend("07700900888"));
        QCOMPARE(office.transfers().size(), 4U);
        QVERIFY(office.transfers().back().statement == office.blob.digest);
        // What was said at first is news to a target that has heard otherwise since.
        WELL(signAndSend(before));
        QVERIFY(office.blob.digest == first);
        QCOMPARE(office.transfers().size(), 6U);
        QVERIFY(office.transfers().back().statement == first);
    }

    void aSubmitWaitsForItsStatementAndIsAnsweredWhenThatIsHere() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        QVERIFY(office.answers().empty());
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(office.answers().size(), 1U);
        QVERIFY(office.answers()[0].accepted);
        QCOMPARE(office.transfers().size(), 2U);
        WELL(office.tablet.pull(*office.server));
        QVERIFY(office.tablet.state(office.crn) == office.state());
        const auto waiting = office.server->store().read(
            [&](const LedgerSnapshot& now) { return now.claims().waitingIntents(office.crn); });
        QVERIFY(waiting->empty());
    }

    void H42_aClaimIsSentWhenEveryImageThatItNamesIsHere() {
        QTemporaryDir folder;
        Office office(folder);
        const Bytes image(40'000, 7);
        office.answer("sign_method", "tablet");
        office.proveAll();
        office.answer("signature", toHex(sha256(image)));
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(office.answers()[0].accepted);
        QCOMPARE(targetsOf(office.transfers()), std::vector<std::string>{"council-conwy"});
        // Bytes that came and were not verified are not here: the whole is not what was announced.
        const auto session = office.tablet.session(*office.server);
        auto& blobs = office.server->blobs();
        const auto begun = blobs.create(session, image.size(), sha256(image), office.crn);
        {
            auto writer = blobs.begin(session, begun->id, 0);
            WELL((*writer)->write(Bytes(image.size(), 8)));
            QVERIFY(!blobs.finish(session, **writer));
        }
        QCOMPARE(office.transfers().size(), 1U);
        // Nor does it help that another claim has them.
        const auto other = office.tablet.beginClaim();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, other, image));
        QCOMPARE(office.transfers().size(), 1U);
        // Announced for this claim, they need not be sent, and the claim goes.
        QCOMPARE(blobs.create(session, image.size(), sha256(image), office.crn)->offset, image.size());
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
    }

    void H42_aClaimIsSentWhenEveryPageOfItsProofsIsHere() {
        QTemporaryDir folder;
        Office office(folder);
        const Bytes page(40'000, 7);
        office.answer("sign_method", "tablet");
        office.proveAll();
        ProofFile file;
        file.id = "0190";
        file.proof = "identity";
        file.digest = sha256(page);
        office.tablet.save(office.crn, filePath(file.id), encodeProofFile(file));
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(targetsOf(office.transfers()), std::vector<std::string>{"council-conwy"});
        WELL(office.tablet.upload(*office.server, office.crn, page));
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
    }

    void aPageThatWasTakenAwayHoldsNothingBack() {
        QTemporaryDir folder;
        Office office(folder);
        office.answer("sign_method", "tablet");
        office.proveAll();
        ProofFile file;
        file.id = "0190";
        file.digest = sha256(Bytes(40'000, 7));
        office.tablet.save(office.crn, filePath(file.id), encodeProofFile(file));
        office.tablet.save(office.crn, filePath(file.id), Value());
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(targetsOf(office.transfers()), (std::vector<std::string>{"council-conwy", "jsaps"}));
    }

    void aSubmitOfWhatNobodySignedIsRefusedInPlainWords_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("no seal") << 0;
        QTest::newRow("a seal signed by another key") << 1;
        QTest::newRow("a statement of another claim") << 2;
    }
    void aSubmitOfWhatNobodySignedIsRefusedInPlainWords() {
        QFETCH(int, what);
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.blob = office.statement();
        if (what == 1) {
            Seal seal;
            seal.id = "0190";
            seal.digest = office.blob.digest;
            seal.part = "claimant";
            seal.author = office.tablet.author();
            seal.signature = signEd25519(KeyPair::make(office.server.random).secret, sealMessage(seal));
            office.tablet.save(office.crn, sealPath(seal.id), encodeSeal(seal));
        }
        if (what == 2) {
            auto other = *decodeStatement(office.blob.bytes);
            other.claim = Crn::make(office.server.random);
            office.blob = encodeStatement(other);
            office.tablet.sign(office.crn, office.blob);
        }
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(office.answers().size(), 1U);
        QVERIFY(!office.answers()[0].accepted);
        QVERIFY(!office.answers()[0].reason.empty());
        QVERIFY(office.transfers().empty());
    }

    void H32_theSameClaimSubmittedTwiceIsOneAndTheOtherIsTold() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        FakeTablet colleague(office.server.clock, office.server.random, "Tablet 2");
        WELL(colleague.join(*office.server));
        WELL(colleague.pull(*office.server));
        colleague.saveIntent(office.crn, Value::Map{{"intent", "submit"}, {"digest", office.blob.digest}});
        WELL(colleague.push(*office.server));
        const auto answers = office.answers();
        QCOMPARE(answers.size(), 2U);
        QCOMPARE(std::count_if(answers.begin(), answers.end(), [](const auto& one) { return one.accepted; }), 1);
        QCOMPARE(office.transfers().size(), 2U);
    }

    void H33_anEditAfterTheTransferBecomesASupplementOnceItIsSignedAgain() {
        QTemporaryDir folder;
        Office office(folder);
        office.finish();
        QCOMPARE(office.transfers().size(), 2U);
        office.answer("phone", "07700900999");
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.transfers().size(), 2U);  // what was signed has changed: nothing leaves
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        const auto rows = office.transfers();
        QCOMPARE(rows.size(), 4U);
        const auto supplement =
            std::find_if(rows.begin() + 2, rows.end(), [](const auto& row) { return row.record.target == "jsaps"; });
        QVERIFY(supplement != rows.end());
        QVERIFY(supplement->record.kind == TransferKind::Supplement);
        QVERIFY(supplement->record.payload.find("REF-jsaps") != std::string::npos);
    }

    void H33_anAnswerPutBackToWhatItWasIsNewsToTheTarget() {
        QTemporaryDir folder;
        Office office(folder);
        office.finish();
        const auto first = office.blob.digest;
        const auto name = *office.tablet.state(office.crn).value(answerPath("surname")).text();
        office.answer("surname", "Pritchard");
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        for (const auto& row : office.transfers()) {
            if (row.record.state == TransferState::Ready)
                WELL(office.step(row.record.id, TransferState::Accepted, "REF-2"));
        }
        QCOMPARE(office.transfers().size(), 4U);
        office.answer("surname", name);  // what was signed first stands again
        WELL(office.tablet.push(*office.server));
        const auto rows = office.transfers();
        QCOMPARE(rows.size(), 6U);
        for (std::size_t i = 4; i < rows.size(); ++i) {
            QVERIFY(rows[i].statement == first);
            QVERIFY(rows[i].record.kind == TransferKind::Supplement);
            QVERIFY(rows[i].record.idempotency_key != rows[0].record.idempotency_key);
            QVERIFY(rows[i].record.idempotency_key != rows[1].record.idempotency_key);
        }
    }

    void nothingIsSentTwiceAndNothingFollowsWhatIsUnknown() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(office.transfers().size(), 2U);
        for (const auto& row : office.transfers()) WELL(office.step(row.record.id, TransferState::Unknown));
        office.answer("phone", "07700900999");
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(office.transfers().size(), 2U);
        // Once it is known, what waited goes.
        for (const auto& row : office.transfers()) {
            if (row.record.state == TransferState::Unknown)
                WELL(office.step(row.record.id, TransferState::Accepted, "R1"));
        }
        QCOMPARE(office.transfers().size(), 4U);
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.transfers().size(), 4U);
    }

    void aRefusalComesBackOnTheNamedQuestionAndIsNotSentAgainUnchanged() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        for (const auto& row : office.transfers()) WELL(office.step(row.record.id, TransferState::Rejected));
        QCOMPARE(office.transfers().size(), 2U);
        WELL(office.tablet.pull(*office.server));
        const auto shown = transfersOf(office.tablet.state(office.crn));
        QCOMPARE(shown.size(), 2U);
        QCOMPARE(shown[0].state, std::string("rejected"));
        QCOMPARE(shown[0].errors.size(), 1U);
        QCOMPARE(shown[0].errors[0].question, std::string("nino"));
        QCOMPARE(office.stage(), std::string("refused"));
        // Repaired, signed and submitted again, it goes again.
        office.answer("nino", "AB123457C");
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QCOMPARE(office.transfers().size(), 4U);
        QCOMPARE(office.stage(), std::string("sent"));

        // Accepted, it ends as any other: what was refused once does not keep it on the tablets.
        for (const auto& row : office.transfers()) {
            if (row.record.state == TransferState::Rejected) continue;
            WELL(office.step(row.record.id, TransferState::Sending));
            WELL(office.step(row.record.id, TransferState::Accepted, "REF-" + row.record.target));
        }
        QCOMPARE(office.stage(), std::string("accepted"));
        office.server.clock.advance(server::kEndedForGoodMs);
        WELL(office.server->maintain());
        const auto scope =
            office.server->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(office.crn); });
        QCOMPARE(scope.value()->scope, std::string());
    }

    void whatWasRefusedIsOvertakenWhereItIsAskedNoMore() {
        QTemporaryDir folder;
        Office office(folder);
        office.finish();
        const auto refused = [&](std::size_t at) { return office.transfers().at(at).record; };
        const auto first = office.blob;
        const auto signAndSend = [&] {
            office.sign();
            office.submit();
            WELL(office.tablet.push(*office.server));
            WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        };
        // A supplement is refused at both.
        const auto before = *decodeAnswer(office.state().value(answerPath("nino")));
        office.answer("nino", "AB123457C");
        signAndSend();
        QCOMPARE(office.transfers().size(), 4U);
        for (const auto at : {2U, 3U}) WELL(office.step(refused(at).id, TransferState::Rejected));
        QCOMPARE(office.stage(), std::string("refused"));
        QVERIFY(!refused(2).overtaken && !refused(3).overtaken);
        // A change that is not signed yet leaves that as it is.
        office.answer("surname", "Evans");
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.stage(), std::string("refused"));

        // Put back to what they accepted, nothing is asked of them.
        office.tablet.save(office.crn, answerPath("surname"),
                           encodeAnswer(decodeStatement(first.bytes)->facts.at("surname")));
        office.tablet.save(office.crn, answerPath("nino"), encodeAnswer(before));
        WELL(office.tablet.push(*office.server));
        QVERIFY(refused(2).overtaken && refused(3).overtaken);
        QCOMPARE(office.stage(), std::string("accepted"));
        WELL(office.tablet.pull(*office.server));
        for (const auto& view : transfersOf(office.tablet.state(office.crn)))
            QCOMPARE(view.overtaken, view.state == "rejected");

        // The refused version again: it is refused still.
        office.answer("nino", "AB123457C");
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.transfers().size(), 4U);
        QVERIFY(!refused(2).overtaken);
        QCOMPARE(office.stage(), std::string("refused"));
    }

    // Refused, changed and refused again, then put back: what stands signed is what they refused first.
    void whatStandsSignedAgainAfterItWasRefusedIsToBeCorrected() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        const auto signAndSend = [&] {
            office.sign();
            office.submit();
            WELL(office.tablet.push(*office.server));
            WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        };
        signAndSend();
        const auto before = *decodeAnswer(office.state().value(answerPath("nino")));
        const auto first = office.transfers().front().record.id;
        WELL(office.step(first, TransferState::Rejected));
        office.answer("nino", "AB123457C");
        signAndSend();
        const auto rows = office.transfers();
        const auto second = std::find_if(rows.begin(), rows.end(), [&](const TransferRow& row) {
                                return row.record.target == rows.front().record.target && row.record.id != first;
                            })->record.id;
        WELL(office.step(second, TransferState::Rejected));
        const auto record = [&](const std::string& id) { return *office.server->outbox().load(id); };
        QVERIFY(record(first).overtaken && !record(second).overtaken);

        office.tablet.save(office.crn, answerPath("nino"), encodeAnswer(before));
        WELL(office.tablet.push(*office.server));
        QVERIFY(!record(first).overtaken);
        QVERIFY(record(second).overtaken);
        QCOMPARE(office.stage(), std::string("refused"));
        WELL(office.tablet.pull(*office.server));
        const auto shown = transfersOf(office.tablet.state(office.crn));
        QCOMPARE(std::count_if(shown.begin(), shown.end(), isRefused), 1);
        // And the other version once more.
        office.answer("nino", "AB123457C");
        WELL(office.tablet.push(*office.server));
        QVERIFY(record(first).overtaken && !record(second).overtaken);
    }

    void whatATargetRefusedOfABenefitThatIsClaimedNoMoreIsOvertaken() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        for (const auto& row : office.transfers()) {
            WELL(office.step(row.record.id, TransferState::Sending));
            WELL(office.step(row.record.id,
                             row.record.target == "jsaps" ? TransferState::Rejected : TransferState::Accepted));
        }
        QCOMPARE(office.stage(), std::string("refused"));
        const auto signAnew = [&] {
            office.sign();
            WELL(office.tablet.push(*office.server));
            WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        };
        // A draft decides nothing: what was refused keeps the claim with the officer until somebody has signed.
        office.answer("benefits_claimed", "hb ctb");
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.stage(), std::string("refused"));
        signAnew();
        QVERIFY(office.stage() != "refused");
        // An edit of later, unsigned, does not bring it back.
        office.answer("surname", "Evans");
        WELL(office.tablet.push(*office.server));
        QVERIFY(office.stage() != "refused");
    }

    void whatATargetSaysIsKeptSoThatItCanBeRead() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        // Letters with their accents apart, and bytes that are no text: the ledger holds neither.
        auto record = office.transfers().front().record;
        record.state = TransferState::Rejected;
        record.errors = {{"E204", "nino", "Nid yw'r rhif ar ei chyfer hi: W\xCC\x82"}};
        record.reason = "\xFF no";
        WELL(office.server->outbox().save(record, {}));
        const auto views = transfersOf(office.state());
        const auto view =
            std::find_if(views.begin(), views.end(), [&](const auto& one) { return one.id == record.id; });
        QVERIFY(view != views.end());
        QCOMPARE(view->errors.front().message, std::string("Nid yw'r rhif ar ei chyfer hi: \xC5\xB4"));
        QCOMPARE(view->reason, std::string("? no"));
        WELL(office.tablet.pull(*office.server));
        QCOMPARE(transfersOf(office.tablet.state(office.crn)).size(), views.size());
    }

    void whatWasOvertakenOrWithdrawnIsNotSentAgain() {
        using Release = server::transfer_event::RepairReleased;
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        const auto first = office.transfers().front().record.id;
        const auto second = office.transfers().back().record.id;
        WELL(office.step(first, TransferState::Rejected));
        office.answer("nino", "AB123457C");
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(office.server->outbox().load(first)->overtaken);
        QCOMPARE(office.server->outbox().decide(first, Release{}, "operator").error().code, ErrorCode::Conflict);
        QCOMPARE(office.server->outbox().load(first)->state, TransferState::Rejected);

        const auto troubled =
            office.server->store().read([](const LedgerSnapshot& now) { return now.transfers().troubled(); });
        QVERIFY(troubled->empty());
        WELL(office.step(second, TransferState::Repair));
        // A page that shows what was so before decides nothing.
        QCOMPARE(office.server->outbox().decide(second, Release{}, "operator", TransferState::Unknown).error().code,
                 ErrorCode::Conflict);
        QCOMPARE(office.server->outbox().load(second)->state, TransferState::Repair);
        office.tablet.saveIntent(office.crn, Value::Map{{"intent", "withdraw"}, {"reason", "She has found work."}});
        WELL(office.tablet.push(*office.server));
        QCOMPARE(office.server->outbox().decide(second, Release{}, "operator").error().code, ErrorCode::Conflict);
        // That they have it can be said all the same.
        WELL(
            office.server->outbox().decide(second, Release{Release::Decision::TakeAsAccepted, "J-77", {}}, "operator"));
    }

    void whatAnEarlierProgramLeftUndecidedIsDecidedAtTheNextLook() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        const auto first = office.transfers().front().record.id;
        WELL(office.step(first, TransferState::Rejected));
        office.answer("nino", "AB123457C");
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        auto record = *office.server->outbox().load(first);
        QVERIFY(record.overtaken);
        record.overtaken = false;
        const Status before = office.server->store().write([&](server::LedgerTransaction& tx) -> Status {
            TRY(tx.transfers().update(record, office.server.clock.wallMs()));
            return tx.claims().putFoldVersion(server::kFoldVersion - 1);
        });
        WELL(before);
        WELL(server::rebuildWhenOlder(office.server->store()));
        WELL(office.server->maintain());
        QVERIFY(office.server->outbox().load(first)->overtaken);
    }

    void nobodyIsNeededForWhatAWithdrawalEnded() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        // One was refused; the other was tried and never reached its target.
        auto rows = office.transfers();
        WELL(office.step(rows[0].record.id, TransferState::Rejected));
        rows[1].record.attempts = {
            {1, server::TransferAttempt::Kind::Send, 1, 2, server::TransferAttempt::Outcome::NotTaken, {}}};
        WELL(office.server->outbox().save(rows[1].record, {}));
        office.tablet.saveIntent(office.crn, Value::Map{{"intent", "withdraw"}, {"reason", "She has found work."}});
        WELL(office.tablet.push(*office.server));
        for (const auto& row : office.transfers()) {
            QCOMPARE(row.record.state, TransferState::Rejected);
            QVERIFY(!needsPerson(row.record));
        }
    }

    void aWithdrawalDoesNotEndWhatMayHaveArrived_data() {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<bool>("ended");
        QTest::newRow("cut before an answer") << static_cast<int>(server::TransferAttempt::Outcome::NoAnswer) << false;
        QTest::newRow("never reached") << static_cast<int>(server::TransferAttempt::Outcome::NotTaken) << true;
    }
    void aWithdrawalDoesNotEndWhatMayHaveArrived() {
        QFETCH(int, outcome);
        QFETCH(bool, ended);
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        for (const auto& row : office.transfers()) {
            auto record = row.record;
            server::TransferAttempt attempt;
            attempt.number = 1;
            attempt.outcome = static_cast<server::TransferAttempt::Outcome>(outcome);
            record.attempts.push_back(attempt);
            WELL(office.server->outbox().save(record, {}));
        }
        office.tablet.saveIntent(office.crn, Value::Map{{"intent", "withdraw"}, {"reason", "the customer asked"}});
        WELL(office.tablet.push(*office.server));
        for (const auto& row : office.transfers()) {
            QVERIFY(row.record.state == (ended ? TransferState::Rejected : TransferState::Ready));
        }
    }

    void aWithdrawalStopsWhatWasNotSentAndIsRefusedAfterAnAcceptance() {
        QTemporaryDir folder;
        Office office(folder);
        office.proveAll();
        office.sign();
        office.submit();
        WELL(office.tablet.push(*office.server));
        WELL(office.tablet.upload(*office.server, office.crn, office.blob.bytes));
        office.tablet.saveIntent(office.crn, Value::Map{{"intent", "withdraw"}, {"reason", "found work"}});
        WELL(office.tablet.push(*office.server));
        for (const auto& row : office.transfers()) QVERIFY(row.record.state == TransferState::Rejected);
        const auto due = office.server->outbox().nextDue("jsaps", office.server.clock.wall, {});
        QVERIFY(due.has_value() && !due->has_value());

        QTemporaryDir other_folder;
        Office other(other_folder);
        other.finish();
        other.tablet.saveIntent(other.crn, Value::Map{{"intent", "withdraw"}, {"reason", "found work"}});
        WELL(other.tablet.push(*other.server));
        const auto answers = other.answers();
        const auto withdrawal =
            std::find_if(answers.begin(), answers.end(), [](const auto& one) { return one.kind == "withdraw"; });
        QVERIFY(withdrawal != answers.end() && !withdrawal->accepted);
    }

    void theDateOfFirstContactIsCorrectedWithAReason() {
        QTemporaryDir folder;
        Office office(folder);
        office.tablet.saveIntent(
            office.crn,
            Value::Map{{"intent", "correct_date"}, {"key", "first_contact"}, {"date", "2007-01-08"}, {"reason", ""}});
        office.tablet.saveIntent(
            office.crn,
            Value::Map{{"intent", "correct_date"}, {"key", "dob"}, {"date", "1970-01-08"}, {"reason", "typing"}});
        office.tablet.saveIntent(office.crn, Value::Map{{"intent", "correct_date"},
                                                        {"key", "first_contact"},
                                                        {"date", "2007-01-08"},
                                                        {"reason", "rang before"}});
        WELL(office.tablet.push(*office.server));
        const auto answers = office.answers();
        QCOMPARE(answers.size(), 3U);
        QCOMPARE(std::count_if(answers.begin(), answers.end(), [](const auto& one) { return one.accepted; }), 1);
        QCOMPARE(*office.state().value("a/first_contact").text(), std::string("2007-01-08"));
        QCOMPARE(*office.state().value("a/dob").text(), std::string("1971-03-27"));
    }

    // Two officers with no network: whoever comes second has not seen what the first was granted.
    void aDecisionThatItsOfficerHasNotSeenIsNotOverruled() {
        QTemporaryDir folder;
        Office office(folder);
        auto& tablet = office.tablet;
        FakeTablet other(office.server.clock, office.server.random, "Tablet 2");
        WELL(other.join(*office.server, "caernarfon", "Dewi Rees"));
        WELL(tablet.push(*office.server));
        WELL(other.pull(*office.server));
        const auto correct = [&](FakeTablet& by, const char* date, const std::set<ChangeSetId>& saw) {
            return by
                .saveIntent(office.crn, Value::Map{{"intent", "correct_date"},
                                                   {"key", "first_contact"},
                                                   {"date", date},
                                                   {"reason", "rang before"},
                                                   {"saw", encodeSaw(saw)}})
                .id();
        };
        const auto date = [&] { return *office.state().value("a/first_contact").text(); };
        const auto answerTo = [&](const ChangeSetId& id) {
            const auto all = office.answers();
            return *std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == toHex(id); });
        };
        // One's own, asked for before, is known.
        const auto first = correct(tablet, "2007-01-08", {});
        const auto second = correct(tablet, "2007-01-09", {first});
        const auto unseen = correct(other, "2007-01-05", {});
        WELL(tablet.push(*office.server));
        QVERIFY(answerTo(first).accepted && answerTo(second).accepted);
        WELL(other.push(*office.server));
        QVERIFY(!answerTo(unseen).accepted);
        QVERIFY(answerTo(unseen).reason.find("corrected this date meanwhile") != std::string::npos);
        QCOMPARE(date(), std::string("2007-01-09"));
        // They have looked, and ask again.
        WELL(other.pull(*office.server));
        const auto seen = correct(other, "2007-01-05", {first, second});
        WELL(other.push(*office.server));
        QVERIFY(answerTo(seen).accepted);
        QCOMPARE(date(), std::string("2007-01-05"));

        // A withdrawal does not end what a colleague has sent in meanwhile.
        const auto blind = other.saveIntent(
            office.crn, Value::Map{{"intent", "withdraw"}, {"reason", "She has found work."}, {"saw", encodeSaw({})}});
        WELL(tablet.pull(*office.server));
        office.proveAll();
        office.sign();
        office.submit();
        const auto submitted = tablet.chain().back().id();
        WELL(tablet.push(*office.server));
        WELL(tablet.upload(*office.server, office.crn, office.blob.bytes));
        QVERIFY(answerTo(submitted).accepted);
        WELL(other.push(*office.server));
        QVERIFY(!answerTo(blind.id()).accepted);
        const auto looked = other.saveIntent(
            office.crn,
            Value::Map{{"intent", "withdraw"}, {"reason", "She has found work."}, {"saw", encodeSaw({submitted})}});
        WELL(other.push(*office.server));
        QVERIFY(answerTo(looked.id()).accepted);
        QCOMPARE(office.stage(), std::string("withdrawn"));
    }

    void aDateThatStandsIsNotChangedByAnEdit_data() {
        QTest::addColumn<QString>("stands");
        QTest::addColumn<bool>("set_aside");
        QTest::newRow("a date of the past") << "2007-01-02" << true;
        QTest::newRow("today") << "2007-01-03" << true;
        QTest::newRow("a date to come") << "2071-01-02" << false;
        QTest::newRow("no date") << "31/02/2007" << false;
    }
    void aDateThatStandsIsNotChangedByAnEdit() {
        QFETCH(QString, stands);
        QFETCH(bool, set_aside);
        QTemporaryDir folder;
        Office office(folder);
        auto& tablet = office.tablet;
        const auto crn = tablet.beginClaim();
        tablet.save(crn, "a/first_contact", Value(stands.toStdString()));
        WELL(tablet.push(*office.server));
        const auto edit = tablet.save(crn, "a/first_contact", Value("2006-12-01"));
        tablet.save(crn, "a/surname", Value("Jones"));
        const auto reply = tablet.push(*office.server);
        WELL(reply);
        QCOMPARE(reply->results[0].notes.empty(), !set_aside);
        const auto state = [&] {
            return *decodeClaimState(office.server->store()
                                         .read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); })
                                         .value()
                                         ->state);
        };
        const auto now = set_aside ? stands.toStdString() : std::string("2006-12-01");
        QCOMPARE(*state().value("a/first_contact").text(), now);
        QCOMPARE(*state().value("a/surname").text(), std::string("Jones"));  // the rest goes on
        if (!set_aside) return;
        QCOMPARE(reply->results[0].notes[0].kind, NoteKind::Quarantined);
        QVERIFY(reply->results[0].notes[0].reason.find("protected") != std::string::npos);
        // A person cannot let it in either; refused, it is transparent to what builds on it.
        const auto boss = office.server->directory().addOfficer("Mair Parry", "caernarfon", "supervisor")->id;
        QCOMPARE(office.server->decisions().release(boss, edit.hash, "Let it be").error().code, ErrorCode::Conflict);
        WELL(office.server->decisions().refuse(boss, edit.hash, "Corrections need a reason"));
        tablet.saveIntent(crn, Value::Map{{"intent", "correct_date"},
                                          {"key", "first_contact"},
                                          {"date", "2006-12-24"},
                                          {"reason", "rang before"}});
        WELL(tablet.push(*office.server));
        QCOMPARE(*state().value("a/first_contact").text(), std::string("2006-12-24"));
        QVERIFY(state().conflicts().empty());
    }

    void twoDatesThatWereWrittenUnseenAreAConflictWhichACorrectionEnds() {
        QTemporaryDir folder;
        Office office(folder);
        FakeTablet other(office.server.clock, office.server.random, "Tablet 2");
        WELL(other.join(*office.server, "caernarfon", "Dewi Rees"));
        const auto crn = office.tablet.beginClaim();
        WELL(office.tablet.push(*office.server));
        WELL(other.pull(*office.server));
        office.tablet.save(crn, "a/first_contact", Value("2006-12-01"));
        other.save(crn, "a/first_contact", Value("2006-12-02"));
        WELL(office.tablet.push(*office.server));
        QVERIFY(other.push(*office.server)->results[0].notes.empty());
        WELL(other.pull(*office.server));
        QCOMPARE(other.state(crn).conflicts().size(), 1U);
        other.saveIntent(crn, Value::Map{{"intent", "correct_date"},
                                         {"key", "first_contact"},
                                         {"date", "2006-12-01"},
                                         {"reason", "her letter says so"}});
        WELL(other.push(*office.server));
        WELL(other.pull(*office.server));
        QVERIFY(other.state(crn).conflicts().empty());
        QCOMPARE(*other.state(crn).value("a/first_contact").text(), std::string("2006-12-01"));
    }

    void aFoldOfTheLedgerHoldsTheServersDecisionsToo() {
        QTemporaryDir folder;
        Office office(folder);
        office.finish();
        const auto claims = [&] {
            return office.server->store().read([](const LedgerSnapshot& now) { return now.claims().claims(); }).value();
        };
        const auto views = [&] {
            return office.server->store()
                .read([](const LedgerSnapshot& now) { return now.claims().claimViews({}, 10); })
                .value();
        };
        const auto claims_before = claims();
        const auto views_before = views();
        QCOMPARE(views_before.front().stage, std::string("accepted"));
        QCOMPARE(views_before.front().name_folded, std::string("GWEN SIOBHAN OBRIEN"));
        WELL(server::rebuildFolded(office.server->store()));
        QVERIFY(claims() == claims_before);
        QVERIFY(views() == views_before);
    }
};

QTEST_GUILESS_MAIN(ClaimWorkflowTest)
#include "tst_claim_workflow.moc"
