import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// Something that is so or not, as a card. Also one line of a CheckGroup.
//
//     CheckCard { text: qsTr("Only on Wi-Fi"); hint: qsTr("Photos wait for Wi-Fi"); checked: settings.wifiOnly; onToggledByUser: settings.setWifiOnly(checked) }
T.CheckBox {
    id: card

    property string hint: ""
    property string badge: ""
    property string badgeTone: "neutral"
    property bool hasError: false

    // A person changed it; not when a page sets `checked`.
    signal toggledByUser

    implicitWidth: Math.max(160, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.optionHeight, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 20
    rightPadding: 20
    topPadding: 8
    bottomPadding: 8
    focusPolicy: Qt.StrongFocus
    Layout.fillWidth: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: card.text
    Accessible.description: Spoken.join([card.hint, card.badge], ". ")
    Accessible.checkable: true
    Accessible.checked: card.checked
    onClicked: card.toggledByUser()

    contentItem: RowLayout {
        spacing: 16

        Rectangle {
            implicitWidth: Theme.px(28)
            implicitHeight: Theme.px(28)
            radius: Theme.radiusSmall
            color: card.checked ? Theme.blue : Theme.surface
            border.width: 2
            border.color: card.checked ? Theme.blue : card.hasError ? Theme.red : Theme.controlLine

            SvgIcon {
                anchors.centerIn: parent
                width: Theme.px(20)
                height: width
                visible: card.checked
                name: "check"
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
