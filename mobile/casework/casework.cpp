#include "mobile/casework/casework.h"

#include <algorithm>

#include "mobile/casework/casework_impl.h"
#include "mobile/casework/history.h"
#include "mobile/casework/open_claim.h"
#include "shared/base/practice_crn.h"
#include "shared/base/text.h"
#include "shared/document/statement_renderer.h"
#include "shared/domain/claim_answers.h"
#include "shared/domain/ink.h"

namespace fieldclaim::tablet {
namespace {

constexpr std::string_view kSignMethod = "sign_method";
constexpr std::string_view kSignRole = "sign_role";

}  // namespace

Casework::Casework(Vault& vault, const Clock& clock, Random& random, std::shared_ptr<const FormPack> pack)
    : m_impl(std::make_shared<Impl>(vault, clock, random, std::move(pack))) {
    vault.onPulled([weak = std::weak_ptr<Impl>(m_impl)](const std::vector<std::string>& crns) {
        const auto impl = weak.lock();
        if (!impl) return;
        for (const auto& crn : crns) {
            impl->cache.forget(crn);
            impl->unreadable.erase(crn);
        }
        if (impl->on_pulled) impl->on_pulled(crns);
    });
}

const std::shared_ptr<const FormPack>& Casework::pack() const { return m_impl->packs.newest(); }
const std::shared_ptr<const FormPack>& Casework::packOf(std::string_view crn) const { return m_impl->packs.of(crn); }
void Casework::usePack(std::shared_ptr<const FormPack> pack) { m_impl->packs.use(std::move(pack)); }
void Casework::knowPack(const std::shared_ptr<const FormPack>& pack) { m_impl->packs.know(pack); }

std::uint64_t Casework::hold(std::string_view crn) {
    auto& impl = *m_impl;
    PackRack::Held held;
    held.pack = impl.packs.newest();
    const auto review = impl.cache.review(crn, impl.today());
    if (review && (*review)->statement &&
        ((*review)->seal_state == SealState::Valid || (*review)->seal_state == SealState::Partial)) {
        if (auto signed_with = impl.packs.named((*review)->statement->pack)) held.pack = std::move(signed_with);
    }
    impl.lookBack(crn, held);
    return impl.packs.hold(crn, std::move(held));
}

void Casework::letGo(std::uint64_t held) { m_impl->packs.let(held); }

Date Casework::today() const { return m_impl->today(); }
OfficerInfo Casework::officer() const { return m_impl->vault.officer(); }
std::string Casework::siteId() const { return m_impl->vault.setup().site; }
std::string Casework::siteName() const { return m_impl->vault.setup().site_name; }
std::vector<OfficerInfo> Casework::officers() const { return m_impl->vault.knownOfficers(); }

bool Casework::isPractice() const {
    const auto& setup = m_impl->vault.setup();
    return setup.site == kPracticeSite && setup.server_url.empty();
}

Result<std::string> Casework::beginClaim() {
    const auto site = m_impl->vault.setup().site;
    const auto crn = isPractice() ? makePracticeCrn(m_impl->random) : Crn::make(m_impl->random);
    ClaimKey key{};
    m_impl->random.fill(key.data(), key.size());
    TRY(m_impl->save({crn, {{Edit{std::string(kSitePath), site, {}}}, std::nullopt}, {}, key, site, {}}));
    return crn;
}

void Casework::noteView(std::string_view crn) { static_cast<void>(m_impl->vault.noteView(crn)); }

Result<OpenClaim> Casework::open(std::string_view crn) const {
    ASSIGN(const auto row, m_impl->vault.claim(crn));
    const auto reviewed = m_impl->cache.review(crn, m_impl->today());
    if (!reviewed) {
        m_impl->setAside(crn, reviewed.error());
        return tl::unexpected(reviewed.error());
    }
    m_impl->unreadable.erase(row.crn);
    const auto* const review = *reviewed;
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    ASSIGN(const auto not_applied, m_impl->vault.notApplied(crn));
    const bool changed = m_impl->packs.of(row.crn) != m_impl->packs.newest() && review->seal_state != SealState::Valid;
    return OpenClaim{row.crn,
                     *state,
                     *review,
                     withSending(summaryOf(row.crn, *review, *state, m_impl->today()), row),
                     row.site,
                     heldSaves(not_applied, *state),
                     m_impl->lookAgain(row.crn, *review),
                     changed,
                     toldAnswers(m_impl->vault, *state, *review)};
}

Status Casework::saveAnswer(std::string_view crn, std::string_view key, const Answer& answer) {
    const auto pack = m_impl->packs.of(crn);
    const auto* question = pack->find(questionId(key));
    if (question == nullptr || !question->isAsked())
        return fail(ErrorCode::BadInput, "the form pack has no question " + std::string(questionId(key)));
    if (question->repeat.empty()
            ? key.find('/') != std::string_view::npos
            : !key.starts_with(question->repeat + "/") || std::count(key.begin(), key.end(), '/') != 2) {
        return fail(ErrorCode::BadInput, "not a key of question " + question->id);
    }
    auto kept = answer;
    if (kept.kind == Answer::Kind::Given) kept.text = normaliseAnswer(*question, kept.text);
    ASSIGN(kept.text, toNfc(kept.text));
    return m_impl->put(crn, answerPath(key), encodeAnswer(kept));
}

Status Casework::saveAnswerFile(std::string_view crn, std::string_view key, const Bytes& bytes) {
    if (bytes.empty()) return fail(ErrorCode::BadInput, "a file without bytes");
    if (bytes.size() > kMostFileBytes) return fail(ErrorCode::TooLarge, "a file of more than 32 MiB");
    const auto* question = m_impl->packs.of(crn)->find(questionId(key));
    if (question == nullptr || !namesBytes(question->type))
        return fail(ErrorCode::BadInput, "no picture or file is asked for by " + std::string(questionId(key)));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto value = encodeAnswer({Answer::Kind::Given, toHex(sha256(bytes))});
    if (state->value(answerPath(key)) == value) return {};
    std::vector<Edit> edits{state->edit(answerPath(key), value)};
    return m_impl->save({std::string(crn), {std::move(edits), std::nullopt}, {}, std::nullopt, {}, {bytes}});
}

Status Casework::clearAnswer(std::string_view crn, std::string_view key) {
    return m_impl->put(crn, answerPath(key), Value());
}

Result<std::optional<LastChange>> Casework::lastChange(std::string_view crn, std::string_view key) const {
    ASSIGN(const auto* const edits, m_impl->cache.edits(crn));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto path = answerPath(key);
    auto change = lastChangeOf(*state, *edits, path);
    if (change && changesProtectedDate(*state, {state->edit(path, change->before)}, m_impl->today())) change.reset();
    return change;
}

Status Casework::undo(std::string_view crn, std::string_view key) {
    ASSIGN(const auto change, lastChange(crn, key));
    if (!change) return fail(ErrorCode::NotFound, "this answer has no change that can be undone");
    return m_impl->put(crn, answerPath(key), change->before);
}

Status Casework::putBack(std::string_view crn, std::string_view key, const EditId& version) {
    ASSIGN(const auto* const edits, m_impl->cache.edits(crn));
    const auto found = edits->find(version);
    const auto path = answerPath(key);
    if (found == edits->end() || found->second.path != path)
        return fail(ErrorCode::NotFound, "this answer has no such value here");
    return m_impl->put(crn, path, Value(found->second.value));
}

Status Casework::confirmAnswer(std::string_view crn, std::string_view key) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto path = answerPath(key);
    const auto* found = state->find(path);
    if (found == nullptr || found->value().isNull()) return fail(ErrorCode::NotFound, "no answer to confirm");
    if (found->inConflict()) return fail(ErrorCode::Conflict, "two answers differ: one is chosen, none confirmed");
    if (found->first()->author == m_impl->vault.author()) return {};
    return m_impl->save(crn, {state->edit(path, found->value())});
}

