#include "mobile/viewmodels/tablet_session.h"

#include <algorithm>
#include <utility>

#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

constexpr int kMinute_ms = 60'000;
/// Architecture part 6: the vault's key stays in memory while there is something to send, this long at most.
constexpr int kCloseAfterLock_ms = 30 * kMinute_ms;
constexpr int kWipeWait_ms = 10 * kMinute_ms;
constexpr std::size_t kMostHistory = 50;

/// Pages that are turned round to the customer: they may be in another language than the officer's.
bool facesCustomer(const std::string& page) { return page == "check" || page == "sign" || page == "receipt"; }

bool ofClaim(const std::string& page) {
    static constexpr std::string_view kPages[] = {"claim",    "question", "benefits", "check",
                                                  "evidence", "sign",     "receipt",  "conflict"};
    return std::find(std::begin(kPages), std::end(kPages), page) != std::end(kPages);
}

QString wipedWords() {
    return TabletSession::tr(
        "A supervisor wiped this tablet. Nothing of it is left here; what was sent is on the server. To use the tablet "
        "again, set it up with a new code.");
}

}  // namespace

TabletSession::TabletSession(TabletParts parts, QObject* parent)
    : QObject(parent), m_parts(std::move(parts)), m_language(m_parts.language) {
    if (m_parts.speak) m_parts.speak(m_language);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        lock([] {
            return tr(
                "The tablet locked itself because nobody used it. Nothing is lost: unlock to go on where you were.");
        });
    });
    m_minute.setInterval(kMinute_ms);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (m_sending) m_sending->refreshStrip();
    });
    m_close_late.setSingleShot(true);
    connect(&m_close_late, &QTimer::timeout, this, &TabletSession::closeStore);
    m_wipe_late.setSingleShot(true);
    connect(&m_wipe_late, &QTimer::timeout, this, &TabletSession::wipe);
    start();
}

