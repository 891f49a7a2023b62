#include "mobile/viewmodels/today_view_model.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "mobile/viewmodels/duplicate_view_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

const QList<QByteArray> kClaimRoles = {"crn",     "time",   "name",       "detail", "tag",
                                       "tagTone", "status", "statusTone", "place"};
/// More than a screen of them helps nobody; search finds the rest.
constexpr int kMostOthers = 20;
constexpr int kMostActions = 6;
constexpr int kMostDuplicates = 4;
/// Of claims that are not known yet: so many are read before the page shows, and so many between two frames.
constexpr std::size_t kReadFirst = 30;
constexpr std::size_t kReadAtATime = 4;
/// Less often than frames are drawn: between two of them there is never more than one such turn.
constexpr int kReadEvery_ms = 16;
/// What comes one claim at a time is shown together.
constexpr int kShowWait_ms = 100;

}  // namespace

TodayViewModel::TodayViewModel(Desk& desk, QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_appointments(kClaimRoles, this),
      m_others(kClaimRoles, this),
      m_actions({"actionKey", "crn", "text", "badge", "tone", "kind"}, this),
      m_duplicates({"pairKey", "crn", "other", "text", "detail"}, this),
      m_found(kClaimRoles, this) {
    connect(&m_desk, &Desk::languageChanged, this, [this] {
        show();
        emit searchChanged();
    });
    connect(&m_desk, &Desk::claimChanged, this, [this](const QString& crn) {
        if (!m_is_shown) return;
        m_news.insert(crn);
        m_take_news.start(0);  // not in the middle of a save or a step of sync
    });
    connect(&m_take_news, &QTimer::timeout, this, &TodayViewModel::takeNews);
    connect(&m_catch_up, &QTimer::timeout, this, &TodayViewModel::catchUp);
    m_show.setSingleShot(true);
    connect(&m_show, &QTimer::timeout, this, &TodayViewModel::show);
    runSearch();
}

void TodayViewModel::setShown(bool shown) {
    m_is_shown = shown;
    if (shown) refresh();
}

QString TodayViewModel::title() const {
    return tr("Today, %1").arg(words::weekday(m_desk.casework().today(), m_desk.language()));
}

RecordListModel::Record TodayViewModel::row(const ClaimSummary& claim, bool with_time) const {
    const auto language = m_desk.language();
    QStringList detail;
    const auto benefits = words::benefits(m_desk.pack(), claim.benefits, language);
    if (!benefits.isEmpty()) detail.append(benefits);
    if (claim.visit && !claim.visit->note.empty()) detail.append(words::qt(claim.visit->note));
    if (!with_time && !claim.nino_masked.empty()) detail.append(words::qt(claim.nino_masked));
    if (detail.isEmpty()) detail.append(words::qt(Crn::display(claim.crn)));
    QString tag;
    QString tone = QStringLiteral("neutral");
    if (claim.urgent) {
        tag = tr("Urgent");
        tone = QStringLiteral("red");
    } else if (claim.language == "interpreter") {
        tag = tr("Interpreter");
    } else if (claim.language == "cy") {
        tag = tr("Cymraeg");
    }
    const auto status = words::standing(claim);
    return {words::qt(claim.crn),
            with_time && claim.visit ? words::qt(claim.visit->time) : QString(),
            claim.name.empty() ? tr("No name yet") : words::qt(claim.name),
            detail.join(QStringLiteral(" · ")),
            tag,
            tone,
            status.text,
            status.tone,
            claim.visit ? words::qt(claim.visit->place) : QString()};
}

void TodayViewModel::refresh() {
    m_news.clear();
    m_take_news.stop();
    auto list = m_desk.casework().claimsNow(kReadFirst);
    if (!list) {
        m_error = words::error(list.error(), m_desk.language());
        emit changed();
        return;
    }
    m_error.clear();
    m_claims = std::move(list->claims);
    m_left = list->left;
    if (m_left > 0) m_catch_up.start(kReadEvery_ms);
    show();
}

void TodayViewModel::catchUp() {
    auto read = m_desk.casework().catchUp(kReadAtATime);
    const auto count = read ? read->size() : 0;
    if (count > 0) {
        for (auto& claim : *read) take(std::move(claim));
        m_left -= std::min(m_left, count);
    } else {
        // Where nothing can be kept, as on a full disk, the next visit of the page tries again.
        m_catch_up.stop();
        m_left = 0;
    }
    showSoon();
}

void TodayViewModel::takeNews() {
    for (std::size_t i = 0; i < kReadAtATime && !m_news.isEmpty(); ++i) {
        const auto crn = *m_news.begin();
        m_news.erase(m_news.begin());
        if (auto now = m_desk.casework().summary(words::utf8(crn))) {
            take(std::move(*now));
        } else {
            std::erase_if(m_claims, [&](const ClaimSummary& claim) { return words::qt(claim.crn) == crn; });
        }
    }
    if (m_news.isEmpty()) m_take_news.stop();
    showSoon();
}

void TodayViewModel::take(ClaimSummary claim) {
    const auto known =
        std::find_if(m_claims.begin(), m_claims.end(), [&](const ClaimSummary& each) { return each.crn == claim.crn; });
    if (known != m_claims.end()) {
        *known = std::move(claim);
    } else {
        m_claims.push_back(std::move(claim));
    }
}

void TodayViewModel::showSoon() {
    if (m_is_shown && !m_show.isActive()) m_show.start(kShowWait_ms);
}

void TodayViewModel::show() {
    m_show.stop();
    m_desk.casework().putInOrder(m_claims);
    const auto today = m_desk.casework().today().iso();
    QList<RecordListModel::Record> appointments;
    QList<RecordListModel::Record> others;
    QList<RecordListModel::Record> actions;
    int urgent = 0;
    int waiting = 0;
    const auto act = [&](const ClaimSummary& claim, const QString& text, const QString& badge, const QString& tone,
                         const QString& kind = {}) {
        ++waiting;
        if (actions.size() >= kMostActions) return;
        const auto name = claim.unreadable && claim.name.empty() ? words::qt(Crn::display(claim.crn))
                          : claim.name.empty()                   ? tr("No name yet")
                                                                 : words::qt(claim.name);
        actions.append(
            {words::qt(claim.crn) + text, words::qt(claim.crn), tr("%1 · %2").arg(text, name), badge, tone, kind});
    };
    for (const auto& claim : m_claims) {
        if (claim.unreadable) act(claim, tr("Cannot be read here"), tr("call support"), QStringLiteral("red"));
        if (!claim.is_read) continue;
        if (claim.urgent) ++urgent;
        if (claim.visit && claim.visit->date == today) {
            appointments.append(row(claim, true));
        } else if (others.size() < kMostOthers) {
            others.append(row(claim, false));
        }
        const auto due = claim.urgent ? tr("urgent") : QString();
        const auto due_tone = claim.urgent ? QStringLiteral("red") : QStringLiteral("amber");
        if (claim.to_correct) act(claim, tr("Correct what was refused"), tr("refused"), QStringLiteral("red"));
        if (claim.submit_refused)
            act(claim, tr("Sign again, the server refused it"), tr("refused"), QStringLiteral("red"));
        if (claim.conflicts > 0)
            act(claim, tr("Choose between two answers"), claim.urgent ? due : tr("holds it back"), due_tone,
                QStringLiteral("conflict"));
        if (claim.seal == SealState::Void)
            act(claim, tr("Sign again, an answer changed"), claim.urgent ? due : tr("holds it back"), due_tone);
        if (claim.seal == SealState::Valid && claim.blocking > 0)
            act(claim, tr("Proof still to be seen"), claim.urgent ? due : tr("holds it back"), due_tone);
        if (claim.started && claim.to_go == 0 && claim.conflicts == 0 && claim.seal == SealState::None &&
            !claim.forms_only) {
            act(claim, tr("Check and sign"), claim.urgent ? due : tr("ready"),
                claim.urgent ? due_tone : QStringLiteral("green"));
        }
    }
    m_appointments.setRecords(appointments);
    m_others.setRecords(others);
    m_actions.setRecords(actions);
    refreshDuplicates();
    QStringList parts;
    parts.append(appointments.isEmpty()     ? tr("No appointments")
                 : appointments.size() == 1 ? tr("1 appointment")
                                            : tr("%1 appointments").arg(appointments.size()));
    if (urgent > 0) parts.append(tr("%1 urgent").arg(urgent));
    if (waiting > 0)
        parts.append(waiting == 1 ? tr("1 action waiting for you") : tr("%1 actions waiting for you").arg(waiting));
    if (m_left > 0) parts.append(tr("Still reading claims: %1 to go").arg(m_left));
    m_summary = parts.join(QStringLiteral(" · "));
    runSearch();
    emit changed();
}

void TodayViewModel::refreshDuplicates() {
    QList<RecordListModel::Record> rows;
    const auto found = m_desk.casework().possibleDuplicates(m_claims);
    if (found) {
        const auto name = [&](const std::string& crn) {
            for (const auto& claim : m_claims) {
                if (claim.crn == crn && !claim.name.empty()) return words::qt(claim.name);
            }
            return words::qt(Crn::display(crn));
        };
        for (const auto& pair : *found) {
            if (rows.size() == kMostDuplicates) break;
            const auto one = name(pair.crn);
            const auto two = name(pair.other);
            rows.append({words::qt(pair.crn + pair.other), words::qt(pair.crn), words::qt(pair.other),
                         one == two ? tr("%1, two claims").arg(one) : tr("%1 and %2").arg(one, two),
                         words::likeness({*pair.why.begin()})});
        }
    }
    m_duplicates.setRecords(rows);
}

void TodayViewModel::setSearch(const QString& text) {
    if (m_search == text) return;
    m_search = text;
    runSearch();
    emit searchChanged();
}

void TodayViewModel::runSearch() {
    if (m_search.trimmed().isEmpty()) {
        m_found.setRecords({});
        m_search_summary = tr("Type a name, a National Insurance number or a claim number.");
        return;
    }
    constexpr std::size_t kMost = 20;
    const auto found = m_desk.casework().search(words::utf8(m_search), kMost);
    if (!found) {
        m_search_summary = words::error(found.error(), m_desk.language());
        return;
    }
    QList<RecordListModel::Record> rows;
    for (const auto& claim : *found) rows.append(row(claim, false));
    m_found.setRecords(rows);
    m_search_summary = rows.isEmpty() ? tr("No claim on this tablet matches. Check the spelling, or type less of it.")
                       : rows.size() == 1 ? tr("1 claim")
                       : rows.size() >= qsizetype{kMost}
                           ? tr("The first %1 claims. Type more to find the one.").arg(rows.size())
                           : tr("%1 claims").arg(rows.size());
}

}  // namespace fieldclaim::tablet
