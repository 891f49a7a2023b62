#include <utility>

#include "mobile/viewmodels/tablet_session.h"

// Form packs: which one is in use, and what happens when a newer one arrives while the officer works.
namespace fieldclaim::tablet {

void TabletSession::takePack() {
    // A locked tablet loads it when it is unlocked.
    if (m_state != QStringLiteral("unlocked")) return;
    auto pack = loadPack();
    if (!pack || (*pack)->name() == m_casework->pack()->name()) return;
    m_casework->usePack(*pack);
    m_settings->setPackVersion(words::qt((*pack)->version()));
    if (m_open.open_case) {
        say([] { return tr("New questions have arrived. The claim that is open keeps its own until you leave it."); });
        emit m_desk->claimChanged(words::qt(m_open.open_case->crn()));
    } else {
        say([] { return tr("New questions have arrived, and are asked from now on."); });
        m_today->refresh();
    }
    m_rows.start(0);
}

void TabletSession::refreshRows() {
    constexpr std::size_t kAtOnce = 8;
    if (m_state != QStringLiteral("unlocked")) return;
    if (m_casework->refreshSummaries(kAtOnce) > 0) {
        m_rows_made = true;
        m_rows.start(0);
    } else if (std::exchange(m_rows_made, false) && m_place.page == "today") {
        m_today->refresh();
    }
}

void TabletSession::useNewQuestions() {
    if (!m_open.open_case) return;
    m_reopen = true;
    go({"claim", m_open.open_case->crn(), {}, {}});
    m_reopen = false;
}

Result<std::shared_ptr<const FormPack>> TabletSession::loadPack() {
    auto files = m_vault->pack(m_pack->id());
    if (!files) return tl::unexpected(files.error());
    if (!*files) return m_pack;
    auto pulled = FormPack::load(**files);
    // A pack that does not load was refused where it was fetched; the one that the app was built with always does.
    return pulled ? *pulled : m_pack;
}

}  // namespace fieldclaim::tablet
