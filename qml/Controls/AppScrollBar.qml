import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// A thin bar that says there is more.
//
//     Flickable { T.ScrollBar.vertical: AppScrollBar { } }
T.ScrollBar {
    id: bar

    implicitWidth: 12
    implicitHeight: 12
    padding: 3
    minimumSize: 0.08
    visible: size < 1

    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: bar.pressed ? Theme.inkSecond : Theme.lineStrong
    }
}
