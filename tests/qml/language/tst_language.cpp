#include <QAccessible>
#include <QDir>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QTest>

#include "mobile/viewmodels/words.h"
#include "qml/App/app_language.h"
#include "tests/qml/language/app_texts.h"
#include "tests/support/probe/window_probe.h"
#include "tests/support/session/session_kit.h"

using namespace fieldclaim;
using namespace fieldclaim::tablet;
using fieldclaim::testing::WindowProbe;

namespace {

/// The app's window over a session that speaks as the app does.
class Screen {
public:
    explicit Screen(QSize window_size = {1280, 800}, const QString& language_file = {})
        : language(language_file), kit(true, language.first(), [this](Language spoken) { language.speak(spoken); }) {
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine.setInitialProperties({{QStringLiteral("session"), QVariant::fromValue(&kit.session())},
                                     {QStringLiteral("width"), window_size.width()},
                                     {QStringLiteral("height"), window_size.height()}});
        language.follow(&engine);
        engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Fieldclaim/App/Main.qml")));
        ENSURE(!engine.rootObjects().isEmpty());
        window = qobject_cast<QQuickWindow*>(engine.rootObjects().first());
        ENSURE(QTest::qWaitForWindowExposed(window));
        window->requestActivate();
        settle();
    }
    ~Screen() { language.follow(nullptr); }

    void settle() {
        for (int i = 0; i < 3; ++i) {
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        QTest::qWait(20);
    }

    QString text(const QString& name) {
        settle();
        auto* item = WindowProbe(*window).find(name);
        return item == nullptr ? QString() : item->property("text").toString();
    }

    bool click(const QString& name) {
        const WindowProbe probe(*window);
        auto* item = probe.find(name);
        if (item == nullptr) return false;
        probe.scrollTo(*item);
        settle();
        QTest::mouseClick(window, Qt::LeftButton, Qt::NoModifier, probe.seen(*item).center().toPoint());
        settle();
        return true;
    }

    /// Every item that can be seen, or scrolled to.
    QList<QQuickItem*> items() const {
        QList<QQuickItem*> out;
        QList<QQuickItem*> left{window->contentItem()};
        while (!left.isEmpty()) {
            auto* item = left.takeFirst();
            if (!item->isVisible() || item->opacity() <= 0) continue;
            out.append(item);
            left += item->childItems();
        }
        return out;
    }

    /// What is read on the page and what a screen reader says of it.
    QStringList said() const {
        QStringList out;
        for (auto* item : items()) {
            out.append(item->property("text").toString());
            out.append(item->property("placeholderText").toString());
            if (auto* spoken = QAccessible::queryAccessibleInterface(item)) {
                out.append(spoken->text(QAccessible::Name));
                out.append(spoken->text(QAccessible::Description));
            }
        }
        out.removeDuplicates();
        out.removeAll(QString());
        return out;
    }

    /// Texts that are cut, or that leave their place or the window.
    QStringList cut() const {
        QStringList out;
        for (auto* item : items()) {
            if (!item->inherits("QQuickText") || item->width() <= 0) continue;
            const auto words = item->property("text").toString();
            if (words.isEmpty()) continue;
            const auto wanted = item->property("contentWidth").toReal();
            const auto right = item->mapToScene({std::min(wanted, item->width()), 0}).x();
            if (item->property("truncated").toBool()) out.append(QStringLiteral("cut short: ") + words);
            if (wanted > item->width() + 1.5)
                out.append(QStringLiteral("%1 wide in %2: %3").arg(wanted).arg(item->width()).arg(words));
            if (right > window->width() + 1)
                out.append(QStringLiteral("ends at %1 of %2: %3").arg(right).arg(window->width()).arg(words));
        }
        return out;
    }

    void shot(const QString& name) {
        static const auto folder = qEnvironmentVariable("FIELDCLAIM_SHOTS");
        if (folder.isEmpty()) return;
        settle();
        QTest::qWait(150);
        window->grabWindow().save(QDir(folder).filePath(name + QStringLiteral(".png")));
    }

    AppLanguage language;
    SessionKit kit;
    QQmlApplicationEngine engine;
    QQuickWindow* window = nullptr;
};

/// Finds English in what a page says: a source text of the app whose Welsh is another.
class EnglishFinder {
public:
    EnglishFinder() {
        static const QRegularExpression place(QStringLiteral("%\\d"));
        static const QRegularExpression letters(QStringLiteral("[A-Za-z]"));
        for (const auto& text :
             fieldclaim::testing::readTexts(QStringLiteral(FIELDCLAIM_SOURCE_DIR "/qml/App/fieldclaim_cy.ts"))) {
            if (text.source == text.translation) continue;
            const auto parts = text.source.split(place);
            // Where the words are few, what is filled in has to be a number: "%1 of %2" is not any sentence with "of".
            const bool is_short = parts.join(QString()).count(letters) < 8;
            QStringList escaped;
            for (const auto& part : parts) escaped.append(QRegularExpression::escape(part));
            m_english.append(QRegularExpression(QRegularExpression::anchoredPattern(
                escaped.join(is_short ? QStringLiteral("\\d+") : QStringLiteral(".+")))));
        }
    }

