#include "mobile/viewmodels/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <map>

#include "shared/domain/transfer_standing.h"
#include "shared/forms/date_text.h"

namespace fieldclaim::tablet::words {
namespace {

/// The context under which the translation has these words.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Two texts: Qt takes plural forms from a translation file alone, and English has none. Welsh says its counts in a way
/// that is right for every number.
QString count(int n, const QString& one, const QString& many) { return (n == 1 ? one : many).arg(n); }

QString shortDigest(const QString& digest) {
    const auto hex = digest.toUpper();
    return hex.mid(0, 4) + QLatin1Char(' ') + hex.mid(4, 4);
}

}  // namespace

QString error(const Error& error, Language language) {
    const auto& info = errorInfo(error.code);
    return qt(language == Language::Welsh ? info.welsh : info.english);
}

QString dateIsProtected() {
    return Words::tr("This date is protected and was not changed. Once it stands, it is corrected with a reason.");
}

QString claimHasLeft() {
    return Words::tr(
        "This claim has left this tablet: another site has it now, or it was erased by law. Ask a supervisor where it "
        "is.");
}

QString claimCannotBeRead(const std::string& crn) {
    return Words::tr(
               "Claim %1 cannot be read on this tablet. It is kept, and the other claims go on. Call support with this "
               "number.")
        .arg(qt(Crn::display(crn)));
}

QString spoken(Date date, Language language) { return qt(spokenDate(date, language)); }

QString spokenIso(const std::string& iso, Language language) {
    const auto date = Date::parse(iso);
    return date ? spoken(*date, language) : qt(iso);
}

QString weekday(Date date, Language language) {
    static constexpr const char* kEnglish[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
    static constexpr const char* kWelsh[] = {"dydd Sul", "dydd Llun",   "dydd Mawrth", "dydd Mercher",
                                             "dydd Iau", "dydd Gwener", "dydd Sadwrn"};
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
    return Words::tr("%1, %2").arg(words, time);
}

QString ago(std::int64_t wall_ms, std::int64_t now_ms, Language language) {
    if (wall_ms <= 0) return Words::tr("never");
    const auto minutes = (now_ms - wall_ms) / 60'000;
    if (minutes >= 0 && minutes < 1) return Words::tr("just now");
    if (minutes >= 1 && minutes < 60)
        return count(static_cast<int>(minutes), Words::tr("%1 minute ago"), Words::tr("%1 minutes ago"));
    const auto today = Date::parse(utf8(QDateTime::fromMSecsSinceEpoch(now_ms).date().toString(Qt::ISODate)));
    return moment(wall_ms, today.value_or(Date::fromWallMs(now_ms)), language);
}

QString duration(std::int64_t ms) {
    const auto seconds = static_cast<int>((ms + 999) / 1000);
    if (seconds < 90) return count(seconds, Words::tr("%1 second"), Words::tr("%1 seconds"));
    return count((seconds + 59) / 60, Words::tr("%1 minute"), Words::tr("%1 minutes"));
}

QString shortDigest(const Hash& digest) {
    const auto hex = QString::fromStdString(toHex(ByteView(digest.data(), 6))).toUpper();
    return hex.mid(0, 4) + QLatin1Char(' ') + hex.mid(4, 4) + QLatin1Char(' ') + hex.mid(8, 4);
}

QString sentence(const std::string& text) {
    const bool ends = text.empty() || std::string_view(".!?").find(text.back()) != std::string_view::npos;
    return ends ? qt(text) : qt(text) + QLatin1Char('.');
}

QString picture(const QString& digest) { return Words::tr("Picture %1").arg(shortDigest(digest)); }
QString file(const QString& digest) { return Words::tr("File %1").arg(shortDigest(digest)); }

QString yes() { return Words::tr("Yes"); }

QString notKnown(const QString& note) {
    return note.isEmpty() ? Words::tr("Not known yet") : Words::tr("Not known yet: %1").arg(note);
}

QString refused(const QString& note) {
    return note.isEmpty() ? Words::tr("Would rather not say") : Words::tr("Would rather not say: %1").arg(note);
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
    if (claim.unreadable) return {Words::tr("Cannot be read here"), "red"};
    if (claim.send == SendState::SetAside) return {Words::tr("Set aside by the server"), "red"};
    if (claim.to_correct) return {Words::tr("Refused: correct it"), "red"};
    if (claim.submit_refused) return {Words::tr("Refused: sign again"), "red"};
    if (claim.send == SendState::Accepted) return {Words::tr("Accepted"), "green"};
    if (claim.conflicts > 0)
        return {claim.conflicts == 1
                    ? Words::tr("Two answers differ")
                    : count(claim.conflicts, Words::tr("%1 answer differs"), Words::tr("%1 answers differ")),
                "amber"};
    if (!claim.started) return {Words::tr("Not started"), "neutral"};
    if (claim.to_go > 0)
        return {count(claim.to_go, Words::tr("%1 question to go"), Words::tr("%1 questions to go")), "amber"};
    switch (claim.seal) {
        case SealState::Void:
            return {Words::tr("Sign again"), "amber"};
        case SealState::Partial:
            return {Words::tr("Partner still to sign"), "amber"};
        case SealState::None:
            if (claim.forms_only) return {Words::tr("All answered"), "green"};
            return {Words::tr("Ready to sign"), "green"};
        case SealState::Unknown:
            return {Words::tr("Signed on another tablet"), "neutral"};
        case SealState::Valid:
            break;
    }
    if (claim.blocking > 0) return {Words::tr("Waiting for proof"), "amber"};
    if (claim.withOffice()) return {Words::tr("With the office"), "amber"};
    if (claim.send == SendState::Sent) return {Words::tr("Sent"), "green"};
    return {Words::tr("Signed"), "green"};
}

Toned sending(const ClaimSummary& claim) {
    switch (claim.send) {
        case SendState::SavedHere:
            return {Words::tr("Saved on this tablet, waiting for its turn"), "amber"};
        case SendState::PartlySent:
            return {Words::tr("Part of it is on the server"), "amber"};
        case SendState::Received:
            return {Words::tr("On the server"), "green"};
        case SendState::SetAside:
            return {claim.note.empty() ? Words::tr("Kept, not applied")
                                       : Words::tr("Kept, not applied: %1").arg(qt(claim.note)),
                    "red"};
        case SendState::Parked:
            return {claim.note.empty() ? Words::tr("On the server, waiting")
                                       : Words::tr("On the server, waiting: %1").arg(qt(claim.note)),
                    "amber"};
        case SendState::Sent:
            return {Words::tr("On the server"), "green"};
        case SendState::Accepted:
            return {Words::tr("Accepted"), "green"};
        case SendState::Refused:
            return {claim.note.empty() ? Words::tr("Refused") : Words::tr("Refused: %1").arg(qt(claim.note)), "red"};
    }
    return {};
}

QString refusedSaves(const ClaimSummary& claim) {
    if (claim.refused_saves == 0) return {};
    return count(claim.refused_saves, Words::tr("A supervisor refused %1 save"),
                 Words::tr("A supervisor refused %1 saves")) +
           (claim.refusal.empty() ? QString() : QStringLiteral(": ") + qt(claim.refusal));
}

Toned toldByPhone() { return {Words::tr("Told us on the phone"), "amber"}; }

Toned held(const HeldSave& save) {
    if (save.state == OwnState::Parked) return {Words::tr("Waiting on the server"), "amber"};
    return {Words::tr("Set aside by the server"), "red"};
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
                   many == 0 ? Words::tr("A supervisor refused a save")
                             : count(many, Words::tr("A supervisor refused %1 change"),
                                     Words::tr("A supervisor refused %1 changes")),
                   Words::tr("It no longer counts, and is not shown as an answer.")};
        } else if (state == OwnState::Parked) {
            one = {"amber",
                   many == 0 ? Words::tr("A save waits on the server")
                             : count(many, Words::tr("%1 change waits on the server"),
                                     Words::tr("%1 changes wait on the server")),
                   Words::tr("The server has it and will add it by itself. There is nothing to do.")};
        } else {
            one = {"red",
                   many == 0 ? Words::tr("The server set a save aside")
                             : count(many, Words::tr("The server set %1 change aside"),
                                     Words::tr("The server set %1 changes aside")),
                   Words::tr("Nothing is lost: it stays on this tablet, marked, until a supervisor decides. Call your "
                             "supervisor.")};
        }
        if (!reason.empty()) one.text = sentence(reason) + QLatin1Char(' ') + one.text;
        out.append(one);
    }
    return out;
}

