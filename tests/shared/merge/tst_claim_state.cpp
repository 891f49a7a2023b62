#include <rapidcheck.h>

#include <QTest>
#include <algorithm>
#include <map>
#include <random>

#include "shared/merge/claim_state.h"

using namespace fieldclaim;

namespace {

// An officer on one tablet, with a copy of the claim of their own.
struct Writer {
    explicit Writer(std::uint8_t number) { author.bytes.fill(number); }

    ChangeSet write(std::vector<Edit> edits) {
        ChangeSetHeader header;
        header.author = author;
        header.incarnation = 1;
        header.counter = ++counter;
        header.previous = previous;
        header.claim = "0000000000000";
        auto made = makeChangeSet(header, {std::move(edits), std::nullopt}, ClaimKey{});
        previous = made.hash;
        state.apply(made);
        return made;
    }
    ChangeSet set(const std::string& path, Value value) { return write({state.edit(path, std::move(value))}); }
    ChangeSet remove(const std::string& path) { return write({state.removal(path)}); }

    Uuid author;
    std::uint64_t counter = 0;
    Hash previous{};
    ClaimState state;
};

// Applies in any order, waiting ones again until nothing moves: what a store with a park does.
ClaimState fold(std::vector<ChangeSet> change_sets) {
    ClaimState state;
    bool moved = true;
    while (moved) {
        moved = false;
        for (const auto& one : change_sets) moved |= state.apply(one) == ApplyOutcome::Applied;
    }
    return state;
}

std::vector<std::string> values(const ClaimState& state, std::string_view path) {
    std::vector<std::string> out;
    if (const auto* reg = state.find(path)) {
        for (const auto& sibling : reg->siblings()) out.push_back(sibling.value.isNull() ? "-" : *sibling.value.text());
    }
    std::sort(out.begin(), out.end());
    return out;
}

using Strings = std::vector<std::string>;

std::vector<std::vector<EditId>> namesOf(const ChangeSet& change_set) {
    std::vector<std::vector<EditId>> out;
    for (const auto& edit : change_set.payload.edits) out.push_back(edit.replaces);
    return out;
}

// The server's decision about a change set, as it stands in the ledger.
ChangeSet decide(Writer& server, const ChangeSet& about, Decision::Kind kind) {
    Decision decision{kind, Uuid{}, "seen by a supervisor", {}};
    if (kind == Decision::Kind::Refuse) decision.names = namesOf(about);
    return server.set(decisionPath(about.id()), encodeDecision(decision));
}

// A run of a few officers who write, remove and now and then see each other's work.
struct Run {
    std::vector<ChangeSet> change_sets;
    // The independent model: (path, value) of each edit, and which edits have been replaced by which.
    struct Written {
        EditId id;
        std::string path;
        Value value;
    };
    std::vector<Written> written;
    std::set<EditId> replaced;
};

Run generatedRun() {
    std::vector<Writer> writers{Writer(1), Writer(2), Writer(3)};
    Run run;
    const int steps = *rc::gen::inRange(1, 30);
    for (int i = 0; i < steps; ++i) {
        auto& writer = writers[*rc::gen::inRange<std::size_t>(0, writers.size())];
        const int what = *rc::gen::inRange(0, 10);
        if (what < 3 && !run.change_sets.empty()) {
            for (const auto& one : run.change_sets) writer.state.apply(one);
            continue;
        }
        const std::string job = "a/job/" + std::to_string(*rc::gen::inRange(1, 3));
        const auto text = std::to_string(*rc::gen::inRange(0, 3));
        const auto made = what == 3  ? writer.remove(job)
                          : what < 6 ? writer.set(job + "/jb_net", text)
                          : what == 6
                              ? writer.write({writer.state.edit("a/nino", text), writer.state.edit("a/dob", text)})
                          : what == 7 ? writer.set("a/nino", Value())
                                      : writer.set("a/nino", text);
        for (std::size_t n = 0; n < made.payload.edits.size(); ++n) {
            const auto& edit = made.payload.edits[n];
            run.written.push_back({made.editId(n), edit.path, edit.value});
            run.replaced.insert(edit.replaces.begin(), edit.replaces.end());
        }
        run.change_sets.push_back(made);
    }
    return run;
}

}  // namespace

