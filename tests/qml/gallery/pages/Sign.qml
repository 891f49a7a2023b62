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
            tone: "amber"
            text: "Saved on this tablet · no network · signing works"
        }
    }

    PageHeader {
        eyebrow: "Declaration · Jobseeker’s Allowance, Housing Benefit"
        title: "Please read, or have read to you, then sign"

        SecondaryButton {
            text: "Cymraeg"
        }
        SecondaryButton {
            text: "Turn round"
            iconName: "turn"
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.hasRoom && page.width > 1000 ? 2 : 1
        columnSpacing: 32
        rowSpacing: 24

        Card {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            padding: 0
            spacing: 0

            Repeater {
                model: ["The answers I have checked are true and complete.", "I will tell the office at once if anything changes.", "My information may be checked with others named in the notice.", "I am available for work and looking for it.", "The council will get these answers and the proof seen."]

                DeclarationLine {
                    required property string modelData
                    required property int index
                    text: modelData
                    agreed: true
                    divider: index < 4
                }
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            spacing: 8

            SignaturePad {
                id: pad
                signer: "Gwen Siobhan O’Brien, for herself"
                Component.onCompleted: load("[[1500,7400,0,500,1800,5600,60,500,2250,4000,120,500,2600,4200,180,500,2680,5600,240,500,2350,8000,300,500,2500,7700,330,500,3200,6700,400,500,3820,5400,460,500,3900,6000,500,500,4050,7300,560,500,4400,7400,620,500,4900,6000,700,500,5350,4900,760,500,5520,5600,820,500,5450,7200,880,500,5800,7600,940,500,6500,6700,1000,500,7000,5300,1060,500,7600,4500,1120,500,8300,4700,1180,500]]")
            }
            AppText {
                Layout.fillWidth: true
                variant: "small"
                tone: "second"
                text: "Signs 91 answers and 6 proofs · statement 8F3A 22C1 90D4\nIf an answer changes later, this signature is crossed out and you are asked again."
            }
        }
    }
    footer: FooterBar {
        PrimaryButton {
            text: "Sign"
            iconName: "pen"
            enabled: !pad.isEmpty
        }
        LinkButton {
            text: "Sign on paper instead"
        }
        LinkButton {
            text: "Makes a mark, with a witness"
        }
        LinkButton {
            text: "Not today"
        }
    }
}
