#pragma once

#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QPointer>
#include <QRectF>
#include <functional>

#include "tests/support/probe/window_probe.h"

namespace fieldclaim::testing {

/// Lets a demonstration driver see the tablet's window from outside and find what to click; it presses nothing itself.
/// Never part of the shipped program. A local socket takes one JSON object a line and answers one a line:
///   {"find": "button.continue"}      {"found", "visible", "enabled", "inView", "x", "y", "w", "h", "focus", "text"}:
///   the
///                                    item's box in the window's coordinates, clipped to what can be seen of it
///   {"list": "task."}                {"items": [{"name", "visible", "text"}]}: names that begin so, top to bottom;
///                                    "setup.officer/option_" looks inside an item
///   {"page": true}                   {"page": "page.question", "active", "caption", "focus"}; active: keys come here
///   {"words": "action.sign"}         {"words"}: all words that can be seen of it, one text a line; "" is the window
///   {"focus": "question.nino"}       {"inside", "title", "ringed", "inView", "name"}: where the keyboard is
///   {"layout": true}                 {"defects": [...]}: as WindowProbe::layoutDefects
///   {"shot": "file.png"}             {"saved": true}: what the window shows
///   {"rest": "question.nino"}        as find, as soon as it can be seen, scrolled to, and a drawn frame left it where
///   it
///                                    was
///   {"heard": {"keys", "clicks"}}    {"heard": true} as soon as the window got so many key and button releases
///   {"idle": true}                   {"idle": true} as soon as nothing moves and nothing is waiting to be drawn
///   {"frames": seconds}              {"frames", "over33", "most_ms"}: how long each frame took that was asked for, one
///                                    after the other, for so long
///   {"startup": true}                {"first_frame_ms"}: from the start of the process to its first frame
/// Names are as in WindowProbe.
class ProbeServer : public QObject {
    Q_OBJECT

public:
    ProbeServer(QQuickWindow& window, const QString& socket_name, QObject* parent = nullptr);
    /// Empty when it listens; else why not.
    QString problem() const { return m_problem; }

private:
    /// A person's input that is on its way to the window.
    struct Waiting {
        QPointer<QLocalSocket> socket;
        int keys = 0;
        int clicks = 0;
    };

    bool eventFilter(QObject* watched, QEvent* event) override;
    void accept();
    void answer(QLocalSocket& socket, const QJsonObject& request);
    void tellHeard();
    /// With the next frame that is on the screen.
    void whenDrawn(const std::function<void()>& then);
    void whenAtRest(const QPointer<QLocalSocket>& socket, const QString& name, QRectF before, int frames);
    void whenIdle(QPointer<QLocalSocket> socket, int quiet_turns);
    void measureFrames(QPointer<QLocalSocket> socket, double seconds);

    QQuickWindow& m_window;
    WindowProbe m_probe;
    QLocalServer m_server;
    QString m_problem;
    int m_frames = 0;
    std::int64_t m_first_frame_ms = -1;
    int m_keys = 0;
    int m_clicks = 0;
    QList<Waiting> m_waiting;
};

}  // namespace fieldclaim::testing
