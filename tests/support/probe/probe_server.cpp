#include "tests/support/probe/probe_server.h"

#include <unistd.h>

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLocalSocket>
#include <QQuickItem>
#include <QTimer>
#include <algorithm>
#include <functional>

namespace fieldclaim::testing {
namespace {

// What a press brings about is drawn with the first frame after it; two looks a frame or more apart, in which nothing
// else is drawn, say that nothing moves.
constexpr int kIdleLook_ms = 20;
constexpr int kIdleLooks = 2;
/// What still moves after so many frames never rests.
constexpr int kMostFrames = 60;

/// By the kernel's count, in its ticks of 10 ms: what is loaded before main() is in it.
std::int64_t sinceProcessStart_ms() {
    QFile stat(QStringLiteral("/proc/self/stat"));
    QFile uptime(QStringLiteral("/proc/uptime"));
    if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly)) return -1;
    const auto line = stat.readAll();
    constexpr int kStartTime = 19;  // of the fields after the name
    constexpr double kMsASecond = 1'000;
    const auto ticks = line.mid(line.lastIndexOf(')') + 2).split(' ').value(kStartTime).toDouble();
    const auto now_s = uptime.readAll().split(' ').value(0).toDouble();
    return static_cast<std::int64_t>(now_s * kMsASecond -
                                     ticks * kMsASecond / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

bool isModifier(int key) {
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_AltGr ||
           key == Qt::Key_Meta;
}

}  // namespace

ProbeServer::ProbeServer(QQuickWindow& window, const QString& socket_name, QObject* parent)
    : QObject(parent), m_window(window), m_probe(window) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(socket_name);
    if (!m_server.listen(socket_name)) m_problem = m_server.errorString();
    connect(&m_server, &QLocalServer::newConnection, this, &ProbeServer::accept);
    connect(&m_window, &QQuickWindow::frameSwapped, this, [this] {
        if (m_frames++ == 0) m_first_frame_ms = sinceProcessStart_ms();
    });
    m_window.installEventFilter(this);
}

bool ProbeServer::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyRelease) {
        // One that Qt takes for a repeat is one too: it takes two presses of a key in one millisecond for that.
        if (!isModifier(static_cast<QKeyEvent*>(event)->key())) ++m_keys;
        QTimer::singleShot(0, this, &ProbeServer::tellHeard);
    } else if (event->type() == QEvent::MouseButtonRelease) {
        ++m_clicks;
        QTimer::singleShot(0, this, &ProbeServer::tellHeard);
    }
    return QObject::eventFilter(watched, event);
}

void ProbeServer::tellHeard() {
    for (qsizetype at = m_waiting.size() - 1; at >= 0; --at) {
        const auto& one = m_waiting[at];
        if (m_keys < one.keys || m_clicks < one.clicks) continue;
        if (!one.socket.isNull()) {
            one.socket->write("{\"heard\":true}\n");
            one.socket->flush();
        }
        m_waiting.removeAt(at);
    }
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
    if (request.contains(QStringLiteral("words"))) {
        return reply({{QStringLiteral("words"), m_probe.words(request[QStringLiteral("words")].toString())}});
    }
    if (request.contains(QStringLiteral("focus")))
        return reply(m_probe.focus(request[QStringLiteral("focus")].toString()));
    if (request.contains(QStringLiteral("layout"))) {
        return reply({{QStringLiteral("defects"), QJsonArray::fromStringList(m_probe.layoutDefects())}});
    }
    if (request.contains(QStringLiteral("heard"))) {
        const auto wanted = request[QStringLiteral("heard")].toObject();
        m_waiting.append({&socket, wanted[QStringLiteral("keys")].toInt(), wanted[QStringLiteral("clicks")].toInt()});
        return tellHeard();
    }
    if (request.contains(QStringLiteral("startup")))
        return reply({{QStringLiteral("first_frame_ms"), static_cast<double>(m_first_frame_ms)}});
    if (request.contains(QStringLiteral("frames")))
        return measureFrames(&socket, request[QStringLiteral("frames")].toDouble());
    if (request.contains(QStringLiteral("rest")))
        return whenAtRest(&socket, request[QStringLiteral("rest")].toString(), {}, 0);
    if (request.contains(QStringLiteral("shot"))) {
        return reply(
            {{QStringLiteral("saved"), m_window.grabWindow().save(request[QStringLiteral("shot")].toString())}});
    }
    if (request.contains(QStringLiteral("idle"))) {
        return whenDrawn([this, to = QPointer<QLocalSocket>(&socket)] { whenIdle(to, 0); });
    }
    reply({{QStringLiteral("error"), QStringLiteral("unknown request")}});
}

