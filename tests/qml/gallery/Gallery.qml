pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// The gallery's window: on top (while walking through it by hand) the pages and the variants, below the page.
Window {
    id: window

    readonly property list<string> pageNames: ["Today", "Question", "Sign", "Conflict", "Sending", "CheckAnswers", "Type", "Buttons", "Fields", "Choices", "Questions", "Lists", "Messages", "Dialogs"]
    property string page: "Today"
    property bool chrome: true
    property string scheme: "light"
    property real textScale: 1

    width: 1280
    height: 800
    visible: true
    title: "Fieldclaim gallery"
    color: Theme.ground
    onSchemeChanged: Theme.scheme = scheme
    onTextScaleChanged: Theme.textScale = textScale
    onPageChanged: loader.source = "pages/" + page + ".qml"
    Component.onCompleted: loader.source = "pages/" + page + ".qml"

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Flow {
            Layout.fillWidth: true
            Layout.margins: 8
            visible: window.chrome
            spacing: 4

            Repeater {
                model: window.pageNames

                LinkButton {
                    required property string modelData
                    small: true
                    text: modelData
                    onClicked: window.page = modelData
                }
            }
            Repeater {
                model: ["light", "dark", "highContrast"]

                SecondaryButton {
                    required property string modelData
                    small: true
                    text: modelData
                    onClicked: window.scheme = modelData
                }
            }
            SecondaryButton {
                small: true
                text: Math.round(Theme.scale * 100) + " %"
                onClicked: window.textScale = window.textScale >= 2 ? 1 : window.textScale + 0.25
            }
        }
        Loader {
            id: loader
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
