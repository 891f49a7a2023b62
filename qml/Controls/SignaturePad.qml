import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// Where the customer signs: a line, a cross that says where, undo of the last stroke, and a way to begin again.
//
//     SignaturePad { id: pad; signer: qsTr("Gwen Siobhan O’Brien, for herself") }
//     PrimaryButton { text: qsTr("Sign"); enabled: !pad.isEmpty; onClicked: declaration.sign(pad.json) }
//
// `json` is [[x,y,t,p, x,y,t,p, …], …]: a list a stroke, x and y 0 to 10000 of the pad's width and height, t in
// milliseconds from the first point, p pressure 0 to 1000. `strokes` is the same as a list of lists. The pad cannot be
// used with a keyboard: the page offers the other ways (a mark with a witness, ink on paper).
FocusScope {
    id: pad

    property string signer: ""
    property string name: qsTr("Signature")
    property bool readOnly: false
    readonly property alias isEmpty: canvas.isEmpty
    readonly property alias strokeCount: canvas.strokeCount
    readonly property alias strokes: canvas.strokes
    readonly property alias json: canvas.json

    signal changed

    function undoStroke() {
        canvas.undoStroke();
    }

    function clear() {
        canvas.clear();
    }

    function load(json: string): bool {
        return canvas.load(json);
    }

    implicitWidth: 568
    implicitHeight: 300 + Math.max(0, foot.implicitHeight - Theme.touchTarget)
    Layout.fillWidth: true

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: Theme.lineWidth
        border.color: Theme.controlLine
    }
    Rectangle {
        id: baseline
        x: 64
        y: canvas.height * 0.77
        width: parent.width - 128
        height: 2
        color: Theme.lineStrong
    }
    SvgIcon {
        x: 34
        y: baseline.y - height + 4
        width: 24
        height: 24
        name: "sign-here"
        color: Theme.inkSecond
    }
    AppText {
        x: 64
        width: baseline.width
        y: baseline.y - height - 16
        visible: canvas.isEmpty && !canvas.drawing && !pad.readOnly
        tone: "second"
        text: qsTr("Sign here")
        Accessible.ignored: true
    }
    SignatureCanvas {
        id: canvas
        objectName: "canvas"
        width: parent.width
        height: parent.height - foot.height - 16
        enabled: !pad.readOnly
        inkColor: Theme.ink
        penWidth: Math.max(3, width / 160)
        Accessible.role: Accessible.Graphic
        Accessible.name: pad.name
        Accessible.description: canvas.isEmpty ? qsTr("Not signed yet") : canvas.strokeCount === 1 ? qsTr("Signed with 1 stroke") : qsTr("Signed with %1 strokes").arg(canvas.strokeCount)
        onStrokesChanged: pad.changed()
    }
    RowLayout {
        id: foot
        x: 24
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        width: parent.width - 32
        spacing: 4

        AppText {
            Layout.fillWidth: true
            variant: "small"
            tone: "second"
            text: pad.signer
        }
        LinkButton {
            objectName: "clear"
            small: true
            visible: !pad.readOnly
            enabled: !canvas.isEmpty
            text: qsTr("Clear")
            onClicked: canvas.clear()
        }
        LinkButton {
            objectName: "undo"
            small: true
            visible: !pad.readOnly
            enabled: !canvas.isEmpty
            text: qsTr("Undo")
            hint: qsTr("Takes the last stroke away")
            onClicked: canvas.undoStroke()
        }
    }
}
