#include <QTest>

#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "shared/domain/statement.h"
#include "shared/wire/cbor.h"

using namespace fieldclaim;

namespace {

ClaimState stateWith(const std::string& path, Value value) {
    ChangeSetHeader header;
    header.counter = 1;
    header.claim = "0000000000000";
    ClaimState state;
    state.apply(makeChangeSet(header, {{{path, std::move(value), {}}}, std::nullopt}, ClaimKey{}));
    return state;
}

}  // namespace

class TestRecords : public QObject {
    Q_OBJECT

private slots:
    void answers_come_back_given_not_known_and_refused() {
        for (const auto& answer :
             {Answer{Answer::Kind::Given, "Siân"}, Answer{Answer::Kind::NotKnown, "asks her mother"},
              Answer{Answer::Kind::Refused, ""}}) {
            QVERIFY(decodeAnswer(encodeAnswer(answer)) == answer);
        }
        QVERIFY(!decodeAnswer(Value()));
    }

    void H27_a_value_of_unknown_form_is_kept_verbatim() {
        const Value::Map later{{"geo", Value::List{1, 2}}};
        const auto state = stateWith("a/place", later);
        QVERIFY(state.value("a/place") == Value(later));
        QVERIFY(answersOf(state).answers.contains("place"));
    }

    void records_come_back_as_they_were() {
        ProofRecord proof{"identity", "original", "UK passport", "2007-01-15", {}, ""};
        proof.officer.bytes.fill(4);
        QVERIFY(proofOf(stateWith(proofPath("identity"), encodeProof(proof)), "identity") == proof);

        TransferView transfer{"7f", "jsaps", "claim", "rejected", "ab", "", "Surname", {{"E204", "surname", "differs"}},
                              12};
        QVERIFY(transfersOf(stateWith(transferPath("7f"), encodeTransfer(transfer))) == std::vector{transfer});
        transfer.overtaken = true;
        QVERIFY(transfersOf(stateWith(transferPath("7f"), encodeTransfer(transfer))) == std::vector{transfer});

        Seal seal;
        seal.id = "9c";
        seal.digest.fill(3);
        seal.signer = "Gwen O'Brien";
        seal.part = "claimant";
        seal.role = "self";
        seal.method = "tablet";
        seal.strokes = {1, 2, 3};
        seal.device_time = 77;
        const auto author = KeyPair::fromSecret(Hash{5});
        seal.signature = signEd25519(author.secret, sealMessage(seal));
        const auto back = sealsOf(stateWith(sealPath("9c"), encodeSeal(seal)));
        QVERIFY(back == std::vector{seal});
        QVERIFY(verifyEd25519(author.public_key, sealMessage(back[0]), back[0].signature));
        auto other = back[0];
        other.signer = "Someone else";
        QVERIFY(!verifyEd25519(author.public_key, sealMessage(other), other.signature));
    }

    void a_statement_has_the_same_bytes_and_digest_each_time() {
        Statement statement{"0000000000000",
                            "working-age/1",
                            Language::Welsh,
                            "2007-01-15",
                            {{"nino", {Answer::Kind::Given, "AB123456C"}}, {"phone", {Answer::Kind::Refused, "x"}}},
                            {{"section", "About you", ""}, {"answer", "NI number", "AB 12 34 56 C"}}};
        const auto blob = encodeStatement(statement);
        QCOMPARE(encodeStatement(statement).bytes, blob.bytes);
        QCOMPARE(blob.digest, sha256(blob.bytes));
        const auto back = decodeStatement(blob.bytes);
        QVERIFY(back.has_value());
        QVERIFY(*back == statement);
        statement.facts["nino"].text = "AB123456D";
        QVERIFY(encodeStatement(statement).digest != blob.digest);
        QVERIFY(!decodeStatement(ByteView(blob.bytes).first(20)));
    }

    void a_statement_that_says_more_than_is_read_is_none() {
        const auto blob = encodeStatement({"0000000000000", "working-age/1", Language::English, "2007-01-15", {}, {}});
        const auto value = decodeCbor(blob.bytes);
        for (const auto& [key, said] : std::map<std::string, Value>{{"also", "what nobody sees"}, {"language", "fr"}}) {
            auto list = *value->list();
            (*list[1].map())[key] = said;
            const auto read = decodeStatement(encodeCbor(Value(std::move(list))));
            QVERIFY2(!read, key.c_str());
            QCOMPARE(read.error().code, ErrorCode::BadInput);
        }
    }

    void only_the_server_writes_decisions() {
        QVERIFY(isServerPath("transfer/7f"));
        QVERIFY(isServerPath("intent/7f"));
        QVERIFY(!isServerPath("a/transfer"));
        QVERIFY(!isServerPath("proof/intent"));
    }
};

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
