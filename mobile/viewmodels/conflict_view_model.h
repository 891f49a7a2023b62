#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"
#include "mobile/viewmodels/words.h"

namespace fieldclaim::tablet {

/// Not the same: what officers wrote without seeing each other, one question at a time, with who, where, when and with
/// what proof. A person chooses one of the answers or writes another by the question's own rules, and may say why;
/// nothing is dropped before (rule 2). A job that one removed and another changed is one question: keep or remove
/// (hazard H53). Borrows the open case. GUI thread.
class ConflictViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// path, label, statusText.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* conflicts READ conflicts CONSTANT FINAL)
    /// answerKey, value, who, when, place, proof, proofTone.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* answers READ answers CONSTANT FINAL)
    /// What stands beside it: the other answers of the question's page, or all of the instance. contextKey, label,
    /// value.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* context READ context CONSTANT FINAL)
    /// The field for another answer: one record with the roles of QuestionPageViewModel::questions that it needs.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* other READ other CONSTANT FINAL)
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY changed FINAL)
    /// "Not the same · 2 of 3": of those that were there when the page was opened.
    Q_PROPERTY(QString caption READ caption NOTIFY changed FINAL)
    /// How many of them are settled, 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(QString label READ label NOTIFY changed FINAL)
    /// What the choice is about, where that needs a word.
    Q_PROPERTY(QString explanation READ explanation NOTIFY changed FINAL)
    Q_PROPERTY(QString picked READ picked WRITE setPicked NOTIFY changed FINAL)
    Q_PROPERTY(QString useText READ useText NOTIFY changed FINAL)
    Q_PROPERTY(bool canUse READ canUse NOTIFY changed FINAL)
    /// Another answer is being written.
    Q_PROPERTY(bool writing READ isWriting WRITE setWriting NOTIFY changed FINAL)
    Q_PROPERTY(bool canWrite READ canWrite NOTIFY changed FINAL)
    Q_PROPERTY(QString note READ note WRITE setNote NOTIFY changed FINAL)
    /// The protected date is corrected with a reason, which the server decides about.
    Q_PROPERTY(bool noteNeeded READ isNoteNeeded NOTIFY changed FINAL)
    Q_PROPERTY(QString noteError READ noteError NOTIFY changed FINAL)
    /// A correction that the server has not decided about yet, in words.
    Q_PROPERTY(QString waiting READ waiting NOTIFY changed FINAL)
    /// The page in which the question stands, and the instance; empty when there is none.
    Q_PROPERTY(QString contextPage READ contextPage NOTIFY changed FINAL)
    Q_PROPERTY(QString contextInstance READ contextInstance NOTIFY changed FINAL)
    /// Questions that depend on what is not settled, in words.
    Q_PROPERTY(QStringList lookAgain READ lookAgain NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    ConflictViewModel(OpenCase& open_case, QObject* parent);

    RecordListModel* conflicts() { return &m_conflicts; }
    RecordListModel* answers() { return &m_answers; }
    RecordListModel* context() { return &m_context; }
    RecordListModel* other() { return &m_other; }
    QString current() const { return m_current; }
    void setCurrent(const QString& path);
    QString caption() const;
    double progress() const;
    QString label() const { return m_label; }
    QString explanation() const { return m_explanation; }
    QString picked() const { return m_picked; }
    void setPicked(const QString& key);
    QString useText() const;
    bool canUse() const;
    bool isWriting() const { return m_writing; }
    void setWriting(bool writing);
    bool canWrite() const { return m_kind == Kind::Question; }
    QString note() const { return m_note; }
    void setNote(const QString& note);
    bool isNoteNeeded() const;
    QString noteError() const { return m_note_error; }
    QString waiting() const { return m_waiting; }
    QString contextPage() const { return m_context_page; }
    QString contextInstance() const { return m_context_instance; }
    QStringList lookAgain() const { return m_look_again; }
    QString error() const { return m_case.saveError(); }

    /// What is typed or chosen as another answer; checked when it is used.
    Q_INVOKABLE void write(const QString& value);
    /// Keeps the picked or written answer with the note. When it was the last conflict, settled() follows.
    Q_INVOKABLE void use();

signals:
    void changed();
    void settled();

private:
    enum class Kind { Question, Instance, Record };
    /// One of the answers: what choosing it writes.
    struct Choice {
        std::optional<Answer> answer;
        EditId edit;
    };
    struct Where {
        QString who;
        QString place;
    };

    void refresh();
    void readCurrent();
    void readQuestion(const Register& values, const QuestionState& state);
    void readInstance(const std::string& path, const Repeat& repeat);
    void readRecord(const std::string& path, const Register& values);
    void readContext();
    void readLookAgain();
    void readOther();
    void addAnswer(Choice choice, const QString& value, const Sibling& by, const words::Toned& proof);
    Where whereOf(const Sibling& sibling) const;
    words::Toned proofBeside(const QuestionState& state, const Sibling& sibling) const;
    QString labelOf(const std::string& path) const;
    QString statusOf(const std::string& path) const;
    QString recordWords(const std::string& path, const Value& value) const;
    const Repeat* repeatAt(const std::string& path) const;
    /// Empty when the question's rule takes it.
    QString refusal(const QuestionState& state, const std::string& text) const;
    bool save();

    OpenCase& m_case;
    Kind m_kind = Kind::Question;
    std::map<Uuid, Writer> m_writers;
    std::vector<Choice> m_choices;
    QString m_current;
    QString m_label;
    QString m_explanation;
    QString m_picked;
    QString m_written;
    QString m_written_error;
    QString m_note;
    QString m_note_error;
    QString m_waiting;
    QString m_context_page;
    QString m_context_instance;
    QStringList m_look_again;
    bool m_writing = false;
    int m_settled = 0;
    RecordListModel m_conflicts;
    RecordListModel m_answers;
    RecordListModel m_context;
    RecordListModel m_other;
};

}  // namespace fieldclaim::tablet
