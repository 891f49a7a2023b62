#include <sstream>

#include "shared/base/date.h"
#include "shared/forms/csv.h"
#include "shared/forms/form_pack.h"
#include "tests/fuzz/targets.h"

namespace fieldclaim::fuzz {
namespace {

constexpr char kBetween = '\x1e';  // record separator: between a file's name and its text, and between files

PackFiles tinyPack() {
    return {
        {"settings.csv",
         "form_title,form_id,version,benefits_question,claim_date_question\nSmall,small,1,benefits,from\n"},
        {"sections.csv", "id,title::English (en),order\nfirst,First,1\n"},
        {"params.csv", "key,from_date,value,unit,source,confidence\nlimit,2005-04-06,10,GBP,law,source\n"},
        {"choices.csv",
         "list_name,name,label::English (en),relevant\nyes_no,yes,Yes,\nyes_no,no,No,\nbenefits,is,IS,\n"},
        {"survey.csv",
         "type,name,label::English (en),relevant,required,constraint,constraint_message::English (en),calculation,page,"
         "section,stage,normalise,declared,sensitive,benefits,evidence\n"
         "date,from,From?,,yes,. <= today(),In the past,,a,first,,,yes,,,\n"
         "select_one yes_no,partner,Partner?,,yes,,,,b,first,,,yes,,,paper\n"
         "calculate,limit,,,,,,\"pulldata('params', 'limit', 'from_date', ${from})\",,,,,,,,\n"
         "begin_repeat,job,Job,${partner} = 'yes',,,,,c,first,,,,,,\n"
         "decimal,pay,Pay?,,,. > 0,More,,c,first,,money,yes,,,\n"
         "end_repeat,job,,,,,,,,,,,,,,\n"
         "begin_group,more,More,${partner} = 'yes',,,,,e,first,,,,,,\n"
         "range,sure,Sure?,,,,,,,,,,yes,,,\n"
         "time,at,At?,,,decimal-time(.) > 0.5,Later,,,,,,yes,,,\n"
         "select_one yes_no or_other,kind,Kind?,,,,,,,,,,yes,,,\n"
         "end_group,,,,,,,,,,,,,,,\n"
         "select_multiple benefits,benefits,Which?,,yes,,,,d,first,,,yes,,,\n"},
        {"proofs.csv",
         "code,label::English (en),when,accepts::English (en),min_level,blocks\npaper,Paper,${pay} > "
         "1,passport|licence,copy,yes\n"},
        {"prescreen.csv",
         "benefit,verdict,when,reason::English (en),change::English (en),not_with\nis,likely,${partner} = "
         "'no',Alone,,\nis,unlikely,true(),Otherwise,,\n"},
        {"warnings.csv", "id,when,text::English (en)\nhigh,${limit} > 100,That is ${limit}\n"},
        {"declarations.csv", "id,version,when,text::English (en)\ntrue_answers,1,,It is true\n"},
        {"modulus.csv",
         "sort_from,sort_to,method,weights,exception\n080211,089999,MOD10,0 0 0 0 0 0 7 1 3 7 1 3 7 1,3\n"},
        {"modulus_substitutes.csv", "sort_code,substitute\n938600,938611\n"},
    };
}

Bytes joined(const PackFiles& files) {
    std::string out;
    for (const auto& [name, text] : files) out += name + kBetween + text + kBetween;
    return toBytes(asBytes(out));
}

PackFiles taken(ByteView input) {
    PackFiles out;
    std::istringstream in{std::string(asText(input))};
    std::string name;
    std::string text;
    while (std::getline(in, name, kBetween) && std::getline(in, text, kBetween)) out[name] = text;
    return out;
}

}  // namespace

std::vector<Target> formTargets() {
    return {
        {"form-pack",
         [](ByteView input) {
             const auto pack = FormPack::load(taken(input));
             if (pack) promise(!(*pack)->id().empty(), "a pack that loads has a name");
         },
         {joined(tinyPack())}},
        {"csv",
         [](ByteView input) { static_cast<void>(CsvTable::parse(asText(input))); },
         {toBytes(asBytes("a,b\n\"x\"\"y\",z\r\n"))}},
        {"date",
         [](ByteView input) {
             const auto date = Date::parse(asText(input));
             if (date) promise(Date::parse(date->iso()) == *date, "a date reads as it is written");
         },
         {toBytes(asBytes("2007-01-03"))}},
    };
}

}  // namespace fieldclaim::fuzz
