import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// A line between things.
//
//     Divider { }
Rectangle {
    implicitHeight: Theme.lineWidth
    implicitWidth: 100
    Layout.fillWidth: true
    color: Theme.line
    Accessible.ignored: true
}
