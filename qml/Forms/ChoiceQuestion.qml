import QtQuick
import Fieldclaim.Controls

// select_one.
OptionGroup {
    id: field

    required property QuestionField question

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required
    choices: question.choices
    value: question.value
    searched: question.search
    columns: question.isYesNo ? 2 : 1
    onChosen: value => question.send(value)
}
