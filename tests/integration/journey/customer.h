#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace fieldclaim::journey {

/// A made-up customer: what they answer, by question; a repeat's question as group/question.
class Customer {
public:
    explicit Customer(QJsonObject answers) : m_answers(std::move(answers)) {}
    /// From a file; Stuck when there is none.
    static Customer read(const QString& path);
    /// The same customer, but for one answer.
    Customer with(const QString& question, const QString& answer) const;

    bool knows(const QString& key) const { return m_answers.contains(known(key)); }
    /// To a key as the page has it: "capital/0190…/cp_type" is answered by "capital/cp_type".
    QString answerTo(const QString& key) const { return m_answers[known(key)].toString(); }
    QStringList benefits() const { return answerTo("benefits_claimed").split(' ', Qt::SkipEmptyParts); }
    QString name() const { return answerTo("first_names") + " " + answerTo("surname"); }
    const QJsonObject& answers() const { return m_answers; }

private:
    static QString known(const QString& key) {
        return key.count('/') == 2 ? key.section('/', 0, 0) + "/" + key.section('/', 2) : key;
    }

    QJsonObject m_answers;
};

}  // namespace fieldclaim::journey
