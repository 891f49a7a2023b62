import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    id: page

    InlineMessage {
        tone: "blue"
        text: "This claim is open on another tablet too, with Eleri Morgan."
    }
    InlineMessage {
        tone: "green"
        title: "Accepted by JSAPS"
        text: "Tuesday 22 November, 09:32"
    }
    InlineMessage {
        tone: "amber"
        title: "Two answers differ"
        text: "Both are kept until someone who knows chooses."

        SecondaryButton {
            text: "Look at them"
            small: true
        }
    }
    InlineMessage {
        tone: "red"
        title: "The image was not saved"
        text: "The tablet’s storage is full. Remove photos that the server has, then take it again."
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.hasRoom && page.width > 900 ? 2 : 1
        columnSpacing: 20
        rowSpacing: 20

        Card {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true

            EmptyState {
                iconName: "calendar"
                title: "No appointments today"
                text: "Claims that are sent to this site show here."

                PrimaryButton {
                    text: "New claim"
                }
            }
        }
        Card {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true

            BusyState {
                running: false
                text: "Looking through the claims on this tablet"
            }
        }
    }
    Item {
        Layout.fillWidth: true
        implicitHeight: 90

        Toast {
            Component.onCompleted: show("Job removed", "Undo")
        }
    }
}
