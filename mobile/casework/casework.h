#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mobile/casework/answer_history.h"
#include "mobile/storage/vault.h"
#include "shared/base/clock.h"
#include "shared/domain/claim_review.h"
#include "shared/domain/proof_file.h"
#include "shared/domain/same_person.h"
#include "shared/domain/transfer_standing.h"
#include "shared/wire/protocol.h"

namespace fieldclaim::tablet {

/// What the server has of a claim, in words that are true (rule 6): from its acknowledgements alone.
enum class SendState {
    SavedHere,   ///< on this tablet only
    PartlySent,  ///< some of it received by the server
    Received,    ///< all of it received by the server
    SetAside,    ///< the server keeps a part in quarantine: `note` says why
    Parked,      ///< a part waits on the server for what it builds on: `note` says for what
    Sent,        ///< every transfer begun, none refused
    Accepted,    ///< every target accepted
    Refused,     ///< a target refused, and it is still to be corrected: `note` says why
};

/// One row of Today, of search and of Sending. Personal data here is what an officer needs to find the person.
struct ClaimSummary {
    std::string crn;
    bool is_read = true;      ///< false: nothing is known yet but its number and how its sending stands
    bool unreadable = false;  ///< and cannot be: set aside until a pull brings it anew; what was known before is shown
    std::int64_t last_change = 0;       ///< milliseconds, by this tablet's clock
    std::string name;                   ///< empty until known
    std::string nino_masked;            ///< "QQ ** ** 56 C" or empty
    std::vector<std::string> benefits;  ///< is, jsa_ib, ...
    std::optional<Visit> visit;         ///< the next one
    bool urgent = false;
    std::string language;  ///< en, cy, interpreter or empty
    int to_go = 0;         ///< questions to go
    int blocking = 0;      ///< blocking actions
    int conflicts = 0;
    bool started = false;  ///< any answer at all
    SealState seal = SealState::None;
    SendState send = SendState::SavedHere;
    std::string note;
    int pending_change_sets = 0;  ///< saved here, not acknowledged
    int pending_blobs = 0;        ///< images, documents and statements that are not on the server yet
    /// Some transfer of it waits for the office.
    bool withOffice() const { return std::any_of(transfers.begin(), transfers.end(), isWithOffice); }
    bool toSend() const { return pending_change_sets > 0 || pending_blobs > 0; }
    std::string pack;       ///< the newest pack when this was made
    int refused_saves = 0;  ///< by a supervisor: they count for nothing
    std::string refusal;    ///< the last one's reason
    std::vector<TransferView> transfers;
    std::string first_contact;       ///< ISO; empty until it is given
    std::int64_t begun_ms = 0;       ///< by the device where the claim began
    bool withdrawn = false;          ///< and the server agreed
    bool contact_done = false;       ///< everything of the first contact is answered
    bool questions_begun = false;    ///< one of the questions that a call-back asks is answered
    bool interview_begun = false;    ///< a proof is recorded, or a question of the interview answered
    std::vector<ClaimLink> decided;  ///< other claims that may be the same person's; without the reasons
    bool submit_refused = false;     ///< ClaimReview::submit_refused
    bool to_correct = false;         ///< a target refused it, and that is still to be corrected (next_step.h)
    std::string refused_because;     ///< to_correct: the reason of the first
    /// Only benefits that have forms of their own are asked for (domain part P): the pack has nothing to declare, and
    /// nothing is signed here.
    bool forms_only = false;
};

/// A save made here that the server has and has not applied.
struct HeldSave {
    OwnState state = OwnState::SetAside;  ///< Parked, SetAside or Refused
    std::string reason;                   ///< the server's or the supervisor's, in plain words
    std::set<std::string> paths;          ///< what it wrote; unless refused, of that what is still shown
};

/// What a new form pack asks the officer to look at again. Derived at every opening, never stored; it goes when the
/// question is answered as it is asked now.
struct LookAgain {
    enum class Why {
        QuestionGone,
        AskedElsewhere,
        ChoiceGone,
        OtherType,
        NewQuestion,  ///< required, not answered, and in no pack that the claim was written with before
    };
    Why why = Why::QuestionGone;
    std::string key;
    Answer answer;                               ///< the one that is kept aside; empty for a new question
    std::shared_ptr<const FormPack> asked_with;  ///< of `asked`
    const Question* asked = nullptr;             ///< as it was asked when it was answered, or is now; null if unknown
};

/// A claim as it stands on this tablet: the ledger's state with this tablet's own unsent change sets on top.
struct OpenClaim {
    std::string crn;
    ClaimState state;
    ClaimReview review;
    ClaimSummary summary;
    std::string site;
    std::vector<HeldSave> held;  ///< in the order of saving
    std::vector<LookAgain> look_again;
    bool questions_changed = false;  ///< a newer pack is here: it is used once the claim is left (Casework::hold)
    /// Keys of answers that came by telephone, or by another channel than a tablet, and that nobody of this tablet has
    /// confirmed or that no signature covers yet: see Casework::confirmAnswer.
    std::set<std::string, std::less<>> told;

