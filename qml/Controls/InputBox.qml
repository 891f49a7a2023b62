import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// The box one types into, without its label. Pages use TextInputField and its kin.
//
//     InputBox { text: field.value; Accessible.name: field.label }
T.TextField {
    id: control

    property bool hasError: false

    implicitWidth: 320
    implicitHeight: Math.max(Theme.fieldHeight, contentHeight + topPadding + bottomPadding)
    leftPadding: 16
    rightPadding: 16
    topPadding: 8
    bottomPadding: 8
    verticalAlignment: TextInput.AlignVCenter
    font.family: Theme.fontFamily
    font.pixelSize: Theme.bodySize
    color: readOnly || !enabled ? Theme.inkSecond : Theme.ink
    placeholderTextColor: Theme.inkSecond
    selectionColor: Theme.blue
    selectedTextColor: Theme.inkOnBlue
    selectByMouse: true
    renderType: Text.NativeRendering
    Accessible.role: Accessible.EditableText

    background: Rectangle {
        radius: Theme.radiusMedium
        color: control.readOnly || !control.enabled ? Theme.neutralSoft : Theme.surface
        border.width: control.activeFocus || control.hasError ? 2 : Theme.lineWidth
        border.color: control.hasError ? Theme.red : control.activeFocus ? Theme.focus : Theme.controlLine

        FocusRing {
            shown: control.activeFocus
            around: 0
            radius: parent.radius + border.width
        }
    }

    Text {
        x: control.leftPadding
        width: control.width - control.leftPadding - control.rightPadding
        height: control.height
        verticalAlignment: Text.AlignVCenter
        visible: control.length === 0 && control.preeditText.length === 0
        text: control.placeholderText
        font: control.font
        color: control.placeholderTextColor
        elide: Text.ElideRight
        renderType: Text.NativeRendering
        Accessible.ignored: true
    }
}
