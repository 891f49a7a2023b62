import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Fieldclaim.Theme
import Fieldclaim.Controls

// The pill in the top bar that always says the truth of saving and sending; pressing it opens Sending.
//
//     StatusStrip { tone: "amber"; text: qsTr("Saved on this tablet · 3 claims waiting to send"); onClicked: app.openSending() }
T.Button {
    id: strip

    // green, amber, red, blue, neutral
    property string tone: "green"
    property string iconName: tone === "amber" ? "clock" : tone === "blue" ? "send" : Theme.toneIcon(tone)

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    // Where the bar is narrower than the sentence, it wraps.
    Layout.fillWidth: true
    Layout.maximumWidth: implicitWidth
    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + topPadding + bottomPadding)
    horizontalPadding: 18
    verticalPadding: 6
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: strip.text
    Accessible.description: qsTr("Opens Sending")
    Keys.onReturnPressed: strip.clicked()
    Keys.onEnterPressed: strip.clicked()

    contentItem: RowLayout {
        spacing: 10

        SvgIcon {
            implicitWidth: Theme.px(20)
            implicitHeight: Theme.px(20)
            name: strip.iconName
            color: Theme.toneOnBar(strip.tone)
        }
        AppText {
            Layout.fillWidth: true
            variant: "small"
            tone: "onBar"
            text: strip.text
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Math.min(height / 2, 26)
        color: strip.pressed ? Theme.barPressed : Theme.barRaised
        border.width: Theme.isHighContrast ? 2 : 0
        border.color: Theme.inkOnBar

        FocusRing {
            shown: strip.visualFocus
            around: 0
            radius: parent.radius + 3
            border.color: Theme.inkOnBar
        }
    }
}
