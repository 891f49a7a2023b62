import QtQuick
import Fieldclaim.Theme
import Fieldclaim.Controls

// The mark of a part of the claim: done, inProgress (a pie), todo, notNeeded, lookAgain. The word stands beside it.
//
//     TaskMark { status: "inProgress"; progress: 0.6 }
Item {
    id: mark

    property string status: "todo"
    property real progress: 0

    implicitWidth: Theme.px(24)
    implicitHeight: Theme.px(24)
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        visible: mark.status === "done" || mark.status === "todo" || mark.status === "lookAgain"
        color: mark.status === "done" ? Theme.green : "transparent"
        border.width: 2
        border.color: mark.status === "done" ? Theme.green : mark.status === "lookAgain" ? Theme.amber : Theme.controlLine
    }
    SvgIcon {
        anchors.centerIn: parent
        width: Math.round(mark.width * 0.68)
        height: width
        visible: mark.status === "done" || mark.status === "lookAgain"
        name: mark.status === "done" ? "check" : "exclamation"
        color: mark.status === "done" ? Theme.inkOnGreen : Theme.amber
    }
    SvgIcon {
        anchors.fill: parent
        anchors.margins: -Math.round(mark.width * 0.125)
        visible: mark.status === "notNeeded"
        name: "dashed-circle"
        color: Theme.controlLine
    }
    PieMark {
        anchors.fill: parent
        visible: mark.status === "inProgress"
        progress: Math.max(0.08, mark.progress)
        color: Theme.blue
    }
}
