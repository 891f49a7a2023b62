#include "tests/support/net/net_tablet.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include "shared/domain/records.h"

namespace fieldclaim::test {

using tablet::MemorySyncStore;

NetTablet::NetTablet(NetServer& server, std::uint16_t port, std::uint64_t seed, const std::string& site)
    : m_random(seed), m_site(site) {
    const auto device_key = KeyPair::make(m_random);
    const auto author_key = KeyPair::make(m_random);
    const auto code = EnrolmentCode::parse(server->enrolment().makeCode(site).value()).value();
    EnrolRequest request{code.secret, device_key.public_key, "Tablet", {}};
    request.proof = signEd25519(device_key.secret, enrolMessage(request.secret, request.device_key));
    tablet::SyncIdentity identity;
    identity.device = server->enrolment().enrol(request).value().device;
    identity.device_secret = device_key.secret;
    identity.ca_key_hash = server->sessions().caKeyHash();
    identity.app = "net-tablet/1";
    identity.ca_pem = server->keys().ca.certificatePem();
    const auto officer = server->directory().addOfficer("Carys Hughes", site, "assessor").value();
    const tablet::UnregisteredAuthor author{Uuid::make(m_clock, m_random), officer.id, officer.code,
                                            author_key.public_key};
    store = std::make_unique<MemorySyncStore>(identity, author, author_key);
    driver = std::make_unique<tablet::QtSyncDriver>(*store, m_clock, m_random, server.url(port), server.caPem());
}

std::string NetTablet::beginClaim() {
    const auto crn = Crn::make(m_random);
    ClaimKey key{};
    m_random.fill(key.data(), key.size());
    store->save(crn, {{Edit{std::string(kSitePath), Value(m_site), {}}}, std::nullopt}, m_clock.wallMs(), key);
    return crn;
}

void NetTablet::answer(const std::string& crn, const std::string& question, const std::string& value) {
    store->save(crn, {{store->state(crn).edit(question, Value(value))}, std::nullopt}, m_clock.wallMs());
}

Hash NetTablet::keepImage(const std::string& crn, std::size_t size) {
    Bytes bytes(size);
    m_random.fill(bytes.data(), bytes.size());
    const auto name = sha256(bytes);
    store->saveBlob(crn, std::move(bytes));
    return name;
}

std::vector<ChangeSetId> NetTablet::saved() const {
    std::vector<ChangeSetId> out;
    for (const auto& own : store->own()) out.push_back(own.change_set.id());
    return out;
}

bool NetTablet::isAllSent() const {
    const auto counts = store->counts().value();
    return counts.saved == counts.acknowledged && counts.blobs_waiting == 0;
}

bool NetTablet::settle(int milliseconds) {
    QElapsedTimer timer;
    timer.start();
    QTimer look_again;
    look_again.start(20);
    while (timer.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (isAllSent() && driver->idle()) return true;
    }
    return false;
}

}  // namespace fieldclaim::test
