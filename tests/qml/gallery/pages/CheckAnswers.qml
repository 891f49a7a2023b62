import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    PageHeader {
        eyebrow: "Gwen Siobhan O’Brien"
        title: "Check the answers"
        subtitle: "This is what you will sign. Read it, or have it read to you."

        SecondaryButton {
            text: "Read aloud"
        }
    }
    InlineMessage {
        tone: "amber"
        title: "One answer changed since you signed"
        text: "It has a band beside it. Your signature is crossed out, and you are asked to sign again."
    }
    Card {
        Layout.fillWidth: true
        title: "Where you live"
        spacing: 0

        KeyValueRow {
            label: "Do you rent your home?"
            value: "Yes"
            changeText: "Change"
        }
        KeyValueRow {
            label: "How much rent are you charged?"
            value: "£95.00 every week"
            changeText: "Change"
            changed: true
            changedText: "Was £85.00 when signed on 21 November"
        }
        KeyValueRow {
            label: "Who is the landlord?"
            value: "Conwy Homes, 14 Heol yr Orsaf, Llanrwst"
            badge: "Told us on the phone"
            changeText: "Change"
        }
        KeyValueRow {
            label: "When did the tenancy begin?"
            value: "Not known yet"
            note: "She will bring the tenancy agreement on Friday"
            changeText: "Change"
            divider: false
        }
    }
    Card {
        Layout.fillWidth: true
        title: "What has happened"

        Timeline {
            events: [
                { title: "First contact", when: "Monday 21 November, 09:10", detail: "By phone, contact centre in Bangor" },
                { title: "Interview", when: "Tuesday 22 November, 09:30", detail: "Llanrwst village hall, Siân Pritchard", status: "now" },
                { title: "The council refused the notice", when: "Tuesday 22 November, 10:02", detail: "The postcode is not in its area", status: "problem" },
                { title: "Signed", status: "next" },
                { title: "Accepted by the benefit office", status: "next" }
            ]
        }
    }
}
