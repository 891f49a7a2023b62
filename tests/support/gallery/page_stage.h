#pragma once

#include <QQmlApplicationEngine>
#include <QStringList>
#include <map>
#include <optional>

#include "qml/App/app_language.h"
#include "tests/support/gallery/page_states.h"

namespace fieldclaim::tablet {

/// How a page is looked at.
struct PageVariant {
    const char* name;
    const char* scheme;  ///< light, dark, highContrast
    int text_size;       ///< percent
    int width;
    int height;
    const char* language = "en";
};
const std::vector<PageVariant>& pageVariants();

/// The app's own window, brought to one state after the other. One at a time; GUI thread.
class PageStage {
public:
    PageStage() = default;
    ~PageStage();

    /// Returns what QML complained of on the way.
    QStringList show(const PageState& state, const PageVariant& variant);
    QQuickWindow* window() const { return m_window; }
    /// What does not fit in what is shown, once it has come to rest: see WindowProbe::layoutDefects.
    QStringList layoutDefects();
    /// Draws until what each frame lays out anew is drawn too.
    static void drawFrames(QQuickWindow* window);
    /// "TodayPage": what the window shows.
    QString page() const;

private:
    PageWorld& world(PageWorld::Kind kind);
    void paint(const PageVariant& variant);
    void settle();
    void closeWindow();

    AppLanguage m_language;
    std::map<PageWorld::Kind, std::unique_ptr<PageWorld>> m_worlds;
    PageWorld* m_shown = nullptr;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
    QStringList m_warnings;
    std::optional<PageWorld::Kind> m_spoilt;  ///< its window stands until the next state is asked for
};

}  // namespace fieldclaim::tablet
