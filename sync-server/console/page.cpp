#include "sync-server/console/page.h"

#include "sync-server/console/console_assets.h"
#include "sync-server/console/console_templates.h"

namespace fieldclaim::server {
namespace {

using kainjow::mustache::mustache;

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri "
    "'none'";

std::string templateText(std::string_view name) {
    const auto file = "templates/" + std::string(name) + ".mustache";
    for (const auto& embedded : embedded::consoleTemplates()) {
        if (embedded.name == file) return std::string(embedded.bytes);
    }
    ensureFailed("the template is embedded", __FILE__, __LINE__);
}

// GOV.UK's typeface may be used on its own domain alone: the rules that would load it are left out of what is served.
std::string withoutFontFaces(std::string_view css) {
    constexpr std::string_view kRule = "@font-face{";
    std::string out;
    for (;;) {
        const auto begin = css.find(kRule);
        out += css.substr(0, begin);
        if (begin == std::string_view::npos) return out;
        const auto end = css.find('}', begin);
        ENSURE(end != std::string_view::npos);
        css.remove_prefix(end + 1);
    }
}

}  // namespace

Response renderPage(std::string_view name, std::string_view title, PageData data, const Viewer& viewer, int status) {
    data.set("csrf", viewer.csrf);
    data.set("file_list", PageData(kainjow::mustache::partial([] { return templateText("file_list"); })));
    PageData layout;
    layout.set("title", std::string(title));
    layout.set("body", mustache(templateText(name)).render(data));
    layout.set("csrf", viewer.csrf);
    layout.set("signed_in", PageData(viewer.user != nullptr));
    layout.set("user", viewer.user != nullptr ? viewer.user->name : std::string());
    layout.set("on_claims", PageData(name == "claims" || name == "claim"));
    layout.set("on_transfers", PageData(name == "transfers"));
    layout.set("on_set_aside", PageData(name.starts_with("set_aside")));
    layout.set("on_erasures", PageData(name == "erasures"));
    layout.set("on_devices", PageData(name == "devices"));
    auto response = Response::html(mustache(templateText("layout")).render(layout), status);
    response.set("Content-Security-Policy", kPolicy);
    return response;
}

Response renderMessage(std::string_view title, std::string_view text, const Viewer& viewer, int status) {
    PageData data;
    data.set("heading", std::string(title));
    data.set("text", std::string(text));
    return renderPage("message", title, std::move(data), viewer, status);
}

Response renderAsset(std::string_view name, std::string_view request_id) {
    for (const auto& embedded : embedded::consoleAssets()) {
        if (!embedded.name.ends_with("/" + std::string(name))) continue;
        auto response = Response::text(withoutFontFaces(embedded.bytes), "text/css; charset=utf-8");
        response.set("Cache-Control", "private, max-age=3600");
        return response;
    }
    return Response::problem({ErrorCode::NotFound, "no such asset"}, request_id);
}

}  // namespace fieldclaim::server
