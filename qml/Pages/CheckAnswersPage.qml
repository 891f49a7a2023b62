pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The whole claim as it will be signed, to be read by the customer or read out. Turned round it faces them.
Item {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property CheckAnswersViewModel checkAnswers
    property bool turned: false

    objectName: "page.check"

    PageScaffold {
        id: scaffold
        anchors.fill: parent
        rotation: page.turned ? 180 : 0
        listText: qsTr("Task list")
        contentMaximumWidth: 860
        spacing: 16
        focus: true
        Component.onCompleted: Qt.callLater(head.forceActiveFocus)

        topBar: SessionBar {
            Layout.fillWidth: true
            session: page.session
        }
        leftPane: ClaimPane {
            session: page.session
            claim: page.claim
            currentTask: "sign"
        }

        PageHeader {
            id: head
            activeFocusOnTab: true
            eyebrow: page.claim.name
            title: qsTr("Check the answers together")
            subtitle: page.checkAnswers.changedCount > 0 ? qsTr("%1 · %2 changed since the signature").arg(page.checkAnswers.summary).arg(page.checkAnswers.changedCount) : page.checkAnswers.summary

            SecondaryButton {
                objectName: "button.language"
                text: page.checkAnswers.inWelsh ? "English" : "Cymraeg"
                onClicked: page.checkAnswers.inWelsh = !page.checkAnswers.inWelsh
            }
            SecondaryButton {
                objectName: "button.turn"
                iconName: "turn"
                text: page.turned ? qsTr("Turn back") : qsTr("Turn round")
                onClicked: page.turned = !page.turned
            }
        }
        InlineMessage {
            objectName: "voided"
            visible: page.checkAnswers.voided.length > 0
            tone: "amber"
            iconName: "pen"
            title: qsTr("The signature no longer holds")
            text: page.checkAnswers.voided
        }
        InlineMessage {
            objectName: "obstacle"
            visible: page.checkAnswers.obstacle.length > 0
            tone: "amber"
            text: page.checkAnswers.obstacle

            LinkButton {
                objectName: "button.firstMissing"
                small: true
                visible: page.checkAnswers.firstMissingPage.length > 0
                text: qsTr("Answer it now")
                onClicked: page.session.openPage(page.checkAnswers.firstMissingPage)
            }
        }
        InlineMessage {
            visible: page.checkAnswers.error.length > 0
            tone: "red"
            text: page.checkAnswers.error
        }
        Repeater {
            model: page.checkAnswers.rows

            ColumnLayout {
                id: row

                required property string rowKey
                required property string kind
                required property string label
                required property string value
                required property bool changed
                required property string was
                required property bool absent
                required property string formPage
                required property string instance
                required property string mark
                required property string markTone
                required property string warning

                Layout.fillWidth: true
                Layout.topMargin: kind === "section" ? 12 : kind === "card" ? 0 : -16
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    visible: row.kind !== "answer"
                    variant: row.kind === "section" ? "section" : "strong"
                    font.pixelSize: row.kind === "section" ? Theme.px(22) : Theme.bodySize
                    text: row.label
                }
                KeyValueRow {
                    objectName: "answer." + row.rowKey
                    visible: row.kind === "answer"
                    label: row.label
                    value: row.absent ? "" : row.value
                    badge: row.absent ? row.value : row.mark
                    badgeTone: row.absent ? "amber" : row.markTone
                    changed: row.changed
                    changedText: row.was
                    changeText: row.formPage.length > 0 ? qsTr("Change") : ""
                    onChangePressed: page.session.openPage(row.formPage, row.instance)
                }
                InlineNote {
                    objectName: "warning." + row.rowKey
                    Layout.bottomMargin: 12
                    visible: text.length > 0
                    tone: "amber"
                    text: row.warning
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            visible: page.checkAnswers.morePage.length > 0

            LinkButton {
                objectName: "button.more"
                text: page.checkAnswers.moreText
                onClicked: page.session.openPage(page.checkAnswers.morePage)
            }
        }

        footer: FooterBar {
            note: page.checkAnswers.obstacle.length > 0 ? page.checkAnswers.obstacle : ""
            noteTone: "amber"

            PrimaryButton {
                objectName: "button.confirm"
                visible: !page.claim.isSigned && !page.claim.formsOnly
                enabled: page.checkAnswers.obstacle.length === 0
                text: qsTr("These answers are right")
                onClicked: page.checkAnswers.confirm()
            }
            LinkButton {
                objectName: "button.back"
                text: qsTr("Back to the claim")
                onClicked: page.session.goClaim()
            }
        }
    }
}
