import QtQuick
import Fieldclaim.Controls

// dateTime: a date and a time, with a T between them ("2006-11-22T09:30"; what is none yet is kept as it was typed).
FieldFrame {
    id: field

    required property QuestionField question
    readonly property int between: question.value.lastIndexOf("T")

    function commit() {
        day.commit();
        time.commit();
    }

    function send(dayText: string, timeText: string) {
        question.send(dayText.length + timeText.length > 0 ? dayText + "T" + timeText : "");
    }

    DateField {
        id: day
        objectName: "date"
        label: field.question.label
        labelVariant: field.question.labelVariant
        hint: field.question.hint
        error: field.question.error
        badge: field.question.shownBadge
        badgeTone: field.question.shownBadgeTone
        optional: !field.question.required
        focus: true
        value: field.between < 0 ? field.question.value : field.question.value.slice(0, field.between)
        onEdited: field.question.edited(field.question.key)
        onCommitted: (iso, typed) => field.send(iso.length > 0 ? iso : typed, time.text)
    }
    TextInputField {
        id: time
        objectName: "time"
        label: qsTr("Time")
        hint: qsTr("Hours and minutes, for example 9:30 or 2:15 pm")
        widthInCharacters: 8
        text: field.between < 0 ? "" : field.question.value.slice(field.between + 1)
        onEdited: field.question.edited(field.question.key)
        onCommitted: text => field.send(day.iso.length > 0 ? day.iso : day.committedText, text)
    }
}
