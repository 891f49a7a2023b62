#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "mobile/viewmodels/desk.h"
#include "mobile/viewmodels/record_list_model.h"

namespace fieldclaim::tablet {

/// Every value that one answer was ever given: who, when, where, why, and what became of it. Each can be put back.
/// Borrows the open case. GUI thread.
class AnswerHistoryViewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("opened by TabletSession")
    /// The question.
    Q_PROPERTY(QString label READ label NOTIFY changed FINAL)
    Q_PROPERTY(QString sectionId READ sectionId CONSTANT FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    /// What stood before is not on this tablet; empty when all of it is.
    Q_PROPERTY(QString incomplete READ incomplete NOTIFY changed FINAL)
    Q_PROPERTY(bool inConflict READ isInConflict NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    /// The last one first: versionKey, value, fate, fateTone, who, when, place, insteadOf, reason, here, canPutBack.
    Q_PROPERTY(fieldclaim::tablet::RecordListModel* versions READ versions CONSTANT FINAL)

public:
    /// `key`: of an answer that a question of the pack asks for.
    AnswerHistoryViewModel(OpenCase& open_case, const std::string& key, QObject* parent);

    /// The question at an answer's key; nullptr when the pack has none.
    static const Question* questionAt(const FormPack& pack, std::string_view key);

    QString label() const { return m_label; }
    QString sectionId() const;
    QString summary() const;
    QString incomplete() const;
    bool isInConflict() const { return m_in_conflict; }
    QString error() const { return m_error.isEmpty() ? m_case.saveError() : m_error; }
    RecordListModel* versions() { return &m_versions; }

    Q_INVOKABLE void putBack(const QString& version);

signals:
    void changed();

private:
    void refresh();
    QString inWords(const std::optional<Answer>& answer) const;
    QString place(const AnswerVersion& version) const;
    QString who(const AnswerVersion& version) const;

    OpenCase& m_case;
    std::string m_key;
    const Question* m_question;
    QString m_label;
    QString m_error;
    bool m_incomplete = false;
    bool m_in_conflict = false;
    std::vector<EditId> m_ids;  ///< as the rows
    RecordListModel m_versions;
};

}  // namespace fieldclaim::tablet