Toned transfer(const TransferView& transfer, Language language) {
    const auto name = qt(targetInWords(transfer.target).in(language));
    if (transfer.state == "accepted") {
        return {transfer.kind == "notice" ? Words::tr("%1 told").arg(name) : Words::tr("%1 accepted").arg(name),
                "green"};
    }
    if (isWithOffice(transfer)) {
        return {transfer.reason.empty() ? Words::tr("%1: with the office").arg(name)
                                        : Words::tr("%1: with the office: %2").arg(name, qt(transfer.reason)),
                "amber"};
    }
    if (transfer.state == "rejected") {
        return {transfer.reason.empty() ? Words::tr("%1 refused").arg(name)
                                        : Words::tr("%1 refused: %2").arg(name, qt(transfer.reason)),
                "red"};
    }
    if (transfer.state == "received") return {Words::tr("%1 has it").arg(name), "blue"};
    if (transfer.state == "unknown") return {Words::tr("%1 did not answer yet").arg(name), "amber"};
    if (transfer.state == "waiting") return {Words::tr("%1 is closed now").arg(name), "amber"};
    return {Words::tr("Going to %1").arg(name), "blue"};
}

Toned strip(const SyncTotals& totals, std::int64_t now_ms, Language language) {
    const auto last = ago(totals.last_contact_ms, now_ms, language);
    const auto contact =
        totals.last_contact_ms <= 0 ? Words::tr("no contact yet") : Words::tr("last contact %1").arg(last);
    if (totals.set_aside > 0) {
        return {count(static_cast<int>(totals.set_aside), Words::tr("%1 save set aside by the server"),
                      Words::tr("%1 saves set aside by the server")) +
                    QStringLiteral(" · ") + contact,
                "red"};
    }
    if (totals.saved_here > totals.acknowledged || totals.blobs_waiting > 0) {
        const auto claims = static_cast<int>(std::max<std::uint64_t>(totals.claims_waiting, 1));
        return {Words::tr("Saved on this tablet") + QStringLiteral(" · ") +
                    count(claims, Words::tr("%1 claim waiting to send"), Words::tr("%1 claims waiting to send")) +
                    QStringLiteral(" · ") + contact,
                "amber"};
    }
    if (totals.saved_here == 0) return {Words::tr("Nothing to send yet") + QStringLiteral(" · ") + contact, "neutral"};
    return {Words::tr("Everything sent") + QStringLiteral(" · ") +
                Words::tr("%1 of %2").arg(totals.acknowledged).arg(totals.saved_here) + QStringLiteral(" · ") + contact,
            "green"};
}

