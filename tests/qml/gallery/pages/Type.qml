pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

PageScaffold {
    spacing: 12

    AppText {
        Layout.fillWidth: true
        variant: "title"
        text: "Title 32: Beth yw eich cyfeiriad? Ŵyn, tŷ, Siân, ïe"
    }
    AppText {
        Layout.fillWidth: true
        variant: "question"
        text: "Question 28: How often are you paid by Eryri Café?"
    }
    AppText {
        Layout.fillWidth: true
        variant: "section"
        text: "Section 20: Money coming in"
    }
    AppText {
        Layout.fillWidth: true
        text: "Body 18: Use the payslip if they have it. This sets how many payslips we need to see."
    }
    AppText {
        Layout.fillWidth: true
        variant: "strong"
        text: "Strong 18: Tenancy agreement, original seen"
    }
    AppText {
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: "Small 16, second ink: Monday 14:05, at the home"
    }
    Flow {
        Layout.fillWidth: true
        spacing: 8

        Repeater {
            model: ["neutral", "blue", "green", "amber", "red"]

            Badge {
                required property string modelData
                tone: modelData
                iconName: Theme.toneIcon(modelData)
                text: modelData
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 14

        Repeater {
            model: ["check", "check-circle", "alert", "stop", "exclamation", "info", "help", "dot", "clock", "cross", "chevron-right", "chevron-left", "chevron-down", "arrow-right", "search", "plus", "minus", "eye", "eye-off", "list", "camera", "document", "person", "people", "phone", "pen", "undo", "trash", "send", "cloud-off", "lock", "home", "print", "turn", "rotate", "crop", "black-out", "usb", "calendar", "link", "settings", "dashed-circle", "sign-here", "folder", "wifi", "pause"]

            ColumnLayout {
                id: cell
                required property string modelData
                width: Theme.px(104)

                SvgIcon {
                    Layout.alignment: Qt.AlignHCenter
                    implicitWidth: Theme.px(32)
                    implicitHeight: Theme.px(32)
                    name: cell.modelData
                    color: Theme.ink
                }
                AppText {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    variant: "badge"
                    tone: "second"
                    text: cell.modelData
                }
            }
        }
    }
}
