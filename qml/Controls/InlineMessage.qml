import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// A message in the page: what happened and what to do, with its icon, and room for a button.
//
//     InlineMessage { tone: "amber"; title: qsTr("Two answers differ"); text: qsTr("Both are kept until someone chooses."); LinkButton { text: qsTr("Look at them") } }
Rectangle {
    id: message

    default property alias actions: slot.data
    // neutral, blue, green, amber, red
    property string tone: "blue"
    property string title: ""
    property string text: ""
    property string iconName: Theme.toneIcon(tone) === "dot" ? "info" : Theme.toneIcon(tone) === "check" ? "check-circle" : Theme.toneIcon(tone)

    implicitWidth: 400
    implicitHeight: row.implicitHeight + 32
    Layout.fillWidth: true
    radius: Theme.radiusMedium
    color: Theme.toneSoft(tone)
    border.width: Theme.isHighContrast ? 2 : 0
    border.color: Theme.toneColor(tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Spoken.join([title, text], ". ")

    RowLayout {
        id: row
        x: 20
        y: 16
        width: parent.width - 40
        spacing: 14

        SvgIcon {
            Layout.alignment: Qt.AlignTop
            implicitWidth: Theme.px(24)
            implicitHeight: Theme.px(24)
            name: message.iconName
            color: Theme.toneColor(message.tone)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 4

            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "strong"
                text: message.title
                Accessible.ignored: true
            }
            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: message.title.length > 0 ? "small" : "body"
                text: message.text
                Accessible.ignored: true
            }
            Flow {
                id: slot
                Layout.fillWidth: true
                Layout.topMargin: implicitHeight > 0 ? 4 : -4
                // Not visibleChildren: in a message that is not shown yet there are none, and so there never would be.
                visible: children.length > 0
                spacing: 8
            }
        }
    }
}
