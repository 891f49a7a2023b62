import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// What the camera sees, with the edge that the page is held into; or why there is nothing to see.
//
//     CameraPane { picture: session.picture; room: 400 }
ColumnLayout {
    id: pane

    required property PictureViewModel picture
    // The height that the page can spare.
    property real room: 400

    spacing: 12

    EmptyState {
        objectName: "camera.state"
        visible: !pane.picture.cameraOn && !pane.picture.cameraStarting
        iconName: "camera"
        tone: "amber"
        title: pane.picture.cameraTitle
        text: pane.picture.cameraText

        SecondaryButton {
            objectName: "button.cameraAgain"
            text: qsTr("Try the camera again")
            onClicked: pane.picture.openCamera()
        }
    }
    BusyState {
        visible: pane.picture.cameraStarting
        text: pane.picture.cameraTitle
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Math.max(280, pane.room)
        visible: pane.picture.cameraOn
        radius: Theme.radiusLarge
        color: "black"

        PictureView {
            id: view
            objectName: "camera.view"
            anchors.fill: parent
            anchors.margins: 8
            picture: pane.picture.frame
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("What the camera sees")
        }
        EdgeGuide {
            x: view.x + view.contentRect.x
            y: view.y + view.contentRect.y
            width: view.contentRect.width
            height: view.contentRect.height
            visible: pane.picture.goal !== "code"
            isCard: pane.picture.guide === "card"
        }
    }
    OptionGroup {
        Layout.fillWidth: true
        objectName: "picture.guide"
        visible: pane.picture.cameraOn && pane.picture.goal !== "code" && pane.picture.goal !== "scan"
        label: qsTr("Hold it into the frame")
        columns: 2
        choices: [
            {
                name: "a4",
                label: qsTr("A page")
            },
            {
                name: "card",
                label: qsTr("A card")
            }
        ]
        value: pane.picture.guide
        onChosen: value => pane.picture.guide = value
    }
}
