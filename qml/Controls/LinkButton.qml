// The link kind of AppButton.
//
//     LinkButton { text: qsTr("Not known yet"); onClicked: page.skip() }
AppButton {
    kind: "link"
}
