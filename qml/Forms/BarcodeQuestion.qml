import QtQuick
import Fieldclaim.Controls

// barcode: one line, typed or, where the camera may be used (QuestionField.captures), scanned.
FieldFrame {
    id: field

    required property QuestionField question

    function commit() {
        line.commit();
    }

    LineQuestion {
        id: line
        question: field.question
        focus: true
    }
    SecondaryButton {
        objectName: "scan"
        visible: field.question.captures
        iconName: "camera"
        text: qsTr("Scan the code")
        hint: field.question.label
        onClicked: field.question.scanWanted(field.question.key)
    }
}
