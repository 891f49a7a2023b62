import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// An encrypted copy of what the server does not have yet, on a USB stick: which stick, how far it is, what came of it.
//
//     SaveCopy { copy: page.sending.copy; visible: page.sending.copy.step !== "closed" }
Card {
    id: saving

    required property ExportViewModel copy

    Layout.fillWidth: true
    title: qsTr("Save an encrypted copy")

    Connections {
        property string last: "closed"
        target: saving.copy
        function onChanged() {
            if (last === saving.copy.step)
                return;
            last = saving.copy.step;
            if (last === "done")
                Qt.callLater(close.forceActiveFocus, Qt.TabFocusReason);
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: saving.copy.step === "choose"
        text: qsTr("For when this tablet cannot reach the server for long. What was not sent yet is written to a USB stick, and only the server can read it.")
    }
    InlineMessage {
        objectName: "copyNoDrive"
        visible: saving.copy.step === "choose" && saving.copy.drives.length === 0 && saving.copy.error.length === 0
        tone: "blue"
        text: qsTr("Put a USB stick into the tablet. It shows here by itself.")
    }
    OptionGroup {
        objectName: "copyDrive"
        visible: saving.copy.step === "choose" && saving.copy.drives.length > 0
        label: qsTr("Which stick?")
        choices: saving.copy.drives
        value: saving.copy.drive
        onChosen: value => saving.copy.drive = value
    }
    InlineMessage {
        objectName: "copyError"
        visible: saving.copy.error.length > 0
        tone: "red"
        text: saving.copy.error
    }
    ProgressBar {
        objectName: "copyProgress"
        visible: saving.copy.step === "writing"
        value: saving.copy.progress
        text: saving.copy.progressText
    }
    InlineMessage {
        objectName: "copyReport"
        visible: saving.copy.step === "done"
        tone: "green"
        title: qsTr("The copy is saved")
        text: saving.copy.report
    }
    AppText {
        Layout.fillWidth: true
        visible: saving.copy.step === "done"
        variant: "small"
        tone: "second"
        wrapMode: Text.Wrap
        text: qsTr("File: %1").arg(saving.copy.fileName)
    }
    Flow {
        Layout.fillWidth: true
        spacing: 12

        PrimaryButton {
            objectName: "button.copyBegin"
            visible: saving.copy.step === "choose"
            enabled: saving.copy.drives.length > 0
            text: qsTr("Save the copy")
            onClicked: saving.copy.begin()
        }
        SecondaryButton {
            id: close
            objectName: "button.copyClose"
            text: saving.copy.step === "done" ? qsTr("Close") : saving.copy.step === "writing" ? qsTr("Stop") : qsTr("Cancel")
            onClicked: saving.copy.close()
        }
    }
}
