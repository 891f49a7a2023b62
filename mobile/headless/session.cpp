#include "mobile/headless/session.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "mobile/headless/claim_json.h"
#include "mobile/platform/qt_sync_driver.h"
#include "mobile/storage/vault_sync_store.h"
#include "shared/packfiles/packfiles.h"

namespace fieldclaim::tablet {
namespace {

using nlohmann::json;

constexpr int kDefaultSyncSeconds = 60;
constexpr int kMostSeconds = 86'400;
constexpr const char* kPackId = "working-age";

}  // namespace

Result<std::string> readText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::NotFound, "cannot read " + path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<std::string> passphraseIn(const std::string& path) {
    ASSIGN(auto text, readText(path));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

Result<std::string> Session::word(std::size_t at, const char* what) const {
    if (arguments.words.size() <= at) return fail(ErrorCode::BadInput, std::string("missing: ") + what);
    return arguments.words[at];
}

Result<std::string> Session::crn() const {
    ASSIGN(const auto text, word(1, "the claim number"));
    return Crn::parse(text);
}

Result<std::string> Session::passphrase() const {
    if (const auto path = arguments.option("passphrase-file"); !path.empty()) return passphraseIn(path);
    const char* const given = std::getenv("FIELDCLAIM_PASSPHRASE");  // NOLINT(concurrency-mt-unsafe): one thread here.
    if (given == nullptr) return fail(ErrorCode::BadInput, "give --passphrase-file or FIELDCLAIM_PASSPHRASE");
    return std::string(given);
}

Result<NewOfficer> Session::newOfficer(const std::vector<OfficerInfo>& known, std::string passphrase_text) const {
    const auto name = arguments.option("officer");
    for (const auto& officer : known) {
        if (officer.name == name || officer.id.text() == name)
            return NewOfficer{officer, arguments.option("officer-code"), std::move(passphrase_text)};
    }
    return fail(ErrorCode::NotFound, "the site has no officer of that name");
}

Result<Vault::Options> Session::vaultOptions() const {
    Vault::Options out;
    if (!arguments.has("scrypt")) return out;
    const auto n = std::strtoull(arguments.option("scrypt").c_str(), nullptr, 10);
    if (n < 2 || n > (1U << 20U) || (n & (n - 1)) != 0)
        return fail(ErrorCode::BadInput, "--scrypt takes a power of two");
    out.scrypt.n = n;
    return out;
}

Status Session::open() {
    ASSIGN(const auto options, vaultOptions());
    ASSIGN(vault, Vault::open(data(), clock, random, options));
    return {};
}

Result<Uuid> Session::who() const {
    const auto known = vault->officers();
    const auto name = arguments.option("unlock-as");
    if (name.empty() && known.size() > 1) return fail(ErrorCode::BadInput, "several officers: give --unlock-as");
    for (const auto& slot : known) {
        if (name.empty() || slot.name == name || slot.officer.text() == name) return slot.officer;
    }
    return fail(ErrorCode::NotFound, "no such officer on this tablet");
}

Status Session::unlock() {
    TRY(open());
    ASSIGN(const auto given, passphrase());
    ASSIGN(const auto officer, who());
    return vault->unlock(officer, given);
}

Status Session::openCasework() {
    TRY(unlock());
    PackFiles files;
    if (const auto folder = arguments.option("pack"); !folder.empty()) {
        ASSIGN(files, readPackFolder(folder));
    } else {
        ASSIGN(auto kept, vault->pack(kPackId));
        if (!kept) return fail(ErrorCode::BadPack, "no form pack here: sync first, or give --pack");
        files = std::move(*kept);
    }
    ASSIGN(auto pack, FormPack::load(files));
    casework = std::make_unique<Casework>(*vault, clock, random, std::move(pack));
    return {};
}

json Session::sync(int seconds, bool watch) {
    json refused = json::array();
    json orders = json::array();
    json out;
    bool wipe = false;
    {
        VaultSyncStore store(*vault);
        QtSyncDriver driver(store, clock, random, vault->setup().server_url, vault->setup().authorities());
        QEventLoop loop;
        QObject::connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, &loop, &QEventLoop::quit);
        QObject::connect(&driver, &QtSyncDriver::statusChanged, &loop, [&] {
            if (watch) std::cout << toJson(driver.status()).dump() << std::endl;
            if (!watch && driver.idle()) loop.quit();
        });
        QObject::connect(&driver, &QtSyncDriver::officerRefused, &loop,
                         [&](const QString&, const QString& reason) { refused.push_back(reason.toStdString()); });
        QObject::connect(&driver, &QtSyncDriver::ordered, &loop, [&](const QString& kind) {
            if (std::find(orders.begin(), orders.end(), kind.toStdString()) == orders.end())
                orders.push_back(kind.toStdString());
            wipe = wipe || kind == QStringLiteral("wipe");
            loop.quit();
        });
        QTimer::singleShot(seconds * 1000, &loop, [&] { loop.quit(); });
        driver.start();
        if (watch || !driver.idle()) loop.exec();
        out = toJson(driver.status());
        out["complete"] = driver.idle();
    }
    if (!refused.empty()) out["refused"] = refused;
    if (orders.empty()) return out;
    out["orders"] = orders;
    const Status carried_out = wipe ? vault->destroy() : vault->setLocked(true);
    if (!carried_out) out["order_failed"] = describe(carried_out.error());
    return out;
}

Result<int> Session::seconds() const {
    const auto text = arguments.option("for", std::to_string(kDefaultSyncSeconds));
    const int value = std::atoi(text.c_str());
    if (value <= 0 || value > kMostSeconds) return fail(ErrorCode::BadInput, "--for takes seconds");
    return value;
}

}  // namespace fieldclaim::tablet
