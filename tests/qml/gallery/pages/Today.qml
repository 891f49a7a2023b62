import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    id: page

    topBar: TopBar {
        Layout.fillWidth: true
        product: "Fieldclaim"
        place: "Llanrwst village hall"
        officer: "Siân Pritchard"

        StatusStrip {
            Layout.fillWidth: true
            tone: "green"
            text: "Everything sent · 412 of 412 · last contact 2 minutes ago"
        }
    }

    PageHeader {
        title: "Today, Tuesday 22 November"
        subtitle: "5 appointments · 2 urgent · 4 actions waiting for you"

        SecondaryButton {
            text: "Search"
            iconName: "search"
        }
        PrimaryButton {
            text: "New claim"
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.width >= 1100 && page.hasRoom ? 2 : 1
        columnSpacing: 28
        rowSpacing: 20

        Card {
            Layout.fillWidth: true
            Layout.preferredWidth: 712
            Layout.alignment: Qt.AlignTop
            padding: 0
            spacing: 0

            ListRow {
                leading: "09:30"
                text: "Gwen O’Brien"
                tag: "Urgent"
                tagTone: "red"
                detail: "JSA · Housing Benefit · bring payslips, tenancy"

                Badge {
                    tone: "amber"
                    text: "3 questions to go"
                }
            }
            ListRow {
                leading: "10:15"
                text: "Tomos ap Rhys"
                detail: "Incapacity Benefit · doctor’s statement seen"

                Badge {
                    tone: "green"
                    text: "Ready to sign"
                }
            }
            ListRow {
                leading: "11:00"
                text: "Farida Begum"
                tag: "Interpreter, Sylheti"
                detail: "Income Support · Council Tax Benefit"

                Badge {
                    text: "Not started"
                }
            }
            ListRow {
                leading: "13:30"
                text: "Alun and Mair Hughes"
                detail: "Joint claim for JSA · both sign"

                Badge {
                    tone: "amber"
                    text: "Two answers differ"
                }
            }
            ListRow {
                leading: "14:45"
                text: "Kevin Doyle"
                tag: "Urgent"
                tagTone: "red"
                detail: "Home visit, Trefriw · leave by 14:10"
                divider: false

                Badge {
                    text: "Told us on the phone"
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
                title: "Your actions"
                spacing: 0

                ActionRow {
                    text: "Tenancy agreement · O’Brien"
                    due: "today"
                    tone: "red"
                }
                ActionRow {
                    text: "Refused by JSAPS: surname · Evans"
                    due: "1 day"
                    tone: "amber"
                }
                ActionRow {
                    text: "Sign again, rent changed · Parry"
                    due: "2 days"
                    tone: "amber"
                }
                ActionRow {
                    text: "Bank statement, 2 months · Ali"
                    due: "5 days"
                }
            }
            Card {
                Layout.fillWidth: true
                title: "This site, this week"
                spacing: 14

                FactRow {
                    label: "Called back in 24 hours"
                    value: "96 %"
                }
                FactRow {
                    label: "Seen in 4 days"
                    value: "91 %"
                }
                FactRow {
                    label: "Accepted first time"
                    value: "98 %"
                }
                FactRow {
                    label: "Oldest open action"
                    value: "6 days"
                }
            }
        }
    }
}
