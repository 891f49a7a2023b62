import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// A thin bar that says there is more.
//
//     Flickable { T.ScrollBar.vertical: AppScrollBar { } }
T.ScrollBar {
    id: bar

    implicitWidth: 10
    implicitHeight: 10
    padding: 3
    minimumSize: 0.08
    visible: size < 1

    contentItem: Rectangle {
        implicitWidth: 4
        radius: 2
        color: bar.pressed ? Theme.inkSecond : Theme.line
    }
}
