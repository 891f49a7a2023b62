#pragma once

#include <QString>
#include <QStringList>

#include "tests/support/window/app_window.h"

namespace fieldclaim::journey {

/// How a person reaches what a page shows. The same story is told with a pointer and with a keyboard.
class Hand {
public:
    explicit Hand(AppWindow& window) : m_window(window) {}
    virtual ~Hand() = default;

    /// A button, a link, a row of a list.
    virtual void press(const QString& path) = 0;
    /// Something that is so or not: a check card, a line of the declaration.
    virtual void tick(const QString& path) = 0;
    /// One of several: the option of this name in the group.
    virtual void choose(const QString& group, const QString& name) = 0;
    /// Puts this text in the place of what the field has.
    virtual void write(const QString& path, const QString& text) = 0;
    /// Goes to the next field: what was typed is saved.
    void leaveField();

    AppWindow& window() { return m_window; }

protected:
    AppWindow& m_window;
};

/// With a finger: a click in the middle of what is to be pressed, brought into view as by dragging the page.
class PointerHand : public Hand {
public:
    using Hand::Hand;
    void press(const QString& path) override;
    void tick(const QString& path) override { press(path); }
    void choose(const QString& group, const QString& name) override;
    void write(const QString& path, const QString& text) override;
};

/// With the keyboard alone, in the ways that the controls promise: Tab to what is wanted, Return for what is pressed,
/// Space for what is ticked, arrows within a group. Demands that it can always be seen where the keyboard is. No
/// pointer event is ever sent.
class KeyboardHand : public Hand {
public:
    using Hand::Hand;
    void press(const QString& path) override;
    void tick(const QString& path) override;
    void choose(const QString& group, const QString& name) override;
    void write(const QString& path, const QString& text) override;
    int keys() const { return m_keys; }

private:
    void reach(const QString& path);
    AppWindow::Focus tap(const QString& key, const QString& towards);

    int m_keys = 0;
};

}  // namespace fieldclaim::journey
