import QtQuick
import Fieldclaim.Controls

// text, integer, decimal, barcode, geopoint: one line.
TextInputField {
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
    prefix: question.money ? "£" : question.prefix
    suffix: question.suffix
    widthInCharacters: question.type === "text" || question.type === "barcode" ? 0 : question.type === "integer" ? 8 : 10
    inputMethodHints: question.type === "integer" ? Qt.ImhDigitsOnly : question.type === "decimal" ? Qt.ImhFormattedNumbersOnly : Qt.ImhNone
    onEdited: question.edited(question.key)
    onCommitted: text => question.send(text)
}
