#include "sync-server/transfer/transfer_machine.h"

#include <algorithm>

namespace fieldclaim::server {
namespace {

using namespace transfer_event;
using State = TransferState;
using Attempt = TransferAttempt;
using Outcome = TransferAttempt::Outcome;
using Answer = TargetAnswer::Kind;
using Action = TransferAction::Kind;

constexpr std::uint64_t kJitterParts = 10;
constexpr std::int64_t kNever = INT64_MAX;

class Machine {
public:
    Machine(TransferRecord record, const TargetConfig& target, std::int64_t now_ms, Random& random)
        : m_record(std::move(record)), m_target(target), m_now_ms(now_ms), m_random(random) {}

    void on(const Due&) {
        switch (m_record.state) {
            case State::Ready:
            case State::Waiting:
                return sendIfOpen();
            case State::Sending:
                return on(AnswerTimedOut{});
            case State::Received:
                if (m_now_ms >= m_record.deadline_ms) return on(AnswerTimedOut{});
                return ask();
            case State::Unknown:
                return m_now_ms >= m_record.settled_at_ms ? ask() : waitUntil(m_record.settled_at_ms);
            case State::Accepted:
            case State::Rejected:
            case State::Repair:
                return;
        }
    }

    void on(const SendAnswered& event) {
        if (m_record.state != State::Sending) return late(event.answer);
        take(event.answer, Attempt::Kind::Send);
    }

    void on(const SendFailed& event) {
        if (m_record.state != State::Sending) return;
        if (event.reached == SendFailed::Reached::Never) return notTaken(event.reason, 0);
        becomeUnknown(event.reason);
    }

    void on(const AnswerTimedOut&) {
        if (m_record.state == State::Sending) {
            becomeUnknown("No answer came in time, or the server stopped while it was sending.");
        } else if (m_record.state == State::Received) {
            if (m_record.first_taken_ms != 0 && m_now_ms - m_record.first_taken_ms >= m_target.decide_ms) {
                return repair("The target took it and has not decided for too long.");
            }
            becomeUnknown("The target took it and has not decided in time.");
        }
    }

    void on(const QueryAnswered& event) {
        if (m_record.state == State::Unknown || m_record.state == State::Received) {
            take(event.answer, Attempt::Kind::Query);
        } else {
            late(event.answer);
        }
    }

    void on(const QueryFailed& event) {
        if (m_record.state == State::Unknown || m_record.state == State::Received) unanswered(event.reason);
    }

    void on(const CallbackReceived& event) {
        // Whoever calls back with our key or receipt knows the transfer, so this is an answer in any open state.
        if (isFinal(m_record.state)) return late(event.answer);
        const auto kind = event.answer.kind;
        if (kind != Answer::Received && kind != Answer::Accepted && kind != Answer::Rejected &&
            kind != Answer::RefusedUnsaid) {
            return;
        }
        if (m_record.attempts.empty()) return;  // Nothing was ever sent: it cannot be about this transfer.
        if (kind == Answer::Received && m_record.state == State::Repair) return;
        take(event.answer, Attempt::Kind::Query);
    }

    void on(const WindowOpened&) {
        if (m_record.state != State::Waiting) return;
        m_record.state = State::Ready;
        m_record.reason.clear();
        waitUntil(m_now_ms);
    }

    void on(const WindowClosed&) {
        if (m_record.state == State::Ready) waitForWindow();
    }

    void on(const Restored&) {
        if (isFinal(m_record.state) || m_record.state == State::Repair) return;
        // The try that nobody remembers: the target has its settle time from now.
        beginAttempt(Attempt::Kind::Send);
        becomeUnknown("The server was restored from a backup. It may have been sent since the backup was taken.");
    }

    void on(const StatementLost&) {
        if (m_record.state != State::Ready && m_record.state != State::Waiting) return;
        repair("The statement was lost with the server's disk, and no tablet has sent it again. Have it signed again.");
    }

