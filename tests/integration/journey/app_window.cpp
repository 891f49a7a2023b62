#include "tests/integration/journey/app_window.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>
#include <QThread>
#include <cstdlib>

namespace fieldclaim::journey {
namespace {

constexpr int kPollMs = 25;

}  // namespace

AppWindow::AppWindow(QString program, QStringList arguments, QString socket, QString shots)
    : m_program(std::move(program)),
      m_arguments(std::move(arguments)),
      m_socket_name(std::move(socket)),
      m_shots(std::move(shots)) {}

AppWindow::~AppWindow() {
    if (m_process) close();
}

void AppWindow::start() {
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("FIELDCLAIM_PROBE", m_socket_name);
    m_process->setProcessEnvironment(environment);
    m_process->start(m_program, m_arguments);
    if (!m_process->waitForStarted() || !connectProbe(60'000)) giveUp("the app did not start");
}

bool AppWindow::connectProbe(int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < timeout_ms) {
        m_socket = std::make_unique<QLocalSocket>();
        m_socket->connectToServer(m_socket_name);
        if (m_socket->waitForConnected(500)) return true;
        if (m_process->state() == QProcess::NotRunning) return false;
        QThread::msleep(kPollMs);
    }
    return false;
}

void AppWindow::kill() {
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
    m_socket.reset();
}

void AppWindow::close() {
    m_process->terminate();
    if (!m_process->waitForFinished(10'000)) m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
    m_socket.reset();
}

QJsonObject AppWindow::ask(const QJsonObject& question) {
    m_socket->write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    QElapsedTimer timer;
    timer.start();
    while (!m_socket->canReadLine()) {
        if (timer.elapsed() > 30'000 || m_socket->state() != QLocalSocket::ConnectedState)
            giveUp("the app does not answer any more");
        m_socket->waitForReadyRead(500);
    }
    return QJsonDocument::fromJson(m_socket->readLine()).object();
}

AppWindow::Item AppWindow::find(const QString& path) {
    const auto answer = ask({{"find", path}});
    Item item;
    item.found = answer["found"].toBool();
    item.visible = answer["visible"].toBool();
    item.enabled = answer["enabled"].toBool();
    item.area =
        QRectF(answer["x"].toDouble(), answer["y"].toDouble(), answer["w"].toDouble(), answer["h"].toDouble()).toRect();
    item.text = answer["text"].toString();
    return item;
}

QStringList AppWindow::list(const QString& prefix) {
    QStringList names;
    for (const auto& item : ask({{"list", prefix}})["items"].toArray()) {
        if (item.toObject()["visible"].toBool()) names << item.toObject()["name"].toString();
    }
    return names;
}

QString AppWindow::page() { return ask({{"page", true}})["page"].toString().mid(QString("page.").size()); }

void AppWindow::settle() { ask({{"idle", true}}); }

AppWindow::Item AppWindow::await(const QString& path, int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    Item item;
    while (timer.elapsed() < timeout_ms) {
        item = find(path);
        if (item.found && item.visible && item.enabled) {
            ask({{"scrollTo", path}});
            settle();
            item = find(path);
            if (item.found && item.visible && item.enabled) return item;
        }
        QThread::msleep(kPollMs);
    }
    giveUp(QString("'%1' %2 on page '%3'")
               .arg(path,
                    !item.found     ? "is not there"
                    : !item.visible ? "is hidden"
                                    : "is disabled",
                    page()));
}

void AppWindow::awaitPage(const QString& name, int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    while (page() != name) {
        if (timer.elapsed() > timeout_ms) giveUp(QString("page '%1' did not come; this is '%2'").arg(name, page()));
        QThread::msleep(kPollMs);
    }
    settle();
}

void AppWindow::shot(const QString& name) {
    settle();
    ask({{"shot", m_shots + "/" + name + ".png"}});
}

void AppWindow::giveUp(const QString& why) {
    QTextStream(stderr) << "journey: " << why << Qt::endl;
    if (m_socket && m_socket->state() == QLocalSocket::ConnectedState && why != "the app does not answer any more") {
        const auto picture = m_shots + "/failed.png";
        m_socket->write(QJsonDocument(QJsonObject{{"shot", picture}}).toJson(QJsonDocument::Compact) + '\n');
        m_socket->waitForReadyRead(5'000);
        QTextStream(stderr) << "journey: see " << picture << Qt::endl;
    }
    if (m_process) m_process->kill();
    if (m_process) m_process->waitForFinished();
    std::exit(1);
}

}  // namespace fieldclaim::journey
