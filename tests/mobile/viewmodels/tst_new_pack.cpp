#include <QSignalSpy>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/viewmodels/words.h"
#include "shared/crypto/crypto.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "tests/support/forms/claim_sketch.h"
#include "tests/support/session/session_kit.h"

// A new form pack arrives while claims are being written (hazards H27, H55): nothing is lost, and nothing changes under
// the officer's hand.

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const QString kStrokes = QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]");

/// The pack's lines, changed one by one; `change` gives what stands in a line's place.
template <typename Change>
void eachLine(std::string& file, const Change& change) {
    auto lines = QString::fromStdString(file).split(QLatin1Char('\n'));
    for (auto& line : lines) line = change(line);
    file = lines.join(QLatin1Char('\n')).toStdString();
}

/// The mission's pack a year later: one question gone, one answered otherwise, one choice gone, one question new.
PackFiles laterPack(const char* version = "2007.12.20-1") {
    auto files = missionFiles();
    eachLine(files["settings.csv"], [&](const QString& line) {
        return line.startsWith(QStringLiteral("Working-age"))
                   ? QStringLiteral("Working-age benefits,working-age,%1,English (en),benefits_claimed,claim_from")
                         .arg(QLatin1String(version))
                   : line;
    });
    eachLine(files["survey.csv"], [](const QString& line) {
        if (line.startsWith(QStringLiteral("text,other_names,"))) return QString();
        if (line.startsWith(QStringLiteral("text,safe_contact,")))
            return QString(line).replace(0, 4, QStringLiteral("select_one yes_no_ydy"));
        if (!line.startsWith(QStringLiteral("select_one channel,"))) return line;
        return line +
               QStringLiteral(
                   "\nselect_one yes_no_ydy,told_before,Have you told us before?,A ydych wedi dweud wrthym o'r "
                   "blaen?,,,,yes,,,,,told-before,contact-and-needs,first_contact,,yes,,IS JSA_IB JSA_CB IB LA CA "
                   "BB,,test");
    });
    eachLine(files["choices.csv"], [](const QString& line) {
        return line.startsWith(QStringLiteral("channel,home_visit,")) ? QString() : line;
    });
    eachLine(files["proofs.csv"],
             [](const QString& line) { return line.startsWith(QStringLiteral("name_change,")) ? QString() : line; });
    return files;
}

PackFiles presentPack(const char* version) {
    auto files = missionFiles();
    eachLine(files["settings.csv"], [&](const QString& line) {
        return QString(line).replace(QString::fromStdString(missionPack()->version()), QLatin1String(version));
    });
    return files;
}

/// As the sync engine does: the pack lies in the vault, and then word of it comes.
void arrive(SessionKit& kit, const PackFiles& files) {
    const auto loaded = FormPack::load(files);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
    VaultSyncStore store(*kit.session().vault());
    const auto archive = encodeArchive(files);
    QVERIFY(store.packReceived({(*loaded)->id(), (*loaded)->version(), sha256(archive)}, archive).has_value());
    emit kit.sync().packArrived(QStringLiteral("working-age"));
    kit.waitForLoop();
}

void save(SessionKit& kit, const char* key, const char* text) {
    QVERIFY(kit.session().openCase()->save(key, {Answer::Kind::Given, text}));
}

/// title -> answer of the list "Look again".
QMap<QString, QString> lookedAt(SessionKit& kit) {
    QMap<QString, QString> out;
    auto& list = *kit.session().claim()->lookAgain();
    for (int row = 0; row < list.count(); ++row)
        out.insert(list.value(row, "lookKey").toString(), list.value(row, "answer").toString());
    return out;
}

QString statusOf(SessionKit& kit, const char* section) {
    auto& tasks = *kit.session().claim()->tasks();
    return tasks.value(tasks.rowOf(QLatin1String(section)), "status").toString();
}

}  // namespace

class NewPackTest : public QObject {
    Q_OBJECT

