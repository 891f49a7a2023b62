import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// What stands round every field: its label, its badge, its hint, and by the field the error in words with a red bar.
// Pages use the fields; this is for those who make a new one.
//
//     FieldFrame { label: qsTr("Rent"); hint: qsTr("What the landlord charges"); TextField { } }
FocusScope {
    id: frame

    default property alias content: body.data
    property string label: ""
    // label, section or question: a page that asks one thing makes its label the page's heading.
    property string labelVariant: "label"
    property string hint: ""
    property string error: ""
    property string badge: ""
    property string badgeTone: "neutral"
    property bool optional: false

    readonly property string description: Spoken.join([hint, error.length > 0 ? qsTr("Error: %1").arg(error) : "", badge], ". ")

    // Fields that are left before they say what was typed have their own.
    function commit() {
    }

    implicitWidth: 400
    implicitHeight: column.implicitHeight
    Layout.fillWidth: true

    Rectangle {
        width: 4
        height: parent.height
        radius: 2
        color: Theme.red
        visible: frame.error.length > 0
    }
    ColumnLayout {
        id: column
        x: frame.error.length > 0 ? 16 : 0
        width: parent.width - x
        spacing: 8

        Flow {
            Layout.fillWidth: true
            spacing: 10
            visible: frame.label.length > 0 || frame.badge.length > 0

            AppText {
                objectName: "fieldLabel"
                width: Math.min(implicitWidth, parent.width)
                height: frame.badge.length > 0 ? Math.max(implicitHeight, Theme.px(28)) : implicitHeight
                verticalAlignment: Text.AlignVCenter
                visible: text.length > 0
                variant: frame.labelVariant === "label" ? "strong" : frame.labelVariant
                text: frame.optional ? qsTr("%1 (optional)").arg(frame.label) : frame.label
            }
            Badge {
                objectName: "fieldBadge"
                tone: frame.badgeTone
                text: frame.badge
            }
        }
        AppText {
            objectName: "fieldHint"
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.measure
            visible: text.length > 0
            variant: frame.labelVariant === "label" && frame.label.length > 0 ? "small" : "body"
            tone: "second"
            text: frame.hint
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: 8
            visible: frame.error.length > 0

            SvgIcon {
                Layout.alignment: Qt.AlignTop
                implicitWidth: Theme.px(20)
                implicitHeight: Theme.px(20)
                name: "stop"
                color: Theme.red
            }
            AppText {
                objectName: "fieldError"
                Layout.fillWidth: true
                font.weight: Font.DemiBold
                variant: "small"
                tone: "red"
                text: frame.error
                Accessible.name: qsTr("Error: %1").arg(frame.error)
            }
        }
        ColumnLayout {
            id: body
            Layout.fillWidth: true
            Layout.topMargin: frame.labelVariant === "label" ? 0 : 8
            spacing: 8
        }
    }
}
