#include "tests/integration/journey/input.h"

#include <QProcess>
#include <QStringList>

namespace fieldclaim::journey {
namespace {

QString number(int value) { return QString::number(value); }

}  // namespace

void Input::run(const QStringList& arguments) const {
    QProcess process;
    process.start("xdotool", arguments);
    process.waitForFinished(20'000);
}

void Input::click(QPoint at) const { run({"mousemove", number(at.x()), number(at.y()), "click", "1"}); }

void Input::type(const QString& text) const { run({"type", "--delay", "4", "--", text}); }

void Input::key(const QString& name) const { run({"key", name}); }

void Input::wheel(QPoint at, int clicks) const {
    run({"mousemove", number(at.x()), number(at.y()), "click", "--repeat", number(std::abs(clicks)), "--delay", "20",
         clicks > 0 ? "5" : "4"});
}

void Input::stroke(const std::vector<QPoint>& points) const {
    if (points.empty()) return;
    QStringList arguments{"mousemove", number(points.front().x()), number(points.front().y()), "mousedown", "1"};
    for (const auto& point : points)
        arguments << "mousemove" << number(point.x()) << number(point.y()) << "sleep"
                  << "0.01";
    run(arguments << "mouseup"
                  << "1");
}

}  // namespace fieldclaim::journey