TabletSession::~TabletSession() {
    letGo();
    m_open = {};
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
    if (const auto finished = finishWipe(m_parts.folder, *m_parts.random); !finished) {
        failWith(finished.error());
        return;
    }
    if (!Vault::exists(m_parts.folder)) {
        tellWiped();
        showSetup(m_wiped_watch ? wipedWords : words::Said());
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
    m_unlock = std::make_unique<UnlockViewModel>(*m_vault, m_watch.get(), std::move(reason), nullptr);
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
    connect(m_sync.get(), &SyncControl::officerRefused, this, [this](const QString& reason) {
        say([reason] {
            return tr("The server does not take your sign-in: %1. What you save is kept on this tablet; call your "
                      "supervisor.")
                .arg(reason);
        });
    });
    connect(m_sync.get(), &SyncControl::packArrived, this, [this](const QString&) {
        say([] { return tr("New questions have arrived. They are used from the next unlock on."); });
    });
}

Result<std::shared_ptr<const FormPack>> TabletSession::loadPack() {
    auto files = m_vault->pack(m_pack->id());
    if (!files) return tl::unexpected(files.error());
    if (!*files) return m_pack;
    auto pulled = FormPack::load(**files);
    // A pack that does not load was refused where it was fetched; the one that the app was built with always does.
    return pulled ? *pulled : m_pack;
}

bool TabletSession::hasToSend() const {
    const auto totals = m_vault->totals();
    return totals && (totals->saved_here > totals->acknowledged || totals->blobs_waiting > 0);
}

void TabletSession::startWatch() {
    if (m_watch || !m_parts.make_watch || !m_vault->deviceState().isKnown()) return;
    m_watch = m_parts.make_watch(m_vault->deviceState(), m_vault->deviceKey());
    connect(m_watch.get(), &DeviceWatchControl::ordered, this,
            [this](bool lock_order, bool wipe_order) { ordered(lock_order, wipe_order); });
}

void TabletSession::tellWiped() {
    const auto wiped = wipedTablet(m_parts.folder);
    if (!wiped || !m_parts.make_watch) return;
    m_wiped_watch = m_parts.make_watch(wiped->state, wiped->key);
    connect(m_wiped_watch.get(), &DeviceWatchControl::wipeTold, this, [this] {
        forgetWiped(m_parts.folder);
        QTimer::singleShot(0, this, [this] { m_wiped_watch.reset(); });
    });
    if (wiped->state.pending) m_wiped_watch->pendingKnown(*wiped->state.pending);
    m_wiped_watch->storeWiped();
}

void TabletSession::ordered(bool lock_order, bool wipe_order) {
    if (!m_vault) return;
    // Should it not be kept over a restart, it is asked for again within the minute.
    static_cast<void>(m_vault->setLocked(lock_order));
    if (lock_order && m_state == QStringLiteral("unlocked"))
        lock({});
    else if (m_unlock)
        m_unlock->ordersChanged();
    if (wipe_order) beginWipe();
}

void TabletSession::beginWipe() {
    if (!m_vault->isOpen() || !hasToSend()) {
        QTimer::singleShot(0, this, &TabletSession::wipe);
    } else if (!m_wipe_late.isActive()) {
        // The sync engine hears of it too, sends what there is, and says when.
        m_wipe_late.start(kWipeWait_ms);
        if (m_sync) m_sync->syncNow();
    }
}

void TabletSession::wipe() {
    if (!m_vault) return;
    if (m_state == QStringLiteral("unlocked")) {
        m_state = QStringLiteral("locked");  // pages hand over nothing more
        retireAll();
    }
    m_wipe_late.stop();
    m_close_late.stop();
    m_sync.reset();
    m_watch.reset();
    const auto destroyed = m_vault->destroy();
    if (!destroyed) {
        failWith(destroyed.error());
        return;
    }
    tellWiped();
    showSetup(wipedWords);
    emit placeChanged();
    // The pages' view-models borrow the vault until the loop has let them go.
    QTimer::singleShot(0, this, [this] {
        letGo();
        m_unlock.reset();
        m_vault.reset();
    });
}

void TabletSession::retireAll() {
    speak(officerLanguage());
    m_idle.stop();
    m_minute.stop();
    retire(std::exchange(m_open, Open{}));
    m_retired_rest.push_back(
        {std::move(m_casework), std::move(m_desk), std::move(m_settings), std::move(m_today), std::move(m_sending)});
    m_vault->onPulled({});
}

void TabletSession::enter() {
    m_close_late.stop();
    auto pack = loadPack();
    if (!pack) {
        failWith(pack.error());
        return;
    }
    m_casework = std::make_unique<Casework>(*m_vault, *m_parts.clock, *m_parts.random, *pack);
    m_desk = std::make_unique<Desk>(*m_casework, *m_parts.clock);
    m_settings = std::make_unique<SettingsViewModel>(*m_vault, words::qt((*pack)->version()), language(), nullptr);
    speak(officerLanguage());
    m_desk->setLanguage(m_language);
    connect(m_settings.get(), &SettingsViewModel::changed, this, [this] { speak(officerLanguage()); });
    connect(m_desk.get(), &Desk::languageAsked, this, &TabletSession::speak);
    connect(m_settings.get(), &SettingsViewModel::changed, this, &TabletSession::noteActivity);
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
    m_sending = std::make_unique<SendingViewModel>(*m_desk, *m_sync, nullptr);
    m_history.clear();
    m_minute.start();

    const auto kept = m_vault->setting(placeKey());
    auto place = Place::decode(kept ? *kept : std::string());
    if (!build(place)) build(place = Place{});
    m_place = place;
    if (place.page != "today") m_history.push_back(Place{});
    m_state = QStringLiteral("unlocked");
    noteActivity();
    emit stateChanged();
    emit placeChanged();
}

void TabletSession::lockNow() { lock({}); }

void TabletSession::lock(words::Said reason) {
    if (m_state == QStringLiteral("locked")) return;
    const bool was_unlocked = m_state == QStringLiteral("unlocked");
    if (was_unlocked) emit leaving();
    m_state = QStringLiteral("locked");
    const bool to_send = was_unlocked && hasToSend();
    m_vault->signOut();
    showUnlock(std::move(reason));
    emit stateChanged();
    if (was_unlocked) {
        retireAll();
        if (to_send) {
            m_close_late.start(kCloseAfterLock_ms);
        } else {
            closeStore();
        }
        emit placeChanged();
    }
    if (!m_watch) return;
    if (const auto pending = m_vault->deviceState().pending) m_watch->pendingKnown(*pending);
    m_watch->watch(true);
}

void TabletSession::closeStore() {
    if (m_state != QStringLiteral("locked")) return;
    if (m_sync) m_sync->storeChanged(false);
    m_vault->lock();
}

void TabletSession::noteActivity() {
    if (m_state != QStringLiteral("unlocked")) return;
    m_idle.start(m_settings->idleMinutes() * kMinute_ms);
}

QString TabletSession::page() const { return words::qt(m_place.page); }
QString TabletSession::detail() const { return words::qt(m_place.detail); }
QString TabletSession::siteName() const { return m_casework ? words::qt(m_casework->siteName()) : QString(); }
QString TabletSession::officerName() const { return m_casework ? words::qt(m_casework->officer().name) : QString(); }

std::string TabletSession::placeKey() const { return "place/" + m_vault->officer().id.text(); }

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

bool TabletSession::build(Place& place) {
    Open next;
    if (ofClaim(place.page)) {
        if (m_open.open_case && m_open.open_case->crn() == place.crn) {
            next.open_case = std::move(m_open.open_case);
            next.claim = std::move(m_open.claim);
        } else {
            next.open_case = std::make_unique<OpenCase>(*m_desk, place.crn, nullptr);
            if (!next.open_case->isLoaded()) {
                say([text = next.open_case->loadError()] { return text; });
                return false;
            }
            next.claim = std::make_unique<ClaimViewModel>(*next.open_case, nullptr);
            const auto leave = [this] {
                say(words::claimHasLeft);
                goToday();
            };
            connect(next.open_case.get(), &OpenCase::gone, this, leave, Qt::QueuedConnection);
        }
        auto& open_case = *next.open_case;
        if (place.page == "question") {
            const auto& pages = m_casework->pack()->pages();
            const auto found =
                std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.id == place.detail; });
            const auto* benefits = benefitsQuestion(*m_casework->pack());
            if (found == pages.end()) {
                place = {"claim", place.crn, {}, {}};
            } else if (benefits != nullptr && benefits->page == place.detail) {
                place = {"benefits", place.crn, place.detail, {}};
            }
        }
        if (place.page == "question") {
            next.question = std::make_unique<QuestionPageViewModel>(open_case, place.detail, place.instance, nullptr);
            connect(next.question.get(), &QuestionPageViewModel::goTo, this, &TabletSession::afterPage);
        } else if (place.page == "benefits") {
            next.first_contact = std::make_unique<FirstContactViewModel>(open_case, nullptr);
            connect(next.first_contact.get(), &FirstContactViewModel::goTo, this, &TabletSession::afterPage);
        } else if (place.page == "check") {
            next.check = std::make_unique<CheckAnswersViewModel>(open_case, nullptr);
            connect(next.check.get(), &CheckAnswersViewModel::confirmed, this, &TabletSession::goSign);
        } else if (place.page == "evidence") {
            next.evidence = std::make_unique<EvidenceViewModel>(open_case, nullptr);
        } else if (place.page == "sign" || place.page == "receipt") {
            next.declaration = std::make_unique<DeclarationViewModel>(open_case, nullptr);
            connect(next.declaration.get(), &DeclarationViewModel::signedNow, this, [this] {
                // Signed by all who must: the server is asked to take it, and the receipt is shown.
                if (m_open.declaration->isSigned() && m_open.declaration->submit()) goReceipt();
            });
        } else if (place.page == "conflict") {
            next.conflict = std::make_unique<ConflictViewModel>(open_case, nullptr);
            if (!place.detail.empty()) next.conflict->setCurrent(words::qt(place.detail));
            connect(next.conflict.get(), &ConflictViewModel::settled, this, &TabletSession::goClaim);
        }
        if (place.page == "claim") next.claim->readHistory();
    } else {
        static constexpr std::string_view kPages[] = {"today", "search", "sending", "settings"};
        if (std::find(std::begin(kPages), std::end(kPages), place.page) == std::end(kPages)) return false;
        if (place.page == "today") m_today->refresh();
        if (place.page == "sending") m_sending->refresh();
    }
    std::swap(m_open, next);
    retire(std::move(next));
    return true;
}