Result<AnswerHistory> Casework::answerHistory(std::string_view crn, std::string_view key) const {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    ASSIGN(const auto change_sets, m_impl->vault.changeSets(crn));
    return answerHistoryOf(change_sets, *state, m_impl->vault, key);
}

std::string Casework::newInstance() const { return Uuid::make(m_impl->clock, m_impl->random).text(); }

Status Casework::removeInstance(std::string_view crn, std::string_view group, std::string_view instance) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto path = answerPath(std::string(group) + "/" + std::string(instance));
    const auto under = state->pathsUnder(path);
    const bool gone = under.empty() || (under.size() == 1 && under.front() == path && stands(*state, path, Value()));
    if (gone) return {};
    return m_impl->save(crn, {state->removal(path)});
}

Status Casework::correctFirstContact(std::string_view crn, std::string_view date, std::string_view reason) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto path = answerPath(kFirstContact);
    if (state->value(path).isNull()) return fail(ErrorCode::NotFound, "there is no date of first contact to correct");
    ASSIGN(const auto parsed, Date::parse(trim(date)));
    if (parsed > m_impl->today()) return fail(ErrorCode::BadInput, "the date of first contact lies in the future");
    ASSIGN(const auto why, toNfc(trim(reason)));
    if (why.empty()) return fail(ErrorCode::BadInput, "a corrected date needs a reason");
    if (stands(*state, path, Value(parsed.iso()))) return {};
    ASSIGN(const auto open, m_impl->vault.openIntents(crn, kIntentCorrectDate));
    if (!open.empty() && open.back().textAt("date") == parsed.iso() && open.back().textAt("reason") == why) return {};
    ASSIGN(auto saw, m_impl->decisionsSeen(crn, *state, kIntentCorrectDate));
    return m_impl->intend(crn, Value::Map{{"intent", kIntentCorrectDate},
                                          {"key", kFirstContact},
                                          {"date", parsed.iso()},
                                          {"reason", why},
                                          {"saw", std::move(saw)}});
}