    /// The one whose value is shown at the path, as yet not applied; nullptr for none.
    const HeldSave* heldAt(std::string_view path) const;
};

/// Two claims of this tablet that may be one person's, and nobody has decided yet.
struct PossibleDuplicate {
    std::string crn;
    std::string other;
    std::set<Likeness> why;  ///< the strongest first
};

/// One line of a claim's history or timeline.
struct HistoryEntry {
    std::int64_t device_time = 0;
    std::string officer;     ///< name, or "Server"
    std::string kind;        ///< answer, proof, seal, intent, transfer, visit, decision
    std::string about;       ///< key
    std::string text;        ///< plain words
    bool here_only = false;  ///< not yet acknowledged by the server
};

/// The person behind an author.
struct Writer {
    std::string name;   ///< empty when this tablet cannot know it
    std::string site;   ///< its id; empty as above
    bool here = false;  ///< on this tablet
};

struct SyncTotals {
    std::uint64_t saved_here = 0;    ///< own change sets, ever
    std::uint64_t acknowledged = 0;  ///< of those, received by the server
    std::uint64_t set_aside = 0;
    std::uint64_t claims_waiting = 0;  ///< claims with something to send
    std::uint64_t blobs_waiting = 0;
    std::int64_t last_contact_ms = 0;  ///< 0: never
};

/// The detail of NotAllowed where a protected date would be changed: views have words of their own for it.
constexpr std::string_view kDateIsProtected = "the date of first contact is corrected with a reason, not changed";

constexpr std::size_t kMostFileBytes = 32U << 20U;  // docs/protocol.md, Limits

/// The site of a practice vault, which has no server.
constexpr std::string_view kPracticeSite = "practice";

/// What an officer does with claims, on an unlocked vault: the one service under the app's view-models and under the
/// headless tablet. Every method that changes something has it on disk (one transaction, synchronous FULL) before it
/// returns ok; an error means that nothing of it was saved. One thread. Borrows all it is given for its whole life.
class Casework {
public:
    Casework(Vault& vault, const Clock& clock, Random& random, std::shared_ptr<const FormPack> pack);

    /// The newest.
    const std::shared_ptr<const FormPack>& pack() const;
    /// The one that a claim is worked on with: the newest, unless the claim is held.
    const std::shared_ptr<const FormPack>& packOf(std::string_view crn) const;
    /// A newer pack has arrived: for every claim that is not held.
    void usePack(std::shared_ptr<const FormPack> pack);
    /// A pack that claims may have been written or signed with, besides those that the vault keeps.
    void knowPack(const std::shared_ptr<const FormPack>& pack);
    /// The claim is opened: its questions stay as they are until it is let go. A claim whose signature holds is held
    /// with the pack that was signed. The last to hold it counts.
    std::uint64_t hold(std::string_view crn);
    void letGo(std::uint64_t held);
    /// Rows of lists that were made with another pack are shown as they are and made anew here, some at a time: how
    /// many were.
    std::size_t refreshSummaries(std::size_t at_most);
    Date today() const;
    OfficerInfo officer() const;
    std::string siteId() const;
    std::string siteName() const;
    /// Claims that begin here are invented, and their numbers say so (shared/base/practice_crn.h).
    bool isPractice() const;
    std::vector<OfficerInfo> officers() const;