class TestClaimState : public QObject {
    Q_OBJECT

private slots:
    void an_edit_replaces_what_its_writer_saw() {
        Writer sian(1);
        sian.set("a/nino", "one");
        sian.set("a/nino", "two");
        QCOMPARE(values(sian.state, "a/nino"), Strings({"two"}));
        QVERIFY(sian.state.conflicts().empty());
    }

    void two_officers_who_did_not_see_each_other_are_in_conflict_until_a_person_chooses() {
        Writer sian(1);
        Writer tomos(2);
        const auto one = sian.set("a/nino", "one");
        const auto two = tomos.set("a/nino", "two");
        sian.state.apply(two);
        tomos.state.apply(one);
        QVERIFY(sian.state == tomos.state);
        QCOMPARE(values(sian.state, "a/nino"), Strings({"one", "two"}));
        QCOMPARE(sian.state.conflicts(), Strings({"a/nino"}));
        const auto chosen = sian.set("a/nino", "two");
        tomos.state.apply(chosen);
        QCOMPARE(values(tomos.state, "a/nino"), Strings({"two"}));
        QVERIFY(tomos.state.conflicts().empty());
    }

    void H30_the_same_value_twice_is_no_conflict_and_one_edit_replaces_both() {
        Writer sian(1);
        Writer tomos(2);
        sian.state.apply(tomos.set("a/dob", "1971-03-27"));
        Writer other(3);
        sian.state.apply(other.set("a/dob", "1971-03-27"));
        QVERIFY(sian.state.conflicts().empty());
        sian.set("a/dob", "1971-03-28");
        QCOMPARE(values(sian.state, "a/dob"), Strings({"1971-03-28"}));
    }

    void H31_one_takes_away_and_the_other_edits() {
        Writer sian(1);
        Writer tomos(2);
        tomos.state.apply(sian.set("a/phone", "01632 960000"));
        const auto gone = sian.set("a/phone", Value());
        const auto changed = tomos.set("a/phone", "01632 960001");
        const auto both = fold({gone, changed});
        QVERIFY(both.registers().empty());  // neither applies before what it names is here
        sian.state.apply(changed);
        QCOMPARE(values(sian.state, "a/phone"), Strings({"-", "01632 960001"}));
        QCOMPARE(sian.state.conflicts(), Strings({"a/phone"}));
    }

    void H53_a_removed_job_in_which_another_writes_is_one_question() {
        Writer sian(1);
        Writer tomos(2);
        tomos.state.apply(sian.set("a/job/7f/jb_employer", "Eryri Cafe"));
        tomos.state.apply(sian.set("a/job/7f/jb_net", "120.00"));
        const auto removed = sian.remove("a/job/7f");
        const auto filled = tomos.set("a/job/7f/jb_freq", "weekly");
        sian.state.apply(filled);
        tomos.state.apply(removed);
        QVERIFY(sian.state == tomos.state);
        QCOMPARE(sian.state.conflicts(), Strings({"a/job/7f"}));
        QVERIFY(sian.state.find("a/job/7f/jb_employer") == nullptr);
        sian.remove("a/job/7f");
        QVERIFY(sian.state.conflicts().empty());
        QCOMPARE(sian.state.pathsUnder("a/job/7f"), Strings({"a/job/7f"}));
    }

    void H29_a_field_edited_a_thousand_times_stays_small() {
        Writer sian(1);
        Writer tomos(2);
        for (int i = 0; i < 500; ++i) {
            tomos.state.apply(sian.set("a/hours", std::to_string(i)));
            sian.state.apply(tomos.set("a/hours", std::to_string(i + 1)));
        }
        QCOMPARE(sian.state.find("a/hours")->siblings().size(), 1U);
        QVERIFY(sian.state == tomos.state);
    }

