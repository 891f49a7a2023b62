import QtQuick

// The frame into which a page or a card is to be held, over what a camera sees. Where that is wide, a page lies on its
// side: it is as large as it can be, and is turned afterwards.
//
//     EdgeGuide { anchors.fill: seen; isCard: true }
Item {
    id: guide

    property bool isCard: false

    // ISO 216: A4 is 210 by 297 mm; ISO/IEC 7810: a card is 85.60 by 53.98 mm.
    readonly property real ratio: isCard ? 85.6 / 53.98 : width > height ? 297 / 210 : 210 / 297
    readonly property real frameHeight: Math.min(height * (isCard ? 0.62 : 0.92), width * 0.92 / ratio)

    Accessible.ignored: true

    Rectangle {
        objectName: "guide.frame"
        anchors.centerIn: parent
        width: Math.round(parent.frameHeight * parent.ratio)
        height: Math.round(parent.frameHeight)
        radius: guide.isCard ? 18 : 4
        color: "transparent"
        border.width: 5
        border.color: "black"

        Rectangle {
            anchors.fill: parent
            anchors.margins: 1
            radius: parent.radius - 1
            color: "transparent"
            border.width: 3
            border.color: "white"
        }
    }
}
