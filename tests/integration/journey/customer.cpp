#include "tests/integration/journey/customer.h"

#include <QFile>
#include <QJsonDocument>

#include "tests/support/window/app_window.h"

namespace fieldclaim::journey {

Customer Customer::read(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) throw Stuck("no customer in " + path.toStdString());
    return Customer(QJsonDocument::fromJson(file.readAll()).object());
}

Customer Customer::with(const QString& question, const QString& answer) const {
    auto answers = m_answers;
    answers[question] = answer;
    return Customer(answers);
}

}  // namespace fieldclaim::journey
