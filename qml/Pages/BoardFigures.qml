pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// A card of figures, each of which leads to the claims behind it.
//
//     BoardFigures { title: qsTr("Interviews"); rule: board.interviewRule; figures: board.interviews; onOpened: key => session.goBoard(key) }
Card {
    id: card

    required property RecordListModel figures
    property string rule: ""
    property string emptyText: ""

    signal opened(string key)

    Layout.fillWidth: true
    spacing: 0

    AppText {
        Layout.fillWidth: true
        Layout.topMargin: 4
        Layout.bottomMargin: 4
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: card.rule
    }
    AppText {
        Layout.fillWidth: true
        Layout.topMargin: 8
        visible: card.figures.count === 0 && text.length > 0
        tone: "second"
        text: card.emptyText
    }
    Repeater {
        model: card.figures

        ActionRow {
            required property string figureKey
            required property string label
            required property int count
            required tone

            objectName: "figure." + figureKey
            text: label
            due: String(count)
            enabled: count > 0
            onClicked: card.opened(figureKey)
        }
    }
}
