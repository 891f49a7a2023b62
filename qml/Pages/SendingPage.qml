pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// What the server has of each claim, in words that come from its acknowledgements alone.
PageScaffold {
    id: page

    required property TabletSession session
    required property SendingViewModel sending

    objectName: "page.sending"
    spacing: 16
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    Timer {
        interval: 2000
        repeat: true
        running: page.visible
        onTriggered: page.sending.refresh()
    }

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        title: qsTr("Sending")
        subtitle: page.sending.counts

        SecondaryButton {
            objectName: "button.pause"
            text: page.sending.paused ? qsTr("Go on sending") : qsTr("Pause")
            onClicked: page.sending.pause(!page.sending.paused)
        }
        SecondaryButton {
            objectName: "button.tryNow"
            text: qsTr("Try now")
            onClicked: page.sending.tryNow()
        }
    }
    InlineMessage {
        objectName: "phase"
        tone: page.sending.phaseTone
        text: page.sending.phase
    }
    ProgressBar {
        visible: page.sending.progress >= 0
        value: page.sending.progress
        text: page.sending.progressText
    }
    CheckCard {
        objectName: "sending.wifiOnly"
        text: qsTr("Photos only on Wi-Fi")
        hint: qsTr("Answers and signed statements are small and go over any network.")
        checked: page.session.settings?.wifiOnly ?? false
        onToggledByUser: page.session.settings.wifiOnly = checked
    }
    SaveCopy {
        objectName: "saveCopy"
        copy: page.sending.copy
        visible: page.sending.copy.step !== "closed"
    }
    InlineMessage {
        visible: page.sending.error.length > 0
        tone: "red"
        text: page.sending.error
    }
    Card {
        Layout.fillWidth: true
        padding: 0
        spacing: 0

        EmptyState {
            visible: page.sending.claims.count === 0
            iconName: "send"
            title: qsTr("No claims on this tablet")
            text: qsTr("Each claim shows here with what the server has of it.")
        }
        Repeater {
            model: page.sending.claims

            ListRow {
                id: row

                required property int index
                required property string crn
                required property string name
                required property var badges
                required property bool setAside
                required property bool refused
                required property string spoken
                required detail

                objectName: "sending." + crn
                text: name
                divider: index < page.sending.claims.count - 1
                spokenText: spoken
                onClicked: page.session.openClaim(crn)

                Repeater {
                    model: row.badges

                    Badge {
                        required property var modelData
                        tone: modelData.tone
                        text: modelData.text
                    }
                }
                AppText {
                    visible: row.setAside || row.refused
                    variant: "smallStrong"
                    tone: "blue"
                    text: row.refused ? qsTr("Correct it") : qsTr("Call support")
                }
            }
        }
    }
    AppText {
        objectName: "lastContact"
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: page.sending.lastContact
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.today"
            text: qsTr("Back to Today")
            onClicked: page.session.goToday()
        }
        SecondaryButton {
            objectName: "button.copy"
            visible: page.sending.copy.step === "closed"
            text: qsTr("Save an encrypted copy")
            hint: qsTr("To a USB stick, when this tablet cannot reach the server for long")
            onClicked: {
                page.sending.copy.open();
                page.scrollToTop();
            }
        }
    }
}
