import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// How far something has come, with the words under it.
//
//     ProgressBar { value: blob.sent / blob.size; text: qsTr("1.9 of 3.1 MB · goes on where it stopped") }
//
// A `value` below 0 means that nobody knows: the bar stays empty and the words say what is going on.
ColumnLayout {
    id: progress

    property real value: 0
    property string text: ""
    property string label: ""
    property string tone: "blue"

    readonly property real part: Math.max(0, Math.min(1, value))

    Layout.fillWidth: true
    spacing: 8
    Accessible.role: Accessible.ProgressBar
    Accessible.name: Spoken.join([label, text, value >= 0 ? qsTr("%1 percent").arg(Math.round(part * 100)) : ""])

    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "strong"
        text: progress.label
        Accessible.ignored: true
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 10
        implicitWidth: 200
        radius: 5
        color: Theme.track
        border.width: Theme.isHighContrast ? 1 : 0
        border.color: Theme.line

        Rectangle {
            objectName: "fill"
            width: progress.part > 0 ? Math.max(parent.height, parent.width * progress.part) : 0
            height: parent.height
            radius: parent.radius
            color: Theme.toneColor(progress.tone)

            Behavior on width {
                NumberAnimation {
                    duration: Theme.shortMotion
                }
            }
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: text.length > 0
        variant: "small"
        tone: "second"
        text: progress.text
        Accessible.ignored: true
    }
}
