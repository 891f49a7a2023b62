import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// A button that is only an icon; `text` is its name for a screen reader, and must be given.
//
//     IconButton { iconName: "cross"; text: qsTr("Close"); onClicked: dialog.close() }
T.Button {
    id: control

    required property string iconName
    property color iconColor: enabled ? Theme.blue : Theme.inkSecond

    implicitWidth: Theme.touchTarget
    implicitHeight: Theme.touchTarget
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        SvgIcon {
            anchors.centerIn: parent
            width: Theme.px(24)
            height: width
            name: control.iconName
            color: control.iconColor
        }
    }
    background: Rectangle {
        radius: Theme.radiusMedium
        color: control.pressed ? Theme.blueSoft : "transparent"

        FocusRing {
            shown: control.visualFocus
            around: 0
            radius: parent.radius + 2
        }
    }
}
