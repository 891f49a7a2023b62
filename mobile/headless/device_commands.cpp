#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <iostream>

#include "mobile/headless/claim_json.h"
#include "mobile/headless/command_list.h"
#include "mobile/platform/qt_device_watch.h"
#include "mobile/storage/vault_export.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

constexpr const char* kOwnStates[] = {"pending", "received", "parked", "set_aside", "in_ledger"};

json outboxOf(const Vault& vault, const std::string& crn, bool all) {
    json out = json::array();
    const auto change_sets = vault.changeSets(crn);
    if (!change_sets) return out;
    for (const auto& stored : *change_sets) {
        if (!stored.own || (!all && stored.state == OwnState::InLedger)) continue;
        const auto& header = stored.change_set.header;
        json one{{"id", toHex(stored.change_set.id())}, {"claim", crn},
                 {"author", header.author.text()},      {"incarnation", header.incarnation},
                 {"counter", header.counter},           {"state", kOwnStates[static_cast<int>(stored.state)]}};
        if (!stored.note.empty()) one["note"] = stored.note;
        out.push_back(std::move(one));
    }
    return out;
}

json stateJson(const DeviceState& state) {
    json out{{"device", state.device.text()},
             {"server", state.server_url},
             {"site", state.site},
             {"locked", state.locked},
             {"wiping", state.wiping}};
    if (state.pending) out["pending"] = *state.pending;
    return out;
}

/// Asks the server under the device key alone, until `done` or for so long. What came of it, or Network.
struct Watch {
    Watch(Session& session, const DeviceState& state, const DeviceKey& key)
        : driver(state, key, session.clock, session.random) {
        QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &loop, &QEventLoop::quit);
    }
    Status run(int seconds) {
        QTimer::singleShot(seconds * 1000, &loop, [this] {
            late = true;
            loop.quit();
        });
        driver.step(Started{});
        driver.step(WatchChanged{true});
        if (!done) loop.exec();
        if (!done && late) return fail(ErrorCode::Network, "no answer within the time given");
        return {};
    }
    void end() {
        done = true;
        loop.quit();
    }
    QtDeviceWatch driver;
    QEventLoop loop;
    bool done = false;
    bool late = false;
};

Status tellWiped(Session& session, int seconds) {
    const auto wiped = wipedTablet(session.data());
    if (!wiped) return {};
    Watch watch(session, wiped->state, wiped->key);
    QObject::connect(&watch.driver, &QtDeviceWatch::wipeTold, &watch.loop, [&] { watch.end(); });
    if (wiped->state.pending) watch.driver.step(PendingKnown{*wiped->state.pending});
    watch.driver.step(StoreWiped{});
    TRY(watch.run(seconds));
    forgetWiped(session.data());
    return {};
}

}  // namespace

Result<json> outbox(Session& session) {
    TRY(session.unlock());
    ASSIGN(const auto claims, session.vault->claims());
    json out = json::array();
    for (const auto& claim : claims) {
        for (auto& one : outboxOf(*session.vault, claim.crn, true)) out.push_back(std::move(one));
    }
    return out;
}

Result<json> wholeState(Session& session) {
    TRY(session.openCasework());
    ASSIGN(const auto rows, session.vault->claims());
    ASSIGN(const auto totals, session.casework->totals());
    json claims = json::array();
    json waiting = json::array();
    for (const auto& row : rows) {
        ASSIGN(const auto claim, session.casework->open(row.crn));
        auto one = toJson(claim);
        one["conflicts_with_values"] = conflictsOf(claim);
        claims.push_back(std::move(one));
        for (auto& change_set : outboxOf(*session.vault, row.crn, false)) waiting.push_back(std::move(change_set));
    }
    json officers = json::array();
    for (const auto& slot : session.vault->officers())
        officers.push_back({{"id", slot.officer.text()}, {"name", slot.name}});
    return json{{"tablet", stateJson(session.vault->deviceState())},
                {"officers", officers},
                {"signed_in", session.vault->officer().name},
                {"totals", toJson(totals)},
                {"claims", claims},
                {"outbox", waiting}};
}

Result<json> tryUnlock(Session& session) {
    TRY(session.unlock());
    return json{{"officer", session.vault->officer().name}, {"tablet", stateJson(session.vault->deviceState())}};
}

