pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The day: who comes when and what is missing for each, and what waits for me.
PageScaffold {
    id: page

    required property TabletSession session
    required property TodayViewModel today

    objectName: "page.today"
    Component.onCompleted: Qt.callLater(newClaim.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        title: page.today.title
        subtitle: page.today.summary

        SecondaryButton {
            objectName: "button.search"
            text: qsTr("Search")
            onClicked: page.session.goSearch()
        }
        PrimaryButton {
            id: newClaim
            objectName: "button.newClaim"
            text: qsTr("New claim")
            onClicked: page.session.newClaim()
        }
    }
    InlineMessage {
        visible: page.today.error.length > 0
        tone: "red"
        text: page.today.error
    }
    InlineMessage {
        objectName: "notice"
        visible: page.session.notice.length > 0
        tone: "amber"
        text: page.session.notice

        LinkButton {
            objectName: "button.dismissNotice"
            small: true
            text: qsTr("Dismiss")
            onClicked: page.session.clearNotice()
        }
    }
    PaneGrid {
        room: page.width

        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 712
            Layout.alignment: Qt.AlignTop
            spacing: 20

            Card {
                Layout.fillWidth: true
                padding: 0
                spacing: 0

                EmptyState {
                    visible: page.today.appointments.count === 0
                    iconName: "calendar"
                    title: qsTr("No appointments today")
                    text: qsTr("Appointments that are booked for this site show here. For someone who walks in, press New claim.")
                }
                Repeater {
                    model: page.today.appointments

                    ClaimRow {
                        required property int index
                        required detail
                        required tag
                        required tagTone

                        divider: index < page.today.appointments.count - 1
                        onClicked: page.session.openClaim(crn)
                    }
                }
            }
            Card {
                Layout.fillWidth: true
                visible: page.today.others.count > 0
                padding: 0
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    Layout.margins: 20
                    Layout.bottomMargin: 4
                    variant: "section"
                    text: qsTr("Other open claims")
                }
                Repeater {
                    model: page.today.others

                    ClaimRow {
                        required property int index
                        required detail
                        required tag
                        required tagTone

                        divider: index < page.today.others.count - 1
                        onClicked: page.session.openClaim(crn)
                    }
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 460
            Layout.alignment: Qt.AlignTop
            spacing: 20

            Card {
                Layout.fillWidth: true
                title: qsTr("Your actions")
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    visible: page.today.actions.count === 0
                    tone: "second"
                    text: qsTr("Nothing is waiting for you.")
                }
                Repeater {
                    model: page.today.actions

                    ActionRow {
                        required property string actionKey
                        required property string crn
                        required property string badge
                        required property string kind
                        required text
                        required tone

                        objectName: "action." + crn
                        due: badge
                        onClicked: page.session.openWaiting(crn, kind)
                    }
                }
            }
            Card {
                Layout.fillWidth: true
                visible: page.today.duplicates.count > 0
                title: qsTr("Perhaps the same person")
                spacing: 0

                Repeater {
                    model: page.today.duplicates

                    ActionRow {
                        required property string pairKey
                        required property string crn
                        required property string other
                        required property string detail
                        required text

                        objectName: "duplicate." + crn
                        owner: detail
                        due: qsTr("Look")
                        tone: "amber"
                        onClicked: page.session.openDuplicate(crn, other)
                    }
                }
            }
            Card {
                Layout.fillWidth: true
                title: qsTr("This tablet")
                spacing: 4

                InlineNote {
                    tone: page.session.sending.phaseTone
                    text: page.session.sending.phase
                }
                Flow {
                    Layout.fillWidth: true
                    Layout.leftMargin: -16
                    spacing: 0

                    LinkButton {
                        objectName: "button.sending"
                        small: true
                        text: qsTr("Sending")
                        onClicked: page.session.goSending()
                    }
                    LinkButton {
                        objectName: "button.board"
                        small: true
                        text: qsTr("Site board")
                        onClicked: page.session.goBoard()
                    }
                    LinkButton {
                        objectName: "button.settings"
                        small: true
                        text: qsTr("Settings")
                        onClicked: page.session.goSettings()
                    }
                    LinkButton {
                        objectName: "button.lock"
                        small: true
                        text: qsTr("Lock")
                        onClicked: page.session.lockNow()
                    }
                }
            }
        }
    }
}