void TabletSession::go(Place place, bool remember) {
    if (m_state != QStringLiteral("unlocked")) return;
    emit leaving();
    if (!facesCustomer(place.page)) speak(officerLanguage());
    if (remember && !(m_place == place)) {
        m_history.push_back(m_place);
        if (m_history.size() > kMostHistory) m_history.erase(m_history.begin());
    }
    if (!build(place)) build(place = Place{});
    m_place = place;
    // The place is a convenience: the answers do not depend on it, and a full disk is said at the next save.
    static_cast<void>(m_vault->saveSetting(placeKey(), m_place.encode()));
    noteActivity();
    emit placeChanged();
}

void TabletSession::goToday() {
    m_changing = false;
    go({});
    m_history.clear();
    emit placeChanged();
}

void TabletSession::goSearch() { go({"search", {}, {}, {}}); }
void TabletSession::goSending() { go({"sending", {}, {}, {}}); }
void TabletSession::goSettings() { go({"settings", {}, {}, {}}); }

void TabletSession::newClaim() {
    const auto crn = m_casework->beginClaim();
    if (!crn) {
        say([this, error = crn.error()] { return words::error(error, m_language); });
        return;
    }
    m_changing = false;
    const auto opened = m_casework->open(*crn);
    const auto first = opened ? FormRoute(opened->review.evaluation).first() : std::nullopt;
    go({"claim", *crn, {}, {}});
    if (first) openPage(words::qt(*first));
}

