#pragma once

#include <QPoint>
#include <QString>
#include <vector>

namespace fieldclaim::journey {

/// A hand at the display: pointer and keys through the X server (xdotool, XTEST), as a person's would come. Positions
/// are in screen pixels.
class Input {
public:
    void click(QPoint at) const;
    void type(const QString& text) const;
    /// X key names: "Tab", "ctrl+a", "Return".
    void key(const QString& name) const;
    void wheel(QPoint at, int clicks) const;  ///< positive: down
    /// Presses at the first point, drags through the others, lets go.
    void stroke(const std::vector<QPoint>& points) const;

private:
    void run(const QStringList& arguments) const;
};

}  // namespace fieldclaim::journey
