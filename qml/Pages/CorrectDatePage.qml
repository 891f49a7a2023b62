pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Another date of first contact, with the reason that it needs; the server decides.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property CorrectDateViewModel correction

    function commitAll() {
        dateField.commit();
        reasonField.commit();
    }

    objectName: "page.date"
    contentMaximumWidth: Theme.measure
    spacing: 20
    listText: qsTr("Task list")
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    Connections {
        target: page.correction
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
        currentTask: page.correction.sectionId
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        title: qsTr("Correct the date of first contact")
        variant: "question"
    }
    ErrorSummary {
        id: summary
        objectName: "errorSummary"
        errors: page.correction.errors
        onFieldRequested: key => (key === "date" ? dateField : reasonField).forceActiveFocus(Qt.TabFocusReason)
    }
    InlineMessage {
        visible: page.correction.error.length > 0
        tone: "red"
        text: page.correction.error
    }
    InlineMessage {
        objectName: "standing"
        tone: "blue"
        iconName: "calendar"
        title: qsTr("The date that stands: %1").arg(page.correction.standing)
        text: qsTr("Benefit is paid from it, so it is protected. A correction goes to the server with its reason; until the server has accepted it, the old date is shown.")
    }
    InlineMessage {
        objectName: "outcome"
        visible: page.correction.outcome.length > 0
        tone: page.correction.outcomeTone
        text: page.correction.outcome
    }
    DateField {
        id: dateField
        objectName: "date"
        label: qsTr("When did the customer first tell us they wanted to claim?")
        error: page.correction.dateError
        value: page.correction.date
        onCommitted: (iso, typed) => page.correction.date = iso.length > 0 ? iso : typed
    }
    TextAreaField {
        id: reasonField
        objectName: "reason"
        label: qsTr("Why has it to be another date?")
        hint: qsTr("For example, what shows that they rang earlier. It is kept with your name.")
        error: page.correction.reasonError
        lines: 3
        text: page.correction.reason
        onCommitted: text => page.correction.reason = text
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.ask"
            text: qsTr("Ask for the correction")
            onClicked: {
                page.commitAll();
                page.correction.ask();
            }
        }
        LinkButton {
            objectName: "button.back"
            text: qsTr("Back")
            onClicked: page.session.goBack()
        }
    }
}
