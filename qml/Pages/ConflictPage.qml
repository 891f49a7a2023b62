pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Answers that officers gave without seeing each other's: a person chooses.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property ConflictViewModel conflict

    objectName: "page.conflict"
    listText: qsTr("All that differs")
    contentMaximumWidth: 820
    spacing: 16
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: [
        ColumnLayout {
            Layout.fillWidth: true
            Layout.margins: 24
            Layout.bottomMargin: 16
            spacing: 4

            AppText {
                Layout.fillWidth: true
                variant: "section"
                text: page.claim.name
            }
            AppText {
                Layout.fillWidth: true
                variant: "small"
                tone: "second"
                text: page.claim.crn
            }
        },
        Divider { },
        Repeater {
            model: page.conflict.conflicts

            TaskListItem {
                required property string path
                required property string label

                objectName: "conflict." + path
                text: label
                status: "lookAgain"
                statusText: qsTr("two answers")
                current: page.conflict.current === path
                onClicked: page.conflict.current = path
            }
        },
        AppText {
            Layout.fillWidth: true
            Layout.margins: 24
            variant: "small"
            tone: "second"
            text: qsTr("Both answers are kept until someone who knows chooses. The claim waits for that.")
        }
    ]

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.conflict.caption
        title: page.conflict.label
        variant: "question"
    }
    InlineMessage {
        visible: page.conflict.error.length > 0
        tone: "red"
        text: page.conflict.error
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.width >= Theme.twoPaneWidth ? 2 : 1
        columnSpacing: 20
        rowSpacing: 12

        Repeater {
            model: page.conflict.answers

            AnswerCard {
                required property string answerKey
                required value
                required who
                required when
                required place
                required proof
                required proofTone

                objectName: "answer." + answerKey
                Layout.preferredWidth: 1
                Layout.fillHeight: true
                checked: page.conflict.picked === answerKey
                onPicked: page.conflict.picked = answerKey
            }
        }
    }
    AppText {
        Layout.fillWidth: true
        tone: "second"
        text: qsTr("They did not see each other’s answer.")
    }

    footer: FooterBar {
        note: qsTr("Kept with your name")

        PrimaryButton {
            objectName: "button.use"
            enabled: page.conflict.picked.length > 0
            text: page.conflict.pickedText
            onClicked: page.conflict.usePicked()
        }
        LinkButton {
            objectName: "button.another"
            visible: page.conflict.questionPage.length > 0
            text: qsTr("Neither: give another answer")
            onClicked: page.session.openPage(page.conflict.questionPage)
        }
        LinkButton {
            objectName: "button.later"
            text: qsTr("Ask the customer later")
            onClicked: page.session.goClaim()
        }
    }
}