    /// What the pack has in English alone is not the app's to say.
    void leaveOut(const FormPack& pack) {
        const auto leave = [this](const LocalText& text) {
            if (text.welsh.empty()) m_left_out.insert(words::qt(text.english));
        };
        for (const auto& section : pack.sections()) leave(section.title);
        for (const auto& rule : pack.proofRules()) leave(rule.label);
        for (const auto& question : pack.questions()) {
            leave(question.label);
            leave(question.hint);
            for (const auto& choice : question.choices) leave(choice.label);
        }
    }

    QStringList in(const QStringList& said) const {
        QStringList out;
        for (const auto& whole : said) {
            auto parts = whole.split(QStringLiteral(" · ")) + whole.split(QStringLiteral(", "));
            parts.append(whole);
            for (const auto& part : parts) {
                if (m_left_out.contains(part)) continue;
                for (const auto& english : m_english) {
                    if (english.match(part).hasMatch()) out.append(whole);
                }
            }
        }
        out.removeDuplicates();
        return out;
    }

    qsizetype size() const { return m_english.size(); }

private:
    QList<QRegularExpression> m_english;
    QSet<QString> m_left_out;
};

/// Appointments of the day, and Gwen's claim with every question answered. Returns its number.
QString prepareDay(SessionKit& kit) {
    auto& casework = *kit.session().casework();
    const auto given = [](const char* text) { return Answer{Answer::Kind::Given, text}; };
    for (const auto* time : {"10:15", "11:00", "14:45"}) {
        const auto crn = *casework.beginClaim();
        ENSURE(casework.saveVisit(crn, {"", "2007-01-15", time, "Llanrwst", ""}).has_value());
        ENSURE(casework.saveAnswer(crn, "first_names", given("Tomos")).has_value());
        ENSURE(casework.saveAnswer(crn, "benefits_claimed", given("ib")).has_value());
        ENSURE(
            casework.saveAnswer(crn, "urgent_need", given(*time == '1' && time[1] == '4' ? "yes" : "no")).has_value());
    }
    kit.session().newClaim();
    ENSURE(completeAsGwen(kit.session()) > 0);
    const auto found = casework.search("obrien", 1);
    ENSURE(found.has_value() && found->size() == 1);
    return words::qt(found->front().crn);
}

void signOnPad(TabletSession& session) {
    for (const auto& line : session.declaration()->lines()->records())
        session.declaration()->setRead(line[0].toString(), true);
    ENSURE(session.declaration()->sign(
        QStringLiteral("[[1000,2000,0,500,1500,2500,16,500],[3000,3000,400,500,3500,3100,420,500]]")));
}

}  // namespace

class LanguageTest : public QObject {
    Q_OBJECT

private slots:
    void aPageSaysEverythingAnewAtOnceWhenTheLanguageIsChosen() {
        Screen screen;
        QVERIFY(screen.kit.unlock());
        screen.kit.session().newClaim();
        screen.kit.session().question()->answer(QStringLiteral("claim_type"), QStringLiteral("new"));
        screen.kit.session().goSettings();
        QCOMPARE(screen.text(QStringLiteral("pageTitle")), QStringLiteral("Settings"));
        QVERIFY(screen.text(QStringLiteral("strip")).startsWith(QStringLiteral("Saved on this tablet · 1 claim")));
        QVERIFY(screen.click(QStringLiteral("settings.language/option_cy")));
        QCOMPARE(screen.text(QStringLiteral("pageTitle")), QStringLiteral("Gosodiadau"));
        QCOMPARE(screen.text(QStringLiteral("button.lock")), QStringLiteral("Cloi nawr"));
        // From a view-model, and from the pack's own dates.
        QCOMPARE(screen.text(QStringLiteral("strip")),
                 QStringLiteral("Wedi'i gadw ar y llechen hon · 1 hawliad yn aros i'w anfon · dim cyswllt eto"));
        QCOMPARE(screen.kit.session().today()->title(), QStringLiteral("Heddiw, dydd Llun 15 Ionawr"));
        QVERIFY(screen.click(QStringLiteral("settings.language/option_en")));
        QCOMPARE(screen.text(QStringLiteral("pageTitle")), QStringLiteral("Settings"));
        QVERIFY(screen.text(QStringLiteral("strip")).startsWith(QStringLiteral("Saved on this tablet · 1 claim")));
        QCOMPARE(screen.kit.session().today()->title(), QStringLiteral("Today, Monday 15 January"));
    }