Result<json> askOrders(Session& session) {
    ASSIGN(const auto wait, session.seconds());
    if (wipedTablet(session.data()) && !Vault::exists(session.data())) {
        TRY(tellWiped(session, wait));
        return json{{"wiped", true}, {"told", true}};
    }
    TRY(session.open());
    const auto state = session.vault->deviceState();
    if (!state.isKnown()) return fail(ErrorCode::Conflict, "unlock this tablet once: it does not know its server");
    OrdersCame orders;
    {
        Watch watch(session, state, session.vault->deviceKey());
        QObject::connect(&watch.driver, &QtDeviceWatch::ordered, &watch.loop, [&](bool lock, bool wipe) {
            orders = {lock, wipe};
            watch.end();
        });
        if (state.pending) watch.driver.step(PendingKnown{*state.pending});
        TRY(watch.run(wait));
    }
    TRY(session.vault->setLocked(orders.lock));
    if (!orders.wipe) return json{{"lock", orders.lock}, {"wipe", false}};
    TRY(session.vault->destroy());
    const auto told = tellWiped(session, wait);
    return json{{"lock", orders.lock}, {"wipe", true}, {"wiped", true}, {"told", told.has_value()}};
}

Result<json> forgotPassphrase(Session& session) {
    ASSIGN(const auto fresh, passphraseIn(session.arguments.option("new-passphrase-file")));
    ASSIGN(const auto wait, session.seconds());
    TRY(session.open());
    ASSIGN(const auto officer, session.who());
    ASSIGN(const auto asked, session.vault->forgotten(officer));
    Bytes answer;
    bool over = false;
    {
        Watch watch(session, session.vault->deviceState(), session.vault->deviceKey());
        QObject::connect(&watch.driver, &QtDeviceWatch::releaseWaiting, &watch.loop,
                         [&] { std::cerr << "release code: " << asked.code << std::endl; });
        QObject::connect(&watch.driver, &QtDeviceWatch::released, &watch.loop, [&](const QByteArray& sealed) {
            answer.assign(sealed.begin(), sealed.end());
            watch.end();
        });
        QObject::connect(&watch.driver, &QtDeviceWatch::releaseOver, &watch.loop, [&] {
            over = true;
            watch.end();
        });
        watch.driver.step(ReleaseAsked{asked.request});
        TRY(watch.run(wait));
    }
    if (over) return fail(ErrorCode::BadCode, "the request is over: ask anew");
    TRY(session.vault->release(asked, answer, fresh));
    return json{{"officer", session.vault->officer().name}};
}

Result<json> changePassphrase(Session& session) {
    ASSIGN(const auto fresh, passphraseIn(session.arguments.option("new-passphrase-file")));
    ASSIGN(const auto given, session.passphrase());
    TRY(session.open());
    ASSIGN(const auto officer, session.who());
    TRY(session.vault->changePassphrase(officer, given, fresh));
    return json{{"changed", true}};
}

Result<json> removeOfficer(Session& session) {
    TRY(session.unlock());
    const auto name = session.arguments.option("officer");
    for (const auto& slot : session.vault->officers()) {
        if (slot.name != name && slot.officer.text() != name) continue;
        TRY(session.vault->removeOfficer(slot.officer));
        return json{{"removed", slot.name}};
    }
    return fail(ErrorCode::NotFound, "no such officer on this tablet");
}

Result<json> exportWork(Session& session) {
    const auto file = session.arguments.option("out");
    if (file.empty()) return fail(ErrorCode::BadInput, "--out FILE is needed");
    const auto unlocked = session.unlock();
    if (!unlocked && !(session.vault && session.vault->isDamaged())) return tl::unexpected<Error>(unlocked.error());
    ASSIGN(const auto work, VaultExport::begin(*session.vault, file));
    for (bool done = false; !done;) {
        ASSIGN(done, work->step());
    }
    const auto& written = work->progress();
    return json{{"file", work->file()},
                {"saves", written.change_sets},
                {"images", written.images},
                {"damaged", session.vault->isDamaged()}};
}

Result<json> salvageStore(Session& session) {
    const auto unlocked = session.unlock();
    if (unlocked) return json{{"damaged", false}};
    if (!session.vault || !session.vault->isDamaged()) return fail(unlocked.error().code, unlocked.error().detail);
    ASSIGN(const auto report, session.vault->salvage());
    return json{{"damaged", true},
                {"saves", report.saves},
                {"unsent", report.unsent},
                {"saves_lost", report.saves_lost},
                {"images", report.images},
                {"images_lost", report.images_lost},
                {"claims_without_key", report.claims_without_key},
                {"kept_as", report.kept_as}};
}

}  // namespace fieldclaim::tablet
