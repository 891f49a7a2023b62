import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// The field for one question of a form pack, whatever its type.
//
//     QuestionField {
//         key: question.key; type: question.type; label: question.label; hint: question.hint
//         value: question.value; error: question.error; choices: question.choices; required: question.required
//         onAnswered: (key, value) => page.save(key, value)
//     }
//
// Every value is text in the pack's canonical form: a date is ISO (or, while it is none, what was typed: "31|2|2006"),
// several choices are names with one space between, an acknowledgement is "OK" or "". `answered` comes once a change:
// at once for choices, on leaving the field for what is typed; commit() sends what is typed so far.
FocusScope {
    id: question

    // What a page puts under the field.
    default property alias extras: column.data

    required property string key
    // text, integer, decimal, date, select_one, select_multiple, acknowledge
    required property string type
    required property string label
    property string hint: ""
    property string value: ""
    property string error: ""
    // List of { name, label, hint? }.
    property var choices: []
    property bool required: true
    // label, section or question
    property string labelVariant: "label"
    property string prefix: ""
    property string suffix: ""
    property bool money: false
    property bool multiline: false
    property string badge: ""
    property string badgeTone: "neutral"
    // "" (there is an answer, or none yet), notKnown, refused
    property string absence: ""
    property string absenceNote: ""
    // What does not fit together here, in sentences; nothing waits for it.
    property list<string> warnings
    property bool readOnly: false
    // Choices are found by typing, however few they are.
    property bool search: false
    // Of a range: { start, end, step } as the pack writes them.
    property var range: ({})

    signal answered(string key, string value)
    signal edited(string key)

    readonly property bool isYesNo: choices.length === 2 && choices.every(choice => ["yes", "no"].indexOf(choice.name) >= 0)
    readonly property string shownBadge: badge.length > 0 ? badge : absence === "notKnown" ? qsTr("Not known yet") : absence === "refused" ? qsTr("Would rather not say") : ""
    readonly property string shownBadgeTone: badge.length > 0 ? badgeTone : absence.length > 0 ? "amber" : badgeTone

    function commit() {
        (loader.item as FieldFrame).commit();
    }

    function focusField() {
        (loader.item as Item).forceActiveFocus(Qt.TabFocusReason);
    }

    function send(text: string) {
        answered(key, text);
    }

    objectName: "question_" + key
    implicitWidth: 400
    implicitHeight: column.implicitHeight
    Layout.fillWidth: true

    ColumnLayout {
        id: column
        width: parent.width
        spacing: 8

        Loader {
            id: loader
            Layout.fillWidth: true
            focus: true
            sourceComponent: question.type === "select_one" ? one : question.type === "select_multiple" ? several : question.type === "date" ? date : question.type === "acknowledge" ? acknowledge : question.multiline ? longText : line
        }
        InlineNote {
            objectName: "absenceNote"
            visible: text.length > 0
            iconName: "pen"
            text: question.absence.length > 0 ? question.absenceNote : ""
        }
        Repeater {
            model: question.warnings

            InlineNote {
                required property string modelData
                objectName: "warning"
                tone: "amber"
                text: modelData
            }
        }
    }

    // A Loader of Qt 6.4 cannot make a bound component, and qmllint calls an outer id unqualified in any other.
    // qmllint disable unqualified
    Component {
        id: one

        OptionGroup {
            label: question.label
            labelVariant: question.labelVariant
            hint: question.hint
            error: question.error
            badge: question.shownBadge
            badgeTone: question.shownBadgeTone
            optional: !question.required
            choices: question.choices
            value: question.value
            columns: question.isYesNo ? 2 : 1
            onChosen: value => question.send(value)
        }
    }
    Component {
        id: several

        CheckGroup {
            label: question.label
            labelVariant: question.labelVariant
            hint: question.hint
            error: question.error
            badge: question.shownBadge
            badgeTone: question.shownBadgeTone
            optional: !question.required
            choices: question.choices
            values: question.value.split(" ").filter(name => name.length > 0)
            onChosen: values => question.send(values.join(" "))
        }
    }
    Component {
        id: date

        DateField {
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
    }
    Component {
        id: acknowledge

        FieldFrame {
            hint: question.hint
            error: question.error
            badge: question.shownBadge
            badgeTone: question.shownBadgeTone

            CheckCard {
                objectName: "acknowledge"
                focus: true
                text: question.label
                hasError: question.error.length > 0
                checked: question.value.length > 0
                onToggledByUser: question.send(checked ? "OK" : "")
            }
        }
    }
    Component {
        id: longText

        TextAreaField {
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
    }
    Component {
        id: line

        TextInputField {
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
            widthInCharacters: question.type === "text" ? 0 : question.type === "integer" ? 8 : 10
            inputMethodHints: question.type === "integer" ? Qt.ImhDigitsOnly : question.type === "decimal" ? Qt.ImhFormattedNumbersOnly : Qt.ImhNone
            onEdited: question.edited(question.key)
            onCommitted: text => question.send(text)
        }
    }
}
