import QtQuick
import Fieldclaim.Controls

// acknowledge: ticked or not.
FieldFrame {
    id: field

    required property QuestionField question

    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone

    CheckCard {
        objectName: "acknowledge"
        focus: true
        text: field.question.label
        hasError: field.question.error.length > 0
        checked: field.question.value.length > 0
        onToggledByUser: field.question.send(checked ? "OK" : "")
    }
}
