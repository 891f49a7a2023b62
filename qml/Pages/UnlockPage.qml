pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The locked tablet: who, and the passphrase. Needs no network.
PageScaffold {
    id: page

    required property UnlockViewModel unlock

    function begin() {
        if (page.unlock.officer.length > 0)
            passphrase.forceActiveFocus();
        else
            who.forceActiveFocus();
    }

    objectName: "page.unlock"
    contentMaximumWidth: 520 * Theme.scale
    spacing: 20
    Component.onCompleted: page.begin()

    Connections {
        target: page.unlock
        function onRefused() {
            passphrase.clear();
            passphrase.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    topBar: TopBar {
        Layout.fillWidth: true
        product: qsTr("Fieldclaim")
        place: qsTr("Locked")
    }

    PageHeader {
        title: qsTr("Unlock")
        subtitle: qsTr("Works with or without a network.")
    }
    InlineMessage {
        objectName: "lockReason"
        visible: page.unlock.reason.length > 0
        tone: "blue"
        iconName: "lock"
        text: page.unlock.reason
    }
    OptionGroup {
        id: who
        objectName: "officer"
        visible: page.unlock.officers.length > 1
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
        label: page.unlock.officerName.length > 0 ? qsTr("Passphrase of %1").arg(page.unlock.officerName) : qsTr("Passphrase")
        error: page.unlock.waitText.length > 0 ? page.unlock.error + " " + page.unlock.waitText : page.unlock.error
        enabled: !page.unlock.busy && page.unlock.waitText.length === 0
        onAccepted: text => page.unlock.unlock(text)
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            objectName: "button.unlock"
            text: page.unlock.busy ? qsTr("Opening") : qsTr("Unlock")
            busy: page.unlock.busy
            enabled: page.unlock.waitText.length === 0
            onClicked: page.unlock.unlock(passphrase.text)
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: page.unlock.pending
    }
    Fold {
        objectName: "forgotten"
        title: qsTr("I have forgotten my passphrase")
        text: qsTr("Nobody can read it out to you: it is nowhere but in your head. Call your supervisor, who can let this tablet be opened again with a new passphrase. What you saved stays on the tablet, and what was sent is on the server. After several wrong tries the tablet waits longer before each next one; nothing is ever deleted for that.")
    }
}
