import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// What an option card and a check card show beside their mark: the label, the hint, a badge.
//
//     ChoiceFace { label: qsTr("Every 2 weeks"); hint: qsTr("3 payslips in a row will be needed"); picked: card.checked }
RowLayout {
    id: face

    property string label: ""
    property string hint: ""
    property string badge: ""
    property string badgeTone: "neutral"
    property bool picked: false
    // The width that the card leaves it.
    property real room: 400

    readonly property bool isWide: room >= 420 * Theme.scale

    spacing: 12

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        AppText {
            Layout.fillWidth: true
            variant: face.picked ? "strong" : "body"
            text: face.label
            Accessible.ignored: true
        }
        AppText {
            Layout.fillWidth: true
            visible: text.length > 0
            variant: "small"
            tone: "second"
            text: face.hint
            Accessible.ignored: true
        }
        Item {
            Layout.fillWidth: true
            Layout.topMargin: 4
            implicitHeight: below.implicitHeight
            visible: face.badge.length > 0 && !face.isWide

            Badge {
                id: below
                width: Math.min(wanted, face.room)
                tone: face.badgeTone
                text: face.badge
                Accessible.ignored: true
            }
        }
    }
    Badge {
        Layout.maximumWidth: face.room / 2
        visible: face.badge.length > 0 && face.isWide
        tone: face.badgeTone
        text: face.badge
        Accessible.ignored: true
    }
}
