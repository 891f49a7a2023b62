pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Every value that one answer was ever given: who, when, where, why, and what became of it. Nothing is ever deleted.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property AnswerHistoryViewModel history

    objectName: "page.history"
    contentMaximumWidth: Theme.measure
    spacing: 16
    listText: qsTr("Task list")
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: page.history.sectionId
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: qsTr("History of an answer")
        title: page.history.label
        subtitle: page.history.summary
        variant: "question"
    }
    InlineMessage {
        objectName: "historyError"
        visible: page.history.error.length > 0
        tone: "red"
        text: page.history.error
    }
    InlineMessage {
        objectName: "historyConflict"
        visible: page.history.inConflict
        tone: "amber"
        title: qsTr("Two answers differ")
        text: qsTr("Both answers are kept until someone who knows chooses. The claim waits for that.")

        LinkButton {
            objectName: "button.choose"
            small: true
            text: qsTr("Choose which one holds")
            onClicked: page.session.openAction("conflict", "")
        }
    }
    Repeater {
        model: page.history.versions

        Card {
            id: version

            required property string versionKey
            required property string value
            required property string fate
            required property string fateTone
            required property string who
            required property string when
            required property string place
            required property string insteadOf
            required property string reason
            required property bool here
            required property bool canPutBack

            objectName: "version." + versionKey
            Layout.fillWidth: true
            padding: 20
            spacing: 6
            Accessible.name: Spoken.join([value, fate, who, when, place, insteadOf, reason])

            AppText {
                objectName: "version." + version.versionKey + ".value"
                Layout.fillWidth: true
                variant: "strong"
                text: version.value
            }
            Flow {
                Layout.fillWidth: true
                Layout.bottomMargin: 2
                spacing: 8

                Badge {
                    tone: version.fateTone
                    text: version.fate
                }
                Badge {
                    tone: "amber"
                    text: version.here ? qsTr("On this tablet only") : ""
                }
            }
            AppText {
                Layout.fillWidth: true
                variant: "small"
                text: Spoken.join([version.who, version.when, version.place], " · ")
            }
            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "small"
                tone: "second"
                text: version.insteadOf
            }
            AppText {
                Layout.fillWidth: true
                visible: text.length > 0
                variant: "small"
                tone: "second"
                text: version.reason
            }
            Flow {
                Layout.fillWidth: true
                Layout.leftMargin: -16
                visible: version.canPutBack

                LinkButton {
                    objectName: "version." + version.versionKey + ".putBack"
                    small: true
                    iconName: "undo"
                    text: qsTr("Put this back")
                    hint: version.value
                    onClicked: page.history.putBack(version.versionKey)
                }
            }
        }
    }
    AppText {
        objectName: "incomplete"
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: page.history.incomplete
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.back"
            text: qsTr("Back")
            onClicked: page.session.goBack()
        }
    }
}
