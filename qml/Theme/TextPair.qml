import QtQuick

// A text colour and the ground it is read on, with the contrast it must hold (WCAG 2.2: 4.5, body text here 7).
QtObject {
    required property string name
    required property color text
    required property color ground
    property real minimum: 4.5
}
