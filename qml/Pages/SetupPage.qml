pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Set-up in three steps, each of which asks one thing.
PageScaffold {
    id: page

    required property TabletSession session
    required property SetupViewModel setup

    function begin() {
        page.scrollToTop();
        if (setup.step === "code")
            (setup.server.length > 0 ? code : server).forceActiveFocus();
        else if (setup.step === "passphrase")
            oneTimeCode.forceActiveFocus();
    }

    objectName: "page.setup"
    contentMaximumWidth: Theme.measure
    spacing: 20
    Component.onCompleted: page.begin()

    Connections {
        property string last: "code"
        target: page.setup
        function onChanged() {
            if (last !== page.setup.step) {
                last = page.setup.step;
                page.begin();
            }
        }
    }

    topBar: TopBar {
        Layout.fillWidth: true
        product: qsTr("Fieldclaim")
        place: qsTr("Setting up this tablet")
    }

    PageHeader {
        eyebrow: page.setup.step === "code" ? qsTr("Step 1 of 3") : page.setup.step === "officer" ? qsTr("Step 2 of 3") : qsTr("Step 3 of 3")
        title: page.setup.step === "code" ? qsTr("Enrol this tablet") : page.setup.step === "officer" ? qsTr("Who are you?") : qsTr("Choose a passphrase")
        subtitle: page.setup.step === "code" ? qsTr("This needs a network once. After that the tablet works without one.") : page.setup.siteName

        LanguageButton {
            session: page.session
        }
    }
    InlineMessage {
        objectName: "setupReason"
        visible: page.setup.reason.length > 0 && page.setup.step === "code"
        tone: "amber"
        text: page.setup.reason
    }
    InlineMessage {
        objectName: "setupError"
        visible: page.setup.error.length > 0
        tone: "red"
        text: page.setup.error
    }
    TextInputField {
        id: server
        objectName: "setup.server"
        visible: page.setup.step === "code"
        enabled: !page.setup.busy
        label: qsTr("Server address")
        error: page.setup.serverError
        text: page.setup.server
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
        onEdited: text => page.setup.server = text
    }
    TextAreaField {
        id: code
        objectName: "setup.code"
        visible: page.setup.step === "code"
        enabled: !page.setup.busy
        label: qsTr("Enrolment code")
        hint: qsTr("8 groups of 5 characters, from the back office. It lasts 24 hours and serves once. Capitals and spaces do not matter.")
        lines: 2
        text: page.setup.code
        onEdited: text => page.setup.code = text
    }
    InlineNote {
        objectName: "setup.codeNote"
        visible: page.setup.step === "code" && text.length > 0
        tone: page.setup.codeTone
        text: page.setup.codeNote
    }
    OptionGroup {
        objectName: "setup.officer"
        visible: page.setup.step === "officer"
        label: qsTr("Choose your name")
        choices: page.setup.officers
        value: page.setup.officer
        onChosen: value => page.setup.officer = value
    }
    TextInputField {
        id: oneTimeCode
        objectName: "setup.oneTimeCode"
        visible: page.setup.step === "passphrase"
        enabled: !page.setup.busy
        label: qsTr("One-time code")
        hint: qsTr("From your supervisor. It shows the server that it is you, %1.").arg(page.setup.officerName)
        error: page.setup.oneTimeCodeError
        widthInCharacters: 16
        inputMethodHints: Qt.ImhNoPredictiveText
    }
    PassphraseField {
        id: passphrase
        objectName: "setup.passphrase"
        visible: page.setup.step === "passphrase"
        enabled: !page.setup.busy
        label: qsTr("Passphrase")
        hint: qsTr("Four words that you can remember are better than a short word with signs. You type it at each unlock.")
        error: page.setup.passphraseError
        showMeter: true
        onAccepted: page.setup.finish(oneTimeCode.text, text)
    }
    ProgressBar {
        objectName: "setup.progress"
        visible: page.setup.busy
        value: -1
        text: page.setup.busyText
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            objectName: "button.continue"
            busy: page.setup.busy
            text: page.setup.step === "passphrase" ? qsTr("Finish") : qsTr("Continue")
            onClicked: {
                if (page.setup.step === "code")
                    page.setup.enrol();
                else if (page.setup.step === "officer")
                    page.setup.confirmOfficer();
                else
                    page.setup.finish(oneTimeCode.text, passphrase.text);
            }
        }
        LinkButton {
            objectName: "button.back"
            visible: page.setup.step === "passphrase"
            text: qsTr("Back")
            onClicked: page.setup.goBack()
        }
    }
}
