pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// The ink route in three steps: print, sign, scan.
Card {
    id: panel

    required property DeclarationViewModel declaration
    readonly property PaperViewModel paper: declaration.paper
    property alias witness: witness.text

    signal photographWanted

    objectName: "inkPanel"
    Layout.fillWidth: true
    spacing: 12

    AppText {
        Layout.fillWidth: true
        variant: "section"
        text: qsTr("1. Print the statement")
    }
    AppText {
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: qsTr("It is saved as a PDF, for a printer or a stick. What is printed is kept, and does not change.")
    }
    PaperPlace {
        paper: panel.paper
    }
    SecondaryButton {
        objectName: "button.saveStatement"
        enabled: panel.declaration.obstacle.length === 0
        iconName: "print"
        text: panel.paper.isPrinted ? qsTr("Save the statement again") : qsTr("Save the statement as PDF")
        onClicked: panel.paper.saveStatement()
    }
    Divider {}
    AppText {
        Layout.fillWidth: true
        variant: "section"
        text: qsTr("2. Let %1 sign it in ink").arg(panel.declaration.signer)
    }
    TextInputField {
        id: witness
        objectName: "inkWitness"
        label: qsTr("Witness's full name, if it is a mark")
        hint: qsTr("As the witness wrote it on the paper. Leave it empty for a signature.")
        Component.onCompleted: text = panel.declaration.inkWitness
    }
    Divider {}
    AppText {
        Layout.fillWidth: true
        variant: "section"
        text: qsTr("3. Scan every page")
    }
    AppText {
        Layout.fillWidth: true
        variant: "small"
        tone: "second"
        text: qsTr("Photograph them, or put scans, as pictures, into the folder above. Each page is recognised by the code at its top, in any order.")
    }
    SecondaryButton {
        objectName: "button.photographPage"
        enabled: panel.paper.isPrinted && !panel.paper.isReading
        iconName: "camera"
        text: qsTr("Photograph a page")
        onClicked: {
            panel.declaration.keepInk(panel.witness);
            panel.photographWanted();
        }
    }
    SecondaryButton {
        objectName: "button.readScans"
        enabled: panel.paper.isPrinted && !panel.paper.isReading
        iconName: "folder"
        text: panel.paper.isReading ? qsTr("Reading the pictures…") : qsTr("Read the scans in this folder")
        onClicked: panel.paper.readScans()
    }
    Repeater {
        model: panel.paper.scans

        InlineNote {
            required property string scanKey

            required text
            required tone
            objectName: "scan." + scanKey
        }
    }
    InlineNote {
        objectName: "scanProgress"
        visible: panel.paper.progress.length > 0
        tone: panel.paper.isComplete ? "green" : "amber"
        text: panel.paper.progress
    }
}
