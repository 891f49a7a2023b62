#include "tests/support/window/display.h"

namespace fieldclaim::journey {

Display::Display(const QString& size) {
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start("Xvfb", {"-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp", "-r"});
    constexpr int kPatience_ms = 20'000;
    while (m_server.state() != QProcess::NotRunning && !m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(kPatience_ms)) break;
    }
    const auto number = QString::fromLatin1(m_server.readLine()).trimmed();
    if (number.isEmpty()) return;
    m_name = ":" + number;
    qputenv("DISPLAY", m_name.toLatin1());
}

Display::~Display() {
    m_server.terminate();
    m_server.waitForFinished();
}

}  // namespace fieldclaim::journey
