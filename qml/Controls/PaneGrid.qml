import QtQuick.Layouts
import Fieldclaim.Theme

// Two panes side by side on a wide page, one below the other on a narrow one.
//
//     PaneGrid { room: page.width; Card { Layout.fillWidth: true } Card { Layout.fillWidth: true } }
GridLayout {
    id: grid

    // The width of the page that it stands on.
    property real room: 0
    readonly property bool isWide: room >= Theme.twoPaneWidth

    Layout.fillWidth: true
    columns: isWide ? 2 : 1
    columnSpacing: 28
    rowSpacing: 20
}
