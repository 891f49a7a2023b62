import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// The head of one of two claims that are compared.
//
//     ComparedClaim { name: duplicate.name; number: duplicate.number; onOpened: session.openClaim(crn) }
Item {
    id: side

    required property string name
    required property string number

    signal opened

    Layout.fillWidth: true
    Layout.preferredWidth: 4
    Layout.alignment: Qt.AlignTop
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column
        width: parent.width
        spacing: 2

        AppText {
            Layout.fillWidth: true
            variant: "strong"
            text: side.name
        }
        AppText {
            Layout.fillWidth: true
            variant: "small"
            tone: "second"
            text: side.number
        }
        TextLink {
            text: qsTr("Open it")
            spokenText: qsTr("Open claim %1").arg(side.number)
            onClicked: side.opened()
        }
    }
}
