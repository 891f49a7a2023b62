pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// What is wrong on this page, at its top, each line a link to its field. Nothing typed is lost.
//
//     ErrorSummary { id: summary; errors: page.errors; onFieldRequested: key => page.focusField(key) }
//     …after a refused Continue: summary.focusSummary()
FocusScope {
    id: summary

    property string title: qsTr("There is a problem")
    // List of { key, text }.
    property var errors: []

    signal fieldRequested(string key)

    function focusSummary() {
        box.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: 400
    implicitHeight: visible ? box.implicitHeight : 0
    Layout.fillWidth: true
    visible: errors.length > 0

    Rectangle {
        id: box
        anchors.fill: parent
        implicitHeight: column.implicitHeight + 36
        focus: true
        activeFocusOnTab: true
        radius: Theme.radiusMedium
        color: Theme.surface
        border.width: 3
        border.color: Theme.red
        Accessible.role: Accessible.AlertMessage
        Accessible.focusable: true
        Accessible.name: summary.errors.reduce((words, error) => words + ". " + error.text, summary.title)

        FocusRing {
            shown: box.activeFocus
            radius: box.radius + 6
        }
        ColumnLayout {
            id: column
            x: 24
            y: 18
            width: parent.width - 48
            spacing: 4

            RowLayout {
                Layout.fillWidth: true
                Layout.bottomMargin: 4
                spacing: 10

                SvgIcon {
                    implicitWidth: Theme.px(26)
                    implicitHeight: Theme.px(26)
                    name: "stop"
                    color: Theme.red
                }
                AppText {
                    Layout.fillWidth: true
                    variant: "section"
                    text: summary.title
                }
            }
            Repeater {
                model: summary.errors

                TextLink {
                    required property var modelData
                    objectName: "error_" + modelData.key
                    Layout.fillWidth: true
                    tone: "red"
                    text: modelData.text
                    onClicked: summary.fieldRequested(modelData.key)
                }
            }
        }
    }
}
