import QtQuick
import QtQuick.Layouts
import Fieldclaim.Theme
import Fieldclaim.Controls

// One line with its icon: saved, an error by a field, a remark.
//
//     InlineNote { tone: "green"; text: qsTr("Saved on this tablet") }
RowLayout {
    id: note

    property string text: ""
    property string tone: "neutral"
    property string iconName: Theme.toneIcon(tone)

    Layout.fillWidth: true
    spacing: 6

    SvgIcon {
        Layout.alignment: Qt.AlignTop
        implicitWidth: Theme.px(20)
        implicitHeight: Theme.px(20)
        name: note.iconName
        color: Theme.toneColor(note.tone)
    }
    AppText {
        Layout.fillWidth: true
        variant: "smallStrong"
        tone: note.tone
        text: note.text
    }
}
