#include "mobile/viewmodels/site_board_view_model.h"

#include <algorithm>
#include <array>

#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {
namespace {

const QList<QByteArray> kFigureRoles = {"figureKey", "label", "count", "tone", "detail"};
const QList<QByteArray> kClaimRoles = {"crn", "time", "name", "detail", "tag", "tagTone", "status", "statusTone"};
/// Enough to begin with: whoever has worked through these opens the list again.
constexpr std::size_t kMostRows = 100;
constexpr std::size_t kMostOldest = 5;

words::Toned stateWords(WorkState state) {
    switch (state) {
        case WorkState::Started:
            return {SiteBoardViewModel::tr("First contact to finish"), "neutral"};
        case WorkState::CallBackDue:
            return {SiteBoardViewModel::tr("Call-back due"), "amber"};
        case WorkState::Gathering:
            return {SiteBoardViewModel::tr("Questions to go"), "neutral"};
        case WorkState::Gathered:
            return {SiteBoardViewModel::tr("To book for an interview"), "amber"};
        case WorkState::Booked:
            return {SiteBoardViewModel::tr("Interview booked"), "neutral"};
        case WorkState::AwaitingAction:
            return {SiteBoardViewModel::tr("Something holds it back"), "amber"};
        case WorkState::ReadyToSign:
            return {SiteBoardViewModel::tr("Ready to sign"), "blue"};
        case WorkState::Signed:
            return {SiteBoardViewModel::tr("Signed, not on its way yet"), "green"};
        case WorkState::Sent:
            return {SiteBoardViewModel::tr("On its way or with them"), "green"};
        case WorkState::NoAnswer:
            return {SiteBoardViewModel::tr("No answer yet"), "amber"};
        case WorkState::WithOffice:
            return {SiteBoardViewModel::tr("With the office"), "amber"};
        case WorkState::Rejected:
            return {SiteBoardViewModel::tr("Refused, to be corrected"), "red"};
        case WorkState::Accepted:
            return {SiteBoardViewModel::tr("Accepted"), "green"};
        case WorkState::Finished:
            return {SiteBoardViewModel::tr("Finished, forms alone"), "green"};
        case WorkState::Withdrawn:
            return {SiteBoardViewModel::tr("Withdrawn"), "neutral"};
    }
    return {};
}

words::Toned clockWords(ClockStanding standing) {
    switch (standing) {
        case ClockStanding::Over:
            return {SiteBoardViewModel::tr("Past its time"), "red"};
        case ClockStanding::Today:
            return {SiteBoardViewModel::tr("Due today"), "amber"};
        case ClockStanding::Later:
            return {SiteBoardViewModel::tr("Later"), "neutral"};
        case ClockStanding::Done:
            return {SiteBoardViewModel::tr("Done"), "green"};
    }
    return {};
}

words::Toned transferWords(TransferGroup group) {
    switch (group) {
        case TransferGroup::Refused:
            return {SiteBoardViewModel::tr("Refused"), "red"};
        case TransferGroup::NoAnswer:
            return {SiteBoardViewModel::tr("No answer yet"), "amber"};
        case TransferGroup::WithOffice:
            return {SiteBoardViewModel::tr("With the office"), "amber"};
        case TransferGroup::OnItsWay:
            return {SiteBoardViewModel::tr("On its way"), "blue"};
        case TransferGroup::WithThem:
            return {SiteBoardViewModel::tr("They have it"), "blue"};
        case TransferGroup::Closed:
            return {SiteBoardViewModel::tr("They are closed now"), "amber"};
        case TransferGroup::Accepted:
            return {SiteBoardViewModel::tr("Accepted"), "green"};
    }
    return {};
}

constexpr std::array kStates = {
    WorkState::Rejected,  WorkState::WithOffice, WorkState::NoAnswer, WorkState::Started,        WorkState::CallBackDue,
    WorkState::Gathering, WorkState::Gathered,   WorkState::Booked,   WorkState::AwaitingAction, WorkState::ReadyToSign,
    WorkState::Signed,    WorkState::Sent,       WorkState::Accepted, WorkState::Finished,       WorkState::Withdrawn};
constexpr std::array kStandings = {ClockStanding::Over, ClockStanding::Today, ClockStanding::Later,
                                   ClockStanding::Done};
constexpr std::array kGroups = {TransferGroup::Refused, TransferGroup::WithOffice, TransferGroup::NoAnswer,
                                TransferGroup::Closed,  TransferGroup::OnItsWay,   TransferGroup::WithThem,
                                TransferGroup::Accepted};

/// One set of figures, with the claims behind each.
struct Figures {
    QList<RecordListModel::Record> rows;
    std::map<QString, const std::vector<std::size_t>*> behind;
    std::map<QString, QString> titles;
};

/// Figures of nothing are left out, but for those in `always`: no call-back that is late is news too.
template <typename Kinds, typename Map, typename Words>
Figures figuresOf(const QString& group, const Kinds& kinds, const Map& map, Words say,
                  const std::set<typename Map::key_type>& always = {}) {
    Figures out;
    for (const auto kind : kinds) {
        const auto found = map.find(kind);
        if (found == map.end() && !always.contains(kind)) continue;
        const auto n = found == map.end() ? 0 : static_cast<int>(found->second.size());
        const auto key = group + QLatin1Char('/') + QString::number(static_cast<int>(kind));
        const auto words = say(kind);
        out.rows.append({key, words.text, n, n == 0 ? QStringLiteral("neutral") : words.tone, QString()});
        out.titles[key] = words.text;
        if (found != map.end()) out.behind[key] = &found->second;
    }
    return out;
}

}  // namespace

