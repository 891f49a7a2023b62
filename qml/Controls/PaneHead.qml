import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// The head of the left pane: whose claim it is, its number and date, and badges.
//
//     PaneHead { title: claim.name; lines: [claim.number, claim.dateLine]; Badge { tone: "blue"; text: qsTr("Housing Benefit") } }
ColumnLayout {
    id: head

    default property alias badges: slot.data
    property string title: ""
    property list<string> lines: []

    Layout.fillWidth: true
    spacing: 0

    ColumnLayout {
        Layout.fillWidth: true
        Layout.margins: 24
        Layout.topMargin: 20
        Layout.bottomMargin: 12
        spacing: 2

        AppText {
            Layout.fillWidth: true
            variant: "section"
            font.pixelSize: Theme.px(22)
            font.letterSpacing: -0.3
            text: head.title
        }
        Repeater {
            model: head.lines

            AppText {
                required property string modelData
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "small"
                tone: "second"
                text: modelData
            }
        }
        Flow {
            id: slot
            Layout.fillWidth: true
            Layout.topMargin: 6
            visible: children.length > 0
            spacing: 6
        }
    }
    Divider { }
}
