import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// One line of typed text.
//
//     TextInputField {
//         label: qsTr("Rent each week"); prefix: "£"; widthInCharacters: 8; text: answer.text; error: answer.error
//         inputMethodHints: Qt.ImhFormattedNumbersOnly
//         onCommitted: text => answer.save(text)
//     }
//
// `text` may be bound: typing does not break the binding. `committed` comes once per change, when the field is left
// or Enter is pressed; a page that closes by other means calls commit().
FieldFrame {
    id: field

    property alias text: input.text
    property string prefix: ""
    property string suffix: ""
    property alias inputMethodHints: input.inputMethodHints
    property alias maximumLength: input.maximumLength
    property alias readOnly: input.readOnly
    property alias placeholder: input.placeholderText
    // 0 fills the width there is.
    property int widthInCharacters: 0
    // For a screen reader, where the label stands elsewhere.
    property string spokenLabel: label
    readonly property alias input: input

    signal edited(string text)
    signal committed(string text)
    signal accepted

    property string committedText: ""

    function commit() {
        if (input.text !== committedText) {
            committedText = input.text;
            committed(input.text);
        }
    }

    onTextChanged: if (!input.activeFocus) committedText = text
    Component.onCompleted: committedText = text

    RowLayout {
        Layout.fillWidth: true
        spacing: 0

        Rectangle {
            id: before
            Layout.fillHeight: true
            implicitWidth: prefixText.implicitWidth + 32
            visible: field.prefix.length > 0
            color: Theme.neutralSoft
            radius: Theme.radiusMedium
            border.width: Theme.lineWidth
            border.color: Theme.controlLine

            AppText {
                id: prefixText
                anchors.centerIn: parent
                text: field.prefix
                Accessible.ignored: true
            }
        }
        InputBox {
            id: input
            objectName: "input"
            Layout.leftMargin: before.visible ? 6 : 0
            Layout.fillWidth: field.widthInCharacters === 0
            Layout.maximumWidth: Math.max(120, field.width)
            implicitWidth: field.widthInCharacters === 0 ? 320 : letters.averageCharacterWidth * 1.25 * field.widthInCharacters + leftPadding + rightPadding
            focus: true
            hasError: field.error.length > 0
            Accessible.name: field.spokenLabel
            Accessible.description: field.description
            onTextEdited: field.edited(text)
            onEditingFinished: field.commit()
            onAccepted: field.accepted()
        }
        AppText {
            Layout.leftMargin: 12
            Layout.fillWidth: field.widthInCharacters > 0
            visible: field.suffix.length > 0
            tone: "second"
            text: field.suffix
        }
        Item {
            Layout.fillWidth: true
            visible: field.widthInCharacters > 0 && field.suffix.length === 0
        }
    }
    FontMetrics {
        id: letters
        font: input.font
    }
}
