import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// The head of a page: where we are, its title, a sentence, and on the right what can be done with the page as a whole.
//
//     PageHeader {
//         eyebrow: qsTr("Money coming in · 4 of 7"); title: qsTr("How often are you paid?")
//         SecondaryButton { text: qsTr("Turn round") }
//     }
GridLayout {
    id: header

    default property alias actions: actionRow.data
    property string eyebrow: ""
    property string title: ""
    property string subtitle: ""
    // title, or question where the page asks one thing
    property string variant: "title"

    readonly property bool isNarrow: actionRow.visibleChildren.length > 0 && width < actionRow.wanted + 440 * Math.sqrt(Theme.scale)

    Layout.fillWidth: true
    columns: isNarrow ? 1 : 2
    columnSpacing: 24
    rowSpacing: 16

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 6

        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            font.pixelSize: Theme.px(17)
            tone: "second"
            text: header.eyebrow
        }
        AppText {
            objectName: "pageTitle"
            Layout.fillWidth: true
            variant: header.variant
            text: header.title
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            tone: "second"
            text: header.subtitle
        }
    }
    Flow {
        id: actionRow
        readonly property real wanted: Array.from(visibleChildren).reduce((sum, child) => sum + child.implicitWidth + spacing, -spacing)
        Layout.fillWidth: header.isNarrow
        Layout.preferredWidth: header.isNarrow ? -1 : Math.ceil(wanted)
        Layout.alignment: Qt.AlignVCenter
        visible: children.length > 0
        spacing: 12
    }
}
