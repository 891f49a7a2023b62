import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme

// The frame of every page: the bar above, where you are on the left, the page on the right, its actions at the foot.
//
//     PageScaffold {
//         topBar: TopBar { }
//         leftPane: [ ClaimHead { }, TaskListItem { } ]
//         listText: qsTr("Task list")
//         PageHeader { title: qsTr("About you") }
//         TextInputField { }
//         footer: FooterBar { PrimaryButton { text: qsTr("Continue") } }
//     }
//
// With room for it (Theme.twoPaneWidth) both panes show; else the list opens over the page from a button, and Escape
// closes it. The page scrolls so that what has the focus is always in sight. What is put inside stands in a column.
FocusScope {
    id: scaffold

    default property alias content: column.data
    property alias topBar: barSlot.data
    property alias leftPane: paneColumn.data
    property alias footer: footerSlot.data
    property string listText: qsTr("List")
    // 0 lets the content take the page's whole width; a question page uses Theme.measure.
    property real contentMaximumWidth: 0
    // The content stands in the middle of the page: for what is a door more than a page.
    property bool centred: false
    property alias spacing: column.spacing

    readonly property bool hasPane: paneColumn.visibleChildren.length > 0 || paneColumn.children.length > 0
    readonly property bool hasTwoPanes: hasPane && hasRoom
    readonly property real margin: page.width < 640 ? 24 : hasTwoPanes ? 56 : 40
    // Wide enough for two columns of cards at this text size.
    readonly property bool hasRoom: width >= Theme.twoPaneWidth
    // Where large text leaves little height, the actions come after the page's content instead of standing under it.
    readonly property bool hasStickyFooter: height >= 620 * Theme.scale
    property bool listOpen: false
    readonly property alias flickable: scroll

    // Scrolls so that the item can be seen.
    function reveal(item: Item) {
        const top = item.mapToItem(scroll.contentItem, 0, 0).y;
        const bottom = top + item.height;
        const highest = Math.max(0, scroll.contentHeight - scroll.height);
        if (top - 24 < scroll.contentY)
            scroll.contentY = Math.max(0, top - 96);
        else if (bottom + 24 > scroll.contentY + scroll.height)
            scroll.contentY = Math.min(highest, bottom + 48 - scroll.height);
    }

    function holds(ancestor: Item, item: Item): bool {
        for (let at = item; at; at = at.parent)
            if (at === ancestor)
                return true;
        return false;
    }

    function revealFocus() {
        const item = Window.activeFocusItem;
        if (item && holds(scroll.contentItem, item))
            reveal(item);
    }

    function scrollToTop() {
        scroll.contentY = 0;
    }

    onHasTwoPanesChanged: listOpen = false
    Keys.onEscapePressed: event => {
        event.accepted = listOpen;
        listOpen = false;
    }
    Window.onActiveFocusItemChanged: settle.restart()
    // A layout inside another stays as it is for good when a text in it wraps while the page is made (Qt 6.4: what is
    // within is not asked then). A change at the top, and back, lays all of them out once more.
    Component.onCompleted: {
        column.layoutDirection = Qt.RightToLeft;
        column.layoutDirection = Qt.LeftToRight;
    }

    // After the layout has come to rest.
    Timer {
        id: settle
        interval: 0
        onTriggered: scaffold.revealFocus()
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.ground
    }
    ColumnLayout {
        id: barSlot
        width: parent.width
        spacing: 0
        enabled: !scaffold.listOpen
    }
    Item {
        id: page
        anchors.top: barSlot.bottom
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        anchors.left: parent.left
        anchors.leftMargin: scaffold.hasTwoPanes ? pane.width : 0
        enabled: !scaffold.listOpen

        Item {
            id: listBar
            width: parent.width
            height: visible ? listButton.height + 16 : 0
            visible: scaffold.hasPane && !scaffold.hasTwoPanes

            SecondaryButton {
                id: listButton
                objectName: "openList"
                x: scaffold.margin
                y: 16
                small: true
                iconName: "list"
                text: scaffold.listText
                onClicked: {
                    scaffold.listOpen = true;
                    closeButton.forceActiveFocus(Qt.TabFocusReason);
                }
            }
        }
        Flickable {
            id: scroll
            objectName: "pageScroll"
            anchors.top: listBar.bottom
            anchors.bottom: parent.bottom
            anchors.bottomMargin: scaffold.hasStickyFooter ? footerSlot.height : 0
            width: parent.width
            contentHeight: column.y + column.implicitHeight + 32 + (scaffold.hasStickyFooter ? 0 : footerSlot.height)
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            onHeightChanged: settle.restart()

            T.ScrollBar.vertical: AppScrollBar { }

            ColumnLayout {
                id: column
                readonly property real room: scroll.width - scaffold.margin * 2
                x: scaffold.centred ? (scroll.width - width) / 2 : scaffold.margin
                y: scaffold.centred ? Math.max(36, (scroll.height - implicitHeight) / 3) : listBar.visible ? 24 : 36
                width: scaffold.contentMaximumWidth > 0 ? Math.min(scaffold.contentMaximumWidth, room) : room
                spacing: 24
            }
        }
        ColumnLayout {
            id: footerSlot
            parent: scaffold.hasStickyFooter ? page : scroll.contentItem
            x: scaffold.margin
            y: scaffold.hasStickyFooter ? page.height - height : column.y + column.implicitHeight + 24
            width: page.width - x * 2
            spacing: 0
        }
    }
    Rectangle {
        anchors.fill: parent
        visible: scaffold.listOpen
        color: Theme.scrim

        MouseArea {
            anchors.fill: parent
            onClicked: scaffold.listOpen = false
        }
    }
    Rectangle {
        id: pane
        objectName: "leftPane"
        y: scaffold.hasTwoPanes ? barSlot.height : 0
        width: scaffold.hasTwoPanes ? Theme.paneWidth : Math.min(scaffold.width - 56, Theme.paneWidth * 1.15)
        height: scaffold.height - y
        visible: scaffold.hasPane && (scaffold.hasTwoPanes || scaffold.listOpen)
        color: Theme.surface

        MouseArea {
            anchors.fill: parent
        }
        Rectangle {
            anchors.right: parent.right
            width: Theme.lineWidth
            height: parent.height
            color: Theme.line
        }
        Item {
            id: closeBar
            width: parent.width
            height: visible ? closeButton.height + 16 : 0
            visible: scaffold.listOpen

            SecondaryButton {
                id: closeButton
                objectName: "closeList"
                x: 24
                y: 16
                small: true
                iconName: "cross"
                text: qsTr("Close")
                onClicked: {
                    scaffold.listOpen = false;
                    listButton.forceActiveFocus(Qt.TabFocusReason);
                }
            }
        }
        Flickable {
            anchors.top: closeBar.bottom
            anchors.bottom: parent.bottom
            width: parent.width - Theme.lineWidth
            contentHeight: paneColumn.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            T.ScrollBar.vertical: AppScrollBar { }

            ColumnLayout {
                id: paneColumn
                width: parent.width
                spacing: 0
            }
        }
    }
}
