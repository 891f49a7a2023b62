#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QPointer>

#include "tests/support/probe/window_probe.h"

namespace fieldclaim::testing {

/// Lets a demonstration driver see the tablet's window from outside and find what to click; it presses nothing itself.
/// Never part of the shipped program. A local socket takes one JSON object a line and answers one a line:
///   {"find": "button.continue"}      {"found", "visible", "enabled", "inView", "x", "y", "w", "h", "focus", "text"}:
///   the
///                                    item's box in the window's coordinates, clipped to what can be seen of it
///   {"list": "task."}                {"items": [{"name", "visible", "text"}]}: names that begin so, top to bottom;
///                                    "setup.officer/option_" looks inside an item
///   {"page": true}                   {"page": "page.question", "caption", "focus"}
///   {"shot": "file.png"}             {"saved": true}: what the window shows
///   {"scrollTo": "question.nino"}    {"found": true}: the page scrolls until it can be seen
///   {"idle": true}                   {"idle": true} as soon as nothing moves and nothing is waiting to be drawn
/// Names are as in WindowProbe.
class ProbeServer : public QObject {
    Q_OBJECT

public:
    ProbeServer(QQuickWindow& window, const QString& socket_name, QObject* parent = nullptr);
    /// Empty when it listens; else why not.
    QString problem() const { return m_problem; }

private:
    void accept();
    void answer(QLocalSocket& socket, const QJsonObject& request);
    void whenIdle(QPointer<QLocalSocket> socket, int quiet_turns);

    QQuickWindow& m_window;
    WindowProbe m_probe;
    QLocalServer m_server;
    QString m_problem;
    int m_frames = 0;
};

}  // namespace fieldclaim::testing
