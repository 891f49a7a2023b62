pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The proofs that the answers call for; one of them open at a time, to say what was seen.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property EvidenceViewModel evidence

    readonly property int openRow: session.detail.length > 0 ? evidence.proofs.rowOf(session.detail) : -1

    objectName: "page.evidence"
    listText: qsTr("Task list")
    contentMaximumWidth: 860
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }
    leftPane: ClaimPane {
        session: page.session
        claim: page.claim
        currentTask: "evidence"
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        visible: page.openRow < 0
        eyebrow: page.claim.name
        title: qsTr("Evidence")
        subtitle: page.evidence.summary
    }
    InlineMessage {
        objectName: "evidence.room"
        visible: page.openRow < 0 && page.evidence.roomTitle.length > 0
        tone: page.evidence.canTakePictures ? "amber" : "red"
        title: page.evidence.roomTitle
        text: page.evidence.roomText
    }
    Card {
        Layout.fillWidth: true
        visible: page.openRow < 0 && page.evidence.proofs.count > 0
        padding: 0
        spacing: 0

        Repeater {
            model: page.evidence.proofs

            ListRow {
                id: row

                required property int index
                required property string proofKey
                required property string label
                required property string whose
                required property string needs
                required property bool blocking
                required property string status
                required property string statusTone
                required property string what
                required property string seenOnText
                required property string unavailable
                required property bool met
                required property string level
                required property bool returned
                required property string pagesText
                required property string why

                objectName: "proof." + proofKey
                text: whose.length > 0 ? qsTr("%1: %2").arg(label).arg(whose) : label
                detail: (met ? qsTr("%1, seen on %2").arg(what).arg(seenOnText) : unavailable.length > 0 ? qsTr("Not available: %1").arg(unavailable) : why.length > 0 ? qsTr("%1. %2").arg(why).arg(needs) : needs) + (pagesText.length > 0 ? " · " + pagesText : "")
                tag: blocking && !met ? qsTr("Needed before it can go") : level === "original" && !returned ? qsTr("Not given back yet") : ""
                tagTone: "amber"
                leadingIcon: met ? "check-circle" : "document"
                leadingIconTone: met ? "green" : "neutral"
                divider: index < page.evidence.proofs.count - 1
                chevron: true
                onClicked: page.session.openProof(proofKey)

                Badge {
                    tone: row.statusTone
                    text: row.status
                }
            }
        }
    }
    EmptyState {
        visible: page.openRow < 0 && page.evidence.proofs.count === 0
        iconName: "document"
        title: qsTr("No proof is needed yet")
        text: qsTr("What has to be seen follows from the answers. It is listed here as they are given.")
    }
    ProofForm {
        id: form
        Layout.fillWidth: true
        visible: page.openRow >= 0
        evidence: page.evidence
        row: page.openRow
        onDone: page.session.goEvidence()
        onPictureWanted: page.session.openPicture(key)
        onPageRemoved: label => toast.show(qsTr("%1 removed").arg(label), qsTr("Undo"))
    }

    Toast {
        id: toast
        objectName: "evidence.toast"
        parent: page
        anchors.bottomMargin: 120
        onActionPressed: page.evidence.undoRemove()
    }

    footer: FooterBar {
        note: page.evidence.note
        noteTone: page.evidence.noteTone

        PrimaryButton {
            objectName: "button.backToClaim"
            visible: page.openRow < 0
            text: qsTr("Back to the claim")
            onClicked: page.session.goClaim()
        }
        LinkButton {
            objectName: "button.backToEvidence"
            visible: page.openRow >= 0
            text: qsTr("Back to all evidence")
            onClicked: page.session.goEvidence()
        }
    }
}
