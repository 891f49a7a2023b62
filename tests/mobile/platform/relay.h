#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <atomic>
#include <memory>
#include <vector>

#include "shared/base/result.h"

namespace fieldclaim::test {

/// A TCP relay on loopback between a tablet and whatever stands behind its port: a test takes the server away, puts
/// another in its place, or loses a reply, while the tablet's address stays the same. It reads nothing of what it
/// carries. Lives on the thread of the event loop; the two flags may be set from any thread.
class Relay {
public:
    Relay() {
        open();
        QObject::connect(&m_door, &QTcpServer::newConnection, &m_door, [this] { join(); });
    }
    quint16 port() const { return m_port; }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(m_port); }

    /// Nobody listens at the port until open().
    void close() {
        m_door.close();
        cutAll();
    }
    void open() { ENSURE(m_door.listen(QHostAddress::LocalHost, m_port) && (m_port = m_door.serverPort()) != 0); }
    /// Whoever comes from now on meets this port's server; those who are connected are cut.
    void leadTo(quint16 port) {
        m_target = port;
        cutAll();
    }
    /// Hands over what hold_replies kept back.
    void release() {
        hold_replies = false;
        for (const auto& link : m_links) carryBack(*link);
    }

    std::atomic<bool> hold_replies = false;  ///< the server's bytes are kept back
    /// The connection ends after so many of the server's next bytes, once; negative: it does not.
    std::atomic<qint64> lose_reply_after = -1;

private:
    struct Link {
        QTcpSocket* near_end = nullptr;
        QTcpSocket far_end;
        ~Link() {
            far_end.disconnect();
            far_end.abort();
            near_end->disconnect();
            near_end->abort();
            near_end->deleteLater();
        }
    };

    void join() {
        while (auto* const near_end = m_door.nextPendingConnection()) {
            m_links.push_back(std::make_unique<Link>());
            auto* const link = m_links.back().get();
            link->near_end = near_end;
            QObject::connect(near_end, &QTcpSocket::readyRead, near_end,
                             [link] { link->far_end.write(link->near_end->readAll()); });
            QObject::connect(&link->far_end, &QTcpSocket::readyRead, near_end, [this, link] { carryBack(*link); });
            QObject::connect(near_end, &QTcpSocket::disconnected, near_end, [link] { link->far_end.close(); });
            QObject::connect(&link->far_end, &QTcpSocket::disconnected, near_end, [this, link] {
                if (!hold_replies) link->near_end->disconnectFromHost();
            });
            link->far_end.connectToHost(QHostAddress::LocalHost, m_target);
        }
    }
    void carryBack(Link& link) {
        if (hold_replies || link.far_end.bytesAvailable() == 0) return;
        const auto bytes = link.far_end.readAll();
        const auto left = lose_reply_after.load();
        if (left < 0 || left > bytes.size()) {
            if (left > 0) lose_reply_after = left - bytes.size();
            link.near_end->write(bytes);
        } else {
            lose_reply_after = -1;
            link.near_end->write(bytes.first(left));
            link.near_end->disconnectFromHost();
        }
    }
    void cutAll() { m_links.clear(); }

    QTcpServer m_door;
    quint16 m_port = 0;
    quint16 m_target = 0;
    std::vector<std::unique_ptr<Link>> m_links;
};

}  // namespace fieldclaim::test
