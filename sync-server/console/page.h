#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

#include "sync-server/backoffice/back_office_service.h"
#include "sync-server/http/http_message.h"

namespace fieldclaim::server {

using PageData = kainjow::mustache::data;

/// Who looks, and the token that their forms carry. Nobody on the sign-in page.
struct Viewer {
    const BackOfficeUser* user = nullptr;
    std::string csrf;
};

/// Renders templates/<name>.mustache inside the layout, with the headers that every page has (a Content-Security-Policy
/// that admits our own style sheets and nothing else). Texts are escaped by the templates.
Response renderPage(std::string_view name, std::string_view title, PageData data, const Viewer& viewer,
                    int status = 200);
/// One message in place of a page: what happened and what to do.
Response renderMessage(std::string_view title, std::string_view text, const Viewer& viewer, int status);
/// A style sheet by file name; a 404 problem for anything else.
Response renderAsset(std::string_view name, std::string_view request_id);

}  // namespace fieldclaim::server
