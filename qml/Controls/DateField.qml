import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// A date in three boxes. Month names in English or Welsh are understood, and a whole date may be typed or pasted into
// the first box ("27 3 1971"). What was typed stays as it was, right or wrong.
//
//     DateField { label: qsTr("Date of birth"); value: answer.text; onCommitted: (iso, typed) => answer.save(iso) }
//
// `value` takes an ISO date, or what `typed` gave. `committed` comes once per change, when the field as a whole is
// left: iso is "" while the three do not make a date, and `problemText` says why.
FieldFrame {
    id: field

    property string value: ""
    readonly property alias iso: parts.iso
    readonly property string typed: parts.typed()
    readonly property string problemText: problemFor(parts.problem)
    // Shown once the field was left; a page's own `error` comes first.
    property bool touched: false

    signal edited
    signal committed(string iso, string typed)

    property string committedText: ""

    function problemFor(problem: int): string {
        switch (problem) {
        case DateParts.NoDay:
            return qsTr("Enter the day, for example 27");
        case DateParts.NoMonth:
            return qsTr("Enter the month, for example 3 or March");
        case DateParts.NoYear:
            return qsTr("Enter the year, for example 1971");
        case DateParts.ShortYear:
            return qsTr("Enter the year in 4 figures, for example 1971");
        case DateParts.NotADate:
            return qsTr("This is not a date in the calendar. Check the day, month and year");
        }
        return "";
    }

    function commit() {
        touched = true;
        if (parts.typed() !== committedText) {
            committedText = parts.typed();
            committed(parts.iso, committedText);
        }
    }

    function take() {
        if (value !== parts.iso)
            parts.setWhole(value);
        committedText = parts.typed();
    }

    onValueChanged: take()
    Component.onCompleted: take()

    DateParts {
        id: parts
        onChanged: field.edited()
    }
    FocusScope {
        id: boxes
        Layout.fillWidth: true
        implicitHeight: row.implicitHeight
        focus: true
        onActiveFocusChanged: if (!activeFocus) field.commit()

        Flow {
            id: row
            width: parent.width
            spacing: 12

            DateBox {
                id: dayBox
                objectName: "day"
                caption: qsTr("Day")
                groupName: field.label
                groupDescription: field.description
                characters: 4
                text: parts.day
                hasError: field.error.length > 0 || (field.touched && parts.problem !== DateParts.None && parts.problem !== DateParts.Empty && parts.problem !== DateParts.NoMonth && parts.problem !== DateParts.NoYear && parts.problem !== DateParts.ShortYear)
                onTyped: text => parts.day = text
                onFinished: if (text.trim().split(/[\s\/.-]+/).length === 3) parts.setWhole(text)
                onAccepted: field.commit()
                focus: true
            }
            DateBox {
                objectName: "month"
                caption: qsTr("Month")
                groupName: field.label
                groupDescription: field.description
                characters: 8
                text: parts.month
                hasError: field.error.length > 0 || (field.touched && (parts.problem === DateParts.NoMonth || parts.problem === DateParts.NotADate))
                onTyped: text => parts.month = text
                onAccepted: field.commit()
            }
            DateBox {
                objectName: "year"
                caption: qsTr("Year")
                groupName: field.label
                groupDescription: field.description
                characters: 6
                digitsOnly: true
                text: parts.year
                hasError: field.error.length > 0 || (field.touched && (parts.problem === DateParts.NoYear || parts.problem === DateParts.ShortYear || parts.problem === DateParts.NotADate))
                onTyped: text => parts.year = text
                onAccepted: field.commit()
            }
        }
    }
    InlineNote {
        objectName: "problem"
        visible: field.touched && field.error.length === 0 && text.length > 0
        tone: "red"
        text: field.problemText
    }
}
