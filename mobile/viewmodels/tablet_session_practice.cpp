#include "mobile/viewmodels/tablet_session.h"
#include "mobile/viewmodels/words.h"

// Practice: a session within this one, over a vault of its own with invented customers. It is given nothing that
// reaches anybody, so that nothing of it can reach the ledger.
namespace fieldclaim::tablet {
namespace {

std::string practiceFolder(const std::string& folder) { return folder + "/practice"; }

}  // namespace

bool TabletSession::canPractise() const { return m_parts.practice == nullptr && m_parts.pack.contains("practice.csv"); }

void TabletSession::beginAsPractice() {
    m_vault = m_parts.practice->takeVault();
    enter();
    if (m_state != QStringLiteral("unlocked")) return;
    m_practice_tasks = std::make_unique<PracticeViewModel>(*m_desk, *m_parts.practice, nullptr);
    connect(m_practice_tasks.get(), &PracticeViewModel::passedNow, this,
            [this] { say([] { return tr("Passed: you have done every task of the practice."); }); });
    emit stateChanged();
    goPractice();
}

void TabletSession::startPractice() {
    if (m_practice_session || m_parts.practice != nullptr) return;
    const bool is_unlocked = m_state == QStringLiteral("unlocked");
    if (is_unlocked) emit leaving();
    Practice::Setup setup;
    setup.folder = practiceFolder(m_parts.folder);
    setup.files = &m_parts.pack;
    setup.pack = m_pack;
    setup.language = m_language;
    if (is_unlocked) setup.officer = m_casework->officer().name;
    auto made = Practice::begin(setup, *m_parts.clock, *m_parts.random);
    if (!made) {
        say([this, error = made.error()] { return words::error(error, m_language); });
        return;
    }
    m_practice = std::move(*made);
    TabletParts parts;
    parts.folder = setup.folder;
    parts.clock = m_parts.clock;
    parts.random = m_parts.random;
    parts.pack = m_parts.pack;
    parts.pictures = m_parts.pictures;
    parts.language = m_language;
    parts.speak = m_parts.speak;
    parts.practice = m_practice.get();
    m_practice_session = std::make_unique<TabletSession>(std::move(parts));
    if (is_unlocked) {
        auto& theirs = *m_practice_session->settings();
        theirs.setTextSize(m_settings->textSize());
        theirs.setTheme(m_settings->theme());
        theirs.setLanguage(m_settings->language());
    }
    connect(m_practice_session.get(), &TabletSession::practiceLeft, this, &TabletSession::leavePractice);
    emit practiceChanged();
}

void TabletSession::leavePractice() {
    if (m_parts.practice != nullptr) {
        emit leaving();
        emit practiceLeft();
        return;
    }
    if (!m_practice_session) return;
    // The pages of practice are on the stack still: they go with the next turn of the loop, and what they show after.
    QTimer::singleShot(0, this, &TabletSession::endPractice);
}

void TabletSession::endPractice() {
    std::shared_ptr<TabletSession> ended = std::move(m_practice_session);
    std::shared_ptr<Practice> thrown_away = std::move(m_practice);
    if (m_parts.speak) m_parts.speak(m_language);
    emit practiceChanged();
    QTimer::singleShot(0, this, [ended, thrown_away]() mutable {
        ended.reset();
        thrown_away.reset();
    });
}

}  // namespace fieldclaim::tablet
