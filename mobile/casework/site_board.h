#pragma once

#include <map>

#include "mobile/casework/casework.h"

namespace fieldclaim::tablet {

/// Where a claim stands, from what this tablet holds of it (domain.md 3.2), in the order in which a claim goes.
enum class WorkState {
    Started,         ///< first contact not done yet
    CallBackDue,     ///< first contact done, the claim's questions not begun
    Gathering,       ///< questions still to go
    Gathered,        ///< every question answered; nobody has a date for the interview
    Booked,          ///< the same, with an appointment to come
    AwaitingAction,  ///< something holds it back: a conflict, a proof, an answer to look at again
    ReadyToSign,     ///< the interview has begun, and only the signature is missing
    Signed,          ///< signed, not yet on its way
    Sent,            ///< on its way to a benefit system or council, or with it
    NoAnswer,        ///< one of them has not answered in time
    WithOffice,      ///< one of them waits for the office's decision
    Rejected,        ///< one of them, or the server, refused it, and it is to be corrected or signed again
    Accepted,        ///< every one has accepted
    Finished,        ///< forms alone were asked for, and nothing holds them back: nothing is signed or sent
    Withdrawn,
};

/// How a claim stands against a clock (domain.md 3.3).
enum class ClockStanding { Over, Today, Later, Done };

/// Transfers as an officer asks about them.
enum class TransferGroup { Refused, NoAnswer, OnItsWay, WithThem, Closed, Accepted, WithOffice };

WorkState workStateOf(const ClaimSummary& claim, Date today);
TransferGroup transferGroupOf(const TransferView& transfer);
/// Whole days since first contact, or since the claim began here while that date is not known.
int ageInDays(const ClaimSummary& claim, Date today);
/// Saturdays and Sundays are not counted; bank holidays are, for nobody has told the tablet of them.
Date plusWorkingDays(Date from, int days);

/// The day by which the customer has to be called back: callback_target hours after first contact, in days begun.
/// Nullopt without a first contact or such a parameter on that day.
std::optional<Date> callBackDue(const ClaimSummary& claim, const FormPack& pack);
/// interview_target working days after first contact.
std::optional<Date> interviewDue(const ClaimSummary& claim, const FormPack& pack);

/// The work of a site as far as this tablet knows it: places in the list that it was made of, in that list's order;
/// `oldest` by age. A pure function of the claims' summaries, so that it costs no more than reading those.
struct SiteBoard {
    static SiteBoard of(const std::vector<ClaimSummary>& claims, const FormPack& pack, Date today);

    std::map<WorkState, std::vector<std::size_t>> by_state;
    std::map<ClockStanding, std::vector<std::size_t>> call_backs;
    std::map<ClockStanding, std::vector<std::size_t>> interviews;
    std::map<TransferGroup, std::vector<std::size_t>> transfers;  ///< a claim with two transfers may stand twice
    std::vector<std::size_t> oldest;                              ///< with something for the site to do, oldest first
};

}  // namespace fieldclaim::tablet
