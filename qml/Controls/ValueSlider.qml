import QtQuick
import QtQuick.Templates as T
import Fieldclaim.Theme

// A number by moving a knob; the arrow keys move it a step. Until something is chosen the knob is hollow.
//
//     ValueSlider { label: qsTr("How sure?"); from: 0; to: 10; stepSize: 1; isAnswered: answer.given; given: answer.number; onChosen: value => answer.save(value) }
//
// `chosen` comes when the knob is let go, and at every step by keys.
T.Slider {
    id: slider

    property string label: ""
    property bool isAnswered: false
    property real given: from
    property bool wasMoved: false

    signal chosen(real value)

    function take() {
        wasMoved = false;
        chosen(value);
    }

    onGivenChanged: value = given
    Component.onCompleted: value = given
    onMoved: {
        wasMoved = true;
        if (!pressed)
            take();
    }
    onPressedChanged: if (!pressed && wasMoved) take()

    implicitWidth: 240
    implicitHeight: Theme.touchTarget
    snapMode: T.Slider.SnapAlways
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Slider
    Accessible.name: label

    background: Item {
        x: slider.leftPadding
        width: slider.availableWidth
        height: slider.height

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: 10
            radius: 5
            color: Theme.track
            border.width: Theme.lineWidth
            border.color: Theme.controlLine
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width * slider.visualPosition
            height: 10
            radius: 5
            visible: slider.isAnswered || slider.pressed
            color: Theme.blue
        }
    }
    handle: Rectangle {
        x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
        y: (slider.height - height) / 2
        width: 32
        height: 32
        radius: 16
        color: slider.isAnswered || slider.pressed ? Theme.blue : Theme.surface
        border.width: 3
        border.color: Theme.blue

        FocusRing {
            shown: slider.visualFocus
            radius: parent.radius + 4
        }
    }
}
