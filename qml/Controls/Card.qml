import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// A white sheet with a line round it; what it holds stands in a column and is given the width of the card.
//
//     Card { title: qsTr("Your actions"); FactRow { label: qsTr("Seen in 4 days"); value: "91 %" } }
//     Card { padding: 0; spacing: 0; ListRow { } ListRow { } }
Rectangle {
    id: card

    default property alias content: column.data
    property string title: ""
    property real padding: 24
    property alias spacing: column.spacing

    implicitWidth: column.implicitWidth + padding * 2
    implicitHeight: column.implicitHeight + Math.max(padding, edge) * 2
    // Rows without padding keep off the line itself.
    readonly property real edge: Theme.lineWidth
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    ColumnLayout {
        id: column
        x: Math.max(card.padding, card.edge)
        y: Math.max(card.padding, card.edge)
        width: card.width - x * 2
        height: card.height - y * 2
        spacing: 12

        AppText {
            Layout.fillWidth: true
            variant: "section"
            visible: text.length > 0
            text: card.title
        }
    }
}