    void on(const RepairReleased& event) {
        // Asked for after a restore and not known under its key: a person may have found it under another one.
        const bool asked_for = (m_record.state == State::Ready || m_record.state == State::Waiting) &&
                               !m_record.attempts.empty() && event.decision == RepairReleased::Decision::TakeAsAccepted;
        if (m_record.state != State::Repair && m_record.state != State::Rejected && m_record.state != State::Unknown &&
            !asked_for) {
            return;
        }
        // What took its place may have gone: an older one must not follow it.
        if (event.decision == RepairReleased::Decision::SendAgain && m_record.overtaken) return;
        switch (event.decision) {
            case RepairReleased::Decision::SendAgain:
                m_record.state = State::Ready;
                m_record.failures = 0;
                m_record.query_failures = 0;
                m_record.first_taken_ms = 0;
                m_record.receipt_id.clear();
                m_record.errors.clear();
                m_record.reason.clear();
                m_record.overtaken = false;
                return waitUntil(m_now_ms);
            case RepairReleased::Decision::TakeAsAccepted:
                m_record.target_ref = event.target_ref;
                return accept();
            case RepairReleased::Decision::TakeAsRejected:
                if (m_record.errors.empty()) m_record.errors.push_back({"", "", event.reason});
                m_record.reason = event.reason;
                return end(State::Rejected);
        }
    }

    TransferStep finish() && { return {std::move(m_record), std::move(m_actions)}; }

private:
    // --- going out

    void sendIfOpen() {
        if (!m_target.hours.isOpenAt(m_now_ms)) return waitForWindow();
        m_record.state = State::Sending;
        m_record.reason.clear();
        m_record.deadline_ms = m_now_ms + m_target.answer_ms;
        waitUntil(m_record.deadline_ms);
        beginAttempt(Attempt::Kind::Send);
        act(Action::Send);
    }

    void waitForWindow() {
        m_record.state = State::Waiting;
        m_record.reason = "The target is closed at this hour.";
        waitUntil(std::max(m_target.hours.nextOpening(m_now_ms), m_record.next_at_ms));
    }

    void ask() {
        if (!m_target.answers_queries) {
            if (m_record.state == State::Received) return waitUntil(m_record.deadline_ms);
            return resolveWithoutAsking();
        }
        beginAttempt(Attempt::Kind::Query);
        // Asking takes at most request_ms; should the process die, the question is due again after that.
        waitUntil(m_now_ms + m_target.request_ms + m_target.poll_ms);
        act(Action::Query);
    }

    /// Unknown, and the target cannot be asked. With keys, sending again is safe; without, a person decides.
    void resolveWithoutAsking() {
        if (!m_target.keeps_keys) return repair("The target may have it, cannot be asked, and does not keep keys.");
        if (!m_record.receipt_id.empty())
            return repair("The target gave a receipt and no decision, and cannot be asked.");
        retry("The target may have it and cannot be asked; it is sent again under the same key.", 0);
    }

    // --- coming back

    void take(const TargetAnswer& answer, Attempt::Kind kind) {
        switch (answer.kind) {
            case Answer::Received:
                return received(answer);
            case Answer::Accepted:
                return accepted(answer);
            case Answer::Rejected:
                return rejected(answer);
            case Answer::RefusedUnsaid:
                endAttempt(Outcome::Rejected, answer.reason);
                return repair(answer.reason);
            case Answer::KeyConflict:
                endAttempt(Outcome::Mismatch, answer.reason);
                return repair(answer.reason);
            case Answer::NotTaken:
                if (kind == Attempt::Kind::Query) return unanswered(answer.reason);
                return notTaken(answer.reason, answer.retry_after_ms.value_or(0));
            case Answer::NotKnown:
                if (kind == Attempt::Kind::Query) return notKnown(answer);
                return becomeUnknown(answer.reason);
            case Answer::Unclear:
                return kind == Attempt::Kind::Query ? unanswered(answer.reason) : becomeUnknown(answer.reason);
        }
    }

    void received(const TargetAnswer& answer) {
        endAttempt(Outcome::Received, "The target has it and has not decided.");
        if (!answer.receipt_id.empty()) m_record.receipt_id = answer.receipt_id;
        m_record.query_failures = 0;
        if (m_record.first_taken_ms == 0) m_record.first_taken_ms = m_now_ms;
        const auto decide_by_ms = m_record.first_taken_ms + m_target.decide_ms;
        if (m_now_ms >= decide_by_ms) return repair("The target took it and has not decided for too long.");
        // A target that says each time that it has it is not silent: only silence makes it unknown.
        m_record.state = State::Received;
        m_record.reason.clear();
        m_record.deadline_ms = std::min(m_now_ms + std::max(m_target.answer_ms, 2 * m_target.poll_ms), decide_by_ms);
        waitUntil(std::min(m_now_ms + m_target.poll_ms, m_record.deadline_ms));
    }

