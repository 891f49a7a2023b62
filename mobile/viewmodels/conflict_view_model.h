#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// Not the same: the answers that officers gave without seeing each other's, one question at a time. A person chooses
/// one of them, or another one; nothing is dropped before (rule 2). Borrows the open case. GUI thread.
class ConflictViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// path, label.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* conflicts READ conflicts CONSTANT FINAL)
    /// answerKey, value, who, when, place, proof, proofTone.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* answers READ answers CONSTANT FINAL)
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY changed FINAL)
    Q_PROPERTY(QString caption READ caption NOTIFY changed FINAL)
    Q_PROPERTY(QString label READ label NOTIFY changed FINAL)
    Q_PROPERTY(QString picked READ picked WRITE setPicked NOTIFY changed FINAL)
    Q_PROPERTY(QString pickedText READ pickedText NOTIFY changed FINAL)
    /// The form page on which another answer can be given; empty when the conflict is not about one question.
    Q_PROPERTY(QString questionPage READ questionPage NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)

public:
    ConflictViewModel(OpenCase& open_case, QObject* parent);

    RecordListModel* conflicts() { return &m_conflicts; }
    RecordListModel* answers() { return &m_answers; }
    QString current() const { return m_current; }
    void setCurrent(const QString& path);
    QString caption() const;
    QString label() const { return m_label; }
    QString picked() const { return m_picked; }
    void setPicked(const QString& key);
    QString pickedText() const;
    QString questionPage() const { return m_question_page; }
    QString error() const { return m_case.saveError(); }

    /// Keeps the picked answer. When it was the last conflict, settled() follows.
    Q_INVOKABLE void usePicked();

signals:
    void changed();
    void settled();

private:
    void refresh();
    QString labelOf(const std::string& path) const;

    OpenCase& m_case;
    QString m_current;
    QString m_label;
    QString m_picked;
    QString m_question_page;
    RecordListModel m_conflicts;
    RecordListModel m_answers;
};

}  // namespace fieldclaim::tablet
