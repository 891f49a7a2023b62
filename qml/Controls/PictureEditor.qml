pragma ComponentBehavior: Bound
import QtQuick
import Fieldclaim.Theme
import Fieldclaim.Controls

// A picture, and on it the corners of the page or a box to black out, by finger, mouse or keyboard.
//
//     PictureEditor { id: editor; picture: draft.picture; tool: "corners" }
//     PrimaryButton { text: qsTr("Straighten"); onClicked: draft.straighten(editor.corners) }
//
// `tool` is "", "corners" or "box". Arrow keys move the corner or box that has the focus, by a hundredth of the picture
// (with Ctrl by a thousandth); with Shift they size the box. boxDrawn() tells of a box that a finger drew, or Enter ended.
FocusScope {
    id: editor

    property alias picture: view.picture
    property string tool: ""
    property list<real> corners: startCorners
    property string name: qsTr("Picture")

    readonly property list<real> startCorners: [0.06, 0.06, 0.94, 0.06, 0.94, 0.94, 0.06, 0.94]
    readonly property list<string> cornerNames: [qsTr("Top left corner"), qsTr("Top right corner"), qsTr("Bottom right corner"), qsTr("Bottom left corner")]
    readonly property alias contentRect: view.contentRect

    signal boxDrawn(rect box)

    function share(value: real): real {
        return Math.max(0, Math.min(1, value));
    }

    function moveCorner(index: int, x: real, y: real) {
        const moved = Array.from(corners);
        moved[index * 2] = share(x);
        moved[index * 2 + 1] = share(y);
        corners = moved;
    }

    function resetCorners() {
        corners = startCorners;
    }

    // How far an arrow key moves; null for any other key.
    function keyStep(event: KeyEvent): point {
        const by = event.modifiers & Qt.ControlModifier ? 0.001 : 0.01;
        switch (event.key) {
        case Qt.Key_Left:
            return Qt.point(-by, 0);
        case Qt.Key_Right:
            return Qt.point(by, 0);
        case Qt.Key_Up:
            return Qt.point(0, -by);
        case Qt.Key_Down:
            return Qt.point(0, by);
        }
        return Qt.point(0, 0);
    }

    implicitWidth: 480
    implicitHeight: 480
    onToolChanged: boxTool.box = boxTool.startBox

    PictureView {
        id: view
        objectName: "view"
        anchors.fill: parent
        lineColor: Theme.blue
        corners: editor.tool === "corners" ? editor.corners : []
        box: editor.tool === "box" && (boxTool.activeFocus || boxArea.pressed) ? boxTool.box : Qt.rect(0, 0, 0, 0)
        Accessible.role: Accessible.Graphic
        Accessible.name: editor.name
    }
    Repeater {
        model: editor.tool === "corners" ? 4 : 0

        Item {
            id: handle

            required property int index
            readonly property real atX: editor.corners[index * 2]
            readonly property real atY: editor.corners[index * 2 + 1]

            objectName: "corner." + index
            x: view.contentRect.x + atX * view.contentRect.width - width / 2
            y: view.contentRect.y + atY * view.contentRect.height - height / 2
            width: Theme.touchTarget
            height: Theme.touchTarget
            activeFocusOnTab: true
            Accessible.role: Accessible.Slider
            Accessible.name: editor.cornerNames[index]
            Accessible.description: qsTr("%1 % across, %2 % down. Arrow keys move it").arg(Math.round(atX * 100)).arg(Math.round(atY * 100))
            Accessible.focusable: true
            Keys.onPressed: event => {
                const step = editor.keyStep(event);
                event.accepted = step.x !== 0 || step.y !== 0;
                if (event.accepted)
                    editor.moveCorner(index, atX + step.x, atY + step.y);
            }

            Rectangle {
                anchors.centerIn: parent
                width: 30
                height: 30
                radius: 15
                color: area.pressed ? Theme.blueSoft : "white"
                border.width: 4
                border.color: Theme.blue

                FocusRing {
                    shown: handle.activeFocus
                    around: 4
                    radius: 24
                }
            }
            MouseArea {
                id: area
                anchors.fill: parent
                preventStealing: true
                onPressed: handle.forceActiveFocus(Qt.MouseFocusReason)
                onPositionChanged: mouse => {
                    const at = mapToItem(view, mouse.x, mouse.y);
                    editor.moveCorner(handle.index, (at.x - view.contentRect.x) / view.contentRect.width, (at.y - view.contentRect.y) / view.contentRect.height);
                }
            }
        }
    }
    Item {
        id: boxTool
        objectName: "boxTool"

        readonly property rect startBox: Qt.rect(0.3, 0.45, 0.4, 0.06)
        property rect box: startBox

        x: view.contentRect.x
        y: view.contentRect.y
        width: view.contentRect.width
        height: view.contentRect.height
        visible: editor.tool === "box"
        activeFocusOnTab: visible
        Accessible.role: Accessible.Slider
        Accessible.name: qsTr("Box to black out")
        Accessible.description: qsTr("Arrow keys move it, with Shift they size it, Enter blacks out")
        Accessible.focusable: true
        Keys.onPressed: event => {
            if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
                editor.boxDrawn(box);
                event.accepted = true;
                return;
            }
            const step = editor.keyStep(event);
            event.accepted = step.x !== 0 || step.y !== 0;
            if (!event.accepted)
                return;
            if (event.modifiers & Qt.ShiftModifier)
                box = Qt.rect(box.x, box.y, Math.max(0.01, Math.min(1 - box.x, box.width + step.x)), Math.max(0.01, Math.min(1 - box.y, box.height + step.y)));
            else
                box = Qt.rect(Math.max(0, Math.min(1 - box.width, box.x + step.x)), Math.max(0, Math.min(1 - box.height, box.y + step.y)), box.width, box.height);
        }

        FocusRing {
            shown: boxTool.activeFocus && !boxArea.pressed
        }
        MouseArea {
            id: boxArea

            property point from: Qt.point(0, 0)

            anchors.fill: parent
            preventStealing: true
            onPressed: mouse => {
                from = Qt.point(editor.share(mouse.x / width), editor.share(mouse.y / height));
                boxTool.box = Qt.rect(from.x, from.y, 0, 0);
                boxTool.forceActiveFocus(Qt.MouseFocusReason);
            }
            onPositionChanged: mouse => {
                const to = Qt.point(editor.share(mouse.x / width), editor.share(mouse.y / height));
                boxTool.box = Qt.rect(Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y));
            }
            onReleased: {
                // A tap is no box.
                if (boxTool.box.width * width >= 4 && boxTool.box.height * height >= 4)
                    editor.boxDrawn(boxTool.box);
                boxTool.box = boxTool.startBox;
            }
        }
    }
}