Toned phase(const SyncStatus& status, Language language) {
    const auto failed = [language](ErrorCode code) { return error({code, {}}, language); };
    if (status.counts_differ)
        return {Words::tr("This tablet and the server count differently. Call support: nothing is lost"), "red"};
    if (status.stalled) return {Words::tr("Nothing was taken for five minutes. It is tried again by itself"), "amber"};
    switch (status.phase) {
        case SyncPhase::Off:
            return {Words::tr("Paused. Nothing is sent until you go on"), "amber"};
        case SyncPhase::Offline:
            return {Words::tr("No network. Work goes on; it is sent when there is one"), "amber"};
        case SyncPhase::SigningIn:
            return {Words::tr("Finding the server"), "blue"};
        case SyncPhase::Sending:
            return {Words::tr("Sending"), "blue"};
        case SyncPhase::SendingImages:
            return {Words::tr("Sending statements and photos"), "blue"};
        case SyncPhase::Receiving:
            return {Words::tr("Fetching what others changed"), "blue"};
        case SyncPhase::UpToDate:
            if (status.pack_refused)
                return {
                    Words::tr("The server's form pack is not signed as it should be and was not taken. What is here "
                              "stays in use: call support"),
                    "amber"};
            if (status.images_held) return {Words::tr("Photos wait for Wi-Fi. Everything else is sent"), "amber"};
            return {Words::tr("Up to date"), "green"};
        case SyncPhase::Waiting:
            return {failed(status.error), "amber"};
        case SyncPhase::Untrusted:
            return {failed(ErrorCode::Untrusted), "red"};
        case SyncPhase::Refused:
            return {Words::tr("The server does not know this tablet any more. Your work is kept: call support"), "red"};
        case SyncPhase::TooOld:
            return {failed(ErrorCode::Unsupported), "red"};
        case SyncPhase::StoreFailed:
            return {failed(status.error), "red"};
    }
    return {};
}

QString level(const std::string& level) {
    if (level == "original") return Words::tr("Original seen");
    if (level == "copy") return Words::tr("Copy seen");
    if (level == "told") return Words::tr("Told us");
    return {};
}

QString levelNeeded(const std::string& level) {
    if (level == "original") return Words::tr("The original must be seen");
    if (level == "copy") return Words::tr("A copy is enough");
    return Words::tr("It is enough to be told");
}

QString lookAgain(LookAgain::Why why) {
    switch (why) {
        case LookAgain::Why::QuestionGone:
            return Words::tr("This is not asked any more. The answer is kept, and is not sent.");
        case LookAgain::Why::AskedElsewhere:
            return Words::tr("This is asked in another place now. The earlier answer is kept, and is not sent.");
        case LookAgain::Why::ChoiceGone:
            return Words::tr("This choice is not offered any more. Choose again.");
        case LookAgain::Why::OtherType:
            return Words::tr("This is answered in another way now. Answer it again.");
        case LookAgain::Why::NewQuestion:
            return Words::tr("A new question: it was not asked before.");
    }
    return {};
}

QString actionOwner(ActionKind kind) {
    switch (kind) {
        case ActionKind::Proof:
        case ActionKind::NotKnown:
        case ActionKind::Refused:
            return Words::tr("Customer");
        case ActionKind::WithOffice:
            return Words::tr("The office");
        default:
            return Words::tr("You");
    }
}

}  // namespace fieldclaim::tablet::words
