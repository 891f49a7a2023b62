import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {
    AppText {
        Layout.fillWidth: true
        variant: "title"
        text: "Buttons and links"
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            text: "Continue"
        }
        SecondaryButton {
            text: "Search"
            iconName: "search"
        }
        LinkButton {
            text: "Not known yet"
        }
        DangerButton {
            text: "Remove this job"
            iconName: "trash"
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            text: "Cannot be pressed"
            enabled: false
        }
        SecondaryButton {
            text: "Cannot be pressed"
            enabled: false
        }
        PrimaryButton {
            text: "Sending"
            busy: true
        }
        SecondaryButton {
            text: "Has the focus"
            focus: true
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
        SecondaryButton {
            text: "Small"
            small: true
        }
        IconButton {
            iconName: "cross"
            text: "Close"
        }
    }
    PrimaryButton {
        Layout.maximumWidth: 260
        text: "A button whose words are too long for one line wraps them"
    }
    TextLink {
        text: "Try now"
    }
    Fold {
        title: "What counts as a payslip"
        text: "A printed slip, or one on a phone that shows the employer, the name and the pay."
        open: true
    }
}
