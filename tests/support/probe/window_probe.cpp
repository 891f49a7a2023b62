#include "tests/support/probe/window_probe.h"

#include <QJsonArray>
#include <algorithm>
#include <functional>

namespace fieldclaim::testing {
namespace {

void walk(QQuickItem& item, const std::function<bool(QQuickItem&)>& visit) {
    if (!visit(item)) return;
    for (auto* child : item.childItems()) walk(*child, visit);
}

/// The visible one of several with the same name, else the first.
QQuickItem* named(QQuickItem& under, const QString& name) {
    QQuickItem* first = nullptr;
    QQuickItem* shown = nullptr;
    walk(under, [&](QQuickItem& item) {
        if (item.objectName() == name) {
            if (first == nullptr) first = &item;
            if (shown == nullptr && item.isVisible()) shown = &item;
        }
        return shown == nullptr;
    });
    return shown != nullptr ? shown : first;
}

bool isA(const QQuickItem& item, const char* kind) {
    return QLatin1String(item.metaObject()->className()).startsWith(QLatin1String(kind));
}

bool isFlickable(const QQuickItem& item) { return item.inherits("QQuickFlickable"); }

/// What a person can press or type into: what Tab stops at, but for a page's head.
bool canBeUsed(const QQuickItem& item) {
    return item.isVisible() && item.isEnabled() &&
           (item.inherits("QQuickAbstractButton") || item.inherits("QQuickTextInput") ||
            item.inherits("QQuickTextEdit"));
}

QQuickItem* flickableAround(QQuickItem& item) {
    for (auto* at = item.parentItem(); at != nullptr; at = at->parentItem()) {
        if (isFlickable(*at)) return at;
    }
    return nullptr;
}

bool isRinged(QQuickItem& item) {
    bool found = false;
    walk(item, [&](QQuickItem& part) {
        if (isA(part, "FocusRing") && part.isVisible()) found = true;
        return !found;
    });
    return found;
}

QString pathTo(const QQuickItem& item) {
    QStringList names;
    for (const auto* at = &item; at != nullptr; at = at->parentItem()) {
        if (!at->objectName().isEmpty()) names.prepend(at->objectName());
    }
    return names.join(QLatin1Char('/'));
}

/// What it says: its own text, and what stands beside it in a row of a list.
QString textOf(QQuickItem& item) {
    QStringList said;
    for (const char* property : {"text", "value", "title", "label"}) {
        const auto value = item.property(property);
        if (said.isEmpty() && value.isValid() && !value.toString().isEmpty()) said << value.toString();
    }
    for (const char* property : {"detail", "tag", "spokenText"}) {
        const auto value = item.property(property).toString();
        if (!value.isEmpty()) said << value;
    }
    return said.join(QStringLiteral(" · "));
}

}  // namespace

QQuickItem* WindowProbe::find(const QString& name) const {
    auto* root = m_window.contentItem();
    // The overlay of dialogs is a child of the content item, after the page: what lies above is found by its own name.
    if (auto* item = named(*root, name)) return item;
    if (name.startsWith(QStringLiteral("choice."))) {
        const auto dot = name.lastIndexOf(QLatin1Char('.'));
        const auto choice = name.mid(dot + 1);
        if (auto* question = named(*root, QStringLiteral("question.") + name.mid(7, dot - 7))) {
            for (const char* prefix : {"option_", "check_"}) {
                if (auto* item = named(*question, QLatin1String(prefix) + choice)) return item;
            }
            if (choice == QStringLiteral("yes")) return named(*question, QStringLiteral("acknowledge"));
        }
        return nullptr;
    }
    const auto slash = name.lastIndexOf(QLatin1Char('/'));
    if (slash > 0) {
        if (auto* outer = find(name.left(slash))) return named(*outer, name.mid(slash + 1));
    }
    return nullptr;
}

QRectF WindowProbe::seen(QQuickItem& item) const {
    QRectF box = item.mapRectToScene(item.boundingRect()).intersected(QRectF({0, 0}, QSizeF(m_window.size())));
    for (auto* at = item.parentItem(); at != nullptr; at = at->parentItem()) {
        if (at->clip()) box = box.intersected(at->mapRectToScene(at->boundingRect()));
    }
    return box;
}

QString WindowProbe::words(const QString& name) const {
    auto* from = name.isEmpty() ? m_window.contentItem() : find(name);
    QStringList said;
    if (from == nullptr) return {};
    walk(*from, [&](QQuickItem& item) {
        if (!item.isVisible()) return false;
        const auto text =
            item.inherits("QQuickText") || item.inherits("QQuickTextInput") || item.inherits("QQuickTextEdit")
                ? item.property("text").toString()
                : QString();
        if (!text.isEmpty()) said.append(text);
        return true;
    });
    return said.join(QLatin1Char('\n'));
}

QJsonObject WindowProbe::focus(const QString& name) const {
    auto* item = m_window.activeFocusItem();
    const auto* wanted = name.isEmpty() ? nullptr : find(name);
    bool inside = false;
    for (const auto* at = item; at != nullptr; at = at->parentItem()) inside = inside || at == wanted;
    if (item == nullptr) return {{QStringLiteral("inside"), false}, {QStringLiteral("title"), true}};
    const auto box = seen(*item);
    return {{QStringLiteral("inside"), inside},
            {QStringLiteral("title"), !canBeUsed(*item)},
            {QStringLiteral("ringed"), isRinged(*item)},
            {QStringLiteral("inView"), !box.isEmpty()},
            {QStringLiteral("name"), pathTo(*item)}};
}

QStringList WindowProbe::layoutDefects() const {
    constexpr double kSlack = 1.5;
    constexpr double kThumb = 48;
    QStringList out;
    const QRectF window({0, 0}, QSizeF(m_window.size()));
    walk(*m_window.contentItem(), [&](QQuickItem& item) {
        if (!item.isVisible() || item.opacity() <= 0) return false;
        const bool is_text = item.inherits("QQuickText");
        if (!is_text && !canBeUsed(item)) return true;
        const auto text = item.property("text").toString();
        if (is_text && text.isEmpty()) return true;
        const auto name = QStringLiteral("%1 '%2'").arg(pathTo(item), text.left(40).simplified());
        QRectF box({0, 0}, item.size());
        if (is_text) {
            if (item.property("truncated").toBool()) out.append(name + QStringLiteral(" is cut off"));
            // What is painted, wherever the item's own box ends.
            const QSizeF painted(item.property("paintedWidth").toReal(), item.property("paintedHeight").toReal());
            const int align = item.property("horizontalAlignment").toInt() | item.property("verticalAlignment").toInt();
            const auto free = item.size() - painted;
            box = QRectF({(align & Qt::AlignHCenter) != 0 ? free.width() / 2
                          : (align & Qt::AlignRight) != 0 ? free.width()
                                                          : 0,
                          (align & Qt::AlignVCenter) != 0  ? free.height() / 2
                          : (align & Qt::AlignBottom) != 0 ? free.height()
                                                           : 0},
                         painted);
        } else if (item.inherits("QQuickAbstractButton") &&
                   (item.width() < kThumb - kSlack || item.height() < kThumb - kSlack)) {
            out.append(QStringLiteral("%1 is %2 by %3").arg(name).arg(item.width()).arg(item.height()));
        }
        auto* page = flickableAround(item);
        auto* content = page != nullptr ? page->property("contentItem").value<QQuickItem*>() : nullptr;
        const auto at = content != nullptr ? item.mapRectToItem(content, box) : item.mapRectToScene(box);
        const auto room =
            content != nullptr
                ? QRectF(0, 0, page->width(), std::max(page->height(), page->property("contentHeight").toReal()))
                : window;
        if (!room.adjusted(-kSlack, -kSlack, kSlack, kSlack).contains(at)) {
            out.append(QStringLiteral("%1 lies at %2,%3 %4 by %5 in a room of %6 by %7")
                           .arg(name)
                           .arg(at.x())
                           .arg(at.y())
                           .arg(at.width())
                           .arg(at.height())
                           .arg(room.width())
                           .arg(room.height()));
        }
        // Words over the edge of the button that says them.
        for (const auto* holder = item.parentItem(); is_text && holder != nullptr; holder = holder->parentItem()) {
            if (!holder->inherits("QQuickAbstractButton")) continue;
            const auto inside = item.mapRectToItem(holder, box);
            const QRectF bounds({0, 0}, holder->size());
            if (!bounds.adjusted(-kSlack, -kSlack, kSlack, kSlack).contains(inside))
                out.append(name + QStringLiteral(" stands over the edge of what it is on"));
            break;
        }
        return true;
    });
    return out;
}

QJsonObject WindowProbe::describe(const QString& name) const {
    auto* item = find(name);
    if (item == nullptr) return {{QStringLiteral("found"), false}};
    const auto whole = item->mapRectToScene(item->boundingRect());
    const auto box = seen(*item);
    return {{QStringLiteral("found"), true},
            {QStringLiteral("visible"), item->isVisible() && item->opacity() > 0},
            {QStringLiteral("enabled"), item->isEnabled()},
            {QStringLiteral("checked"), item->property("checked").toBool()},
            {QStringLiteral("inView"), box.height() >= whole.height() - 1 && box.width() >= whole.width() - 1},
            {QStringLiteral("x"), box.x()},
            {QStringLiteral("y"), box.y()},
            {QStringLiteral("w"), box.width()},
            {QStringLiteral("h"), box.height()},
            {QStringLiteral("focus"), item->hasActiveFocus()},
            {QStringLiteral("text"), textOf(*item)}};
}

QJsonObject WindowProbe::list(const QString& prefix) const {
    QJsonArray items;
    const auto slash = prefix.lastIndexOf(QLatin1Char('/'));
    auto* outer = slash > 0 ? find(prefix.left(slash)) : nullptr;
    const auto begin = outer != nullptr ? prefix.mid(slash + 1) : prefix;
    walk(outer != nullptr ? *outer : *m_window.contentItem(), [&](QQuickItem& item) {
        if (!item.objectName().isEmpty() && item.objectName().startsWith(begin)) {
            items.append(QJsonObject{{QStringLiteral("name"), item.objectName()},
                                     {QStringLiteral("visible"), item.isVisible()},
                                     {QStringLiteral("text"), textOf(item)}});
        }
        return true;
    });
    return {{QStringLiteral("items"), items}};
}

QString WindowProbe::pageName() const {
    QString name;
    walk(*m_window.contentItem(), [&](QQuickItem& item) {
        if (name.isEmpty() && item.isVisible() && item.objectName().startsWith(QStringLiteral("page."))) {
            name = item.objectName();
        }
        return name.isEmpty();
    });
    return name;
}

QJsonObject WindowProbe::page() const {
    auto* caption = named(*m_window.contentItem(), QStringLiteral("pageCaption"));
    auto* focus = m_window.activeFocusItem();
    return {{QStringLiteral("page"), pageName()},
            {QStringLiteral("active"), m_window.isActive()},
            {QStringLiteral("caption"), caption != nullptr ? textOf(*caption) : QString()},
            {QStringLiteral("focus"), focus != nullptr ? focus->objectName() : QString()}};
}

void WindowProbe::scrollTo(QQuickItem& item) const {
    for (auto* at = item.parentItem(); at != nullptr; at = at->parentItem()) {
        // A Flickable, by what it can do: its class is private in this version of Qt.
        if (!at->property("contentY").isValid() || !at->property("contentHeight").isValid()) continue;
        const auto box = item.mapRectToItem(at, item.boundingRect());
        const auto highest = std::max(0.0, at->property("contentHeight").toReal() - at->height());
        auto y = at->property("contentY").toReal();
        if (box.top() < 0 || box.bottom() > at->height()) y += box.center().y() - at->height() / 2;
        at->setProperty("contentY", std::clamp(y, 0.0, highest));
    }
}

}  // namespace fieldclaim::testing
