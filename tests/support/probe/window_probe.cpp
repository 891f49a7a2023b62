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

QJsonObject WindowProbe::describe(const QString& name) const {
    auto* item = find(name);
    if (item == nullptr) return {{QStringLiteral("found"), false}};
    const auto whole = item->mapRectToScene(item->boundingRect());
    const auto box = seen(*item);
    return {{QStringLiteral("found"), true},
            {QStringLiteral("visible"), item->isVisible() && item->opacity() > 0},
            {QStringLiteral("enabled"), item->isEnabled()},
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
