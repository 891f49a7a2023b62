import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// One of the answers that differ: the answer large, then who gave it, where and when, and with what proof.
//
//     AnswerCard { value: "£85.00"; unit: qsTr("every week"); who: qsTr("Siân Pritchard"); place: qsTr("this tablet"); when: qsTr("Monday 14:05, at the home"); proof: qsTr("Tenancy agreement, original seen"); proofTone: "green"; checked: conflict.pick === 0; onPicked: conflict.pick = 0 }
T.RadioButton {
    id: card

    property string value: ""
    property string unit: ""
    property string who: ""
    property string place: ""
    property string when: ""
    property string proof: ""
    property string proofTone: "neutral"

    signal picked

    implicitWidth: 280
    implicitHeight: Math.max(Theme.optionHeight, implicitContentHeight + topPadding + bottomPadding)
    padding: 24
    autoExclusive: false
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: Spoken.join([value, unit], " ")
    Accessible.description: Spoken.join([who, place, when, proof])
    Accessible.checkable: true
    Accessible.checked: checked
    onClicked: card.picked()
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    contentItem: ColumnLayout {
        spacing: 4

        RowLayout {
            Layout.fillWidth: true
            spacing: 12

            AppText {
                Layout.fillWidth: true
                variant: "title"
                text: card.value
                Accessible.ignored: true
            }
            SvgIcon {
                Layout.alignment: Qt.AlignTop
                implicitWidth: Theme.px(26)
                implicitHeight: Theme.px(26)
                // Its place is kept, so that the answer does not move when it is picked.
                opacity: card.checked ? 1 : 0
                name: "check-circle"
                color: Theme.blue
            }
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            tone: "second"
            text: card.unit
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            Layout.topMargin: 12
            variant: "strong"
            text: card.who
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            tone: "second"
            text: Spoken.join([card.place, card.when], " · ")
            Accessible.ignored: true
        }
        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 6

            Badge {
                tone: card.proofTone
                text: card.proof
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
    background: ChoiceSheet {
        radius: Theme.radiusLarge
        picked: card.checked
        pressed: card.pressed
        focused: card.visualFocus
    }
}
