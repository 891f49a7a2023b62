pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// One of several. Arrow keys move and choose; Tab comes in at the chosen one and goes out again. With more than 8
// choices there is a search.
//
//     OptionGroup {
//         label: qsTr("How often are you paid?"); labelVariant: "question"; value: answer.text
//         choices: [{ name: "w", label: qsTr("Every week") }, { name: "f", label: qsTr("Every 2 weeks"), hint: qsTr("3 payslips") }]
//         onChosen: value => answer.save(value)
//     }
//
// `value` may be bound; `current` is what is shown. `columns: 2` puts the cards side by side where there is room.
FieldFrame {
    id: group

    // List of { name, label, hint?, badge?, badgeTone? }.
    property var choices: []
    // There is a search however few the choices are.
    property alias searched: filter.always
    property string value: ""
    property string current: value
    property int columns: 1

    signal chosen(string value)

    function choose(name: string) {
        current = name;
        chosen(name);
    }

    function step(from: int, by: int) {
        const card = cards.itemAt((from + by + cards.count) % cards.count) as OptionCard;
        card.forceActiveFocus(Qt.TabFocusReason);
        choose(filter.shown[(from + by + cards.count) % cards.count].name);
    }

    onValueChanged: current = value
    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Accessible.description: description

    ChoiceFilter {
        id: filter
        choices: group.choices
        chosen: [group.current]
        label: group.label
    }
    GridLayout {
        Layout.fillWidth: true
        columns: group.width >= 400 * Theme.scale ? group.columns : 1
        columnSpacing: 12
        rowSpacing: 12

        Repeater {
            id: cards
            model: filter.shown

            OptionCard {
                required property int index
                required property var modelData
                readonly property bool isStop: checked || activeFocus || (index === 0 && filter.shown.every(choice => choice.name !== group.current))

                objectName: "option_" + modelData.name
                Layout.preferredWidth: 1
                Layout.fillHeight: true
                text: modelData.label
                hint: modelData.hint ?? ""
                badge: modelData.badge ?? ""
                badgeTone: modelData.badgeTone ?? "neutral"
                checked: group.current === modelData.name
                focusPolicy: isStop ? Qt.StrongFocus : Qt.ClickFocus
                activeFocusOnTab: isStop
                onPicked: group.choose(modelData.name)
                Keys.onDownPressed: group.step(index, 1)
                Keys.onRightPressed: group.step(index, 1)
                Keys.onUpPressed: group.step(index, -1)
                Keys.onLeftPressed: group.step(index, -1)
            }
        }
    }
}
