import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// A question and its answer on Check answers, with Change; a contrasting band when it changed since the signature.
//
//     KeyValueRow { label: fact.label; value: fact.text; changeText: qsTr("Change"); changed: fact.changed; changedText: qsTr("Was £85.00 when signed"); onChangePressed: claim.edit(fact.key) }
FocusScope {
    id: row

    property string label: ""
    property string value: ""
    property string note: ""
    property string badge: ""
    property string badgeTone: "neutral"
    property string changeText: ""
    property bool changed: false
    property string changedText: ""
    property bool divider: true

    signal changePressed

    readonly property bool isCramped: width < 560 * Math.sqrt(Theme.scale)

    implicitWidth: 400
    implicitHeight: Math.max(Theme.touchTarget + 12, grid.implicitHeight + 24)
    Layout.fillWidth: true
    Accessible.role: Accessible.Row
    Accessible.name: label + ": " + value
    Accessible.description: changed ? changedText : ""

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: 1
        anchors.bottomMargin: 1
        anchors.leftMargin: -16
        anchors.rightMargin: -16
        visible: row.changed
        color: Theme.amberSoft
        radius: Theme.radiusSmall

        Rectangle {
            width: 4
            height: parent.height
            radius: 2
            color: Theme.amber
        }
    }
    GridLayout {
        id: grid
        y: 12
        width: parent.width
        columns: row.isCramped ? 1 : 3
        columnSpacing: 20
        rowSpacing: 4

        AppText {
            Layout.fillWidth: true
            Layout.preferredWidth: row.isCramped ? -1 : 4
            Layout.alignment: Qt.AlignTop
            text: row.label
            tone: "second"
            Accessible.ignored: true
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: row.isCramped ? -1 : 5
            Layout.alignment: Qt.AlignTop
            spacing: 4

            AppText {
                Layout.fillWidth: true
                variant: "strong"
                text: row.value
                Accessible.ignored: true
            }
            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "small"
                tone: "second"
                text: row.note
            }
            Badge {
                Layout.maximumWidth: parent.width
                tone: row.badgeTone
                text: row.badge
            }
            InlineNote {
                visible: row.changed && text.length > 0
                tone: "amber"
                iconName: "pen"
                text: row.changedText
            }
        }
        TextLink {
            objectName: "change"
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: row.isCramped ? 0 : -13
            Layout.bottomMargin: row.isCramped ? 0 : -13
            focus: true
            visible: row.changeText.length > 0
            text: row.changeText
            spokenText: qsTr("%1: %2").arg(row.changeText).arg(row.label)
            onClicked: row.changePressed()
        }
    }
    Divider {
        anchors.bottom: parent.bottom
        width: parent.width
        visible: row.divider
    }
}
