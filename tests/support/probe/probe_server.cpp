#include "tests/support/probe/probe_server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QQuickItem>
#include <QTimer>
#include <algorithm>
#include <functional>

namespace fieldclaim::testing {
namespace {

constexpr int kIdleLook_ms = 30;
constexpr int kIdleLooks = 4;

}  // namespace

ProbeServer::ProbeServer(QQuickWindow& window, const QString& socket_name, QObject* parent)
    : QObject(parent), m_window(window), m_probe(window) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(socket_name);
    if (!m_server.listen(socket_name)) m_problem = m_server.errorString();
    connect(&m_server, &QLocalServer::newConnection, this, &ProbeServer::accept);
    connect(&m_window, &QQuickWindow::frameSwapped, this, [this] { ++m_frames; });
}

void ProbeServer::accept() {
    auto* socket = m_server.nextPendingConnection();
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        while (socket->canReadLine()) {
            answer(*socket, QJsonDocument::fromJson(socket->readLine()).object());
        }
    });
}

void ProbeServer::answer(QLocalSocket& socket, const QJsonObject& request) {
    const auto reply = [&](const QJsonObject& object) {
        socket.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
        socket.flush();
    };
    if (request.contains(QStringLiteral("find")))
        return reply(m_probe.describe(request[QStringLiteral("find")].toString()));
    if (request.contains(QStringLiteral("list")))
        return reply(m_probe.list(request[QStringLiteral("list")].toString()));
    if (request.contains(QStringLiteral("page"))) return reply(m_probe.page());
    if (request.contains(QStringLiteral("scrollTo"))) {
        auto* item = m_probe.find(request[QStringLiteral("scrollTo")].toString());
        if (item != nullptr) m_probe.scrollTo(*item);
        return reply({{QStringLiteral("found"), item != nullptr}});
    }
    if (request.contains(QStringLiteral("shot"))) {
        return reply(
            {{QStringLiteral("saved"), m_window.grabWindow().save(request[QStringLiteral("shot")].toString())}});
    }
    if (request.contains(QStringLiteral("idle"))) return whenIdle(&socket, 0);
    reply({{QStringLiteral("error"), QStringLiteral("unknown request")}});
}

void ProbeServer::whenIdle(QPointer<QLocalSocket> socket, int quiet_turns) {
    const int before = m_frames;
    QTimer::singleShot(kIdleLook_ms, this, [this, socket, quiet_turns, before] {
        if (socket.isNull()) return;
        // A cursor that blinks draws a frame now and then; an animation draws one every time.
        const int turns = m_frames - before <= 1 ? quiet_turns + 1 : 0;
        if (turns < kIdleLooks) {
            whenIdle(socket, turns);
            return;
        }
        socket->write("{\"idle\":true}\n");
        socket->flush();
    });
}

}  // namespace fieldclaim::testing
