#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <algorithm>

#include "shared/domain/claim_answers.h"
#include "shared/domain/claim_review.h"
#include "shared/packfiles/packfiles.h"

using namespace fieldclaim;

namespace {

const Date kToday = *Date::parse("2007-01-15");

// One officer's claim, written change set by change set.
struct Claim {
    explicit Claim(std::shared_ptr<const FormPack> form_pack) : pack(std::move(form_pack)) {
        header.claim = "0000000000000";
    }

    void write(const std::string& path, Value value) {
        ++header.counter;
        const auto made = makeChangeSet(header, {{state.edit(path, std::move(value))}, std::nullopt}, ClaimKey{});
        header.previous = made.hash;
        QCOMPARE(state.apply(made), ApplyOutcome::Applied);
    }
    void answer(const std::string& key, const std::string& text) {
        write(answerPath(key), encodeAnswer({Answer::Kind::Given, text}));
    }
    void prove(const std::string& key, const std::string& level) {
        write(proofPath(key), encodeProof({key, level, "seen", "2007-01-15", {}, ""}));
    }
    ClaimReview review(Date today = kToday) const {
        return ClaimReview::of(pack, state, today, [this](const Hash& digest) -> std::shared_ptr<const Statement> {
            const auto found = statements.find(digest);
            return found == statements.end() ? nullptr : found->second;
        });
    }
    void sign(const std::string& part = "claimant") {
        Statement statement{
            "0000000000000", "working-age", Language::English, kToday.iso(), review().evaluation.declaredFacts(), {}};
        const auto blob = encodeStatement(statement);
        statements[blob.digest] = std::make_shared<Statement>(statement);
        Seal seal;
        seal.digest = blob.digest;
        seal.part = part;
        seal.method = "tablet";
        write(sealPath("seal-" + std::to_string(header.counter)), encodeSeal(seal));
    }
    bool has(ActionKind kind, const std::string& about = {}) const {
        const auto actions = review().actions;
        return std::any_of(actions.begin(), actions.end(),
                           [&](const Action& a) { return a.kind == kind && (about.empty() || a.about == about); });
    }

    std::shared_ptr<const FormPack> pack;
    ClaimState state;
    ChangeSetHeader header;
    std::map<Hash, std::shared_ptr<const Statement>> statements;
};

}  // namespace

class TestClaimReview : public QObject {
    Q_OBJECT

    std::shared_ptr<const FormPack> m_pack;