    void datesAndCountsAreSaidInWelsh() {
        AppLanguage language;
        language.speak(Language::Welsh);
        const auto welsh = Language::Welsh;
        QCOMPARE(words::weekday(*Date::parse("2006-12-20"), welsh), QStringLiteral("dydd Mercher 20 Rhagfyr"));
        QCOMPARE(words::spokenIso("1971-03-27", welsh), QStringLiteral("27 Mawrth 1971"));
        constexpr std::int64_t kNow_ms = 1'168'852'320'000;
        constexpr std::int64_t kMinute_ms = 60'000;
        QCOMPARE(words::ago(0, kNow_ms, welsh), QStringLiteral("erioed"));
        QCOMPARE(words::ago(kNow_ms - kMinute_ms, kNow_ms, welsh), QStringLiteral("1 munud yn ôl"));
        QCOMPARE(words::ago(kNow_ms - 2 * kMinute_ms, kNow_ms, welsh), QStringLiteral("2 mun. yn ôl"));
        QCOMPARE(words::duration(30'000), QStringLiteral("30 eiliad"));
        ClaimSummary claim;
        claim.started = true;
        claim.to_go = 1;
        QCOMPARE(words::standing(claim).text, QStringLiteral("1 cwestiwn ar ôl"));
        for (const int count : {2, 3, 6, 11}) {
            claim.to_go = count;
            QCOMPARE(words::standing(claim).text, QStringLiteral("%1 o gwestiynau ar ôl").arg(count));
        }
        SyncStatus status;
        status.phase = SyncPhase::Waiting;
        status.error = ErrorCode::Network;
        QVERIFY(words::phase(status, welsh).text.startsWith(QStringLiteral("Ni ellir cyrraedd y gweinydd")));
        language.speak(Language::English);
        QCOMPARE(words::standing(claim).text, QStringLiteral("11 questions to go"));
    }

    void nothingOfEnglishIsLeftOnAPageAndNothingIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        QTest::newRow("landscape") << QSize(1280, 800) << 100;
        QTest::newRow("large") << QSize(1280, 800) << 200;
        QTest::newRow("portrait") << QSize(800, 1280) << 100;
        QTest::newRow("portrait-large") << QSize(800, 1280) << 200;
    }

    void nothingOfEnglishIsLeftOnAPageAndNothingIsCut() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        EnglishFinder finder;
        QVERIFY(finder.size() > 400);
        Screen screen(size);
        auto& session = screen.kit.session();
        session.setLanguage(QStringLiteral("cy"));
        QStringList wrong;
        const auto look = [&](const char* name) {
            screen.settle();
            screen.shot(QStringLiteral("cy-%1-%2").arg(QLatin1String(QTest::currentDataTag()), QLatin1String(name)));
            for (const auto& words : finder.in(screen.said()))
                wrong.append(QStringLiteral("%1 says \"%2\"").arg(QLatin1String(name), words));
            for (const auto& words : screen.cut())
                wrong.append(QStringLiteral("%1: %2").arg(QLatin1String(name), words));
        };
        look("unlock");
        QVERIFY(screen.kit.unlock());
        QCOMPARE(session.settings()->language(), QStringLiteral("cy"));
        session.settings()->setTextSize(percent);
        finder.leaveOut(*screen.kit.session().casework()->pack());
        look("today-empty");
        const auto crn = prepareDay(screen.kit);
        session.goToday();
        look("today");
        session.goSearch();
        session.today()->setSearch(QStringLiteral("o'brien"));
        look("search");
        session.openClaim(crn);
        look("claim");
        session.openPage(QStringLiteral("rent-amount"));
        look("question");
        session.question()->answer(session.question()->questions()->value(0, "key").toString(), QString());
        session.question()->goOn();
        look("question-error");
        session.openPage(QStringLiteral("date-of-birth"));
        look("question-date");
        session.openPage(QStringLiteral("savings-item"));
        look("cards");
        session.openPage(QStringLiteral("benefits-to-claim"));
        look("benefits");
        session.openPage(QStringLiteral("rent-amount"));
        answerAsGwen(session);
        session.goCheck();
        look("check");
        session.goEvidence();
        look("evidence");
        session.openProof(QStringLiteral("identity"));
        look("proof");
        session.goSign();
        look("sign");
        signOnPad(session);
        QCOMPARE(session.page(), QStringLiteral("receipt"));
        look("receipt");
        session.goSending();
        look("sending");
        screen.kit.sync().tell({SyncPhase::Waiting});
        session.goSettings();
        look("settings");
        session.openClaim(crn);
        look("claim-signed");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

    void theEnglishFinderFindsEnglish() {
        const EnglishFinder finder;
        QCOMPARE(finder.in({QStringLiteral("Settings")}).size(), 1);
        QCOMPARE(finder.in({QStringLiteral("Wedi'i gadw ar y llechen hon · 3 claims waiting to send")}).size(), 1);
        QCOMPARE(finder.in({QStringLiteral("3 of 5")}).size(), 1);
        QCOMPARE(finder.in({QStringLiteral("Gosodiadau"), QStringLiteral("Department of Work")}).size(), 0);
    }

    void aPageThatTheCustomerReadsIsInTheirLanguageUntilItIsLeft() {
        Screen screen;
        QVERIFY(screen.kit.unlock());
        auto& session = screen.kit.session();
        prepareDay(screen.kit);
        session.goCheck();
        QCOMPARE(screen.text(QStringLiteral("pageTitle")), QStringLiteral("Check the answers together"));
        QVERIFY(screen.click(QStringLiteral("button.language")));
        QCOMPARE(screen.text(QStringLiteral("pageTitle")), QStringLiteral("Gwirio'r atebion gyda'ch gilydd"));
        QVERIFY(session.checkAnswers()->inWelsh());
        QCOMPARE(session.settings()->language(), QStringLiteral("en"));
        // On to the signature in the same language, and back to the officer's own after it.
        session.goSign();
        QVERIFY(session.declaration()->inWelsh());
        QCOMPARE(screen.text(QStringLiteral("button.sign")), QStringLiteral("Llofnodi"));
        session.goClaim();
        QCOMPARE(session.language(), QStringLiteral("en"));
        QCOMPARE(screen.text(QStringLiteral("button.today")), QStringLiteral("Back to Today"));
    }

    void aCustomerWhoChoseWelshSignsInWelsh() {
        Screen screen;
        QVERIFY(screen.kit.unlock());
        auto& session = screen.kit.session();
        const auto crn = prepareDay(screen.kit);
        QVERIFY(screen.kit.session().casework()->saveAnswer(words::utf8(crn), "language", {Answer::Kind::Given, "cy"}));
        session.goSign();
        QVERIFY(session.declaration()->inWelsh());
        QCOMPARE(screen.text(QStringLiteral("button.sign")), QStringLiteral("Llofnodi"));
        QVERIFY(screen.click(QStringLiteral("button.language")));
        QVERIFY(!session.declaration()->inWelsh());
        QCOMPARE(screen.text(QStringLiteral("button.sign")), QStringLiteral("Sign"));
        session.lockNow();
        QCOMPARE(session.language(), QStringLiteral("en"));
    }

    void theLockedTabletSpeaksTheLanguageThatWasUsedLast() {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("language"));
        {
            Screen screen({1280, 800}, file);
            QCOMPARE(screen.text(QStringLiteral("button.unlock")), QStringLiteral("Unlock"));
            QVERIFY(screen.click(QStringLiteral("button.language")));
            QCOMPARE(screen.text(QStringLiteral("button.unlock")), QStringLiteral("Datgloi"));
            // What was said before is said anew too.
            screen.kit.session().unlock()->unlock(QString());
            QCOMPARE(screen.kit.session().unlock()->error(), QStringLiteral("Rhowch eich cyfrinymadrodd"));
            screen.kit.session().setLanguage(QStringLiteral("en"));
            QCOMPARE(screen.kit.session().unlock()->error(), QStringLiteral("Enter your passphrase"));
            QVERIFY(screen.kit.unlock());
            screen.kit.session().settings()->setLanguage(QStringLiteral("cy"));
            screen.kit.session().lockNow();
            QCOMPARE(screen.text(QStringLiteral("button.unlock")), QStringLiteral("Datgloi"));
        }
        Screen again({1280, 800}, file);
        QCOMPARE(again.text(QStringLiteral("button.unlock")), QStringLiteral("Datgloi"));
    }
};

QTEST_MAIN(LanguageTest)
#include "tst_language.moc"
