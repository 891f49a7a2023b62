pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.Forms
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
                required statusText

                objectName: "conflict." + path
                text: label
                status: "lookAgain"
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
        subtitle: page.conflict.explanation
        variant: "question"
    }
    ProgressBar {
        visible: page.conflict.progress > 0
        value: page.conflict.progress
        tone: "green"
    }
    InlineMessage {
        visible: page.conflict.error.length > 0
        tone: "red"
        text: page.conflict.error
    }
    InlineMessage {
        objectName: "waiting"
        visible: page.conflict.waiting.length > 0
        tone: "blue"
        text: page.conflict.waiting
    }
    PaneGrid {
        room: page.width
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
    OptionCard {
        objectName: "button.another"
        Layout.fillWidth: true
        visible: page.conflict.canWrite
        text: qsTr("Neither: another answer")
        hint: qsTr("By the same rules as the question itself")
        checked: page.conflict.writing
        onPicked: page.conflict.writing = true
    }
    Repeater {
        id: fields
        model: page.conflict.writing ? page.conflict.other : null

        QuestionField {
            required hint
            required value
            required error
            required choices
            required money
            required range

            objectName: "another." + key
            Layout.fillWidth: true
            onAnswered: (key, value) => page.conflict.write(value)
        }
    }
    TextAreaField {
        id: note
        objectName: "note"
        Layout.fillWidth: true
        label: page.conflict.noteNeeded ? qsTr("Why this one is right") : qsTr("A note (optional)")
        hint: page.conflict.noteNeeded ? "" : qsTr("For whoever asks later why")
        error: page.conflict.noteError
        lines: 2
        limit: 300
        text: page.conflict.note
        onCommitted: text => page.conflict.note = text
    }
    Fold {
        objectName: "context"
        visible: page.conflict.contextPage.length > 0
        open: page.conflict.context.count > 0 && page.conflict.context.count <= 6
        title: qsTr("What stands beside it")

        Repeater {
            model: page.conflict.context

            KeyValueRow {
                required property string contextKey
                required property int index
                required label
                required value

                objectName: "context." + contextKey
                divider: index < page.conflict.context.count - 1
            }
        }
        LinkButton {
            objectName: "button.context"
            small: true
            text: qsTr("Open the page of this question")
            onClicked: page.session.openPage(page.conflict.contextPage, page.conflict.contextInstance)
        }
    }
    InlineMessage {
        objectName: "lookAgain"
        visible: page.conflict.lookAgain.length > 0
        tone: "amber"
        title: qsTr("Look again once it is settled")
        text: Spoken.join(page.conflict.lookAgain, "\n")
    }
    AppText {
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: qsTr("They did not see each other’s answer.")
    }

    footer: FooterBar {
        note: qsTr("Kept with your name")

        PrimaryButton {
            objectName: "button.use"
            enabled: page.conflict.canUse
            text: page.conflict.useText
            onClicked: {
                if (page.conflict.writing)
                    (fields.itemAt(0) as QuestionField).commit();
                note.commit();
                page.conflict.use();
            }
        }
        LinkButton {
            objectName: "button.later"
            text: qsTr("Ask the customer later")
            onClicked: page.session.goClaim()
        }
    }
}
