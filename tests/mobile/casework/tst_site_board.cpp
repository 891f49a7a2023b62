#include <QTest>

#include "mobile/casework/site_board.h"
#include "tests/support/forms/claim_sketch.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;

namespace {

Date day(const char* iso) { return Date::parse(iso).value(); }
const Date kToday = day("2007-01-15");  // a Monday

ClaimSummary claim(const std::function<void(ClaimSummary&)>& change = {}) {
    ClaimSummary out;
    out.crn = "0123456789A0K";
    out.first_contact = "2007-01-15";
    out.contact_done = true;
    out.to_go = 40;
    out.started = true;
    if (change) change(out);
    return out;
}

TransferView transfer(const char* state) {
    TransferView out;
    out.target = "jsaps";
    out.state = state;
    return out;
}

}  // namespace

class SiteBoardTest : public QObject {
    Q_OBJECT

private slots:
    void aClaimStandsInOneState_data() {
        QTest::addColumn<ClaimSummary>("summary");
        QTest::addColumn<int>("state");
        const auto row = [](const char* name, WorkState state, const std::function<void(ClaimSummary&)>& change) {
            QTest::newRow(name) << claim(change) << static_cast<int>(state);
        };
        using enum WorkState;
        row("new", Started, [](auto& c) { c.contact_done = false; });
        row("first contact done", CallBackDue, [](auto&) {});
        row("questions begun", Gathering, [](auto& c) { c.questions_begun = true; });
        row("answered, no date", Gathered, [](auto& c) { c.to_go = 0; });
        row("answered, the date is past", Gathered, [](auto& c) {
            c.to_go = 0;
            c.visit = Visit{"", "2007-01-14", "09:30", "", ""};
        });
        row("booked", Booked, [](auto& c) {
            c.to_go = 0;
            c.visit = Visit{"", "2007-01-15", "09:30", "", ""};
        });
        row("proofs seen", ReadyToSign, [](auto& c) {
            c.to_go = 0;
            c.interview_begun = true;
            c.blocking = 1;
        });
        row("a proof is missing", AwaitingAction, [](auto& c) {
            c.to_go = 0;
            c.interview_begun = true;
            c.blocking = 2;
        });
        row("answers differ", AwaitingAction, [](auto& c) { c.conflicts = 1; });
        row("changed after the signature", AwaitingAction, [](auto& c) {
            c.seal = SealState::Void;
            c.transfers = {transfer("accepted")};
        });
        row("signed", Signed, [](auto& c) {
            c.to_go = 0;
            c.seal = SealState::Valid;
        });
        row("signed, a proof to follow", AwaitingAction, [](auto& c) {
            c.to_go = 0;
            c.seal = SealState::Valid;
            c.blocking = 1;
        });
        row("sent", Sent, [](auto& c) {
            c.seal = SealState::Valid;
            c.transfers = {transfer("accepted"), transfer("sending")};
        });
        row("not answered", NoAnswer, [](auto& c) { c.transfers = {transfer("accepted"), transfer("unknown")}; });
        row("refused", Rejected, [](auto& c) {
            c.transfers = {transfer("unknown"), transfer("repair"), transfer("rejected")};
            c.to_correct = true;
        });
        row("with the office", WithOffice, [](auto& c) {
            c.seal = SealState::Valid;
            c.transfers = {transfer("unknown"), transfer("repair")};
        });
        row("refused, and corrected", AwaitingAction, [](auto& c) {
            c.seal = SealState::Void;
            c.transfers = {transfer("accepted"), transfer("rejected")};
        });
        row("refused, corrected and signed anew", Signed, [](auto& c) {
            c.to_go = 0;
            c.seal = SealState::Valid;
            c.transfers = {transfer("accepted"), transfer("rejected")};
        });
        row("accepted", Accepted, [](auto& c) {
            c.seal = SealState::Valid;
            c.transfers = {transfer("accepted"), transfer("accepted")};
        });
        row("refused by the server", Rejected, [](auto& c) {
            c.seal = SealState::Valid;
            c.submit_refused = true;
        });
        const auto forms = [](ClaimSummary& c) {
            c.forms_only = true;
            c.to_go = 0;
        };
        row("forms alone", Finished, forms);
        row("forms alone, looked through with the customer", Finished, [=](auto& c) {
            forms(c);
            c.interview_begun = true;
        });
        row("forms alone, questions to go", CallBackDue, [](auto& c) { c.forms_only = true; });
        row("forms alone, with a date", Booked, [=](auto& c) {
            forms(c);
            c.visit = Visit{"", "2007-01-16", "09:30", "", ""};
        });
        row("forms alone, something is missing", AwaitingAction, [=](auto& c) {
            forms(c);
            c.blocking = 1;
        });
        row("withdrawn", Withdrawn, [](auto& c) {
            c.withdrawn = true;
            c.transfers = {transfer("rejected")};
        });
    }
    void aClaimStandsInOneState() {
        QFETCH(ClaimSummary, summary);
        QFETCH(int, state);
        QCOMPARE(static_cast<int>(workStateOf(summary, kToday)), state);
    }

