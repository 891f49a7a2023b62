#include "sync-server/console/console.h"

#include "shared/base/ids.h"
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

Actor actorOf(const BackOfficeUser& user) { return {"officer " + user.officer.text(), user.role}; }

/// What was done, in words.
Result<std::string> doToDevice(DeviceService& devices, const Actor& actor, const std::string& what,
                               const std::string& device, const std::string& code, const std::string& sure) {
    if (what == "release") {
        TRY(devices.release(actor, code));
        return std::string("The tablet may be opened with a new passphrase. It goes on by itself.");
    }
    ASSIGN(const auto id, Uuid::parse(device));
    if (what == "lock") {
        TRY(devices.lock(actor, id));
        return std::string("The tablet locks itself as soon as it has a network.");
    }
    if (what == "unlock") {
        TRY(devices.unlock(actor, id));
        return std::string("The tablet can be opened again as soon as it has a network.");
    }
    if (what != "wipe" && what != "revoke") return fail(ErrorCode::BadInput, "no such act");
    if (sure != "yes") return fail(ErrorCode::BadInput, "what cannot be taken back has to be confirmed");
    if (what == "wipe") {
        TRY(devices.wipe(actor, id));
        return std::string("The tablet sends what it can and destroys what is on it, as soon as it has a network.");
    }
    TRY(devices.revoke(actor, id));
    return std::string("The tablet can read nothing more, and what it still sends goes to quarantine.");
}

// The hash in a path; NotFound for anything else, as for one that is not there.
Result<Hash> hashOf(std::string_view hex) {
    const auto bytes = fromHex(hex);
    const auto hash = bytes ? toArray<32>(*bytes) : Result<Hash>(fail(ErrorCode::NotFound));
    if (!hash) return fail(ErrorCode::NotFound, "no such change set");
    return *hash;
}

std::optional<Decision::Kind> kindOf(std::string_view typed) {
    if (typed == "release") return Decision::Kind::Release;
    if (typed == "refuse") return Decision::Kind::Refuse;
    if (typed == "apply") return Decision::Kind::Apply;
    return std::nullopt;
}

}  // namespace

struct Console::Impl {
    Impl(BackOfficeService& back_office, DeviceService& tablets, const Clock& clock, Random& random)
        : service(back_office), devices(tablets), sessions(clock, random) {}

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
            return renderMessage(info.http_status == 404   ? "Not found"
                                 : info.http_status == 403 ? "You may not do this"
                                                           : "This did not work",
                                 info.english, viewer, info.http_status);
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

    /// Fields of a form that carries this session's token; NotAllowed for any other.
    static Result<Fields> formOf(const RequestContext& context, const ConsoleSessions::Session& session) {
        ASSIGN(auto fields, parseUrlEncoded(asText(context.request.body)));
        if (!equalConstantTime(asBytes(session.csrf), asBytes(field(fields, "csrf"))))
            return fail(ErrorCode::NotAllowed, "the form is not this session's");
        return fields;
    }

    Result<Response> claimPage(const std::string& crn, const ConsoleSessions::Session& session, const Viewer& viewer,
                               std::string error, std::string reason) {
        ASSIGN(const auto claim, service.claim(session.user, crn));
        ASSIGN(auto sites, service.scopeNames());
        const auto site = sites.find(claim.row.scope);
        const auto site_name = site == sites.end() ? claim.row.scope : site->second;
        const auto name = claim.review.crnNameLine();
        const int status = error.empty() ? 200 : 400;
        const ClaimForms forms{BackOfficeService::mayDecide(session.user), std::move(sites), std::move(error),
                               std::move(reason)};
        return renderPage("claim", name.empty() ? "Claim" : name, claimData(claim, site_name, forms), viewer, status);
    }

    Result<Response> moveClaim(const RequestContext& context, const ConsoleSessions::Session& session,
                               const Viewer& viewer) {
        ASSIGN(const auto fields, formOf(context, session));
        const auto& crn = context.param("crn");
        const auto reason = field(fields, "reason");
        const auto moved = service.move(session.user, crn, field(fields, "to"), reason);
        if (moved) return Response::redirect("/console/claims/" + crn);
        if (moved.error().code == ErrorCode::BadInput)
            return claimPage(crn, session, viewer, "Enter the reason, in 400 letters or fewer", reason);
        if (moved.error().code == ErrorCode::Conflict)
            return claimPage(crn, session, viewer, "The claim is there already, or that officer has no tablet yet",
                             reason);
        return tl::unexpected<Error>(moved.error());
    }

