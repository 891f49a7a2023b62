#include "tests/support/gallery/page_states.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include "mobile/viewmodels/words.h"
#include "tests/support/probe/window_probe.h"

namespace fieldclaim::tablet {
namespace {

using Kind = PageWorld::Kind;

void waitUntil(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < 10'000) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

/// Sets a property of the item with that name, where it is there.
std::function<void(QQuickWindow&)> with(const char* item, const char* property, const QVariant& value) {
    return [=](QQuickWindow& window) {
        if (auto* found = testing::WindowProbe(window).find(QString::fromLatin1(item)))
            found->setProperty(property, value);
    };
}

// What is pressed may not be there: in landscape the list is open already.
std::function<void(QQuickWindow&)> press(const char* item) {
    return [=](QQuickWindow& window) {
        auto* found = testing::WindowProbe(window).find(QString::fromLatin1(item));
        if (found != nullptr && found->isVisible()) QMetaObject::invokeMethod(found, "clicked");
    };
}

void enrol(PageWorld& world) {
    auto& setup = *world.session().setup();
    while (setup.step() != QStringLiteral("code")) {
        if (setup.step() == QStringLiteral("officer")) return;
        setup.goBack();
    }
    setup.setCode(words::qt(EnrolmentCode::make(Hash{}, world.kit().random).text()));
    setup.enrol();
}

SyncStatus status(SyncPhase phase) {
    SyncStatus out{phase};
    out.last_contact_ms = 1'168'851'600'000 - 300'000;
    return out;
}

void signing(PageWorld& world, const char* method) {
    world.open("gwen");
    world.session().goSign();
    world.session().declaration()->setMethod(QString::fromLatin1(method));
}

// -- the states of each part of the app

void addDoor(std::vector<PageState>& all) {
    all.push_back({"SetupPage", "setup-code", Kind::Unset, [](PageWorld&) {}});
    all.push_back({"SetupPage", "setup-code-wrong", Kind::Unset, [](PageWorld& world) {
                       auto code = EnrolmentCode::make(Hash{}, world.kit().random).text();
                       code.back() = code.back() == '0' ? '1' : '0';
                       world.session().setup()->setCode(words::qt(code));
                   }});
    all.push_back({"SetupPage",
                   "setup-refused",
                   Kind::Unset,
                   [](PageWorld& world) {
                       world.kit().enrolment.answer = fail(ErrorCode::Network);
                       enrol(world);
                   },
                   {},
                   true});
    all.push_back({"SetupPage", "setup-officer", Kind::Unset, enrol});
    all.push_back({"SetupPage",
                   "setup-passphrase",
                   Kind::Unset,
                   [](PageWorld& world) {
                       enrol(world);
                       auto& setup = *world.session().setup();
                       setup.setOfficer(setup.officers().first().toMap()[QStringLiteral("name")].toString());
                       setup.confirmOfficer();
                       setup.finish({}, QStringLiteral("short"));
                   },
                   {},
                   true});
    all.push_back({"SetupPage",
                   "setup-wiped",
                   Kind::Locked,
                   [](PageWorld& world) {
                       emit world.kit().watch().ordered(false, true);
                       waitUntil([&] { return world.session().state() == QStringLiteral("setup"); });
                   },
                   {},
                   true});
    all.push_back({"UnlockPage", "unlock", Kind::Locked, [](PageWorld&) {}});
    all.push_back({"UnlockPage", "unlock-forgotten", Kind::Locked, [](PageWorld&) {}, with("forgotten", "open", true)});
    all.push_back({"UnlockPage",
                   "unlock-wait",
                   Kind::Locked,
                   [](PageWorld& world) {
                       auto& unlock = *world.session().unlock();
                       for (int tries = 0; tries < 8 && unlock.waitText().isEmpty(); ++tries) {
                           unlock.unlock(QStringLiteral("not this one"));
                           waitUntil([&] { return !unlock.isBusy(); });
                       }
                   },
                   {},
                   true});
    all.push_back({"UnlockPage",
                   "unlock-code",
                   Kind::Locked,
                   [](PageWorld& world) {
                       world.session().unlock()->forgot();
                       emit world.kit().watch().releaseWaiting();
                   },
                   {},
                   true});
    all.push_back({"UnlockPage",
                   "unlock-new-passphrase",
                   Kind::Locked,
                   [](PageWorld& world) {
                       world.session().unlock()->forgot();
                       emit world.kit().watch().releaseWaiting();
                       emit world.kit().watch().released(world.kit().releaseAnswer(*world.kit().watch().release));
                   },
                   {},
                   true});
    all.push_back({"UnlockPage",
                   "unlock-by-order",
                   Kind::Locked,
                   [](PageWorld& world) { emit world.kit().watch().ordered(true, false); },
                   {},
                   true});
    all.push_back({"UnlockPage", "unlock-damaged", Kind::Damaged, [](PageWorld& world) {
                       auto& unlock = *world.session().unlock();
                       if (unlock.salvageStep() != QStringLiteral("none")) return;
                       unlock.unlock(QString::fromUtf8(kPassphrase));
                       waitUntil([&] { return unlock.salvageStep() == QStringLiteral("offered"); });
                   }});
    all.push_back({"UnlockPage",
                   "unlock-mended",
                   Kind::Damaged,
                   [](PageWorld& world) {
                       auto& unlock = *world.session().unlock();
                       unlock.unlock(QString::fromUtf8(kPassphrase));
                       waitUntil([&] { return unlock.salvageStep() == QStringLiteral("offered"); });
                       unlock.beginSalvage();
                       waitUntil([&] { return unlock.salvageStep() == QStringLiteral("done"); });
                   },
                   {},
                   true});
    all.push_back({"FailurePage", "failure", Kind::Broken, [](PageWorld&) {}});
}

void addDay(std::vector<PageState>& all) {
    all.push_back({"TodayPage", "today-empty", Kind::Quiet, [](PageWorld& world) { world.session().goToday(); }});
    all.push_back({"TodayPage", "today", Kind::Day, [](PageWorld& world) {
                       world.kit().sync().tell(status(SyncPhase::Offline));
                       world.session().goToday();
                   }});
    all.push_back({"TodayPage", "today-notice", Kind::Day, [](PageWorld& world) {
                       world.session().openClaim(QStringLiteral("0000000000000"));  // no such claim here
                       world.session().goToday();
                   }});
    all.push_back({"SearchPage", "search", Kind::Day, [](PageWorld& world) {
                       world.session().goSearch();
                       world.session().today()->setSearch({});
                   }});
    all.push_back({"SearchPage", "search-found", Kind::Day, [](PageWorld& world) {
                       world.session().goSearch();
                       world.session().today()->setSearch(QStringLiteral("pr"));
                   }});
    all.push_back({"SearchPage", "search-nothing", Kind::Day, [](PageWorld& world) {
                       world.session().goSearch();
                       world.session().today()->setSearch(QStringLiteral("zzz"));
                   }});
    all.push_back({"SendingPage", "sending-empty", Kind::Quiet, [](PageWorld& world) { world.session().goSending(); }});
    all.push_back({"SendingPage", "sending-offline", Kind::Day, [](PageWorld& world) {
                       world.kit().sync().tell(status(SyncPhase::Offline));
                       world.session().goSending();
                   }});
    all.push_back({"SendingPage", "sending-image", Kind::Day, [](PageWorld& world) {
                       auto now = status(SyncPhase::SendingImages);
                       now.blob_sent = 1'400'000;
                       now.blob_size = 3'700'000;
                       now.blobs_waiting = 2;
                       world.kit().sync().tell(now);
                       world.session().goSending();
                   }});
    all.push_back({"SendingPage", "sending-refused", Kind::Day, [](PageWorld& world) {
                       world.kit().sync().tell(status(SyncPhase::Refused));
                       world.session().goSending();
                   }});
    all.push_back({"SettingsPage", "settings", Kind::Day, [](PageWorld& world) { world.session().goSettings(); }});
    all.push_back({"OfficersPage", "officers", Kind::Day, [](PageWorld& world) { world.session().goOfficers(); }});
    all.push_back(
        {"PassphrasePage", "passphrase", Kind::Day, [](PageWorld& world) { world.session().goPassphrase(); }});
    all.push_back({"BoardPage", "board-empty", Kind::Quiet, [](PageWorld& world) { world.session().goBoard(); }});
    all.push_back({"BoardPage", "board", Kind::Day, [](PageWorld& world) { world.session().goBoard(); }});
    all.push_back({"BoardPage", "board-list", Kind::Day,
                   [](PageWorld& world) { world.session().goBoard(QStringLiteral("oldest")); }});
    all.push_back(
        {"PracticePage", "practice", Kind::Quiet, [](PageWorld& world) { world.session().startPractice(); }, {}, true});
}

void addClaim(std::vector<PageState>& all) {
    const auto claim = [&](const char* name, const char* who) {
        all.push_back({"ClaimPage", name, Kind::Day, [=](PageWorld& world) { world.open(who); }});
    };
    claim("claim", "gwen");
    claim("claim-begun", "tomos");
    claim("claim-urgent", "kevin");
    claim("claim-signed", "sian");
    claim("claim-conflict", "ifan");
    claim("claim-set-aside", "nest");
    claim("claim-told", "farida");
    claim("claim-long", "long");
    all.push_back({"ClaimPage",
                   "claim-new",
                   Kind::Quiet,
                   [](PageWorld& world) {
                       world.session().newClaim();
                       world.session().goClaim();
                   },
                   {},
                   true});
    all.push_back(
        {"ClaimPage", "claim-list", Kind::Day, [](PageWorld& world) { world.open("gwen"); }, press("openList")});
    all.push_back({"ConflictPage", "conflict", Kind::Day, [](PageWorld& world) {
                       world.open("ifan");
                       world.session().openAction(QStringLiteral("conflict"), {});
                       world.session().conflict()->setPicked(QStringLiteral("0"));
                   }});
    all.push_back({"DuplicatePage", "duplicate", Kind::Day, [](PageWorld& world) {
                       world.session().openDuplicate(words::qt(world.crn("gwen")), words::qt(world.crn("nest")));
                   }});
    all.push_back({"AnswerHistoryPage", "history", Kind::Day, [](PageWorld& world) {
                       world.open("nest");
                       world.session().openHistory(QStringLiteral("surname"));
                   }});
    all.push_back({"AnswerHistoryPage", "history-conflict", Kind::Day, [](PageWorld& world) {
                       world.open("ifan");
                       world.session().openHistory(QStringLiteral("surname"));
                   }});
    all.push_back({"AnswerHistoryPage", "history-nothing", Kind::Day, [](PageWorld& world) {
                       world.open("tomos");
                       world.session().openHistory(QStringLiteral("nino"));
                   }});
    all.push_back({"AnswerHistoryPage", "history-long", Kind::Day, [](PageWorld& world) {
                       world.open("long");
                       world.session().openHistory(QStringLiteral("lj_employer"));
                   }});
    all.push_back({"CorrectDatePage", "correct-date", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().goCorrectDate();
                   }});
    all.push_back({"CorrectDatePage", "correct-date-wrong", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().goCorrectDate();
                       world.session().correctDate()->setDate(QStringLiteral("2007-02-10"));
                       world.session().correctDate()->ask();
                   }});
    all.push_back({"CorrectDatePage", "correct-date-asked", Kind::Day, [](PageWorld& world) {
                       world.open("kevin");
                       world.session().goCorrectDate();
                       world.session().correctDate()->setDate(QStringLiteral("2007-01-08"));
                       world.session().correctDate()->setReason(QStringLiteral("Mr Doyle’s letter is dated the 8th"));
                       world.session().correctDate()->ask();
                       world.open("kevin");
                       world.session().goCorrectDate();
                   }});
}

void addQuestions(std::vector<PageState>& all) {
    const auto question = [&](const char* name, const char* who, const char* page,
                              std::function<void(PageWorld&)> more = {}, std::function<void(QQuickWindow&)> then = {}) {
        all.push_back({"QuestionPage", name, Kind::Day,
                       [=](PageWorld& world) {
                           world.open(who, page);
                           if (more) more(world);
                       },
                       std::move(then)});
    };
    const auto go_on = [](PageWorld& world) { world.session().question()->goOn(); };
    question("question-choice", "tomos", "how-claim-taken");
    question("question-choice-answered", "gwen", "why-claiming");
    question("question-yes-no", "gwen", "partner");
    question("question-help", "gwen", "partner", {}, with("question.partner/help", "open", true));
    question("question-missing", "kevin", "partner", go_on);
    question("question-several", "gwen", "council-tax-reductions");
    question("question-search", "gwen", "benefits-you-get");
    question("question-fields", "gwen", "address");
    question("question-fields-missing", "tomos", "address", go_on);
    question("question-refused", "kevin", "hours", go_on);
    question("question-date", "gwen", "date-of-birth");
    question("question-date-protected", "gwen", "first-contact-date", [](PageWorld& world) {
        world.session().question()->answer(QStringLiteral("first_contact"), QStringLiteral("2007-01-14"));
    });
    question("question-money", "gwen", "rent-amount");
    question("question-changed", "gwen", "rooms");
    question("question-not-known", "nest", "phone");
    question("question-note", "tomos", "ni-number",
             [](PageWorld& world) { world.session().question()->askNote(QStringLiteral("notKnown")); });
    question("question-told", "farida", "name");
    question("question-conflict", "ifan", "name");
    question("question-set-aside", "nest", "name");
    question("question-long", "long", "last-job");
    question("question-acknowledge", "gwen", "privacy");
    question("question-sensitive", "tomos", "access-needs");
    question("question-cards", "kevin", "current-work");
    question("question-cards-none", "tomos", "savings-item");
    question("question-card-removed", "gwen", "savings-item", [](PageWorld& world) {
        const auto card = world.instance("gwen", "capital");
        world.session().question()->removeInstance(card);
    });
    all.push_back({"QuestionPage", "question-card", Kind::Day,
                   [](PageWorld& world) { world.open("kevin", "current-work", world.instance("kevin", "job")); }});
    all.push_back(
        {"BenefitsPage", "benefits", Kind::Day, [](PageWorld& world) { world.open("gwen", "benefits-to-claim"); }});
    all.push_back({"BenefitsPage", "benefits-differ", Kind::Day, [](PageWorld& world) {
                       world.open("tomos", "benefits-to-claim");
                       world.session().firstContact()->goOn();
                   }});
}

void addSigning(std::vector<PageState>& all) {
    all.push_back({"CheckAnswersPage", "check", Kind::Day, [](PageWorld& world) {
                       world.open("nest");
                       world.session().goCheck();
                   }});
    all.push_back({"CheckAnswersPage", "check-missing", Kind::Day, [](PageWorld& world) {
                       world.open("tomos");
                       world.session().goCheck();
                   }});
    all.push_back({"CheckAnswersPage", "check-long", Kind::Day, [](PageWorld& world) {
                       world.open("long");
                       world.session().goCheck();
                   }});
    all.push_back({"EvidencePage", "evidence", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().goEvidence();
                   }});
    all.push_back({"EvidencePage", "evidence-proof", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().openProof(QStringLiteral("identity"));
                   }});
    all.push_back({"EvidencePage", "evidence-begun", Kind::Day, [](PageWorld& world) {
                       world.open("tomos");
                       world.session().goEvidence();
                   }});
    all.push_back({"EvidencePage",
                   "evidence-none",
                   Kind::Quiet,
                   [](PageWorld& world) {
                       world.session().newClaim();
                       world.session().goEvidence();
                   },
                   {},
                   true});
    all.push_back({"PicturePage", "picture", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().openPicture(QStringLiteral("identity"));
                   }});
    all.push_back({"PicturePage", "picture-code", Kind::Day, [](PageWorld& world) {
                       world.open("gwen");
                       world.session().openCode(QStringLiteral("nino"));
                   }});
    all.push_back({"SignPage", "sign", Kind::Day, [](PageWorld& world) { signing(world, "tablet"); }});
    all.push_back({"SignPage", "sign-mark", Kind::Day, [](PageWorld& world) { signing(world, "mark"); }});
    all.push_back({"SignPage", "sign-paper", Kind::Day, [](PageWorld& world) { signing(world, "paper"); }});
    all.push_back({"ReceiptPage", "receipt", Kind::Day, [](PageWorld& world) {
                       world.open("sian");
                       world.session().goReceipt();
                   }});
    // Gwen signs, and the server refuses it: from here on.
    all.push_back({"ClaimPage", "claim-not-taken-in", Kind::Day, [](PageWorld& world) {
                       world.signAndRefuse("gwen");
                       world.open("gwen");
                   }});
    all.push_back({"CheckAnswersPage", "check-not-taken-in", Kind::Day, [](PageWorld& world) {
                       world.signAndRefuse("gwen");
                       world.open("gwen");
                       world.session().goCheck();
                   }});
    // The last of all: the signature that stands does so no more.
    all.push_back({"CheckAnswersPage",
                   "check-changed",
                   Kind::Day,
                   [](PageWorld& world) {
                       world.open("sian", "rooms");
                       world.session().question()->answer(QStringLiteral("rooms"), QStringLiteral("5"));
                       world.session().goCheck();
                   },
                   {},
                   true});
}

}  // namespace

const std::vector<PageState>& pageStates() {
    static const auto states = [] {
        std::vector<PageState> all;
        addDoor(all);
        addDay(all);
        addClaim(all);
        addQuestions(all);
        addSigning(all);
        return all;
    }();
    return states;
}

}  // namespace fieldclaim::tablet
