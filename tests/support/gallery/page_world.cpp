#include "tests/support/gallery/page_world.h"

#include <QFile>
#include <algorithm>

#include "mobile/viewmodels/words.h"
#include "shared/base/ids.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/records.h"
#include "shared/domain/seal.h"
#include "tests/support/forms/claim_sketch.h"

namespace fieldclaim::tablet {
namespace {

template <typename T>
void must(const T& result) {
    ENSURE(result.has_value());
}

void spoil(const QString& file, qint64 at, qint64 size) {
    QFile store(file);
    ENSURE(store.open(QIODevice::ReadWrite) && store.seek(at));
    ENSURE(store.write(QByteArray(size, 'x')) == size);
}

Answer given(const QString& text) { return {Answer::Kind::Given, words::utf8(text)}; }

}  // namespace

PageWorld::PageWorld(Kind kind, Language language, std::function<void(Language)> speak)
    : m_kit(std::make_unique<SessionKit>(kind != Kind::Unset, language, std::move(speak))) {
    const auto folder = QString::fromStdString(m_kit->folder());
    if (kind == Kind::Damaged) {
        spoil(folder + QStringLiteral("/vault.db"), 40'960, 3'000);
        // As after an end that it did not choose: then the whole store is looked through.
        ENSURE(QFile(folder + QStringLiteral("/vault.open")).open(QIODevice::WriteOnly));
    } else if (kind == Kind::Broken) {
        spoil(folder + QStringLiteral("/slots.cbor"), 0, 20);
        m_kit->kill();
    } else if (kind == Kind::Quiet || kind == Kind::Day) {
        ENSURE(m_kit->unlock());
        m_ledger = std::make_unique<SmallLedger>(*session().vault());
        if (kind == Kind::Day) makeDay();
    }
}

void PageWorld::open(const std::string& who, const char* page, const QString& instance) {
    session().openClaim(words::qt(crn(who)));
    if (page != nullptr) session().openPage(QString::fromLatin1(page), instance);
}

QString PageWorld::instance(const std::string& who, const std::string& group) {
    const auto opened = session().casework()->open(crn(who));
    must(opened);
    for (const auto& repeat : opened->review.evaluation.repeats()) {
        if (repeat.repeat->id == group && !repeat.instances.empty()) return words::qt(repeat.instances.front());
    }
    return {};
}

void PageWorld::claim(const std::string& who, const std::map<QString, QString>& answers, bool complete) {
    auto story = complete ? gwen() : QJsonObject();
    for (const auto& [key, value] : answers) story[key] = value;
    SaveRequest request;
    request.crn = Crn::make(m_kit->random);
    request.pack = "working-age/1";
    request.begins.emplace();
    m_kit->random.fill(request.begins->data(), request.begins->size());
    request.site = "llanrwst";
    auto& edits = request.payload.edits;
    edits.push_back({std::string(kSitePath), Value("llanrwst"), {}});
    std::map<std::string, std::string> cards;
    for (auto at = story.begin(); at != story.end(); ++at) {
        const auto text = at.value().toString();
        if (text.isEmpty() || text == QStringLiteral("-")) continue;
        auto key = words::utf8(at.key());
        const auto slash = key.find('/');
        const auto* question = missionPack()->find(slash == std::string::npos ? key : key.substr(slash + 1));
        if (question == nullptr) continue;  // this pack asks it no more
        if (slash != std::string::npos) {
            auto& card = cards[key.substr(0, slash)];
            if (card.empty()) card = Uuid::make(m_kit->clock, m_kit->random).text();
            key = key.substr(0, slash + 1) + card + key.substr(slash);
        }
        edits.push_back(
            {answerPath(key), encodeAnswer({Answer::Kind::Given, normaliseAnswer(*question, words::utf8(text))}), {}});
    }
    must(session().vault()->save(request));
    m_claims[who] = request.crn;
}

void PageWorld::visit(const std::string& who, const char* time, const char* note) {
    must(session().casework()->saveVisit(crn(who), {"", "2007-01-15", time, "Llanrwst village hall", note}));
}

void PageWorld::sign(const std::string& who) {
    auto& casework = *session().casework();
    const auto statement = casework.draftStatement(crn(who), Language::English);
    must(statement);
    Casework::Signing signing;
    signing.signer = "Siân Pritchard";
    signing.strokes = Bytes{0x80};
    must(casework.sign(crn(who), *statement, signing));
    must(casework.submit(crn(who)));
}

void PageWorld::signAndRefuse(const std::string& who) {
    if (!sealsOf(*session().vault()->claimState(crn(who))).empty()) return;
    sign(who);
    m_ledger->takeAll();
    const auto seals = sealsOf(*session().vault()->claimState(crn(who)));
    const IntentAnswer answer{{},
                              std::string(kIntentSubmit),
                              false,
                              "There is no right signature over this statement.",
                              toBytes(seals.back().digest)};
    const auto saves = session().vault()->changeSets(crn(who));
    must(saves);
    for (const auto& save : *saves) {
        if (!save.change_set.payload.intent) continue;
        m_ledger->write(crn(who), {{intentPath(save.change_set.id()), encodeIntentAnswer(answer)}},
                        SmallLedger::server(), m_kit->clock.wall);
    }
}

void PageWorld::makeDay() {
    claim("gwen", {});
    claim("tomos",
          {{QStringLiteral("first_names"), QStringLiteral("Tomos")},
           {QStringLiteral("surname"), QStringLiteral("ap Rhys")},
           {QStringLiteral("language"), QStringLiteral("cy")},
           {QStringLiteral("claim_type"), QStringLiteral("new")},
           {QStringLiteral("benefits_claimed"), QStringLiteral("ib")},
           {QStringLiteral("urgent_need"), QStringLiteral("no")}},
          false);
    claim("kevin", {{QStringLiteral("first_names"), QStringLiteral("Kevin")},
                    {QStringLiteral("surname"), QStringLiteral("Doyle")},
                    {QStringLiteral("nino"), QStringLiteral("AB223456A")},
                    {QStringLiteral("dob"), QStringLiteral("1974-05-02")},
                    {QStringLiteral("working"), QStringLiteral("yes")},
                    {QStringLiteral("hours"), QStringLiteral("130")},
                    {QStringLiteral("partner"), QStringLiteral("-")},
                    {QStringLiteral("job/jb_employer"), QStringLiteral("Eryri Café")},
                    {QStringLiteral("job/jb_kind"), QStringLiteral("casual")},
                    {QStringLiteral("job/jb_net"), QStringLiteral("85.50")},
                    {QStringLiteral("urgent_need"), QStringLiteral("yes")}});
    claim("sian", {{QStringLiteral("first_names"), QStringLiteral("Siân")},
                   {QStringLiteral("surname"), QStringLiteral("Pritchard")},
                   {QStringLiteral("nino"), QStringLiteral("AB323456B")},
                   {QStringLiteral("dob"), QStringLiteral("1969-11-20")}});
    claim("ifan", {{QStringLiteral("first_names"), QStringLiteral("Ifan")},
                   {QStringLiteral("surname"), QStringLiteral("Prys-Jones")},
                   {QStringLiteral("nino"), QStringLiteral("AB423456D")},
                   {QStringLiteral("dob"), QStringLiteral("1970-08-14")}});
    // Nest was born on Gwen's day and lives at her postcode: they may be one person.
    claim("nest", {{QStringLiteral("first_names"), QStringLiteral("Nest")},
                   {QStringLiteral("surname"), QStringLiteral("Llwyd")},
                   {QStringLiteral("nino"), QStringLiteral("AB523456A")}});
    const auto words70 = QStringLiteral("Wolfeschlegelsteinhausenbergerdorff-Fitzherbert Llanfairpwllgwyngyll");
    claim("long", {{QStringLiteral("first_names"), words70},
                   {QStringLiteral("surname"), words70},
                   {QStringLiteral("nino"), QStringLiteral("AB623456B")},
                   {QStringLiteral("dob"), QStringLiteral("1965-02-09")},
                   {QStringLiteral("lj_employer"), QString(QStringLiteral("A very long address line, ")).repeated(7)},
                   {QStringLiteral("jobs_wanted"), QString(150, QLatin1Char('m'))}});
    auto& casework = *session().casework();
    m_ledger->takeAll();  // the casework reads them afresh

    visit("gwen", "09:30", "");
    visit("tomos", "10:15", "doctor’s statement seen");
    visit("kevin", "14:45", "home visit, Trefriw, leave by 14:10");
    m_ledger->takeAll();

    // Farida's first contact came by telephone: another tablet has taken it.
    const auto them = SmallLedger::colleague();
    m_claims["farida"] = m_ledger->begin(Crn::make(m_kit->random), them, m_kit->clock.wall - 86'400'000);
    m_ledger->write(crn("farida"),
                    {{"a/channel", Value("phone_first")},
                     {"a/claim_type", Value("new")},
                     {"a/first_contact", Value("2007-01-14")},
                     {"a/first_names", Value("Farida")},
                     {"a/surname", Value("Begum")},
                     {"a/language", Value("interpreter")},
                     {"a/dob", Value("1979-11-02")},
                     {"a/benefits_claimed", Value("is ctb")}},
                    them, m_kit->clock.wall - 86'000'000);
    visit("farida", "11:00", "");

    // Siân has signed; a council accepted, and JSAPS refused.
    sign("sian");
    m_ledger->takeAll();
    const auto transfer = [&](const char* id, const char* target, const char* state, const char* reason,
                              std::vector<TransferError> errors = {}) {
        TransferView view;
        view.id = id;
        view.target = target;
        view.kind = "claim";
        view.state = state;
        view.reason = reason;
        view.errors = std::move(errors);
        m_ledger->write(crn("sian"), {{transferPath(id), encodeTransfer(view)}}, SmallLedger::server(),
                        m_kit->clock.wall);
    };
    transfer("11111111-1111-4111-8111-111111111111", "council:conwy", "accepted", "");
    transfer("22222222-2222-4222-8222-222222222222", "jsaps", "rejected", "The date of birth is not the one on record.",
             {{"E202", "dob", "Not the one on record."}});

    // Two officers answered for Ifan without seeing each other's.
    m_ledger->write(crn("ifan"), {{"a/surname", Value("Price-Jones")}, {"a/dob", Value("1971-03-28")}}, them,
                    m_kit->clock.wall - 3'600'000, false);
    // Nest's surname was changed three times, and the server set the last one aside.
    m_ledger->write(crn("nest"), {{"a/surname", Value("Llwyd-Evans")}}, them, m_kit->clock.wall - 7'200'000, true,
                    "colwyn");
    must(casework.saveAnswer(crn("nest"), "addr1", given(QStringLiteral("5 Station Road"))));
    m_ledger->takeAll();
    must(casework.saveAnswer(crn("nest"), "surname", given(QStringLiteral("Evans"))));
    m_ledger->takeAll("a/surname",
                      "This claim belongs to another site. The work is kept until a supervisor releases it.");
    must(casework.saveAnswer(crn("nest"), "phone", {Answer::Kind::NotKnown, "She brings her new number on Thursday"}));
    must(casework.saveAnswer(crn("gwen"), "rooms", given(QStringLiteral("4"))));
}

}  // namespace fieldclaim::tablet