void TabletSession::openClaim(const QString& crn) {
    m_changing = false;
    go({"claim", words::utf8(crn), {}, {}});
}

void TabletSession::goClaim() { go({"claim", m_place.crn, {}, {}}); }
void TabletSession::goEvidence() { go({"evidence", m_place.crn, {}, {}}); }
void TabletSession::goSign() { go({"sign", m_place.crn, {}, {}}); }
void TabletSession::goReceipt() { go({"receipt", m_place.crn, {}, {}}); }

void TabletSession::goCheck() {
    m_changing = false;
    go({"check", m_place.crn, {}, {}});
}

void TabletSession::openProof(const QString& key) { go({"evidence", m_place.crn, words::utf8(key), {}}); }

void TabletSession::openTask(const QString& kind, const QString& id) {
    m_changing = false;
    if (kind == QStringLiteral("evidence")) {
        goEvidence();
    } else if (kind == QStringLiteral("sign")) {
        if (m_open.claim && m_open.claim->isSigned()) {
            goReceipt();
        } else {
            goCheck();
        }
    } else if (m_open.open_case) {
        emit leaving();
        const auto entry = FormRoute(m_open.open_case->evaluation()).entry(words::utf8(id));
        if (entry) openPage(words::qt(*entry));
    }
}

void TabletSession::openPage(const QString& page, const QString& instance) {
    if (m_place.page == "check") m_changing = true;
    go({"question", m_place.crn, words::utf8(page), words::utf8(instance)});
}

void TabletSession::openAction(const QString& kind, const QString& about) {
    if (kind == QStringLiteral("proof")) {
        openProof(about);
    } else if (kind == QStringLiteral("sign")) {
        goCheck();
    } else if (kind == QStringLiteral("conflict")) {
        go({"conflict", m_place.crn, {}, {}});
    } else if (m_open.open_case) {
        const auto* state = m_open.open_case->evaluation().find(words::utf8(about));
        if (state != nullptr) openPage(words::qt(state->question->page), words::qt(state->instance));
    }
}

void TabletSession::afterPage(const QString& page, const QString& instance) {
    const bool same_page = words::utf8(page) == m_place.detail;  // into or out of one card of a repeat
    if (m_changing && !same_page) {
        goCheck();
        return;
    }
    if (page.isEmpty()) {
        goClaim();
        return;
    }
    openPage(page, instance);
}

void TabletSession::goBack() {
    if (m_history.empty()) {
        goToday();
        return;
    }
    auto place = m_history.back();
    m_history.pop_back();
    go(std::move(place), false);
}

}  // namespace fieldclaim::tablet
