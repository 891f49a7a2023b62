pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Two claims that may be one person's, side by side: what agrees, what differs, and what to do about it.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property DuplicateViewModel duplicate

    readonly property bool isWide: hasRoom

    objectName: "page.duplicate"
    contentMaximumWidth: 1040
    spacing: 16
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: qsTr("Possible duplicate")
        title: qsTr("Is this the same person?")
        subtitle: page.duplicate.why.length > 0 ? qsTr("Both have %1").arg(page.duplicate.why) : ""

        SecondaryButton {
            objectName: "button.back"
            text: qsTr("Back")
            onClicked: page.session.goBack()
        }
    }
    InlineMessage {
        objectName: "decided"
        visible: page.duplicate.decided.length > 0
        tone: "blue"
        text: page.duplicate.decided
    }
    InlineMessage {
        visible: page.duplicate.error.length > 0 && !apart.opened
        tone: "red"
        text: page.duplicate.error
    }
    InlineMessage {
        visible: page.duplicate.candidates.count > 1
        tone: "amber"
        title: qsTr("Other claims may be the same person’s too")

        Repeater {
            model: page.duplicate.candidates

            LinkButton {
                required property string other
                required property string label

                visible: other !== page.duplicate.other
                small: true
                text: label
                onClicked: page.session.openDuplicate(page.claim.plainCrn, other)
            }
        }
    }
    Card {
        Layout.fillWidth: true
        padding: 20
        spacing: 0

        Item {
            Layout.fillWidth: true
            implicitHeight: sides.implicitHeight + 8

            GridLayout {
                id: sides
                width: parent.width
                columns: page.isWide ? 4 : 2
                columnSpacing: 16

                Item {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 3
                    visible: page.isWide
                }
                ComparedClaim {
                    name: page.duplicate.name
                    number: page.duplicate.number
                    objectName: "open.here"
                    onOpened: page.session.openClaim(page.claim.plainCrn)
                }
                ComparedClaim {
                    name: page.duplicate.otherName
                    number: page.duplicate.otherNumber
                    objectName: "open.there"
                    onOpened: page.session.openClaim(page.duplicate.other)
                }
                Item {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 2
                    visible: page.isWide
                }
            }
        }
        Divider { }
        Repeater {
            model: page.duplicate.facts

            ComparedFact {
                required property string factKey
                required property int index
                required label
                required here
                required there
                required same
                required mark

                objectName: "fact." + factKey
                isWide: page.isWide
                divider: index < page.duplicate.facts.count - 1
            }
        }
    }
    AppText {
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: qsTr("Nothing is deleted, whichever you choose. Your decision is kept in both claims, with your name.")
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.link"
            text: qsTr("Same person: link them")
            onClicked: page.duplicate.link()
        }
        SecondaryButton {
            objectName: "button.apart"
            text: qsTr("Two people: keep apart")
            onClicked: apart.open()
        }
        LinkButton {
            objectName: "button.withdraw"
            visible: page.duplicate.withdrawable.length > 0
            text: qsTr("Withdraw one")
            onClicked: {
                which.value = "";
                ending.open();
            }
        }
    }

    AppDialog {
        id: apart
        title: qsTr("Keep the two apart")
        text: qsTr("They are not asked about again. Say why these are two people.")
        onOpened: reason.forceActiveFocus(Qt.TabFocusReason)

        TextAreaField {
            id: reason
            objectName: "apartReason"
            label: qsTr("Reason")
            error: apart.opened ? page.duplicate.error : ""
            lines: 3
            limit: 300
        }
        buttons: [
            PrimaryButton {
                objectName: "button.apartConfirm"
                text: qsTr("Keep apart")
                onClicked: {
                    if (page.duplicate.keepApart(reason.text))
                        apart.accept();
                }
            },
            SecondaryButton {
                objectName: "button.apartCancel"
                text: qsTr("Cancel")
                onClicked: apart.reject()
            }
        ]
    }
    AppDialog {
        id: ending
        title: qsTr("Withdraw one of the two")
        text: qsTr("The other one goes on. The server is asked, with the reason that it is a duplicate; every answer stays.")
        onOpened: which.forceActiveFocus(Qt.TabFocusReason)

        OptionGroup {
            id: which
            objectName: "which"
            label: qsTr("Which one ends?")
            choices: page.duplicate.withdrawable
            onChosen: value => which.value = value
        }
        buttons: [
            DangerButton {
                objectName: "button.withdrawConfirm"
                enabled: which.value.length > 0
                text: qsTr("Withdraw it")
                onClicked: {
                    ending.accept();
                    page.duplicate.withdraw(which.value);
                }
            },
            SecondaryButton {
                objectName: "button.withdrawCancel"
                text: qsTr("Cancel")
                onClicked: ending.reject()
            }
        ]
    }
}
