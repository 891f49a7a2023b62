#include <QTemporaryDir>
#include <QTest>

#include "mobile/casework/casework.h"
#include "mobile/storage/vault_sync_store.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/vault/vault_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

/// Of several chunks, and like no other seed's.
Bytes picture(std::uint8_t seed, std::size_t size = 600'000) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + i / 251 + seed);
    return out;
}

ProofFile pageOf(const std::string& proof) {
    ProofFile file;
    file.proof = proof;
    file.type = "image/jpeg";
    return file;
}

}  // namespace

class ProofFilesTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = SetClock();
        open();
        m_crn = *m_casework->beginClaim();
    }
    void cleanup() {
        m_casework.reset();
        m_vault.reset();
    }

    void pagesStayInTheOrderInWhichTheyWereTaken() {
        for (std::uint8_t i = 0; i < 3; ++i) {
            QVERIFY(m_casework->addFile(m_crn, pageOf("payslips"), picture(i)).has_value());
            m_clock.advance(1'000);
        }
        reopen();
        const auto files = filesNow();
        QCOMPARE(files.size(), 3U);
        for (std::uint8_t i = 0; i < 3; ++i) {
            QCOMPARE(files[i].proof, std::string("payslips"));
            QCOMPARE(files[i].type, std::string("image/jpeg"));
            QCOMPARE(files[i].size, 600'000);
            QCOMPARE(files[i].officer, m_vault->officer().id);
            QVERIFY(*m_casework->fileBytes(files[i].digest) == picture(i));
        }
        QCOMPARE(m_vault->totals()->blobs_waiting, 3U);
    }

    void aSecondTapKeepsOnePage() {
        const auto first = m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        const auto again = m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        QCOMPARE(again->id, first->id);
        QCOMPARE(filesNow().size(), 1U);
    }

    void onePaperCanProveTwoThings() {
        QVERIFY(m_casework->addFile(m_crn, pageOf("nino_proof"), picture(1)).has_value());
        QVERIFY(m_casework->addFile(m_crn, pageOf("payslips"), picture(1)).has_value());
        QCOMPARE(filesNow().size(), 2U);
        QCOMPARE(m_vault->totals()->blobs_waiting, 1U);
        // One of the two pages goes; the bytes are the other's too.
        QVERIFY(m_casework->removeFile(m_crn, filesNow()[0].id).has_value());
        QVERIFY(m_casework->dropRemoved(m_crn, filesNow()[0].digest).has_value());
        QVERIFY(m_casework->fileBytes(filesNow()[0].digest).has_value());
        QCOMPARE(m_vault->totals()->blobs_waiting, 1U);
    }

    void aPageTakenAwayComesBackAsItWas() {
        const auto page = *m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        QVERIFY(m_casework->removeFile(m_crn, page.id).has_value());
        QVERIFY(filesNow().empty());
        QVERIFY(m_casework->restoreFile(m_crn, page).has_value());
        QCOMPARE(filesNow(), std::vector<ProofFile>{page});
        QVERIFY(*m_casework->fileBytes(page.digest) == picture(1));
    }

    void aPageTakenAwayForGoodIsNotSent() {
        const auto page = *m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        const auto other = *m_casework->addFile(m_crn, pageOf("identity"), picture(2));
        QVERIFY(m_casework->dropRemoved(m_crn, page.digest).has_value());
        QVERIFY2(m_casework->fileBytes(page.digest).has_value(), "bytes of a page that stands went");
        QVERIFY(m_casework->removeFile(m_crn, page.id).has_value());
        QVERIFY(m_casework->dropRemoved(m_crn, page.digest).has_value());
        QCOMPARE(m_casework->fileBytes(page.digest).error().code, ErrorCode::NotFound);
        QCOMPARE(m_vault->totals()->blobs_waiting, 1U);
        QVERIFY(m_casework->fileBytes(other.digest).has_value());
    }

    void theBytesOfAnotherClaimsPageStay() {
        const auto second = *m_casework->beginClaim();
        const auto page = *m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        QVERIFY(m_casework->addFile(second, pageOf("identity"), picture(1)).has_value());
        QVERIFY(m_casework->removeFile(m_crn, page.id).has_value());
        QVERIFY(m_casework->dropRemoved(m_crn, page.digest).has_value());
        QVERIFY(m_casework->fileBytes(page.digest).has_value());
        QCOMPARE(m_vault->totals()->blobs_waiting, 1U);
    }

    void whatIsTooLargeOrEmptyIsRefusedAndNothingIsSaved() {
        QCOMPARE(m_casework->addFile(m_crn, pageOf("identity"), Bytes(kMostFileBytes + 1)).error().code,
                 ErrorCode::TooLarge);
        QCOMPARE(m_casework->addFile(m_crn, pageOf("identity"), Bytes()).error().code, ErrorCode::BadInput);
        QVERIFY(filesNow().empty());
    }

    void aFileOfTheFirstHeadlessTabletIsReadStill() {
        const auto bytes = picture(9, 100);
        const auto digest = sha256(bytes);
        const Value value(Value::Map{{"name", "letter.txt"}, {"proof", "identity"}, {"size", std::int64_t{100}}});
        const auto state = *m_vault->claimState(m_crn);
        QVERIFY(m_vault
                    ->save({m_crn,
                            {{state.edit(filePath(toHex(digest)), value)}, std::nullopt},
                            "working-age/1",
                            std::nullopt,
                            {},
                            {bytes}})
                    .has_value());
        reopen();
        QCOMPARE(filesNow().size(), 1U);
        QVERIFY(filesNow()[0].digest == digest);
        QCOMPARE(filesNow()[0].name, std::string("letter.txt"));
    }

    void theOriginalsReturnIsKept() {
        ProofRecord proof;
        proof.key = "identity";
        proof.level = "original";
        proof.what = "Current passport";
        QVERIFY(m_casework->saveProof(m_crn, proof).has_value());
        QVERIFY(!proofOf(m_casework->open(m_crn)->state, "identity")->returned);
        proof.returned = true;
        QVERIFY(m_casework->saveProof(m_crn, proof).has_value());
        QVERIFY(proofOf(m_casework->open(m_crn)->state, "identity")->returned);
    }

    void theHistoryTellsOfPages() {
        const auto page = *m_casework->addFile(m_crn, pageOf("identity"), picture(1));
        QVERIFY(m_casework->removeFile(m_crn, page.id).has_value());
        const auto english = *m_casework->history(m_crn);
        QCOMPARE(english[english.size() - 2].text, std::string("Picture added: Who the customer is"));
        QCOMPARE(english.back().text, std::string("A picture was taken away"));
        QCOMPARE(m_casework->history(m_crn, {}, Language::Welsh)->back().text, std::string("Tynnwyd llun yn ôl"));
    }

private:
    void open() {
        m_vault = testVault(m_folder->path().toStdString(), m_clock, m_random);
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
    }
    /// As after a start of the app.
    void reopen() {
        const auto officer = m_vault->officer().id;
        m_casework.reset();
        m_vault.reset();
        m_vault = *Vault::open(m_folder->path().toStdString(), m_clock, m_random, quickOptions());
        QVERIFY(m_vault->unlock(officer, kPassphrase).has_value());
        m_casework = std::make_unique<Casework>(*m_vault, m_clock, m_random, missionPack());
    }
    std::vector<ProofFile> filesNow() { return proofFilesOf(m_casework->open(m_crn)->state); }

    std::unique_ptr<QTemporaryDir> m_folder;
    SetClock m_clock;
    SeededRandom m_random;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<Casework> m_casework;
    std::string m_crn;
};

QTEST_GUILESS_MAIN(ProofFilesTest)
#include "tst_proof_files.moc"
