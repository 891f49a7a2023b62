#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include "tests/support/window/app_window.h"

namespace fieldclaim::journey {

/// The programs that a journey runs, as they were built, and the form pack.
struct Programs {
    QString server;   ///< fieldclaim-server
    QString standin;  ///< fieldclaim-standin
    QString tablet;   ///< fieldclaim-tablet-demo
    QString cli;      ///< fieldclaim-tablet-cli
    QString pack;     ///< folder
};

struct Transfer {
    QString crn;  ///< as people read it: 4F7K-…
    QString target;
    QString state;
    QString reason;
};

/// A sync server with the site llanrwst, and a stand-in for the systems behind it, as processes on loopback; and the
/// tablets that belong to it. It is 15 January 2007 there, in the morning. What cannot be made throws Stuck. Ends what
/// it started.
class World {
public:
    /// `folder` is empty, and outlives this.
    World(Programs programs, QString folder);
    ~World();

    /// Registers an officer and gives the one-time code.
    QString addOfficer(const QString& name);
    QString enrolmentCode();
    const QString& url() const { return m_url; }

    /// A tablet that is set up without a window: its folder. Its passphrase costs little to try.
    QString makeTablet(const QString& name, const QString& officer);
    /// One command of fieldclaim-tablet-cli on a tablet whose window is closed.
    QJsonDocument tablet(const QString& name, const QStringList& arguments);
    /// The tablet's app, not started yet: its window has this size. Without a network while that is said.
    AppWindow::Program window(const QString& name, const QString& size = "1280x800");
    void setOffline(const QString& name, bool offline);
    /// Where the tablet's user keeps pictures: a place called Pictures.
    QString pictures(const QString& name);
    /// Pictures of what was on the screen.
    QString shots() const { return at("shots"); }

    /// Of a claim, or of all, as the server lists them.
    QList<Transfer> transfers(const QString& crn = {});
    /// Waits until every transfer of the claim is accepted, and there are so many.
    void awaitAccepted(const QString& crn, int count);
    /// The server reads its ledger and every image and document that it has, and says how many those are; Stuck where
    /// one is missing or not what its name says.
    int checkedBlobs();
    /// What the systems were sent, oldest first.
    QJsonArray received();
    /// A fault of the stand-in: {"fault": "refuse", "system": "JSAPS", …}.
    void tellStandIn(const QJsonObject& fault);

    static QString passphrase() { return "mynydd-afon-2007"; }

private:
    QByteArray admin(const QStringList& arguments);
    QByteArray run(const QString& program, const QStringList& arguments);
    QByteArray http(const QByteArray& method, const QString& path, const QByteArray& body);
    QString at(const QString& name) const { return m_folder + "/" + name; }
    void awaitFile(const QString& path, const QProcess& process);

    Programs m_programs;
    QString m_folder;
    QProcess m_standin;
    QProcess m_server;
    QString m_url;
    QString m_target;
};

}  // namespace fieldclaim::journey
