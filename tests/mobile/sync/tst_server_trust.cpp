#include <QTest>

#include "mobile/sync/server_trust.h"
#include "shared/crypto/certificates.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

constexpr std::int64_t kNow = 1'168'852'323'000;

CertificateAuthority made() {
    SystemRandom random;
    return CertificateAuthority::create(kNow, random).value();
}

SyncIdentity trusting(const CertificateAuthority& pinned, const CertificateAuthority* next = nullptr) {
    SyncIdentity out;
    out.ca_pem = pinned.certificatePem();
    if (next != nullptr) out.next_ca_pem = next->certificatePem();
    return out;
}

HelloReply naming(const std::string& pem, const CertificateAuthority& by) {
    HelloReply out;
    out.next_authority = VouchedAuthority{pem, by.sign(nextAuthorityMessage(pem))};
    return out;
}

}  // namespace

/// What the engine's tests do not show: the order in which authorities follow each other.
class tst_ServerTrust : public QObject {
    Q_OBJECT

    CertificateAuthority m_first = made();
    CertificateAuthority m_second = made();
    CertificateAuthority m_third = made();

private slots:
    void the_pinned_authority_names_the_one_that_follows_it() {
        const auto hello = naming(m_second.certificatePem(), m_first);
        const auto learned = learnAuthority(trusting(m_first), hello);
        QVERIFY(learned == (TrustedAuthorities{m_first.certificatePem(), m_second.certificatePem()}));
        QVERIFY(!learnAuthority(trusting(m_first, &m_second), hello));
        QVERIFY(!learnAuthority(trusting(m_first), HelloReply()));
    }
    void its_successor_names_a_third_and_the_first_ones_time_is_over() {
        const auto hello = naming(m_third.certificatePem(), m_second);
        const auto learned = learnAuthority(trusting(m_first, &m_second), hello);
        QVERIFY(learned == (TrustedAuthorities{m_second.certificatePem(), m_third.certificatePem()}));
    }
    void a_successor_that_was_made_again_takes_the_place_of_the_one_before() {
        const auto learned = learnAuthority(trusting(m_first, &m_second), naming(m_third.certificatePem(), m_first));
        QVERIFY(learned == (TrustedAuthorities{m_first.certificatePem(), m_third.certificatePem()}));
    }
    void nobody_else_names_one() {
        QVERIFY(!learnAuthority(trusting(m_first), naming(m_third.certificatePem(), m_second)));
        QVERIFY(!learnAuthority(trusting(m_first), naming(m_second.certificatePem(), m_second)));
        QVERIFY(!learnAuthority(SyncIdentity(), naming(m_second.certificatePem(), m_first)));
        auto moved = naming(m_second.certificatePem(), m_first);
        moved.next_authority->certificate_pem = m_third.certificatePem();
        QVERIFY(!learnAuthority(trusting(m_first), moved));
        // A signature over the same bytes for another purpose.
        moved.next_authority->certificate_pem = m_second.certificatePem();
        moved.next_authority->signature = m_first.sign(asBytes(m_second.certificatePem()));
        QVERIFY(!learnAuthority(trusting(m_first), moved));
    }
    void only_an_authoritys_certificate_is_one() {
        SystemRandom random;
        const auto server = m_second.issueServer({"a.example"}, kNow, random).value();
        for (const auto& pem :
             {server.certificate_pem, std::string("rubbish"), m_second.certificatePem() + m_third.certificatePem()})
            QVERIFY(!learnAuthority(trusting(m_first), naming(pem, m_first)));
    }
};

QTEST_GUILESS_MAIN(tst_ServerTrust)
#include "tst_server_trust.moc"
