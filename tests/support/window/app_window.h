#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QRect>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <stdexcept>

#include "tests/support/window/input.h"

namespace fieldclaim::journey {

/// A journey cannot go on: the words say what was looked for, on which page, and where the picture of it is. Thrown
/// through the pages up to the test, because a journey is one sentence after the other and none can be left out.
class Stuck : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The tablet app's process with its probe: says what is on the screen and where; never acts on it. What a person does
/// goes through `input`. Every wait is for something that can be seen, with a bound; where it does not come in time,
/// Stuck is thrown, with a picture in the folder of shots.
class AppWindow {
public:
    struct Program {
        QString path;
        QStringList arguments;
        QString probe;  ///< local socket's name
        QString shots;  ///< folder for pictures
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    };
    explicit AppWindow(Program program);
    ~AppWindow();

    void start();
    bool isRunning() const { return m_process != nullptr; }
    /// SIGKILL: no chance to save anything.
    void kill();
    /// SIGTERM, and waits.
    void close();

    struct Item {
        bool found = false;
        bool visible = false;
        bool enabled = false;
        bool checked = false;
        QRect area;  ///< in window pixels, which are the screen's: the window lies at its corner
        QString text;
    };
    /// `path`: an object's name, or an outer and an inner one with '/' between: "question.nino/input".
    Item find(const QString& path);
    bool isThere(const QString& path) {
        const auto item = find(path);
        return item.found && item.visible;
    }
    /// All words that can be seen of the item, from top to bottom, one a line; of the whole window without a path.
    QString words(const QString& path = {});
    /// Visible items whose name begins with this.
    QStringList list(const QString& prefix);
    QString page();
    struct Focus {
        bool inside = false;    ///< it lies in the item that was asked about
        bool isTitle = false;   ///< a page's head or nothing that can be pressed
        bool isRinged = false;  ///< and it can be seen that it has the focus
        bool inView = false;
        QString name;  ///< names from the outside in: "page.question/question.nino/input"
    };
    Focus focus(const QString& path);
    /// What is wrong with the page as it is laid out: see WindowProbe::layoutDefects.
    QStringList layoutDefects();

    /// From the start of the process to the first frame that was shown.
    double firstFrameMs() { return ask({{"startup", true}})["first_frame_ms"].toDouble(); }
    struct Frames {
        int count = 0;
        int over_33_ms = 0;
        double most_ms = 0;
    };
    /// One frame asked for after the other, for so long.
    Frames frames(double seconds);

    /// Waits until the item is there, visible and enabled, and the window is at rest; brings it into view.
    Item await(const QString& path, int timeout_ms = 20'000);
    void awaitPage(const QString& name, int timeout_ms = 20'000);
    /// Waits until `condition` holds, looking again with every frame or so; `what` is said when it never does.
    void awaitThat(const QString& what, const std::function<bool()>& condition, int timeout_ms = 20'000);
    /// Waits until the window has heard all that the input sent, and has drawn what came of it.
    void settle();
    /// Only that it was heard.
    void heard();
    void shot(const QString& name);
    [[noreturn]] void giveUp(const QString& why);

    Input input;

private:
    static Item itemOf(const QJsonObject& answer);
    QJsonObject ask(const QJsonObject& question);
    bool connectProbe(int timeout_ms);

    Program m_program;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QLocalSocket> m_socket;
    int m_failures = 0;
    bool m_given_up = false;  ///< saying where it got stuck
};

}  // namespace fieldclaim::journey
