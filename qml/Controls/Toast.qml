import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// A short word at the foot of the window about what was done, with a way back if there is one; also announced.
//
//     Toast { id: toast; onActionPressed: page.undo() }   …   toast.show(qsTr("Job removed"), qsTr("Undo"))
//
// It goes after `duration_ms`, never while it has the focus; with an action it stays until it is dismissed or used.
Rectangle {
    id: toast

    property int duration_ms: 6000
    property string tone: "green"
    readonly property alias text: words.text
    readonly property alias actionText: action.text

    signal actionPressed
    signal dismissed

    function show(text: string, actionText = "", tone = "green") {
        toast.tone = tone;
        words.text = text;
        action.text = actionText;
        visible = true;
        live.announce(text);
        timer.restart();
    }

    function dismiss() {
        visible = false;
        dismissed();
    }

    anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
    anchors.bottom: parent ? parent.bottom : undefined
    anchors.bottomMargin: 24
    width: Math.min(row.implicitWidth + 32, (parent ? parent.width : 800) - 48)
    height: Math.max(Theme.buttonHeight, row.implicitHeight + 16)
    z: 100
    visible: false
    radius: Theme.radiusMedium
    color: Theme.bar
    border.width: Theme.scheme === "light" ? 0 : 1
    border.color: Theme.lineStrong

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: 20
        anchors.rightMargin: 12
        spacing: 12

        SvgIcon {
            implicitWidth: Theme.px(22)
            implicitHeight: Theme.px(22)
            name: Theme.toneIcon(toast.tone)
            color: Theme.toneOnBar(toast.tone)
        }
        AppText {
            id: words
            objectName: "toastText"
            Layout.fillWidth: true
            tone: "onBar"
            Accessible.ignored: true
        }
        BarButton {
            id: action
            objectName: "toastAction"
            visible: text.length > 0
            onClicked: {
                toast.visible = false;
                toast.actionPressed();
            }
        }
        BarButton {
            id: close
            objectName: "toastClose"
            text: qsTr("Dismiss")
            visible: action.visible
            onClicked: toast.dismiss()
        }
    }
    LiveRegion {
        id: live
        objectName: "toastLive"
    }
    Timer {
        id: timer
        interval: toast.duration_ms
        running: false
        onTriggered: if (!action.visible) toast.dismiss()
    }
}
