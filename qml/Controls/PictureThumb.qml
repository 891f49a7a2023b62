import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// A page that is kept: its picture, small, with its name, and what can be done with it.
//
//     PictureThumb { picture: row.picture; text: qsTr("Page 1"); detail: "412 KB"; onRemoveClicked: page.remove(row.fileId) }
//
// Without a picture it shows a sheet of paper: the page is not on this tablet, or is no picture.
Rectangle {
    id: thumb

    // An image or nothing, as a list's role gives it.
    property var picture
    property string text: ""
    property string detail: ""
    property bool removable: true
    // Offered under it where the picture is not on this tablet.
    property string actionText: ""

    signal removeClicked
    signal actionClicked

    implicitWidth: Math.round(188 * Math.sqrt(Theme.scale))
    implicitHeight: column.implicitHeight + 24
    radius: Theme.radiusMedium
    color: Theme.surface
    border.width: Theme.lineWidth
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: Spoken.join([text, detail], ". ")

    ColumnLayout {
        id: column
        x: 12
        y: 12
        width: parent.width - 24
        spacing: 8

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Math.round(150 * Math.sqrt(Theme.scale))
            radius: Theme.radiusSmall
            color: Theme.ground

            PictureView {
                id: view
                objectName: "view"
                anchors.fill: parent
                anchors.margins: 6
                picture: thumb.picture
                Accessible.ignored: true
            }
            SvgIcon {
                anchors.centerIn: parent
                width: 48
                height: 48
                visible: view.contentRect.width === 0
                name: "document"
                color: Theme.inkSecond
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    variant: "strong"
                    text: thumb.text
                    Accessible.ignored: true
                }
                AppText {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    variant: "small"
                    tone: "second"
                    text: thumb.detail
                    Accessible.ignored: true
                }
            }
            IconButton {
                objectName: "remove"
                Layout.alignment: Qt.AlignTop
                visible: thumb.removable
                iconName: "trash"
                text: qsTr("Remove %1").arg(thumb.text)
                onClicked: thumb.removeClicked()
            }
        }
        LinkButton {
            objectName: "action"
            Layout.fillWidth: true
            visible: text.length > 0
            small: true
            text: thumb.actionText
            onClicked: thumb.actionClicked()
        }
    }
}
