import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

PageScaffold {
    contentMaximumWidth: Theme.measure
    listText: "Parts of the claim"

    topBar: TopBar {
        Layout.fillWidth: true
        product: "Fieldclaim"
        place: "Llanrwst village hall"
        officer: "Siân Pritchard"

        StatusStrip {
            Layout.fillWidth: true
            tone: "amber"
            text: "Saved on this tablet · 3 claims waiting to send · last contact 09:12"
        }
    }
    leftPane: [
        PaneHead {
            Layout.bottomMargin: 6
            title: "Gwen Siobhan O’Brien"
            lines: ["D7K2-2B-004417-9", "Date of claim 21 November 2005, protected"]

            Badge {
                tone: "blue"
                text: "Jobseeker’s Allowance"
            }
            Badge {
                tone: "blue"
                text: "Housing Benefit"
            }
            Badge {
                tone: "red"
                text: "Urgent"
            }
        },
        TaskListItem {
            text: "Contact and needs"
            status: "done"
            statusText: "done"
        },
        TaskListItem {
            text: "About you"
            status: "done"
            statusText: "done"
        },
        TaskListItem {
            text: "Your partner"
            status: "lookAgain"
            statusText: "look again"
        },
        TaskListItem {
            text: "People at home"
            status: "done"
            statusText: "done"
        },
        TaskListItem {
            text: "Work"
            status: "done"
            statusText: "done"
        },
        TaskListItem {
            text: "Money coming in"
            status: "inProgress"
            progress: 0.6
            statusText: "3 to go"
            current: true
        },
        TaskListItem {
            text: "Savings, property"
            statusText: "6 to go"
        },
        TaskListItem {
            text: "Council questions"
            statusText: "9 to go"
        },
        TaskListItem {
            text: "Illness"
            status: "notNeeded"
            statusText: "not needed"
        },
        TaskListItem {
            text: "Evidence"
            statusText: "2 of 6"
        },
        TaskListItem {
            text: "Check and sign"
        }
    ]

    PageHeader {
        eyebrow: "Money coming in · 4 of 7"
        title: "How often are you paid by Eryri Café?"
    }
    OptionGroup {
        Layout.topMargin: -12
        hint: "Use the payslip if they have it. This sets how many payslips we need to see."
        value: "f"
        choices: [
            { name: "w", label: "Every week" },
            { name: "f", label: "Every 2 weeks", hint: "3 payslips in a row will be needed" },
            { name: "4", label: "Every 4 weeks" },
            { name: "m", label: "Every calendar month" }
        ]
    }
    Fold {
        title: "What counts as a payslip"
        text: "A printed slip, or one on a phone that shows the employer, the name and the pay."
    }
    footer: FooterBar {
        note: "Saved on this tablet"
        noteTone: "green"

        PrimaryButton {
            text: "Continue"
        }
        LinkButton {
            text: "Not known yet"
        }
        LinkButton {
            text: "Would rather not say"
        }
    }
}
