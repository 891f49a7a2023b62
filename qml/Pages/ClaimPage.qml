pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The claim as a whole: the next step, what is outstanding and who owns it, and what happened.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim

    objectName: "page.claim"
    listText: qsTr("Task list")
    contentMaximumWidth: 860
    Component.onCompleted: Qt.callLater(next.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: "claim"
    }

    PageHeader {
        eyebrow: page.claim.standing
        title: page.claim.name
        subtitle: page.claim.writers.length > 0 ? qsTr("%1 · written by %2").arg(page.claim.sendText).arg(page.claim.writers) : page.claim.sendText
    }
    Repeater {
        model: page.claim.held

        InlineMessage {
            required property string heldKey

            objectName: "held." + heldKey
            required tone
            required title
            required text
        }
    }
    LikelyDuplicates {
        session: page.session
        claim: page.claim
        visible: page.claim.duplicates.count > 0
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Next step")

        AppText {
            objectName: "nextStep"
            Layout.fillWidth: true
            text: page.claim.nextStep
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            PrimaryButton {
                id: next
                objectName: "button.next"
                text: page.claim.nextButton
                onClicked: {
                    if (page.claim.nextRow >= 0)
                        actionRows.itemAt(page.claim.nextRow).forceActiveFocus(Qt.TabFocusReason);
                    else
                        page.session.goNext();
                }
            }
            // What was signed can be looked at and changed: a signature that no longer holds is asked for again.
            SecondaryButton {
                objectName: "button.check"
                visible: page.claim.nextKind !== "check" && page.claim.questionsToGo === 0
                text: qsTr("Check the answers")
                onClicked: page.session.goCheck()
            }
            SecondaryButton {
                objectName: "button.receipt"
                visible: page.claim.isSigned && page.claim.nextKind !== "receipt"
                text: qsTr("Show the receipt")
                onClicked: page.session.goReceipt()
            }
            SecondaryButton {
                objectName: "button.evidence"
                visible: page.claim.nextKind !== "evidence"
                text: qsTr("Evidence")
                onClicked: page.session.goEvidence()
            }
            LinkButton {
                objectName: "button.today"
                text: qsTr("Back to Today")
                onClicked: page.session.goToday()
            }
        }
    }
    InlineMessage {
        objectName: "questionsChanged"
        visible: page.claim.questionsChanged
        tone: "blue"
        title: qsTr("The questions have changed")
        text: qsTr("This claim keeps the questions that it was opened with until you leave it. No answer is lost either way.")

        LinkButton {
            objectName: "button.useNewQuestions"
            small: true
            text: qsTr("Use the new questions now")
            onClicked: page.session.useNewQuestions()
        }
    }
    Card {
        objectName: "lookAgain"
        Layout.fillWidth: true
        visible: page.claim.lookAgain.count > 0
        title: qsTr("Look again")
        spacing: 4

        AppText {
            Layout.fillWidth: true
            tone: "second"
            text: qsTr("The questions have changed since this claim was written. Every answer is kept.")
        }
        Repeater {
            model: page.claim.lookAgain

            KeyValueRow {
                required property int index
                required property string lookKey
                required property string title
                required property string answer
                required property string text
                required property bool canOpen

                objectName: "lookAgain." + lookKey
                label: title
                value: answer
                note: text
                changeText: canOpen ? qsTr("Answer it") : ""
                divider: index < page.claim.lookAgain.count - 1
                onChangePressed: page.session.openAction("question", lookKey)
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Outstanding")
        spacing: 4

        AppText {
            Layout.fillWidth: true
            visible: page.claim.actions.count === 0
            tone: "second"
            text: qsTr("Nothing is outstanding but the questions themselves.")
        }
        Repeater {
            id: actionRows
            model: page.claim.actions

            ActionRow {
                required property string kind
                required property bool blocking
                required property string about
                required text
                required tone
                required owner

                objectName: "action." + kind + "." + (about.length > 0 ? about : "claim")
                due: kind === "refused" ? qsTr("refused") : kind === "office" ? qsTr("with the office") : blocking ? qsTr("holds it back") : qsTr("can follow")
                onClicked: page.session.openAction(kind, about)
            }
        }
    }
    Card {
        Layout.fillWidth: true
        visible: page.claim.timeline.count > 0
        title: qsTr("What happened")

        Repeater {
            model: page.claim.timeline

            TimelineItem {
                required property int index
                required title
                required when
                required detail
                required status

                isLast: index === page.claim.timeline.count - 1
            }
        }
    }
}