Result<std::optional<DateCorrection>> Casework::lastCorrection(std::string_view crn) const {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    ASSIGN(const auto change_sets, m_impl->vault.changeSets(crn));
    return lastCorrectionOf(change_sets, *state);
}

Status Casework::saveProof(std::string_view crn, ProofRecord proof) {
    if (proof.key.empty()) return fail(ErrorCode::BadInput, "a proof without a key");
    if (proof.unavailable.empty() && levelRank(proof.level) == 0)
        return fail(ErrorCode::BadInput, "a proof without its level");
    if (proof.officer.isNil()) proof.officer = m_impl->vault.officer().id;
    if (proof.seen_on.empty()) proof.seen_on = m_impl->today().iso();
    ASSIGN(proof.what, toNfc(proof.what));
    ASSIGN(proof.unavailable, toNfc(proof.unavailable));
    return m_impl->put(crn, proofPath(proof.key), encodeProof(proof));
}

Status Casework::clearProof(std::string_view crn, std::string_view key) {
    return m_impl->put(crn, proofPath(key), Value());
}

Result<ProofFile> Casework::addFile(std::string_view crn, ProofFile file, const Bytes& bytes) {
    if (bytes.empty()) return fail(ErrorCode::BadInput, "a file without bytes");
    if (bytes.size() > kMostFileBytes) return fail(ErrorCode::TooLarge, "a file of more than 32 MiB");
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    file.digest = sha256(bytes);
    for (const auto& other : proofFilesOf(*state)) {
        if (other.digest == file.digest && other.proof == file.proof) return other;
    }
    file.id = newInstance();
    file.size = static_cast<std::int64_t>(bytes.size());
    file.officer = m_impl->vault.officer().id;
    file.device_time = m_impl->clock.wallMs();
    ASSIGN(file.name, toNfc(file.name));
    std::vector<Edit> edits{state->edit(filePath(file.id), encodeProofFile(file))};
    TRY(m_impl->save({std::string(crn), {std::move(edits), std::nullopt}, {}, std::nullopt, {}, {bytes}}));
    return file;
}

