#include "mobile/viewmodels/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <map>

#include "shared/forms/date_text.h"

namespace fieldclaim::tablet::words {
namespace {

QString say(const char* text, int n = -1) { return QCoreApplication::translate("Words", text, nullptr, n); }

/// Qt fills plural forms from a translation file alone; the source text is English and needs its own.
QString count(int n, const char* one, const char* many) { return (n == 1 ? say(one) : say(many)).arg(n); }

}  // namespace

QString error(const Error& error, Language language) {
    const auto& info = errorInfo(error.code);
    return qt(language == Language::Welsh ? info.welsh : info.english);
}

QString dateIsProtected() {
    return say("This date is protected and was not changed. Once it stands, it is corrected with a reason.");
}

QString claimHasLeft() {
    return say(
        "This claim has left this tablet: another site has it now, or it was erased by law. Ask a supervisor where it "
        "is.");
}

QString spoken(Date date, Language language) { return qt(spokenDate(date, language)); }

QString spokenIso(const std::string& iso, Language language) {
    const auto date = Date::parse(iso);
    return date ? spoken(*date, language) : qt(iso);
}

QString weekday(Date date, Language language) {
    static constexpr const char* kEnglish[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
    static constexpr const char* kWelsh[] = {"Dydd Sul", "Dydd Llun",   "Dydd Mawrth", "Dydd Mercher",
                                             "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn"};
    const auto name = language == Language::Welsh ? kWelsh[date.weekday()] : kEnglish[date.weekday()];
    auto day = spoken(date, language);
    day.truncate(day.lastIndexOf(QLatin1Char(' ')));  // without the year
    return QString::fromUtf8(name) + QLatin1Char(' ') + day;
}

QString typedDate(const QString& text) {
    return QString(text).replace(QLatin1Char('|'), QLatin1Char(' ')).simplified();
}

QString moment(std::int64_t wall_ms, Date today, Language language) {
    const auto local = QDateTime::fromMSecsSinceEpoch(wall_ms);
    auto time = local.toString(QStringLiteral("HH:mm"));
    const auto day = Date::parse(utf8(local.date().toString(Qt::ISODate)));
    if (!day || *day == today) return time;
    auto words = spoken(*day, language);
    if (day->year() == today.year()) words.truncate(words.lastIndexOf(QLatin1Char(' ')));
    return say("%1, %2").arg(words, time);
}

QString ago(std::int64_t wall_ms, std::int64_t now_ms, Language language) {
    if (wall_ms <= 0) return say("never");
    const auto minutes = (now_ms - wall_ms) / 60'000;
    if (minutes >= 0 && minutes < 1) return say("just now");
    if (minutes >= 1 && minutes < 60) return count(static_cast<int>(minutes), "%1 minute ago", "%1 minutes ago");
    const auto today = Date::parse(utf8(QDateTime::fromMSecsSinceEpoch(now_ms).date().toString(Qt::ISODate)));
    return moment(wall_ms, today.value_or(Date::fromWallMs(now_ms)), language);
}

QString duration(std::int64_t ms) {
    const auto seconds = static_cast<int>((ms + 999) / 1000);
    if (seconds < 90) return count(seconds, "%1 second", "%1 seconds");
    return count((seconds + 59) / 60, "%1 minute", "%1 minutes");
}

QString yes() { return say("Yes"); }

QString notKnown(const QString& note) {
    return note.isEmpty() ? say("Not known yet") : say("Not known yet: %1").arg(note);
}

QString refused(const QString& note) {
    return note.isEmpty() ? say("Would rather not say") : say("Would rather not say: %1").arg(note);
}

QString benefit(const FormPack& pack, const std::string& name, Language language) {
    for (const auto& question : pack.questions()) {
        if (question.type != QuestionType::SelectMultiple) continue;
        for (const auto& choice : question.choices) {
            if (choice.name == name) return qt(choice.label.in(language));
        }
    }
    return qt(name);
}

QString benefits(const FormPack& pack, const std::vector<std::string>& names, Language language) {
    QStringList out;
    for (const auto& name : names) out.append(benefit(pack, name, language));
    return out.join(QStringLiteral(" · "));
}

Toned standing(const ClaimSummary& claim) {
    if (claim.send == SendState::Refused) return {say("Refused: correct it"), "red"};
    if (claim.send == SendState::SetAside) return {say("Set aside by the server"), "red"};
    if (claim.send == SendState::Accepted) return {say("Accepted"), "green"};
    if (claim.conflicts > 0)
        return {claim.conflicts == 1 ? say("Two answers differ")
                                     : count(claim.conflicts, "%1 answer differs", "%1 answers differ"),
                "amber"};
    if (!claim.started) return {say("Not started"), "neutral"};
    if (claim.to_go > 0) return {count(claim.to_go, "%1 question to go", "%1 questions to go"), "amber"};
    switch (claim.seal) {
        case SealState::Void:
            return {say("Sign again"), "amber"};
        case SealState::Partial:
            return {say("Partner still to sign"), "amber"};
        case SealState::None:
            return {say("Ready to sign"), "green"};
        case SealState::Unknown:
            return {say("Signed on another tablet"), "neutral"};
        case SealState::Valid:
            break;
    }
    if (claim.blocking > 0) return {say("Waiting for proof"), "amber"};
    if (claim.send == SendState::Sent) return {say("Sent"), "green"};
    return {say("Signed"), "green"};
}

Toned sending(const ClaimSummary& claim) {
    switch (claim.send) {
        case SendState::SavedHere:
            return {say("Saved on this tablet, waiting for its turn"), "amber"};
        case SendState::PartlySent:
            return {say("Part of it is on the server"), "amber"};
        case SendState::Received:
            return {say("On the server"), "green"};
        case SendState::SetAside:
            return {claim.note.empty() ? say("Kept, not applied") : say("Kept, not applied: %1").arg(qt(claim.note)),
                    "red"};
        case SendState::Parked:
            return {claim.note.empty() ? say("On the server, waiting")
                                       : say("On the server, waiting: %1").arg(qt(claim.note)),
                    "amber"};
        case SendState::Sent:
            return {say("On the server"), "green"};
        case SendState::Accepted:
            return {say("Accepted"), "green"};
        case SendState::Refused:
            return {claim.note.empty() ? say("Refused") : say("Refused: %1").arg(qt(claim.note)), "red"};
    }
    return {};
}

QString refusedSaves(const ClaimSummary& claim) {
    if (claim.refused_saves == 0) return {};
    return count(claim.refused_saves, "A supervisor refused %1 save", "A supervisor refused %1 saves") +
           (claim.refusal.empty() ? QString() : QStringLiteral(": ") + qt(claim.refusal));
}

Toned held(const HeldSave& save) {
    if (save.state == OwnState::Parked) return {say("Waiting on the server"), "amber"};
    return {say("Set aside by the server"), "red"};
}

QList<HeldMessage> heldMessages(const OpenClaim& claim) {
    // Saves with one fate and one reason are one message.
    std::map<std::pair<OwnState, std::string>, std::size_t> answers;
    for (const auto& save : claim.held) answers[{save.state, save.reason}] += save.paths.size();
    QList<HeldMessage> out;
    for (const auto& [fate, n] : answers) {
        const auto& [state, reason] = fate;
        HeldMessage one;
        const auto many = static_cast<int>(n);
        if (state == OwnState::Refused) {
            one = {"red",
                   many == 0 ? say("A supervisor refused a save")
                             : count(many, "A supervisor refused %1 change", "A supervisor refused %1 changes"),
                   say("It no longer counts, and is not shown as an answer.")};
        } else if (state == OwnState::Parked) {
            one = {"amber",
                   many == 0 ? say("A save waits on the server")
                             : count(many, "%1 change waits on the server", "%1 changes wait on the server"),
                   say("The server has it and will add it by itself. There is nothing to do.")};
        } else {
            one = {"red",
                   many == 0 ? say("The server set a save aside")
                             : count(many, "The server set %1 change aside", "The server set %1 changes aside"),
                   say("Nothing is lost: it stays on this tablet, marked, until a supervisor decides. Call your "
                       "supervisor.")};
        }
        if (!reason.empty()) {
            const bool ends = std::string_view(".!?").find(reason.back()) != std::string_view::npos;
            one.text = qt(reason) + (ends ? QStringLiteral(" ") : QStringLiteral(". ")) + one.text;
        }
        out.append(one);
    }
    return out;
}

QString target(const std::string& target) {
    if (target == "iscs") return say("Income Support");
    if (target == "jsaps") return say("JSAPS");
    if (target == "clerical") return say("Paper file");
    if (target == "documents") return say("Document store");
    if (target.starts_with("council")) return say("Council");
    return qt(target).toUpper();
}

Toned transfer(const TransferView& transfer) {
    const auto name = target(transfer.target);
    if (transfer.state == "accepted") {
        return {transfer.kind == "notice" ? say("%1 told").arg(name) : say("%1 accepted").arg(name), "green"};
    }
    if (transfer.state == "rejected" || transfer.state == "repair") {
        return {transfer.reason.empty() ? say("%1 refused").arg(name)
                                        : say("%1 refused: %2").arg(name, qt(transfer.reason)),
                "red"};
    }
    if (transfer.state == "received") return {say("%1 has it").arg(name), "blue"};
    if (transfer.state == "unknown") return {say("%1 did not answer yet").arg(name), "amber"};
    if (transfer.state == "waiting") return {say("%1 is closed now").arg(name), "amber"};
    return {say("Going to %1").arg(name), "blue"};
}

Toned strip(const SyncTotals& totals, std::int64_t now_ms, Language language) {
    const auto last = ago(totals.last_contact_ms, now_ms, language);
    const auto contact = totals.last_contact_ms <= 0 ? say("no contact yet") : say("last contact %1").arg(last);
    if (totals.set_aside > 0) {
        return {count(static_cast<int>(totals.set_aside), "%1 save set aside by the server",
                      "%1 saves set aside by the server") +
                    QStringLiteral(" · ") + contact,
                "red"};
    }
    if (totals.saved_here > totals.acknowledged || totals.blobs_waiting > 0) {
        const auto claims = static_cast<int>(std::max<std::uint64_t>(totals.claims_waiting, 1));
        return {say("Saved on this tablet") + QStringLiteral(" · ") +
                    count(claims, "%1 claim waiting to send", "%1 claims waiting to send") + QStringLiteral(" · ") +
                    contact,
                "amber"};
    }
    if (totals.saved_here == 0) return {say("Nothing to send yet") + QStringLiteral(" · ") + contact, "neutral"};
    return {say("Everything sent") + QStringLiteral(" · ") +
                say("%1 of %2").arg(totals.acknowledged).arg(totals.saved_here) + QStringLiteral(" · ") + contact,
            "green"};
}

Toned phase(const SyncStatus& status) {
    if (status.counts_differ)
        return {say("This tablet and the server count differently. Call support: nothing is lost"), "red"};
    if (status.stalled) return {say("Nothing was taken for five minutes. It is tried again by itself"), "amber"};
    switch (status.phase) {
        case SyncPhase::Off:
            return {say("Paused. Nothing is sent until you go on"), "amber"};
        case SyncPhase::Offline:
            return {say("No network. Work goes on; it is sent when there is one"), "amber"};
        case SyncPhase::SigningIn:
            return {say("Finding the server"), "blue"};
        case SyncPhase::Sending:
            return {say("Sending"), "blue"};
        case SyncPhase::SendingImages:
            return {say("Sending statements and photos"), "blue"};
        case SyncPhase::Receiving:
            return {say("Fetching what others changed"), "blue"};
        case SyncPhase::UpToDate:
            if (status.images_held) return {say("Photos wait for Wi-Fi. Everything else is sent"), "amber"};
            return {say("Up to date"), "green"};
        case SyncPhase::Waiting:
            return {qt(errorInfo(status.error).english), "amber"};
        case SyncPhase::Untrusted:
            return {qt(errorInfo(ErrorCode::Untrusted).english), "red"};
        case SyncPhase::Refused:
            return {say("The server does not know this tablet any more. Your work is kept: call support"), "red"};
        case SyncPhase::TooOld:
            return {qt(errorInfo(ErrorCode::Unsupported).english), "red"};
        case SyncPhase::StoreFailed:
            return {qt(errorInfo(status.error).english), "red"};
    }
    return {};
}

QString level(const std::string& level) {
    if (level == "original") return say("Original seen");
    if (level == "copy") return say("Copy seen");
    if (level == "told") return say("Told us");
    return {};
}

QString levelNeeded(const std::string& level) {
    if (level == "original") return say("The original must be seen");
    if (level == "copy") return say("A copy is enough");
    return say("It is enough to be told");
}

QString actionOwner(ActionKind kind) {
    switch (kind) {
        case ActionKind::Proof:
        case ActionKind::NotKnown:
        case ActionKind::Refused:
            return say("Customer");
        default:
            return say("You");
    }
}

}  // namespace fieldclaim::tablet::words