    Result<Response> eraseClaim(const RequestContext& context, const ConsoleSessions::Session& session,
                                const Viewer& viewer) {
        ASSIGN(const auto fields, formOf(context, session));
        const auto& crn = context.param("crn");
        if (!BackOfficeService::mayDecide(session.user)) return fail(ErrorCode::NotAllowed);
        const auto typed = Crn::parse(field(fields, "number"));
        if (!typed || *typed != crn) return claimPage(crn, session, viewer, "Type the claim number as it is shown", {});
        const auto erased = service.erase(session.user, crn, field(fields, "reason"));
        if (erased) return Response::redirect("/console/erasures");
        if (erased.error().code == ErrorCode::BadInput)
            return claimPage(crn, session, viewer, "Enter the reason, in 400 letters or fewer", {});
        if (erased.error().code == ErrorCode::Conflict)
            return claimPage(crn, session, viewer, "A transfer of this claim is under way. Wait until it has ended",
                             {});
        return tl::unexpected<Error>(erased.error());
    }

    Result<Response> setAsideCase(const Hash& hash, const ConsoleSessions::Session& session, const Viewer& viewer,
                                  const SetAsideForm& form) {
        ASSIGN(const auto view, service.setAsideView(session.user, hash));
        auto data = setAsideCaseData(view, BackOfficeService::mayDecide(session.user), form);
        return renderPage("set_aside_case", form.error.empty() ? "Set aside" : "Error: Set aside", std::move(data),
                          viewer, form.error.empty() ? 200 : 400);
    }

    Result<Response> decideSetAside(const RequestContext& context, const ConsoleSessions::Session& session,
                                    const Viewer& viewer) {
        ASSIGN(const auto fields, formOf(context, session));
        ASSIGN(const auto hash, hashOf(context.param("hash")));
        const auto typed = field(fields, "decision");
        const auto kind = kindOf(typed);
        if (!kind) return fail(ErrorCode::BadInput, "no such decision");
        const auto reason = field(fields, "reason");
        const auto decided = service.decide(session.user, hash, *kind, reason);
        if (decided) return Response::redirect("/console/set-aside?done=" + typed);
        switch (decided.error().code) {
            case ErrorCode::BadInput:
                return setAsideCase(
                    hash, session, viewer,
                    {reason, reason.size() > kMaxReasonBytes ? "The reason is too long. Use 400 letters or fewer"
                                                             : "Enter the reason"});
            case ErrorCode::Conflict:
                return setAsideCase(hash, session, viewer,
                                    {reason, "This cannot be done with it any more. Look at it again"});
            default:
                return tl::unexpected<Error>(decided.error());
        }
    }

    Result<Response> transfersPage(const ConsoleSessions::Session& session, const Viewer& viewer, TransferForm form) {
        ASSIGN(const auto transfers, service.transfers(session.user));
        ASSIGN(const auto safety, service.safety(session.user));
        form.may_decide = BackOfficeService::mayDecide(session.user);
        const bool failed = !form.error.empty();
        return renderPage("transfers", failed ? "Error: Transfers" : "Transfers",
                          transfersData(transfers, safety, form), viewer, failed ? 400 : 200);
    }

    Result<Response> decideTransfer(const RequestContext& context, const ConsoleSessions::Session& session,
                                    const Viewer& viewer) {
        ASSIGN(const auto fields, formOf(context, session));
        const auto& id = context.param("id");
        const auto chosen = field(fields, "decision");
        const auto said = field(fields, "said");
        const auto decided = service.decideTransfer(session.user, id, chosen, said, field(fields, "saw"));
        if (decided) return Response::redirect("/console/transfers?done=" + chosen);
        switch (decided.error().code) {
            case ErrorCode::BadInput:
                return transfersPage(session, viewer, {false, {}, id, decided.error().detail, said});
            case ErrorCode::Conflict:
                return transfersPage(session, viewer,
                                     {false, {}, id, "That cannot be done with it any more. Look at it again", said});
            default:
                return tl::unexpected<Error>(decided.error());
        }
    }

    Result<Response> devicesPage(const ConsoleSessions::Session& session, const Viewer& viewer,
                                 std::string_view done = {}, bool failed = false) {
        ASSIGN(const auto list, devices.devices(actorOf(session.user)));
        ASSIGN(const auto sites, service.scopeNames());
        const bool may_act = session.user.role == "supervisor";
        return renderPage("devices", failed ? "Error: Tablets" : "Tablets",
                          devicesData(list, sites, may_act, done, failed), viewer, failed ? 400 : 200);
    }

    Result<Response> actOnDevice(const RequestContext& context, const ConsoleSessions::Session& session,
                                 const Viewer& viewer) {
        ASSIGN(const auto fields, formOf(context, session));
        const auto done = doToDevice(devices, actorOf(session.user), field(fields, "do"), field(fields, "device"),
                                     field(fields, "code"), field(fields, "sure"));
        if (done) return devicesPage(session, viewer, *done);
        if (done.error().code == ErrorCode::NotAllowed) return fail(ErrorCode::NotAllowed, done.error().detail);
        return devicesPage(session, viewer, errorInfo(done.error().code).english, true);
    }

