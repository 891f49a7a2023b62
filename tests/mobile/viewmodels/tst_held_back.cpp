#include <QAbstractItemModelTester>
#include <QTest>

#include "mobile/storage/vault_sync_store.h"
#include "mobile/viewmodels/words.h"
#include "shared/merge/decision.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

const std::string kReason = "This claim belongs to another site. The work is kept until a supervisor releases it.";

/// Gwen's claim, every question answered; the server has all of it, and the save of her surname is not applied.
class Held {
public:
    explicit Held(NoteKind kind) {
        if (!kit.unlock()) qFatal("not unlocked");
        kit.session().newClaim();
        completeAsGwen(kit.session());
        VaultSyncStore store(*kit.session().vault());
        must(store.authorRegistered(store.unregisteredAuthors()->front().author));
        for (auto outbox = store.outbox(1U << 20U); outbox->change_sets > 0; outbox = store.outbox(1U << 20U)) {
            keys.insert(outbox->keys.begin(), outbox->keys.end());
            PushReply reply;
            for (const auto& segment : outbox->segments) {
                SegmentResult result{segment.author, segment.incarnation, PushOutcome::Received, 0, {}, {}};
                for (const auto& bytes : segment.change_sets) {
                    const auto change_set = *decodeChangeSet(bytes);
                    result.through = change_set.header.counter;
                    if (change_set.payload.edits.empty() || change_set.payload.edits[0].path != "a/surname") continue;
                    result.notes.push_back({change_set.header.counter, kind, kReason});
                    surname = change_set.id();
                }
                reply.results.push_back(std::move(result));
            }
            must(store.pushReceived(*outbox, reply));
        }
        crn = kit.session().vault()->claims()->front().crn;
    }
    /// A supervisor refuses the surname, and the tablet hears of it.
    void refuse(const std::string& reason) {
        VaultSyncStore store(*kit.session().vault());
        ChangeSetHeader header;
        header.author.bytes[0] = 9;
        header.incarnation = 1;
        header.counter = 1;
        header.claim = crn;
        header.pack = "server";
        const Decision decision{Decision::Kind::Refuse, {}, reason, {{}}};
        const auto made = makeChangeSet(
            header, {{Edit{decisionPath(surname), encodeDecision(decision), {}}}, std::nullopt}, keys.at(crn));
        PullReply reply;
        reply.rows.push_back({"site/llanrwst", 1, crn, {encodeChangeSet(made)}});
        reply.cursors["site/llanrwst"] = 1;
        must(store.pullReceived(reply));
    }
    QString held(const char* role) { return kit.session().claim()->held()->value(0, role).toString(); }
    QVariant checked(const char* role) {
        kit.session().goCheck();
        auto* rows = kit.session().checkAnswers()->rows();
        return rows->value(rows->rowOf(QStringLiteral("surname")), role);
    }

    SessionKit kit;
    ClaimKeys keys;
    ChangeSetId surname{};
    std::string crn;

private:
    template <typename T>
    static void must(const T& result) {
        if (!result) qFatal("%s", result.error().detail.c_str());
    }
};

}  // namespace

