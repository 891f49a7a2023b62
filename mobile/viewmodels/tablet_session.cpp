#include "mobile/viewmodels/tablet_session.h"

#include <utility>

#include "mobile/viewmodels/no_sync.h"
#include "mobile/viewmodels/picture_words.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kMinute_ms = 60'000;

}  // namespace

TabletSession::TabletSession(TabletParts parts, QObject* parent)
    : QObject(parent), m_parts(std::move(parts)), m_language(m_parts.language) {
    if (m_parts.speak) m_parts.speak(m_language);
    m_times = std::make_unique<LockTimes>(*m_parts.clock);
    // The touch that came too late is still on the stack.
    connect(m_times.get(), &LockTimes::idle, this, &TabletSession::lockIdle, Qt::QueuedConnection);
    connect(m_times.get(), &LockTimes::closeDue, this, &TabletSession::closeStore);
    m_minute.setInterval(kMinute_ms);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (m_sending) m_sending->refreshStrip();
    });
    m_rows.setSingleShot(true);
    connect(&m_rows, &QTimer::timeout, this, &TabletSession::refreshRows);
    m_wipe_late.setSingleShot(true);
    connect(&m_wipe_late, &QTimer::timeout, this, &TabletSession::wipe);
    start();
}

TabletSession::~TabletSession() {
    m_practice_session.reset();
    m_practice.reset();
    letGo();
    // As a whole, so that what depends on the open claim goes before it: an assignment ends the members in their order.
    static_cast<void>(std::exchange(m_open, Open{}));
    m_practice_tasks.reset();
    m_board.reset();
    m_sending.reset();
    m_today.reset();
    m_settings.reset();
    m_unlock.reset();
    m_setup.reset();
    m_desk.reset();
    m_sync.reset();
    m_watch.reset();
    m_wiped_watch.reset();
    m_casework.reset();
    m_vault.reset();
}

void TabletSession::start() {
    auto pack = FormPack::load(m_parts.pack);
    if (!pack) {
        failWith(pack.error());
        return;
    }
    m_pack = std::move(*pack);
    if (m_parts.practice != nullptr) {
        beginAsPractice();
        return;
    }
    if (const auto finished = finishWipe(m_parts.folder, *m_parts.random); !finished) {
        failWith(finished.error());
        return;
    }
    if (!Vault::exists(m_parts.folder)) {
        tellWiped();
        showSetup(m_wiped_watch ? words::Said(wipedWords) : words::Said());
        return;
    }
    auto vault = Vault::open(m_parts.folder, *m_parts.clock, *m_parts.random, m_parts.vault_options);
    if (!vault) {
        failWith(vault.error());
        return;
    }
    m_vault = std::move(*vault);
    startWatch();
    lock({});
}

void TabletSession::showSetup(words::Said reason) {
    m_setup = std::make_unique<SetupViewModel>(
        *m_parts.enrolment, m_parts.server, std::move(reason),
        [this](const DeviceSetup& setup, const NewOfficer& officer) { return createVault(setup, officer); }, nullptr);
    m_setup->setLanguage(m_language);
    m_state = QStringLiteral("setup");
    emit stateChanged();
}

void TabletSession::showUnlock(words::Said reason) {
    auto copy = std::make_unique<ExportViewModel>(*m_vault, *m_parts.clock, m_parts.drives, nullptr);
    m_unlock = std::make_unique<UnlockViewModel>(*m_vault, m_watch.get(), std::move(copy), std::move(reason), nullptr);
    if (!m_last_officer.isNil()) m_unlock->setOfficer(words::qt(m_last_officer.text()));
    m_unlock->setLanguage(m_language);
    connect(m_unlock.get(), &UnlockViewModel::unlocked, this, [this] { enter(); });
}

void TabletSession::failWith(const Error& error) {
    m_failure = error;
    m_state = QStringLiteral("failed");
    emit stateChanged();
}

Status TabletSession::createVault(const DeviceSetup& setup, const NewOfficer& officer) {
    ASSIGN(m_vault,
           Vault::create(m_parts.folder, setup, officer, *m_parts.clock, *m_parts.random, m_parts.vault_options));
    // The set-up's own call is still on the stack: its view-model goes with the next turn of the loop.
    QTimer::singleShot(0, this, [this] {
        startSync();
        enter();
        m_setup.reset();
        emit stateChanged();
    });
    return {};
}

void TabletSession::startSync() {
    if (m_sync) return;
    if (m_parts.practice != nullptr) {
        m_sync = std::make_unique<NoSync>();
        return;
    }
    m_sync = m_parts.make_sync(*m_vault);
    connect(m_sync.get(), &SyncControl::ordered, this, [this](const QString& kind) {
        // On the engine's own stack: what is destroyed here goes with the next turn of the loop.
        const bool is_wipe = kind == QStringLiteral("wipe");
        QTimer::singleShot(0, this, [this, is_wipe] {
            if (!m_vault) return;
            if (is_wipe) {
                wipe();
            } else {
                ordered(true, false);
            }
        });
    });
    connect(m_sync.get(), &SyncControl::statusChanged, this, &TabletSession::closeWhenSent, Qt::QueuedConnection);
    connect(m_sync.get(), &SyncControl::statusChanged, this, [this] {
        if (m_open.officers) m_open.officers->refresh();
    });
    connect(m_sync.get(), &SyncControl::officerRefused, this, [this](const QString& reason) {
        say([reason] {
            return tr("The server does not take your sign-in: %1. What you save is kept on this tablet; call your "
                      "supervisor.")
                .arg(reason);
        });
    });
    // On the engine's own stack, in the middle of a step: the store is read when that is over.
    connect(m_sync.get(), &SyncControl::packArrived, this, &TabletSession::takePack, Qt::QueuedConnection);
}

