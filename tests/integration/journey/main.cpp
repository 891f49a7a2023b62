#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include "tests/integration/journey/journey.h"

using namespace fieldclaim::journey;

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QStringList names{"tablet", "data", "pack",         "clock-at",   "probe",     "shots",   "offline-file",
                            "server", "code", "officer-code", "passphrase", "transfers", "customer"};
    for (const auto& name : names) parser.addOption({name, name, name});
    parser.process(application);

    QFile customer(parser.value("customer"));
    if (!customer.open(QIODevice::ReadOnly)) {
        QTextStream(stderr) << "journey: no customer in " << parser.value("customer") << Qt::endl;
        return 2;
    }
    Setting setting;
    setting.tablet = parser.value("tablet");
    setting.arguments = {"--data",         parser.value("data"),
                         "--pack",         parser.value("pack"),
                         "--clock-at",     parser.value("clock-at"),
                         "--offline-file", parser.value("offline-file"),
                         "--window",       "1280x800"};
    setting.probe = parser.value("probe");
    setting.shots = parser.value("shots");
    setting.offline_file = parser.value("offline-file");
    setting.server = parser.value("server");
    setting.code = parser.value("code");
    setting.officer_code = parser.value("officer-code");
    setting.passphrase = parser.value("passphrase");
    setting.transfers = parser.value("transfers");
    setting.answers = QJsonDocument::fromJson(customer.readAll()).object();

    const auto outcome = Journey(setting).run();
    QTextStream(stdout) << QString("accepted: %1 of %2 transfers").arg(outcome.accepted).arg(outcome.begun) << Qt::endl;
    return outcome.begun >= 2 && outcome.accepted == outcome.begun ? 0 : 1;
}
