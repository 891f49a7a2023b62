pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The folders and pictures of this machine, and of what is plugged into it.
//
//     PictureFileList { picture: session.picture }
ColumnLayout {
    id: list

    required property PictureViewModel picture

    spacing: 16

    BusyState {
        visible: list.picture.busy
        text: qsTr("Opening the picture")
    }
    Card {
        Layout.fillWidth: true
        visible: !list.picture.busy && list.picture.files.count > 0
        padding: 0
        spacing: 0
        title: ""

        Repeater {
            model: list.picture.files

            ListRow {
                required property int index
                required property string path
                required property string name
                required property bool folder
                required detail

                objectName: "file." + name
                text: name
                leadingIcon: folder ? "folder" : "document"
                chevron: folder
                divider: index < list.picture.files.count - 1
                onClicked: list.picture.openEntry(path)
            }
        }
    }
    EmptyState {
        visible: !list.picture.busy && list.picture.files.count === 0
        iconName: "folder"
        title: qsTr("No pictures here")
        text: qsTr("Plug in the stick or the telephone, or put the picture into this tablet's folder for pictures, and open this list again.")
    }
}
