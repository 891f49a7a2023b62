import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme

// Several lines of typed text; it grows with what is typed.
//
//     TextAreaField { label: qsTr("What happened?"); lines: 4; limit: 500; onCommitted: text => answer.save(text) }
//
// Tab leaves the field. With a `limit` the field says how many characters are left, and never cuts what was typed.
FieldFrame {
    id: field

    property alias text: input.text
    property int lines: 4
    // 0 is no limit.
    property int limit: 0
    property alias readOnly: input.readOnly
    readonly property alias input: input

    signal edited(string text)
    signal committed(string text)

    property string committedText: ""

    function commit() {
        if (input.text !== committedText) {
            committedText = input.text;
            committed(input.text);
        }
    }

    onTextChanged: if (!input.activeFocus) committedText = text
    Component.onCompleted: committedText = text

    T.TextArea {
        id: input
        objectName: "input"
        Layout.fillWidth: true
        implicitHeight: Math.max(contentHeight, field.lines * letters.height * 1.2) + topPadding + bottomPadding
        padding: 16
        topPadding: 12
        bottomPadding: 12
        focus: true
        font.family: Theme.fontFamily
        font.pixelSize: Theme.bodySize
        color: readOnly || !enabled ? Theme.inkSecond : Theme.ink
        selectionColor: Theme.blue
        selectedTextColor: Theme.inkOnBlue
        selectByMouse: true
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        renderType: Text.NativeRendering
        Accessible.role: Accessible.EditableText
        Accessible.multiLine: true
        Accessible.name: field.label
        Accessible.description: field.description
        KeyNavigation.priority: KeyNavigation.BeforeItem
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        onTextChanged: if (activeFocus) field.edited(text)
        onActiveFocusChanged: if (!activeFocus) field.commit()

        background: Rectangle {
            radius: Theme.radiusMedium
            color: input.readOnly || !input.enabled ? Theme.neutralSoft : Theme.surface
            border.width: input.activeFocus || field.error.length > 0 ? 2 : Theme.lineWidth
            border.color: field.error.length > 0 ? Theme.red : input.activeFocus ? Theme.focus : Theme.controlLine

            FocusRing {
                shown: input.activeFocus
                around: 0
                radius: parent.radius + border.width
            }
        }
    }
    AppText {
        readonly property int remaining: field.limit - input.length
        objectName: "charactersLeft"
        Layout.fillWidth: true
        visible: field.limit > 0
        variant: "small"
        tone: remaining < 0 ? "red" : "second"
        text: remaining === -1 ? qsTr("1 character too many") : remaining < 0 ? qsTr("%1 characters too many").arg(-remaining) : remaining === 1 ? qsTr("1 character left") : qsTr("%1 characters left").arg(remaining)
    }
    FontMetrics {
        id: letters
        font: input.font
    }
}
