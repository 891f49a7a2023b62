pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// A passphrase, hidden until asked for, with a meter where one is chosen.
//
//     PassphraseField { label: qsTr("Your passphrase"); showMeter: true; onAccepted: unlock.open(text) }
//
// `strength` is 0 (nothing) to 4 (strong). The meter says its finding in words; it forbids nothing.
FieldFrame {
    id: field

    property alias text: input.text
    property bool showMeter: false
    property bool revealed: false
    readonly property alias strength: meter.strength
    readonly property alias input: input

    signal edited(string text)
    signal accepted(string text)

    function clear() {
        input.clear();
        revealed = false;
    }

    PassphraseMeter {
        id: meter
        passphrase: field.showMeter ? input.text : ""
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: 8

        InputBox {
            id: input
            objectName: "input"
            Layout.fillWidth: true
            focus: true
            hasError: field.error.length > 0
            echoMode: field.revealed ? TextInput.Normal : TextInput.Password
            passwordCharacter: "•"
            inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase | Qt.ImhHiddenText
            Accessible.passwordEdit: !field.revealed
            Accessible.name: field.label
            Accessible.description: field.description
            onTextEdited: field.edited(text)
            onAccepted: field.accepted(text)
        }
        SecondaryButton {
            objectName: "reveal"
            iconName: field.revealed ? "eye-off" : "eye"
            text: field.revealed ? qsTr("Hide") : qsTr("Show")
            hint: field.revealed ? qsTr("Hides the passphrase") : qsTr("Shows the passphrase on the screen")
            horizontalPadding: 18
            onClicked: field.revealed = !field.revealed
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: 12
        visible: field.showMeter
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Strength of the passphrase: %1").arg(finding.text)

        Row {
            spacing: 4

            Repeater {
                model: 4

                Rectangle {
                    required property int index
                    width: Theme.px(44)
                    height: 8
                    radius: 4
                    color: index < meter.strength ? Theme.toneColor(finding.tone) : Theme.track
                }
            }
        }
        AppText {
            id: finding
            objectName: "strengthText"
            Layout.fillWidth: true
            variant: "smallStrong"
            tone: ["second", "red", "amber", "green", "green"][meter.strength]
            text: [qsTr("Several words make it strong"), qsTr("Easy to guess"), qsTr("Weak: add another word"), qsTr("Good"), qsTr("Strong")][meter.strength]
            Accessible.ignored: true
        }
    }
}
