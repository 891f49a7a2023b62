import QtQuick
import Fieldclaim.Controls

// time: "9.30 pm" as well as "21:30".
TextInputField {
    id: field

    required property QuestionField question

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint.length > 0 ? question.hint : qsTr("Hours and minutes, for example 9:30 or 2:15 pm")
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required
    text: question.value
    widthInCharacters: 8
    onEdited: question.edited(question.key)
    onCommitted: text => question.send(text)
}
