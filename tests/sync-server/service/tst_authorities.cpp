#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

#include "sync-server/service/authorities.h"
#include "sync-server/service/server_keys.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::test;
using server::Authorities;
using server::makeNextAuthority;
using server::ServerKeys;
using server::switchAuthority;
namespace fs = std::filesystem;

#define WELL(expression)                                                                             \
    do {                                                                                             \
        const auto well_result = (expression);                                                       \
        QVERIFY2(well_result.has_value(), well_result ? "" : describe(well_result.error()).c_str()); \
    } while (false)

namespace {

constexpr std::int64_t kNow = 1'168'852'323'000;
constexpr std::int64_t kYearMs = std::int64_t{365} * 24 * 3'600 * 1'000;

}  // namespace

class AuthoritiesTest : public QObject {
    Q_OBJECT

    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path folder() const { return m_folder->path().toStdString(); }
    Authorities load() { return Authorities::loadOrMake(folder(), kNow, m_random).value(); }
    static std::string pemOf(const std::optional<CertificateAuthority>& authority) {
        return authority ? authority->certificatePem() : std::string();
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void theNextAuthorityLiesBesideThePresentOneForTheServerAlone() {
        const auto first = load();
        QVERIFY(!first.next && first.previous_pem.empty());
        QCOMPARE(first.acceptedKeyHashes().size(), 1U);
        WELL(makeNextAuthority(folder(), kNow, m_random));
        const auto both = load();
        QCOMPARE(both.present.certificatePem(), first.present.certificatePem());
        QVERIFY(both.next && pemOf(both.next) != first.present.certificatePem());
        QCOMPARE(both.acceptedKeyHashes(),
                 (std::vector<Hash>{first.present.publicKeyHash(), both.next->publicKeyHash()}));
        for (const char* name : {"ca.pem", "ca.key", "ca-next.pem", "ca-next.key"})
            QCOMPARE(fs::status(folder() / name).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        // Tablets may have heard of it: it is not replaced by chance.
        QCOMPARE(makeNextAuthority(folder(), kNow, m_random).error().code, ErrorCode::Conflict);
        QCOMPARE(pemOf(load().next), pemOf(both.next));
    }

    void aSwitchTakesTheNextAndKeepsTheOneBefore() {
        QCOMPARE(switchAuthority(folder()).error().code, ErrorCode::NotFound);
        const auto first = load();
        QCOMPARE(switchAuthority(folder()).error().code, ErrorCode::NotFound);
        WELL(makeNextAuthority(folder(), kNow, m_random));
        const auto next = load().next;
        WELL(switchAuthority(folder()));
        const auto after = load();
        QCOMPARE(after.present.certificatePem(), pemOf(next));
        QCOMPARE(after.previous_pem, first.present.certificatePem());
        QVERIFY(!after.next);
        QCOMPARE(after.acceptedKeyHashes(), (std::vector<Hash>{next->publicKeyHash(), first.present.publicKeyHash()}));
        QCOMPARE(fs::status(folder() / "ca-previous.key").permissions(),
                 fs::perms::owner_read | fs::perms::owner_write);
        QVERIFY(!fs::exists(folder() / "ca-next.pem") && !fs::exists(folder() / "ca-next.key"));
    }

    void aSwitchThatWasCutIsFinished_data() {
        QTest::addColumn<int>("step");
        for (int step = 0; step < 5; ++step) QTest::newRow(std::to_string(step).c_str()) << step;
    }
    // The files as they are after each of its steps on what was there before.
    void aSwitchThatWasCutIsFinished() {
        QFETCH(int, step);
        const auto first = load();
        WELL(makeNextAuthority(folder(), kNow, m_random));
        const auto next = load().next;
        QTemporaryDir done;
        const fs::path whole = done.path().toStdString();
        fs::copy(folder(), whole, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        WELL(switchAuthority(whole));
        const auto over = fs::copy_options::overwrite_existing;
        if (step > 0) fs::copy_file(whole / "ca-previous.key", folder() / "ca-previous.key", over);
        if (step > 0) fs::copy_file(whole / "ca-previous.pem", folder() / "ca-previous.pem", over);
        if (step > 1) fs::copy_file(whole / "ca.key", folder() / "ca.key", over);
        if (step > 2) fs::copy_file(whole / "ca.pem", folder() / "ca.pem", over);
        if (step > 3) fs::remove(folder() / "ca-next.pem");
        const auto found = load();
        if (step < 2) {
            QCOMPARE(found.present.certificatePem(), first.present.certificatePem());
            WELL(switchAuthority(folder()));
        }
        const auto after = load();
        QCOMPARE(after.present.certificatePem(), pemOf(next));
        QCOMPARE(after.previous_pem, first.present.certificatePem());
        QVERIFY(!after.next && !fs::exists(folder() / "ca-next.key"));
    }

    void aCertificateWithoutItsKeyIsDamage() {
        static_cast<void>(load());
        WELL(makeNextAuthority(folder(), kNow, m_random));
        fs::remove(folder() / "ca-next.key");
        const auto found = Authorities::loadOrMake(folder(), kNow, m_random);
        QVERIFY(!found.has_value());
        QCOMPARE(found.error().code, ErrorCode::Damaged);
    }

    void theServerWarnsInTheLastYearOfAnAuthorityWithoutASuccessor() {
        const auto keys = [this] { return ServerKeys::loadOrMake(folder(), kNow, m_random).value(); };
        QVERIFY(!keys().authorityWarning(kNow));
        QVERIFY(!keys().authorityWarning(kNow + 9 * kYearMs));
        QVERIFY(keys().authorityWarning(kNow + 9 * kYearMs + 3 * kYearMs / 365));
        QVERIFY(keys().authorityWarning(kNow + 11 * kYearMs));
        WELL(makeNextAuthority(folder(), kNow, m_random));
        QVERIFY(!keys().authorityWarning(kNow + 11 * kYearMs));
    }

    void tabletsSignUnderAnyAuthorityThatTheServerHas() {
        server::Server::Options options;
        options.data = folder();
        options.inline_writer = true;
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto first = server->keys().ca;
        const auto session = [&](const Hash& ca_key_hash) {
            SessionRequest ask;
            ask.device = tablet.device();
            const auto nonce = server->sessions().open(ask)->nonce;
            return server->sessions().open(tablet.answerNonce(nonce, ca_key_hash)).has_value();
        };
        QVERIFY(!tablet.hello(*server)->next_authority);
        WELL(makeNextAuthority(folder(), kNow, m_random));
        server.restart();
        const auto next = *server->keys().next_ca;
        QVERIFY(session(first.publicKeyHash()));
        QVERIFY(session(next.publicKeyHash()));
        QVERIFY(!session(Hash{1}));
        QVERIFY(server->sessions().caKeyHash() == first.publicKeyHash());
        WELL(tablet.signIn(*server));
        const auto named = tablet.hello(*server)->next_authority;
        QVERIFY(named && named->certificate_pem == next.certificatePem());
        QVERIFY(
            verifyByAuthority(first.certificatePem(), nextAuthorityMessage(named->certificate_pem), named->signature));

        WELL(switchAuthority(folder()));
        server.restart();
        QVERIFY(session(first.publicKeyHash()));
        QVERIFY(session(next.publicKeyHash()));
        // What is enrolled now is enrolled under the one that serves now.
        const auto code = EnrolmentCode::parse(server->enrolment().makeCode("caernarfon").value()).value();
        QVERIFY(std::ranges::equal(code.ca_key_hash, ByteView(next.publicKeyHash()).first(16)));
        WELL(tablet.signIn(*server));
        const auto hello = tablet.hello(*server);
        QVERIFY(!hello->next_authority);
        QVERIFY(verifyByAuthority(next.certificatePem(), packsKeyMessage(hello->packs_key->key),
                                  hello->packs_key->signature));
        // Two switches later, an authority is forgotten.
        WELL(makeNextAuthority(folder(), kNow, m_random));
        WELL(switchAuthority(folder()));
        server.restart();
        QVERIFY(!session(first.publicKeyHash()));
        QVERIFY(session(next.publicKeyHash()));
    }

    void anOfficersKeyAndTheVaultsAreRegisteredUnderThePreviousAuthority() {
        server::Server::Options options;
        options.data = folder();
        options.inline_writer = true;
        TestServer server(options);
        FakeTablet tablet(server.clock, server.random);
        WELL(tablet.join(*server));
        const auto first = server->keys().ca.publicKeyHash();
        WELL(makeNextAuthority(folder(), kNow, m_random));
        WELL(switchAuthority(folder()));
        server.restart();
        const auto officer = server->directory().addOfficer("Mair Hughes", "caernarfon", "assessor").value();
        const auto store = KeyPair::make(server.random);
        const auto key = KeyPair::make(server.random);
        const auto author = Uuid::make(server.clock, server.random);
        SessionRequest ask;
        ask.device = tablet.device();
        const auto nonce = server->sessions().open(ask)->nonce;
        auto request = tablet.answerNonce(nonce, first);
        request.store_key = store.public_key;
        request.store_signature = signEd25519(store.secret, storeMessage(tablet.device(), nonce, first));
        request.authors = {{author, officer.id, officer.code, key.public_key,
                            signEd25519(key.secret, authorMessage(author, officer.id, nonce, first))}};
        const auto reply = server->sessions().open(request);
        WELL(reply);
        QVERIFY(reply->refused.empty() && !reply->token.empty());
    }
};

QTEST_GUILESS_MAIN(AuthoritiesTest)
#include "tst_authorities.moc"