SiteBoardViewModel::SiteBoardViewModel(Desk& desk, QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_states(kFigureRoles, this),
      m_call_backs(kFigureRoles, this),
      m_interviews(kFigureRoles, this),
      m_transfers(kFigureRoles, this),
      m_oldest(kClaimRoles, this),
      m_list(kClaimRoles, this) {
    connect(&m_desk, &Desk::languageChanged, this, &SiteBoardViewModel::refresh);
}

void SiteBoardViewModel::show(const QString& figure) {
    m_figure = figure;
    refresh();
}

QString SiteBoardViewModel::parameter(std::string_view key) const {
    const auto value = m_desk.pack().parameter(key, m_desk.casework().today());
    return value ? words::qt(*value) : QString();
}

QString SiteBoardViewModel::callBackRule() const {
    const auto hours = parameter("callback_target");
    return hours.isEmpty() ? QString() : tr("Within %1 hours of first contact").arg(hours);
}

QString SiteBoardViewModel::interviewRule() const {
    const auto days = parameter("interview_target");
    return days.isEmpty() ? QString() : tr("Within %1 working days of first contact").arg(days);
}

RecordListModel::Record SiteBoardViewModel::row(const ClaimSummary& claim, Date today) const {
    const auto language = m_desk.language();
    const auto days = ageInDays(claim, today);
    QStringList detail;
    detail.append(days == 0   ? tr("Begun today")
                  : days == 1 ? tr("Begun yesterday")
                              : tr("Begun %1 days ago").arg(days));
    const auto benefits = words::benefits(m_desk.pack(), claim.benefits, language);
    if (!benefits.isEmpty()) detail.append(benefits);
    if (!claim.nino_masked.empty()) detail.append(words::qt(claim.nino_masked));
    const auto state = workStateOf(claim, today);
    if (state == WorkState::CallBackDue) {
        if (const auto due = callBackDue(claim, m_desk.pack()))
            detail.append(tr("call back by %1").arg(words::weekday(*due, language)));
    } else if (claim.visit && state == WorkState::Booked) {
        detail.append(tr("interview on %1").arg(words::spokenIso(claim.visit->date, language)));
    } else if (state == WorkState::Gathered) {
        if (const auto due = interviewDue(claim, m_desk.pack()))
            detail.append(tr("interview by %1").arg(words::weekday(*due, language)));
    }
    const auto status = words::standing(claim);
    const bool over = !claim.withdrawn && claim.urgent;
    return {words::qt(claim.crn),
            QString(),
            claim.name.empty() ? tr("No name yet") : words::qt(claim.name),
            detail.join(QStringLiteral(" · ")),
            over ? tr("Urgent") : QString(),
            over ? QStringLiteral("red") : QStringLiteral("neutral"),
            claim.withdrawn ? tr("Withdrawn") : status.text,
            claim.withdrawn ? QStringLiteral("neutral") : status.tone};
}

void SiteBoardViewModel::refresh() {
    constexpr std::size_t kReadFirst = 30;
    auto list = m_desk.casework().claimsNow(kReadFirst);
    const auto totals = m_desk.casework().totals();
    if (!list || !totals) {
        m_error = words::error(list ? totals.error() : list.error(), m_desk.language());
        emit changed();
        return;
    }
    // A figure counts what is known.
    auto& claims = list->claims;
    std::erase_if(claims, [](const ClaimSummary& claim) { return claim.unreadable; });
    const auto unread = std::erase_if(claims, [](const ClaimSummary& claim) { return !claim.is_read; });
    m_error.clear();
    const auto today = m_desk.casework().today();
    const auto board = SiteBoard::of(claims, m_desk.pack(), today);

    const auto n = static_cast<int>(claims.size());
    const auto last = words::ago(totals->last_contact_ms, m_desk.clock().wallMs(), m_desk.language());
    m_known = tr("What this tablet knows: %1, %2.")
                  .arg(n == 1 ? tr("1 claim") : tr("%1 claims").arg(n),
                       totals->last_contact_ms <= 0 ? tr("no contact yet") : tr("last contact %1").arg(last));
    if (unread > 0) m_known += QLatin1Char(' ') + tr("Still reading claims: %1 to go.").arg(unread);

    const Figures groups[] = {figuresOf(QStringLiteral("state"), kStates, board.by_state, stateWords),
                              figuresOf(QStringLiteral("callBack"), kStandings, board.call_backs, clockWords,
                                        {ClockStanding::Over, ClockStanding::Today}),
                              figuresOf(QStringLiteral("interview"), kStandings, board.interviews, clockWords,
                                        {ClockStanding::Over, ClockStanding::Today}),
                              figuresOf(QStringLiteral("transfer"), kGroups, board.transfers, transferWords)};
    const QString names[] = {QString(), tr("Call-backs"), tr("Interviews"), tr("Transfers")};
    RecordListModel* const models[] = {&m_states, &m_call_backs, &m_interviews, &m_transfers};
    const std::vector<std::size_t>* behind = m_figure == QStringLiteral("oldest") ? &board.oldest : nullptr;
    m_list_title = m_figure == QStringLiteral("oldest") ? tr("Oldest first") : QString();
    for (std::size_t i = 0; i < std::size(groups); ++i) {
        models[i]->setRecords(groups[i].rows);
        if (const auto found = groups[i].behind.find(m_figure); found != groups[i].behind.end()) behind = found->second;
        if (const auto found = groups[i].titles.find(m_figure); found != groups[i].titles.end())
            m_list_title = names[i].isEmpty() ? found->second : tr("%1: %2").arg(names[i], found->second);
    }
    const auto rowsOf = [&](const std::vector<std::size_t>& places, std::size_t most) {
        QList<RecordListModel::Record> rows;
        QSet<std::size_t> seen;
        for (const auto place : places) {
            if (static_cast<std::size_t>(rows.size()) == most) break;
            if (seen.contains(place)) continue;  // two transfers of one claim
            seen.insert(place);
            rows.append(row(claims[place], today));
        }
        return rows;
    };
    m_oldest.setRecords(rowsOf(board.oldest, kMostOldest));
    m_list.setRecords(behind != nullptr ? rowsOf(*behind, kMostRows) : QList<RecordListModel::Record>());
    const auto shown = m_list.count();
    const bool cut = shown == static_cast<int>(kMostRows) && behind->size() > kMostRows;
    m_list_summary = cut          ? tr("The first %1 of %2 claims.").arg(shown).arg(behind->size())
                     : shown == 0 ? tr("There is none.")
                     : shown == 1 ? tr("1 claim")
                                  : tr("%1 claims").arg(shown);
    emit changed();
}

}  // namespace fieldclaim::tablet
