#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTextStream>

#include "tests/integration/journey/main_journey.h"

using namespace fieldclaim::journey;

// The main journey in a world that a script has made (deploy/demo/play), told on standard output, with pictures.
int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QStringList names{"tablet", "data",   "pack", "clock-at",     "probe",      "shots",     "offline-file",
                            "home",   "server", "code", "officer-code", "passphrase", "transfers", "customer"};
    for (const auto& name : names) parser.addOption({name, name, name});
    parser.process(application);

    try {
        AppWindow::Program program;
        program.path = parser.value("tablet");
        program.arguments = {"--data",         parser.value("data"),
                             "--pack",         parser.value("pack"),
                             "--clock-at",     parser.value("clock-at"),
                             "--offline-file", parser.value("offline-file"),
                             "--window",       "1280x800"};
        program.probe = parser.value("probe");
        program.shots = parser.value("shots");
        program.environment.insert("HOME", parser.value("home"));
        program.environment.remove("XDG_CONFIG_HOME");
        AppWindow window(program);
        PointerHand hand(window);

        MainJourney::Setting setting{parser.value("server"), parser.value("code"), parser.value("officer-code"),
                                     parser.value("passphrase"), Customer::read(parser.value("customer"))};
        setting.killed_on_the_way = true;
        setting.set_offline = [&](bool offline) {
            QFile file(parser.value("offline-file"));
            offline ? static_cast<void>(file.open(QIODevice::WriteOnly)) : static_cast<void>(file.remove());
        };
        setting.transfers = [&] {
            QProcess process;
            process.startCommand(parser.value("transfers"));
            process.waitForFinished(20'000);
            std::pair<int, int> out;
            const auto lines = QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
            for (const auto& line : lines) {
                if (line.startsWith(' ')) continue;
                ++out.first;
                out.second += line.split("  ").value(3) == "accepted" ? 1 : 0;
            }
            return out;
        };
        setting.letter = [&] {
            // Something with words on it: a page of the app.
            const auto folder = parser.value("home") + "/Pictures";
            const auto name = QStringLiteral("letter.png");
            if (!QDir().mkpath(folder) || !QFile::copy(parser.value("shots") + "/08-evidence.png", folder + "/" + name))
                throw Stuck("there is no picture of a letter");
            return name;
        };
        int steps = 0;
        setting.step = [&](const QString& text) {
            QTextStream(stdout) << QString("%1  %2").arg(++steps, 2).arg(text) << Qt::endl;
        };
        setting.picture = [&](const QString& name) { window.shot(name); };

        const auto outcome = MainJourney(hand, setting).run();
        QTextStream(stdout) << QString("accepted: %1 of %2 transfers").arg(outcome.accepted).arg(outcome.begun)
                            << Qt::endl;
        return outcome.begun >= 2 && outcome.accepted == outcome.begun ? 0 : 1;
    } catch (const Stuck& stuck) {
        QTextStream(stderr) << "journey: " << stuck.what() << Qt::endl;
        return 1;
    }
}
