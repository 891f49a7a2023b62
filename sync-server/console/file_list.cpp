#include "shared/base/ids.h"
#include "sync-server/console/pages.h"
#include "sync-server/console/words.h"

namespace fieldclaim::server {

void setFiles(PageData& out, const ClaimCase& claim, ClaimFile::Of of, std::string_view key, const std::string& what) {
    std::vector<const FileHere*> files;
    for (const auto& each : claim.files) {
        if (each.file.of == of && (key.empty() || each.file.key == key)) files.push_back(&each);
    }
    const std::string one = of == ClaimFile::Of::Answer ? "picture" : "page";
    bool pictures = true;
    PageData rows{PageData::type::list};
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& [file, here] = *files[i];
        const bool shown = here && file.digest;
        pictures = pictures && file.picture;
        PageData row;
        const std::string word = file.picture ? (one == "page" ? "Page " : "Picture ") : "File ";
        row.set("text", word + std::to_string(i + 1) + " of " + std::to_string(files.size()));
        row.set("url", shown ? "/console/claims/" + claim.row.crn + "/files/" + toHex(*file.digest) : std::string());
        row.set("picture", PageData(shown && file.picture));
        row.set("other", PageData(shown && !file.picture));
        row.set("waits", PageData(!shown));
        // What it was kept for, where no proof beside it says so.
        auto name = of == ClaimFile::Of::Claim && !file.key.empty() ? file.label : std::string();
        if (!name.empty() && !file.name.empty()) name += ": ";
        name += file.name;
        row.set("name", name.empty() ? PageData(false) : PageData(name));
        rows << row;
    }
    out.set("any_files", PageData(!files.empty()));
    out.set("file_count",
            plural(files.size(), pictures ? one.c_str() : "file", pictures ? (one + "s").c_str() : "files"));
    out.set("files_of", what);
    out.set("files", rows);
}

}  // namespace fieldclaim::server
