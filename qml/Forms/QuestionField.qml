import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// The field for one question of a form pack, whatever its type: it picks the file of that type.
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
    // text, integer, decimal, range, date, time, dateTime, select_one, select_multiple, acknowledge, image, barcode, note,
    // calculate
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
    // What does not fit together here: a list of sentences. Nothing waits for it.
    property var warnings: []
    property bool readOnly: false
    // Choices are found by typing, however few they are.
    property bool search: false
    // Of a range: { start, end, step } as the pack writes them.
    property var range: ({})
    // Of an image's or a file's answer: { image, name, detail, here }.
    property var picture: ({})
    // Pictures may be taken and codes scanned: the page takes the officer there.
    property bool captures: false

    signal answered(string key, string value)
    signal edited(string key)
    signal pictureWanted(string key)
    signal scanWanted(string key)
    signal fetchWanted(string key)

    readonly property bool isYesNo: choices.length === 2 && choices.every(choice => ["yes", "no"].indexOf(choice.name) >= 0)
    readonly property string shownBadge: badge.length > 0 ? badge : absence === "notKnown" ? qsTr("Not known yet") : absence === "refused" ? qsTr("Would rather not say") : ""
    readonly property string shownBadgeTone: badge.length > 0 ? badgeTone : absence.length > 0 ? "amber" : badgeTone

    readonly property string face: type === "image" || type === "file" ? "Image" : readOnly || type === "calculate" ? "Value" : multiline ? "LongText" : faces[type] ?? "Line"
    readonly property var faces: ({
            select_one: "Choice",
            select_multiple: "Choices",
            date: "Date",
            time: "Time",
            dateTime: "DateTime",
            acknowledge: "Acknowledge",
            barcode: "Barcode",
            range: "Range",
            "note": "Note"
        })

    function commit() {
        (loader.item as FieldFrame).commit();
    }

    function focusField() {
        (loader.item as Item).forceActiveFocus(Qt.TabFocusReason);
    }

    // Each type has its file, which is given this field.
    function pick() {
        loader.setSource(face + "Question.qml", { question: question });
    }

    function send(text: string) {
        answered(key, text);
    }

    onFaceChanged: if (loader.status !== Loader.Null) pick()
    Component.onCompleted: pick()
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
}