Status Casework::removeFile(std::string_view crn, std::string_view id) {
    return m_impl->put(crn, filePath(id), Value());
}

Status Casework::restoreFile(std::string_view crn, const ProofFile& file) {
    return m_impl->put(crn, filePath(file.id), encodeProofFile(file));
}

Status Casework::dropRemoved(std::string_view crn, const Hash& digest) {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    for (const auto& file : proofFilesOf(*state)) {
        if (file.digest == digest) return {};
    }
    return m_impl->vault.dropBlob(crn, digest);
}

Result<Bytes> Casework::fileBytes(const Hash& digest) const { return m_impl->vault.blob(digest); }

Status Casework::fetchFile(std::string_view crn, const Hash& digest) { return m_impl->vault.wantBlob(crn, digest); }

Status Casework::saveVisit(std::string_view crn, const Visit& visit) {
    TRY(Date::parse(visit.date));
    auto kept = visit;
    if (kept.id.empty()) kept.id = newInstance();
    ASSIGN(kept.place, toNfc(kept.place));
    ASSIGN(kept.note, toNfc(kept.note));
    return m_impl->put(crn, "visit/" + kept.id, encodeVisit(kept));
}

Status Casework::saveRecords(std::string_view crn, std::vector<Edit> edits, std::vector<Bytes> blobs) {
    return m_impl->save({std::string(crn), {std::move(edits), std::nullopt}, {}, std::nullopt, {}, std::move(blobs)});
}

Result<std::shared_ptr<const Statement>> Casework::statement(const Hash& digest) const {
    auto found = m_impl->cache.statement(digest);
    if (!found) return fail(ErrorCode::NotFound, "the statement is not on this tablet");
    return found;
}

Status Casework::stillHolds(std::string_view crn, const Statement& statement) const {
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    TRY(m_impl->evaluationFor(crn, *state, statement));
    return {};
}

Result<Statement> Casework::draftStatement(std::string_view crn, Language language) const {
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    return fieldclaim::draftStatement(*review, std::string(crn), proofsOf(*state), review->evaluation.pack().name(),
                                      language);
}

