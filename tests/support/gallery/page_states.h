#pragma once

#include <QQuickWindow>
#include <functional>
#include <vector>

#include "tests/support/gallery/page_world.h"

namespace fieldclaim::tablet {

/// One page of qml/Pages in one of its states, over a world that is real but for its network.
struct PageState {
    const char* page;  ///< its QML file: "TodayPage"
    const char* name;  ///< "today-empty": unique, and the name of its picture
    PageWorld::Kind kind;
    /// Brings the session there, from wherever it is.
    std::function<void(PageWorld&)> show;
    /// What a hand does in the window then; may be empty.
    std::function<void(QQuickWindow&)> then = {};
    /// The world is spoilt by it: the next state of the kind gets a new one.
    bool once = false;
};

/// Every page in every state that it has. A test sees that no page of qml/Pages is left out.
const std::vector<PageState>& pageStates();

}  // namespace fieldclaim::tablet
