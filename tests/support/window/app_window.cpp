#include "tests/support/window/app_window.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>

namespace fieldclaim::journey {
namespace {

constexpr int kPoll_ms = 10;
constexpr int kAnswered_ms = 120'000;

}  // namespace

AppWindow::AppWindow(Program program) : m_program(std::move(program)) {}

AppWindow::~AppWindow() {
    if (m_process) close();
}

void AppWindow::start() {
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    auto environment = m_program.environment;
    environment.insert("FIELDCLAIM_PROBE", m_program.probe);
    m_process->setProcessEnvironment(environment);
    m_process->start(m_program.path, m_program.arguments);
    input.forget();
    if (!m_process->waitForStarted() || !connectProbe(60'000)) giveUp("the app did not start");
    // Keys that are pressed before it has the keyboard go nowhere.
    awaitThat(
        "the keyboard in the window",
        [&] {
            return ask({{"page", true}})["active"].toBool();
        },
        60'000);
}

bool AppWindow::connectProbe(int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < timeout_ms) {
        m_socket = std::make_unique<QLocalSocket>();
        m_socket->connectToServer(m_program.probe);
        if (m_socket->waitForConnected(500)) return true;
        if (m_process->state() == QProcess::NotRunning) return false;
        QThread::msleep(kPoll_ms);
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
    if (!m_socket) throw Stuck("the app is not running");
    m_socket->write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
    QElapsedTimer timer;
    timer.start();
    while (!m_socket->canReadLine()) {
        if (m_socket->state() != QLocalSocket::ConnectedState) {
            m_socket.reset();
            giveUp("the app is gone");
        }
        if (timer.elapsed() > kAnswered_ms) {
            if (m_given_up) throw Stuck("the app does not answer any more");
            giveUp("the app does not answer to " + QJsonDocument(question).toJson(QJsonDocument::Compact));
        }
        m_socket->waitForReadyRead(500);
    }
    return QJsonDocument::fromJson(m_socket->readLine()).object();
}

AppWindow::Item AppWindow::find(const QString& path) { return itemOf(ask({{"find", path}})); }

AppWindow::Item AppWindow::itemOf(const QJsonObject& answer) {
    Item item;
    item.found = answer["found"].toBool();
    item.visible = answer["visible"].toBool();
    item.enabled = answer["enabled"].toBool();
    item.checked = answer["checked"].toBool();
    item.area =
        QRectF(answer["x"].toDouble(), answer["y"].toDouble(), answer["w"].toDouble(), answer["h"].toDouble()).toRect();
    item.text = answer["text"].toString();
    return item;
}

QString AppWindow::words(const QString& path) { return ask({{"words", path}})["words"].toString(); }

QStringList AppWindow::list(const QString& prefix) {
    QStringList names;
    for (const auto& item : ask({{"list", prefix}})["items"].toArray()) {
        if (item.toObject()["visible"].toBool()) names << item.toObject()["name"].toString();
    }
    return names;
}

QString AppWindow::page() { return ask({{"page", true}})["page"].toString().mid(QString("page.").size()); }

AppWindow::Focus AppWindow::focus(const QString& path) {
    const auto answer = ask({{"focus", path}});
    return {answer["inside"].toBool(), answer["title"].toBool(), answer["ringed"].toBool(), answer["inView"].toBool(),
            answer["name"].toString()};
}

QStringList AppWindow::layoutDefects() {
    QStringList out;
    for (const auto& defect : ask({{"layout", true}})["defects"].toArray()) out << defect.toString();
    return out;
}

AppWindow::Frames AppWindow::frames(double seconds) {
    const auto answer = ask({{"frames", seconds}});
    return {answer["frames"].toInt(), answer["over33"].toInt(), answer["most_ms"].toDouble()};
}

void AppWindow::heard() { ask({{"heard", QJsonObject{{"keys", input.keys()}, {"clicks", input.clicks()}}}}); }

void AppWindow::settle() {
    heard();
    ask({{"idle", true}});
}

AppWindow::Item AppWindow::await(const QString& path, int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    Item item;
    while (timer.elapsed() < timeout_ms) {
        item = find(path);
        if (item.found && item.visible && item.enabled) {
            settle();
            // Pressed is what has come to rest over a drawn frame: what moves is missed.
            item = itemOf(ask({{"rest", path}}));
            if (item.found && item.visible && item.enabled && !item.area.isEmpty()) return item;
        }
        QThread::msleep(kPoll_ms);
    }
    giveUp(QString("'%1' %2").arg(path, !item.found     ? "is not there"
                                        : !item.visible ? "is hidden"
                                        : !item.enabled ? "is disabled"
                                                        : "cannot be seen"));
}

void AppWindow::awaitPage(const QString& name, int timeout_ms) {
    awaitThat(
        "the page '" + name + "'", [&] { return page() == name; }, timeout_ms);
    settle();
}

void AppWindow::awaitThat(const QString& what, const std::function<bool()>& condition, int timeout_ms) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > timeout_ms) giveUp(what + " did not come");
        QThread::msleep(kPoll_ms);
    }
}

void AppWindow::shot(const QString& name) {
    settle();
    ask({{"shot", m_program.shots + "/" + name + ".png"}});
}

void AppWindow::giveUp(const QString& why) {
    auto words = why;
    m_given_up = true;
    if (m_socket && m_socket->state() == QLocalSocket::ConnectedState) {
        // What is still on its way is of no use any more, and the next question may meet its answer: a socket of its
        // own.
        m_socket = std::make_unique<QLocalSocket>();
        m_socket->connectToServer(m_program.probe);
        if (m_socket->waitForConnected(1'000)) {
            words += " (on the page '" + page() + "'";
            const auto picture = QString("%1/stuck-%2.png").arg(m_program.shots).arg(++m_failures);
            if (ask({{"shot", picture}})["saved"].toBool()) words += "; see " + picture;
            words += ")";
        }
    }
    m_given_up = false;
    throw Stuck(words.toStdString());
}

}  // namespace fieldclaim::journey
