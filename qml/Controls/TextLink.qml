import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// Words that can be pressed, in a line or a list; 48 high for a thumb. For an action on its own use LinkButton.
//
//     TextLink { text: qsTr("Try now"); onClicked: sync.tryNow() }
T.Button {
    id: control

    property string tone: "blue"
    property string spokenText: ""
    // body or small
    property string variant: "body"

    implicitWidth: Math.max(implicitContentWidth, Theme.touchTarget)
    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + 12)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Link
    Accessible.name: spokenText.length > 0 ? spokenText : text
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: AppText {
        text: control.text
        variant: control.variant
        font.weight: Font.DemiBold
        font.underline: true
        color: control.pressed && control.tone === "blue" ? Theme.bluePressed : Theme.toneColor(control.tone)
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    background: Item {
        FocusRing {
            shown: control.visualFocus
            around: 0
            radius: Theme.radiusSmall
        }
    }
}
