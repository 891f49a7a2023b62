#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QSet>
#include <QVariantList>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/thumbnails.h"

namespace fieldclaim::tablet {

/// One page of the pack for one claim: its questions, or the cards of a repeat. Answers are saved as they are given or
/// left; nothing that was typed is ever thrown away, and nothing stops the officer from leaving. Borrows the open case.
/// GUI thread.
class QuestionPageViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    Q_PROPERTY(QString pageId READ pageId CONSTANT FINAL)
    /// "Money coming in · 4 of 7".
    Q_PROPERTY(QString caption READ caption NOTIFY changed FINAL)
    /// The page's own heading; empty where its one question is the heading.
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString hint READ hint NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionId READ sectionId CONSTANT FINAL)
    /// True while the page shows the cards of a repeat, false while it shows questions.
    Q_PROPERTY(bool isCards READ isCards CONSTANT FINAL)
    Q_PROPERTY(bool isInstance READ isInstance CONSTANT FINAL)
    Q_PROPERTY(QString addText READ addText NOTIFY changed FINAL)
    /// key, questionId, type, label, hint, choices, value, error, required, absence, absenceNote, badge, badgeTone,
    /// money, multiline, labelVariant, warnings, readOnly, search, range, help, undoText, hasHistory, told,
    /// dateIsCorrected (the last five: see AnswerOffers), picture (of an image's answer: { image, name, detail, here
    /// }).
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* questions READ questions CONSTANT FINAL)
    /// instanceId, cardTitle, detail, toGo.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* cards READ cards CONSTANT FINAL)
    /// List of { key, text }, as ErrorSummary takes them.
    Q_PROPERTY(QVariantList errors READ errors NOTIFY changed FINAL)
    /// What does not fit together here and belongs to no one question, in words: said, and holding nothing back.
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY changed FINAL)
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString noteTone READ noteTone NOTIFY changed FINAL)
    Q_PROPERTY(bool canSkip READ canSkip NOTIFY changed FINAL)
    Q_PROPERTY(bool canBeAbsent READ canBeAbsent NOTIFY changed FINAL)
    Q_PROPERTY(bool hasPrevious READ hasPrevious NOTIFY changed FINAL)
    /// It asks what tells whose claim it is: a name, a number, a date of birth.
    Q_PROPERTY(bool asksWho READ asksWho CONSTANT FINAL)
    /// "", notKnown or refused: the note that is being asked for.
    Q_PROPERTY(QString askingNote READ askingNote NOTIFY changed FINAL)
    /// What was just removed and can be brought back; empty when there is nothing.
    Q_PROPERTY(QString removed READ removed NOTIFY changed FINAL)

public:
    /// `page` must be one of the pack's; `instance` is empty, or one of its repeat (which may not have an answer yet).
    QuestionPageViewModel(OpenCase& open_case, const std::string& page, const std::string& instance, QObject* parent);

    QString pageId() const;
    QString caption() const { return m_caption; }
    QString title() const { return m_title; }
    QString hint() const { return m_hint; }
    QString sectionId() const;
    bool isCards() const { return m_repeat != nullptr && m_instance.empty(); }
    bool isInstance() const { return !m_instance.empty(); }
    QString addText() const;
    RecordListModel* questions() { return &m_questions; }
    RecordListModel* cards() { return &m_cards; }
    QVariantList errors() const { return m_errors; }
    QStringList warnings() const { return m_warnings; }
    QString note() const;
    QString noteTone() const;
    bool canSkip() const { return m_can_skip; }
    bool canBeAbsent() const { return !isCards(); }
    bool hasPrevious() const { return m_has_previous; }
    bool asksWho() const;
    QString askingNote() const { return m_asking_note; }
    QString removed() const { return m_removed_text; }

    /// A choice was made, or a field was left: saved at once. What is the same as before writes nothing.
    Q_INVOKABLE void answer(const QString& key, const QString& value);
    /// Puts back what stood before the last change of the answer, whoever made it.
    Q_INVOKABLE void undo(const QString& key);
    /// A picture that another tablet took: asked for with the next contact.
    Q_INVOKABLE void fetchPicture(const QString& key);
    /// What was told on the telephone is so.
    Q_INVOKABLE void confirm(const QString& key);
    /// While a field is being typed in, what comes from elsewhere does not touch it (hazard H20).
    Q_INVOKABLE void editing(const QString& key);
    /// Checks the page. Goes on when it is complete; else shows what is missing, and keeps everything.
    Q_INVOKABLE void goOn();
    /// Leaves without checking; everything is saved as it stands.
    Q_INVOKABLE void skip();
    Q_INVOKABLE void goBack();
    /// "notKnown" or "refused": asks for the note; giveNote() then saves it for the questions that have no answer (a
    /// page of one question: for that one).
    Q_INVOKABLE void askNote(const QString& kind);
    Q_INVOKABLE void giveNote(const QString& note);
    Q_INVOKABLE void cancelNote();

    Q_INVOKABLE void addInstance();
    Q_INVOKABLE void changeInstance(const QString& instance);
    Q_INVOKABLE void removeInstance(const QString& instance);
    Q_INVOKABLE void undoRemove();

signals:
    void changed();
    /// Continue found something missing: the page brings the error summary into view.
    void refused();
    /// Where to go. An empty page means that nothing is left to ask.
    void goTo(const QString& page, const QString& instance);

private:
    struct Removed {
        std::string title;
        std::vector<std::pair<std::string, Answer>> answers;  ///< question id, answer
    };

    void refresh();
    void refreshQuestions(const Evaluation& evaluation);
    void refreshCards();
    /// The evaluation with this instance in it, even while it has no answer.
    Evaluation evaluationHere() const;
    std::vector<QuestionState> statesHere(const Evaluation& evaluation) const;
    QVariantMap pictureOf(const QuestionState& state);
    QString errorText(const QuestionState& state) const;
    /// Beside one question: what of it does not fit, and an earlier answer that is kept aside.
    QStringList remarks(const Evaluation& evaluation, const QuestionState& state) const;
    /// Where nothing is answered, what the pack proposes is answered by going on.
    void takeProposals();
    void leave(const std::optional<std::string>& page);

    OpenCase& m_case;
    const Page* m_page = nullptr;
    const Repeat* m_repeat = nullptr;
    std::string m_instance;
    QString m_caption;
    QString m_title;
    QString m_hint;
    QVariantList m_errors;
    QStringList m_warnings;
    QSet<QString> m_editing;
    QSet<QString> m_fetched;         ///< pictures that were asked for
    QSet<QString> m_wrong_at_start;  ///< refused by their rule when the page was opened: said at once
    bool m_checked = false;          ///< Continue was pressed: errors are shown
    bool m_can_skip = false;
    bool m_has_previous = false;
    QString m_asking_note;
    QString m_removed_text;
    std::optional<Removed> m_removed;
    RecordListModel m_questions;
    RecordListModel m_cards;
    Thumbnails m_thumbnails;
};

}  // namespace fieldclaim::tablet
