#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <vector>

#include "mobile/casework/casework.h"
#include "mobile/viewmodels/answer_history_view_model.h"
#include "mobile/viewmodels/check_answers_view_model.h"
#include "mobile/viewmodels/claim_view_model.h"
#include "mobile/viewmodels/conflict_view_model.h"
#include "mobile/viewmodels/correct_date_view_model.h"
#include "mobile/viewmodels/declaration_view_model.h"
#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/device_watch_control.h"
#include "mobile/viewmodels/duplicate_view_model.h"
#include "mobile/viewmodels/enrolment_control.h"
#include "mobile/viewmodels/evidence_view_model.h"
#include "mobile/viewmodels/export_view_model.h"
#include "mobile/viewmodels/first_contact_view_model.h"
#include "mobile/viewmodels/lock_times.h"
#include "mobile/viewmodels/officers_view_model.h"
#include "mobile/viewmodels/passphrase_view_model.h"
#include "mobile/viewmodels/picture_parts.h"
#include "mobile/viewmodels/picture_view_model.h"
#include "mobile/viewmodels/place.h"
#include "mobile/viewmodels/practice_view_model.h"
#include "mobile/viewmodels/question_page_view_model.h"
#include "mobile/viewmodels/sending_view_model.h"
#include "mobile/viewmodels/settings_view_model.h"
#include "mobile/viewmodels/setup_view_model.h"
#include "mobile/viewmodels/site_board_view_model.h"
#include "mobile/viewmodels/sync_control.h"
#include "mobile/viewmodels/today_view_model.h"
#include "mobile/viewmodels/unlock_view_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// What the app gives the session at its start. Everything borrowed outlives the session.
struct TabletParts {
    std::string folder;            ///< of the vault
    QString server;                ///< proposed at set-up
    const Clock* clock = nullptr;  ///< borrowed
    Random* random = nullptr;      ///< borrowed
    PackFiles pack;                ///< what the app was built with, until a newer one is pulled
    Vault::Options vault_options;
    Language language = Language::English;  ///< until an officer chooses one
    /// Puts the app's own texts into a language; called before the view-models say anything in it.
    std::function<void(Language)> speak;
    EnrolmentControl* enrolment = nullptr;  ///< borrowed
    /// A session of practice: over this one's vault, unlocked, and with nothing that reaches anybody: no enrolment, no
    /// make_sync, no make_watch. Borrowed.
    Practice* practice = nullptr;
    /// Makes the sync engine's driver over a vault; it is stopped and gone before the vault.
    std::function<std::unique_ptr<SyncControl>(Vault&)> make_sync;
    /// Makes what asks for orders while the tablet is locked, and tells the server that it was wiped.
    std::function<std::unique_ptr<DeviceWatchControl>(const DeviceState&, const DeviceKey&)> make_watch;
    PictureParts pictures;
    /// Where an encrypted copy can be saved.
    DriveLister drives = {};
};

