pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The end of first contact: what is suggested and why, what would change it, and what the customer claims.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property FirstContactViewModel firstContact

    objectName: "page.benefits"
    contentMaximumWidth: Math.round(Theme.measure * 1.25)
    spacing: 16
    listText: qsTr("Task list")
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    Connections {
        target: page.session
        function onLeaving() {
            if (page.firstContact.differs)
                whyField.commit();
        }
    }
    Connections {
        target: page.firstContact
        function onRefused() {
            page.scrollToTop();
            summary.focusSummary();
        }
    }

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: page.firstContact.sectionId
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.firstContact.caption
        title: page.firstContact.title
        subtitle: qsTr("The customer may claim anything. What is marked likely follows from the answers so far.")
        variant: "question"
    }
    ErrorSummary {
        id: summary
        objectName: "errorSummary"
        errors: page.firstContact.errors
        onFieldRequested: key => {
            if (key === "why")
                whyField.forceActiveFocus(Qt.TabFocusReason);
            else
                (list.itemAt(0) as SuggestionCard).forceActiveFocus(Qt.TabFocusReason);
        }
    }
    InlineMessage {
        objectName: "dateOfClaim"
        visible: page.firstContact.dateOfClaim.length > 0
        tone: "green"
        iconName: "calendar"
        title: qsTr("Date of claim %1, protected").arg(page.firstContact.dateOfClaim)
        text: qsTr("They first told us on %1. The date holds even if proof and the signature come later.").arg(page.firstContact.firstContact)
    }
    Repeater {
        model: page.firstContact.warnings

        InlineMessage {
            required property string modelData
            tone: "amber"
            text: modelData
        }
    }
    Repeater {
        id: list
        model: page.firstContact.suggestions

        SuggestionCard {
            required property string benefit
            required benefitLabel
            required verdict
            required tone
            required reason
            required change
            required ticked

            objectName: "benefit." + benefit
            onToggledByUser: page.firstContact.tick(benefit, checked)
        }
    }
    LinkButton {
        objectName: "button.takeSuggestion"
        text: qsTr("Tick what is suggested")
        onClicked: page.firstContact.takeSuggestion()
    }
    LinkButton {
        objectName: "button.history"
        visible: page.firstContact.hasHistory
        small: true
        iconName: "clock"
        text: qsTr("History")
        hint: qsTr("Who gave this answer, when and where")
        onClicked: page.session.openHistory(page.firstContact.answerKey)
    }
    TextAreaField {
        id: whyField
        objectName: "why"
        visible: page.firstContact.differs
        label: page.firstContact.whyLabel
        hint: qsTr("In a few words, for those who decide")
        error: page.firstContact.whyError
        text: page.firstContact.why
        lines: 2
        onCommitted: text => page.firstContact.saveWhy(text)
    }

    footer: FooterBar {
        note: page.firstContact.note
        noteTone: page.firstContact.noteTone

        PrimaryButton {
            objectName: "button.continue"
            text: qsTr("Continue")
            onClicked: {
                whyField.commit();
                page.firstContact.goOn();
            }
        }
        LinkButton {
            objectName: "button.skip"
            text: qsTr("Skip for now")
            onClicked: page.firstContact.skip()
        }
    }
}
