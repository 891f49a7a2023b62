#include "sync-server/console/words.h"

#include <algorithm>
#include <array>

#include "shared/base/date.h"
#include "shared/base/text.h"

namespace fieldclaim::server {
namespace {

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

}  // namespace

std::string dateInWords(std::string_view iso) {
    const auto date = Date::parse(iso);
    if (!date) return std::string(iso);
    return std::to_string(date->day()) + " " + kMonths[date->month() - 1] + " " + std::to_string(date->year());
}

std::string timeInWords(std::int64_t wall_ms) {
    if (wall_ms == 0) return "never";
    const auto iso = isoTime(wall_ms);
    return dateInWords(iso.substr(0, 10)) + ", " + iso.substr(11, 5);
}

std::string benefitsInWords(std::string_view names, const FormPack* pack) {
    const auto* question = pack == nullptr ? nullptr : pack->find("benefits_claimed");
    std::string out;
    for (const auto& name : split(names, ' ')) {
        if (name.empty()) continue;
        auto label = name;
        if (question != nullptr) {
            const auto choice = std::find_if(question->choices.begin(), question->choices.end(),
                                             [&](const Choice& one) { return one.name == name; });
            if (choice != question->choices.end()) label = choice->label.english;
        }
        out += (out.empty() ? "" : ", ") + label;
    }
    return out;
}

std::string maskNino(std::string_view nino) {
    if (nino.size() < 8) return {};
    std::string out(nino.substr(0, 2));
    out += " ** ** **";
    if (nino.size() > 8) {
        out += ' ';
        out += nino.substr(8);
    }
    return out;
}

std::string targetInWords(std::string_view target) {
    if (target == "iscs") return "ISCS (Income Support)";
    if (target == "jsaps") return "JSAPS (Jobseeker's Allowance)";
    if (target.starts_with("council:")) {
        auto name = std::string(target.substr(8));
        if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
        return name + " council";
    }
    return std::string(target);
}

Tag stageTag(std::string_view stage) {
    if (stage == "gathering") return {"Being gathered", "govuk-tag--grey"};
    if (stage == "signed") return {"Signed", "govuk-tag--blue"};
    if (stage == "submitted") return {"Complete", "govuk-tag--blue"};
    if (stage == "sent") return {"Sent", "govuk-tag--yellow"};
    if (stage == "accepted") return {"Accepted", "govuk-tag--green"};
    if (stage == "refused") return {"Refused", "govuk-tag--red"};
    if (stage == "withdrawn") return {"Withdrawn", "govuk-tag--grey"};
    return {std::string(stage), "govuk-tag--grey"};
}

std::string plural(std::size_t n, const char* one, const char* many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

Tag transferTag(const TransferRecord& record) {
    if (record.state == TransferState::Rejected && !needsPerson(record)) {
        const bool was_refused =
            mayHaveArrived(record) ||
            std::any_of(record.attempts.begin(), record.attempts.end(), [](const TransferAttempt& attempt) {
                return attempt.outcome == TransferAttempt::Outcome::Rejected;
            });
        return {was_refused ? "Refused, nothing left to do" : "Not sent", "govuk-tag--grey"};
    }
    switch (record.state) {
        case TransferState::Ready:
            return {"Ready to send", "govuk-tag--blue"};
        case TransferState::Sending:
            return {"Being sent", "govuk-tag--blue"};
        case TransferState::Received:
            return {"Received, waiting for a decision", "govuk-tag--yellow"};
        case TransferState::Accepted:
            return {"Accepted", "govuk-tag--green"};
        case TransferState::Rejected:
            return {"Refused", "govuk-tag--red"};
        case TransferState::Unknown:
            return {"No answer: will be asked", "govuk-tag--orange"};
        case TransferState::Repair:
            return {"Needs a person", "govuk-tag--red"};
        case TransferState::Waiting:
            return {"Waiting: target closed", "govuk-tag--yellow"};
    }
    return {"", "govuk-tag--grey"};
}

std::string attemptInWords(TransferAttempt::Outcome outcome) {
    using Outcome = TransferAttempt::Outcome;
    switch (outcome) {
        case Outcome::Open:
            return "Under way";
        case Outcome::Received:
            return "Received";
        case Outcome::Accepted:
            return "Accepted";
        case Outcome::Rejected:
            return "Refused";
        case Outcome::NotTaken:
            return "Not taken";
        case Outcome::NotKnown:
            return "The target does not know it";
        case Outcome::NoAnswer:
            return "No answer";
        case Outcome::Mismatch:
            return "The answer does not match what was sent";
    }
    return {};
}

}  // namespace fieldclaim::server