void ProbeServer::whenDrawn(const std::function<void()>& then) {
    connect(&m_window, &QQuickWindow::frameSwapped, this, then,
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    m_window.update();
}

void ProbeServer::whenAtRest(const QPointer<QLocalSocket>& socket, const QString& name, QRectF before, int frames) {
    // It may be made anew at any time: looked for each time.
    if (auto* item = m_probe.find(name)) m_probe.scrollTo(*item);
    whenDrawn([this, socket, name, before, frames] {
        if (socket.isNull()) return;
        auto* item = m_probe.find(name);
        const auto now = item != nullptr ? m_probe.seen(*item) : QRectF();
        const bool rests = !now.isEmpty() && now == before;
        if (item != nullptr && !rests && frames < kMostFrames) return whenAtRest(socket, name, now, frames + 1);
        socket->write(QJsonDocument(m_probe.describe(name)).toJson(QJsonDocument::Compact) + '\n');
        socket->flush();
    });
}

void ProbeServer::whenIdle(QPointer<QLocalSocket> socket, int quiet_turns) {
    const int before = m_frames;
    QTimer::singleShot(kIdleLook_ms, this, [this, socket, quiet_turns, before] {
        if (socket.isNull()) return;
        // A cursor that blinks draws a frame now and then; what moves draws one every time.
        const int turns = m_frames == before ? quiet_turns + 1 : 0;
        if (turns < kIdleLooks) {
            whenIdle(socket, turns);
            return;
        }
        socket->write("{\"idle\":true}\n");
        socket->flush();
    });
}

void ProbeServer::measureFrames(QPointer<QLocalSocket> socket, double seconds) {
    struct Run {
        QElapsedTimer whole;
        QElapsedTimer frame;
        QMetaObject::Connection swapped;
        int frames = 0;
        int over = 0;
        double most_ms = 0;
    };
    auto run = std::make_shared<Run>();
    run->whole.start();
    run->frame.start();
    // On the GUI thread: a frame counts from being asked for until the thread that answers people knows that it is
    // shown.
    run->swapped = connect(
        &m_window, &QQuickWindow::frameSwapped, this,
        [this, run, socket, seconds] {
            constexpr double kLongest_ms = 33;
            constexpr double kNsAMs = 1e6;
            const auto took = static_cast<double>(run->frame.nsecsElapsed()) / kNsAMs;
            ++run->frames;
            if (took > kLongest_ms) ++run->over;
            run->most_ms = std::max(run->most_ms, took);
            if (static_cast<double>(run->whole.elapsed()) < seconds * 1'000) {
                run->frame.restart();
                m_window.update();
                return;
            }
            disconnect(run->swapped);
            if (socket.isNull()) return;
            socket->write(QJsonDocument(QJsonObject{{QStringLiteral("frames"), run->frames},
                                                    {QStringLiteral("over33"), run->over},
                                                    {QStringLiteral("most_ms"), run->most_ms}})
                              .toJson(QJsonDocument::Compact) +
                          '\n');
            socket->flush();
        },
        Qt::QueuedConnection);
    m_window.update();
}

}  // namespace fieldclaim::testing
