import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The way back from a forgotten passphrase, on the locked page: the code for the supervisor, then a new passphrase.
//
//     ForgottenPassphrase { unlock: page.unlock; visible: page.unlock.forgotten !== "none" }
ColumnLayout {
    id: forgotten

    required property UnlockViewModel unlock

    Layout.fillWidth: true
    spacing: 20

    AppText {
        Layout.fillWidth: true
        visible: forgotten.unlock.forgotten === "asking"
        text: forgotten.unlock.forgottenError.length > 0 ? forgotten.unlock.forgottenError : qsTr("Asking the server for a code.")
    }
    Card {
        Layout.fillWidth: true
        visible: forgotten.unlock.forgotten === "code"

        AppText {
            Layout.fillWidth: true
            variant: "strong"
            text: qsTr("Call your supervisor and read out this code")
        }
        AppText {
            objectName: "releaseCode"
            Layout.fillWidth: true
            // Read out on the telephone, a character at a time.
            font.pixelSize: Theme.px(44)
            font.weight: Font.Bold
            font.letterSpacing: 3
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            wrapMode: Text.NoWrap
            text: forgotten.unlock.releaseCode
            Accessible.name: text.split("").join(" ")
        }
        AppText {
            Layout.fillWidth: true
            tone: "second"
            text: qsTr("It is good for 15 minutes. Keep this page open: it goes on by itself when your supervisor has typed the code.")
        }
    }
    InlineMessage {
        visible: chosen.visible
        tone: "green"
        text: qsTr("Your supervisor has released this tablet for you. Choose a new passphrase.")
    }
    PassphraseField {
        id: chosen
        onVisibleChanged: if (visible)
            forceActiveFocus(Qt.TabFocusReason)
        objectName: "newPassphrase"
        visible: forgotten.unlock.forgotten === "passphrase"
        enabled: !forgotten.unlock.busy
        label: qsTr("New passphrase of %1").arg(forgotten.unlock.officerName)
        error: forgotten.unlock.forgottenError
        showMeter: true
        onAccepted: text => forgotten.unlock.choosePassphrase(text)
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            objectName: "button.choosePassphrase"
            visible: chosen.visible
            text: forgotten.unlock.busy ? qsTr("Opening") : qsTr("Save and unlock")
            busy: forgotten.unlock.busy
            onClicked: forgotten.unlock.choosePassphrase(chosen.text)
        }
        SecondaryButton {
            objectName: "button.stopForgotten"
            text: qsTr("Back")
            onClicked: forgotten.unlock.stopForgotten()
        }
    }
}
