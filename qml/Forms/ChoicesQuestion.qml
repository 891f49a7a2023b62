import QtQuick
import Fieldclaim.Controls

// select_multiple: names with one space between.
CheckGroup {
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
    values: question.value.split(" ").filter(name => name.length > 0)
    searched: question.search
    onChosen: values => question.send(values.join(" "))
}
