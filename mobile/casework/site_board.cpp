#include "mobile/casework/site_board.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "shared/domain/transfer_standing.h"

namespace fieldclaim::tablet {
namespace {

/// A parameter of the pack as it stood on the day of first contact.
std::optional<double> target(const ClaimSummary& claim, const FormPack& pack, std::string_view key) {
    const auto from = Date::parse(claim.first_contact);
    if (!from) return std::nullopt;
    const auto text = pack.parameter(key, *from);
    if (!text) return std::nullopt;
    double value = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failed != std::errc() || end != text->data() + text->size() || value < 0 || value > 10'000) return std::nullopt;
    return value;
}

ClockStanding standing(Date due, Date today, bool done) {
    if (done) return ClockStanding::Done;
    if (due < today) return ClockStanding::Over;
    return due == today ? ClockStanding::Today : ClockStanding::Later;
}

bool isSigned(const ClaimSummary& claim) { return claim.seal == SealState::Valid || claim.seal == SealState::Unknown; }

bool isForTheSite(WorkState state) {
    switch (state) {
        case WorkState::Signed:
        case WorkState::Sent:
        case WorkState::NoAnswer:
        case WorkState::WithOffice:
        case WorkState::Accepted:
        case WorkState::Finished:
        case WorkState::Withdrawn:
            return false;
        default:
            return true;
    }
}

}  // namespace

TransferGroup transferGroupOf(const TransferView& transfer) {
    if (transfer.state == "accepted") return TransferGroup::Accepted;
    if (isRefused(transfer)) return TransferGroup::Refused;
    if (isWithOffice(transfer)) return TransferGroup::WithOffice;
    if (transfer.state == "unknown") return TransferGroup::NoAnswer;
    if (transfer.state == "received") return TransferGroup::WithThem;
    if (transfer.state == "waiting") return TransferGroup::Closed;
    return TransferGroup::OnItsWay;
}

WorkState workStateOf(const ClaimSummary& claim, Date today) {
    if (claim.withdrawn) return WorkState::Withdrawn;
    const auto any = [&](TransferGroup group) {
        return std::any_of(claim.transfers.begin(), claim.transfers.end(),
                           [&](const TransferView& transfer) { return transferGroupOf(transfer) == group; });
    };
    if (claim.to_correct || claim.submit_refused) return WorkState::Rejected;
    if (any(TransferGroup::WithOffice)) return WorkState::WithOffice;
    if (any(TransferGroup::NoAnswer)) return WorkState::NoAnswer;
    const bool held = claim.conflicts > 0 || claim.seal == SealState::Void;
    // What is corrected and has not been sent anew yet stands as its signature does.
    if (!claim.transfers.empty() && !held && !any(TransferGroup::Refused)) {
        const bool all = std::all_of(claim.transfers.begin(), claim.transfers.end(), [](const TransferView& transfer) {
            return transferGroupOf(transfer) == TransferGroup::Accepted;
        });
        return all ? WorkState::Accepted : WorkState::Sent;
    }
    if (isSigned(claim)) return claim.blocking > 0 ? WorkState::AwaitingAction : WorkState::Signed;
    if (held) return WorkState::AwaitingAction;
    if (!claim.contact_done) return WorkState::Started;
    if (!claim.questions_begun && claim.to_go > 0) return WorkState::CallBackDue;
    if (claim.to_go > 0) return WorkState::Gathering;
    if (claim.forms_only && claim.blocking > 0) return WorkState::AwaitingAction;
    if (!claim.forms_only && claim.interview_begun) {
        // The signature that is missing is one of what holds it back.
        return claim.blocking > 1 ? WorkState::AwaitingAction : WorkState::ReadyToSign;
    }
    if (claim.visit && claim.visit->date >= today.iso()) return WorkState::Booked;
    return claim.forms_only ? WorkState::Finished : WorkState::Gathered;
}

int ageInDays(const ClaimSummary& claim, Date today) {
    const auto contact = Date::parse(claim.first_contact);
    const auto from = contact ? *contact : Date::fromWallMs(claim.begun_ms);
    if (!contact && claim.begun_ms == 0) return 0;
    return std::max(0, today.days - from.days);
}

Date plusWorkingDays(Date from, int days) {
    constexpr unsigned kSunday = 0;
    constexpr unsigned kSaturday = 6;
    while (days > 0) {
        ++from.days;
        if (from.weekday() != kSunday && from.weekday() != kSaturday) --days;
    }
    return from;
}

std::optional<Date> callBackDue(const ClaimSummary& claim, const FormPack& pack) {
    constexpr double kHoursOfDay = 24;
    const auto hours = target(claim, pack, "callback_target");
    if (!hours) return std::nullopt;
    auto due = Date::parse(claim.first_contact).value();
    due.days += static_cast<std::int32_t>(std::ceil(*hours / kHoursOfDay));
    return due;
}

std::optional<Date> interviewDue(const ClaimSummary& claim, const FormPack& pack) {
    const auto days = target(claim, pack, "interview_target");
    if (!days) return std::nullopt;
    return plusWorkingDays(Date::parse(claim.first_contact).value(), static_cast<int>(std::ceil(*days)));
}

SiteBoard SiteBoard::of(const std::vector<ClaimSummary>& claims, const FormPack& pack, Date today) {
    SiteBoard out;
    std::vector<int> ages(claims.size());
    for (std::size_t place = 0; place < claims.size(); ++place) {
        const auto& claim = claims[place];
        const auto state = workStateOf(claim, today);
        out.by_state[state].push_back(place);
        for (const auto& transfer : claim.transfers) out.transfers[transferGroupOf(transfer)].push_back(place);
        if (claim.withdrawn) continue;
        // A claim taken in one go has no call-back; one that is signed has had its interview, and forms need none.
        const bool over = isSigned(claim) || !claim.transfers.empty() || state == WorkState::Finished;
        const bool called = claim.questions_begun || over;
        if (const auto due = callBackDue(claim, pack); due && claim.contact_done)
            out.call_backs[standing(*due, today, called)].push_back(place);
        const bool held = claim.interview_begun || over;
        if (const auto due = interviewDue(claim, pack); due && claim.contact_done)
            out.interviews[standing(*due, today, held)].push_back(place);
        if (!isForTheSite(state)) continue;
        ages[place] = ageInDays(claim, today);
        out.oldest.push_back(place);
    }
    std::stable_sort(out.oldest.begin(), out.oldest.end(),
                     [&](std::size_t a, std::size_t b) { return ages[a] > ages[b]; });
    return out;
}

}  // namespace fieldclaim::tablet
