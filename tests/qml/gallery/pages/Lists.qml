import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    Card {
        Layout.fillWidth: true
        padding: 0
        spacing: 0

        ListRow {
            leadingIcon: "document"
            text: "Tenancy agreement"
            detail: "Shows the rent and who pays it · 2 pages"
            chevron: true

            Badge {
                tone: "green"
                iconName: "check"
                text: "Original seen"
            }
        }
        ListRow {
            leadingIcon: "camera"
            text: "Bank statement, last 2 months"
            tag: "Needed to send"
            tagTone: "amber"
            detail: "Shows the money coming in"
            chevron: true
            current: true
        }
        ListRow {
            leadingIcon: "person"
            leadingIconTone: "red"
            text: "Identity"
            detail: "A name so long that it has to go over to the next line when the text is large or the tablet is held upright"
            divider: false
            chevron: true

            Badge {
                tone: "red"
                iconName: "stop"
                text: "Not readable: take it again"
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: "Task list"
        spacing: 0

        TaskListItem {
            text: "Contact and needs"
            status: "done"
            statusText: "done"
        }
        TaskListItem {
            text: "Money coming in"
            status: "inProgress"
            progress: 0.35
            statusText: "3 to go"
            current: true
        }
        TaskListItem {
            text: "Illness"
            status: "notNeeded"
            statusText: "not needed"
        }
        TaskListItem {
            text: "Your partner"
            status: "lookAgain"
            statusText: "look again"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Card {
        Layout.fillWidth: true
        title: "First download"

        ProgressBar {
            value: 0.42
            label: "Claims of this site"
            text: "2,104 of 5,000 claims · you can stop and go on later"
        }
        ProgressBar {
            value: -1
            text: "Waiting for the network"
        }
    }
}