    /// Begins a claim: CRN, erasure key, its site. Returns the CRN.
    Result<std::string> beginClaim();
    /// Open claims of this tablet: those with a visit today first by time, then urgent ones, then by last change.
    Result<std::vector<ClaimSummary>> claims() const;
    /// The same for a screen that may not wait, from what is kept. Of claims of which nothing is known yet, or whose
    /// next visit was then and is over, at most `most` are read; until catchUp() has come to the others, they are not
    /// is_read, or as they were on another day.
    struct ClaimList {
        std::vector<ClaimSummary> claims;
        std::size_t left = 0;  ///< for catchUp()
    };
    Result<ClaimList> claimsNow(std::size_t most) const;
    /// Reads and keeps, `most` at most, what is not known or of another day. Empty: there is nothing left.
    Result<std::vector<ClaimSummary>> catchUp(std::size_t most);
    /// One of them as it is now. NotFound when the claim is not here any more.
    Result<ClaimSummary> summary(std::string_view crn) const;
    /// Puts a list in the order of claims().
    void putInOrder(std::vector<ClaimSummary>& claims) const;
    /// By name, NI number or claim number, folded (foldName); at most `limit`. Claims that catchUp() has still to read
    /// may not be found.
    Result<std::vector<ClaimSummary>> search(std::string_view text, std::size_t limit = 50) const;
    /// One that cannot be read is set aside from lists then, and is there again when it can.
    Result<OpenClaim> open(std::string_view crn) const;
    /// The officer looks at the claim: told to the server with the next contact, which keeps it in the audit. Well for
    /// a disk that takes nothing more: the work goes on, and this view is not told.
    void noteView(std::string_view crn);

    /// Saves one answer after normaliseAnswer; nothing is written when it is what stands already. A value that its
    /// question refuses is kept all the same (marked invalid by the review): what was typed is never lost.
    Status saveAnswer(std::string_view crn, std::string_view key, const Answer& answer);
    /// Answers an image or file question with what is ready to be kept (packPicture, readPdf): the answer names the
    /// bytes, and they are sent after the records. TooLarge above kMostFileBytes.
    Status saveAnswerFile(std::string_view crn, std::string_view key, const Bytes& bytes);
    /// Takes an answer away. NotAllowed, as for saveAnswer and resolve, where that would change a protected date: see
    /// correctFirstContact.
    Status clearAnswer(std::string_view crn, std::string_view key);
    /// What undo() would put back; nothing where there is nothing to undo.
    Result<std::optional<LastChange>> lastChange(std::string_view crn, std::string_view key) const;
    /// Puts back what stood before the answer's last change, whoever wrote it: an edit like any other, which names what
    /// stands; nothing is deleted, and undoing it again puts the change back. NotFound when there is nothing to undo.
    Status undo(std::string_view crn, std::string_view key);
    /// Puts back one of the values of answerHistory(). NotFound when this answer never had it here.
    Status putBack(std::string_view crn, std::string_view key, const EditId& version);
    /// The officer has asked again and it is so: the same value, in this officer's name. NotFound when there is no
    /// answer, Conflict where two differ.
    Status confirmAnswer(std::string_view crn, std::string_view key);
    /// Every value that an answer was ever given, who gave it, when, where and why.
    Result<AnswerHistory> answerHistory(std::string_view crn, std::string_view key) const;
    /// A new instance of a repeat group: returns its id. It exists from its first saved answer.
    std::string newInstance() const;
    Status removeInstance(std::string_view crn, std::string_view group, std::string_view instance);
    /// The date of first contact once it stands: asked of the server, which decides (intent correct_date). Until then
    /// the old date is shown, on every tablet. BadInput for what is no date up to today, and without a reason; NotFound
    /// when there is no date to correct. Saying it twice is one.
    Status correctFirstContact(std::string_view crn, std::string_view date, std::string_view reason);
    /// The last correction that was asked for, by whomever; nothing when there was none.
    Result<std::optional<DateCorrection>> lastCorrection(std::string_view crn) const;
    /// Chooses one answer where officers differ, one of theirs or another (normalised as any): an edit that names them
    /// all. At an instance that one officer removed and another changed: nothing removes it whole, anything keeps it
    /// with all that stands under it. `note`: why, kept with it in the claim; may be empty.
    Status resolve(std::string_view crn, std::string_view key, const std::optional<Answer>& chosen,
                   std::string_view note = {});
    /// The same for a record that is no answer (a proof, a link, a visit): the value of this edit, which stands at the
    /// path. NotFound when it does not any more.
    Status resolveRecord(std::string_view crn, const std::string& path, const EditId& chosen,
                         std::string_view note = {});
    /// Who wrote in a claim, by author, as far as this tablet can know: its own officers, and colleagues of its sites
    /// who recorded a proof, signed or linked in this claim.
    Result<std::map<Uuid, Writer>> writers(std::string_view crn) const;

