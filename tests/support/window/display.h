#pragma once

#include <QProcess>
#include <QString>
#include <memory>

namespace fieldclaim::journey {

/// An X server without a screen (Xvfb) that ends with this. It chooses its own number, so tests may run beside each
/// other; the environment's DISPLAY names it from then on. A key that is held long repeats nothing: on a busy machine
/// any key may be.
class Display {
public:
    explicit Display(const QString& size = "1280x800");
    ~Display();
    bool isThere() const { return !m_name.isEmpty(); }

private:
    QProcess m_server;
    QString m_name;
};

}  // namespace fieldclaim::journey