    void accepted(const TargetAnswer& answer) {
        if (!answer.receipt_id.empty()) m_record.receipt_id = answer.receipt_id;
        m_record.target_ref = answer.target_ref;
        const bool wrong_hash = answer.content_hash ? *answer.content_hash != m_record.content_hash : m_target.echoes;
        const bool wrong_count =
            answer.fields_received ? *answer.fields_received != m_record.field_count : m_target.echoes;
        if (!wrong_hash && !wrong_count) {
            endAttempt(Outcome::Accepted, "Accepted.");
            return accept();
        }
        const std::string reason = wrong_count && answer.fields_received
                                       ? "The target accepted it but counts " +
                                             std::to_string(*answer.fields_received) + " fields of the " +
                                             std::to_string(m_record.field_count) + " that were sent."
                                   : wrong_hash && answer.content_hash
                                       ? "The target accepted something else: its hash is not that of what was sent."
                                       : "The target accepted it without saying back what it received.";
        endAttempt(Outcome::Mismatch, reason);
        repair(reason);
    }

    void accept() {
        m_record.errors.clear();
        m_record.reason.clear();
        end(State::Accepted);
        act(Action::NoteAccepted);
    }

    void rejected(const TargetAnswer& answer) {
        endAttempt(Outcome::Rejected, "The target refused it: " + answer.errors.front().code + '.');
        if (!answer.receipt_id.empty()) m_record.receipt_id = answer.receipt_id;
        m_record.errors = answer.errors;
        if (saysItIsThere(answer) && mayBeThere()) {
            return repair("The target refused it as one that it has already; an earlier try of ours may be that one.");
        }
        m_record.reason = "The target refused it.";
        end(State::Rejected);
        act(Action::ReturnToOfficer);
    }

    /// E3xx: a duplicate, or a live claim.
    static bool saysItIsThere(const TargetAnswer& answer) {
        return std::any_of(answer.errors.begin(), answer.errors.end(),
                           [](const auto& error) { return error.code.starts_with("E3"); });
    }
    bool mayBeThere() const {
        return std::any_of(m_record.attempts.begin(), m_record.attempts.end(), [](const auto& attempt) {
            return attempt.kind == Attempt::Kind::Send && attempt.outcome == Outcome::NoAnswer;
        });
    }

    void notKnown(const TargetAnswer& answer) {
        endAttempt(Outcome::NotKnown, answer.reason);
        m_record.query_failures = 0;
        if (m_record.state == State::Received) {
            // It gave a receipt and now denies it. Settle first; a slow copy of the target may just be behind.
            m_record.state = State::Unknown;
            m_record.reason = "The target gave a receipt and now has nothing under this key.";
            m_record.settled_at_ms = m_now_ms + m_target.settle_ms;
            return waitUntil(m_record.settled_at_ms);
        }
        if (m_now_ms < m_record.settled_at_ms) return waitUntil(m_record.settled_at_ms);
        if (!m_record.receipt_id.empty()) {
            return repair("The target gave a receipt and lost the claim. Compare its list before it is sent again.");
        }
        retry(answer.reason, 0);
    }

    /// A final state stands; a word against it is somebody's business (the daily comparison, H47).
    void late(const TargetAnswer& answer) {
        if (m_record.state == State::Accepted &&
            (answer.kind == Answer::Rejected || answer.kind == Answer::RefusedUnsaid)) {
            act(Action::RaiseAlarm, "The target accepted this transfer and now says that it refused it.");
        } else if (m_record.state == State::Rejected && answer.kind == Answer::Accepted) {
            act(Action::RaiseAlarm, "The target refused this transfer and now says that it accepted it.");
        } else if (!isFinal(m_record.state) && (answer.kind == Answer::Accepted || answer.kind == Answer::Rejected)) {
            // Also to one that a person has sent again meanwhile: what the target says now is what it did.
            take(answer, Attempt::Kind::Send);
        }
    }

    // --- what did not work

    void notTaken(const std::string& reason, std::int64_t not_before_ms) {
        endAttempt(Outcome::NotTaken, reason);
        ++m_record.failures;
        retry(reason, not_before_ms);
    }

