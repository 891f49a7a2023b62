#include "mobile/headless/arguments.h"

#include <algorithm>
#include <set>

namespace fieldclaim::tablet {

const char* const kUsage = R"(fieldclaim-tablet-cli --data DIR COMMAND

A tablet without a screen: the same vault, the same sync engine. Prints JSON. COMMAND --help tells of one.

Set-up and officers
  set-up --server URL --code CODE --officer NAME --officer-code CODE [--device-name NAME]
                              joins a server and makes the vault, then syncs once
  add-officer --officer NAME --officer-code CODE --new-passphrase-file FILE
                              another officer of this tablet, by one who is signed in
  remove-officer --officer NAME
                              the officer's slot goes and the vault gets another key; their work stays
  passphrase --new-passphrase-file FILE
                              another passphrase for the officer who is signed in
  officers                    who is on this tablet; needs no passphrase

Claims
  new-claim                   begins a claim; prints its number
  take FILE.json [--print]    takes every claim of a list (--print: each number as soon as it is saved): [{"answers": {...}, "proofs": [{"key", "level", "what",
                              "files": [...]}], "visit": {...}, "sign": {"signer", "method"}, "submit": true}, ...]
  answer CRN KEY VALUE        saves one answer, or another in its place
  answers CRN FILE.json       saves every answer of {"key": "value", ...}; "job/jb_net" is that of one new job
  clear CRN KEY               takes an answer away
  proof CRN KEY --level original --what TEXT
                              what was seen as proof, at what level
  attach CRN FILE [--proof KEY]
                              keeps a file with the claim, 32 MiB at most; it is sent after the records
  resolve CRN KEY VALUE       ends a conflict: this answer is right (--none: none is)
  correct-date CRN DATE --reason TEXT
                              asks the server to correct the date of first contact, which no answer can change
  sign CRN --signer NAME [--method tablet|paper|mark] [--role self] [--witness NAME] [--part claimant]
                              makes the statement and signs it
                              (--method paper: after statement-pdf, and scan of every page)
  statement-pdf CRN --out FILE.pdf [--signer NAME] [--language cy]
                              the statement to be signed in ink, made once and kept
  scan CRN IMAGE...           pages signed in ink, as pictures: each is told by its QR code
  copy-pdf CRN --out FILE.pdf the customer's copy of what was signed
  receipt-pdf CRN --out FILE.pdf
                              one page to take home
  submit CRN                  asks the server to take the signed claim
  visit CRN --date DATE --time TIME [--place TEXT]
                              an appointment

Sync
  sync [--for SECONDS] [--watch]
                              until there is nothing left to do, or for so long; --watch goes on and prints each change.
                              Orders to lock or wipe are carried out

Looking
  show CRN                    one claim with its answers, actions and transfers
  claims                      all claims in short
  search TEXT                 by name, NI number or claim number
  history CRN [KEY]           who wrote what when, of a claim or of one answer
  totals                      how much is saved, received, set aside
  state                       everything: claims, registers with conflicts, outbox, set aside, blobs, orders
  outbox                      what was saved here, and how each save stands with the server

Locked, forgotten, damaged
  unlock                      whether the passphrase opens the vault, and how long to wait after wrong tries
  orders [--for SECONDS]      asks the server for orders with the vault closed, and carries them out
  forgot --new-passphrase-file FILE [--for SECONDS]
                              prints a release code, waits until a supervisor has typed it, sets the new passphrase
  export --out FILE           writes what the server does not have yet to a file that only the server can read; of a
                              damaged store, what can be read of it
  salvage                     makes a new store of what can be read of a damaged one, which is kept

Everywhere: --unlock-as NAME (needed when the tablet has several officers), --passphrase-file FILE (or the environment's
FIELDCLAIM_PASSPHRASE), --pack FOLDER (a form pack instead of the one that sync brought), --today DATE (a demonstration),
--scrypt N (load tests: what a new passphrase costs to try, a power of two; 131072 otherwise).

Ends with 0; 2 for a wrong command line or bad input, 3 when the passphrase is wrong or has to wait, 4 when another
process has the folder, 5 when the server is not reached or not trusted, 6 when the store is damaged or the disk is full,
7 when the tablet is locked by order or an act is not allowed, 1 for anything else.
)";

std::string usageOf(const std::string& command) {
    std::string all(kUsage);
    const auto begin = all.find("\n  " + command + (command.empty() ? "" : " "));
    const auto at_line_end = all.find("\n  " + command + "\n");
    const auto from = std::min(begin, at_line_end);
    if (command.empty() || from == std::string::npos) return all;
    auto end = all.find('\n', from + 1);
    while (end != std::string::npos && all.compare(end, 4, "\n   ") == 0) end = all.find('\n', end + 1);
    return "fieldclaim-tablet-cli --data DIR" + all.substr(from + 2, end - from - 2) + "\n" +
           all.substr(all.find("\nEverywhere:"));
}

Result<Arguments> Arguments::parse(const std::vector<std::string>& arguments) {
    static const std::set<std::string> kKnown{"data",
                                              "server",
                                              "code",
                                              "officer",
                                              "officer-code",
                                              "device-name",
                                              "new-passphrase-file",
                                              "level",
                                              "what",
                                              "signer",
                                              "method",
                                              "role",
                                              "witness",
                                              "part",
                                              "date",
                                              "time",
                                              "place",
                                              "for",
                                              "unlock-as",
                                              "passphrase-file",
                                              "pack",
                                              "today",
                                              "language",
                                              "proof",
                                              "scrypt",
                                              "reason",
                                              "out"};
    static const std::set<std::string> kFlags{"help", "watch", "none", "print"};
    Arguments out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!arguments[i].starts_with("--")) {
            out.words.push_back(arguments[i]);
            continue;
        }
        const auto name = arguments[i].substr(2);
        if (kFlags.contains(name)) {
            out.options[name];
            continue;
        }
        if (!kKnown.contains(name)) return fail(ErrorCode::BadInput, "no such option: --" + name);
        if (i + 1 == arguments.size()) return fail(ErrorCode::BadInput, "--" + name + " needs a value");
        out.options[name] = arguments[++i];
    }
    return out;
}

std::string Arguments::option(const std::string& name, const std::string& otherwise) const {
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
}

}  // namespace fieldclaim::tablet
