pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Who can open this tablet: add an officer, who chooses their own passphrase here, or remove one.
PageScaffold {
    id: page

    required property TabletSession session
    required property OfficersViewModel officers

    objectName: "page.officers"
    contentMaximumWidth: 760
    spacing: 20
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    Connections {
        property string last: "list"
        target: page.officers
        function onChanged() {
            if (last === page.officers.step)
                return;
            last = page.officers.step;
            code.text = "";
            passphrase.clear();
            page.scrollToTop();
            Qt.callLater(head.forceActiveFocus);
        }
    }
    ConfirmDialog {
        id: ask

        property string officer: ""
        property string name: ""

        objectName: "askRemove"
        isDanger: true
        title: qsTr("Remove %1 from this tablet?").arg(name)
        text: qsTr("They can no longer open it. Everything that they saved is with the server and stays. This takes a moment: the store gets a new key.")
        confirmText: qsTr("Remove")
        onAccepted: page.officers.remove(officer)
    }

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        title: page.officers.step === "add" ? qsTr("Add an officer") : page.officers.step === "code" ? qsTr("Another one-time code") : qsTr("Officers on this tablet")
        subtitle: page.officers.step === "add" ? qsTr("Hand the tablet to them: they choose their own passphrase.") : page.officers.step === "code" ? page.officers.officerName : qsTr("Each has a passphrase of their own. All of them can see the claims on it.")
    }
    InlineMessage {
        objectName: "officersDone"
        visible: page.officers.done.length > 0
        tone: "green"
        text: page.officers.done
    }
    InlineMessage {
        objectName: "officersError"
        visible: page.officers.error.length > 0
        tone: "red"
        text: page.officers.error
    }
    Card {
        Layout.fillWidth: true
        visible: page.officers.step === "list"
        padding: 0
        spacing: 0

        Repeater {
            model: page.officers.officers

            ColumnLayout {
                id: row

                required property int index
                required property var modelData
                readonly property string officer: modelData.officer
                readonly property string name: modelData.name
                readonly property bool isYou: modelData.isYou
                readonly property bool needsCode: modelData.needsCode

                Layout.fillWidth: true
                spacing: 0

                ListRow {
                    objectName: "officer." + row.name
                    pressable: false
                    divider: false
                    text: row.name
                    detail: row.modelData.detail
                    tag: row.isYou ? qsTr("You") : ""
                    tagTone: "blue"
                }
                Flow {
                    Layout.fillWidth: true
                    Layout.leftMargin: 20
                    Layout.rightMargin: 20
                    Layout.bottomMargin: 16
                    visible: row.needsCode || !row.isYou
                    spacing: 12

                    SecondaryButton {
                        objectName: "officer.code." + row.name
                        visible: row.needsCode
                        text: qsTr("Another code")
                        hint: qsTr("For %1").arg(row.name)
                        onClicked: page.officers.beginCode(row.officer)
                    }
                    SecondaryButton {
                        objectName: "officer.remove." + row.name
                        visible: !row.isYou
                        enabled: !page.officers.busy
                        text: qsTr("Remove")
                        hint: qsTr("For %1").arg(row.name)
                        onClicked: {
                            ask.officer = row.officer;
                            ask.name = row.name;
                            if (page.officers.mayRemove(row.officer))
                                ask.open();
                        }
                    }
                }
                Divider {
                    visible: row.index < page.officers.officers.length - 1
                }
            }
        }
    }
    InlineMessage {
        objectName: "noCandidates"
        visible: page.officers.step === "add" && page.officers.candidates.length === 0
        tone: "blue"
        text: qsTr("Everyone of this site is on the tablet already, as far as it knows. Somebody new has to be added at the office first; their name comes with the next sync, which needs a network.")
    }
    OptionGroup {
        objectName: "newOfficer"
        visible: page.officers.step === "add" && page.officers.candidates.length > 0
        label: qsTr("Who?")
        error: page.officers.officerError
        choices: page.officers.candidates
        value: page.officers.officer
        onChosen: value => page.officers.officer = value
    }
    TextInputField {
        id: code
        objectName: "newCode"
        visible: page.officers.step === "code" || (page.officers.step === "add" && page.officers.candidates.length > 0)
        enabled: !page.officers.busy
        label: qsTr("One-time code")
        hint: qsTr("12 characters, from a supervisor. The server checks it when there is a network.")
        error: page.officers.codeError
        widthInCharacters: 16
        inputMethodHints: Qt.ImhNoPredictiveText
    }
    PassphraseField {
        id: passphrase
        objectName: "newOfficerPassphrase"
        visible: page.officers.step === "add" && page.officers.candidates.length > 0
        enabled: !page.officers.busy
        label: page.officers.officerName.length > 0 ? qsTr("Passphrase of %1").arg(page.officers.officerName) : qsTr("Passphrase")
        hint: qsTr("Four words that you can remember are better than a short word with signs. You type it at each unlock.")
        error: page.officers.passphraseError
        showMeter: true
        onAccepted: text => page.officers.add(code.text, text)
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.add"
            visible: page.officers.step === "list" || page.officers.candidates.length > 0 || page.officers.step === "code"
            busy: page.officers.busy
            text: page.officers.step === "list" ? qsTr("Add an officer") : page.officers.step === "code" ? qsTr("Keep the code") : page.officers.busy ? qsTr("Adding") : qsTr("Add")
            onClicked: {
                if (page.officers.step === "list")
                    page.officers.beginAdd();
                else if (page.officers.step === "code")
                    page.officers.giveCode(code.text);
                else
                    page.officers.add(code.text, passphrase.text);
            }
        }
        SecondaryButton {
            objectName: "button.cancel"
            text: page.officers.step === "list" ? qsTr("Back to Settings") : qsTr("Cancel")
            onClicked: {
                if (page.officers.step === "list")
                    page.session.goSettings();
                else
                    page.officers.cancel();
            }
        }
    }
}
