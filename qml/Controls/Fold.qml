import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// Help that opens when asked for.
//
//     Fold { title: qsTr("What counts as a payslip"); text: question.help }
ColumnLayout {
    id: fold

    default property alias content: body.data
    property string title: ""
    property string text: ""
    property bool open: false

    Layout.fillWidth: true
    spacing: 4

    T.Button {
        id: head
        objectName: "head"
        Layout.fillWidth: true
        implicitWidth: implicitContentWidth + 12
        implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + 12)
        text: fold.title
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: fold.title
        Accessible.description: fold.open ? qsTr("Open") : qsTr("Closed")
        Accessible.checkable: true
        Accessible.checked: fold.open
        Keys.onReturnPressed: head.clicked()
        Keys.onEnterPressed: head.clicked()
        onClicked: fold.open = !fold.open

        contentItem: RowLayout {
            spacing: 8

            SvgIcon {
                implicitWidth: Theme.px(20)
                implicitHeight: Theme.px(20)
                name: fold.open ? "chevron-down" : "chevron-right"
                color: Theme.blue
            }
            AppText {
                Layout.fillWidth: true
                text: fold.title
                font.weight: Font.Medium
                color: head.pressed ? Theme.bluePressed : Theme.blue
                Accessible.ignored: true
            }
        }
        background: Item {
            FocusRing {
                shown: head.visualFocus
                around: 0
                radius: Theme.radiusSmall
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: 8
        visible: fold.open
        spacing: 18

        Rectangle {
            Layout.fillHeight: true
            implicitWidth: 4
            radius: 2
            color: Theme.line
        }
        ColumnLayout {
            id: body
            Layout.fillWidth: true
            Layout.topMargin: 4
            Layout.bottomMargin: 4
            spacing: 8

            AppText {
                objectName: "foldText"
                Layout.fillWidth: true
                Layout.maximumWidth: Theme.measure
                visible: text.length > 0
                text: fold.text
            }
        }
    }
}
