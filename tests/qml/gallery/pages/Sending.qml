import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    topBar: TopBar {
        Layout.fillWidth: true
        product: "Fieldclaim"
        place: "Llanrwst village hall"
        officer: "Siân Pritchard"

        StatusStrip {
            Layout.fillWidth: true
            tone: "blue"
            text: "Sending · 3 claims, 5 photos · about 2 minutes"
        }
    }

    PageHeader {
        title: "Sending"
        subtitle: "This tablet has made 412 changes. The server holds 409 of them. Nothing here is lost if you close it."

        SecondaryButton {
            text: "Pause"
            iconName: "pause"
        }
        SecondaryButton {
            text: "Photos on Wi-Fi only"
        }
    }
    Card {
        Layout.fillWidth: true
        padding: 0
        spacing: 0

        ListRow {
            text: "Gwen O’Brien"
            detail: "91 answers, signed"
            pressable: false
            leadWidth: 340

            Flow {
                Layout.fillWidth: true
                spacing: 8

                Badge {
                    tone: "green"
                    iconName: "check"
                    text: "On the server 09:31"
                }
                Badge {
                    tone: "green"
                    iconName: "check"
                    text: "JSAPS accepted 09:32"
                }
                Badge {
                    tone: "green"
                    iconName: "check"
                    text: "Council told"
                }
            }
        }
        ListRow {
            text: "Tomos ap Rhys"
            detail: "Doctor’s statement, 2 photos"
            pressable: false
            leadWidth: 340

            ProgressBar {
                Layout.fillWidth: true
                value: 0.61
                text: "1.9 of 3.1 MB · goes on where it stopped"
            }
        }
        ListRow {
            text: "Farida Begum"
            detail: "3 answers changed"
            pressable: false
            leadWidth: 340

            Badge {
                iconName: "clock"
                text: "Waiting for its turn"
            }
        }
        ListRow {
            text: "John Evans"
            detail: "Jobseeker’s Allowance"
            pressable: false
            leadWidth: 340

            Badge {
                tone: "amber"
                text: "JSAPS refused: surname does not match its record"
            }
            Item {
                Layout.fillWidth: true
            }
            LinkButton {
                text: "Correct it"
                small: true
            }
        }
        ListRow {
            text: "Owen Parry"
            detail: "Waiver of identity proof"
            pressable: false
            leadWidth: 340
            divider: false

            Badge {
                tone: "red"
                text: "Kept, not applied: only a supervisor may waive this proof"
            }
            Item {
                Layout.fillWidth: true
            }
            LinkButton {
                text: "Who to call"
                small: true
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 20

        AppText {
            height: Math.max(48, implicitHeight)
            width: Math.min(implicitWidth, parent.width)
            verticalAlignment: Text.AlignVCenter
            variant: "small"
            tone: "second"
            text: "Last contact 09:31 over mobile data · next try in 40 seconds"
        }
        TextLink {
            variant: "small"
            text: "Try now"
        }
        TextLink {
            variant: "small"
            text: "Save an encrypted copy to USB"
        }
    }
}