/// The app's root: set-up, locked or unlocked, and where in the app the officer is. Owns the vault, the casework, the
/// sync driver and every view-model; a page's view-models live until the officer is somewhere else. The place is kept
/// in the vault at every step, so that the app reopens there after a kill (H43) or a lock (H44). GUI thread.
class TabletSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the app")
    /// setup, locked, unlocked, failed
    Q_PROPERTY(QString state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString failure READ failure NOTIFY stateChanged FINAL)
    /// today, search, claim, question, history, date, benefits, check, evidence, picture, sign, receipt, conflict,
    /// duplicate, board, practice, sending, settings, officers, passphrase
    Q_PROPERTY(QString page READ page NOTIFY placeChanged FINAL)
    /// The session that is shown instead of this one while the officer practises; null otherwise.
    Q_PROPERTY(fieldclaim::tablet::TabletSession* practice READ practice NOTIFY practiceChanged FINAL)
    /// Of a session of practice, its tasks; null in any other one.
    Q_PROPERTY(fieldclaim::tablet::PracticeViewModel* practiceTasks READ practiceTasks NOTIFY stateChanged FINAL)
    /// The pack has customers to practise with.
    Q_PROPERTY(bool canPractise READ canPractise CONSTANT FINAL)
    /// What of the page is open: a proof's key.
    Q_PROPERTY(QString detail READ detail NOTIFY placeChanged FINAL)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY placeChanged FINAL)
    Q_PROPERTY(QString siteName READ siteName NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString officerName READ officerName NOTIFY stateChanged FINAL)
    /// While the tablet's storage is nearly full: that, and what to do. Told anew with each place.
    Q_PROPERTY(QString roomTitle READ roomTitle NOTIFY placeChanged FINAL)
    Q_PROPERTY(QString roomText READ roomText NOTIFY placeChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)
    /// en or cy: what the app says now. Setting it while unlocked is the officer's choice, and kept.
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::SetupViewModel* setup READ setup NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::UnlockViewModel* unlock READ unlock NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::TodayViewModel* today READ today NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::SendingViewModel* sending READ sending NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::SettingsViewModel* settings READ settings NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::SiteBoardViewModel* board READ board NOTIFY stateChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::ClaimViewModel* claim READ claim NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::QuestionPageViewModel* question READ question NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::FirstContactViewModel* firstContact READ firstContact NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::CheckAnswersViewModel* checkAnswers READ checkAnswers NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::EvidenceViewModel* evidence READ evidence NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::PictureViewModel* picture READ picture NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::DeclarationViewModel* declaration READ declaration NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::ConflictViewModel* conflict READ conflict NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::AnswerHistoryViewModel* answerHistory READ answerHistory NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::CorrectDateViewModel* correctDate READ correctDate NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::OfficersViewModel* officers READ officers NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::PassphraseViewModel* passphrase READ passphrase NOTIFY placeChanged FINAL)
    Q_PROPERTY(fieldclaim::tablet::DuplicateViewModel* duplicate READ duplicate NOTIFY placeChanged FINAL)

