#include "shared/base/ids.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"

namespace fieldclaim::server {

PageData erasuresData(const std::vector<ErasureOnTablet>& tablets, const std::map<std::string, std::string>& sites) {
    using List = kainjow::mustache::data;
    List rows{List::type::list};
    std::size_t open = 0;
    for (const auto& one : tablets) {
        PageData row;
        row.set("number", Crn::display(one.crn));
        row.set("tablet", one.tablet);
        const auto site = sites.find("site/" + one.site);
        row.set("site", site == sites.end() ? one.site : site->second);
        row.set("confirmed", PageData(one.confirmed_ms != 0));
        row.set("revoked", PageData(one.revoked));
        row.set("at", timeInWords(one.confirmed_ms));
        row.set("seen", timeInWords(one.last_seen_ms));
        open += one.confirmed_ms == 0 ? 1 : 0;
        rows << row;
    }
    PageData out;
    out.set("any", PageData(!tablets.empty()));
    out.set("summary", tablets.empty() ? std::string()
                       : open == 0     ? std::string("Every tablet has confirmed")
                       : open == 1     ? std::string("1 tablet has not confirmed")
                                       : std::to_string(open) + " confirmations are outstanding");
    out.set("rows", rows);
    return out;
}

}  // namespace fieldclaim::server
