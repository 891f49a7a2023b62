#include "tests/support/window/hand.h"

namespace fieldclaim::journey {

void Hand::leaveField() {
    m_window.input.key("Tab");
    m_window.settle();
}

void PointerHand::press(const QString& path) {
    m_window.input.click(m_window.await(path).area.center());
    m_window.settle();
}

void PointerHand::choose(const QString& group, const QString& name) {
    // A long list shows its first ones, and the others when they are sought.
    if (!m_window.isThere(group + "/option_" + name) && m_window.isThere(group + "/choiceSearch"))
        m_window.giveUp("'" + name + "' is not among the first choices of " + group);
    press(group + "/option_" + name);
}

void PointerHand::write(const QString& path, const QString& text) {
    press(path);
    m_window.input.key("ctrl+a");
    if (text.isEmpty())
        m_window.input.key("BackSpace");
    else
        m_window.input.type(text);
    m_window.settle();
}

}  // namespace fieldclaim::journey
