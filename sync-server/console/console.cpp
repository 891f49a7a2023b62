#include "sync-server/console/console.h"

#include "shared/crypto/crypto.h"
#include "sync-server/console/console_session.h"
#include "sync-server/console/pages.h"

namespace fieldclaim::server {
namespace {

constexpr std::string_view kCookie = "__Host-fieldclaim";

std::string cookieText(std::string_view value, bool ends) {
    return std::string(kCookie) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Strict" +
           (ends ? "; Max-Age=0" : "");
}

std::string field(const Fields& fields, std::string_view name) {
    for (const auto& [key, value] : fields) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

struct Console::Impl {
    Impl(BackOfficeService& back_office, const Clock& clock, Random& random)
        : service(back_office), sessions(clock, random) {}

    // Runs a page for whoever is signed in; anyone else is led to the sign-in page.
    template <typename Page>
    Handler forUser(Page page) {
        return [this, page](const RequestContext& context) -> Response {
            const auto session = sessions.find(context.request.cookie(kCookie));
            if (!session) return Response::redirect("/console/sign-in");
            const Viewer viewer{&session->user, session->csrf};
            auto response = page(context, *session, viewer);
            if (response) return std::move(*response);
            const auto& info = errorInfo(response.error().code);
            return renderMessage(info.http_status == 404 ? "Claim not found" : "This did not work", info.english,
                                 viewer, info.http_status);
        };
    }

    Response signInPage(std::string_view login, std::string_view error, int status) const {
        PageData data;
        data.set("login", std::string(login));
        data.set("error", std::string(error));
        data.set("has_error", PageData(!error.empty()));
        return renderPage("sign_in", error.empty() ? "Sign in" : "Error: Sign in", std::move(data), {}, status);
    }

    Response signIn(const RequestContext& context) {
        const auto fields = parseUrlEncoded(asText(context.request.body));
        if (!fields) return signInPage("", "Enter your user name and password", 400);
        const auto login = field(*fields, "login");
        const auto user = service.signIn(login, field(*fields, "password"));
        if (!user) {
            const auto code = user.error().code;
            return signInPage(login,
                              code == ErrorCode::TooManyTries ? "Too many tries. Wait a minute, then try again"
                              : code == ErrorCode::BadCode    ? "The user name or the password is not right"
                                                              : errorInfo(code).english,
                              code == ErrorCode::BadCode ? 403 : errorInfo(code).http_status);
        }
        auto response = Response::redirect("/console/claims");
        response.add("Set-Cookie", cookieText(sessions.begin(*user), false));
        return response;
    }

    Response signOut(const RequestContext& context) {
        const auto token = context.request.cookie(kCookie);
        const auto session = sessions.find(token);
        const auto fields = parseUrlEncoded(asText(context.request.body));
        if (session && fields && equalConstantTime(asBytes(session->csrf), asBytes(field(*fields, "csrf")))) {
            sessions.end(token);
        }
        auto response = Response::redirect("/console/sign-in");
        response.add("Set-Cookie", cookieText("", true));
        return response;
    }

    BackOfficeService& service;
    ConsoleSessions sessions;
};

Console::Console(BackOfficeService& service, const Clock& clock, Random& random)
    : m_impl(std::make_unique<Impl>(service, clock, random)) {}
Console::~Console() = default;

void Console::addRoutes(Router& router) {
    auto* impl = m_impl.get();
    const auto home = [](const RequestContext&) { return Response::redirect("/console/claims"); };
    router.add(Method::Get, "/", home);
    router.add(Method::Get, "/console", home);
    router.add(Method::Get, "/console/sign-in",
               [impl](const RequestContext&) { return impl->signInPage("", "", 200); });
    router.add(Method::Post, "/console/sign-in",
               [impl](const RequestContext& context) { return impl->signIn(context); }, {4'096});
    router.add(Method::Post, "/console/sign-out",
               [impl](const RequestContext& context) { return impl->signOut(context); }, {4'096});
    router.add(Method::Get, "/console/assets/{name}",
               [](const RequestContext& context) { return renderAsset(context.param("name"), context.request.id); });

    using Session = ConsoleSessions::Session;
    router.add(
        Method::Get, "/console/claims",
        impl->forUser([impl](const RequestContext&, const Session& session, const Viewer& viewer) -> Result<Response> {
            ASSIGN(const auto claims, impl->service.claims(session.user));
            ASSIGN(const auto sites, impl->service.siteNames());
            return renderPage("claims", "Claims", claimsData(claims, sites, impl->service.pack().get()), viewer);
        }));
    router.add(Method::Get, "/console/claims/{crn}",
               impl->forUser([impl](const RequestContext& context, const Session& session,
                                    const Viewer& viewer) -> Result<Response> {
                   ASSIGN(const auto claim, impl->service.claim(session.user, context.param("crn")));
                   ASSIGN(const auto sites, impl->service.siteNames());
                   const auto site = sites.find(claim.row.scope);
                   const auto name = claim.review.crnNameLine();
                   return renderPage("claim", name.empty() ? "Claim" : name,
                                     claimData(claim, site == sites.end() ? claim.row.scope : site->second), viewer);
               }));
    router.add(
        Method::Get, "/console/transfers",
        impl->forUser([impl](const RequestContext&, const Session& session, const Viewer& viewer) -> Result<Response> {
            ASSIGN(const auto transfers, impl->service.transfers(session.user));
            return renderPage("transfers", "Transfers", transfersData(transfers), viewer);
        }));
}

}  // namespace fieldclaim::server
