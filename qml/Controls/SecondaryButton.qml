// The secondary kind of AppButton.
//
//     SecondaryButton { text: qsTr("Search"); onClicked: page.search() }
AppButton {
    kind: "secondary"
}
