import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// One outstanding action in a card, with when it is due; 48 high.
//
//     ActionRow { text: qsTr("Tenancy agreement · O’Brien"); due: qsTr("today"); tone: "red"; onClicked: app.open(action) }
T.ItemDelegate {
    id: row

    property string due: ""
    property string tone: "neutral"
    property string owner: ""

    implicitWidth: 240
    implicitHeight: Math.max(Theme.listRowHeight, implicitContentHeight + 8)
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.ListItem
    Accessible.name: Spoken.join([text, owner, due])
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()

    contentItem: RowLayout {
        spacing: 12

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppText {
                Layout.fillWidth: true
                text: row.text
                Accessible.ignored: true
            }
            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "small"
                tone: "second"
                text: row.owner
                Accessible.ignored: true
            }
        }
        Badge {
            Layout.maximumWidth: row.width * 0.5
            tone: row.tone
            text: row.due
        }
    }
    background: Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -12
        anchors.rightMargin: -12
        radius: Theme.radiusSmall
        color: row.pressed ? Theme.blueSoft : "transparent"

        FocusRing {
            shown: row.visualFocus
            around: -4
            radius: parent.radius
        }
    }
}
