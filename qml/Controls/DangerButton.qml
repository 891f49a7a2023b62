// The danger kind of AppButton.
//
//     DangerButton { text: qsTr("Remove this job"); onClicked: page.remove() }
AppButton {
    kind: "danger"
}
