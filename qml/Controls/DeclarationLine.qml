import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme

// One line of the declaration, ticked off as it is read. 76 high, so that it can be followed with a finger.
//
//     DeclarationLine { text: line.text; agreed: line.agreed; onToggledByUser: declaration.agree(line.id, agreed) }
T.AbstractButton {
    id: line

    property bool agreed: false
    property bool divider: true

    // A person ticked the line or took the tick away; `agreed` is then what they want.
    signal toggledByUser(bool agreed)

    implicitWidth: 320
    implicitHeight: Math.max(Theme.rowHeight, implicitContentHeight + 24)
    leftPadding: 22
    rightPadding: 22
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.checkable: true
    Accessible.checked: agreed
    onClicked: line.toggledByUser(!line.agreed)
    Keys.onReturnPressed: line.clicked()
    Keys.onEnterPressed: line.clicked()

    contentItem: RowLayout {
        spacing: 16

        TaskMark {
            status: line.agreed ? "done" : "todo"
        }
        AppText {
            Layout.fillWidth: true
            text: line.text
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusLarge
        color: line.pressed ? Theme.blueSoft : "transparent"

        Divider {
            anchors.bottom: parent.bottom
            x: 22
            width: parent.width - 44
            visible: line.divider
        }
        FocusRing {
            shown: line.visualFocus
            around: -7
            radius: Theme.radiusMedium
        }
    }
}
