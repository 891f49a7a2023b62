#include <algorithm>
#include <utility>

#include "mobile/viewmodels/form_route.h"
#include "mobile/viewmodels/tablet_session.h"
#include "mobile/viewmodels/words.h"

// Where in the app the officer is, and the ways from there.
namespace fieldclaim::tablet {
namespace {

constexpr std::size_t kMostHistory = 50;

/// Pages that are turned round to the customer: they may be in another language than the officer's.
bool facesCustomer(const std::string& page) { return page == "check" || page == "sign" || page == "receipt"; }

bool ofClaim(const std::string& page) {
    static constexpr std::string_view kPages[] = {"claim", "question", "benefits", "check",   "evidence", "picture",
                                                  "sign",  "receipt",  "conflict", "history", "date",     "duplicate"};
    return std::find(std::begin(kPages), std::end(kPages), page) != std::end(kPages);
}

// What a picture page is for, where a question's page has the instance.
constexpr const char* kAnswerPicture = "answer";
constexpr const char* kAnswerCode = "code";
constexpr const char* kSignedPage = "scan";
constexpr const char* kOnPaper = "paper";  ///< of the page where the claim is signed

PictureGoal pictureGoal(const Place& place) {
    const auto kind = place.instance == kAnswerPicture ? PictureGoal::Kind::Answer
                      : place.instance == kAnswerCode  ? PictureGoal::Kind::Code
                      : place.instance == kSignedPage  ? PictureGoal::Kind::Scan
                                                       : PictureGoal::Kind::Proof;
    return {kind, place.detail};
}

}  // namespace

QString TabletSession::page() const { return words::qt(m_place.page); }
QString TabletSession::detail() const { return words::qt(m_place.detail); }
std::string TabletSession::placeKey() const { return "place/" + m_vault->officer().id.text(); }

Place TabletSession::placeKept() {
    const auto last = m_vault->setting("last_officer");
    const auto here = m_vault->officer().id.text();
    // A convenience, as the place itself: what cannot be kept is not there the next time.
    static_cast<void>(m_vault->saveSetting("last_officer", here));
    // After a colleague the day begins at Today: what stood on the screen was theirs.
    if (last && !last->empty() && *last != here) return {};
    const auto kept = m_vault->setting(placeKey());
    return Place::decode(kept ? *kept : std::string());
}

bool TabletSession::build(Place& place) {
    Open next;
    if (ofClaim(place.page)) {
        if (m_open.open_case && m_open.open_case->crn() == place.crn && !m_reopen) {
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
            const auto& pages = open_case.pack().pages();
            const auto found =
                std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.id == place.detail; });
            const auto* benefits = benefitsQuestion(open_case.pack());
            if (found == pages.end()) {
                place = {"claim", place.crn, {}, {}};
            } else if (benefits != nullptr && benefits->page == place.detail) {
                place = {"benefits", place.crn, place.detail, {}};
            }
        }
        if (place.page == "history" && AnswerHistoryViewModel::questionAt(open_case.pack(), place.detail) == nullptr)
            place = {"claim", place.crn, {}, {}};
        if (place.page == "picture" && !place.instance.empty() && place.instance != kSignedPage &&
            AnswerHistoryViewModel::questionAt(open_case.pack(), place.detail) == nullptr)
            place = {"claim", place.crn, {}, {}};
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
            next.evidence = std::make_unique<EvidenceViewModel>(open_case, place.detail, nullptr);
        } else if (place.page == "picture") {
            next.picture = std::make_unique<PictureViewModel>(open_case, pictureGoal(place), m_parts.pictures, nullptr);
            // Not back to the camera by the way back.
            connect(next.picture.get(), &PictureViewModel::kept, this, &TabletSession::leavePicture);
        } else if (place.page == "sign" || place.page == "receipt") {
            next.declaration = std::make_unique<DeclarationViewModel>(open_case, nullptr);
            if (place.detail == kOnPaper) next.declaration->resumeInk();
            connect(next.declaration.get(), &DeclarationViewModel::signedNow, this, [this] {
                // Signed by all who must: the server is asked to take it, and the receipt is shown.
                if (m_open.declaration->isSigned() && m_open.declaration->submit()) goReceipt();
            });
        } else if (place.page == "conflict") {
            next.conflict = std::make_unique<ConflictViewModel>(open_case, nullptr);
            if (!place.detail.empty()) next.conflict->setCurrent(words::qt(place.detail));
            connect(next.conflict.get(), &ConflictViewModel::settled, this, &TabletSession::goClaim);
        } else if (place.page == "history") {
            next.answer_history = std::make_unique<AnswerHistoryViewModel>(open_case, place.detail, nullptr);
        } else if (place.page == "date") {
            next.correct_date = std::make_unique<CorrectDateViewModel>(open_case, nullptr);
            connect(next.correct_date.get(), &CorrectDateViewModel::asked, this, &TabletSession::goBack);
        } else if (place.page == "duplicate") {
            next.duplicate = std::make_unique<DuplicateViewModel>(open_case, place.detail, nullptr);
            connect(next.duplicate.get(), &DuplicateViewModel::settled, this, &TabletSession::goBack,
                    Qt::QueuedConnection);
        }
        if (place.page == "claim") next.claim->readHistory();
    } else {
        static constexpr std::string_view kPages[] = {"today",    "search",     "sending", "settings",
                                                      "officers", "passphrase", "board",   "practice"};
        if (std::find(std::begin(kPages), std::end(kPages), place.page) == std::end(kPages)) return false;
        if (place.page == "today") m_rows.start(0);
        if (place.page == "sending") m_sending->refresh();
        if (place.page == "settings") m_settings->refreshFacts();
        if (place.page == "officers") {
            next.officers = std::make_unique<OfficersViewModel>(
                *m_vault,
                [this] {
                    m_sync->officerChanged();
                    m_sync->syncNow();
                },
                m_language, nullptr);
        } else if (place.page == "passphrase") {
            next.passphrase = std::make_unique<PassphraseViewModel>(*m_vault, m_language, nullptr);
        }
        if (place.page == "board") m_board->show(words::qt(place.detail));
    }
    std::swap(m_open, next);
    retire(std::move(next));
    m_today->setShown(place.page == "today");
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
void TabletSession::goBoard(const QString& figure) { go({"board", {}, words::utf8(figure), {}}); }
void TabletSession::goPractice() {
    if (m_practice_tasks) go({"practice", {}, {}, {}});
}
void TabletSession::goSettings() { go({"settings", {}, {}, {}}); }
void TabletSession::goOfficers() { go({"officers", {}, {}, {}}); }
void TabletSession::goPassphrase() { go({"passphrase", {}, {}, {}}); }

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

