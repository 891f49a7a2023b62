#include "sync-server/console/console.h"

#include <QTemporaryDir>
#include <QTest>

#include "shared/domain/proof_file.h"
#include "shared/domain/same_person.h"
#include "sync-server/console/words.h"
#include "tests/support/tablet/fake_tablet.h"
#include "tests/support/tablet/test_server.h"

using namespace fieldclaim;
using namespace fieldclaim::server;
using fieldclaim::test::FakeTablet;
using fieldclaim::test::TestServer;

namespace {

Server::Options inMemory(const QTemporaryDir& folder) {
    Server::Options options;
    options.data = folder.path().toStdString();
    options.packs = {FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age"};
    options.in_memory = true;
    for (const auto& [id, benefit] : {std::pair("iscs", "is"), std::pair("jsaps", "jsa_ib")}) {
        TargetConfig target;
        target.id = id;
        target.adapter = "push";
        target.system = id == std::string("iscs") ? "ISCS" : "JSAPS";
        target.url = "https://127.0.0.1";
        target.benefits = {benefit};
        options.targets.push_back(std::move(target));
    }
    return options;
}

// A server in memory with one claim on it, its console, and a browser of a few lines.
struct World {
    World()
        : server(inMemory(folder)),
          back_office(server->store(), server->directory(), server->reviewer(), server->planner(), server->packs(),
                      server->blobFiles(), server->decisions(), server->scopes(), server->erasures(), server->outbox(),
                      server.clock),
          console(back_office, server->devices(), server.clock, server.random),
          tablet(server.clock, server.random) {
        console.addRoutes(router);
        if (!tablet.join(*server)) qFatal("the tablet cannot join");
        crn = tablet.beginClaim();
        tablet.save(crn, "a/first_names", "Siân <b>");
        tablet.save(crn, "a/surname", "O'Brien");
        tablet.save(crn, "a/nino", "AB123456C");
        tablet.save(crn, "a/dob", "1971-03-27");
        if (!tablet.push(*server)) qFatal("the tablet cannot push");
        person("backoffice", "mair");
        person("assessor", "sian");
        person("supervisor", "parry");
    }

    void person(const std::string& role, const std::string& login) {
        const auto added = server->directory().addOfficer(login, "caernarfon", role);
        if (!added || !server->directory().setConsoleLogin(added->id, login, "a long password")) qFatal("no officer");
    }

    Response ask(Method method, const std::string& path, const std::string& body = {}) {
        Request request;
        request.method = method;
        request.path = path;
        request.body = toBytes(asBytes(body));
        request.id = "test";
        if (!cookie.empty()) request.headers.emplace_back("Cookie", cookie);
        const auto match = router.find(method, path);
        if (!match || match->route == nullptr) qFatal("no such route");
        auto response = match->route->handler({request, match->route->pattern, match->params});
        const std::string set(response.header("Set-Cookie"));
        if (!set.empty()) cookie = set.substr(0, set.find(';'));
        return response;
    }
    std::string page(const std::string& path) {
        const auto response = ask(Method::Get, path);
        return std::string(asText(response.body));
    }
    Response signIn(const std::string& login, const std::string& password) {
        return ask(Method::Post, "/console/sign-in", "login=" + login + "&password=" + password);
    }

    /// The token that the forms of a page carry.
    std::string csrf(const std::string& path) {
        const auto html = page(path);
        const auto at = html.find("name=\"csrf\" value=\"") + 19;
        return html.substr(at, html.find('"', at) - at);
    }
    /// One more save of the tablet, which is revoked before it comes: set aside. Its hash.
    std::string setAside() {
        const auto saved = tablet.saveEdits(
            crn, {tablet.state(crn).edit("a/surname", "Evans <i>"), tablet.state(crn).edit("a/nino", "CD987654A")});
        if (!server->directory().revokeDevice(tablet.device(), "operator")) qFatal("not revoked");
        if (!tablet.push(*server)) qFatal("the tablet cannot push");
        return toHex(saved.hash);
    }
    std::string value(const std::string& path) {
        const auto row = server->store().read([&](const LedgerSnapshot& now) { return now.claims().claim(crn); });
        return *decodeClaimState((*row)->state)->value(path).text();
    }

    QTemporaryDir folder;
    TestServer server;
    BackOfficeService back_office;
    Console console;
    Router router;
    FakeTablet tablet;
    std::string crn;
    std::string cookie;
};

}  // namespace

class TestConsole : public QObject {
    Q_OBJECT

private slots:
    void nobody_sees_anything_before_signing_in() {
        World world;
        for (const auto& path :
             {std::string("/console/claims"), std::string("/console/transfers"), "/console/claims/" + world.crn}) {
            const auto response = world.ask(Method::Get, path);
            QCOMPARE(response.status, 303);
            QCOMPARE(std::string(response.header("Location")), std::string("/console/sign-in"));
            QVERIFY(response.body.empty());
        }
        world.cookie = "__Host-fieldclaim=guessed";
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 303);
    }

