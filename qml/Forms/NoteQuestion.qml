import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// note: only shown.
FieldFrame {
    id: field

    required property QuestionField question

    AppText {
        objectName: "note"
        Layout.fillWidth: true
        text: field.question.label
    }
    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: field.question.hint
    }
}
