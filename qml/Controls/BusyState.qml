import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// Something is being fetched or worked out: the words say what, and the ring turns unless motion is off.
//
//     BusyState { text: qsTr("Looking through the claims on this tablet") }
ColumnLayout {
    id: busy

    property string text: ""
    property bool running: visible

    Layout.fillWidth: true
    spacing: 12
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    PieMark {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: 24
        implicitWidth: Theme.px(40)
        implicitHeight: Theme.px(40)
        progress: 0.3
        color: Theme.blue

        RotationAnimation on rotation {
            from: 0
            to: 360
            duration: 1400
            loops: Animation.Infinite
            running: busy.running && !Theme.reduceMotion
        }
    }
    AppText {
        Layout.fillWidth: true
        Layout.bottomMargin: 24
        horizontalAlignment: Text.AlignHCenter
        tone: "second"
        text: busy.text
        Accessible.ignored: true
    }
}
