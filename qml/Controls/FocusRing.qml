import QtQuick
import Fieldclaim.Theme

// The ring round what has the keyboard's focus.
//
//     FocusRing { shown: control.visualFocus; radius: background.radius }
Rectangle {
    property bool shown: false
    property real around: 3

    anchors.fill: parent
    anchors.margins: -around - border.width
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.focusWidth
    visible: shown
}