void TabletSession::retireAll() {
    speak(officerLanguage());
    m_times->stop();
    m_rows.stop();
    m_minute.stop();
    retire(std::exchange(m_open, Open{}));
    m_retired_rest.push_back({std::move(m_casework), std::move(m_desk), std::move(m_settings), std::move(m_today),
                              std::move(m_sending), std::move(m_board)});
    m_vault->onPulled({});
}

void TabletSession::enter() {
    m_times->stop();
    auto pack = loadPack();
    if (!pack) {
        failWith(pack.error());
        return;
    }
    m_casework = std::make_unique<Casework>(*m_vault, *m_parts.clock, *m_parts.random, *pack);
    m_casework->knowPack(m_pack);
    m_desk = std::make_unique<Desk>(*m_casework, *m_parts.clock);
    m_desk->setRoom(StorageRoom(m_parts.pictures.free_bytes));
    m_settings = std::make_unique<SettingsViewModel>(*m_vault, m_parts.folder, words::qt((*pack)->version()),
                                                     language(), nullptr);
    speak(officerLanguage());
    m_desk->setLanguage(m_language);
    connect(m_settings.get(), &SettingsViewModel::changed, this, [this] { speak(officerLanguage()); });
    connect(m_desk.get(), &Desk::languageAsked, this, &TabletSession::speak);
    connect(m_settings.get(), &SettingsViewModel::changed, this, [this] {
        if (m_state == QStringLiteral("unlocked") && m_parts.practice == nullptr)
            m_times->lockAfter(m_settings->idleMinutes());
    });
    startSync();
    startWatch();
    if (m_watch) m_watch->watch(false);
    connect(m_desk.get(), &Desk::totalsChanged, m_sync.get(), &SyncControl::saved);
    const auto follow_images = [this] { m_sync->setImagesUnmeteredOnly(m_settings->isWifiOnly()); };
    follow_images();
    connect(m_settings.get(), &SettingsViewModel::changed, this, follow_images);
    m_sync->storeChanged(true);
    m_sync->officerChanged();
    m_today = std::make_unique<TodayViewModel>(*m_desk, nullptr);
    auto copy = std::make_unique<ExportViewModel>(*m_vault, *m_parts.clock, m_parts.drives, nullptr);
    copy->setLanguage(m_language);
    connect(copy.get(), &ExportViewModel::changed, this, &TabletSession::noteActivity);  // a long copy is no idleness
    m_sending = std::make_unique<SendingViewModel>(*m_desk, *m_sync, std::move(copy), nullptr);
    m_board = std::make_unique<SiteBoardViewModel>(*m_desk, nullptr);
    m_history.clear();
    m_minute.start();

    auto place = placeKept();
    if (!build(place)) build(place = Place{});
    m_place = place;
    if (place.page != "today") m_history.push_back(Place{});
    m_state = QStringLiteral("unlocked");
    if (m_parts.practice == nullptr) m_times->lockAfter(m_settings->idleMinutes());
    emit stateChanged();
    emit placeChanged();
    m_rows.start(0);
}

QString TabletSession::roomTitle() const { return m_desk ? words::room(m_desk->room()).title : QString(); }
QString TabletSession::roomText() const { return m_desk ? words::room(m_desk->room()).text : QString(); }
QString TabletSession::siteName() const { return m_casework ? words::qt(m_casework->siteName()) : QString(); }
QString TabletSession::officerName() const { return m_casework ? words::qt(m_casework->officer().name) : QString(); }

void TabletSession::say(words::Said notice) {
    m_notice = std::move(notice);
    emit noticeChanged();
}

void TabletSession::setLanguage(const QString& language) {
    if (m_state == QStringLiteral("unlocked")) {
        m_settings->setLanguage(language);
    } else {
        speak(words::languageNamed(language));
    }
}

Language TabletSession::officerLanguage() const {
    return m_settings ? words::languageNamed(m_settings->language()) : m_language;
}

void TabletSession::speak(Language language) {
    if (m_language == language) return;
    m_language = language;
    if (m_parts.speak) m_parts.speak(language);
    if (m_setup) m_setup->setLanguage(language);
    if (m_unlock) m_unlock->setLanguage(language);
    if (m_desk) m_desk->setLanguage(language);
    if (m_sending) m_sending->copy()->setLanguage(language);
    if (m_open.officers) m_open.officers->setLanguage(language);
    if (m_open.passphrase) m_open.passphrase->setLanguage(language);
    if (m_notice) emit noticeChanged();
    emit languageChanged();
}

void TabletSession::clearNotice() { say({}); }

void TabletSession::retire(Open open) {
    m_retired.push_back(std::move(open));
    // The pages that show them are deleted by the loop before a timer of 0 fires.
    QTimer::singleShot(0, this, [this] { letGo(); });
}

void TabletSession::letGo() {
    m_retired.clear();
    m_retired_rest.clear();
}

}  // namespace fieldclaim::tablet