    Status saveProof(std::string_view crn, ProofRecord proof);
    Status clearProof(std::string_view crn, std::string_view key);
    /// Keeps a page with its proof (`proof`, `type` and `name` are the caller's, the rest is filled in) and sends it
    /// after the records. The same bytes for the same proof are one page. TooLarge above kMostFileBytes.
    Result<ProofFile> addFile(std::string_view crn, ProofFile file, const Bytes& bytes);
    /// Takes a page away; its bytes stay until dropRemoved(), so that restoreFile() can put it back.
    Status removeFile(std::string_view crn, std::string_view id);
    Status restoreFile(std::string_view crn, const ProofFile& file);
    /// The bytes of a page that was removed leave the vault, and what was not sent of them is never sent. Nothing
    /// happens while a page of the claim has them.
    Status dropRemoved(std::string_view crn, const Hash& digest);
    /// NotFound when another tablet took it: it is on the server.
    Result<Bytes> fileBytes(const Hash& digest) const;
    /// Has the page come from the server with the next sync, should it be there; onPulled() tells.
    Status fetchFile(std::string_view crn, const Hash& digest);
    Status saveVisit(std::string_view crn, const Visit& visit);

    /// Keeps records that are no answers, with the bytes that they name, in one transaction.
    Status saveRecords(std::string_view crn, std::vector<Edit> edits, std::vector<Bytes> blobs);
    /// A statement that is kept here; NotFound while another tablet's has not come.
    Result<std::shared_ptr<const Statement>> statement(const Hash& digest) const;
    /// Ok while every fact of it is as it says and it could be signed; Conflict otherwise.
    Status stillHolds(std::string_view crn, const Statement& statement) const;

    /// The statement as it would be signed now, with its rendering; not kept yet.
    Result<Statement> draftStatement(std::string_view crn, Language language) const;
    /// Keeps the statement as a blob and writes the seal, in one transaction; then the same seal holds until a declared
    /// fact changes. Conflict when the claim changed since the statement was drafted. NotAllowed for a method that the
    /// claimed benefits do not admit, and for a role whose authority was not seen (shared/domain/ink.h). On paper,
    /// `strokes` names the scans of every page (InkRoute), BadInput otherwise.
    struct Signing {
        std::string signer;
        std::string part = "claimant";
        std::string role = "self";
        std::string method = "tablet";
        std::string witness;
        Bytes strokes;
        std::string place;
    };
    Status sign(std::string_view crn, const Statement& statement, const Signing& signing);
    /// Asks the server to take the signed claim as complete (intent submit). Saying it twice for one statement is one
    /// (H46).
    Status submit(std::string_view crn);
    Status withdraw(std::string_view crn, std::string_view reason);

    /// Pairs among these open claims, all of the tablet's as claims() gave them; withdrawn ones aside. Found by an
    /// index: no claim is read. At most kMostDuplicates.
    Result<std::vector<PossibleDuplicate>> possibleDuplicates(const std::vector<ClaimSummary>& claims) const;
    /// The same for one claim as it stands now, with `crn` first.
    Result<std::vector<PossibleDuplicate>> possibleDuplicatesOf(std::string_view crn) const;
    static constexpr std::size_t kMostDuplicates = 200;
    /// Keeps an officer's decision in both claims: one person's, or kept apart (BadInput without a reason) and not
    /// asked about again. NotFound when one of them is not here. Saying it twice is one.
    Status decideDuplicate(std::string_view crn, std::string_view other, bool same, std::string_view reason);
    /// Links the two, and asks the server to withdraw `crn` because `kept` goes on. Nothing is deleted.
    Status withdrawDuplicate(std::string_view crn, std::string_view kept);
    /// The withdrawal of this claim was asked for here, and the server has not answered yet.
    Result<bool> withdrawalAsked(std::string_view crn) const;

    /// In plain words of one language: `about` an answer or a proof, or all of it.
    Result<std::vector<HistoryEntry>> history(std::string_view crn, std::string_view about = {},
                                              Language language = Language::English) const;
    Result<SyncTotals> totals() const;

    /// Called after every local save (the sync engine is told) and after every pull that changed claims.
    void onSaved(std::function<void(const std::string& crn)> callback);
    void onPulled(std::function<void(const std::vector<std::string>& crns)> callback);
    /// Called when a claim is set aside because it cannot be read. The error holds no personal data.
    void onUnreadable(std::function<void(const Error& why)> callback);

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace fieldclaim::tablet
