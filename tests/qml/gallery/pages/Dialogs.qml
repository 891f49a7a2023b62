import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

PageScaffold {

    AppText {
        Layout.fillWidth: true
        variant: "title"
        text: "A page under a dialog"
    }
    PrimaryButton {
        text: "Remove this job"
        onClicked: ask.open()
    }
    ConfirmDialog {
        id: ask
        title: "Remove the job at Eryri Café?"
        text: "Its 12 answers go with it. You can undo this until you leave the page."
        confirmText: "Remove the job"
        isDanger: true
        Component.onCompleted: open()

        TextInputField {
            label: "Why?"
            optional: true
        }
    }
}
