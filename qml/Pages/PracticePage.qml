pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Practice: what to do with the invented customers, each task ticked once it is done.
PageScaffold {
    id: page

    required property TabletSession session
    required property PracticeViewModel practice

    objectName: "page.practice"
    contentMaximumWidth: 860
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.practice.summary
        title: qsTr("Practice")
        subtitle: qsTr("The customers are invented. Everything works as in your work, and nothing leaves this tablet.")
    }
    InlineMessage {
        objectName: "passed"
        visible: page.practice.passed
        tone: "green"
        title: qsTr("Passed")
        text: qsTr("You have done every task. Go on practising as long as you like, or leave.")
    }
    Card {
        Layout.fillWidth: true
        padding: 0
        spacing: 0

        Repeater {
            model: page.practice.tasks

            ListRow {
                id: task

                required property string taskKey
                required property string crn
                required property string title
                required property string help
                required property bool done
                required property int index

                objectName: "task." + taskKey
                text: title
                detail: help
                leadingIcon: done ? "check-circle" : "dot"
                leadingIconTone: done ? "green" : "neutral"
                divider: index < page.practice.tasks.count - 1
                chevron: true
                spokenText: (done ? qsTr("Done: %1") : qsTr("To do: %1")).arg(title)
                onClicked: page.session.openClaim(crn)

                Badge {
                    tone: task.done ? "green" : "neutral"
                    text: task.done ? qsTr("Done") : qsTr("To do")
                }
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("The customers")

        Repeater {
            model: page.practice.customers

            AppText {
                required property string story

                Layout.fillWidth: true
                text: story
            }
        }
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.today"
            text: qsTr("Today, in practice")
            onClicked: page.session.goToday()
        }
        SecondaryButton {
            objectName: "button.leavePractice"
            text: qsTr("Leave practice")
            onClicked: leave.open()
        }
    }

    ConfirmDialog {
        id: leave
        objectName: "leave"
        title: qsTr("Leave practice?")
        text: qsTr("What you did here is thrown away.")
        confirmText: qsTr("Leave")
        isDanger: true
        onAccepted: page.session.leavePractice()
    }
}