    BackOfficeService& service;
    DeviceService& devices;
    ConsoleSessions sessions;
};

Console::Console(BackOfficeService& service, DeviceService& devices, const Clock& clock, Random& random)
    : m_impl(std::make_unique<Impl>(service, devices, clock, random)) {}
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

    using SignedIn = ConsoleSessions::Session;
    router.add(
        Method::Get, "/console/claims",
        impl->forUser([impl](const RequestContext&, const SignedIn& session, const Viewer& viewer) -> Result<Response> {
            ASSIGN(const auto claims, impl->service.claims(session.user));
            ASSIGN(const auto sites, impl->service.scopeNames());
            return renderPage("claims", "Claims", claimsData(claims, sites, impl->service.pack().get()), viewer);
        }));
    router.add(Method::Get, "/console/claims/{crn}",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->claimPage(context.param("crn"), session, viewer, {}, {});
               }));
    router.add(Method::Get, "/console/claims/{crn}/statement.pdf",
               impl->forUser(
                   [impl](const RequestContext& context, const SignedIn& session, const Viewer&) -> Result<Response> {
                       ASSIGN(const auto pdf, impl->service.statementPdf(session.user, context.param("crn")));
                       auto response = Response::text(asText(pdf), "application/pdf");
                       response.set("Content-Disposition",
                                    "inline; filename=\"statement-" + context.param("crn") + ".pdf\"");
                       return response;
                   }));
    router.add(Method::Get, "/console/claims/{crn}/files/{sha256}",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session,
                                    const Viewer&) -> Result<Response> {
                   const auto& hex = context.param("sha256");
                   ASSIGN(const auto digest, hashOf(hex));
                   ASSIGN(const auto file, impl->service.file(session.user, context.param("crn"), digest));
                   auto response = Response::file(context.request, file.path, file.type, hex);
                   // A tablet's bytes are shown as a picture or kept by the browser as a file, and never run.
                   response.set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
                   if (response.source && !file.type.starts_with("image/"))
                       response.set("Content-Disposition", "attachment; filename=\"" + context.param("crn") + "-" +
                                                               hex.substr(0, 8) +
                                                               (file.type == "application/pdf" ? ".pdf\"" : ".bin\""));
                   return response;
               }));
    router.add(Method::Post, "/console/claims/{crn}/move",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->moveClaim(context, session, viewer);
               }),
               {8'192});
    router.add(Method::Post, "/console/claims/{crn}/erase",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->eraseClaim(context, session, viewer);
               }),
               {8'192});
    router.add(
        Method::Get, "/console/erasures",
        impl->forUser([impl](const RequestContext&, const SignedIn& session, const Viewer& viewer) -> Result<Response> {
            ASSIGN(const auto tablets, impl->service.erasures(session.user));
            ASSIGN(const auto sites, impl->service.scopeNames());
            return renderPage("erasures", "Erasures", erasuresData(tablets, sites), viewer);
        }));
    router.add(Method::Get, "/console/transfers",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->transfersPage(
                       session, viewer,
                       {false, std::string(context.request.queryValue("done").value_or("")), {}, {}, {}});
               }));
    router.add(Method::Post, "/console/transfers/{id}",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->decideTransfer(context, session, viewer);
               }),
               {8'192});
    router.add(Method::Get, "/console/set-aside",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session,
                                    const Viewer& viewer) -> Result<Response> {
                   ASSIGN(const auto lines, impl->service.setAside(session.user));
                   const auto done = context.request.queryValue("done").value_or("");
                   return renderPage("set_aside", "Set aside", setAsideListData(lines, done), viewer);
               }));
    router.add(Method::Get, "/console/set-aside/{hash}",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session,
                                    const Viewer& viewer) -> Result<Response> {
                   ASSIGN(const auto hash, hashOf(context.param("hash")));
                   return impl->setAsideCase(hash, session, viewer, {});
               }));
    router.add(Method::Post, "/console/set-aside/{hash}",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->decideSetAside(context, session, viewer);
               }),
               {8'192});
    router.add(Method::Get, "/console/devices",
               impl->forUser([impl](const RequestContext&, const SignedIn& session, const Viewer& viewer) {
                   return impl->devicesPage(session, viewer);
               }));
    router.add(Method::Post, "/console/devices",
               impl->forUser([impl](const RequestContext& context, const SignedIn& session, const Viewer& viewer) {
                   return impl->actOnDevice(context, session, viewer);
               }),
               {4'096});
}

}  // namespace fieldclaim::server
