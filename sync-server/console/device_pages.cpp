#include "shared/domain/records.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"

namespace fieldclaim::server {
namespace {

Tag deviceTag(std::string_view state) {
    if (state == "in use") return {"In use", "govuk-tag--green"};
    if (state == "locked") return {"Locked", "govuk-tag--orange"};
    if (state == "wipe ordered") return {"Wipe ordered", "govuk-tag--red"};
    if (state == "wiped") return {"Wiped", "govuk-tag--grey"};
    return {"Revoked", "govuk-tag--red"};
}

PageData tagOf(const Tag& tag) {
    PageData out;
    out.set("text", tag.text);
    out.set("colour", tag.colour);
    return out;
}

std::string timeOrNever(std::int64_t wall_ms) { return wall_ms == 0 ? "Never" : timeInWords(wall_ms); }

std::string changeSets(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " save" : " saves"); }

// What it said when it last came is of that moment: what came since is counted off.
std::string standingOf(const DeviceView& device) {
    if (device.row.pending_ms == 0) return "It has not said yet how much it has to send.";
    const auto said = "On " + timeInWords(device.row.pending_ms) + " it had ";
    if (device.row.pending == 0) return said + "nothing to send.";
    const auto had = said + changeSets(device.row.pending) + " still to send. ";
    if (!device.lacking) return had + "It is not known how much of it has come since.";
    if (*device.lacking == 0) return had + "All of it has come since.";
    if (*device.lacking < device.row.pending) return had + changeSets(*device.lacking) + " of these have not come yet.";
    return had + "None of it has come yet.";
}

}  // namespace

PageData devicesData(const std::vector<DeviceView>& devices, const std::map<std::string, std::string>& sites,
                     bool may_act, std::string_view done, bool failed) {
    PageData rows{PageData::type::list};
    for (const auto& device : devices) {
        PageData row;
        row.set("id", device.row.id.text());
        row.set("name", device.row.name);
        const auto site = sites.find(scopeOfSite(device.row.site));
        row.set("site", site == sites.end() ? device.row.site : site->second);
        row.set("app", device.row.app);
        row.set("tag", tagOf(deviceTag(device.state)));
        row.set("seen", timeOrNever(device.row.last_seen_ms));
        const bool gone = device.row.wiped_ms != 0;
        const auto standing = gone ? std::string() : standingOf(device);
        row.set("standing", standing);
        row.set("lacks", PageData(device.lacking.value_or(0) > 0));
        row.set("lost", device.never_received > 0 ? changeSets(device.never_received) + " never received" : "");
        PageData officers{PageData::type::list};
        for (const auto& author : device.authors) {
            PageData one;
            one.set("name", author.officer);
            one.set("received", changeSets(author.received) + " received");
            officers << one;
        }
        row.set("officers", officers);
        row.set("may_lock", PageData(may_act && device.state == "in use"));
        row.set("may_unlock", PageData(may_act && device.state == "locked"));
        row.set("may_wipe", PageData(may_act && !gone && device.row.wipe_ms == 0));
        row.set("may_revoke", PageData(may_act && !gone && device.row.revoked_ms == 0));
        row.set("may_end", PageData(may_act && !gone && (device.row.wipe_ms == 0 || device.row.revoked_ms == 0)));
        rows << row;
    }
    PageData out;
    out.set("any", PageData(!devices.empty()));
    out.set("devices", rows);
    out.set("may_act", PageData(may_act));
    out.set("done", std::string(done));
    out.set("was_done", PageData(!done.empty() && !failed));
    out.set("was_refused", PageData(!done.empty() && failed));
    return out;
}

}  // namespace fieldclaim::server
