import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme

// A window over the page that must be answered: Tab stays inside, Escape closes it, and the focus goes back.
//
//     AppDialog { id: ask; title: qsTr("Who refused?"); TextInputField { } buttons: PrimaryButton { text: qsTr("Save"); onClicked: ask.accept() } }
T.Dialog {
    id: dialog

    default property alias content: body.data
    property alias buttons: footerFlow.data
    property string text: ""
    property real maximumWidth: 560
    property bool canClose: true
    // What had the focus before, and gets it back.
    property Item returnTo: null

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    width: parent ? Math.min(maximumWidth * Math.sqrt(Theme.scale), parent.width - 48) : maximumWidth
    height: parent ? Math.min(parent.height - 48, head.implicitHeight + scroll.contentHeight + foot.implicitHeight + 40) : implicitHeight
    padding: 0
    modal: true
    focus: true
    closePolicy: canClose ? T.Popup.CloseOnEscape : T.Popup.NoAutoClose

    onAboutToShow: returnTo = face.Window.activeFocusItem
    onClosed: if (returnTo) returnTo.forceActiveFocus(Qt.PopupFocusReason)

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.line
    }
    // Its parts are measured from outside, so it is made at once.
    // qmllint disable deferred-property-id
    contentItem: FocusScope {
        id: face
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
        Accessible.description: dialog.text

        AppText {
            id: head
            x: 28
            y: 28
            width: parent.width - 56
            bottomPadding: 12
            variant: "section"
            font.pixelSize: Theme.px(24)
            text: dialog.title
        }
        Flickable {
            id: scroll
            anchors.top: head.bottom
            anchors.bottom: foot.top
            width: parent.width
            contentHeight: body.implicitHeight + 4
            clip: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds

            ColumnLayout {
                id: body
                x: 28
                width: parent.width - 56
                spacing: 16

                AppText {
                    Layout.fillWidth: true
                    visible: text.length > 0
                    text: dialog.text
                }
            }
        }
        Item {
            id: foot
            anchors.bottom: parent.bottom
            width: parent.width
            implicitHeight: footerFlow.implicitHeight + 48
            height: implicitHeight

            Flow {
                id: footerFlow
                x: 28
                y: 20
                width: parent.width - 56
                spacing: 12
            }
        }
    }
}
