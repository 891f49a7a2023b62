pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The work of the site as far as this tablet knows it; each figure leads to the list behind it.
PageScaffold {
    id: page

    required property TabletSession session
    required property SiteBoardViewModel board

    readonly property bool isList: board.figure.length > 0

    objectName: "page.board"
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.isList ? qsTr("Site board") : ""
        title: page.isList ? page.board.listTitle : qsTr("Site board")
        subtitle: page.isList ? page.board.listSummary : page.board.known
    }
    InlineMessage {
        visible: page.board.error.length > 0
        tone: "red"
        text: page.board.error
    }
    Card {
        Layout.fillWidth: true
        visible: page.isList
        padding: 0
        spacing: 0

        EmptyState {
            visible: page.board.list.count === 0
            iconName: "check-circle"
            title: qsTr("Nothing here now")
            text: qsTr("It has changed since the figure was shown.")
        }
        Repeater {
            model: page.isList ? page.board.list : null

            ClaimRow {
                required property int index
                required detail
                required tag
                required tagTone

                divider: index < page.board.list.count - 1
                onClicked: page.session.openClaim(crn)
            }
        }
    }
    PaneGrid {
        visible: !page.isList
        room: page.width

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: 20

            BoardFigures {
                objectName: "board.states"
                title: qsTr("Work in progress")
                figures: page.board.states
                emptyText: qsTr("There is no claim on this tablet.")
                onOpened: key => page.session.goBoard(key)
            }
            BoardFigures {
                objectName: "board.transfers"
                title: qsTr("Transfers")
                figures: page.board.transfers
                emptyText: qsTr("Nothing has been sent to a benefit system or council yet.")
                onOpened: key => page.session.goBoard(key)
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: 20

            BoardFigures {
                objectName: "board.callBacks"
                title: qsTr("Call-backs")
                rule: page.board.callBackRule
                figures: page.board.callBacks
                onOpened: key => page.session.goBoard(key)
            }
            BoardFigures {
                objectName: "board.interviews"
                title: qsTr("Interviews")
                rule: page.board.interviewRule
                figures: page.board.interviews
                onOpened: key => page.session.goBoard(key)
            }
            Card {
                Layout.fillWidth: true
                padding: 0
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    Layout.margins: 20
                    Layout.bottomMargin: 4
                    variant: "section"
                    text: qsTr("Oldest first")
                }
                AppText {
                    Layout.fillWidth: true
                    Layout.margins: 20
                    Layout.topMargin: 4
                    visible: page.board.oldest.count === 0
                    tone: "second"
                    text: qsTr("Nothing waits for the site.")
                }
                Repeater {
                    model: page.board.oldest

                    ClaimRow {
                        required property int index
                        required detail
                        required tag
                        required tagTone

                        divider: index < page.board.oldest.count - 1
                        onClicked: page.session.openClaim(crn)
                    }
                }
                LinkButton {
                    objectName: "button.oldest"
                    Layout.margins: 8
                    visible: page.board.oldest.count > 0
                    small: true
                    text: qsTr("All of them")
                    onClicked: page.session.goBoard("oldest")
                }
            }
        }
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: page.isList ? "button.board" : "button.today"
            text: page.isList ? qsTr("Back to the site board") : qsTr("Back to Today")
            onClicked: {
                if (page.isList)
                    page.session.goBoard();
                else
                    page.session.goToday();
            }
        }
    }
}
