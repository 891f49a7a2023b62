import QtQuick
import Fieldclaim.Theme

// The ground of an option card or check card.
//
//     background: ChoiceSheet { picked: card.checked; pressed: card.pressed; focused: card.visualFocus }
Rectangle {
    id: sheet

    property bool picked: false
    property bool pressed: false
    property bool focused: false

    radius: Theme.radiusMedium
    color: picked ? Theme.blueSoft : pressed ? Theme.neutralSoft : Theme.surface
    border.width: picked ? 2 : Theme.lineWidth
    border.color: picked ? Theme.blue : Theme.lineStrong

    FocusRing {
        shown: sheet.focused
        around: 2
        radius: parent.radius + 4
    }
}
