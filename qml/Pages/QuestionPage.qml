pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.Forms
import Fieldclaim.ViewModels

// One page of the form pack: its questions, or the cards of what repeats.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property QuestionPageViewModel question

    function commitAll() {
        for (let i = 0; i < fields.count; ++i)
            (fields.itemAt(i) as QuestionField).commit();
    }

    function focusField(key: string) {
        const field = fields.itemAt(question.questions.rowOf(key)) as QuestionField;
        if (field)
            field.focusField();
    }

    // A field to type in takes the focus; over choices it stands on the heading, and Tab goes to the first.
    function begin() {
        const first = fields.itemAt(0) as QuestionField;
        if (first && (first.type === "text" || first.type === "barcode" || first.type === "integer" || first.type === "decimal" || first.type === "date"))
            first.focusField();
        else
            heading.forceActiveFocus();
    }

    objectName: "page.question"
    contentMaximumWidth: Theme.measure
    spacing: 20
    listText: qsTr("Task list")
    Component.onCompleted: page.begin()

    Connections {
        target: page.session
        function onLeaving() {
            page.commitAll();
        }
    }
    Connections {
        target: page.question
        function onRefused() {
            page.scrollToTop();
            summary.focusSummary();
        }
        function onChanged() {
            if (page.question.askingNote.length > 0 && !noteDialog.visible)
                noteDialog.open();
        }
    }

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: page.question.sectionId
    }

    ColumnLayout {
        id: heading
        objectName: "heading"
        activeFocusOnTab: true
        Layout.fillWidth: true
        Layout.bottomMargin: title.visible ? 0 : -12
        spacing: 6

        RowLayout {
            Layout.fillWidth: true
            spacing: 16

            AppText {
                objectName: "pageCaption"
                Layout.fillWidth: true
                font.pixelSize: Theme.px(17)
                tone: "second"
                text: page.question.caption
            }
            InlineNote {
                objectName: "savedNote"
                Layout.fillWidth: false
                visible: page.question.canSkip && page.question.note.length > 0
                tone: page.question.noteTone
                text: page.question.note
            }
        }
        AppText {
            id: title
            objectName: "pageTitle"
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "question"
            text: page.question.title
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            tone: "second"
            text: page.question.hint
        }
    }
    LikelyDuplicates {
        session: page.session
        claim: page.claim
        visible: page.claim.duplicates.count > 0 && (page.question.asksWho || page.claim.foundDuplicate)
    }
    ErrorSummary {
        id: summary
        objectName: "errorSummary"
        errors: page.question.errors
        onFieldRequested: key => page.focusField(key)
    }
    Repeater {
        id: fields
        model: page.question.questions

        QuestionField {
            id: field

            required property string questionId
            required property string help
            required property string undoText
            required property bool hasHistory
            required property bool told
            required property bool dateIsCorrected
            required hint
            required value
            required error
            required choices
            required badge
            required badgeTone
            required absence
            required absenceNote
            required money
            required multiline
            required labelVariant
            required warnings
            required readOnly
            required search
            required range
            required picture

            objectName: "question." + key
            Layout.fillWidth: true
            captures: true
            onPictureWanted: key => page.session.openAnswerPicture(key)
            onScanWanted: key => page.session.openCode(key)
            onFetchWanted: key => page.question.fetchPicture(key)
            onEdited: key => page.question.editing(key)
            onAnswered: (key, value) => page.question.answer(key, value)

            AnswerTools {
                session: page.session
                question: page.question
                key: field.key
                help: field.help
                undoText: field.undoText
                hasHistory: field.hasHistory
                told: field.told
                dateIsCorrected: field.dateIsCorrected
            }
        }
    }
    Repeater {
        model: page.question.warnings

        InlineMessage {
            required property string modelData
            tone: "amber"
            text: modelData
        }
    }
    InlineMessage {
        objectName: "removed"
        visible: page.question.removed.length > 0
        tone: "blue"
        title: page.question.removed

        LinkButton {
            objectName: "button.undoRemove"
            small: true
            iconName: "undo"
            text: qsTr("Bring it back")
            onClicked: page.question.undoRemove()
        }
    }
    Repeater {
        model: page.question.cards

        Card {
            id: card

            required property string instanceId
            required property string cardTitle
            required property string detail
            required property int toGo

            objectName: "card." + instanceId
            Layout.fillWidth: true
            padding: 20

            RowLayout {
                Layout.fillWidth: true
                spacing: 12

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 4

                    Flow {
                        Layout.fillWidth: true
                        spacing: 10

                        AppText {
                            variant: "strong"
                            text: card.cardTitle
                        }
                        Badge {
                            tone: "amber"
                            text: card.toGo === 0 ? "" : card.toGo === 1 ? qsTr("1 question to go") : qsTr("%1 questions to go").arg(card.toGo)
                        }
                    }
                    AppText {
                        Layout.fillWidth: true
                        visible: text.length > 0
                        variant: "small"
                        tone: "second"
                        text: card.detail
                    }
                }
                LinkButton {
                    objectName: "card." + card.instanceId + ".change"
                    small: true
                    text: qsTr("Change")
                    onClicked: page.question.changeInstance(card.instanceId)
                }
                LinkButton {
                    objectName: "card." + card.instanceId + ".remove"
                    small: true
                    text: qsTr("Remove")
                    onClicked: page.question.removeInstance(card.instanceId)
                }
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: page.question.isCards

        SecondaryButton {
            objectName: "button.add"
            iconName: "plus"
            text: page.question.addText
            onClicked: page.question.addInstance()
        }
    }

    footer: FooterBar {
        note: page.question.canSkip ? "" : page.question.note
        noteTone: page.question.noteTone

        PrimaryButton {
            objectName: "button.continue"
            text: qsTr("Continue")
            onClicked: {
                page.commitAll();
                page.question.goOn();
            }
        }
        LinkButton {
            objectName: "button.notKnown"
            visible: page.question.canBeAbsent
            text: qsTr("Not known yet")
            onClicked: page.question.askNote("notKnown")
        }
        LinkButton {
            objectName: "button.refused"
            visible: page.question.canBeAbsent
            text: qsTr("Would rather not say")
            onClicked: page.question.askNote("refused")
        }
        LinkButton {
            objectName: "button.skip"
            visible: page.question.canSkip
            text: qsTr("Skip for now")
            onClicked: {
                page.commitAll();
                page.question.skip();
            }
        }
    }

    AppDialog {
        id: noteDialog
        objectName: "noteDialog"
        title: page.question.askingNote === "refused" ? qsTr("Would rather not say") : qsTr("Not known yet")
        text: page.question.askingNote === "refused" ? qsTr("The claim goes on. It is noted that the question was asked and not answered.") : qsTr("The claim goes on. It stays on the list of what is outstanding until it is known.")
        onOpened: noteText.forceActiveFocus(Qt.TabFocusReason)
        onRejected: page.question.cancelNote()

        TextAreaField {
            id: noteText
            objectName: "note.text"
            label: qsTr("A note (optional)")
            hint: page.question.askingNote === "refused" ? qsTr("For example, what they said") : qsTr("For example, who will find out, and when")
            lines: 2
        }

        buttons: [
            PrimaryButton {
                objectName: "button.saveNote"
                text: qsTr("Save and go on")
                onClicked: {
                    const note = noteText.text;
                    noteDialog.close();
                    page.question.giveNote(note);
                }
            },
            SecondaryButton {
                objectName: "button.cancelNote"
                text: qsTr("Cancel")
                onClicked: noteDialog.reject()
            }
        ]
    }
}
