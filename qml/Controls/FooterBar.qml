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
    Item {
        id: foot
        readonly property bool isBeside: noteRow.visible && footer.width >= slot.wanted + noteRow.width + 16
        Layout.fillWidth: true
        Layout.topMargin: 20
        Layout.bottomMargin: 20
        implicitHeight: isBeside || !noteRow.visible ? Math.max(slot.implicitHeight, noteRow.height) : slot.implicitHeight + 12 + noteRow.height

        Flow {
            id: slot
            readonly property real wanted: Array.from(visibleChildren).reduce((sum, child) => sum + child.implicitWidth + spacing, 0)
            width: foot.isBeside ? foot.width - noteRow.width - 16 : foot.width
            spacing: 12
        }
        Row {
            id: noteRow
            x: foot.isBeside ? foot.width - width : 0
            y: foot.isBeside ? Math.round((slot.implicitHeight - height) / 2) : slot.implicitHeight + 12
            visible: footer.note.length > 0
            spacing: 6

            SvgIcon {
                id: mark
                width: visible ? Theme.px(18) : 0
                height: Theme.px(20)
                visible: footer.noteTone !== "neutral"
                name: Theme.toneIcon(footer.noteTone)
                color: Theme.toneColor(footer.noteTone)
            }
            AppText {
                objectName: "footerNote"
                width: Math.min(implicitWidth, footer.width - mark.width - 6)
                variant: "smallStrong"
                tone: footer.noteTone === "neutral" ? "second" : footer.noteTone
                text: footer.note
            }
        }
    }
}
