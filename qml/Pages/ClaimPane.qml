pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The left pane of a claim's pages: whose claim it is, and its task list.
//
//     leftPane: ClaimPane { session: page.session; claim: page.claim; currentTask: page.question.sectionId }
ColumnLayout {
    id: pane

    required property TabletSession session
    required property ClaimViewModel claim
    property string currentTask: ""

    // The task that is shown comes into sight, however long the list is.
    function revealCurrent() {
        const row = tasks.itemAt(claim.tasks.rowOf(currentTask));
        let at = pane.parent;
        while (at && !(at instanceof Flickable))
            at = at.parent;
        if (!row || !at)
            return;
        const list = at as Flickable;
        const bottom = row.mapToItem(pane, 0, 0).y + row.height;
        if (bottom > list.height)
            list.contentY = Math.max(0, Math.min(list.contentHeight - list.height, bottom - list.height + 2 * row.height));
    }

    Layout.fillWidth: true
    spacing: 0

    // Once the rows have their places.
    Timer {
        interval: 0
        running: true
        onTriggered: pane.revealCurrent()
    }

    PaneHead {
        title: pane.claim.name
        lines: [pane.claim.crn, pane.claim.dateOfClaim.length > 0 ? qsTr("Date of claim %1, protected").arg(pane.claim.dateOfClaim) : ""]

        Repeater {
            model: pane.claim.benefits

            Badge {
                required property string modelData
                tone: "blue"
                text: modelData
            }
        }
        Badge {
            tone: "red"
            text: pane.claim.urgent ? qsTr("Urgent") : ""
        }
    }
    TaskListItem {
        objectName: "task.claim"
        Layout.topMargin: 6
        text: qsTr("The claim as a whole")
        status: pane.claim.isSigned || pane.claim.formsOnly && pane.claim.questionsToGo === 0 ? "done" : "inProgress"
        progress: 0.5
        current: pane.currentTask === "claim"
        onClicked: pane.session.goClaim()
    }
    Repeater {
        id: tasks
        model: pane.claim.tasks

        TaskListItem {
            required property string taskId
            required property string title
            required property string kind
            required status
            required statusText
            required progress

            objectName: "task." + taskId
            text: title
            current: pane.currentTask === taskId
            visible: status !== "notNeeded"
            onClicked: pane.session.openTask(kind, taskId)
        }
    }
    Fold {
        objectName: "task.notNeeded"
        Layout.leftMargin: 24
        Layout.rightMargin: 24
        visible: pane.claim.notNeeded > 0
        title: qsTr("Not needed: %1").arg(pane.claim.notNeeded)

        Repeater {
            model: pane.claim.tasks

            AppText {
                required property string title
                required property string status

                Layout.fillWidth: true
                visible: status === "notNeeded"
                tone: "second"
                text: title
            }
        }
    }
}
