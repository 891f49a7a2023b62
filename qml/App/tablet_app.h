#pragma once

#include <QQuickWindow>
#include <QString>
#include <memory>
#include <optional>

#include "mobile/viewmodels/tablet_session.h"

class QGuiApplication;
class QQmlApplicationEngine;

namespace fieldclaim::tablet {

/// The command line of fieldclaim-tablet.
struct TabletOptions {
    QString data;                             ///< folder of the vault
    QString server;                           ///< proposed at set-up
    QString pack;                             ///< folder of the form pack that is used until one is pulled
    QString offline_file;                     ///< while this file is there, the app behaves as if there were no network
    std::optional<std::int64_t> clock_at_ms;  ///< the clock starts here, for demonstrations
    int width = 1280;
    int height = 800;

    /// From the application's arguments; ends the process with words for --help and for what cannot be understood.
    static TabletOptions fromArguments(const QGuiApplication& app);
};

/// The tablet's program but for main(): window, session, clock, network. Another program may link it and add to it, as
/// the demonstration does with its probe. GUI thread; nothing of a claim is ever in its log.
class TabletApp {
public:
    explicit TabletApp(const TabletOptions& options);
    ~TabletApp();
    TabletApp(const TabletApp&) = delete;
    TabletApp& operator=(const TabletApp&) = delete;

    /// False when the window could not be made; the reason is in the log.
    bool show();
    QQuickWindow* window() const;
    TabletSession& session() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Names the application, its version and its locale-free ways; call before the first TabletApp.
void setUpApplication(QGuiApplication& app);

}  // namespace fieldclaim::tablet
