import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// A button in one of the app's kinds. Pages use PrimaryButton, SecondaryButton, LinkButton and DangerButton.
//
//     AppButton { kind: "primary"; text: qsTr("Continue"); onClicked: page.next() }
//
// Enter, Return and Space press it. While `busy` it keeps its size, says so, and takes no press.
T.Button {
    id: control

    // primary, secondary, link, danger
    property string kind: "secondary"
    property string iconName: ""
    property bool busy: false
    // Read after the name by a screen reader.
    property string hint: ""
    property bool small: false

    readonly property bool isFilled: kind === "primary" || kind === "danger"
    readonly property color textColor: !enabled ? Theme.inkSecond : isFilled ? (kind === "danger" ? Theme.inkOnRed : Theme.inkOnBlue) : kind === "link" ? (pressed ? Theme.bluePressed : Theme.blue) : Theme.ink
    readonly property color fillColor: !enabled ? (kind === "link" ? "transparent" : Theme.neutralSoft) : kind === "primary" ? (pressed ? Theme.bluePressed : Theme.blue) : kind === "danger" ? (pressed ? Theme.redPressed : Theme.red) : kind === "link" ? (pressed ? Theme.blueSoft : "transparent") : pressed ? Theme.neutralSoft : Theme.surface
    readonly property Flow flow: parent as Flow

    implicitWidth: Math.max(implicitContentWidth + leftPadding + rightPadding, Theme.touchTarget)
    implicitHeight: Math.max(implicitContentHeight + topPadding + bottomPadding, small ? Theme.touchTarget : Theme.buttonHeight)
    horizontalPadding: kind === "link" ? 16 : small ? 20 : 28
    verticalPadding: 10
    spacing: 10
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    Accessible.description: control.busy ? qsTr("Working") : control.hint
    Keys.onReturnPressed: if (!control.busy) control.clicked()
    Keys.onEnterPressed: if (!control.busy) control.clicked()

    // Its parts are measured from outside, so it is made at once.
    // qmllint disable deferred-property-id
    contentItem: Item {
        id: face
        implicitWidth: (mark.visible ? Theme.px(22) + control.spacing : 0) + Math.ceil(words.advanceWidth) + 1
        implicitHeight: caption.height

        // Not the Text's own implicit width: that changes as it wraps.
        TextMetrics {
            id: words
            font: caption.font
            text: control.text
        }
        Row {
            id: inner
            anchors.centerIn: parent
            spacing: mark.visible ? control.spacing : 0

            SvgIcon {
                id: mark
                anchors.verticalCenter: parent.verticalCenter
                visible: control.iconName.length > 0 || control.busy
                name: control.busy ? "clock" : control.iconName
                color: control.textColor
                width: visible ? Theme.px(22) : 0
                height: Theme.px(22)
            }
            Text {
                id: caption
                // The words take what the button leaves them, and wrap.
                width: Math.min(Math.ceil(words.advanceWidth) + 1, face.width - mark.width - inner.spacing)
                text: control.text
                color: control.textColor
                font.family: Theme.fontFamily
                font.pixelSize: control.small ? Theme.smallSize : Theme.px(18)
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
                renderType: Text.NativeRendering
                horizontalAlignment: mark.visible ? Text.AlignLeft : Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusMedium
        color: control.fillColor
        border.width: control.kind === "secondary" || (control.isFilled && Theme.isHighContrast) ? Theme.lineWidth : 0
        border.color: control.enabled ? Theme.lineStrong : Theme.line

        FocusRing {
            shown: control.visualFocus
            radius: parent.radius + 5
        }
    }
    // In a Flow nothing else holds the button within the width there is.
    Binding {
        target: control
        property: "width"
        when: control.flow !== null
        value: control.flow !== null && control.flow.width >= 1 ? Math.min(control.implicitWidth, control.flow.width) : control.implicitWidth
    }
    // A press while busy is swallowed here, so that the page cannot send twice.
    MouseArea {
        anchors.fill: parent
        enabled: control.busy
        visible: control.busy
    }
}
