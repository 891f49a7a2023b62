import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// What can be done with the page, at its foot, and on the right a word on what is saved.
//
//     FooterBar { note: qsTr("Saved on this tablet"); noteTone: "green"; PrimaryButton { text: qsTr("Continue") } LinkButton { text: qsTr("Not known yet") } }
ColumnLayout {
    id: footer

    default property alias actions: slot.data
    property string note: ""
    property string noteTone: "neutral"

    Layout.fillWidth: true
    spacing: 0

    Divider { }
    GridLayout {
        Layout.fillWidth: true
        Layout.topMargin: 20
        Layout.bottomMargin: 20
        columns: footer.width < 640 * Math.sqrt(Theme.scale) ? 1 : 2
        columnSpacing: 16
        rowSpacing: 12

        Flow {
            id: slot
            Layout.fillWidth: true
            spacing: 12
        }
        RowLayout {
            Layout.maximumWidth: Math.max(220, footer.width * 0.4)
            visible: footer.note.length > 0
            spacing: 6

            SvgIcon {
                implicitWidth: Theme.px(18)
                implicitHeight: Theme.px(18)
                visible: footer.noteTone !== "neutral"
                name: Theme.toneIcon(footer.noteTone)
                color: Theme.toneColor(footer.noteTone)
            }
            AppText {
                objectName: "footerNote"
                Layout.fillWidth: true
                variant: "smallStrong"
                tone: footer.noteTone === "neutral" ? "second" : footer.noteTone
                text: footer.note
            }
        }
    }
}
