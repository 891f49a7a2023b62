import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// The ring round what has the keyboard's focus.
//
//     background: Rectangle { FocusRing { shown: control.visualFocus; radius: parent.radius } }
//
// In a control's background it also shows when a page put the focus there while someone works with the keyboard
// (Theme.keyboard): Qt calls only what Tab led to a visual focus.
Rectangle {
    id: ring

    property bool shown: false
    property real around: 3
    readonly property T.Control control: parent ? parent.parent as T.Control : null

    anchors.fill: parent
    anchors.margins: -around - border.width
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.focusWidth
    visible: shown || (Theme.keyboard && control !== null && control.activeFocus)
}
