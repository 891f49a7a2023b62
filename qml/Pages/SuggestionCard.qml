import QtQuick
import QtQuick.Layouts
import Fieldclaim.Controls

// A benefit that can be claimed: what the pre-screen says of it, why, and what would change it.
//
//     SuggestionCard { benefitLabel: …; verdict: qsTr("Likely"); tone: "green"; reason: …; change: …; ticked: true }
CheckCard {
    property string benefitLabel: ""
    property string verdict: ""
    property string tone: "neutral"
    property string reason: ""
    property string change: ""
    property bool ticked: false

    Layout.fillWidth: true
    text: benefitLabel
    badge: verdict
    badgeTone: tone
    hint: change.length > 0 ? qsTr("%1. What would change it: %2").arg(reason).arg(change) : reason
    checked: ticked
}
