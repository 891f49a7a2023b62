#include "tests/support/window/hand.h"

namespace fieldclaim::journey {
namespace {

/// More stops than any page has: whoever has not come by what is wanted after so many never will.
constexpr int kMostStops = 240;

}  // namespace

AppWindow::Focus KeyboardHand::tap(const QString& key, const QString& towards) {
    ++m_keys;
    m_window.input.key(key);
    m_window.heard();
    auto focus = m_window.focus(towards);
    if (!focus.isTitle && !focus.isRinged) {
        // The ring is drawn with the next frame.
        m_window.settle();
        focus = m_window.focus(towards);
        if (!focus.isTitle && !focus.isRinged)
            m_window.giveUp("the keyboard is on " + focus.name + ", and nothing shows it");
    }
    return focus;
}

void KeyboardHand::reach(const QString& path) {
    m_window.awaitThat("'" + path + "'", [&] {
        const auto item = m_window.find(path);
        return item.found && item.visible && item.enabled;
    });
    m_window.settle();
    auto focus = m_window.focus(path);
    QStringList passed;
    for (int stops = 0; !focus.inside; ++stops) {
        if (stops == kMostStops) {
            passed.removeDuplicates();
            m_window.giveUp("Tab never comes to '" + path + "', only to " + passed.join(", "));
        }
        focus = tap("Tab", path);
        passed << focus.name.section('/', -2);
    }
    m_window.settle();
    focus = m_window.focus(path);
    if (!focus.isTitle && !focus.isRinged)
        m_window.giveUp("the keyboard is on " + focus.name + ", and nothing shows it");
    if (!focus.inView) m_window.giveUp("the keyboard is on " + focus.name + ", out of sight");
}

void KeyboardHand::press(const QString& path) {
    reach(path);
    ++m_keys;
    m_window.input.key("Return");
    m_window.settle();
}

void KeyboardHand::tick(const QString& path) {
    reach(path);
    ++m_keys;
    m_window.input.key("space");
    m_window.settle();
}

void KeyboardHand::choose(const QString& group, const QString& name) {
    const auto wanted = group + "/option_" + name;
    // Tab stops at one card of a group; arrows go to the others and choose as they go.
    m_window.awaitThat("'" + wanted + "'", [&] { return m_window.isThere(wanted); });
    const auto options = m_window.list(group + "/option_");
    auto focus = m_window.focus(group);
    for (int stops = 0; !focus.inside || !focus.name.contains("/option_"); ++stops) {
        if (stops == kMostStops) m_window.giveUp("Tab never comes to a choice of " + group);
        focus = tap("Tab", group);
    }
    for (qsizetype steps = 0; !m_window.focus(wanted).inside; ++steps) {
        if (steps > options.size()) m_window.giveUp("the arrows never come to '" + wanted + "'");
        tap("Down", group);
    }
    if (!m_window.find(wanted).checked) tap("space", group);
    m_window.settle();
    if (!m_window.find(wanted).checked) m_window.giveUp("'" + wanted + "' is not chosen");
}

void KeyboardHand::write(const QString& path, const QString& text) {
    reach(path);
    m_window.input.key("ctrl+a");
    if (text.isEmpty())
        m_window.input.key("BackSpace");
    else
        m_window.input.type(text);
    m_keys += static_cast<int>(text.size()) + 1;
    m_window.settle();
}

}  // namespace fieldclaim::journey
