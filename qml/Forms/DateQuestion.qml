import QtQuick
import Fieldclaim.Controls

// date.
DateField {
    id: field

    required property QuestionField question

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required
    value: question.value
    onEdited: question.edited(question.key)
    onCommitted: (iso, typed) => question.send(iso.length > 0 ? iso : typed)
}
