// The primary kind of AppButton.
//
//     PrimaryButton { text: qsTr("Continue"); onClicked: page.next() }
AppButton {
    kind: "primary"
}