Status Casework::sign(std::string_view crn, const Statement& statement, const Signing& signing) {
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    const auto blob = encodeStatement(statement);
    for (const auto& seal : sealsOf(*state)) {
        // A second tap: this part has signed this statement (hazard H46). Where the server refused it, it is signed
        // again.
        if (seal.digest == blob.digest && seal.part == signing.part && !review->submit_refused) return {};
    }
    if (signing.signer.empty()) return fail(ErrorCode::BadInput, "a signature without a name");
    if (signing.method == "mark" && signing.witness.empty()) return fail(ErrorCode::BadInput, "a mark needs a witness");
    if (signing.method == "tablet" && signing.strokes.empty())
        return fail(ErrorCode::BadInput, "nothing was signed on the tablet");

    ASSIGN(const auto evaluation, m_impl->evaluationFor(crn, *state, statement));
    if (!maySignAs(evaluation, signing.role))
        return fail(ErrorCode::NotAllowed, "no authority was seen for the role " + signing.role);
    const auto methods = evaluation.signMethods();
    if (std::find(methods.begin(), methods.end(), signing.method) == methods.end()) {
        return fail(ErrorCode::NotAllowed, "the benefits claimed do not admit the method " + signing.method);
    }
    const auto scans = wholeScan(scansOf(*state, blob.digest));
    if (signing.method == "paper" && (scans.empty() || signing.strokes != encodeScanNames(scans)))
        return fail(ErrorCode::BadInput, "not every page that was signed in ink is scanned");

    Seal seal;
    seal.id = newInstance();
    seal.digest = blob.digest;
    ASSIGN(seal.signer, toNfc(signing.signer));
    seal.part = signing.part;
    seal.role = signing.role;
    seal.method = signing.method;
    ASSIGN(seal.witness, toNfc(signing.witness));
    seal.strokes = signing.strokes;
    seal.officer = m_impl->vault.officer().id;
    seal.author = m_impl->vault.author();
    seal.device = m_impl->vault.setup().device;
    seal.device_time = m_impl->clock.wallMs();
    ASSIGN(seal.place, toNfc(signing.place));
    ASSIGN(seal.signature, m_impl->vault.sign(sealMessage(seal)));

    std::vector<Edit> edits{state->edit(sealPath(seal.id), encodeSeal(seal))};
    const auto also = [&](std::string_view question, const std::string& value) {
        const auto* asked = review->evaluation.find(question);
        const auto path = answerPath(question);
        if (asked != nullptr && signing.part == "claimant" && !stands(*state, path, Value(value)))
            edits.push_back(state->edit(path, value));
    };
    if (const auto* method = review->evaluation.find(kSignMethod); method != nullptr && method->relevant) {
        also(kSignMethod, signing.method);
        also(kSignRole, signing.role);
    }
    return m_impl->save({std::string(crn), {std::move(edits), std::nullopt}, {}, std::nullopt, {}, {blob.bytes}});
}

Status Casework::submit(std::string_view crn) {
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    if (review->seal_state != SealState::Valid || !review->seal) {
        return fail(ErrorCode::Conflict, "only a claim whose signature holds can be sent in");
    }
    const auto digest = toBytes(review->seal->digest);
    if (review->submitted) return {};
    ASSIGN(const auto open, m_impl->vault.openIntents(crn, kIntentSubmit));
    for (const auto& intent : open) {
        if (intent.at("digest") == Value(digest)) return {};
    }
    return m_impl->intend(crn, Value::Map{{"intent", kIntentSubmit}, {"digest", digest}});
}

Status Casework::withdraw(std::string_view crn, std::string_view reason) {
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    if (review->withdrawn) return {};
    ASSIGN(const auto open, m_impl->vault.openIntents(crn, kIntentWithdraw));
    if (!open.empty()) return {};
    ASSIGN(const auto why, toNfc(reason));
    ASSIGN(const auto* const state, m_impl->cache.state(crn));
    ASSIGN(auto saw, m_impl->decisionsSeen(crn, *state, kIntentSubmit));
    return m_impl->intend(crn, Value::Map{{"intent", kIntentWithdraw}, {"reason", why}, {"saw", std::move(saw)}});
}

Result<std::vector<HistoryEntry>> Casework::history(std::string_view crn, std::string_view about,
                                                    Language language) const {
    ASSIGN(const auto* const review, m_impl->cache.review(crn, m_impl->today()));
    ASSIGN(const auto change_sets, m_impl->vault.changeSets(crn));
    return historyOf(change_sets, review->evaluation, m_impl->vault, about, language);
}

Result<SyncTotals> Casework::totals() const {
    ASSIGN(const auto totals, m_impl->vault.totals());
    return SyncTotals{totals.saved_here,     totals.acknowledged,  totals.set_aside,
                      totals.claims_waiting, totals.blobs_waiting, totals.last_contact_ms};
}

void Casework::onSaved(std::function<void(const std::string&)> callback) { m_impl->on_saved = std::move(callback); }
void Casework::onUnreadable(std::function<void(const Error&)> callback) { m_impl->on_unreadable = std::move(callback); }
void Casework::onPulled(std::function<void(const std::vector<std::string>&)> callback) {
    m_impl->on_pulled = std::move(callback);
}

}  // namespace fieldclaim::tablet