    void H52_whoever_builds_on_a_refused_edit_builds_on_what_it_named() {
        Writer sian(1);
        const auto first = sian.set("a/rent", "70");
        const auto refused = sian.set("a/rent", "7000");
        const auto after = sian.set("a/rent", "75");
        ClaimState server;
        QCOMPARE(server.apply(first), ApplyOutcome::Applied);
        QCOMPARE(server.apply(after), ApplyOutcome::Waiting);
        server.refuse(refused.id(), namesOf(refused));
        QCOMPARE(server.apply(after), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"75"}));
        QVERIFY(server.conflicts().empty());
    }

    void H52_a_refusal_in_the_ledger_is_the_same_as_one_that_is_told() {
        Writer sian(1);
        Writer office(9);
        const auto first = sian.set("a/rent", "70");
        const auto refused = sian.set("a/rent", "7000");
        const auto after = sian.set("a/rent", "75");
        ClaimState server;
        server.apply(first);
        server.apply(decide(office, refused, Decision::Kind::Refuse));
        QVERIFY(server.isRefused(refused.id()));
        QCOMPARE(server.apply(refused), ApplyOutcome::Duplicate);
        QCOMPARE(server.applyRegardless(refused), ApplyOutcome::Duplicate);
        QCOMPARE(values(server, "a/rent"), Strings({"70"}));
        QCOMPARE(server.apply(after), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"75"}));
        QVERIFY(server.conflicts().empty());
    }

    void H52_nothing_rises_from_the_dead_behind_a_chain_of_refusals() {
        Writer sian(1);
        Writer office(9);
        std::vector<ChangeSet> written{sian.set("a/rent", "70")};
        for (int i = 0; i < 4; ++i) written.push_back(sian.set("a/rent", std::to_string(700 + i)));
        const auto last = sian.set("a/rent", "75");
        ClaimState server;
        server.apply(written.front());
        QCOMPARE(server.apply(last), ApplyOutcome::Waiting);
        for (std::size_t i = written.size(); i-- > 1;) server.apply(decide(office, written[i], Decision::Kind::Refuse));
        QCOMPARE(server.apply(last), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"75"}));
    }

    void an_undecodable_refusal_names_nothing_and_lets_those_go_on_that_name_it() {
        Writer sian(1);
        Writer office(9);
        const auto first = sian.set("a/rent", "70");
        const auto unreadable = sian.set("a/rent", "7000");
        const auto after = sian.set("a/rent", "75");
        ClaimState server;
        server.apply(first);
        server.apply(office.set(decisionPath(unreadable.id()), encodeDecision({Decision::Kind::Refuse, {}, "no", {}})));
        QCOMPARE(server.apply(after), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"70", "75"}));  // nothing is lost: a person sees both
    }

    void what_is_refused_after_it_was_applied_stays_applied() {
        Writer sian(1);
        Writer office(9);
        const auto one = sian.set("a/rent", "70");
        ClaimState server;
        server.apply(one);
        server.apply(decide(office, one, Decision::Kind::Refuse));
        QVERIFY(!server.isRefused(one.id()));
        QCOMPARE(values(server, "a/rent"), Strings({"70"}));
    }

    void what_waits_for_good_is_applied_when_a_person_says_so_and_a_late_name_comes_in_replaced() {
        Writer sian(1);
        Writer office(9);
        const auto lost = sian.set("a/rent", "70");
        const auto waits = sian.set("a/rent", "75");
        ClaimState server;
        QCOMPARE(server.apply(waits), ApplyOutcome::Waiting);
        server.apply(decide(office, waits, Decision::Kind::Apply));
        QCOMPARE(server.apply(waits), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"75"}));
        const auto stored = decodeClaimState(encodeClaimState(server));
        QVERIFY(*stored == server);
        QCOMPARE(server.apply(lost), ApplyOutcome::Applied);
        QCOMPARE(values(server, "a/rent"), Strings({"75"}));
    }

    void a_decision_comes_back_from_its_bytes() {
        Writer sian(1);
        sian.set("a/rent", "70");
        const auto about = sian.set("a/rent", "75");
        Decision decision{Decision::Kind::Refuse, Uuid{}, "not her rent", namesOf(about)};
        decision.by.bytes.fill(7);
        QVERIFY(decodeDecision(encodeDecision(decision)) == decision);
        QVERIFY(decidedAt(decisionPath(about.id())) == about.id());
        QVERIFY(!decidedAt("decision/zz"));
        QVERIFY(!decidedAt("a/rent"));
        QVERIFY(!decodeDecision(Value::Map{{"decision", "later"}}));
    }

    void H52_refusals_and_decisions_to_apply_give_one_state_in_any_order() {
        QVERIFY(rc::check([] {
            const auto run = generatedRun();
            Writer office(9);
            std::vector<ChangeSet> arrivals;
            std::vector<ChangeSet> decisions;
            std::set<ChangeSetId> refused;
            std::map<EditId, std::vector<EditId>> transparent;
            for (const auto& one : run.change_sets) {
                const int what = *rc::gen::inRange(0, 6);
                if (what == 0) {
                    refused.insert(one.id());
                    decisions.push_back(decide(office, one, Decision::Kind::Refuse));
                    for (std::size_t i = 0; i < one.payload.edits.size(); ++i)
                        transparent[one.editId(i)] = one.payload.edits[i].replaces;
                    continue;
                }
                if (what == 1) decisions.push_back(decide(office, one, Decision::Kind::Apply));
                arrivals.push_back(one);
            }
            auto straight_order = decisions;
            straight_order.insert(straight_order.end(), arrivals.begin(), arrivals.end());
            const auto straight = fold(straight_order);
            auto shuffled = straight_order;
            shuffled.insert(shuffled.end(), straight_order.begin(), straight_order.end());
            std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(*rc::gen::arbitrary<std::uint64_t>()));
            const auto other = fold(shuffled);
            RC_ASSERT(encodeClaimState(straight) == encodeClaimState(other));
            RC_ASSERT(*decodeClaimState(encodeClaimState(other)) == other);

            // The model: what stands is what was neither refused nor named, a refused name being what it named.
            std::set<EditId> named;
            for (const auto& one : arrivals) {
                for (const auto& edit : one.payload.edits) {
                    std::vector<EditId> todo = edit.replaces;
                    while (!todo.empty()) {
                        const auto id = todo.back();
                        todo.pop_back();
                        const auto through = transparent.find(id);
                        if (through == transparent.end()) {
                            named.insert(id);
                        } else {
                            todo.insert(todo.end(), through->second.begin(), through->second.end());
                        }
                    }
                }
            }
            std::map<std::string, std::set<EditId>> standing;
            for (const auto& one : run.written) {
                if (!named.contains(one.id) && !refused.contains(one.id.change_set)) standing[one.path].insert(one.id);
            }
            std::map<std::string, std::set<EditId>> found;
            for (const auto& [path, reg] : other.registers()) {
                if (decidedAt(path)) continue;
                for (const auto& id : reg.ids()) found[path].insert(id);
            }
            RC_ASSERT(standing == found);
        }));
    }

    void H02_a_change_set_counts_once() {
        Writer sian(1);
        const auto one = sian.set("a/nino", "one");
        const auto two = sian.set("a/nino", "two");
        ClaimState server;
        QCOMPARE(server.apply(two), ApplyOutcome::Waiting);
        QCOMPARE(server.missing(two).size(), 1U);
        QCOMPARE(server.apply(one), ApplyOutcome::Applied);
        QCOMPARE(server.apply(two), ApplyOutcome::Applied);
        QCOMPARE(server.apply(one), ApplyOutcome::Duplicate);
        QCOMPARE(server.apply(two), ApplyOutcome::Duplicate);
        QCOMPARE(values(server, "a/nino"), Strings({"two"}));
    }

    void the_order_and_repetition_of_arrival_do_not_matter() {
        QVERIFY(rc::check([] {
            const auto run = generatedRun();
            const auto straight = fold(run.change_sets);
            auto shuffled = run.change_sets;
            shuffled.insert(shuffled.end(), run.change_sets.begin(), run.change_sets.end());
            std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937_64(*rc::gen::arbitrary<std::uint64_t>()));
            const auto other = fold(shuffled);
            RC_ASSERT(straight == other);
            RC_ASSERT(encodeClaimState(straight) == encodeClaimState(other));
        }));
    }

    void I5_every_value_ever_written_stands_or_was_replaced_by_name() {
        QVERIFY(rc::check([] {
            const auto run = generatedRun();
            const auto state = fold(run.change_sets);
            std::map<std::string, std::set<EditId>> standing;
            for (const auto& one : run.written) {
                if (!run.replaced.contains(one.id)) standing[one.path].insert(one.id);
            }
            std::map<std::string, std::set<EditId>> found;
            for (const auto& [path, reg] : state.registers()) {
                for (const auto& id : reg.ids()) found[path].insert(id);
            }
            RC_ASSERT(standing == found);
        }));
    }

    void a_stored_state_comes_back_and_damage_is_noticed() {
        QVERIFY(rc::check([] {
            const auto state = fold(generatedRun().change_sets);
            const auto bytes = encodeClaimState(state);
            const auto back = decodeClaimState(bytes);
            RC_ASSERT(back.has_value());
            RC_ASSERT(*back == state);
            RC_ASSERT(decodeClaimState(ByteView(bytes).first(bytes.size() - 1)).error().code == ErrorCode::Damaged);
        }));
    }
};

QTEST_GUILESS_MAIN(TestClaimState)
#include "tst_claim_state.moc"