void TabletSession::openWaiting(const QString& crn, const QString& kind) {
    m_changing = false;
    go({kind == QStringLiteral("conflict") ? "conflict" : "claim", words::utf8(crn), {}, {}});
}

void TabletSession::openDuplicate(const QString& crn, const QString& other) {
    m_changing = false;
    go({"duplicate", words::utf8(crn), words::utf8(other), {}});
}

void TabletSession::goClaim() { go({"claim", m_place.crn, {}, {}}); }
void TabletSession::goEvidence() { go({"evidence", m_place.crn, {}, {}}); }
void TabletSession::openHistory(const QString& key) { go({"history", m_place.crn, words::utf8(key), {}}); }
void TabletSession::goCorrectDate() { go({"date", m_place.crn, {}, {}}); }
void TabletSession::goSign() { go({"sign", m_place.crn, {}, {}}); }
void TabletSession::goReceipt() { go({"receipt", m_place.crn, {}, {}}); }

void TabletSession::goCheck() {
    m_changing = false;
    go({"check", m_place.crn, {}, {}});
}

void TabletSession::openProof(const QString& key) { go({"evidence", m_place.crn, words::utf8(key), {}}); }

void TabletSession::openPicture(const QString& key) { go({"picture", m_place.crn, words::utf8(key), {}}); }
void TabletSession::openAnswerPicture(const QString& key) {
    go({"picture", m_place.crn, words::utf8(key), kAnswerPicture});
}
void TabletSession::openCode(const QString& key) { go({"picture", m_place.crn, words::utf8(key), kAnswerCode}); }

void TabletSession::openScan() { go({"picture", m_place.crn, {}, kSignedPage}, false); }

void TabletSession::leavePicture() {
    if (m_place.instance.empty()) {
        go({"evidence", m_place.crn, m_place.detail, {}}, false);
        return;
    }
    if (m_place.instance == kSignedPage) {
        go({"sign", m_place.crn, kOnPaper, {}}, false);
        return;
    }
    // Where the question is asked; it may be asked no more, with another answer from elsewhere.
    const auto* state = m_open.open_case ? m_open.open_case->evaluation().find(m_place.detail) : nullptr;
    if (state == nullptr) {
        go({"claim", m_place.crn, {}, {}}, false);
    } else {
        go({"question", m_place.crn, state->question->page, state->instance}, false);
    }
}

void TabletSession::openTask(const QString& kind, const QString& id) {
    m_changing = false;
    if (kind == QStringLiteral("evidence")) {
        goEvidence();
    } else if (kind == QStringLiteral("conflict")) {
        go({"conflict", m_place.crn, {}, {}});
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
        go({"conflict", m_place.crn, words::utf8(about), {}});
    } else if (kind == QStringLiteral("office")) {
        goSending();  // nothing of it is done here: what was sent, and what came of it
    } else if (m_open.open_case) {
        const auto* state = m_open.open_case->evaluation().find(words::utf8(about));
        if (state != nullptr) {
            openPage(words::qt(state->question->page), words::qt(state->instance));
        } else {
            goCheck();  // a refusal that names no question is about any of them
        }
    }
}

void TabletSession::goNext() {
    if (!m_open.claim) return;
    const auto kind = m_open.claim->nextKind();
    if (kind == QStringLiteral("receipt")) {
        goReceipt();
    } else if (kind == QStringLiteral("check")) {
        goCheck();
    } else if (kind == QStringLiteral("section") || kind == QStringLiteral("evidence")) {
        openTask(kind, m_open.claim->nextAbout());
    } else {
        openAction(kind, m_open.claim->nextAbout());
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
