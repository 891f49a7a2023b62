import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// What stands where there is nothing: what would be here, and the next step. Also for a list that could not be read.
//
//     EmptyState { iconName: "calendar"; title: qsTr("No appointments today"); text: qsTr("Claims that are sent to this site show here."); PrimaryButton { text: qsTr("New claim") } }
ColumnLayout {
    id: state

    default property alias actions: slot.data
    property string iconName: "info"
    property string tone: "neutral"
    property string title: ""
    property string text: ""

    Layout.fillWidth: true
    spacing: 12

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: 24
        implicitWidth: Theme.px(64)
        implicitHeight: Theme.px(64)
        radius: width / 2
        color: Theme.toneSoft(state.tone)

        SvgIcon {
            anchors.centerIn: parent
            width: Theme.px(32)
            height: width
            name: state.iconName
            color: Theme.toneColor(state.tone)
        }
    }
    AppText {
        Layout.fillWidth: true
        Layout.leftMargin: 20
        Layout.rightMargin: 20
        variant: "section"
        horizontalAlignment: Text.AlignHCenter
        text: state.title
    }
    AppText {
        Layout.fillWidth: true
        Layout.leftMargin: 20
        Layout.rightMargin: 20
        Layout.maximumWidth: Theme.measure
        Layout.alignment: Qt.AlignHCenter
        visible: text.length > 0
        tone: "second"
        horizontalAlignment: Text.AlignHCenter
        text: state.text
    }
    Row {
        id: slot
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: 8
        Layout.bottomMargin: 24
        spacing: 12
    }
}
