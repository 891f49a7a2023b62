import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme

// One part of the claim in the task list, with its mark and, on the right, its state in words.
//
//     TaskListItem { text: section.title; status: section.status; progress: section.done / section.all; statusText: qsTr("3 to go"); current: section.isShown; onClicked: claim.open(section.id) }
T.ItemDelegate {
    id: row

    // done, inProgress, todo, notNeeded, lookAgain
    property string status: "todo"
    property real progress: 0
    property string statusText: ""
    // The part that is shown on the right.
    property bool current: false

    readonly property bool isCramped: label.implicitWidth + side.implicitWidth + 96 * Math.sqrt(Theme.scale) > width

    implicitWidth: 240
    implicitHeight: Math.max(Theme.listRowHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 24
    rightPadding: 24
    topPadding: 6
    bottomPadding: 6
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.ListItem
    Accessible.name: row.statusText.length > 0 ? qsTr("%1, %2").arg(row.text).arg(row.statusText) : row.text
    Accessible.selected: row.current
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()

    // Its parts are measured from outside, so it is made at once.
    // qmllint disable deferred-property-id
    contentItem: RowLayout {
        spacing: 12

        TaskMark {
            status: row.status
            progress: row.progress
        }
        GridLayout {
            Layout.fillWidth: true
            columns: row.isCramped ? 1 : 2
            rowSpacing: 0
            columnSpacing: 12

            AppText {
                id: label
                Layout.fillWidth: true
                font.pixelSize: Theme.px(17)
                variant: row.current ? "strong" : "body"
                tone: row.status === "notNeeded" ? "second" : "ink"
                text: row.text
                Accessible.ignored: true
            }
            AppText {
                id: side
                Layout.fillWidth: row.isCramped
                visible: text.length > 0
                variant: row.current ? "smallStrong" : "small"
                font.pixelSize: Theme.px(15)
                tone: "second"
                text: row.statusText
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        color: row.current || row.pressed ? Theme.blueSoft : "transparent"

        Rectangle {
            width: 4
            height: parent.height
            visible: row.current
            color: Theme.blue
        }
        FocusRing {
            shown: row.visualFocus
            around: -6
            radius: Theme.radiusSmall
        }
    }
}
