#pragma once

#include <QPoint>
#include <QString>
#include <vector>

namespace fieldclaim::journey {

/// A hand at the display: pointer and keys through the X server (xdotool, XTEST), as a person's would come. Positions
/// are in screen pixels. Counts what it sends, so that one can wait until the window has heard it.
class Input {
public:
    void click(QPoint at);
    void doubleClick(QPoint at);
    void type(const QString& text);
    /// X key names: "Tab", "ctrl+a", "Return".
    void key(const QString& name);
    /// Presses at the first point, drags through the others, lets go.
    void stroke(const std::vector<QPoint>& points);

    int keys() const { return m_keys; }
    int clicks() const { return m_clicks; }
    /// The window is another one now.
    void forget() { m_keys = m_clicks = 0; }

private:
    static void run(const QStringList& arguments);

    int m_keys = 0;
    int m_clicks = 0;
};

}  // namespace fieldclaim::journey
