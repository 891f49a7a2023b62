import QtQuick
import QtQuick.Layouts

// Finds choices in a long list as one types; accents and case do not matter. `shown` is what to show: the first
// `limit` that match, and always those already chosen.
//
//     ChoiceFilter { id: filter; choices: group.choices; chosen: [group.current] }
ColumnLayout {
    id: filter

    // List of { name, label, hint }. A JavaScript list, since choices come with the pack and hold any number of fields.
    required property var choices
    property list<string> chosen
    // What was chosen when the list was last made: the list does not change under a finger that chooses.
    property list<string> kept: []
    property int limit: 8
    // Shown for a short list too.
    property bool always: false
    property string label: ""

    readonly property bool isLong: always || choices.length > limit
    readonly property var matching: choices.filter(choice => plain(choice.label).includes(plain(search.text)))
    readonly property var shown: !isLong ? choices : matching.filter((choice, at) => at < limit).concat(choices.filter(choice => isChosen(choice.name) && matching.indexOf(choice) < 0), matching.filter((choice, at) => at >= limit && isChosen(choice.name)))

    function plain(text: string): string {
        return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    }

    function isChosen(name: string): bool {
        return kept.indexOf(name) >= 0;
    }

    Layout.fillWidth: true
    spacing: 8
    visible: isLong
    onChoicesChanged: kept = chosen
    Component.onCompleted: kept = chosen

    SearchField {
        id: search
        objectName: "choiceSearch"
        Layout.fillWidth: true
        label: qsTr("Search in %1").arg(filter.label)
        placeholder: qsTr("Type to find an answer")
        onSearched: filter.kept = filter.chosen
    }
    AppText {
        objectName: "choiceCount"
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: filter.matching.length === 0 ? qsTr("Nothing matches. Check the spelling, or type less of it") : filter.matching.length > filter.limit ? qsTr("The first %1 of %2. Type to find the others").arg(filter.limit).arg(filter.matching.length) : filter.matching.length === 1 ? qsTr("1 answer") : qsTr("%1 answers").arg(filter.matching.length)
    }
}