    void becomeUnknown(const std::string& reason) {
        endAttempt(Outcome::NoAnswer, reason);
        if (m_record.state == State::Sending) ++m_record.failures;
        m_record.state = State::Unknown;
        m_record.reason = reason;
        m_record.query_failures = 0;
        if (!m_target.answers_queries && !m_target.keeps_keys) return resolveWithoutAsking();
        m_record.settled_at_ms = std::max(m_now_ms, lastSendEndedMs() + m_target.settle_ms);
        waitUntil(m_record.settled_at_ms);
    }

    /// When the last request was over: after a crash nobody noted it, but it cannot have outlived its time-out.
    std::int64_t lastSendEndedMs() const {
        for (auto attempt = m_record.attempts.rbegin(); attempt != m_record.attempts.rend(); ++attempt) {
            if (attempt->kind == Attempt::Kind::Send) {
                return std::min(m_now_ms, std::min(attempt->ended_ms, attempt->started_ms + m_target.request_ms));
            }
        }
        return m_now_ms;
    }

    /// A question that got no usable answer: asked again on the schedule, then a person looks.
    void unanswered(const std::string& reason) {
        endAttempt(Outcome::NoAnswer, reason);
        const auto wait_ms = delayAfter(++m_record.query_failures);
        if (wait_ms == kNever) return repair("The target may have it and gives no answer about it. " + reason);
        waitUntil(m_now_ms + wait_ms);
    }

    /// Ready again on the schedule; after its end, Repair.
    void retry(const std::string& reason, std::int64_t not_before_ms) {
        const auto wait_ms = delayAfter(m_record.failures);
        if (wait_ms == kNever) {
            return repair(std::to_string(m_record.failures) + " tries came to nothing. The last: " + reason);
        }
        // What became unknown has waited for its settle time already.
        const bool waited = m_record.state == State::Unknown;
        m_record.state = State::Ready;
        m_record.reason = reason;
        waitUntil(m_now_ms + (waited ? 0 : std::max(wait_ms, not_before_ms)));
    }

    std::int64_t delayAfter(int failures) {
        const auto index = static_cast<std::size_t>(std::max(failures, 1)) - 1;
        if (index >= m_target.retry_ms.size()) return kNever;
        const auto wait_ms = m_target.retry_ms[index];
        const auto spread = static_cast<std::uint64_t>(wait_ms) / kJitterParts;
        return wait_ms + static_cast<std::int64_t>(spread == 0 ? 0 : m_random.next() % spread);
    }

    void repair(const std::string& reason) {
        endAttempt(Outcome::NoAnswer, reason);
        m_record.reason = reason;
        end(State::Repair);
        act(Action::RaiseAlarm, reason);
    }

    // --- parts

    void end(State state) {
        m_record.state = state;
        m_record.next_at_ms = 0;
        m_record.deadline_ms = 0;
        m_record.settled_at_ms = 0;
        m_record.overtaken = false;
    }
    void waitUntil(std::int64_t at_ms) { m_record.next_at_ms = at_ms; }
    void act(Action kind, std::string text = {}) { m_actions.push_back({kind, std::move(text)}); }

    void beginAttempt(Attempt::Kind kind) {
        endAttempt(Outcome::NoAnswer, "Cut before an answer came.");
        Attempt attempt;
        attempt.number = static_cast<int>(m_record.attempts.size()) + 1;
        attempt.kind = kind;
        attempt.started_ms = m_now_ms;
        m_record.attempts.push_back(std::move(attempt));
    }
    void endAttempt(Outcome outcome, const std::string& reason) {
        if (m_record.attempts.empty() || m_record.attempts.back().outcome != Outcome::Open) return;
        auto& attempt = m_record.attempts.back();
        attempt.outcome = outcome;
        attempt.ended_ms = m_now_ms;
        attempt.reason = reason;
    }

    TransferRecord m_record;
    const TargetConfig& m_target;
    std::int64_t m_now_ms;
    Random& m_random;
    std::vector<TransferAction> m_actions;
};

}  // namespace

TransferStep step(TransferRecord record, const TransferEvent& event, const TargetConfig& target, std::int64_t now_ms,
                  Random& random) {
    Machine machine(std::move(record), target, now_ms, random);
    std::visit([&](const auto& e) { machine.on(e); }, event);
    return std::move(machine).finish();
}

}  // namespace fieldclaim::server
