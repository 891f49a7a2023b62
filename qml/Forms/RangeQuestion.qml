import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// range: a slider, and the same number typed. `range` has start, end and step as the pack writes them.
FieldFrame {
    id: field

    required property QuestionField question
    readonly property int decimals: Math.max(decimalsOf(question.range.start ?? ""), decimalsOf(question.range.step ?? ""))

    function decimalsOf(number: string): int {
        return number.includes(".") ? number.length - number.indexOf(".") - 1 : 0;
    }

    function commit() {
        typed.commit();
    }

    label: question.label
    labelVariant: question.labelVariant
    hint: question.hint.length > 0 ? question.hint : qsTr("From %1 to %2").arg(question.range.start ?? "").arg(question.range.end ?? "")
    error: question.error
    badge: question.shownBadge
    badgeTone: question.shownBadgeTone
    optional: !question.required

    RowLayout {
        Layout.fillWidth: true
        spacing: 20

        ValueSlider {
            objectName: "slider"
            Layout.fillWidth: true
            label: field.question.label
            from: Number(field.question.range.start ?? 0)
            to: Number(field.question.range.end ?? 1)
            stepSize: Number(field.question.range.step ?? 1)
            isAnswered: field.question.value.length > 0
            given: field.question.value.length > 0 ? Number(field.question.value) : from
            onChosen: value => field.question.send(value.toFixed(field.decimals))
        }
        TextInputField {
            id: typed
            objectName: "typed"
            Layout.fillWidth: false
            Layout.preferredWidth: 140
            focus: true
            spokenLabel: field.question.label
            widthInCharacters: 6
            inputMethodHints: Qt.ImhFormattedNumbersOnly
            text: field.question.value
            onEdited: field.question.edited(field.question.key)
            onCommitted: text => field.question.send(text)
        }
    }
}
