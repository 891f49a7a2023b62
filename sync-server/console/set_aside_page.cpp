#include "shared/base/ids.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"

namespace fieldclaim::server {
namespace {

using List = kainjow::mustache::data;

std::string changesInWords(const SetAsideLine& line) {
    if (line.changes == 0) return "1 request";
    return line.changes == 1 ? "1 change" : std::to_string(line.changes) + " changes";
}

PageData lineData(const SetAsideLine& line) {
    PageData out;
    out.set("hash", toHex(line.hash));
    out.set("crn", line.crn);
    out.set("number", Crn::display(line.crn));
    out.set("customer", line.customer.empty() ? "Claim " + Crn::display(line.crn) : line.customer);
    out.set("is_named", PageData(!line.customer.empty()));
    out.set("has_claim", PageData(!line.customer.empty()));
    out.set("officer", line.officer.empty() ? "An officer no longer listed" : line.officer);
    out.set("tablet", line.tablet);
    out.set("revoked", PageData(line.tablet_revoked));
    out.set("at", timeInWords(line.at_ms));
    out.set("reason", line.reason);
    out.set("fork", PageData(line.fork));
    out.set("parked", PageData(line.parked));
    out.set("only_refusable", PageData(!line.only_refusable.empty()));
    out.set("why_only_refusable", line.only_refusable);
    out.set("changes", changesInWords(line));
    return out;
}

}  // namespace

PageData setAsideListData(const std::vector<SetAsideLine>& lines, std::string_view done) {
    List rows{List::type::list};
    for (const auto& line : lines) rows << lineData(line);
    PageData out;
    out.set("any", PageData(!lines.empty()));
    out.set("summary", lines.size() == 1 ? "1 save waits for a supervisor"
                                         : std::to_string(lines.size()) + " saves wait for a supervisor");
    out.set("rows", rows);
    const std::string said = done == "release"  ? "It was released. What waited for it is applied too."
                             : done == "refuse" ? "It was refused. The officer is told why on their tablet."
                             : done == "apply"  ? "It was applied."
                                                : "";
    out.set("said", said);
    out.set("has_said", PageData(!said.empty()));
    return out;
}

PageData setAsideCaseData(const SetAsideView& view, bool may_decide, const SetAsideForm& form) {
    auto out = lineData(view.line);
    out.set("written", timeInWords(view.device_time));
    List changes{List::type::list};
    for (const auto& change : view.changes) {
        PageData row;
        row.set("label", change.label);
        row.set("value", change.value);
        row.set("now", change.now.empty() ? "Nothing" : change.now);
        row.set("same", PageData(!change.now.empty() && change.now == change.value));
        changes << row;
    }
    out.set("rows", changes);
    out.set("any", PageData(!view.changes.empty()));
    out.set("may_decide", PageData(may_decide));
    const bool readable = view.line.only_refusable.empty();
    out.set("may_release", PageData(may_decide && readable && !view.line.parked));
    out.set("may_apply", PageData(may_decide && readable && view.line.parked));
    out.set("typed", form.reason);
    out.set("error", form.error);
    out.set("has_error", PageData(!form.error.empty()));
    return out;
}

}  // namespace fieldclaim::server
