#pragma once

#include <QJsonObject>
#include <QQuickItem>
#include <QQuickWindow>

namespace fieldclaim::testing {

/// Finds items of a window by their objectName. "choice.partner.no" is the choice "no" of the question "partner"; "a/b"
/// is the item b inside the item a. Of several with one name the visible one is meant. Borrows the window.
class WindowProbe {
public:
    explicit WindowProbe(QQuickWindow& window) : m_window(window) {}

    /// nullptr when there is none.
    QQuickItem* find(const QString& name) const;
    /// What can be seen of the item, in the window's coordinates.
    QRectF seen(QQuickItem& item) const;
    /// Scrolls every flickable around the item until it can be seen.
    void scrollTo(QQuickItem& item) const;

    /// All words that can be seen of an item, or of the window (""), one text a line.
    QString words(const QString& name) const;
    /// Where the keyboard is, and whether that lies in the named item: see ProbeServer.
    QJsonObject focus(const QString& name) const;
    /// What does not fit where it is, one sentence each: something to press that is not wholly inside the window or the
    /// page that scrolls, or smaller than a thumb needs; words that are cut off, or that stand over the edge of what
    /// holds them. None: everything can be reached and read.
    QStringList layoutDefects() const;

    QJsonObject describe(const QString& name) const;
    QJsonObject list(const QString& prefix) const;
    QJsonObject page() const;
    QString pageName() const;

private:
    QQuickWindow& m_window;
};

}  // namespace fieldclaim::testing
