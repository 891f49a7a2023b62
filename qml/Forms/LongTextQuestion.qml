import QtQuick
import Fieldclaim.Controls

// text of more than a line.
TextAreaField {
    id: field

    required property QuestionField question

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required
    text: question.value
    onEdited: question.edited(question.key)
    onCommitted: text => question.send(text)
}
