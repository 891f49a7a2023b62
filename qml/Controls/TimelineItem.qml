import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// One thing that happened, or will, in a Timeline.
//
//     TimelineItem { title: qsTr("Signed"); when: qsTr("22 November, 10:40"); detail: qsTr("By Gwen O’Brien, on this tablet"); status: "done" }
RowLayout {
    id: item

    property string title: ""
    property string when: ""
    property string detail: ""
    // done, now, next, problem
    property string status: "done"
    property bool isLast: false

    Layout.fillWidth: true
    spacing: 14
    Accessible.role: Accessible.ListItem
    Accessible.name: Spoken.join([title, when, detail])

    Item {
        Layout.fillHeight: true
        implicitWidth: Theme.px(24)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: mark.height + 4
            width: 2
            height: parent.height - mark.height - 8
            visible: !item.isLast
            color: Theme.line
        }
        TaskMark {
            id: mark
            status: item.status === "done" ? "done" : item.status === "problem" ? "lookAgain" : item.status === "now" ? "inProgress" : "todo"
            progress: 0.5
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.bottomMargin: item.isLast ? 0 : 20
        spacing: 2

        AppText {
            Layout.fillWidth: true
            variant: item.status === "next" ? "body" : "strong"
            tone: item.status === "next" ? "second" : "ink"
            text: item.title
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            tone: "second"
            text: item.when
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            text: item.detail
            Accessible.ignored: true
        }
    }
}
