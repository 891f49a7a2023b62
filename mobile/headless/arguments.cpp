#include "mobile/headless/arguments.h"

#include <set>

namespace fieldclaim::tablet {

const char* const kUsage = R"(fieldclaim-tablet-cli --data DIR COMMAND

A tablet without a screen: the same vault, the same sync engine. Prints JSON.

  set-up --server URL --code CODE --officer NAME --officer-code CODE [--device-name NAME]
                              joins a server and makes the vault, then syncs once
  add-officer --officer NAME --officer-code CODE --new-passphrase-file FILE
  new-claim                   begins a claim; prints its number
  answer CRN KEY VALUE        saves one answer
  answers CRN FILE.json       saves every answer of {"key": "value", ...}; "job/jb_net" is that of one new job
  proof CRN KEY --level original --what TEXT
  sign CRN --signer NAME [--method tablet|paper|mark] [--role self] [--witness NAME] [--part claimant]
  submit CRN
  visit CRN --date DATE --time TIME [--place TEXT]
  sync [--for SECONDS]        until there is nothing left to do, or for so long
  show CRN | claims | search TEXT | history CRN | totals | officers

Everywhere: --unlock-as NAME (needed when the tablet has several officers), --passphrase-file FILE (or the environment's
FIELDCLAIM_PASSPHRASE), --pack FOLDER (a form pack instead of the one that sync brought), --today DATE (a demonstration).
)";

Result<Arguments> Arguments::parse(const std::vector<std::string>& arguments) {
    static const std::set<std::string> kKnown{
        "data",  "server", "code",   "officer", "officer-code", "device-name",     "new-passphrase-file",
        "level", "what",   "signer", "method",  "role",         "witness",         "part",
        "date",  "time",   "place",  "for",     "unlock-as",    "passphrase-file", "pack",
        "today"};
    Arguments out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!arguments[i].starts_with("--")) {
            out.words.push_back(arguments[i]);
            continue;
        }
        const auto name = arguments[i].substr(2);
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
