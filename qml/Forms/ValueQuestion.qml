import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// A calculated value that has a label, and an answer that is only read.
FieldFrame {
    id: field

    required property QuestionField question
    readonly property var names: question.value.split(" ")
    readonly property var chosen: question.choices.filter(choice => names.indexOf(choice.name) >= 0)

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone

    AppText {
        objectName: "value"
        Layout.fillWidth: true
        variant: "strong"
        text: field.chosen.length > 0 ? field.chosen.map(choice => choice.label).join(", ") : field.question.value.length > 0 ? (field.question.money ? "£" : "") + field.question.value : "–"
        Accessible.name: Spoken.join([field.question.label, text], ": ")
    }
}