public:
    explicit TabletSession(TabletParts parts, QObject* parent = nullptr);
    ~TabletSession() override;

    QString state() const { return m_state; }
    QString failure() const { return m_failure ? words::error(*m_failure, m_language) : QString(); }
    QString page() const;
    QString detail() const;
    bool canGoBack() const { return !m_history.empty(); }
    QString siteName() const;
    QString officerName() const;
    QString roomTitle() const;
    QString roomText() const;
    QString notice() const { return words::now(m_notice); }
    QString language() const { return words::languageName(m_language); }
    void setLanguage(const QString& language);
    SetupViewModel* setup() const { return m_setup.get(); }
    UnlockViewModel* unlock() const { return m_unlock.get(); }
    TodayViewModel* today() const { return m_today.get(); }
    SendingViewModel* sending() const { return m_sending.get(); }
    SettingsViewModel* settings() const { return m_settings.get(); }
    ClaimViewModel* claim() const { return m_open.claim.get(); }
    QuestionPageViewModel* question() const { return m_open.question.get(); }
    FirstContactViewModel* firstContact() const { return m_open.first_contact.get(); }
    CheckAnswersViewModel* checkAnswers() const { return m_open.check.get(); }
    EvidenceViewModel* evidence() const { return m_open.evidence.get(); }
    PictureViewModel* picture() const { return m_open.picture.get(); }
    DeclarationViewModel* declaration() const { return m_open.declaration.get(); }
    ConflictViewModel* conflict() const { return m_open.conflict.get(); }
    AnswerHistoryViewModel* answerHistory() const { return m_open.answer_history.get(); }
    CorrectDateViewModel* correctDate() const { return m_open.correct_date.get(); }
    OfficersViewModel* officers() const { return m_open.officers.get(); }
    PassphraseViewModel* passphrase() const { return m_open.passphrase.get(); }
    DuplicateViewModel* duplicate() const { return m_open.duplicate.get(); }
    SiteBoardViewModel* board() const { return m_board.get(); }
    TabletSession* practice() const { return m_practice_session.get(); }
    PracticeViewModel* practiceTasks() const { return m_practice_tasks.get(); }
    bool canPractise() const;

    Q_INVOKABLE void goToday();
    Q_INVOKABLE void goSearch();
    Q_INVOKABLE void goSending();
    Q_INVOKABLE void goSettings();
    Q_INVOKABLE void goOfficers();
    Q_INVOKABLE void goPassphrase();
    /// The site board, or the list behind one of its figures.
    Q_INVOKABLE void goBoard(const QString& figure = {});
    /// Practice begins, locked or not: a session of its own, thrown away when it is left.
    Q_INVOKABLE void startPractice();
    /// Of either session; what was done in practice is gone.
    Q_INVOKABLE void leavePractice();
    Q_INVOKABLE void goPractice();
    Q_INVOKABLE void newClaim();
    Q_INVOKABLE void openClaim(const QString& crn);
    /// What waits for the officer on Today: "conflict" opens that page, anything else the claim.
    Q_INVOKABLE void openWaiting(const QString& crn, const QString& kind);
    /// Two claims that may be one person's, side by side.
    Q_INVOKABLE void openDuplicate(const QString& crn, const QString& other);
    /// The next step of the claim that is open, where it leads to another page.
    Q_INVOKABLE void goNext();
    /// A line of the task list: its kind and id.
    Q_INVOKABLE void openTask(const QString& kind, const QString& id);
    /// A form page; from check answers it comes back there.
    Q_INVOKABLE void openPage(const QString& page, const QString& instance = {});
    /// An outstanding action: its kind and what it is about.
    Q_INVOKABLE void openAction(const QString& kind, const QString& about);
    Q_INVOKABLE void openProof(const QString& key);
    /// A new picture for the proof.
    Q_INVOKABLE void openPicture(const QString& key);
    /// A picture that answers this question, or the code in what the camera sees; leavePicture() goes back to it.
    Q_INVOKABLE void openAnswerPicture(const QString& key);
    Q_INVOKABLE void openCode(const QString& key);
    /// A page of the statement that was signed in ink.
    Q_INVOKABLE void openScan();
    /// To where the picture was wanted, with it or without.
    Q_INVOKABLE void leavePicture();
    /// The history of the answer at a key, of the claim that is open.
    Q_INVOKABLE void openHistory(const QString& key);
    Q_INVOKABLE void goCorrectDate();
    Q_INVOKABLE void goEvidence();
    Q_INVOKABLE void goCheck();
    Q_INVOKABLE void goSign();
    Q_INVOKABLE void goReceipt();
    Q_INVOKABLE void goClaim();
    Q_INVOKABLE void goBack();
    /// The open claim is asked the questions that have arrived, at once; what is typed is handed over first.
    Q_INVOKABLE void useNewQuestions();
    Q_INVOKABLE void lockNow();
    Q_INVOKABLE void clearNotice();
    /// Somebody touched the tablet: the idle lock begins anew.
    void noteActivity();

    // -- for the app and tests; null while locked
    Vault* vault() const { return m_vault.get(); }
    Casework* casework() const { return m_casework.get(); }
    OpenCase* openCase() const { return m_open.open_case.get(); }
    /// What is due by the clock, now: the idle lock, the end of the half hour after a lock.
    void lookAtClock() { m_times->look(); }

signals:
    void stateChanged();
    void placeChanged();
    void noticeChanged();
    void languageChanged();
    void practiceChanged();
    /// Of a session of practice: it is to be thrown away.
    void practiceLeft();
    /// Before the page is left, for any reason: what is typed but not yet saved has to be handed over now.
    void leaving();

