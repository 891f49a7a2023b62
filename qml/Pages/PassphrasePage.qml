pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The officer who is signed in chooses another passphrase.
PageScaffold {
    id: page

    required property TabletSession session
    required property PassphraseViewModel passphrase

    objectName: "page.passphrase"
    contentMaximumWidth: Theme.measure
    spacing: 20
    Component.onCompleted: Qt.callLater(before.forceActiveFocus)

    Connections {
        target: page.passphrase
        function onRefused() {
            before.clear();
            before.forceActiveFocus(Qt.TabFocusReason);
        }
        function onChanged() {
            if (!page.passphrase.done)
                return;
            before.clear();
            chosen.clear();
            Qt.callLater(back.forceActiveFocus, Qt.TabFocusReason);
        }
    }

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        title: qsTr("Change your passphrase")
        subtitle: qsTr("For %1, on this tablet. Needs no network.").arg(page.session.officerName)
    }
    InlineMessage {
        objectName: "passphraseDone"
        visible: page.passphrase.done
        tone: "green"
        text: qsTr("From now on the new passphrase opens this tablet. The old one does not.")
    }
    InlineMessage {
        objectName: "passphraseError"
        visible: page.passphrase.error.length > 0
        tone: "red"
        text: page.passphrase.error
    }
    PassphraseField {
        id: before
        objectName: "oldPassphrase"
        visible: !page.passphrase.done
        enabled: !page.passphrase.busy && page.passphrase.waitText.length === 0
        label: qsTr("The passphrase that you have now")
        error: page.passphrase.waitText.length > 0 ? page.passphrase.oldError + " " + page.passphrase.waitText : page.passphrase.oldError
        onAccepted: chosen.forceActiveFocus(Qt.TabFocusReason)
    }
    PassphraseField {
        id: chosen
        objectName: "newPassphrase"
        visible: !page.passphrase.done
        enabled: !page.passphrase.busy
        label: qsTr("New passphrase")
        hint: qsTr("Four words that you can remember are better than a short word with signs. You type it at each unlock.")
        error: page.passphrase.newError
        showMeter: true
        onAccepted: text => page.passphrase.change(before.text, text)
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.changePassphrase"
            visible: !page.passphrase.done
            busy: page.passphrase.busy
            enabled: page.passphrase.waitText.length === 0
            text: page.passphrase.busy ? qsTr("Changing") : qsTr("Change")
            onClicked: page.passphrase.change(before.text, chosen.text)
        }
        SecondaryButton {
            id: back
            objectName: "button.settings"
            text: page.passphrase.done ? qsTr("Back to Settings") : qsTr("Cancel")
            onClicked: page.session.goSettings()
        }
    }
}
