#pragma once

#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QStringList>
#include <functional>
#include <memory>

#include "tests/support/probe/window_probe.h"
#include "tests/support/session/session_kit.h"

namespace fieldclaim::testing {

/// The app's window over a session, and a hand in it: real pointer and key events, on items found by name
/// (WindowProbe). Borrows the session, which must outlive it. GUI thread.
class AppHand {
public:
    /// `with_engine` is called before the window is loaded.
    explicit AppHand(tablet::TabletSession& session, QSize size = {1280, 800},
                     const std::function<void(QQmlEngine&)>& with_engine = {});

    /// What is due now, and what that makes due, is done.
    void settle();
    /// nullptr when it is not there or not visible.
    QQuickItem* seen(const QString& name) const;
    bool isThere(const QString& name) const { return seen(name) != nullptr; }
    QString textOf(const QString& name) const;
    /// In the window, scrolled to, once it stays where it is: what has just appeared is laid out when the next frame is
    /// drawn. Empty when it cannot be seen.
    QRectF boxOf(const QString& name);
    /// False, with a word on why, when it cannot be pressed.
    bool click(const QString& name);
    void drag(QPointF from, QPointF to);
    void key(int code, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);
    /// In place of what stands in the field.
    bool fill(const QString& name, const QString& text);
    /// With FIELDCLAIM_SHOTS=DIR the window is saved there under that name.
    void shot(const QString& name);

    QQmlApplicationEngine engine;
    QQuickWindow* window = nullptr;
    std::unique_ptr<WindowProbe> probe;
    QStringList warnings;  ///< of QML
};

}  // namespace fieldclaim::testing
