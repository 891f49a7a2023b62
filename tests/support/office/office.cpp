#include "tests/support/office/office.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "shared/packfiles/packfiles.h"

namespace fieldclaim::test {
namespace {

const char* const kPackFolder = FIELDCLAIM_SOURCE_DIR "/shared/packs/working-age";

const nlohmann::ordered_json& gwen() {
    static const auto customer = [] {
        std::ifstream in(FIELDCLAIM_SOURCE_DIR "/tests/support/customers/gwen_obrien.json");
        return nlohmann::ordered_json::parse(in);
    }();
    return customer;
}

std::shared_ptr<const FormPack> thePack() {
    static const auto pack = *FormPack::load(*readPackFolder(kPackFolder));
    return pack;
}

server::TargetConfig target(const std::string& id, const std::string& system, const std::string& url,
                            std::set<std::string> benefits) {
    server::TargetConfig out;
    out.id = id;
    out.adapter = system.empty() ? "notice" : "push";
    out.system = system;
    out.url = url;
    out.benefits = std::move(benefits);
    return out;
}

}  // namespace

std::int64_t officeMorning() {
    return (static_cast<std::int64_t>(Date::parse("2007-01-15")->days) * 24 + 10) * 3'600'000;
}

std::vector<server::TargetConfig> officeTargets(const std::string& url) {
    std::vector<server::TargetConfig> out{target("jsaps", "JSAPS", url + "/push/JSAPS", {"jsa_ib", "jsa_cb"}),
                                          target("council-conwy", "", url + "/councils/conwy", {"hb", "ctb"})};
    out.back().councils = {gwen().at("la_name").get<std::string>()};
    return out;
}

server::Server::Options officeOptions(const std::filesystem::path& data, const std::string& url) {
    server::Server::Options out;
    out.data = data;
    out.inline_writer = true;
    out.packs = {kPackFolder};
    out.targets = officeTargets(url);
    return out;
}

Office::Office(TestServer& server, std::string officer) : tablet(server.clock, server.random), m_clock(server.clock) {
    ENSURE(tablet.join(*server, "caernarfon", officer).has_value());
    crn = tablet.beginClaim();
    for (const auto& [key, value] : gwen().items()) {
        const auto text = value.get<std::string>();
        if (text.empty() || key == "copy_given") continue;
        const auto* question = thePack()->find(key.substr(key.find('/') + 1));
        answer(key.starts_with("capital/") ? "capital/0190/" + key.substr(8) : key, normaliseAnswer(*question, text));
    }
}

void Office::answer(const std::string& key, const std::string& text) {
    tablet.save(crn, answerPath(key), encodeAnswer({Answer::Kind::Given, text}));
}

ClaimReview Office::review() const {
    return ClaimReview::of(thePack(), tablet.state(crn), Date::fromWallMs(m_clock.wall),
                           [](const Hash&) -> std::shared_ptr<const Statement> { return nullptr; });
}

void Office::proveAll() {
    const auto now = review();
    for (const auto& need : now.evaluation.proofs()) {
        tablet.save(crn, proofPath(need.key()),
                    encodeProof({need.key(), "original", "seen", "2007-01-15", tablet.officer(), {}}));
    }
}

Hash Office::sign() {
    blob = encodeStatement({crn,
                            thePack()->id() + "/" + thePack()->version(),
                            Language::English,
                            Date::fromWallMs(m_clock.wall).iso(),
                            review().evaluation.declaredFacts(),
                            {}});
    return tablet.sign(crn, blob);
}

void Office::submit() { tablet.saveIntent(crn, Value::Map{{"intent", "submit"}, {"digest", blob.digest}}); }

Status Office::sendWhole(server::Server& server) {
    proveAll();
    sign();
    submit();
    TRY(tablet.push(server));
    return tablet.upload(server, crn, blob.bytes);
}

}  // namespace fieldclaim::test
