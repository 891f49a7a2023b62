import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// Where papers are saved to and scans are read from, and what became of the last paper.
ColumnLayout {
    id: panel

    required property PaperViewModel paper

    Layout.fillWidth: true
    visible: paper.places.length > 1 || paper.note.length > 0 || paper.error.length > 0
    spacing: 12

    OptionGroup {
        objectName: "paper.place"
        visible: panel.paper.places.length > 1
        label: qsTr("Folder")
        hint: qsTr("For the PDF, and for the scans")
        choices: panel.paper.places
        value: panel.paper.place
        onChosen: value => panel.paper.place = value
    }
    InlineNote {
        objectName: "paper.note"
        visible: panel.paper.note.length > 0
        tone: "green"
        text: panel.paper.note
    }
    InlineMessage {
        objectName: "paper.error"
        visible: panel.paper.error.length > 0
        tone: "red"
        text: panel.paper.error
    }
}
