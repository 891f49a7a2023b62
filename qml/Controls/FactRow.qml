import QtQuick
import QtQuick.Layouts

// A name on the left and its figure on the right.
//
//     FactRow { label: qsTr("Seen in 4 days"); value: qsTr("91 %") }
RowLayout {
    id: row

    property string label: ""
    property string value: ""

    Layout.fillWidth: true
    spacing: 16
    Accessible.role: Accessible.StaticText
    Accessible.name: label + ": " + value

    AppText {
        Layout.fillWidth: true
        text: row.label
        Accessible.ignored: true
    }
    AppText {
        Layout.maximumWidth: row.width * 0.6
        variant: "strong"
        text: row.value
        horizontalAlignment: Text.AlignRight
        Accessible.ignored: true
    }
}
