import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// A picture for a proof or an answer: from the camera or a file, put straight, blacked out where it must be, and kept; or the
// code that the camera sees.
PageScaffold {
    id: page

    required property TabletSession session
    required property ClaimViewModel claim
    required property PictureViewModel picture

    readonly property bool isCode: picture.goal === "code"
    readonly property bool isFile: picture.goal === "file"

    objectName: "page.picture"
    spacing: 20
    Component.onCompleted: Qt.callLater(head.forceActiveFocus)

    topBar: SessionBar {
        Layout.fillWidth: true
        session: page.session
    }

    PageHeader {
        id: head
        activeFocusOnTab: true
        eyebrow: page.picture.goal === "proof" ? qsTr("Evidence · %1").arg(page.picture.about) : page.picture.goal === "scan" ? qsTr("Signed on paper") : page.picture.about
        title: page.isCode ? qsTr("Scan the code") : page.picture.stage === "camera" ? qsTr("Take a picture") : page.picture.stage === "files" ? (page.isFile ? qsTr("Choose a file") : qsTr("Choose a picture")) : qsTr("Look at the picture")
        subtitle: page.isCode ? qsTr("Hold the bar code or QR code still before the camera. It is read by itself, and no picture is kept.") : page.picture.stage === "camera" ? qsTr("One page in each picture. It is kept encrypted, in no gallery and no file.") : page.picture.stage === "files" ? page.isFile ? qsTr("PDF, JPEG and PNG. The file stays where it is; take it off the stick yourself if it must not stay there.") : qsTr("JPEG and PNG. The file stays where it is; take it off the stick yourself if it must not stay there.") : qsTr("Can every word be read? What is kept is what you see here.")
    }
    InlineMessage {
        objectName: "picture.error"
        visible: page.picture.error.length > 0
        tone: "red"
        text: page.picture.error
    }
    CameraPane {
        Layout.fillWidth: true
        visible: page.picture.stage === "camera"
        picture: page.picture
        room: page.height - (page.isCode ? 340 : 440)
    }
    PictureFileList {
        Layout.fillWidth: true
        visible: page.picture.stage === "files"
        picture: page.picture
    }
    PictureDesk {
        id: desk
        Layout.fillWidth: true
        visible: page.picture.stage === "edit"
        picture: page.picture
        isWide: page.hasRoom
        room: page.hasRoom ? page.height - 350 : page.height - 620 * Theme.scale
    }

    footer: FooterBar {
        PrimaryButton {
            objectName: "button.take"
            visible: page.picture.stage === "camera" && page.picture.cameraOn && !page.isCode
            iconName: "camera"
            text: qsTr("Take the picture")
            onClicked: page.picture.take()
        }
        PrimaryButton {
            objectName: "button.use"
            visible: page.picture.stage === "edit"
            enabled: desk.tool === ""
            busy: page.picture.busy
            text: qsTr("Use this picture")
            onClicked: page.picture.use()
        }
        SecondaryButton {
            objectName: "button.retake"
            visible: page.picture.stage === "edit"
            text: qsTr("Retake")
            hint: qsTr("Lets this picture go")
            onClicked: page.picture.retake()
        }
        AppButton {
            objectName: "button.files"
            visible: page.picture.stage === "camera" && !page.isCode
            kind: page.picture.cameraOn ? "secondary" : "primary"
            iconName: "folder"
            text: qsTr("Choose a file")
            onClicked: page.picture.openFiles()
        }
        SecondaryButton {
            objectName: "button.filesBack"
            visible: page.picture.stage === "files"
            text: page.picture.folderName.length > 0 ? qsTr("Folder above") : qsTr("Use the camera")
            onClicked: page.picture.filesBack()
        }
        LinkButton {
            objectName: "button.cancel"
            text: page.isCode ? qsTr("Back without a code") : page.isFile ? qsTr("Back without a file") : qsTr("Back without a picture")
            onClicked: page.session.leavePicture()
        }
    }
}
