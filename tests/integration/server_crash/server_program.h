#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace fieldclaim::test {

/// The program itself, on a port of its own choice, with its data in "data", its log in "log" of the folder. Ends with
/// the object.
class ServerProgram {
public:
    explicit ServerProgram(const QTemporaryDir& folder, const QStringList& more = {})
        : m_port_file(folder.filePath("port")) {
        QFile::remove(m_port_file);
        m_process.setStandardErrorFile(folder.filePath("log"), QIODevice::Append);
        m_process.start(FIELDCLAIM_SERVER_PROGRAM, QStringList{"serve", "--data", folder.filePath("data"), "--listen",
                                                               "127.0.0.1:0", "--port-file", m_port_file} +
                                                       more);
    }
    ~ServerProgram() {
        if (m_process.state() != QProcess::NotRunning) kill();
    }
    bool listening() {
        return QTest::qWaitFor(
                   [this] { return QFile::exists(m_port_file) || m_process.state() == QProcess::NotRunning; },
                   30'000) &&
               QFile::exists(m_port_file);
    }
    std::uint16_t port() const {
        QFile file(m_port_file);
        if (!file.open(QIODevice::ReadOnly)) return 0;
        return file.readAll().trimmed().toUShort();
    }
    bool isGone() { return m_process.waitForFinished(30'000) && m_process.exitStatus() == QProcess::CrashExit; }
    void kill() {
        m_process.kill();  // SIGKILL
        m_process.waitForFinished(30'000);
    }
    int stop() {
        m_process.terminate();
        m_process.waitForFinished(30'000);
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QString m_port_file;
    QProcess m_process;
};

}  // namespace fieldclaim::test
