pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// The gallery's window: what there is to look at, and the controls. The pages show in the app's own window beside it.
Window {
    id: window

    readonly property list<string> pageNames: ["Type", "Buttons", "Fields", "Choices", "Questions", "Lists", "Messages", "Dialogs"]
    // The app's pages, by state, and how they can be looked at.
    property list<string> stateNames: []
    property list<string> variantNames: []
    property string shownState: ""
    property string shownVariant: "light"
    property string page: "Type"
    property bool chrome: true
    property string scheme: "light"
    property real textScale: 1

    signal shownChanged

    width: 1280
    height: 800
    visible: true
    title: "Fieldclaim gallery"
    color: Theme.ground
    onSchemeChanged: Theme.scheme = scheme
    onTextScaleChanged: Theme.textScale = textScale
    onPageChanged: loader.source = "pages/" + page + ".qml"
    Component.onCompleted: loader.source = "pages/" + page + ".qml"

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Flickable {
            Layout.fillHeight: true
            Layout.preferredWidth: window.chrome ? 330 : 0
            visible: window.chrome
            contentHeight: chooser.implicitHeight
            clip: true

            ColumnLayout {
                id: chooser
                width: parent.width
                spacing: 0

                AppText {
                    Layout.margins: 12
                    variant: "strong"
                    text: "The app's pages"
                }
                Flow {
                    Layout.fillWidth: true

                    Repeater {
                        model: window.variantNames

                        LinkButton {
                            required property string modelData
                            small: true
                            iconName: window.shownVariant === modelData ? "check" : ""
                            text: modelData
                            onClicked: {
                                window.shownVariant = modelData;
                                window.shownChanged();
                            }
                        }
                    }
                }
                Repeater {
                    model: window.stateNames

                    LinkButton {
                        required property string modelData
                        small: true
                        iconName: window.shownState === modelData ? "eye" : ""
                        text: modelData
                        onClicked: {
                            window.shownState = modelData;
                            window.shownChanged();
                        }
                    }
                }
                AppText {
                    Layout.margins: 12
                    variant: "strong"
                    text: "Controls"
                }
                Flow {
                    Layout.fillWidth: true

                    Repeater {
                        model: ["light", "dark", "highContrast"]

                        LinkButton {
                            required property string modelData
                            small: true
                            text: modelData
                            onClicked: window.scheme = modelData
                        }
                    }
                    LinkButton {
                        small: true
                        text: Math.round(Theme.scale * 100) + " %"
                        onClicked: window.textScale = window.textScale >= 2 ? 1 : window.textScale + 0.25
                    }
                }
                Repeater {
                    model: window.pageNames

                    LinkButton {
                        required property string modelData
                        small: true
                        text: modelData
                        onClicked: window.page = modelData
                    }
                }
            }
        }
        Loader {
            id: loader
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