private:
    /// The view-models of the place, in the order in which they depend on each other.
    struct Open {
        std::unique_ptr<OpenCase> open_case;
        std::unique_ptr<ClaimViewModel> claim;
        std::unique_ptr<QuestionPageViewModel> question;
        std::unique_ptr<FirstContactViewModel> first_contact;
        std::unique_ptr<CheckAnswersViewModel> check;
        std::unique_ptr<EvidenceViewModel> evidence;
        std::unique_ptr<PictureViewModel> picture;
        std::unique_ptr<DeclarationViewModel> declaration;
        std::unique_ptr<ConflictViewModel> conflict;
        std::unique_ptr<AnswerHistoryViewModel> answer_history;
        std::unique_ptr<CorrectDateViewModel> correct_date;
        std::unique_ptr<OfficersViewModel> officers;
        std::unique_ptr<PassphraseViewModel> passphrase;
        std::unique_ptr<DuplicateViewModel> duplicate;
    };

    /// What an unlocked tablet has besides, in the order in which it depends on each other.
    struct Rest {
        std::unique_ptr<Casework> casework;
        std::unique_ptr<Desk> desk;
        std::unique_ptr<SettingsViewModel> settings;
        std::unique_ptr<TodayViewModel> today;
        std::unique_ptr<SendingViewModel> sending;
        std::unique_ptr<SiteBoardViewModel> board;
    };

    void start();
    void beginAsPractice();
    void endPractice();
    static QString wipedWords();
    Status createVault(const DeviceSetup& setup, const NewOfficer& officer);
    void startSync();
    void enter();
    void lock(words::Said reason);
    void closeStore();
    /// Locked, and the server has everything now: the vault's key is not kept any longer.
    void closeWhenSent();
    void lockIdle();
    void showSetup(words::Said reason);
    void showUnlock(words::Said reason);
    void startWatch();
    void tellWiped();
    void ordered(bool lock_order, bool wipe_order);
    /// What can be sent goes first, for ten minutes at most.
    void beginWipe();
    void wipe();
    bool hasToSend() const;
    /// The pages are still going: what they show goes after them, and the casework last of all.
    void retireAll();
    void failWith(const Error& error);
    Result<std::shared_ptr<const FormPack>> loadPack();
    /// A pack lies in the vault: it is used from now on, but for the claim that is open.
    void takePack();
    /// Rows that were made with another pack are made anew between other things, a few at a time.
    void refreshRows();

    void go(Place place, bool remember = true);
    /// False when there is no such claim or page: the officer is then somewhere that exists.
    bool build(Place& place);
    /// A page's view-models go when no signal of theirs is on the stack any more, and after the page itself.
    void retire(Open open);
    void letGo();
    void afterPage(const QString& page, const QString& instance);
    void say(words::Said notice);
    void speak(Language language);
    /// As set by the officer who is signed in.
    Language officerLanguage() const;
    std::string placeKey() const;
    /// Where the officer was, if nobody else was here since.
    Place placeKept();

    TabletParts m_parts;
    QString m_state;
    Language m_language;
    std::optional<Error> m_failure;
    words::Said m_notice;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<SyncControl> m_sync;
    std::unique_ptr<DeviceWatchControl> m_watch;
    std::unique_ptr<DeviceWatchControl> m_wiped_watch;  ///< of the tablet that this was before it was wiped
    std::shared_ptr<const FormPack> m_pack;
    std::unique_ptr<Casework> m_casework;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<SetupViewModel> m_setup;
    std::unique_ptr<UnlockViewModel> m_unlock;
    std::unique_ptr<SettingsViewModel> m_settings;
    std::unique_ptr<TodayViewModel> m_today;
    std::unique_ptr<SendingViewModel> m_sending;
    std::unique_ptr<SiteBoardViewModel> m_board;
    std::unique_ptr<PracticeViewModel> m_practice_tasks;  ///< of a session of practice
    std::unique_ptr<Practice> m_practice;                 ///< of the session that shows one
    std::unique_ptr<TabletSession> m_practice_session;
    Open m_open;
    std::vector<Open> m_retired;
    std::vector<Rest> m_retired_rest;
    Place m_place;
    std::vector<Place> m_history;
    bool m_rows_made = false;
    bool m_reopen = false;    ///< the open claim is opened anew with the newest pack
    bool m_changing = false;  ///< a page was opened by Change on check answers: Continue goes back there
    std::unique_ptr<LockTimes> m_times;
    Uuid m_last_officer;  ///< who locked it: named first on the locked page
    QTimer m_rows;        ///< the next few rows
    QTimer m_minute;      ///< "2 minutes ago" grows old
    QTimer m_wipe_late;   ///< a wipe waits so long for what can still be sent
};

}  // namespace fieldclaim::tablet
