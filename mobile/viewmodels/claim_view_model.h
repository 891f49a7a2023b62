#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// The claim's head, its task list, what is outstanding and what happened: the left pane of every page of a claim and
/// the Claim screen. Borrows the open case. GUI thread.
class ClaimViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString crn READ crn NOTIFY changed FINAL)
    /// As the session wants it, without hyphens.
    Q_PROPERTY(QString plainCrn READ plainCrn CONSTANT FINAL)
    Q_PROPERTY(QString dateOfClaim READ dateOfClaim NOTIFY changed FINAL)
    Q_PROPERTY(QStringList benefits READ benefits NOTIFY changed FINAL)
    Q_PROPERTY(bool urgent READ isUrgent NOTIFY changed FINAL)
    Q_PROPERTY(bool withdrawn READ isWithdrawn NOTIFY changed FINAL)
    Q_PROPERTY(QString loadError READ loadError NOTIFY changed FINAL)
    Q_PROPERTY(QString standing READ standing NOTIFY changed FINAL)
    Q_PROPERTY(QString standingTone READ standingTone NOTIFY changed FINAL)
    Q_PROPERTY(QString nextStep READ nextStep NOTIFY changed FINAL)
    /// What TabletSession::goNext() does, as a button says it.
    Q_PROPERTY(QString nextButton READ nextButton NOTIFY changed FINAL)
    /// section, question, conflict, check, evidence or receipt, a page each; refused is nextRow of this one.
    Q_PROPERTY(QString nextKind READ nextKind NOTIFY changed FINAL)
    /// The row of `actions` that the next step is to look at; -1 when it leads to a page.
    Q_PROPERTY(int nextRow READ nextRow NOTIFY changed FINAL)
    Q_PROPERTY(int questionsToGo READ questionsToGo NOTIFY changed FINAL)
    Q_PROPERTY(int notNeeded READ notNeeded NOTIFY changed FINAL)
    Q_PROPERTY(bool canSign READ canSign NOTIFY changed FINAL)
    /// What stands in the way of signing, in words; empty when nothing does.
    Q_PROPERTY(QString signObstacle READ signObstacle NOTIFY changed FINAL)
    Q_PROPERTY(bool isSigned READ isSigned NOTIFY changed FINAL)
    /// Nothing is declared or signed here: what is asked for has forms of its own.
    Q_PROPERTY(bool formsOnly READ isFormsOnly NOTIFY changed FINAL)
    Q_PROPERTY(QString sendText READ sendText NOTIFY changed FINAL)
    Q_PROPERTY(QString sendTone READ sendTone NOTIFY changed FINAL)
    Q_PROPERTY(QString writers READ writers NOTIFY changed FINAL)
    /// id, title, status (done, inProgress, todo, notNeeded, lookAgain), statusText, progress, kind (section, evidence,
    /// sign).
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* tasks READ tasks CONSTANT FINAL)
    /// key, text, tone, kind, blocking, owner.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* actions READ actions CONSTANT FINAL)
    /// heldKey, tone, title, text: what the server has of it and has not applied.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* held READ held CONSTANT FINAL)
    /// lookKey, title, answer, text, canOpen: what a new form pack asks to be looked at again.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* lookAgain READ lookAgain CONSTANT FINAL)
    /// A newer form pack is here and waits until this claim is left.
    Q_PROPERTY(bool questionsChanged READ questionsChanged NOTIFY changed FINAL)
    /// other, number, detail: claims of this tablet that may be the same person's, and nobody has decided yet.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* duplicates READ duplicates CONSTANT FINAL)
    /// One of them was found by an answer given since the claim was opened: the next pages say so too.
    Q_PROPERTY(bool foundDuplicate READ hasFoundDuplicate NOTIFY changed FINAL)
    /// key, title, when, detail, status.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* timeline READ timeline CONSTANT FINAL)

public:
    ClaimViewModel(OpenCase& open_case, QObject* parent);

    QString name() const { return m_name; }
    QString crn() const;
    QString plainCrn() const { return QString::fromStdString(m_case.crn()); }
    QString dateOfClaim() const { return m_date_of_claim; }
    QStringList benefits() const { return m_benefits; }
    bool isUrgent() const { return m_urgent; }
    bool isWithdrawn() const;
    QString loadError() const { return m_case.loadError(); }
    QString standing() const { return m_standing; }
    QString standingTone() const { return m_standing_tone; }
    QString nextStep() const { return m_next_step; }
    QString nextButton() const { return m_next_button; }
    QString nextKind() const { return m_next_kind; }
    /// The section or the answer's key that nextKind() is about.
    QString nextAbout() const { return m_next_about; }
    int nextRow() const { return m_next_row; }
    int questionsToGo() const { return m_questions_to_go; }
    int notNeeded() const { return m_not_needed; }
    bool canSign() const { return m_sign_obstacle.isEmpty(); }
    QString signObstacle() const { return m_sign_obstacle; }
    bool isSigned() const;
    bool isFormsOnly() const;
    QString sendText() const { return m_send_text; }
    QString sendTone() const { return m_send_tone; }
    QString writers() const { return m_writers; }
    RecordListModel* tasks() { return &m_tasks; }
    RecordListModel* actions() { return &m_actions; }
    RecordListModel* held() { return &m_held; }
    RecordListModel* lookAgain() { return &m_look_again; }
    bool questionsChanged() const { return m_case.isLoaded() && m_case.claim().questions_changed; }
    RecordListModel* duplicates() { return &m_duplicates; }
    bool hasFoundDuplicate() const { return m_found_duplicate; }
    RecordListModel* timeline() { return &m_timeline; }

    /// Reads the claim's history; called when the Claim screen is shown, not at every answer.
    Q_INVOKABLE void readHistory();

signals:
    void changed();

private:
    void refresh();
    void refreshTasks();
    void refreshActions();
    /// From what the others have found.
    void refreshNextStep();
    void refreshHeld();
    void refreshLookAgain();
    /// When what tells whose claim it is has changed since the last time, or `anew`.
    void refreshDuplicates(bool anew);

    OpenCase& m_case;
    QString m_name;
    QString m_date_of_claim;
    QStringList m_benefits;
    bool m_urgent = false;
    QString m_standing;
    QString m_standing_tone;
    QString m_next_step;
    QString m_next_button;
    QString m_next_kind;
    QString m_next_about;
    int m_next_row = -1;
    QString m_next_section;  ///< the first of the task list with something to answer
    QString m_sign_obstacle;
    QString m_send_text;
    QString m_send_tone;
    QString m_writers;
    int m_questions_to_go = 0;
    int m_not_needed = 0;
    int m_proofs_to_see = 0;
    bool m_is_new = true;  ///< nothing was compared yet
    bool m_found_duplicate = false;
    RecordListModel m_tasks;
    RecordListModel m_actions;
    RecordListModel m_held;
    RecordListModel m_look_again;
    RecordListModel m_duplicates;
    std::vector<std::string> m_marks;
    RecordListModel m_timeline;
};

}  // namespace fieldclaim::tablet
