import QtQuick
import QtQuick.Layouts

// One box of a DateField with its small caption.
//
//     DateBox { caption: qsTr("Day"); groupName: qsTr("Date of birth"); text: parts.day; onTyped: text => parts.day = text }
FocusScope {
    id: box

    required property string caption
    required property string groupName
    property string groupDescription: ""
    property alias text: input.text
    property int characters: 4
    property bool digitsOnly: false
    property alias hasError: input.hasError

    signal typed(string text)
    signal finished
    signal accepted

    implicitWidth: column.implicitWidth
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column
        width: parent.width
        spacing: 4

        AppText {
            variant: "small"
            text: box.caption
            Accessible.ignored: true
        }
        InputBox {
            id: input
            objectName: "input"
            focus: true
            Layout.fillWidth: true
            implicitWidth: letters.averageCharacterWidth * 1.25 * box.characters + leftPadding + rightPadding
            inputMethodHints: box.digitsOnly ? Qt.ImhDigitsOnly : Qt.ImhPreferNumbers
            Accessible.name: qsTr("%1, %2").arg(box.groupName).arg(box.caption)
            Accessible.description: box.groupDescription
            onTextEdited: box.typed(text)
            onEditingFinished: box.finished()
            onAccepted: box.accepted()
        }
    }
    FontMetrics {
        id: letters
        font: input.font
    }
}
