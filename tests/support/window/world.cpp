#include "tests/support/window/world.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QThread>

namespace fieldclaim::journey {
namespace {

constexpr int kPatience_ms = 60'000;
constexpr int kPoll_ms = 20;
/// Trying the passphrase is no part of what is tested.
constexpr const char* kQuickScrypt = "1024";
/// A day on which a signature on the tablet is lawful for JSA, HB and CTB (SI 2006/2968).
constexpr const char* kMorning = "2007-01-15T09:00";

}  // namespace

World::World(Programs programs, QString folder) : m_programs(std::move(programs)), m_folder(std::move(folder)) {
    QDir().mkpath(at("standin"));
    QDir().mkpath(at("shots"));
    m_standin.setStandardErrorFile(at("standin.log"));
    m_standin.start(m_programs.standin, {"--port", "0", "--folder", at("standin")});
    while (!m_standin.canReadLine() && m_standin.waitForReadyRead(kPatience_ms)) {
    }
    m_target = QString::fromUtf8(m_standin.readLine()).trimmed().section(" at ", 1);
    if (!m_target.startsWith("http")) throw Stuck("the stand-in did not start");

    const auto push = [&](const char* id, const char* system, const QJsonArray& benefits) {
        return QJsonObject{{"id", id},
                           {"adapter", "push"},
                           {"system", system},
                           {"url", m_target + "/push/" + system},
                           {"benefits", benefits},
                           {"pollSeconds", 1}};
    };
    const QJsonArray targets{push("iscs", "ISCS", {"is"}), push("jsaps", "JSAPS", {"jsa_ib", "jsa_cb"}),
                             QJsonObject{{"id", "council:conwy"},
                                         {"adapter", "notice"},
                                         {"url", m_target + "/councils/conwy"},
                                         {"benefits", QJsonArray{"hb", "ctb"}},
                                         {"councils", QJsonArray{"Conwy"}},
                                         {"pollSeconds", 1}}};
    QFile file(at("targets.json"));
    if (!file.open(QIODevice::WriteOnly)) throw Stuck("no file can be made");
    file.write(QJsonDocument(QJsonObject{{"targets", targets}}).toJson());
    file.close();

    admin({"init"});
    admin({"site", "add", "llanrwst", "Llanrwst village hall"});
    m_server.setStandardErrorFile(at("server.log"));
    m_server.start(m_programs.server, {"serve", "--data", at("server"), "--listen", "127.0.0.1:0", "--tls-name",
                                       "127.0.0.1", "--port-file", at("port"), "--pack", m_programs.pack, "--targets",
                                       at("targets.json"), "--clock-at", kMorning});
    awaitFile(at("port"), m_server);
    QFile port(at("port"));
    if (!port.open(QIODevice::ReadOnly)) throw Stuck("the server has no port");
    m_url = "https://127.0.0.1:" + QString::fromUtf8(port.readAll()).trimmed();
}

World::~World() {
    for (auto* process : {&m_server, &m_standin}) {
        process->terminate();
        if (!process->waitForFinished(10'000)) process->kill();
        process->waitForFinished();
    }
}

void World::awaitFile(const QString& path, const QProcess& process) {
    QElapsedTimer timer;
    timer.start();
    while (QFileInfo(path).size() == 0) {
        if (timer.elapsed() > kPatience_ms || process.state() == QProcess::NotRunning)
            throw Stuck((path + " did not come").toStdString());
        QThread::msleep(kPoll_ms);
    }
}

QByteArray World::run(const QString& program, const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FIELDCLAIM_PASSPHRASE", passphrase());
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.waitForFinished(kPatience_ms);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        throw Stuck((program.section('/', -1) + " " + arguments.join(' ')).toStdString() +
                    " failed: " + process.readAllStandardError().toStdString());
    }
    return process.readAllStandardOutput();
}

QByteArray World::admin(const QStringList& arguments) {
    return run(m_programs.server, arguments + QStringList{"--data", at("server")});
}

QString World::addOfficer(const QString& name) {
    return QString::fromUtf8(admin({"officer", "add", name, "--site", "llanrwst", "--role", "assessor"}))
        .simplified()
        .section(' ', 1, 1);
}

QString World::enrolmentCode() { return QString::fromUtf8(admin({"enrolment-code", "--site", "llanrwst"})).trimmed(); }

QString World::makeTablet(const QString& name, const QString& officer) {
    const auto code = addOfficer(officer);
    tablet(name, {"set-up", "--server", m_url, "--code", enrolmentCode(), "--officer", officer, "--officer-code", code,
                  "--device-name", name, "--scrypt", kQuickScrypt});
    return at(name);
}

QJsonDocument World::tablet(const QString& name, const QStringList& arguments) {
    return QJsonDocument::fromJson(run(m_programs.cli, QStringList{"--data", at(name), "--pack", m_programs.pack,
                                                                   "--today", QString(kMorning).section('T', 0, 0)} +
                                                           arguments));
}

AppWindow::Program World::window(const QString& name, const QString& size) {
    AppWindow::Program program;
    program.path = m_programs.tablet;
    program.arguments = {"--data",     at(name), "--pack",         m_programs.pack,
                         "--clock-at", kMorning, "--offline-file", at(name) + ".offline",
                         "--window",   size};
    program.probe = at(name) + ".probe";
    program.shots = at("shots");
    // A home of its own: nothing of who runs the test is seen.
    QDir().mkpath(at(name) + ".home");
    // The software renderer draws all that a journey looks at, in a third of the time of one that draws shaders without
    // a graphics card.
    program.environment.insert("QT_QPA_PLATFORM", "xcb");
    program.environment.insert("HOME", at(name) + ".home");
    program.environment.remove("XDG_CONFIG_HOME");
    program.environment.insert("QT_QUICK_BACKEND", "software");
    program.environment.insert("QT_QUICK_CONTROLS_STYLE", "Basic");
    return program;
}

QString World::pictures(const QString& name) {
    const auto folder = at(name) + ".home/Pictures";
    QDir().mkpath(folder);
    return folder;
}

void World::setOffline(const QString& name, bool offline) {
    QFile file(at(name) + ".offline");
    if (offline) {
        if (!file.open(QIODevice::WriteOnly)) throw Stuck("no file can be made");
    } else {
        file.remove();
    }
}

QList<Transfer> World::transfers(const QString& crn) {
    QList<Transfer> out;
    for (const auto& line : QString::fromUtf8(admin({"transfers"})).split('\n', Qt::SkipEmptyParts)) {
        const auto parts = line.split("  ");
        if (line.startsWith(' ') || parts.size() < 4) continue;
        if (!crn.isEmpty() && QString(parts[1]).remove('-') != QString(crn).remove('-')) continue;
        out.append({parts[1], parts[2], parts[3], parts.value(6)});
    }
    return out;
}

void World::awaitAccepted(const QString& crn, int count) {
    QElapsedTimer timer;
    timer.start();
    QStringList said;
    while (timer.elapsed() < kPatience_ms) {
        int accepted = 0;
        said.clear();
        for (const auto& transfer : transfers(crn)) {
            accepted += transfer.state == "accepted" ? 1 : 0;
            said << transfer.target + " " + transfer.state + " " + transfer.reason;
        }
        if (accepted == count && said.size() == count) return;
        QThread::msleep(10 * kPoll_ms);
    }
    throw Stuck("not accepted: " + said.join("; ").toStdString());
}

int World::checkedBlobs() {
    const auto said = QString::fromUtf8(admin({"check"}));
    const auto found = QRegularExpression("^(\\d+) blobs, 0 wrong$", QRegularExpression::MultilineOption).match(said);
    if (!found.hasMatch()) throw Stuck(said.toStdString());
    return found.captured(1).toInt();
}

QByteArray World::http(const QByteArray& method, const QString& path, const QByteArray& body) {
    const auto where = m_target.section("//", 1);
    QTcpSocket socket;
    socket.connectToHost(where.section(':', 0, 0), where.section(':', 1).toUShort());
    if (!socket.waitForConnected(kPatience_ms)) throw Stuck("the stand-in does not listen");
    socket.write(method + ' ' + path.toUtf8() +
                 " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(kPatience_ms)) {
    }
    const auto answer = socket.readAll();
    if (!answer.startsWith("HTTP/1.1 200")) throw Stuck("the stand-in said " + answer.left(80).toStdString());
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

QJsonArray World::received() { return QJsonDocument::fromJson(http("GET", "/standin/received", {})).array(); }

void World::tellStandIn(const QJsonObject& fault) {
    http("POST", "/standin/faults", QJsonDocument(fault).toJson(QJsonDocument::Compact));
}

}  // namespace fieldclaim::journey
