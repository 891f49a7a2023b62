pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// What was signed and what happens next, to be shown to the customer.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property DeclarationViewModel declaration

    objectName: "page.receipt"
    listText: qsTr("Task list")
    contentMaximumWidth: Theme.measure
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: "sign"
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.claim.name
        title: page.declaration.receiptTitle
        subtitle: page.claim.sendText
    }
    Card {
        Layout.fillWidth: true
        spacing: 0

        Repeater {
            model: page.declaration.receipt

            KeyValueRow {
                required property string receiptKey
                required property int index
                required label
                required value

                objectName: "receipt." + receiptKey
                divider: index < page.declaration.receipt.count - 1
            }
        }
    }
    OptionGroup {
        objectName: "copyGiven"
        visible: page.declaration.copyChoices.length > 0
        label: page.declaration.copyQuestion
        labelVariant: "section"
        choices: page.declaration.copyChoices
        value: page.declaration.copyGiven
        onChosen: value => page.declaration.saveCopyGiven(value)
    }
    Card {
        Layout.fillWidth: true
        spacing: 12

        AppText {
            Layout.fillWidth: true
            variant: "section"
            text: qsTr("For the customer to take home")
        }
        PaperPlace {
            paper: page.declaration.paper
        }
        Flow {
            Layout.fillWidth: true
            spacing: 12

            SecondaryButton {
                objectName: "button.saveCopy"
                iconName: "print"
                text: qsTr("Save their copy as PDF")
                onClicked: page.declaration.paper.saveCopy()
            }
            SecondaryButton {
                objectName: "button.saveReceipt"
                iconName: "print"
                text: qsTr("Save the receipt as PDF")
                onClicked: page.declaration.paper.saveReceipt()
            }
        }
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.today"
            text: qsTr("Done, back to Today")
            onClicked: page.session.goToday()
        }
        LinkButton {
            objectName: "button.sending"
            text: qsTr("See what is sent")
            onClicked: page.session.goSending()
        }
    }
}