    Claim gwen() const {
        Claim claim(m_pack);
        QFile file(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
        if (!file.open(QIODevice::ReadOnly)) qFatal("no customer");
        const auto answers = QJsonDocument::fromJson(file.readAll()).object();
        for (auto at = answers.begin(); at != answers.end(); ++at) {
            const auto key = at.key().toStdString();
            if (at.value().toString().isEmpty() || key == "copy_given") continue;
            const auto* question = m_pack->find(key.substr(key.find('/') + 1));
            claim.answer(key.starts_with("capital/") ? "capital/0190/" + key.substr(8) : key,
                         normaliseAnswer(*question, at.value().toString().toStdString()));
        }
        return claim;
    }

private slots:
    void initTestCase() {
        const auto files = readPackFolder(FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age");
        QVERIFY(files.has_value());
        const auto pack = FormPack::load(*files);
        QVERIFY2(pack.has_value(), pack ? "" : describe(pack.error()).c_str());
        m_pack = *pack;
    }

    void a_refusal_is_an_action_on_the_question_that_it_names() {
        auto claim = gwen();
        claim.sign();
        TransferView refused{"t1", "jsaps", "claim", "rejected", "", "", "The target refused it: E204.", {}, 0};
        refused.errors = {{"E204", "nino", "Not the number of this customer."}};
        claim.write(transferPath("t1"), encodeTransfer(refused));
        QVERIFY(claim.has(ActionKind::TransferRefused, "nino"));
        QVERIFY2(!claim.has(ActionKind::TransferRefused, "t1"), "the question says it all");
        const auto actions = claim.review().actions;
        const auto said = std::find_if(actions.begin(), actions.end(),
                                       [](const auto& action) { return action.kind == ActionKind::TransferRefused; });
        QVERIFY(said->text.english.starts_with("JSAPS refused: "));
        QVERIFY(said->text.english.ends_with("Not the number of this customer."));
        QVERIFY(said->text.welsh.starts_with("JSAPS: gwrthodwyd: "));
        // Where it names none, or none that is asked, the transfer itself is what to look at.
        refused.errors = {{"E302", "mort_lender", "No such lender."}};
        claim.write(transferPath("t1"), encodeTransfer(refused));
        QVERIFY(claim.has(ActionKind::TransferRefused, "t1"));
        // Of what was signed anew since, and of what the server says is overtaken, nothing is to be done.
        refused.digest = toHex(claim.review().seal->digest);
        claim.write(transferPath("t1"), encodeTransfer(refused));
        QVERIFY(claim.has(ActionKind::TransferRefused, "t1"));
        refused.digest = toHex(Hash{});
        claim.write(transferPath("t1"), encodeTransfer(refused));
        QVERIFY(!claim.has(ActionKind::TransferRefused));
        refused.digest.clear();
        refused.overtaken = true;
        claim.write(transferPath("t1"), encodeTransfer(refused));
        QVERIFY(!claim.has(ActionKind::TransferRefused));
    }

    void what_waits_for_the_office_is_said_and_is_nobody_elses_to_correct() {
        auto claim = gwen();
        claim.sign();
        TransferView view{"t1", "jsaps", "claim", "repair", "", "", "8 tries came to nothing.", {}, 0};
        view.errors = {{"E204", "nino", "Not the number of this customer."}};
        claim.write(transferPath("t1"), encodeTransfer(view));
        QVERIFY(claim.has(ActionKind::WithOffice, "t1"));
        QVERIFY(!claim.has(ActionKind::TransferRefused));
        const auto actions = claim.review().actions;
        const auto said = std::find_if(actions.begin(), actions.end(),
                                       [](const auto& action) { return action.kind == ActionKind::WithOffice; });
        QCOMPARE(said->text.english, std::string("JSAPS: the office is looking at it. 8 tries came to nothing."));
        QVERIFY(!said->blocking);
    }

    void what_the_server_does_not_take_in_is_to_be_signed_again() {
        auto claim = gwen();
        claim.sign();
        const auto digest = toBytes(claim.review().seal->digest);
        const auto answered = [&](const char* id, bool accepted, const Bytes& statement, std::string_view kind) {
            claim.write("intent/" + std::string(id),
                        encodeIntentAnswer({{}, std::string(kind), accepted, accepted ? "" : "Not so.", statement}));
        };
        answered("a0", false, Bytes(32, 7), kIntentSubmit);
        QVERIFY2(!claim.review().submit_refused, "it was another statement");
        answered("a1", false, digest, kIntentSubmit);
        QVERIFY(claim.review().submit_refused.has_value());
        QVERIFY(claim.has(ActionKind::SubmitRefused));

        // An answer that changed since is what is to be signed.
        claim.answer("surname", "Evans");
        QVERIFY(!claim.review().submit_refused && !claim.has(ActionKind::SubmitRefused));
        claim.answer("surname", "O'Brien");
        QVERIFY(claim.review().submit_refused.has_value());

        // A colleague sent it in first: nothing is left to do.
        answered("a2", true, digest, kIntentSubmit);
        QVERIFY(claim.review().submitted && !claim.review().submit_refused);
        QVERIFY(!claim.has(ActionKind::SubmitRefused));
    }

    void what_has_nothing_to_declare_is_not_signed_by_the_pack_alone() {
        auto claim = gwen();
        QVERIFY(claim.review().evaluation.isDeclared() && claim.has(ActionKind::Sign));
        claim.answer("benefits_claimed", "bb ca");
        QVERIFY(!claim.review().evaluation.isDeclared() && !claim.has(ActionKind::Sign));
        // The same two benefits in a pack that has them declared are signed.
        auto files = readPackFolder(FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age").value();
        files["declarations.csv"] += "form_sent,1,${c_bb} = 'yes',The form was arranged.,Trefnwyd y ffurflen.\n";
        const auto declared = FormPack::load(files);
        QVERIFY2(declared.has_value(), declared ? "" : describe(declared.error()).c_str());
        claim.pack = *declared;
        QVERIFY(claim.review().evaluation.isDeclared() && claim.has(ActionKind::Sign));
    }

    void an_empty_claim_says_what_is_missing_and_nothing_is_signed() {
        const Claim claim(m_pack);
        QVERIFY(claim.has(ActionKind::Missing, "claim_type"));
        QVERIFY(claim.review().seal_state == SealState::None);
    }

    void a_whole_claim_lacks_only_its_proofs_and_the_signature() {
        const auto claim = gwen();
        for (const auto& action : claim.review().actions) {
            QVERIFY2(action.kind == ActionKind::Proof || action.kind == ActionKind::Sign, action.text.english.c_str());
        }
        QVERIFY(claim.has(ActionKind::Proof, "identity"));
        QVERIFY(claim.has(ActionKind::Sign));
    }

    void a_proof_counts_from_its_lowest_level() {
        auto claim = gwen();
        claim.prove("identity", "copy");
        QVERIFY(claim.has(ActionKind::Proof, "identity"));
        claim.prove("identity", "original");
        QVERIFY(!claim.has(ActionKind::Proof, "identity"));
    }

    void a_proof_that_is_not_available_is_an_action_that_says_so() {
        auto claim = gwen();
        const auto text = [&] {
            for (const auto& action : claim.review().actions) {
                if (action.kind == ActionKind::Proof && action.about == "identity") return action.text.english;
            }
            return std::string();
        };
        QCOMPARE(text(), std::string("Proof needed: Who the customer is"));
        ProofRecord lost;
        lost.key = "identity";
        lost.unavailable = "Lost; a new one is ordered";
        claim.write(proofPath("identity"), encodeProof(lost));
        QCOMPARE(text(), std::string("Proof not available yet: Who the customer is"));
    }

    void H55_the_seal_holds_while_every_declared_fact_stands() {
        auto claim = gwen();
        claim.sign();
        QVERIFY(claim.review().seal_state == SealState::Valid);
        // Signed today, proof brought next week: the seal still holds, and today() stays the day of the signature.
        claim.prove("identity", "original");
        claim.answer("copy_given", "print");
        const auto later = claim.review(*Date::parse("2007-01-29"));
        QVERIFY(later.seal_state == SealState::Valid);
        QVERIFY(later.evaluation.today() == kToday);
        // An edited fact voids it visibly; the same value again does not.
        claim.answer("rent_amount", "82.50");
        QVERIFY(claim.review().seal_state == SealState::Valid);
        claim.answer("rent_amount", "85.00");
        QVERIFY(claim.review().seal_state == SealState::Void);
        QCOMPARE(claim.review().changed_facts, std::vector<std::string>{"rent_amount"});
        QVERIFY(claim.has(ActionKind::SignAgain));
        claim.sign();
        QVERIFY(claim.review().seal_state == SealState::Valid);
    }

    void a_fact_added_taken_away_or_in_conflict_voids_the_seal() {
        auto added = gwen();
        added.sign();
        added.answer("anything_else", "Moving in March");
        QVERIFY(added.review().seal_state == SealState::Void);

        auto gone = gwen();
        gone.sign();
        gone.write("a/phone", Value());
        QVERIFY(gone.review().seal_state == SealState::Void);

        auto differs = gwen();
        differs.sign();
        ChangeSetHeader other = differs.header;
        other.author.bytes.fill(9);
        differs.state.apply(makeChangeSet(other, {{{"a/surname", "Evans", {}}}, std::nullopt}, ClaimKey{}));
        QVERIFY(differs.review().seal_state == SealState::Void);
        QVERIFY(differs.has(ActionKind::Conflict, "surname"));
        QVERIFY(differs.review().hasConflictOnDeclared());
    }

    void an_answer_that_is_not_asked_does_not_void_the_seal() {
        auto claim = gwen();
        claim.sign();
        claim.answer("partner_hours", "12");
        QVERIFY(claim.review().seal_state == SealState::Valid);
    }

    void a_statement_that_is_not_here_is_unknown_and_never_valid() {
        auto claim = gwen();
        claim.sign();
        claim.statements.clear();
        QVERIFY(claim.review().seal_state == SealState::Unknown);
    }

    void what_is_not_known_or_refused_is_an_action_that_does_not_block() {
        auto claim = gwen();
        claim.write("a/landlord", encodeAnswer({Answer::Kind::NotKnown, "asks on Friday"}));
        const auto actions = claim.review().actions;
        const auto found = std::find_if(actions.begin(), actions.end(),
                                        [](const Action& a) { return a.kind == ActionKind::NotKnown; });
        QVERIFY(found != actions.end());
        QVERIFY(!found->blocking);
    }

    void blockers_of_one_benefit_do_not_hold_another() {
        auto claim = gwen();
        claim.write("a/landlord", Value());
        const auto blocks = [&](const char* benefit) {
            const auto found = claim.review().blockers({benefit});
            return std::any_of(found.begin(), found.end(), [](const Action& a) { return a.about == "landlord"; });
        };
        QVERIFY(blocks("LA"));
        QVERIFY(!blocks("JSA_IB"));
    }
};

QTEST_GUILESS_MAIN(TestClaimReview)
#include "tst_claim_review.moc"
