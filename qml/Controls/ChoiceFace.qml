import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme

// What an option card and a check card show beside their mark: the label, the hint, a badge.
//
//     ChoiceFace { label: qsTr("Every 2 weeks"); hint: qsTr("3 payslips in a row will be needed"); picked: card.checked }
ColumnLayout {
    id: face

    property string label: ""
    property string hint: ""
    property string badge: ""
    property string badgeTone: "neutral"
    property bool picked: false

    spacing: 2

    Flow {
        Layout.fillWidth: true
        spacing: 10

        AppText {
            width: Math.min(implicitWidth, parent.width)
            variant: face.picked ? "strong" : "body"
            text: face.label
            Accessible.ignored: true
        }
        Badge {
            tone: face.badgeTone
            text: face.badge
            Accessible.ignored: true
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: face.hint
        Accessible.ignored: true
    }
}
