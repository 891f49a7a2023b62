#pragma once

#include <QList>
#include <QString>
#include <QVariantMap>
#include <functional>

#include "mobile/casework/casework.h"
#include "mobile/sync/sync_engine.h"

// What the tablet says: the one place where states become words and tones. A tone is one of Theme's: neutral, blue,
// green, amber, red. Pure functions; the words go through the translator.
namespace fieldclaim::tablet::words {

inline QString qt(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
inline std::string utf8(const QString& text) { return text.toStdString(); }

/// "cy" is Welsh, anything else English; and back.
inline Language languageNamed(const QString& name) {
    return name == QStringLiteral("cy") ? Language::Welsh : Language::English;
}
inline QString languageName(Language language) {
    return language == Language::Welsh ? QStringLiteral("cy") : QStringLiteral("en");
}

/// Words that are made whenever they are shown, so that they follow the language; empty for none.
using Said = std::function<QString()>;
inline QString now(const Said& said) { return said ? said() : QString(); }

struct Toned {
    QString text;
    QString tone;
};

/// The date of first contact was typed over; it stands.
QString dateIsProtected();
/// The claim is open, and is not this tablet's any more (hazards H24, H38).
QString claimHasLeft();
QString claimCannotBeRead(const std::string& crn);
QString error(const Error& error, Language language);

/// "15 January 2007".
QString spoken(Date date, Language language);
/// "2006-11-22" as above; anything else as it stands.
QString spokenIso(const std::string& iso, Language language);
/// "Tuesday 22 November"; in Welsh as within a sentence: "dydd Mawrth 22 Tachwedd".
QString weekday(Date date, Language language);
/// A date field's parts as they were typed: "31|2|2006" is "31 2 2006".
QString typedDate(const QString& text);
/// "09:12" today, else "21 November, 09:12"; local time.
QString moment(std::int64_t wall_ms, Date today, Language language);
/// "2 minutes ago", "09:12", "21 November, 09:12"; "never" for 0.
QString ago(std::int64_t wall_ms, std::int64_t now_ms, Language language);
/// "30 seconds", "2 minutes".
QString duration(std::int64_t ms);

/// The beginning of a statement's digest, enough to read out over a telephone: "8F3A 22C1 90D4".
QString shortDigest(const Hash& digest);

/// "Picture 8F3A 22C1": a picture that is an answer, by the beginning of its digest.
QString picture(const QString& digest);
QString file(const QString& digest);

QString yes();
/// What somebody wrote, with a full stop where it lacks one.
QString sentence(const std::string& text);
QString notKnown(const QString& note);
QString refused(const QString& note);

/// The pack's own label for a benefit ("jsa_ib"), as short as it is there.
QString benefit(const FormPack& pack, const std::string& name, Language language);
QString benefits(const FormPack& pack, const std::vector<std::string>& names, Language language);

/// "3 questions to go", "Ready to sign", "Two answers differ", "Accepted" ...
Toned standing(const ClaimSummary& claim);
/// What the server has of a claim, from its acknowledgements alone (hazard H41).
Toned sending(const ClaimSummary& claim);
/// "A supervisor refused 2 saves: …", or nothing.
QString refusedSaves(const ClaimSummary& claim);
/// Beside an answer that came by telephone and that nobody has confirmed.
Toned toldByPhone();
/// Beside an answer that the server has not applied.
Toned held(const HeldSave& save);
/// What the server has of a claim and has not applied, why, and what to do: one for each fate and reason.
struct HeldMessage {
    QString tone;
    QString title;
    QString text;
};
QList<HeldMessage> heldMessages(const OpenClaim& claim);
/// "Income Support system accepted it", one line a transfer.
Toned transfer(const TransferView& transfer, Language language);
/// The sentence of the status strip (hazard H41): from the totals alone.
Toned strip(const SyncTotals& totals, std::int64_t now_ms, Language language);
/// Where the engine stands: "No network. Work goes on; it is sent when there is one".
Toned phase(const SyncStatus& status, Language language);

/// "Original seen", "Copy seen", "Told us".
QString level(const std::string& level);
/// "Needs the original", ...
QString levelNeeded(const std::string& level);
/// Why an earlier answer is kept aside, or that the question is new.
QString lookAgain(LookAgain::Why why);
/// "Owned by the customer" and so on.
QString actionOwner(ActionKind kind);

}  // namespace fieldclaim::tablet::words