/// What the server has and has not applied is said to the officer who wrote it, with its reason (rule 6).
class HeldBackTest : public QObject {
    Q_OBJECT

private slots:
    void what_was_set_aside_stays_on_the_screen_marked_with_its_reason() {
        Held world(NoteKind::Quarantined);
        auto& session = world.kit.session();
        session.goClaim();
        QAbstractItemModelTester tester(session.claim()->held(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(session.claim()->held()->count(), 1);
        QCOMPARE(world.held("title"), QStringLiteral("The server set 1 change aside"));
        QCOMPARE(world.held("tone"), QStringLiteral("red"));
        QVERIFY2(world.held("text").startsWith(words::qt(kReason)), qPrintable(world.held("text")));

        QCOMPARE(world.checked("value").toString(), QStringLiteral("O'Brien"));
        QCOMPARE(world.checked("mark").toString(), QStringLiteral("Set aside by the server"));
        QCOMPARE(world.checked("markTone").toString(), QStringLiteral("red"));
        session.openPage(world.checked("formPage").toString());
        const auto* questions = session.question()->questions();
        const auto row = questions->rowOf(QStringLiteral("surname"));
        QCOMPARE(questions->value(row, "badge").toString(), QStringLiteral("Set aside by the server"));
        QCOMPARE(questions->value(row, "badgeTone").toString(), QStringLiteral("red"));

        session.goSending();
        const auto badges = session.sending()->claims()->value(0, "badges").toList();
        QCOMPARE(badges.front().toMap()[QStringLiteral("text")].toString(), QStringLiteral("Kept, not applied"));
        const auto detail = session.sending()->claims()->value(0, "detail").toString();
        QVERIFY2(detail.endsWith(QLatin1Char('\n') + words::qt(kReason)), qPrintable(detail));
    }

    void an_answer_that_was_written_anew_is_no_longer_marked() {
        Held world(NoteKind::Quarantined);
        auto& session = world.kit.session();
        session.openPage(world.checked("formPage").toString());
        session.question()->answer(QStringLiteral("surname"), QStringLiteral("Evans"));
        const auto* questions = session.question()->questions();
        QVERIFY(questions->value(questions->rowOf(QStringLiteral("surname")), "badge").toString().isEmpty());
        session.goClaim();
        QCOMPARE(world.held("title"), QStringLiteral("The server set a save aside"));
    }

    void what_waits_on_the_server_is_said_to_wait_there() {
        Held world(NoteKind::Parked);
        auto& session = world.kit.session();
        session.goClaim();
        QCOMPARE(world.held("title"), QStringLiteral("1 change waits on the server"));
        QCOMPARE(world.held("tone"), QStringLiteral("amber"));
        QCOMPARE(world.checked("mark").toString(), QStringLiteral("Waiting on the server"));
        session.goSending();
        const auto badges = session.sending()->claims()->value(0, "badges").toList();
        QCOMPARE(badges.front().toMap()[QStringLiteral("text")].toString(), QStringLiteral("On the server, waiting"));
        QVERIFY(session.sending()->claims()->value(0, "detail").toString().endsWith(words::qt(kReason)));
    }

    void what_a_supervisor_refused_is_told_and_no_longer_shown() {
        Held world(NoteKind::Quarantined);
        world.refuse("It is about another person");
        auto& session = world.kit.session();
        session.goClaim();
        QCOMPARE(session.claim()->held()->count(), 1);
        QCOMPARE(world.held("title"), QStringLiteral("A supervisor refused 1 change"));
        QVERIFY(world.held("text").startsWith(QStringLiteral("It is about another person. It no longer counts")));
        QVERIFY(world.checked("mark").toString().isEmpty());
        QVERIFY(world.checked("value").toString() != QStringLiteral("O'Brien"));
        session.goSending();
        QStringList said;
        for (const auto& badge : session.sending()->claims()->value(0, "badges").toList())
            said.append(badge.toMap()[QStringLiteral("text")].toString());
        QVERIFY2(said.contains(QStringLiteral("A supervisor refused 1 save: It is about another person")),
                 qPrintable(said.join(u'|')));
    }

    void H24_a_claim_that_leaves_while_it_is_open_is_said_to_have_left() {
        Held world(NoteKind::Parked);
        auto& session = world.kit.session();
        session.openPage(world.checked("formPage").toString());
        VaultSyncStore store(*session.vault());
        PullReply reply;
        reply.purge = {{world.crn, PurgeKind::Hold, 5}};
        QVERIFY(store.pullReceived(reply));
        session.question()->answer(QStringLiteral("surname"), QStringLiteral("Evans"));
        QVERIFY(session.question()->note().startsWith(QStringLiteral("This claim has left this tablet")));
        reply.purge = {{world.crn, PurgeKind::Drop, 5}};
        const auto uploads = store.uploads();
        for (const auto& upload : *uploads) QVERIFY(store.uploaded(upload.key()));
        QVERIFY(store.pullReceived(reply));
        QTRY_COMPARE(session.page(), QStringLiteral("today"));
        QVERIFY(session.notice().startsWith(QStringLiteral("This claim has left this tablet")));
    }

    void the_choice_about_photos_is_kept_and_followed() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        QVERIFY(!kit.sync().wifi_only);
        kit.session().settings()->setWifiOnly(true);
        QVERIFY(kit.sync().wifi_only);
        kit.kill();
        QVERIFY(kit.unlock());
        QVERIFY(kit.session().settings()->isWifiOnly());
        QVERIFY(kit.sync().wifi_only);
        auto standing = kit.sync().standing;
        standing.phase = SyncPhase::UpToDate;
        standing.images_held = true;
        kit.sync().tell(standing);
        QCOMPARE(kit.session().sending()->phase(), QStringLiteral("Photos wait for Wi-Fi. Everything else is sent"));
    }

    void a_pack_that_nothing_vouches_for_is_said_with_whom_to_call() {
        SessionKit kit;
        QVERIFY(kit.unlock());
        auto standing = kit.sync().standing;
        standing.phase = SyncPhase::UpToDate;
        standing.pack_refused = true;
        kit.sync().tell(standing);
        QCOMPARE(kit.session().sending()->phase(),
                 QStringLiteral("The server's form pack is not signed as it should be and was not taken. What is here "
                                "stays in use: call support"));
        QCOMPARE(kit.session().sending()->phaseTone(), QStringLiteral("amber"));
    }
};

QTEST_GUILESS_MAIN(HeldBackTest)
#include "tst_held_back.moc"
