import QtQuick
import Fieldclaim.Theme
import Fieldclaim.Controls

// Search as one types: by name, number, anything. `searched` comes with each key; Escape and the cross empty it.
//
//     SearchField { label: qsTr("Search claims"); placeholder: qsTr("Name, NI number or claim number"); onSearched: text => list.filter = text }
FocusScope {
    id: field

    property string label: qsTr("Search")
    property alias text: input.text
    property alias placeholder: input.placeholderText
    readonly property alias input: input

    signal searched(string text)
    signal accepted(string text)

    function clear() {
        input.clear();
        searched("");
    }

    implicitWidth: 320
    implicitHeight: input.implicitHeight

    InputBox {
        id: input
        objectName: "input"
        anchors.fill: parent
        focus: true
        leftPadding: Theme.px(24) + 26
        rightPadding: Theme.touchTarget + 8
        inputMethodHints: Qt.ImhNoPredictiveText
        Accessible.name: field.label
        Accessible.searchEdit: true
        Keys.onEscapePressed: event => {
            event.accepted = text.length > 0;
            field.clear();
        }
        onTextEdited: field.searched(text)
        onAccepted: field.accepted(text)
    }
    SvgIcon {
        x: 16
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(22)
        height: width
        name: "search"
        color: Theme.inkSecond
    }
    IconButton {
        objectName: "clear"
        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        visible: input.length > 0
        iconName: "cross"
        text: qsTr("Clear the search")
        onClicked: {
            field.clear();
            input.forceActiveFocus();
        }
    }
}