    void signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use() {
        World world;
        const auto response = world.signIn("mair", "a+long+password");
        QCOMPARE(response.status, 303);
        const std::string cookie(response.header("Set-Cookie"));
        for (const auto* part : {"__Host-", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"}) {
            QVERIFY2(cookie.find(part) != std::string::npos, part);
        }
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 200);
    }

    void a_wrong_password_an_unknown_login_and_a_role_without_console_are_refused_alike() {
        World world;
        QCOMPARE(world.signIn("mair", "wrong").status, 403);
        QCOMPARE(world.signIn("nobody", "wrong").status, 403);
        QCOMPARE(world.signIn("sian", "a+long+password").status, 403);
        QVERIFY(world.cookie.empty());
    }

    void after_five_wrong_tries_a_login_rests_for_a_minute() {
        World world;
        for (int i = 0; i < 5; ++i) QCOMPARE(world.signIn("mair", "wrong").status, 403);
        QCOMPARE(world.signIn("mair", "a+long+password").status, 429);
        world.server.clock.advance(61'000);
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
    }

    void a_session_ends_after_twenty_idle_minutes_and_by_signing_out() {
        World world;
        world.signIn("mair", "a+long+password");
        world.server.clock.advance(19 * 60'000);
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 200);
        world.server.clock.advance(21 * 60'000);
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 303);

        world.signIn("mair", "a+long+password");
        const auto kept = world.cookie;
        world.ask(Method::Post, "/console/sign-out", "csrf=wrong");
        world.cookie = kept;
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 200);
        const auto html = world.page("/console/claims");
        const auto at = html.find("name=\"csrf\" value=\"") + 19;
        world.ask(Method::Post, "/console/sign-out", "csrf=" + html.substr(at, html.find('"', at) - at));
        world.cookie = kept;
        QCOMPARE(world.ask(Method::Get, "/console/claims").status, 303);
    }

    void lists_mask_what_is_personal_and_pages_escape_what_was_typed() {
        World world;
        world.signIn("mair", "a+long+password");
        const auto list = world.page("/console/claims");
        QVERIFY(list.find("AB ** ** ** C") != std::string::npos);
        QVERIFY(list.find("AB123456C") == std::string::npos);
        QVERIFY(list.find("Siân &lt;b&gt;") != std::string::npos);
        QVERIFY(list.find("<b>") == std::string::npos);
        QVERIFY(list.find(world.crn) != std::string::npos);
    }

