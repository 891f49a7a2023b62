#include "tests/simulation/sim_pack.h"

#include <fstream>
#include <map>

#include "shared/packfiles/packfiles.h"

namespace fieldclaim::sim {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> filesOf(std::size_t version) {
    std::string survey =
        "type,name,label::English (en),relevant,required,constraint,constraint_message::English (en),calculation,page,"
        "section,stage,normalise,declared,sensitive,benefits,evidence\n"
        "select_multiple benefits,benefits_claimed,Which?,,yes,,,,a,first,,,yes,,,\n"
        "date,first_contact,Contact?,,yes,,,,a,first,,,yes,,JSA_IB LA,\n"
        "date,claim_from,From?,,yes,,,,a,first,,,yes,,JSA_IB LA,\n"
        "text,first_names,First names?,,yes,,,,b,first,,,yes,,JSA_IB LA,\n"
        "text,surname,Last name?,,yes,,,,b,first,,,yes,,JSA_IB LA,\n"
        "date,dob,Born?,,yes,,,,b,first,,,yes,,JSA_IB LA,\n"
        "select_one ninos,has_nino,Number?,,yes,,,,b,first,,,yes,,JSA_IB LA,\n"
        "text,addr1,Address?,,yes,,,,c,first,,,yes,,JSA_IB LA,\n"
        "text,town,Town?,,yes,,,,c,first,,,yes,,JSA_IB LA,\n"
        "text,postcode,Postcode?,,yes,,,,c,first,,,yes,,JSA_IB LA,\n"
        "text,la_name,Council?,,yes,,,,c,first,,,yes,,LA,\n"
        "begin_repeat,jobs,Job,,,,,,d,first,,,,,,\n"
        "text,jb_employer,Employer?,,,,,,d,first,,,yes,,JSA_IB,\n"
        "text,jb_net,Pay?,,,,,,d,first,,,yes,,JSA_IB,\n"
        "end_repeat,jobs,,,,,,,,,,,,,,\n";
    survey += version == 0 ? "text,rent,Rent?,,,,,,e,first,,,yes,,JSA_IB,\n"
                           : "text,has_partner,Partner?,,,,,,e,first,,,yes,,JSA_IB,\n";
    return {{"settings.csv", "form_title,form_id,version,benefits_question,claim_date_question\nSim,sim," +
                                 std::to_string(version + 1) + ",benefits_claimed,claim_from\n"},
            {"sections.csv", "id,title::English (en),order\nfirst,First,1\n"},
            {"params.csv", "key,from_date,value,unit,source,confidence\nlimit,2005-04-06,10,GBP,law,source\n"},
            {"choices.csv",
             "list_name,name,label::English (en),relevant\nbenefits,jsa_ib,JSA,\nbenefits,hb,HB,\nninos,yes,Yes,\n"
             "ninos,trace,To be traced,\n"},
            {"survey.csv", survey},
            {"proofs.csv", "code,label::English (en),when,accepts::English (en),min_level,blocks\n"},
            {"prescreen.csv",
             "benefit,verdict,when,reason::English (en),change::English (en),not_with\n"
             "jsa_ib,possible,true(),Perhaps,,\nhb,possible,true(),Perhaps,,\n"},
            {"warnings.csv", "id,when,text::English (en)\n"},
            {"declarations.csv", "id,version,when,text::English (en)\ntrue_answers,1,,It is true\n"}};
}

const std::map<std::string, std::vector<std::string>>& goodValues() {
    static const std::map<std::string, std::vector<std::string>> kGood{
        {"a/benefits_claimed", {"jsa_ib hb"}},
        {"a/first_contact", {"2007-01-02"}},
        {"a/claim_from", {"2007-01-03"}},
        {"a/first_names", {"Gwen Siobhan", "Gwen"}},
        {"a/surname", {"O'Brien", "Jones", "Ll\u0175yd"}},
        {"a/dob", {"1960-05-04"}},
        {"a/has_nino", {"trace"}},
        {"a/addr1", {"1 High Street"}},
        {"a/town", {"Caernarfon"}},
        {"a/postcode", {"LL55 4SU", "LL54 7ET"}},
        {"a/la_name", {"Gwynedd"}},
    };
    return kGood;
}

}  // namespace

SimPacks::SimPacks(const fs::path& folder) {
    for (std::size_t version = 0; version < kVersions; ++version) {
        m_folders[version] = folder / ("pack" + std::to_string(version + 1));
        fs::create_directories(m_folders[version]);
        for (const auto& [name, text] : filesOf(version)) std::ofstream(m_folders[version] / name) << text;
        auto pack = FormPack::load(*readPackFolder(m_folders[version]));
        if (!pack) throw std::runtime_error(describe(pack.error()));
        m_packs[version] = *pack;
    }
}

std::vector<Edit> SimPacks::details(const ClaimState& state) {
    std::vector<Edit> out;
    for (const auto& [path, values] : goodValues()) {
        if (state.value(path).isNull()) out.push_back(state.edit(path, values.front()));
    }
    return out;
}

std::vector<std::string> SimPacks::valuesFor(const std::string& path) {
    const auto found = goodValues().find(path);
    return found == goodValues().end() ? std::vector<std::string>() : found->second;
}

}  // namespace fieldclaim::sim
