pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The locked tablet: who, and the passphrase. Needs no network.
PageScaffold {
    id: page

    required property TabletSession session
    required property UnlockViewModel unlock

    function begin() {
        if (page.unlock.officer.length > 0)
            passphrase.forceActiveFocus();
        else
            who.forceActiveFocus();
    }

    objectName: "page.unlock"
    contentMaximumWidth: 520 * Theme.scale
    centred: true
    spacing: 20
    Component.onCompleted: page.begin()

    Connections {
        target: page.unlock
        function onRefused() {
            passphrase.clear();
            if (passphrase.visible)
                passphrase.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    topBar: TopBar {
        Layout.fillWidth: true
        product: qsTr("Fieldclaim")
        place: qsTr("Locked")
    }

    PageHeader {
        title: page.unlock.locked ? qsTr("Locked") : page.unlock.salvage !== "none" ? qsTr("Mend this tablet") : page.unlock.forgotten !== "none" ? qsTr("Forgotten passphrase") : qsTr("Unlock")
        subtitle: page.unlock.locked || page.unlock.salvage !== "none" ? "" : page.unlock.forgotten !== "none" ? page.unlock.officerName : qsTr("Works with or without a network.")

        LanguageButton {
            session: page.session
        }
    }
    InlineMessage {
        objectName: "lockedByOrder"
        visible: page.unlock.locked
        tone: "amber"
        iconName: "lock"
        title: qsTr("A supervisor locked this tablet")
        text: qsTr("Your work is kept. The tablet can be opened again when a supervisor unlocks it and it has a network.")
    }
    InlineMessage {
        objectName: "lockReason"
        visible: page.unlock.reason.length > 0 && !page.unlock.locked
        tone: "blue"
        iconName: "lock"
        text: page.unlock.reason
    }
    OptionGroup {
        id: who
        objectName: "officer"
        visible: page.unlock.officers.length > 1 && !page.unlock.locked
        label: qsTr("Who are you?")
        choices: page.unlock.officers
        value: page.unlock.officer
        onChosen: value => {
            page.unlock.officer = value;
            passphrase.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    PassphraseField {
        id: passphrase
        objectName: "passphrase"
        visible: !page.unlock.locked && page.unlock.forgotten === "none" && page.unlock.salvage === "none"
        label: page.unlock.officerName.length > 0 ? qsTr("Passphrase of %1").arg(page.unlock.officerName) : qsTr("Passphrase")
        error: page.unlock.error
        enabled: !page.unlock.busy && page.unlock.waitText.length === 0
        onAccepted: text => page.unlock.unlock(text)
    }
    InlineMessage {
        objectName: "wait"
        visible: passphrase.visible && page.unlock.waitText.length > 0
        tone: "amber"
        title: qsTr("Too many wrong tries")
        text: qsTr("%1. Closing the app does not shorten it.").arg(page.unlock.waitText)
    }
    Flow {
        Layout.fillWidth: true
        visible: passphrase.visible
        spacing: 12

        PrimaryButton {
            objectName: "button.unlock"
            text: page.unlock.busy ? qsTr("Opening") : qsTr("Unlock")
            busy: page.unlock.busy
            enabled: page.unlock.waitText.length === 0
            onClicked: page.unlock.unlock(passphrase.text)
        }
    }
    InlineMessage {
        objectName: "salvage"
        visible: page.unlock.salvage !== "none"
        tone: page.unlock.salvage === "done" ? "blue" : "red"
        title: page.unlock.salvage === "done" ? qsTr("A new store was made") : qsTr("The store of this tablet is damaged")
        text: page.unlock.salvage === "done" ? page.unlock.salvageReport : page.unlock.salvage === "working" ? qsTr("Reading what can be read. This can take some minutes.") : qsTr("What can be read is put into a new store. The damaged one is kept; nothing is deleted. What the server has comes back from there. To be quite sure, save an encrypted copy of what was not sent to a USB stick first.")
    }
    SaveCopy {
        objectName: "saveCopy"
        copy: page.unlock.copy
        visible: page.unlock.salvage === "offered" && page.unlock.copy.step !== "closed"
    }
    Flow {
        Layout.fillWidth: true
        visible: page.unlock.salvage !== "none"
        spacing: 12

        PrimaryButton {
            objectName: "button.salvage"
            text: page.unlock.salvage === "done" ? qsTr("Go on") : page.unlock.salvage === "working" ? qsTr("Reading") : qsTr("Save what can be read")
            busy: page.unlock.salvage === "working"
            enabled: page.unlock.copy.step !== "writing"
            onVisibleChanged: if (visible)
                forceActiveFocus(Qt.TabFocusReason)
            onClicked: {
                if (page.unlock.salvage === "done")
                    page.unlock.goOn();
                else
                    page.unlock.beginSalvage();
            }
        }
        SecondaryButton {
            objectName: "button.copy"
            visible: page.unlock.salvage === "offered" && page.unlock.copy.step === "closed"
            text: qsTr("Save an encrypted copy first")
            hint: qsTr("To a USB stick, for the server alone")
            onClicked: page.unlock.copy.open()
        }
    }
    ForgottenPassphrase {
        unlock: page.unlock
        visible: !page.unlock.locked && page.unlock.forgotten !== "none"
    }
    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: page.unlock.pending
    }
    LinkButton {
        objectName: "button.practise"
        visible: passphrase.visible && page.session.canPractise
        text: qsTr("Practise with invented customers")
        onClicked: page.session.startPractice()
    }
    Fold {
        objectName: "forgotten"
        visible: passphrase.visible
        open: page.unlock.forgottenError.length > 0 || page.unlock.waitText.length > 0
        title: qsTr("I have forgotten my passphrase")
        text: qsTr("Nobody can read it out to you: it is kept nowhere. Connect the tablet to a network: it then shows a code. Read it to your supervisor on the telephone, then choose a new passphrase. What you saved stays on the tablet.")

        InlineNote {
            objectName: "forgottenError"
            visible: page.unlock.forgottenError.length > 0
            tone: "red"
            text: page.unlock.forgottenError
        }
        SecondaryButton {
            objectName: "button.forgot"
            text: qsTr("Show a code for my supervisor")
            onClicked: page.unlock.forgot()
        }
    }
}
