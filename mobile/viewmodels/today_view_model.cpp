#include "mobile/viewmodels/today_view_model.h"

#include <QStringList>

#include "mobile/viewmodels/duplicate_view_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

const QList<QByteArray> kClaimRoles = {"crn",     "time",   "name",       "detail", "tag",
                                       "tagTone", "status", "statusTone", "place"};
/// More than a screen of them helps nobody; search finds the rest.
constexpr int kMostOthers = 30;
constexpr int kMostActions = 6;
constexpr int kMostDuplicates = 4;

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
        refresh();
        emit searchChanged();
    });
    refresh();
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
    const auto claims = m_desk.casework().claims();
    if (!claims) {
        m_error = words::error(claims.error(), m_desk.language());
        emit changed();
        return;
    }
    m_error.clear();
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
        const auto name = claim.name.empty() ? tr("No name yet") : words::qt(claim.name);
        actions.append(
            {words::qt(claim.crn) + text, words::qt(claim.crn), tr("%1 · %2").arg(text, name), badge, tone, kind});
    };
    for (const auto& claim : *claims) {
        if (claim.urgent) ++urgent;
        if (claim.visit && claim.visit->date == today) {
            appointments.append(row(claim, true));
        } else if (others.size() < kMostOthers) {
            others.append(row(claim, false));
        }
        const auto due = claim.urgent ? tr("urgent") : QString();
        const auto due_tone = claim.urgent ? QStringLiteral("red") : QStringLiteral("amber");
        if (claim.send == SendState::Refused)
            act(claim, tr("Correct what was refused"), tr("refused"), QStringLiteral("red"));
        if (claim.conflicts > 0)
            act(claim, tr("Choose between two answers"), claim.urgent ? due : tr("holds it back"), due_tone,
                QStringLiteral("conflict"));
        if (claim.seal == SealState::Void)
            act(claim, tr("Sign again, an answer changed"), claim.urgent ? due : tr("holds it back"), due_tone);
        if (claim.seal == SealState::Valid && claim.blocking > 0)
            act(claim, tr("Proof still to be seen"), claim.urgent ? due : tr("holds it back"), due_tone);
        if (claim.started && claim.to_go == 0 && claim.conflicts == 0 && claim.seal == SealState::None) {
            act(claim, tr("Check and sign"), claim.urgent ? due : tr("ready"),
                claim.urgent ? due_tone : QStringLiteral("green"));
        }
    }
    m_appointments.setRecords(appointments);
    m_others.setRecords(others);
    m_actions.setRecords(actions);
    refreshDuplicates(*claims);
    QStringList parts;
    parts.append(appointments.isEmpty()     ? tr("No appointments")
                 : appointments.size() == 1 ? tr("1 appointment")
                                            : tr("%1 appointments").arg(appointments.size()));
    if (urgent > 0) parts.append(tr("%1 urgent").arg(urgent));
    if (waiting > 0)
        parts.append(waiting == 1 ? tr("1 action waiting for you") : tr("%1 actions waiting for you").arg(waiting));
    m_summary = parts.join(QStringLiteral(" · "));
    runSearch();
    emit changed();
}

void TodayViewModel::refreshDuplicates(const std::vector<ClaimSummary>& claims) {
    QList<RecordListModel::Record> rows;
    const auto found = m_desk.casework().possibleDuplicates(claims);
    if (found) {
        const auto name = [&](const std::string& crn) {
            for (const auto& claim : claims) {
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
    constexpr std::size_t kMost = 50;
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
