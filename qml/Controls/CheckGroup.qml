pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts

// Any number of several.
//
//     CheckGroup { label: qsTr("Which of these?"); choices: question.choices; values: answer.names; onChosen: values => answer.save(values) }
//
// A choice with `alone: true` ("none of these") clears the others, and they clear it.
FieldFrame {
    id: group

    // List of { name, label, hint?, badge?, badgeTone?, alone? }.
    property var choices: []
    // There is a search however few the choices are.
    property alias searched: filter.always
    property list<string> values
    property list<string> current: values

    signal chosen(var values)

    function isAlone(name: string): bool {
        return choices.some(choice => choice.name === name && choice.alone === true);
    }

    // The names in the order of the choices, so that the same set is always the same answer.
    function toggle(name: string, on: bool) {
        const kept = choices.map(choice => choice.name).filter(other => other === name ? on : current.indexOf(other) >= 0 && !(on && (isAlone(name) || isAlone(other))));
        current = kept;
        chosen(kept);
    }

    onValuesChanged: current = values
    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Accessible.description: description

    ChoiceFilter {
        id: filter
        choices: group.choices
        chosen: group.current
        label: group.label
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 12

        Repeater {
            model: filter.shown

            CheckCard {
                required property var modelData

                objectName: "check_" + modelData.name
                text: modelData.label
                hint: modelData.hint ?? ""
                badge: modelData.badge ?? ""
                badgeTone: modelData.badgeTone ?? "neutral"
                hasError: group.error.length > 0
                checked: group.current.indexOf(modelData.name) >= 0
                onToggledByUser: group.toggle(modelData.name, checked)
            }
        }
    }
}