    void a_claim_shows_its_answers_with_who_gave_them_and_each_view_is_audited() {
        World world;
        world.signIn("mair", "a+long+password");
        const auto html = world.page("/console/claims/" + world.crn);
        QVERIFY(html.find("27 March 1971") != std::string::npos);
        QVERIFY(html.find("Carys Hughes") != std::string::npos);
        QVERIFY(html.find("Not signed yet") != std::string::npos);
        const auto rows =
            world.server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(world.crn, 100); });
        QVERIFY(rows.has_value());
        int views = 0;
        for (const auto& row : *rows) views += row.what == "claim-viewed" ? 1 : 0;
        QCOMPARE(views, 1);
    }

    void a_claims_page_says_what_was_decided_about_a_possible_duplicate() {
        World world;
        const auto other = world.tablet.beginClaim();
        world.tablet.saveEdits(world.crn, {{linkPath(other), encodeLink({other, false, "Mother & daughter", {}}), {}}});
        world.tablet.saveEdits(other, {{linkPath(world.crn), encodeLink({world.crn, true, "", {}}), {}}});
        world.tablet.saveEdits(other, {{"note/1", Value::Map{{"about", "a/phone"}, {"text", "Asked her"}}, {}}});
        QVERIFY(world.tablet.push(*world.server));
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto html = world.page("/console/claims/" + world.crn);
        QVERIFY(html.find("/console/claims/" + other) != std::string::npos);
        QVERIFY(html.find("Kept apart: Mother &amp; daughter") != std::string::npos);
        QVERIFY(html.find("Kept apart from claim " + Crn::display(other)) != std::string::npos);
        const auto there = world.page("/console/claims/" + other);
        QVERIFY(there.find("The same person") != std::string::npos);
        QVERIFY(there.find("Note: Asked her") != std::string::npos);
    }

    void what_is_set_aside_is_listed_without_answers_and_shown_field_by_field() {
        World world;
        const auto hash = world.setAside();
        world.signIn("mair", "a+long+password");
        const auto list = world.page("/console/set-aside");
        QVERIFY(list.find("1 save waits for a supervisor") != std::string::npos);
        QVERIFY(list.find("revoked") != std::string::npos);
        QVERIFY(list.find("/console/set-aside/" + hash) != std::string::npos);
        QVERIFY(list.find("Evans") == std::string::npos && list.find("CD987654A") == std::string::npos);
        const auto html = world.page("/console/set-aside/" + hash);
        QVERIFY(html.find("Evans &lt;i&gt;") != std::string::npos);
        QVERIFY(html.find("Brien</td>") != std::string::npos);
        QVERIFY(html.find("CD ** ** 4A") != std::string::npos);
        QVERIFY(html.find("CD987654A") == std::string::npos && html.find("AB123456C") == std::string::npos);
        // A clerk sees it and cannot decide.
        QVERIFY(html.find("Only a supervisor") != std::string::npos);
        QVERIFY(html.find("value=\"release\"") == std::string::npos);
        const auto refused = world.ask(Method::Post, "/console/set-aside/" + hash,
                                       "csrf=" + world.csrf("/console/set-aside") + "&decision=release&reason=ok");
        QCOMPARE(refused.status, 403);
        QCOMPARE(world.value("a/surname"), std::string("O'Brien"));
        const auto rows =
            world.server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(world.crn, 100); });
        QVERIFY(std::any_of(rows->begin(), rows->end(),
                            [](const AuditRow& row) { return row.what == "set-aside-viewed"; }));
    }

    void a_supervisor_releases_with_a_reason_and_the_forms_token() {
        World world;
        const auto hash = world.setAside();
        const auto path = "/console/set-aside/" + hash;
        world.signIn("parry", "a+long+password");
        QCOMPARE(world.ask(Method::Post, path, "csrf=wrong&decision=release&reason=Seen").status, 403);
        const auto csrf = world.csrf(path);
        const auto bare = world.ask(Method::Post, path, "csrf=" + csrf + "&decision=release&reason=+");
        QCOMPARE(bare.status, 400);
        QVERIFY(asText(bare.body).find("Enter the reason") != std::string_view::npos);
        QCOMPARE(world.ask(Method::Post, path, "csrf=" + csrf + "&decision=perhaps&reason=Seen").status, 400);
        QCOMPARE(world.value("a/surname"), std::string("O'Brien"));
        const auto done = world.ask(Method::Post, path, "csrf=" + csrf + "&decision=release&reason=Seen");
        QCOMPARE(done.status, 303);
        QCOMPARE(std::string(done.header("Location")), std::string("/console/set-aside?done=release"));
        QCOMPARE(world.value("a/surname"), std::string("Evans <i>"));
        QCOMPARE(world.ask(Method::Get, path).status, 404);
        QVERIFY(world.page("/console/set-aside").find("Nothing is set aside") != std::string::npos);
        const auto claim = world.page("/console/claims/" + world.crn);
        QVERIFY(claim.find("Released what was set aside: Seen") != std::string::npos);
    }

    void a_supervisor_refuses_and_the_claim_stays_as_it_is() {
        World world;
        const auto hash = world.setAside();
        const auto path = "/console/set-aside/" + hash;
        world.signIn("parry", "a+long+password");
        const auto done =
            world.ask(Method::Post, path, "csrf=" + world.csrf(path) + "&decision=refuse&reason=Not+hers");
        QCOMPARE(done.status, 303);
        QCOMPARE(world.value("a/surname"), std::string("O'Brien"));
        QVERIFY(world.page("/console/set-aside").find("Nothing is set aside") != std::string::npos);
        QCOMPARE(world.ask(Method::Get, "/console/set-aside/nonsense").status, 404);
    }

    void a_supervisor_moves_and_erases_a_claim_and_nobody_else_can() {
        World world;
        if (!world.server->directory().addSite("bangor", "Bangor")) qFatal("no site");
        const auto claim = "/console/claims/" + world.crn;
        world.signIn("mair", "a+long+password");
        QVERIFY(world.page(claim).find("For supervisors") == std::string::npos);
        auto csrf = world.csrf(claim);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=" + csrf + "&to=site/bangor&reason=x").status, 403);
        QCOMPARE(
            world.ask(Method::Post, claim + "/erase", "csrf=" + csrf + "&number=" + world.crn + "&reason=x").status,
            403);
        world.signIn("parry", "a+long+password");
        csrf = world.csrf(claim);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=wrong&to=site/bangor&reason=x").status, 403);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=" + csrf + "&to=site/bangor&reason=").status, 400);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=" + csrf + "&to=site/bangor&reason=Moved").status, 303);
        QVERIFY(world.page("/console/claims").find("Bangor") != std::string::npos);
        auto page = world.page(claim);
        QVERIFY(page.find("Moved to Bangor: Moved") != std::string::npos);
        // Or to one officer: those who have a tablet are offered, the supervisor is not.
        const auto officer = page.find("<option value=\"officer/");
        QVERIFY(officer != std::string::npos && page.find("Parry", officer) > page.find("</select>", officer));
        const auto to = page.substr(officer + 15, page.find('"', officer + 15) - officer - 15);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=" + csrf + "&to=" + to + "&reason=Hers").status, 303);
        page = world.page(claim);
        QVERIFY(page.find("Assigned to ") != std::string::npos);
        QVERIFY(page.find(to) == std::string::npos);  // neither offered again nor shown as a name
        QVERIFY(world.page("/console/claims").find(to) == std::string::npos);
        QCOMPARE(world.ask(Method::Post, claim + "/move", "csrf=" + csrf + "&to=" + to + "&reason=Hers").status, 400);
        QCOMPARE(world.ask(Method::Post, claim + "/erase", "csrf=" + csrf + "&number=1&reason=Law").status, 400);
        const auto erased =
            world.ask(Method::Post, claim + "/erase", "csrf=" + csrf + "&number=" + world.crn + "&reason=Law");
        QCOMPARE(erased.status, 303);
        QCOMPARE(world.ask(Method::Get, claim).status, 404);
        QVERIFY(world.page("/console/erasures").find("1 tablet has not confirmed") != std::string::npos);
        QVERIFY(world.page("/console/claims").find("Brien") == std::string::npos);
    }

    void the_signed_statement_opens_as_a_PDF_and_each_view_is_audited() {
        World world;
        const auto path = "/console/claims/" + world.crn + "/statement.pdf";
        QCOMPARE(world.ask(Method::Get, path).status, 303);  // nobody is signed in
        world.signIn("mair", "a+long+password");
        QCOMPARE(world.ask(Method::Get, path).status, 404);  // nothing is signed
        QVERIFY(world.page("/console/claims/" + world.crn).find("statement.pdf") == std::string::npos);

        Statement statement;
        statement.claim = world.crn;
        statement.pack = "working-age/1";
        statement.as_of = "2007-01-15";
        statement.rendering = {{"title", "Statement of your claim", ""}, {"title", "Claim number", world.crn}};
        const auto blob = encodeStatement(statement);
        world.tablet.sign(world.crn, blob);
        QVERIFY(world.tablet.push(*world.server));
        QVERIFY(world.tablet.upload(*world.server, world.crn, blob.bytes));
        QVERIFY(world.page("/console/claims/" + world.crn).find(path) != std::string::npos);
        const auto response = world.ask(Method::Get, path);
        QCOMPARE(response.status, 200);
        QCOMPARE(std::string(response.header("Content-Type")), std::string("application/pdf"));
        QVERIFY(asText(response.body).starts_with("%PDF-"));
        QVERIFY(world.ask(Method::Get, path).body == response.body);

        const auto rows =
            world.server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(world.crn, 100); });
        const auto views =
            std::count_if(rows->begin(), rows->end(), [](const auto& row) { return row.what == "statement-viewed"; });
        QCOMPARE(views, 3);
    }

    void an_unknown_claim_is_said_plainly() {
        World world;
        world.signIn("mair", "a+long+password");
        const auto response = world.ask(Method::Get, "/console/claims/0000000000000");
        QCOMPARE(response.status, 404);
        QVERIFY(asText(response.body).find("Not found") != std::string_view::npos);
    }

    void every_page_forbids_scripts_and_foreign_parts() {
        World world;
        world.signIn("mair", "a+long+password");
        for (const auto& path : {std::string("/console/sign-in"), std::string("/console/claims"),
                                 std::string("/console/transfers"), std::string("/console/set-aside")}) {
            const auto response = world.ask(Method::Get, path);
            const std::string policy(response.header("Content-Security-Policy"));
            QVERIFY(policy.find("default-src 'none'") != std::string::npos);
            QVERIFY(policy.find("unsafe") == std::string::npos);
            QVERIFY(asText(response.body).find("<script") == std::string_view::npos);
            QVERIFY(asText(response.body).find("style=") == std::string_view::npos);
        }
        QCOMPARE(world.ask(Method::Get, "/console/assets/console.css").status, 200);
        QCOMPARE(world.ask(Method::Get, "/console/assets/layout.mustache").status, 404);
        const auto sheet = world.page("/console/assets/govuk-frontend.min.css");
        QVERIFY(sheet.size() > 50'000);
        QVERIFY(sheet.find("@font-face") == std::string::npos);
    }

    void a_claims_page_says_why_each_transfer_waits() {
        World world;
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto path = "/console/claims/" + world.crn;
        QVERIFY2(world.page(path).find("Why it waits") == std::string::npos, "it is for no target yet");

        world.tablet.save(world.crn, "a/benefits_claimed", "is");
        QVERIFY(world.tablet.push(*world.server));
        auto page = world.page(path);
        QVERIFY(page.find("Why it waits") != std::string::npos);
        QVERIFY(page.find(">ISCS (Income Support)</h3>") != std::string::npos);
        QVERIFY(page.find("<li>The claim is not signed.</li>") != std::string::npos);
        QVERIFY(page.find("JSAPS (Jobseeker") == std::string::npos);
        QVERIFY(page.find(" questions are not answered yet.</li>") != std::string::npos);
        QVERIFY2(page.find("Not answered: ") == std::string::npos, "a list of a hundred would hide the rest");

        // What holds all of them back is said once.
        world.tablet.save(world.crn, "a/benefits_claimed", "is jsa_ib");
        QVERIFY(world.tablet.push(*world.server));
        page = world.page(path);
        const auto first = page.find("<li>The claim is not signed.</li>");
        QVERIFY(first != std::string::npos);
        QVERIFY(page.find("<li>The claim is not signed.</li>", first + 1) == std::string::npos);
    }

    void evidence_is_shown_as_pictures_and_what_may_be_none_is_never_run() {
        World world;
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto path = "/console/claims/" + world.crn;
        world.tablet.save(world.crn, "a/benefits_claimed", "jsa_ib");
        QVERIFY(world.page(path).find("fc-files") == std::string::npos);
        const auto keep = [&](const char* id, const char* proof, const char* type, const std::string& bytes) {
            ProofFile file;
            file.id = id;
            file.proof = proof;
            file.digest = sha256(asBytes(bytes));
            file.type = type;
            file.name = id + std::string(" <b>");
            world.tablet.save(world.crn, filePath(id), encodeProofFile(file));
            if (!world.tablet.push(*world.server)) qFatal("the tablet cannot push");
            return path + "/files/" + toHex(file.digest);
        };
        const std::string png = "\x89PNG\r\n\x1A\n and the rest";
        const std::string page = "<script>alert(1)</script>";
        const auto picture = keep("0191", "identity", "image/png", png);
        const auto other = keep("0192", "identity", "text/html", page);
        const auto loose = keep("0193", "no_such_proof", "image/jpeg", page + " ");
        const auto shows = [&](const std::string& text) { return world.page(path).find(text) != std::string::npos; };

        // Of what has not come it says so.
        QVERIFY(shows("Page 1 of 2 has not come yet"));
        QVERIFY(!shows(picture));
        QCOMPARE(world.ask(Method::Get, picture).status, 404);
        for (const auto& bytes : {png, page, page + " "})
            QVERIFY(world.tablet.upload(*world.server, world.crn, asBytes(bytes)));
        QVERIFY(shows("<img src=\"" + picture + "\" alt=\"Page 1 of 2, "));
        QVERIFY(shows("<a class=\"govuk-link\" href=\"" + other + "\">File 2 of 2</a>"));
        QVERIFY(shows("0191 &lt;b&gt;"));
        QVERIFY(shows("Kept with the claim"));

        auto response = world.ask(Method::Get, picture);
        QCOMPARE(response.status, 200);
        QCOMPARE(std::string(response.header("Content-Type")), std::string("image/png"));
        QVERIFY(response.header("Content-Disposition").empty());
        // A browser gets what the bytes are, not what the tablet called them.
        for (const auto& url : {other, loose}) {
            response = world.ask(Method::Get, url);
            QCOMPARE(response.status, 200);
            QCOMPARE(std::string(response.header("Content-Type")), std::string("application/octet-stream"));
            QVERIFY(response.header("Content-Disposition").starts_with("attachment; "));
            QVERIFY(response.header("Content-Security-Policy").find("sandbox") != std::string::npos);
        }
        const auto audit =
            world.server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(world.crn, 100); });
        QVERIFY(std::any_of(audit->begin(), audit->end(), [](const auto& row) { return row.what == "file-viewed"; }));

        // Bytes that another claim names are not this one's, nor are those that this one names no more.
        const auto stranger = world.tablet.beginClaim();
        QVERIFY(world.tablet.push(*world.server));
        QCOMPARE(world.ask(Method::Get, "/console/claims/" + stranger + "/files/" + toHex(sha256(asBytes(png)))).status,
                 404);
        QCOMPARE(world.ask(Method::Get, path + "/files/nonsense").status, 404);
        world.tablet.save(world.crn, filePath("0191"), Value());
        QVERIFY(world.tablet.push(*world.server));
        QCOMPARE(world.ask(Method::Get, picture).status, 404);
        world.cookie.clear();
        QCOMPARE(world.ask(Method::Get, other).status, 303);
    }

    void a_person_is_needed_for_what_is_still_to_be_put_right_alone() {
        World world;
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto transfer = [&](const char* target, TransferState state, bool was_refused, bool overtaken = false) {
            TransferRow row;
            row.record.id = Uuid::make(world.server.clock, world.server.random).text();
            row.record.crn = world.crn;
            row.record.target = target;
            row.record.idempotency_key = row.record.id;
            row.record.state = state;
            row.record.overtaken = overtaken;
            if (was_refused)
                row.record.attempts = {{1, TransferAttempt::Kind::Send, 1, 2, TransferAttempt::Outcome::Rejected, {}}};
            const Status added =
                world.server->store().write([&](LedgerTransaction& tx) { return tx.transfers().add(row); });
            if (!added) qFatal("no transfer");
        };
        const auto shows = [&](const std::string& figure, int value) {
            return world.page("/console/transfers")
                       .find("<dt>" + figure + "</dt><dd class=\"fc-figure\">" + std::to_string(value) + "</dd>") !=
                   std::string::npos;
        };
        const auto tag = [&](const std::string& text) {
            return world.page("/console/transfers").find(">" + text + "</strong>") != std::string::npos;
        };
        transfer("iscs", TransferState::Rejected, true);
        transfer("jsaps", TransferState::Repair, true);
        QVERIFY(shows("Need a person", 2));
        QVERIFY(!tag("Not sent") && !tag("Refused, nothing left to do"));
        // What ended with its claim before it left, what was put right since, and what is on its way, need none.
        transfer("council-conwy", TransferState::Rejected, false, true);
        transfer("iscs", TransferState::Rejected, true, true);
        transfer("iscs", TransferState::Ready, false);
        transfer("council-conwy", TransferState::Accepted, false);
        QVERIFY(shows("Need a person", 2));
        QVERIFY(shows("Under way", 1));
        QVERIFY(shows("Accepted", 1));
        QVERIFY(tag("Not sent") && tag("Refused, nothing left to do"));
    }

    void a_supervisor_decides_about_a_transfer() {
        World world;
        TransferRow row;
        row.record.crn = world.crn;
        row.record.target = "jsaps";
        const auto add = [&](TransferState state) {
            row.record.id = Uuid::make(world.server.clock, world.server.random).text();
            row.record.idempotency_key = row.record.id;
            row.record.state = state;
            row.updated_ms += 1'000;
            const Status added =
                world.server->store().write([&](LedgerTransaction& tx) { return tx.transfers().add(row); });
            if (!added) qFatal("no transfer");
            return row.record.id;
        };
        const auto stateOf = [&](const std::string& id) { return world.server->outbox().load(id)->state; };
        const auto done = add(TransferState::Accepted);
        const auto first = add(TransferState::Repair);
        const auto second = add(TransferState::Unknown);
        const auto path = [](const std::string& id) { return "/console/transfers/" + id; };

        // Whoever may only look sees no button, and a form of one's own is refused.
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        QVERIFY(world.page("/console/transfers").find("Count as accepted") == std::string::npos);
        auto csrf = world.csrf("/console/transfers");
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=again").status, 403);
        QCOMPARE(stateOf(first), TransferState::Repair);

        QCOMPARE(world.signIn("parry", "a+long+password").status, 303);
        const auto page = world.page("/console/transfers");
        QVERIFY(page.find("action=\"" + path(first) + "\"") != std::string::npos);
        QVERIFY(page.find("action=\"" + path(second) + "\"") != std::string::npos);
        QVERIFY(page.find("action=\"" + path(done) + "\"") == std::string::npos);
        // The one that needs a person comes before what was written later.
        QVERIFY(page.find(path(first)) < page.find(path(second)));
        csrf = world.csrf("/console/transfers");
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=guessed&decision=again").status, 403);
        auto response = world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=accepted&said=+");
        QCOMPARE(response.status, 400);
        QVERIFY(asText(response.body).find("Enter what the target calls it</a>") != std::string_view::npos);
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=maybe").status, 400);
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=rejected&said=%FF").status,
                 400);
        // Somebody who typed a reference does not mean that it goes once more.
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=again&said=J-77").status,
                 400);
        QCOMPARE(world.ask(Method::Post, path("nothing"), "csrf=" + csrf + "&saw=repair&decision=again").status, 404);
        // A page from before says what it showed; one that does not say it decides nothing.
        QVERIFY(page.find("name=\"saw\" value=\"repair\"") != std::string::npos);
        QCOMPARE(world.ask(Method::Post, path(first), "csrf=" + csrf + "&decision=again").status, 400);
        response = world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=unknown&decision=again");
        QCOMPARE(response.status, 400);
        QVERIFY(asText(response.body).find("That cannot be done with it any more") != std::string_view::npos);
        QCOMPARE(stateOf(first), TransferState::Repair);

        response = world.ask(Method::Post, path(first), "csrf=" + csrf + "&saw=repair&decision=again");
        QCOMPARE(std::string(response.header("Location")), std::string("/console/transfers?done=again"));
        QCOMPARE(stateOf(first), TransferState::Ready);
        QCOMPARE(
            world.ask(Method::Post, path(second), "csrf=" + csrf + "&saw=unknown&decision=accepted&said=J-77").status,
            303);
        QCOMPARE(stateOf(second), TransferState::Accepted);
        QCOMPARE(world.server->outbox().load(second)->target_ref, std::string("J-77"));
        // What is accepted is decided about no more.
        response = world.ask(Method::Post, path(second),
                             "csrf=" + csrf + "&saw=unknown&decision=rejected&said=No+such+person");
        QCOMPARE(response.status, 400);
        QVERIFY(asText(response.body).find("That cannot be done with it any more") != std::string_view::npos);
        const auto third = add(TransferState::Repair);
        QCOMPARE(world.ask(Method::Post, path(third), "csrf=" + csrf + "&saw=repair&decision=rejected&said=Not+theirs")
                     .status,
                 303);
        QCOMPARE(stateOf(third), TransferState::Rejected);
        const auto last = world.page("/console/transfers");
        QVERIFY(last.find("Count as accepted</button>") != std::string::npos);
        QVERIFY2(last.find("Count as refused</button>") == std::string::npos, "what is refused is not refused again");
        const auto audit =
            world.server->store().read([&](const LedgerSnapshot& now) { return now.audit().rows(world.crn, 100); });
        QVERIFY(std::any_of(audit->begin(), audit->end(), [&](const auto& one) {
            return one.what == "transfer-told" && one.detail == third && one.who.starts_with("officer ");
        }));
    }

    void a_claims_page_says_what_of_it_is_set_aside_and_what_waits() {
        World world;
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto path = "/console/claims/" + world.crn;
        const auto& state = world.tablet.state(world.crn);
        world.tablet.saveEdits(world.crn, {state.edit("a/nino", "CD987654A"), state.edit("transfer/x", "accepted")});
        world.tablet.save(world.crn, "a/nino", "CD987654B");
        QVERIFY(world.tablet.push(*world.server));
        const auto page = world.page(path);
        QVERIFY(page.find("1 save of this claim is set aside and waits for a supervisor.") != std::string::npos);
        QVERIFY(page.find("1 save of this claim waits for what it builds on") != std::string::npos);
        QVERIFY2(page.find("CD987654") == std::string::npos, "what is set aside is shown on its own page, masked");
    }

    void what_a_tablet_had_to_send_is_told_with_its_moment_and_what_has_come_since() {
        World world;
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto page = [&] { return world.page("/console/devices"); };
        world.tablet.save(world.crn, "a/surname", "Price");
        world.tablet.save(world.crn, "a/surname", "Parry");
        QVERIFY(world.tablet.hello(*world.server));
        const auto said = "On " + timeInWords(world.server.clock.wall) + " it had 2 saves still to send. ";
        QVERIFY2(page().find(said + "None of it has come yet.") != std::string::npos, page().c_str());
        world.server.clock.wall += 3'600'000;
        QVERIFY(world.tablet.push(*world.server));
        QVERIFY(page().find(said + "All of it has come since.") != std::string::npos);
        QVERIFY(world.tablet.hello(*world.server));
        QVERIFY(page().find("it had nothing to send.") != std::string::npos);
    }

    void a_supervisor_locks_unlocks_and_wipes_a_tablet_and_the_back_office_may_only_look() {
        World world;
        const auto device = world.tablet.device().text();
        const auto act = [&](const std::string& what, const std::string& more = {}) {
            const auto page = world.page("/console/devices");
            const std::string mark = "name=\"csrf\" value=\"";
            const auto at = page.find(mark) + mark.size();
            const auto csrf = page.substr(at, page.find('"', at) - at);
            return world.ask(Method::Post, "/console/devices",
                             "csrf=" + csrf + "&do=" + what + "&device=" + device + more);
        };
        const auto state = [&] { return world.server->devices().devices(theOperator())->front().state; };

        QCOMPARE(world.ask(Method::Get, "/console/devices").status, 303);
        QCOMPARE(world.signIn("mair", "a+long+password").status, 303);
        const auto seen = world.page("/console/devices");
        QVERIFY(seen.find("Tablet 1") != std::string::npos);
        QVERIFY(seen.find("Carys Hughes") != std::string::npos);
        QVERIFY(seen.find("name=\"do\"") == std::string::npos);
        QCOMPARE(act("lock").status, 403);
        QCOMPARE(state(), std::string("in use"));

        QCOMPARE(world.signIn("parry", "a+long+password").status, 303);
        QCOMPARE(act("lock").status, 200);
        QCOMPARE(state(), std::string("locked"));
        QVERIFY(world.page("/console/devices").find("value=\"unlock\"") != std::string::npos);
        QCOMPARE(act("unlock").status, 200);
        QCOMPARE(state(), std::string("in use"));
        QCOMPARE(act("wipe").status, 400);
        QCOMPARE(state(), std::string("in use"));
        QCOMPARE(act("wipe", "&sure=yes").status, 200);
        QCOMPARE(state(), std::string("wipe ordered"));
        QCOMPARE(act("release", "&code=00000-00000").status, 400);
        QCOMPARE(act("release", "&code=00000-00001").status, 400);

        const auto forged = world.ask(Method::Post, "/console/devices", "csrf=x&do=revoke&sure=yes&device=" + device);
        QCOMPARE(forged.status, 403);
        QCOMPARE(state(), std::string("wipe ordered"));
    }
};

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
