import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls
import Fieldclaim.ViewModels

// What stands under a question: its help in a fold, and what can be done with the answer that stands.
//
//     QuestionField { AnswerTools { session: page.session; question: page.question; key: "nino"; ... } }
ColumnLayout {
    id: tools

    required property TabletSession session
    required property QuestionPageViewModel question
    required property string key
    required property string help
    required property string undoText
    required property bool hasHistory
    required property bool told
    required property bool dateIsCorrected

    Layout.fillWidth: true
    spacing: 0

    Fold {
        objectName: "help"
        visible: tools.help.length > 0
        title: qsTr("Help with this question")
        text: tools.help
    }
    Flow {
        Layout.fillWidth: true
        Layout.leftMargin: -16
        visible: tools.hasHistory
        spacing: 0

        LinkButton {
            objectName: "confirm"
            visible: tools.told
            small: true
            iconName: "check"
            text: qsTr("Asked again: it is right")
            onClicked: tools.question.confirm(tools.key)
        }
        LinkButton {
            objectName: "correctDate"
            visible: tools.dateIsCorrected
            small: true
            iconName: "calendar"
            text: qsTr("Correct this date")
            onClicked: tools.session.goCorrectDate()
        }
        LinkButton {
            objectName: "undo"
            visible: text.length > 0
            small: true
            iconName: "undo"
            text: tools.undoText
            onClicked: tools.question.undo(tools.key)
        }
        LinkButton {
            objectName: "history"
            small: true
            iconName: "clock"
            text: qsTr("History")
            hint: qsTr("Who gave this answer, when and where")
            onClicked: tools.session.openHistory(tools.key)
        }
    }
}
