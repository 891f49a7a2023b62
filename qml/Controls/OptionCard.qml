import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// One answer of several, as a card one can hit with a thumb. Mostly made by OptionGroup.
//
//     OptionCard { text: qsTr("Every 2 weeks"); hint: qsTr("3 payslips in a row will be needed"); checked: answer.isFortnight; onPicked: answer.choose("f") }
T.RadioButton {
    id: card

    property string hint: ""
    property string badge: ""
    property string badgeTone: "neutral"

    // A person chose it; not when a page sets `checked`.
    signal picked

    implicitWidth: Math.max(160, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.optionHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 20
    rightPadding: 20
    topPadding: 8
    bottomPadding: 8
    autoExclusive: false
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.RadioButton
    Accessible.name: card.text
    Accessible.description: Spoken.join([card.hint, card.badge], ". ")
    Accessible.checkable: true
    Accessible.checked: card.checked
    onClicked: card.picked()
    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    contentItem: RowLayout {
        spacing: 16

        Rectangle {
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            radius: width / 2
            color: card.checked ? Theme.blue : Theme.surface
            border.width: 2
            border.color: card.checked ? Theme.blue : Theme.controlLine

            Rectangle {
                anchors.centerIn: parent
                width: Theme.px(10)
                height: width
                radius: width / 2
                visible: card.checked
                color: Theme.inkOnBlue
            }
        }
        ChoiceFace {
            Layout.fillWidth: true
            room: card.availableWidth - Theme.px(28) - 16
            label: card.text
            hint: card.hint
            badge: card.badge
            badgeTone: card.badgeTone
            picked: card.checked
        }
    }
    background: ChoiceSheet {
        picked: card.checked
        pressed: card.pressed
        focused: card.visualFocus
    }
}
