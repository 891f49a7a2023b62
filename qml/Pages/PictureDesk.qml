pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The picture that was taken, what can be done to it, and what it was found to lack: that advises, and stops nobody.
//
//     PictureDesk { picture: session.picture; isWide: page.hasRoom; room: 400 }
GridLayout {
    id: desk

    required property PictureViewModel picture
    property bool isWide: true
    // The height that the page can spare.
    property real room: 400
    // "", corners or box
    property string tool: ""

    columns: isWide ? 2 : 1
    columnSpacing: 24
    rowSpacing: 16

    Rectangle {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        implicitHeight: Math.max(desk.isWide ? 360 : 420, desk.room)
        radius: Theme.radiusLarge
        color: Theme.neutralSoft
        border.width: Theme.lineWidth
        border.color: Theme.line

        PictureEditor {
            id: editor
            objectName: "editor"
            anchors.fill: parent
            // A handle at the picture's very edge can be taken whole.
            anchors.margins: Theme.touchTarget / 2
            picture: desk.picture.picture
            tool: desk.tool
            name: qsTr("The picture, %1").arg(desk.picture.facts)
            onBoxDrawn: box => desk.picture.blackOut(box.x, box.y, box.width, box.height)
        }
        BusyState {
            anchors.centerIn: parent
            visible: desk.picture.busy && editor.contentRect.width === 0
            text: qsTr("Looking at the picture")
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.maximumWidth: desk.isWide ? 400 * Math.sqrt(Theme.scale) : -1
        Layout.minimumWidth: desk.isWide ? 320 : 0
        Layout.alignment: Qt.AlignTop
        spacing: 12

        Repeater {
            model: desk.tool === "" ? desk.picture.warnings : []

            InlineMessage {
                required property var modelData

                objectName: "picture.warning"
                tone: "amber"
                title: modelData.title
                text: modelData.text
            }
        }
        InlineMessage {
            objectName: "picture.good"
            visible: desk.tool === "" && !desk.picture.busy && desk.picture.warnings.length === 0 && editor.contentRect.width > 0
            tone: "green"
            text: qsTr("It looks sharp, bright and large enough.")
        }
        InlineMessage {
            visible: desk.tool === "corners"
            tone: "blue"
            title: qsTr("Straighten and crop")
            text: qsTr("Drag the four points to the corners of the page. With a keyboard: Tab to a point, then arrow keys.")
        }
        InlineMessage {
            visible: desk.tool === "box"
            tone: "blue"
            title: qsTr("Black out")
            text: qsTr("Draw a box over what must not be kept. What is under it is not in the picture that is kept.")
        }
        SecondaryButton {
            Layout.fillWidth: true
            objectName: "button.turn"
            visible: desk.tool === ""
            iconName: "rotate"
            text: qsTr("Turn")
            hint: qsTr("A quarter to the right")
            onClicked: desk.picture.turn()
        }
        SecondaryButton {
            Layout.fillWidth: true
            objectName: "button.corners"
            visible: desk.tool === ""
            iconName: "crop"
            text: qsTr("Straighten and crop")
            onClicked: {
                editor.resetCorners();
                desk.tool = "corners";
            }
        }
        SecondaryButton {
            Layout.fillWidth: true
            objectName: "button.box"
            visible: desk.tool === ""
            iconName: "black-out"
            text: qsTr("Black out")
            onClicked: desk.tool = "box"
        }
        PrimaryButton {
            Layout.fillWidth: true
            objectName: "button.straighten"
            visible: desk.tool === "corners"
            busy: desk.picture.busy
            text: qsTr("Straighten")
            onClicked: {
                if (desk.picture.straighten(editor.corners))
                    desk.tool = "";
            }
        }
        SecondaryButton {
            Layout.fillWidth: true
            objectName: "button.toolDone"
            visible: desk.tool !== ""
            text: desk.tool === "box" ? qsTr("Done") : qsTr("Leave as it is")
            onClicked: desk.tool = ""
        }
        LinkButton {
            Layout.fillWidth: true
            objectName: "button.undo"
            visible: desk.tool !== "corners"
            enabled: desk.picture.canUndo
            iconName: "undo"
            text: qsTr("Undo")
            hint: qsTr("Takes back the last thing that was done to the picture")
            onClicked: desk.picture.undo()
        }
        AppText {
            Layout.fillWidth: true
            variant: "small"
            tone: "second"
            text: desk.picture.facts
        }
    }
}
