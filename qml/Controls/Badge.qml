import QtQuick
import Fieldclaim.Theme
import Fieldclaim.Controls

// A word or two about a thing, on a soft ground: never colour alone, the word says it.
//
//     Badge { tone: "amber"; text: qsTr("3 questions to go") }
//     Badge { tone: "green"; iconName: "check"; text: qsTr("Original seen") }
Rectangle {
    id: badge

    property string text: ""
    // neutral, blue, green, amber, red
    property string tone: "neutral"
    property string iconName: ""

    readonly property Flow flow: parent as Flow
    // Of the words in one line: what the caption says of itself changes with the width that it is given.
    readonly property real words: Math.ceil(natural.advanceWidth) + 1
    readonly property real wanted: words + 20 + (mark.visible ? mark.width + 6 : 0)

    implicitWidth: wanted
    implicitHeight: Math.max(Theme.px(28), caption.height + 8)
    radius: Theme.radiusSmall
    color: Theme.toneSoft(tone)
    border.width: Theme.isHighContrast ? 1 : 0
    border.color: Theme.toneColor(tone)
    visible: text.length > 0
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    TextMetrics {
        id: natural
        font: caption.font
        text: badge.text
    }
    SvgIcon {
        id: mark
        x: 8
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(16)
        height: width
        visible: badge.iconName.length > 0
        name: badge.iconName
        color: Theme.toneColor(badge.tone)
    }
    AppText {
        id: caption
        anchors.verticalCenter: parent.verticalCenter
        x: mark.visible ? mark.x + mark.width + 6 : 10
        width: Math.min(badge.words, badge.width - x - 10)
        variant: "badge"
        tone: badge.tone
        text: badge.text
        Accessible.ignored: true
    }
    Binding {
        target: badge
        property: "width"
        when: badge.flow !== null
        value: badge.flow !== null && badge.flow.width >= 1 ? Math.min(badge.wanted, badge.flow.width) : badge.wanted
    }
}
