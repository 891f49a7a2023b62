#include "tests/support/window/input.h"

#include <QProcess>
#include <QStringList>

namespace fieldclaim::journey {
namespace {

QString number(int value) { return QString::number(value); }

}  // namespace

void Input::run(const QStringList& arguments) {
    QProcess process;
    process.start("xdotool", arguments);
    process.waitForFinished(20'000);
}

void Input::click(QPoint at) {
    run({"mousemove", number(at.x()), number(at.y()), "click", "1"});
    ++m_clicks;
}

void Input::doubleClick(QPoint at) {
    run({"mousemove", number(at.x()), number(at.y()), "click", "--repeat", "2", "--delay", "40", "1"});
    m_clicks += 2;
}

void Input::type(const QString& text) {
    if (text.isEmpty()) return;
    run({"type", "--delay", "2", "--", text});
    m_keys += static_cast<int>(text.size());
}

void Input::key(const QString& name) {
    run({"key", name});
    ++m_keys;
}

void Input::stroke(const std::vector<QPoint>& points) {
    if (points.empty()) return;
    QStringList arguments{"mousemove", number(points.front().x()), number(points.front().y()), "mousedown", "1"};
    for (const auto& point : points)
        arguments << "mousemove" << number(point.x()) << number(point.y()) << "sleep"
                  << "0.01";
    run(arguments << "mouseup"
                  << "1");
    ++m_clicks;
}

}  // namespace fieldclaim::journey