    void theClocksAreThoseOfThePackOnTheDayOfFirstContact_data() {
        QTest::addColumn<QString>("contact");
        QTest::addColumn<QString>("call_back");
        QTest::addColumn<QString>("interview");
        QTest::newRow("a Monday") << "2007-01-15"
                                  << "2007-01-16"
                                  << "2007-01-19";
        QTest::newRow("a Thursday") << "2007-01-11"
                                    << "2007-01-12"
                                    << "2007-01-17";
        QTest::newRow("a Saturday") << "2007-01-13"
                                    << "2007-01-14"
                                    << "2007-01-18";
        QTest::newRow("before the pack's first row") << "2005-04-05"
                                                     << ""
                                                     << "";
        QTest::newRow("not known") << ""
                                   << ""
                                   << "";
        QTest::newRow("no date") << "31 2 2006"
                                 << ""
                                 << "";
    }
    void theClocksAreThoseOfThePackOnTheDayOfFirstContact() {
        QFETCH(QString, contact);
        QFETCH(QString, call_back);
        QFETCH(QString, interview);
        const auto summary = claim([&](ClaimSummary& c) { c.first_contact = contact.toStdString(); });
        const auto iso = [](std::optional<Date> date) {
            return date ? QString::fromStdString(date->iso()) : QString();
        };
        QCOMPARE(iso(callBackDue(summary, *missionPack())), call_back);
        QCOMPARE(iso(interviewDue(summary, *missionPack())), interview);
    }

    void anotherRateInThePackIsAnotherClock() {
        auto files = missionFiles();
        auto& params = files["params.csv"];
        params +=
            "interview_target,2007-01-01,2,days from first contact,test,source\n"
            "callback_target,2007-01-01,48,hours,test,source\n";
        const auto pack = FormPack::load(files);
        QVERIFY2(pack.has_value(), pack ? "" : describe(pack.error()).c_str());
        QCOMPARE(interviewDue(claim(), **pack)->iso(), std::string("2007-01-17"));
        QCOMPARE(callBackDue(claim(), **pack)->iso(), std::string("2007-01-17"));
    }

    void theBoardCountsByStateClockAndTransferAndTheOldestComeFirst() {
        const std::vector<ClaimSummary> claims{
            claim([](auto& c) { c.first_contact = "2007-01-13"; }),  // call-back was due yesterday
            claim([](auto& c) { c.first_contact = "2007-01-14"; }),  // today
            claim(),                                                 // tomorrow
            claim([](auto& c) {                                      // interview past its time
                c.first_contact = "2007-01-05";
                c.questions_begun = true;
            }),
            claim([](auto& c) {
                c.first_contact = "2006-12-01";
                c.seal = SealState::Valid;
                c.to_go = 0;
                c.to_correct = true;
                c.transfers = {transfer("accepted"), transfer("rejected")};
            }),
            claim([](auto& c) {
                c.first_contact = "2006-11-01";
                c.seal = SealState::Valid;
                c.to_go = 0;
                c.transfers = {transfer("accepted")};
            }),
            claim([](auto& c) {
                c.first_contact = "2006-10-01";
                c.withdrawn = true;
            }),
            claim([](auto& c) {  // no interview is waited for
                c.first_contact = "2006-12-15";
                c.forms_only = true;
                c.to_go = 0;
            }),
            claim([](auto& c) {
                c.first_contact.clear();
                c.contact_done = false;
                c.begun_ms = 1'168'851'600'000 - std::int64_t{3} * 86'400'000;
            }),
        };
        const auto board = SiteBoard::of(claims, *missionPack(), kToday);
        using Places = std::vector<std::size_t>;
        QCOMPARE(board.by_state.at(WorkState::CallBackDue), (Places{0, 1, 2}));
        QCOMPARE(board.by_state.at(WorkState::Rejected), Places{4});
        QCOMPARE(board.call_backs.at(ClockStanding::Over), Places{0});
        QCOMPARE(board.call_backs.at(ClockStanding::Today), Places{1});
        QCOMPARE(board.call_backs.at(ClockStanding::Later), Places{2});
        QCOMPARE(board.call_backs.at(ClockStanding::Done), (Places{3, 4, 5, 7}));
        QCOMPARE(board.interviews.at(ClockStanding::Over), Places{3});
        QCOMPARE(board.interviews.at(ClockStanding::Done), (Places{4, 5, 7}));
        QCOMPARE(board.transfers.at(TransferGroup::Accepted), (Places{4, 5}));
        QCOMPARE(board.transfers.at(TransferGroup::Refused), Places{4});
        QCOMPARE(board.oldest, (Places{4, 3, 8, 0, 1, 2}));
        QCOMPARE(ageInDays(claims[8], kToday), 3);
        std::size_t all = 0;
        for (const auto& [state, places] : board.by_state) all += places.size();
        QCOMPARE(all, claims.size());
    }
};

QTEST_GUILESS_MAIN(SiteBoardTest)
#include "tst_site_board.moc"
