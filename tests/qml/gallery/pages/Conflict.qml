import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    listText: "Answers that differ"

    topBar: TopBar {
        Layout.fillWidth: true
        product: "Fieldclaim"
        place: "Llanrwst village hall"
        officer: "Siân Pritchard"
        practice: "Practice: invented customers, and nothing leaves this tablet"

        StatusStrip {
            Layout.fillWidth: true
            tone: "amber"
            text: "2 answers need you · everything else sent"
        }
    }
    leftPane: [
        PaneHead {
            Layout.bottomMargin: 6
            title: "Alun Hughes"
            lines: ["D7K2-2B-004391-4 · joint claim with Mair Hughes"]
        },
        TaskListItem {
            text: "Rent"
            status: "lookAgain"
            statusText: "two answers"
            current: true
        },
        TaskListItem {
            text: "Hours worked"
            status: "lookAgain"
            statusText: "two answers"
        },
        AppText {
            Layout.fillWidth: true
            Layout.margins: 24
            variant: "small"
            tone: "second"
            text: "Both answers are kept until someone who knows chooses. The claim waits; the council’s notice has gone."
        }
    ]

    PageHeader {
        eyebrow: "Not the same · 1 of 2"
        title: "How much rent are you charged?"
    }
    GridLayout {
        id: choices
        Layout.fillWidth: true
        columns: width > 560 ? 2 : 1
        columnSpacing: 20
        rowSpacing: 12

        AnswerCard {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            value: "£85.00"
            unit: "every week"
            who: "Siân Pritchard"
            place: "this tablet"
            when: "Monday 14:05, at the home"
            proof: "Tenancy agreement, original seen"
            proofTone: "green"
            checked: true
        }
        AnswerCard {
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            value: "£95.00"
            unit: "every week"
            who: "Contact centre"
            place: "Bangor"
            when: "Monday 15:20, on the phone"
            proof: "Told us"
        }
        OptionCard {
            Layout.columnSpan: choices.columns
            text: "Neither: enter another amount"
        }
    }
    AppText {
        Layout.fillWidth: true
        tone: "second"
        text: "They did not see each other’s answer. Before both: £90.00, told us on 14 November."
    }
    footer: FooterBar {
        note: "Kept with your name and the reason"

        PrimaryButton {
            text: "Use £85.00"
        }
        LinkButton {
            text: "Ask the customer later"
        }
    }
}
