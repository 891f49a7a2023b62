import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// A button on the dark ground of the bar or a toast.
//
//     BarButton { text: qsTr("Undo"); onClicked: page.undo() }
T.Button {
    id: control

    implicitWidth: Math.max(Theme.touchTarget, implicitContentWidth + 24)
    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + 12)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: AppText {
        text: control.text
        variant: "strong"
        tone: "onBar"
        font.underline: true
        wrapMode: Text.NoWrap
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.pressed ? Theme.barPressed : "transparent"

        FocusRing {
            shown: control.visualFocus
            around: -4
            radius: parent.radius
            border.color: Theme.inkOnBar
        }
    }
}
