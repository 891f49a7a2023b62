import QtQuick
import Fieldclaim.Theme

// All text that is read, never typed. Plain text only: what a customer typed is never taken for mark-up.
//
//     AppText { variant: "question"; text: qsTr("How often are you paid?") }
//     AppText { variant: "small"; tone: "second"; text: model.hint; Layout.fillWidth: true }
//
// Give it a width (Layout.fillWidth or width) and it wraps.
Text {
    id: label

    // title, question, section, body, strong, small, smallStrong, badge
    property string variant: "body"
    // ink, second, blue, green, amber, red, onBar, onBarSecond
    property string tone: "ink"

    readonly property int size: variant === "title" ? Theme.titleSize : variant === "question" ? Theme.questionSize : variant === "section" ? Theme.sectionSize : variant === "small" || variant === "smallStrong" ? Theme.smallSize : variant === "badge" ? Theme.badgeSize : Theme.bodySize
    readonly property bool isHeading: variant === "title" || variant === "question" || variant === "section"

    color: tone === "ink" ? Theme.ink : tone === "onBar" ? Theme.inkOnBar : tone === "onBarSecond" ? Theme.inkOnBarSecond : Theme.toneColor(tone)
    font.family: Theme.fontFamily
    font.pixelSize: size
    font.weight: variant === "title" || variant === "question" ? Font.Bold : variant === "section" || variant === "strong" || variant === "smallStrong" ? Font.DemiBold : variant === "badge" ? Font.Medium : Font.Normal
    font.letterSpacing: variant === "title" || variant === "question" ? -size * 0.02 : 0
    // One line keeps the font's own height, so that it stands in the middle of its row.
    onLineCountChanged: lineHeight = lineCount < 2 ? 1 : isHeading ? 0.95 : 1.12
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    renderType: Text.NativeRendering
    Accessible.role: isHeading ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text.length === 0
}
