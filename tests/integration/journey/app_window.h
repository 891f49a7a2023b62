#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QRect>
#include <QString>
#include <QStringList>
#include <memory>

namespace fieldclaim::journey {

/// The tablet app's process with its probe: says what is on the screen and where; never acts on it. Where nothing is
/// found in time, the program ends with a picture and the reason.
class AppWindow {
public:
    AppWindow(QString program, QStringList arguments, QString socket, QString shots);
    ~AppWindow();

    void start();
    /// SIGKILL: no chance to save anything.
    void kill();
    /// SIGTERM, and waits.
    void close();

    struct Item {
        bool found = false;
        bool visible = false;
        bool enabled = false;
        QRect area;  ///< in window pixels, which are the screen's: the window lies at its corner
        QString text;
    };
    /// `path`: an object's name, or an outer and an inner one with '/' between: "question.nino/input".
    Item find(const QString& path);
    /// Visible items whose name begins with this.
    QStringList list(const QString& prefix);
    QString page();
    /// Waits until the item is there, visible and enabled, and the window is at rest; brings it into view.
    Item await(const QString& path, int timeout_ms = 20'000);
    void awaitPage(const QString& name, int timeout_ms = 20'000);
    void settle();
    void shot(const QString& name);
    [[noreturn]] void giveUp(const QString& why);

private:
    QJsonObject ask(const QJsonObject& question);
    bool connectProbe(int timeout_ms);

    QString m_program;
    QStringList m_arguments;
    QString m_socket_name;
    QString m_shots;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QLocalSocket> m_socket;
};

}  // namespace fieldclaim::journey