    /// A draft that stands on what the later pack changes. Its claim number.
    static QString draft(SessionKit& kit) {
        kit.session().newClaim();
        save(kit, "claim_type", "new");
        save(kit, "channel", "home_visit");
        save(kit, "safe_contact", "Not on Fridays");
        save(kit, "other_names", "Pritchard");
        save(kit, "surname", "O'Brien");
        return words::qt(kit.session().openCase()->crn());
    }

private slots:
    void H27_a_draft_moves_to_the_new_pack_and_says_what_to_look_at_again() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto crn = draft(kit);
        QVERIFY(lookedAt(kit).isEmpty());
        const auto before = kit.session().openCase()->claim().state.registers().size();
        kit.session().goToday();
        kit.waitForLoop();
        arrive(kit, laterPack());
        QCOMPARE(kit.session().settings()->packVersion(), QStringLiteral("2007.12.20-1"));
        kit.session().openClaim(crn);
        const auto list = lookedAt(kit);
        QCOMPARE(list.size(), 4);
        QCOMPARE(list.value(QStringLiteral("other_names")), QStringLiteral("Pritchard"));
        QCOMPARE(list.value(QStringLiteral("safe_contact")), QStringLiteral("Not on Fridays"));
        // In the words of the pack that it was chosen from.
        QCOMPARE(list.value(QStringLiteral("channel")), QStringLiteral("At the customer's home"));
        QVERIFY(list.contains(QStringLiteral("told_before")));
        QCOMPARE(statusOf(kit, "contact-and-needs"), QStringLiteral("lookAgain"));
        // Kept aside: in no fact, and nothing was written.
        const auto& claim = kit.session().openCase()->claim();
        const auto facts = claim.review.evaluation.declaredFacts();
        for (const char* key : {"other_names", "safe_contact", "channel"}) QVERIFY(!facts.contains(key));
        QVERIFY(facts.contains("surname"));
        QCOMPARE(claim.state.registers().size(), before);
        QCOMPARE(*claim.state.value("a/other_names").text(), std::string("Pritchard"));
        // Beside the question, too; and answered as it is asked now, it is off the list.
        kit.session().openPage(QStringLiteral("how-claim-taken"));
        auto& page = *kit.session().question();
        QCOMPARE(page.questions()->value(0, "warnings").toStringList(),
                 QStringList{QStringLiteral("The earlier answer was: At the customer's home")});
        QCOMPARE(page.questions()->value(0, "badge").toString(), QStringLiteral("Look again"));
        QCOMPARE(page.questions()->value(0, "value").toString(), QString());
        page.answer(QStringLiteral("channel"), QStringLiteral("outreach"));
        QVERIFY(!lookedAt(kit).contains(QStringLiteral("channel")));
        QVERIFY(page.questions()->value(0, "warnings").toStringList().isEmpty());
    }

    void H27_a_claim_that_is_open_keeps_its_questions_until_it_is_left() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto crn = draft(kit);
        kit.session().openPage(QStringLiteral("how-claim-taken"));
        auto& page = *kit.session().question();
        page.editing(QStringLiteral("channel"));
        arrive(kit, laterPack());
        QVERIFY(kit.session().notice().contains(QStringLiteral("keeps its own")));
        QCOMPARE(kit.session().question(), &page);
        QCOMPARE(page.questions()->value(0, "choices").toList().size(), 6);
        QVERIFY(kit.session().claim()->questionsChanged());
        page.answer(QStringLiteral("channel"), QStringLiteral("partner_org"));
        page.answer(QStringLiteral("channel"), QStringLiteral("home_visit"));
        QCOMPARE(page.note(), QStringLiteral("Saved on this tablet"));
        // Its saves name the pack that it is asked with; other claims are asked the new questions at once.
        const auto changes = kit.session().vault()->changeSets(words::utf8(crn));
        QCOMPARE(changes->back().change_set.header.pack, missionPack()->name());
        const auto other = *kit.session().casework()->beginClaim();
        QVERIFY(kit.session().casework()->open(other)->review.evaluation.find("told_before") != nullptr);
        // Left and opened again.
        kit.session().goToday();
        kit.session().openClaim(crn);
        QVERIFY(!kit.session().claim()->questionsChanged());
        QVERIFY(lookedAt(kit).contains(QStringLiteral("channel")));
    }

    void H27_or_until_the_officer_says_so() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        draft(kit);
        kit.session().goClaim();
        arrive(kit, laterPack());
        QVERIFY(kit.session().claim()->questionsChanged());
        QVERIFY(lookedAt(kit).isEmpty());
        QSignalSpy leaving(&kit.session(), &TabletSession::leaving);
        kit.session().useNewQuestions();
        QVERIFY(leaving.count() > 0);  // what is typed is handed over first
        QCOMPARE(kit.session().page(), QStringLiteral("claim"));
        QVERIFY(!kit.session().claim()->questionsChanged());
        QCOMPARE(lookedAt(kit).size(), 4);
        kit.waitForLoop();
        QCOMPARE(lookedAt(kit).size(), 4);
    }

    void H27_nothing_is_lost_from_one_pack_to_the_next_and_back() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        const auto crn = draft(kit);
        const auto before = answersOf(kit.session().openCase()->claim().state);
        for (const auto& files :
             {laterPack(), presentPack("2007.12.20-2"), laterPack("2007.12.20-3"), presentPack("2007.12.20-4")}) {
            kit.session().goToday();
            kit.waitForLoop();
            arrive(kit, files);
            kit.session().openClaim(crn);
            const auto& claim = kit.session().openCase()->claim();
            QVERIFY(answersOf(claim.state).answers == before.answers);
            for (const auto& [key, answer] : before.answers) {
                const auto& read = claim.review.answers.answers;
                const auto& aside = claim.review.aside;
                const auto found = read.find(key);
                const bool is_aside = std::any_of(aside.begin(), aside.end(), [&](const KeptAside& each) {
                    return each.key == key && each.answer == answer;
                });
                QVERIFY2(is_aside || (found != read.end() && found->second == answer), key.c_str());
            }
        }
        QVERIFY(lookedAt(kit).isEmpty());
        QVERIFY(kit.session().openCase()->answer("other_names") != nullptr);
    }

    void H55_a_signature_holds_under_a_new_pack_until_a_fact_is_edited() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        // Not the pack of the app: one that came and was replaced, so that only the vault has it.
        arrive(kit, presentPack("2007.01.01-1"));
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        const auto crn = words::qt(kit.session().openCase()->crn());
        kit.session().goCheck();
        kit.session().checkAnswers()->confirm();
        for (const auto& line : kit.session().declaration()->lines()->records())
            kit.session().declaration()->setRead(line[0].toString(), true);
        QVERIFY2(kit.session().declaration()->sign(kStrokes), qPrintable(kit.session().declaration()->error()));
        QVERIFY(kit.session().claim()->isSigned());
        arrive(kit, laterPack());
        QVERIFY(!kit.session().claim()->questionsChanged());
        kit.kill();
        QVERIFY(kit.unlock());
        kit.session().goToday();
        kit.session().openClaim(crn);
        QVERIFY(kit.session().claim()->isSigned());
        QCOMPARE(kit.session().claim()->questionsToGo(), 0);
        QVERIFY(lookedAt(kit).isEmpty());
        // Edited, it is void, and asks the new questions once it is left.
        save(kit, "surname", "Price");
        QVERIFY(!kit.session().claim()->isSigned());
        QVERIFY(kit.session().claim()->questionsChanged());
        kit.session().goToday();
        kit.session().openClaim(crn);
        QVERIFY(lookedAt(kit).contains(QStringLiteral("told_before")));
        QVERIFY(kit.session().claim()->questionsToGo() > 0);
    }

    void H55_a_signature_with_a_pack_that_never_came_here_is_judged_by_its_answers() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        kit.session().newClaim();
        QVERIFY(completeAsGwen(kit.session()) > 0);
        const auto& open = kit.session().openCase()->claim();
        auto signed_one = draftStatement(open.review, open.crn, {}, "working-age/elsewhere", Language::English);
        const auto seal = [&](const ClaimReview& review) { return review.seal_state; };
        auto state = open.state;
        Seal given;
        given.id = "018f0000-0000-7000-8000-000000000001";
        given.digest = encodeStatement(signed_one).digest;
        given.signer = "Gwen";
        const auto review = [&](const ClaimState& at) {
            return ClaimReview::of(
                *FormPack::load(laterPack()), at, Date::parse("2007-01-15").value(),
                [&](const Hash&) { return std::make_shared<const Statement>(signed_one); },
                [](const std::string&) { return nullptr; });
        };
        const auto with = [&](const ClaimState& at, const std::string& path, const Value& value) {
            auto out = at;
            ChangeSetHeader header;
            header.claim = open.crn;
            header.counter = ++m_counter;
            const auto made = makeChangeSet(header, {{at.edit(path, value)}, std::nullopt}, ClaimKey{});
            if (out.apply(made) != ApplyOutcome::Applied) qFatal("not applied");
            return out;
        };
        state = with(state, sealPath(given.id), encodeSeal(given));
        QCOMPARE(seal(review(state)), SealState::Valid);
        QCOMPARE(seal(review(with(state, "a/surname", "Price"))), SealState::Void);
    }

    void lists_are_made_anew_with_the_new_pack() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        draft(kit);
        kit.session().goToday();
        kit.waitForLoop();
        const auto toGo = [&] { return kit.session().casework()->claims()->front().to_go; };
        const int before = toGo();
        arrive(kit, laterPack());
        QTRY_COMPARE(toGo(), before + 2);  // the new question, and the choice that is gone
        QCOMPARE(kit.session().casework()->claims()->front().pack, std::string("working-age/2007.12.20-1"));
    }

private:
    std::uint64_t m_counter = 0;
};

QTEST_GUILESS_MAIN(NewPackTest)
#include "tst_new_pack.moc"
