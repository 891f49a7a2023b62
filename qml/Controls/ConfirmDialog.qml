import QtQuick

// Asks before something that is hard to take back. The safe answer has the focus when it is dangerous.
//
//     ConfirmDialog { id: ask; title: qsTr("Remove this job?"); text: qsTr("Its 12 answers go with it."); confirmText: qsTr("Remove"); isDanger: true; onAccepted: page.remove() }
AppDialog {
    id: dialog

    property string confirmText: qsTr("Yes")
    property string cancelText: qsTr("Cancel")
    property bool isDanger: false

    onOpened: (isDanger ? cancel : confirm).forceActiveFocus(Qt.TabFocusReason)

    buttons: [
        AppButton {
            id: confirm
            objectName: "confirm"
            kind: dialog.isDanger ? "danger" : "primary"
            text: dialog.confirmText
            onClicked: dialog.accept()
        },
        AppButton {
            id: cancel
            objectName: "cancel"
            kind: "secondary"
            text: dialog.cancelText
            onClicked: dialog.reject()
        }
    ]
}
