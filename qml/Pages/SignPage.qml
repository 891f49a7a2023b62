pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The declaration, line by line, and the signature in the way that the law admits. Turned round it faces the customer.
Item {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property DeclarationViewModel declaration
    property bool turned: false

    objectName: "page.sign"

    Connections {
        target: page.declaration
        function onChanged() {
            if (page.declaration.error.length > 0)
                scaffold.scrollToTop();
        }
        function onNextSigner() {
            pad.clear();
            witness.text = "";
            scaffold.scrollToTop();
        }
    }

    PageScaffold {
        id: scaffold
        anchors.fill: parent
        rotation: page.turned ? 180 : 0
        focus: true
        spacing: 16
        Component.onCompleted: Qt.callLater(head.forceActiveFocus)

        topBar: SessionBar {
            Layout.fillWidth: true
            session: page.session
        }

        PageHeader {
            id: head
            activeFocusOnTab: true
            eyebrow: page.declaration.caption
            title: qsTr("Please read, or have read to you, then sign")

            SecondaryButton {
                objectName: "button.language"
                text: page.declaration.inWelsh ? "English" : "Cymraeg"
                onClicked: page.declaration.inWelsh = !page.declaration.inWelsh
            }
            SecondaryButton {
                objectName: "button.turn"
                text: page.turned ? qsTr("Turn back") : qsTr("Turn round")
                onClicked: page.turned = !page.turned
            }
        }
        InlineMessage {
            objectName: "halfSigned"
            visible: page.declaration.halfSigned.length > 0
            tone: "green"
            iconName: "people"
            text: page.declaration.halfSigned
        }
        InlineMessage {
            objectName: "voided"
            visible: page.declaration.voided.length > 0 && page.declaration.obstacle.length === 0
            tone: "amber"
            iconName: "pen"
            text: page.declaration.voided

            LinkButton {
                objectName: "button.changes"
                small: true
                text: qsTr("See what changed")
                onClicked: page.session.goCheck()
            }
        }
        InlineMessage {
            objectName: "obstacle"
            visible: page.declaration.obstacle.length > 0
            tone: "amber"
            text: page.declaration.obstacle

            LinkButton {
                objectName: "button.check"
                small: true
                text: qsTr("Check the answers")
                onClicked: page.session.goCheck()
            }
        }
        InlineMessage {
            objectName: "methodReason"
            visible: page.declaration.methodReason.length > 0
            tone: "blue"
            iconName: "pen"
            title: qsTr("This claim is signed in ink")
            text: page.declaration.methodReason
        }
        InlineMessage {
            objectName: "signError"
            visible: page.declaration.error.length > 0
            tone: "red"
            text: page.declaration.error
        }
        PaneGrid {
            room: scaffold.width
            columnSpacing: 32

            Card {
                Layout.fillWidth: true
                Layout.preferredWidth: 568
                Layout.alignment: Qt.AlignTop
                padding: 0
                spacing: 0

                Repeater {
                    model: page.declaration.lines

                    DeclarationLine {
                        required property string lineId
                        required property int index
                        required property bool read
                        required text

                        objectName: "line." + lineId
                        agreed: read
                        divider: index < page.declaration.lines.count - 1
                        onToggledByUser: agreed => page.declaration.setRead(lineId, agreed)
                    }
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.preferredWidth: 568
                Layout.alignment: Qt.AlignTop
                spacing: 12

                OptionGroup {
                    objectName: "part"
                    visible: page.declaration.parts.length > 0
                    label: qsTr("Whose signature is this?")
                    choices: page.declaration.parts
                    value: page.declaration.part
                    columns: 2
                    onChosen: value => page.declaration.part = value
                }
                OptionGroup {
                    objectName: "role"
                    visible: page.declaration.roles.length > 1
                    label: qsTr("Who signs?")
                    choices: page.declaration.roles
                    value: page.declaration.role
                    onChosen: value => page.declaration.role = value
                }
                SignaturePad {
                    id: pad
                    objectName: "signaturePad"
                    visible: page.declaration.method === "tablet" || page.declaration.method === "mark" && !press.checked
                    name: page.declaration.method === "mark" ? qsTr("The customer's mark") : qsTr("Signature")
                    signer: page.declaration.signerLine
                }
                TextInputField {
                    id: witness
                    objectName: "witness"
                    visible: page.declaration.method === "mark"
                    label: qsTr("Witness's full name")
                    hint: qsTr("Someone who saw the mark made, and is not you. A typed name is not a signature.")
                }
                CheckCard {
                    id: press
                    objectName: "markByPress"
                    visible: page.declaration.method === "mark"
                    text: qsTr("The customer cannot draw")
                    hint: qsTr("Their press of the button below is the mark. The witness sees it.")
                }
                InkPanel {
                    id: ink
                    visible: page.declaration.method === "paper"
                    declaration: page.declaration
                    onPhotographWanted: page.session.openScan()
                }
                AppText {
                    objectName: "signCounts"
                    Layout.fillWidth: true
                    visible: page.declaration.digest.length > 0
                    variant: "small"
                    tone: "second"
                    text: qsTr("%1 · statement %2").arg(page.declaration.counts).arg(page.declaration.digest)
                }
                AppText {
                    Layout.fillWidth: true
                    variant: "small"
                    tone: "second"
                    text: qsTr("If an answer changes later, this signature is crossed out and you are asked again.")
                }
            }
        }

        footer: FooterBar {
            PrimaryButton {
                objectName: "button.sign"
                enabled: page.declaration.obstacle.length === 0 && (page.declaration.method !== "paper" || page.declaration.paper.isComplete)
                text: page.declaration.method === "paper" ? qsTr("Signed in ink") : page.declaration.method === "mark" ? qsTr("Mark made and seen") : qsTr("Sign")
                onClicked: {
                    if (page.declaration.method === "paper")
                        page.declaration.signOnPaper(ink.witness);
                    else if (page.declaration.method === "mark" && press.checked)
                        page.declaration.signWithPress(witness.text);
                    else if (page.declaration.method === "mark")
                        page.declaration.signWithMark(pad.json, witness.text);
                    else
                        page.declaration.sign(pad.json);
                }
            }
            LinkButton {
                objectName: "button.tablet"
                visible: page.declaration.method !== "tablet" && page.declaration.tabletAdmitted
                text: qsTr("Sign on the tablet instead")
                onClicked: page.declaration.method = "tablet"
            }
            LinkButton {
                objectName: "button.paper"
                visible: page.declaration.method !== "paper" && page.declaration.paperAdmitted
                text: qsTr("Sign on paper instead")
                onClicked: page.declaration.method = "paper"
            }
            LinkButton {
                objectName: "button.mark"
                visible: page.declaration.method !== "mark" && page.declaration.markAdmitted
                text: qsTr("Makes a mark, with a witness")
                onClicked: page.declaration.method = "mark"
            }
            LinkButton {
                objectName: "button.notToday"
                text: qsTr("Not today")
                onClicked: page.session.goClaim()
            }
        }
    }
}
